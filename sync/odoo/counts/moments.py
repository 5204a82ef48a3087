"""What became of a shelf since a moment: what moved there, and who has said since what lies there (ward 1).

A movement of ours happened at its `acted_at`, however late it was posted; a person's when Odoo booked it. A count is no
movement: it says what lies there at a moment, and the later word wins. docs/decisions/035-counts-as-moments.md
"""

import base64
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import accumulate
from typing import Any, NamedTuple

import msgspec

from sync.odoo.counts.sheet import AGREES, AT_ONCE, figures_of
from sync.odoo.posting.goods import goods_of
from sync.odoo.posting.lots import Name, find_lots
from sync.odoo.posting.sending import Sending, Stamp
from sync.odoo.posting.slip import machine_of
from sync.odoo.wire.fields import Row, amount, label, link, moment, text
from sync.odoo.wire.fields import stamp as odoo_time
from sync.odoo.wire.load import MODULE
from sync.odoo.wire.pages import Domain, every, records
from sync.odoo.wire.session import Session
from sync.transaction import Kind, Line, Recount, Transaction, from_body

OLDER = "older_than_count"
"""Why a shelf must be counted again: a count was applied before an older movement came (ward 1)."""

DOUBT = timedelta(days=1)
"""How far a clock may be off that never met the server since the device was started (design 13.4)."""

_SLACK = timedelta(minutes=10)
"""Clocks of devices and of the server may differ by less."""

_UNDER_WAY = timedelta(minutes=5)
"""Longer than Odoo books at one call: what it dated before a moment may be seen only after it."""

_FIELDS = (
    "product_id", "lot_id", "package_id", "result_package_id", "owner_id", "location_id", "location_dest_id",
    "location_usage", "location_dest_usage", "quantity_product_uom", "date", "is_inventory", "picking_id", "reference",
    "create_uid",
)  # fmt: skip

_OURS = re.compile(rf"{re.escape(MODULE)}\.([0-9a-f]{{8}}(?:-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}})")
"""How the external id of a transfer of our own begins."""


class NamedKey(NamedTuple):
    """The stock key (design 13.5) with the lot's exact name: a body may not know its id."""

    product_id: int
    location_id: int
    lot_name: str = ""
    package_id: int | None = None
    owner_id: int | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """What a note or a slip of ours says."""

    transaction: Transaction
    acted_at: datetime
    unsure: bool


@dataclass(frozen=True, slots=True)
class When:
    """A moment in UTC, and when Odoo booked it. Without `uuid` it was not us.

    `unsure`: by an unchecked clock, or what we wrote of it was changed in Odoo.
    """

    at: datetime
    booked_at: datetime
    uuid: str = ""
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Movement:
    """What a done move changed on one shelf, in base units: more, or less."""

    key: NamedKey
    change: Decimal
    when: When


@dataclass(frozen=True, slots=True)
class Statement:
    """Somebody said what lies on a shelf, and Odoo's book was made so. `person` and `document` are for people."""

    key: NamedKey
    when: When
    person: str
    document: str
    lot_name: str = ""
    lot_id: int | None = None


@dataclass(frozen=True, slots=True)
class History:
    """What Odoo holds of some shelves since a moment."""

    movements: tuple[Movement, ...] = ()
    statements: tuple[Statement, ...] = ()

    def moved_after(self, key: NamedKey, at: datetime) -> Decimal:
        """Base units that came to a shelf after a moment, less those that went."""
        changes = (one.change for one in self.movements if one.key == key and one.when.at > at)
        return sum(changes, Decimal(0))

    def came_to(self, key: NamedKey, at: datetime) -> list[Decimal]:
        """What `moved_after` was since that moment, booking by booking; nothing at first, and at last what it is."""
        changes = sorted(
            (one for one in self.movements if one.key == key and one.when.at > at), key=lambda one: one.when.booked_at
        )
        return list(accumulate((one.change for one in changes), initial=Decimal(0)))

    def said_after(self, key: NamedKey, at: datetime) -> Statement | None:
        """The newest word on a shelf, if it is younger than a moment."""
        younger = [one for one in self.statements if one.key == key and one.when.at > at]
        return max(younger, key=lambda one: one.when.at, default=None)

    def unclear(self, key: NamedKey, stamp: Stamp) -> bool:
        """Whether nobody can say if something happened there before or after a moment (design 13.4)."""
        moved = [one.when for one in self.movements if one.key == key]
        said = [one.when for one in self.statements if one.key == key]
        if stamp.time_unsure:
            return bool(moved or said)
        return any(when.unsure and when.booked_at > stamp.acted_at for when in (*moved, *said))


