"""What is said at the end of a shift: what is open, whose, since when, and whether it is safe to hand over."""

from collections.abc import Mapping
from typing import Final

from client.words.refusals import refusal
from client.words.tongue import Sentences, tr
from client.words.written import Facts, fill, lines
from client.work.shift_end import Owed

ANSWERS: Final = {
    "shift_clean": ("Nothing of {person}'s is open", "Everything was sent"),
    "shift_open": ("{person} leaves {count} open", "{list}"),
    "person_now_open": ("{person}", "Works here now. {leaver} leaves {count} open: {list}"),
}
QUESTIONS: Final[dict[str, tuple[str, str]]] = {}
CHOICES: Final[dict[str, tuple[str, str]]] = {}

LEFT: Final = Sentences(
    {
        "unsent": "{name} is unsent",
        "waiting": "{name} waits behind {behind}",
        "refused": "{name} is refused: {heading}",
        "withdraw_too_late": "{name} is done, but was not wanted any more",
        "draft": "{name} is not finished, {lines}",
        "complete_later": "{name}: {lines} to be completed",
        "unidentified": "{name}: {lines} that nobody has named",
    }
)
"""By `client.work.shift_end.Left`."""

LINES: Final = Sentences(
    {
        "of": "{person}:",
        "owed": "  {told}, since {at} ({age})",
        "alarm": "  {told}, since {at} ({age})  <- too old",
        "recount": "Wished: count {product} at {place}",
        "safe": "Safe to hand over.",
        "not_safe": "Not safe to hand over.",
        "differs": "Device and Odoo differ: wardstock reconcile",
        "not_asked": "Whether Odoo agrees is not known: {why}",
    }
)


def hand_over(people: Mapping[str, int], last_sent: str) -> tuple[str, str]:
    """Over the outbox: whether the device can be handed over, and who leaves how much open."""
    if not people:
        sent = tr("Nothing is open, and Odoo has all of it since {at}.").format(at=last_sent)
        return tr("Safe to hand over"), sent if last_sent else tr("Nothing is open on this device.")
    one_by_one = (tr("{person}: {count} open").format(person=name, count=count) for name, count in people.items())
    return tr("Not yet safe to hand over"), " · ".join(one_by_one)


def still_begun() -> str:
    """Over jobs that somebody has not finished."""
    return tr("Not finished")


def left_open(owed: Owed) -> str:
    """One thing somebody left open at the end of a shift."""
    facts = {"name": owed.name, "behind": owed.behind, "heading": refusal(owed.code, {})[0]}
    return fill(LEFT[owed.left], facts | {"lines": lines(owed.lines)})


def shift_line(code: str, **facts: object) -> str:
    """A line of what is told at the end of a shift."""
    return LINES[code].format_map(Facts(facts))
