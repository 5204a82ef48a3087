"""A US keyboard scanner on computers of other countries, through a real X server: keys by their codes, no delay.

`python -m tests.xserver.test_wedge 1000` does a thousand scans of each kind and tells how fast they were.
"""

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from typing import IO, Any

import pytest

from tests.xserver.server import Hand, hand_at, lacking, set_layout, x_server
from tests.xserver.wedge_window import NOBODY

GS = "\x1d"
ROOT = Path(__file__).parents[2]
# What GS1 symbols may hold in a lot or serial (GS1 General Specifications, character set 82).
SET_82 = "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
SCANS = 1002
PATIENCE = 120
"""Seconds after which a program that hears nothing is ended."""
KINDS = [(layout, focus) for layout in ("us", "fr", "de") for focus in ("field", "button")]


@dataclass
class Window:
    """The program under test, on a display."""

    hand: Hand
    program: "subprocess.Popen[str]"

    def hears(self, count: int) -> list[str]:
        return [self._line() for _ in range(count)]

    def look(self) -> dict[str, Any]:
        """Field and clicks, once what was held back has been given back."""
        time.sleep(0.3)
        self._say("look")
        return self._line()  # type: ignore[no-any-return]  # what the window says of itself

    def leave(self) -> None:
        self._say("bye")
        self.program.wait(timeout=20)

    def _say(self, word: str) -> None:
        pipe: IO[str] | None = self.program.stdin
        assert pipe
        pipe.write(word + "\n")
        pipe.flush()

    def _line(self) -> Any:
        assert self.program.stdout
        return json.loads(self.program.stdout.readline() or '"the window is gone"')


@contextmanager
def window(display: str, layout: str, focus: str) -> Iterator[Window]:
    set_layout(display, layout)
    env = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "QT_QUICK_BACKEND": "software"}
    command = [sys.executable, "-m", "tests.xserver.wedge_window", focus]
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with hand_at(display) as hand, subprocess.Popen(command, cwd=ROOT, env=env, **pipes) as program:
        shown, patience = Window(hand, program), Timer(PATIENCE, program.kill)
        patience.start()
        try:
            assert shown.hears(1) == ["ready"]
            yield shown
            shown.leave()
        finally:
            patience.cancel()
            program.kill()


def labels(count: int, seed: str) -> list[str]:
    """60 characters each, with a separator; every second without AIM id, as some scanners send."""
    chance = random.Random(seed)
    made = []
    for nth in range(count):
        symbology = "" if nth % 2 else "]d2"
        lot, serial = "".join(chance.choices(SET_82, k=12)), "".join(chance.choices(SET_82, k=20))
        made.append(f"{symbology}010952123454321317{chance.randint(25, 40)}123110{lot}{GS}21{serial}"[:60])
    return made


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    if missing := lacking():
        pytest.skip(f"no real X server here: {missing} not installed (scripts/system.sh installs it for root)")
    with x_server() as name:
        yield name


@pytest.mark.parametrize(("layout", "focus"), KINDS)
def test_a_us_scanner_is_read_exactly_on_any_keyboard_whatever_has_the_focus(
    layout: str, focus: str, display: str
) -> None:
    sent = labels(SCANS // len(KINDS), layout + focus)

    with window(display, layout, focus) as one:
        for text in sent:
            one.hand.scan(text)
        heard, seen = one.hears(len(sent)), one.look()

    assert {len(text) for text in sent} == {60}
    assert heard == sent
    assert seen == {"field": "", "clicks": 0}


def test_a_scanner_is_heard_in_a_window_that_nobody_gave_the_keyboard(display: str) -> None:
    """On a kiosk without a window manager keys come to the window under the pointer, which Qt does not call active."""
    with window(display, "us", NOBODY) as one:
        one.hand.scan("]C1+A=1")

        assert one.hears(1) == ["]C1+A=1"]


# Scan codes of a French keyboard: its dead key ^, and letters.
CIRCUMFLEX, F, E, T, SPACE = 26, 33, 18, 20, 57


@pytest.mark.parametrize("pause", [0.0, 0.03, 0.09])
def test_a_person_types_accents_in_their_order_before_and_after_a_scan(pause: float, display: str) -> None:
    with window(display, "fr", "field") as one:
        for code in (F, CIRCUMFLEX, E, T, E):
            one.hand.tap(code)
            time.sleep(pause)
        typed = one.look()["field"]
        one.hand.scan("]C1+A=1")
        for code in (CIRCUMFLEX, SPACE, CIRCUMFLEX, T):
            one.hand.tap(code)
            time.sleep(0.09)
        heard, seen = one.hears(1), one.look()

    assert typed == "fête"
    assert heard == ["]C1+A=1"]
    assert seen["field"] == "fête^^t"


@pytest.mark.parametrize("layout", ["ch", "dk", "es", "be", "gb", "pl"])
def test_a_symbology_id_arrives_where_it_is_a_dead_key_or_anything_else(layout: str, display: str) -> None:
    with window(display, layout, "field") as one:
        one.hand.scan(f"]d2010952123454321310a+=\"'-/yZ{GS}21#1")
        one.hand.scan("+A123BJC5D6E71G")
        heard, seen = one.hears(2), one.look()

    assert heard == [f"]d2010952123454321310a+=\"'-/yZ{GS}21#1", "+A123BJC5D6E71G"]
    assert seen == {"field": "", "clicks": 0}


def by_hand(count: int) -> None:
    with x_server() as display:
        for layout, focus in KINDS:
            sent = labels(count, layout + focus)
            with window(display, layout, focus) as one:
                began = time.monotonic()
                for text in sent:
                    one.hand.scan(text)
                heard = one.hears(count)
                took = time.monotonic() - began
                right = sum(one == other for one, other in zip(sent, heard, strict=True))
                sys.stdout.write(f"{layout} {focus}: {right}/{count} exact in {took:.1f} s, {one.look()}\n")


if __name__ == "__main__":
    by_hand(int(sys.argv[1]))
