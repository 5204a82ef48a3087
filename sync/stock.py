"""The vocabulary: Odoo's things as frozen values. Quantities are Decimal and say which; days are `expiry`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Final

NOT_STORED: Final[Mapping[str, bool]] = MappingProxyType({"stored": False})
"""Marks a field that the store tells of a record, and Odoo does not.

`gone` is such a field: Odoo shows the record no more (deleted, merged, taken away by a rule), this is the last that was
known of it. A draft that names it stays readable (ward 34).
"""


class Tracking(StrEnum):
    """How Odoo follows a product (`product.product.tracking`)."""

    NONE = "none"
    LOT = "lot"
    SERIAL = "serial"


class Usage(StrEnum):
    """What a location is for (`stock.location.usage`)."""

    SUPPLIER = "supplier"
    VIEW = "view"
    INTERNAL = "internal"
    CUSTOMER = "customer"
    INVENTORY = "inventory"
    PRODUCTION = "production"
    TRANSIT = "transit"


@dataclass(frozen=True, slots=True)
class Unit:
    """A `uom.uom`. `factor` is how many of its family's root unit it holds, `rounding` the smallest step."""

    id: int
    name: str
    factor: Decimal
    rounding: Decimal


@dataclass(frozen=True, slots=True)
class Category:
    """A `product.category`. `name` is its complete name, `parent_path` Odoo's: ids from the root down, with slashes."""

    id: int
    name: str
    parent_path: str


@dataclass(frozen=True, slots=True)
class Product:
    """A `product.product`. `uom_rounding` is the smallest step of its base unit (1 for whole units)."""

    id: int
    name: str
    tracking: Tracking
    uom_id: int
    uom_name: str
    uom_rounding: Decimal
    code: str = ""
    barcode: str = ""
    use_expiration_date: bool = False
    expiration_days: int = 0
    is_storable: bool = True
    active: bool = True
    category_id: int | None = None
    gone: bool = field(default=False, metadata=NOT_STORED)


@dataclass(frozen=True, slots=True)
class Packaging:
    """A barcode that stands for several base units: Odoo 19 `product.uom`, 17 and 18 `product.packaging`."""

    id: int
    product_id: int
    barcode: str
    name: str
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class VendorCode:
    """A vendor's own code for a product (`product.supplierinfo`, ward 16)."""

    id: int
    product_id: int
    partner_id: int
    code: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Lot:
    """A `stock.lot`; a serial number is a lot of one. Times are UTC; `expiry` is the day at the site (design 13.4)."""

    id: int
    product_id: int
    name: str
    expiry: date | None = None
    expires_at: datetime | None = None
    use_at: datetime | None = None
    removal_at: datetime | None = None
    alert_at: datetime | None = None
    ref: str = ""
    company_id: int | None = None
    gone: bool = field(default=False, metadata=NOT_STORED)


@dataclass(frozen=True, slots=True)
class Location:
    """A `stock.location`. `parent_path` is Odoo's: ids from the root down, each followed by a slash."""

    id: int
    name: str
    complete_name: str
    usage: Usage
    parent_path: str
    parent_id: int | None = None
    barcode: str = ""
    company_id: int | None = None
    active: bool = True
    gone: bool = field(default=False, metadata=NOT_STORED)


@dataclass(frozen=True, slots=True)
class PickingType:
    """A `stock.picking.type`; `create_backorder` is Odoo's `ask`, `always` or `never` (ward 21)."""

    id: int
    name: str
    code: str
    source_id: int | None
    destination_id: int | None
    create_backorder: str = "ask"
    use_create_lots: bool = True
    use_existing_lots: bool = True
    barcode: str = ""
    company_id: int | None = None
    gone: bool = field(default=False, metadata=NOT_STORED)


@dataclass(frozen=True, slots=True)
class Partner:
    """A `res.partner`: here the vendors and the owners of goods."""

    id: int
    name: str
    gone: bool = field(default=False, metadata=NOT_STORED)


@dataclass(frozen=True, slots=True)
class Package:
    """A package goods lie in: Odoo 19 `stock.package`, 17 and 18 `stock.quant.package`."""

    id: int
    name: str
    gone: bool = field(default=False, metadata=NOT_STORED)


