"""What must not move, judged at each scan and again before posting: the hold list and quarantined lots (ward 31)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from operator import attrgetter

from client.work.site.plan import SitePlan
from client.work.site.policy import Policy
from client.work.stock import OnShelf, Shelves
from sync.clock import Clock
from sync.odoo.posting.sending import Site
from sync.stock import Lot, Product, Tracking
from sync.store import Store
from sync.store import holds as stored
from sync.store.codes import folded
from sync.store.holds import SCANNED, By, HoldLine

QUARANTINE = "quarantine"
"""The `source` of a hold that no list says: some of the lot lies in a quarantine place."""

Figure = Callable[[OnShelf], Decimal]
_SHOWN: Figure = attrgetter("shown")
_IN_ODOO: Figure = attrgetter("odoo")


@dataclass(frozen=True, slots=True)
class Hold:
    """Why goods must not move. `lot_name` is the lot as the list calls it, empty where all lots are held.

    `near`: the list names a lot that only looks the same (case, spaces, O and 0), or lots of goods nobody follows by
    lot: a person must compare, it is asked and never taken for the same nor passed over (design 13.7).
    `number` is what lifts it. `place` is the quarantine place some of it lies in, where that is the reason.
    """

    reason: str
    source: str
    since: date | None
    lot_name: str = ""
    near: bool = False
    place: str = ""
    number: int = field(default=0, compare=False)

    @property
    def why(self) -> str:
        """In one line, as a card shows it and a posting is refused with."""
        which = f"{self.lot_name}: " if self.near and self.lot_name else ""
        return f"{which}{self.reason or self.place} ({self.source})"


class Holds:
    """What is held here. `quarantines` are the quarantine places of the site's plan, each with all below it."""

    def __init__(self, store: Store, shelves: Shelves, quarantines: frozenset[int] = frozenset()) -> None:
        self._store = store
        self._shelves = shelves
        self._quarantines = quarantines

    def as_of(self) -> datetime | None:
        """The moment the oldest of the lists from files speaks of: no hold is younger for sure. None: no list yet."""
        return min((one.as_of for one in self._store.holds.lists() if one.source != SCANNED), default=None)

    def why(self, product_id: int, lot_name: str, ref: str = "") -> Hold | None:
        """Why these goods must not move. What is held for sure comes before what only looks the same.

        `ref` is the batch a label says beside a serial; Odoo's own (`lot.ref`) counts too (ward 22). Without a lot
        only a hold of all lots is told: ask again once the lot is known.
        """
        return self._why(product_id, lot_name, ref, _SHOWN)

    def site(self, strict: frozenset[int] = frozenset()) -> Site:
        """What a posting checks again: whatever of the goods on their way is held, or looks like it.

        Only what Odoo knows to lie in quarantine counts here: what this device brings there is on its way itself.
        Make it anew before each push; what is confirmed while that runs was judged at its scan.
        """
        lines = (line for entry in self._store.outbox.rows(newest=0) for line in entry.transaction.lines)
        goods = {(line.product_id, line.lot_name, line.batch) for line in lines}
        judged = ((one, self._why(*one, _IN_ODOO)) for one in sorted(goods))
        held = {(product_id, lot_name): hold.why for (product_id, lot_name, _), hold in judged if hold}
        return Site(held=held, quarantine=self._quarantines, strict=strict)

    def _why(self, product_id: int, lot_name: str, ref: str, counts: Figure) -> Hold | None:
        product = self._store.catalogue.product(product_id)
        if product is None:
            return None
        lot = self._store.catalogue.lot(product_id, lot_name) if lot_name else None
        names = tuple(name for name in (lot_name.strip(), ref.strip(), lot.ref if lot else "") if name)
        listed = self._listed(product)
        return (
            _certain(listed, names)
            or self._quarantined(lot, counts)
            or _near(listed, names, followed=product.tracking is not Tracking.NONE)
        )

    def _listed(self, product: Product) -> list[stored.Hold]:
        if not self._store.holds.any():
            return []
        return self._store.holds.of(product, self._store.catalogue.packagings(product.id))

    def _quarantined(self, lot: Lot | None, counts: Figure) -> Hold | None:
        """Some of the lot lies in quarantine."""
        if lot is None or not self._quarantines:
            return None
        for shelf in self._shelves.of(lot.product_id):
            if shelf.key.lot_id == lot.id and counts(shelf) > 0:
                place = self._store.catalogue.location(shelf.key.location_id)
                if place and not self._quarantines.isdisjoint(map(int, filter(None, place.parent_path.split("/")))):
                    return Hold("", QUARANTINE, None, lot.name, place=place.complete_name)
        return None


def site_now(store: Store, policy: Policy, clock: Clock) -> Site:
    """What a push must know of the site at this moment. From any thread."""
    plan = SitePlan.of(policy, store.catalogue)
    return Holds(store, Shelves(store, clock), plan.quarantines).site(plan.strict)


def products_of(store: Store, line: HoldLine) -> list[Product]:
    """The products a line means here: none where it has not arrived on this device yet."""
    if line.by is By.CODE:
        return [one for one in store.catalogue.by_code(line.product) if one.code.casefold() == line.product.casefold()]
    if line.by is By.GTIN:
        return list({hit.product.id: hit.product for hit in store.catalogue.by_barcode(line.product)}.values())
    product = store.catalogue.product(int(line.product)) if line.product.isdecimal() else None
    return [product] if product and not product.gone else []


def line_for(product: Product, reason: str, since: date, lot_name: str = "") -> HoldLine:
    """A hold on exactly this product, or on one lot of it: a reference may be another's too."""
    return HoldLine(By.ID, str(product.id), reason, since, lot_name)


def _certain(listed: list[stored.Hold], names: tuple[str, ...]) -> Hold | None:
    for one in listed:
        if not one.line.lot_name or one.line.lot_name in names:
            return _told(one, near=False)
    return None


def _near(listed: list[stored.Hold], names: tuple[str, ...], *, followed: bool) -> Hold | None:
    """A lot that looks the same. Of goods that are not followed by lot any held lot may be the one at hand."""
    alike = {folded(name) for name in names}
    for one in listed:
        if folded(one.line.lot_name) in alike or not (followed or names):
            return _told(one, near=True)
    return None


def _told(one: stored.Hold, *, near: bool) -> Hold:
    return Hold(one.line.reason, one.source, one.line.since, one.line.lot_name, near, number=one.id)
