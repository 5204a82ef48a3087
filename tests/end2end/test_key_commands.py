"""Where the key of a device's data is kept, by command: asked once, moved at once, never in a file in silence."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from client.cli import main
from client.settings import Profile, Wants
from sync.keys import Place, ring, sealed
from sync.keys.sealed import Cost
from sync.practice.server import PracticeWard
from tests.end2end.conftest import Wardstock
from tests.keys.fake_ring import LOCKED, FakeRing, plug_in

KeyOf = Callable[[str], str]
WORDS = "four words of the ward"


@pytest.fixture
def keyring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeRing:
    monkeypatch.setattr(ring, "rings", list)
    fake = FakeRing(tmp_path / "keyring.json")
    plug_in(fake)
    return fake


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealed, "COST", Cost(passes=1, memory_kib=64, lanes=1))


@pytest.fixture
def enrol(ward: PracticeWard, key_of: KeyOf) -> tuple[str, ...]:
    return ("enrol", "--url", ward.url, "--database", ward.database, "--key-file", key_of("storekeeper"))


def run(device: Wardstock, *words: str, piped: str = "", env: str = "") -> Result:
    """With lines of standard input, or with the passphrase in the environment."""
    given = [*words, "--passphrase-stdin"] if piped else [*words]
    environment = {"WARDSTOCK_PASSPHRASE": env} if env else None
    runner = CliRunner()
    asked = [*given, "--profile", str(device.folder)]
    return runner.invoke(main, asked, input=piped or None, env=environment, catch_exceptions=False)


def test_a_new_device_keeps_its_key_in_the_keyring(
    wardstock: Wardstock, enrol: tuple[str, ...], keyring: FakeRing
) -> None:
    joined = run(wardstock, *enrol)

    assert joined.exit_code == 0, joined.output
    assert "in the keyring of this account" in joined.output
    assert len(keyring.secrets()) == 1
    assert not (wardstock.folder / "store.key").exists()
    assert run(wardstock, "pull").exit_code == 0
    assert wardstock.json("key", "where")["place"] == "keyring"


def test_without_a_keyring_a_new_device_never_gets_a_file_in_silence(
    wardstock: Wardstock, enrol: tuple[str, ...]
) -> None:
    unasked = run(wardstock, *enrol)

    assert unasked.exit_code == 2
    assert "--key-store file" in unasked.stderr
    assert not wardstock.folder.exists()

    explicit = run(wardstock, *enrol, "--key-store", "file")
    assert explicit.exit_code == 0
    assert "whoever takes the device can read it" in explicit.output


@pytest.mark.parametrize("way", ["piped", "env"])
def test_a_passphrase_is_given_once_a_command(wardstock: Wardstock, enrol: tuple[str, ...], way: str) -> None:
    given = {"piped": WORDS + "\n"} if way == "piped" else {"env": WORDS}

    joined = run(wardstock, *enrol, **given)
    pulled = run(wardstock, "pull", **given)
    without = run(wardstock, "status")
    wrong = run(wardstock, "status", piped="some other words\n")

    assert (joined.exit_code, pulled.exit_code) == (0, 0), joined.output + pulled.output
    assert (without.exit_code, wrong.exit_code) == (3, 3)
    assert "The passphrase of this device is needed" in without.stderr
    assert wrong.stderr == "Wrong passphrase.\n"


def test_enrolling_anew_asks_for_the_passphrase_once(wardstock: Wardstock, enrol: tuple[str, ...]) -> None:
    assert run(wardstock, *enrol, piped=WORDS + "\n").exit_code == 0

    again = run(wardstock, *enrol, piped=WORDS + "\n")

    assert again.exit_code == 0, again.output


def test_the_key_moves_from_place_to_place_and_the_device_knows_all_it_knew(
    at_work: Wardstock, keyring: FakeRing
) -> None:
    before = at_work.json("status")
    with closing(Profile(at_work.folder).open()) as store:
        odoo_key = store.device.odoo_key()

    sealed_ = run(at_work, "key", "move", "passphrase", piped=WORDS + "\n")
    assert sealed_.exit_code == 0, sealed_.output
    assert not (at_work.folder / "store.key").exists()
    renewed = run(at_work, "key", "move", "passphrase", piped=f"{WORDS}\nother words entirely\n")
    assert renewed.exit_code == 0, renewed.output
    ringed = run(at_work, "key", "move", "keyring", piped="other words entirely\n")
    assert ringed.exit_code == 0, ringed.output

    assert len(keyring.secrets()) == 1
    after = at_work.json("status")
    assert after["store_key"]["place"] == "keyring"
    assert {**after, "store_key": 0} == {**before, "store_key": 0}
    assert run(at_work, "push").exit_code == 0
    with closing(Profile(at_work.folder).open()) as store:
        told = [one for one in store.journal.story(store.device.id()) if one.event == "key_moved"]
        assert [one.facts["place"] for one in told] == ["passphrase", "passphrase", "keyring"]
        assert store.journal.verify().ok

    everything = b"".join(path.read_bytes() for path in at_work.folder.rglob("*") if path.is_file())
    assert odoo_key is not None
    assert odoo_key.encode() not in everything
    assert next(iter(keyring.secrets().values())).encode() not in everything

    back = run(at_work, "key", "move", "file")
    assert back.exit_code == 0
    assert "does not protect a stolen device" in back.output
    assert keyring.secrets() == {}
    assert "already" in run(at_work, "key", "move", "file").output


def test_a_locked_keyring_is_a_sentence_and_loses_nothing(at_work: Wardstock, keyring: FakeRing) -> None:
    keyring.mood = LOCKED

    refused = run(at_work, "key", "move", "keyring")

    assert refused.exit_code == 3
    assert refused.stderr == "The keyring is locked. Unlock it, then try again. Nothing was changed.\n"
    assert at_work.json("key", "where")["place"] == "file"
    assert run(at_work, "pull").exit_code == 0


def test_a_key_that_does_not_open_the_store_is_not_moved(at_work: Wardstock, keyring: FakeRing) -> None:
    (at_work.folder / "store.key").write_text("ab" * 32)

    refused = run(at_work, "key", "move", "keyring")

    assert refused.exit_code == 3
    assert "cannot be opened with this key" in refused.stderr
    assert keyring.secrets() == {}


def test_a_key_in_a_file_is_said_where_the_device_tells_of_itself(at_work: Wardstock) -> None:
    for words in (("status",), ("policy", "check"), ("key", "where")):
        assert "lies in a file beside the data" in run(at_work, *words).output


def test_a_folder_others_may_write_in_is_said(at_work: Wardstock) -> None:
    at_work.folder.chmod(0o770)

    assert "Others may write in this device's folder" in run(at_work, "status").output
    assert run(at_work, "key", "move", "file").exit_code == 3


def test_nobody_asks_where_the_key_of_no_device_is(wardstock: Wardstock) -> None:
    for words in (("key", "where"), ("key", "move", "file")):
        assert run(wardstock, *words).exit_code == 2
    assert not wardstock.folder.exists()


def test_the_practice_ward_needs_no_keyring_and_touches_none(tmp_path: Path, keyring: FakeRing) -> None:
    profile = Profile(tmp_path / "practice").for_practice()

    profile.open_or_create().close()

    assert profile.key.where().place is Place.FILE
    assert keyring.secrets() == {}


def test_a_window_knows_what_to_ask_first(tmp_path: Path, keyring: FakeRing) -> None:
    profile = Profile(tmp_path / "device")
    assert profile.wants() is Wants.NOTHING

    plug_in()
    assert profile.wants() is Wants.NEW_PASSPHRASE

    profile.with_place(Place.PASSPHRASE, WORDS).open_or_create().close()
    assert profile.wants() is Wants.PASSPHRASE
    assert profile.unlocked(WORDS).wants() is Wants.NOTHING
    profile.unlocked(WORDS).open().close()
