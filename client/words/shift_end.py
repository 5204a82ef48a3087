"""What is said at the end of a shift: what is open, whose, since when, and whether it is safe to hand over."""

from typing import Final

ANSWERS: Final = {
    "shift_clean": ("Nothing of {person}'s is open", "Everything was sent"),
    "shift_open": ("{person} leaves {count} open", "{list}"),
    "person_now_open": ("{person}", "Works here now. {leaver} leaves {count} open: {list}"),
}
QUESTIONS: Final[dict[str, tuple[str, str]]] = {}
CHOICES: Final[dict[str, tuple[str, str]]] = {}

LEFT: Final = {
    "unsent": "{name} is unsent",
    "waiting": "{name} waits behind {behind}",
    "refused": "{name} is refused: {heading}",
    "withdraw_too_late": "{name} is done, but was not wanted any more",
    "draft": "{name} is not finished, {lines} lines",
    "complete_later": "{name}: {lines} to be completed",
    "unidentified": "{name}: {lines} that nobody has named",
}
"""By `client.work.shift_end.Left`."""

LINES: Final = {
    "of": "{person}:",
    "owed": "  {told}, since {at} ({age})",
    "alarm": "  {told}, since {at} ({age})  <- too old",
    "recount": "Wished: count {product} at {place}",
    "safe": "Safe to hand over.",
    "not_safe": "Not safe to hand over.",
    "differs": "Device and Odoo differ: wardstock reconcile",
    "not_asked": "Whether Odoo agrees is not known: {why}",
}
