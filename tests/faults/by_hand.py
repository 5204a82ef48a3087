"""A day of four devices on a real Odoo behind a bad line, run by hand; its figures go into the notes of a release.

    . env.sh; python -m tests.faults.by_hand --devices 4 --transactions 300 --faults 0.33

It reads WARDSTOCK_ODOO_*, makes goods and places of its own, lets each call of the devices fail with that probability
(dropped, reset, delayed, truncated, 429, 500, 502, 503 or somebody's page, before or after it was done), and ends with
the reconciliation of each device and the sums of every stock key, added up independently.
"""

import argparse
import logging
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

from client.accounts import sentence
from sync.clock import Clock
from sync.connection import connect
from sync.odoo.wire.session import Server, Session
from sync.practice.faults import EVERYTHING, Reply
from sync.practice.proxy import FaultProxy
from sync.push import push
from sync.reconcile import reconcile
from sync.store import Store
from sync.store.device import Enrolment
from sync.store.entries import Entry
from sync.transaction import COUNTS, UNFINISHED, Draft, Kind, Status, Transaction, footprint, new_uuid
from tests.contract.conftest import Odoo, serving
from tests.faults.house import ACTS, Signed, Site
from tests.faults.ledger import Sums, lying, minus, moved, plus, said

KEY = bytes(range(32))
GOODS = 24
PASSES = 2000
LONGEST = 5400
"""Seconds after which it gives up."""


@dataclass
class Nurse:
    """One device, its bad line, and what its people confirmed."""

    site: Site
    odoo: Odoo
    folder: Path
    proxy: FaultProxy

    def __post_init__(self) -> None:
        self.name = f"WS-{new_uuid()[:6].upper()}"
        self.store = Store.open(self.folder / "wardstock.db", KEY)
        self.store.device.rename(self.name)
        uid = self.odoo.ok("res.users", "context_get")["uid"]
        told = Enrolment(self.proxy.url, self.odoo.database, self.odoo.login(), uid, 1, datetime.now(UTC))
        self.store.device.enrol(told, self.odoo.keys["storekeeper"])
        self.acts: list[Transaction] = []
        self.passes, self.trouble = 0, Counter[str]()
        self.cards: list[Entry] = []

    def sign(self, order: int = 0) -> Signed:
        return Signed(new_uuid(), self.store.device.next_reference(), self.name, Clock().moment(), order)

    def confirm(self, act: Transaction) -> None:
        now, draft = datetime.now(UTC), new_uuid()
        self.store.drafts.open(Draft(draft, "any", "{}", "Sven", "act", now, now))
        self.store.outbox.confirm(draft, [(act, footprint(act, self.site.places))], now)
        self.acts.append(act)

    def work(self, until: float) -> None:
        """Passes until all has an end: what is refused is withdrawn, as a person would who reads the card."""
        clock = Clock()
        while self.store.outbox.rows(newest=0) and self.passes < PASSES and time.monotonic() < until:
            self.passes += 1
            self.store.outbox.retry_all()
            with connect(self.store, clock) as session:
                told = push(self.store, session, clock, pause=lambda _: None)
            self.trouble[told.stopped] += bool(told.stopped)
            for card in self.store.outbox.of(told.refused):
                self.cards.append(card)
                self.store.outbox.withdraw(card.uuid, card.transaction.person, datetime.now(UTC))


class Calls(FaultProxy):
    """Counts what was asked through it."""

    asked = 0

    def work(self, verb: str, path: str, headers: dict[str, str], body: bytes) -> Reply:
        self.asked += 1
        return super().work(verb, path, headers, body)


def day(odoo: Odoo, folder: Path, devices: int, transactions: int, faults: float) -> int:
    """The whole day; 0 if all is as it must be."""
    dice, began = Random(17), time.monotonic()  # no secret
    kinds = [kind for kind in ACTS for _ in range(SHARE.get(kind, 3))]
    drawn = [kinds[number % len(kinds)] for number in range(transactions)]
    each = Counter(drawn)
    site = Site(
        odoo,
        goods=GOODS,
        orders=each[Kind.RECEIPT],
        requests=each[Kind.PLANNED_TRANSFER],
        received=min(each[Kind.SUPPLIER_RETURN], GOODS),
    )
    say(
        f"{devices} devices, {transactions} transactions, faults in {faults:.0%} of the calls, Odoo {odoo.wire.version}"
    )
    say(f"site made in {time.monotonic() - began:.0f} s")
    opening = sums(odoo, site)
    proxies = [Calls(odoo.url) for _ in range(devices)]
    nurses = [Nurse(site, odoo, made(folder / f"device{number}"), proxy) for number, proxy in enumerate(proxies)]
    confirm_all(nurses, site, drawn, dice)
    for number, proxy in enumerate(proxies):
        proxy.chaos(number, faults, EVERYTHING)
    began = time.monotonic()
    together(nurses, lambda nurse: nurse.work(began + LONGEST))
    took = time.monotonic() - began
    for proxy in proxies:
        proxy.chaos(0, 0)
    calls = sum(proxy.asked for proxy in proxies)
    say(f"{calls} calls in {took:.0f} s, {sum(nurse.passes for nurse in nurses)} passes")
    say(f"passes stopped: {dict(sum((nurse.trouble for nurse in nurses), Counter()))}")
    wrong = judge(odoo, site, nurses, opening)
    for nurse, proxy in zip(nurses, proxies, strict=True):
        nurse.store.close()
        proxy.close()
    return 1 if wrong else 0


