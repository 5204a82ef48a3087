"""What tests of free postings say in short: places, goods that lie somewhere, an act between two places."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import httpx2

from sync.odoo.free import posting as free
from sync.odoo.posting.sending import Photo, Sending, Site
from sync.odoo.wire.errors import Refused
from sync.odoo.wire.session import Session
from sync.transaction import Document, Kind, Line, Outcome, Transaction
from tests.contract.conftest import Odoo, unique
from tests.sync.acts import EXPIRY, STAMP, _signed

Ends = dict[str, Outcome | Refused]


@dataclass
class Cut(httpx2.BaseTransport):
    """A way to Odoo on which some calls ("stock.picking.load") are answered by somebody else, in either dialect.

    `after`: when Odoo has heard them. `times`: so often, then no more. `seen`: what was called.
    """

    call: str
    answer: Callable[[], httpx2.Response] = lambda: httpx2.Response(502)
    after: bool = False
    times: int = 1000
    seen: list[str] = field(default_factory=list)
    inner: httpx2.HTTPTransport = field(default_factory=httpx2.HTTPTransport)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        called = called_by(request)
        self.seen.append(called)
        if called != self.call or self.times <= 0:
            return self.inner.handle_request(request)
        self.times -= 1
        if self.after:
            self.inner.handle_request(request).read()
        return self.answer()

    def close(self) -> None:
        self.inner.close()


def called_by(request: httpx2.Request) -> str:
    """Model and method of a call."""
    if "/json/2/" in request.url.path:
        return ".".join(request.url.path.split("/")[-2:])
    told = json.loads(request.read() or b"{}").get("params", {}).get("args", [])
    return ".".join(told[3:5]) if len(told) > 4 else ""


def cut(call: str, **more: Any) -> httpx2.Client:
    """A client with that way."""
    return httpx2.Client(transport=Cut(call, **more), timeout=60)


def place(odoo: Odoo, usage: str = "internal", parent: int | None = None) -> int:
    """A location of that usage."""
    name = unique(usage)
    return odoo._made("stock.location", {"name": name, "usage": usage, "location_id": parent or odoo.stock})


def stocked(odoo: Odoo, product: int, where: int, quantity: float, lot: int | str = "", **more: int) -> None:
    """Goods that lie there, received without us; `package` and `owner` as ids."""
    columns = {"package": "move_line_ids/result_package_id/.id", "owner": "move_line_ids/owner_id/.id"}
    names = ["product_id/.id", "lot_id/.id", "quantity", "product_uom_id/.id", "picked", "location_id/.id",
             "location_dest_id/.id"]  # fmt: skip
    fields = ["id", "picking_type_id/.id", "location_id/.id", "location_dest_id/.id"]
    fields += [*(f"move_line_ids/{name}" for name in names), *(columns[name] for name in more)]
    row = [f"__wardstock__.{unique('stock')}", odoo.receipts, odoo.vendors, where]
    told = odoo.load("stock.picking", fields, [*row, product, lot, quantity, odoo.unit, "1", odoo.vendors, where,
                                               *more.values()])  # fmt: skip
    assert told["ids"], told
    odoo.validate(told["ids"][0], skip_backorder=True, skip_expired=True)


def taken(odoo: Odoo, number: int, product: int, done: str, source: int, target: int, **more: Any) -> Line:
    """A body line on its way; `lot` by name, with the usual expiry."""
    lot = more.pop("lot", "")
    told: dict[str, Any] = {"expiry": EXPIRY if lot else None} | more
    return Line(number, product, Decimal(done), odoo.unit, source, target, lot_name=lot, **told)


def act(odoo: Odoo, *lines: Line, kind: Kind = Kind.TRANSFER, **more: Any) -> Transaction:
    """An act of that kind between the places of its first line."""
    types = {Kind.BLIND_RECEIPT: odoo.receipts, Kind.SUPPLIER_RETURN: deliveries(odoo)}
    told = {"partner_id": more.pop("partner_id", None), "origin": more.pop("origin", "")}
    document = Document(types.get(kind, odoo.transfers), lines[0].source_id, lines[0].destination_id, **told)
    return _signed(kind, document, lines, more)


def deliveries(odoo: Odoo) -> int:
    return int(odoo.rows("stock.picking.type", ["code", "=", "outgoing"], fields=["name"])[0]["id"])


def post_all(
    session: Session, acts: Sequence[Transaction], site: Site | None = None, photos: Sequence[Photo] = ()
) -> Ends:
    """Post them as one batch: the end of each by uuid."""
    ends: Ends = {}
    sendings = [Sending(one, STAMP, tuple(photos)) for one in acts]
    free.post(session, sendings, site or Site(), ends.__setitem__)
    return ends


def code_of(end: Outcome | Refused) -> str:
    """What a test compares: the refusal's code, or `done`."""
    return end.code if isinstance(end, Refused) else "done"


def done(end: Outcome | Refused) -> Outcome:
    assert isinstance(end, Outcome), end
    return end


def refused(end: Outcome | Refused) -> Refused:
    assert isinstance(end, Refused), end
    return end


def lies(odoo: Odoo, product: int, *also: Any) -> dict[tuple[int, str], Decimal]:
    """What lies in our places, by location and lot name, summed over rows; nothing where nothing is."""
    domain: list[Any] = [["product_id", "=", product], ["location_id.usage", "in", ["internal", "transit"]], *also]
    found: dict[tuple[int, str], Decimal] = {}
    for row in odoo.rows("stock.quant", *domain, fields=["location_id", "lot_id", "quantity"]):
        key = (row["location_id"][0], row["lot_id"][1] if row["lot_id"] else "")
        found[key] = found.get(key, Decimal(0)) + Decimal(str(row["quantity"]))
    return {key: quantity for key, quantity in found.items() if quantity}


def package(odoo: Odoo) -> int:
    """An empty package with a name of its own."""
    model = "stock.package" if odoo.major >= 19 else "stock.quant.package"
    return odoo._made(model, {"name": unique("PK")})
