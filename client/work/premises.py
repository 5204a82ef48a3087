"""What a step may look at now: what this device knows, by the site's policy, for who is at the desk."""

from datetime import datetime, timedelta
from functools import partial

from client.work.counting.meanwhile import Counting
from client.work.job import Job
from client.work.meaning import products_numbered
from client.work.open_drafts import engaged
from client.work.present import Present
from client.work.site.holds import Holds
from client.work.site.people import People
from client.work.site.plan import SitePlan
from client.work.site.policy import Policy
from client.work.stock import Shelves
from client.work.ward import Ward
from sync.store import Store
from sync.transaction import Moment

SEEN_WITHIN = timedelta(days=30)
"""How far back a pack's serial is looked for (ward 15)."""


class Premises:
    """The site's policy is bound to the places of a pull once for each generation of the catalogue."""

    def __init__(self, store: Store, policy: Policy, shelves: Shelves) -> None:
        self._store, self._shelves = store, shelves
        self.policy = policy

    @property
    def policy(self) -> Policy:
        """What the site decided."""
        return self._policy

    @policy.setter
    def policy(self, policy: Policy) -> None:
        self._policy = policy
        self.people = People(self._store.people, policy)
        self._plan = (-1, SitePlan(policy))

    def plan(self) -> SitePlan:
        """The site's policy bound to what the last pull brought."""
        generation = self._store.catalogue.generation()
        if self._plan[0] != generation:
            self._plan = (generation, SitePlan.of(self.policy, self._store.catalogue))
        return self._plan[1]

    def holds(self) -> Holds:
        """What must not move."""
        return Holds(self._store, self._shelves, self.plan().quarantines)

    def ward(self, present: Present, job: Job | None, moment: Moment) -> Ward:
        """At that moment, for those people; `job` is the open one."""
        second = present.second.proved
        return Ward(
            catalogue=self._store.catalogue,
            person=present.acting(self.people, self.policy),
            plan=self.plan(),
            shelves=self._shelves,
            holds=self.holds(),
            outbox=self._store.outbox,
            now=moment.wall,
            seen_before=partial(_seen_before, self._store, moment.wall - SEEN_WITHIN, job.uuid if job else ""),
            counting=Counting(self._store),
            moment=moment,
            approver=self.people.today(second) if second else None,
            proved=present.proved,
            here=enrolment.location_ids if (enrolment := self._store.device.enrolment()) else (),
            begun=partial(engaged, self._store),
        )


def _seen_before(store: Store, since: datetime, open_uuid: str, product_id: int, serial: str) -> bool:
    """The same product number and serial in an earlier job (ward 15)."""
    earlier = store.drafts.gtins_with_serial(serial, since, except_draft=open_uuid)
    return any(product.id == product_id for number in earlier for product in products_numbered(number, store))
