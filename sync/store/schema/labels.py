"""What reading every label added: what is known of scanners. A new step goes here, until it is released."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database as Tables


def m008_scanners(tables: "Tables") -> None:
    """What is known of each scanner of the device."""
    tables.executescript("CREATE TABLE scanner (source TEXT PRIMARY KEY, record TEXT NOT NULL) STRICT, WITHOUT ROWID;")
