"""What changed in Odoo since the last pass, kind by kind, into the generation being pulled (design 6, decision 034)."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sync.delta.passing import Passing, shape_of
from sync.delta.pickings import Pickings
from sync.odoo.reading import pulls
from sync.odoo.reading.pulls import Source
from sync.odoo.wire.errors import Family, OdooError
from sync.stock import Unit
from sync.store.marks import Mark

IDENTITIES_EVERY = timedelta(hours=6)
"""How often all ids are compared: what was deleted, or became visible without being written, shows only there."""

PRODUCTS_AT_ONCE = 500
"""Products whose stock is read in one question."""

_NEVER_EMPTY = frozenset({"locations", "picking_types"})
"""Asked for and none there: that is somebody else's answer, or a right that was lost, and no hospital."""

_NAMED = (
    ("pickings", "partner_id", "partners"), ("vendor_codes", "partner_id", "partners"),
    ("stock_rows", "owner_id", "partners"), ("move_lines", "owner_id", "partners"),
    ("stock_rows", "package_id", "packages"), ("move_lines", "package_id", "packages"),
    ("stock_rows", "count_user_id", "users"),
    ("moves", "product_id", "products"), ("stock_rows", "product_id", "products"),
    ("stock_rows", "lot_id", "lots"), ("move_lines", "lot_id", "lots"),
    ("pickings", "source_id", "locations"), ("pickings", "destination_id", "locations"),
    ("move_lines", "destination_id", "locations"), ("stock_rows", "location_id", "locations"),
    ("pickings", "picking_type_id", "picking_types"),
)  # fmt: skip
"""Who names whom: what is named must be there, also when it was not asked for."""

AnySource = Source[Any]
"""A source of one kind or another."""


