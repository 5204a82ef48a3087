"""The one thread that talks to Odoo: woken by new work, a tap, time, the network's return. Losing it is no error."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from sync.alone import alone
from sync.clock import Clock
from sync.connection import connect as connect_enrolled
from sync.errors import WardstockError
from sync.odoo.posting.sending import Site
from sync.odoo.wire.session import Session
from sync.pull import PullReport, pull, pull_recent
from sync.push import KEPT_OFF, PushReport, push
from sync.retry import next_try
from sync.route import route as route_now
from sync.store import Store
from sync.transaction import Status
from sync.watch import Notice, notices

log = logging.getLogger(__name__)

PULL_EVERY = timedelta(minutes=15)
LOOK_EVERY = timedelta(seconds=60)
"""How long it sleeps at most: a server that was away is looked for again after each."""
GLANCE_EVERY = timedelta(seconds=5)
"""While Odoo is away: how often it looks whether this machine has another way out than before."""


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What the badge shows. Sent from the worker's thread.

    `running` is "push", "pull" or empty; `kind`, `rows` and `total` (where it is known) are the progress of a pull,
    `uuid` and `status` a transaction that just moved; `push` and `pull` are set when that pass has ended, `again` if
    it stopped for what the one before had said already, `notices` is what a person should know besides.
    """

    running: str = ""
    kind: str = ""
    rows: int = 0
    total: int | None = None
    uuid: str = ""
    status: Status | None = None
    push: PushReport | None = None
    pull: PullReport | None = None
    again: bool = False
    notices: tuple[Notice, ...] = ()

    @property
    def stopped(self) -> str:
        """The code of what ended the pass early, empty if nothing did."""
        return (self.push.stopped if self.push else "") or (self.pull.stopped if self.pull else "")


class Worker:
    """Runs passes until stopped. `report` is called from its thread, `site` before each push."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        folder: Path,
        report: Callable[[SyncReport], None],
        connect: Callable[[Store, Clock], Session] = connect_enrolled,
        site: Callable[[], Site] = Site,
        route: Callable[[], str] = route_now,
    ) -> None:
        self._store = store
        self._clock = clock
        self._folder = folder
        self._report = report
        self._connect = connect
        self._site = site
        self._route = route
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._wants_pull = threading.Event()
        self._session: Session | None = None
        self._failures = 0
        self._stopped_for = ""
        self._thread = threading.Thread(target=self._run, name="sync", daemon=True)

    def start(self) -> None:
        """Begin; the first pass runs at once."""
        self._thread.start()

    def wake(self, *, fetch: bool = False) -> None:
        """There is new work; with `fetch` a finger asked: nothing waits for its time, and the catalogue comes too."""
        if fetch:
            self._wants_pull.set()
        self._wake.set()

    def stop(self) -> bool:
        """End within a second: a waiting call is cut like a lost line, the next start finds out what became of it.

        False if the thread could not be ended in time; the store must then stay open.
        """
        self._stopping.set()
        self._wake.set()
        session = self._session
        if session is not None:
            session.abandon()
        if self._thread.is_alive():
            self._thread.join(timeout=1)
        return not self._thread.is_alive()

    def cycle(self) -> SyncReport:
        """One pass: push what is due, then pull if it is time. Another process at it counts as done by it."""
        try:
            with alone(self._folder), self._connect(self._store, self._clock) as session:
                self._session = session
                if self._stopping.is_set():
                    session.abandon()
                told = self._pass(session)
        except WardstockError as error:
            told = SyncReport(push=PushReport(stopped=error.code, facts=error.facts))
        finally:
            self._session = None
        return self._tell(told)

    # ---------------------------------------------------------------- one pass

    def _pass(self, session: Session) -> SyncReport:
        if self._wants_pull.is_set():
            self._store.outbox.retry_all()
        told = SyncReport(push=self._push(session))
        if told.stopped in {"", KEPT_OFF} and not self._stopping.is_set():
            told = self._look_around(told, session)
        self._store.checkpoint()
        return told

    def _push(self, session: Session) -> PushReport:
        self._report(SyncReport(running="push"))

        def moved(uuid: str, status: Status) -> None:
            self._report(SyncReport(running="push", uuid=uuid, status=status))

        return push(self._store, session, self._clock, moved, self._pause, self._site())

    def _look_around(self, told: SyncReport, session: Session) -> SyncReport:
        if self._pull_is_due():
            told = replace(told, pull=self._pull(session))
        elif told.push and (told.push.done or told.push.refused or told.push.withdrawn):
            told = replace(told, pull=pull_recent(self._store, session, self._clock))
        if session.sent and told.stopped in {"", KEPT_OFF}:
            told = replace(told, notices=notices(self._store, session, self._clock))
        return told

    def _pull(self, session: Session) -> PullReport:
        self._wants_pull.clear()
        self._report(SyncReport(running="pull"))

        def came(kind: str, rows: int, total: int | None) -> None:
            self._report(SyncReport(running="pull", kind=kind, rows=rows, total=total))

        return pull(self._store, session, self._clock, came)

    def _pull_is_due(self) -> bool:
        last = self._store.device.last_pull_at()
        # A pull that seems to come from the future was before the clock was set back.
        rested = last is not None and timedelta(0) <= self._clock.now() - last < PULL_EVERY
        return self._wants_pull.is_set() or not rested

    def _tell(self, told: SyncReport) -> SyncReport:
        """The same trouble in each minute of a day is one thing to say, not a thousand."""
        stopped = told.stopped
        self._failures = self._failures + 1 if stopped else 0
        told = replace(told, again=bool(stopped) and stopped == self._stopped_for)
        if stopped and not told.again:
            log.info("the pass stopped: %s", stopped)
        self._stopped_for = stopped
        self._report(told)
        return told

    # ---------------------------------------------------------------- between passes

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._wake.clear()
            way = self._route()
            try:
                self.cycle()
            except Exception:  # a dead thread would leave work unsent in silence
                log.exception("a pass ended in a bug")
                self._tell(SyncReport(push=PushReport(stopped="own_bug")))
            self._rest(way)

    def _rest(self, before: str) -> None:
        """Until it is time, or somebody calls, or there is another way out than when Odoo could not be reached."""
        ends = time.monotonic() + self._sleep().total_seconds()
        while (left := ends - time.monotonic()) > 0:
            away = bool(self._stopped_for)
            if self._wake.wait(min(left, GLANCE_EVERY.total_seconds()) if away else left):
                return
            now = self._route() if away else before
            if now and now != before:
                return
            before = now

    def _sleep(self) -> timedelta:
        """Until the next transaction's time has come, and never long: looking is cheap."""
        now = self._clock.now()
        soonest: datetime = min(now + LOOK_EVERY, self._soonest(now) or now + LOOK_EVERY)
        if self._failures:
            soonest = min(next_try(self._failures, now), now + LOOK_EVERY)
        return max(soonest - now, timedelta(seconds=1))

    def _soonest(self, now: datetime) -> datetime | None:
        try:
            return self._store.outbox.soonest(now)
        except WardstockError:  # the pass says what is wrong with the store
            return None

    def _pause(self, seconds: float) -> None:
        self._stopping.wait(seconds)
