"""A scanner's record, from the store and back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from client.barcode.scanner import Scanner
from client.work.site.scanners import keep, remember_lost, scanner_of
from sync.store import Store

TESTED = Scanner(
    source="serial", layout="", separator="|", prefix="\x02", suffix="\x03", gap=0.08, sends_symbology=True,
    doubles=True, tested_at=datetime(2026, 11, 21, 8, 30, tzinfo=UTC), port="/dev/ttyACM0", baud=115_200,
)  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(tmp_path / "wardstock.db", bytes(32))
    yield store
    store.close()


def test_of_a_scanner_nobody_tested_nothing_is_assumed(store: Store) -> None:
    assert scanner_of(store, "wedge") == Scanner()


def test_what_a_test_found_is_known_afterwards(store: Store) -> None:
    keep(store, TESTED)

    assert scanner_of(store, "serial") == TESTED
    assert scanner_of(store, "wedge") == Scanner()


def test_a_scanner_found_to_swallow_separators_is_remembered_so_and_all_else_stays(store: Store) -> None:
    keep(store, TESTED)

    remember_lost(store, "serial")

    assert scanner_of(store, "serial") == replace(TESTED, separator="")
    assert scanner_of(store, "serial").loses_separators
