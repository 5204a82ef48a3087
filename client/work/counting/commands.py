"""The words of counting alone: nothing is here, this is not there, count it again, and why it differs."""

from collections.abc import Callable
from dataclasses import replace

from client.work.answer import Command, Said, Tone, ask, no, ok
from client.work.case import Case
from client.work.counting.book import statements, uncounted
from client.work.counting.job import NOTHING, Count, Goods
from client.work.counting.recounting import set_aside, taken_back, undecided
from client.work.counting.rules import counter_may, key_text, place_gone
from client.work.counting.steps import agreed
from client.work.counting.to_count import to_count
from client.work.item import recounted
from client.work.job import Pending
from client.work.machine import Machine, Start
from client.work.shared_words import told, undone
from client.work.site.people import Act
from client.work.ward import Step, Ward
from sync.stock import Location, Product
from sync.transaction import Answer

Word = Callable[[Machine[Count], Count, Command, Ward], Step[Count]]


def _zero(machine: Machine[Count], job: Count, said: Command, ward: Ward) -> Step[Count]:
    """None of it: of the open item, of the one just scanned (a shelf's own label), or `zero CODE [lot LOT]`."""
    if job.place is None:
        return Step(job, no("shelf_first"))
    if said.value and job.pending:
        asked = machine.question(job, ward)
        return Step(job, no("answer_first", question=asked.code if asked else ""))
    if said.value:
        named = _named(said.value, ward)
        if isinstance(named, Said):
            return Step(job, named)
        return machine.advance(replace(job, closing=False), named, ward)
    if job.pending:
        return machine.advance(job, recounted(job.pending, NOTHING), ward)
    last = job.addition(job.current)
    if last is None:
        return Step(job, no("item_before_zero"))
    return machine.command(job, Command("qty", f"0 of {last.number}"), ward)


def _named(text: str, ward: Ward) -> Pending | Said:
    code, _, lot_name = text.partition(" lot ")
    hits = [hit.product for hit in ward.catalogue.by_barcode(code)] or ward.catalogue.by_code(code)
    products = tuple({product.id: product for product in hits}.values())
    if not products:
        return no("unknown_code", code=code[:60])
    one = products[0] if len(products) == 1 else None
    unit = one.uom_name if one else ""
    candidates = () if one else products
    return Pending(product=one, code=code, candidates=candidates, lot_name=lot_name.strip(), count=NOTHING, unit=unit)


def _empty(machine: Machine[Count], job: Count, _said: Command, ward: Ward) -> Step[Count]:
    """Nothing is left in the whole bin: what the book has there is asked for by name."""
    if job.place is None:
        return Step(job, no("shelf_first"))
    if job.pending or any(add.quantity for add in job.additions):
        return Step(job, no("not_empty", place=job.place.name))
    step = _confirm(machine, replace(job, emptied=True), Command("confirm"), ward)
    return replace(step, job=replace(step.job, emptied=job.emptied)) if step.said.tone is Tone.NO else step


def _confirm(machine: Machine[Count], job: Count, _said: Command, ward: Ward) -> Step[Count]:
    """Finish the bin. Where nothing was said that the book does not say, there is nothing to send."""
    if refused := _not_by(job, ward) or place_gone(job, ward):
        return Step(job, refused)
    if job.place and job.begun and not job.pending and not statements(job, ward) and not uncounted(job, ward):
        return _nothing_to_say(machine, job, job.place, ward)
    return machine.confirm(job, ward)


def _nothing_to_say(machine: Machine[Count], job: Count, place: Location, ward: Ward) -> Step[Count]:
    """There is nothing, as the book says; where nobody here knows the book, what is gone has to be said by name."""
    if not ward.shelves.knows(place):
        return Step(job, no("empty_unknown", place=place.name))
    if found := [add.product for one in job.passes for add in one.additions if add.quantity]:
        return Step(job, no("resumed_stale", document=place.name, product=", ".join(one.name for one in found[:3])))
    if asked := machine.closing(job, ward):
        return Step(replace(job, closing=True, current=0), ask(asked.code, **asked.facts))
    agrees = replace(job, additions=(), passes=(), emptied=False, closing=False)
    return Step(agrees, ok("empty_as_known", place=place.name))


def _undo(machine: Machine[Count], job: Count, said: Command, ward: Ward) -> Step[Count]:
    """What was settled before a second count began is not taken back in it: it could not be counted anew."""
    last = str(job.additions[-1].number) if job.additions else ""
    named = next((add for add in job.additions if str(add.number) == (said.value or last)), None)
    open_ = (job.pending or job.closing) and not said.value
    if named and named not in job.fresh and not open_:
        return Step(job, no("counted_for_good", product=named.product.name) if said.value else no("nothing_to_undo"))
    return undone(machine, job, said, ward)


def _not_by(job: Count, ward: Ward) -> Said | None:
    """Who counted first does not finish what another counted again."""
    return counter_may(job, ward) if job.fresh else None


def _not_there(machine: Machine[Count], job: Count, said: Command, ward: Ward) -> Step[Count]:
    """`not-there`: the goods asked about; `none-there`: all that nobody spoke of. Each becomes a line of zero."""
    asked = machine.question(job, ward)
    if asked is None or asked.code != "not_counted":
        return Step(job, no("nothing_asked", command=said.name))
    if refused := counter_may(job, ward):
        return Step(job, refused)
    for product, goods in list(uncounted(job, ward).items())[: None if said.name == "none-there" else 1]:
        for one in goods:
            job = _with_zero(job, product, one, said, ward)
    # Who may finish, and who stood by for it, was settled when the bin was confirmed (ward 33).
    return machine.finish(replace(job, witness=""), ward)


