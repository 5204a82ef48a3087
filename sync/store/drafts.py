"""Open jobs and the evidence of their scans. What the screen acknowledged is on disk."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sync.errors import WardstockError
from sync.stock import Evidence
from sync.store import journal, photos
from sync.store.database import Connection, Database, Row
from sync.store.values import moment_of, text_of
from sync.transaction import Draft

MEANINGLESS = "meaningless"
"""Verdict of a text that meant nothing: dropped when its draft closes (design 7)."""

_DRAFT = "uuid, job, state, person, title, opened_at, changed_at, document"
_SERIAL_SEEN = """
SELECT DISTINCT parse ->> 'gtin' FROM evidence
WHERE CASE WHEN json_valid(parse) THEN parse ->> 'serial' END = ?
    AND scanned_at >= ? AND draft <> ? AND parse ->> 'gtin' IS NOT NULL
    AND (EXISTS (SELECT 1 FROM draft WHERE draft.uuid = evidence.draft AND instr(draft.state, evidence.id))
        OR EXISTS (SELECT 1 FROM draft_line WHERE draft_line.draft = evidence.draft
            AND instr(draft_line.state, evidence.id))
        OR EXISTS (SELECT 1 FROM outbox WHERE outbox.draft = evidence.draft AND instr(outbox.body, evidence.id)
            AND outbox.status <> 'withdrawn'))
"""
_EVIDENCE = "id, data, text, symbology, source, device, scanned_at, parser_version, parse, verdict"


class Drafts:
    """Drafts by the uuid minted when they opened (design 13.1)."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def open(self, draft: Draft, evidence: Sequence[Evidence] = ()) -> None:
        """Keep a new draft, with the scan that opened it."""
        with self._db.write() as connection:
            begin(connection, draft)
            _keep(connection, draft.uuid, evidence)

    def save(self, draft: Draft, evidence: Sequence[Evidence] = (), gone: Iterable[int] = ()) -> None:
        """Raw scans, lines and step in one transaction (design 3). A scan saved again only changes its verdict.

        `draft.lines` are the new and changed ones, `gone` the numbers of those taken back; the others stay as they are.
        Raises WardstockError("draft_closed") when the draft was confirmed or dropped meanwhile.
        """
        with self._db.write() as connection:
            changed = connection.execute(
                "UPDATE draft SET state = ?, person = ?, title = ?, changed_at = ?, document = ? WHERE uuid = ?",
                (draft.state, draft.person, draft.title, text_of(draft.changed_at), draft.document, draft.uuid),
            )
            if changed.rowcount == 0:
                raise WardstockError("draft_closed", uuid=draft.uuid)
            _write(connection, draft.uuid, draft.lines)
            connection.executemany(
                "DELETE FROM draft_line WHERE draft = ? AND number = ?", [(draft.uuid, number) for number in gone]
            )
            _keep(connection, draft.uuid, evidence)

    def take_over(self, uuid: str, person: str, now: datetime) -> None:
        """Another person goes on with it; both stand in the journal. A draft that is not open is left as it is."""
        with self._db.write() as connection:
            row = connection.execute("SELECT person FROM draft WHERE uuid = ?", (uuid,)).fetchone()
            if row and row[0] != person:
                connection.execute("UPDATE draft SET person = ? WHERE uuid = ?", (person, uuid))
                journal.append(connection, "taken_over", uuid, at=now, person=person, before=row[0])

    def get(self, uuid: str) -> Draft | None:
        row = self._db.row(f"SELECT {_DRAFT} FROM draft WHERE uuid = ?", (uuid,))
        return self._whole(_draft(row)) if row else None

    def open_drafts(self, person: str | None = None) -> list[Draft]:
        """Everybody's or one person's, last changed first."""
        rows = self._db.rows(
            f"SELECT {_DRAFT} FROM draft WHERE ? IS NULL OR person = ? ORDER BY changed_at DESC", (person, person)
        )
        return [self._whole(_draft(row)) for row in rows]

    def _whole(self, draft: Draft) -> Draft:
        """With its lines."""
        rows = self._db.rows("SELECT number, state FROM draft_line WHERE draft = ? ORDER BY number", (draft.uuid,))
        return replace(draft, lines=dict(rows))

    def of_job(self, job: str) -> list[Draft]:
        """Open drafts of one kind of job, oldest first."""
        rows = self._db.rows(f"SELECT {_DRAFT} FROM draft WHERE job = ? ORDER BY opened_at, uuid", (job,))
        return [self._whole(_draft(row)) for row in rows]

    def drop(self, uuid: str, person: str, now: datetime) -> None:
        """Close a draft without confirming it. A draft that is not open is left as it is."""
        with self._db.write() as connection:
            if close(connection, uuid):
                photos.drop(connection, uuid)
                journal.append(connection, "dropped", uuid, at=now, person=person)

    def evidence(self, draft_uuid: str) -> list[Evidence]:
        """All scans kept of a draft, open or closed, in the order they came."""
        rows = self._db.rows(f"SELECT {_EVIDENCE} FROM evidence WHERE draft = ? ORDER BY seq", (draft_uuid,))
        return [_evidence(row) for row in rows]

    def evidence_of(self, ids: Iterable[str]) -> list[Evidence]:
        """The scans a line of a body refers to; unknown ids are left out."""
        rows = (self._db.row(f"SELECT {_EVIDENCE} FROM evidence WHERE id = ?", (id_,)) for id_ in ids)
        return [_evidence(row) for row in rows if row]

    def gtins_with_serial(self, serial: str, since: datetime, *, except_draft: str) -> list[str]:
        """GTINs of packs with this serial on a line of another draft, open or confirmed and not withdrawn (ward 15).

        `parse` of the evidence is asked for `serial` and `gtin`.
        """
        rows = self._db.rows(_SERIAL_SEEN, (serial, text_of(since), except_draft))
        return [gtin for (gtin,) in rows]


