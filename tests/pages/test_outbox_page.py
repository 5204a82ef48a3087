"""The outbox page: every way out of every card can be pressed, does what it says, and leads back to the outbox."""

from dataclasses import replace
from pathlib import Path

import pytest

from client.pages.beside import wants_value
from client.work.answer import Command, Tone
from client.work.site.people import Role
from sync.choices import CHOICES
from sync.transaction import Status
from tests.pages.stage import GLOVES, SALINE, Stage, gs1, stage, stock_up

pytestmark = pytest.mark.usefixtures("qapp")
CODES = sorted(CHOICES)
_NO_WAY = {"not_a_way", "unknown_command", "no_such_card", "nothing_to_settle", "nothing_open", "needs_role"}


@pytest.fixture
def here(tmp_path: Path) -> Stage:
    on = stage(tmp_path, role=Role.SUPERVISOR)
    stock_up(on)
    return on


def refused(on: Stage, code: str) -> str:
    """A receipt Odoo refused for that reason, open in the outbox; its reference."""
    on.scan("P00155")
    on.scan(gs1(GLOVES, "B8C24F1", "300531", 10))
    on.press("confirm")
    on.press("yes")
    entry = on.store.outbox.rows()[0]
    on.store.outbox.mark_sending(entry.uuid, on.clock.now())
    on.store.outbox.mark_refused(entry.uuid, code, {"line": 1, "message": "Odoo says so"}, on.clock.now())
    on.press("home")
    on.shell.go("outbox")
    on.shell._outbox.choose(entry.uuid)
    return entry.reference


def ways(on: Stage) -> list[str]:
    return [way.command for way in on.shell._outbox._entry._ways._rows]  # type: ignore[attr-defined]


@pytest.mark.parametrize("code", CODES)
def test_every_way_out_of_every_card_can_be_pressed(tmp_path: Path, code: str) -> None:
    (tmp_path / "first").mkdir()
    first = stage(tmp_path / "first", role=Role.SUPERVISOR)
    refused(first, code)
    offered = ways(first)
    first.store.close()
    assert offered

    for nth, command in enumerate(offered):
        (tmp_path / str(nth)).mkdir()
        on = stage(tmp_path / str(nth), role=Role.SUPERVISOR)
        stock_up(on)
        reference = refused(on, code)
        mine = f"settle {reference} {command.split(' ', 2)[2]}"

        on.shell._outbox._entry.settle(mine)

        if wants_value(Command.parse(mine)):
            assert on.shell._job._ask.own, command
            on.shell.back()
        else:
            assert on.desk.said.code not in _NO_WAY, command
            assert on.desk.said.tone is not Tone.IDLE, command
        on.store.close()


def test_what_was_settled_leads_back_to_the_outbox_and_says_so_there(here: Stage) -> None:
    refused(here, "others_picked")

    here.shell._outbox._entry.settle(ways(here)[0])

    assert here.desk.said.tone is Tone.OK
    assert here.shell.property("page") == "outbox"
    assert here.shell._outbox.heard.property("tone") == "ok"
    here.store.close()


def test_a_card_left_alone_stays_and_leads_back_to_the_outbox(tmp_path: Path) -> None:
    on = stage(tmp_path, role=Role.NURSE)
    refused_ = refused(on, "others_picked")
    barred = next(one for one in on.shell._outbox._entry._ways._rows if one.barred)  # type: ignore[attr-defined]

    on.shell._outbox._entry.settle(barred.command)  # type: ignore[attr-defined]
    assert on.desk.said.code == "needs_role"
    on.press("no")

    assert on.shell.property("page") == "outbox"
    assert [entry.reference for entry in on.store.outbox.rows() if entry.status is Status.REFUSED] == [refused_]
    on.store.close()


def test_what_never_left_is_taken_back_once_however_often_it_is_pressed(here: Stage) -> None:
    here.scan("P00147")
    here.scan(gs1(SALINE, "24H1907", "280331", 40))
    here.press("confirm")
    here.press("yes")
    here.press("home")
    here.shell.go("outbox")
    here.shell._outbox.choose(here.store.outbox.rows()[0].uuid)
    [back] = ways(here)

    here.shell._outbox._entry.settle(back)
    here.shell._outbox._entry.settle(back)

    [entry] = here.store.outbox.rows()
    assert entry.status is Status.WITHDRAWN
    assert [one.event for one in here.store.journal.story(entry.uuid)].count("withdrawn") == 1
    here.store.close()


def test_the_device_is_safe_to_hand_over_when_nothing_is_open_and_says_whose_it_is_else(here: Stage) -> None:
    here.shell.go("outbox")
    assert here.shell._outbox.property("handOver") == "Safe to hand over"

    here.scan("P00147")
    here.scan(gs1(SALINE, "24H1907", "280331", 40))
    here.shell.go("outbox")
    assert here.shell._outbox.property("handOver") == "Not yet safe to hand over"
    assert here.shell._outbox.property("handOverDetail") == "Mira Lindqvist: 1 open"

    [row] = here.shell._outbox._rows._rows
    here.shell._outbox.choose(row.key)
    assert here.shell.property("page") == "job"
    here.store.close()


def test_a_card_says_the_hour_it_was_here_and_no_raw_time(here: Stage) -> None:
    refused(here, "picked_by_person")
    [entry] = [one for one in here.store.outbox.rows() if one.status is Status.REFUSED]
    told = {
        "person": "Joana Adeyemi",
        "picking": "WH/IN/00240",
        "at": "2026-11-21T08:47:21+00:00",
        "lines": "10 gloves",
    }
    shown = replace(entry, facts=told)
    assert here.shell._telling.refused(shown)[1] == "Joana Adeyemi picked on WH/IN/00240, 08:47: 10 gloves"
    here.store.close()
