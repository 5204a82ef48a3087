"""How goods are moved, step by step: what a scanned place means, what is said of an item, what finishing still asks."""

from decimal import Decimal
from typing import TypeVar

from client.work.again import changed
from client.work.answer import Choice, Command, Question, Said, ask, no, ok
from client.work.case import GO_ON
from client.work.job import Addition, Pending
from client.work.machine import Opened, Start
from client.work.meaning import PickingsMeant
from client.work.moving.answers import unfit
from client.work.moving.bodies import reason_of
from client.work.moving.goods import facts_of
from client.work.moving.kinds import type_for
from client.work.moving.movement import FROM, TO, Movement, Use, WardReturn, Waste
from client.work.moving.rules import AT_THE_END, WASTE_AT_THE_END, ends_here, reasons, short_of
from client.work.site.people import Act
from client.work.ward import Step, Ward
from sync.stock import Location
from sync.transaction import Transaction, new_uuid

M = TypeVar("M", bound=Movement)

ACTS: dict[type[Movement], Act] = {
    Movement: Act.MOVE,
    Use: Act.USE,
    Waste: Act.WASTE,
    WardReturn: Act.RETURN,
}


# -------------------------------------------------------------------- beginning


def begun(kind: type[M], act: Act, begin: Start, ward: Ward) -> Opened[M] | Said:
    """A new draft, from the place scanned before, or from the only one this device serves where goods are used up."""
    if not ward.may(act):
        return no("needs_role", act=act, question="")
    if type_for(ward.catalogue, "internal", None) is None:
        return no("no_internal_type")
    job = kind(uuid=new_uuid(), opened_at=ward.now, person=ward.person.name)
    place = begin.place or (_only_here(ward) if ends_here(job) else None)
    if place is None:
        return Opened(job, ok("move_begun", kind=kind_of(job)))
    step = visit(job, place, FROM, ward)
    return step.said if step.job is job else Opened(step.job, step.said)


def _only_here(ward: Ward) -> Location | None:
    """Where the device serves one place that goods lie in, they are taken there (ward 24, 26)."""
    place = ward.catalogue.location(ward.here[0]) if len(ward.here) == 1 else None
    return place if place and not unfit(place) else None


def kind_of(job: Movement) -> str:
    """What is done, in a word that picks the sentence."""
    return {Use: "use", Waste: "waste", WardReturn: "return"}.get(type(job), "move")


# -------------------------------------------------------------------- places


def placed(job: M, place: Location, ward: Ward) -> Step[M]:
    """A scanned shelf: the first is where goods come from; with goods in hand the last is where they go."""
    if job.pending:
        return Step(job, no("answer_first_then_place", place=place.name))
    if ends_here(job):
        return visit(job, place, FROM, ward)
    if not job.visits and not job.additions:
        return visit(job, place, FROM, ward)
    if place.id in {job.source_id, *(add.source_id for add in job.additions)} and place.id != job.destination_id:
        return Step(job, ask("source_again", place=place.complete_name))
    return visit(job, place, TO, ward)


def visit(job: M, place: Location, role: str, ward: Ward) -> Step[M]:
    """Goods are taken there, or go there; or why not."""
    if refused := unfit(place) or (_unmapped(job, place, ward) if ends_here(job) else None):
        return Step(job, refused)
    if role == TO and any(add.source_id == place.id for add in job.additions):
        return Step(job, no("lies_there_already", product="", place=place.complete_name))
    after = job.visited(place, role)
    return Step(after, ok("taken_from" if role == FROM else "goes_to", **_told_of(after, place, ward)))


def _told_of(job: Movement, place: Location, ward: Ward) -> dict[str, object]:
    source, destination = (ward.catalogue.location(id_) for id_ in (job.source_id, job.destination_id))
    via = ward.plan.transit(source, destination) if source and destination else None
    return {
        "place": place.complete_name,
        "lines": len(job.additions),
        "via": via.complete_name if via else "",
        "kind": kind_of(job),
        "counting": ward.counting.here(place),
    }


def _unmapped(job: Movement, place: Location, ward: Ward) -> Said | None:
    """Nobody said where goods used here go (ward 24), or not for the reason already given."""
    offered = reasons(job, ward.plan, place)
    facts = {"place": place.complete_name, "product": ""}
    if not offered:
        return no("waste_not_mapped" if isinstance(job, Waste) else "use_not_mapped", **facts)
    if job.reason and job.reason not in offered:
        return no("reason_not_here", reason=job.reason, **facts)
    return None


