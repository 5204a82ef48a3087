"""Transactions waiting for Odoo, and what became of them. Nothing leaves this table, no body in it ever changes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from sync.errors import WardstockError
from sync.store import drafts, journal, photos, recounts
from sync.store.database import Connection, Database, Row
from sync.store.entries import COLUMNS, LEFT_IN_ODOO, Decision, Entry, Summary, decision_of, entry_of
from sync.store.order import Order
from sync.store.values import from_json, json_of, maybe_moment_of, moment_of, text_of
from sync.transaction import (
    UNFINISHED,
    Draft,
    Footprint,
    Outcome,
    Recount,
    Status,
    Transaction,
    check_move,
    from_body,
    to_body,
)

__all__ = ["LEFT_IN_ODOO", "TOO_LATE", "Decision", "Entry", "Outbox", "Queue", "Successor", "Summary"]

TOO_LATE = "withdraw_too_late"
"""Done, although somebody wanted it back: Odoo had it already."""

_UNFINISHED = ", ".join(f"'{status}'" for status in sorted(UNFINISHED))
_UNSENT = f"'{Status.QUEUED}', '{Status.SENDING}'"
_STONE_TRIES = 10
_IN_LINE = "coalesce(place, seq), seq"
_SETTLED, _TAKEN_UP = "settled", "taken_up"
"""What the journal calls a choice that ended a card, and one after which it stays."""


@dataclass(frozen=True, slots=True)
class Successor:
    """What takes the place of a refused transaction: new ones that name it, a draft to correct it in, shelves to count.

    `choice` is the way out a person chose (`sync.choices`). Nothing of it: the act is over.
    """

    choice: str
    transactions: Sequence[tuple[Transaction, Footprint]] = ()
    draft: Draft | None = None
    recounts: Sequence[Recount] = ()


class Queue:
    """All that was unfinished at one moment, lined up; what waits behind another comes free when that is settled."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._order = Order()
        self.entries = {entry.uuid: self._lined_up(entry) for entry in entries}

    def due(self, now: datetime) -> list[Entry]:
        """Those whose time has come and whose footprint meets no older unfinished one, oldest first."""
        return [entry for entry in self.entries.values() if entry.is_due(now)]

    def settle(self, uuid: str, now: datetime) -> list[Entry]:
        """It is done or withdrawn: those that are due now because of it."""
        freed = (replace(self.entries[one], waiting_behind=None) for one in self._order.settle(uuid))
        return [entry for entry in freed if entry.is_due(now)]

    def _lined_up(self, entry: Entry) -> Entry:
        behind = self._order.add(entry.uuid, entry.footprint, released=entry.released is not None)
        return replace(entry, waiting_behind=behind)


