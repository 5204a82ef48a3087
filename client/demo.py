"""A whole shift on the practice ward, through the real window: scans as keystrokes, a network that fails, one result.

What it proves stands in `summary.json`: every transaction done, nothing twice, nothing different from what was scanned.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from sync.practice.server import PracticeWard
from sync.store import Store
from sync.store.outbox import Entry
from sync.transaction import Kind, Status


@dataclass(frozen=True, slots=True)
class Hands:
    """What one job asked of a person: scans, keys, taps, and how often a finger had to touch the screen for each
    transaction. Nothing is counted that only shows a page for its picture.
    """

    transactions: int
    scans: int
    keys: int
    taps: int

    @property
    def taps_each(self) -> float:
        return self.taps / self.transactions if self.transactions else float(self.taps)


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
    jobs: dict[str, Hands]

    @property
    def clean(self) -> bool:
        """Whether the shift ended as every shift must."""
        return not (self.refused or self.unsent or self.duplicates or self.mismatches) and self.transactions > 0


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that happens in the shift: perhaps a trouble, scans, a page, waiting until all is sent, a picture.

    `typed` are a person's keys, `way` the way to answer that a finger presses, by how its word ends. `answer` is the
    code the last of them must get; the shift is worth nothing if the ward answered something else. `job` is whose
    scans, keys and taps they are in the report.
    """

    job: str = ""
    scans: tuple[str, ...] = ()
    answer: str = ""
    typed: str = ""
    way: str = ""
    trouble: Callable[[PracticeWard], None] | None = None
    picture: str = ""
    page: str = ""
    send: bool = False


def shift(today: date) -> Iterator[Act]:
    """The acts of the demo's shift. Commands are scanned too: one scanner is enough (design, promise 6)."""
    later, soon = today + timedelta(days=700), today + timedelta(days=400)
    yield Act(picture="home")
    yield from _receiving(today, later, soon)
    yield from _moving(later)
    yield from _leaving(later)
    yield from _in_a_hurry(later)
    yield from _counting()
    yield from _on_hold()
    yield from _refused(later)
    yield Act(page="outbox", picture="outbox")


def _receiving(today: date, later: date, soon: date) -> Iterator[Act]:
    receive = partial(Act, "receive")
    yield Act(trouble=_go_away, page="receive", picture="receive-1-starts")
    yield receive(_full(later), "added", picture="receive-2-all-here")
    yield receive(_NO_NOTE, "confirmed", picture="receive-3-finished")
    yield receive(_partial(later, soon), "added", picture="receive-4-next")
    yield receive((_expired(today),), "expired", picture="receive-5-expired")
    yield receive(("WS!no",), "set_aside", picture="receive-6-no")
    yield receive(("WS!home",), picture="home-begun")
    yield receive(("P00001", "WS!note MS-4411", "WS!confirm"), "short", picture="receive-7-short")
    yield receive(("WS!yes",), "confirmed")
    yield Act(page="outbox", picture="outbox-unsent")
    yield Act(trouble=_come_back_badly, send=True)
    yield receive(_serial(later), "serial_twice", picture="receive-8-serial-twice")
    rest = (_gs1("04000000001034", "", later, serial="HIP-3"), _suture(later), *_NO_NOTE)
    yield receive(rest, "confirmed", send=True)
    yield receive(_beside(later), "not_on_order", picture="receive-9-not-on-order")
    yield receive(("WS!yes",), "added_beside", picture="receive-10-beside")
    yield receive((*_NO_NOTE, "WS!yes"), "confirmed", trouble=_lose_replies, send=True)
    yield receive((*_rest(soon), *_NO_NOTE), "confirmed", send=True)


def _moving(later: date) -> Iterator[Act]:
    move = partial(Act, "move")
    yield Act(page="move", picture="move-1-begin")
    yield move(("LOC-CS-A1", _syringes(later, 10)), "move_added", picture="move-2-added")
    yield move(("LOC-WARD3A",), "goes_to", picture="move-3-to")
    yield move(("WS!confirm",), "move_confirmed", picture="move-4-finished", send=True)


def _leaving(later: date) -> Iterator[Act]:
    """Used, thrown away, given back: each goes where the site said."""
    use, waste, back = partial(Act, "use"), partial(Act, "waste"), partial(Act, "return")
    yield use(("WS!home", "LOC-WARD3A"), "what_here", picture="use-1-what-here")
    yield use(("WS!use", _syringes(later, 2)), "move_added", picture="use-2-added")
    yield use(("WS!confirm",), "move_confirmed", picture="use-3-finished")
    yield waste(("WS!home", "LOC-CS-A1", "WS!waste", _syringes(later, 1)), "move_added", picture="waste-1-added")
    yield waste(("WS!confirm",), "move_confirmed", picture="waste-2-finished")
    yield back(("WS!home", "LOC-WARD3A", "WS!return", _syringes(later, 1)), "move_added", picture="return-1-added")
    yield back(("LOC-CS-A1", "WS!confirm"), "move_confirmed", picture="return-2-finished", send=True)


