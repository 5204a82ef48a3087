"""The first start on the real window: from a bare device to the first day of work, and back from every obstacle."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QGuiApplication

from client.beginning import Step
from client.pages.drive import settle, type_key, wait_for
from client.pages.window import use_fonts
from client.settings import Profile
from client.work.site.invitation import Invitation, file_of, text_of
from sync.keys import Place
from sync.practice.faults import Reply
from sync.practice.proxy import FaultProxy
from sync.practice.server import PracticeWard
from sync.store import Store
from tests.pages.checks import Sheet
from tests.pages.first_day import PATIENCE, Newcomer, newcomer
from tests.pages.scenes.unlock import without_keyring

pytestmark = pytest.mark.usefixtures("shipped")


@pytest.fixture
def shipped(qapp: QGuiApplication) -> None:
    use_fonts(qapp, shipped=True)


@pytest.fixture
def ward() -> Iterator[PracticeWard]:
    with PracticeWard(0) as ward:
        yield ward


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "device"


def sheet(ward: PracticeWard, **more: object) -> str:
    said = {"url": ward.url, "database": ward.database, **more}
    return text_of(Invitation(**said))  # type: ignore[arg-type]  # fields of Invitation


def kept(folder: Path) -> Store:
    return Profile(folder, Place.FILE).open()


def at(one: Newcomer, step: Step) -> bool:
    """That step has come, and nothing is under way."""
    return wait_for(lambda: one.page._step is step and not one.page._face.doing, PATIENCE)


def to_the_people(one: Newcomer, ward: PracticeWard) -> None:
    one.scan(sheet(ward, key=ward.keys["storekeeper"]))
    one.press("Yes, connect")
    assert at(one, Step.TEST)
    one.press("Go on")
    one.press("Serve all places")
    one.press("Write them down")
    assert at(one, Step.FETCH)
    one.press("Go on")
    one.press("Go on")
    assert at(one, Step.PEOPLE)


def test_scanner_and_keyboard_lead_from_a_bare_device_to_its_first_day(ward: PracticeWard, folder: Path) -> None:
    over: list[str] = []
    with newcomer(folder, finished=lambda: over.append("work")) as one:
        one.scan(sheet(ward))
        one.press("Yes, connect")
        one.scan(ward.keys["storekeeper"])
        one.press("Ask Odoo")
        assert at(one, Step.TEST)
        assert one.reads("User Sven Storekeeper")
        one.press("Go on")
        one.scan("LOC-CS-A")
        one.press("Serve these places")
        one.press("Write them down")
        assert at(one, Step.FETCH)
        assert one.reads("All is here")
        one.press("Go on")
        one.press("Go on")
        one.press("Add somebody")
        one.write("ana")
        one.press("Go on")
        one.press("Supervisor")
        one.scan("BADGE-0042")
        one.write("4711")
        one.press("Go on")
        one.write("4711")
        one.press("Enter them")
        assert one.reads("ana is entered")
        one.press("Begin work")

    assert over == ["work"]
    store = kept(folder)
    enrolment = store.device.enrolment()
    assert enrolment is not None
    assert (enrolment.url, enrolment.login) == (ward.url, "storekeeper")
    assert [store.catalogue.location(id_).complete_name for id_ in enrolment.location_ids] == ["CS/Stock/Shelf A"]  # type: ignore[union-attr]
    assert store.catalogue.counts()["products"] > 40
    (ana,) = store.people.everyone()
    assert (ana.name, ana.role, ana.badge, bool(ana.pin)) == ("ana", "supervisor", "BADGE-0042", True)
    assert store.set_up.draft() == ""
    store.close()


def test_a_finger_and_a_keyboard_fill_the_form_where_there_is_no_sheet(ward: PracticeWard, folder: Path) -> None:
    with newcomer(folder) as one:
        one.tap("typeIt")
        one.write(ward.url.removeprefix("http://"))
        one.press("Go on")
        assert one.reads(ward.url.removeprefix("http://"))
        one.press("Yes, connect")
        one.write(ward.keys["storekeeper"])
        one.press("Ask Odoo")

        assert at(one, Step.TEST)
        assert one.reads(f"Database {ward.database}")  # Odoo was asked for it


def test_a_finger_alone_types_letters_where_the_system_has_no_keyboard(folder: Path) -> None:
    with newcomer(folder) as one:
        one.tap("typeIt")
        one.tap("lettersOffield-url")
        for letter in "odoo.x":
            one.tap(f"letter-{letter}")
        one.tap("letterErase")
        one.tap("letterPage")
        one.tap("letter-A")

        assert one.page._on.draft.invitation.url == "odoo.A"


def test_letters_on_the_screen_pressed_by_keyboard_stand_in_the_order_they_were_pressed(folder: Path) -> None:
    with newcomer(folder) as one:
        one.tap("typeIt")
        one.tap("lettersOffield-url")
        for name in ("letter-a", "letter-b", "letter-c", "letterErase"):
            _pressed_by_keyboard(one, name)

        assert one.page._on.draft.invitation.url == "ab"


def _pressed_by_keyboard(one: Newcomer, name: str) -> None:
    """Tab to it, Enter."""
    for _ in range(80):
        settle(20)
        if any(item.focused and item.name == name for item in one.look.drawn()):
            type_key(one.look.window, Qt.Key.Key_Return, "\r")
            return
        type_key(one.look.window, Qt.Key.Key_Tab, "\t")
    raise AssertionError(f"never came to {name}")


def test_a_form_can_be_scanned_field_by_field(ward: PracticeWard, folder: Path) -> None:
    with newcomer(folder) as one:
        one.tap("typeIt")
        one.scan("odoo.hospital.example")
        one.tap("field-database")
        one.scan("hospital")

        assert (one.page._on.draft.invitation.url, one.page._on.draft.invitation.database) == (
            "odoo.hospital.example",
            "hospital",
        )


def test_a_file_says_the_same_as_a_sheet(ward: PracticeWard, folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "ward.json"
    file.write_text(file_of(Invitation(ward.url, ward.database, key=ward.keys["storekeeper"])))
    with newcomer(folder) as one:
        one.page.takeFiles([QUrl.fromLocalFile(str(file))])
        assert one.reads("The sheet is read")
        one.press("Yes, connect")

        assert at(one, Step.TEST)
        assert one.reads("This device may work there")


def test_another_code_is_no_sheet_and_nothing_happens(folder: Path) -> None:
    with newcomer(folder) as one:
        one.scan("01040000000000310A24H1907")

        assert one.reads("This code is no set-up sheet")
        assert one.page._step is Step.CONNECT
    assert not folder.exists()


def test_nobody_is_asked_and_nothing_is_on_disk_before_a_person_said_yes_to_the_host(
    ward: PracticeWard, folder: Path
) -> None:
    with newcomer(folder) as one:
        one.scan(sheet(ward))
        settle(200)

        assert one.page._step is Step.CONFIRM
        assert ward.calls == []
    assert not folder.exists()


@pytest.mark.parametrize(
    ("said", "role", "sentence", "to_do"),
    [
        ({"database": "hospital"}, "storekeeper", "has no database hospital", "practice"),
        ({}, "plain", "Paul Plain has no right to work with stock", "under Inventory choose User"),
        ({"url": "http://127.0.0.1:9"}, "storekeeper", "127.0.0.1:9 is there, and no Odoo listens", "may need a port"),
        ({"url": "https://nosuch.invalid"}, "storekeeper", "No server is called nosuch.invalid", "letter by letter"),
        (
            {"login": "somebody"},
            "storekeeper",
            "The key belongs to storekeeper, not to somebody",
            "leave the login out",
        ),
    ],
    ids=["database", "rights", "port", "name", "login"],
)
def test_what_is_in_the_way_is_said_with_what_to_do(
    ward: PracticeWard, folder: Path, said: dict[str, object], role: str, sentence: str, to_do: str
) -> None:
    with newcomer(folder) as one:
        one.scan(sheet(ward, key=ward.keys[role], **said))
        one.press("Yes, connect")

        assert one.reads(sentence)
        assert one.reads(to_do)
        assert kept_nowhere(one)


def test_what_was_filled_in_well_does_not_stand_green_over_its_refusal(folder: Path) -> None:
    with newcomer(folder) as one:
        one.tap("typeIt")
        one.scan("http://odoo.hospital.example")
        assert one.reads("Filled in")
        one.press("Go on")

        assert one.reads("odoo.hospital.example would be asked over plain http")
        assert "Filled in" not in one.texts()
        assert one.page.heard.property("tone") == "idle"

        one.scan("odoo.hospital.example")
        assert one.reads("Filled in")


def test_where_the_key_of_the_data_is_kept_is_asked_as_a_part_of_the_way(folder: Path) -> None:
    with without_keyring(), newcomer(folder) as one:
        one.page._on.profile = Profile(folder)
        one.scan(text_of(Invitation(url="https://odoo.hospital.example", database="hospital")))
        assert "1 of 5 · Connect" in one.texts()
        one.press("Yes, connect")

        assert one.reads("Choose a passphrase")
        page = Sheet(one.look.laid_out(), 480, 800)
        seen = {item.text for nth, item in enumerate(page.items) if item.text and page.shown(nth)}
        assert {"1 of 5 · Connect", "odoo.hospital.example"} <= seen


def test_who_has_no_file_with_rules_is_told_who_gives_it_and_works_without(ward: PracticeWard, folder: Path) -> None:
    with newcomer(folder) as one:
        one.scan(sheet(ward, key=ward.keys["storekeeper"]))
        one.press("Yes, connect")
        assert at(one, Step.TEST)
        one.press("Go on")
        one.press("Serve all places")

        assert one.reads("The device works without it")
        assert one.reads("Ask whoever looks after your devices for it")
        assert not any("docs/" in text for text in one.texts())


def kept_nowhere(one: Newcomer) -> bool:
    """The device belongs to nobody yet."""
    store = one.page._on.store
    return store is not None and store.device.enrolment() is None


def test_a_wrong_database_is_mended_by_choosing_one_of_those_odoo_tells(ward: PracticeWard, folder: Path) -> None:
    with newcomer(folder) as one:
        one.scan(sheet(ward, database="hospital", key=ward.keys["storekeeper"]))
        one.press("Yes, connect")
        assert one.reads("It has these: choose one.")
        one.press(ward.database)

        assert one.reads("This device may work there")


@pytest.mark.parametrize("asked_for", [True, False], ids=["where it is asked for", "at once"])
def test_a_key_that_is_over_is_mended_by_another(ward: PracticeWard, folder: Path, asked_for: bool) -> None:
    with newcomer(folder) as one:
        one.scan(sheet(ward, key="this-key-opens-nothing-at-all"))
        one.press("Yes, connect")
        assert one.reads("Odoo does not accept the key")
        if asked_for:
            one.press("Give another key")
        one.scan(ward.keys["storekeeper"])
        if asked_for:
            one.press("Ask Odoo")

        assert one.reads("This device may work there")


def test_asking_can_be_stopped_and_begun_again(ward: PracticeWard, folder: Path) -> None:
    ward.fail_next("slow", seconds=30)
    with newcomer(folder) as one:
        one.scan(sheet(ward, key=ward.keys["storekeeper"]))
        one.press("Yes, connect")
        one.press("Stop")
        assert one.reads("Stopped")
        one.press("Try again")

        assert one.reads("This device may work there")


def test_each_step_back_keeps_what_was_said(ward: PracticeWard, folder: Path) -> None:
    with newcomer(folder) as one:
        one.scan(sheet(ward, key=ward.keys["storekeeper"]))
        one.press("Yes, connect")
        assert at(one, Step.TEST)
        one.press("Go on")
        one.scan("LOC-ICU")
        for step in (Step.TEST, Step.KEY, Step.CONFIRM, Step.FORM):
            one.press("Back")
            assert at(one, step)
        for says in ("Go on", "Yes, connect"):
            one.press(says)
        assert at(one, Step.TEST)

        assert one.page._on.draft.invitation.url == ward.url
        assert one.page._on.draft.invitation.key == ward.keys["storekeeper"]


def test_the_first_pull_can_be_stopped_and_gone_on_with_later(ward: PracticeWard, folder: Path) -> None:
    over: list[str] = []
    with newcomer(folder, finished=lambda: over.append("work")) as one:
        one.scan(sheet(ward, key=ward.keys["storekeeper"]))
        one.press("Yes, connect")
        assert at(one, Step.TEST)
        one.press("Go on")
        one.press("Serve all places")
        ward.fail_next("slow", method="stock.lot/search_read", seconds=30)
        one.press("Write them down")
        one.press("Stop for now")
        assert one.reads("Stopped half-way")
        one.press("Go on without it")
        one.press("Go on")
        one.press("Begin without names")

    assert over == ["work"]
    store = kept(folder)
    assert store.device.enrolment() is not None
    assert store.catalogue.pulled_at() == {}  # the worker goes on with it
    store.close()


class Gallows(FaultProxy):
    """A proxy that kills who asks for lots."""

    def __init__(self, target: str) -> None:
        self.process: subprocess.Popen[bytes] | None = None
        super().__init__(target)

    def work(self, verb: str, path: str, headers: dict[str, str], body: bytes) -> Reply:
        if self.process and "stock.lot/search_read" in path:
            self.process.send_signal(signal.SIGKILL)
            self.process = None
            return Reply(502, b"", ())
        return super().work(verb, path, headers, body)


def test_killed_in_its_first_pull_it_goes_on_there_and_asks_nothing_again(ward: PracticeWard, folder: Path) -> None:
    with Gallows(ward.url) as gallows:
        text = text_of(Invitation(gallows.url, ward.database, key=ward.keys["storekeeper"]))
        told = [sys.executable, "-m", "tests.pages.first_day", str(folder), text]
        env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        with subprocess.Popen(told, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            gallows.process = process
            assert process.wait(120) == -signal.SIGKILL
        store = kept(folder)
        assert store.catalogue.pulled_at() == {}
        store.close()

        with newcomer(folder) as one:
            assert one.page._step is Step.FETCH
            assert at(one, Step.FETCH)
            assert one.reads("All is here")


def test_neither_draft_nor_folder_shows_the_key(ward: PracticeWard, folder: Path) -> None:
    key = ward.keys["storekeeper"]
    with newcomer(folder) as one:
        one.scan(sheet(ward, key=key))
        one.press("Yes, connect")
        assert at(one, Step.TEST)
        assert one.page._on.draft.invitation.key == key  # it is there, in the encrypted store

        assert key not in repr(one.page._on.draft)
        for path in folder.rglob("*"):
            assert path.is_dir() or key.encode() not in path.read_bytes(), path


def test_what_the_rules_name_and_odoo_lacks_is_said_with_where_to_make_it(ward: PracticeWard, folder: Path) -> None:
    rules = '{"schema": 2, "places": {"Hospital/Day clinic": {"use": "LOC-CONSUMED"}}}'
    with newcomer(folder) as one:
        one.scan(sheet(ward, key=ward.keys["storekeeper"], policy=rules))
        one.press("Yes, connect")
        assert at(one, Step.TEST)
        one.press("Go on")
        one.press("Serve all places")

        assert one.reads("no place in Odoo is called Hospital/Day clinic")
        assert one.reads("Inventory > Configuration > Locations")
        one.press("Write them down")
        assert at(one, Step.FETCH)
    assert '"Hospital/Day clinic"' in (folder / "policy.json").read_text()


def test_the_second_person_is_approved_by_the_first_and_after_a_restart_by_their_pin(
    ward: PracticeWard, folder: Path
) -> None:
    with newcomer(folder) as one:
        to_the_people(one, ward)
        enter(one, "ana", "Supervisor")
        enter(one, "theo", "Nurse")
        store = one.page._on.store
        assert store is not None
        assert [(who.name, who.role) for who in store.people.everyone()] == [("ana", "supervisor"), ("theo", "nurse")]

    with newcomer(folder) as one:
        one.press("Add somebody")
        assert one.reads("ana: your PIN, please")
        one.write("1379")
        one.press("Go on")
        assert one.reads("Wrong PIN")
        one.write("4711")
        one.press("Go on")
        assert one.reads("What is their name?")


def enter(one: Newcomer, name: str, role: str) -> None:
    one.press("Add somebody")
    one.write(name)
    one.press("Go on")
    one.press(role)
    one.press("They have no badge")
    for says in ("Go on", "Enter them"):
        one.write("4711")
        one.press(says)
    assert one.reads(f"{name} is entered")


def test_two_pins_that_differ_enter_nobody(ward: PracticeWard, folder: Path) -> None:
    with newcomer(folder) as one:
        to_the_people(one, ward)
        one.press("Add somebody")
        one.write("ana")
        one.press("Go on")
        one.press("Supervisor")
        one.press("They have no badge")
        one.write("4711")
        one.press("Go on")
        one.write("4712")
        one.press("Enter them")

        assert one.reads("The two PINs are not the same")
        assert one.page._on.store is not None
        assert one.page._on.store.people.everyone() == []
