"""Who works at this device: names, roles, badges, and how often a PIN was wrong. Nobody is ever deleted."""

from dataclasses import dataclass
from datetime import datetime
from unicodedata import normalize

from sync import guesses
from sync.errors import WardstockError
from sync.store import journal
from sync.store.database import Connection, Database, Row
from sync.store.values import maybe_moment_of, moment_of, text_of

_COLUMNS = "name, role, badge, pin, wrong, wrong_at, added_at, removed_at"


@dataclass(frozen=True, slots=True)
class Colleague:
    """One row. `pin` is a hash, empty before one was chosen; `wrong` PINs came in a row, the last at `wrong_at`."""

    name: str
    role: str
    badge: str
    pin: str
    wrong: int
    wrong_at: datetime | None
    added_at: datetime
    removed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Try:
    """A try that counts already, against the hash `pin`; with `seconds` it is none: so long is to be waited.

    Should it be wrong, `left` more are free, or `next_seconds` are to be waited.
    """

    pin: str = ""
    seconds: int = 0
    left: int = 0
    next_seconds: int = 0


class Staff:
    """People by name (`folded`). Each change is in the journal with who made it, neither a PIN nor its hash ever is."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def everyone(self, *, removed: bool = False) -> list[Colleague]:
        """All who work here, by name; with `removed` also who did."""
        where = "" if removed else " WHERE removed_at IS NULL"
        return [_colleague(row) for row in self._db.rows(f"SELECT {_COLUMNS} FROM staff{where} ORDER BY folded")]

    def get(self, name: str) -> Colleague | None:
        """Also somebody who was removed."""
        row = self._db.row(f"SELECT {_COLUMNS} FROM staff WHERE folded = ?", (folded(name),))
        return _colleague(row) if row else None

    def by_badge(self, badge: str) -> Colleague | None:
        """Whose badge that is. An empty one is nobody's."""
        row = self._db.row(f"SELECT {_COLUMNS} FROM staff WHERE badge = ?", (badge,)) if badge else None
        return _colleague(row) if row else None

    def add(
        self, name: str, role: str, at: datetime, by: str, *, badge: str = "", pin: str = "", again: bool = False
    ) -> None:
        """Somebody new; with `again` somebody who was removed and is back.

        Raises WardstockError: person_without_name, person_exists, person_was_here, badge_taken.
        """
        clean = " ".join(normalize("NFC", name).split())
        if not clean or not clean.isprintable():
            raise WardstockError("person_without_name")
        with self._db.write() as connection:
            before = _find(connection, clean)
            if before and not before.removed_at:
                raise WardstockError("person_exists", name=before.name)
            if before and not again:
                raise WardstockError("person_was_here", name=before.name, removed_at=before.removed_at)
            _badge_free(connection, badge, clean)
            connection.execute(
                "INSERT INTO staff (name, folded, role, badge, pin, added_at) VALUES (?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (folded) DO UPDATE SET role = excluded.role, badge = excluded.badge,"
                " pin = excluded.pin, wrong = 0, wrong_at = NULL, removed_at = NULL",
                (clean, folded(clean), role, badge or None, pin, text_of(at)),
            )
            known = before.name if before else clean
            facts = {"role": role, "badge": bool(badge), "pin": bool(pin)}
            journal.append(connection, "person_added", known, at=at, person=by, **facts)

    def settle_role(self, name: str, role: str, at: datetime, by: str) -> None:
        """Raises WardstockError: person_unknown, last_supervisor."""
        with self._db.write() as connection:
            known = _working(connection, name)
            if known.role == "supervisor" != role:
                _not_the_last(connection, known)
            connection.execute("UPDATE staff SET role = ? WHERE folded = ?", (role, folded(name)))
            facts = {"before": known.role, "role": role}
            journal.append(connection, "person_role", known.name, at=at, person=by, **facts)

    def settle_badge(self, name: str, badge: str, at: datetime, by: str) -> None:
        """Another badge, or none. Raises WardstockError: person_unknown, badge_taken."""
        with self._db.write() as connection:
            known = _working(connection, name)
            _badge_free(connection, badge, known.name)
            connection.execute("UPDATE staff SET badge = ? WHERE folded = ?", (badge or None, folded(name)))
            journal.append(connection, "person_badge", known.name, at=at, person=by, badge=bool(badge))

    def settle_pin(self, name: str, pin: str, at: datetime, by: str) -> None:
        """Another hash; wrong tries are forgotten. Raises WardstockError("person_unknown")."""
        with self._db.write() as connection:
            known = _working(connection, name)
            sql = "UPDATE staff SET pin = ?, wrong = 0, wrong_at = NULL WHERE folded = ?"
            connection.execute(sql, (pin, folded(name)))
            journal.append(connection, "person_pin", known.name, at=at, person=by)

    def remove(self, name: str, at: datetime, by: str) -> None:
        """They work here no more; the name stays taken. Raises WardstockError: person_unknown, last_supervisor."""
        with self._db.write() as connection:
            known = _working(connection, name)
            if known.role == "supervisor":
                _not_the_last(connection, known)
            sql = "UPDATE staff SET removed_at = ?, badge = NULL, pin = '' WHERE folded = ?"
            connection.execute(sql, (text_of(at), folded(name)))
            journal.append(connection, "person_removed", known.name, at=at, person=by, role=known.role)

    def begin_try(self, name: str, now: datetime) -> Try:
        """Count a try as wrong before anybody looks at it, so that no crash gives one back.

        Raises WardstockError("person_unknown").
        """
        with self._db.write() as connection:
            known = _working(connection, name)
            if seconds := guesses.to_wait(known.wrong, known.wrong_at, now):
                if known.wrong_at and now < known.wrong_at:  # the clock was set back: waited again, from now
                    _count(connection, name, known.wrong, now)
                return Try(seconds=seconds)
            wrong = known.wrong + 1
            _count(connection, name, wrong, now)
            if known.wrong >= guesses.FREE_TRIES:
                journal.append(connection, "pin_tried_again", known.name, at=now, wrong=known.wrong)
        return Try(known.pin, 0, max(guesses.FREE_TRIES - wrong, 0), guesses.wait_after(wrong))

    def proved(self, name: str) -> None:
        """The PIN was right: earlier wrong ones are forgotten."""
        with self._db.write() as connection:
            connection.execute("UPDATE staff SET wrong = 0, wrong_at = NULL WHERE folded = ?", (folded(name),))


