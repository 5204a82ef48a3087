"""The encrypted SQLite file: its connections, its one writer at a time, and the driver's errors in our words."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock, Thread, current_thread, local
from typing import Any

from sqlcipher3 import dbapi2

from sync.errors import WardstockError
from sync.store import schema
from sync.store.gate import gate_of

Connection = Any
"""A `sqlcipher3.dbapi2.Connection`; the driver ships no types."""
Row = tuple[Any, ...]

_BUSY_MS = 5_000
_CACHE_KIB = 16_384
_WAL_PAGES = 16_000
"""The worker checkpoints. This only keeps a file without a worker from growing past some 64 MB."""
_WORLD = {
    dbapi2.SQLITE_FULL: "store_disk_full",
    dbapi2.SQLITE_CORRUPT: "store_damaged",
    dbapi2.SQLITE_NOTADB: "store_damaged",
    dbapi2.SQLITE_BUSY: "store_busy",
    dbapi2.SQLITE_READONLY: "store_not_writable",
    dbapi2.SQLITE_CANTOPEN: "store_not_writable",
    dbapi2.SQLITE_PERM: "store_not_writable",
    dbapi2.SQLITE_IOERR: "store_disk_fails",
}


class Database:
    """One file, one connection for each thread that asks, one writer at a time."""

    def __init__(self, path: Path, key: bytes) -> None:
        if len(key) != 32:  # noqa: PLR2004  # 256 bits
            raise ValueError("the key of a store has 32 bytes")
        self.path = path
        self._key = key
        self._gate = gate_of(path)
        self._mine = local()
        self._open: dict[Thread, Connection] = {}
        self._open_lock = Lock()
        self._closed = False

    @classmethod
    def open(cls, path: Path, key: bytes) -> "Database":
        """Open or create the file, mode 0600, and bring its schema up to date.

        Raises WardstockError: store_wrong_key, store_newer, store_damaged, store_disk_full, store_not_writable.
        """
        _create_private(path)
        database = cls(path, key)
        try:
            database._bring_up_to_date()
        except BaseException:
            database.close()
            raise
        return database

    @property
    def connection(self) -> Connection:
        """This thread's connection. Write only through `write`."""
        try:
            return self._mine.connection
        except AttributeError:
            self._mine.connection = self._connect()
            return self._mine.connection

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[Row]:
        """All rows of a question."""
        try:
            return self.connection.execute(sql, parameters).fetchall()  # type: ignore[no-any-return]  # untyped driver
        except UnicodeEncodeError:  # a scan that is no text is equal to nothing here
            return []
        except dbapi2.Error as error:
            raise _in_our_words(error, self.path) from error

    def some_at_a_time(self, sql: str, many: int) -> Iterator[list[Row]]:
        """The rows of a question, `many` at a time; all as they were at the first. Read to the end before writing."""
        try:
            cursor = self.connection.execute(sql)
            while some := cursor.fetchmany(many):
                yield some
        except dbapi2.Error as error:
            raise _in_our_words(error, self.path) from error

    def row(self, sql: str, parameters: Sequence[object] = ()) -> Row | None:
        """The first row of a question, or None."""
        try:
            return self.connection.execute(sql, parameters).fetchone()  # type: ignore[no-any-return]  # untyped driver
        except UnicodeEncodeError:
            return None
        except dbapi2.Error as error:
            raise _in_our_words(error, self.path) from error

    @contextmanager
    def write(self, *, durable: bool = True) -> Iterator[Connection]:
        """One transaction: on disk when the block ends, nothing of it when the block raises.

        What is not `durable` waits for the disk with the next one that is: after a power cut it may be missing, never
        in parts, and never without what was written before it. Only for what can be asked for again.
        Writers of this process take turns in the order they came; those of another process wait in SQLite.
        """
        connection = self.connection
        with self._gate:
            try:
                connection.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
                connection.execute("BEGIN IMMEDIATE")
                try:
                    yield connection
                    connection.execute("COMMIT")
                except BaseException:
                    if connection.in_transaction:
                        connection.execute("ROLLBACK")
                    raise
            except dbapi2.Error as error:
                raise _in_our_words(error, self.path) from error

    @contextmanager
    def one_moment(self) -> Iterator[None]:
        """Several questions of this thread see the same state of the file, whatever is written meanwhile."""
        connection = self.connection
        if connection.in_transaction:
            yield
            return
        connection.execute("BEGIN")
        try:
            yield
        finally:
            connection.execute("COMMIT")

    def hurry(self) -> None:
        """Somebody waits for an answer: see `Gate.hurry`."""
        self._gate.hurry()

    def give_way(self) -> None:
        """What is in no hurry calls this before each of its turns."""
        self._gate.give_way()

    def checkpoint(self) -> None:
        """Move the write-ahead log into the file. Waits for nobody; called by the worker and by a pull."""
        self.rows("PRAGMA wal_checkpoint(PASSIVE)")

    def backup(self, target: Path) -> None:
        """A consistent copy under the same key, complete on disk or not there at all."""
        part = target.with_name(target.name + ".part")
        part.unlink(missing_ok=True)
        _create_private(part)
        self.rows("VACUUM INTO ?", (str(part),))
        with part.open("rb+") as copy:
            os.fsync(copy.fileno())
        part.replace(target)

    def close(self) -> None:
        """Close the connections of all threads. Their work must be over."""
        with self._open_lock:
            self._closed = True
            for connection in self._open.values():
                connection.close()
            self._open.clear()

    def _connect(self) -> Connection:
        with self._open_lock:
            if self._closed:
                raise ValueError("the store is closed")
            for thread in [thread for thread in self._open if not thread.is_alive()]:
                self._open.pop(thread).close()
            try:
                connection = _keyed(self.path, self._key)
            except dbapi2.Error as error:
                # A first page damaged beyond reading looks the same: nothing in the file tells the two apart.
                if _code(error) == dbapi2.SQLITE_NOTADB:
                    raise WardstockError("store_wrong_key", file=self.path.name) from error
                raise _in_our_words(error, self.path) from error
            self._open[current_thread()] = connection
            return connection

    def _bring_up_to_date(self) -> None:
        applied = self._applied()
        names = schema.names()
        if unknown := [name for name in applied if name not in names]:
            raise WardstockError("store_newer", file=self.path.name, known=names[-1], found=unknown[-1])
        if missing := [name for name in names if name not in applied]:
            if applied:
                self.backup(self.path.with_name(f"{self.path.name}.before-{missing[0]}"))
            self._migrate()

    def _applied(self) -> list[str]:
        if self.row("SELECT 1 FROM sqlite_master WHERE name = '_sqlite_migrations'") is None:
            return []
        return [name for (name,) in self.rows("SELECT name FROM _sqlite_migrations ORDER BY id")]

    def _migrate(self) -> None:
        # Only a file that needs it pays for sqlite-utils: it takes 150 ms to import.
        from sync.store import migrations  # noqa: PLC0415

        with self.write() as connection:
            migrations.apply(connection)


