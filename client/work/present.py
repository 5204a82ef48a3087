"""Who works at the desk, who stands by them, and what each has proved of themselves (design 8, ward 30, 33)."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from client.work.answer import Command, Question, Said, ask, no, ok
from client.work.site.people import Act, People, Person, Role, same_person
from client.work.site.policy import Policy
from client.work.witness import ANOTHER, WITNESS


@dataclass(frozen=True, slots=True)
class Second:
    """A second person at the desk: `asked` showed a badge and owes the PIN, `proved` gave it.

    They came for the open question, or for `word`, a command the site lets nobody give alone.
    """

    asked: Person | None = None
    proved: Person | None = None
    word: Command | None = None


@dataclass(frozen=True, slots=True)
class Present:
    """The people at one desk. `said` is the last command, `needs_two` that it was refused to one person alone.

    `proved`: who works here gave their PIN since their badge was scanned. Until people are entered, all are taken at
    their word.
    """

    person: Person
    proved: bool = True
    second: Second = field(default_factory=Second)
    said: Command | None = None
    needs_two: bool = False

    def acting(self, people: People, policy: Policy) -> Person:
        """Who works here. A badge only says who: what only a supervisor may wants their PIN once (design 8)."""
        here = people.today(self.person)
        if here is None:
            return replace(self.person, granted=frozenset())
        if self.proved:
            return here
        unproved = frozenset(act for act in here.acts if policy.roles_of(act) > {Role.SUPERVISOR})
        return replace(here, granted=unproved)

    def badge(self, person: Person, asked: Question | None) -> tuple["Present", Said]:
        """A badge is shown while `asked` is open: a second person who owes a PIN, or the desk is theirs now."""
        if self._waits_for(person, asked):
            if same_person(person.name, self.person.name) and (self.proved or _wants_witness(asked)):
                return self, no("same_person", person=person.name)
            second = Second(asked=person, word=self.said if self.needs_two else None)
            return replace(self, second=second), ask("pin_wanted", person=person.name)
        theirs = replace(self, person=person, second=Second(), proved=False)
        return theirs, ok("person_now", person=person.name, role=person.role)

    def named(self, name: str, people: People, asked: Question | None) -> tuple["Present", Said]:
        """A second person without their badge at hand: their PIN tells that it is them. Nobody takes the desk so."""
        person = next((one for one in people.everyone() if same_person(one.name, name)), None)
        if person is None or not self._waits_for(person, asked):
            return self, no("nothing_asked", command="stands")
        return self.badge(person, asked)

    def takes(self, name: str, pin: str, people: People, now: datetime) -> tuple["Present", Said]:
        """Without a badge at hand: the desk is theirs by name and PIN, which proves them at once."""
        proof = people.verify(name, pin, now)
        if not proof.ok or proof.person is None:
            return self, no(proof.code, person=name, seconds=proof.seconds, left=proof.left)
        return Present(proof.person), ok("person_now", person=proof.person.name, role=proof.person.role)

    def pin(self, pin: str, people: People, now: datetime) -> tuple["Present", Said]:
        """The PIN of who showed their badge, or of who works here."""
        person = self.second.asked or self.person
        proof = people.verify(person.name, pin, now)
        if not proof.ok or proof.person is None:
            return self, no(proof.code, person=person.name, seconds=proof.seconds, left=proof.left)
        if same_person(proof.person.name, self.person.name):
            mine = replace(self, person=proof.person, proved=True, second=Second())
            return mine, ok("proved", person=proof.person.name)
        second = replace(self.second, asked=None, proved=proof.person)
        return replace(self, second=second), ok("approved", person=proof.person.name)

    def after(self, said: Said, policy: Policy) -> tuple["Present", Said]:
        """Whose role would do, were it known that it is them, is asked for the PIN."""
        here, act = self, str(said.facts.get("act", ""))
        if said.code not in _OF_SECONDS:  # what was just refused is nobody's alone, whoever gives the word (ward 33)
            two = said.code == "needs_role" and act in policy.two_people
            here = replace(self, needs_two=two or said.code == "witness_for_card")
        if said.code != "needs_role" or self.proved or not act or not self.person.may(Act(act)):
            return here, said
        return replace(here, second=Second(asked=self.person)), ask("pin_wanted", person=self.person.name)

    def _waits_for(self, person: Person, asked: Question | None) -> bool:
        """Where anybody else may simply go on, only who can lend what is asked for stands by; others take the desk."""
        if asked and asked.asks_for == ANOTHER:
            return any(choice.act and not choice.allowed and person.may(Act(choice.act)) for choice in asked.choices)
        beyond = asked is not None and any(choice.act and not choice.allowed for choice in asked.choices)
        return beyond or self.needs_two or _wants_witness(asked)


def _wants_witness(asked: Question | None) -> bool:
    return asked is not None and asked.asks_for == WITNESS


_OF_SECONDS = frozenset({"same_person", "pin_wanted", "pin_wrong", "pin_wait", "pin_none"})
