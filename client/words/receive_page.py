"""What the receiving page says: what to scan next, its lines, and how far the delivery is."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from client.words.tongue import Sentences
from client.words.written import counted, fill, number

_HINTS: Final = Sentences(
    {
        "scan_first": ("Scan the delivery note, or the first item", "{lines} expected"),
        "more_of_this": (
            "Scan the next item",
            "{left} {unit} to come, then {lines}. How many of this lot? Press its line",
        ),
        "last_of_this": ("Scan the next item", "{left} {unit} to come. How many of this lot? Press its line"),
        "scan_next": ("Scan the next item", "Count what is there"),
        "lines_to_come": ("Scan the next item", "{lines} to come"),
        "all_here": ("Everything is here", "Finish, or scan what came in addition"),
        "scan_anything": ("Scan anything", "an order, or a product that is expected"),
    }
)
_ACTIONS: Final = Sentences(
    {
        "finish_delivery": "Finish delivery",
        "scan_something": "Scan the first item",
        "answer_first": "Answer the question",
        "finished": "Next delivery",
    }
)
_LINE_BADGES: Final = Sentences({"ok": "just now", "ask": "in question", "no": "not added"})


def next_step(code: str, facts: Mapping[str, object]) -> tuple[str, str]:
    """The sentence that says what to scan next, and the hint below it."""
    if code == "more_of_this" and not facts.get("lines"):
        code = "last_of_this"
    return fill(_HINTS[code][0], facts), fill(_HINTS[code][1], counted(facts))


def action(code: str) -> str:
    """The words on the main action."""
    return _ACTIONS[code]


def section(order: str, document: str, begun: int, rows: int, *, beside: bool) -> tuple[str, str]:
    """The head of a section of lines, and how far it is."""
    if beside:
        return f"Beside order {order}" if order else "Beside the order", "a receipt of its own"
    return " · ".join(part for part in (order, document) if part), f"{begun} of {rows} begun"


def line_detail(lots: Sequence[tuple[str, date | None]], place: str, *, serial: bool) -> tuple[str, str]:
    """Lot and day of a line, or where it goes while nothing of it was scanned."""
    if not lots:
        return (put_in(place) if place else ""), ""
    kind = "Serial" if serial else "Lot"
    if len(lots) == 1:
        lot, day = lots[0]
        return f"{kind} {lot}", day.isoformat() if day else ""
    return f"{kind}s {', '.join(lot for lot, _ in lots)}", ""


def line_code(code: str, unit: str) -> str:
    """Under the name of a line whose details are open."""
    return " · ".join(part for part in (code, unit) if part)


def line_badge(tone: str) -> str:
    """What the last answer did to the line whose details are open."""
    return _LINE_BADGES[tone]


def put_in(place: str) -> str:
    """Where the goods go."""
    return f"Put in {place}"


def steps_to_go(steps: int) -> str:
    """How many pickings Odoo has after this one (ward 20)."""
    return f"then {steps} step{'' if steps == 1 else 's'} to go"


def of_expected(expected: Decimal) -> str:
    """Under the number of a line."""
    return f"of {number(expected)}"


def too_many(over: Decimal, unit: str) -> str:
    """On a line of which more came than was ordered."""
    return f"{number(over)} {unit} too many"


def finished(references: Sequence[str], steps: int) -> tuple[str, str]:
    """Where "what next" stands, once the delivery is confirmed."""
    kept = f"Kept here as {', '.join(references)}, it goes to Odoo by itself."
    return "This delivery is finished", f"{kept} {steps_to_go(steps).capitalize()}." if steps else kept
