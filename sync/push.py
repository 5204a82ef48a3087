"""One pass over the outbox: each due transaction is posted once, or we know why not, or we will find out."""

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial

from sync.batches import batches
from sync.clock import Clock
from sync.connection import learn_clock, learn_version, site_zone
from sync.errors import WardstockError
from sync.odoo.posting.sending import Photo, Sending, Site, Stamp
from sync.odoo.postings import GUARDED, give_up, post, withdraw
from sync.odoo.probe import still_may
from sync.odoo.untested import guard_holds
from sync.odoo.wire.errors import Family, OdooError, Refused
from sync.odoo.wire.session import Session
from sync.retry import next_try, pauses
from sync.store import Store
from sync.store.outbox import LEFT_IN_ODOO, Entry, Queue
from sync.transaction import Outcome, Status

log = logging.getLogger(__name__)

STOPS_PASS = frozenset({Family.AUTH, Family.CONFIG})
"""No transaction is to blame, and the next one would meet the same (design 4)."""

HICCUPS = frozenset({Family.TRANSIENT_UNKNOWN, Family.NOT_REACHED})

_LET_US_WAIT = frozenset({"ReadTimeout", "ConnectTimeout"})

_A_NO = frozenset({Family.DATA, Family.RIGHTS, Family.BUG, Family.UNRECOGNISED})
"""Said of one transaction, whoever else was in the batch."""
_TRIES_TO_TAKE_BACK = 5
_STONES_A_PASS = 5
"""A stone is three requests and hurries nobody: a few at the end of a pass, when all work is sent."""

KEPT_OFF = "guard_unproven"
"""The only stop after which Odoo can still be asked: all but planned work was sent."""

Report = Callable[[str, Status], None]
"""Told of each transaction that moved: its uuid and where it is now."""

_Open = dict[str, Entry]
"""Those on their way, by uuid: who has an end is taken out."""


@dataclass(frozen=True, slots=True)
class PushReport:
    """Uuids by what became of them. `stopped` is the code of what ended the pass early, empty if nothing did."""

    done: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    unsent: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    stopped: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)


def push(
    store: Store,
    session: Session,
    clock: Clock,
    report: Report | None = None,
    pause: Callable[[float], None] = time.sleep,
    site: Site | None = None,
) -> PushReport:
    """Post what is due, oldest first; what waited behind it follows in the same pass. Never raises for the network.

    Nor for a full disk: what Odoo has by then and the store could not note is found there by the next pass.
    """
    told = _Pass(store, session, clock, report or (lambda _uuid, _status: None), pause, site or Site()).run()
    try:
        store.device.passed("push", clock.now(), told.stopped, told.facts)
    except WardstockError as error:
        return told if told.stopped else replace(told, stopped=error.code, facts=error.facts)
    return told


