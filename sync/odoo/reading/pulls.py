"""Master data and stock as values of `sync.stock`: one `Source` per record type, read by id pages (contract 3)."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Generic, TypeVar
from zoneinfo import ZoneInfo

from sync.odoo.reading.reach import Reach
from sync.odoo.wire.errors import Family, OdooError
from sync.odoo.wire.fields import Row, amount, day, link, moment, owner, stamp, text
from sync.odoo.wire.load import look_up
from sync.odoo.wire.pages import EVEN_ARCHIVED, Domain, every, pages
from sync.odoo.wire.session import Session
from sync.stock import (
    Category,
    Location,
    Lot,
    Package,
    Packaging,
    Partner,
    PickingType,
    Product,
    ReorderPoint,
    StockRow,
    Tracking,
    Unit,
    Usage,
    User,
    VendorCode,
)

IDS_AT_ONCE = 1000
"""Ids in one domain."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some records. `dropped` are ids among them that are none of ours (any more)."""

    records: tuple[T, ...]
    last_id: int
    dropped: tuple[int, ...] = ()


@dataclass(frozen=True)
class Source(Generic[T]):
    """Where records of a kind come from. `read` makes values of rows: a row it makes none of is not ours."""

    model: str
    fields: Sequence[str]
    read: Callable[[Sequence[Row]], Iterable[T]]
    domain: Domain = ()
    archived: Domain = field(default=(EVEN_ARCHIVED,))
    ours: Domain = ()
    """Asked for where all are read; a record that stops being ours shows in what was written since."""

    def pages(self, session: Session, since: datetime | None = None, after: int = 0) -> Iterator[Page[T]]:
        """Records with an id above `after`, all or those written since (UTC), archived ones too."""
        written = [["write_date", ">=", stamp(since)]] if since else self.ours
        for rows in pages(session, self.model, self.fields, [*self._all, *written], after=after, bare=True):
            yield self._page(rows)

    def these(self, session: Session, ids: Iterable[int], by: str = "id") -> Iterator[Page[T]]:
        """The records whose field `by` is one of those ids, as far as they are visible."""
        wanted = sorted(set(ids))
        for first in range(0, len(wanted), IDS_AT_ONCE):
            some = [[by, "in", wanted[first : first + IDS_AT_ONCE]]]
            for rows in pages(session, self.model, self.fields, [*self._all, *some], bare=True):
                yield self._page(rows)

    def ids(self, session: Session) -> set[int]:
        """Ids of all there are: what is known and not among them is gone (contract 3)."""
        found = session.call(self.model, "search", domain=[*self._all, *self.ours], order="id")
        if isinstance(found, list) and all(isinstance(id_, int) for id_ in found):
            return set(found)
        raise OdooError(Family.CONFIG, code="not_an_odoo")

    def count(self, session: Session) -> int:
        """How many there are."""
        return int(session.call(self.model, "search_count", domain=[*self._all, *self.ours]))

    @property
    def _all(self) -> list[Any]:
        return [*self.domain, *self.archived]

    def _page(self, rows: Sequence[Row]) -> Page[T]:
        values = tuple(self.read(rows))
        ours = {value.id for value in values}  # type: ignore[attr-defined]  # all kinds have one
        return Page(values, rows[-1]["id"], tuple(row["id"] for row in rows if row["id"] not in ours))


def units(session: Session) -> dict[int, Unit]:
    """All units by id.

    Odoo 19 gives each unit the step of the setting "Product Unit", 0.01 for a syringe too. What is counted in
    pieces (the family of Odoo's own "Units") has the step 1 here, so that half a syringe is refused (ward 5).
    """
    pieces = look_up(session, "uom", "product_uom_unit")
    by_path = session.can.unit_families
    names = ("factor", "parent_path") if by_path else ("factor_inv", "category_id")
    rows = every(session, "uom.uom", ["name", "rounding", *names], [EVEN_ARCHIVED], bare=True)
    counted = _counted(rows, pieces[1] if pieces else None)
    return {row["id"]: _unit(row, row["id"] in counted) for row in rows}