def _with_zero(job: Count, product: Product, goods: Goods, said: Command, ward: Ward) -> Count:
    lot = ward.catalogue.lot(product.id, goods.lot_name) if goods.lot_name else None
    answers = (
        Answer("not_counted", said.name, ward.person.name, ward.now),
        Answer("count_whose", key_text((goods.package_id, goods.owner_id)), ward.person.name, ward.now),
    )
    pending = Pending(
        product=product,
        count=NOTHING,
        unit=product.uom_name,
        lot_name=goods.lot_name,
        expiry=lot.expiry if lot else None,
        package_id=goods.package_id,
        owner_id=goods.owner_id,
        settled=answers,
    )
    return job.with_addition(agreed(Case(pending, job, ward)))


def _recount(machine: Machine[Count], job: Count, said: Command, ward: Ward) -> Step[Count]:
    """What differs is set aside until somebody else has counted it too; the draft waits for them."""
    asked = machine.question(job, ward)
    if asked is None or asked.code != "count_differs" or job.place is None:
        return Step(job, no("nothing_asked", command=said.name))
    products = undecided(job, ward)
    job = set_aside(job, products, ward.now)
    facts = {"products": ", ".join(product.name for product in products), "count": len(products)}
    return Step(job, ok("waits_for_recount", place=_place_name(job), **facts))


def _place_name(job: Count) -> str:
    return job.place.name if job.place else ""


def _waive(machine: Machine[Count], job: Count, said: Command, ward: Ward) -> Step[Count]:
    """A supervisor takes the last count as it is; why, is asked next."""
    asked = machine.question(job, ward)
    if asked is None or asked.code not in {"count_differs", "recount_by_another"}:
        return Step(job, no("nothing_asked", command=said.name))
    if not ward.may(Act.SETTLE):
        return Step(job, no("needs_role", act=Act.SETTLE, question=asked.code))
    if asked.code == "recount_by_another":
        job = taken_back(job)
    return machine.settled(job, Answer(asked.code, "waive-recount", ward.by(Act.SETTLE), ward.now), ward)


def _reason(machine: Machine[Count], job: Count, said: Command, ward: Ward) -> Step[Count]:
    """Why the book was wrong: one of those offered, or in own words."""
    asked = machine.question(job, ward)
    if asked is None or asked.code != "count_reason":
        return Step(job, no("nothing_asked", command=said.name))
    if len(said.value) < _SHORTEST_REASON:
        return Step(job, no("count_reason_missing"))
    return machine.settled(job, Answer("count_reason", said.value[:_LONGEST_REASON], ward.person.name, ward.now), ward)


def _again(machine: Machine[Count], job: Count, said: Command, ward: Ward) -> Step[Count]:
    """What was counted of the product asked about is dropped, to be counted now."""
    asked = machine.question(job, ward)
    if asked is None or asked.code != "moved_meanwhile":
        return Step(job, no("nothing_asked", command=said.name))
    left = tuple(add for add in job.additions if add.product.id != asked.facts["product_id"])
    job = replace(job, additions=left, closing=False, current=0)
    return Step(job, ok("count_again", product=asked.facts["product"]))


def _whose(machine: Machine[Count], job: Count, said: Command, ward: Ward) -> Step[Count]:
    """Loose or in which package, and whose."""
    asked = machine.question(job, ward)
    if job.pending is None or asked is None:
        return Step(job, no("nothing_asked", command=said.name))
    if said not in {choice.command for choice in asked.choices}:
        return Step(job, no("not_a_choice", command=said.name, question=asked.code))
    return machine.advance(job, told(_keyed(job.pending, said), asked, said.value, ward), ward)


def _keyed(pending: Pending, said: Command) -> Pending:
    package_id, _, owner_id = said.value.partition("/")
    return replace(pending, package_id=int(package_id) or None, owner_id=int(owner_id) or None)


def _here(_machine: Machine[Count], job: Count, said: Command, _ward: Ward) -> Step[Count]:
    """Count what lies in a place itself that has bins below it."""
    if job.place or job.below is None:
        return Step(job, no("nothing_asked", command=said.name))
    begin = Start("count", "here", place=job.below)
    return Step(job, ok("counting", place=job.below.name), then=begin)


def _take(_machine: Machine[Count], job: Count, said: Command, ward: Ward) -> Step[Count]:
    """One of the list of what is to be counted, by its number there."""
    listed = to_count(ward, job.below)
    if job.place or not said.value.isdecimal() or not 0 < int(said.value) <= len(listed):
        return Step(job, no("not_in_the_list", text=said.value[:20]))
    begin = Start("count", "asked", place=listed[int(said.value) - 1].place)
    return Step(job, ok("counting", place=listed[int(said.value) - 1].place.name), then=begin)


_SHORTEST_REASON = 3
_LONGEST_REASON = 200

COMMANDS: dict[str, Word] = {
    "zero": _zero,
    "empty": _empty,
    "confirm": _confirm,
    "undo": _undo,
    "not-there": _not_there,
    "none-there": _not_there,
    "recount": _recount,
    "waive": _waive,
    "reason": _reason,
    "again": _again,
    "whose": _whose,
    "here": _here,
    "take": _take,
}
