"""The scanner test in the window: six codes, a verdict, and back to work where it was left."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from client.barcode.acceptance import TRIALS
from client.barcode.framing import Frame
from client.barcode.scanner import Scanner
from client.work.site.scanners import keep, scanner_of
from tests.pages.stage import GS, Stage, stage

if TYPE_CHECKING:
    from client.pages.scanner_test import ScannerPage


@pytest.fixture
def on(tmp_path: Path, qapp: object) -> Iterator[Stage]:
    on = stage(tmp_path)
    yield on
    on.store.close()


def all_six(on: Stage, change: str = GS) -> "ScannerPage":
    on.shell.go("scanner")
    for trial in TRIALS:
        on.trial_scan("]d2" + trial.sent.replace(GS, change))
    return on.shell.tested


def states(page: "ScannerPage") -> list[str]:
    return [row.picture for row in page._steps._rows]  # type: ignore[attr-defined]  # Rows is of any rows


def faults(page: "ScannerPage") -> list[str]:
    return [row.key for row in page._faults._rows]


def test_a_good_scanner_is_told_so_and_remembered(on: Stage) -> None:
    page = all_six(on)

    assert (page.property("done"), page.property("tone"), faults(page)) == (True, "ok", [])
    assert states(page) == ["check"] * 6
    assert scanner_of(on.store, "wedge") == Scanner(sends_symbology=True, tested_at=on.clock.now())


def test_a_scanner_that_swallows_separators_is_read_so_from_then_on(on: Stage) -> None:
    page = all_six(on, change="")

    assert faults(page) == ["separator_lost"]
    assert scanner_of(on.store, "wedge").loses_separators


def test_the_page_shows_one_code_after_the_other(on: Stage) -> None:
    on.shell.go("scanner")
    page = on.shell.tested
    shown = [(page.property("detail"), page.property("symbol"))]
    for trial in TRIALS[:-1]:
        on.trial_scan("]d2" + trial.sent)
        shown.append((page.property("detail"), page.property("symbol")))

    assert [detail[:6] for detail, _ in shown] == [f"{number} of 6" for number in range(1, 7)]
    assert len({symbol for _, symbol in shown}) == 6
    assert all(symbol.startswith("data:image/png;base64,") for _, symbol in shown)


def test_what_a_scanner_cannot_read_is_left_out(on: Stage) -> None:
    on.shell.go("scanner")
    on.trial_scan("]C0" + TRIALS[0].sent)
    for _ in TRIALS[1:]:
        on.shell.tested.leaveOut()

    assert (on.shell.tested.property("done"), faults(on.shell.tested)) == (True, [])
    assert states(on.shell.tested) == ["check", *["minus"] * 5]


def test_leaving_out_all_keeps_what_was_known(on: Stage) -> None:
    known = Scanner(layout="fr", separator="|")
    keep(on.store, known)
    on.shell.go("scanner")
    for _ in TRIALS:
        on.shell.tested.leaveOut()

    assert on.shell.tested.property("tone") == "ask"
    assert scanner_of(on.store, "wedge") == known


def test_codes_of_the_test_are_no_stock_and_no_evidence(on: Stage) -> None:
    on.shell.go("scanner")
    on.scan("P00147")

    assert on.desk.job is None
    assert on.shell.property("page") == "scanner"


def test_back_from_the_test_the_delivery_stands_as_it_was(on: Stage) -> None:
    on.receive_some()
    before = on.desk.job
    all_six(on)

    on.shell.back()
    on.scan("P00147")

    after = on.desk.job
    assert before
    assert after
    assert after.additions == before.additions
    assert on.shell.property("page") == "job"


def test_it_listens_to_slow_scanners_and_afterwards_as_it_has_learned(on: Stage) -> None:
    heard: list[Scanner] = []
    on.shell.tested.listening.connect(heard.append)
    on.shell.go("scanner")
    for trial in TRIALS:
        on.trial_scan("]d2" + trial.sent, slowest=0.07)

    assert heard[0].gap >= 0.3
    assert heard[-1] == scanner_of(on.store, "wedge")
    assert heard[-1].gap == pytest.approx(0.105)


def test_a_scanner_at_a_port_has_a_record_of_its_own(on: Stage) -> None:
    keep(on.store, Scanner(source="serial", port="/dev/ttyACM0"))
    on.shell.go("scanner")
    for trial in TRIALS:
        on.shell.tested.framed(Frame(f"]d2{trial.sent}".replace(GS, "").encode()))

    assert scanner_of(on.store, "serial") == replace(
        Scanner(source="serial", port="/dev/ttyACM0"), separator="", sends_symbology=True, tested_at=on.clock.now()
    )
    assert scanner_of(on.store, "wedge") == Scanner()


def test_the_test_can_be_done_again(on: Stage) -> None:
    page = all_six(on, change="")

    page.begin()

    assert (page.property("done"), page.property("tone"), states(page)[0]) == (False, "idle", "scan")


def test_half_a_code_from_a_port_is_told(on: Stage) -> None:
    on.shell.plugged("half", "/dev/ttyACM0")

    assert "Half a code" in on.shell._home.heard.property("detail")


def test_a_scanner_that_was_unplugged_is_told_until_it_is_back(on: Stage) -> None:
    on.shell.plugged("lost", "/dev/ttyACM0")
    assert "/dev/ttyACM0 is not there" in on.shell._news.property("trouble")

    on.shell.plugged("open", "/dev/ttyACM0")
    assert on.shell._news.property("trouble") == ""
