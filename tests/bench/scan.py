"""One scan through meaning, rules and disk: 100,000 products, a draft of 500 lines, 2,000 rows in the outbox.

Aim: p99 ≤ 10 ms, in each job a line is scanned into.
"""

import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from statistics import median
from time import perf_counter

from client.barcode.label import RawScan
from client.work.answer import Command
from client.work.desk import Desk
from client.work.site.people import Person, Role
from client.work.site.policy import Policy
from sync.clock import Clock
from sync.stock import Lot, Move, PickingType, Product, StockRow, Tracking
from sync.store import Store
from sync.store.device import Enrolment
from sync.transaction import Document, Draft, Footprint, Kind, Line, Transaction, new_uuid
from tests.work.conftest import BIN_A, KEY, NOW, ORDER, SYRINGE, fill, gtin, label

PRODUCTS, LINES, OUTBOX, SCANS, PAGE = 100_000, 500, 2_000, 300, 500
SHELF = "5/"


def line() -> str:
    """The figures, for people."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder) / "wardstock.db", KEY)
        try:
            _filled(store)
            return f"one scan to disk, {PRODUCTS} products, {LINES} lines, {OUTBOX} in the outbox: " + ", ".join(
                f"{job} {_told(times)}" for job, times in _measured(store)
            )
        finally:
            store.close()


def _measured(store: Store) -> Iterator[tuple[str, list[float]]]:
    for job, opens, scan in _JOBS:
        desk = Desk(store, Person("Joana", Role.SUPERVISOR), Policy(), Clock())
        for words in opens:
            _say(desk, words)
        for nth in range(LINES):
            _say(desk, scan(nth))
        yield job, [_timed(desk, scan(LINES + nth)) for nth in range(SCANS)]
        desk.home()


def _timed(desk: Desk, text: str) -> float:
    """Milliseconds of one scan, which must have been added."""
    before = len(desk.job.additions) if desk.job else 0
    began = perf_counter()
    _say(desk, text)
    took = (perf_counter() - began) * 1000
    if desk.job is None or len(desk.job.additions) != before + 1:
        raise ValueError(f"{text!r} was not added: {desk.said}")
    return took


def _say(desk: Desk, text: str) -> None:
    if text.startswith("!"):
        desk.command(Command.parse(text[1:]))
    else:
        desk.scan(RawScan.received(text, source="bench", device="bench", scanned_at=datetime.now(UTC)))


def _lot(nth: int) -> str:
    return label(SYRINGE, lot=f"L{nth:05}", expiry="290331")


def _article(nth: int) -> str:
    """Another product each time, untracked."""
    return gtin(6_000_000_000 + nth)


_JOBS: tuple[tuple[str, tuple[str, ...], Callable[[int], str]], ...] = (
    ("receipt", (ORDER.name,), _lot),
    ("move", ("!move", "LOC-A"), _article),
    ("count", ("!count LOC-A",), _article),
)


def _filled(store: Store) -> None:
    store.device.enrol(Enrolment("http://127.0.0.1:1", "ward", "storekeeper", 5, 1, NOW), "key")
    fill(store)
    pull = store.catalogue.begin()
    pull.add(products=[SYRINGE], moves=[Move(200, ORDER.id, SYRINGE.id, Decimal(1_000_000), 1, "Units", 5)])
    for start in range(1000, PRODUCTS + 1000, PAGE):
        pull.add(products=list(_products(start)))
    pull.add(stock_rows=[StockRow(10_000 + nth, 1000 + nth, BIN_A.id, Decimal(50)) for nth in range(LINES + SCANS)])
    pull.add(lots=[Lot(10_000 + nth, SYRINGE.id, f"K{nth}") for nth in range(2_000)])
    pull.merge("picking_types", [PickingType(2, "Internal", "internal", 5, 5)])
    pull.flip(NOW)
    for nth in range(OUTBOX):
        queued(store, nth)


def _products(start: int) -> Iterator[Product]:
    for id_ in range(start, start + PAGE):
        code = gtin(6_000_000_000 + id_ - 1000)
        yield replace(SYRINGE, id=id_, name=f"Product {id_}", barcode=code, code=f"P{id_}", tracking=Tracking.NONE)


def queued(store: Store, nth: int) -> None:
    """One transfer that waits to be sent."""
    draft, now = new_uuid(), datetime.now(UTC)
    store.drafts.open(Draft(draft, "bench", "{}", "Joana", "bench", now, now))
    one = Line(1, 50_000 + nth, Decimal(1), 1, BIN_A.id, 20)
    document, moment = Document(5, BIN_A.id, 20), Clock().moment()
    act = Transaction(new_uuid(), Kind.TRANSFER, f"B-{nth}", document, 1, "Joana", "WS-BENCH", moment, (one,))
    store.outbox.confirm(draft, [(act, Footprint(None, frozenset({(50_000 + nth, SHELF)})))], now)


def _told(times: list[float]) -> str:
    ordered = sorted(times)
    return f"p50 {median(ordered):.1f} ms, p99 {ordered[int(len(ordered) * 0.99)]:.1f} ms"


if __name__ == "__main__":
    sys.stdout.write(line() + "\n")
