"""What changed in Odoo since the last pass, kind by kind, into the generation being pulled (design 6, decision 034)."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sync.odoo.reading import documents, pulls
from sync.odoo.reading.documents import Documents, Written
from sync.odoo.reading.incoming import OPEN
from sync.odoo.reading.pulls import Source
from sync.odoo.reading.reach import Reach
from sync.odoo.wire.errors import Family, OdooError
from sync.odoo.wire.session import Session
from sync.stock import Unit
from sync.store.catalogue_pull import Pull
from sync.store.marks import OVERLAP, Mark

READING = 1
"""Counts up when more is read of a record than before: then all are read again."""

IDENTITIES_EVERY = timedelta(hours=6)
"""How often all ids are compared: what was deleted, or became visible without being written, shows only there."""

PRODUCTS_AT_ONCE = 500
"""Products whose stock is read in one question."""

MOST_SEEN = 5_000
"""So many fingerprints of a kind are kept; after an import of more, the overlap is asked about twice."""

_DOCUMENTS = ("pickings", "moves", "move_lines")
"""Read together, each with a mark of its own."""

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

Tell = Callable[[str, int, int | None], None]
"""Told of progress: the kind of record, how many of it are in, and how many there are where that is known."""

AnySource = Source[Any]
"""A source of one kind or another."""


@dataclass
class Delta:
    """One pass. Each kind goes on from its mark: the one an interrupted pass left, else that of the last pull."""

    into: Pull
    session: Session
    reach: Reach
    zone: ZoneInfo
    own: frozenset[str]
    tell: Tell
    came: dict[str, int] = field(default_factory=dict)
    resumed: bool = False
    """It goes on where another was interrupted: between the two anything may have happened."""
    expected: dict[str, int] = field(default_factory=dict)

    # -- what a pass brings ----------------------------------------------------------------------------------------

    def recent(self) -> None:
        """Pickings with their moves and lines, stock, lots: five requests where nothing changed."""
        moved = self._pickings()
        self._stock(moved)
        self._paged("lots", self._lots, shape=str(self.zone), counted=True)

    def master(self) -> None:
        """Everything that changes more rarely. After `recent`: whatever that names is there when it is asked for."""
        known, changed = self._units()
        self._categories()
        for kind in ("packagings", "vendor_codes") if self.resumed else ():
            if (mark := self._mark(kind)).complete:  # of which products they are asked for is not known any more
                self.into.keep(kind, mark.afresh())
        self._products(known, changed)
        for kind in ("vendor_codes", "locations", "picking_types", "reorder_points"):
            shape = str(self.reach.location_ids) if kind == "reorder_points" else ""
            self._paged(kind, self._source(kind, known), shape=shape)

    def named(self) -> None:
        """What somebody names and the device does not know: new partners, packages, people, and late-comers."""
        known = {unit.id: unit for unit in self.into.all("units")}
        wanted: dict[str, set[int]] = {}
        for kind, column, of in _NAMED:
            if self.came.get(kind) or self.resumed:
                wanted.setdefault(of, set()).update(self.into.dangling(kind, column, of))
        for of, ids in wanted.items():
            if ids:
                self._put_all(of, self._source(of, known).these(self.session, ids))
            if ids and of == "products":
                self._codes_of(ids)

    def identities(self) -> None:
        """Compare all ids where that is due: what is gone goes, what became visible comes."""
        mark, now = self._mark("identities"), self._now()
        due = not mark.began_at or (now and now - mark.began_at >= IDENTITIES_EVERY)
        if mark.complete and not due and not self.resumed:
            return
        if mark.complete or self.resumed:
            known = {unit.id: unit for unit in self.into.all("units")}
            for kind in ("products", "packagings", "vendor_codes", "lots", "locations", "picking_types"):
                self._compare(kind, self._source(kind, known))
            self._compare("reorder_points", pulls.reorder_points(self.reach))
            self._compare_stock()
            self._compare_pickings()
            self._names_again()
        self.into.keep("identities", replace(Mark(_shape("")), began_at=now, complete=True))

    # -- pickings --------------------------------------------------------------------------------------------------

    def _pickings(self) -> set[int]:
        """Bring pickings up to date; answer the products whose stock somebody moved."""
        shape = _shape(str(self.reach.location_ids))
        mark, *beside = [self._mark(kind, shape) for kind in _DOCUMENTS]
        if all(one.complete and one.began_at for one in (mark, *beside)):
            return self._documents_written(shape)
        again = mark.last_id > 0 or bool(self.into.ids("pickings"))
        mark = mark.afresh() if mark.complete else mark  # a server that tells no time is read as a whole
        for found in documents.open_pickings(self.session, self.reach, self.own, mark.last_id):
            self._put_documents(found)
            mark = replace(mark.began(self._now()), last_id=max(one.id for one in found.pickings))
            self.into.keep("pickings", mark)
        mark = replace(mark.began(self._now()), complete=True)
        for kind in _DOCUMENTS:
            self.into.merge(kind, ())
            self.into.keep(kind, mark)
        if again:
            self._compare_pickings()
        return self._documents_written(shape) if again and mark.began_at else set()

    def _documents_written(self, shape: str) -> set[int]:
        asked = {
            "pickings": documents.pickings_written,
            "moves": documents.moves_written,
            "move_lines": documents.lines_written,
        }
        marks = {kind: self._mark(kind, shape) for kind in asked}
        changed: dict[str, list[Written]] = {}
        for kind, ask in asked.items():
            before = marks[kind]
            marks[kind], changed[kind] = self._written(before, ask)
            if self._ahead(before):  # known only now that the server has answered
                self.into.keep("pickings", Mark(shape))
                return self._pickings()
        self._put_written(changed)
        for kind, mark in marks.items():
            self.into.merge(kind, ())
            self.into.keep(kind, mark)
        return {one.product_id for one in changed["move_lines"] if one.state == "done" and one.product_id}

    def _written(
        self, mark: Mark, ask: Callable[[Session, Reach, datetime], Iterator[list[Written]]]
    ) -> tuple[Mark, list[Written]]:
        """Rows that differ from what was seen in the overlap, and how far that is."""
        rows, now = list[Written](), None
        for page in ask(self.session, self.reach, mark.cursor):
            now = now or self._now()
            rows += page
        now = now or self._now()
        fresh = [one for one in rows if mark.seen.get(str(one.id)) != one.print]
        late = [one for one in rows if now and one.written_at and one.written_at >= now - OVERLAP]
        seen = {str(one.id): one.print for one in late} if len(late) <= MOST_SEEN else {}
        return replace(mark.next(), began_at=now, complete=True, seen=seen), fresh

    def _put_written(self, changed: dict[str, list[Written]]) -> None:
        known = self.into.ids("pickings")
        touched = {one.id for one in changed["pickings"] if one.state in OPEN or one.id in known}
        on = {one.picking_id for kind in ("moves", "move_lines") for one in changed[kind] if one.picking_id}
        self._pickings_again(touched | (on & known), known)

    def _pickings_again(self, touched: Collection[int], known: Collection[int]) -> None:
        shown: set[int] = set()
        for found in documents.these_pickings(self.session, self.reach, touched, self.own):
            self._put_documents(found)
            shown |= {one.id for one in (*found.pickings, *found.closed)}
        self._pickings_gone({id_ for id_ in touched if id_ in known and id_ not in shown})

    def _put_documents(self, found: Documents) -> None:
        known = self.into.known("pickings", [one.id for one in found.closed])
        over = [one for one in found.closed if one.id in known]
        ids = [one.id for one in (*found.pickings, *over)]
        self.into.merge("pickings", found.pickings)
        self.into.only("moves", "picking_id", ids, found.moves)
        self.into.only("move_lines", "picking_id", ids, found.lines)
        self.into.retire("pickings", over)  # last: of one that is not known nobody asks again what is on it
        self._count("pickings", len(ids))
        self._count("moves", len(found.moves))
        self._count("move_lines", len(found.lines))

    def _pickings_gone(self, ids: Collection[int]) -> None:
        self.into.only("moves", "picking_id", ids, ())
        self.into.only("move_lines", "picking_id", ids, ())
        self.into.remove("pickings", ids)

    def _compare_pickings(self) -> None:
        there, known = documents.open_ids(self.session, self.reach), self.into.ids("pickings")
        self._pickings_again(there ^ known, known)

    # -- stock -----------------------------------------------------------------------------------------------------

    def _stock(self, moved: set[int]) -> None:
        """Bring stock up to date, for `moved` products too.

        A row that was written leads to all rows of its product: Odoo merges rows and deletes empty ones without
        writing the one that stays (contract 14.1), and a sum needs all of them.
        """
        shape = _shape(str(self.reach.location_ids))
        source, mark = pulls.stock_rows(self.reach), self._mark("stock_rows", shape)
        if not mark.complete:
            mark = self._all_of("stock_rows", source, mark, counted=True)
            if mark.complete and not mark.last_id:
                return
        ahead, products = mark.next(), set(moved)
        for page in source.pages(self.session, ahead.since):
            ahead = ahead.began(self._now())
            products |= {row.product_id for row in self.into.changed("stock_rows", page.records)}
        self._stock_of(products)
        self.into.merge("stock_rows", ())
        self.into.keep("stock_rows", replace(ahead.began(self._now()), complete=True))

    def _stock_of(self, products: Iterable[int]) -> None:
        wanted, source = sorted(products), pulls.stock_rows(self.reach)
        for first in range(0, len(wanted), PRODUCTS_AT_ONCE):
            some = wanted[first : first + PRODUCTS_AT_ONCE]
            rows = [row for page in source.these(self.session, some, "product_id") for row in page.records]
            self.into.only("stock_rows", "product_id", some, rows)
            self._count("stock_rows", len(rows))

    def _compare_stock(self) -> None:
        there, known = pulls.stock_rows(self.reach).ids(self.session), self.into.ids("stock_rows")
        products = self.into.owners("stock_rows", "product_id", known - there)
        for page in pulls.stock_rows(self.reach).these(self.session, there - known):
            products |= {row.product_id for row in page.records}
        self._stock_of(products)

    # -- kinds that are read by pages ------------------------------------------------------------------------------

    def _units(self) -> tuple[dict[int, Unit], set[int]]:
        """All units, and those that are not what they were: their products did not change, and yet they did.

        Compared with what readers see, and with what a pass brought that was interrupted before it came to products.
        """
        before = [*self.into.before("units"), *self.into.all("units")]
        known = pulls.units(self.session)
        self.into.add(units=list(known.values()))
        return known, {unit.id for unit in before if unit.id in known and known[unit.id] != unit}

    def _categories(self) -> None:
        """All of them: they are few, and a child of one that was renamed shows no date of its own."""
        self.into.add(categories=[one for page in pulls.categories().pages(self.session) for one in page.records])

    def _products(self, known: dict[int, Unit], changed: set[int]) -> None:
        products, packagings = self._source("products", known), self._source("packagings", known)
        before = self.into.ids("products")
        came = self._paged("products", products, counted=True)
        if changed:
            self._put_all("products", products.these(self.session, changed, "uom_id"))
            self.into.keep("packagings", self._mark("packagings").afresh())
        self._paged("packagings", packagings)
        if came:  # a product's unit may be another, or a template has a new variant: no row of theirs tells
            boxes = [box for page in packagings.these(self.session, came, "product_id") for box in page.records]
            self.into.only("packagings", "product_id", came, boxes)
        if new := came - before:
            self._codes_of(new)

    def _codes_of(self, products: Collection[int]) -> None:
        """A code that names no variant holds for new ones too, and nobody wrote it."""
        coded = pulls.vendor_codes(self.session, self.reach)
        self._put_all("vendor_codes", coded.these(self.session, products, _VARIANTS))

    def _paged(self, kind: str, source: AnySource, shape: str = "", *, counted: bool = False) -> set[int]:
        """Bring a kind up to date; answer the ids that came by their date alone."""
        mark = self._mark(kind, _shape(shape))
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
            self.expected[kind] = source.count(self.session)
        self.came[kind] = mark.rows
        for page in source.pages(self.session, mark.since, mark.last_id):
            self._put(kind, page)
            rows, pages = mark.rows + len(page.records), pages + 1
            mark = replace(mark.began(self._now()), last_id=page.last_id, rows=rows)
            self.into.keep(kind, mark)
        if kind in _NEVER_EMPTY and not mark.rows:
            raise OdooError(Family.CONFIG, code="pull_empty")
        if again or len(self.into.ids(kind)) != mark.rows:
            self._compare(kind, source)
        done = replace(mark.began(self._now()), complete=True)
        self.into.merge(kind, ())
        self.into.keep(kind, done)
        return done if again or pages > 1 else replace(done, last_id=0)

    def _since(self, kind: str, source: AnySource, mark: Mark) -> set[int]:
        came: set[int] = set()
        for page in source.pages(self.session, mark.since):
            mark = mark.began(self._now())
            changed = self.into.changed(kind, page.records)
            came |= {one.id for one in changed}
            self._put(kind, page if kind == "vendor_codes" else replace(page, records=tuple(changed)))
        self.into.merge(kind, ())
        self.into.keep(kind, replace(mark.began(self._now()), complete=True))
        return came

    def _compare(self, kind: str, source: AnySource) -> None:
        there, known = source.ids(self.session), self.into.ids(kind)
        if kind in _NEVER_EMPTY and not there:
            raise OdooError(Family.CONFIG, code="pull_empty")
        self.into.remove(kind, known - there)
        if kind != "stock_rows":
            self._put_all(kind, source.these(self.session, there - known))
        if kind == "products" and there - known:
            self._codes_of(there - known)

    def _names_again(self) -> None:
        """What is read by id alone is asked for again: a vendor may have another name, or be merged into another."""
        for kind in ("partners", "packages", "users"):
            self._put_all(kind, self._source(kind, {}).these(self.session, self.into.ids(kind)))

    def _put_all(self, kind: str, pages: Iterable[pulls.Page[Any]]) -> None:
        for page in pages:
            self._put(kind, page)

    def _put(self, kind: str, page: pulls.Page[Any]) -> None:
        if kind == "vendor_codes":  # one record stands for several variants
            self.into.only(kind, "id", {one.id for one in page.records}, page.records)
        else:
            self.into.merge(kind, page.records)
        if page.dropped:
            self.into.remove(kind, page.dropped)
        self._count(kind, len(page.records))

    def _count(self, kind: str, rows: int) -> None:
        self.came[kind] = self.came.get(kind, 0) + rows
        if rows:
            self.tell(kind, self.came[kind], self.expected.get(kind))

    # -- what it is asked of and since when ------------------------------------------------------------------------

    @property
    def _lots(self) -> AnySource:
        return pulls.lots(self.reach, self.zone)

    def _source(self, kind: str, known: dict[int, Unit]) -> AnySource:
        session, reach = self.session, self.reach
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

    def _mark(self, kind: str, shape: str = "") -> Mark:
        """Where to go on. A reading for other places, or from a time the server has not reached, is no beginning."""
        mark, wanted = self.into.mark(kind), shape or _shape("")
        return Mark(wanted) if mark.shape != wanted or self._ahead(mark) else mark

    def _ahead(self, mark: Mark) -> bool:
        """Whether the server's clock went back since: what is written now would never be seen."""
        now = self._now()
        return bool(mark.began_at and now and mark.began_at > now + OVERLAP)

    def _now(self) -> datetime | None:
        """The server's time as of its last answer."""
        told = self.session.server_time
        return told.at if told else None


_VARIANTS = "product_tmpl_id.product_variant_ids"


def _shape(about: str) -> str:
    return f"{READING}|{about}"
