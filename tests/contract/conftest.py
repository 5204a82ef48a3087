"""The servers a contract is held against: always the practice wards, and a real Odoo when WARDSTOCK_ODOO_URL is set."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from email.utils import formatdate
from functools import cached_property, partial
from typing import Any

import httpx2
import pytest

from sync.practice.faults import Reply as Passed
from sync.practice.proxy import FaultProxy
from sync.practice.server import PracticeWard
from tests.contract.wire import KEYS, Reply, Wire, logins_named

CTX = {"mode": "update", "noupdate": True, "lang": "en_US", "tz": "UTC"}
"""The context of an idempotent load (contract 4)."""


EXPIRY = "2035-06-30 12:00:00"
"""Of a lot a test says nothing of."""
NOTHING_TO_MOVE = (
    "You cannot validate a transfer if no quantities are reserved. To force the transfer, encode quantities."
)
"""What an Odoo before 19 says to nothing at all, and 17 and the first 18 to what is done."""


@dataclass
class Odoo:
    """A server seen through raw calls, with the few records a test needs made under names of its own."""

    url: str
    database: str
    keys: dict[str, str] = field(repr=False)
    client: httpx2.Client = field(repr=False)
    logins: dict[str, str] = field(default_factory=dict)
    ward: PracticeWard | None = field(default=None, repr=False)
    """Where this is one: what a test itself asks goes to it through no socket, unless it asks by `client`."""

    @cached_property
    def wire(self) -> Wire:
        client = httpx2.Client(transport=httpx2.MockTransport(partial(answered, self.ward))) if self.ward else None
        return Wire(self.url, self.database, self.keys, self.logins, client or self.client)

    @property
    def major(self) -> int:
        """17, 18, 19: what a test asks where the servers differ (contract 15)."""
        return self.wire.major

    def login(self, role: str = "storekeeper") -> str:
        return self.wire.login(role)

    def call(self, model: str, method: str, role: str = "storekeeper", **body: Any) -> Reply:
        """Status and JSON of one call."""
        return self.wire.call(model, method, role, body)

    def ok(self, model: str, method: str, role: str = "storekeeper", **body: Any) -> Any:
        """The result of a call that must succeed."""
        status, told = self.call(model, method, role, **body)
        assert status == 200, f"{model}.{method}: {status} {told.get('name')} {told.get('message')}"
        return told

    def rows(self, model: str, *domain: Any, fields: Sequence[str], order: str = "id") -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.ok(
            model, "search_read", domain=list(domain), fields=list(fields), order=order
        )
        return found

    def row(self, model: str, key: int, *fields: str) -> dict[str, Any]:
        found: dict[str, Any] = self.ok(model, "read", ids=[key], fields=list(fields))[0]
        return found

    def load(self, model: str, fields: Sequence[str], *data: Sequence[Any], **context: Any) -> dict[str, Any]:
        told: dict[str, Any] = self.ok(
            model, "load", fields=list(fields), data=[list(row) for row in data], context=CTX | context
        )
        return told

    def together(self, times: int, model: str, method: str, **body: Any) -> list[Reply]:
        """The same call from several clients at once."""
        with ThreadPoolExecutor(times) as pool:
            calls = [pool.submit(self.call, model, method, **body) for _ in range(times)]
            return [call.result() for call in calls]

    # -- records of a test's own -----------------------------------------------------------------------------------

    def product(self, tracking: str = "lot", *, expires: bool = True, **more: Any) -> int:
        name = unique("product")
        stored = {"type": "consu", "is_storable": True} if self.major >= 18 else {"detailed_type": "product"}
        facts: dict[str, Any] = {"name": name, "default_code": name, "tracking": tracking, **stored}
        if expires and tracking != "none":
            facts |= {"use_expiration_date": True, "expiration_time": 365, "alert_time": 30}
        return self._made("product.product", facts | more)

    def bin(self, parent: int | None = None) -> int:
        name = unique("bin")
        return self._made("stock.location", {"name": name, "barcode": name, "location_id": parent or self.stock})

    def box(self, product: int, count: int, barcode: str = "") -> int:
        """A packaging with a code, of that many units: a unit of its own on 19, a row of the product before."""
        told = {"product_id": product, "barcode": barcode or unique("box")}
        if self.major < 19:
            return self._made("product.packaging", {"name": unique("Box"), "qty": count, **told})
        return self._made("product.uom", {"uom_id": self.unit_of(count), **told})

    def unit_of(self, count: int) -> int:
        """A unit of that many of Odoo's own "Units"."""
        name = unique(f"Box of {count}")
        if self.major >= 19:
            return self._made("uom.uom", {"name": name, "relative_factor": count, "relative_uom_id": self.unit})
        family = self.row("uom.uom", self.unit, "category_id")["category_id"][0]
        size = {"category_id": family, "uom_type": "bigger", "factor_inv": count, "rounding": 1}
        return self._made("uom.uom", {"name": name, **size})

    def vendor(self) -> int:
        return self._made("res.partner", {"name": unique("vendor"), "is_company": True})

    def expected(self, *lines: tuple[int, float], unit: int | None = None) -> dict[str, Any]:
        """A confirmed purchase order's incoming picking: its id, order, origin and moves by product."""
        more = {"product_uom_id" if self.major >= 19 else "product_uom": unit} if unit else {}
        ordered = [{"product_id": key, "product_qty": quantity, "price_unit": 1, **more} for key, quantity in lines]
        commands = [[0, 0, line] for line in ordered]
        order = self._made("purchase.order", {"partner_id": self.vendor(), "order_line": commands})
        self.ok("purchase.order", "button_confirm", "admin", ids=[order])
        name = self.row("purchase.order", order, "name")["name"]
        picking = self.rows("stock.picking", ["origin", "=", name], fields=["name"])[0]
        moves = self.moves(picking["id"])
        return {"id": picking["id"], "order": order, "origin": name, "moves": moves}

    def moves(self, picking: int) -> dict[int, dict[str, Any]]:
        """The moves of a picking by product."""
        names = ["product_id", "product_uom_qty", "quantity", "picked", "state", "product_uom"]
        rows = self.rows("stock.move", ["picking_id", "=", picking], fields=names)
        return {row["product_id"][0]: row for row in rows}

    def lines(self, picking: int) -> list[dict[str, Any]]:
        names = ["product_id", "quantity", "picked", "lot_id", "lot_name", "location_dest_id", "state", "move_id"]
        return self.rows("stock.move.line", ["picking_id", "=", picking], fields=names)

    def lot(self, product: int, name: str | None = None, expiry: str = EXPIRY) -> int:
        row = {"id": f"__wardstock__.{unique('lot')}", "product_id/.id": product, "name": name or unique("L")}
        row |= {"expiration_date": expiry} | ({} if self.major >= 18 else {"company_id/.id": 1})
        told = self.load("stock.lot", list(row), list(row.values()))
        assert told["ids"], told
        return int(told["ids"][0])

    def receive(self, picking: int, *lines: Sequence[Any], xids: Sequence[str] = ()) -> dict[str, Any]:
        """The guarded load of contract 4.2; a line is (product, lot or "", quantity[, destination])."""
        fields = [
            ".id", "product_uom/.id", "move_line_ids/id", "move_line_ids/picking_id/.id",
            "move_line_ids/product_id/.id", "move_line_ids/lot_id/.id", "move_line_ids/product_uom_id/.id",
            "move_line_ids/quantity", "move_line_ids/picked", "move_line_ids/location_id/.id",
            "move_line_ids/location_dest_id/.id",
        ]  # fmt: skip
        moves = self.moves(picking)
        data: list[list[Any]] = []
        seen = 0
        for number, (product, lot, quantity, *place) in enumerate(lines):
            move = moves[product]
            head = ["", ""] if move["id"] == seen else [move["id"], move["product_uom"][0]]
            seen = move["id"]
            name = xids[number] if xids else unique("line")
            data.append([*head, f"__wardstock__.{name}", picking, product, lot, self.unit, quantity, "1",
                         self.vendors, place[0] if place else self.stock])  # fmt: skip
        return self.load("stock.move", fields, *data)

    def document(
        self,
        *lines: Sequence[Any],
        kind: int | None = None,
        source: int | None = None,
        target: int | None = None,
        xid: str = "",
        **header: Any,
    ) -> dict[str, Any]:
        """A picking of our own by load (contract 5), a receipt unless said otherwise; lines: (product, lot, n)."""
        source, target = source or self.vendors, target or self.stock
        head: dict[str, Any] = {
            "id": f"__wardstock__.{xid or unique('doc')}",
            "picking_type_id/.id": kind or self.receipts,
            "location_id/.id": source,
            "location_dest_id/.id": target,
            **header,
        }
        columns = ["product_id/.id", "lot_id/.id", "quantity", "product_uom_id/.id", "picked", "location_id/.id",
                   "location_dest_id/.id"]  # fmt: skip
        rows = [
            [*(head.values() if number == 0 else [""] * len(head)), product, lot, quantity, self.unit, "1", source,
             target]
            for number, (product, lot, quantity) in enumerate(lines)
        ]  # fmt: skip
        return self.load("stock.picking", [*head, *(f"move_line_ids/{name}" for name in columns)], *rows)

    def named(self, name: str = "goods") -> dict[str, str]:
        """What a move must also be given before 19: a name."""
        return {"name": name} if self.major < 19 else {}

    def validate_again(self, picking: int, **context: Any) -> bool:
        """Whether validating what is done is true; the other answer is that there is nothing to move."""
        status, told = self.call("stock.picking", "button_validate", ids=[picking], context=context)
        if status != 200:
            assert (status, told["name"], told["message"]) == (422, "odoo.exceptions.UserError", NOTHING_TO_MOVE)
            return False
        return bool(told)

    def validate(self, picking: int, **context: Any) -> Any:
        return self.ok("stock.picking", "button_validate", ids=[picking], context=context)

    def on_hand(self, product: int, location: int | None = None, lot: int | None = None) -> Decimal:
        """What lies in the hospital, summed over rows."""
        domain: list[Any] = [["product_id", "=", product], ["location_id.usage", "=", "internal"]]
        domain += [["location_id", "=", location]] if location else []
        domain += [["lot_id", "=", lot]] if lot else []
        rows = self.ok("stock.quant", "search_read", domain=domain, fields=["quantity"])
        return sum((Decimal(str(row["quantity"])) for row in rows), Decimal(0))

    def may(self, model: str, operation: str, role: str = "storekeeper") -> bool:
        """Whether that role may read, write, create or unlink there."""
        if self.major >= 18:
            return bool(self.ok(model, "has_access", role, ids=[], operation=operation))
        return bool(self.ok(model, "check_access_rights", role, operation=operation, raise_exception=False))

    def member(self, group: str, role: str = "storekeeper", **context: Any) -> bool:
        """Whether that role is in a group."""
        uid = self.ok("res.users", "context_get", role)["uid"]
        ids = {"ids": [uid]} if self.major >= 18 else {}
        return bool(self.ok("res.users", "has_group", role, **ids, group_ext_id=group, context=context))

    @property
    def unit(self) -> int:
        return int(self._known("uom.product_uom_unit"))

    @property
    def stock(self) -> int:
        return int(self._known("stock.stock_location_stock"))

    @property
    def vendors(self) -> int:
        return int(self._known("stock.stock_location_suppliers"))

    @property
    def receipts(self) -> int:
        return int(self._known("stock.picking_type_in"))

    @property
    def transfers(self) -> int:
        rows = self.rows("stock.picking.type", ["code", "=", "internal"], fields=["name"])
        return int(rows[0]["id"])

    def _known(self, xid: str) -> int:
        module, _, name = xid.partition(".")
        return int(self.ok("ir.model.data", "check_object_reference", "admin", module=module, xml_id=name)[1])

    def _made(self, model: str, values: dict[str, Any]) -> int:
        return int(self.ok(model, "create", "admin", vals_list=[values])[0])


