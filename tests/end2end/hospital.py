"""A small hospital in any Odoo, and a device that works a shift there: replay files with names for codes and places.

A shift is a replay file (docs/replay.md) whose `{name}` stands for a code of this hospital: `{syringe}` is a GTIN,
`{a1}` a shelf's barcode, `{a1.name}` its complete name, `{order}` a purchase order, `{mira}` a badge. Lines that a
device reads as comments direct it:

    #order o1 syringe:100 towel:40     an order that was confirmed before the shift, as `{o1}` and `{o1.picking}`
    #lay syringe a1 AB01 12  goods that lie there before the shift (- for no lot)
    #request r1 a1 icu1 syringe:10     a transfer Odoo wants, as `{r1}`
    #> added                 what the line before must have been answered
    #offline  #online        whether the device can reach Odoo from here on; online, a pass follows each line
    #sync                    passes until nothing is unsent
    #= syringe a1 AB01 12    what Odoo must hold at the end: product, place, lot (- for none), base units
"""

import json
import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from client.replay import lines, replay
from client.work.desk import Desk
from client.work.site.people import Role
from client.work.site.pin import Cost, hashed
from client.work.site.policy import Policy
from sync.clock import Clock
from sync.connection import connect
from sync.practice.faults import EVERYTHING, Fault
from sync.practice.proxy import FaultProxy
from sync.pull import pull_recent
from sync.push import push
from sync.reconcile import Reconciliation, reconcile
from sync.store import Store
from sync.store.device import Enrolment
from sync.worker import SyncReport
from tests.contract.conftest import Odoo
from tests.contract.planning import wanted
from tests.contract.unplanned import lies, stocked

KEY = bytes(range(32))
CHEAP = Cost(passes=1, memory_kib=8, lanes=1)
PIN = "4711"
PASSES = 60
LONG = 100
"""Lines of a shift after which a pass follows each fifth of them only."""
_LOTS = re.compile(r"(?<=[}>])10[A-Z]\w*|(?<=})(?:17\d{6})?21[A-Z]\w*|(?<= lot )\w+|(?<=!lot )\w+|(?<=!new-lot )\w+")
"""The lots and serials of a shift: in its labels, and typed."""
TROUBLE = tuple(fault for fault in EVERYTHING if fault is not Fault.SLOW)
"""What a bad line does, but for taking its time."""

Act = Callable[[str], str]
"""How a line of a shift is done; the code of what was answered."""

GOODS: dict[str, dict[str, Any]] = {
    "syringe": {"tracking": "lot"},
    "saline": {"tracking": "lot"},
    "suture": {"tracking": "lot", "expires": False},
    "vaccine": {"tracking": "lot", "category": "cold"},
    "morphine": {"tracking": "lot", "category": "controlled"},
    "pump": {"tracking": "serial", "expires": False},
    "stent": {"tracking": "serial"},
    "towel": {"tracking": "none"},
    "glove": {"tracking": "none"},
}
SHELVES = ("a1", "a2", "b1", "fridge", "aside", "icu1", "icu2", "ward1", "van1", "van2", "van3", "van4")
BEYOND = {"used": "customer", "thrown": "inventory", "via": "transit", "relabel": "production"}
PEOPLE = {"mira": "storekeeper", "nils": "nurse", "cora": "counter", "joana": "supervisor", "otto": "supervisor"}


