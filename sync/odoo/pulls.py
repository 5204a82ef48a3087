"""Master data and stock as values of `sync.stock`, one function per record type, in pages."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from zoneinfo import ZoneInfo

from sync.odoo.errors import Family, OdooError
from sync.odoo.fields import Row, amount, day, link, moment, text
from sync.odoo.load import look_up
from sync.odoo.pages import EVEN_ARCHIVED, every, pages
from sync.odoo.session import Session
from sync.stock import (
    Location,
    Lot,
    Packaging,
    Partner,
    PickingType,
    Product,
    Quant,
    StockKey,
    Tracking,
    Usage,
    VendorCode,
)

HELD = (Usage.INTERNAL, Usage.TRANSIT)
"""Where goods of ours lie; elsewhere Odoo only keeps the other half of each move."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A `uom.uom`. `factor` is how many of its root unit it holds, `rounding` the smallest step."""

    id: int
    name: str
    factor: Decimal
    rounding: Decimal


def units(session: Session) -> dict[int, Unit]:
    """All units by id.

    Odoo 19 gives each unit the step of the setting "Product Unit", 0.01 for a syringe too. What is counted in
    pieces (the family of Odoo's own "Units") has the step 1 here, so that half a syringe is refused (ward 5).
    """
    pieces = look_up(session, "uom", "product_uom_unit")
    root = pieces[1] if pieces else None
    rows = every(session, "uom.uom", ["name", "factor", "rounding", "parent_path"], [EVEN_ARCHIVED])
    return {row["id"]: _unit(row, root) for row in rows}


def products(session: Session, known: Mapping[int, Unit]) -> Iterator[tuple[Product, ...]]:
    """Goods, archived ones too: a draft may still name them. Services are no goods."""
    fields = [
        "name", "default_code", "barcode", "tracking", "uom_id", "use_expiration_date", "expiration_time",
        "is_storable", "active", "categ_id",
    ]  # fmt: skip
    for rows in pages(session, "product.product", fields, [["type", "=", "consu"], EVEN_ARCHIVED]):
        yield tuple(_product(row, _unit_of(known, row["uom_id"][0])) for row in rows)


def packagings(session: Session, known: Mapping[int, Unit]) -> Iterator[tuple[Packaging, ...]]:
    """Barcodes that stand for several base units (Odoo 19: `product.uom`)."""
    for rows in pages(session, "product.uom", ["product_id", "uom_id", "barcode"]):
        base = _base_units(session, rows)
        yield tuple(_packaging(row, known, base) for row in rows if row["product_id"][0] in base)


def vendor_codes(session: Session) -> Iterator[tuple[VendorCode, ...]]:
    """Vendors' own codes (ward 16); one that names no variant holds for each of them."""
    fields = ["partner_id", "product_id", "product_tmpl_id", "product_code", "product_name"]
    for rows in pages(session, "product.supplierinfo", fields, [["product_code", "!=", False]]):
        variants = _variants(session, [row["product_tmpl_id"][0] for row in rows if row["product_tmpl_id"]])
        yield tuple(code for row in rows for code in _vendor_codes(row, variants))


def lots(session: Session, zone: ZoneInfo) -> Iterator[tuple[Lot, ...]]:
    """Lots and serials. `expiry` is the day in the site's time zone (design 13.4)."""
    fields = [
        "name", "product_id", "expiration_date", "use_date", "removal_date", "alert_date", "ref", "company_id",
    ]  # fmt: skip
    for rows in pages(session, "stock.lot", fields):
        yield tuple(lot_from(row, zone) for row in rows)


def locations(session: Session) -> Iterator[tuple[Location, ...]]:
    """All places, archived and virtual ones too: a move names them."""
    fields = [
        "name", "complete_name", "usage", "parent_path", "location_id", "barcode", "company_id", "active",
    ]  # fmt: skip
    for rows in pages(session, "stock.location", fields, [EVEN_ARCHIVED]):
        yield tuple(location_from(row) for row in rows)


def picking_types(session: Session) -> Iterator[tuple[PickingType, ...]]:
    """What kinds of pickings there are, with the places a blind one starts from."""
    fields = [
        "name", "code", "default_location_src_id", "default_location_dest_id", "create_backorder",
        "use_create_lots", "use_existing_lots", "barcode", "company_id",
    ]  # fmt: skip
    for rows in pages(session, "stock.picking.type", fields):
        yield tuple(_picking_type(row) for row in rows)


