"""A whole shift on the practice ward, through the real window: scans as keystrokes, a network that fails, one result.

What it proves stands in `summary.json`: every transaction done, nothing twice, nothing different from what was scanned.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from sync.practice.server import PracticeWard
from sync.store import Store
from sync.store.outbox import Entry
from sync.transaction import Kind, Status


@dataclass(frozen=True, slots=True)
class Summary:
    """What a shift came to. `duplicates` and `mismatches` count products and lots of which Odoo holds more, or else."""

    transactions: int
    done: int
    refused: int
    unsent: int
    duplicates: int
    mismatches: int
    pictures: list[str]

    @property
    def clean(self) -> bool:
        """Whether the shift ended as every shift must."""
        return not (self.refused or self.unsent or self.duplicates or self.mismatches) and self.transactions > 0


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that happens in the shift: perhaps a trouble, scans, a page, waiting until all is sent, a picture.

    `answer` is the code the last scan must get; the shift is worth nothing if the ward answered something else.
    """

    scans: tuple[str, ...] = ()
    answer: str = ""
    trouble: Callable[[PracticeWard], None] | None = None
    picture: str = ""
    page: str = ""
    send: bool = False


def shift(today: date) -> Iterator[Act]:
    """The acts of the demo's shift. Commands are scanned too: one scanner is enough (design, promise 6)."""
    later, soon = today + timedelta(days=700), today + timedelta(days=400)
    yield Act(picture="home")
    yield Act(trouble=_go_away, page="receive", picture="starts")
    yield Act(_full(later), "added", picture="receive-all-here")
    yield Act(_NO_NOTE, "confirmed", picture="receive-finished")
    yield Act(_partial(later, soon), "added", picture="receive")
    yield Act((_expired(today),), "expired", picture="receive-expired")
    yield Act(("WS!no",), "set_aside", picture="receive-no")
    yield Act(("WS!home",), page="home", picture="home-begun")
    yield Act(("P00001", "WS!note MS-4411", "WS!confirm"), "short", picture="receive-short")
    yield Act(("WS!yes",), "confirmed", page="outbox", picture="outbox-unsent")
    yield Act(trouble=_come_back_badly, send=True)
    yield Act(_serial(later), "serial_twice", picture="receive-serial-twice")
    yield Act((_gs1("04000000001034", "", later, serial="HIP-3"), _suture(later), *_NO_NOTE), "confirmed", send=True)
    yield Act(_beside(later), "not_on_order", picture="receive-not-on-order")
    yield Act(("WS!yes",), "added_beside", picture="receive-beside")
    yield Act((*_NO_NOTE, "WS!yes"), "confirmed", trouble=_lose_replies, send=True)
    yield Act((*_rest(soon), *_NO_NOTE), "confirmed", send=True)
    yield Act(page="move", picture="move-begin")
    yield Act(("LOC-CS-A1", _gs1("04000000000013", "SY-41A", later, count=10)), "move_added", picture="move")
    yield Act(("LOC-WARD3A",), "goes_to", picture="move-to")
    yield Act(("WS!confirm",), "move_confirmed", picture="move-finished")
    yield Act(("WS!home", "LOC-WARD3A"), "what_here", picture="what-here")
    yield Act(
        ("WS!count 4000000002017", "LOC-CS-B1", "4000000002017", "WS!qty 520"), "counted_changed", picture="count"
    )
    yield Act(("WS!confirm",), "count_submitted", picture="count-finished", send=True)
    yield Act(("WS!home", "WS!look MED-0001"), "looked_up", picture="look-up")
    yield Act(page="outbox", picture="outbox")


_NO_NOTE = ("WS!note none", "WS!confirm")


def _full(day: date) -> tuple[str, ...]:
    """Order 2, all of it: five boxes of catheters, one label that says sixty bags."""
    box = _gs1("14000000000034", "IV-7731", day)
    return ("P00002", *[box] * 5, _gs1("04000000000068", "NC-2290", day, count=60))


def _partial(later: date, soon: date) -> tuple[str, ...]:
    """Order 1, with sixty of a hundred syringes in two lots."""
    syringes = _gs1("04000000000013", "SY-41A", later, count=40), _gs1("04000000000013", "SY-41B", soon, count=20)
    return ("P00001", "4000000002017", "WS!qty 20", *syringes)


