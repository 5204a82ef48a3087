"""Several devices, people at Odoo's screen and one ward, and what must be true of them in the end.

The ledger here is the test's own: it knows the bodies people confirmed, what people did in Odoo, and Odoo's rows.
"""

from __future__ import annotations

import random
import shutil
import uuid as uuids
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import httpx2

from sync.clock import Clock
from sync.odoo.wire.session import Server, Session
from sync.push import PushReport, push
from sync.store import Store
from sync.store.device import Enrolment
from sync.store.outbox import Entry
from sync.transaction import COUNTS, Draft, Kind, Line, Status, Transaction, footprint
from tests.faults.house import House
from tests.faults.indoors import URL, Indoors, Killed, Time, Wire
from tests.faults.ledger import Key, Sums, lying, minus, moved, plus, said

KEY = bytes(range(32))
NAMES = uuids.UUID("5d1c5a9e-0000-4000-8000-000000000000")
LATEST = 30
"""Rounds of passes after which everything must be settled once nothing fails any more."""

OPEN = ("draft", "waiting", "confirmed", "partially_available", "assigned")
Lines = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Wrist(Clock):
    """A device's clock: the server's time, as wrong as the device has it."""

    time: Time = field(default_factory=Time)
    skew: timedelta = timedelta(0)
    booted_at: datetime = Time.at

    def now(self) -> datetime:
        return self.time.at + self.skew

    def seconds(self) -> float:
        return (self.time.at - self.booted_at).total_seconds()


@dataclass
class Death:
    """The process dies at a write to its store: before it begins, before it is committed, or after."""

    at: int
    when: str
    writes: int = 0

    @contextmanager
    def around(self, write: Callable[[], Any]) -> Iterator[Any]:
        self.writes += 1
        here = self.writes == self.at
        if here and self.when == "before":
            raise Killed("before a write")
        with write() as connection:
            yield connection
            if here and self.when == "uncommitted":
                raise Killed("before a commit")
        if here and self.when == "after":
            raise Killed("after a write")


@dataclass
class Gadget:
    """One device: its file, its clock, its wire."""

    name: str
    folder: Path
    ward: Indoors
    clock: Wrist
    late: list[Callable[[], object]]

    def __post_init__(self) -> None:
        self.store = Store.open(self.folder / "wardstock.db", KEY)
        if self.store.device.enrolment() is None:
            told = Enrolment(URL, self.ward.database, "storekeeper", 5, 1, self.clock.now(), timezone="Europe/Berlin")
            self.store.device.enrol(told, self.ward.keys["storekeeper"])
        if self.store.device.name() != self.name:
            self.store.device.rename(self.name)

    def confirm(self, act: Transaction, places: Mapping[int, Any]) -> None:
        """A person has confirmed it, offline; the draft was opened in the same moment."""
        now, draft = self.clock.now(), str(uuids.uuid5(NAMES, act.uuid))
        self.store.drafts.open(Draft(draft, "any", "{}", "Sven", "act", now, now))
        self.store.outbox.confirm(draft, [(act, footprint(act, places))], now)

    def push(self, plan: Mapping[int, Any] | None = None, death: Death | None = None) -> tuple[PushReport | None, Wire]:
        """One pass; None where the process died in it. The store is open again in either case."""
        wire = Wire(self.ward, plan or {}, self.late)
        server = Server(URL, self.ward.database, self.ward.keys["storekeeper"], 1, "storekeeper")
        with Session(server, httpx2.Client(transport=wire), self.clock) as session:
            try:
                with dying(self.store, death):
                    return push(self.store, session, self.clock, pause=lambda _: None), wire
            except Killed:
                self.reopen()
                return None, wire

    def reopen(self) -> None:
        """The process has ended; a new one opens the file."""
        self.store.close()
        self.store = Store.open(self.folder / "wardstock.db", KEY)

    def copy_to(self, folder: Path) -> None:
        """The file as it lies on the disk now."""
        folder.mkdir(exist_ok=True)
        for file in self.folder.glob("wardstock.db*"):
            if not file.name.endswith("-shm"):
                shutil.copy(file, folder / file.name)

    def replace_by(self, folder: Path) -> None:
        """Somebody restores an older copy."""
        self.store.close()
        for file in self.folder.glob("wardstock.db*"):
            file.unlink()
        for file in folder.glob("wardstock.db*"):
            shutil.copy(file, self.folder / file.name)
        self.store = Store.open(self.folder / "wardstock.db", KEY)


