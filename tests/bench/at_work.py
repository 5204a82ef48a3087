"""The window at work: a scan from its Enter to the painted line (p99 ≤ 30 ms, also while a pull writes), a change of
page (≤ 100 ms), a letter in the search (p99 ≤ 20 ms): 100,000 products, a draft of 500 lines, 2,000 in the outbox.
"""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from statistics import median
from threading import Event, Thread
from time import perf_counter, thread_time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtQuick import QQuickWindow

from client.app import application
from client.pages import drive
from client.pages.drive import Hand, settle
from client.pages.keys import Keys
from client.station import settled
from sync.stock import Move, Product
from sync.store import Store
from tests.bench.scan import queued
from tests.pages.gallery import shown
from tests.pages.stage import CANNULA, NOW, PLASTER, Stage, gs1, gtin, stage

PRODUCTS, LINES, OUTBOX = 100_000, 500, 2_000
SCANS, LETTERS, ROUNDS = 200, 200, 10
PAGE, FIRST = 500, 1_000
ORDER, DELIVERY = "P00147", 231
_REST = 300
"""Milliseconds between two scans while a pull writes: it rests while somebody scans, and has to be at work again."""
_FRAME_MS = 250
"""Who waits longer for a frame than this waits for nothing: the picture has not changed."""

Times = list[tuple[float, float]]
"""Milliseconds of each: by the clock, and of this thread's own work. They differ by what other programs took."""


def line() -> str:
    """The figures, for people."""
    application(shipped_font=True)
    with tempfile.TemporaryDirectory() as folder:
        on = stage(Path(folder))
        fill(on.store)
        try:
            with shown(on.shell, 480, 800) as window:
                return measured(on, window)
        finally:
            on.store.close()


def measured(on: Stage, window: QQuickWindow) -> str:
    keys = Keys(window, "bench")
    keys.coming.connect(on.store.hurry)
    keys.scanned.connect(on.shell.scanned)
    window.requestActivate()
    settled()
    hand = Hand(window)
    hand.scan(ORDER)
    for nth in range(LINES):
        hand.scan(_article(nth))
    settle(500)
    more = iter(range(2 * SCANS))
    alone = [scan_to_paint(on, hand, next(more)) for _ in range(SCANS)]
    with pulling(on.store):
        during = [scan_to_paint(on, hand, next(more), rest=_REST) for _ in range(SCANS)]
    changes = list(page_changes(on, window))
    letters = list(keystrokes(on, window))
    window.removeEventFilter(keys)
    return (
        f"window at work, {PRODUCTS} products, {LINES} lines, {OUTBOX} in the outbox: scan to paint {told(alone)},"
        f" while a pull writes {told(during)}; change of page {told([took for _, took in changes])},"
        f" slowest {max(changes, key=lambda one: one[1])[0]}; letter of a search {told(letters)}"
    )


def fill(store: Store) -> None:
    """As many products as a hospital group has; a delivery of as many lines as are measured; an outbox of a month."""
    pull = store.catalogue.begin()
    pull.add(products=[CANNULA])
    for start in range(FIRST, PRODUCTS + FIRST, PAGE):
        pull.add(products=some(start, "Product"))
    wanted = range(FIRST, FIRST + LINES)
    pull.add(moves=[Move(nth, DELIVERY, nth, Decimal(100), 1, "Units", 11) for nth in wanted])
    pull.flip(NOW)
    for nth in range(OUTBOX):
        queued(store, nth)


def some(start: int, name: str) -> list[Product]:
    """A page of products, untracked, each with a code of its own."""
    made = (replace(PLASTER, id=nth, name=f"{name} {nth}", barcode=gtin(nth)) for nth in range(start, start + PAGE))
    return [replace(one, tracking=CANNULA.tracking.NONE, use_expiration_date=False) for one in made]


def _article(nth: int) -> str:
    return gs1(replace(PLASTER, barcode=gtin(FIRST + nth)))


def scan_to_paint(on: Stage, hand: Hand, nth: int, rest: int = 5) -> tuple[float, float]:
    settle(rest)
    hand._at += drive._PAUSE
    for letter in _article(nth):
        _typed(hand, letter)
        settle(drive._PACE)
    took = painted(hand.window, lambda: _typed(hand, "\r"))
    if not on.desk.delivery or on.desk.delivery.received(FIRST + nth) != 2:  # the line had one
        raise ValueError(f"scan {nth} was not added: {on.desk.said}")
    return took


def _typed(hand: Hand, letter: str) -> None:
    """One key of a scanner, at its own time."""
    hand._at += drive._PACE
    drive._press(hand.window, drive._KEYS.get(letter) or Qt.Key(ord(letter.upper())), letter, hand._at)


def painted(window: QQuickWindow, act: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds from an act to the next frame that is complete."""
    loop, late = QEventLoop(), QTimer(singleShot=True)
    window.frameSwapped.connect(loop.quit)
    late.timeout.connect(loop.quit)
    began, worked = perf_counter(), thread_time()
    act()
    late.start(_FRAME_MS)
    loop.exec()
    took = (perf_counter() - began) * 1000, (thread_time() - worked) * 1000
    window.frameSwapped.disconnect(loop.quit)
    return took


def page_changes(on: Stage, window: QQuickWindow) -> Iterator[tuple[str, tuple[float, float]]]:
    """From page to page, as the rail or a tile opens them, each round after one more act was confirmed; "receive" comes
    back to the open draft."""
    for nth in range(ROUNDS):
        queued(on.store, OUTBOX + nth)
        for page in _PAGES:
            settle(30)
            yield page, painted(window, lambda: on.shell.go(page))  # noqa: B023 - called at once
        on.press("resume 1")


_PAGES = ("look", "outbox", "receive", "look", "receive", "people", "receive", "scanner", "settings", "papers",
          "count", "home", "move", "home")  # fmt: skip


def keystrokes(on: Stage, window: QQuickWindow) -> Iterator[tuple[float, float]]:
    """What each letter of a search costs once it is known not to begin a scan: other goods from letter to letter, and
    at last one of 100,000."""
    on.shell.go("look")
    for nth in range(LETTERS // 10):
        text = f"product {1000 + nth * 3779 % (PRODUCTS - 1000)}"
        for letters in range(1, len(text) + 1):
            settle(5)
            yield painted(window, lambda: on.shell._look.type(text[:letters]))  # noqa: B023 - called at once


@contextmanager
def pulling(store: Store) -> Iterator[None]:
    """Meanwhile another thread pulls the whole catalogue, changed, again and again."""
    over = Event()
    pull = Thread(target=_pull_until, args=(store, over))
    pull.start()
    try:
        yield
    finally:
        over.set()
        pull.join()


def _pull_until(store: Store, over: Event) -> None:
    for round_ in range(1_000_000):
        pull = store.catalogue.begin()
        pull.add(products=[CANNULA])
        for start in range(FIRST, PRODUCTS + FIRST, PAGE):
            if over.is_set():
                return
            pull.add(products=some(start, f"Product of round {round_}"))
        pull.flip(NOW)


def told(times: Times) -> str:
    clock, work = (sorted(each) for each in zip(*times, strict=True))
    return f"p50 {median(clock):.1f} ms, p99 {_part(clock):.1f} ms (own work {median(work):.1f} and {_part(work):.1f})"


def _part(ordered: list[float]) -> float:
    return ordered[int(len(ordered) * 0.99)]


if __name__ == "__main__":
    sys.stdout.write(line() + "\n")
