"""What tests of the wire say in short: a session, a receipt, a line."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sync.clock import Clock
from sync.odoo import postings
from sync.odoo.posting.sending import Photo, Sending, Site, Stamp
from sync.odoo.wire.errors import Refused
from sync.odoo.wire.session import Server, Session
from sync.transaction import Answer, Document, Kind, Line, Outcome, Transaction, new_uuid
from tests.contract.conftest import Odoo

ZONE = ZoneInfo("Europe/Berlin")
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
STAMP = Stamp(NOON, ZONE, journal_head="4f2a")
EXPIRY = date(2035, 6, 30)


def session_with(odoo: Odoo, role: str = "storekeeper", client: Any = None, url: str = "") -> Session:
    """A session as that role; `client` stands for httpx2's, `url` for another way to the same server."""
    return Session(Server(url or odoo.url, odoo.database, odoo.keys[role], 1, odoo.login(role)), client)


def line(odoo: Odoo, number: int, product: int, done: str, lot: str = "", **more: Any) -> Line:
    """A body line into the stock, with the usual expiry where it has a lot."""
    told: dict[str, Any] = {"expiry": EXPIRY if lot else None, "destination_id": odoo.stock} | more
    return Line(number, product, Decimal(done), odoo.unit, odoo.vendors, lot_name=lot, **told)


def receipt(odoo: Odoo, picking: int, *lines: Line, **more: Any) -> Transaction:
    """On a planned picking."""
    name = odoo.row("stock.picking", picking, "name")["name"]
    document = Document(odoo.receipts, odoo.vendors, odoo.stock, picking_id=picking, picking_name=name)
    return _signed(Kind.RECEIPT, document, lines, more)


def blind(odoo: Odoo, *lines: Line, origin: str = "P00099", **more: Any) -> Transaction:
    """Goods nobody expects."""
    return _signed(Kind.BLIND_RECEIPT, Document(odoo.receipts, odoo.vendors, odoo.stock, origin=origin), lines, more)


def post(
    session: Session, transaction: Transaction, stamp: Stamp, site: Site | None = None, photos: tuple[Photo, ...] = ()
) -> Outcome:
    """Post one alone. Raises what refused it."""
    ends: dict[str, Outcome | Refused] = {}
    postings.post(session, [Sending(transaction, stamp, photos)], site or Site(), ends.__setitem__)
    told = ends[transaction.uuid]
    if isinstance(told, Refused):
        raise told
    return told


def answer(question: str, choice: str, line: int | None = None) -> Answer:
    return Answer(question, choice, "Sven", NOON, line)


def _signed(kind: Kind, document: Document, lines: tuple[Line, ...], more: dict[str, Any]) -> Transaction:
    told: dict[str, Any] = {"uuid": new_uuid(), "reference": "WS-7F3A/000001", "acted_at": Clock().moment()} | more
    return Transaction(
        kind=kind, document=document, company_id=1, person="Sven <b>", device="WS-7F3A", lines=lines, **told
    )