@dataclass
class Hospital:
    """Goods, shelves and people under names of their own, so that any database will do, twice."""

    odoo: Odoo
    codes: dict[str, str] = field(default_factory=dict)
    ids: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.mark = uuid.uuid4().hex[:6].upper()
        self._ending = f"-{self.mark}"  # of a lot: who has seen that name in another shift asks whether it is right
        self._lots: dict[tuple[int, str], int] = {}
        self._categories = {name: self._category(name) for name in ("cold", "controlled")}
        for name, facts in GOODS.items():
            self._product(name, dict(facts))
        self.codes["towelbox"] = self._gtin()
        self.odoo.box(self.ids["towel"], 10, self.codes["towelbox"])
        for name in SHELVES:
            self._place(name, "internal")
        for name, usage in BEYOND.items():
            self._place(name, usage)
        self.ids["stock"] = self.odoo.stock
        for name in PEOPLE:
            self.codes[name] = f"BADGE-{self.mark}-{name.upper()}"

    def order(self, name: str, **lines: int) -> None:
        """A confirmed order under that name; its picking as `{name.picking}`."""
        made = self.odoo.expected(*((self.ids[goods], count) for goods, count in lines.items()))
        self.codes[name] = made["origin"]
        self.codes[f"{name}.picking"] = self.odoo.row("stock.picking", made["id"], "name")["name"]
        self.ids[name] = made["id"]

    def lay(self, goods: str, place: str, count: int, lot: str = "") -> None:
        """Goods that lie there already."""
        product = self.ids[goods]
        lot_id = self._lot(product, lot + self._ending) if lot else ""
        stocked(self.odoo, product, self.ids[place], count, lot_id)

    def request(self, name: str, source: str, target: str, **lines: int) -> None:
        """A transfer Odoo's rules want, reserved as far as goods are there."""
        wants = [
            wanted(self.odoo, self.ids[goods], count, self.ids[source], self.ids[target])
            for goods, count in lines.items()
        ]
        self.codes[name], self.ids[name] = wants[0].name, wants[0].id

    def prepared(self, shift: str) -> None:
        """What a shift says was there before it."""
        for line in shift.split("\n"):
            match line.split():
                case ["#order", name, *goods]:
                    self.order(name, **_counts(goods))
                case ["#lay", goods, place, lot, count]:
                    self.lay(goods, place, int(count), "" if lot == "-" else lot)
                case ["#request", name, source, target, *goods]:
                    self.request(name, source, target, **_counts(goods))

    def filled(self, text: str) -> str:
        """The shift with this hospital's codes."""
        text = _LOTS.sub(lambda found: found[0] + self._ending, text)
        for name, code in sorted(self.codes.items(), key=lambda one: -len(one[0])):
            text = text.replace("{" + name + "}", code)
        return text

    def policy(self) -> dict[str, Any]:
        """What the site decided, as its file says it."""
        name = self.codes
        stock = self.odoo.row("stock.location", self.odoo.stock, "complete_name")["complete_name"]
        return {
            "schema": 2,
            "places": {
                stock: {
                    "use": name["used.name"],
                    "waste": {"broken": {"to": name["thrown.name"], "loss": True}},
                    "quarantine": name["aside.name"],
                }
            },
            "transit": [{"from": name["a1.name"], "to": name["van4.name"], "via": name["via.name"]}],
            "relabel": name["relabel.name"],
            "cold_chain": [name["cold"]],
            "controlled": [name["controlled"]],
            "count_tolerance": {"supervisor": {"percent": 100}},
            "apply_counts": True,
        }

    def holds(self, goods: str, place: str, lot: str) -> Decimal:
        """What Odoo has there."""
        return lies(self.odoo, self.ids[goods]).get((self.ids[place], lot and lot + self._ending), Decimal(0))

    def _category(self, name: str) -> int:
        told = f"{name}-{self.mark}"
        self.codes[name] = told
        return self.odoo._made("product.category", {"name": told})

    def _product(self, name: str, facts: dict[str, Any]) -> None:
        code = self._gtin()
        category = facts.pop("category", "")
        told: dict[str, Any] = {"categ_id": self._categories[category]} if category else {}
        tracking = facts.pop("tracking")
        self.ids[name] = self.odoo.product(tracking, barcode=code[1:], name=f"{name} {self.mark}", **facts, **told)
        self.codes[name] = code

    def _place(self, name: str, usage: str) -> None:
        told = f"{name}-{self.mark}"
        facts = {"name": told, "barcode": told, "usage": usage, "location_id": self.odoo.stock}
        self.ids[name] = self.odoo._made("stock.location", facts)
        self.codes[name] = told
        self.codes[f"{name}.name"] = self.odoo.row("stock.location", self.ids[name], "complete_name")["complete_name"]

    def _lot(self, product: int, name: str) -> int:
        if (product, name) not in self._lots:
            self._lots[product, name] = self.odoo.lot(product, name)
        return self._lots[product, name]

    def _gtin(self) -> str:
        """A GTIN-13 nobody has, as 14 digits."""
        body = f"020{uuid.uuid4().int % 10**10:010d}"
        total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(body))
        return body + str(-total % 10)


def _counts(goods: list[str]) -> dict[str, int]:
    return {name: int(count) for name, _, count in (one.partition(":") for one in goods)}


