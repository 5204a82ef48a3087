"""What stands behind the pages: rows that change only where they must, fields, sounds, the shell. No window."""

import json
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from client.pages.around import Around
from client.pages.entry import Entry
from client.pages.rows import Rows
from client.pages.shell import Shell
from client.pages.window import Look, look_of
from client.sound import RATE, TONES, samples
from client.work.answer import Command
from sync.errors import WardstockError
from sync.pull import PullReport
from sync.push import PushReport
from sync.watch import Notice
from sync.worker import SyncReport
from tests.pages.stage import CANNULA, Stage, gs1, stage

pytestmark = pytest.mark.usefixtures("qapp")


@dataclass(frozen=True, slots=True)
class Thing:
    key: str
    put_in: str = ""


class Heard:
    """What a model told its view."""

    def __init__(self, rows: Rows) -> None:
        self.changed, self.inserted, self.removed, self.resets = list[int](), list[int](), list[int](), 0
        rows.dataChanged.connect(lambda first, last: self.changed.extend(range(first.row(), last.row() + 1)))
        rows.rowsInserted.connect(lambda _, first, last: self.inserted.extend(range(first, last + 1)))
        rows.rowsRemoved.connect(lambda _, first, last: self.removed.extend(range(first, last + 1)))
        rows.modelReset.connect(self._reset)

    def _reset(self) -> None:
        self.resets += 1


def shown(rows: Rows) -> list[tuple[str, str]]:
    key, place = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
    indexes = [rows.index(nth) for nth in range(rows.rowCount())]
    return [(rows.data(index, key), rows.data(index, place)) for index in indexes]


def test_one_changed_row_is_one_change(qtmodeltester: ModelTester) -> None:
    rows = Rows(Thing)
    rows.show([Thing("a"), Thing("b"), Thing("c")])
    heard = Heard(rows)

    rows.show([Thing("a"), Thing("b", "A4"), Thing("c")])

    assert (heard.changed, heard.inserted, heard.removed, heard.resets) == ([1], [], [], 0)
    assert shown(rows) == [("a", ""), ("b", "A4"), ("c", "")]
    qtmodeltester.check(rows)  # type: ignore[no-untyped-call]  # pytest-qt ships no types for it


def test_rows_come_and_go_without_a_reset() -> None:
    rows = Rows(Thing)
    rows.show([Thing("a"), Thing("b"), Thing("c")])
    heard = Heard(rows)

    rows.show([Thing("b"), Thing("x"), Thing("c"), Thing("y")])

    assert (heard.removed, heard.inserted, heard.resets) == ([0], [1, 3], 0)
    assert [key for key, _ in shown(rows)] == ["b", "x", "c", "y"]


def test_another_order_is_a_reset() -> None:
    rows = Rows(Thing)
    rows.show([Thing("a"), Thing("b")])
    heard = Heard(rows)

    rows.show([Thing("b"), Thing("a")])

    assert heard.resets == 1
    assert [key for key, _ in shown(rows)] == ["b", "a"]


def test_roles_are_spelt_as_qml_spells_them() -> None:
    assert {bytes(name.data()) for name in Rows(Thing).roleNames().values()} == {b"key", b"putIn"}


@pytest.mark.parametrize(
    ("keys", "day"),
    [
        ("27 08", "2027-08-31"),
        ("2708", "2027-08-31"),
        ("274", "2027-04-30"),
        ("271215", "2027-12-15"),
        ("27-2-28", "2027-02-28"),
        ("280229", "2028-02-29"),
    ],
)
def test_a_date_is_typed_in_few_keys(keys: str, day: str) -> None:
    entry = Entry()
    entry.open("expiry", "date")

    for key in keys:
        entry.type(key)

    assert entry.filled()
    assert entry.command() == Command("expiry", day)


@pytest.mark.parametrize("keys", ["", "27", "2713", "270230", "0"])
def test_no_day_is_no_answer(keys: str) -> None:
    entry = Entry()
    entry.open("expiry", "date")

    for key in keys:
        entry.type(key)

    assert not entry.filled()


def test_a_given_number_is_replaced_by_the_first_key_and_stepped_from() -> None:
    entry = Entry()
    entry.open("qty", "number", text="50")
    entry.step(1)
    assert entry.command() == Command("qty", "51")

    entry.open("qty", "number", text="50")
    entry.type("7")
    entry.type("\b")
    assert not entry.filled()
    entry.step(-1)
    assert not entry.filled()


