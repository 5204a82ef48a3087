"""The key in the operating system's keyring: only in one that keeps secrets, and nothing lost when it refuses."""

from pathlib import Path
from types import ModuleType
from typing import Any

import keyring.backend
import pytest
from keyring.backends import SecretService as secret_service
from keyring.backends import Windows, chainer, fail, kwallet, libsecret, null
from keyring.backends import macOS as macos

from sync.errors import WardstockError
from sync.keys import Asks, Place, StoreKey, ring
from tests.keys.fake_ring import DEAF, FULL, LOCKED, FakeRing, plug_in


class PlaintextKeyring(fail.Keyring):
    """As keyrings.alt has one: secrets in a file anybody of this account reads."""

    priority = 9.0


def test_the_key_is_in_the_keyring_and_nowhere_in_the_folder(folder: Path, keyring: FakeRing) -> None:
    made = StoreKey(folder).create(Place.KEYRING)

    assert StoreKey(folder).load() == made
    assert list(keyring.secrets().values()) == [made.hex()]
    assert not any(made.hex() in path.read_text() for path in folder.iterdir())


def test_two_devices_of_one_person_have_an_entry_each(tmp_path: Path, keyring: FakeRing) -> None:
    one, two = (StoreKey(tmp_path / name) for name in ("ward 3", "ward 4"))

    assert one.create(Place.KEYRING) != two.create(Place.KEYRING)

    assert len(keyring.secrets()) == 2
    assert one.load() != two.load()


def test_a_folder_taken_elsewhere_does_not_open(folder: Path, keyring: FakeRing, tmp_path: Path) -> None:
    StoreKey(folder).create(Place.KEYRING)

    plug_in(FakeRing(tmp_path / "another account.json"))

    with pytest.raises(WardstockError, match="key_not_in_keyring"):
        StoreKey(folder).load()


def test_the_entry_is_found_in_whichever_keyring_of_the_machine_it_is(
    folder: Path, keyring: FakeRing, tmp_path: Path
) -> None:
    made = StoreKey(folder).create(Place.KEYRING)

    plug_in(FakeRing(tmp_path / "came later.json", priority=6), keyring)

    assert StoreKey(folder).load() == made


@pytest.mark.parametrize(
    ("mood", "code"), [(LOCKED, "keyring_locked"), (FULL, "keyring_refused"), (DEAF, "key_not_in_keyring")]
)
def test_a_keyring_that_does_not_take_it_leaves_the_key_where_it_was(
    folder: Path, keyring: FakeRing, mood: str, code: str
) -> None:
    made = StoreKey(folder).create(Place.FILE)
    keyring.mood = mood

    with pytest.raises(WardstockError, match=code):
        StoreKey(folder).move(Place.KEYRING, lambda _: None)

    assert StoreKey(folder).load() == made
    assert StoreKey(folder).where().place is Place.FILE
    keyring.mood = ""
    assert StoreKey(folder).move(Place.KEYRING, lambda _: None)
    assert StoreKey(folder).load() == made


def test_a_locked_keyring_is_said_and_opens_later(folder: Path, keyring: FakeRing) -> None:
    made = StoreKey(folder).create(Place.KEYRING)
    keyring.mood = LOCKED

    with pytest.raises(WardstockError, match="keyring_locked"):
        StoreKey(folder).load()

    keyring.mood = ""
    assert StoreKey(folder).load() == made


def test_where_no_keyring_answers_it_is_said_and_nothing_is_made(folder: Path, keyring: FakeRing) -> None:
    plug_in()

    with pytest.raises(WardstockError, match="keyring_absent"):
        StoreKey(folder).create(Place.KEYRING)

    assert not ring.works()
    assert len(StoreKey(folder, Asks()).create(Place.FILE)) == 32


def test_a_copy_the_keyring_does_not_give_up_is_said_and_goes_later(folder: Path, keyring: FakeRing) -> None:
    made = StoreKey(folder).create(Place.KEYRING)
    once: list[str] = []

    def stuck(service: str, username: str) -> None:
        once.append(service)
        raise OSError("the daemon went away")

    keyring.delete_password = stuck  # type: ignore[method-assign]  # a keyring that breaks in the middle
    with pytest.raises(WardstockError, match="key_left_behind"):
        StoreKey(folder).move(Place.FILE, lambda _: None)
    assert StoreKey(folder).where().leftover is Place.KEYRING

    del keyring.delete_password
    assert StoreKey(folder).load() == made
    assert StoreKey(folder).where().leftover is None
    assert keyring.secrets() == {}


@pytest.mark.parametrize(
    "module", [Windows, macos, secret_service, libsecret, kwallet, null, fail, chainer], ids=lambda one: one.__name__
)
def test_only_what_keeps_a_secret_is_known(module: ModuleType) -> None:
    kept = {"Windows", "macOS", "SecretService", "libsecret", "kwallet"}
    named = module.__name__.rpartition(".")[2]
    own = [name for name, one in vars(module).items() if isinstance(one, type) and one.__module__ == module.__name__]

    assert bool({f"{named}.{name}" for name in own} & ring.KNOWN) == (named in kept)


def test_plain_text_null_and_chained_keyrings_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    kinds: list[type[Any]] = [PlaintextKeyring, null.Keyring, fail.Keyring, chainer.ChainerBackend]  # Any: untyped
    offered = [kind() for kind in kinds]
    monkeypatch.setattr(keyring.backend, "get_all_keyring", lambda: offered)
    monkeypatch.setattr(ring, "rings", REAL)

    assert ring.rings() == []


REAL = ring.rings
