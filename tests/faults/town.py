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
from pathlib import Path
from typing import Any

import httpx2

from sync.clock import Clock
from sync.odoo.session import Server, Session
from sync.push import PushReport, push
from sync.store import Store
from sync.store.device import Enrolment
from sync.transaction import Draft, Status, Transaction, footprint
from tests.faults.house import House
from tests.faults.indoors import URL, Indoors, Killed, Time, Wire

KEY = bytes(range(32))
NAMES = uuids.UUID("5d1c5a9e-0000-4000-8000-000000000000")
LATEST = 30
"""Rounds of passes after which everything must be settled once nothing fails any more."""

Key = tuple[int, int, str, int | None, int | None]
"""Product, location, lot name, package, owner (design 13.5)."""
Sums = dict[Key, Decimal]


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
    database.write = lambda: death.around(write)  # type: ignore[method-assign]  # the named point of a crash
    try:
        yield
    finally:
        del database.write


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
        self.orders: list[int] = list(house.orders)
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
        order = act.document.picking_id
        rivals = {one.uuid for one in self.acts.values() if order and one.document.picking_id == order}
        if len(rivals) > 1 or order in self.taken or self._spoiled(act):
            self.excused |= rivals | {act.uuid}
        gadget.confirm(act, self.house.places)
        goods = ", ".join(f"{line.done} {line.lot_name}" for line in act.lines)
        self.say(f"{gadget.name} confirms {act.kind} {act.uuid[:8]}: {goods}")

    def _spoiled(self, act: Transaction) -> bool:
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
        ours = _minus(self.effect_of_lines(self.our_lines("done")), self.effect_of_lines(done_before))
        self.by_people = _plus(self.by_people, _minus(_minus(self.sums(), before), ours))

    # -- the ledger -----------------------------------------------------------------------------------------------

    def sums(self) -> Sums:
        """What lies where, by stock key, summed over rows."""
        found: Sums = {}
        for row in self.ward.ask("stock.quant", ["product_id", "in", self.house.products], ["quantity", "!=", 0]):
            if row["location_id"][0] in self.house.places:
                _count(found, _key(row), Decimal(str(row["quantity"])))
        return _clean(found)

    def our_lines(self, *states: str) -> dict[str, list[dict[str, Any]]]:
        """Move lines with an external id of ours, by uuid."""
        names = self.ward.ask("ir.model.data", ["module", "=", "__wardstock__"], ["model", "=", "stock.move.line"])
        by_id = {row["res_id"]: row["name"][:36] for row in names}
        found: dict[str, list[dict[str, Any]]] = {}
        for row in self.ward.ask("stock.move.line", ["id", "in", sorted(by_id)], ["state", "in", states]):
            found.setdefault(by_id[row["id"]], []).append(row)
        return found

    def effect_of_lines(self, lines: Mapping[str, list[dict[str, Any]]]) -> Sums:
        """What those lines did to stock."""
        found: Sums = {}
        for row in (row for rows in lines.values() for row in rows):
            quantity = Decimal(str(row["quantity_product_uom"]))
            self._add(found, row["location_id"][0], _key(row), -quantity)
            self._add(found, row["location_dest_id"][0], _key(row), quantity)
        return _clean(found)

    def effect_of_body(self, act: Transaction) -> Sums:
        """What a person said happened."""
        found: Sums = {}
        for line in act.lines:
            key = (line.product_id, 0, line.lot_name, line.package_id, line.owner_id)
            self._add(found, line.source_id, key, -line.done)
            self._add(found, line.destination_id, key, line.done)
        return _clean(found)

    def _add(self, found: Sums, place: int, key: Key, quantity: Decimal) -> None:
        if place in self.house.places:
            there: Key = (key[0], place, key[2], key[3], key[4])
            _count(found, there, quantity)

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
        expected = _plus(self.opening, self.by_people)
        done, lines = (
            self.our_lines("done"),
            self.our_lines("draft", "confirmed", "waiting", "assigned", "partially_available"),
        )
        for uuid, act in self.acts.items():
            said, there = self.statuses(uuid), {uuid: done.get(uuid, [])}
            effect = self.effect_of_lines(there)
            if Status.DONE in said:
                self.expect(uuid not in self.refused, f"{uuid} refused, then done")
                self.expect(bool(there[uuid]), f"{uuid} done, but not in Odoo")
                self.expect(effect == self.effect_of_body(act) or uuid in self.touched, f"{uuid} not as confirmed")
            elif said:
                self.expect(not there[uuid], f"{uuid} is {said}, but done in Odoo")
                self.expect(uuid not in lines, f"{uuid} is {said}, and lines are left in Odoo")
                self.expect(uuid in self.excused or uuid not in self.refused, f"{uuid} refused for no reason")
            elif there[uuid]:
                self.expect(effect == self.effect_of_body(act) or uuid in self.touched, f"{uuid} half there")
            expected = _plus(
                expected, effect if uuid in self.touched else self.effect_of_body(act) if there[uuid] else {}
            )
        now = self.sums()
        self.expect(now == expected, f"sums are {_minus(now, expected)} off")

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


def _key(row: Mapping[str, Any]) -> Key:
    lot = row["lot_id"]
    place, package, owner = (row[name][0] if row[name] else None for name in ("location_id", "package_id", "owner_id"))
    return row["product_id"][0], place or 0, str(lot[1]) if lot else "", package, owner


def _count(found: Sums, key: Key, quantity: Decimal) -> None:
    found[key] = found.get(key, Decimal(0)) + quantity


def _plus(one: Sums, other: Sums) -> Sums:
    found = dict(one)
    for key, quantity in other.items():
        found[key] = found.get(key, Decimal(0)) + quantity
    return _clean(found)


def _minus(one: Sums, other: Sums) -> Sums:
    found = dict(one)
    for key, quantity in other.items():
        found[key] = found.get(key, Decimal(0)) - quantity
    return _clean(found)


def _clean(found: Sums) -> Sums:
    return {key: quantity for key, quantity in found.items() if quantity}
