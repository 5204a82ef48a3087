"""Counting, step by step. Pure; `desk` keeps it on disk.

1. A bin, an entry of Odoo's list or a product opens it; a place with bins below lists them (`to_count`).
2. Product, lot and quantity in one symbol are added at once; the same symbol again adds its own. Zero is said.
3. `confirm` asks for what nobody spoke of, then has somebody else count again what differs, then why it differs.
4. Then it is submitted, or applied at once (`recounting`, `count_bodies`).

Blind: nothing here hands out what the book says before the bin is finished; `Addition.book` is for the body alone.
"""

from dataclasses import replace

from client.work.answer import Said, no, ok
from client.work.counting.bodies import adjustment_place, transactions
from client.work.counting.commands import COMMANDS
from client.work.counting.job import Count
from client.work.counting.meanwhile import COUNT as NAME
from client.work.counting.recounting import closing, told_to_differ
from client.work.counting.rules import RULES, counter_may
from client.work.counting.steps import agreed, row, told, warned
from client.work.counting.to_count import asked_at, bins_below, fit, shelves_of, to_count
from client.work.job import from_draft
from client.work.machine import Machine, Opened, Start
from client.work.meaning import LocationMeant, Meaning, PickingsMeant
from client.work.moving.kinds import type_for
from client.work.site.people import Act
from client.work.ward import Step, Ward
from sync.stock import Location, Product
from sync.transaction import Kind, Transaction, new_uuid


def _start(begin: Start, ward: Ward) -> Opened[Count] | Said:
    if not ward.may(Act.COUNT):
        return no("needs_role", act=Act.COUNT, question="")
    place, product = begin.place, begin.product
    if begin.value and begin.value not in _OF_THE_LIST:
        place, product = _named(begin.value, ward)
        if not (place or product):
            return no("count_what", text=begin.value[:60])
    if place is None:
        return _of_product(product, ward) if product else _list(ward)
    if not fit(place):
        return no("not_a_place_to_count", place=place.complete_name)
    if begin.value != "here" and (bins := bins_below(ward, place)):
        counted = sum(1 for one in bins if one.counted_at)
        facts = {"place": place.complete_name, "bins": len(bins), "counted": counted, "left": len(bins) - counted}
        return Opened(replace(_blank(ward), below=place), ok("count_bins", **facts))
    if type_for(ward.catalogue, "internal", place) is None or adjustment_place(ward, place) is None:
        return no("cannot_book_counts")
    products = asked_at(ward, place) if begin.value == "asked" else ((product,) if product else ())
    return _of_bin(place, products, ward)


_OF_THE_LIST = frozenset({"here", "asked"})
"""What `here` and `take` begin a count with: a place itself that has bins, what is asked for there."""


def _named(text: str, ward: Ward) -> tuple[Location | None, Product | None]:
    """A place by its barcode or name, else a product by its barcode or code."""
    if place := ward.catalogue.location_by_barcode(text) or ward.catalogue.location_by_name(text):
        return place, None
    hits = [hit.product for hit in ward.catalogue.by_barcode(text)] or ward.catalogue.by_code(text)
    products = {product.id: product for product in hits}
    return None, next(iter(products.values())) if len(products) == 1 else None


def _blank(ward: Ward) -> Count:
    return Count(uuid=new_uuid(), opened_at=ward.now, person=ward.person.name)


def _list(ward: Ward) -> Opened[Count]:
    listed, open_ = to_count(ward), ward.counting.drafts()
    asked = sum(1 for one in listed if one.why == "asked")
    facts = {"asked": asked, "doubted": len(listed) - asked, "open": len(open_)}
    return Opened(_blank(ward), ok("count_list", **facts))


def _of_product(product: Product, ward: Ward) -> Opened[Count]:
    places = shelves_of(ward, product)
    names = ", ".join(place.name for place in places)
    facts = {"product": product.name, "count": len(places), "places": names}
    return Opened(replace(_blank(ward), products=(product,)), ok("count_product", **facts))


def _of_bin(place: Location, products: tuple[Product, ...], ward: Ward) -> Opened[Count]:
    """The bin's count: the one that is open on this device, or a new one."""
    if draft := ward.counting.draft_at(place):
        return _resumed(from_draft(draft, Count), ward)
    job = replace(_blank(ward), place=place, products=products)
    facts = {"place": place.name, "products": ", ".join(product.name for product in products)}
    waits = [one for one in ward.catalogue.counts_asked(ward.today, place.parent_path) if one.counted is not None]
    if waits:
        people = ", ".join(dict.fromkeys(one.person for one in waits if one.person))
        return Opened(job, ok("counting_after", person=people, **facts))
    if not ward.shelves.knows(place):
        return Opened(job, ok("counting_unknown", **facts))
    return Opened(job, ok("counting_products" if products else "counting", **facts))


