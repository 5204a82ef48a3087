"""Brings a file to the newest schema: all pending steps in one transaction, or none."""

import re
import sqlite3
from collections.abc import Iterator
from typing import Any

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from sync.store import schema


class _Tables(Database):
    """sqlite-utils asks after each letter of a script whether a statement ends there: most of a new file's time."""

    def executescript(self, sql: str) -> sqlite3.Cursor:
        cursor = self.conn.cursor()
        for statement in _statements(sql):
            cursor.execute(statement)
        return cursor


def _statements(script: str) -> Iterator[str]:
    """One after the other; a trigger has semicolons of its own."""
    begin = 0
    for found in re.finditer(";", script):
        if sqlite3.complete_statement(statement := script[begin : found.end()]):
            yield statement
            begin = found.end()
    if rest := script[begin:].strip():
        yield rest


def apply(connection: Any) -> None:
    """Run what is pending, inside the transaction the connection has open. Any: the driver ships no types."""
    tables = _Tables(connection, execute_plugins=False)
    wardstock = Migrations("wardstock")
    for step in schema.STEPS:
        wardstock(name=step.__name__)(step)
    wardstock.apply(tables)
