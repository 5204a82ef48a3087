"""One pass over Odoo's master data and open receipts into a new generation of the catalogue (design 6)."""

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from sync.clock import Clock
from sync.connection import learn_clock, site_zone
from sync.odoo import pulls
from sync.odoo.errors import OdooError
from sync.odoo.incoming import incoming
from sync.odoo.session import Session
from sync.store import Store

log = logging.getLogger(__name__)

STOCK_PAGE = 500
"""Products whose stock is asked for at once."""

_NEVER_EMPTY = ("locations", "picking_types")
"""Asked for and none there: that is somebody else's answer, or a right that was lost, and no hospital."""

Report = Callable[[str, int], None]
"""Told of progress: the kind of record and how many of it are in."""


@dataclass(frozen=True, slots=True)
class PullReport:
    """How many records of each kind came. `stopped` is the code of what ended the pass: the old ones stay then."""

    counts: Mapping[str, int] = field(default_factory=dict)
    stopped: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)


def pull(store: Store, session: Session, clock: Clock, report: Report | None = None) -> PullReport:
    """Bring the catalogue up to date. Never raises for the network: the old one stays usable until all is in."""
    told = _bring(store, session, clock, _everything(session, site_zone(store), _own(store)), report)
    store.device.passed("pull", clock.now(), told.stopped, told.facts)
    return told


def pull_receipts(store: Store, session: Session, clock: Clock) -> PullReport:
    """Only what is still expected: after a push it has changed, and a hundred thousand products have not."""
    return _bring(store, session, clock, _receipts(session, _own(store), set()), None)


def _bring(
    store: Store, session: Session, clock: Clock, pages: Iterator[tuple[str, Any]], report: Report | None
) -> PullReport:
    counts: dict[str, int] = {}
    try:
        into = store.catalogue.begin()
        for kind, rows in pages:
            into.add(**{kind: rows})
            counts[kind] = counts.get(kind, 0) + len(rows)
            if report:
                report(kind, counts[kind])
        if any(counts.get(kind) == 0 for kind in _NEVER_EMPTY):
            return PullReport(counts, "pull_empty")
        told = session.server_time
        into.flip(told.at if told else clock.now())
    except OdooError as error:
        return PullReport(counts, error.code, error.facts)
    learn_clock(store, session)
    log.info("pulled %s", counts)
    return PullReport(counts)


def _everything(session: Session, zone: ZoneInfo, own: frozenset[str]) -> Iterator[tuple[str, Any]]:
    """Pages of all kinds, by the name the store adds them under. Each kind comes at least once, though empty.

    Receipts come first: whatever they name is there when it is asked for after them.
    """
    senders: set[int] = set()
    yield from _receipts(session, own, senders)
    yield from (("partners", page) for page in _pages(pulls.partners(session, sorted(senders))))
    known = pulls.units(session)
    product_ids: list[int] = []
    for products in _pages(pulls.products(session, known)):
        product_ids.extend(product.id for product in products)
        yield "products", products
    yield from (("packagings", page) for page in _pages(pulls.packagings(session, known)))
    yield from (("vendor_codes", page) for page in _pages(pulls.vendor_codes(session)))
    yield from (("locations", page) for page in _pages(pulls.locations(session)))
    yield from (("picking_types", page) for page in _pages(pulls.picking_types(session)))
    yield from (("lots", page) for page in _pages(pulls.lots(session, zone)))
    yield "quants", ()
    for first in range(0, len(product_ids), STOCK_PAGE):
        yield "quants", pulls.quants(session, product_ids[first : first + STOCK_PAGE])


def _receipts(session: Session, own: frozenset[str], senders: set[int]) -> Iterator[tuple[str, Any]]:
    """Open receipts; who sends them is added to `senders`."""
    yield from (("pickings", ()), ("moves", ()), ("move_lines", ()))
    for page in incoming(session, own):
        senders |= {picking.partner_id for picking in page.pickings if picking.partner_id}
        yield "pickings", page.pickings
        yield "moves", page.moves
        yield "move_lines", page.lines


def _pages(pages: Iterator[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """The same pages, after an empty one that says the kind was asked for."""
    yield ()
    yield from pages


def _own(store: Store) -> frozenset[str]:
    """Transactions of this device that may have lines on a picking: those are not others' (contract 14.5)."""
    return frozenset(entry.uuid for entry in store.outbox.rows(newest=0) if entry.first_sent_at)