class Outbox:
    """The life of a transaction (design 4). Only the moves drawn in `sync.transaction` are possible."""

    def __init__(self, database: Database) -> None:
        self._db = database

    # ---------------------------------------------------------------- what a person decides

    def confirm(
        self,
        draft_uuid: str,
        confirmed: Sequence[tuple[Transaction, Footprint]],
        now: datetime,
        rest: Draft | None = None,
    ) -> None:
        """One durable transaction: the draft closes, its transactions are queued, the journal says so.

        `rest` is what of it stays open (ward 26): a draft of its own, with the scans it names.

        A transaction that is already there (a double tap) is not queued again. Raises WardstockError("draft_closed")
        when the draft was dropped meanwhile and something in `confirmed` is new.
        """
        rows = [(transaction, to_body(transaction), footprint.to_json()) for transaction, footprint in confirmed]
        with self._db.write() as connection:
            was_open = drafts.close(connection, draft_uuid)
            if was_open:
                photos.drop(connection, draft_uuid, {id_ for transaction, _, _ in rows for id_ in transaction.photos})
                if rest:
                    drafts.leave(connection, rest, draft_uuid)
            for transaction, body, footprint in rows:
                if _is_there(connection, transaction.uuid):
                    continue
                if not was_open:
                    raise WardstockError("draft_closed", uuid=draft_uuid)
                _queue(connection, draft_uuid, transaction, body, footprint, text_of(now))

    def withdraw(self, uuid: str, person: str, now: datetime) -> Status:
        """Take it back; answers where it is then. A second time is no error.

        What was never sent, or was refused, is `WITHDRAWN` at once. What Odoo may have stays as it is with that wish:
        the next pass finds out (design 4). Raises WardstockError("withdraw_too_late") for what is done.
        """
        with self._db.write() as connection:
            was = _stands(connection, uuid)
            if was.status is Status.DONE:
                raise WardstockError("withdraw_too_late", person=person, picking=_document(connection, uuid))
            if was.status is Status.WITHDRAWN or (was.wish and was.status is not Status.REFUSED):
                return was.status
            cleaned_up = was.status is Status.REFUSED and was.code != LEFT_IN_ODOO
            if cleaned_up or (was.status is Status.QUEUED and not was.first_sent_at):
                _withdrawn(connection, was, person, now)
                if not cleaned_up:
                    connection.execute("INSERT INTO stone_owed (uuid) VALUES (?)", (uuid,))
                return Status.WITHDRAWN
            return _wished(connection, was, person, now)

    def replace(self, uuid: str, successor: Successor, person: str, now: datetime) -> bool:
        """One durable transaction settles a refused one and queues what takes its place, where it stood in the line.

        What is done can only be corrected: it stays, and a draft or a transaction follows. False, and nothing is
        written, where the same was chosen before. Raises WardstockError("settled_already") where something else was.
        Its uuids are made of the old one's, so that a copy of this device settles the same way only once more.
        """
        made = [(one, to_body(one), footprint.to_json()) for one, footprint in successor.transactions]
        with self._db.write() as connection:
            was = _stands(connection, uuid)
            if earlier := _choice_of(connection, was):
                if earlier != successor.choice:
                    raise WardstockError("settled_already", uuid=uuid, choice=earlier)
                return False
            if was.status not in {Status.REFUSED, Status.DONE} or was.code == LEFT_IN_ODOO:
                raise WardstockError("not_refused", uuid=uuid)
            told = {"choice": successor.choice, "by": [one.uuid for one, _, _ in made]}
            journal.append(connection, _SETTLED, uuid, at=now, person=person, **told)
            if was.status is Status.REFUSED:
                _withdrawn(connection, was, person, now)
            draft, place = _origin(connection, uuid)
            for transaction, body, footprint in made:
                _queue(connection, draft, transaction, body, footprint, text_of(now), place)
            if successor.draft:
                drafts.begin(connection, successor.draft)
                drafts.take_along(connection, successor.draft.uuid, _evidence(connection, uuid))
            for recount in successor.recounts:
                recounts.doubt(connection, recount, uuid, now)
        return True

    def take_up(self, uuid: str, choice: str, person: str, now: datetime, wanted: Sequence[Recount] = ()) -> bool:
        """Somebody sees to what stands in the way, elsewhere: it stays refused until then. False: said before."""
        with self._db.write() as connection:
            if _stands(connection, uuid).status is not Status.REFUSED:
                raise WardstockError("not_refused", uuid=uuid)
            if choice in _said_of(connection, uuid, _TAKEN_UP):
                return False
            journal.append(connection, _TAKEN_UP, uuid, at=now, person=person, choice=choice)
            for recount in wanted:
                recounts.doubt(connection, recount, uuid, now)
        return True

    def release(self, uuid: str, person: str, now: datetime) -> None:
        """A supervisor lets it go although it waits behind another. A second time is no error.

        Raises WardstockError("not_waiting") for what waits for nobody.
        """
        entry = self.get(uuid)
        if entry is None or (entry.waiting_behind is None and entry.released is None):
            raise WardstockError("not_waiting", uuid=uuid)
        with self._db.write() as connection:
            told = json_of({"person": person, "at": text_of(now)})
            sql = f"UPDATE outbox SET released = ? WHERE uuid = ? AND released = '' AND status IN ({_UNFINISHED})"
            if connection.execute(sql, (told, uuid)).rowcount:
                journal.append(connection, "released", uuid, at=now, person=person, behind=entry.waiting_behind or "")

    def retry_now(self, uuid: str) -> None:
        """Do not wait for `not_before`; what is left in Odoo is tried again too."""
        with self._db.write() as connection:
            was = _stands(connection, uuid)
            if was.status in {Status.QUEUED, Status.SENDING}:
                _write(connection, was, not_before=None)
            elif was.code == LEFT_IN_ODOO and was.status is Status.REFUSED:
                _move(connection, was, Status.QUEUED, not_before=None)

    def retry_all(self) -> None:
        """Somebody asked for a pass: nothing waits for its time."""
        with self._db.write() as connection:
            connection.execute(f"UPDATE outbox SET not_before = NULL WHERE status IN ({_UNSENT})")

    # ---------------------------------------------------------------- what a pass finds out

    def begin(self, uuids: Iterable[str], now: datetime) -> frozenset[str]:
        """Those of them that go out now, all on disk as sending in one transaction before the first request.

        Left out is what somebody withdrew, or wishes to, since the caller looked.
        """
        with self._db.write() as connection:
            standing = [_stands(connection, uuid) for uuid in uuids]
            going = [was for was in standing if was.status in {Status.QUEUED, Status.SENDING} and not was.wish]
            for was in going:
                _send(connection, was, now)
        return frozenset(was.uuid for was in going)

    def mark_sending(self, uuid: str, now: datetime) -> None:
        """On disk before the first request goes out: from here on we do not know, whatever happens to us."""
        with self._db.write() as connection:
            _send(connection, _stands(connection, uuid), now)

    def mark_done(self, uuid: str, outcome: Outcome, now: datetime) -> None:
        """Posted and read back. `outcome.differs` are listed, never posted again. Who wanted it back came too late.

        It does not wait for the disk: after a power cut it may be `SENDING` again, and the next pass finds it done.
        """
        told = asdict(outcome)
        with self._db.write(durable=False) as connection:
            was = _stands(connection, uuid)
            late = {"person": was.wish.person, "picking": outcome.picking_name} if was.wish else {}
            why = {"code": TOO_LATE if late else "", "facts": json_of(late)}
            settled = {"settled_at": text_of(now), "outcome": json_of(told), "not_before": None}
            _move(connection, was, Status.DONE, **settled, **why)
            journal.append(connection, "done", uuid, at=now, picking=outcome.picking_name, outcome=told)
            recounts.after(connection, uuid, outcome, now)
            if late:
                journal.append(connection, TOO_LATE, uuid, at=now, **late)

    def mark_refused(self, uuid: str, code: str, facts: Mapping[str, object], now: datetime) -> None:
        """Odoo said no and the document is cleaned up. A person settles it, or has already; what meets it waits."""
        with self._db.write() as connection:
            was = _stands(connection, uuid)
            why = {"code": code, "facts": json_of(facts)}
            _move(connection, was, Status.REFUSED, not_before=None, **why)
            journal.append(connection, "refused", uuid, at=now, code=code, facts=dict(facts))
            if was.wish and code != LEFT_IN_ODOO:
                _withdrawn(connection, replace(was, status=Status.REFUSED), was.wish.person, now)

    def mark_withdrawn(self, uuid: str, now: datetime) -> None:
        """What somebody wished is so: nothing of it is left in Odoo, and its uuid can never be posted again."""
        with self._db.write() as connection:
            was = _stands(connection, uuid)
            if was.wish is None:
                raise ValueError("nobody wished it back")
            _withdrawn(connection, was, was.wish.person, now)

    def mark_unknown(
        self, uuid: str, not_before: datetime, code: str, facts: Mapping[str, object], now: datetime
    ) -> None:
        """Nobody knows whether Odoo did it: it stays sending, and the same posting runs again (design 4)."""
        with self._db.write() as connection:
            was, why = _stands(connection, uuid), {"code": code, "facts": json_of(facts)}
            if was.status is not Status.SENDING:
                raise ValueError(f"nothing is unknown of a transaction that is {was.status}")
            _move(connection, was, Status.SENDING, not_before=text_of(not_before), **why)
            if code != was.code:  # days without a server must not fill the journal
                journal.append(connection, "unknown", uuid, at=now, code=code, facts=dict(facts))

    def mark_not_reached(self, uuid: str, not_before: datetime, now: datetime) -> None:
        """Surely nothing of this attempt arrived. If no earlier attempt can have arrived either, it was never sent."""
        with self._db.write() as connection:
            was = _stands(connection, uuid)
            never = was.first_attempt == was.attempts
            unsent = {"first_sent_at": None, "first_attempt": None} if never else {}
            _move(connection, was, Status.QUEUED, not_before=text_of(not_before), code="unreachable", **unsent)
            if was.code != "unreachable":
                journal.append(connection, "not_reached", uuid, at=now, ever_sent=not never)

    # ---------------------------------------------------------------- questions

    def queue(self) -> Queue:
        """All that is unfinished, oldest first."""
        rows = self._db.rows(f"SELECT {COLUMNS} FROM outbox WHERE status IN ({_UNFINISHED}) ORDER BY {_IN_LINE}")
        return Queue(entry_of(row) for row in rows)

    def due(self, now: datetime) -> list[Entry]:
        """Those whose time has come and whose footprint meets no older unfinished one, oldest first."""
        return self.queue().due(now)

    def wishes(self, now: datetime) -> list[Entry]:
        """Those somebody wants back although Odoo may have them, as far as their time has come."""
        rows = self._db.rows(f"SELECT {COLUMNS} FROM outbox WHERE status IN ({_UNSENT}) AND wish <> '' ORDER BY seq")
        return [entry for entry in map(entry_of, rows) if entry.time_has_come(now)]

    def soonest(self, now: datetime) -> datetime | None:
        """When the next one that waits for its time may go; None where none does."""
        sql = f"SELECT min(not_before) FROM outbox WHERE status IN ({_UNSENT}) AND not_before > ?"
        row = self._db.row(sql, (text_of(now),))
        return maybe_moment_of(row[0]) if row else None

    def get(self, uuid: str) -> Entry | None:
        return next(iter(self.of([uuid])), None)

    def of(self, uuids: Iterable[str]) -> list[Entry]:
        """These, in that order; unknown ones are left out."""
        rows = (self._db.row(f"SELECT {COLUMNS} FROM outbox WHERE uuid = ?", (uuid,)) for uuid in uuids)
        return self._placed([row for row in rows if row])

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
            f"SELECT {COLUMNS} FROM outbox WHERE status IN ({_UNFINISHED})"
            " OR seq > (SELECT max(seq) FROM outbox) - ? ORDER BY seq DESC",
            (newest,),
        )
        return self._placed(rows)

    def acting_since(self, settled_at: datetime | None) -> list[str]:
        """Uuids of what Odoo's figures of that moment cannot contain: unfinished, or done after it; oldest first.

        Refused work counts: what happened on the ward has happened. Without a moment only what is unfinished.
        """
        since = text_of(settled_at) if settled_at else None
        rows = self._db.rows(
            f"SELECT seq, uuid FROM outbox WHERE status IN ({_UNFINISHED})"
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
            f"SELECT coalesce(sum(status IN ({_UNSENT})), 0), coalesce(sum(status = '{Status.REFUSED}'), 0),"
            f" min(CASE WHEN status IN ({_UNSENT}) THEN queued_at END),"
            f" coalesce(sum(status = '{Status.DONE}' AND settled_at >= ? AND settled_at < ?), 0) FROM outbox",
            (text_of(day_begins), text_of(day_ends)),
        )
        unsent, refused, oldest, done = row or (0, 0, None, 0)
        return Summary(unsent, refused, maybe_moment_of(oldest), done)

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
            f"SELECT uuid, footprint, released FROM outbox WHERE status IN ({_UNFINISHED})"
            f" AND coalesce(place, seq) <= ? ORDER BY {_IN_LINE}",
            (newest,),
        )
        return {uuid: order.add(uuid, Footprint.from_json(told), released=bool(let)) for uuid, told, let in rows}

    # ---------------------------------------------------------------- stones

    def stones_owed(self, limit: int) -> list[Entry]:
        """Withdrawn before they were sent: a restored backup could still post them, until Odoo has their stone."""
        rows = self._db.rows(
            f"SELECT {COLUMNS} FROM outbox JOIN stone_owed USING (uuid) WHERE tries < {_STONE_TRIES}"
            " ORDER BY tries, seq LIMIT ?",
            (limit,),
        )
        return [entry_of(row) for row in rows]

    def stone_tried(self, uuid: str) -> None:
        """Odoo would not take it this time; after some tries it is let be."""
        with self._db.write() as connection:
            connection.execute("UPDATE stone_owed SET tries = tries + 1 WHERE uuid = ?", (uuid,))

    def stone_laid(self, uuid: str, now: datetime, posted_as: str = "") -> None:
        """No copy can post it any more; `posted_as` names the document where one had done so already."""
        with self._db.write() as connection:
            if connection.execute("DELETE FROM stone_owed WHERE uuid = ?", (uuid,)).rowcount:
                event, facts = ("posted_by_copy", {"picking": posted_as}) if posted_as else ("stone_laid", {})
                journal.append(connection, event, uuid, at=now, **facts)


