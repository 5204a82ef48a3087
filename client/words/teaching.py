"""What is said of codes that are taught to products here."""

from typing import Final

ANSWERS: Final = {
    "taught": ("{code} is {product} from now on", "On this device, until Odoo knows it. Scan it again"),
    "taught_already": ("{code} is {product} here", "Taught before. First: wardstock codes forget"),
    "code_known": ("This code is known", "{product}"),
    "not_a_code_of_goods": ("{code} cannot be taught", "It is something else here, or cannot be read"),
    "teach_what": ("Teach which code to which product?", "Scan it first, or say: teach CODE PRODUCT"),
}
QUESTIONS: Final[dict[str, tuple[str, str]]] = {}
CHOICES: Final[dict[str, tuple[str, str]]] = {}
