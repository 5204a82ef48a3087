"""The rows Odoo keeps of a stock key, and the counts that wait on them (contract 14.2, 14.16, 15; ward 7, 8)."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sync.odoo.counts.moments import NamedKey
from sync.odoo.reading.reach import HELD
from sync.odoo.wire.fields import Row, amount, label, link, moment, text
from sync.odoo.wire.load import MODULE
from sync.odoo.wire.pages import every, records
from sync.odoo.wire.session import Session

_FIELDS = (
    "product_id", "location_id", "lot_id", "package_id", "owner_id", "quantity", "inventory_quantity",
    "inventory_quantity_set", "user_id", "write_date",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class QuantRow:
    """One `stock.quant`. `counted` says something only where a count `waits` to be applied; `person` counted it."""

    id: int
    key: NamedKey
    place: str
    quantity: Decimal
    counted: Decimal
    waits: bool
    person: str
    written_at: datetime | None
    apart: str = ""
    """Its package and its owner, for people."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of some keys, and those of the same products in places below, with those places' paths (ward 4).

    `beside` are rows of the same products in the same places that none of the keys means (ward 2).
    """

    of: Mapping[NamedKey, tuple[QuantRow, ...]]
    lower: tuple[tuple[QuantRow, str], ...] = ()
    beside: tuple[QuantRow, ...] = ()

    def book(self, key: NamedKey) -> Decimal:
        """What Odoo believes lies there: always the sum (contract 14.2)."""
        return sum((row.quantity for row in self.of.get(key, ())), Decimal(0))

    def below(self, product_id: int, path: str) -> list[QuantRow]:
        """What Odoo has of a product in places under that one."""
        return [
            row for row, at in self.lower if row.key.product_id == product_id and at != path and at.startswith(path)
        ]

    def waiting(self, key: NamedKey) -> QuantRow | None:
        """The row on which a count waits to be applied."""
        return next((row for row in self.of.get(key, ()) if row.waits), None)


def rows_of(session: Session, keys: Collection[NamedKey]) -> Rows:
    """One question to Odoo, a second where something lies below."""
    if not keys:
        return Rows({})
    places = {key.location_id for key in keys}
    products = sorted({key.product_id for key in keys})
    domain = [["product_id", "in", products], ["location_id", "child_of", sorted(places)]]
    rows = [_row(row) for row in every(session, "stock.quant", _FIELDS, domain)]
    own = {key: tuple(row for row in rows if row.key == key) for key in keys}
    lower = [row for row in rows if row.quantity and (row.key.location_id not in places or len(places) > 1)]
    beside = (row for row in rows if row.quantity > 0 and row.key.location_id in places and row.key not in own)
    return Rows(own, tuple(_with_paths(session, lower)), tuple(beside))


def where_lots_lie(session: Session, lots: Collection[int]) -> Mapping[int, list[tuple[int, str]]]:
    """The places of ours where those lots lie, by lot: id and name."""
    found: dict[int, list[tuple[int, str]]] = {}
    if lots:
        domain = [["lot_id", "in", sorted(lots)], ["quantity", ">", 0], ["location_id.usage", "in", list(HELD)]]
        for row in every(session, "stock.quant", ["lot_id", "location_id"], domain):
            found.setdefault(row["lot_id"][0], []).append((row["location_id"][0], label(row["location_id"])))
    return found


def merge_rows(session: Session) -> None:
    """Let Odoo make one row of many, as it does when somebody opens Physical Inventory; a stock user may (ward 7).

    It does so for the whole database (50 ms for 5,000 rows), drops a count that waits on a row merged away, and does
    nothing where `stock.skip_quant_tasks` is set: only for keys that need it, and looked at afterwards.
    """
    session.call("stock.quant", "action_view_inventory")


def counted_by(session: Session, rows: Iterable[QuantRow]) -> Mapping[int, tuple[str, ...]]:
    """The transactions whose counts ever stood on these rows, by row: uuids from external ids `<uuid>-<line>`."""
    ids = sorted({row.id for row in rows})
    if not ids:
        return {}
    owners = records(session.call("stock.quant", "get_metadata", ids=ids))
    ours = f"{MODULE}."
    return {
        owner["id"]: tuple(
            found["xmlid"].removeprefix(ours).rpartition("-")[0]
            for found in owner["xmlids"]
            if found["xmlid"].startswith(ours)
        )
        for owner in owners
    }


def _with_paths(session: Session, rows: Sequence[QuantRow]) -> Iterator[tuple[QuantRow, str]]:
    ids = sorted({row.key.location_id for row in rows})
    found = every(session, "stock.location", ["parent_path"], [["id", "in", ids]]) if ids else []
    paths = {row["id"]: text(row["parent_path"]) for row in found}
    for row in rows:
        yield row, paths.get(row.key.location_id, "")


def _row(row: Row) -> QuantRow:
    key = NamedKey(
        row["product_id"][0],
        row["location_id"][0],
        label(row["lot_id"]),
        link(row["package_id"]),
        link(row["owner_id"]),
    )
    return QuantRow(
        id=row["id"],
        key=key,
        place=label(row["location_id"]),
        quantity=amount(row["quantity"]),
        counted=amount(row["inventory_quantity"]),
        waits=bool(row["inventory_quantity_set"]),
        person=label(row["user_id"]),
        written_at=moment(row["write_date"]),
        apart=" ".join(name for name in (label(row["package_id"]), label(row["owner_id"])) if name),
    )