def partners(session: Session, more: Sequence[int] = ()) -> Iterator[tuple[Partner, ...]]:
    """All who supply anything, and those named in `more`: the senders of open pickings."""
    groups = session.call("product.supplierinfo", "formatted_read_group", domain=[], groupby=["partner_id"])
    supplying = {id_ for group in groups if (id_ := link(group["partner_id"]))}
    wanted = sorted(supplying | set(more))
    for rows in pages(session, "res.partner", ["name"], [["id", "in", wanted], EVEN_ARCHIVED]):
        yield tuple(Partner(row["id"], text(row["name"])) for row in rows)


def quants(session: Session, product_ids: Sequence[int]) -> tuple[Quant, ...]:
    """What lies where, summed over all rows of a key: a key may have several, also negative ones (contract 14.2)."""
    groups = session.call(
        "stock.quant",
        "formatted_read_group",
        domain=[["location_id.usage", "in", list(HELD)], ["product_id", "in", list(product_ids)]],
        groupby=["product_id", "location_id", "lot_id", "package_id", "owner_id"],
        aggregates=["quantity:sum", "reserved_quantity:sum"],
    )
    return tuple(_quant(group) for group in groups)


def lot_from(row: Row, zone: ZoneInfo) -> Lot:
    """A row of `stock.lot` with its four dates."""
    expires_at = moment(row.get("expiration_date"))
    return Lot(
        id=row["id"],
        product_id=row["product_id"][0],
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


def _unit(row: Row, pieces: int | None) -> Unit:
    path = text(row["parent_path"])
    counted = pieces is not None and (row["id"] == pieces or path.startswith(f"{pieces}/"))
    step = Decimal(str(row["rounding"]))
    return Unit(row["id"], text(row["name"]), Decimal(str(row["factor"])), max(step, Decimal(1)) if counted else step)


def _unit_of(known: Mapping[int, Unit], id_: int) -> Unit:
    if id_ not in known:  # made since the units were read: the next try has it
        raise OdooError(Family.TRANSIENT_UNKNOWN, code="unit_just_made")
    return known[id_]


def _product(row: Row, unit: Unit) -> Product:
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
        is_storable=row["is_storable"],
        active=row["active"],
        category_id=link(row["categ_id"]),
    )


def _base_units(session: Session, rows: Sequence[Row]) -> dict[int, int]:
    ids = sorted({row["product_id"][0] for row in rows})
    found = every(session, "product.product", ["uom_id"], [["id", "in", ids], EVEN_ARCHIVED])
    return {row["id"]: row["uom_id"][0] for row in found}


def _packaging(row: Row, known: Mapping[int, Unit], base: Mapping[int, int]) -> Packaging:
    unit, product_id = _unit_of(known, row["uom_id"][0]), row["product_id"][0]
    quantity = amount(unit.factor / _unit_of(known, base[product_id]).factor)
    return Packaging(row["id"], product_id, text(row["barcode"]), unit.name, quantity)


def _variants(session: Session, templates: Sequence[int]) -> dict[int, list[int]]:
    domain = [["product_tmpl_id", "in", sorted(set(templates))], EVEN_ARCHIVED]
    found: dict[int, list[int]] = {}
    for row in every(session, "product.product", ["product_tmpl_id"], domain):
        found.setdefault(row["product_tmpl_id"][0], []).append(row["id"])
    return found


def _vendor_codes(row: Row, variants: Mapping[int, list[int]]) -> Iterator[VendorCode]:
    one = link(row["product_id"])
    for product_id in [one] if one else variants.get(link(row["product_tmpl_id"]) or 0, []):
        partner_id = row["partner_id"][0]
        yield VendorCode(row["id"], product_id, partner_id, text(row["product_code"]), text(row["product_name"]))


def _picking_type(row: Row) -> PickingType:
    return PickingType(
        id=row["id"],
        name=text(row["name"]),
        code=text(row["code"]),
        source_id=link(row["default_location_src_id"]),
        destination_id=link(row["default_location_dest_id"]),
        create_backorder=text(row["create_backorder"]),
        use_create_lots=row["use_create_lots"],
        use_existing_lots=row["use_existing_lots"],
        barcode=text(row["barcode"]),
        company_id=link(row["company_id"]),
    )


def _quant(group: Row) -> Quant:
    key = StockKey(
        product_id=group["product_id"][0],
        location_id=group["location_id"][0],
        lot_id=link(group["lot_id"]),
        package_id=link(group["package_id"]),
        owner_id=link(group["owner_id"]),
    )
    return Quant(key, amount(group["quantity:sum"]), amount(group["reserved_quantity:sum"]))