def _expired(today: date) -> str:
    return _gs1("04000000000099", "HP-OLD", today - timedelta(days=20))


def _serial(day: date) -> tuple[str, ...]:
    """Order 3: two implants, the second scanned twice."""
    return ("P00003", *(_gs1("04000000001034", "", day, serial=f"HIP-{number}") for number in (1, 2, 2)))


def _suture(day: date) -> str:
    return _gs1("04000000000129", "SU-88", day, count=30)


def _beside(day: date) -> tuple[str, ...]:
    """Order 4, and a box of gloves nobody ordered."""
    return ("P00004", _gs1("04000000000105", "IN-5", day, count=20), _gs1("04000000000112", "GL-9", day, count=50))


def _rest(day: date) -> tuple[str, ...]:
    """The backorder of order 1: what was missing of it."""
    return (
        "P00001",
        _gs1("04000000000013", "SY-41B", day, count=40),
        _gs1("04000000000099", "HP-77", day, count=40),
    )


def _gs1(gtin: str, lot: str, day: date, *, count: int = 0, serial: str = "") -> str:
    """A GS1 DataMatrix as a scanner with AIM identifiers types it."""
    variable = [f"30{count}" if count else "", f"21{serial}" if serial else "", f"10{lot}" if lot else ""]
    return f"]d201{gtin}17{day:%y%m%d}" + "\x1d".join(part for part in variable if part)


def _go_away(ward: PracticeWard) -> None:
    ward.fail_next("refused", times=1_000_000)


def _come_back_badly(ward: PracticeWard) -> None:
    ward.answer_again()
    ward.fail_next("reply_lost", times=2)
    ward.fail_next("http_500")


def _lose_replies(ward: PracticeWard) -> None:
    ward.fail_next("serialization")
    ward.fail_next("reset")
    ward.fail_next("reply_lost", method="button_validate")


def summarise(store: Store, ward: PracticeWard, pictures: Iterable[Path]) -> Summary:
    """Hold what Odoo has against what was scanned, by product and lot."""
    entries = store.outbox.rows(newest=10_000)
    ours, theirs = _scanned(entries), _received(ward)
    return Summary(
        transactions=len(entries),
        done=_count(entries, Status.DONE),
        refused=_count(entries, Status.REFUSED),
        unsent=_count(entries, Status.QUEUED) + _count(entries, Status.SENDING),
        duplicates=sum(1 for key in theirs if theirs[key] > ours[key]),
        mismatches=sum(1 for key in ours.keys() | theirs.keys() if ours[key] != theirs[key]) + _differing(entries),
        pictures=[path.name for path in pictures],
    )


def _count(entries: Iterable[Entry], status: Status) -> int:
    return sum(1 for entry in entries if entry.status is status)


def _differing(entries: Iterable[Entry]) -> int:
    return sum(1 for entry in entries if entry.outcome and entry.outcome.differs)


def _scanned(entries: Iterable[Entry]) -> Counter[tuple[int, str]]:
    total: Counter[tuple[int, str]] = Counter()
    for entry in entries:
        if entry.status is not Status.WITHDRAWN and entry.transaction.kind in _RECEIVED:
            for line in entry.transaction.lines:
                total[line.product_id, line.lot_name] += line.done  # type: ignore[assignment]  # sums of Decimal
    return total


_RECEIVED = frozenset({Kind.RECEIPT, Kind.BLIND_RECEIPT})


def _received(ward: PracticeWard) -> Counter[tuple[int, str]]:
    """What stands on done incoming documents, asked past the network."""
    total: Counter[tuple[int, str]] = Counter()
    for line in ward.ask("stock.move.line", ["state", "=", "done"], ["picking_code", "=", "incoming"]):
        lot: Any = line["lot_id"]
        total[line["product_id"][0], lot[1] if lot else ""] += Decimal(str(line["quantity_product_uom"]))  # type: ignore[assignment]  # sums of Decimal
    return total


def write(summary: Summary, folder: Path) -> Path:
    """`summary.json` in that folder."""
    path = folder / "summary.json"
    path.write_text(json.dumps(asdict(summary), indent=1), encoding="utf-8")
    return path
