"""Real processes killed while they send: whatever they had begun, the next one ends, once."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import httpx2
import pytest

from client.settings import Profile
from sync.keys import Place
from sync.practice.faults import Reply
from sync.practice.proxy import FaultProxy
from sync.practice.server import PracticeWard
from sync.store import Store
from sync.store.device import Enrolment
from sync.transaction import Draft, Status, Transaction, footprint, new_uuid
from tests.contract.conftest import Odoo
from tests.sync.acts import blind, line, receipt

KILLS = 25
LONGEST = 60
"""Seconds after which a process counts as hanging, and the test fails."""

WAYS = ("before", "meanwhile", "after")


class Gallows(FaultProxy):
    """A proxy that kills the process that asks, at one of its requests.

    "before": the request is not passed on; "meanwhile": it is, for nobody; "after": it was answered.
    """

    def __init__(self, target: str) -> None:
        self.at, self.way, self.asked = 0, "", 0
        self.condemned: Callable[[], None] = lambda: None
        super().__init__(target)

    def work(self, verb: str, path: str, headers: dict[str, str], body: bytes) -> Reply:
        self.asked += 1
        if self.asked != self.at:
            return super().work(verb, path, headers, body)
        if self.way == "after":
            reply = super().work(verb, path, headers, body)
            self.condemned()
            return reply
        self.condemned()
        return super().work(verb, path, headers, body) if self.way == "meanwhile" else Reply(502, b"", ())


@dataclass
class Bench:
    """A ward, the way to it, and a device's folder."""

    odoo: Odoo
    gallows: Gallows
    folder: Path

    def confirm(self, *acts: Transaction) -> None:
        store, now, draft = self.store(), datetime.now(UTC), new_uuid()
        store.drafts.open(Draft(draft, "any", "{}", "Sven", "act", now, now))
        store.outbox.confirm(draft, [(act, footprint(act, {})) for act in acts], now)
        store.close()

    def store(self) -> Store:
        return Profile(self.folder, Place.FILE).open_or_create()

    def command(self, *words: str, at: int = 0, way: str = "") -> int:
        """The exit status of a real process; negative is the signal that killed it."""
        self.gallows.at, self.gallows.way, self.gallows.asked = at, way, 0
        told = [sys.executable, "-m", "client", *words, "--profile", str(self.folder)]
        env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        with subprocess.Popen(told, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env) as process:
            self.gallows.condemned = lambda: process.send_signal(signal.SIGKILL)
            return process.wait(LONGEST)


@pytest.fixture(scope="module")
def odoo() -> Iterator[Odoo]:
    with PracticeWard() as ward, httpx2.Client(trust_env=False, verify=False) as client:
        yield Odoo(ward.url, ward.database, ward.keys, client, ward.logins)


@pytest.fixture
def bench(odoo: Odoo, tmp_path: Path) -> Iterator[Bench]:
    with Gallows(odoo.url) as gallows:
        made = Bench(odoo, gallows, tmp_path / "device")
        store = made.store()
        told = Enrolment(gallows.url, odoo.database, "storekeeper", 5, 1, datetime.now(UTC), timezone="Europe/Berlin")
        store.device.enrol(told, odoo.keys["storekeeper"])
        store.close()
        yield made


@pytest.mark.parametrize("number", range(KILLS))
def test_a_killed_push_is_ended_by_the_next(bench: Bench, number: int) -> None:
    """Requests 2 to 26 of a pass with three acts, each killed in one of three ways; the heir is a whole `sync`."""
    odoo, products = bench.odoo, [bench.odoo.product() for _ in range(3)]
    expected = odoo.expected((products[0], 100))
    acts = [
        receipt(odoo, expected["id"], line(odoo, 1, products[0], "30", "A1")),
        blind(odoo, line(odoo, 1, products[1], "12", "B1")),
        blind(odoo, line(odoo, 1, products[2], "7", "C1")),
    ]
    bench.confirm(*acts)

    killed = bench.command("push", at=2 + number, way=WAYS[number % len(WAYS)])
    ended = bench.command("sync")

    assert killed == -signal.SIGKILL
    assert ended == 0
    store = bench.store()
    found = [store.outbox.get(act.uuid) for act in acts]
    store.close()
    assert [entry and entry.status for entry in found] == [Status.DONE] * 3
    assert [odoo.on_hand(product) for product in products] == [Decimal(30), Decimal(12), Decimal(7)]
