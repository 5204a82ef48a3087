"""Settings on the real window: what is chosen holds at once, and nobody changes what their role may not."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtQuick import QQuickItem

from client import language
from client.barcode.scanner import Scanner
from client.licences import LICENCES
from client.pages.around import Around
from client.pages.drive import settle, wait_for
from client.pages.enlist import EnlistPage
from client.pages.item import Item
from client.pages.settings_page import SettingsPage
from client.pages.window import Look, keep_look, look_of
from client.words import tongue
from client.work.site.people import Role
from client.work.site.pin import fits, hashed
from client.work.site.scanners import keep, scanner_of
from tests.pages.stage import CANNULA, gs1
from tests.pages.storeroom import Storeroom

BOSS, PIN = "Mira Lindqvist", "839201"
ROOT = Path(__file__).parents[2]


def open_part(on: Storeroom, name: str) -> SettingsPage:
    """That part of the settings."""
    on.on.shell.go("settings")
    settle(150)
    on.on.shell._settings.open(name)
    settle(80)
    return on.on.shell._settings


def type_pin(on: Storeroom, pin: str) -> None:
    for digit in pin:
        on.tap(f"key{digit}")
    on.on.shell._settings.act()
    settle(60)


@pytest.fixture
def staffed(storeroom: Storeroom) -> Storeroom:
    """Who stands at the desk is the supervisor, and has not given the PIN yet."""
    people, now = storeroom.on.store.people, storeroom.on.clock.now()
    people.add(BOSS, Role.SUPERVISOR, now, "", badge="B-MIRA-1", pin=hashed(PIN))
    people.add("Theo Rey", Role.NURSE, now, BOSS, badge="B-THEO-7", pin=hashed("471100"))
    storeroom.scan("B-MIRA-1")
    return storeroom


def test_settings_are_found_at_the_end_of_home(storeroom: Storeroom) -> None:
    storeroom.tap("settings")
    settle(150)

    assert "What do you want to see or change?" in storeroom.texts()
    storeroom.tap("part people")
    assert "Who works here?" in storeroom.texts()


def test_a_colour_or_a_size_holds_at_once_and_after_the_next_start(storeroom: Storeroom, tmp_path: Path) -> None:
    shell = storeroom.on.shell
    manner = shell._manner
    manner._around = Around(look=Look(), keep=lambda look: keep_look(look, tmp_path))
    page = open_part(storeroom, "manner")
    page.press("theme contrast")
    page.press("text 150")

    assert (manner.property("theme"), manner.property("textScale")) == ("contrast", 1.5)
    assert (look_of(tmp_path).theme, look_of(tmp_path).text_scale) == ("contrast", 1.5)
    assert [row.key for row in page._items._rows if row.chosen and row.key.startswith("theme")] == ["theme contrast"]  # type: ignore[attr-defined]


def test_another_language_opens_the_window_anew(storeroom: Storeroom, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(tongue, "_spoken", tongue._spoken)
    page = open_part(storeroom, "manner")
    folder = page._around.folder
    assert folder
    page._around = Around(folder=folder, reopen=lambda: opened.append(language.chosen(folder)))
    page.press("language de")

    assert (opened, tongue.spoken()) == (["de"], "de")


def test_the_scanner_test_is_one_press_away_and_what_it_found_stands_there(storeroom: Storeroom) -> None:
    keep(storeroom.on.store, Scanner(separator="", tested_at=storeroom.on.clock.now()))
    open_part(storeroom, "scanner")
    assert any("is swallowed" in text for text in storeroom.texts())

    storeroom.tap("act go scanner")
    assert storeroom.on.shell.property("page") == "scanner"


def test_a_port_is_chosen_and_kept(storeroom: Storeroom) -> None:
    page = open_part(storeroom, "scanner")
    page._ports = ("/dev/ttyACM7",)
    page.refresh()
    settle(60)
    storeroom.tap("way port /dev/ttyACM7")

    assert scanner_of(storeroom.on.store, "serial").port == "/dev/ttyACM7"


def test_a_supervisor_gives_somebody_another_badge_with_the_pin_once(staffed: Storeroom) -> None:
    open_part(staffed, "people")
    staffed.tap("act who Theo Rey")
    staffed.tap("act badge")
    assert "Mira Lindqvist: your PIN, please" in staffed.texts()

    type_pin(staffed, PIN)
    assert "Scan the new badge of Theo Rey" in staffed.texts()
    staffed.scan("B-THEO-99")
    settle(60)

    assert "Theo Rey is changed" in staffed.texts()
    people = staffed.on.desk.people
    assert (people.by_badge("B-THEO-99"), people.by_badge("B-THEO-7")) == (people.by_name("Theo Rey"), None)
    assert staffed.on.desk.person.name == BOSS


def test_a_badge_of_another_is_refused_in_words_and_nothing_is_changed(staffed: Storeroom) -> None:
    page = open_part(staffed, "people")
    page.press("who Theo Rey")
    page.press("badge")
    type_pin(staffed, PIN)
    staffed.scan("B-MIRA-1")
    settle(60)

    assert "This is the badge of Mira Lindqvist." in staffed.texts()
    assert staffed.on.store.people.by_badge("B-MIRA-1").name == BOSS  # type: ignore[union-attr]


def test_a_wrong_pin_changes_nobody(staffed: Storeroom) -> None:
    page = open_part(staffed, "people")
    page.press("who Theo Rey")
    page.press("role supervisor")
    type_pin(staffed, "000111")

    assert "Wrong PIN." in staffed.texts()
    assert staffed.on.store.people.get("Theo Rey").role == Role.NURSE  # type: ignore[union-attr]

    type_pin(staffed, PIN)
    assert staffed.on.store.people.get("Theo Rey").role == Role.SUPERVISOR  # type: ignore[union-attr]


def test_the_same_new_pin_is_typed_twice(staffed: Storeroom) -> None:
    page = open_part(staffed, "people")
    page.press("who Theo Rey")
    page.press("pin")
    for pin in (PIN, "662244", "662245"):
        type_pin(staffed, pin)
    assert "These were two different PINs. Nothing was changed." in staffed.texts()

    page.press("pin")
    for pin in ("662244", "662244"):
        type_pin(staffed, pin)
    kept = staffed.on.store.people.get("Theo Rey")
    assert kept
    assert fits("662244", kept.pin)


def type_pin_at(page: EnlistPage, pin: str) -> None:
    for digit in pin:
        page.typed.type(digit)
    page.act()


def enlist(page: SettingsPage, *, by: str = "", pin: str, name: str, role: str, own: str) -> None:
    """Somebody new, without a badge; `by` where several may approve."""
    page.press("add")
    assert page._enlist
    if by:
        page._enlist.choose(by)
    type_pin_at(page._enlist, pin)
    page._enlist.write(name)
    page._enlist.act()
    page._enlist.choose(role)
    page._enlist.noBadge()
    for _ in range(2):
        type_pin_at(page._enlist, own)


def test_who_leaves_the_page_leaves_no_approval_behind(staffed: Storeroom) -> None:
    page = open_part(staffed, "people")
    page.press("who Theo Rey")
    page.press("role storekeeper")
    type_pin(staffed, PIN)
    assert staffed.on.store.people.get("Theo Rey").role == Role.STOREKEEPER  # type: ignore[union-attr]

    staffed.on.shell.go("home")
    page = open_part(staffed, "people")
    page.press("who Theo Rey")
    page.press("role supervisor")

    assert "Mira Lindqvist: your PIN, please" in staffed.texts()
    assert staffed.on.store.people.get("Theo Rey").role == Role.STOREKEEPER  # type: ignore[union-attr]


def test_one_pin_is_enough_for_all_a_supervisor_changes_on_one_visit(staffed: Storeroom) -> None:
    page = open_part(staffed, "people")
    enlist(page, pin=PIN, name="Ana Sousa", role="counter", own="662244")
    assert "Ana Sousa is entered" in staffed.texts()

    page.press("who Theo Rey")
    page.press("role storekeeper")
    assert staffed.on.store.people.get("Theo Rey").role == Role.STOREKEEPER  # type: ignore[union-attr]
    page.press("print")
    assert staffed.on.shell.property("page") == "papers"
    assert not staffed.on.shell._papers.property("asking")


def test_a_pin_given_before_is_enough_to_add_somebody(staffed: Storeroom) -> None:
    page = open_part(staffed, "people")
    page.press("who Theo Rey")
    page.press("role storekeeper")
    type_pin(staffed, PIN)
    page.back()

    page.press("add")

    assert page._enlist
    assert page._enlist.property("step") == "name"


def test_another_supervisors_pin_approves_nothing_of_who_stands_here(staffed: Storeroom) -> None:
    store, now = staffed.on.store, staffed.on.clock.now()
    store.people.add("Ana Sousa", Role.SUPERVISOR, now, BOSS, badge="", pin=hashed("662244"))
    page = open_part(staffed, "people")
    enlist(page, by="Ana Sousa", pin="662244", name="Ben Ito", role="nurse", own="775533")
    assert "Ben Ito is entered" in staffed.texts()

    page.press("who Theo Rey")
    page.press("role storekeeper")

    assert "Mira Lindqvist: your PIN, please" in staffed.texts()
    assert staffed.on.store.people.get("Theo Rey").role == Role.NURSE  # type: ignore[union-attr]


def test_back_from_printing_somebodys_badge_leads_to_that_person(staffed: Storeroom) -> None:
    page = open_part(staffed, "people")
    page.press("who Theo Rey")
    page.press("print")
    type_pin(staffed, PIN)
    assert staffed.on.shell.property("page") == "papers"

    staffed.on.shell.back()

    assert (staffed.on.shell.property("page"), page.property("part")) == ("settings", "people")
    assert page._crew.chosen == "Theo Rey"  # type: ignore[union-attr]


@pytest.mark.parametrize("page", ["settings", "papers"])
def test_a_supervisor_who_scans_their_badge_on_an_open_part_stays_there(staffed: Storeroom, page: str) -> None:
    staffed.scan("B-THEO-7")
    staffed.on.scan("P00147")
    staffed.on.shell.go(page)
    settle(60)
    (staffed.on.shell._settings if page == "settings" else staffed.on.shell._papers).open(
        "people" if page == "settings" else "badges"
    )
    settle(60)

    staffed.scan("B-MIRA-1")

    assert staffed.on.desk.person.name == BOSS
    assert staffed.on.shell.property("page") == page
    assert BOSS in staffed.texts()
    staffed.on.shell.go("receive")
    settle(60)
    assert "P00147 · WH/IN/00231" in staffed.texts()


def test_a_badge_alone_does_not_bring_back_what_a_pin_approved(staffed: Storeroom) -> None:
    page = open_part(staffed, "people")
    page.press("who Theo Rey")
    page.press("role storekeeper")
    type_pin(staffed, PIN)
    for badge in ("B-THEO-7", "B-MIRA-1"):
        staffed.scan(badge)

    page.press("who Theo Rey")
    page.press("role nurse")

    assert "Mira Lindqvist: your PIN, please" in staffed.texts()
    assert staffed.on.store.people.get("Theo Rey").role == Role.STOREKEEPER  # type: ignore[union-attr]


@pytest.mark.parametrize("taken", ["P00147", CANNULA.barcode])
def test_an_orders_number_is_nobodys_badge_and_the_next_one_is_still_asked_for(staffed: Storeroom, taken: str) -> None:
    page = open_part(staffed, "people")
    page.press("who Theo Rey")
    page.press("badge")
    type_pin(staffed, PIN)
    staffed.scan(taken)
    assert page._crew.asked == "badge"  # type: ignore[union-attr]

    staffed.scan("B-THEO-8")
    assert staffed.on.store.people.get("Theo Rey").badge == "B-THEO-8"  # type: ignore[union-attr]


def test_a_pin_that_is_guessed_first_leaves_no_digit_before_the_next(staffed: Storeroom) -> None:
    page = open_part(staffed, "people")
    page.press("add")
    enlist = page._enlist
    assert enlist
    type_pin_at(enlist, PIN)
    enlist.write("Ana Sousa")
    enlist.act()
    enlist.choose("nurse")
    enlist.noBadge()
    type_pin_at(enlist, "1234")
    for _ in range(2):
        type_pin_at(enlist, "482613")

    ana = staffed.on.store.people.get("Ana Sousa")
    assert ana
    assert fits("482613", ana.pin)


def test_somebody_gone_works_here_no_more_after_a_word(staffed: Storeroom) -> None:
    page = open_part(staffed, "people")
    page.press("who Theo Rey")
    page.press("remove")
    type_pin(staffed, PIN)
    assert "Does Theo Rey work here no more?" in staffed.texts()
    page.act()

    assert [one.name for one in staffed.on.store.people.everyone()] == [BOSS]


def test_a_nurse_sees_locks_and_changes_nobody(staffed: Storeroom) -> None:
    staffed.scan("B-THEO-7")
    page = open_part(staffed, "people")
    page.press("who Mira Lindqvist")
    for act in ("badge", "no badge", "pin", "role nurse", "remove"):
        page.press(act)
        settle(30)
        assert not page._crew.asked, act  # type: ignore[union-attr]

    boss = staffed.on.store.people.get(BOSS)
    assert boss
    assert (boss.role, boss.badge, boss.removed_at) == (Role.SUPERVISOR, "B-MIRA-1", None)
    assert all(row.locked for row in page._items._rows if row.kind in {"act", "choice"})  # type: ignore[attr-defined]


def test_anybody_changes_their_own_pin_with_the_old_one_and_nothing_else(staffed: Storeroom) -> None:
    staffed.scan("B-THEO-7")
    page = open_part(staffed, "people")
    page.press("who Theo Rey")
    page.press("pin")
    assert "Theo Rey: your old PIN, please" in staffed.texts()
    for pin in ("471100", "662244", "662244"):
        type_pin(staffed, pin)
    page.press("role supervisor")

    theo = staffed.on.store.people.get("Theo Rey")
    assert theo
    assert fits("662244", theo.pin)
    assert theo.role == Role.NURSE


def test_a_scan_that_is_no_badge_wanted_here_is_work(staffed: Storeroom) -> None:
    open_part(staffed, "people")
    staffed.scan("P00147")

    assert staffed.on.shell.property("page") == "job"


def test_trying_now_wakes_the_sender(storeroom: Storeroom) -> None:
    woken: list[bool] = []
    storeroom.on.shell._news._wake = lambda: woken.append(True)
    open_part(storeroom, "sync")
    storeroom.tap("act sync")

    assert woken == [True]


def test_a_key_in_a_file_is_always_visible(storeroom: Storeroom) -> None:
    page = open_part(storeroom, "key")

    assert next(row.tone for row in page._items._rows if row.kind == "note") == "ask"  # type: ignore[attr-defined]


def test_the_bundle_for_support_is_written_beside_the_window_and_says_where(storeroom: Storeroom) -> None:
    page = open_part(storeroom, "support")
    assert any(row.name.startswith("Never inside: keys") for row in page._items._rows)  # type: ignore[attr-defined]
    page.press("bundle")

    assert wait_for(lambda: page._made != "", seconds=20)
    settle(60)
    made = Path(page._made)
    assert made.parent.name == "support"
    assert made.exists()
    assert any(str(made) in text for text in storeroom.texts())


def test_the_bundle_is_begun_in_sight_and_its_answer_is_in_sight_too(
    storeroom: Storeroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("client.pages.settings_page.QDesktopServices.openUrl", lambda _url: False)
    storeroom.window.resize(1280, 800)
    page = open_part(storeroom, "support")
    storeroom.tap("act bundle")
    assert wait_for(lambda: page._made != "", seconds=20)
    slide(storeroom, -600)  # whoever reads on, and writes it again
    page._made = ""
    page.press("bundle")
    assert wait_for(lambda: page._made != "", seconds=20)
    settle(60)

    answer = next(item for item in storeroom.seen.drawn() if (item.text or "").startswith("The bundle lies in"))
    assert answer.clip[1] <= answer.y
    assert answer.y + answer.height <= answer.clip[3]
    assert page._question()[0] == "The bundle is written"
    page.press("show")
    settle(60)
    assert f"Nothing here opens folders. The file lies in {Path(page._made).parent}." in storeroom.texts()


def slide(on: Storeroom, by: int) -> None:
    """The open part, as a finger would."""
    body = on.window.findChild(QQuickItem, "items").parentItem().parentItem()  # type: ignore[union-attr]
    body.setProperty("contentY", -by)
    settle(20)


def test_about_names_the_device_and_every_library_that_ships(storeroom: Storeroom) -> None:
    page = open_part(storeroom, "about")
    told = {row.detail for row in page._items._rows}  # type: ignore[attr-defined]
    asked = (ROOT / "pyproject.toml").read_text(encoding="utf-8").split("dependencies = [")[1].split("\n]")[0]
    wanted = {line.strip().strip('"').split(">")[0].split("=")[0].split('"')[0] for line in asked.splitlines()}
    wanted = {name for name in wanted if name and not name.startswith("#")}

    assert storeroom.on.store.device.id() in told
    assert wanted - set(LICENCES) == set()


def test_practice_is_one_tap_from_settings(storeroom: Storeroom) -> None:
    gone: list[bool] = []
    page = storeroom.on.shell._settings
    page._around = Around(practise=lambda: gone.append(True))
    storeroom.on.shell.go("settings")
    settle(150)
    storeroom.tap("part practice")

    assert gone == [True]


def test_a_locked_screen_shows_no_settings(staffed: Storeroom) -> None:
    staffed.on.shell._here.lock()
    staffed.on.shell.go("settings")

    assert staffed.on.shell.property("page") == "people"


def test_back_leads_out_of_a_part_and_then_home(storeroom: Storeroom) -> None:
    page = open_part(storeroom, "about")
    storeroom.key(Qt.Key.Key_Escape)
    assert (page.property("part"), storeroom.on.shell.property("page")) == ("", "settings")
    storeroom.key(Qt.Key.Key_Escape)
    assert storeroom.on.shell.property("page") == "home"


def test_settings_that_are_not_seen_read_nothing_at_a_scan(
    storeroom: Storeroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = storeroom.on.shell._settings
    read: list[str] = []

    def of(part: str) -> list[Item]:
        read.append(part)
        return []

    monkeypatch.setattr(page, "_of", of)
    storeroom.scan("P00147")
    storeroom.scan(gs1(CANNULA, "MX40312", "290131", 50))

    assert read == []


def test_somebody_new_is_entered_from_the_settings_and_approved_with_a_pin(staffed: Storeroom) -> None:
    page = open_part(staffed, "people")
    page.press("add")
    enlist = page._enlist
    assert enlist
    for digit in PIN:
        enlist.typed.type(digit)
    enlist.act()
    enlist.write("Ana Sousa")
    enlist.act()
    enlist.choose("counter")
    staffed.scan("B-ANA-31")
    for _ in range(2):
        for digit in "662244":
            enlist.typed.type(digit)
        enlist.act()
    settle(60)

    assert "Ana Sousa is entered" in staffed.texts()
    ana = staffed.on.store.people.by_badge("B-ANA-31")
    assert ana
    assert (ana.name, ana.role) == ("Ana Sousa", Role.COUNTER)


def test_who_approved_somebody_new_approves_nobody_on_the_next_visit(staffed: Storeroom) -> None:
    page = open_part(staffed, "people")
    page.press("add")
    first = page._enlist
    assert first
    for digit in PIN:
        first.typed.type(digit)
    first.act()
    assert first.property("step") == "name"
    staffed.on.shell.go("home")

    page = open_part(staffed, "people")
    page.press("add")
    assert page._enlist
    assert page._enlist.property("step") == "approve"


def test_beside_the_list_a_part_is_open_and_in_sight_whoever_opened_it(storeroom: Storeroom) -> None:
    storeroom.window.resize(1280, 800)
    storeroom.on.shell.go("settings")
    settle(150)
    page = storeroom.on.shell._settings
    assert page.property("part") == "manner"
    assert "How should it look and sound?" in storeroom.texts()

    page.open("about")
    settle(80)
    (row,) = [item for item in storeroom.seen.drawn() if item.name == "part about"]
    assert row.y + row.height <= storeroom.window.height()
    assert row.y > 0


def test_from_the_list_beside_its_part_back_leads_home_and_a_narrow_window_goes_back_to_the_list(
    storeroom: Storeroom,
) -> None:
    storeroom.on.shell.go("settings")
    settle(150)
    page = storeroom.on.shell._settings
    page.open("about")
    storeroom.on.shell.back()
    assert (page.property("part"), storeroom.on.shell.property("page")) == ("", "settings")

    storeroom.window.resize(1280, 800)
    settle(150)
    assert page.property("part") == "manner"
    storeroom.on.shell.back()
    assert storeroom.on.shell.property("page") == "home"
