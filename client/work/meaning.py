"""What a label means here: goods, places, papers, people, commands. Local data wins over a clever parse."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from client.barcode.aim import GS1
from client.barcode.checks import check_digit_is_right
from client.barcode.hibc import forms as hibc_forms
from client.barcode.isbt128 import division_of
from client.barcode.label import Label
from client.barcode.patient import speaks_of_a_person
from client.work.answer import Command
from client.work.site.people import People, Person
from sync.stock import Location, Lot, Packaging, Picking, Product
from sync.store import Store
from sync.store.catalogue import Catalogue
from sync.store.entries import Entry
from sync.store.taught import TaughtCode


@dataclass(frozen=True, slots=True)
class ProductMeant:
    """One product, and the packaging whose barcode it was. `taught` is the product its code was taught to here before
    Odoo knew it as this one: Odoo's word counts, and is told.
    """

    product: Product
    packaging: Packaging | None = None
    taught: str = ""


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
    """Open papers with that name, or made for that order."""

    pickings: tuple[Picking, ...]


@dataclass(frozen=True, slots=True)
class ClosedPicking:
    """Papers that are done or cancelled, or no longer visible: the last that was known of them."""

    picking: Picking


@dataclass(frozen=True, slots=True)
class LotMeant:
    """A lot or serial known here, by a code that is its name; one product has it."""

    lot: Lot
    product: Product


@dataclass(frozen=True, slots=True)
class SeveralLots:
    """Lots of one name of several products: a person must choose (complaint 5: never the first that comes)."""

    lots: tuple[LotMeant, ...]


@dataclass(frozen=True, slots=True)
class PersonMeant:
    """Somebody's badge. It says who, and approves nothing (design 8)."""

    person: Person


@dataclass(frozen=True, slots=True)
class ReferenceMeant:
    """The number of a transaction, as it stands in Odoo's notes; no `entries` where another device gave it."""

    reference: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class SsccMeant:
    """A shipping unit without word of its content: evidence of what came, and no goods (ward 23)."""

    sscc: str


@dataclass(frozen=True, slots=True)
class SeveralThings:
    """One plain code that is several kinds of thing here, as a shelf and a lot of one name: a person must choose."""

    meanings: "tuple[Meaning, ...]"


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
    | ClosedPicking
    | LotMeant
    | SeveralLots
    | PersonMeant
    | ReferenceMeant
    | SsccMeant
    | SeveralThings
    | CommandMeant
    | RestOfLabel
    | PatientMeant
    | UnknownCode
)


@dataclass(frozen=True, slots=True)
class Known:
    """Where a code is looked up: what Odoo has, whose badge it is, which transaction of this device."""

    catalogue: Catalogue
    badge: Callable[[str], Person | None]
    sent: Callable[[str], Sequence[Entry]]
    taught: Callable[[str], TaughtCode | None]

    @classmethod
    def here(cls, store: Store, people: People) -> "Known":
        """All this device knows."""
        return cls(store.catalogue, people.by_badge, store.outbox.find, store.taught.find)


def anything(label: Label, known: Known) -> Meaning:
    """What a label is here, at home and in a job: each code has one meaning, or the list of those it may have.

    Only evidence from the symbol itself (its AIM id) outranks a hit in local data. A code made to be scanned (barcode,
    papers, badge, our own reference) goes before a text that is also found here (internal code, lot, name of a place).
    """
    if speaks_of_a_person(label):
        return PatientMeant()
    if label.command is not None:
        return CommandMeant(Command.parse(label.command))
    meant = _in_odoo(label, known)
    taught = known.taught(code_of(label))
    if taught is None or not taught.counts:
        return meant
    if isinstance(meant, UnknownCode | RestOfLabel):
        return _as_taught(label, taught, known.catalogue) or meant
    if isinstance(meant, ProductMeant) and meant.product.id != taught.product_id:
        return replace(meant, taught=taught.product_name)
    return meant


def code_of(label: Label) -> str:
    """What names the product on a label, as a taught code is kept: its number, else its text."""
    return label.gtin or label.content_gtin or label.device_id or label.text.strip()


