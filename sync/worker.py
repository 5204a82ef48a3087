"""The one thread that talks to Odoo: woken by new work, by a tap, by time. Losing the network is not an error."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from sync.alone import alone
from sync.clock import Clock
from sync.connection import connect as connect_enrolled
from sync.errors import WardstockError
from sync.odoo.session import Session
from sync.pull import PullReport, pull, pull_recent
from sync.push import PushReport, push
from sync.retry import next_try
from sync.store import Store
from sync.transaction import Status

log = logging.getLogger(__name__)

PULL_EVERY = timedelta(minutes=15)
LOOK_EVERY = timedelta(seconds=60)
"""How long it sleeps at most: a server that was away is looked for again after each."""

BUSY = "pass_running"


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What the badge shows. Sent from the worker's thread.

    `running` is "push", "pull" or empty; `kind`, `rows` and `total` (where it is known) are the progress of a pull,
    `uuid` and `status` a transaction that just moved; `push` and `pull` are set when that pass has ended.
    """

    running: str = ""
    kind: str = ""
    rows: int = 0
    total: int | None = None
    uuid: str = ""
    status: Status | None = None
    push: PushReport | None = None
    pull: PullReport | None = None


class Worker:
    """Runs passes until stopped. `report` is called from its thread."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        folder: Path,
        report: Callable[[SyncReport], None],
        connect: Callable[[Store, Clock], Session] = connect_enrolled,
    ) -> None:
        self._store = store
        self._clock = clock
        self._folder = folder
        self._report = report
        self._connect = connect
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._wants_pull = threading.Event()
        self._session: Session | None = None
        self._failures = 0
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
                return self._pass(session)
        except WardstockError as error:
            log.info("no pass: %s", error)
            stopped = SyncReport(push=PushReport(stopped=error.code, facts=error.facts))
            self._report(stopped)
            return stopped
        finally:
            self._session = None

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._wake.clear()
            try:
                self.cycle()
            except Exception:  # a dead thread would leave work unsent in silence
                log.exception("a pass ended in a bug")
                self._failures += 1
                self._report(SyncReport(push=PushReport(stopped="own_bug")))
            self._wake.wait(self._sleep().total_seconds())

    def _pass(self, session: Session) -> SyncReport:
        if self._wants_pull.is_set():
            self._hurry()
        told = SyncReport(push=self._push(session))
        reached = not self._stopping.is_set() and not (told.push and told.push.stopped)
        if reached and self._pull_is_due():
            told = replace(told, pull=self._pull(session))
        elif reached and told.push and (told.push.done or told.push.refused):
            told = replace(told, pull=pull_recent(self._store, session, self._clock))
        self._store.checkpoint()
        stopped = (told.push and told.push.stopped) or (told.pull and told.pull.stopped)
        self._failures = self._failures + 1 if stopped else 0
        self._report(told)
        return told

    def _push(self, session: Session) -> PushReport:
        self._report(SyncReport(running="push"))

        def moved(uuid: str, status: Status) -> None:
            self._report(SyncReport(running="push", uuid=uuid, status=status))

        return push(self._store, session, self._clock, moved, self._pause)

    def _hurry(self) -> None:
        for entry in self._store.outbox.rows(newest=0):
            if entry.not_before:
                self._store.outbox.retry_now(entry.uuid)

    def _pull(self, session: Session) -> PullReport:
        self._wants_pull.clear()
        self._report(SyncReport(running="pull"))

        def came(kind: str, rows: int, total: int | None) -> None:
            self._report(SyncReport(running="pull", kind=kind, rows=rows, total=total))

        return pull(self._store, session, self._clock, came)

    def _pull_is_due(self) -> bool:
        last = self._store.device.last_pull_at()
        return self._wants_pull.is_set() or last is None or self._clock.now() - last >= PULL_EVERY

    def _sleep(self) -> timedelta:
        """Until the next transaction's time has come, and never long: looking is cheap."""
        now = self._clock.now()
        known = (entry.not_before for entry in self._store.outbox.rows(newest=0))
        waits = [at for at in known if at and at > now]
        soonest: datetime = min([*waits, now + LOOK_EVERY])
        if self._failures:
            soonest = min(next_try(self._failures, now), now + LOOK_EVERY)
        return max(soonest - now, timedelta(seconds=1))

    def _pause(self, seconds: float) -> None:
        self._stopping.wait(seconds)
