"""What is said while a code nobody knows is taught to a product."""

OFFER = "Teach this code to a product"
TITLE = "Which product is it?"


def hint(code: str) -> str:
    """Under the question: the code, and what teaching means."""
    return f"{code} is that product on this device from now on, until Odoo knows it."


def found(count: int, text: str) -> str:
    """Where the list is, while there is nothing in it."""
    if count:
        return ""
    return f"No product begins with “{text}”" if text else "Type the beginning of its name, or its code"
