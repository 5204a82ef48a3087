"""Somebody who may do it, and their PIN: it holds while they stand here, until the page is left (design 8)."""

from dataclasses import dataclass, field

from client import troubles
from client.work.desk import Desk
from client.work.site.people import Act, same_person


@dataclass
class Proof:
    """Who gave their PIN on the pages that change what a device is: once for all of them, until they are left."""

    by: str = ""

    def forget(self) -> None:
        """Another page comes up, or somebody else stands here."""
        self.by = ""


@dataclass
class Approval:
    """Of one act, by who stands at the desk."""

    desk: Desk
    act: Act
    proof: Proof = field(default_factory=Proof)

    @property
    def may(self) -> bool:
        """Whether who stands at the desk may approve it, once they gave their PIN: by the role they have by now."""
        known = self.desk.store.people.get(self.desk.person.name)
        here = self.desk.people.today(self.desk.person)
        return known is not None and bool(known.pin) and here is not None and here.may(self.act)

    @property
    def by(self) -> str:
        """Who gave their PIN on this visit, while it is they who stand here."""
        return self.proof.by if self.may and same_person(self.proof.by, self.desk.person.name) else ""

    @property
    def said(self) -> str:
        """Who gave a PIN last: their own one too, which approves nothing but their own new one."""
        return self.proof.by

    def prove(self, pin: str) -> str:
        """Try that PIN of whoever stands here. The sentence why it was not it, or ""."""
        who = self.desk.person.name
        proof = self.desk.people.verify(who, pin, self.desk.clock.now())
        if not proof.ok or proof.person is None:
            return troubles.trouble(proof.code, {"name": who, "seconds": proof.seconds, "left": proof.left})
        self.proof.by = proof.person.name
        return ""
