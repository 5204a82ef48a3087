"""What reading labels added: what is known of scanners, codes taught. A new step goes here, until it is released."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database as Tables


def m008_scanners(tables: "Tables") -> None:
    """What is known of each scanner of the device."""
    tables.executescript("CREATE TABLE scanner (source TEXT PRIMARY KEY, record TEXT NOT NULL) STRICT, WITHOUT ROWID;")


def m009_taught_codes(tables: "Tables") -> None:
    """Codes that were taught to products here."""
    tables.executescript(_TAUGHT)


_TAUGHT = """
CREATE TABLE taught_code (
    code TEXT PRIMARY KEY,
    product_id INTEGER NOT NULL,
    product_name TEXT NOT NULL,
    person TEXT NOT NULL,
    taught_at TEXT NOT NULL,
    text TEXT NOT NULL,
    kind TEXT NOT NULL,
    overruled_at TEXT,
    overruled_by TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
"""