def categories() -> Source[Category]:
    """What goods are sorted into; a site's policy names them. A parent's new name is not written on its children."""
    read = _each(lambda row: Category(row["id"], text(row["complete_name"]), text(row["parent_path"])))
    return Source("product.category", ("complete_name", "parent_path"), read, archived=())


def products(session: Session, reach: Reach, known: Mapping[int, Unit]) -> Source[Product]:
    """Goods, archived ones too: a draft may still name them. Services are no goods."""
    storable = "is_storable" if session.can.is_storable else "detailed_type"
    fields = (
        "name", "default_code", "barcode", "tracking", "uom_id", "use_expiration_date", "expiration_time", "active",
        "categ_id", "type", storable,
    )  # fmt: skip
    goods = ("consu",) if session.can.is_storable else ("consu", "product")
    read = _each(lambda row: _product(row, known) if row["type"] in goods else None)
    return Source("product.product", fields, read, reach.company(), ours=(["type", "in", list(goods)],))


def packagings(session: Session, reach: Reach, known: Mapping[int, Unit]) -> Source[Packaging]:
    """Barcodes that stand for several base units: Odoo 19 `product.uom`, 17 and 18 `product.packaging`."""
    if not session.can.packaging_units:
        fields = ("product_id", "name", "qty", "barcode")
        return Source("product.packaging", fields, _each(_boxed), reach.company(), archived=())

    def read(rows: Sequence[Row]) -> Iterator[Packaging]:
        base = _base_units(session, rows)
        yield from (_packaging(row, known, base) for row in rows if owner(row["product_id"]) in base)

    return Source("product.uom", ("product_id", "uom_id", "barcode"), read, reach.company(), archived=())


def vendor_codes(session: Session, reach: Reach) -> Source[VendorCode]:
    """Vendors' own codes (ward 16); one that names no variant holds for each of them."""

    def read(rows: Sequence[Row]) -> Iterator[VendorCode]:
        coded = [row for row in rows if text(row["product_code"])]
        variants = _variants(session, [row for row in coded if not row["product_id"]])
        yield from (code for row in coded for code in _vendor_codes(row, variants))

    fields = ("partner_id", "product_id", "product_tmpl_id", "product_code", "product_name")
    ours = (["product_code", "!=", False],)
    return Source("product.supplierinfo", fields, read, reach.company(), archived=(), ours=ours)


def lots(reach: Reach, zone: ZoneInfo) -> Source[Lot]:
    """Lots and serials. `expiry` is the day in the site's time zone (design 13.4)."""
    fields = (
        "name", "product_id", "expiration_date", "use_date", "removal_date", "alert_date", "ref", "company_id",
    )  # fmt: skip
    return Source("stock.lot", fields, _each(lambda row: lot_from(row, zone)), reach.company(), archived=())


def locations(reach: Reach) -> Source[Location]:
    """All places, archived and virtual ones too: a move names them."""
    fields = (
        "name", "complete_name", "usage", "parent_path", "location_id", "barcode", "company_id", "active",
    )  # fmt: skip
    return Source("stock.location", fields, _each(location_from), reach.company())


def picking_types(session: Session, reach: Reach) -> Source[PickingType]:
    """What kinds of pickings there are, with the places a blind one starts from. An archived one is none.

    17 leaves the place of vendors and customers to each picking: there Odoo's own ones stand for it.
    """
    fields = (
        "name", "code", "default_location_src_id", "default_location_dest_id", "create_backorder",
        "use_create_lots", "use_existing_lots", "barcode", "company_id", "active",
    )  # fmt: skip
    read = _each(lambda row: _picking_type(row, session) if row["active"] else None)
    return Source("stock.picking.type", fields, read, reach.company(), ours=(["active", "=", True],))


def reorder_points(reach: Reach) -> Source[ReorderPoint]:
    """Below how many units Odoo orders. An archived one is none, nor one that says zero to zero."""
    fields = ("product_id", "location_id", "product_min_qty", "product_max_qty", "active")
    ours = (["active", "=", True], "|", ["product_min_qty", "!=", 0], ["product_max_qty", "!=", 0])
    return Source("stock.warehouse.orderpoint", fields, _each(_reorder_point), reach.placed(), ours=ours)


