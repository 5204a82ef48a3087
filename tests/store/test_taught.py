"""Codes taught to products here: kept with who taught them, whatever is pulled, until they are taken back."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from sync.errors import WardstockError
from sync.store import Store
from sync.store.device import Enrolment
from sync.store.taught import TaughtCode

KEY = bytes(range(32))
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
CODE = TaughtCode("07999999999995", 4, "Paper towel", "Joana", NOW, "0107999999999995", "gs1")


def opened(path: Path) -> Store:
    store = Store.open(path, KEY)
    store.device.enrol(Enrolment("http://127.0.0.1:1", "ward", "storekeeper", 5, 1, NOW), "key")
    return store


def events(store: Store) -> list[tuple[str, str]]:
    return [(entry.event, entry.person) for entry in store.journal.story(CODE.code)]


def test_what_was_taught_is_there_after_a_restart_in_a_copy_and_after_pulls(tmp_path: Path) -> None:
    store = opened(tmp_path / "a.db")
    store.taught.teach(CODE)
    for _ in range(2):
        store.catalogue.begin().flip(NOW)
    store.checkpoint()
    store.close()
    (tmp_path / "b.db").write_bytes((tmp_path / "a.db").read_bytes())

    copy = Store.open(tmp_path / "b.db", KEY)

    assert copy.taught.find(CODE.code) == CODE
    assert copy.taught.find("another") is None
    assert copy.taught.find("") is None
    copy.close()


def test_teaching_and_forgetting_stand_in_the_journal(tmp_path: Path) -> None:
    store = opened(tmp_path / "a.db")
    store.taught.teach(CODE)

    assert store.taught.forget(CODE.code, "Nils", LATER) == CODE
    assert store.taught.all() == []
    assert events(store) == [("code_taught", "Joana"), ("code_forgotten", "Nils")]
    with pytest.raises(WardstockError, match="taught_code_unknown"):
        store.taught.forget(CODE.code, "Nils", LATER)
    assert store.journal.verify().ok
    store.close()


def test_what_odoo_knows_better_is_said_once(tmp_path: Path) -> None:
    store = opened(tmp_path / "a.db")
    store.taught.teach(CODE)

    store.taught.overrule(CODE.code, "Syringe", "Mira", LATER)
    store.taught.overrule(CODE.code, "Gauze", "Mira", LATER)

    taught = store.taught.find(CODE.code)
    assert taught is not None
    assert (taught.counts, taught.overruled_by) == (False, "Syringe")
    assert events(store) == [("code_taught", "Joana"), ("code_overruled", "Mira")]
    store.close()


def test_another_odoo_has_other_products_and_is_taught_anew(tmp_path: Path) -> None:
    store = opened(tmp_path / "a.db")
    store.taught.teach(CODE)

    store.device.enrol(Enrolment("http://127.0.0.1:2", "other", "storekeeper", 5, 1, LATER), "key")

    assert store.taught.all() == []
    store.close()
