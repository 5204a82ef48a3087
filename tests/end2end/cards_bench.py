"""A device at an Odoo on which each kind of refusal is made to happen for real, to be settled in each way."""

import json
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal
from http import HTTPStatus
from pathlib import Path

import httpx2

from client.replay import Line, play
from client.work.answer import Said
from client.work.cards.card import Card, cards
from client.work.desk import Desk
from client.work.site.people import Person, Role
from client.work.site.policy import Policy
from sync.clock import Clock
from sync.connection import server_of
from sync.odoo.wire.session import Session
from sync.pull import pull, pull_recent
from sync.push import PushReport, push
from sync.reconcile import Reconciliation, reconcile
from sync.store import Store
from sync.store.device import Enrolment
from sync.store.outbox import Entry
from sync.transaction import Status, Transaction, footprint
from tests.contract.conftest import Odoo
from tests.contract.unplanned import lies, place
from tests.store.goods import draft_of

KEY = bytes(range(32))
Lies = Mapping[tuple[int, str], int]


@dataclass
class Case:
    """A refused transaction. `fix` takes away what stood in the way, `lies` is what Odoo must hold after a way out.

    `values` is what a way needs to be told, `corrected` what is done in the draft that `correct` opens.
    """

    entry: Entry
    product: int
    lies: Mapping[str, Lies]
    values: Mapping[str, str] = field(default_factory=dict)
    fix: Callable[[], object] = lambda: None
    corrected: tuple[str, ...] = ("!confirm",)


class Bench:
    """A supervisor's device, and somebody else's work on it. `cage` is the place for held goods, `safe` is strict."""

    def __init__(self, odoo: Odoo, folder: Path) -> None:
        self.odoo, self.clock = odoo, Clock()
        self.cage, self.safe, self.loss = place(odoo), place(odoo), place(odoo, "inventory")
        self.store = Store.open(folder / "wardstock.db", KEY)
        uid = odoo.ok("res.users", "context_get")["uid"]
        told = Enrolment(odoo.url, odoo.database, odoo.login(), uid, 1, datetime.now(UTC), timezone="UTC")
        self.store.device.enrol(told, odoo.keys["storekeeper"])
        file = folder / "policy.json"
        file.write_text(json.dumps(self._policy()), encoding="utf-8")
        self.policy = Policy.read(file)
        self.desk = Desk(self.store, self.policy.person("Joana", Role.SUPERVISOR), self.policy, self.clock)
        self.sync()

    def __enter__(self) -> "Bench":
        return self

    def __exit__(self, *_: object) -> None:
        self.store.close()

    def _policy(self) -> dict[str, object]:
        stock = self.name(self.odoo.stock)
        return {
            "schema": 2,
            "places": {stock: {"quarantine": self.name(self.cage)}, self.name(self.safe): {"strict": True}},
        }

    @property
    def has_rules(self) -> bool:
        """Whether an administrator can hide records there: the practice ward knows no record rules."""
        return self.odoo.call("ir.model", "search", "admin", domain=[["model", "=", "ir.rule"]])[0] == HTTPStatus.OK

    def name(self, place_id: int) -> str:
        """The complete name of a place."""
        return str(self.odoo.row("stock.location", place_id, "complete_name")["complete_name"])

    def session(self, client: httpx2.Client | None = None) -> Session:
        enrolment, key = self.store.device.enrolment(), self.store.device.odoo_key()
        assert enrolment is not None
        assert key is not None
        return Session(server_of(enrolment, key), client, clock=self.clock)

    def push(self, client: httpx2.Client | None = None) -> PushReport:
        """One pass, nothing waiting for its time."""
        self.store.outbox.retry_all()
        ward = self.desk.ward()
        site = ward.holds.site(ward.plan.strict)
        with self.session(client) as session:
            return push(self.store, session, self.clock, pause=lambda _: None, site=site)

    def pull(self) -> None:
        with self.session() as session:
            assert pull(self.store, session, self.clock).stopped == ""

    def sync(self) -> None:
        """As a device does it all day: send, then ask for what a posting touches."""
        self.push()
        with self.session() as session:
            assert pull_recent(self.store, session, self.clock).stopped == ""

    def confirm(self, act: Transaction) -> Transaction:
        """Somebody else's work, confirmed on this device."""
        act = replace(act, reference=self.store.device.next_reference(), person="Nils")
        draft = draft_of("Nils")
        self.store.drafts.open(draft)
        ids = {place_id for line in act.lines for place_id in (line.source_id, line.destination_id)}
        queued = (act, footprint(act, self.store.catalogue.locations(ids)))
        self.store.outbox.confirm(draft.uuid, [queued], act.acted_at.wall)
        return act

    def refused(
        self,
        act: Transaction,
        client: Callable[[], httpx2.Client] | None = None,
        while_: AbstractContextManager[object] | None = None,
        passes: int = 1,
    ) -> Entry:
        """It is sent, and Odoo, or we, say no."""
        self.pull()
        act = self.confirm(act)
        with while_ or nullcontext():
            for _ in range(passes):
                self.push(client() if client else None)
        entry = self.entry(act.uuid)
        assert entry.status is Status.REFUSED, (entry.status, entry.code, entry.facts)
        return entry

    def entry(self, uuid: str) -> Entry:
        found = self.store.outbox.get(uuid)
        assert found is not None
        return found

    def say(self, text: str) -> Said:
        """A line of a replay file."""
        return play(self.desk, Line(1, text.removeprefix("!"), is_command=text.startswith("!")))

    def settle(self, entry: Entry, way: str, value: str = "") -> Said:
        return self.say(f"!settle {entry.reference} {way} {value}".strip())

    def card(self, entry: Entry) -> Card | None:
        return next((one for one in cards(self.store, self.desk.ward()) if one.entry.uuid == entry.uuid), None)

    def followers(self, entry: Entry) -> list[Entry]:
        """What took its place, and what took the place of that."""
        direct = [one for one in self.store.outbox.rows() if one.transaction.corrects == entry.uuid]
        return direct + [one for follower in direct for one in self.followers(follower)]

    def lies(self, product: int) -> dict[tuple[int, str], Decimal]:
        return lies(self.odoo, product)

    def reconciled(self) -> Reconciliation:
        with self.session() as session:
            return reconcile(self.store, session)

    def nurse(self) -> None:
        """Another person at the device, with fewer rights."""
        self.desk.person = Person("Nils", Role.NURSE)

    def supervisor(self) -> None:
        self.desk.person = self.policy.person("Joana", Role.SUPERVISOR)
