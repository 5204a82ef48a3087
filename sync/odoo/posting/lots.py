"""Lots, made once, never guessed: exact name, agreed expiry day, a serial nowhere else (contract 4.1, 14.10 to 12)."""

import hashlib
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sync.odoo.posting.asks import plain, refusal_of
from sync.odoo.posting.goods import Good
from sync.odoo.reading.pulls import lot_from
from sync.odoo.reading.reach import HELD
from sync.odoo.wire.errors import Family, OdooError, Refused
from sync.odoo.wire.fields import Row, amount, at_noon, label, moment, stamp
from sync.odoo.wire.load import load_each, xid
from sync.odoo.wire.pages import every
from sync.odoo.wire.session import Session
from sync.stock import Lot, Tracking
from sync.transaction import Line, Transaction

TWO_DATES = "lot_two_dates"
"""The question a person answered where a label and the known lot name two days."""
TAKE_LABEL = "use-label"
"""The answer that changes the lot in Odoo; with any other the line's day is what was agreed before."""

LOT_FIELDS = ("name", "product_id", "expiration_date", "use_date", "removal_date", "alert_date", "ref", "company_id")

Name = tuple[int, str]
"""Product id and the lot's exact name."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A lot the lines name, with what was agreed of it. `label`: a person chose the label's day over Odoo's."""

    good: Good
    name: str
    line: int
    expiry: date | None
    batch: str
    label: bool

    @property
    def key(self) -> Name:
        """What tells it from others."""
        return self.good.id, self.name

    @property
    def day(self) -> date | None:
        """The expiry the lines agree on, where the product keeps one."""
        return self.expiry if self.good.keeps_expiry else None

    @property
    def serial(self) -> bool:
        """One piece, that can lie in one place only."""
        return self.good.tracking is Tracking.SERIAL


def lot_xid(company_id: int, product_id: int, name: str) -> str:
    """The same on every device: two that meet a new lot make one (design 13.1)."""
    told = f"{company_id}|{product_id}|{name}"
    return f"lot-{hashlib.sha1(told.encode(), usedforsecurity=False).hexdigest()}"


def lot_or_refused(made: int | Refused) -> int:
    """The id. Raises the `Refused` that stands in its place."""
    if isinstance(made, Refused):
        raise made
    return made


def check_lots(wanted: Mapping[Name, Wanted], there: Mapping[Name, Lot], arriving: Container[Name]) -> None:
    """What is known of lots before anything is written.

    Only goods that arrive from outside bring new lots: what leaves a shelf of ours has one Odoo knows (ward 3).
    Raises `Refused`: `lot_unknown`, `expiry_missing` (contract 14.10), `expiry_differs` (trap 8).
    """
    for name, want in wanted.items():
        lot = there.get(name)
        if lot is None and name not in arriving:
            raise Refused("lot_unknown", line=want.line, product=want.good.name, lot=want.name)
        if lot is None and want.good.keeps_expiry and want.expiry is None:
            raise Refused("expiry_missing", line=want.line, product=want.good.name, lot=want.name)
        if lot and lot.expiry and want.day not in {None, lot.expiry} and not want.label:
            raise _differs(want, lot.expiry)


def make_lots(
    session: Session, company_id: int, wanted: Sequence[Wanted], there: Mapping[Name, Lot], zone: ZoneInfo
) -> Mapping[Name, int | Refused]:
    """The id of each lot, made where it is not `there`, its dates as agreed; or why there can be none. Repeatable."""
    fresh = [want for want in wanted if want.key not in there]
    if fresh:
        noes = _make(session, company_id, fresh)
        there = {**there, **find_lots(session, company_id, [want.key for want in fresh], zone)}
    else:
        noes = {}
    return {want.key: _settled(session, want, there.get(want.key), noes.get(want.key)) for want in wanted}


def _settled(session: Session, want: Wanted, lot: Lot | None, no: OdooError | None) -> int | Refused:
    if no is not None and no.family is Family.RIGHTS:
        raise no
    if lot is None and no is not None:
        return Refused("odoo_refused", says=plain(no.message))
    if lot is None:
        # Its external id belongs to a lot that was renamed in Odoo meanwhile.
        return Refused("lot_renamed", line=want.line, product=want.good.name, lot=want.name)
    try:
        _agree(session, want, lot)
    except Refused as refused:
        return refused
    except OdooError as error:
        if error.family is not Family.DATA:
            raise
        return refusal_of(error)
    return lot.id


def find_lots(session: Session, company_id: int, names: Iterable[Name], zone: ZoneInfo) -> Mapping[Name, Lot]:
    """Lots by exact name, shared ones or this company's; several of one name: the lowest id (design 13.7)."""
    asked = set(names)
    if not asked:
        return {}
    domain = [
        ["product_id", "in", sorted({product for product, _ in asked})],
        ["name", "in", sorted({name for _, name in asked})],
        ["company_id", "in", [False, company_id]],
    ]
    found: dict[Name, Lot] = {}
    for row in every(session, "stock.lot", LOT_FIELDS, domain):
        lot = lot_from(row, zone)
        if (lot.product_id, lot.name) in asked:
            found.setdefault((lot.product_id, lot.name), lot)
    return found


