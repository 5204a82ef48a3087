"""A store that tests copy is one that the store builds: the same tables, guards and rows, and a device of its own."""

from pathlib import Path
from typing import Any

import pytest

from sync.store.database import Database
from sync.store.journal import Journal
from tests import new_files

KEY = bytes(range(1, 33))
OWN = {"device", "journal", "_sqlite_migrations"}
"""Tables that say who the device is, and when the file was built."""


def test_a_copied_store_is_as_one_that_was_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    built = Database.open(tmp_path / "built.db", KEY)
    monkeypatch.setattr(Database, "_bring_up_to_date", new_files.up_to_date)
    Database.open(tmp_path / "first.db", KEY).close()
    copied, another = Database.open(tmp_path / "copied.db", KEY), Database.open(tmp_path / "another.db", KEY)

    assert _shape(copied) == _shape(built)
    assert _content(copied) == _content(built)
    assert copied.rows("PRAGMA journal_mode") == built.rows("PRAGMA journal_mode")
    assert Journal(copied).verify().ok
    assert _born(copied).keys() == _born(built).keys() == _born(another).keys()
    for told in ("device_id", "name", "salt", "hash"):
        assert len({_born(one)[told] for one in (built, copied, another)}) == 3, told
    assert _born(copied)["name"] == f"WS-{_born(copied)['device_id'][:6].upper()}"
    assert copied.path.stat().st_mode == built.path.stat().st_mode
    for one in (built, copied, another):
        one.close()


def _shape(database: Database) -> list[Any]:
    return sorted(database.rows("SELECT type, name, tbl_name, sql FROM sqlite_master"), key=str)


def _content(database: Database) -> dict[str, list[Any]]:
    names = [name for (name,) in database.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    rows = {name: database.rows(f"SELECT * FROM {name}") for name in names if name not in OWN}
    applied = database.rows("SELECT migration_set, name FROM _sqlite_migrations ORDER BY id")
    lines = "SELECT seq, event, person FROM journal"
    return {**rows, "applied": applied, "journal": database.rows(lines)}


def _born(database: Database) -> dict[str, Any]:
    """What is known of a device that nobody enrolled."""
    cursor = database.connection.execute(
        "SELECT device.*, subject, device AS told, hash, json_extract(facts, '$.salt') AS salt FROM device, journal"
    )
    told = {column[0]: value for column, value in zip(cursor.description, cursor.fetchone(), strict=True)}
    assert (told["subject"], told["told"]) == (told["device_id"], told["name"])
    own = {"device_id", "name", "created_at", "subject", "told", "hash", "salt"}
    assert {name: value for name, value in told.items() if name not in own} == {
        "id": 1, "last_number": 0, "enrolment": None, "odoo_key": None,
    }  # fmt: skip
    return told