@dataclass(frozen=True, slots=True)
class _Standing:
    uuid: str
    status: Status
    attempts: int
    first_sent_at: str | None
    first_attempt: int | None
    code: str
    wish: Decision | None


def _stands(connection: Connection, uuid: str) -> _Standing:
    sql = "SELECT status, attempts, first_sent_at, first_attempt, code, wish FROM outbox WHERE uuid = ?"
    status, attempts, first_sent_at, first_attempt, code, wish = connection.execute(sql, (uuid,)).fetchone()
    return _Standing(uuid, Status(status), attempts, first_sent_at, first_attempt, code, decision_of(wish))


def _move(connection: Connection, was: _Standing, then: Status, **columns: object) -> None:
    """The one place where a status changes. Sending again what is in doubt is no move."""
    if not was.status is then is Status.SENDING:
        check_move(was.status, then)
    _write(connection, was, status=then.value, **columns)


def _write(connection: Connection, was: _Standing, **columns: object) -> None:
    names = ", ".join(f"{name} = ?" for name in columns)
    connection.execute(f"UPDATE outbox SET {names} WHERE uuid = ?", (*columns.values(), was.uuid))


def _send(connection: Connection, was: _Standing, now: datetime) -> None:
    attempt: dict[str, object] = {}
    if was.first_sent_at is None:
        attempt = {"first_sent_at": text_of(now), "first_attempt": was.attempts + 1}
        journal.append(connection, "sending", was.uuid, at=now)
    _move(connection, was, Status.SENDING, attempts=was.attempts + 1, not_before=None, **attempt)