@dataclass
class Delta:
    """All kinds of one pass. `resumed`: it goes on where another was cut, anything may have happened in between."""

    passing: Passing
    pickings: Pickings
    zone: ZoneInfo
    resumed: bool

    # -- what a pass brings ----------------------------------------------------------------------------------------

    def recent(self) -> None:
        """Pickings with their moves and lines, stock, lots: five requests where nothing changed."""
        moved = self.pickings.bring()
        self._stock(moved)
        self._paged("lots", self._lots, shape=str(self.zone), counted=True)

    def master(self) -> None:
        """Everything that changes more rarely. After `recent`: whatever that names is there when it is asked for."""
        known, changed = self._units()
        self._categories()
        for kind in ("packagings", "vendor_codes") if self.resumed else ():
            if (mark := self.passing.mark(kind)).complete:  # of which products they are asked for is not known any more
                self.passing.into.keep(kind, mark.afresh())
        self._products(known, changed)
        for kind in ("vendor_codes", "locations", "picking_types", "reorder_points"):
            shape = str(self.passing.reach.location_ids) if kind == "reorder_points" else ""
            self._paged(kind, self._source(kind, known), shape=shape)

    def named(self) -> None:
        """What somebody names and the device does not know: new partners, packages, people, and late-comers."""
        known = {unit.id: unit for unit in self.passing.into.all("units")}
        wanted: dict[str, set[int]] = {}
        for kind, column, of in _NAMED:
            if self.passing.came.get(kind) or self.resumed:
                wanted.setdefault(of, set()).update(self.passing.into.dangling(kind, column, of))
        for of, ids in wanted.items():
            if ids:
                self._put_all(of, self._source(of, known).these(self.passing.session, ids))
            if ids and of == "products":
                self._codes_of(ids)

    def identities(self) -> None:
        """Compare all ids where that is due: what is gone goes, what became visible comes."""
        mark, now = self.passing.mark("identities"), self.passing.now()
        due = not mark.began_at or (now and now - mark.began_at >= IDENTITIES_EVERY)
        if mark.complete and not due and not self.resumed:
            return
        if mark.complete or self.resumed:
            known = {unit.id: unit for unit in self.passing.into.all("units")}
            for kind in ("products", "packagings", "vendor_codes", "lots", "locations", "picking_types"):
                self._compare(kind, self._source(kind, known))
            self._compare("reorder_points", pulls.reorder_points(self.passing.reach))
            self._compare_stock()
            self.pickings.compare()
            self._names_again()
        self.passing.into.keep("identities", replace(Mark(shape_of("")), began_at=now, complete=True))

    # -- stock -----------------------------------------------------------------------------------------------------

    def _stock(self, moved: set[int]) -> None:
        """Bring stock up to date, for `moved` products too.

        A row that was written leads to all rows of its product: Odoo merges rows and deletes empty ones without
        writing the one that stays (contract 14.1), and a sum needs all of them.
        """
        shape = shape_of(str(self.passing.reach.location_ids))
        source, mark = pulls.stock_rows(self.passing.reach), self.passing.mark("stock_rows", shape)
        if not mark.complete:
            mark = self._all_of("stock_rows", source, mark, counted=True)
            if mark.complete and not mark.last_id:
                return
        ahead, products = mark.next(), set(moved)
        for page in source.pages(self.passing.session, ahead.since):
            ahead = ahead.began(self.passing.now())
            products |= {row.product_id for row in self.passing.into.changed("stock_rows", page.records)}
        self._stock_of(products)
        self.passing.into.merge("stock_rows", ())
        self.passing.into.keep("stock_rows", replace(ahead.began(self.passing.now()), complete=True))

    def _stock_of(self, products: Iterable[int]) -> None:
        wanted, source = sorted(products), pulls.stock_rows(self.passing.reach)
        for first in range(0, len(wanted), PRODUCTS_AT_ONCE):
            some = wanted[first : first + PRODUCTS_AT_ONCE]
            rows = [row for page in source.these(self.passing.session, some, "product_id") for row in page.records]
            self.passing.into.only("stock_rows", "product_id", some, rows)
            self.passing.count("stock_rows", len(rows))

    def _compare_stock(self) -> None:
        there, known = (
            pulls.stock_rows(self.passing.reach).ids(self.passing.session),
            self.passing.into.ids("stock_rows"),
        )
        products = self.passing.into.owners("stock_rows", "product_id", known - there)
        for page in pulls.stock_rows(self.passing.reach).these(self.passing.session, there - known):
            products |= {row.product_id for row in page.records}
        self._stock_of(products)

    # -- kinds that are read by pages ------------------------------------------------------------------------------

    def _units(self) -> tuple[dict[int, Unit], set[int]]:
        """All units, and those that are not what they were: their products did not change, and yet they did.

        Compared with what readers see, and with what a pass brought that was interrupted before it came to products.
        """
        before = [*self.passing.into.before("units"), *self.passing.into.all("units")]
        known = pulls.units(self.passing.session)
        self.passing.into.add(units=list(known.values()))
        return known, {unit.id for unit in before if unit.id in known and known[unit.id] != unit}

    def _categories(self) -> None:
        """All of them: they are few, and a child of one that was renamed shows no date of its own."""
        self.passing.into.add(
            categories=[one for page in pulls.categories().pages(self.passing.session) for one in page.records]
        )

    def _products(self, known: dict[int, Unit], changed: set[int]) -> None:
        products, packagings = self._source("products", known), self._source("packagings", known)
        before = self.passing.into.ids("products")
        came = self._paged("products", products, counted=True)
        if changed:
            self._put_all("products", products.these(self.passing.session, changed, "uom_id"))
            self.passing.into.keep("packagings", self.passing.mark("packagings").afresh())
        self._paged("packagings", packagings)
        if came:  # a product's unit may be another, or a template has a new variant: no row of theirs tells
            boxes = [box for page in packagings.these(self.passing.session, came, "product_id") for box in page.records]
            self.passing.into.only("packagings", "product_id", came, boxes)
        if new := came - before:
            self._codes_of(new)

    def _codes_of(self, products: Collection[int]) -> None:
        """A code that names no variant holds for new ones too, and nobody wrote it."""
        coded = pulls.vendor_codes(self.passing.session, self.passing.reach)
        self._put_all("vendor_codes", coded.these(self.passing.session, products, _VARIANTS))

    def _paged(self, kind: str, source: AnySource, shape: str = "", *, counted: bool = False) -> set[int]:
        """Bring a kind up to date; answer the ids that came by their date alone."""
        mark = self.passing.mark(kind, shape_of(shape))
        if not mark.complete:
            mark = self._all_of(kind, source, mark, counted=counted)
            if not mark.last_id:
                return set()
        return self._since(kind, source, mark.next())

    def _all_of(self, kind: str, source: AnySource, mark: Mark, *, counted: bool) -> Mark:
        """Read a kind to its end, from where an interrupted pass left it.

        What was written or deleted behind our back is found by its date and by the ids, where the reading was not
        done in one go: the mark that is answered has a `last_id` then.
        """
        again, pages = mark.last_id > 0, 0
        if counted:
            self.passing.expected[kind] = source.count(self.passing.session)
        self.passing.came[kind] = mark.rows
        for page in source.pages(self.passing.session, mark.since, mark.last_id):
            self._put(kind, page)
            rows, pages = mark.rows + len(page.records), pages + 1
            mark = replace(mark.began(self.passing.now()), last_id=page.last_id, rows=rows)
            self.passing.into.keep(kind, mark)
        if kind in _NEVER_EMPTY and not mark.rows:
            raise OdooError(Family.CONFIG, code="pull_empty")
        if again or len(self.passing.into.ids(kind)) != mark.rows:
            self._compare(kind, source)
        done = replace(mark.began(self.passing.now()), complete=True)
        self.passing.into.merge(kind, ())
        self.passing.into.keep(kind, done)
        return done if again or pages > 1 else replace(done, last_id=0)

    def _since(self, kind: str, source: AnySource, mark: Mark) -> set[int]:
        came: set[int] = set()
        for page in source.pages(self.passing.session, mark.since):
            mark = mark.began(self.passing.now())
            changed = self.passing.into.changed(kind, page.records)
            came |= {one.id for one in changed}
            self._put(kind, page if kind == "vendor_codes" else replace(page, records=tuple(changed)))
        self.passing.into.merge(kind, ())
        self.passing.into.keep(kind, replace(mark.began(self.passing.now()), complete=True))
        return came

    def _compare(self, kind: str, source: AnySource) -> None:
        there, known = source.ids(self.passing.session), self.passing.into.ids(kind)
        if kind in _NEVER_EMPTY and not there:
            raise OdooError(Family.CONFIG, code="pull_empty")
        self.passing.into.remove(kind, known - there)
        if kind != "stock_rows":
            self._put_all(kind, source.these(self.passing.session, there - known))
        if kind == "products" and there - known:
            self._codes_of(there - known)

    def _names_again(self) -> None:
        """What is read by id alone is asked for again: a vendor may have another name, or be merged into another."""
        for kind in ("partners", "packages", "users"):
            self._put_all(kind, self._source(kind, {}).these(self.passing.session, self.passing.into.ids(kind)))

    def _put_all(self, kind: str, pages: Iterable[pulls.Page[Any]]) -> None:
        for page in pages:
            self._put(kind, page)

    def _put(self, kind: str, page: pulls.Page[Any]) -> None:
        if kind == "vendor_codes":  # one record stands for several variants
            self.passing.into.only(kind, "id", {one.id for one in page.records}, page.records)
        else:
            self.passing.into.merge(kind, page.records)
        if page.dropped:
            self.passing.into.remove(kind, page.dropped)
        self.passing.count(kind, len(page.records))

    # -- what it is asked of and since when ------------------------------------------------------------------------

    @property
    def _lots(self) -> AnySource:
        return pulls.lots(self.passing.reach, self.zone)

    def _source(self, kind: str, known: dict[int, Unit]) -> AnySource:
        session, reach = self.passing.session, self.passing.reach
        make: dict[str, Callable[[], AnySource]] = {
            "products": lambda: pulls.products(session, reach, known),
            "packagings": lambda: pulls.packagings(session, reach, known),
            "vendor_codes": lambda: pulls.vendor_codes(session, reach),
            "locations": lambda: pulls.locations(reach),
            "picking_types": lambda: pulls.picking_types(session, reach),
            "reorder_points": lambda: pulls.reorder_points(reach),
            "lots": lambda: self._lots,
            "partners": pulls.partners,
            "packages": lambda: pulls.packages(session),
            "users": pulls.users,
        }
        return make[kind]()


_VARIANTS = "product_tmpl_id.product_variant_ids"
