"""One transaction of the outbox moved inside a write: from where it stands, by the moves that are drawn, and told."""

from dataclasses import dataclass
from datetime import datetime

from sync.store import journal
from sync.store.database import Connection
from sync.store.entries import Decision, decision_of
from sync.store.values import from_json, json_of, moment_of, text_of
from sync.transaction import Status, Transaction, check_move, from_body

SETTLED, TAKEN_UP = "settled", "taken_up"
"""What the journal calls a choice that ended a card, and one after which it stays."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a transaction stands before it is moved."""

    uuid: str
    status: Status
    attempts: int
    first_sent_at: str | None
    first_attempt: int | None
    code: str
    wish: Decision | None


def standing(connection: Connection, uuid: str) -> Standing:
    sql = "SELECT status, attempts, first_sent_at, first_attempt, code, wish FROM outbox WHERE uuid = ?"
    status, attempts, first_sent_at, first_attempt, code, wish = connection.execute(sql, (uuid,)).fetchone()
    return Standing(uuid, Status(status), attempts, first_sent_at, first_attempt, code, decision_of(wish))


def move(connection: Connection, was: Standing, then: Status, **columns: object) -> None:
    """The one place where a status changes. Sending again what is in doubt is no move."""
    if not was.status is then is Status.SENDING:
        check_move(was.status, then)
    write(connection, was, status=then.value, **columns)


def write(connection: Connection, was: Standing, **columns: object) -> None:
    names = ", ".join(f"{name} = ?" for name in columns)
    connection.execute(f"UPDATE outbox SET {names} WHERE uuid = ?", (*columns.values(), was.uuid))


def send(connection: Connection, was: Standing, now: datetime) -> None:
    attempt: dict[str, object] = {}
    if was.first_sent_at is None:
        attempt = {"first_sent_at": text_of(now), "first_attempt": was.attempts + 1}
        journal.append(connection, "sending", was.uuid, at=now)
    move(connection, was, Status.SENDING, attempts=was.attempts + 1, not_before=None, **attempt)


def withdrawn(connection: Connection, was: Standing, person: str, now: datetime) -> None:
    move(connection, was, Status.WITHDRAWN, settled_at=text_of(now), not_before=None)
    journal.append(connection, "withdrawn", was.uuid, at=now, person=person)


def wished(connection: Connection, was: Standing, person: str, now: datetime) -> Status:
    write(connection, was, not_before=None, wish=json_of({"person": person, "at": text_of(now)}))
    journal.append(connection, "withdraw_wished", was.uuid, at=now, person=person)
    if was.status is not Status.REFUSED:
        return was.status
    move(connection, was, Status.QUEUED)
    return Status.QUEUED


def document(connection: Connection, uuid: str) -> str:
    """Odoo's name for what is done."""
    (told,) = connection.execute("SELECT outcome FROM outbox WHERE uuid = ?", (uuid,)).fetchone()
    return str(from_json(told)["picking_name"])


def origin(connection: Connection, uuid: str) -> tuple[str, int]:
    """The draft it was made of, and its place in the line."""
    draft, place = connection.execute(
        "SELECT draft, coalesce(place, seq) FROM outbox WHERE uuid = ?", (uuid,)
    ).fetchone()
    return str(draft), int(place)


def evidence_of(connection: Connection, uuid: str) -> set[str]:
    (body,) = connection.execute("SELECT body FROM outbox WHERE uuid = ?", (uuid,)).fetchone()
    return {id_ for line in from_body(body).lines for id_ in line.evidence}


def choice_of(connection: Connection, was: Standing) -> str:
    """How it was settled; empty while it is not."""
    told = said_of(connection, was.uuid, SETTLED)
    return told[-1] if told else "withdraw" if was.status is Status.WITHDRAWN else ""


def said_of(connection: Connection, uuid: str, event: str) -> list[str]:
    """The ways people took out of a card, oldest first."""
    rows = connection.execute("SELECT facts FROM journal WHERE subject = ? AND event = ? ORDER BY seq", (uuid, event))
    return [str(from_json(facts)["choice"]) for (facts,) in rows.fetchall()]


def is_there(connection: Connection, uuid: str) -> bool:
    return connection.execute("SELECT 1 FROM outbox WHERE uuid = ?", (uuid,)).fetchone() is not None


def queue(
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
