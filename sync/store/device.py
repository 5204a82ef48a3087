"""What this device knows of itself: its name, the Odoo it belongs to, its clock, its last passes."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

from sync.clock import Offset, absurd
from sync.errors import WardstockError
from sync.store import catalogue_pull, holds, journal
from sync.store.database import Connection, Database
from sync.store.values import from_json, json_of, maybe_moment_of, moment_of, text_of
from sync.transaction import UNFINISHED, Moment


@dataclass(frozen=True, slots=True)
class Enrolment:
    """The Odoo this device belongs to. `capabilities` are plain values found there (rights, guard probe).

    `timezone` is the site's, by its IANA name, empty for UTC: days of expiry are its days (design 13.4).
    """

    url: str
    database: str
    login: str
    uid: int
    company_id: int
    enrolled_at: datetime
    company_name: str = ""
    user_name: str = ""
    person: str = ""
    server_version: str = ""
    timezone: str = ""
    capabilities: Mapping[str, Any] = field(default_factory=dict)
    role: str = "storekeeper"
    location_ids: tuple[int, ...] = ()
    """The places this device serves, each with what is below; none: all of the company."""
    fetched_ids: tuple[int, ...] | None = None
    """The places served before others were chosen, until those are fetched: stock of others is not known yet."""


@dataclass(frozen=True, slots=True)
class Pass:
    """The last push or pull. `code` is empty when it ended well; else it and `facts` say what stopped it."""

    tried_at: datetime
    succeeded_at: datetime | None
    code: str
    facts: Mapping[str, Any]


class Device:
    """Facts about the device, in its own encrypted file."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def id(self) -> str:
        """Minted with the file; a clone of the file has the same."""
        return str(self._value("device_id"))

    def name(self) -> str:
        """Short, as it stands in references and the journal."""
        return str(self._value("name"))

    def rename(self, name: str) -> None:
        with self._db.write() as connection:
            connection.execute("UPDATE device SET name = ?", (name,))

    def next_reference(self) -> str:
        """A number for people: "WS-7F3A21/000123". Never given twice by one file."""
        with self._db.write() as connection:
            sql = "UPDATE device SET last_number = last_number + 1 RETURNING name, last_number"
            name, number = connection.execute(sql).fetchone()
            return f"{name}/{number:06d}"

    def enrolment(self) -> Enrolment | None:
        text = self._value("enrolment")
        if not text:
            return None
        raw = from_json(text)
        fetched = raw.get("fetched_ids")
        known = {
            "enrolled_at": moment_of(raw["enrolled_at"]),
            "location_ids": tuple(raw.get("location_ids", ())),
            "fetched_ids": None if fetched is None else tuple(fetched),
        }
        return Enrolment(**{**raw, **known})

    def odoo_key(self) -> str | None:
        """The API key. It is in this encrypted file and nowhere else; never log or print it."""
        key = self._value("odoo_key")
        return None if key is None else str(key)

    def refuse_to_leave(self, url: str, database: str) -> None:
        """Raises WardstockError("enrol_while_unsent") when moving there would orphan unsent work; asks nobody there.

        The company is known only once somebody there was asked: `enrol` looks at that.
        """
        with self._db.one_moment():
            before = self.enrolment()
            if before and (before.url, before.database) != (url, database):
                _refuse_while_unsent(self._db.connection, "enrol_while_unsent")

    def enrol(self, enrolment: Enrolment, odoo_key: str, *, narrower: bool = False) -> None:
        """Belong to that Odoo. Another address, database or company drops the old key and catalogue.

        `narrower`: at the same Odoo, it serves some place no more. Raises WardstockError when that would orphan work
        (unsent, refused, or an open draft): enrol_while_unsent, places_while_unsent.
        """
        told = json_of({**asdict(enrolment), "enrolled_at": text_of(enrolment.enrolled_at)})
        with self._db.write() as connection:
            (before,) = connection.execute("SELECT enrolment FROM device").fetchone()
            if before and _home(from_json(before)) == _home(asdict(enrolment)):
                if narrower:
                    _refuse_while_unsent(connection, "places_while_unsent")
                told = json_of({**from_json(told), "fetched_ids": _fetched(from_json(before), enrolment.location_ids)})
            elif before:
                _refuse_while_unsent(connection, "enrol_while_unsent")
                catalogue_pull.forget(connection)
                holds.forget_ids(connection)
                # Whose stones are owed there, is nobody's business here; what was told was told of another Odoo.
                for table in ("pass", "stone_owed", "told", "taught_code"):
                    connection.execute(f"DELETE FROM {table}")
            connection.execute("UPDATE device SET enrolment = ?, odoo_key = ?", (told, odoo_key))
            facts = {"url": enrolment.url, "database": enrolment.database, "login": enrolment.login}
            at, person = enrolment.enrolled_at, enrolment.person
            journal.append(
                connection, "enrolled", self.id(), at=at, person=person, company=enrolment.company_id, **facts
            )

    def serve(self, location_ids: tuple[int, ...], at: datetime, by: str, *, narrower: bool) -> None:
        """Serve these places from now on, none: all of the company. Work that waits goes on as it is.

        Their stock is known after the next pull. `narrower`: some place is served no more; while work is unsent,
        refused or open here, that raises WardstockError("places_while_unsent").
        """
        with self._db.write() as connection:
            if narrower:
                _refuse_while_unsent(connection, "places_while_unsent")
            (text,) = connection.execute("SELECT enrolment FROM device").fetchone()
            before = from_json(text)
            told = {**before, "location_ids": location_ids, "fetched_ids": _fetched(before, location_ids)}
            connection.execute("UPDATE device SET enrolment = ?", (json_of(told),))
            facts = {"before": before.get("location_ids", ()), "places": location_ids}
            journal.append(connection, "places_chosen", self.id(), at=at, person=by, **facts)

    def fetched(self, location_ids: tuple[int, ...]) -> None:
        """A pull of these places has ended: their stock is known."""
        enrolment = self.enrolment()
        if enrolment is None or enrolment.fetched_ids is None:
            return
        with self._db.write() as connection:
            (text,) = connection.execute("SELECT enrolment FROM device").fetchone()
            before = from_json(text)
            if tuple(before["location_ids"]) == location_ids:  # others may have been chosen since it was looked at
                connection.execute("UPDATE device SET enrolment = ?", (json_of({**before, "fetched_ids": None}),))

    def open_work(self) -> tuple[int, int]:
        """How many transactions are unsent or refused, and how many drafts are open: what still needs its places."""
        with self._db.one_moment():
            return _open_work(self._db.connection)

    def settle_zone(self, timezone: str) -> None:
        """The site's policy names another time zone than before: from now on days of expiry are days of that one."""
        with self._db.write() as connection:
            (before,) = connection.execute("SELECT enrolment FROM device").fetchone()
            told = json_of({**from_json(before), "timezone": timezone})
            connection.execute("UPDATE device SET enrolment = ?", (told,))

    def settle_version(self, server_version: str, capabilities: Mapping[str, Any]) -> None:
        """Another version of Odoo answers there than when the device enrolled."""
        with self._db.write() as connection:
            (before,) = connection.execute("SELECT enrolment FROM device").fetchone()
            known = {"server_version": server_version, "capabilities": capabilities}
            connection.execute("UPDATE device SET enrolment = ?", (json_of({**from_json(before), **known}),))

    def key_ends_at(self) -> datetime | None:
        """When the first of the user's keys ends, as Odoo last told; None where none does."""
        enrolment = self.enrolment()
        return maybe_moment_of(enrolment.capabilities.get("key_expires_at")) if enrolment else None

    def settle_key_end(self, ends_at: datetime | None) -> None:
        """Odoo was asked when the user's keys end."""
        with self._db.write() as connection:
            (text,) = connection.execute("SELECT enrolment FROM device").fetchone()
            before = from_json(text)
            known = {**before["capabilities"], "key_expires_at": text_of(ends_at) if ends_at else None}
            connection.execute("UPDATE device SET enrolment = ?", (json_of({**before, "capabilities": known}),))

    def renew_key(self, odoo_key: str, now: datetime) -> None:
        """`wardstock key set`: also with unsent work (design 8). Only that it happened is written down."""
        with self._db.write() as connection:
            connection.execute("UPDATE device SET odoo_key = ?", (odoo_key,))
            connection.execute("DELETE FROM told WHERE code LIKE 'key_%'")
            journal.append(connection, "key_renewed", self.id(), at=now)

    def key_moved(self, place: str, now: datetime) -> None:
        """The key of this file is kept elsewhere from now on. Only where is written down."""
        with self._db.write() as connection:
            journal.append(connection, "key_moved", self.id(), at=now, place=place)

    def passed(self, kind: str, now: datetime, code: str = "", facts: Mapping[str, object] | None = None) -> None:
        """Remember how a `push` or `pull` ended; an empty code is a success."""
        with self._db.write() as connection:
            connection.execute(
                "INSERT INTO pass (kind, tried_at, succeeded_at, code, facts) VALUES (?1, ?2, ?3, ?4, ?5)"
                " ON CONFLICT (kind) DO UPDATE SET tried_at = ?2, succeeded_at = coalesce(?3, succeeded_at),"
                " code = ?4, facts = ?5",
                (kind, text_of(now), None if code else text_of(now), code, json_of(facts or {})),
            )

    def last_pass(self, kind: str) -> Pass | None:
        row = self._db.row("SELECT tried_at, succeeded_at, code, facts FROM pass WHERE kind = ?", (kind,))
        return Pass(moment_of(row[0]), maybe_moment_of(row[1]), row[2], from_json(row[3])) if row else None

    def last_push_at(self) -> datetime | None:
        """When a push last ended well, UTC."""
        return self._succeeded_at("push")

    def last_pull_at(self) -> datetime | None:
        """When a pull last ended well, UTC."""
        return self._succeeded_at("pull")

    def measured(self, moment: Moment, at: datetime) -> bool:
        """At that moment of this device the server said it was `at`. False: that is not believed (design 13.4).

        A time no server can have told leaves the boot unsure; one that leaps within a boot must be told for a while.
        """
        measured = at.timestamp() - moment.monotonic
        with self._db.write() as connection:
            known = _offset(connection, moment.boot_id)
            if known is None and absurd(at, moment.wall, _last_known(connection)):
                return False
            now = known.after(measured, moment.monotonic) if known else Offset(measured)
            believed_at = datetime.fromtimestamp(now.seconds + moment.monotonic, UTC)
            connection.execute(
                "INSERT OR REPLACE INTO clock"
                " (boot_id, offset_seconds, measured_at, server_at, other_seconds, other_since)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (moment.boot_id, now.seconds, text_of(moment.wall), text_of(believed_at), now.other, now.since),
            )
        return now.other is None

    def server_time(self, moment: Moment) -> datetime | None:
        """When that was by the server's clock; None when this device was never online in that boot: time unsure."""
        row = self._db.row("SELECT offset_seconds FROM clock WHERE boot_id = ?", (moment.boot_id,))
        return datetime.fromtimestamp(row[0] + moment.monotonic, UTC) if row else None

    def tell_once(self, code: str, about: str) -> bool:
        """Whether a person should hear this now: True the first time, and when it is about something else."""
        if self._db.row("SELECT about FROM told WHERE code = ?", (code,)) == (about,):
            return False
        with self._db.write() as connection:
            connection.execute("INSERT OR REPLACE INTO told (code, about) VALUES (?, ?)", (code, about))
        return True

    def over(self, code: str) -> None:
        """What was told is so no more: the next time it is told again."""
        if self._db.row("SELECT 1 FROM told WHERE code = ?", (code,)):
            with self._db.write() as connection:
                connection.execute("DELETE FROM told WHERE code = ?", (code,))

    def scanner(self, source: str) -> Mapping[str, Any] | None:
        """What was kept of the scanner of that source ("wedge", "serial"); None where nothing is known of it."""
        row = self._db.row("SELECT record FROM scanner WHERE source = ?", (source,))
        return from_json(row[0]) if row else None

    def keep_scanner(self, source: str, record: Mapping[str, object]) -> None:
        """This is known of it from now on, in place of what was."""
        with self._db.write() as connection:
            connection.execute("INSERT OR REPLACE INTO scanner VALUES (?, ?)", (source, json_of(record)))

    def forget_scanner(self, source: str) -> None:
        """Nothing is known of it any more: another one is used."""
        with self._db.write() as connection:
            connection.execute("DELETE FROM scanner WHERE source = ?", (source,))

    def _value(self, column: str) -> Any:
        row = self._db.row(f"SELECT {column} FROM device")
        return row[0] if row else None

    def _succeeded_at(self, kind: str) -> datetime | None:
        last = self.last_pass(kind)
        return last.succeeded_at if last else None


