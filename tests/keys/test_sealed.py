"""The key sealed by a passphrase: worth nothing without it, and slow to guess."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from sync.errors import WardstockError
from sync.keys import Asks, Place, StoreKey, sealed
from tests.keys.conftest import PASSPHRASE


def told_to(passphrase: str) -> Asks:
    return Asks(lambda: passphrase, lambda: passphrase)


def test_the_sealed_key_opens_with_its_passphrase_alone(folder: Path, asks: Asks) -> None:
    made = StoreKey(folder, asks).create(Place.PASSPHRASE)

    assert StoreKey(folder, asks).load() == made
    with pytest.raises(WardstockError, match="passphrase_wrong"):
        StoreKey(folder, told_to("four words of the war")).load()
    with pytest.raises(WardstockError, match="passphrase_needed"):
        StoreKey(folder).load()
    assert made.hex() not in "".join(path.read_text() for path in folder.iterdir())
    assert (folder / "store.key.sealed").stat().st_mode & 0o777 == 0o600


def test_letters_written_in_two_ways_are_one_passphrase(folder: Path) -> None:
    made = StoreKey(folder, told_to("Schlüssel für die Station")).create(Place.PASSPHRASE)

    assert StoreKey(folder, told_to("Schlu\u0308ssel fu\u0308r die Station")).load() == made


@pytest.mark.parametrize(
    ("passphrase", "code"),
    [("", "passphrase_short"), ("12345678901", "passphrase_short"), ("aaaaaaaabbbbbbbb", "passphrase_easy")],
)
def test_what_is_guessed_first_is_no_passphrase(folder: Path, passphrase: str, code: str) -> None:
    with pytest.raises(WardstockError, match=code):
        StoreKey(folder, told_to(passphrase)).create(Place.PASSPHRASE)

    assert not (folder / "store.key.sealed").exists()
    assert len(StoreKey(folder, told_to(PASSPHRASE)).create(Place.PASSPHRASE)) == 32


def test_after_five_wrong_ones_even_the_right_one_waits(folder: Path, asks: Asks) -> None:
    StoreKey(folder, asks).create(Place.PASSPHRASE)

    for left in (4, 3, 2, 1, 0):
        with pytest.raises(WardstockError, match="passphrase_wrong") as caught:
            StoreKey(folder, told_to("not the right words")).load()
        assert caught.value.facts["left"] == left

    with pytest.raises(WardstockError, match="passphrase_wait") as waited:
        StoreKey(folder, asks).load()
    assert 0 < int(str(waited.value.facts["seconds"])) <= 30


def test_the_right_one_forgives_the_wrong_ones(folder: Path, asks: Asks) -> None:
    made = StoreKey(folder, asks).create(Place.PASSPHRASE)
    for _ in range(4):
        with pytest.raises(WardstockError, match="passphrase_wrong"):
            StoreKey(folder, told_to("not the right words")).load()

    assert StoreKey(folder, asks).load() == made
    with pytest.raises(WardstockError, match="passphrase_wrong") as caught:
        StoreKey(folder, told_to("not the right words")).load()
    assert caught.value.facts["left"] == 4


def test_a_clock_set_back_shortens_no_wait_and_makes_none_longer(folder: Path, asks: Asks) -> None:
    StoreKey(folder, asks).create(Place.PASSPHRASE)
    later = datetime.now(UTC) + timedelta(days=300)
    (folder / "passphrase.tries").write_text(json.dumps({"wrong": 5, "at": later.isoformat()}))

    for _ in range(2):
        with pytest.raises(WardstockError, match="passphrase_wait") as caught:
            StoreKey(folder, asks).load()
        assert 0 < int(str(caught.value.facts["seconds"])) <= 30


def _cheaper(told: dict[str, Any]) -> None:
    told["passes"] = 2


def _without(told: dict[str, Any]) -> None:
    del told["salt"]


def _all_memory(told: dict[str, Any]) -> None:
    told["memory_kib"] = 1 << 40


def _from_tomorrow(told: dict[str, Any]) -> None:
    told["version"] = 2


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (_cheaper, "passphrase_wrong"),
        (_without, "key_damaged"),
        (_all_memory, "key_damaged"),
        (_from_tomorrow, "key_damaged"),
    ],
)
def test_a_seal_that_was_tampered_with_does_not_open(
    folder: Path, asks: Asks, change: Callable[[dict[str, Any]], None], code: str
) -> None:
    StoreKey(folder, asks).create(Place.PASSPHRASE)
    file = folder / "store.key.sealed"
    told = json.loads(file.read_text())
    change(told)
    file.write_text(json.dumps(told))

    with pytest.raises(WardstockError, match=code):
        StoreKey(folder, asks).load()


def test_a_new_passphrase_replaces_the_old_one(folder: Path) -> None:
    made = StoreKey(folder, told_to(PASSPHRASE)).create(Place.PASSPHRASE)
    other = "other words for the ward"

    assert StoreKey(folder, Asks(lambda: PASSPHRASE, lambda: other)).move(Place.PASSPHRASE, lambda _: None)

    assert StoreKey(folder, told_to(other)).load() == made
    with pytest.raises(WardstockError, match="passphrase_wrong"):
        StoreKey(folder, told_to(PASSPHRASE)).load()


def test_a_guess_costs_what_the_record_says() -> None:
    """docs/decisions/066. The fixture makes it cheap for the other tests: this reads the file."""
    source = Path(sealed.__file__).read_text(encoding="utf-8")

    assert "COST: Final = Cost(passes=6, memory_kib=64 * 1024, lanes=4)" in source
