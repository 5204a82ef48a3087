"""Home: scan anything. What was scanned before any job is open, and what that begins."""

from dataclasses import dataclass, field, replace

from client.barcode.label import Label
from client.work.answer import READY, Choice, Command, Question, Said, ask, no
from client.work.cards.card import Card, card_question
from client.work.lookup.looking import WORDS, Looked, Looking
from client.work.lookup.recall import Prepared
from client.work.machine import Start
from client.work.meaning import (
    ClosedPicking,
    LocationMeant,
    LotMeant,
    Meaning,
    PickingsMeant,
    ProductMeant,
    ReferenceMeant,
    SeveralLots,
    SeveralProducts,
    UnknownLevel,
)
from client.work.open_drafts import OpenDraft
from client.work.planned.on_the_way import is_transit
from client.work.planned.transfer import PLANNED
from client.work.planned.view import choice, to_do
from client.work.site.people import Act
from client.work.ward import Ward
from sync.stock import Location, Picking, Product
from sync.transaction import Kind


@dataclass(frozen=True, slots=True)
class Home:
    """What was scanned last: a place to do something at, goods looked at, papers to choose from, a card to settle."""

    place: Location | None = None
    product: Product | None = None
    papers: tuple[Picking, ...] = ()
    card: Card | None = None
    drafts: tuple[OpenDraft, ...] = ()
    theirs: OpenDraft | None = None
    """Somebody else's draft that a person wants to go on with."""
    wanted: str = ""
    """The job that was begun without its papers: an order nobody knows yet is what it is for (ward 9)."""
    looked: Looked = field(default_factory=Looked)

    def question(self, ward: Ward) -> Question | None:
        """What to do with it."""
        if self.card:
            return card_question(self.card)
        if self.theirs:
            facts = {"person": self.theirs.person, "title": self.theirs.title, "lines": self.theirs.lines}
            facts["document"] = self.theirs.document
            return Question("take_over", facts, (Choice(Command("yes"), "take_it_over"), _NOTHING))
        if self.drafts:
            return Question("which_draft", {"count": len(self.drafts)}, (*map(_draft, self.drafts), _NOTHING))
        if self.papers:
            ways = (_paper(picking, ward) for picking in self.papers)
            return Question("which_papers", {"count": len(self.papers)}, (*ways, _NOTHING))
        if asked := self.looked.question():
            return asked
        if self.place:
            here = (*_done_here(self.place, ward), _NOTHING)
            return Question("what_here", {"place": self.place.complete_name}, here)
        return None

    def papers_of(self, meant: Meaning, ward: Ward) -> tuple[Picking, ...]:
        """Open papers a scan can mean: by name, by order, or the deliveries that expect a product."""
        if isinstance(meant, PickingsMeant):
            return meant.pickings
        product = meant.product if isinstance(meant, ProductMeant | UnknownLevel) else None
        if product is None or self.place or not ward.may(Act.RECEIVE):
            return ()
        return tuple(ward.catalogue.open_receipts_with(product.id))

    def scanned(
        self, meant: Meaning, papers: tuple[Picking, ...], label: Label, looking: Looking
    ) -> "tuple[Home, Said | Start]":
        """A scan that opens no papers by itself: what it means here, or the job it begins."""
        if len(papers) > 1:
            names = ", ".join(picking.name for picking in papers[:3])
            return Home(papers=papers), ask("which_papers", names=names, count=len(papers))
        if isinstance(meant, LocationMeant) and not self.looked.recall:
            looked, _ = looking.scanned(Looked(), meant, label)
            return Home(place=meant.location, looked=looked), ask("what_here", place=meant.location.complete_name)
        if self.place and isinstance(meant, ProductMeant | SeveralProducts | UnknownLevel | LotMeant | SeveralLots):
            return Home(), Start("move", place=self.place)
        if arriving := _on_its_way(meant, looking.ward):
            return Home(), Start("arrive", value=arriving)
        looked, said = looking.scanned(self.looked, meant, label)
        return Home(product=_product(meant), looked=looked), said

    def told(self, said: Command, looking: Looking) -> "tuple[Home, Said | Start | Prepared]":
        """What was pressed or said."""
        asked = self.question(looking.ward)
        if said.name == "open":
            return self._opened(said.value, looking.ward)
        if said.name == "todo":
            return self._to_do(looking.ward)
        if asked and said == _NOTHING.command:
            return (replace(self, looked=replace(self.looked, place=None)) if self.looked.recall else Home()), READY
        if said.name in WORDS or (said.name == "product" and asked):
            looked, answer = looking.told(self.looked, said)
            return Home(product=_product(looked.meant) if looked.meant else None, looked=looked), answer
        return self, no("nothing_open", command=said.name)

    def _opened(self, name: str, ward: Ward) -> "tuple[Home, Said | Start]":
        picking = ward.catalogue.picking_by_name(name)
        return (Home(), Start("picking", picking=picking)) if picking else (self, no("unknown_code", code=name[:60]))

    def _to_do(self, ward: Ward) -> "tuple[Home, Said]":
        """Planned transfers: to do, and requested (ward 28)."""
        papers = tuple(one.picking for one in to_do(ward))
        if not papers:
            return self, no("nothing_to_do")
        names = ", ".join(picking.name for picking in papers[:3])
        return Home(papers=papers), ask("which_papers", names=names, count=len(papers))


_NOTHING = Choice(Command("no"), "nothing")
_ARRIVE = Choice(Command("arrive"), "arrive_here")
_HERE = (Choice(Command("move"), "move_from_here"), Choice(Command("count"), "count_here"))
_USED_HERE = (Choice(Command("use"), "use_here"), Choice(Command("take-now"), "take_now_here"))
_WASTED_HERE = (Choice(Command("waste"), "waste_here"),)


def _done_here(place: Location, ward: Ward) -> tuple[Choice, ...]:
    """Use and waste are offered only where the site said where the goods go (ward 24)."""
    arriving = (_ARRIVE,) if is_transit(place) else ()
    used = _USED_HERE if ward.plan.use_reasons(place) else ()
    return (*arriving, *_HERE, *used, *(_WASTED_HERE if ward.plan.waste_reasons(place) else ()))


def _paper(picking: Picking, ward: Ward) -> Choice:
    kind = ward.catalogue.picking_type(picking.picking_type_id)
    if kind and kind.code in PLANNED.codes:
        return choice(picking, ward)
    return Choice(Command("open", picking.name), "these_papers", {"document": picking.name, "order": picking.origin})


def _draft(one: OpenDraft) -> Choice:
    facts = {"title": one.title, "document": one.document, "person": one.person, "lines": one.lines}
    code = "this_draft_waits_for_a_count" if one.second_count else "this_draft"
    return Choice(Command("resume", one.uuid), code, facts)


def _product(meant: Meaning) -> Product | None:
    return meant.product if isinstance(meant, ProductMeant | UnknownLevel | LotMeant) else None


def _on_its_way(meant: Meaning, ward: Ward) -> str:
    """The number of a dispatch of this device, by itself or by the name Odoo gave its document (ward 27)."""
    if isinstance(meant, ReferenceMeant):
        sent = meant.entries
    elif isinstance(meant, ClosedPicking):
        name = meant.picking.name
        sent = tuple(one for one in ward.outbox.rows() if one.outcome and one.outcome.picking_name == name)
    else:
        return ""
    return next((one.reference for one in sent if one.transaction.kind is Kind.DISPATCH), "")
