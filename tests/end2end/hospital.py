"""A small hospital in any Odoo, and a device that works a shift there: replay files with names for codes and places.

A shift is a replay file (docs/replay.md) whose `{name}` stands for a code of this hospital: `{syringe}` is a GTIN,
`{a1}` a shelf's barcode, `{a1.name}` its complete name, `{order}` a purchase order, `{mira}` a badge, `{soon}` a day
in a month, as labels say it. Lines that a device reads as comments direct it:

    #order o1 syringe:100 towel:40     an order that was confirmed before the shift, as `{o1}` and `{o1.picking}`
    #order o2 @o1 towel:20   another of the vendor of o1
    #phoned o3 glove:5       an order Odoo has as a draft only; `#ordered o3` in the shift confirms it
    #lay syringe a1 AB01 12  goods that lie there before the shift (- for no lot); a day behind it is when they expire
    #owner acme  #package p1   somebody whose goods may lie here, and a package: their names, `{acme.whose}` to choose
    #lay towel a1 - 6 of acme          goods of an owner; `in p1` in a package
    #putaway syringe b1      Odoo wants such goods there when they come
    #request r1 a1 icu1 syringe:10     a transfer Odoo wants, as `{r1}`
    #two-steps d1 b1 icu1 towel:10     goods that come to a dock first, and what brings them on, as `{d1}`, `{d1.next}`
    #> added                 what the line before must have been answered
    #offline  #online        whether the device can reach Odoo from here on; online, a pass follows each line
    #sync                    passes until nothing is unsent; the line, where it is bad, gets better with time
    #= syringe a1 AB01 12    what Odoo must hold at the end: product, place, lot (- for none), base units; `of`, `in`
    #day syringe AB01 2029-03-31       and when it must say that this lot expires

What somebody else does meanwhile, on Odoo's screen:

    #booked o1 syringe AB01 60         receives that of an order and finishes it; the rest stays open
    #picked o1 towel - 6     picks some of an order, and goes for coffee; `#put-down o1 towel` takes that back
    #cancelled o1            cancels it
    #moved syringe a1 icu1 AB01 5      moves goods
    #counted towel a1 - 38   counts, and leaves that to be approved
    #asked towel a1 -        wants a shelf counted
    #lot syringe AB01        makes a lot that will come, with a day of its own
    #held syringe R1         brings a hold list that names that lot
    #renamed syringe AB01 AB77         calls a lot otherwise
    #archived b1             takes a shelf out of use
    #packed towel a1 - 12 p1           puts what lies there into a package
    #broken  #mended         a fault in Odoo itself: it finishes no document, until somebody mends it

`{card}` in a line is the reference of the one transaction that was refused, `{behind}` the number of the one that waits
behind it, `{asked a1}` the number a shelf has in the
list of what is to be counted, `{picture}` a picture's path.
"""

import json
import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from client.replay import lines, replay
from client.work.counting.to_count import to_count
from client.work.desk import Desk
from client.work.site.people import Role
from client.work.site.pin import Cost, hashed
from client.work.site.policy import Policy
from sync.clock import Clock
from sync.connection import connect
from sync.practice.faults import EVERYTHING, Fault
from sync.pull import pull_recent
from sync.push import push
from sync.reconcile import Reconciliation, reconcile
from sync.store import Store
from sync.store.device import Enrolment
from sync.store.holds import By, HoldLine
from sync.transaction import Status
from sync.worker import SyncReport
from tests.contract.conftest import EXPIRY, Odoo
from tests.contract.planning import wanted
from tests.contract.unplanned import lies, package, stocked
from tests.end2end.broken import Line
from tests.end2end.colleague import Colleague