@pytest.mark.parametrize("key", ["a", "é", "", "٣"])
def test_what_is_no_digit_is_not_swallowed(key: str) -> None:
    entry = Entry()
    entry.open("qty", "number")

    assert not entry.type(key)


def test_the_three_tones_differ_in_length_pitch_and_number() -> None:
    lengths = {tone: len(samples(tone)) / RATE for tone in TONES}

    assert lengths == pytest.approx({"ok": 0.080, "ask": 0.220, "no": 0.350}, abs=0.001)
    assert [hertz for tone in ("ok", "ask", "no") for hertz, _ in TONES[tone]] == [1800, 900, 1200, 280]
    assert len(samples("idle")) == 0


def test_a_tone_begins_and_ends_in_silence() -> None:
    for tone in TONES:
        assert abs(samples(tone)[0]) < 100
        assert abs(samples(tone)[-1]) < 1_500


def test_each_answer_is_heard(tmp_path: Path) -> None:
    on = stage(tmp_path)
    heard: list[str] = []
    on.shell = Shell(on.desk, Around(play=heard.append))

    on.scan("P00147")
    on.scan(gs1(CANNULA, "MX1"))
    on.scan("unknown to everyone")

    assert heard == ["ok", "ask", "no"]
    on.store.close()


@pytest.fixture
def store_room(tmp_path: Path) -> Stage:
    return stage(tmp_path)


def test_losing_the_network_is_no_trouble(store_room: Stage) -> None:
    store_room.shell.heard(SyncReport(push=PushReport(stopped="unreachable")))

    assert (store_room.shell._news._online, store_room.shell._news._trouble) == (False, "")
    store_room.store.close()


def test_what_the_worker_says_once_stays_until_somebody_presses_the_badge(store_room: Stage) -> None:
    soon = Notice("key_ends_soon", {"day": "2027-01-04", "days": 9})

    store_room.shell.heard(SyncReport(notices=(soon,)))
    store_room.shell.heard(SyncReport())
    said = str(store_room.shell._news.property("trouble"))
    store_room.shell._news.syncNow()

    assert "ends on 2027-01-04" in said
    assert store_room.shell._news.property("trouble") == ""
    store_room.store.close()


def test_a_key_that_is_over_is_said_in_words(store_room: Stage) -> None:
    store_room.shell.heard(SyncReport(push=PushReport(stopped="odoo_auth")))

    assert "wardstock key set" in store_room.shell._news._trouble
    store_room.store.close()


def test_a_pass_that_ends_well_is_a_connection(store_room: Stage) -> None:
    store_room.shell.heard(SyncReport(push=PushReport(), pull=PullReport()))

    assert store_room.shell._news._online
    store_room.store.close()


def test_a_confirmed_delivery_is_no_longer_expected(store_room: Stage) -> None:
    store_room.receive_some()
    store_room.press("confirm")
    store_room.press("yes")

    assert [task.name for task in store_room.shell._today.agenda().deliveries()] == ["Orbis Pharma"]
    assert store_room.shell._news._summary.unsent == 1
    store_room.store.close()


def test_a_restart_goes_on_where_it_was(tmp_path: Path) -> None:
    before = stage(tmp_path)
    before.receive_some()
    before.store.close()

    after = stage(tmp_path)
    (task,) = after.shell._today.agenda().drafts()
    after.shell._open(task.key)

    assert (task.number, task.unit) == ("2", "of 4 lines")
    assert after.shell._page == "job"
    assert len(after.desk.delivery.additions) == 3 if after.desk.delivery else False
    after.store.close()


def test_yesterdays_hour_carries_its_day(store_room: Stage) -> None:
    now = store_room.clock.now()

    assert store_room.shell._telling.hour(now) == "09:42"
    assert store_room.shell._telling.hour(now - timedelta(days=1)) == "20 Nov 09:42"
    store_room.store.close()


def test_the_look_is_read_from_the_profile(tmp_path: Path) -> None:
    assert look_of(tmp_path) == Look()

    (tmp_path / "look.json").write_text(json.dumps({"theme": "contrast", "text_scale": 1.25}), encoding="utf-8")
    assert look_of(tmp_path) == Look(theme="contrast", text_scale=1.25)


def test_a_look_nobody_can_follow_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "look.json").write_text('{"theme": "dark", "colour": "pink"}', encoding="utf-8")

    with pytest.raises(WardstockError, match="policy_unreadable"):
        look_of(tmp_path)
