"""What somebody should look at: held, expired, expiring, low; nothing of a shelf that is being counted."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest

from client.work.desk import Desk
from client.work.lookup.attention import Noticed, Sieve, Why, noticed
from client.work.site.policy import Place, Policy
from sync.stock import Lot, ReorderPoint, StockRow
from sync.store.holds import By, HoldLine
from sync.transaction import Kind, Line, Outcome
from tests.pages.stage import CANNULA, GLOVES, NOW, PLASTER, PROPOFOL, SALINE, Stage, needs_looking_at, stage
from tests.work.stocked import did

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def here(tmp_path: Path) -> Stage:
    on = stage(tmp_path)
    needs_looking_at(on)
    return on


def told(found: tuple[Noticed, ...]) -> list[tuple[str, str, int, int]]:
    return [(str(one.why), one.lot_name, int(one.shown), one.days) for one in found]


def test_the_most_pressing_comes_first(here: Stage) -> None:
    assert told(here.desk.noticed()) == [
        ("held", "7F220K", 25, 0),
        ("expired", "22A0001", 4, -11),
        ("expiring", "MX30007", 30, 18),
        ("low", "", 6, 0),
    ]
    here.store.close()


def test_of_a_shelf_that_is_counted_nothing_is_told(here: Stage) -> None:
    here.press("count")
    here.scan("LOC-A411")

    assert {one.why for one in here.desk.noticed()} == {Why.HELD, Why.LOW}
    here.store.close()


def test_home_has_the_four_most_pressing_and_the_look_up_page_all(here: Stage) -> None:
    listed = [task.name for task in here.shell._home._agenda._rows if task.head == "Look at these"]  # type: ignore[attr-defined]
    assert len(listed) == 1
    assert here.shell._home.property("noticedDetail") == "1 on hold · 1 expired · 1 expires soon · 1 running low"

    here.shell.go("look")
    assert len(here.shell._look._facts._rows) == 4
    here.shell._look.press(here.shell._look._facts._rows[1].say)  # type: ignore[attr-defined]
    assert here.shell._look.property("title").startswith("Sodium chloride")
    here.store.close()


# ---------------------------------------------------------------- what is told never depends on what was asked before


@pytest.mark.parametrize("seed", range(12))
def test_asked_again_after_each_change_it_tells_what_it_would_if_it_looked_at_everything(
    tmp_path: Path, seed: int
) -> None:
    on = stage(tmp_path)
    needs_looking_at(on)
    chance = Random(seed)
    day = Day(on, chance)

    for _ in range(30):
        chance.choice((*day.works,) * 3 + day.rarely)()
        told_now = on.desk.noticed()
        assert sorted(map(repr, told_now)) == sorted(map(repr, _all_looked_at(on)))
    on.store.close()


def _all_looked_at(on: Stage) -> tuple[Noticed, ...]:
    """By somebody who was not here before, and who goes through all goods and all reorder points one by one."""
    anew = Desk(on.store, on.desk.person, on.desk.policy, on.clock)
    goods = tuple(range(1, 10))
    points = [one for id_ in goods for one in on.store.catalogue.reorder_points(product_id=id_)]
    with anew.shelves.one_moment():
        touched = anew.shelves.touched()
    assert touched <= set(goods)
    ward = anew.ward()
    return noticed(on.store, ward, Sieve(goods, tuple(points)), ward.counting.under_way())


@dataclass
class Day:
    """What happens on a ward: goods come and go, Odoo books them or refuses, pulls bring news, holds, counts, days."""

    on: Stage
    chance: Random
    open: list[str] = field(default_factory=list)
    rows: int = 100
    works: tuple[Callable[[], None], ...] = ()
    rarely: tuple[Callable[[], None], ...] = ()

    def __post_init__(self) -> None:
        self.works = (self.move, self.receive, self.use)
        self.rarely = (
            self.book,
            self.withdraw,
            self.pull,
            self.hold,
            self.lift,
            self.count,
            self.sleep,
            self.serve,
            self.decide,
        )

    def move(self) -> None:
        self._done(Kind.TRANSFER, *self.chance.sample((11, 12, 13, 20), 2))

    def use(self) -> None:
        self._done(Kind.USE, self.chance.choice((11, 12, 13, 20)), 15)

    def receive(self) -> None:
        self._done(Kind.BLIND_RECEIPT, 8, self.chance.choice((11, 12, 20)))

    def _done(self, kind: Kind, source: int, destination: int) -> None:
        product = self.chance.choice((CANNULA, SALINE, GLOVES, PROPOFOL, PLASTER))
        lots = [None, *self.on.store.catalogue.lots_of(product.id)] if product is not GLOVES else [None]
        lot = self.chance.choice(lots)
        more: dict[str, Any] = {"lot_id": lot.id, "lot_name": lot.name} if lot else {}
        if lot is None and product is not GLOVES:
            more = {
                "lot_name": self.chance.choice("XYZ"),
                "expiry": NOW.date() + timedelta(self.chance.randint(-9, 60)),
            }
        many = Decimal(self.chance.randint(1, 30))
        one = Line(1, product.id, many, 1, source, destination, **more)
        self.open.append(did(self.on.store, kind, one).uuid)

    def book(self) -> None:
        if self.open:
            uuid = self.open.pop(self.chance.randrange(len(self.open)))
            self.on.store.outbox.mark_sending(uuid, self.on.clock.now())
            self.on.store.outbox.mark_done(uuid, Outcome(500, "WH/INT/00500"), self.on.clock.now())

    def withdraw(self) -> None:
        if self.open:
            self.on.store.outbox.withdraw(self.open.pop(), "Mira Lindqvist", self.on.clock.now())

    def pull(self) -> None:
        self.rows += 1
        product = self.chance.choice((SALINE, PROPOFOL, PLASTER))
        name, day = self.chance.choice("XY"), NOW.date() + timedelta(self.chance.randint(-9, 60))
        pull = self.on.store.catalogue.begin()
        pull.merge("lots", [Lot(self.rows, product.id, name, day)])
        rows = [StockRow(9, GLOVES.id, 12, Decimal(self.chance.randint(5, 40)))]
        if self.chance.random() < 0.4:  # of the others Odoo has the lot, and nothing lies there
            rows += [StockRow(self.rows, product.id, 11, Decimal(self.chance.randint(-5, 9)), lot_id=self.rows)]
        pull.merge("stock_rows", rows)
        point = Decimal(self.chance.randint(0, 40))
        pull.merge("reorder_points", [ReorderPoint(product.id + 10, product.id, 20, point, point)])
        self.on.clock.on(1)
        pull.flip(self.on.clock.now())

    def hold(self) -> None:
        product, lot = self.chance.choice((CANNULA, SALINE)), self.chance.choice(("X", "22A0001", ""))
        line = HoldLine(By.ID, str(product.id), f"Notice {self.rows}", NOW.date(), lot)
        self.on.store.holds.hold(line, "Joana Adeyemi", NOW)

    def lift(self) -> None:
        if held := self.on.store.holds.all():
            self.on.store.holds.lift(held[0].id, "Joana Adeyemi", NOW)

    def serve(self) -> None:
        """Another process narrows or widens what this device serves."""
        enrolled = self.on.store.device.enrolment()
        assert enrolled is not None
        here = self.chance.choice(((), (5,), (11,), (20,), (12, 13)))
        self.on.store.device.enrol(replace(enrolled, location_ids=here), "key")

    def decide(self) -> None:
        """The site names another place for what must not move."""
        place = self.chance.choice(("WH/ICU", "WH/Stock/A4-11", "WH/Stock/C1-07"))
        self.on.desk.policy = Policy(places={"WH/Stock": Place(quarantine=place)})

    def count(self) -> None:
        """Somebody begins, or who began gives it up."""
        self.on.press("home")
        if begun := self.on.store.drafts.of_job("count"):
            self.on.store.drafts.drop(begun[0].uuid, "Mira Lindqvist", self.on.clock.now())
        else:
            self.on.press("count")
            self.on.scan(self.chance.choice(("LOC-A411", "LOC-A402")))

    def sleep(self) -> None:
        self.on.clock.on(60 * 24)


def test_while_nothing_happens_the_same_is_told(here: Stage) -> None:
    assert here.desk.noticed() is here.desk.noticed()
    here.store.close()
