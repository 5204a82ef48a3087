"""What the receiving page says: what to scan next, its lines, and how far the delivery is."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from client.words.pages import begun as how_far
from client.words.tongue import Sentences, tr, trn
from client.words.written import counted, day, fill, number

_HINTS: Final = Sentences(
    {
        "scan_first": ("Scan the delivery note, or the first item", "{lines} expected"),
        "more_of_this": (
            "Scan the next item",
            "{left} {unit} to come, then {lines}. How many of it? Press its line",
        ),
        "last_of_this": ("Scan the next item", "{left} {unit} to come. How many of it? Press its line"),
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
        "scan_shelf": "Scan the shelf",
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


def section(order: str, document: str, begun: int, rows: int, *, beside: bool, complete: bool) -> tuple[str, str]:
    """The head of a section of lines, and how far it is."""
    if beside:
        head = tr("Beside order {order}").format(order=order) if order else tr("Beside the order")
        return head, tr("a receipt of its own")
    return " · ".join(part for part in (order, document) if part), how_far(begun, rows, complete=complete)


def line_detail(lots: Sequence[tuple[str, date | None]], place: str, *, serial: bool) -> tuple[str, str]:
    """Lot and day of a line, or where it goes while nothing of it was scanned."""
    if not lots:
        return (put_in(place) if place else ""), ""
    if len(lots) == 1:
        lot, expiry = lots[0]
        one = tr("Serial {serial}").format(serial=lot) if serial else tr("Lot {lot}").format(lot=lot)
        return one, day(expiry) if expiry else ""
    names = ", ".join(lot for lot, _ in lots)
    return tr("Serials {serials}").format(serials=names) if serial else tr("Lots {lots}").format(lots=names), ""


def line_code(code: str, unit: str) -> str:
    """Under the name of a line whose details are open."""
    return " · ".join(part for part in (code, unit) if part)


def line_badge(tone: str) -> str:
    """What the last answer did to the line whose details are open."""
    return _LINE_BADGES[tone]


def put_in(place: str) -> str:
    """Where the goods go."""
    return tr("Put in {place}").format(place=place)


def steps_to_go(steps: int) -> str:
    """How many pickings Odoo has after this one (ward 20)."""
    return trn("then {steps} step to go", "then {steps} steps to go", steps).format(steps=steps)


def of_expected(expected: Decimal) -> str:
    """Under the number of a line."""
    return tr("of {expected}").format(expected=number(expected))


def too_many(over: Decimal, unit: str) -> str:
    """On a line of which more came than was ordered."""
    return tr("{over} {unit} too many").format(over=number(over), unit=unit)


def finished(references: Sequence[str], steps: int) -> tuple[str, str]:
    """Where "what next" stands, once the delivery is confirmed."""
    kept = tr("Kept here as {references}, it goes to Odoo by itself.").format(references=", ".join(references))
    then = trn("Then {steps} step to go.", "Then {steps} steps to go.", steps).format(steps=steps)
    return tr("This delivery is finished"), f"{kept} {then}" if steps else kept
