"""Why a transaction was refused, as data: what a card knows of it, and the two or three ways out (ward 10, design 4).

The words are `client.messages`. Every refusal leaves nothing in Odoo and its uuid dead: whatever is posted next is a
new transaction that names the old one (`Transaction.corrects`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Choice(StrEnum):
    """A way to settle a refused transaction."""

    WITHDRAW = "withdraw"
    """It did not happen, or others booked it. Nothing follows."""
    POST_AGAIN = "post-again"
    """The same once more, as a new transaction: what stood in the way is gone."""
    CORRECT = "correct"
    """A new draft from it, to change lots, quantities or places in."""
    POST_DIFFERENCE = "post-difference"
    """Only what others have not booked yet, on what is still open."""
    REALLY_MORE = "really-more"
    """These are other goods than those that are booked: all of it, beside them."""
    WITHOUT_ORDER = "without-order"
    """As goods nobody planned, flagged for those who order."""
    USE_LABEL = "use-label"
    """The day on the label is right: Odoo's lot is changed."""
    KEEP_ODOO = "keep-odoo"
    """The day in Odoo is right: posted with it."""
    CHOOSE_LOT = "choose-lot"
    CHOOSE_SHELF = "choose-shelf"
    CHOOSE_OWNER = "choose-owner"
    """Which package or whose goods they are."""
    MOVE_ANYWAY = "move-anyway"
    """Held goods all the same: a person who may says so."""
    TO_QUARANTINE = "to-quarantine"
    RECOUNT = "recount"
    """Go and count that shelf again."""
    KEEP_OURS = "keep-ours"
    """This count takes the place of the other person's."""
    SETTLE_IN_ODOO = "settle-in-odoo"
    """Somebody with Odoo's screen does what it asks; then once more."""
    CALL_SUPPORT = "call-support"


@dataclass(frozen=True, slots=True)
class Refusal:
    """What a card of one code knows (`facts`, by name) and offers, the likeliest first."""

    facts: tuple[str, ...]
    choices: tuple[Choice, ...]


_LOT = ("line", "product", "lot")
_SHELF = (*_LOT, "location")
_GOODS = ("goods",)
"""Product and lot in words."""
_AGAIN = (Choice.POST_AGAIN, Choice.WITHDRAW)
_CORRECT = (Choice.CORRECT, Choice.WITHDRAW)
_IN_ODOO = (Choice.SETTLE_IN_ODOO, Choice.POST_AGAIN, Choice.WITHDRAW)
_COUNT_AGAIN = (Choice.RECOUNT, Choice.WITHDRAW)
_ODOO_SAID = ("name", "message", "status")