def _resumed(job: Count, ward: Ward) -> Opened[Count]:
    """A draft taken up again, by the same person or by who counts once more."""
    if job.place is None:
        return Opened(job, ok("shelf_next"))
    known = ward.catalogue.location(job.place.id)
    job = COUNT.answered(replace(job, place=known or job.place), ward)
    place = job.place.name if job.place else ""
    facts = {"place": place, "lines": len(job.additions), "person": ward.person.name}
    if known is None or not fit(known):
        return Opened(job, ok("count_place_gone", **facts))
    if stale := _changed_goods(job, ward):
        return Opened(job, ok("resumed_stale", document=place, product=", ".join(one.name for one in stale[:3])))
    if not job.passes or job.fresh:
        return Opened(job, ok("count_resumed", **facts))
    return Opened(job, _recount_of(job, ward))


def _recount_of(job: Count, ward: Ward) -> Said:
    found = (ward.catalogue.product(id_) for id_ in sorted(job.again))
    names = ", ".join(product.name for product in found if product)
    facts = {"place": job.place.name if job.place else "", "products": names, "count": len(job.again)}
    return ok("waits_for_recount" if counter_may(job, ward) else "count_these_again", **facts)


def _changed_goods(job: Count, ward: Ward) -> list[Product]:
    """Counted products that are archived by now, or kept in another unit (ward 34)."""
    counted = {add.product.id: add.product for add in job.additions}
    pairs = ((product, ward.catalogue.product(id_)) for id_, product in counted.items())
    return [product for product, now in pairs if now and (not now.active or now.uom_id != product.uom_id)]


def _place(job: Count, location: Location, _ward: Ward) -> Step[Count]:
    """A scanned place: the bin to count, or what comes after this one, which is finished first."""
    if job.place is None:
        product = job.products[0] if len(job.products) == 1 else None
        begin = Start("count", place=location, product=product)
        return Step(job, ok("counting", place=location.name), then=begin)
    if job.pending:
        return Step(job, no("answer_first_then_place", place=location.name))
    if location.id == job.place.id:
        return Step(job, ok("counting_already", place=location.name))
    if not job.begun:
        product = job.products[0] if len(job.products) == 1 else None
        return Step(job, ok("counting", place=location.name), then=Start("count", place=location, product=product))
    return Step(job, no("finish_this_bin", place=location.name, open=job.place.name))


def _onward(job: Count, meant: Meaning) -> Start | None:
    """After one bin the next: its barcode is enough."""
    if not isinstance(meant, LocationMeant):
        return None
    return Start("count", place=meant.location, product=job.products[0] if len(job.products) == 1 else None)


def _papers(job: Count, meant: PickingsMeant, _ward: Ward) -> Step[Count]:
    return Step(job, no("papers_in_count", document=meant.pickings[0].name))


def _warned(_machine: Machine[Count], step: Step[Count], ward: Ward) -> Step[Count]:
    """What a person should know of goods just counted: they are held, or expired. What differs is kept as it was."""
    if step.said.code == "count_differs":
        return replace(step, job=told_to_differ(step.job, ward))
    add = step.job.addition(step.job.current)
    if add is None or step.said.code not in {"counted", "counted_changed"}:
        return step
    return replace(step, said=warned(step.said, add, ward))


def _confirmed(job: Count, made: list[Transaction]) -> Said:
    facts = {
        "place": job.place.name if job.place else "",
        "reference": made[0].reference,
        "lines": sum(len(one.lines) for one in made),
        "product": job.products[0].name if len(job.products) == 1 else "",
    }
    at_once = made[0].kind is Kind.ADJUSTMENT
    return ok("count_applied", **facts) if at_once else ok("count_submitted", **facts)


def _called(job: Count) -> tuple[str, str]:
    """Names of places only: a list of drafts says nothing of what was found, nor of what should be there."""
    if job.place:
        return job.place.name, job.place.complete_name
    above = job.below.name if job.below else ""
    return above or next((product.name for product in job.products), ""), ""


COUNT: Machine[Count] = Machine(
    name=NAME,
    state=Count,
    words=frozenset({"count"}),
    codes=frozenset(),
    start=_start,
    act=Act.COUNT,
    rules=RULES,
    agreed=agreed,
    told=told,
    row=row,
    place=_place,
    papers=_papers,
    closing=closing,
    refreshed=_resumed,
    transactions=transactions,
    confirmed=_confirmed,
    called=_called,
    commands=COMMANDS,
    follows=_warned,
    onward=_onward,
)