def _withdrawn(connection: Connection, was: _Standing, person: str, now: datetime) -> None:
    _move(connection, was, Status.WITHDRAWN, settled_at=text_of(now), not_before=None)
    journal.append(connection, "withdrawn", was.uuid, at=now, person=person)


def _wished(connection: Connection, was: _Standing, person: str, now: datetime) -> Status:
    _write(connection, was, not_before=None, wish=json_of({"person": person, "at": text_of(now)}))
    journal.append(connection, "withdraw_wished", was.uuid, at=now, person=person)
    if was.status is not Status.REFUSED:
        return was.status
    _move(connection, was, Status.QUEUED)
    return Status.QUEUED


def _document(connection: Connection, uuid: str) -> str:
    """Odoo's name for what is done."""
    (told,) = connection.execute("SELECT outcome FROM outbox WHERE uuid = ?", (uuid,)).fetchone()
    return str(from_json(told)["picking_name"])


def _origin(connection: Connection, uuid: str) -> tuple[str, int]:
    """The draft it was made of, and its place in the line."""
    draft, place = connection.execute(
        "SELECT draft, coalesce(place, seq) FROM outbox WHERE uuid = ?", (uuid,)
    ).fetchone()
    return str(draft), int(place)


def _evidence(connection: Connection, uuid: str) -> set[str]:
    (body,) = connection.execute("SELECT body FROM outbox WHERE uuid = ?", (uuid,)).fetchone()
    return {id_ for line in from_body(body).lines for id_ in line.evidence}


