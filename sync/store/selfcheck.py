"""Whether the store works on this machine: encrypted, closed to a wrong key, able to search."""

import secrets
from pathlib import Path

from sync.errors import WardstockError
from sync.store.database import Database


def check(folder: Path) -> str:
    """Make a store in `folder`, shut it, try a wrong key, open it again; tells the versions.

    Raises ValueError saying what the store should have done.
    """
    path, key = folder / "selftest.db", secrets.token_bytes(32)
    Database.open(path, key).close()
    if path.read_bytes().startswith(b"SQLite format"):
        raise ValueError("the store is not encrypted")
    if _opens(path, secrets.token_bytes(32)):
        raise ValueError("a wrong key opens the store")
    database = Database.open(path, key)
    try:
        return _versions(database)
    finally:
        database.close()


def _opens(path: Path, key: bytes) -> bool:
    try:
        Database.open(path, key).close()
    except WardstockError:
        return False
    return True


def _versions(database: Database) -> str:
    if ("ENABLE_FTS5",) not in database.rows("PRAGMA compile_options"):
        raise ValueError("this SQLite cannot search text (FTS5)")
    (cipher,), (sqlite,) = database.rows("PRAGMA cipher_version") + database.rows("SELECT sqlite_version()")
    return f"SQLCipher {cipher}, SQLite {sqlite}, FTS5"
