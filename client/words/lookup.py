"""Look-up, holds and recall in words. A quantity is never a bare number: what Odoo had and when, what is unsent."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from client.words.tongue import Sentences, tr, trn
from client.words.written import day, number
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
from client.work.lots.over import over
from client.work.site.holds import QUARANTINE, Hold
from client.work.stock import OnShelf, Reservation, total
from sync.stock import Lot, Product
from sync.store.holds import SCANNED, HoldList
from sync.store.holds import Hold as HoldStored
from sync.transaction import Kind, Status

_DID: Final = Sentences(
    {
        Kind.RECEIPT: "{person} received {goods}",
        Kind.BLIND_RECEIPT: "{person} received without order {goods}",
        Kind.PLANNED_TRANSFER: "{person} moved {goods}",
        Kind.TRANSFER: "{person} moved {goods}",
        Kind.USE: "{person} used {goods}",
        Kind.WASTE: "{person} threw away {goods}",
        Kind.WARD_RETURN: "{person} returned {goods}",
        Kind.SUPPLIER_RETURN: "{person} sent back to the vendor {goods}",
        Kind.LOT_CHANGE: "{person} changed the lot of {goods}",
        Kind.DISPATCH: "{person} sent on its way {goods}",
        Kind.ARRIVAL: "{person} took in {goods}",
        Kind.COUNT: "{person} counted {goods}",
        Kind.ADJUSTMENT: "{person} counted and applied {goods}",
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
    "looked_up": ("{product} {lot_told}", "{odoo} {unit} in Odoo at {at} {over_told}"),
    "looked_up_taken": (
        "{product} {lot_told}",
        "{odoo} {unit} in Odoo at {at}, {mine} of yours unsent: {shown} {over_told}",
    ),
    "looked_up_brought": (
        "{product} {lot_told}",
        "{odoo} {unit} in Odoo at {at}, {mine} more of yours unsent: {shown} {over_told}",
    ),
    "looked_up_unknown": ("{product} {lot_told}", "What Odoo has of it was never asked for here {over_told}"),
    "looked_under_count": ("{product} {lot_told}", "Being counted in {place}: how many is told afterwards"),
    "looked_held": ("{product} {lot_told}: on hold", "{why}"),
    "looked_near_held": ("{product} {lot_told}: compare it", "On hold is a lot that looks like it. {why}"),
    "looked_over": ("{product} {lot_told}: do not use it", "Expired, or to be removed. Put it aside"),
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
    "recall_under_way": ("{product} {lot_told}: places still to look at: {left} of {count}", "{names}"),
    "recall_all_seen": ("{product} {lot_told}: somebody looked everywhere", "Places: {count}"),
    "recall_here": ("{place}: how many are there?", "{shown} should be. Lot {lot}"),
    "recall_here_blind": ("{place}: how many are there?", "The place is being counted. Lot {lot}"),
    "recall_is_over": ("This search is over", ""),
    "recall_ended": ("The search for {product} {lot_told} is over", "Places nobody looked at: {left}"),
    "which_recall": ("{count} searches are under way: scan the goods of one", "{names}"),
    "no_recalls": ("No search is under way", "Scan the goods, then: recall"),
    "place_first": ("Scan the place first", ""),
    "ticked": ("{found} found in {place}", "Places left: {left} of {count}"),
    "ticked_none": ("None in {place}", "Places left: {left} of {count}"),
    "unticked": ("{place} is open again", "Places left: {left}"),
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
    """A lot is named where there is one; lots that may not be used any more, where some lie here."""
    told: dict[str, object] = {}
    if facts.get("lot"):
        told["lot_told"] = tr("lot {lot}").format(lot=facts["lot"])
    if facts.get("over"):
        told["over_told"] = tr("· do not use lot {lots}").format(lots=facts["over"])
    return told


def clock(at: datetime | None, zone: ZoneInfo, today: date) -> str:
    """The time at the site, with the day where that is not today."""
    if at is None:
        return tr("never")
    there = at.astimezone(zone)
    return f"{there:%H:%M}" if there.date() == today else f"{day(there)} {there:%H:%M}"


def under_count(place: str) -> str:
    """Instead of what should lie there (complaint 12)."""
    return tr("  {place}: being counted, how many is told afterwards").format(place=place)


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
            yield tr("Several products have a lot of that name: which?")
            yield from (f"  {_goods_lot(one.product.name, one.lot.name)}" for one in page.lots)

    def quantity(self, shelf: OnShelf, unit: str = "") -> str:
        """ "12 in Odoo at 09:40, 3 of yours unsent: 9"."""
        one = f" {unit}" if unit else ""
        if shelf.as_of is None:
            mine = f"{number(abs(shelf.unsent))}{one}"
            return tr("{mine} of yours unsent; what Odoo has there is not on this device").format(mine=mine)
        facts = {"odoo": f"{number(shelf.odoo)}{one}", "at": clock(shelf.as_of, self._zone, self._today)}
        return _with_unsent(facts, shelf.unsent, shelf.shown)

    def held(self, hold: Hold) -> str:
        """Why goods must not move, and who says so since when."""
        if hold.source == QUARANTINE:
            return tr("On hold: some of this lot lies in {place}.").format(place=hold.place)
        words = tr("{reason} ({source}, since {day})") if hold.since else tr("{reason} ({source})")
        since = day(hold.since) if hold.since else ""
        told = words.format(reason=hold.reason, source=_source(hold.source), day=since)
        if hold.near:
            return tr("Compare it: lot {lot} is on hold. {told}").format(lot=hold.lot_name, told=told)
        return tr("On hold: {told}").format(told=told)

    def age(self, as_of: datetime | None) -> str:
        """How old the hold list is."""
        if as_of is None:
            return tr("No hold list was ever brought to this device.")
        return tr("Holds as of {at}.").format(at=clock(as_of, self._zone, self._today))

    def expiring(self, one: Expiring) -> str:
        lot = tr("lot {lot}, {day}, {days}").format(
            lot=one.here.lot_name, day=_day(one.here.expiry), days=_days_left(one.days_left)
        )
        return f"{one.product.name}  {lot}: {self._all(one.here.shelves, one.product.uom_name)}"

    def low(self, one: Low) -> str:
        at = clock(one.as_of, self._zone, self._today)
        nothing = tr("nothing in Odoo at {at}").format(at=at)
        there = self._all(one.shelves, one.product.uom_name) if one.shelves else nothing
        facts = {"there": there, "least": number(one.minimum), "most": number(one.maximum)}
        told = tr("{there}; at least {least}, up to {most}").format(**facts)
        if one.coming:
            told = tr("{there}; at least {least}, up to {most}, {coming} on their way").format(
                **facts, coming=number(one.coming)
            )
        return f"{one.product.name}  {one.location.complete_name}: {told}"

    def hold_list(self, one: HoldList) -> str:
        at = clock(one.as_of, self._zone, self._today)
        brought = clock(one.brought_at, self._zone, self._today)
        return tr("{source}: {holds} holds, as of {at}, brought by {person} at {brought}").format(
            source=_source(one.source), holds=one.holds, at=at, person=one.brought_by, brought=brought
        )

    def hold(self, one: HoldStored, products: Iterable[Product]) -> str:
        names = ", ".join(product.name for product in products) or tr("not on this device yet")
        facts = {
            "which": f"{one.line.by} {one.line.product} ({names}), {_lot_or_all(one.line.lot_name)}",
            "reason": one.line.reason,
            "day": day(one.line.since),
            "person": one.person,
        }
        return f"{one.id}  " + tr("{which}: {reason}, since {day}, by {person}").format(**facts)

    def recall(self, page: RecallPage) -> Iterator[str]:
        """All of a recall's page: where, who had it, where somebody looked."""
        which = f"{page.product.name}, {_lot_or_all(page.recall.lot_name)}"
        told = tr("{which}: places still to look at: {left} of {count}")
        yield told.format(which=which, left=len(page.left), count=len(page.places))
        if page.held:
            yield self.held(page.held)
        yield from (self.to_look(place) for place in page.places)
        if page.partial:
            yield tr("This device knows Odoo's stock of its own places only: the lot may lie elsewhere too.")
        yield from self._section(tr("Received, by this device"), map(self.movement, page.received))
        yield from self._section(tr("Used, by this device"), map(self.movement, page.used))
        yield from self._section(tr("Moved, by this device"), map(self.movement, page.moved))
        yield tr("What others received, used and moved is in Odoo: Inventory > Reporting > Moves Analysis.")

    def to_look(self, place: PlaceToLook) -> str:
        """One place of a recall, and what somebody found there."""
        should = self._all(place.shelves) if place.shelves else tr("nothing should be there")
        should = tr("being counted") if place.counted else should
        if place.tick is None:
            return f"  [ ] {place.location.complete_name}: {should}"
        told = tr("found {quantity}, {person} at {at}") if place.tick.found else tr("none, {person} at {at}")
        at = clock(place.tick.ticked_at, self._zone, self._today)
        found = told.format(quantity=number(place.tick.found), person=place.tick.person, at=at)
        return f"  [x] {place.location.complete_name}: {should}. {found}"

    def movement(self, one: Movement) -> str:
        """What one line of this device did."""
        quantity = number(one.done if one.counted is None else one.counted)
        goods = _goods_lot(one.product, one.lot_name) if one.lot_name else one.product
        ways = one.source if one.counted is not None else f"{one.source} → {one.destination}"
        at = clock(one.acted_at, self._zone, self._today)
        document = f" {one.document}" if one.document else ""
        what = _DID[one.kind].format(person=one.person, goods=f"{quantity} {goods}")
        return f"{at}  {what}: {ways}  [{one.reference}, {_STANDS[one.status]}{document}]"

    def _product(self, page: ProductPage) -> Iterator[str]:
        product = page.product
        yield _goods(product)
        if page.held:
            yield self.held(page.held)
        yield from self._lying(page.shelves, product.uom_name, page.as_of, page.counted)
        yield from self._section(tr("Lots, the first to expire first"), map(self._lot_row, page.lots))
        yield from self._section(tr("Packs"), (f"{one.name} = {number(one.quantity)}" for one in page.packagings))
        yield from self._section(tr("Reserved"), map(_reserved, page.reserved))
        yield from self._section(tr("Under way"), map(_under_way, page.under_way))
        yield from self._section(tr("This device"), map(self.movement, page.movements))

    def _lot(self, page: LotPage) -> Iterator[str]:
        yield f"{_goods_lot(page.product.name, page.lot_name)}: {_lot(page.lot)}"
        if page.lot and self._over(page.lot.expiry, page.lot):
            yield tr("Do not use it")
        if page.held:
            yield self.held(page.held)
        yield from self._lying(page.shelves, page.product.uom_name, page.as_of, page.counted)
        yield from self._section(tr("Reserved"), map(_reserved, page.reserved))
        yield from self._section(tr("This device"), map(self.movement, page.movements))

    def _place(self, page: PlacePage) -> Iterator[str]:
        yield _live(page.location.complete_name, active=page.location.active)
        if not page.known:
            yield tr("What Odoo has here is not on this device: it serves other places.")
        elif not page.shelves and not page.counted:
            at = clock(page.as_of, self._zone, self._today)
            yield tr("Nothing, by Odoo at {at} and by this device.").format(at=at)
        for one in page.shelves:
            name, lot = one.product.name, one.shelf.lot_name
            goods = f"{_goods_lot(name, lot)} {_day(one.shelf.expiry)}".rstrip() if lot else name
            goods += f" ({tr('do not use it')})" if self._over(one.shelf.expiry, one.lot) else ""
            place = "" if one.place == page.location.complete_name else f"{one.place}  "
            yield f"  {place}{goods}: {self.quantity(one.shelf, one.product.uom_name)}"
        yield from map(under_count, page.counted)
        if page.doubts:
            yield tr("To be counted: {count}").format(count=len(page.doubts))
        yield from self._section(tr("This device"), map(self.movement, page.movements))

    def _papers(self, page: PapersPage) -> Iterator[str]:
        yield f"{page.picking.name}  {page.picking.origin}  {page.picking.state}"
        for move, product in page.moves:
            name = product.name if product else f"({move.product_id})"
            facts = {"name": name, "expected": number(move.expected), "available": number(move.reserved)}
            yield tr("  {name}: {expected} expected, {available} available").format(**facts)
        yield from (f"  {one.reference}: {_STANDS[one.status]}" for one in page.entries)

    def _reference(self, page: ReferencePage) -> Iterator[str]:
        if not page.entries:
            told = tr("{reference} is of another device. In Odoo it stands in the note of its transfer.")
            yield told.format(reference=page.reference)
        yield from map(self.movement, page.movements)

    def _lying(
        self, shelves: tuple[Shelf, ...], unit: str, as_of: datetime | None, counted: tuple[str, ...]
    ) -> Iterator[str]:
        if not shelves and not counted:
            at = clock(as_of, self._zone, self._today)
            yield tr("Nowhere, by Odoo at {at} and by this device.").format(at=at)
        for one in shelves:
            where = _goods_lot(one.place, one.shelf.lot_name) if one.shelf.lot_name else one.place
            yield f"  {where}: {self.quantity(one.shelf, unit)}"
        yield from map(under_count, counted)

    def _lot_row(self, row: LotRow) -> str:
        held = f". {self.held(row.held)}" if row.held else ""
        gone = f". {tr('Do not use it')}" if self._over(row.here.expiry, row.here.lot) else ""
        expiry = _day(row.here.expiry) or tr("no expiry")
        return f"{row.here.lot_name}  {expiry}: {self._all(row.here.shelves)}{gone}{held}"

    def _over(self, expiry: date | None, lot: Lot | None) -> bool:
        return over(expiry, lot, self._today, lambda at: at.astimezone(self._zone).date()) is not None

    def _all(self, shelves: tuple[OnShelf, ...], unit: str = "") -> str:
        """The sum over shelves, as honest as each of them."""
        if len(shelves) == 1:
            return self.quantity(shelves[0], unit)
        unsent = sum((one.unsent for one in shelves), Decimal(0))
        told = [one.as_of for one in shelves if one.as_of]
        at = clock(min(told), self._zone, self._today) if told else tr("never")
        odoo = number(sum((one.odoo for one in shelves), Decimal(0)))
        return _with_unsent({"odoo": odoo, "at": at}, unsent, total(shelves))

    @staticmethod
    def _section(heading: str, lines: Iterable[str]) -> Iterator[str]:
        for place, line in enumerate(lines):
            if place == 0:
                yield f"{heading}:"
            yield f"  {line}"


