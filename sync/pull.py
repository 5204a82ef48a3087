"""One pass over Odoo: what changed there since the last one becomes the next generation of the catalogue (design 6)."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field

from sync.clock import Clock
from sync.connection import learn_clock, learn_version, reach_of, site_zone
from sync.delta.passing import Passing, Tell
from sync.delta.pickings import Pickings
from sync.delta.whole import Delta
from sync.odoo.wire.errors import OdooError
from sync.odoo.wire.session import Session
from sync.store import Store

log = logging.getLogger(__name__)

_A_WHOLE_ONE = frozenset({"products", "units", "categories"})
"""A pull that brought these was a whole one; earlier releases knew no units, no categories."""


@dataclass(frozen=True, slots=True)
class PullReport:
    """How many records of each kind the device knows, and how many came.

    `stopped` is the code of what ended the pass: the catalogue is as it was then, and the next pass goes on from there.
    """

    counts: Mapping[str, int] = field(default_factory=dict)
    stopped: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)
    came: Mapping[str, int] = field(default_factory=dict)


def pull(store: Store, session: Session, clock: Clock, report: Tell | None = None) -> PullReport:
    """Bring the catalogue up to date. Never raises for the network: the old one stays usable until all is in."""
    told = _bring(store, session, clock, report or _nobody, whole=True)
    store.device.passed("pull", clock.now(), told.stopped, told.facts)
    return told


def pull_recent(store: Store, session: Session, clock: Clock) -> PullReport:
    """Only what a posting touches: pickings, stock, lots. Five requests where nothing changed.

    Before the first pull has ended, and after one was interrupted, it is a whole one: nobody sees half a catalogue.
    """
    return _bring(store, session, clock, _nobody, whole=False)


def _bring(store: Store, session: Session, clock: Clock, tell: Tell, *, whole: bool) -> PullReport:
    came: dict[str, int] = {}
    try:
        learn_version(store, session)
        into = store.catalogue.resume()
        resumed = bool(into.left_off())
        # What is deleted shows in a done line only, and that may have been read before the line was cut.
        whole = whole or resumed or not store.catalogue.pulled_at().keys() >= _A_WHOLE_ONE
        passing = Passing(into, session, reach_of(store), tell, came)
        delta = Delta(passing, Pickings(passing, _own(store)), site_zone(store), resumed)
        delta.recent()
        if whole:
            delta.master()
        delta.named()
        if whole:
            delta.identities()
        learn_clock(store, session)
        into.flip(store.device.server_time(clock.moment()) or clock.now())
        store.device.fetched(passing.reach.location_ids)
    except OdooError as error:
        return PullReport(store.catalogue.counts(), error.code, error.facts, came)
    log.info("pulled %s", came)
    return PullReport(store.catalogue.counts(), came=came)


def _own(store: Store) -> frozenset[str]:
    """Transactions of this device that may have lines on a picking: those are not others' (contract 14.5)."""
    return frozenset(entry.uuid for entry in store.outbox.rows(newest=0) if entry.first_sent_at)


def _nobody(kind: str, rows: int, total: int | None) -> None:
    """Whom nobody looks at."""
