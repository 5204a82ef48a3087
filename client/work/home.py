"""Home: scan anything. What was scanned before any job is open, and what that begins."""

from dataclasses import dataclass

from client.barcode.label import Label
from client.work.answer import READY, Choice, Command, Question, Said, ask, no
from client.work.cards import Card, card_question
from client.work.machine import Start
from client.work.meaning import (
    CommandMeant,
    LocationMeant,
    Meaning,
    PatientMeant,
    ProductMeant,
    SeveralProducts,
    UnknownLevel,
)
from client.work.open_drafts import OpenDraft
from client.work.ward import Ward
from sync.stock import Location, Picking, Product


@dataclass(frozen=True, slots=True)
class Home:
    """What was scanned last: a place to do something at, a product, papers to choose from; or a card to settle."""

    place: Location | None = None
    product: Product | None = None
    papers: tuple[Picking, ...] = ()
    card: Card | None = None
    drafts: tuple[OpenDraft, ...] = ()
    theirs: OpenDraft | None = None
    """Somebody else's draft that a person wants to go on with."""

    def question(self, _ward: Ward) -> Question | None:
        """What to do with it."""
        if self.card:
            return card_question(self.card)
        if self.theirs:
            facts = {"person": self.theirs.person, "title": self.theirs.title, "lines": self.theirs.lines}
            return Question("take_over", facts, (Choice(Command("yes"), "take_it_over"), _NOTHING))
        if self.drafts:
            return Question("which_draft", {"count": len(self.drafts)}, (*map(_draft, self.drafts), _NOTHING))
        if self.papers:
            return Question("which_papers", {"count": len(self.papers)}, (*map(_paper, self.papers), _NOTHING))
        if self.place:
            return Question("what_here", {"place": self.place.complete_name}, (*_HERE, _NOTHING))
        return None

    def scanned(
        self, meant: Meaning, papers: tuple[Picking, ...], label: Label, _ward: Ward
    ) -> "tuple[Home, Said | Start]":
        """A scan that opens no papers by itself: what it means here, or the job it begins."""
        if len(papers) > 1:
            names = ", ".join(picking.name for picking in papers[:3])
            return Home(papers=papers), ask("which_papers", names=names, count=len(papers))
        if isinstance(meant, LocationMeant):
            return Home(place=meant.location), ask("what_here", place=meant.location.complete_name)
        if self.place and isinstance(meant, ProductMeant | SeveralProducts | UnknownLevel):
            return Home(), Start("move", place=self.place)
        return Home(product=_product(meant)), _nothing_to_open(meant, label)

    def told(self, said: Command, ward: Ward) -> "tuple[Home, Said | Start]":
        """What was pressed or said."""
        asked = self.question(ward)
        if said.name == "open":
            return self._opened(said.value, ward)
        if asked and said == _NOTHING.command:
            return Home(), READY
        return self, no("nothing_open", command=said.name)

    def _opened(self, name: str, ward: Ward) -> "tuple[Home, Said | Start]":
        picking = ward.catalogue.picking_by_name(name)
        return (Home(), Start("picking", picking=picking)) if picking else (self, no("unknown_code", code=name[:60]))


_NOTHING = Choice(Command("no"), "nothing")
_HERE = (Choice(Command("move"), "move_from_here"), Choice(Command("count"), "count_here"))


def _paper(picking: Picking) -> Choice:
    return Choice(Command("open", picking.name), "these_papers", {"document": picking.name, "order": picking.origin})


def _draft(one: OpenDraft) -> Choice:
    facts = {"title": one.title, "document": one.document, "person": one.person, "lines": one.lines}
    return Choice(Command("resume", one.uuid), "this_draft", facts)


def _product(meant: Meaning) -> Product | None:
    return meant.product if isinstance(meant, ProductMeant | UnknownLevel) else None


def _nothing_to_open(meant: Meaning, label: Label) -> Said:
    """A scan at home that opens nothing still gets an answer that says what it was."""
    if isinstance(meant, PatientMeant):
        return no("patient_label")
    if isinstance(meant, CommandMeant):
        return no("nothing_open", command=meant.command.name)
    if isinstance(meant, ProductMeant | UnknownLevel):
        return no("product_not_expected", product=meant.product.name)
    if isinstance(meant, SeveralProducts):
        names = ", ".join(product.name for product in meant.products[:3])
        return no("code_of_several", products=names)
    return no("unknown_code", code=label.text[:60])