def _keyed(path: Path, key: bytes) -> Connection:
    connection = dbapi2.connect(
        str(path), isolation_level=None, check_same_thread=False, cached_statements=256, timeout=_BUSY_MS / 1000
    )
    try:
        _set_up(connection, key)
    except dbapi2.Error:
        connection.close()
        raise
    return connection


def _set_up(connection: Connection, key: bytes) -> None:
    for pragma in (
        "cipher_log_level = NONE",  # a wrong key is our sentence, not a line on standard error
        f"key = \"x'{key.hex()}'\"",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "recursive_triggers = ON",  # else REPLACE would delete past the triggers
        "temp_store = MEMORY",  # nothing readable in temporary files
        f"cache_size = -{_CACHE_KIB}",
        f"wal_autocheckpoint = {_WAL_PAGES}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _create_private(path: Path) -> None:
    """SQLite gives its side files the mode of the file itself, so the file must be private before it has content."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600, exist_ok=True)
        path.chmod(0o600)
    except OSError as error:
        raise WardstockError("store_not_writable", file=path.name) from error


def _code(error: Exception) -> int:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def _in_our_words(error: Exception, path: Path) -> Exception:
    """What the world did as a WardstockError; anything else is a bug and stays what it is."""
    code = _WORLD.get(_code(error))
    return WardstockError(code, file=path.name) if code else error
