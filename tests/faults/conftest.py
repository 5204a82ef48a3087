"""A device on a bad network: a store on disk, and a proxy with faults between it and the ward (or a real Odoo)."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest

from sync.clock import Clock
from sync.odoo.wire.session import Session
from sync.practice.faults import FaultName
from sync.practice.proxy import FaultProxy
from sync.push import PushReport, push
from sync.store import Store
from sync.store.device import Enrolment
from sync.store.outbox import Entry
from sync.transaction import Draft, Status, Transaction, footprint, new_uuid
from tests.contract.conftest import REAL, Before, Odoo, serving
from tests.sync.acts import session_with

KEY = bytes(range(32))


class Killed(BaseException):
    """The process ends here: nothing after it runs, not even a handler for errors."""


@dataclass(frozen=True)
class Later(Clock):
    """The device's clock, that much further on."""

    by: timedelta = timedelta(0)

    def now(self) -> datetime:
        return super().now() + self.by


class Line(httpx2.BaseTransport):
    """The device's network. `before` and `after` are told the number of each call, from 1, and may do anything."""

    def __init__(self, before: Callable[[int], object], after: Callable[[int], object]) -> None:
        self._inner = httpx2.HTTPTransport(verify=False)
        self._before = before
        self._after = after
        self.calls = 0

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        self.calls += 1
        number = self.calls
        self._before(number)
        response = self._inner.handle_request(request)
        response.read()
        self._after(number)
        return response

    def close(self) -> None:
        self._inner.close()


@dataclass
class Handheld:
    """One device: its file, and its way to Odoo through the proxy."""

    odoo: Odoo
    proxy: FaultProxy
    folder: Path
    shift: timedelta = timedelta(0)
    seconds: float = 30
    pauses: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.store = Store.open(self.folder / "wardstock.db", KEY)
        if self.store.device.enrolment() is None:
            uid = self.odoo.ok("res.users", "context_get")["uid"]
            told = Enrolment(self.proxy.url, self.odoo.database, self.odoo.login(), uid, 1, datetime.now(UTC))
            self.store.device.enrol(told, self.odoo.keys["storekeeper"])

    @property
    def clock(self) -> Clock:
        return Later(by=self.shift)

    def confirm(self, *acts: Transaction) -> None:
        """A person has confirmed these, offline."""
        now, uuid = datetime.now(UTC), new_uuid()
        self.store.drafts.open(Draft(uuid, "receipt", "{}", "Sven", "delivery", now, now))
        self.store.outbox.confirm(uuid, [(act, footprint(act, {})) for act in acts], now)

    def push(
        self, before: Callable[[int], object] = lambda _number: None, after: Callable[[int], object] = lambda _: None
    ) -> PushReport:
        """One pass; `calls` is then how many requests it took."""
        line = Line(before, after)
        client = httpx2.Client(transport=line, timeout=self.seconds)
        with session_with(self.odoo, client=client, url=self.proxy.url) as session:
            self.session: Session = session
            try:
                return push(self.store, session, self.clock, pause=self.pauses.append)
            finally:
                self.calls = line.calls

    def push_with(self, fault: FaultName, at: int) -> PushReport:
        """One pass whose request number `at` meets a fault."""
        return self.push(before=lambda number: self.proxy.fail_next(fault) if number == at else None)

    def wait(self, by: timedelta = timedelta(hours=1)) -> None:
        """Time goes by."""
        self.shift += by

    def restart(self) -> None:
        """The process has died; a new one opens the file."""
        self.store.close()
        self.store = Store.open(self.folder / "wardstock.db", KEY)

    def cloned(self, folder: Path) -> "Handheld":
        """Another device with a copy of this one's file."""
        self.store.close()
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        self.store = Store.open(self.folder / "wardstock.db", KEY)
        return Handheld(self.odoo, self.proxy, folder, self.shift)

    def entry(self, act: Transaction) -> Entry:
        found = self.store.outbox.get(act.uuid)
        assert found is not None
        return found

    def status(self, act: Transaction) -> Status:
        return self.entry(act).status


@pytest.fixture(scope="session", params=["practice", REAL])
def odoo(request: pytest.FixtureRequest) -> Iterator[Odoo]:
    """The practice ward, and a real Odoo where one is named."""
    with serving(request.param) as server:
        yield server


@pytest.fixture
def proxy(odoo: Odoo) -> Iterator[FaultProxy]:
    with Before(odoo) as proxy:
        yield proxy


@pytest.fixture
def handheld(odoo: Odoo, proxy: FaultProxy, tmp_path: Path) -> Iterator[Handheld]:
    folder = tmp_path / "first"
    folder.mkdir()
    device = Handheld(odoo, proxy, folder)
    yield device
    device.store.close()


@pytest.fixture
def clone_of(tmp_path: Path) -> Iterator[Callable[[Handheld], Handheld]]:
    """Copies a device; the copies end with the test."""
    made: list[Handheld] = []

    def clone(device: Handheld) -> Handheld:
        made.append(device.cloned(tmp_path / f"copy{len(made)}"))
        return made[-1]

    yield clone
    for device in made:
        device.store.close()


def slips(odoo: Odoo, picking: int) -> list[dict[str, Any]]:
    """What hangs on a picking."""
    domain = [["res_model", "=", "stock.picking"], ["res_id", "=", picking]]
    return odoo.rows("ir.attachment", *domain, fields=["name"])
