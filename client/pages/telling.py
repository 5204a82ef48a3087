"""How pages say what the desk knows by a number or in UTC: names, hours, what a scan was."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from client.words import outbox, refusals, window, written
from client.work.answer import Choice, Said, ask, no, ok
from client.work.cards.card import told_here
from client.work.desk import Desk
from client.work.lookup.attention import Noticed
from client.work.lookup.finding import Found, found
from client.work.site.people import Act
from sync.stock import Product
from sync.store.journal import Entry as Event
from sync.store.outbox import Entry
from sync.transaction import Status


@dataclass(frozen=True)
class Telling:
    """Words for ids and times, in the site's time zone."""

    desk: Desk

    @property
    def zone(self) -> ZoneInfo:
        """The site's."""
        return ZoneInfo(self.desk.policy.time_zone)

    def today(self, now: datetime) -> tuple[datetime, datetime]:
        """When the site's day of that moment begins and ends."""
        begins = datetime.combine(now.astimezone(self.zone).date(), datetime.min.time(), self.zone)
        return begins, begins + timedelta(days=1)

    def hour(self, moment: datetime) -> str:
        """The hour, with the day where it was not today."""
        local = moment.astimezone(self.zone)
        today = self.desk.clock.now().astimezone(self.zone).date()
        return f"{local:%H:%M}" if local.date() == today else written.short_day(local)

    def stands(self) -> tuple[object, ...]:
        """While this stays, what `hour` and `product` say does."""
        zone = self.zone
        return zone.key, self.desk.clock.now().astimezone(zone).date(), self.desk.store.catalogue.generation()

    def found(self, text: str, most: int) -> Sequence[Product]:
        """Products by how their words begin."""
        return self.desk.store.catalogue.search(text, most)

    def meant(self, asks: str, text: str) -> Sequence[Found]:
        """What a few letters may mean, where a place, an order, goods or anything is asked for."""
        return found(self.desk.store.catalogue, asks, text)

    def others(self) -> Sequence[str]:
        """Who else works here, by name."""
        return self.desk.others()

    def noticed(self) -> Sequence[Noticed]:
        """What somebody should look at here."""
        return self.desk.noticed()

    def searches(self) -> int:
        """How many searches for held goods are under way."""
        return len(self.desk.store.recalls.open())

    def product(self, product_id: int) -> str:
        """Its name."""
        product = self.desk.store.catalogue.product(product_id)
        return product.name if product else window.product_gone()

    def sent_off(self) -> Said | None:
        """What Odoo made of the finished job that is open; None while anything of it is on its way."""
        job = self.desk.job
        entries = self.desk.store.outbox.referred(job.references) if job and job.finished else []
        if any(entry.status is Status.REFUSED for entry in entries):
            return no("odoo_refused")
        if not entries or any(entry.status is not Status.DONE for entry in entries):
            return None
        if any(entry.outcome and entry.outcome.differs for entry in entries):
            return ask("odoo_differs")
        return ok("in_odoo", papers=", ".join(outbox.document(one.transaction, one.outcome) for one in entries))

    def story(self, uuid: str) -> Sequence[Event]:
        """What became of a transaction, from the journal."""
        return self.desk.store.journal.story(uuid)

    def raw(self, evidence: tuple[str, ...]) -> str:
        """What was read of these scans, each with its symbol."""
        scans = self.desk.store.drafts.evidence_of(evidence)
        return "\n".join(outbox.symbol(scan.symbology, _elements(scan.parse), scan.text) for scan in scans)

    def may(self, act: Act) -> bool:
        """Whether who stands at the desk may do this."""
        return self.desk.ward().may(act)

    def refused(self, entry: Entry) -> tuple[str, str]:
        """Why a transaction was refused, and what is known of it, with hours as they are here."""
        return refusals.refusal(entry.code, told_here(entry.facts, self.desk.ward()))

    def ways(self, entry: Entry) -> Sequence[Choice]:
        """What may be done with a transaction by who stands at the desk."""
        return self.desk.ways(entry)

    @property
    def place(self) -> str:
        """Where this device is at home."""
        enrolment = self.desk.store.device.enrolment()
        company = enrolment.company_name if enrolment else ""
        return company or self.desk.store.device.name()


def _elements(parse: str) -> list[tuple[str, str]]:
    return [(ai, value) for ai, value in json.loads(parse).get("elements", ())]
