"""One pass over the outbox: each due transaction is posted once, or we know why not, or we will find out."""

import logging
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from sync.clock import Clock
from sync.connection import learn_clock, site_zone
from sync.errors import WardstockError
from sync.odoo.errors import Family, OdooError, Refused
from sync.odoo.postings import GUARDED, give_up, post
from sync.odoo.probe import guard_holds, still_may
from sync.odoo.sending import Sending, Site, Stamp
from sync.odoo.session import Session
from sync.retry import next_try, pauses
from sync.store import Store
from sync.store.outbox import Entry
from sync.transaction import Outcome, Status

log = logging.getLogger(__name__)

STOPS_PASS = frozenset({Family.AUTH, Family.CONFIG})
"""No transaction is to blame, and the next one would meet the same (design 4)."""

HICCUPS = frozenset({Family.TRANSIENT_UNKNOWN, Family.NOT_REACHED})

_NOT_TAKEN_BACK = frozenset({Family.DATA, Family.RIGHTS, Family.BUG})
_TRIES_TO_TAKE_BACK = 5

Report = Callable[[str, Status], None]
"""Told of each transaction that moved: its uuid and where it is now."""


@dataclass(frozen=True, slots=True)
class PushReport:
    """Uuids by what became of them. `stopped` is the code of what ended the pass early, empty if nothing did."""

    done: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    unsent: tuple[str, ...] = ()
    stopped: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)


class _Stop(Exception):
    """The pass is over; `reason` says why."""

    def __init__(self, reason: OdooError) -> None:
        super().__init__(reason.code)
        self.reason = reason


def push(
    store: Store,
    session: Session,
    clock: Clock,
    report: Report | None = None,
    pause: Callable[[float], None] = time.sleep,
) -> PushReport:
    """Post what is due, oldest first; what waited behind it follows in the same pass. Never raises for the network."""
    return _Pass(store, session, clock, report or (lambda _uuid, _status: None), pause).run()


