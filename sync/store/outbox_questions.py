"""What is asked of the outbox: what is due, what waits behind what, what a page lists. Nothing here writes."""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from threading import Lock

from sync.store.database import Database, Row
from sync.store.entries import COLUMNS, Entry, Summary, entry_of
from sync.store.order import Order
from sync.store.values import maybe_moment_of, text_of
from sync.transaction import UNFINISHED, Footprint, Status, Transaction, from_body

UNFINISHED_IN_SQL = ", ".join(f"'{status}'" for status in sorted(UNFINISHED))
UNSENT_IN_SQL = f"'{Status.QUEUED}', '{Status.SENDING}'"
_SETTLED = f"'{Status.DONE}', '{Status.WITHDRAWN}'"
_STONE_TRIES = 10
_IN_LINE = "coalesce(place, seq), seq"


class Queue:
    """All that was unfinished at one moment, lined up; what waits behind another comes free when that is settled."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._order = Order()
        self.entries: dict[str, Entry] = {}
        self.join(entries)

    def join(self, entries: Iterable[Entry]) -> None:
        """These come last: whatever they wait for is in the line already."""
        self.entries.update({entry.uuid: self._lined_up(entry) for entry in entries})

    def due(self, now: datetime) -> list[Entry]:
        """Those whose time has come and whose footprint meets no older unfinished one, oldest first."""
        return [entry for entry in self.entries.values() if entry.is_due(now)]

    def settle(self, uuid: str, now: datetime) -> list[Entry]:
        """It is done or withdrawn: those that are due now because of it."""
        freed = (replace(self.entries[one], waiting_behind=None) for one in self._order.settle(uuid))
        return [entry for entry in freed if entry.is_due(now)]

    def _lined_up(self, entry: Entry) -> Entry:
        behind = self._order.add(entry.uuid, entry.footprint, released=entry.released is not None)
        return replace(entry, waiting_behind=behind) if behind else entry


class Questions:
    """The outbox as jobs may see it: they ask, and what they want done goes through the desk."""

    def __init__(self, database: Database) -> None:
        self._db = database
        self._line: tuple[list[Entry], Queue] = ([], Queue([]))
        self._lining_up = Lock()

    def queue(self) -> Queue:
        """All that is unfinished, oldest first."""
        rows = self._db.rows(f"SELECT {COLUMNS} FROM outbox WHERE status IN ({UNFINISHED_IN_SQL}) ORDER BY {_IN_LINE}")
        return Queue(entry_of(row) for row in rows)

    def due(self, now: datetime) -> list[Entry]:
        """Those whose time has come and whose footprint meets no older unfinished one, oldest first."""
        return self.queue().due(now)

    def wishes(self, now: datetime) -> list[Entry]:
        """Those somebody wants back although Odoo may have them, as far as their time has come."""
        rows = self._db.rows(
            f"SELECT {COLUMNS} FROM outbox WHERE status IN ({UNSENT_IN_SQL}) AND wish <> '' ORDER BY seq"
        )
        return [entry for entry in map(entry_of, rows) if entry.time_has_come(now)]

    def soonest(self, now: datetime) -> datetime | None:
        """When the next one that waits for its time may go; None where none does."""
        sql = f"SELECT min(not_before) FROM outbox WHERE status IN ({UNSENT_IN_SQL}) AND not_before > ?"
        row = self._db.row(sql, (text_of(now),))
        return maybe_moment_of(row[0]) if row else None

    def get(self, uuid: str) -> Entry | None:
        return next(iter(self.of([uuid])), None)

    def of(self, uuids: Iterable[str]) -> list[Entry]:
        """These, in that order; unknown ones are left out."""
        rows = (self._db.row(f"SELECT {COLUMNS} FROM outbox WHERE uuid = ?", (uuid,)) for uuid in uuids)
        return self._placed([row for row in rows if row])

    def transactions(self, uuids: Collection[str]) -> Iterator[tuple[str, Transaction]]:
        """The bodies of these, in no order; not who waits behind whom, which has all that is unfinished lined up."""
        sql = "SELECT uuid, body FROM outbox WHERE uuid IN (SELECT value FROM json_each(?))"
        for uuid, body in self._db.rows(sql, (json.dumps(list(uuids)),)):
            yield uuid, from_body(body)

    def reference(self, uuid: str) -> str:
        """Its number for people; empty where it is not known."""
        row = self._db.row("SELECT reference FROM outbox WHERE uuid = ?", (uuid,))
        return str(row[0]) if row else ""

    def find(self, text: str) -> list[Entry]:
        """By reference, or by how a uuid begins."""
        rows = self._db.rows(
            f"SELECT {COLUMNS} FROM outbox WHERE reference = ? OR substr(uuid, 1, length(?)) = ? ORDER BY seq DESC",
            (text, text, text.lower()),
        )
        return self._placed(rows)

    def referred(self, references: Collection[str]) -> list[Entry]:
        """Those of these references, oldest first; not who waits behind whom."""
        sql = f"SELECT {COLUMNS} FROM outbox WHERE reference IN (SELECT value FROM json_each(?)) ORDER BY seq"
        return [entry_of(row) for row in self._db.rows(sql, (json.dumps(list(references)),))]

    def noted(self, delivery_note: str) -> list[Entry]:
        """Those that carry this delivery note, the newest first; withdrawn ones are left out (ward 18)."""
        rows = self._db.rows(
            f"SELECT {COLUMNS} FROM outbox WHERE status <> '{Status.WITHDRAWN}'"
            " AND body ->> '$.transaction.delivery_note' = ? COLLATE NOCASE ORDER BY seq DESC",
            (delivery_note,),
        )
        return self._placed(rows)

    def rows(self, newest: int = 200) -> list[Entry]:
        """All that is unfinished and the newest of the others, newest first."""
        rows = self._db.rows(
            f"SELECT {COLUMNS} FROM outbox WHERE status IN ({UNFINISHED_IN_SQL})"
            " OR seq > (SELECT max(seq) FROM outbox) - ? ORDER BY seq DESC",
            (newest,),
        )
        return self._lined_up(rows)

    def shown(self, day_begins: datetime, day_ends: datetime) -> list[Entry]:
        """What a page lists: all that is unfinished, and what was settled that day; newest first (design 13.4)."""
        rows = self._db.rows(
            f"SELECT {COLUMNS} FROM outbox WHERE status IN ({UNFINISHED_IN_SQL})"
            f" OR (status IN ({_SETTLED}) AND settled_at >= ? AND settled_at < ?) ORDER BY seq DESC",
            (text_of(day_begins), text_of(day_ends)),
        )
        return self._lined_up(rows)

    def of_picking(self, picking_id: int) -> Entry | None:
        """The newest transaction of that picking; withdrawn ones are left out."""
        rows = self._db.rows(
            f"SELECT {COLUMNS} FROM outbox WHERE status <> '{Status.WITHDRAWN}' AND footprint ->> '$.picking' = ?"
            " ORDER BY seq DESC LIMIT 1",
            (picking_id,),
        )
        return next(iter(self._placed(rows)), None)

    def pickings_since(self, pulled_at: datetime | None) -> frozenset[int]:
        """Pickings that still look expected to a pull of that moment: unfinished, or done after it."""
        rows = self._db.rows(
            f"SELECT footprint ->> '$.picking' FROM outbox WHERE status IN ({UNFINISHED_IN_SQL})"
            f" UNION SELECT footprint ->> '$.picking' FROM outbox WHERE status = '{Status.DONE}' AND settled_at > ?",
            (text_of(pulled_at) if pulled_at else None,),
        )
        return frozenset(int(id_) for (id_,) in rows if id_)

    def acting_since(self, settled_at: datetime | None) -> list[str]:
        """Uuids of what Odoo's figures of that moment cannot contain: unfinished, or done after it; oldest first.

        Refused work counts: what happened on the ward has happened. Without a moment only what is unfinished.
        """
        since = text_of(settled_at) if settled_at else None
        rows = self._db.rows(
            f"SELECT seq, uuid FROM outbox WHERE status IN ({UNFINISHED_IN_SQL})"
            f" UNION ALL SELECT seq, uuid FROM outbox WHERE status = '{Status.DONE}' AND settled_at > ? ORDER BY seq",
            (since,),
        )
        return [uuid for _, uuid in rows]

    def of_product(self, product_id: int, most: int) -> list[Entry]:
        """The newest with a line of that product; withdrawn ones are left out."""
        return self._naming(("product_id",), product_id, most)

    def of_place(self, location_id: int, most: int) -> list[Entry]:
        """The newest with a line from or to exactly that place; withdrawn ones are left out."""
        return self._naming(("source_id", "destination_id"), location_id, most)

    def _naming(self, fields: Sequence[str], id_: int, most: int) -> list[Entry]:
        # Most bodies are told apart by their text alone, without being read.
        near = " OR ".join(f"instr(body, '\"{field}\":{id_:d}')" for field in fields)
        exact = " OR ".join(f"line.value ->> '{field}' = {id_:d}" for field in fields)
        rows = self._db.rows(
            f"SELECT {COLUMNS} FROM outbox WHERE status <> '{Status.WITHDRAWN}' AND ({near}) AND EXISTS"
            f" (SELECT 1 FROM json_each(outbox.body, '$.transaction.lines') AS line WHERE {exact})"
            " ORDER BY seq DESC LIMIT ?",
            (most,),
        )
        return [entry_of(row) for row in rows]

    def summary(self, day_begins: datetime, day_ends: datetime) -> Summary:
        """Counts for the badge. The bounds are those of the site's day (design 13.4)."""
        row = self._db.row(
            f"SELECT coalesce(sum(status IN ({UNSENT_IN_SQL})), 0), coalesce(sum(status = '{Status.REFUSED}'), 0),"
            f" min(CASE WHEN status IN ({UNSENT_IN_SQL}) THEN queued_at END),"
            f" coalesce(sum(status = '{Status.DONE}' AND settled_at >= ? AND settled_at < ?), 0) FROM outbox",
            (text_of(day_begins), text_of(day_ends)),
        )
        unsent, refused, oldest, done = row or (0, 0, None, 0)
        return Summary(unsent, refused, maybe_moment_of(oldest), done)

    def stones_owed(self, limit: int) -> list[Entry]:
        """Withdrawn before they were sent: a restored backup could still post them, until Odoo has their stone."""
        rows = self._db.rows(
            f"SELECT {COLUMNS} FROM outbox JOIN stone_owed USING (uuid) WHERE tries < {_STONE_TRIES}"
            " ORDER BY tries, seq LIMIT ?",
            (limit,),
        )
        return [entry_of(row) for row in rows]

    def _lined_up(self, rows: Iterable[Row]) -> list[Entry]:
        """The entries of these rows, among which is all that is unfinished: who waits for whom is seen of them alone.
        While those that were lined up are as they were, only new ones are."""
        entries = [entry_of(row) for row in rows]
        unfinished = sorted(
            (entry for entry in entries if entry.status in UNFINISHED), key=lambda entry: (entry.place, entry.seq)
        )
        with self._lining_up:
            before, line = self._line
            if unfinished[: len(before)] != before:
                before, line = [], Queue([])
            self._line = ([], Queue([]))  # whatever ends this, no one joins the line twice
            line.join(unfinished[len(before) :])
            self._line = (unfinished, line)
        return [line.entries.get(entry.uuid, entry) for entry in entries]

    def _placed(self, rows: Sequence[Row]) -> list[Entry]:
        """The entries of these rows, each unfinished one with what it waits for."""
        entries = [entry_of(row) for row in rows]
        if all(entry.status not in UNFINISHED for entry in entries):
            return entries
        behind = self._behind(max(entry.place for entry in entries))
        return [replace(entry, waiting_behind=behind.get(entry.uuid)) for entry in entries]

    def _behind(self, newest: int) -> dict[str, str | None]:
        """Who waits behind whom among those up to that place: only older ones can hold one up."""
        order = Order()
        rows = self._db.rows(
            f"SELECT uuid, footprint, released FROM outbox WHERE status IN ({UNFINISHED_IN_SQL})"
            f" AND coalesce(place, seq) <= ? ORDER BY {_IN_LINE}",
            (newest,),
        )
        return {uuid: order.add(uuid, Footprint.from_json(told), released=bool(let)) for uuid, told, let in rows}
