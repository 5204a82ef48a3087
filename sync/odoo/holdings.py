"""What Odoo holds of ours, read in pages and never changed: documents, lines, slips. For the reconciliation."""

import base64
import binascii
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, TypeVar

from sync.odoo.counts.sheet import Figures, figures_of
from sync.odoo.posting.slip import machine_of
from sync.odoo.reading.lines import Held, lines_where
from sync.odoo.wire.fields import Row, amount, link, stamp, text
from sync.odoo.wire.load import xid
from sync.odoo.wire.pages import every, records
from sync.odoo.wire.session import Session
from sync.stock import MoveLine

CHUNK = 200
"""Ids of one question: its answer is a page or two of lines."""

T = TypeVar("T")

_PICKING = ("name", "state", "origin", "note", "backorder_id")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_SLIP = re.compile(rf"wardstock-({_UUID.pattern})\.txt")
_OURS = re.compile(rf"{re.escape(xid(''))}(?:sheet-)?({_UUID.pattern})(?:-(\d+))?")


@dataclass(frozen=True, slots=True)
class Docket:
    """A picking as it stands in Odoo.

    `uuid` is the transaction under whose external id it was made, empty for a picking of Odoo's own. `claims` is the
    one its origin or note names, `device` the device they name; `noted` whether its note still tells the act.
    """

    id: int
    name: str
    state: str
    uuid: str
    claims: str
    device: str
    noted: bool
    backorder_id: int | None
    kind: str
    figures: Figures
    """What the note of a count says of each line: submitted, or booked more or less."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A slip on a picking, and the device it names, where it was read."""

    uuid: str
    picking_id: int
    device: str = ""


@dataclass(frozen=True, slots=True)
class Pending:
    """A count that waits for approval, and the transactions that spoke about its row: the last one's word stands."""

    quantity: Decimal
    said_by: frozenset[str]


def dockets(session: Session, ids: Iterable[int]) -> Iterator[Docket]:
    """The pickings of those ids, as far as they are there."""
    for some in _chunks(sorted(set(ids))):
        yield from _dockets(session, ["id", "in", some])


def dockets_after(session: Session, ids: Iterable[int]) -> Iterator[Docket]:
    """What is left of those pickings: lines of theirs may have gone there."""
    for some in _chunks(sorted(set(ids))):
        yield from _dockets(session, ["backorder_id", "in", some])


def dockets_of(session: Session, device: str, since: datetime | None) -> list[Docket]:
    """Pickings whose origin says that this device made them, and those written since then."""
    when = [["write_date", ">=", stamp(since)]] if since else []
    found = _dockets(session, ["origin", "ilike", f"{device}/"], *when)
    return [one for one in found if one.claims and one.device == device]


def lines_by_uuid(session: Session, ids: Iterable[int]) -> tuple[dict[str, list[Held]], dict[int, list[Held]]]:
    """The lines of those pickings: ours by their transaction, and those nobody's external id names by picking."""
    ours: dict[str, list[Held]] = {}
    others: dict[int, list[Held]] = {}
    for some in _chunks(sorted(set(ids))):
        for held in lines_where(session, [["picking_id", "in", some]]):
            uuid = _owner(held.xids)
            if uuid:
                ours.setdefault(uuid, []).append(held)
            else:
                others.setdefault(held.line.picking_id, []).append(held)
    return ours, others


def papers_on(session: Session, ids: Iterable[int]) -> Mapping[int, frozenset[str]]:
    """The names of what hangs on those pickings."""
    found: dict[int, set[str]] = {}
    for some in _chunks(sorted(set(ids))):
        domain = [["res_model", "=", "stock.picking"], ["res_id", "in", some]]
        for row in every(session, "ir.attachment", ["name", "res_id"], domain):
            found.setdefault(row["res_id"], set()).add(text(row["name"]))
    return {picking: frozenset(names) for picking, names in found.items()}