def wanted_lots(transaction: Transaction, goods: Mapping[int, Good]) -> dict[Name, Wanted]:
    """The lots a transaction names, each once. Raises `Refused("expiry_differs")` for two days nobody decided on."""
    found: dict[Name, Wanted] = {}
    for line in transaction.lines:
        good = goods.get(line.product_id)
        if good and good.tracked:  # goods hidden since it was done have no lot to speak of
            want = Wanted(good, line.lot_name, line.number, line.expiry, line.batch, _takes_label(transaction, line))
            found[(good.id, line.lot_name)] = joined(found.get((good.id, line.lot_name)), want)
    return found


def joined(first: Wanted | None, second: Wanted) -> Wanted:
    """Two lines of one lot: one day, or the one a person chose last."""
    if first is None:
        return second
    if first.expiry and second.expiry and first.expiry != second.expiry and not (first.label or second.label):
        raise _differs(second, first.expiry)
    day, other = (second, first) if second.label else (first, second)
    return replace(
        first,
        expiry=day.expiry or other.expiry,
        batch=first.batch or second.batch,
        label=first.label or second.label,
    )


def _takes_label(transaction: Transaction, line: Line) -> bool:
    return any(
        answer.question == TWO_DATES and answer.choice == TAKE_LABEL and answer.line in {None, line.number}
        for answer in transaction.answers
    )


def _make(session: Session, company_id: int, fresh: Sequence[Wanted]) -> Mapping[Name, OdooError]:
    """Load them; what Odoo says no to, by lot. One that somebody made this moment is found by name all the same."""
    dated = any(want.good.keeps_expiry for want in fresh)
    owned = session.can.lot_company
    fields = ["id", "product_id/.id", "name", "ref"]
    fields += [*(["expiration_date"] if dated else []), *(["company_id/.id"] if owned else [])]
    rows = [[_row(company_id, want, dated=dated, owned=owned)] for want in fresh]
    made = load_each(session, "stock.lot", fields, rows)
    return {want.key: no for want, no in zip(fresh, made, strict=True) if isinstance(no, OdooError)}


def _row(company_id: int, want: Wanted, *, dated: bool, owned: bool) -> list[object]:
    name = xid(lot_xid(company_id, want.good.id, want.name))
    day = at_noon(want.day) if want.day else ""
    told: list[object] = [name, want.good.id, want.name, want.batch]
    return [*told, *([day] if dated else []), *([company_id] if owned else [])]


def _agree(session: Session, want: Wanted, lot: Lot) -> None:
    """Make Odoo's lot say what the label says, where that was decided or Odoo says nothing. Repeatable."""
    changes: dict[str, object] = {}
    if want.day and want.day != lot.expiry:
        if lot.expiry and not want.label:
            raise _differs(want, lot.expiry)
        changes |= _shifted(lot, want.day)
    if want.batch and not lot.ref:
        changes["ref"] = want.batch
    if changes:
        session.call("stock.lot", "write", ids=[lot.id], vals=changes)


def _shifted(lot: Lot, expiry: date) -> dict[str, object]:
    """All four dates by the same number of days: by API Odoo moves the first one only (contract 4.1, design 13.4)."""
    if lot.expires_at is None:
        return {"expiration_date": at_noon(expiry)}
    then = moment(at_noon(expiry))
    assert then is not None  # noqa: S101  # we wrote that text ourselves
    delta = then - lot.expires_at
    dates: Mapping[str, datetime | None] = {
        "use_date": lot.use_at,
        "removal_date": lot.removal_at,
        "alert_date": lot.alert_at,
    }
    moved = {name: stamp(at + delta) for name, at in dates.items() if at}
    return {"expiration_date": at_noon(expiry), **moved}


def _differs(want: Wanted, theirs: date) -> Refused:
    return Refused(
        "expiry_differs",
        line=want.line,
        product=want.good.name,
        lot=want.name,
        ours=str(want.expiry),
        theirs=str(theirs),
    )


def in_stock(want: Wanted, place: str) -> Refused:
    """A serial that lies somewhere cannot arrive: Odoo would say so only in the middle of validating."""
    return Refused("serial_in_stock", line=want.line, product=want.good.name, lot=want.name, location=place)


def where_serials_lie(session: Session, lots: Collection[int]) -> Mapping[int, tuple[str, ...]]:
    """The places of ours where those lots lie, by lot."""
    if not lots:
        return {}
    domain = [["lot_id", "in", sorted(lots)], ["quantity", ">", 0], ["location_id.usage", "in", list(HELD)]]
    found: dict[int, list[str]] = {}
    rows: list[Row] = every(session, "stock.quant", ["lot_id", "location_id", "quantity"], domain)
    for row in rows:
        if amount(row["quantity"]) > 0:
            found.setdefault(row["lot_id"][0], []).append(label(row["location_id"]))
    return {lot_id: tuple(places) for lot_id, places in found.items()}
