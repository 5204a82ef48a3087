"""Whatever happens in whatever order: in the end Odoo has each act once, or not at all, and every sum is exact.

Schedules are drawn by hypothesis and run in one thread: devices confirm, push, die, are cloned and restored; clocks
jump; requests and answers are lost; people work in Odoo, also in the midst of a pass.
"""

import shutil
import tempfile
import uuid as uuids
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from sync.transaction import Kind
from tests.faults.house import ACTS, House, Signed
from tests.faults.indoors import Trouble
from tests.faults.people import PEOPLE
from tests.faults.town import NAMES, Death, Town

BATCHES = 10
SCHEDULES = 50
STEPS = 16
MOST_DEVICES = 4

which = st.integers(0, 7)
dice = st.integers(0, 10_000)
requests = st.integers(2, 40)
events = st.one_of(st.sampled_from(Trouble), st.sampled_from([*PEOPLE, "another device", "another device"]))
plans = st.dictionaries(requests, events, min_size=1, max_size=5)
deaths = st.one_of(st.none(), st.tuples(st.integers(1, 6), st.sampled_from(["before", "uncommitted", "after"])))
kinds = st.integers(0, 10_000)
SHELF = (Kind.ADJUSTMENT, Kind.TRANSFER, Kind.USE, Kind.WARD_RETURN)
"""What happens on one shelf all day: counts, and what moves before and after them."""


class Schedule(RuleBasedStateMachine):
    """One day in a small hospital where everything goes wrong."""

    house: House
    done_here: tuple[Kind, ...] = tuple(sorted(ACTS))
    ran = 0

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(dir=self.house.folder))
        self.town = Town(self.house, self.folder)
        self.acts = 0

    @initialize(made=st.lists(st.tuples(kinds, which, dice), min_size=2, max_size=5))
    def open_the_house(self, made: list[tuple[int, int, int]]) -> None:
        for _ in range(2):
            self.town.add_device()
        for who, (kind, order, luck) in enumerate(made):
            self.confirm(who, kind, order, luck)

    def device(self, number: int) -> Any:
        return self.town.devices[number % len(self.town.devices)]

    @rule(who=which, kind=kinds, order=which, luck=dice)
    def confirm_one(self, who: int, kind: int, order: int, luck: int) -> None:
        self.confirm(who, kind, order, luck)

    def confirm(self, who: int, kind: int, order: int, luck: int) -> None:
        self.acts += 1
        gadget, uuid = self.device(who), str(uuids.uuid5(NAMES, str(self.acts)))
        reference = f"{gadget.name}/{self.acts:06d}"
        signed = Signed(uuid, reference, gadget.name, gadget.clock.moment(), order)
        self.town.confirm(gadget, ACTS[self.done_here[kind % len(self.done_here)]](self.house, signed, Random(luck)))
        self.town.time.pass_by(timedelta(minutes=1))

    @precondition(lambda self: self.town.is_unsettled())
    @rule(who=which, plan=plans, death=deaths, luck=dice)
    def push_badly(self, who: int, plan: dict[int, Any], death: tuple[int, str] | None, luck: int) -> None:
        self.push(who, plan, death, luck)

    @precondition(lambda self: self.town.is_unsettled())
    @rule(who=which, plan=plans, luck=dice)
    def push_worse(self, who: int, plan: dict[int, Any], luck: int) -> None:
        self.push(who, plan, None, luck)

    @precondition(lambda self: self.town.is_unsettled())
    @rule(who=which)
    def push_well(self, who: int) -> None:
        self.push(who, {}, None, 0)

    def push(self, who: int, plan: dict[int, Any], death: tuple[int, str] | None, luck: int) -> None:
        gadget = self.device(who)
        told = {at: self._event(event, gadget, luck + at) for at, event in plan.items()}
        self.town.push(gadget, told, Death(*death) if death else None)
        self.town.time.pass_by(timedelta(minutes=1))

    def _event(self, event: Any, gadget: Any, luck: int) -> Trouble | Callable[[], None]:
        if isinstance(event, Trouble):
            return event
        if callable(event):
            return partial(self.town.person, event, Random(luck))
        others = [one for one in self.town.devices if one is not gadget]
        return partial(self.town.push, Random(luck).choice(others))

    @rule(event=st.sampled_from(PEOPLE), luck=dice)
    def person(self, event: Any, luck: int) -> None:
        self.town.person(event, Random(luck))

    @precondition(lambda self: len(self.town.devices) < MOST_DEVICES)
    @rule(who=which)
    def clone(self, who: int) -> None:
        self.town.add_device(self.device(who))

    @rule(who=which)
    def save(self, who: int) -> None:
        self.town.save(who % len(self.town.devices))

    @rule(who=which)
    def restore(self, who: int) -> None:
        self.town.restore(who % len(self.town.devices))

    @rule(who=which, hours=st.sampled_from([-48, -1, 1, 72]), reboots=st.booleans())
    def jump(self, who: int, hours: int, *, reboots: bool) -> None:
        self.town.jump(self.device(who), timedelta(hours=hours), reboots=reboots)

    @rule(who=which, what=which)
    def withdraw(self, who: int, what: int) -> None:
        self.town.withdraw(self.device(who), what)

    @rule()
    def the_late_arrives(self) -> None:
        self.town.deliver_late()

    def teardown(self) -> None:
        try:
            if self.town.devices:
                self.town.heal()
                self.town.check()
            type(self).ran += 1  # counted by the class hypothesis was given
        finally:
            self.town.close()
            shutil.rmtree(self.folder)


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    """Built once; each schedule gets a copy."""
    memory = Path("/dev/shm")  # noqa: S108  # thousands of durable writes, whose durability is not the question here
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        yield House(Path(folder))


@pytest.mark.parametrize("batch", range(BATCHES))
def test_every_schedule_ends_with_each_act_once_and_every_sum_exact(house: House, batch: int) -> None:
    class Today(Schedule):
        ran = 0

    Today.house = house
    if batch % 5 == 0:
        Today.house, Today.done_here = house.with_shelves(2), SHELF
    machine = seed(batch)(Today)
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=SCHEDULES,
            stateful_step_count=STEPS,
            derandomize=True,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],  # a test that shrinks for minutes is taken for one that hangs
        ),
    )
    assert Today.ran >= SCHEDULES