def paper_of(note: str) -> Paper | None:
    """What we wrote on a picking of our own; None for what people wrote, or changed since."""
    return _paper(machine_of(note))


def as_begun(sending: Sending, note: str) -> Sending:
    """With the moment our own paper already tells: what it holds was worked out for that one.

    The offset to the server is measured anew at each pass, in whole seconds of an answer that came late (design 13.4):
    a movement of the same second must not be younger than the count in one run and older in the next.
    """
    paper = paper_of(note)
    if paper is None or paper.unsure:
        return sending
    return replace(sending, stamp=replace(sending.stamp, acted_at=paper.acted_at, time_unsure=False))


def at_source(line: Line) -> Iterator[NamedKey]:
    """The shelf of a line; without the lot too, for a body may name one where Odoo follows none."""
    for name in {line.lot_name, ""}:
        yield NamedKey(line.product_id, line.source_id, name, line.package_id, line.owner_id)


def begin_of(session: Session, stamp: Stamp) -> datetime:
    """From when on what happened may matter: the moment, or a day before the server's now if the clock is unsure."""
    now = session.server_time.at if session.server_time else datetime.now(UTC)
    return min(stamp.acted_at, now) - DOUBT if stamp.time_unsure else stamp.acted_at


def watched_from(session: Session, stamp: Stamp) -> datetime:
    """A little before `begin_of`: what Odoo was booking at the moment itself is older than it, and may come to light
    only while the count is on its way."""
    return begin_of(session, stamp) - _UNDER_WAY


def history(session: Session, keys: Collection[NamedKey], since: datetime) -> History:
    """What was booked on these shelves since then: two questions to Odoo, more only where something was."""
    if not keys:
        return History()
    products, places = _ids(key.product_id for key in keys), _ids(key.location_id for key in keys)
    beside = ["|", ["location_id", "in", places], ["location_dest_id", "in", places]]
    rows = _done_lines(session, products, since, beside)
    papers, lost = _papers(session, rows)
    movements = (
        movement
        for row in rows
        if not _counted(row)
        for movement in _movements(row, papers.get(row["id"]), lost.get(row["id"], ""))
        if movement.key in keys
    )
    statements = [*_of_odoo(rows), *_of_ours(session, since)]
    return History(tuple(movements), tuple(one for one in statements if one.key in keys))


def older_than_counts(session: Session, sendings: Sequence[Sending]) -> Mapping[str, tuple[Recount, ...]]:
    """The shelves to count again after these movements, by uuid; none is left out of the answer.

    A count that was applied (by us, or in Odoo: then at its booking) after a movement's `acted_at` did not know of
    it, or did: nobody can tell any more (ward 1). Ask when they are done: what is applied in between is seen. Two
    questions to Odoo for any number of movements.
    """
    since = {one.transaction.uuid: begin_of(session, one.stamp) for one in sendings}
    touched = {one.transaction.uuid: _touched(one.transaction) for one in sendings}
    if not any(touched.values()):
        return dict.fromkeys(since, ())
    begin = min(since.values())
    rows = _done_lines(session, _ids(key.product_id for keys in touched.values() for key in keys), begin, _APPLIED)
    said = [*_of_odoo(rows), *_of_ours(session, begin)]
    near: Mapping[str, Sequence[Statement]] = {
        uuid: [one for one in said if one.key in keys and one.when.at > since[uuid]] for uuid, keys in touched.items()
    }
    found = _by_lot(session, sendings, near)
    lots = _lots(session, sendings, [one for many in found.values() for one in many])
    return {uuid: tuple(dict.fromkeys(_recount(one, lots) for one in many)) for uuid, many in found.items()}