REFUSALS: Mapping[str, Refusal] = {
    # -- others were there
    "already_done": Refusal(
        ("picking", "person", "at", "lines", "booked", "backorder", "backorder_id", "fits_backorder"),
        (Choice.WITHDRAW, Choice.POST_DIFFERENCE, Choice.REALLY_MORE),
    ),
    "picked_by_person": Refusal(("picking", "person", "at", "lines", "booked"), _IN_ODOO),
    "taken_by_device": Refusal(
        ("picking", "person", "at", "lines", "booked", "product", "product_id", "ours", "theirs", "expected"),
        (Choice.WITHDRAW, Choice.POST_DIFFERENCE, Choice.REALLY_MORE),
    ),
    "lines_changed": Refusal(("picking",), _AGAIN),
    # -- the document
    "picking_cancelled": Refusal(("picking", "person", "at"), (Choice.WITHOUT_ORDER, Choice.WITHDRAW)),
    "refused_before": Refusal(("picking", "why", "before"), _AGAIN),
    "picking_gone": Refusal(("picking_id",), (Choice.WITHOUT_ORDER, Choice.WITHDRAW)),
    "picking_not_ready": Refusal(("picking", "state", "waits_for"), _AGAIN),
    "not_on_picking": Refusal(("line", "product_id"), (Choice.WITHOUT_ORDER, Choice.CORRECT, Choice.WITHDRAW)),
    "not_received_there": Refusal(("line", "product"), _CORRECT),
    # -- goods and places
    "product_gone": Refusal(("line", "product_id"), _IN_ODOO),
    "product_archived": Refusal(("line", "product"), _IN_ODOO),
    "unit_changed": Refusal(("line", "product", "unit"), _CORRECT),
    "location_gone": Refusal(("location_id",), (Choice.CHOOSE_SHELF, Choice.WITHDRAW)),
    "location_archived": Refusal(
        ("location", "location_id"), (Choice.CHOOSE_SHELF, Choice.SETTLE_IN_ODOO, Choice.WITHDRAW)
    ),
    "goods_held": Refusal((*_LOT, *_GOODS, "why"), (Choice.TO_QUARANTINE, Choice.MOVE_ANYWAY, Choice.WITHDRAW)),
    "too_little_stock": Refusal((*_SHELF, *_GOODS, "done", "there"), (Choice.RECOUNT, Choice.CORRECT, Choice.WITHDRAW)),
    "goods_in_child": Refusal((*_SHELF, *_GOODS, "done", "lies", "found"), (Choice.CHOOSE_SHELF, Choice.WITHDRAW)),
    "package_or_owner": Refusal((*_SHELF, *_GOODS, "done", "lies", "found"), (Choice.CHOOSE_OWNER, Choice.WITHDRAW)),
    # -- lots
    "lot_missing": Refusal(("line", "product"), (Choice.CHOOSE_LOT, Choice.WITHDRAW)),
    "lot_unknown": Refusal(_LOT, (Choice.CHOOSE_LOT, Choice.WITHDRAW)),
    "lot_renamed": Refusal(_LOT, (Choice.CHOOSE_LOT, Choice.WITHDRAW)),
    "expiry_missing": Refusal(_LOT, _CORRECT),
    "expiry_differs": Refusal((*_LOT, "ours", "theirs"), (Choice.USE_LABEL, Choice.KEEP_ODOO, Choice.WITHDRAW)),
    "serial_quantity": Refusal((*_LOT, "done", "location"), _CORRECT),
    "serial_in_stock": Refusal(_SHELF, (Choice.CHOOSE_LOT, Choice.RECOUNT, Choice.WITHDRAW)),
    "serial_elsewhere": Refusal((*_SHELF, "source"), (Choice.CHOOSE_SHELF, Choice.CHOOSE_LOT, Choice.WITHDRAW)),
    # -- counts
    "count_pending": Refusal(
        (*_SHELF, "person", "at", "theirs", "ours", "counted", "device"),
        (Choice.RECOUNT, Choice.KEEP_OURS, Choice.WITHDRAW),
    ),
    "count_overtaken": Refusal((*_LOT, "person", "document", "at"), _COUNT_AGAIN),
    "count_time_unsure": Refusal(_LOT, _COUNT_AGAIN),
    "counted_twice": Refusal(_SHELF, (Choice.RECOUNT, Choice.CORRECT, Choice.WITHDRAW)),
    "quant_rows": Refusal((*_SHELF, "rows"), _IN_ODOO),
    "not_for_counts": Refusal(("location", "location_id"), (Choice.CHOOSE_SHELF, Choice.WITHDRAW)),
    # -- Odoo's own no, quoted
    "odoo_asks": Refusal(("picking", "asks", "model", "says", "state"), _IN_ODOO),
    "odoo_refused": Refusal(("says",), (Choice.SETTLE_IN_ODOO, Choice.CORRECT, Choice.WITHDRAW)),
    "odoo_rights": Refusal(_ODOO_SAID, _IN_ODOO),
    "odoo_bug": Refusal(_ODOO_SAID, (Choice.CALL_SUPPORT, Choice.POST_AGAIN, Choice.WITHDRAW)),
    "odoo_unrecognised": Refusal(_ODOO_SAID, (Choice.CALL_SUPPORT, Choice.POST_AGAIN, Choice.WITHDRAW)),
    "left_in_odoo": Refusal(("picking", *_ODOO_SAID), (Choice.SETTLE_IN_ODOO, Choice.CALL_SUPPORT, Choice.WITHDRAW)),
}

DONE_ALL_THE_SAME = "withdraw_too_late"
"""On what is done: somebody wanted it back when Odoo had it already (`picking`, `person`)."""

CHOICES: Mapping[str, tuple[Choice, ...]] = {
    **{code: one.choices for code, one in REFUSALS.items()},
    DONE_ALL_THE_SAME: (Choice.CORRECT,),
}
"""The ways out of each refusal, and of what was done although it was not wanted any more."""