def _in_a_hurry(later: date) -> Iterator[Act]:
    """Taken now without a question; which lot it was is said when it is quiet again."""
    hurry = partial(Act, "take now")
    yield hurry(("WS!home", "WS!take-now", "LOC-WARD3A"), "taken_from", picture="take-now-1-begun")
    yield hurry((_SYRINGE, _TOWEL), "move_added", picture="take-now-2-taken")
    yield hurry(("WS!confirm",), "taken_rest_waits", picture="take-now-3-waits")
    yield hurry(("WS!drafts", "WS!resume 1"), "lot_to_take", picture="take-now-4-which-lot")
    yield hurry((_syringes(later, 1),), "move_added")
    yield hurry(("WS!confirm",), "move_confirmed", picture="take-now-5-complete", send=True)


def _counting() -> Iterator[Act]:
    count = partial(Act, "count")
    fridge = (_counted("04000000000099", "MED-0009-L1", 200), _counted("04000000000099", "HP-77", 40))
    yield count(("WS!home", "WS!count", "LOC-CS-F1"), "counting", picture="count-1-begun")
    insulin = (_counted("04000000000105", "MED-0010-L1", 200), _counted("04000000000105", "IN-5", 20))
    yield count((*fridge, *insulin), "counted", picture="count-2-counted")
    yield count(("WS!confirm",), "count_submitted", picture="count-3-finished", send=True)
    yield Act("look up", ("WS!home", "WS!look MED-0001"), "looked_up", picture="look-up")


def _on_hold() -> Iterator[Act]:
    """A lot is put on hold by who may, looked for with the scanner, and nothing of it is left out."""
    hold = partial(Act, "hold and recall")
    yield hold(("WS!home", f"WS!look ]d201{_SALINE}10NC-2290"), "looked_up", picture="hold-1-looked-up")
    yield hold((SUPERVISOR[1], "WS!hold particles in the bag"), "pin_wanted", picture="hold-2-pin")
    yield hold(typed=SUPERVISOR[2], answer="proved")
    yield hold(("WS!hold particles in the bag",), "put_on_hold", picture="hold-3-on-hold")
    yield hold(("WS!recall",), "recall_under_way", picture="recall-1-where")
    yield hold(("LOC-CS-A1",), "recall_here", picture="recall-2-here")
    yield hold(("WS!none", "WS!recall-end"), "recall_ended", picture="recall-3-ended")


def _refused(later: date) -> Iterator[Act]:
    """A colleague cancelled in Odoo what came here meanwhile: a card says so, and a person decides."""
    card = partial(Act, "cards")
    pacemakers = (_gs1("04000000001027", "", later, serial=f"PACE-{number}") for number in (1, 2))
    yield card(("WS!home", "P00006", *pacemakers, *_NO_NOTE), "confirmed", trouble=_go_away)
    yield Act(trouble=_somebody_cancels, send=True)
    yield Act(page="outbox", picture="cards-1-refused")
    yield card(("WS!cards",), "card", picture="cards-2-card")
    yield card(way="withdraw", answer="withdrawn", picture="cards-3-settled")


SUPERVISOR = ("Sam Supervisor", "BADGE-SAM", "4711")
"""Who may put goods on hold in the demo: name, badge, PIN."""
_SYRINGE, _TOWEL, _SALINE = "4000000000013", "4000000002017", "04000000000068"
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


def _syringes(day: date, count: int) -> str:
    return _gs1("04000000000013", "SY-41A", day, count=count)


def _counted(gtin: str, lot: str, count: int) -> str:
    """A label without a day, and how many somebody counted."""
    return f"]d201{gtin}30{count}\x1d10{lot}"


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


def _somebody_cancels(ward: PracticeWard) -> None:
    ward.answer_again()
    (picking,) = ward.ask("stock.picking", ["origin", "=", "P00006"])
    told = json.dumps({"ids": [picking["id"]]}).encode()
    headers = {"authorization": f"bearer {ward.keys['manager']}", "content-type": "application/json"}
    ward.work("POST", "/json/2/stock.picking/action_cancel", headers, told)


def _come_back_badly(ward: PracticeWard) -> None:
    ward.answer_again()
    ward.fail_next("reply_lost", times=2)
    ward.fail_next("http_500")


def _lose_replies(ward: PracticeWard) -> None:
    ward.fail_next("serialization")
    ward.fail_next("reset")
    ward.fail_next("reply_lost", method="button_validate")


def summarise(store: Store, ward: PracticeWard, pictures: Iterable[Path], jobs: Mapping[str, Hands]) -> Summary:
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
        jobs=dict(jobs),
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


def told(jobs: Mapping[str, Hands]) -> list[str]:
    """The work of the hands, a line for each job."""
    return [
        f"{job}: {one.transactions} transactions, {one.scans} scans, {one.keys} keys, {one.taps} taps"
        f" ({one.taps_each:.2f} for each)"
        for job, one in jobs.items()
    ]


def write(summary: Summary, folder: Path) -> Path:
    """`summary.json` in that folder."""
    path = folder / "summary.json"
    path.write_text(json.dumps(asdict(summary), indent=1), encoding="utf-8")
    return path
