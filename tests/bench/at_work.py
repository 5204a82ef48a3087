"""From a scanner's Enter to the painted line, on 100,000 products, alone and while a pull writes (aim p99 ≤ 30 ms)."""

import os
import tempfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from statistics import median
from threading import Event, Thread
from time import perf_counter

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")

from PySide6.QtCore import QEventLoop
from PySide6.QtQuick import QQuickWindow

from client.app import application
from client.pages.drive import settle, type_scan
from client.pages.keys import Keys
from sync.stock import Move, Product
from sync.store import Store
from tests.pages.gallery import shown
from tests.pages.stage import CANNULA, NOW, Stage, gs1, gtin, stage

PRODUCTS = 100_000
SCANS = 150
PAGE = 500


def line() -> str:
    """The figures, for people."""
    application(shipped_font=True)
    with tempfile.TemporaryDirectory() as folder:
        on = stage(Path(folder))
        fill(on.store)
        with shown(on.shell, 480, 800) as window:
            keys = Keys(window, "bench")
            keys.scanned.connect(on.shell.scanned)
            window.requestActivate()
            type_scan(window, "P00147")
            settle(200)
            alone = measured(on, window, "A")
            with_pull = during_a_pull(on, window)
            window.removeEventFilter(keys)
        on.store.close()
    return f"scan to paint, {PRODUCTS} products: alone {told(alone)}; while a pull writes {told(with_pull)}"


def fill(store: Store) -> None:
    """As many products as a hospital group has."""
    pull = store.catalogue.begin()
    pull.add(products=[CANNULA], moves=[Move(1, 231, CANNULA.id, Decimal(100_000), 1, "Units", 11)])
    for start in range(1000, PRODUCTS + 1000, PAGE):
        pull.add(products=some(start, "Product"))
    pull.flip(NOW)


def measured(on: Stage, window: QQuickWindow, lot: str) -> list[float]:
    """Milliseconds of each scan, each of another lot: the line grows, the draft too."""
    return [one_scan(on, window, f"{lot}{nth}") for nth in range(SCANS)]


def one_scan(on: Stage, window: QQuickWindow, lot: str) -> float:
    settle(5)
    before = on.desk.delivery.received(CANNULA.id) if on.desk.delivery else Decimal(0)
    loop = QEventLoop()
    window.frameSwapped.connect(loop.quit)
    began = perf_counter()
    type_scan(window, gs1(CANNULA, lot, "290131", 1))
    loop.exec()
    took = (perf_counter() - began) * 1000
    window.frameSwapped.disconnect(loop.quit)
    if not on.desk.delivery or on.desk.delivery.received(CANNULA.id) != before + 1:
        raise ValueError(f"the scan of {lot} was not added: {on.desk.said}")
    return took


def during_a_pull(on: Stage, window: QQuickWindow) -> list[float]:
    """The same while another thread pulls the whole catalogue, changed, again and again."""
    over = Event()
    pulling = Thread(target=pull_until, args=(on.store, over))
    pulling.start()
    try:
        return measured(on, window, "B")
    finally:
        over.set()
        pulling.join()


def pull_until(store: Store, over: Event) -> None:
    for round_ in range(1_000_000):
        pull = store.catalogue.begin()
        pull.add(products=[CANNULA])
        for start in range(1000, PRODUCTS + 1000, PAGE):
            if over.is_set():
                return
            pull.add(products=some(start, f"Product of round {round_}"))
        pull.flip(NOW)


def some(start: int, name: str) -> list[Product]:
    return [replace(CANNULA, id=nth, name=f"{name} {nth}", barcode=gtin(nth)) for nth in range(start, start + PAGE)]


def told(times: list[float]) -> str:
    ordered = sorted(times)
    return f"p50 {median(ordered):.1f} ms, p99 {ordered[int(len(ordered) * 0.99)]:.1f} ms"


if __name__ == "__main__":
    import sys

    sys.stdout.write(line() + "\n")
