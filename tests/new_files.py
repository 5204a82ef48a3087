"""A new store's file without building it again: a copy of one that the store itself built under the same key."""

import secrets
import tempfile
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from sync.store import journal
from sync.store.database import Connection, Database
from sync.store.values import text_of

Build = Callable[[Database], None]
_GUARDS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ('device', 'journal')"


class NewFiles:
    """Knows a store without a device for each key that came before. No test writes to what is copied."""

    def __init__(self, build: Build) -> None:
        self._build = build
        self._empty: dict[bytes, bytes] = {}
        self._seen = set[bytes]()

    def up_to_date(self, database: Database) -> None:
        """As the store does it; a file that is new becomes the device it is, as in the first step of the schema."""
        is_copy = database.path.stat().st_size == 0 and self._came_before(database._key)
        if is_copy:
            database.path.write_bytes(self._of(database._key))
        self._build(database)
        if is_copy:
            with database.write() as connection:
                _born(connection)

    def _came_before(self, key: bytes) -> bool:
        """A key that comes once is not worth a second file."""
        before = key in self._seen
        self._seen.add(key)
        return before

    def _of(self, key: bytes) -> bytes:
        if key not in self._empty:
            with tempfile.TemporaryDirectory() as folder:
                made = Database(Path(folder) / "wardstock.db", key)
                self._build(made)
                with made.write() as connection:
                    _unborn(connection)
                made.close()
                self._empty[key] = made.path.read_bytes()
        return self._empty[key]


def _unborn(connection: Connection) -> None:
    guards = connection.execute(_GUARDS).fetchall()
    for name, _ in guards:
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute("DELETE FROM journal")
    connection.execute("DELETE FROM device")
    for _, sql in guards:
        connection.execute(sql)


def _born(connection: Connection) -> None:
    device, now = str(uuid.uuid4()), datetime.now(UTC)
    named = (device, f"WS-{device[:6].upper()}", text_of(now))
    connection.execute("INSERT INTO device (id, device_id, name, created_at) VALUES (1, ?, ?, ?)", named)
    journal.append(connection, "journal_opened", device, at=now, salt=secrets.token_hex(16))


_NEW = NewFiles(Database._bring_up_to_date)


def up_to_date(database: Database) -> None:
    """What stands in for the store's own way."""
    _NEW.up_to_date(database)