_APPLIED: Domain = [["is_inventory", "=", True]]


def _ids(ids: Iterable[int]) -> list[int]:
    return sorted(set(ids))


def _done_lines(session: Session, products: Sequence[int], since: datetime, which: Domain) -> list[Row]:
    # Odoo's times have no fractions of a second: what was booked in the same second stays in.
    begin = odoo_time(since.replace(microsecond=0))
    domain = [["state", "=", "done"], ["product_id", "in", list(products)], ["date", ">=", begin], *which]
    return every(session, "stock.move.line", _FIELDS, domain)


def _counted(row: Row) -> bool:
    """Whether somebody applied a count: Relocate and Unpack book inventory moves too, from shelf to shelf."""
    return bool(row["is_inventory"]) and "inventory" in {row["location_usage"], row["location_dest_usage"]}


def _papers(session: Session, rows: Sequence[Row]) -> tuple[dict[int, Paper], dict[int, str]]:
    """Which of these lines are ours, by line: by the note of a picking of our own, else by slip and external id.

    Then the uuids of lines that are ours too, but whose note somebody changed. Duplicate and Return in Odoo copy a
    note: only a transfer that has our external id is our own.
    """
    ids = _ids(row["picking_id"][0] for row in rows if row["picking_id"])
    if not ids:
        return {}, {}
    owners = records(session.call("stock.picking", "get_metadata", ids=ids))
    own = {owner["id"]: found[1] for owner in owners for one in owner["xmlids"] if (found := _OURS.match(one["xmlid"]))}
    pickings = every(session, "stock.picking", ["note"], [["id", "in", sorted(own)]]) if own else []
    notes = {row["id"]: paper for row in pickings if (paper := paper_of(text(row["note"])))}
    at = {row["id"]: link(row["picking_id"]) or 0 for row in rows}
    told = {id_: notes[picking] for id_, picking in at.items() if picking in notes}
    lost = {id_: own[picking] for id_, picking in at.items() if picking in own and id_ not in told}
    return told | _by_slips(session, [row for row in rows if at[row["id"]] and at[row["id"]] not in own]), lost


def _by_slips(session: Session, rows: Sequence[Row]) -> dict[int, Paper]:
    ids = _ids(row["picking_id"][0] for row in rows)
    domain = [["res_model", "=", "stock.picking"], ["res_id", "in", ids], ["name", "=like", "wardstock-%.txt"]]
    slips = every(session, "ir.attachment", ["datas"], domain) if ids else []
    papers = [paper for slip in slips if (paper := paper_of(_decoded(slip["datas"])))]
    if not papers:
        return {}
    owners = records(session.call("stock.move.line", "get_metadata", ids=[row["id"] for row in rows]))
    names = {owner["id"]: [found["xmlid"] for found in owner["xmlids"]] for owner in owners}
    return {
        id_: paper
        for id_, xmlids in names.items()
        for paper in papers
        if any(name.startswith(f"{MODULE}.{paper.transaction.uuid}-") for name in xmlids)
    }


def _decoded(datas: object) -> str:
    return base64.b64decode(text(datas)).decode(errors="replace")


def _paper(told: Mapping[str, Any]) -> Paper | None:
    try:
        transaction = from_body(json.dumps(told["body"]))
        return Paper(transaction, datetime.fromisoformat(told["acted_at"]), bool(told.get("time_unsure")))
    except (KeyError, TypeError, ValueError, msgspec.MsgspecError):
        return None


def _when(row: Row, paper: Paper | None) -> When:
    booked = moment(row["date"])
    assert booked is not None  # noqa: S101  # a done line has a date
    if paper is None:
        return When(booked, booked)
    return _ours_at(paper, booked)


def _ours_at(paper: Paper, booked: datetime) -> When:
    """Nothing is booked before it is done: a clock that says so was fast (a second is what Odoo leaves out)."""
    fast = paper.acted_at > booked + timedelta(seconds=1)
    return When(booked if fast else paper.acted_at, booked, paper.transaction.uuid, paper.unsure)


