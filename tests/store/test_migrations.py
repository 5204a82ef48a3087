"""From one released schema to the next, whole or not at all."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sync.errors import WardstockError
from sync.store import Store, schema
from sync.store.kinds import KINDS
from tests.store.goods import KEY, draft_of

if TYPE_CHECKING:
    from sqlite_utils import Database as Tables


def m998_one_more(tables: "Tables") -> None:
    tables.execute("CREATE TABLE one_more (id INTEGER PRIMARY KEY) STRICT")


def m999_fails_half_way(tables: "Tables") -> None:
    tables.execute("CREATE TABLE half (id INTEGER PRIMARY KEY) STRICT")
    tables.execute("ALTER TABLE no_such_table ADD COLUMN x TEXT")


@pytest.mark.parametrize("released", range(1, len(schema.STEPS) + 1))
def test_an_old_file_becomes_what_a_new_one_is(released: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = (*schema.STEPS, m998_one_more)
    monkeypatch.setattr(schema, "STEPS", steps[:released])
    Store.open(tmp_path / "old.db", KEY).close()
    monkeypatch.setattr(schema, "STEPS", steps)

    assert _schema_of(tmp_path / "old.db") == _schema_of(tmp_path / "new.db")


def test_each_kind_has_a_table_with_its_fields(store: Store) -> None:
    for kind in KINDS.values():
        columns = [row[1] for row in store._database.rows(f"PRAGMA table_info({kind.table})")]

        assert sorted(columns) == sorted((*kind.stored, "since", "until"))


def test_all_tables_are_strict(store: Store) -> None:
    loose = store._database.rows(
        "SELECT name FROM pragma_table_list WHERE type = 'table' AND NOT strict"
        " AND name NOT LIKE 'sqlite%' AND name <> '_sqlite_migrations'"
    )

    assert loose == []


def test_a_file_of_a_newer_program_is_refused_untouched(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as newer:
        newer.setattr(schema, "STEPS", (*schema.STEPS, m998_one_more))
        Store.open(path, KEY).close()
    before = path.read_bytes()

    with pytest.raises(WardstockError, match="store_newer") as refused:
        Store.open(path, KEY)

    assert refused.value.facts["found"] == "m998_one_more"
    assert path.read_bytes() == before


def test_before_a_migration_the_file_is_kept_as_it_was(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store, draft = Store.open(path, KEY), draft_of()
    store.drafts.open(draft)
    store.close()
    with monkeypatch.context() as newer:
        newer.setattr(schema, "STEPS", (*schema.STEPS, m998_one_more))
        Store.open(path, KEY).close()

    backup = path.with_name("wardstock.db.before-m998_one_more")
    kept = Store.open(backup, KEY)

    assert kept.drafts.get(draft.uuid) == draft
    assert kept.journal.verify().ok
    kept.close()
    assert backup.stat().st_mode & 0o077 == 0
    assert b"CREATE TABLE" not in backup.read_bytes()


def test_a_migration_that_fails_half_way_leaves_the_file_and_its_backup(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, draft = Store.open(path, KEY), draft_of()
    store.drafts.open(draft)
    store.close()
    with monkeypatch.context() as broken:
        broken.setattr(schema, "STEPS", (*schema.STEPS, m998_one_more, m999_fails_half_way))
        with pytest.raises(Exception, match="no such table"):
            Store.open(path, KEY)

    again = Store.open(path, KEY)

    assert again.drafts.get(draft.uuid) == draft
    assert again._database.rows("SELECT name FROM sqlite_master WHERE name IN ('one_more', 'half')") == []
    assert path.with_name("wardstock.db.before-m998_one_more").exists()
    again.close()


def _schema_of(path: Path) -> list[tuple[str, str]]:
    store = Store.open(path, KEY)
    found = store._database.rows("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name")
    store.close()
    return [(name, " ".join(sql.split())) for name, sql in found]
