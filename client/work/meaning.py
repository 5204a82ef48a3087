"""What a label means here: product, place, order, command, nothing known. Local data wins over a clever parse."""

from collections.abc import Sequence
from dataclasses import dataclass

from client.barcode.aim import GS1
from client.barcode.checks import check_digit_is_right
from client.barcode.label import Label
from client.work.answer import Command
from sync.stock import Location, Packaging, Picking, Product
from sync.store.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class ProductMeant:
    """One product, and the packaging whose barcode it was."""

    product: Product
    packaging: Packaging | None = None


@dataclass(frozen=True, slots=True)
class SeveralProducts:
    """One code, several products: a person must choose."""

    products: tuple[Product, ...]


@dataclass(frozen=True, slots=True)
class UnknownLevel:
    """A pack of a known product whose size nobody recorded: asked, never derived (design 13.6)."""

    product: Product
    gtin: str


@dataclass(frozen=True, slots=True)
class LocationMeant:
    """A shelf, a bin, a ward."""

    location: Location


@dataclass(frozen=True, slots=True)
class PickingsMeant:
    """Open deliveries with that name, or of that purchase order."""

    pickings: tuple[Picking, ...]


@dataclass(frozen=True, slots=True)
class CommandMeant:
    """A command barcode."""

    command: Command


@dataclass(frozen=True, slots=True)
class RestOfLabel:
    """Lot, expiry or serial without a product: the second symbol of an item (design 3)."""


@dataclass(frozen=True, slots=True)
class PatientMeant:
    """A wristband. Refused, not stored (design 7)."""


@dataclass(frozen=True, slots=True)
class UnknownCode:
    """Nothing here has this code."""

    text: str


Meaning = (
    ProductMeant
    | SeveralProducts
    | UnknownLevel
    | LocationMeant
    | PickingsMeant
    | CommandMeant
    | RestOfLabel
    | PatientMeant
    | UnknownCode
)


def meaning(label: Label, catalogue: Catalogue) -> Meaning:
    """What a label is here. Only evidence from the symbol itself (its AIM id) outranks a hit in local data."""
    if label.kind == "patient":
        return PatientMeant()
    if label.command is not None:
        return CommandMeant(Command.parse(label.command))
    if label.raw.symbology not in GS1 and (local := _local(label.text.strip(), catalogue)):
        return local
    if gtin := label.gtin or label.content_gtin:
        return _of_gtin(gtin, catalogue)
    if label.lot or label.expiry or label.serial or label.best_before:
        return RestOfLabel()
    return UnknownCode(label.text)


def _of_gtin(gtin: str, catalogue: Catalogue) -> Meaning:
    if found := _product(gtin, catalogue):
        return found
    within = catalogue.by_barcode(_unit_gtin(gtin)) if gtin[0] in "12345678" else []
    return UnknownLevel(within[0].product, gtin) if len(within) == 1 else UnknownCode(gtin)


def _local(text: str, catalogue: Catalogue) -> Meaning | None:
    """A plain code against local data, most exact kind first: barcode, place, order, internal or vendor's code."""
    if found := _product(text, catalogue):
        return found
    if location := catalogue.location_by_barcode(text):
        return LocationMeant(location)
    if pickings := _pickings(text, catalogue):
        return PickingsMeant(pickings)
    return _one_or_several(catalogue.by_code(text))


def _pickings(text: str, catalogue: Catalogue) -> tuple[Picking, ...]:
    named = catalogue.receipt_by_name(text)
    return (named,) if named else tuple(catalogue.pickings_by_origin(text))


def _product(code: str, catalogue: Catalogue) -> ProductMeant | SeveralProducts | None:
    hits = catalogue.by_barcode(code)
    if len(hits) == 1:
        hit = hits[0]
        return ProductMeant(hit.product, hit.packaging)
    return _one_or_several([hit.product for hit in hits])


def _one_or_several(products: Sequence[Product]) -> ProductMeant | SeveralProducts | None:
    distinct = tuple({product.id: product for product in products}.values())
    if len(distinct) == 1:
        return ProductMeant(distinct[0])
    return SeveralProducts(distinct) if distinct else None


def _unit_gtin(gtin: str) -> str:
    """The GTIN of the unit inside a pack whose GTIN differs in its indicator digit only."""
    body = "0" + gtin[1:13]
    return next(body + digit for digit in "0123456789" if check_digit_is_right(body + digit))