KEY = bytes(range(32))
CHEAP = Cost(passes=1, memory_kib=8, lanes=1)
PIN = "4711"
PASSES = 60
BAD_PASSES = 40
"""Of them so many over a line as bad as it is."""
LONG = 100
"""Lines of a shift after which a pass follows each fifth of them only."""
DEEDS: dict[str, Callable[..., None]] = {
    "booked": Colleague.booked,
    "picked": Colleague.picked,
    "put-down": Colleague.put_down,
    "cancelled": Colleague.cancelled,
    "moved": Colleague.moved,
    "counted": Colleague.counted,
    "asked": Colleague.asked,
    "lot": Colleague.made_lot,
    "renamed": Colleague.renamed,
    "archived": Colleague.archived,
    "packed": Colleague.packed,
}
"""What somebody else does meanwhile, by its word in a shift."""
_ASKED = re.compile(r"{asked (\w+)}")
_LOTS = re.compile(
    r"(?<=[}>])10[A-Z]\w*|(?<=})(?:17\d{6})?21[A-Z]\w*"
    r"|(?<= lot )\w+|(?<=!lot )\w+|(?<=!new-lot )\w+|(?<=choose-lot )\w+"
)
"""The lots and serials of a shift: in its labels, and typed."""
TROUBLE = tuple(fault for fault in EVERYTHING if fault is not Fault.SLOW)
"""What a bad line does, but for taking its time."""

Act = Callable[[str], str]
"""How a line of a shift is done; the code of what was answered."""

