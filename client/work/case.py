"""One item under judgement: what the rules may look at, and the first objection among them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic

from client.work.answer import Choice, Command, Question, Said
from client.work.job import J_co, Pending
from client.work.site.people import Act
from client.work.ward import Ward
from sync.stock import Lot, Product
from sync.store.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Case(Generic[J_co]):
    """One item under judgement, in its job and ward."""

    pending: Pending
    job: J_co
    ward: Ward

    @property
    def catalogue(self) -> Catalogue:
        return self.ward.catalogue

    @property
    def today(self) -> date:
        """The day at the site."""
        return self.ward.today

    @property
    def product(self) -> Product:
        """Known from the second rule on."""
        if self.pending.product is None:
            raise ValueError("no product yet")
        return self.pending.product

    @property
    def lot(self) -> Lot | None:
        """The lot as the device knows it."""
        return self.catalogue.lot(self.product.id, self.pending.lot_name) if self.pending.lot_name else None

    def choice(self, code: str, command: str, act: Act | None = None, **facts: object) -> Choice:
        """A way to answer, closed to those whose role may not."""
        allowed = act is None or self.ward.may(act)
        return Choice(Command.parse(command), code, facts, act or "", allowed)


Verdict = Question | Said | None
Rule = Callable[[Case[J_co]], Verdict]
"""What is wrong with an item: a question, a refusal, or nothing."""

SET_ASIDE = Choice(Command("no"), "set_aside")
GO_ON = Choice(Command("no"), "go_on_scanning")


def judge(case: Case[J_co], rules: Sequence[Rule[J_co]]) -> Verdict:
    """The first objection: a Question to answer, a Said that refuses, or None when the item may be added."""
    return next((verdict for rule in rules if (verdict := rule(case)) is not None), None)
