"""The hold list: which goods must not move, who said so, and since when (ward 31). Stock Odoo has nothing like it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from sync.errors import WardstockError
from sync.stock import Packaging, Product
from sync.store import journal
from sync.store.codes import code14
from sync.store.database import Connection, Database, Row
from sync.store.values import moment_of, text_of

SCANNED: Final = "ward"
"""The list of what people of this device put on hold themselves. No file may call itself so."""


class By(StrEnum):
    """What a hold names its product by. It need not be known on this device: it matches when the product arrives."""

    CODE = "code"
    """The internal reference; case does not count."""
    GTIN = "gtin"
    """Of the product or of one of its packagings."""
    ID = "id"
    """Odoo's own number."""


@dataclass(frozen=True, slots=True)
class HoldLine:
    """A product, or one lot of it (an empty `lot_name`: all lots), and why it must not move since that day."""

    by: By
    product: str
    reason: str
    since: date
    lot_name: str = ""


@dataclass(frozen=True, slots=True)
class Hold:
    """A line of a list, when this device got to know it (UTC), and from whom."""

    id: int
    source: str
    line: HoldLine
    held_at: datetime
    person: str


@dataclass(frozen=True, slots=True)
class HoldList:
    """A list as it was last brought: `as_of` is the moment it speaks of, `holds` how many lines it has now."""

    source: str
    as_of: datetime
    brought_at: datetime
    brought_by: str
    holds: int


class HoldLists:
    """All lists of this device. Each change stands in the journal with who made it."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def bring(self, source: str, lines: Sequence[HoldLine], as_of: datetime, person: str, now: datetime) -> None:
        """Put these lines in place of all that source said before, at once. The same line twice counts once.

        A line that was there stays the hold it was. Raises WardstockError("hold_source_reserved") for the list of
        what people scan.
        """
        if source == SCANNED:
            raise WardstockError("hold_source_reserved", source=source)
        rows = {_same(_identity(line)): line for line in lines}
        with self._db.write() as connection:
            _list(connection, source, as_of, person, now)
            sql = "SELECT id, by, product, lot_name FROM hold WHERE source = ?"
            known = {_same(row[1:]): row[0] for row in connection.execute(sql, (source,)).fetchall()}
            over = [(known[key],) for key in known.keys() - rows.keys()]
            connection.executemany("DELETE FROM hold WHERE id = ?", over)
            for line in rows.values():
                _put(connection, source, line, person, now)
            told = {"rows": len(rows), "new": len(rows.keys() - known.keys()), "over": len(over)}
            journal.append(connection, "holds_brought", source, at=now, person=person, as_of=text_of(as_of), **told)

    def hold(self, line: HoldLine, person: str, now: datetime) -> Hold:
        """Somebody of this ward puts goods on hold. Held again, it has the newer reason."""
        with self._db.write() as connection:
            _list(connection, SCANNED, now, person, now)
            id_ = _put(connection, SCANNED, line, person, now)
            facts = {"by": line.by, "product": line.product, "lot": line.lot_name, "reason": line.reason}
            journal.append(connection, "held", f"hold-{id_}", at=now, person=person, **facts)
        return Hold(id_, SCANNED, line, now, person)

    def lift(self, hold_id: int, person: str, now: datetime) -> Hold:
        """Let goods move again. A file that still names them holds them again when it is next brought.

        Raises WardstockError("no_such_hold").
        """
        with self._db.write() as connection:
            row = connection.execute(f"SELECT {_COLUMNS} FROM hold WHERE id = ?", (hold_id,)).fetchone()
            if row is None:
                raise WardstockError("no_such_hold", id=hold_id)
            hold = _hold(row)
            connection.execute("DELETE FROM hold WHERE id = ?", (hold_id,))
            facts = {"source": hold.source, "product": hold.line.product, "lot": hold.line.lot_name}
            journal.append(connection, "hold_lifted", f"hold-{hold_id}", at=now, person=person, **facts)
        return hold

    def lists(self) -> list[HoldList]:
        """By source; what people scanned is one of them once somebody did."""
        rows = self._db.rows(
            "SELECT source, as_of, brought_at, brought_by, (SELECT count(*) FROM hold WHERE hold.source = one.source)"
            " FROM hold_list AS one ORDER BY source"
        )
        return [HoldList(source, moment_of(as_of), moment_of(at), by, holds) for source, as_of, at, by, holds in rows]

    def all(self) -> list[Hold]:
        """All that is held, list by list."""
        return [_hold(row) for row in self._db.rows(f"SELECT {_COLUMNS} FROM hold ORDER BY source, product, lot_name")]

    def of(self, product: Product, packagings: Iterable[Packaging] = ()) -> list[Hold]:
        """All that is held of a product, whatever the list calls it."""
        gtins = {code14(code) for code in (product.barcode, *(one.barcode for one in packagings)) if code}
        marks = ", ".join("?" * len(gtins))
        rows = self._db.rows(
            f"SELECT {_COLUMNS} FROM hold WHERE (by = '{By.ID}' AND product = ?) OR (by = '{By.CODE}' AND product = ?)"
            f" OR (by = '{By.GTIN}' AND product IN ({marks})) ORDER BY since, id",
            (str(product.id), product.code.strip() or None, *sorted(gtins)),
        )
        return [_hold(row) for row in rows]

    def any(self) -> bool:
        """Whether anything is held at all."""
        return self._db.row("SELECT 1 FROM hold LIMIT 1") is not None


_COLUMNS = "id, source, by, product, reason, since, lot_name, held_at, person"


def forget_ids(connection: Connection) -> None:
    """Inside the caller's transaction: the device goes to another Odoo, where numbers mean other things."""
    connection.execute("DELETE FROM hold WHERE by = ?", (By.ID,))
    connection.execute("DELETE FROM recall_tick")
    connection.execute("DELETE FROM recall")


def _hold(row: Row) -> Hold:
    id_, source, by, product, reason, since, lot_name, held_at, person = row
    line = HoldLine(By(by), product, reason, date.fromisoformat(since), lot_name)
    return Hold(id_, source, line, moment_of(held_at), person)


def _identity(line: HoldLine) -> tuple[str, str, str]:
    return line.by.value, _looked_up(line), line.lot_name.strip()


def _looked_up(line: HoldLine) -> str:
    text = line.product.strip()
    return code14(text) if line.by is By.GTIN else text


def _same(identity: Row) -> Row:
    """What two lines that mean the same have in common."""
    by, product, lot_name = identity
    return by, product.casefold(), lot_name


def _list(connection: Connection, source: str, as_of: datetime, person: str, now: datetime) -> None:
    connection.execute(
        "INSERT INTO hold_list (source, as_of, brought_at, brought_by) VALUES (?, ?, ?, ?) ON CONFLICT (source)"
        " DO UPDATE SET as_of = excluded.as_of, brought_at = excluded.brought_at, brought_by = excluded.brought_by",
        (source, text_of(as_of), text_of(now), person),
    )


def _put(connection: Connection, source: str, line: HoldLine, person: str, now: datetime) -> int:
    by, product, lot_name = _identity(line)
    (id_,) = connection.execute(
        "INSERT INTO hold (source, by, product, lot_name, reason, since, held_at, person)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (source, by, product, lot_name)"
        " DO UPDATE SET reason = excluded.reason, since = excluded.since RETURNING id",
        (source, by, product, lot_name, line.reason, line.since.isoformat(), text_of(now), person),
    ).fetchone()
    return int(id_)