def pending_counts(session: Session, products: Iterable[int]) -> Mapping[tuple[str, int], Pending]:
    """What waits for approval under our external ids, by transaction and body line."""
    found: dict[tuple[str, int], Pending] = {}
    for some in _chunks(sorted(set(products))):
        domain = [["inventory_quantity_set", "=", True], ["product_id", "in", some]]
        rows = every(session, "stock.quant", ["inventory_quantity"], domain)
        waiting = {row["id"]: amount(row["inventory_quantity"]) for row in rows}
        metadata = records(session.call("stock.quant", "get_metadata", ids=list(waiting))) if waiting else []
        for row in metadata:
            matches = [match for one in row["xmlids"] if (match := _OURS.fullmatch(one["xmlid"])) and match[2]]
            told = Pending(waiting[row["id"]], frozenset(match[1] for match in matches))
            found |= {(match[1], int(match[2])): told for match in matches}
    return found


def slips_unknown(session: Session, known: Collection[str], since: datetime | None) -> Iterator[Slip]:
    """Slips of transactions that are not `known`, read to see whose they are."""
    domain: list[Any] = [["name", "=like", "wardstock-%.txt"], ["res_model", "=", "stock.picking"]]
    domain += [["write_date", ">=", stamp(since)]] if since else []
    rows = every(session, "ir.attachment", ["name", "res_id"], domain)
    strange = [row["id"] for row in rows if (uuid := uuid_of_slip(text(row["name"]))) and uuid not in known]
    for some in _chunks(strange):
        for row in every(session, "ir.attachment", ["name", "res_id", "datas"], [["id", "in", some]]):
            told = machine_of(_read(row["datas"]))
            yield Slip(uuid_of_slip(text(row["name"])), row["res_id"], str(_body(told).get("device", "")))


def uuid_of_slip(name: str) -> str:
    """The transaction a slip's file name tells; empty for any other file."""
    found = _SLIP.fullmatch(name)
    return found[1] if found else ""


def body_line(xids: Iterable[str]) -> int:
    """The number of the body line an external id of ours names; 0 where none does."""
    found = (_OURS.match(name) for name in xids)
    return next((int(match[2]) for match in found if match and match[2]), 0)


def move_lines(held: Iterable[Held], *states: str) -> list[MoveLine]:
    """Those in one of the states."""
    return [one.line for one in held if one.state in states]


def _chunks(all_: Sequence[T]) -> Iterator[Sequence[T]]:
    return (all_[start : start + CHUNK] for start in range(0, len(all_), CHUNK))


def _dockets(session: Session, *domain: Any) -> Iterator[Docket]:
    rows = every(session, "stock.picking", _PICKING, list(domain))
    for some in _chunks(rows):
        metadata = records(session.call("stock.picking", "get_metadata", ids=[row["id"] for row in some]))
        owners = {row["id"]: _owner([one["xmlid"] for one in row["xmlids"]]) for row in metadata}
        yield from (_docket(row, owners.get(row["id"], "")) for row in some)


def _docket(row: Row, uuid: str) -> Docket:
    origin, told = text(row["origin"]), machine_of(text(row["note"]))
    named = _UUID.search(origin)
    claims = named[0] if named and "wardstock " in origin else str(told.get("wardstock", ""))
    return Docket(
        id=row["id"],
        name=text(row["name"]),
        state=text(row["state"]),
        uuid=uuid,
        claims=claims,
        device=str(_body(told).get("device", "")) or (origin.partition("/")[0] if claims else ""),
        noted=bool(uuid) and told.get("wardstock") == uuid,
        backorder_id=link(row["backorder_id"]),
        kind=str(_body(told).get("kind", "")),
        figures=figures_of(text(row["note"])) or {},
    )


def _body(told: Mapping[str, Any]) -> Mapping[str, Any]:
    """The transaction as machine text tells it: since body 2 beside its schema, in it before."""
    body = told.get("body")
    inner = body.get("transaction", body) if isinstance(body, dict) else {}
    return inner if isinstance(inner, dict) else {}


def _owner(xids: Sequence[str]) -> str:
    found = (_OURS.match(name) for name in xids)
    return next((match[1] for match in found if match), "")


def _read(datas: object) -> str:
    try:
        return base64.b64decode(str(datas or "")).decode(errors="replace")
    except binascii.Error:
        return ""
