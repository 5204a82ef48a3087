"""The words every job understands: how many, which lot, day or product; one changed, one taken back, all confirmed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from client.work.answer import READY, Command, Question, Tone, no, ok
from client.work.days import typed_day
from client.work.item import as_read, for_tracking, goods_only, pack_name, packed, recounted, reopened
from client.work.job import Addition, J, Pending
from client.work.rules import MOST
from client.work.site.people import Act
from client.work.ward import Step, Ward
from sync.stock import Tracking, whole_steps
from sync.transaction import Answer

if TYPE_CHECKING:
    from client.work.machine import Machine


def told(pending: Pending, asked: Question, choice: str, ward: Ward, act: str = "") -> Pending:
    """The item with one more thing decided: what was asked, what was chosen, by whom, when (design 13.2)."""
    answer = Answer(asked.code, choice, ward.by(Act(act) if act else None), ward.now)
    return replace(pending, settled=(*pending.settled, answer))


def _lot(machine: "Machine[J]", job: J, said: Command, ward: Ward) -> Step[J]:
    """A typed, scanned or chosen lot (or serial). Trimmed, else exactly as given (design 13.7)."""
    asked, name = machine.question(job, ward), said.value.strip()
    if asked is None and job.pending is None and (last := job.addition(job.current)):
        return _another_lot(machine, job, last, name, ward)
    chosen = asked is not None and said in {choice.command for choice in asked.choices}
    if asked is None or job.pending is None or not (asked.asks_for in {"lot", "serial"} or chosen):
        return Step(job, no("lot_not_asked", lot=name))
    if not name or len(name) > _LONGEST_LOT:
        return Step(job, no("lot_is_no_lot", lot=name[:_LONGEST_LOT]))
    pending = replace(job.pending, lot_name=name, doubtful=False, readings=())
    return machine.advance(job, told(pending, asked, f"lot {name}", ward), ward)


def _reading(machine: "Machine[J]", job: J, said: Command, ward: Ward) -> Step[J]:
    """One of the ways a label that lost a separator can be read, held against the pack."""
    asked, text = machine.question(job, ward), "".join(said.value.split())
    ways = job.pending.readings if job.pending and asked and asked.code == "separator_doubt" else ()
    chosen = next((one for one in ways if "".join(one.text.split()) == text), None)
    if asked is None or job.pending is None or not ways:
        return Step(job, no("nothing_asked", command=said.name))
    if chosen is None:
        return Step(job, no("not_a_choice", command=said.name, question=asked.code))
    return machine.advance(job, told(as_read(job.pending, chosen), asked, f"reading {chosen.text}", ward), ward)


def _another_lot(machine: "Machine[J]", job: J, last: Addition, name: str, ward: Ward) -> Step[J]:
    """The item just added, or chosen by `fix`, has another lot: what was answered about the label is asked again."""
    if last.product.tracking is Tracking.NONE:
        return Step(job, no("lot_not_asked", lot=name))
    if not name or len(name) > _LONGEST_LOT:
        return Step(job, no("lot_is_no_lot", lot=name[:_LONGEST_LOT]))
    item = goods_only(reopened(last, ward))
    answer = Answer("corrected", f"lot {last.lot_name} → {name}", ward.person.name, ward.now)
    return changed(machine, job, last, replace(item, lot_name=name, settled=(*item.settled, answer)), ward)


_LONGEST_LOT = 50
"""GS1 allows 20 characters, HIBC 18; beyond this it is not a lot but a sentence or another barcode."""


def _expiry(machine: "Machine[J]", job: J, said: Command, ward: Ward) -> Step[J]:
    """A typed day, or the chosen one. MM/YYYY is the last day of the month (ward 14)."""
    asked, day = machine.question(job, ward), typed_day(said.value)
    last = job.addition(job.current) if asked is None and job.pending is None else None
    if last is None and (asked is None or asked.asks_for != "expiry"):
        return Step(job, no("expiry_not_asked", day=said.value))
    if day is None:
        return Step(job, no("not_a_day", day=said.value))
    if last:
        return _another_day(machine, job, last, day, ward)
    if asked is None or job.pending is None:
        return Step(job, no("expiry_not_asked", day=said.value))
    pending = replace(job.pending, expiry=day)
    return machine.advance(job, told(pending, asked, f"expiry {day.isoformat()}", ward), ward)


def _another_day(machine: "Machine[J]", job: J, last: Addition, day: date, ward: Ward) -> Step[J]:
    item = goods_only(reopened(last, ward))
    answer = Answer("corrected", f"expiry {last.expiry or ''} → {day.isoformat()}", ward.person.name, ward.now)
    return changed(machine, job, last, replace(item, expiry=day, settled=(*item.settled, answer)), ward)


def _fix(machine: "Machine[J]", job: J, said: Command, ward: Ward) -> Step[J]:
    """Addition N is spoken of again: `qty`, `lot`, `expiry`, a scanned shelf change it, without Odoo (complaint 15)."""
    if asked := machine.question(replace(job, closing=False), ward):
        return Step(job, no("answer_first", question=asked.code))
    last = next((add for add in job.additions if str(add.number) == said.value), None)
    if last is None:
        return Step(job, no("no_such_line", number=said.value[:20]))
    facts = {"product": last.product.name, "lot": last.lot_name, "day": last.expiry, "place": last.destination_name}
    fixing = ok("fixing", number=last.number, quantity=last.quantity, unit=last.product.uom_name, **facts)
    return Step(replace(job, current=last.number, closing=False), fixing.at(machine.row(job, reopened(last, ward))))


def _product(machine: "Machine[J]", job: J, said: Command, ward: Ward) -> Step[J]:
    candidates = job.pending.candidates if job.pending else ()
    chosen = next((product for product in candidates if str(product.id) == said.value), None)
    asked = machine.question(job, ward)
    if chosen is None or asked is None or job.pending is None:
        return Step(job, no("nothing_asked", command=said.name))
    hits = ward.catalogue.by_barcode(job.pending.code)
    packaging = next((hit.packaging for hit in hits if hit.product.id == chosen.id), None)
    pending = for_tracking(packed(replace(job.pending, product=chosen, candidates=()), packaging))
    return machine.advance(job, told(pending, asked, f"product {chosen.id}", ward), ward)


def _qty(machine: "Machine[J]", job: J, said: Command, ward: Ward) -> Step[J]:
    """How many: of the open item, of a pack nobody recorded, of the item just added, with `of N` of addition N."""
    text, _, number = said.value.partition(" of ")
    count = typed_number(text)
    if count is None:
        return Step(job, no("not_a_number", text=text))
    job = replace(job, closing=False)
    asked = machine.question(job, ward)
    if job.pending and number and not _about(job.pending, number.strip()):
        return Step(job, machine.answer_first(job, ward))
    if asked and job.pending and asked.code == "pack_size":
        return _sized(machine, job, job.pending, asked, count, ward)
    if job.pending:
        counted = recounted(job.pending, count)
        item = told(counted, asked, str(count), ward) if asked and asked.asks_for == "qty" else counted
        return machine.advance(job, item, ward)
    wanted = number.strip() or str(job.current)
    last = next((add for add in job.additions if str(add.number) == wanted), None)
    if last is None:
        return Step(job, no("item_before_qty"))
    return changed(machine, job, last, recounted(reopened(last, ward), count), ward)


def _about(pending: Pending, number: str) -> bool:
    """Whether the open item is the addition of that number, being changed."""
    return pending.instead_of is not None and str(pending.instead_of.number) == number


def _sized(machine: "Machine[J]", job: J, pending: Pending, asked: Question, size: Decimal, ward: Ward) -> Step[J]:
    """How many base units are in a pack that nobody has recorded: asked, never derived (design 13.6)."""
    step = pending.product.uom_rounding if pending.product else Decimal(1)
    if not 0 < size <= MOST or not whole_steps(size, step):
        return Step(job, no("not_a_pack_size", text=str(size)))
    sized = replace(pending, per_unit=size, unit=pack_name(pending, size), unknown_level="")
    return machine.advance(job, told(sized, asked, str(size), ward), ward)


def changed(machine: "Machine[J]", job: J, last: Addition, item: Pending, ward: Ward) -> Step[J]:
    """Something else for an addition, judged as if it had just come; it stays as it was until that is agreed to."""
    step = machine.advance(job.without(last.number), item, ward)
    if step.said.tone is Tone.NO:
        return replace(step, job=replace(job, current=last.number))
    return step


def typed_number(text: str) -> Decimal | None:
    """A plain number; a comma is a decimal point. No exponents, no signs, no infinities."""
    plain = text.strip().replace(",", ".")
    if not plain or not set(plain) <= set("0123456789."):
        return None
    try:
        return Decimal(plain)
    except InvalidOperation:
        return None


def undone(machine: "Machine[J]", job: J, said: Command, ward: Ward) -> Step[J]:
    """Take back the open item, or the last one added, or with `undo N` the addition of that number."""
    if job.pending and not said.value:
        code = "left_as_it_was" if job.pending.instead_of else "undone_open"
        return Step(job.dropped(), ok(code))
    if job.closing and not said.value:
        return Step(replace(job, closing=False), READY)
    last = str(job.additions[-1].number) if job.additions else ""
    gone = next((add for add in job.additions if str(add.number) == (said.value or last)), None)
    if gone is None:
        return Step(job, no("nothing_to_undo"))
    left = replace(job.without(gone.number), closing=False)
    row = machine.row(job, reopened(gone, ward))
    facts = {"product": gone.product.name, "quantity": gone.quantity, "total": left.taken(gone.product.id)}
    return Step(left, ok("undone", unit=gone.product.uom_name, **facts).at(row))


def _confirm(machine: "Machine[J]", job: J, _said: Command, ward: Ward) -> Step[J]:
    return machine.confirm(job, ward)


SHARED = {
    "lot": _lot,
    "serial": _lot,
    "reading": _reading,
    "expiry": _expiry,
    "product": _product,
    "qty": _qty,
    "undo": undone,
    "fix": _fix,
    "confirm": _confirm,
}
"""By the word a person says; a job's own words come before them."""