class Device:
    """A device at work in that hospital, behind a line that may fail."""

    def __init__(self, hospital: Hospital, folder: Path, *, faults: float = 0.0, seed: int = 1) -> None:
        self.hospital, odoo = hospital, hospital.odoo
        self.proxy = FaultProxy(odoo.url)
        self.faults, self.seed, self.online = faults, seed, True
        self.dark = 0  # the line of a shift after which no call gets through
        self.tell: Callable[[SyncReport], None] = lambda _: None
        self.clock = Clock()
        self.store = Store.open(folder / "wardstock.db", KEY)
        uid = odoo.ok("res.users", "context_get")["uid"]
        told = Enrolment(self.proxy.url, odoo.database, odoo.login(), uid, 1, datetime.now(UTC), timezone="UTC")
        self.store.device.enrol(told, odoo.keys["storekeeper"])
        (folder / "policy.json").write_text(json.dumps(hospital.policy()), encoding="utf-8")
        policy = Policy.read(folder / "policy.json")
        for name, role in PEOPLE.items():
            badge = hospital.codes[name]
            pin = hashed(PIN, CHEAP)
            self.store.people.add(name.title(), role, datetime.now(UTC), "", badge=badge, pin=pin)
        self.desk = Desk(self.store, policy.person("Mira", Role.STOREKEEPER), policy, self.clock)
        self.settle()

    def __enter__(self) -> "Device":
        return self

    def __exit__(self, *_: object) -> None:
        self.store.close()
        self.proxy.close()

    def work(self, shift: str, act: Act | None = None) -> list[str]:
        """Play a shift, each line by `act` or past the window; what was answered otherwise than the file says."""
        wrong = list[str]()
        answered = ""
        whole = self.hospital.filled(shift).split("\n")
        every = 1 if len(whole) < LONG else 5
        for number, text in enumerate(whole, start=1):
            if text.startswith("#>"):
                wanted = text.removeprefix("#>").strip()
                if answered != wanted:
                    wrong.append(f"line {number}: {answered} is not {wanted}")
            elif text.startswith("#"):
                self._directed(text)
            elif text.strip():
                answered = (act or self.play)(text)
                if number == self.dark:
                    self._pass(faults=1)
                elif number % every == 0:
                    self._pass()
        self.online = True
        self.settle()
        return wrong + self._unlike(shift)

    def play(self, text: str) -> str:
        """One line of a shift, as `wardstock replay` does it; the code of what was answered."""
        return next(replay(self.desk, lines(text))).code

    def settle(self) -> None:
        """Passes until nothing is unsent and one pull went through, the line as bad as it is."""
        for _ in range(PASSES):
            if self._pass() and not self.unsent():
                return

    def unsent(self) -> list[str]:
        """What has no end yet."""
        return [f"{entry.reference} {entry.status} {entry.code}" for entry in self.store.outbox.rows(newest=0)]

    def reconciled(self) -> Reconciliation:
        """The device against Odoo, over a good line."""
        self.proxy.chaos(0, 0)
        with connect(self.store, self.clock) as session:
            return reconcile(self.store, session)

    def _directed(self, text: str) -> None:
        match text.removeprefix("#").split():
            case ["offline"]:
                self.online = False
            case ["online"]:
                self.online = True
            case ["sync"]:
                self.settle()

    def _pass(self, faults: float | None = None) -> bool:
        """Push and pull once, as far as the line lets it."""
        if not self.online:
            return False
        self.seed += 1
        self.proxy.chaos(self.seed, self.faults if faults is None else faults, TROUBLE)
        self.store.outbox.retry_all()
        plan = self.desk.plan()
        with connect(self.store, self.clock) as session:
            site = self.desk.holds().site(plan.strict)
            told = push(self.store, session, self.clock, pause=lambda _: None, site=site)
            pulled = pull_recent(self.store, session, self.clock)
        self.tell(SyncReport(push=told, pull=pulled))
        return not told.stopped and not pulled.stopped

    def _unlike(self, shift: str) -> list[str]:
        """The sums of the file that Odoo does not hold."""
        wanted = (line.split()[1:] for line in shift.split("\n") if line.startswith("#= "))
        return [
            f"{goods} {place} {lot}: {found}, not {count}"
            for goods, place, lot, count in wanted
            if (found := self.hospital.holds(goods, place, "" if lot == "-" else lot)) != Decimal(count)
        ]