@dataclass(frozen=True, slots=True)
class User:
    """A `res.users` that is named on a count."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class ReorderPoint:
    """A `stock.warehouse.orderpoint`: below `minimum` base units at a place it is filled up to `maximum`."""

    id: int
    product_id: int
    location_id: int
    minimum: Decimal
    maximum: Decimal


@dataclass(frozen=True, slots=True)
class Picking:
    """A `stock.picking`, incoming, internal or outgoing. A `waiting` or `confirmed` one is requested (ward 28).

    `origin` carries the purchase order's name; `next_names` the pickings after it (ward 20).
    """

    id: int
    name: str
    state: str
    picking_type_id: int
    source_id: int
    destination_id: int
    origin: str = ""
    partner_id: int | None = None
    scheduled_at: datetime | None = None
    backorder_id: int | None = None
    company_id: int | None = None
    next_names: tuple[str, ...] = ()
    gone: bool = field(default=False, metadata=NOT_STORED)


@dataclass(frozen=True, slots=True)
class Move:
    """A `stock.move` that is still open. `expected` is its demand in the product's base unit.

    `others_picked` are base units on picked lines that are not ours (contract 14.5): what is left to receive
    is `expected - others_picked`. `reserved` are base units its lines hold: what of a request is available (ward 28).
    """

    id: int
    picking_id: int
    product_id: int
    expected: Decimal
    uom_id: int
    uom_name: str
    destination_id: int
    state: str = "assigned"
    others_picked: Decimal = Decimal(0)
    reserved: Decimal = Decimal(0)
    source_id: int | None = None


@dataclass(frozen=True, slots=True)
class MoveLine:
    """A `stock.move.line`: what Odoo reserved (its putaway choice) or a person picked. `quantity`: base units.

    An unpicked line of an internal or outgoing picking is a reservation: of which lot, from where (ward 6).
    """

    id: int
    move_id: int | None
    picking_id: int
    product_id: int
    quantity: Decimal
    picked: bool
    source_id: int
    destination_id: int
    lot_id: int | None = None
    lot_name: str = ""
    package_id: int | None = None
    owner_id: int | None = None


@dataclass(frozen=True, slots=True, order=True)
class StockKey:
    """What stock is told apart by (design 13.5, ward 2): counting or moving with less loses goods."""

    product_id: int
    location_id: int
    lot_id: int | None = None
    package_id: int | None = None
    owner_id: int | None = None


@dataclass(frozen=True, slots=True)
class Quant:
    """The sum over all `stock.quant` rows of one key (contract 14.2), in base units."""

    key: StockKey
    quantity: Decimal
    reserved: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class StockRow:
    """A `stock.quant`: one of the rows a key may have (contract 14.2), and the count asked for or entered on it.

    `counted` is what somebody entered and nobody applied yet; `count_user_id` who counts, or who entered it (ward 8).
    """

    id: int
    product_id: int
    location_id: int
    quantity: Decimal
    reserved: Decimal = Decimal(0)
    lot_id: int | None = None
    package_id: int | None = None
    owner_id: int | None = None
    count_due: date | None = None
    count_user_id: int | None = None
    counted: Decimal | None = None

    @property
    def key(self) -> StockKey:
        """What its goods are told apart by."""
        return StockKey(self.product_id, self.location_id, self.lot_id, self.package_id, self.owner_id)


@dataclass(frozen=True, slots=True)
class CountAsked:
    """Odoo wants this key counted, or somebody has and it waits for approval (ward 8): `counted` base units, else None.

    `due` is the day Odoo wants it by, `person` who is to count or who did, empty where nobody is named.
    """

    key: StockKey
    due: date | None
    person: str = ""
    counted: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """One scan as it came in, kept so that a disputed lot can be proved two years later (design 3).

    `data` are the raw bytes, `symbology` the AIM identifier or empty, `parse` what the parser of that version
    made of it (JSON text), `verdict` the code of the answer the person got.
    """

    id: str
    data: bytes
    text: str
    symbology: str
    source: str
    device: str
    scanned_at: datetime
    parser_version: str
    parse: str
    verdict: str


def whole_steps(quantity: Decimal, rounding: Decimal) -> bool:
    """Whether a base-unit quantity is a multiple of its unit's rounding (design 13.3, ward 5)."""
    return rounding <= 0 or quantity % rounding == 0