@contextmanager
def dying(store: Store, death: Death | None) -> Iterator[None]:
    """Writes of this store meet a death."""
    database = store._database
    if death is None:
        yield
        return
    write = database.write
    # The named point of a crash: what all writes of the store go through.
    vars(database)["write"] = lambda **how: death.around(partial(write, **how))
    try:
        yield
    finally:
        del vars(database)["write"]


class Town:
    """All of it. What people do goes through its methods, which keep the ledger."""

    def __init__(self, house: House, folder: Path) -> None:
        self.ward = house.ward.copied()
        self.odoo = house.odoo_of(self.ward)
        self.house = house
        self.folder = folder
        self.time = self.ward.time
        self.late: list[Callable[[], object]] = []
        self.devices: list[Gadget] = []
        self.saved: dict[int, Path] = {}
        self.acts: dict[str, Transaction] = {}
        self.excused: set[str] = set()
        """Uuids a card may refuse: somebody else had a hand in their document or goods."""
        self.touched: set[str] = set()
        """Uuids whose lines a person changed in Odoo: there Odoo's lines are what happened."""
        self.refused: dict[str, str] = {}
        self.taken: set[int] = set()
        """Orders a person had a hand in."""
        self.expiries: set[str] = set()
        """Lots whose day a person changed."""
        self.archives = False
        self.reboots = False
        self.happened: dict[str, datetime] = {}
        """When each act really happened, by the server's clock."""
        self.handled: set[Key] = set()
        """Stock keys a person changed in Odoo."""
        self.orders: list[int] = [*house.orders, *house.requests]
        self.told: list[str] = []
        self.opening = self.sums()
        self.by_people: Sums = {}

    # -- devices ------------------------------------------------------------------------------------------------------

    def add_device(self, source: Gadget | None = None) -> Gadget:
        """A new one, or a clone of another."""
        number = len(self.devices)
        folder = self.folder / f"device{number}"
        (source.copy_to if source else self.house.new_device)(folder)
        clock = source.clock if source else Wrist(f"boot-{number}", self.time, timedelta(0), self.time.at)
        name = source.name if source else f"WS-{number}"
        gadget = Gadget(name, folder, self.ward, clock, self.late)
        self.devices.append(gadget)
        return gadget

    def is_unsettled(self) -> bool:
        """Whether any device has something to send."""
        return any(
            entry.status is not Status.REFUSED for one in self.devices for entry in one.store.outbox.rows(newest=0)
        )

    def save(self, number: int) -> None:
        """Somebody makes a backup of the file."""
        folder = self.folder / f"saved{number}"
        shutil.rmtree(folder, ignore_errors=True)
        self.devices[number].copy_to(folder)
        self.saved[number] = folder

    def restore(self, number: int) -> None:
        """And puts it back, with all that has happened since."""
        if number in self.saved:
            self.devices[number].replace_by(self.saved[number])

    def confirm(self, gadget: Gadget, act: Transaction) -> None:
        self.acts[act.uuid] = act
        self.happened[act.uuid] = self.time.at
        order = act.document.picking_id
        rivals = {one.uuid for one in self.acts.values() if order and one.document.picking_id == order}
        if len(rivals) > 1 or order in self.taken or self._spoiled(act):
            self.excused |= rivals | {act.uuid}
        gadget.confirm(act, self.house.places)
        goods = ", ".join(f"{line.done} {line.lot_name}" for line in act.lines)
        self.say(f"{gadget.name} confirms {act.kind} {act.uuid[:8]}: {goods}")

    def _spoiled(self, act: Transaction) -> bool:
        if act.kind in COUNTS:  # what others said or do about the shelf may refuse it
            return True
        archived = self.archives and any(line.product_id == self.house.towel for line in act.lines)
        return archived or any(line.lot_name in self.expiries for line in act.lines)

    def push(self, gadget: Gadget, plan: Mapping[int, Any] | None = None, death: Death | None = None) -> None:
        report, wire = gadget.push(plan, death)
        if wire.calls or report is None:
            self.say(f"{gadget.name} pushes: {wire.met} {death or ''} -> {report or 'died'} after {wire.calls}")
        self.note_refused()

    def jump(self, gadget: Gadget, by: timedelta, *, reboots: bool) -> None:
        """Somebody sets the clock, or the battery was empty."""
        gadget.clock = replace(gadget.clock, skew=gadget.clock.skew + by)
        if reboots:
            self.reboots = True
            gadget.clock = replace(gadget.clock, boot_id=f"{gadget.clock.boot_id}+", booted_at=self.time.at)
        self.say(f"{gadget.name}: clock {by}, {gadget.clock.boot_id}")

    def withdraw(self, gadget: Gadget, what: int) -> None:
        """A person takes something back, as far as that is still possible here."""
        open_ = gadget.store.outbox.rows(newest=0)
        if not open_:
            return
        entry = open_[what % len(open_)]
        gadget.store.outbox.withdraw(entry.uuid, "Vera", gadget.clock.now())
        self.excused.add(entry.uuid)
        self.say(f"{gadget.name} withdraws {entry.uuid[:8]}")

    def note_refused(self) -> None:
        for gadget in self.devices:
            for entry in gadget.store.outbox.rows(newest=0):
                if entry.status is Status.REFUSED:
                    self.refused[entry.uuid] = f"{entry.code} {dict(entry.facts)}"

    def deliver_late(self) -> None:
        """What a client gave up on arrives after all."""
        while self.late:
            self.late.pop(0)()

    # -- people ---------------------------------------------------------------------------------------------------

    def person(self, does: Callable[[Town, random.Random], str], dice: random.Random) -> None:
        """Whatever somebody does in Odoo is theirs, except lines of ours that it made done."""
        before, done_before = self.sums(), self.our_lines("done")
        self.say(f"a person: {does(self, dice)}")
        ours = minus(self.moved(self.our_lines("done")), self.moved(done_before))
        hers = minus(minus(self.sums(), before), ours)
        self.by_people = plus(self.by_people, hers)
        self.handled |= set(hers)

    # -- the ledger -----------------------------------------------------------------------------------------------

    def sums(self) -> Sums:
        """What lies where, by stock key."""
        rows = self.ward.ask("stock.quant", ["product_id", "in", self.house.products], ["quantity", "!=", 0])
        return lying(rows, self.house.places)

    def our_lines(self, *states: str) -> Lines:
        """Move lines with an external id of ours, by uuid."""
        names = self.ward.ask("ir.model.data", ["module", "=", "__wardstock__"], ["model", "=", "stock.move.line"])
        by_id = {row["res_id"]: row["name"][:36] for row in names if row["name"][:36] in self.acts}
        found: Lines = {}
        for row in self.ward.ask("stock.move.line", ["id", "in", sorted(by_id)], ["state", "in", states]):
            found.setdefault(by_id[row["id"]], []).append(row)
        return found

    def moved(self, lines: Lines) -> Sums:
        return moved((row for rows in lines.values() for row in rows), self.house.places)

    # -- the end --------------------------------------------------------------------------------------------------

    def heal(self) -> None:
        """Nothing fails any more; cards are settled by a supervisor; passes run until nothing is open."""
        self.deliver_late()
        for _ in range(LATEST):
            self.time.pass_by(timedelta(minutes=20))
            for gadget in self.devices:
                self.push(gadget)
                self._settle_cards(gadget)
            if not any(gadget.store.outbox.rows(newest=0) for gadget in self.devices):
                return
        raise AssertionError(self.tell("never settled"))

    def _settle_cards(self, gadget: Gadget) -> None:
        for entry in gadget.store.outbox.rows(newest=0):
            if entry.status is Status.REFUSED:
                gadget.store.outbox.withdraw(entry.uuid, "Vera", gadget.clock.now())

    def check(self) -> None:
        """Each transaction once or not at all, and every sum exact."""
        expected = plus(self.opening, self.by_people)
        done, open_ = self.our_lines("done"), self.our_lines(*OPEN)
        for uuid, act in self.acts.items():
            there = {uuid: done[uuid]} if uuid in done else {}
            self._check_act(act, there, left=uuid in open_)
            expected = plus(expected, self.moved(there) if self._theirs(act) else self._effect(act, there))
        now = self.sums()
        self.expect(now == expected, f"sums are {minus(now, expected)} off")
        self._check_counts(now)

    def _check_act(self, act: Transaction, there: Lines, *, left: bool) -> None:
        uuid, statuses = act.uuid, self.statuses(act.uuid)
        if Status.DONE in statuses:
            self.expect(uuid not in self.refused, f"{uuid} refused, then done")
            self.expect(bool(there) or act.kind in COUNTS, f"{uuid} done, but not in Odoo")
        elif statuses:
            self.expect(not there, f"{uuid} is {statuses}, but done in Odoo")
            self.expect(not left, f"{uuid} is {statuses}, and lines are left in Odoo")
            self.expect(uuid in self.excused or uuid not in self.refused, f"{uuid} refused for no reason")
        exact = self.moved(there) == self._effect(act, there)
        self.expect(exact or self._theirs(act), f"{uuid} not as confirmed")

    def _theirs(self, act: Transaction) -> bool:
        """Where Odoo's lines are what happened: a person edited them, or they are the difference of a count."""
        return act.uuid in self.touched or act.kind in COUNTS

    def _effect(self, act: Transaction, there: Lines) -> Sums:
        return said(act, self.house.places) if there else {}

    def _check_counts(self, now: Sums) -> None:
        """What was counted last, and what moved since by the time it happened, is what lies there now (ward 1).

        Not where a person in Odoo had a hand on the shelf, where a recount says that nobody knows, or where a boot's
        clock was never set right.
        """
        if self.reboots:
            return
        for key, (act, line) in self._last_counts().items():
            later = {uuid for uuid, at in self.happened.items() if at > self.happened[act.uuid]}
            since = {uuid: rows for uuid, rows in self.our_lines("done").items() if uuid in later}
            counted = line.counted or Decimal(0)
            should = counted + self.moved(since).get(key, Decimal(0))
            self.expect(now.get(key, Decimal(0)) == should, f"{act.uuid[:8]} counted {counted}, so {should} at {key}")

    def _last_counts(self) -> dict[Key, tuple[Transaction, Line]]:
        """By stock key, the newest count that was applied by us and holds without doubt."""
        doubted = {
            (one.product_id, one.location_id)
            for entry in self._done()
            if entry.outcome
            for one in entry.outcome.recounts
        }
        edited = {(line.product_id, place) for uuid in self.touched for line in self.acts[uuid].lines
                  for place in (line.source_id, line.destination_id)}  # fmt: skip
        doubted |= edited
        found: dict[Key, tuple[Transaction, Line]] = {}
        said = [entry.transaction for entry in self._done() if entry.transaction.kind is Kind.ADJUSTMENT]
        for act in sorted(said, key=lambda one: self.happened[one.uuid]):
            for line in act.lines:
                key = (line.product_id, line.source_id, line.lot_name, line.package_id, line.owner_id)
                doubtful = key in self.handled or key[:2] in doubted or act.uuid in self.touched
                if not doubtful:
                    found[key] = act, line
        return found

    def _done(self) -> list[Entry]:
        found = (entry for one in self.devices for entry in one.store.outbox.rows(newest=1000))
        return [entry for entry in found if entry.status is Status.DONE]

    def statuses(self, uuid: str) -> set[Status]:
        found = (gadget.store.outbox.get(uuid) for gadget in self.devices)
        return {entry.status for entry in found if entry}

    def say(self, line: str) -> None:
        self.told.append(f"{self.time.at:%H:%M} {line}")

    def expect(self, holds: bool, why: str) -> None:
        if not holds:
            raise AssertionError(self.tell(why))

    def tell(self, why: str) -> str:
        return "\n".join([why, *self.told, f"refused: {self.refused}", f"excused: {self.excused}"])

    def close(self) -> None:
        for gadget in self.devices:
            gadget.store.close()
