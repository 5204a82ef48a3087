"""What a step of a job may look at, and what it comes to."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Generic

from client.work.answer import Said
from client.work.counting.meanwhile import Counting
from client.work.job import J_co
from client.work.site.holds import Holds
from client.work.site.people import Act, Person, Role, same_person
from client.work.site.plan import SitePlan
from client.work.site.policy import Policy
from client.work.stock import Shelves
from sync.stock import Picking
from sync.store.catalogue import Catalogue
from sync.store.outbox_questions import Questions
from sync.transaction import Moment

if TYPE_CHECKING:
    from client.work.machine import Start


@dataclass(frozen=True, slots=True)
class Ward:
    """Local data, who acts, who stands by them, what the site decided, what time it is (UTC).

    `approver` has just proved with badge and PIN who they are, and lends their right to the next answer (design 8).
    """

    catalogue: Catalogue
    person: Person
    plan: SitePlan
    shelves: Shelves
    holds: Holds
    outbox: Questions
    now: datetime
    seen_before: Callable[[int, str], bool]
    counting: Counting
    moment: Moment
    approver: Person | None = None
    proved: bool = True
    """The person gave their PIN since their badge was scanned."""
    here: tuple[int, ...] = ()
    """The places this device serves; none: all of them."""
    begun: Callable[[Picking, str], Said | None] = lambda _picking, _draft: None
    """Why a draft cannot take papers now: this device worked on them already, or does so in another draft."""

    @property
    def policy(self) -> Policy:
        """What the site decided, as it wrote it; `plan` is the same bound to Odoo's places."""
        return self.plan.policy

    @property
    def today(self) -> date:
        """The day at the site: expiry is judged in it (design 13.4)."""
        return self.policy.day_of(self.now)

    @property
    def roles(self) -> frozenset[Role]:
        """Whose leeway they have: their role's; a supervisor who showed a badge only, what others have (design 8)."""
        role = self.person.role
        return frozenset({role}) if self.proved or role is not Role.SUPERVISOR else frozenset(Role) - {role}

    def may(self, act: Act) -> bool:
        """Whether the person may, or who stands by them. Where the policy says two, they are two people (ward 33)."""
        other = self.approver is not None and not same_person(self.approver.name, self.person.name)
        second = self.approver if other else None
        if act in self.policy.two_people:
            return second is not None and second.may(act)
        return self.person.may(act) or (second is not None and second.may(act))

    def by(self, act: Act | None) -> str:
        """Whose name stands for an answer that needs that act: the person's, or who lent the right."""
        lent = act is not None and (act in self.policy.two_people or not self.person.may(act))
        return self.approver.name if lent and self.approver else self.person.name


@dataclass(frozen=True, slots=True)
class Step(Generic[J_co]):
    """What one scan or command came to. `confirmed` tells the desk to make the transactions, `then` what to begin next.

    `proves` are ids of earlier scans that mean something after all: they are kept as evidence.
    """

    job: J_co
    said: Said
    confirmed: bool = False
    then: "Start | None" = None
    proves: tuple[str, ...] = ()