def _offset(connection: Connection, boot_id: str) -> Offset | None:
    sql = "SELECT offset_seconds, other_seconds, other_since FROM clock WHERE boot_id = ?"
    row = connection.execute(sql, (boot_id,)).fetchone()
    return Offset(*row) if row else None


def _last_known(connection: Connection) -> datetime | None:
    (last,) = connection.execute("SELECT max(server_at) FROM clock").fetchone()
    return maybe_moment_of(last)


def _home(raw: Mapping[str, Any]) -> tuple[str, str, int]:
    return raw["url"], raw["database"], raw["company_id"]


def _fetched(before: Mapping[str, Any], location_ids: tuple[int, ...]) -> tuple[int, ...] | None:
    """What was fetched so far, while the places chosen now are others."""
    so_far = before.get("fetched_ids")
    known = tuple(before.get("location_ids", ()) if so_far is None else so_far)
    return None if known == location_ids else known


def _refuse_while_unsent(connection: Connection, code: str) -> None:
    # What is refused would hold back, and be corrected by, work on documents of the same ids in the other Odoo.
    unsent, drafts = _open_work(connection)
    if unsent or drafts:
        raise WardstockError(code, unsent=unsent, drafts=drafts)


def _open_work(connection: Connection) -> tuple[int, int]:
    unsettled = ", ".join(f"'{status}'" for status in sorted(UNFINISHED))
    (unsent,) = connection.execute(f"SELECT count(*) FROM outbox WHERE status IN ({unsettled})").fetchone()
    (drafts,) = connection.execute("SELECT count(*) FROM draft").fetchone()
    return unsent, drafts
