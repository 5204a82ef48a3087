"""What was refused or withdrawn never posts again: a cancelled picking under the uuid says so to every copy of it.

A clone or a backup of a device holds the same transaction and would post it later, when the cause is gone. Odoo never
gives an external id twice, so whoever comes under that uuid finds the stone (contract 7, 14.13).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sync.odoo.posting.sending import Sending
from sync.odoo.posting.slip import machine_of, note_html, origin_of
from sync.odoo.reading.incoming import CLOSED
from sync.odoo.wire.errors import Family, OdooError, Refused
from sync.odoo.wire.fields import Row, text
from sync.odoo.wire.fields import stamp as odoo_time
from sync.odoo.wire.load import load, record_of, xid
from sync.odoo.wire.pages import every
from sync.odoo.wire.session import Session
from sync.transaction import PLANNED, Kind, Transaction

WITHDRAWN = "withdrawn"
"""Why a stone lies that no refusal laid: a person took the transaction back."""

_COLUMNS = ("id", "origin", "note", "scheduled_date", "picking_type_id/.id", "location_id/.id", "location_dest_id/.id")
_SAYS_NO = frozenset({Family.DATA, Family.RIGHTS})
_WITHOUT_PICKING = PLANNED | {Kind.COUNT}
"""Kinds that never make a picking under their own uuid: one there can only be a stone."""


@dataclass(frozen=True, slots=True)
class Stone:
    """The cancelled picking, and why it lies there: the code and facts of a refusal, `WITHDRAWN`, or nothing where a
    person in Odoo cancelled the picking of a free posting."""

    picking_id: int
    name: str
    why: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)


def lay_stone(
    session: Session,
    sending: Sending,
    why: str,
    facts: Mapping[str, object] | None = None,
    names: Sequence[str] = (),
) -> bool:
    """Make sure that this uuid can never be posted any more, on any device. Runs again harmlessly.

    `why` and `facts` are those of the `Refused`, or `WITHDRAWN`. What stands under the uuid already is cancelled.
    `names` are the external ids of its papers, where that is not the uuid alone: a load that arrives late must find
    none of them free. They are cancelled in one call: of two, Odoo validates the open one without a word.
    False where it lies not: what stands is done, or Odoo will not have one (the picking type is gone), and things go
    on without.
    """
    document = sending.transaction.document
    told = {"code": why, "facts": dict(facts or {})}
    head = [
        origin_of(sending.transaction),
        note_html(sending.transaction, sending.stamp, refused=told),
        odoo_time(sending.stamp.acted_at),
        document.picking_type_id,
        document.source_id,
        document.destination_id,
    ]
    try:
        rows = [[xid(name), *head] for name in names or [sending.transaction.uuid]]
        pickings = load(session, "stock.picking", _COLUMNS, rows)
    except OdooError as error:
        if error.family not in _SAYS_NO:
            raise
        return False
    return _cancel(session, pickings)


def stone_of(session: Session, transaction: Transaction) -> Stone | None:
    """The stone of a transaction, if one lies. One that was only begun is laid to the end."""
    found = record_of(session, transaction.uuid)
    if found is None or found[0] != "stock.picking":
        return None
    picking = next(iter(_pickings(session, [found[1]])), None) if found[1] else None
    if picking is None:
        # Hidden by an access rule: that it ever was, says enough.
        return Stone(found[1] or 0, "")
    laid = picking["state"] == "cancel" or (_begun(transaction, picking) and _cancel(session, [picking["id"]]))
    if not laid:
        return None
    told = machine_of(text(picking["note"])).get("refused", {})
    return Stone(picking["id"], text(picking["name"]), str(told.get("code", "")), told.get("facts", {}))


def refuse_if_stoned(session: Session, transaction: Transaction) -> None:
    """Raise `Refused("refused_before")` where a stone lies, with what is known of why."""
    stone = stone_of(session, transaction)
    if stone:
        raise Refused("refused_before", picking=stone.name, why=stone.why, before=dict(stone.facts))


def _pickings(session: Session, ids: Sequence[int]) -> list[Row]:
    return every(session, "stock.picking", ["name", "state", "note", "move_ids"], [["id", "in", list(ids)]])


def _begun(transaction: Transaction, picking: Row) -> bool:
    """Whether that picking can only be a stone: a posting of its own is loaded with its lines, in one call."""
    return transaction.kind in _WITHOUT_PICKING or (picking["state"] == "draft" and not picking["move_ids"])


def _cancel(session: Session, ids: Sequence[int]) -> bool:
    """All cancelled now, or before; False where one is done. Raises where Odoo leaves one open."""
    found = _pickings(session, ids)
    open_ids = [row["id"] for row in found if row["state"] not in CLOSED]
    try:
        if open_ids:
            session.call("stock.picking", "action_cancel", ids=open_ids)
    except OdooError:
        found = _pickings(session, ids)
        if len(found) < len(ids) or any(row["state"] not in CLOSED for row in found):
            raise
    return all(row["state"] != "done" for row in found)
