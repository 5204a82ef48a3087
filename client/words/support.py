"""What is said of the bundle for support: what is inside before it is written, and where it lies."""

from typing import Final

from client.words.tongue import Sentences, tr, trn

INSIDE: Final = Sentences(
    {
        "facts.json": "What this is: versions, device id, Odoo's version and database, when it was last in touch",
        "policy.json": "What the site decided (policy.json)",
        "store.json": "The schema, and how many rows each table has",
        "outbox.json": "Each transaction: its number, kind, state, code and times, the initials of who did it",
        "scanner.json": "What is known of the scanners",
        "reconcile.json": "Whether Odoo agrees with this device, in numbers",
        "journal.json": "Whether the journal is unbroken",
        "wardstock.log": "The log",
    }
)
"""By the name of the file in the bundle."""

NEVER_INSIDE: Final = (
    "Never inside: keys, PINs, badges, names of people beyond initials, labels of patients, quantities."
)


def never_inside() -> str:
    """What nobody has to fear."""
    return tr(NEVER_INSIDE)


_SAID: Final = Sentences(
    {
        "write": "Write it?",
        "lies_in": "The bundle lies in {file}. Send it to whoever helps you.",
        "not_compared": "Odoo could not be asked: {why}",
        "heading": "A bundle for support",
        "about": "One file with what helps to find a fault. Nothing is sent: you give it to whoever helps you.",
        "act": "Write the bundle",
        "writing": "It is being written …",
        "again": "Write it again",
        "written": "The bundle is written",
        "show": "Show the folder",
    }
)


def say(code: str, **facts: object) -> str:
    """One sentence."""
    return _SAID[code].format_map(facts)


def transactions(count: int) -> str:
    """How much it says."""
    return trn("{count} transaction", "{count} transactions", count).format(count=count)
