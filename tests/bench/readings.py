"""Labels without their separators: how many have one reading only, how often the likeliest is the right one."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from time import thread_time

from client.barcode.checks import check_digit_is_right
from client.barcode.label import Element
from client.barcode.repair import likeliest, readings

ORDERS = ("01 17 10", "01 10 17", "01 17 10 21", "01 21 17 10", "01 10 17 21", "01 11 17 10 21")
YEAR, SEED, EACH = 2026, 424242, 60


@dataclass(frozen=True)
class Cell:
    """One order of elements with one kind of lots and serials."""

    order: str
    digits: bool
    unique: float
    first: float
    """Of those read at all, how many have the printed reading in front."""
    known: float
    """The same, where the lot is known."""
    shown: float
    """How many have it among the six shown."""
    slowest: float
    """Seconds of the thread's own time."""


def cells() -> Iterator[Cell]:
    """Seeded: the same labels each time."""
    for order in ORDERS:
        for digits in (False, True):
            yield _cell(order.split(), digits, random.Random(f"{SEED} {order} {digits}"))


def _cell(order: list[str], digits: bool, chance: random.Random) -> Cell:
    unique = first = known = shown = 0
    slowest = 0.0
    for _ in range(EACH):
        printed = tuple(Element(ai, _value(ai, digits, chance)) for ai in order)
        text = "".join(one.ai + one.value for one in printed)
        began = thread_time()
        found = readings(text, YEAR)
        slowest = max(slowest, thread_time() - began)
        unique += len(found) == 1
        first += bool(found) and found[0].elements == printed
        lots = {one.value for one in printed if one.ai == "10"}
        by_lot = likeliest(found, YEAR, lots)
        known += bool(by_lot) and by_lot[0].elements == printed
        shown += printed in [one.elements for one in found[:6]]
        assert not any(one.sure and one.elements != printed for one in found), text
    return Cell(" ".join(order), digits, unique / EACH, first / EACH, known / EACH, shown / EACH, slowest)


def _value(ai: str, digits: bool, chance: random.Random) -> str:
    if ai == "01":
        body = f"0{chance.randrange(10**12):012}"
        return next(body + digit for digit in "0123456789" if check_digit_is_right(body + digit))
    if ai in {"11", "17"}:
        first = date(2022, 1, 1) if ai == "11" else date(2026, 12, 1)
        return f"{first + timedelta(days=chance.randrange(1400)):%y%m%d}"
    letters = "0123456789" if digits else "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"
    return "".join(chance.choice(letters) for _ in range(chance.randint(5, 10)))


def line() -> str:
    """The worst and the average cell."""
    all_ = list(cells())
    first = sum(one.first for one in all_) / len(all_)
    shown = sum(one.shown for one in all_) / len(all_)
    slowest = max(one.slowest for one in all_)
    return (
        f"lost separators: {first:.0%} of {len(all_) * EACH} labels have the printed reading first, {shown:.0%} among"
        f" the six shown; slowest {slowest * 1000:.1f} ms"
    )


def table() -> str:
    """Beside facts/scanning 3.5."""
    head = "order              lots     one only  first  lot known  shown  slowest ms"
    rows = (
        f"{one.order:18} {'digits' if one.digits else 'alnum':8} {one.unique:8.0%} {one.first:6.0%}"
        f" {one.known:10.0%} {one.shown:6.0%} {one.slowest * 1000:8.1f}"
        for one in cells()
    )
    return "\n".join((head, *rows))
