"""Look-up, holds and recall in words. A quantity is never a bare number: what Odoo had and when, what is unsent."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from client.words.tongue import Sentences
from client.words.written import number
from client.work.lookup.pages import (
    Expiring,
    LotPage,
    LotRow,
    Low,
    Movement,
    Page,
    PapersPage,
    PlacePage,
    ProductPage,
    ReferencePage,
    Shelf,
    UnderWay,
)
from client.work.lookup.recall import PlaceToLook, RecallPage
from client.work.site.holds import QUARANTINE, Hold
from client.work.stock import OnShelf, Reservation, total
from sync.stock import Lot, Product
from sync.store.holds import SCANNED, HoldList
from sync.store.holds import Hold as HoldStored
from sync.transaction import Kind, Status

_DID: Final = Sentences(
    {
        Kind.RECEIPT: "received",
        Kind.BLIND_RECEIPT: "received without order",
        Kind.PLANNED_TRANSFER: "moved",
        Kind.TRANSFER: "moved",
        Kind.USE: "used",
        Kind.WASTE: "thrown away",
        Kind.WARD_RETURN: "returned",
        Kind.SUPPLIER_RETURN: "sent back to the vendor",
        Kind.LOT_CHANGE: "another lot",
        Kind.DISPATCH: "sent on its way",
        Kind.ARRIVAL: "arrived",
        Kind.COUNT: "counted",
        Kind.ADJUSTMENT: "counted and applied",
    }
)
_STANDS: Final = Sentences(
    {
        Status.QUEUED: "unsent",
        Status.SENDING: "unsent",
        Status.REFUSED: "refused",
        Status.DONE: "done",
        Status.WITHDRAWN: "withdrawn",
    }
)

ANSWERS: Final = {
    "looked_up": ("{product} {lot_told}", "{odoo} {unit} in Odoo at {at}"),
    "looked_up_taken": ("{product} {lot_told}", "{odoo} {unit} in Odoo at {at}, {mine} of yours unsent: {shown}"),
    "looked_up_brought": (
        "{product} {lot_told}",
        "{odoo} {unit} in Odoo at {at}, {mine} more of yours unsent: {shown}",
    ),
    "looked_up_unknown": ("{product} {lot_told}", "What Odoo has of it was never asked for here"),
    "looked_under_count": ("{product} {lot_told}", "Being counted in {place}: how many is told afterwards"),
    "looked_held": ("{product} {lot_told}: on hold", "{why}"),
    "looked_near_held": ("{product} {lot_told}: compare it", "On hold is a lot that looks like it. {why}"),
    "looked_archived": ("{product} is archived in Odoo", "{odoo} {unit} in Odoo at {at}"),
    "looked_place": ("{place}", "{count} kinds of goods, by Odoo at {at} and by this device"),
    "looked_place_unknown": ("{place}", "What Odoo has here is not on this device: it serves other places"),
    "looked_papers": ("{document}", "{state}"),
    "looked_number": ("{reference}: {state}", "{document}"),
    "nothing_looked_at": ("Scan the goods first", "Or type: look …"),
    "nothing_found": ("No product has words beginning like {text}", "Type less of it, or another word"),
    "which_goods": ("{count} products: which?", "{names}"),
    "which_lot": ("Lot {lot} of {count} products: which?", "{names}"),
    "papers_closed": ("{document} is closed", "In Odoo it is {state}"),
    "papers_gone": ("{document} is no longer visible in Odoo", "When it was last seen it was {state}"),
    "other_devices_number": ("{reference} is of another device", "In Odoo it stands in the note of its transfer"),
    "shipping_unit": ("A shipping unit: {sscc}", "It is kept as evidence. Scan what is in it."),
    "several_things": ("{code} is more than one thing here", "{names}"),
    "no_product_on_label": ("No product on this label", "{lot} {serial} Scan the product's code too"),
    "put_on_hold": ("{product} {lot_told} is on hold", "{reason}"),
    "lifted_now": ("Hold {number} is lifted", "{product} {lot_told}"),
    "no_such_hold": ("No hold has the number {number}", "See: wardstock holds list"),
    "hold_reason_missing": ("Why is {product} on hold?", "Say it with it: hold REASON"),
    "recall_under_way": ("{product} {lot_told}: {left} of {count} places to look at", "{names}"),
    "recall_all_seen": ("{product} {lot_told}: somebody looked everywhere", "{count} places"),
    "recall_here": ("{place}: how many are there?", "{shown} should be. Lot {lot}"),
    "recall_is_over": ("This search is over", ""),
    "recall_ended": ("The search for {product} {lot_told} is over", "{left} places nobody looked at"),
    "which_recall": ("{count} searches are under way: scan the goods of one", "{names}"),
    "no_recalls": ("No search is under way", "Scan the goods, then: recall"),
    "place_first": ("Scan the place first", ""),
    "ticked": ("{found} found in {place}", "{left} of {count} places left"),
    "ticked_none": ("None in {place}", "{left} of {count} places left"),
    "unticked": ("{place} is open again", "{left} places left"),
    "nothing_to_move": ("Nothing of it is left in {place}", ""),
    "no_quarantine_place": (
        "No quarantine place is named for {place}",
        "The site's policy says where goods are put aside",
    ),
}
QUESTIONS: Final = {
    "which_goods": ("Which of the {count}?", "Choose, or type more of it."),
    "which_lot": ("Which product?", "Its lot has a name that others have too."),
    "recall_here": ("How many are in {place}?", "Say found and the number, or none."),
}
CHOICES: Final = {
    "look_at_these": ("{product}", "{code}"),
    "found_none": ("None", "Somebody looked, nothing is there"),
    "to_quarantine_now": ("Into quarantine", "What is there is moved"),
    "wrong_place": ("Not here", "Takes back what was said of this place"),
}


def more(facts: Mapping[str, object]) -> dict[str, object]:
    """A lot is named where there is one."""
    return {"lot_told": f"lot {facts['lot']}"} if facts.get("lot") else {}


def clock(at: datetime | None, zone: ZoneInfo, today: date) -> str:
    """The time at the site, with the day where that is not today."""
    if at is None:
        return "never"
    there = at.astimezone(zone)
    return f"{there:%H:%M}" if there.date() == today else f"{there:%Y-%m-%d %H:%M}"


def under_count(place: str) -> str:
    """Instead of what should lie there (complaint 12)."""
    return f"  {place}: being counted, how many is told afterwards"


class Teller:
    """Pages in words, with the times of the site. `today` is the day there."""

    def __init__(self, zone: ZoneInfo, today: date) -> None:
        self._zone = zone
        self._today = today

    def page(self, page: Page) -> Iterator[str]:
        """All of a page, line by line."""
        if isinstance(page, ProductPage):
            yield from self._product(page)
        elif isinstance(page, LotPage):
            yield from self._lot(page)
        elif isinstance(page, PlacePage):
            yield from self._place(page)
        elif isinstance(page, PapersPage):
            yield from self._papers(page)
        elif isinstance(page, ReferencePage):
            yield from self._reference(page)
        else:
            yield "Several products have a lot of that name: which?"
            yield from (f"  {one.product.name}, lot {one.lot.name}" for one in page.lots)

    def quantity(self, shelf: OnShelf, unit: str = "") -> str:
        """ "12 in Odoo at 09:40, 3 of yours unsent: 9"."""
        one = f" {unit}" if unit else ""
        if shelf.as_of is None:
            return f"{self._unsent(shelf.unsent)}{one}; what Odoo has there is not on this device"
        there = f"{number(shelf.odoo)}{one} in Odoo at {clock(shelf.as_of, self._zone, self._today)}"
        if not shelf.unsent:
            return there
        return f"{there}, {self._unsent(shelf.unsent)}: {number(shelf.shown)}"

    def held(self, hold: Hold) -> str:
        """Why goods must not move, and who says so since when."""
        if hold.source == QUARANTINE:
            return f"On hold: some of this lot lies in {hold.place}."
        since = f", since {hold.since:%Y-%m-%d}" if hold.since else ""
        told = f"{hold.reason} ({_source(hold.source)}{since})"
        if hold.near:
            return f"Compare it: lot {hold.lot_name} is on hold. {told}"
        return f"On hold: {told}"

    def age(self, as_of: datetime | None) -> str:
        """How old the hold list is."""
        if as_of is None:
            return "No hold list was ever brought to this device."
        return f"Holds as of {clock(as_of, self._zone, self._today)}."

    def expiring(self, one: Expiring) -> str:
        days = f"expired {-one.days_left} days ago" if one.days_left < 0 else f"{one.days_left} days left"
        lot = f"lot {one.here.lot_name}, {_day(one.here.expiry)}, {days}"
        return f"{one.product.name}  {lot}: {self._all(one.here.shelves, one.product.uom_name)}"

    def low(self, one: Low) -> str:
        coming = f", {number(one.coming)} on their way" if one.coming else ""
        at = clock(one.as_of, self._zone, self._today)
        there = self._all(one.shelves, one.product.uom_name) if one.shelves else f"nothing in Odoo at {at}"
        wanted = f"at least {number(one.minimum)}, up to {number(one.maximum)}"
        return f"{one.product.name}  {one.location.complete_name}: {there}; {wanted}{coming}"

    def hold_list(self, one: HoldList) -> str:
        at = clock(one.as_of, self._zone, self._today)
        brought = clock(one.brought_at, self._zone, self._today)
        return f"{_source(one.source)}: {one.holds} holds, as of {at}, brought by {one.brought_by} at {brought}"

    def hold(self, one: HoldStored, products: Iterable[Product]) -> str:
        names = ", ".join(product.name for product in products) or "not on this device yet"
        lot = f"lot {one.line.lot_name}" if one.line.lot_name else "all lots"
        which = f"{one.line.by} {one.line.product} ({names}), {lot}"
        return f"{one.id}  {which}: {one.line.reason}, since {one.line.since:%Y-%m-%d}, by {one.person}"

    def recall(self, page: RecallPage) -> Iterator[str]:
        """All of a recall's page: where, who had it, where somebody looked."""
        lot = f"lot {page.recall.lot_name}" if page.recall.lot_name else "all lots"
        yield f"{page.product.name}, {lot}: {len(page.left)} of {len(page.places)} places to look at"
        if page.held:
            yield self.held(page.held)
        yield from (self.to_look(place) for place in page.places)
        if page.partial:
            yield "This device knows Odoo's stock of its own places only: the lot may lie elsewhere too."
        for heading, moved in (("Received", page.received), ("Used", page.used), ("Moved", page.moved)):
            yield from self._section(f"{heading}, by this device", map(self.movement, moved))
        yield "What others received, used and moved is in Odoo: Inventory > Reporting > Moves Analysis."

    def to_look(self, place: PlaceToLook) -> str:
        """One place of a recall, and what somebody found there."""
        should = self._all(place.shelves) if place.shelves else "nothing should be there"
        if place.tick is None:
            return f"  [ ] {place.location.complete_name}: {should}"
        found = f"found {number(place.tick.found)}" if place.tick.found else "none"
        at = clock(place.tick.ticked_at, self._zone, self._today)
        return f"  [x] {place.location.complete_name}: {should}. {found}, {place.tick.person} at {at}"

    def movement(self, one: Movement) -> str:
        """What one line of this device did."""
        quantity = number(one.done if one.counted is None else one.counted)
        lot = f", lot {one.lot_name}" if one.lot_name else ""
        ways = one.source if one.counted is not None else f"{one.source} → {one.destination}"
        at = clock(one.acted_at, self._zone, self._today)
        document = f" {one.document}" if one.document else ""
        what = f"{one.person} {_DID[one.kind]} {quantity} {one.product}{lot}"
        return f"{at}  {what}: {ways}  [{one.reference}, {_STANDS[one.status]}{document}]"

    def _product(self, page: ProductPage) -> Iterator[str]:
        product = page.product
        yield _goods(product)
        if page.held:
            yield self.held(page.held)
        yield from self._lying(page.shelves, product.uom_name, page.as_of, page.counted)
        yield from self._section("Lots, the first to expire first", map(self._lot_row, page.lots))
        yield from self._section("Packs", (f"{one.name} = {number(one.quantity)}" for one in page.packagings))
        yield from self._section("Reserved", map(_reserved, page.reserved))
        yield from self._section("Under way", map(_under_way, page.under_way))
        yield from self._section("This device", map(self.movement, page.movements))

    def _lot(self, page: LotPage) -> Iterator[str]:
        yield f"{page.product.name}, lot {page.lot_name}: {_lot(page.lot)}"
        if page.held:
            yield self.held(page.held)
        yield from self._lying(page.shelves, page.product.uom_name, page.as_of, page.counted)
        yield from self._section("Reserved", map(_reserved, page.reserved))
        yield from self._section("This device", map(self.movement, page.movements))

    def _place(self, page: PlacePage) -> Iterator[str]:
        yield page.location.complete_name + ("" if page.location.active else " (archived)")
        if not page.known:
            yield "What Odoo has here is not on this device: it serves other places."
        elif not page.shelves and not page.counted:
            yield f"Nothing, by Odoo at {clock(page.as_of, self._zone, self._today)} and by this device."
        for one in page.shelves:
            lot = f", lot {one.shelf.lot_name} {_day(one.shelf.expiry)}".rstrip() if one.shelf.lot_name else ""
            place = "" if one.place == page.location.complete_name else f"{one.place}  "
            yield f"  {place}{one.product.name}{lot}: {self.quantity(one.shelf, one.product.uom_name)}"
        yield from map(under_count, page.counted)
        if page.doubts:
            yield f"To be counted: {len(page.doubts)}"
        yield from self._section("This device", map(self.movement, page.movements))

    def _papers(self, page: PapersPage) -> Iterator[str]:
        yield f"{page.picking.name}  {page.picking.origin}  {page.picking.state}"
        for move, product in page.moves:
            name = product.name if product else f"({move.product_id})"
            yield f"  {name}: {number(move.expected)} expected, {number(move.reserved)} available"
        yield from (f"  {one.reference}: {_STANDS[one.status]}" for one in page.entries)

    def _reference(self, page: ReferencePage) -> Iterator[str]:
        if not page.entries:
            yield f"{page.reference} is of another device. In Odoo it stands in the note of its transfer."
        yield from map(self.movement, page.movements)

    def _lying(
        self, shelves: tuple[Shelf, ...], unit: str, as_of: datetime | None, counted: tuple[str, ...]
    ) -> Iterator[str]:
        if not shelves and not counted:
            yield f"Nowhere, by Odoo at {clock(as_of, self._zone, self._today)} and by this device."
        for one in shelves:
            lot = f", lot {one.shelf.lot_name}" if one.shelf.lot_name else ""
            yield f"  {one.place}{lot}: {self.quantity(one.shelf, unit)}"
        yield from map(under_count, counted)

    def _lot_row(self, row: LotRow) -> str:
        held = f". {self.held(row.held)}" if row.held else ""
        return f"{row.here.lot_name}  {_day(row.here.expiry) or 'no expiry'}: {self._all(row.here.shelves)}{held}"

    def _all(self, shelves: tuple[OnShelf, ...], unit: str = "") -> str:
        """The sum over shelves, as honest as each of them."""
        if len(shelves) == 1:
            return self.quantity(shelves[0], unit)
        unsent = sum((one.unsent for one in shelves), Decimal(0))
        told = [one.as_of for one in shelves if one.as_of]
        at = clock(min(told), self._zone, self._today) if told else "never"
        more = f", {self._unsent(unsent)}: {number(total(shelves))}" if unsent else ""
        return f"{number(sum((one.odoo for one in shelves), Decimal(0)))} in Odoo at {at}{more}"

    @staticmethod
    def _unsent(unsent: Decimal) -> str:
        return f"{number(abs(unsent))} {'of yours unsent' if unsent < 0 else 'more of yours unsent'}"

    @staticmethod
    def _section(heading: str, lines: Iterable[str]) -> Iterator[str]:
        for place, line in enumerate(lines):
            if place == 0:
                yield f"{heading}:"
            yield f"  {line}"


def _goods(product: Product) -> str:
    codes = "  ".join(part for part in (product.code, product.barcode) if part)
    archived = "" if product.active else " (archived)"
    return f"{product.name}{archived}  {codes}".rstrip()


def _lot(lot: Lot | None) -> str:
    if lot is None:
        return "Odoo does not have it"
    days = [f"expires {_day(lot.expiry)}" if lot.expiry else "no expiry"]
    days += [f"to be removed {lot.removal_at:%Y-%m-%d}"] if lot.removal_at else []
    days += [f"batch {lot.ref}"] if lot.ref else []
    return ", ".join(days)


def _day(day: date | None) -> str:
    return f"{day:%Y-%m-%d}" if day else ""


def _source(source: str) -> str:
    return "by people here" if source == SCANNED else source


def _reserved(one: Reservation) -> str:
    return f"{number(one.quantity)} for {one.document}"


def _under_way(one: UnderWay) -> str:
    return f"{one.picking.name}  {one.picking.origin}: {number(one.move.expected)}".replace("  :", ":")