def begin(connection: Connection, draft: Draft) -> None:
    """Inside the caller's transaction, keep a new draft."""
    connection.execute(f"INSERT INTO draft ({_DRAFT}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", _row(draft))
    _write(connection, draft.uuid, draft.lines)
    facts = {"job": draft.job, "title": draft.title, "document": draft.document}
    journal.append(connection, "opened", draft.uuid, at=draft.opened_at, person=draft.person, **facts)


def close(connection: Connection, uuid: str) -> bool:
    """Inside the caller's transaction, take a draft away with the texts that meant nothing. False: it was not open."""
    connection.execute("DELETE FROM evidence WHERE draft = ? AND verdict = ?", (uuid, MEANINGLESS))
    connection.execute("DELETE FROM draft_line WHERE draft = ?", (uuid,))
    return connection.execute("DELETE FROM draft WHERE uuid = ?", (uuid,)).rowcount > 0  # type: ignore[no-any-return]  # untyped driver


def leave(connection: Connection, draft: Draft, before: str) -> None:
    """Inside the caller's transaction, what a job leaves open becomes a draft, with the scans its state names."""
    begin(connection, draft)
    told = draft.state + "".join(draft.lines.values())
    ids = connection.execute("SELECT id FROM evidence WHERE draft = ? AND instr(?, id)", (before, told))
    take_along(connection, draft.uuid, [id_ for (id_,) in ids.fetchall()])


def take_along(connection: Connection, draft_uuid: str, evidence: Iterable[str]) -> None:
    """Inside the caller's transaction: these scans belong to this draft now, which corrects what they were for."""
    rows = [(draft_uuid, id_) for id_ in evidence]
    connection.executemany("UPDATE evidence SET draft = ? WHERE id = ?", rows)


def _write(connection: Connection, uuid: str, lines: Mapping[int, str]) -> None:
    connection.executemany(
        "INSERT INTO draft_line (draft, number, state) VALUES (?, ?, ?)"
        " ON CONFLICT (draft, number) DO UPDATE SET state = excluded.state",
        [(uuid, number, state) for number, state in lines.items()],
    )


def _keep(connection: Connection, draft_uuid: str, evidence: Sequence[Evidence]) -> None:
    connection.executemany(
        f"INSERT INTO evidence (draft, {_EVIDENCE}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET verdict = excluded.verdict",
        [
            (
                draft_uuid,
                scan.id,
                scan.data,
                scan.text.encode(errors="backslashreplace").decode(),  # bytes that are no text are whole in `data`
                scan.symbology,
                scan.source,
                scan.device,
                text_of(scan.scanned_at),
                scan.parser_version,
                scan.parse,
                scan.verdict,
            )
            for scan in evidence
        ],
    )


def _row(draft: Draft) -> Row:
    opened, changed = text_of(draft.opened_at), text_of(draft.changed_at)
    return (draft.uuid, draft.job, draft.state, draft.person, draft.title, opened, changed, draft.document)


def _draft(row: Row) -> Draft:
    uuid, job, state, person, title, opened_at, changed_at, document = row
    return Draft(uuid, job, state, person, title, moment_of(opened_at), moment_of(changed_at), document)


def _evidence(row: Row) -> Evidence:
    id_, data, text, symbology, source, device, scanned_at, *parsed = row
    return Evidence(id_, data, text, symbology, source, device, moment_of(scanned_at), *parsed)