def _count(connection: Connection, name: str, wrong: int, now: datetime) -> None:
    sql = "UPDATE staff SET wrong = ?, wrong_at = ? WHERE folded = ?"
    connection.execute(sql, (wrong, text_of(now), folded(name)))


def _find(connection: Connection, name: str) -> Colleague | None:
    row = connection.execute(f"SELECT {_COLUMNS} FROM staff WHERE folded = ?", (folded(name),)).fetchone()
    return _colleague(row) if row else None


def _working(connection: Connection, name: str) -> Colleague:
    known = _find(connection, name)
    if known is None or known.removed_at:
        raise WardstockError("person_unknown", name=name)
    return known


def _badge_free(connection: Connection, badge: str, name: str) -> None:
    sql = "SELECT name FROM staff WHERE badge = ? AND folded <> ?"
    if badge and (row := connection.execute(sql, (badge, folded(name))).fetchone()):
        raise WardstockError("badge_taken", name=row[0])


def _not_the_last(connection: Connection, known: Colleague) -> None:
    """Without a supervisor nobody could manage people any more."""
    sql = "SELECT count(*) FROM staff WHERE role = 'supervisor' AND removed_at IS NULL AND pin <> '' AND folded <> ?"
    if connection.execute(sql, (folded(known.name),)).fetchone() == (0,):
        raise WardstockError("last_supervisor", name=known.name)


def folded(name: str) -> str:
    """What names are compared by: case, spaces and how an accent is written do not count."""
    return " ".join(normalize("NFKC", name).split()).casefold()


def _colleague(row: Row) -> Colleague:
    name, role, badge, pin, wrong, wrong_at, added_at, removed_at = row
    moments = (maybe_moment_of(wrong_at), moment_of(added_at), maybe_moment_of(removed_at))
    return Colleague(name, role, badge or "", pin, wrong, *moments)
