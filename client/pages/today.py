"""What the day holds: home, what can be begun, and the outbox, read again whenever something changed."""

from collections.abc import Sequence
from datetime import datetime

from client.pages.agenda import Agenda
from client.pages.home import HomePage, StartsPage
from client.pages.outbox import OutboxPage
from client.pages.telling import Telling
from client.words import look_page, window, written
from client.work.desk import Desk
from client.work.lookup.attention import Noticed
from sync.store.outbox import Summary


class Today:
    """Fills these three pages from the store."""

    def __init__(self, desk: Desk, telling: Telling, home: HomePage, starts: StartsPage, outbox: OutboxPage) -> None:
        self._desk, self._telling = desk, telling
        self._home, self._starts, self._outbox = home, starts, outbox
        self._confirmed: frozenset[int] = frozenset()
        self._noticed: Sequence[Noticed] | None = None

    def read(self) -> Summary:
        """Home and what can be begun; how the outbox stands is told."""
        store, now = self._desk.store, self._desk.clock.now()
        summary = store.outbox.summary(*self._telling.today(now))
        # Until the next pull they still look expected.
        self._confirmed = store.outbox.pickings_since(store.catalogue.pulled_at().get("pickings"))
        self._read_home(now, summary)
        return summary

    def begin(self, section: str) -> None:
        """What can be begun in that section."""
        self._starts.show(section, self.agenda().to_begin(section))

    def fill_outbox(self) -> None:
        """Only while it is seen: thousands may wait."""
        store = self._desk.store
        begins, ends = self._telling.today(self._desk.clock.now())
        sent = store.device.last_push_at()
        owed = self._desk.shift_end().owed
        self._outbox.refresh(store.outbox.shown(begins, ends), self._telling.hour(sent) if sent else "", owed)

    def _read_home(self, now: datetime, summary: Summary) -> None:
        agenda = self.agenda()
        open_ = (len(agenda.deliveries()), len(agenda.transfers()), len(agenda.counts()))
        self._home.show(agenda.drafts(), agenda.today(), open_, written.today(now.astimezone(self._telling.zone)))
        self._starts.show(self._starts.section, agenda.to_begin(self._starts.section))
        self._look_around()
        self._home.show_refused(*(window.refused_count(summary.refused) if summary.refused else ("", "")))

    def _look_around(self) -> None:
        """What somebody should look at; it changes with a pull, with what is done here, with a hold, with the day."""
        if (found := self._telling.noticed()) is not self._noticed:
            self._noticed = found
            tasks, told = self.agenda().look_at(found)
            self._home.show_noticed(tasks, look_page.look_at_these(), told)

    def agenda(self) -> Agenda:
        """What there is to do here, as it is now."""
        return Agenda(self._desk, self._telling.hour, self._confirmed)