EXPIRES = ("expiration_date",)
WHOSE = {"of": "owner", "in": "package"}
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
        self._vendors: dict[str, int] = {}
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
        self.codes["soon"] = f"{datetime.now(UTC) + timedelta(days=30):%y%m%d}"
        for name in PEOPLE:
            self.codes[name] = f"BADGE-{self.mark}-{name.upper()}"

    def phoned(self, name: str, goods: list[str]) -> None:
        """An order under that name that nobody confirmed yet; `@other` among its goods is whose vendor brings it."""
        other = next((one[1:] for one in goods if one.startswith("@")), "")
        self._vendors[name] = self._vendors[other] if other else self.odoo.vendor()
        wants = _counts([one for one in goods if not one.startswith("@")])
        lines = [
            [0, 0, {"product_id": self.ids[one], "product_qty": count, "price_unit": 1}] for one, count in wants.items()
        ]
        order = self.odoo._made("purchase.order", {"partner_id": self._vendors[name], "order_line": lines})
        self.codes[name] = self.odoo.row("purchase.order", order, "name")["name"]
        self.ids[f"{name}.order"] = order

    def ordered(self, name: str) -> None:
        """Confirmed; its picking as `{name.picking}`."""
        self.odoo.ok("purchase.order", "button_confirm", "admin", ids=[self.ids[f"{name}.order"]])
        picking = self.odoo.rows("stock.picking", ["origin", "=", self.codes[name]], fields=["name"])[0]
        self.codes[f"{name}.picking"], self.ids[name] = picking["name"], picking["id"]

    def lay(self, goods: str, place: str, count: int, lot: str = "", expiry: str = "", **whose: int) -> None:
        """Goods that lie there already; `owner` or `package` by id."""
        lot_id = self.lot(goods, lot, expiry) if lot else ""
        stocked(self.odoo, self.ids[goods], self.ids[place], count, lot_id, **whose)

    def owner(self, name: str) -> None:
        """Somebody whose goods may lie here."""
        self.codes[name] = f"{name} {self.mark}"
        self.ids[name] = self.odoo._made("res.partner", {"name": self.codes[name]})
        self.codes[f"{name}.whose"] = f"0/{self.ids[name]}"

    def package(self, name: str) -> None:
        """An empty package."""
        self.ids[name] = package(self.odoo)
        model = "stock.package" if self.odoo.major >= 19 else "stock.quant.package"
        self.codes[name] = self.odoo.row(model, self.ids[name], "name")["name"]
        self.codes[f"{name}.whose"] = f"{self.ids[name]}/0"

    def putaway(self, goods: str, place: str) -> None:
        """Where Odoo wants those goods that come to stock from now on."""
        rule = {"product_id": self.ids[goods], "location_in_id": self.odoo.stock, "location_out_id": self.ids[place]}
        self.odoo._made("stock.putaway.rule", rule)

    def lot(self, goods: str, name: str, expiry: str = "") -> int:
        """The lot of that name in this shift."""
        key = (self.ids[goods], self.named(name))
        if key not in self._lots:
            self._lots[key] = self.odoo.lot(*key, f"{expiry} 12:00:00" if expiry else EXPIRY)
        return self._lots[key]

    def request(self, name: str, source: str, target: str, **lines: int) -> None:
        """A transfer Odoo's rules want, reserved as far as goods are there."""
        wants = [
            wanted(self.odoo, self.ids[goods], count, self.ids[source], self.ids[target])
            for goods, count in lines.items()
        ]
        self.codes[name], self.ids[name] = wants[0].name, wants[0].id

    def two_steps(self, name: str, dock: str, target: str, **lines: int) -> None:
        """Goods that come to a dock, and wait there to be brought on."""
        for goods, count in lines.items():
            first = wanted(self.odoo, self.ids[goods], count, self.odoo.vendors, self.ids[dock], self.odoo.receipts)
            after: dict[str, Any] = {"move_orig_ids": [[4, first.move, 0]], "procure_method": "make_to_order"}
            then = wanted(self.odoo, self.ids[goods], count, self.ids[dock], self.ids[target], **after)
            self.codes[name], self.codes[f"{name}.next"] = first.name, then.name

    def prepared(self, shift: str) -> None:
        """What a shift says was there before it."""
        for line in shift.split("\n"):
            match line.split():
                case ["#order", name, *goods]:
                    self.phoned(name, goods)
                    self.ordered(name)
                case ["#phoned", name, *goods]:
                    self.phoned(name, goods)
                case ["#two-steps", name, dock, target, *goods]:
                    self.two_steps(name, dock, target, **_counts(goods))
                case ["#owner", name]:
                    self.owner(name)
                case ["#package", name]:
                    self.package(name)
                case ["#putaway", goods, place]:
                    self.putaway(goods, place)
                case ["#lay", goods, place, lot, count, "of" | "in" as whose, name]:
                    self.lay(goods, place, int(count), "" if lot == "-" else lot, "", **{WHOSE[whose]: self.ids[name]})
                case ["#lay", goods, place, lot, count, *expiry]:
                    self.lay(goods, place, int(count), "" if lot == "-" else lot, *expiry)
                case ["#request", name, source, target, *goods]:
                    self.request(name, source, target, **_counts(goods))

    def named(self, lot: str) -> str:
        """A lot as this shift calls it."""
        return lot + self._ending

    def filled(self, text: str) -> str:
        """The shift with this hospital's codes."""
        text = _LOTS.sub(lambda found: found[0] + self._ending, text)
        for name, code in sorted(self.codes.items(), key=lambda one: -len(one[0])):
            text = text.replace("{" + name + "}", code)
        if unknown := set(re.findall(r"{(?!card}|behind})[\w.]+}", text)):
            raise ValueError(f"nobody knows {sorted(unknown)} in this hospital")
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
                },
                name["icu2.name"]: {"strict": True},
            },
            "transit": [{"from": name["a1.name"], "to": name["van4.name"], "via": name["via.name"]}],
            "relabel": name["relabel.name"],
            "cold_chain": [name["cold"]],
            "controlled": [name["controlled"]],
            "count_tolerance": {"supervisor": {"percent": 100}},
            "apply_counts": True,
        }

    def holds(self, goods: str, place: str, lot: str, *whose: str) -> Decimal:
        """What Odoo has there; of an owner or in a package only, where one is named."""
        also = [[f"{WHOSE[whose[0]]}_id", "=", self.ids[whose[1]]]] if whose else []
        found = lies(self.odoo, self.ids[goods], *also)
        return found.get((self.ids[place], lot and self.named(lot)), Decimal(0))

    def day(self, goods: str, lot: str) -> str:
        """When Odoo says that lot expires."""
        mine = [["product_id", "=", self.ids[goods]], ["name", "=", self.named(lot)]]
        return ", ".join(str(one["expiration_date"])[:10] for one in self.odoo.rows("stock.lot", *mine, fields=EXPIRES))

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
        self.proxy = Line(odoo)
        self.faults, self.seed, self.online = faults, seed, True
        self.dark = 0  # the line of a shift after which no call gets through
        self.tell: Callable[[SyncReport], None] = lambda _: None
        self.clock = Clock()
        self.store = Store.open(folder / "wardstock.db", KEY)
        uid = odoo.ok("res.users", "context_get")["uid"]
        told = Enrolment(self.proxy.url, odoo.database, odoo.login(), uid, 1, datetime.now(UTC), timezone="UTC")
        self.store.device.enrol(told, odoo.keys["storekeeper"])
        (folder / "note.png").write_bytes(b"\x89PNG\r\n\x1a\n")
        hospital.codes["picture"] = str(folder / "note.png")
        (folder / "policy.json").write_text(json.dumps(hospital.policy()), encoding="utf-8")
        policy = Policy.read(folder / "policy.json")
        for name, role in PEOPLE.items():
            badge = hospital.codes[name]
            pin = hashed(PIN, CHEAP)
            self.store.people.add(name.title(), role, datetime.now(UTC), "", badge=badge, pin=pin)
        self.desk = Desk(self.store, policy.person("Mira", Role.STOREKEEPER), policy, self.clock)
        self._pass(faults=0)  # the shift begins with what a good line brought

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
                answered = (act or self.play)(self._as_it_is_now(text))
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
        """Passes until nothing is unsent but cards, and one pull went through; after some the line is good."""
        for tried in range(PASSES):
            if self._pass(None if tried < BAD_PASSES else 0) and all(
                entry.status is Status.REFUSED for entry in self.store.outbox.rows(newest=0)
            ):
                return

    def unsent(self) -> list[str]:
        """What has no end yet."""
        return [f"{entry.reference} {entry.status} {entry.code}" for entry in self.store.outbox.rows(newest=0)]

    def reconciled(self) -> Reconciliation:
        """The device against Odoo, over a good line."""
        self.proxy.chaos(0, 0)
        with connect(self.store, self.clock) as session:
            return reconcile(self.store, session)

    def _as_it_is_now(self, text: str) -> str:
        return _ASKED.sub(
            lambda found: self._asked(found[1]),
            text.replace("{card}", self._card()).replace("{behind}", self._behind()),
        )

    def _asked(self, shelf: str) -> str:
        """Its number in the list; on a database others work in, too, it is seldom the first."""
        place = self.hospital.codes[f"{shelf}.name"]
        listed = [one.place.complete_name for one in to_count(self.desk.ward())]
        return str(listed.index(place) + 1 if place in listed else 0)

    def _card(self) -> str:
        """What was refused and waits for somebody; nothing where that is none, or several."""
        refused = [one.reference for one in self.store.outbox.rows() if self.desk.card(one)]
        return refused[0] if len(refused) == 1 else ""

    def _behind(self) -> str:
        """What waits for somebody to settle that; nothing where that is none, or several."""
        waiting = [one.uuid for one in self.store.outbox.rows() if one.waiting_behind]
        return waiting[0] if len(waiting) == 1 else ""

    def _directed(self, text: str) -> None:
        colleague = Colleague(self.hospital.odoo, self.hospital.ids, self.hospital.lot, self.hospital.named)
        match text.removeprefix("#").split():
            case ["ordered", name]:
                self.hospital.ordered(name)
            case ["held", goods, lot]:
                self._held(self.hospital.ids[goods], self.hospital.named(lot))
            case [word, *rest] if word in DEEDS:
                DEEDS[word](colleague, *rest)
            case ["broken" | "mended" as how]:
                self.proxy.broken = how == "broken"
            case ["offline"]:
                self.online = False
            case ["online"]:
                self.online = True
            case ["sync"]:
                self.settle()

    def _held(self, product: int, lot: str) -> None:
        now = datetime.now(UTC)
        line = HoldLine(By.ID, str(product), "recalled", now.date(), lot)
        self.store.holds.bring(f"recalls {lot}", [line], now, "Joana", now)

    def _pass(self, faults: float | None = None) -> bool:
        """Push and pull once, as far as the line lets it."""
        if not self.online:
            return False
        self.seed += 1
        self.proxy.chaos(self.seed, self.faults if faults is None else faults, TROUBLE)
        self.store.outbox.retry_all()
        ward = self.desk.ward()
        with connect(self.store, self.clock) as session:
            site = ward.holds.site(ward.plan.strict)
            told = push(self.store, session, self.clock, pause=lambda _: None, site=site)
            pulled = pull_recent(self.store, session, self.clock)
        self.tell(SyncReport(push=told, pull=pulled))
        return not told.stopped and not pulled.stopped

    def _unlike(self, shift: str) -> list[str]:
        """The sums and days of the file that Odoo does not hold."""
        wrong = list[str]()
        for line in shift.split("\n"):
            match line.split():
                case ["#=", goods, place, lot, count, *whose]:
                    found = self.hospital.holds(goods, place, "" if lot == "-" else lot, *whose)
                    wrong += [f"{line}: {found}"] if found != Decimal(count) else []
                case ["#day", goods, lot, day]:
                    told = self.hospital.day(goods, lot)
                    wrong += [f"{line}: {told}"] if told != day else []
        return wrong