def _as_taught(label: Label, taught: TaughtCode, catalogue: Catalogue) -> "ProductMeant | UnknownLevel | None":
    """The product a person taught this code to, while Odoo shows it; a pack of more than one unit is asked about."""
    product = catalogue.product(taught.product_id)
    if product is None or not product.active:
        return None
    return UnknownLevel(product, code_of(label)) if is_a_pack(label) else ProductMeant(product)


def is_a_pack(label: Label) -> bool:
    """Its number has the digit of a level above the unit: how many are inside stands nowhere on it."""
    number = label.gtin or label.content_gtin
    if number:
        return number[0] in _LEVELS
    return label.kind == "hibc" and bool(label.device_id) and str(label.device_id)[-1] != "0"


_LEVELS: Final = frozenset("123456789")


def _in_odoo(label: Label, known: Known) -> Meaning:
    """What a label is by what was pulled, by people's badges and by this device's own numbers."""
    if label.raw.symbology not in GS1 and (found := _found_here(label.text.strip(), known)):
        return found
    if (gtin := label.gtin or label.content_gtin) and not isinstance(
        found := _of_gtin(gtin, known.catalogue), UnknownCode
    ):
        return found
    if found := _of_other_numbers(label, known.catalogue):
        return found
    if gtin:
        return UnknownCode(gtin)
    if label.device_id:
        return UnknownCode(label.text)
    if person := known.badge(label.text):  # a provider's number in a GS1 symbol (AI 8017)
        return PersonMeant(person)
    if label.sscc:
        return SsccMeant(label.sscc)
    if label.lot or label.expiry or label.serial or label.best_before or label.quantity is not None:
        return RestOfLabel()
    if division_of(label):
        return RestOfLabel()
    return UnknownCode(label.text)


def lots_of_name(name: str, catalogue: Catalogue) -> "LotMeant | SeveralLots | None":
    """The lots of exactly that name, of all products that have one."""
    lots = tuple(
        LotMeant(lot, product) for lot in catalogue.lots_named(name) if (product := catalogue.product(lot.product_id))
    )
    by_product = tuple({one.product.id: one for one in reversed(lots)}.values())  # several of one: the lowest id (13.7)
    if len(by_product) == 1:
        return by_product[0]
    return SeveralLots(tuple(sorted(by_product, key=lambda one: one.product.name))) if by_product else None


def _found_here(text: str, known: Known) -> Meaning | None:
    """A plain code against local data: what is made to be scanned, else what else is called so."""
    if not text:
        return None
    if found := _one_meaning(list(_scannable(text, known))):
        return found
    if person := known.badge(text):  # what is goods, place or paper is no badge, whatever somebody entered
        return PersonMeant(person)
    return _one_meaning(list(_called(text, known.catalogue)))


def _one_meaning(found: list[Meaning]) -> Meaning | None:
    if len(found) > 1:
        return SeveralThings(tuple(found))
    return found[0] if found else None


def _scannable(text: str, known: Known) -> Iterator[Meaning]:
    catalogue = known.catalogue
    if goods := _product(text, catalogue):
        yield goods
    if location := catalogue.location_by_barcode(text):
        yield LocationMeant(location)
    if papers := _papers(text, catalogue):
        yield papers
    if reference := _reference(text):
        sent = tuple(entry for entry in known.sent(reference) if entry.reference == reference)
        yield ReferenceMeant(reference, sent)


def _called(text: str, catalogue: Catalogue) -> Iterator[Meaning]:
    if goods := _one_or_several(_usable(catalogue.by_code(text))):
        yield goods
    if lots := lots_of_name(text, catalogue):
        yield lots
    if location := catalogue.location_by_name(text):
        yield LocationMeant(location)


def _papers(text: str, catalogue: Catalogue) -> "PickingsMeant | ClosedPicking | None":
    """Papers of any kind by their name, else those made for that order."""
    if open_ := _pickings(text, catalogue):
        return PickingsMeant(open_)
    closed = catalogue.closed_picking(text)
    return ClosedPicking(closed) if closed else None


_OWN: Final = re.compile(r"(WS-[0-9A-Z]{4}|WS-[0-9A-Z]{6})[-/ ](\d{1,6})", re.IGNORECASE)


