"""What tests of counts say in short: goods on a shelf, a count of it, what people in Odoo do to it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import httpx2

from sync.odoo import postings
from sync.odoo.posting.sending import Sending, Site, Stamp
from sync.odoo.wire.errors import Refused
from sync.odoo.wire.session import Session
from sync.transaction import Document, Kind, Line, Outcome, Transaction
from tests.contract.conftest import Odoo
from tests.contract.unplanned import called_by
from tests.sync.acts import EXPIRY, ZONE, _signed


def ago(hours: float, *, unsure: bool = False) -> Stamp:
    """That long before the test: what Odoo books during the test is younger."""
    return Stamp(datetime.now(UTC) - timedelta(hours=hours), ZONE, unsure, "4f2a")


def adjustment(odoo: Odoo) -> int:
    """Where differences go."""
    return int(odoo.rows("stock.location", ["usage", "=", "inventory"], fields=["name"])[0]["id"])


def lay(odoo: Odoo, product: int, shelf: int, quantity: float, lot: int = 0, **more: int) -> int:
    """One more row of Odoo's book that nobody moved there; `package_id` and `owner_id` as ids."""
    told = {"product_id": product, "location_id": shelf, "quantity": quantity, **more}
    return odoo._made("stock.quant", told | ({"lot_id": lot} if lot else {}))


def says(odoo: Odoo, number: int, product: int, counted: str, shelf: int, lot: str = "", **more: Any) -> Line:
    """A line of a count."""
    told: dict[str, Any] = {"expiry": EXPIRY if lot else None, "lot_name": lot, "counted": Decimal(counted)} | more
    return Line(number, product, Decimal(0), odoo.unit, shelf, adjustment(odoo), **told)


def count(odoo: Odoo, *lines: Line, kind: Kind = Kind.COUNT, **more: Any) -> Transaction:
    """A count of the place of its first line, by Sven."""
    document = Document(odoo.transfers, lines[0].source_id, adjustment(odoo))
    return _signed(kind, document, lines, more)


def use(odoo: Odoo, product: int, done: str, shelf: int, **more: Any) -> Transaction:
    """Goods taken from a shelf for a patient."""
    line = Line(1, product, Decimal(done), odoo.unit, shelf, adjustment(odoo), **more)
    return _signed(Kind.USE, Document(odoo.transfers, shelf, adjustment(odoo)), (line,), {})


class Meanwhile(httpx2.BaseTransport):
    """A way to Odoo on which something happens right before the first call of that name ("stock.picking.load")."""

    def __init__(self, call: str, happens: Callable[[], object], way: httpx2.BaseTransport | None = None) -> None:
        self._inner = way or httpx2.HTTPTransport(verify=False)
        self._call = call
        self._happens: Callable[[], object] | None = happens

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        if self._happens and called_by(request) == self._call:
            happens, self._happens = self._happens, None
            happens()
        return self._inner.handle_request(request)

    def close(self) -> None:
        self._inner.close()


def meanwhile(call: str, happens: Callable[[], object]) -> httpx2.Client:
    """A client with that way."""
    return httpx2.Client(transport=Meanwhile(call, happens), timeout=60)


def end_of(session: Session, act: Transaction, stamp: Stamp) -> Outcome | Refused:
    """Post one alone."""
    ends: dict[str, Outcome | Refused] = {}
    postings.post(session, [Sending(act, stamp)], Site(), ends.__setitem__)
    return ends[act.uuid]


def done(end: Outcome | Refused) -> Outcome:
    assert isinstance(end, Outcome), end
    return end


def refused(end: Outcome | Refused) -> Refused:
    assert isinstance(end, Refused), end
    return end


Row = tuple[float, float | None]
"""What lies there by Odoo's book, and the number that waits to be applied."""


def rows(odoo: Odoo, product: int, shelf: int) -> list[Row]:
    """The rows of a product on a shelf."""
    domain = [["product_id", "=", product], ["location_id", "=", shelf]]
    fields = ["quantity", "inventory_quantity", "inventory_quantity_set"]
    return [
        (float(row["quantity"]), float(row["inventory_quantity"]) if row["inventory_quantity_set"] else None)
        for row in odoo.rows("stock.quant", *domain, fields=fields)
    ]


def waits(odoo: Odoo, product: int, shelf: int) -> list[float]:
    """The numbers that wait to be applied."""
    return [counted for _, counted in rows(odoo, product, shelf) if counted is not None]


def apply(odoo: Odoo, product: int, shelf: int) -> Any:
    """A manager presses Apply on what waits there."""
    domain = [["product_id", "=", product], ["location_id", "=", shelf], ["inventory_quantity_set", "=", True]]
    ids = [row["id"] for row in odoo.rows("stock.quant", *domain, fields=["quantity"])]
    return odoo.ok("stock.quant", "action_apply_inventory", "manager", ids=ids)


def open_the_list(odoo: Odoo) -> None:
    """Somebody opens Physical Inventory: rows are merged, empty ones deleted."""
    odoo.ok("stock.quant", "action_view_inventory", "manager")


def colleague_counts(odoo: Odoo, product: int, shelf: int, counted: float) -> None:
    """At Odoo's screen; it waits."""
    told = {"product_id": product, "location_id": shelf, "inventory_quantity": counted}
    odoo.ok("stock.quant", "create", "manager", vals_list=[told], context={"inventory_mode": True})


def papers(odoo: Odoo, act: Transaction) -> list[dict[str, Any]]:
    """What people find in Odoo under the uuid."""
    return odoo.rows("stock.picking", ["origin", "ilike", act.uuid], fields=["name", "state", "note", "origin"])