def unique(word: str) -> str:
    return f"{word}-{uuid.uuid4().hex[:12]}"


REAL = pytest.param(
    "real",
    marks=pytest.mark.skipif(
        "WARDSTOCK_ODOO_URL" not in os.environ, reason="WARDSTOCK_ODOO_URL is not set: no real Odoo to compare with"
    ),
)


ODOOS = ["practice", "practice-18", "practice-17", REAL]


class Before(FaultProxy):
    """A line that fails, before that Odoo. A practice ward is asked without a second socket behind it."""

    def __init__(self, odoo: Odoo) -> None:
        self._ward = odoo.ward
        super().__init__(odoo.url)

    def work(self, verb: str, path: str, headers: dict[str, str], body: bytes) -> Passed:
        straight = self._ward.work if self._ward else super().work
        return straight(verb, path, headers, body)


@pytest.fixture(scope="session", params=ODOOS)
def odoo(request: pytest.FixtureRequest) -> Iterator[Odoo]:
    """One server for the whole run; tests keep to records of their own, so it may be any database of practice."""
    with serving(request.param) as server:
        yield server


@contextmanager
def serving(which: str) -> Iterator[Odoo]:
    """The practice ward as one version of Odoo, or the real server that the environment names."""
    with httpx2.Client(timeout=60, trust_env=False, verify=which == "real") as client:
        if which == "real":
            keys = {role: os.environ[name] for role, name in KEYS.items() if name in os.environ}
            url = os.environ["WARDSTOCK_ODOO_URL"].rstrip("/")
            yield Odoo(url, os.environ["WARDSTOCK_ODOO_DB"], keys, client, logins_named())
            return
        version = int(which.removeprefix("practice-")) if "-" in which else 19
        with PracticeWard(version=version) as ward, pytest.MonkeyPatch.context() as patch:
            if version < 19:
                straight_to(ward, patch)
            yield Odoo(ward.url, ward.database, ward.keys, client, ward.logins, ward)


def straight_to(ward: PracticeWard, patch: pytest.MonkeyPatch) -> None:
    """Requests for that ward do not go through a socket: the wire is the same for all versions, and 19 proves it."""
    by_wire = httpx2.HTTPTransport.handle_request

    def handle(way: httpx2.HTTPTransport, request: httpx2.Request) -> httpx2.Response:
        return answered(ward, request) if request.url.port == ward.port else by_wire(way, request)

    patch.setattr(httpx2.HTTPTransport, "handle_request", handle)


def answered(ward: PracticeWard, request: httpx2.Request) -> httpx2.Response:
    """What comes back over a good line."""
    headers = {name.lower(): value for name, value in request.headers.items()}
    reply = ward.work(request.method, request.url.raw_path.decode(), headers, request.read())
    told = (*reply.headers, ("Date", formatdate(usegmt=True)), ("Connection", "close"))
    return httpx2.Response(reply.status, headers=told, content=reply.body, request=request)