def _choice_of(connection: Connection, was: _Standing) -> str:
    """How it was settled; empty while it is not."""
    told = _said_of(connection, was.uuid, _SETTLED)
    return told[-1] if told else "withdraw" if was.status is Status.WITHDRAWN else ""


def _said_of(connection: Connection, uuid: str, event: str) -> list[str]:
    """The ways people took out of a card, oldest first."""
    rows = connection.execute("SELECT facts FROM journal WHERE subject = ? AND event = ? ORDER BY seq", (uuid, event))
    return [str(from_json(facts)["choice"]) for (facts,) in rows.fetchall()]


def _is_there(connection: Connection, uuid: str) -> bool:
    return connection.execute("SELECT 1 FROM outbox WHERE uuid = ?", (uuid,)).fetchone() is not None


def _queue(
    connection: Connection,
    draft: str,
    transaction: Transaction,
    body: str,
    footprint: str,
    queued_at: str,
    place: int | None = None,
) -> None:
    head = journal.append(
        connection,
        "confirmed",
        transaction.uuid,
        at=moment_of(queued_at),
        person=transaction.person,
        draft=draft,
        reference=transaction.reference,
        body=journal.digest(body),
    )
    connection.execute(
        "INSERT INTO outbox (uuid, draft, reference, body, footprint, journal_head, queued_at, status, place)"
        f" VALUES (?, ?, ?, ?, ?, ?, ?, '{Status.QUEUED}', ?)",
        (transaction.uuid, draft, transaction.reference, body, footprint, head, queued_at, place),
    )
