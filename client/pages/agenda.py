"""What there is to do on this device: jobs begun, deliveries expected, transfers wanted, counts asked for."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Final

from client.pages.looked import NOTICED_GLYPHS, code_of
from client.words import look_page, pages, window
from client.words.written import number
from client.work.counting.to_count import ToCount, to_count
from client.work.desk import Desk
from client.work.job import from_draft
from client.work.lookup.attention import MOST, Noticed, Why
from client.work.open_drafts import OpenDraft, open_drafts
from client.work.planned.view import Todo, to_do
from client.work.receiving.delivery import Delivery
from client.work.receiving.receipt import RECEIPT
from sync.stock import Picking


@dataclass(frozen=True, slots=True)
class Task:
    """A draft, papers, a list, or a job that can be begun, as a row. `share` is below zero where no ring is drawn."""

    key: str
    name: str
    detail: str
    number: str = ""
    unit: str = ""
    share: float = -1.0
    glyph: str = "receive"
    head: str = ""
    head_detail: str = ""


@dataclass(frozen=True)
class Agenda:
    """The day of one desk as it is when first asked. Keys: `draft:UUID`, `picking:ID`, `say:COMMAND`. `sent` are
    pickings finished here.
    """

    desk: Desk
    hour: Callable[[datetime], str]
    sent: Collection[int | None]

    def today(self) -> list[Task]:
        """All of it, under its heads."""
        heads = (("begun", self.drafts()), ("to_do", [*self.deliveries(), *self.transfers(), *self.counts()]))
        return [task for head, tasks in heads for task in headed(window.agenda(head), tasks)]

    def to_begin(self, section: str) -> list[Task]:
        """What a section of the window offers: what is begun there, what is wanted, and what needs no papers."""
        if section == "receive":
            begun = [task for task in self.drafts() if task.glyph == "receive"]
            parts = (("begun", begun), ("to_do", self.deliveries()), ("without_papers", _begin(_RECEIVING)))
        else:
            begun = [task for task in self.drafts() if task.glyph == "move"]
            parts = (("begun", begun), ("to_do", self.transfers()), ("without_papers", _begin(_MOVING)))
        return [task for head, tasks in parts for task in headed(window.agenda(head), tasks)]

    def drafts(self) -> list[Task]:
        """Jobs left open on this device, last changed first."""
        return self._drafts

    @cached_property
    def _drafts(self) -> list[Task]:
        return [self._draft(one) for one in self._open]

    @cached_property
    def _open(self) -> tuple[OpenDraft, ...]:
        # Each is read whole: a draft may have hundreds of lines.
        return open_drafts(self.desk.store)

    def _begun(self) -> set[str]:
        return {name for draft in self._open for name in draft.document.split(", ")}

    def _draft(self, one: OpenDraft) -> Task:
        mine = one.person == self.desk.person.name
        told = [one.document, "" if mine else one.person, self.hour(one.changed_at)]
        lines, unit, share = one.lines, pages.lines(one.lines), -1.0
        draft = self.desk.store.drafts.get(one.uuid) if one.job == RECEIPT.name else None
        if draft:
            delivery = from_draft(draft, Delivery)
            products = {move.product.id for move in delivery.expected}
            lines = len(products & {add.product.id for add in delivery.additions if not add.unexpected})
            unit, share = window.of_lines(len(products)), lines / len(products) if products else 0.0
        return Task(
            key=f"draft:{one.uuid}",
            name=pages.kept_title(one.title, one.document) or pages.title_of(one.job),
            detail=" · ".join(part for part in told if part),
            number=str(lines),
            unit=unit,
            share=share,
            glyph=_GLYPHS.get(one.job, "move"),
        )

    def deliveries(self) -> list[Task]:
        """Expected and not begun."""
        return self._deliveries

    @cached_property
    def _deliveries(self) -> list[Task]:
        begun = self._begun()
        waiting = (picking for picking in self.desk.store.catalogue.open_receipts() if picking.name not in begun)
        return [self._delivery(picking) for picking in waiting if picking.id not in self.sent]

    def _delivery(self, picking: Picking) -> Task:
        catalogue = self.desk.store.catalogue
        partner = catalogue.partner(picking.partner_id) if picking.partner_id else None
        lines = len({move.product_id for move in catalogue.moves(picking.id)})
        return Task(
            key=f"picking:{picking.id}",
            name=partner.name if partner else picking.name,
            detail=window.papers(picking.origin, picking.name),
            number=str(lines),
            unit=window.lines_to_receive(lines),
        )

    def transfers(self) -> list[Task]:
        """Wanted and not begun: to do before only requested (ward 28)."""
        return self._transfers

    @cached_property
    def _transfers(self) -> list[Task]:
        begun = self._begun()
        wanted = (one for one in to_do(self.desk.ward()) if one.picking.name not in begun)
        return [_transfer(one) for one in wanted if one.picking.id not in self.sent]

    def counts(self) -> list[Task]:
        """Places Odoo or a posting wants counted."""
        return self._counts

    @cached_property
    def _counts(self) -> list[Task]:
        return [_to_count(nth, one) for nth, one in enumerate(to_count(self.desk.ward()), start=1)]

    def look_at(self, found: Sequence[Noticed]) -> tuple[list[Task], str]:
        """The most pressing of what somebody should look at, and how many there are of each kind."""
        counts = {str(why): sum(1 for one in found if one.why is why) for why in Why}
        tasks = [_to_look_at(one) for one in found[:_PRESSING]]
        return headed(look_page.look_at_these(), tasks, len(found)), look_page.noticed(counts, MOST)


def _to_look_at(one: Noticed) -> Task:
    where = ", ".join(one.places[:1])
    lot = look_page.lot(one.lot_name) if one.lot_name else ""
    expires = one.why in {Why.EXPIRED, Why.EXPIRING}
    return Task(
        key=f"say:look {one.lot_name or code_of(one.product)}",
        name=one.product.name,
        detail=" · ".join(part for part in (look_page.NOTICED[one.why], lot, where) if part),
        number=number(Decimal(abs(one.days)) if expires else one.shown),
        unit=look_page.days_word(one.days) if expires else one.product.uom_name,
        glyph=NOTICED_GLYPHS[one.why],
    )


def headed(head: str, tasks: list[Task], of: int = 0) -> list[Task]:
    """The tasks with a head above the first, and how many there are."""
    return [replace(tasks[0], head=head, head_detail=str(of or len(tasks))), *tasks[1:]] if tasks else []


def _transfer(one: Todo) -> Task:
    return Task(
        key=f"picking:{one.picking.id}",
        name=pages.wanted_at(one.destination, requested=one.requested),
        detail=pages.there(one.picking.name, one.available, one.wanted),
        number=number(one.wanted),
        unit=pages.lines_of(one.lines),
        glyph="move",
    )


def _to_count(nth: int, one: ToCount) -> Task:
    return Task(key=f"count:{nth}", name=one.place.complete_name, detail=pages.why_count(one), glyph="count")


def _begin(words: tuple[str, ...]) -> list[Task]:
    return [Task(f"say:{word}", *pages.BEGIN[word], glyph=_GLYPHS.get(word, "move")) for word in words]


_RECEIVING: Final = ("receive",)
_MOVING: Final = ("move", "use", "waste", "return", "take-now", "arrive", "supplier-return", "relabel")
_GLYPHS: Final = {
    "receipt": "receive",
    "unidentified": "receive",
    "receive": "receive",
    "count": "count",
    "waste": "erase",
    "take-now": "clock",
    "later": "clock",
}
_PRESSING: Final = 4
"""So many stand on Home; the look-up page has all."""
STARTS: Final = frozenset({"receive", "move"})
"""Sections that begin with a choice."""
