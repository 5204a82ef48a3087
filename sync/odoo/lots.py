"""Lots, made once, never guessed: exact name, agreed expiry day, a serial nowhere else (contract 4.1, 14.10 to 12)."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sync.odoo.errors import Family, OdooError, Refused
from sync.odoo.fields import Row, amount, at_noon, label, moment, stamp
from sync.odoo.goods import Good
from sync.odoo.load import load, xid
from sync.odoo.pages import every
from sync.odoo.pulls import HELD, lot_from
from sync.odoo.session import Session
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


def lot_xid(company_id: int, product_id: int, name: str) -> str:
    """The same on every device: two that meet a new lot make one (design 13.1)."""
    told = f"{company_id}|{product_id}|{name}"
    return f"lot-{hashlib.sha1(told.encode(), usedforsecurity=False).hexdigest()}"


def settle_lots(
    session: Session, transaction: Transaction, goods: Mapping[int, Good], zone: ZoneInfo
) -> Mapping[Name, int]:
    """The id of each lot of the transaction, made where it was missing, its dates as agreed.

    Raises `Refused`: `expiry_missing` (Odoo would invent one), `expiry_differs`, `serial_in_stock`.
    """
    wanted = wanted_lots(transaction, goods)
    if not wanted:
        return {}
    there = find_lots(session, transaction.company_id, wanted, zone)
    fresh = [want for name, want in wanted.items() if name not in there]
    if fresh:
        _make(session, transaction.company_id, fresh)
        there = find_lots(session, transaction.company_id, wanted, zone)
    for name, want in wanted.items():
        if name not in there:
            # Its external id belongs to a lot that was renamed in Odoo meanwhile.
            raise Refused("lot_renamed", line=want.line, product=want.good.name, lot=want.name)
        _agree(session, want, there[name])
    _no_serial_twice(session, wanted, there)
    return {name: lot.id for name, lot in there.items()}


def find_lots(session: Session, company_id: int, names: Iterable[Name], zone: ZoneInfo) -> Mapping[Name, Lot]:
    """Lots by exact name, shared ones or this company's; several of one name: the lowest id (design 13.7)."""
    asked = set(names)
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
        good = goods[line.product_id]
        if good.tracked:
            want = Wanted(good, line.lot_name, line.number, line.expiry, line.batch, _takes_label(transaction, line))
            found[(good.id, line.lot_name)] = _joined(found.get((good.id, line.lot_name)), want)
    return found


def _joined(first: Wanted | None, second: Wanted) -> Wanted:
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


def _make(session: Session, company_id: int, fresh: Sequence[Wanted]) -> None:
    for want in fresh:
        if want.good.keeps_expiry and want.expiry is None:
            raise Refused("expiry_missing", line=want.line, product=want.good.name, lot=want.name)
    dated = any(want.good.keeps_expiry for want in fresh)
    fields = ["id", "product_id/.id", "name", "ref", *(["expiration_date"] if dated else [])]
    rows = [_row(company_id, want, dated) for want in fresh]
    try:
        load(session, "stock.lot", fields, rows)
    except OdooError as error:
        # Somebody made it on Odoo's screen this moment: it is found by name now.
        if error.family is not Family.DATA or "must be unique" not in error.message:
            raise


def _row(company_id: int, want: Wanted, dated: bool) -> list[object]:
    name = xid(lot_xid(company_id, want.good.id, want.name))
    days = at_noon(want.expiry) if want.good.keeps_expiry and want.expiry else ""
    return [name, want.good.id, want.name, want.batch, *([days] if dated else [])]


def _agree(session: Session, want: Wanted, lot: Lot) -> None:
    """Make Odoo's lot say what the label says, where that was decided or Odoo says nothing. Repeatable."""
    changes: dict[str, object] = {}
    if want.good.keeps_expiry and want.expiry and want.expiry != lot.expiry:
        if lot.expiry and not want.label:
            raise _differs(want, lot.expiry)
        changes |= _shifted(lot, want.expiry)
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


def _no_serial_twice(session: Session, wanted: Mapping[Name, Wanted], there: Mapping[Name, Lot]) -> None:
    """A serial that lies somewhere already cannot arrive: Odoo would say so only in the middle of validating."""
    serials = {there[name].id: want for name, want in wanted.items() if want.good.tracking is Tracking.SERIAL}
    if not serials:
        return
    domain = [
        ["lot_id", "in", sorted(serials)],
        ["quantity", ">", 0],
        ["location_id.usage", "in", list(HELD)],
    ]
    rows: list[Row] = every(session, "stock.quant", ["lot_id", "location_id", "quantity"], domain)
    for row in rows:
        if amount(row["quantity"]) > 0:
            want = serials[row["lot_id"][0]]
            raise Refused(
                "serial_in_stock",
                line=want.line,
                product=want.good.name,
                lot=want.name,
                location=label(row["location_id"]),
            )
