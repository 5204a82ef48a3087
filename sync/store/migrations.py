"""Brings a file to the newest schema: all pending steps in one transaction, or none."""

from typing import Any

from sqlite_utils import Database as Tables
from sqlite_utils.migrations import Migrations

from sync.store import schema


def apply(connection: Any) -> None:
    """Run what is pending, inside the transaction the connection has open. Any: the driver ships no types."""
    tables = Tables(connection, execute_plugins=False)
    wardstock = Migrations("wardstock")
    for step in schema.STEPS:
        wardstock(name=step.__name__)(step)
    wardstock.apply(tables)