def papers(job: M, meant: PickingsMeant, _ward: Ward) -> Step[M]:
    """A document is another job."""
    return Step(job, no("papers_in_move", document=meant.pickings[0].name))


# -------------------------------------------------------------------- items


def row(_job: Movement, pending: Pending) -> str:
    """Names one row of the list: a product."""
    return f"goods:{pending.product.id}" if pending.product else ""


def number_of_open(job: Movement, pending: Pending) -> int:
    """The number the open item has, or will have."""
    return pending.instead_of.number if pending.instead_of else job.next_number


def told(job: Movement, add: Addition, pending: Pending) -> Said:
    """What is said of it; that the book has less, and that another lot expires sooner, where it is so (ward 3)."""
    return ok(
        "move_changed" if pending.instead_of else "move_added",
        **facts_of(add, pending),
        total=job.taken(add.product.id),
        ordered=Decimal(0),
        lies=add.book if short_of(add) else None,
        sooner=add.sooner,
    ).at(f"goods:{add.product.id}")


# -------------------------------------------------------------------- the end


def closing(job: Movement, ward: Ward) -> Question | None:
    """What finishing still asks: where to, why, and what another destination or a pull has changed."""
    if not job.additions:
        return None
    if ends_here(job):
        return _reason(job, ward) or _changed(job, ward)
    destination = ward.catalogue.location(job.destination_id) if job.destination_id else None
    if destination is None:
        return Question("where_to", {"lines": len(job.additions)}, (GO_ON,), asks_for="place")
    if refused := unfit(destination):
        return Question(refused.code, refused.facts, (GO_ON,))
    if any(add.source_id == destination.id for add in job.additions):
        return Question("lies_there_already", {"place": destination.complete_name, "product": ""}, (GO_ON,))
    return _changed(job, ward)


def _reason(job: Movement, ward: Ward) -> Question | None:
    """Asked where the site has several, offered at every place something was taken from (ward 24)."""
    places = {add.source_id: ward.catalogue.location(add.source_id) for add in job.additions}
    offered = [reasons(job, ward.plan, place) if place else () for place in places.values()]
    common = [one for one in offered[0] if all(one in other for other in offered)]
    code = "why_wasted" if isinstance(job, Waste) else "why_used"
    if job.reason in common or (not job.reason and len(common) == 1 and reason_of(job, ward) == common[0]):
        return None
    if not common:
        return Question("no_common_reason", {"lines": len(job.additions)}, (GO_ON,))
    choices = (Choice(Command("reason", one), "this_reason", {"reason": one}) for one in common)
    return Question(code, {"lines": len(job.additions)}, (*choices, GO_ON), asks_for="reason")


def _changed(job: Movement, ward: Ward) -> Question | None:
    """Judged again: goods that went to quarantine may go elsewhere now, a product may be archived."""
    return changed(job, ward, WASTE_AT_THE_END if isinstance(job, Waste) else AT_THE_END)


def confirmed(job: Movement, made: list[Transaction]) -> Said:
    """Saved here; Odoo hears of it with the next pass."""
    lines, references = sum(len(one.lines) for one in made), ", ".join(one.reference for one in made)
    origins = ", ".join(dict.fromkeys(one.document.origin for one in made if one.document.origin))
    return ok("move_confirmed", kind=kind_of(job), reference=references, lines=lines, on_the_way=origins)


def called(job: Movement) -> tuple[str, str]:
    """Title and document for the list of drafts."""
    names = [visit.name.rpartition("/")[2] for visit in job.visits[-2:]]
    return f"{kind_of(job).capitalize()} {' → '.join(names)}".strip(), ""


# -------------------------------------------------------------------- taken up again


def refreshed(job: M, ward: Ward) -> Opened[M]:
    """A draft taken up again after a pull: what of it is no longer there is said, nothing of it is lost (ward 34)."""
    facts = {"lines": len(job.additions), "kind": kind_of(job)}
    if gone := next((name for name in (_gone(add, ward) for add in job.additions) if name), ""):
        return Opened(job, ok("move_resumed_stale", what=gone, **facts))
    return Opened(job, ok("move_resumed", **facts))


def _gone(add: Addition, ward: Ward) -> str:
    product, source = ward.catalogue.product(add.product.id), ward.catalogue.location(add.source_id)
    if product is None or not product.active or product.uom_id != add.product.uom_id:
        return add.product.name
    if source is None or not source.active:
        return add.source_name
    if add.lot_id and ward.catalogue.lot(add.product.id, add.lot_name) is None:
        return f"{add.product.name}, {add.lot_name}"
    return ""