def stock_rows(reach: Reach) -> Source[StockRow]:
    """What lies where, row by row: a key may have several, also negative ones (contract 14.2). Counts are on them."""
    fields = (
        "product_id", "location_id", "lot_id", "package_id", "owner_id", "quantity", "reserved_quantity",
        "inventory_date", "inventory_quantity", "inventory_quantity_set", "user_id", "write_uid",
    )  # fmt: skip
    return Source("stock.quant", fields, _each(stock_row_from), reach.lying(), archived=())


def partners() -> Source[Partner]:
    """Vendors and owners: read by id, where something names them."""
    return Source("res.partner", ("name",), _each(lambda row: Partner(row["id"], text(row["name"]))))


def packages(session: Session) -> Source[Package]:
    """Packages: read by id, where something lies in them."""
    read = _each(lambda row: Package(row["id"], text(row["name"])))
    return Source(session.can.package_model, ("name",), read, archived=())


def users() -> Source[User]:
    """Who counts: read by id, where a count names them."""
    return Source("res.users", ("name",), _each(lambda row: User(row["id"], text(row["name"]))))


def lot_from(row: Row, zone: ZoneInfo) -> Lot:
    """A row of `stock.lot` with its four dates."""
    expires_at = moment(row.get("expiration_date"))
    return Lot(
        id=row["id"],
        product_id=owner(row["product_id"]),
        name=text(row["name"]),
        expiry=day(expires_at, zone),
        expires_at=expires_at,
        use_at=moment(row.get("use_date")),
        removal_at=moment(row.get("removal_date")),
        alert_at=moment(row.get("alert_date")),
        ref=text(row["ref"]),
        company_id=link(row["company_id"]),
    )


def location_from(row: Row) -> Location:
    """A row of `stock.location`."""
    return Location(
        id=row["id"],
        name=text(row["name"]),
        complete_name=text(row["complete_name"]),
        usage=Usage(row["usage"]),
        parent_path=text(row["parent_path"]),
        parent_id=link(row["location_id"]),
        barcode=text(row["barcode"]),
        company_id=link(row["company_id"]),
        active=row["active"],
    )


def stock_row_from(row: Row) -> StockRow:
    """A row of `stock.quant`. Who entered a count is who is named on it, else who wrote the row last."""
    entered = bool(row["inventory_quantity_set"])
    return StockRow(
        id=row["id"],
        product_id=owner(row["product_id"]),
        location_id=owner(row["location_id"]),
        quantity=amount(row["quantity"]),
        reserved=amount(row["reserved_quantity"]),
        lot_id=link(row["lot_id"]),
        package_id=link(row["package_id"]),
        owner_id=link(row["owner_id"]),
        count_due=date.fromisoformat(row["inventory_date"]) if row["inventory_date"] else None,
        count_user_id=link(row["user_id"]) or (link(row["write_uid"]) if entered else None),
        counted=amount(row["inventory_quantity"]) if entered else None,
    )


def _each(make: Callable[[Row], T | None]) -> Callable[[Sequence[Row]], Iterable[T]]:
    return lambda rows: [value for row in rows if (value := make(row)) is not None]


def _counted(rows: Sequence[Row], pieces: int | None) -> set[int]:
    """Units of the family of Odoo's own "Units"."""
    if pieces is None:
        return set()
    family = {row["id"]: link(row["category_id"]) for row in rows if "category_id" in row}
    below = {row["id"] for row in rows if text(row.get("parent_path")).startswith(f"{pieces}/")}
    return {pieces, *below, *(id_ for id_, one in family.items() if one == family.get(pieces))}


def _unit(row: Row, counted: bool) -> Unit:
    step = Decimal(str(row["rounding"]))
    factor = Decimal(str(row["factor"] if "factor" in row else row["factor_inv"]))
    return Unit(row["id"], text(row["name"]), factor, max(step, Decimal(1)) if counted else step)


