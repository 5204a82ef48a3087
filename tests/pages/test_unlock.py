"""The passphrase is asked for once at start; what is wrong is said in a sentence, and nothing is lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from client.pages.drive import type_key, wait_for
from client.pages.unlock import UnlockPage
from client.pages.window import Look, engine_of, use_fonts, window_of
from client.settings import Profile, Wants
from client.unlocking import asked, at_hand
from sync.keys import Place
from tests.keys.fake_ring import LOCKED, FakeRing, plug_in
from tests.pages.first_day import first_day, shared_ward
from tests.pages.scenes.unlock import WORDS, sealed_device

LOOK = Look(theme="light", reduce_motion=True)


@pytest.fixture
def device(tmp_path: Path) -> Iterator[Profile]:
    with sealed_device(tmp_path / "device") as profile:
        yield profile


@contextmanager
def told_of(page: UnlockPage) -> Iterator[list[Profile]]:
    """What it opens."""
    opened: list[Profile] = []
    page.opened.connect(opened.append)
    yield opened
    assert page.end()


def test_the_passphrase_opens_the_device_and_nobody_is_asked_again(qapp: QGuiApplication, device: Profile) -> None:
    page = at_hand(device)
    assert isinstance(page, UnlockPage)

    with told_of(page) as opened:
        page.write("passphrase", WORDS)
        page.act()
        page.act()
        assert wait_for(lambda: bool(opened), seconds=20)

    assert len(opened) == 1
    assert at_hand(opened[0]) is opened[0]
    opened[0].open().close()


def test_a_wrong_passphrase_is_said_and_typed_anew(qapp: QGuiApplication, device: Profile) -> None:
    page = UnlockPage(device, LOOK)

    with told_of(page) as opened:
        page.write("passphrase", "four words of the war")
        page.act()
        assert wait_for(lambda: page.property("told") != "", seconds=20)

    assert opened == []
    assert page.property("told") == "Wrong passphrase."
    assert page.property("passphrase") == ""
    assert page.property("ready") is False


def test_after_five_wrong_ones_the_page_says_how_long_to_wait(qapp: QGuiApplication, device: Profile) -> None:
    page = UnlockPage(device, LOOK)

    with told_of(page) as opened:
        for nth in range(5):
            page.write("passphrase", f"wrong words number {nth}")
            page.act()
            assert wait_for(lambda: page.property("told") != "", seconds=20)
        assert page.property("told") == "Too many wrong passphrases. Try again in 30 seconds."
        page.write("passphrase", WORDS)
        page.act()
        assert wait_for(lambda: page.property("told") != "", seconds=20)

    assert opened == []


def test_a_new_device_without_a_keyring_chooses_a_passphrase_twice(qapp: QGuiApplication, tmp_path: Path) -> None:
    page = UnlockPage(Profile(tmp_path / "new"), LOOK)

    with told_of(page) as opened:
        page.write("passphrase", "too short")
        page.write("again", "too short")
        page.act()
        assert "12 characters" in page.property("told")
        page.write("passphrase", WORDS)
        page.write("again", "another")
        page.act()
        assert page.property("told") == "The two are not the same."
        page.write("again", WORDS)
        page.act()

    assert [one.place for one in opened] == [Place.PASSPHRASE]
    assert not (tmp_path / "new").exists()


def test_a_scan_at_the_passphrase_is_answered_and_nothing_of_it_kept(qapp: QGuiApplication, tmp_path: Path) -> None:
    with first_day(tmp_path / "device", shared_ward()) as day:
        page = day.page._unlock = UnlockPage(Profile(tmp_path / "new"), LOOK)
        day.scan("BADGE-0042")
        day.page._unlock = None

    assert page.property("told") == "A passphrase is typed, not scanned. Nothing of this scan was kept."
    assert page.property("passphrase") == ""
    assert "BADGE" not in str(vars(page))
    assert page.end()


def test_a_file_is_chosen_only_by_its_own_button(qapp: QGuiApplication, tmp_path: Path) -> None:
    page = UnlockPage(Profile(tmp_path / "new"), LOOK)

    with told_of(page) as opened:
        page.keepInFile()

    opened[0].open_or_create().close()
    assert opened[0].key.where().place is Place.FILE
    assert opened[0].wants() is Wants.NOTHING


def test_a_locked_keyring_is_tried_again(qapp: QGuiApplication, tmp_path: Path) -> None:
    ring = FakeRing(tmp_path / "keyring.json")
    plug_in(ring)
    Profile(tmp_path / "device").open_or_create().close()
    ring.mood = LOCKED
    page = at_hand(Profile(tmp_path / "device"))
    assert isinstance(page, UnlockPage)
    assert page.property("told") == "The keyring is locked. Unlock it, then try again. Nothing was changed."

    with told_of(page) as opened:
        ring.mood = ""
        page.act()
        assert wait_for(lambda: bool(opened), seconds=20)

    opened[0].open().close()


def test_a_device_that_asks_nothing_is_at_hand_at_once(qapp: QGuiApplication, tmp_path: Path) -> None:
    new, filed = Profile(tmp_path / "new"), Profile(tmp_path / "filed", Place.FILE)
    filed.open_or_create().close()
    found = at_hand(filed)

    assert at_hand(new) is new
    assert isinstance(found, Profile)
    assert found.held is not None


def test_typed_with_keys_in_the_real_window(qapp: QGuiApplication, device: Profile) -> None:
    """A scanner may type it: its letters, then Return."""
    use_fonts(qapp, shipped=True)
    page, done = UnlockPage(device, LOOK), Event()

    with engine_of(theme="light", width=480, height=800) as engine:
        window = window_of(engine)
        with asked(engine, page, lambda _profile: done.set()):
            window.requestActivate()
            assert wait_for(lambda: window.activeFocusItem() is not None, seconds=20)
            for letter in WORDS:
                type_key(window, Qt.Key(ord(letter.upper())), letter)
            type_key(window, Qt.Key.Key_Return, "\r")
            assert wait_for(done.is_set, seconds=20)
        assert window.property("unlock") is None