@dataclass
class _Pass:
    store: Store
    session: Session
    clock: Clock
    report: Report
    pause: Callable[[float], None]
    site: Site
    guarded: bool = True
    told: PushReport = field(default_factory=PushReport)
    line: Queue = field(default_factory=lambda: Queue(()))
    freed: list[Entry] = field(default_factory=list)

    def run(self) -> PushReport:
        try:
            if self._has_work():
                self._look()
                self._take_back()
                self._work()
                self._lay_stones()
                self._say_what_was_kept_off()
        except WardstockError as reason:
            return replace(self.told, stopped=reason.code, facts=reason.facts)
        return self.told

    # ---------------------------------------------------------------- what a pass does

    def _has_work(self) -> bool:
        now, outbox = self.clock.now(), self.store.outbox
        return bool(outbox.due(now) or outbox.wishes(now) or outbox.stones_owed(1))

    def _look(self) -> None:
        """Is it there, and is it the Odoo whose rules we know? Asked before anything counts as sent."""
        learn_version(self.store, self.session)
        self.guarded = self.session.can.tested or guard_holds(self.session)
        learn_clock(self.store, self.session)

    def _take_back(self) -> None:
        """What somebody wants back although Odoo may have it (design 4)."""
        for entry in self.store.outbox.wishes(self.clock.now()):
            self.store.outbox.mark_sending(entry.uuid, self.clock.now())
            self._send({entry.uuid: entry}, self._withdraw_once)

    def _work(self) -> None:
        """Round after round: all that is due, then what waited behind it. What is new meanwhile is found at the end."""
        tried: set[str] = set()
        while due := [entry for entry in self._lined_up() if entry.uuid not in tried]:
            while due:
                tried.update(entry.uuid for entry in due)
                for batch in batches(due):
                    self._post(batch)
                due, self.freed = self.freed, []

    def _lined_up(self) -> list[Entry]:
        self.line, self.freed = self.store.outbox.queue(), []
        return [entry for entry in self.line.due(self.clock.now()) if self._may_be_sent(entry)]

    def _lay_stones(self) -> None:
        """So that a restored backup cannot post what was withdrawn before it was ever sent."""
        for entry in self.store.outbox.stones_owed(_STONES_A_PASS):
            try:
                found = withdraw(self.session, self._sending(entry))
            except OdooError as error:
                if error.family in STOPS_PASS | HICCUPS:
                    raise
                self.store.outbox.stone_tried(entry.uuid)
            else:
                self.store.outbox.stone_laid(entry.uuid, self.clock.now(), found.picking_name if found else "")

    def _say_what_was_kept_off(self) -> None:
        if not self.guarded and not all(map(self._may_be_sent, self.store.outbox.due(self.clock.now()))):
            raise OdooError(Family.CONFIG, code="guard_unproven")

    def _may_be_sent(self, entry: Entry) -> bool:
        return self.guarded or entry.transaction.kind not in GUARDED

    # ---------------------------------------------------------------- one batch

    def _post(self, batch: list[Entry]) -> None:
        """All of it is on disk as sending before the first request."""
        going = self.store.outbox.begin([entry.uuid for entry in batch], self.clock.now())
        open_ = {entry.uuid: entry for entry in batch if entry.uuid in going}
        for uuid in open_:
            self.report(uuid, Status.SENDING)
        self._send(open_, self._post_once)

    def _send(self, open_: _Open, once: Callable[[_Open], None], before: int | None = None) -> None:
        """Until each has an end, or is in doubt. `before` is how much was sent when its first try began."""
        before = self.session.sent if before is None else before
        try:
            self._until_answered(open_, once)
        except OdooError as error:
            reason = self._judged(error)
            if reason.family in _A_NO and len(open_) > 1:
                self._each_alone(open_, once, before)
            elif reason.family is Family.RIGHTS and once == self._post_once:
                self._send(open_, partial(self._give_up_once, reason), before)
            else:
                self._in_doubt(open_, reason, self.session.sent - before)
        except WardstockError:
            raise
        except Exception as error:  # a bug of ours, or an answer nobody foresaw: written down whole
            log.exception("posting %s", ", ".join(open_))
            if len(open_) > 1:
                self._each_alone(open_, once, before)
            else:
                self._stumbled(open_, error)

    def _until_answered(self, open_: _Open, once: Callable[[_Open], None]) -> None:
        """A hiccup is tried again at once, but not a server that lets us wait for its answer."""
        for seconds in pauses():
            try:
                return once(open_)
            except OdooError as error:
                if error.family not in HICCUPS or error.name in _LET_US_WAIT:
                    raise
            self.pause(seconds)
        return once(open_)

    def _each_alone(self, open_: _Open, once: Callable[[_Open], None], before: int) -> None:
        """One of them is in the way of the others: only that one shall end badly."""
        for uuid, entry in list(open_.items()):
            self._send({uuid: entry}, once, before)

    def _judged(self, error: OdooError) -> OdooError:
        """Asked again before one transaction is blamed: the user may have lost all rights (design 4)."""
        if error.family is Family.RIGHTS:
            try:
                if not still_may(self.session):
                    return OdooError(Family.AUTH, code="rights_lost", message=error.message)
            except OdooError as worse:
                return worse
        return error

    # ---------------------------------------------------------------- one try

    def _post_once(self, open_: _Open) -> None:
        if open_:
            post(self.session, list(map(self._sending, open_.values())), self.site, partial(self._settle, open_))

    def _give_up_once(self, reason: OdooError, open_: _Open) -> None:
        for uuid, entry in list(open_.items()):
            self._settle(open_, uuid, give_up(self.session, self._sending(entry), reason))

    def _withdraw_once(self, open_: _Open) -> None:
        for uuid, entry in list(open_.items()):
            done = withdraw(self.session, self._sending(entry))
            if done:
                self._settle(open_, uuid, done)
            else:
                self.store.outbox.mark_withdrawn(uuid, self.clock.now())
                self.told = replace(self.told, withdrawn=(*self.told.withdrawn, uuid))
                self._ended(open_, uuid, Status.WITHDRAWN)

    def _sending(self, entry: Entry) -> Sending:
        transaction = entry.transaction
        known = self.store.device.server_time(transaction.acted_at)
        stamp = Stamp(known or transaction.acted_at.wall, site_zone(self.store), known is None, entry.journal_head)
        photos = self.store.photos.of(transaction.photos)
        return Sending(transaction, stamp, tuple(Photo(one.id, one.name, one.data) for one in photos))

    # ---------------------------------------------------------------- how it ends

    def _settle(self, open_: _Open, uuid: str, end: Outcome | Refused) -> None:
        """On disk at once: a crash after it loses nothing of it."""
        if isinstance(end, Refused):
            self._refuse(open_, uuid, end.code, end.facts)
            return
        self.store.outbox.mark_done(uuid, end, self.clock.now())
        self.told = replace(self.told, done=(*self.told.done, uuid))
        log.info("done %s as %s", uuid, end.picking_name)
        self._ended(open_, uuid, Status.DONE)

    def _refuse(self, open_: _Open, uuid: str, code: str, facts: Mapping[str, object]) -> None:
        self.store.outbox.mark_refused(uuid, code, facts, self.clock.now())
        self.told = replace(self.told, refused=(*self.told.refused, uuid))
        log.info("refused %s: %s", uuid, code)
        self._ended(open_, uuid, Status.REFUSED)

    def _ended(self, open_: _Open, uuid: str, status: Status) -> None:
        del open_[uuid]
        if status is not Status.REFUSED and uuid in self.line.entries:
            freed = self.line.settle(uuid, self.clock.now())
            self.freed += [entry for entry in freed if self._may_be_sent(entry)]
        self.report(uuid, status)

    def _stumbled(self, open_: _Open, error: Exception) -> None:
        """One transaction must not hold up the ward. Nobody knows what became of it, so it is tried again, seldom."""
        facts = {"name": type(error).__name__, "message": str(error)[:500]}
        for entry in open_.values():
            self._unsent(entry)
            now = self.clock.now()
            self.store.outbox.mark_unknown(entry.uuid, next_try(entry.attempts + 1, now), "own_bug", facts, now)
            self.report(entry.uuid, Status.SENDING)

    def _in_doubt(self, open_: _Open, error: OdooError, sent: int) -> None:
        """What to remember of those whose attempt did not end.

        A "no" that reaches this place was not cleaned up after: it is no refusal until Odoo lets us take everything
        back. After some tries a person has to look (a card), for it holds up what waits behind it.
        """
        for uuid, entry in list(open_.items()):
            if error.family in _A_NO and entry.attempts >= _TRIES_TO_TAKE_BACK:
                facts = {"picking": entry.transaction.document.picking_name, **error.facts}
                self._refuse(open_, uuid, LEFT_IN_ODOO, facts)
            else:
                self._doubt(entry, error, sent)
        if error.family in STOPS_PASS | {Family.NOT_REACHED}:
            raise error

    def _doubt(self, entry: Entry, error: OdooError, sent: int) -> None:
        now, outbox = self.clock.now(), self.store.outbox
        later = self._next_try(entry, error, now)
        self._unsent(entry)
        # The first request is a question: where it was refused, nothing can have happened.
        if sent == 0 or (sent == 1 and error.family in STOPS_PASS):
            outbox.mark_not_reached(entry.uuid, later, now)
        else:
            outbox.mark_unknown(entry.uuid, later, error.code, error.facts, now)
        self.report(entry.uuid, Status.SENDING)

    def _next_try(self, entry: Entry, error: OdooError, now: datetime) -> datetime:
        return now if error.family in STOPS_PASS else next_try(entry.attempts + 1, now)

    def _unsent(self, entry: Entry) -> None:
        self.told = replace(self.told, unsent=(*self.told.unsent, entry.uuid))
