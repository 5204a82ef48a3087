"""A profile's folder, a keyring of the test's own, and a passphrase that costs nothing to check."""

from pathlib import Path

import pytest

from sync.keys import ring, sealed
from sync.keys.sealed import Asks, Cost
from tests.keys.fake_ring import FakeRing, plug_in

PASSPHRASE = "four words of the ward"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "device"
    made.mkdir(mode=0o700)
    return made


@pytest.fixture
def keyring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeRing:
    monkeypatch.setattr(ring, "rings", ring.rings)
    fake = FakeRing(tmp_path / "keyring.json")
    plug_in(fake)
    return fake


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealed, "COST", Cost(passes=1, memory_kib=64, lanes=1))


@pytest.fixture
def asks() -> Asks:
    return Asks(lambda: PASSPHRASE, lambda: PASSPHRASE)
