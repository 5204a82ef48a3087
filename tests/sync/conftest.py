"""A device, the practice ward, and a network on which single answers can be somebody else's."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

import httpx2
import pytest

from sync.practice.proxy import FaultProxy
from sync.practice.server import PracticeWard
from sync.push import PushReport, push
from sync.transaction import Status
from tests.contract.conftest import Odoo
from tests.faults.conftest import Handheld
from tests.sync.acts import session_with

JSON = {"content-type": "application/json; charset=utf-8"}


def odoo_says(status: int, name: str) -> httpx2.Response:
    """An error as Odoo writes it."""
    return httpx2.Response(status, json={"name": name, "message": "because"}, headers=JSON)


def _called(request: httpx2.Request) -> str:
    """The model and method of a call by /jsonrpc, as the other dialect writes them in its address."""
    arguments = json.loads(request.content)["params"]["args"]
    return f"/{arguments[3]}/{arguments[4]}" if len(arguments) > 4 else ""


def _in_envelope(response: httpx2.Response) -> httpx2.Response:
    """An error as /jsonrpc tells it: 200, and the exception inside."""
    if not response.headers.get("content-type", "").startswith("application/json"):
        return response
    error = {"code": 200, "message": "Odoo Server Error", "data": response.json()}
    return httpx2.Response(200, json={"jsonrpc": "2.0", "id": 1, "error": error}, headers=JSON)


@dataclass
class Answers(httpx2.BaseTransport):
    """Calls whose path ends like a key are answered by it, the others by the ward."""

    instead: Mapping[str, Callable[[], httpx2.Response]]
    inner: httpx2.HTTPTransport = field(default_factory=httpx2.HTTPTransport)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        by_rpc = request.url.path == "/jsonrpc"
        path = _called(request) if by_rpc else request.url.path
        for name, answer in self.instead.items():
            if path.endswith(name):
                return _in_envelope(answer()) if by_rpc else answer()
        return self.inner.handle_request(request)

    def close(self) -> None:
        self.inner.close()


@dataclass
class Ward:
    """One device in the practice ward."""

    odoo: Odoo
    device: Handheld
    told: list[tuple[str, Status]] = field(default_factory=list)

    def push(self, instead: Mapping[str, Callable[[], httpx2.Response]] = MappingProxyType({})) -> PushReport:
        """One pass; calls whose path ends like a key of `instead` are answered by it."""
        client = httpx2.Client(transport=Answers(instead))
        with session_with(self.odoo, client=client) as session:
            return push(
                self.device.store,
                session,
                self.device.clock,
                report=lambda uuid, status: self.told.append((uuid, status)),
                pause=self.device.pauses.append,
            )


@pytest.fixture(scope="session")
def odoo() -> Iterator[Odoo]:
    with PracticeWard() as ward, httpx2.Client(trust_env=False, verify=False) as client:
        yield Odoo(ward.url, ward.database, ward.keys, client)


@pytest.fixture
def ward(odoo: Odoo, tmp_path: Path) -> Iterator[Ward]:
    with FaultProxy(odoo.url) as proxy:
        device = Handheld(odoo, proxy, tmp_path)
        yield Ward(odoo, device)
        device.store.close()
