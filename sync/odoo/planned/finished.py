"""A planned picking that is done, read back: what Odoo booked of ours, what is still open, what follows (design 4)."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from sync.odoo.counts.moments import older_than_counts
from sync.odoo.planned.turn import leave
from sync.odoo.posting.checks import WENT_NEGATIVE
from sync.odoo.posting.goods import Good, known_goods
from sync.odoo.posting.photos import attach_photos
from sync.odoo.posting.readback import differences, lots_of
from sync.odoo.posting.sending import Sending
from sync.odoo.posting.shelves import key_of
from sync.odoo.posting.slip import attach_slip, slip_on
from sync.odoo.posting.validate import family
from sync.odoo.reading.incoming import MOVE_FIELDS, next_names
from sync.odoo.reading.lines import Held
from sync.odoo.wire.errors import Refused
from sync.odoo.wire.fields import Row, amount, text
from sync.odoo.wire.pages import every
from sync.odoo.wire.session import Session
from sync.stock import MoveLine, StockKey, Usage
from sync.transaction import Difference, Kind, Outcome, Recount


def outcome_of(
    session: Session,
    sending: Sending,
    goods: Mapping[int, Good],
    found: tuple[Row, Sequence[Row]],
    done: Sequence[Held],
    recounts: tuple[Recount, ...] = (),
    robbed: tuple[str, ...] = (),
) -> Outcome:
    """The document `found` with its backorders, and how Odoo's lines `done` differ from the body.

    `recounts` are shelves foreseen to go below zero; added are those that are below it now, which a run after a crash
    did not foresee (ward 3), and those whose applied count is younger than this (ward 1).
    """
    transaction, (picking, backorders) = sending.transaction, found
    lines = [one.line for one in done]
    open_ = [row for row in backorders if row["state"] != "cancel"]
    differs = [*differences(transaction, goods, lines, lots_of(session, lines, sending.stamp.zone))]
    if transaction.close_short and open_:
        # The picking type says "always": Odoo does not listen (ward 21).
        differs.append(Difference("backorder", "", text(open_[0]["name"])))
    differs += attach_photos(session, sending, picking["id"])
    below = () if transaction.kind is Kind.RECEIPT else _negative(session, lines)
    late = older_than_counts(session, [sending])[transaction.uuid]
    moves = every(session, "stock.move", MOVE_FIELDS, [["picking_id", "=", picking["id"]]])
    return Outcome(
        picking_id=picking["id"],
        picking_name=text(picking["name"]),
        backorder_name=text(open_[0]["name"]) if open_ else "",
        next_names=next_names(session, moves).get(picking["id"], ()),
        differs=tuple(differs),
        recounts=tuple(dict.fromkeys((*recounts, *below, *late))),
        robbed=robbed,
    )


def done_before(session: Session, sending: Sending, done: Sequence[Held]) -> Outcome:
    """As `outcome_of`, for what an earlier run booked, or a colleague with theirs; its turn ends.

    The slip goes where the goods went: to a backorder, when others validated a part in between.
    """
    transaction, home = sending.transaction, done[0].line.picking_id
    leave(session, transaction, transaction.document.picking_id or 0)
    goods = known_goods(session, transaction)
    try:
        found = family(session, home)
    except Refused:  # a rule hides the picking now: what is done stays done
        hidden = {"id": home, "name": transaction.document.picking_name}
        return outcome_of(session, sending, goods, (hidden, ()), done)
    slip = slip_on(session, transaction, home)
    if slip is None:
        slip = slip_on(session, transaction, transaction.document.picking_id or 0) or {}
        attach_slip(session, sending, home, goods, robbed=slip.get("robbed", ()))
    return outcome_of(session, sending, goods, found, done, robbed=tuple(slip.get("robbed", ())))


def _negative(session: Session, done: Iterable[MoveLine]) -> tuple[Recount, ...]:
    """Shelves of ours that hold less than nothing now (ward 3)."""
    keys = {
        StockKey(line.product_id, line.source_id, line.lot_id, line.package_id, line.owner_id): Decimal(0)
        for line in done
    }
    domain = [
        ["product_id", "in", sorted({key.product_id for key in keys})],
        ["location_id", "in", sorted({key.location_id for key in keys})],
        ["location_id.usage", "in", [Usage.INTERNAL, Usage.TRANSIT]],
    ]
    fields = ["product_id", "location_id", "lot_id", "package_id", "owner_id", "quantity"]
    for row in every(session, "stock.quant", fields, domain):
        if key_of(row) in keys:
            keys[key_of(row)] += amount(row["quantity"])
    return tuple(
        Recount(WENT_NEGATIVE, key.product_id, key.location_id, key.lot_id, key.package_id, key.owner_id)
        for key, quantity in keys.items()
        if quantity < 0
    )
