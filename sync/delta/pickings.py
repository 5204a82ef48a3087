"""Open pickings with their moves and lines: three kinds that are read together, each with a mark of its own."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from sync.delta.passing import Passing, shape_of
from sync.odoo.reading import documents
from sync.odoo.reading.documents import Documents, Written
from sync.odoo.reading.incoming import OPEN
from sync.odoo.reading.reach import Reach
from sync.odoo.wire.session import Session
from sync.store.marks import OVERLAP, Mark

MOST_SEEN = 5_000
"""So many fingerprints of a kind are kept; after an import of more, the overlap is asked about twice."""

_DOCUMENTS = ("pickings", "moves", "move_lines")


@dataclass
class Pickings:
    """The pickings of one pass. `own` are transactions of this device that may have lines on one (contract 14.5)."""

    passing: Passing
    own: frozenset[str]

    def bring(self) -> set[int]:
        """Bring pickings up to date; answer the products whose stock somebody moved."""
        shape = shape_of(str(self.passing.reach.location_ids))
        mark, *beside = [self.passing.mark(kind, shape) for kind in _DOCUMENTS]
        if all(one.complete and one.began_at for one in (mark, *beside)):
            return self._written_since(shape)
        again = mark.last_id > 0 or bool(self.passing.into.ids("pickings"))
        mark = mark.afresh() if mark.complete else mark  # a server that tells no time is read as a whole
        for found in documents.open_pickings(self.passing.session, self.passing.reach, self.own, mark.last_id):
            self._put(found)
            mark = replace(mark.began(self.passing.now()), last_id=max(one.id for one in found.pickings))
            self.passing.into.keep("pickings", mark)
        mark = replace(mark.began(self.passing.now()), complete=True)
        for kind in _DOCUMENTS:
            self.passing.into.merge(kind, ())
            self.passing.into.keep(kind, mark)
        if again:
            self.compare()
        return self._written_since(shape) if again and mark.began_at else set()

    def _written_since(self, shape: str) -> set[int]:
        asked = {
            "pickings": documents.pickings_written,
            "moves": documents.moves_written,
            "move_lines": documents.lines_written,
        }
        marks = {kind: self.passing.mark(kind, shape) for kind in asked}
        changed: dict[str, list[Written]] = {}
        for kind, ask in asked.items():
            before = marks[kind]
            marks[kind], changed[kind] = self._written(before, ask)
            if self.passing.ahead(before):  # known only now that the server has answered
                self.passing.into.keep("pickings", Mark(shape))
                return self.bring()
        self._put_written(changed)
        for kind, mark in marks.items():
            self.passing.into.merge(kind, ())
            self.passing.into.keep(kind, mark)
        return {one.product_id for one in changed["move_lines"] if one.state == "done" and one.product_id}

    def _written(
        self, mark: Mark, ask: Callable[[Session, Reach, datetime], Iterator[list[Written]]]
    ) -> tuple[Mark, list[Written]]:
        """Rows that differ from what was seen in the overlap, and how far that is."""
        rows, now = list[Written](), None
        for page in ask(self.passing.session, self.passing.reach, mark.cursor):
            now = now or self.passing.now()
            rows += page
        now = now or self.passing.now()
        fresh = [one for one in rows if mark.seen.get(str(one.id)) != one.print]
        late = [one for one in rows if now and one.written_at and one.written_at >= now - OVERLAP]
        seen = {str(one.id): one.print for one in late} if len(late) <= MOST_SEEN else {}
        return replace(mark.next(), began_at=now, complete=True, seen=seen), fresh

    def _put_written(self, changed: dict[str, list[Written]]) -> None:
        known = self.passing.into.ids("pickings")
        touched = {one.id for one in changed["pickings"] if one.state in OPEN or one.id in known}
        on = {one.picking_id for kind in ("moves", "move_lines") for one in changed[kind] if one.picking_id}
        self._again(touched | (on & known), known)

    def _again(self, touched: Collection[int], known: Collection[int]) -> None:
        shown: set[int] = set()
        for found in documents.these_pickings(self.passing.session, self.passing.reach, touched, self.own):
            self._put(found)
            shown |= {one.id for one in (*found.pickings, *found.closed)}
        self._gone({id_ for id_ in touched if id_ in known and id_ not in shown})

    def _put(self, found: Documents) -> None:
        known = self.passing.into.known("pickings", [one.id for one in found.closed])
        over = [one for one in found.closed if one.id in known]
        ids = [one.id for one in (*found.pickings, *over)]
        self.passing.into.merge("pickings", found.pickings)
        self.passing.into.only("moves", "picking_id", ids, found.moves)
        self.passing.into.only("move_lines", "picking_id", ids, found.lines)
        self.passing.into.retire("pickings", over)  # last: of one that is not known nobody asks again what is on it
        self.passing.count("pickings", len(ids))
        self.passing.count("moves", len(found.moves))
        self.passing.count("move_lines", len(found.lines))

    def _gone(self, ids: Collection[int]) -> None:
        self.passing.into.only("moves", "picking_id", ids, ())
        self.passing.into.only("move_lines", "picking_id", ids, ())
        self.passing.into.remove("pickings", ids)

    def compare(self) -> None:
        there, known = documents.open_ids(self.passing.session, self.passing.reach), self.passing.into.ids("pickings")
        self._again(there ^ known, known)
