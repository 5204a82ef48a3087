"""Codes people taught to products here, since a stock user cannot write barcodes in Odoo: kept until Odoo knows them.

They are this device's own: no pull touches them. What Odoo says of a code always goes before.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sync.errors import WardstockError
from sync.store import journal
from sync.store.database import Database, Row
from sync.store.values import maybe_moment_of, moment_of, text_of


@dataclass(frozen=True, slots=True)
class TaughtCode:
    """A code and its product, who taught it when. `text` is as it was scanned, `kind` the language it speaks.

    `overruled_at`: since then Odoo has the code for another product, `overruled_by`.
    """

    code: str
    product_id: int
    product_name: str
    person: str
    taught_at: datetime
    text: str
    kind: str
    overruled_at: datetime | None = None
    overruled_by: str = ""

    @property
    def counts(self) -> bool:
        """Until Odoo knows better."""
        return self.overruled_at is None


_COLUMNS: Final = "code, product_id, product_name, person, taught_at, text, kind, overruled_at, overruled_by"


class TaughtCodes:
    """Each change stands in the journal with who made it."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def find(self, code: str) -> TaughtCode | None:
        """What was taught of exactly that code."""
        row = self._db.row(f"SELECT {_COLUMNS} FROM taught_code WHERE code = ?", (code,)) if code else None
        return _taught(row) if row else None

    def all(self) -> list[TaughtCode]:
        """In the order they were taught."""
        rows = self._db.rows(f"SELECT {_COLUMNS} FROM taught_code ORDER BY taught_at, code")
        return [_taught(row) for row in rows]

    def teach(self, taught: TaughtCode) -> None:
        """From now on the code is that product; what it was taught to before is in the journal only."""
        facts = {"product": taught.product_name, "product_id": taught.product_id, "kind": taught.kind}
        values = (taught.code, taught.product_id, taught.product_name, taught.person, text_of(taught.taught_at))
        with self._db.write() as connection:
            sql = f"INSERT OR REPLACE INTO taught_code ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, NULL, '')"
            connection.execute(sql, (*values, taught.text, taught.kind))
            at, person = taught.taught_at, taught.person
            journal.append(connection, "code_taught", taught.code, at=at, person=person, **facts)

    def forget(self, code: str, person: str, now: datetime) -> TaughtCode:
        """It is unknown again, or what Odoo says. Raises WardstockError("taught_code_unknown")."""
        taught = self.find(code)
        if taught is None:
            raise WardstockError("taught_code_unknown", taught=code)
        with self._db.write() as connection:
            connection.execute("DELETE FROM taught_code WHERE code = ?", (code,))
            facts = {"product": taught.product_name, "product_id": taught.product_id}
            journal.append(connection, "code_forgotten", code, at=now, person=person, **facts)
        return taught

    def overrule(self, code: str, product_name: str, person: str, now: datetime) -> None:
        """Odoo has it for another product by now, which `person` came to know at a scan."""
        with self._db.write() as connection:
            sql = "UPDATE taught_code SET overruled_at = ?, overruled_by = ? WHERE code = ? AND overruled_at IS NULL"
            if connection.execute(sql, (text_of(now), product_name, code)).rowcount:
                journal.append(connection, "code_overruled", code, at=now, person=person, product=product_name)


def _taught(row: Row) -> TaughtCode:
    code, product_id, name, person, taught_at, text, kind, overruled_at, by = row
    known = (code, product_id, name, person, moment_of(taught_at), text, kind)
    return TaughtCode(*known, maybe_moment_of(overruled_at), by)
