"""What the first start added: how far somebody came with setting this device up."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database as Tables


def m010_set_up(tables: "Tables") -> None:
    """One row while a device is being set up. It may hold an Odoo key, as `device` does: the file is encrypted."""
    tables.executescript("CREATE TABLE set_up (one INTEGER PRIMARY KEY CHECK (one = 1), draft TEXT NOT NULL) STRICT;")