SHARE = {Kind.TRANSFER: 6, Kind.USE: 6, Kind.WASTE: 3, Kind.RECEIPT: 4, Kind.PLANNED_TRANSFER: 3}
"""How often a kind comes; three times otherwise."""


def confirm_all(nurses: list[Nurse], site: Site, drawn: list[Kind], dice: Random) -> None:
    """Each act by one device or another, those on a planned document each on its own."""
    seen = Counter[Kind]()
    for number, kind in enumerate(drawn):
        nurse = nurses[number % len(nurses)]
        nurse.confirm(ACTS[kind](site, nurse.sign(seen[kind]), dice))
        seen[kind] += 1


def together(nurses: list[Nurse], work: Callable[[Nurse], None]) -> None:
    threads = [threading.Thread(target=work, args=(nurse,)) for nurse in nurses]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def judge(odoo: Odoo, site: Site, nurses: list[Nurse], opening: Sums) -> int:
    """How much is wrong: what is not settled, what differs, sums that are off."""
    entries = [entry for nurse in nurses for entry in nurse.store.outbox.rows(newest=100_000)]
    say(f"by status: {dict(Counter(str(entry.status) for entry in entries))}")
    say(f"done by kind: {dict(Counter(str(e.transaction.kind) for e in entries if e.status is Status.DONE))}")
    for card in (card for nurse in nurses for card in nurse.cards):
        transaction = card.transaction
        say(f"refused and withdrawn: {transaction.kind} of {transaction.acted_at.wall} {card.code} {dict(card.facts)}")
    expected = opening
    for entry in entries:
        act = entry.transaction
        if entry.status is Status.DONE and act.kind not in COUNTS:
            expected = plus(expected, said(act, site.places))
        if act.kind is Kind.ADJUSTMENT:
            expected = plus(expected, moved(booked(odoo, act), site.places))
    off = minus(sums(odoo, site), expected)
    say(f"sums: {len(plus(opening, expected))} stock keys, {len(off)} off {off or ''}")
    doubled = [act.uuid for nurse in nurses for act in nurse.acts if papers(odoo, act) > 2]  # in and out
    say(f"documents of one transaction that are done: {len(doubled)} doubled")
    found = sum(reconciled(odoo, nurse) for nurse in nurses)
    unsettled = sum(1 for entry in entries if entry.status in UNFINISHED)
    return unsettled + len(off) + len(doubled) + found


def reconciled(odoo: Odoo, nurse: Nurse) -> int:
    began = time.monotonic()
    server = Server(odoo.url, odoo.database, odoo.keys["storekeeper"], 1, odoo.login())
    with Session(server) as session:
        told = reconcile(nurse.store, session)
        asked = session.sent
    took = time.monotonic() - began
    say(f"reconcile {nurse.name}: {told.checked} checked, {len(told.findings)} differ, {asked} calls, {took:.1f} s")
    for finding in told.findings:
        say(f"  {sentence(finding)}")
    return len(told.findings)


def sums(odoo: Odoo, site: Site) -> Sums:
    fields = ["product_id", "location_id", "lot_id", "package_id", "owner_id", "quantity"]
    rows = odoo.rows("stock.quant", ["product_id", "in", site.products], ["quantity", "!=", 0], fields=fields)
    return lying(rows, site.places)


def booked(odoo: Odoo, act: Transaction) -> list[dict[str, Any]]:
    """The lines of the documents whose origin names it, that are done."""
    fields = ["product_id", "location_id", "location_dest_id", "lot_id", "package_id", "owner_id",
              "quantity_product_uom"]  # fmt: skip
    return odoo.rows("stock.move.line", ["picking_id.origin", "like", act.uuid], ["state", "=", "done"], fields=fields)


def papers(odoo: Odoo, act: Transaction) -> int:
    return len(odoo.rows("stock.picking", ["origin", "like", act.uuid], ["state", "=", "done"], fields=["name"]))


def made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--devices", type=int, default=4)
    parser.add_argument("--transactions", type=int, default=300)
    parser.add_argument("--faults", type=float, default=0.33)
    parser.add_argument("--practice", action="store_true", help="on the practice ward")
    asked = parser.parse_args()
    logging.disable(logging.CRITICAL)
    with serving("practice" if asked.practice else "real") as odoo, tempfile.TemporaryDirectory() as folder:
        return day(odoo, Path(folder), asked.devices, asked.transactions, asked.faults)


if __name__ == "__main__":
    sys.exit(main())