def _goods(product: Product) -> str:
    codes = "  ".join(part for part in (product.code, product.barcode) if part)
    return f"{_live(product.name, active=product.active)}  {codes}".rstrip()


def _live(name: str, *, active: bool) -> str:
    return name if active else tr("{name} (archived)").format(name=name)


def _goods_lot(goods: str, lot: str) -> str:
    return tr("{goods}, lot {lot}").format(goods=goods, lot=lot)


def _lot_or_all(lot: str) -> str:
    return tr("lot {lot}").format(lot=lot) if lot else tr("all lots")


def _with_unsent(facts: Mapping[str, str], unsent: Decimal, shown: Decimal) -> str:
    """ "12 in Odoo at 09:40, 3 of yours unsent: 9"."""
    told = tr("{odoo} in Odoo at {at}")
    if unsent < 0:
        told = tr("{odoo} in Odoo at {at}, {mine} of yours unsent: {shown}")
    elif unsent:
        told = tr("{odoo} in Odoo at {at}, {mine} more of yours unsent: {shown}")
    return told.format(**facts, mine=number(abs(unsent)), shown=number(shown))


def _days_left(days: int) -> str:
    if days < 0:
        return trn("expired {days} day ago", "expired {days} days ago", -days).format(days=-days)
    return trn("{days} day left", "{days} days left", days).format(days=days)


def _lot(lot: Lot | None) -> str:
    if lot is None:
        return tr("Odoo does not have it")
    days = [tr("expires {day}").format(day=_day(lot.expiry)) if lot.expiry else tr("no expiry")]
    days += [tr("to be removed {day}").format(day=day(lot.removal_at))] if lot.removal_at else []
    days += [tr("batch {batch}").format(batch=lot.ref)] if lot.ref else []
    return ", ".join(days)


def _day(of: date | None) -> str:
    return day(of) if of else ""


def _source(source: str) -> str:
    return tr("by people here") if source == SCANNED else source


def _reserved(one: Reservation) -> str:
    return tr("{quantity} for {document}").format(quantity=number(one.quantity), document=one.document)


def _under_way(one: UnderWay) -> str:
    return f"{one.picking.name}  {one.picking.origin}: {number(one.move.expected)}".replace("  :", ":")