def _unit_of(known: Mapping[int, Unit], id_: int) -> Unit:
    if id_ not in known:  # made since the units were read: the next try has it
        raise OdooError(Family.TRANSIENT_UNKNOWN, code="unit_just_made")
    return known[id_]


def _product(row: Row, known: Mapping[int, Unit]) -> Product:
    unit = _unit_of(known, owner(row["uom_id"]))
    return Product(
        id=row["id"],
        name=text(row["name"]),
        tracking=Tracking(row["tracking"]),
        uom_id=unit.id,
        uom_name=unit.name,
        uom_rounding=unit.rounding,
        code=text(row["default_code"]),
        barcode=text(row["barcode"]),
        use_expiration_date=bool(row.get("use_expiration_date")),
        expiration_days=int(row.get("expiration_time") or 0),
        is_storable=row["is_storable"] if "is_storable" in row else row["detailed_type"] == "product",
        active=row["active"],
        category_id=link(row["categ_id"]),
    )


def _base_units(session: Session, rows: Sequence[Row]) -> dict[int, int]:
    ids = sorted({owner(row["product_id"]) for row in rows})
    found = every(session, "product.product", ["uom_id"], [["id", "in", ids], EVEN_ARCHIVED], bare=True)
    return {row["id"]: owner(row["uom_id"]) for row in found}


def _packaging(row: Row, known: Mapping[int, Unit], base: Mapping[int, int]) -> Packaging:
    unit, product_id = _unit_of(known, owner(row["uom_id"])), owner(row["product_id"])
    quantity = amount(unit.factor / _unit_of(known, base[product_id]).factor)
    return Packaging(row["id"], product_id, text(row["barcode"]), unit.name, quantity)


def _boxed(row: Row) -> Packaging:
    return Packaging(row["id"], owner(row["product_id"]), text(row["barcode"]), text(row["name"]), amount(row["qty"]))


def _variants(session: Session, rows: Sequence[Row]) -> dict[int, list[int]]:
    templates = sorted({id_ for row in rows if (id_ := link(row["product_tmpl_id"]))})
    if not templates:
        return {}
    found: dict[int, list[int]] = {}
    domain = [["product_tmpl_id", "in", templates], EVEN_ARCHIVED]
    for row in every(session, "product.product", ["product_tmpl_id"], domain, bare=True):
        found.setdefault(owner(row["product_tmpl_id"]), []).append(row["id"])
    return found


def _vendor_codes(row: Row, variants: Mapping[int, list[int]]) -> Iterator[VendorCode]:
    one = link(row["product_id"])
    for product_id in [one] if one else variants.get(link(row["product_tmpl_id"]) or 0, []):
        code, name = text(row["product_code"]), text(row["product_name"])
        yield VendorCode(row["id"], product_id, owner(row["partner_id"]), code, name)


def _picking_type(row: Row, session: Session) -> PickingType:
    code = text(row["code"])
    source, destination = link(row["default_location_src_id"]), link(row["default_location_dest_id"])
    if code == "incoming" and source is None:
        source = _partners_place(session, "stock_location_suppliers")
    if code == "outgoing" and destination is None:
        destination = _partners_place(session, "stock_location_customers")
    return PickingType(
        id=row["id"],
        name=text(row["name"]),
        code=code,
        source_id=source,
        destination_id=destination,
        create_backorder=text(row["create_backorder"]),
        use_create_lots=row["use_create_lots"],
        use_existing_lots=row["use_existing_lots"],
        barcode=text(row["barcode"]),
        company_id=link(row["company_id"]),
    )


def _partners_place(session: Session, name: str) -> int | None:
    found = look_up(session, "stock", name)
    return found[1] if found else None


def _reorder_point(row: Row) -> ReorderPoint | None:
    least, most = amount(row["product_min_qty"]), amount(row["product_max_qty"])
    if not row["active"] or not (least or most):
        return None
    return ReorderPoint(row["id"], owner(row["product_id"]), owner(row["location_id"]), least, most)