def _reference(text: str) -> str:
    """A transaction's number as `Device.next_reference` writes it; people type it without its noughts."""
    found = _OWN.fullmatch(text)
    return f"{found[1].upper()}/{int(found[2]):06d}" if found else ""


def _of_gtin(gtin: str, catalogue: Catalogue) -> Meaning:
    if found := _product(gtin, catalogue):
        return found
    if gtin[0] == "9":  # variable measure: numbered by itself
        return UnknownCode(gtin)
    others = (catalogue.by_barcode(_at_level(digit, gtin)) for digit in "012345678" if digit != gtin[0])
    product = _the_one(hit.product for hits in others for hit in hits)
    return UnknownLevel(product, gtin) if product else UnknownCode(gtin)


def _of_other_numbers(label: Label, catalogue: Catalogue) -> "ProductMeant | SeveralProducts | UnknownLevel | None":
    """A product by its HIBC, IFA or ISBT number, however Odoo has it, by its PZN, or by a national number.

    HIBC's unit of measure is a level of pack like GS1's indicator: the same number at another level is asked about.
    """
    for number in (*_written(label), *label.other_numbers):
        if found := _product(number, catalogue) or _one_or_several(_usable(catalogue.by_code(number))):
            return found
    if label.kind != "hibc" or not label.device_id:
        return None
    body, own = label.device_id[:-1], label.device_id[-1]
    others = (hibc_forms(body + digit) for digit in "0123456789" if digit != own)
    product = _the_one(hit.product for forms in others for form in forms for hit in catalogue.by_barcode(form))
    return UnknownLevel(product, label.device_id) if product else None


def products_numbered(number: str, store: Store) -> list[Product]:
    """All a stored number can mean here: a GTIN, or the device identifier of another language."""
    hibc = number.isascii() and number.isalnum() and number == number.upper() and number[:1].isalpha()
    forms = hibc_forms(number) if hibc else (number,)
    taught = store.taught.find(number)
    known = store.catalogue.product(taught.product_id) if taught and taught.counts else None
    found = [hit.product for form in forms for hit in store.catalogue.by_barcode(form)]
    return [*found, *store.catalogue.by_code(number), *([known] if known else [])]


def _written(label: Label) -> tuple[str, ...]:
    """Its device identifier in the ways it is entered as a barcode."""
    if not label.device_id:
        return ()
    return hibc_forms(label.device_id) if label.kind == "hibc" else (label.device_id,)


def _the_one(products: Iterable[Product]) -> Product | None:
    """The product all these are, those archived left out where there are others."""
    distinct = {product.id: product for product in _usable(tuple(products))}
    return next(iter(distinct.values())) if len(distinct) == 1 else None


def _pickings(text: str, catalogue: Catalogue) -> tuple[Picking, ...]:
    named = catalogue.picking_by_name(text)
    # The steps after a delivery bear its order's name too: whoever scans that at the dock means the delivery.
    return (named,) if named else tuple(catalogue.pickings_by_origin(text) or catalogue.pickings_of_order(text))


def _product(code: str, catalogue: Catalogue) -> ProductMeant | SeveralProducts | None:
    hits = catalogue.by_barcode(code)
    active = [hit for hit in hits if hit.product.active] or hits  # an archived twin stands in nobody's way (ward 34)
    if len(active) == 1:
        return ProductMeant(active[0].product, active[0].packaging)
    return _one_or_several([hit.product for hit in active])


def _usable(products: Sequence[Product]) -> Sequence[Product]:
    return [product for product in products if product.active] or products


def _one_or_several(products: Sequence[Product]) -> ProductMeant | SeveralProducts | None:
    distinct = tuple({product.id: product for product in products}.values())
    if len(distinct) == 1:
        return ProductMeant(distinct[0])
    return SeveralProducts(distinct) if distinct else None


def _at_level(digit: str, gtin: str) -> str:
    """The GTIN-14 that differs in its indicator digit only."""
    body = digit + gtin[1:13]
    return next(body + check for check in "0123456789" if check_digit_is_right(body + check))