@dataclass
class _Pass:
    store: Store
    session: Session
    clock: Clock
    report: Report
    pause: Callable[[float], None]
    guarded: bool = True
    told: PushReport = field(default_factory=PushReport)

    def run(self) -> PushReport:
        try:
            if self.store.outbox.due(self.clock.now()):
                self._look()
                self._work()
        except _Stop as stop:
            reason = stop.reason
            self.told = replace(self.told, stopped=reason.code, facts=reason.facts)
        self.store.device.passed("push", self.clock.now(), self.told.stopped, self.told.facts)
        return self.told

    def _look(self) -> None:
        """Is it there, and is it the Odoo whose rules we know? Asked before anything counts as sent."""
        try:
            self.guarded = self.session.can.tested or guard_holds(self.session)
        except OdooError as error:
            raise _Stop(error) from error
        learn_clock(self.store, self.session)

    def _work(self) -> None:
        tried: set[str] = set()
        while due := [entry for entry in self.store.outbox.due(self.clock.now()) if entry.uuid not in tried]:
            for entry in due:
                tried.add(entry.uuid)
                self._send(entry)

    def _send(self, entry: Entry) -> None:
        transaction = entry.transaction
        if transaction.kind in GUARDED and not self.guarded:
            raise _Stop(OdooError(Family.CONFIG, code="guard_unproven"))
        self.store.outbox.mark_sending(entry.uuid, self.clock.now())
        self.report(entry.uuid, Status.SENDING)
        before = self.session.sent
        try:
            outcome = self._post(entry)
        except Refused as refused:
            self._refuse(entry, refused.code, refused.facts)
        except OdooError as error:
            self._doubt(entry, error, self.session.sent - before)
        except WardstockError:
            raise
        except Exception as error:  # a bug of ours, or an answer nobody foresaw: written down whole
            log.exception("posting %s", entry.uuid)
            self._stumbled(entry, error)
        else:
            self.store.outbox.mark_done(entry.uuid, outcome, self.clock.now())
            self.told = replace(self.told, done=(*self.told.done, entry.uuid))
            log.info("done %s as %s", entry.uuid, outcome.picking_name)
            self.report(entry.uuid, Status.DONE)

    def _stumbled(self, entry: Entry, error: Exception) -> None:
        """One transaction must not hold up the ward. Nobody knows what became of it, so it is tried again, seldom."""
        now = self.clock.now()
        facts = {"name": type(error).__name__, "message": str(error)[:500]}
        self.store.outbox.mark_unknown(entry.uuid, next_try(entry.attempts + 1, now), "own_bug", facts, now)
        self.told = replace(self.told, unsent=(*self.told.unsent, entry.uuid))
        self.report(entry.uuid, Status.SENDING)

    def _post(self, entry: Entry) -> Outcome:
        """Post; a hiccup is tried again at once, but not a server that lets us wait for its answer."""
        for seconds in self._waits():
            try:
                return self._once(entry)
            except OdooError as error:
                if error.family not in HICCUPS or error.name == "ReadTimeout":
                    raise
            self.pause(seconds)
        return self._once(entry)

    def _once(self, entry: Entry) -> Outcome:
        sending = Sending(entry.transaction, self._stamp(entry))
        settled: dict[str, Outcome | Refused] = {}
        try:
            post(self.session, [sending], Site(), settled.__setitem__)
            return _or_raise(settled[entry.uuid])
        except OdooError as error:
            if error.family is not Family.RIGHTS:
                raise
            # Asked again before this transaction is blamed: the user may have lost all rights (design 4).
            if not still_may(self.session):
                raise OdooError(Family.AUTH, code="rights_lost", message=error.message) from error
            return _or_raise(give_up(self.session, sending, error))

    def _stamp(self, entry: Entry) -> Stamp:
        acted_at = entry.transaction.acted_at
        known = self.store.device.server_time(acted_at)
        return Stamp(known or acted_at.wall, site_zone(self.store), known is None, entry.journal_head)

    def _waits(self) -> Iterator[float]:
        return pauses()

    def _refuse(self, entry: Entry, code: str, facts: Mapping[str, object]) -> None:
        self.store.outbox.mark_refused(entry.uuid, code, facts, self.clock.now())
        self.told = replace(self.told, refused=(*self.told.refused, entry.uuid))
        log.info("refused %s: %s", entry.uuid, code)
        self.report(entry.uuid, Status.REFUSED)

    def _doubt(self, entry: Entry, error: OdooError, sent: int) -> None:
        """What to remember of an attempt that did not end.

        A "no" that reaches this place was not cleaned up after: it is no refusal until Odoo lets us take everything
        back. After some tries a person has to look (a card), for it holds up what waits behind it.
        """
        if error.family in _NOT_TAKEN_BACK and entry.attempts >= _TRIES_TO_TAKE_BACK:
            self._refuse(entry, "left_in_odoo", {"picking": entry.transaction.document.picking_name, **error.facts})
            return
        now, outbox = self.clock.now(), self.store.outbox
        self.told = replace(self.told, unsent=(*self.told.unsent, entry.uuid))
        if error.family in STOPS_PASS:
            # The first request is a question: where it was refused, nothing can have happened.
            if sent <= 1:
                outbox.mark_not_reached(entry.uuid, now, now)
            else:
                outbox.mark_unknown(entry.uuid, now, error.code, error.facts, now)
            raise _Stop(error)
        later = next_try(entry.attempts + 1, now)
        if error.family is Family.NOT_REACHED and sent == 0:
            outbox.mark_not_reached(entry.uuid, later, now)
        else:
            outbox.mark_unknown(entry.uuid, later, error.code, error.facts, now)
        self.report(entry.uuid, Status.SENDING)
        if error.family is Family.NOT_REACHED:
            raise _Stop(error)


def _or_raise(told: Outcome | Refused) -> Outcome:
    if isinstance(told, Refused):
        raise told
    return told