def _movements(row: Row, paper: Paper | None, lost: str) -> Iterator[Movement]:
    if paper and paper.transaction.kind is Kind.ADJUSTMENT:
        return  # its lines are what a word on a shelf changed in the book, nothing moved
    when, quantity = _when(row, paper), amount(row["quantity_product_uom"])
    if lost:
        when = replace(when, uuid=lost, unsure=True)
    yield Movement(_side(row, "location_id", "package_id"), -quantity, when)
    yield Movement(_side(row, "location_dest_id", "result_package_id"), quantity, when)


def _side(row: Row, place: str, package: str) -> NamedKey:
    return NamedKey(
        row["product_id"][0], row[place][0], label(row["lot_id"]), link(row[package]), link(row["owner_id"])
    )


def _of_odoo(rows: Iterable[Row]) -> Iterator[Statement]:
    """Counts that people applied: each leaves a line, even where nothing differed (seen on 17, 18 and 19)."""
    for row in rows:
        if _counted(row):
            gain = row["location_usage"] == "inventory"
            ends = ("location_dest_id", "result_package_id") if gain else ("location_id", "package_id")
            who, told = label(row["create_uid"]), text(row["reference"])
            yield Statement(_side(row, *ends), _when(row, None), who, told, label(row["lot_id"]), link(row["lot_id"]))


def _of_ours(session: Session, since: datetime) -> Iterator[Statement]:
    """Counts we applied at once: their note says for which lines (`sheet.figures_of`), by `acted_at`."""
    begin = odoo_time(since - _SLACK)
    domain = [["create_date", ">=", begin], ["state", "in", ["done", "cancel"]], ["note", "ilike", AT_ONCE]]
    made: dict[str, object] = {}
    for row in every(session, "stock.picking", ["name", "state", "note", "create_date"], domain):
        note = text(row["note"])
        paper = paper_of(note)
        if paper is None or paper.transaction.kind is not Kind.ADJUSTMENT:
            continue
        if made.setdefault(paper.transaction.uuid, row["create_date"]) != row["create_date"]:
            continue  # a copy that a person made: ours are made in one moment
        if row["state"] == "cancel" and AGREES not in note:
            continue  # refused, or taken back
        booked = moment(row["create_date"]) or paper.acted_at
        when = _ours_at(paper, booked)
        held, who = figures_of(note) or {}, paper.transaction.person
        for line in paper.transaction.lines:
            if line.number in held:
                for key in at_source(line):
                    yield Statement(key, when, who, text(row["name"]), line.lot_name, line.lot_id)


def _touched(transaction: Transaction) -> frozenset[NamedKey]:
    """Both ends of each line. Goods leave their package on the way: only sources name one (contract 14.3)."""
    return frozenset(
        key
        for line in transaction.lines
        for source in at_source(line)
        for key in (source, source._replace(location_id=line.destination_id, package_id=None))
    )


def _by_lot(
    session: Session, sendings: Sequence[Sending], found: Mapping[str, Sequence[Statement]]
) -> Mapping[str, Sequence[Statement]]:
    """Without the words on other lots: a shelf without a lot is the same only where Odoo follows none (`at_source`)."""
    if not any(one.lot_name and not one.key.lot_name for many in found.values() for one in many):
        return found
    goods = goods_of(session, [sending.transaction for sending in sendings])
    tracked = {good.id for good in goods.values() if good.tracked}
    return {
        uuid: [one for one in many if one.key.lot_name or not one.lot_name or one.key.product_id not in tracked]
        for uuid, many in found.items()
    }


def _lots(session: Session, sendings: Sequence[Sending], said: Sequence[Statement]) -> Mapping[Name, int]:
    """The ids of lots that a body named before Odoo had them."""
    names = {(one.key.product_id, one.lot_name) for one in said if one.lot_name and one.lot_id is None}
    first = sendings[0]
    found = find_lots(session, first.transaction.company_id, names, first.stamp.zone) if names else {}
    return {name: lot.id for name, lot in found.items()}


def _recount(one: Statement, lots: Mapping[Name, int]) -> Recount:
    key = one.key
    lot_id = one.lot_id or lots.get((key.product_id, one.lot_name))
    return Recount(OLDER, key.product_id, key.location_id, lot_id, key.package_id, key.owner_id)
