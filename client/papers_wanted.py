"""What somebody wants printed, from what they typed or scanned: checked in words before a printer sees it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from client import papers
from client.papers import Block, CountSheet
from client.work.days import typed_day
from client.work.stock import Shelves
from client.work.training import tasks
from sync.errors import WardstockError
from sync.stock import Location, Product
from sync.store.catalogue import Catalogue

FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "commands": (),
    "places": ("place",),
    "goods": ("product", "lot", "expiry", "serial", "copies"),
    "badges": (),
    "count": ("place",),
    "scanner": (),
    "practice": (),
}
"""What must be said of each kind."""
MOST: Final = 500
"""So many copies of one label are no slip of the finger."""


@dataclass(frozen=True)
class Wanted:
    """A kind of paper and what was said of it. `product_id` where one of several was chosen."""

    kind: str
    said: Mapping[str, str] = field(default_factory=dict)
    product_id: int = 0

    def text(self, name: str) -> str:
        """What stands in that field."""
        return self.said.get(name, "").strip()

    @property
    def lacks(self) -> str:
        """The field without which nothing can be printed."""
        return next((name for name in ("place", "product") if name in FIELDS[self.kind] and not self.text(name)), "")


@dataclass(frozen=True)
class Warned:
    """What a person should know, and may print all the same."""

    code: str
    lot: str
    day: date


def product_of(catalogue: Catalogue, wanted: Wanted) -> Product:
    """The one product that is meant. Raises WardstockError("no_one_product")."""
    chosen = catalogue.product(wanted.product_id) if wanted.product_id else None
    if chosen:
        return chosen
    found = {hit.product.id: hit.product for hit in catalogue.by_barcode(wanted.text("product"))}
    found = found or {one.id: one for one in catalogue.by_code(wanted.text("product"))}
    found = found or {one.id: one for one in catalogue.search(wanted.text("product"), 2)}
    if len(found) != 1:
        raise WardstockError("no_one_product", text=wanted.text("product"), count=len(found))
    return next(iter(found.values()))


def place_of(catalogue: Catalogue, wanted: Wanted) -> Location:
    """The place that is meant. Raises WardstockError("location_unknown")."""
    text = wanted.text("place")
    found = catalogue.location_by_barcode(text) or catalogue.location_by_name(text)
    if found is None:
        raise WardstockError("location_unknown", name=text)
    return found


def blocks(catalogue: Catalogue, wanted: Wanted, today: date) -> list[Block]:
    """The labels. Raises WardstockError in a person's words for all that cannot be printed as it is."""
    if wanted.kind == "commands":
        return [papers.command_block()]
    if wanted.kind == "scanner":
        return [papers.scanner_block()]
    if wanted.kind == "practice":
        return [*papers.training_sheet(tasks(catalogue, today)), *papers.practice_sheet(catalogue, today)]
    if wanted.kind == "places":
        return [_places(catalogue, place_of(catalogue, wanted))]
    return [_goods(catalogue, wanted)]


def count_sheet(catalogue: Catalogue, shelves: Shelves, wanted: Wanted) -> CountSheet:
    """The shelf to count. Raises WardstockError("location_unknown")."""
    return papers.count_sheet(place_of(catalogue, wanted), catalogue, shelves)


def warned(catalogue: Catalogue, wanted: Wanted, today: date) -> list[Warned]:
    """Another date than Odoo has for the lot (complaint 6), or one that is over."""
    day, lot = _day(wanted.text("expiry")), wanted.text("lot")
    if wanted.kind != "goods" or day is None:
        return []
    known = catalogue.lot(product_of(catalogue, wanted).id, lot) if lot else None
    told = [Warned("past", lot, day)] if day < today else []
    if known and known.expiry and known.expiry != day:
        told.append(Warned("other_date", known.name, known.expiry))
    return told


def _places(catalogue: Catalogue, place: Location) -> Block:
    block = papers.place_block(place, catalogue.children(place.id))
    if not block.labels:
        raise WardstockError("place_without_barcode", place=place.complete_name)
    return block


def _goods(catalogue: Catalogue, wanted: Wanted) -> Block:
    product, day = product_of(catalogue, wanted), _day(wanted.text("expiry"))
    label = papers.goods_label(product, lot=wanted.text("lot"), expiry=day, serial=wanted.text("serial"))
    return Block(product.name, (label,) * copies_of(wanted))


def copies_of(wanted: Wanted) -> int:
    """How many labels; one where nothing is said. Raises WardstockError("not_a_number_of_labels")."""
    text = wanted.text("copies") or "1"
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= MOST):
        raise WardstockError("not_a_number_of_labels", text=text, most=MOST)
    return int(text)


def _day(text: str) -> date | None:
    """Raises WardstockError("not_a_day_on_paper")."""
    if not text:
        return None
    if (day := typed_day(text)) is None:
        raise WardstockError("not_a_day_on_paper", text=text)
    return day
