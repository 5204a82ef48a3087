"""What is said while a code nobody knows is taught to a product."""

from client.words.tongue import tr


def offer() -> str:
    """On the button beside a code nobody knows."""
    return tr("Teach this code to a product")


def keep() -> tuple[str, str]:
    """On the button that keeps the code among the goods of a delivery."""
    return tr("Keep it with this delivery"), tr("Somebody names it later")


def title() -> str:
    """Over the list of products."""
    return tr("Which product is it?")


def hint(code: str) -> str:
    """Under the question: the code, and what teaching means."""
    return tr("{code} is that product on this device from now on, until Odoo knows it.").format(code=code)


def found(count: int, text: str) -> str:
    """Where the list is, while there is nothing in it."""
    if count:
        return ""
    if not text:
        return tr("Type the beginning of its name, or its code")
    return tr("No product begins with “{text}”").format(text=text)
