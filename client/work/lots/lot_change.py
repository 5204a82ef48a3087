"""Another lot for goods that lie there: the old label, how many, the new label; once for each lot (ward 29).

1. `relabel` at the bin, or a scanned bin, says where.
2. The old label takes goods out of its lot; `qty` says how many. Its raw scan is kept.
3. The new label, a plain lot, or `new-lot B1` puts them into the new lot; the day is asked where it is not known.
4. `confirm` books both as one act; the new labels are printed.
"""

from collections.abc import Sequence
from dataclasses import replace

from client.barcode.label import Label
from client.work.again import changed
from client.work.answer import Command, Question, Said, no, ok
from client.work.case import GO_ON, Case
from client.work.job import Addition, Pending
from client.work.lots.rules import AT_THE_END, NOTHING, RULES, LotChange, agreed_day, as_product, filled, is_new, pair
from client.work.machine import Machine, Opened, Start
from client.work.meaning import PickingsMeant
from client.work.moving.bodies import act_of, nothing_lost, whole
from client.work.moving.goods import added, facts_of, rows
from client.work.moving.kinds import type_for
from client.work.moving.leaving_answers import from_bin, is_bin, reserved_why, scanned_bin, whose
from client.work.signature import Signature
from client.work.site.people import Act
from client.work.stale import resumed
from client.work.ward import Step, Ward
from sync.errors import WardstockError
from sync.stock import Location
from sync.transaction import Document, Kind, Transaction, new_uuid


def _start(begin: Start, ward: Ward) -> Opened[LotChange] | Said:
    if not ward.may(Act.LOT_CHANGE):
        return no("needs_role", act=Act.LOT_CHANGE, question="")
    relabel = ward.plan.relabel
    if relabel is None:
        return no("relabel_not_mapped")
    job = LotChange(
        uuid=new_uuid(),
        opened_at=ward.now,
        person=ward.person.name,
        relabel_id=relabel.id,
        relabel_name=relabel.complete_name,
    )
    if begin.place and is_bin(begin.place):
        job = replace(job, shelf_id=begin.place.id, shelf_name=begin.place.complete_name)
        return Opened(job, ok("relabel_here", place=begin.place.name))
    return Opened(job, ok("relabel_opened"))


def _place(job: LotChange, place: Location, ward: Ward) -> Step[LotChange]:
    """The bin the next goods lie in."""
    if not is_bin(place):
        return Step(job, no("not_a_shelf", place=place.complete_name))
    if job.pending:
        return scanned_bin(LOT_CHANGE, job, place, ward)
    if old := job.open_one():
        return Step(job, no("new_label_first", product=old.product.name, lot=old.lot_name))
    there = replace(job, shelf_id=place.id, shelf_name=place.complete_name, closing=False, current=0)
    return Step(there, ok("relabel_here", place=place.name))


def _papers(job: LotChange, meant: PickingsMeant, _ward: Ward) -> Step[LotChange]:
    return Step(job, no("another_order", document=meant.pickings[0].name, open=job.shelf_name))


def _unknown(job: LotChange, label: Label, evidence: str, ward: Ward) -> Step[LotChange] | None:
    """A plain code while a new label is waited for is the new lot; its scan is kept with it."""
    old = job.open_one()
    text = label.text.strip()
    if old is None or label.kind != "plain" or not 0 < len(text) <= _LONGEST_LOT:
        return None
    return LOT_CHANGE.advance(job, replace(as_product(old.product, text), evidence=(evidence,)), ward)


_LONGEST_LOT = 20
"""GS1 allows a lot 20 characters."""


def _new_lot(machine: Machine[LotChange], job: LotChange, said: Command, ward: Ward) -> Step[LotChange]:
    """The new lot, typed."""
    old = job.open_one()
    if old is None or job.pending:
        return Step(job, no("old_label_first"))
    if not said.value:
        return Step(job, no("lot_is_no_lot", lot=""))
    return machine.advance(job, as_product(old.product, said.value), ward)


def _agreed(case: Case[LotChange]) -> Addition:
    job, new, old = case.job, is_new(case), pair(case)
    bin_id = old.source_id if new and old else case.pending.source_id
    shelf = case.catalogue.location(bin_id)
    the_bin, relabel = (bin_id, shelf.name if shelf else ""), (job.relabel_id, job.relabel_name)
    (source_id, source_name), (target_id, target_name) = (relabel, the_bin) if new else (the_bin, relabel)
    return replace(
        added(case),
        expiry=agreed_day(case),
        source_id=source_id,
        source_name=source_name,
        destination_id=target_id,
        destination_name=target_name,
        picking_id=old.number if new and old else 0,
    )


def _told(job: LotChange, add: Addition, pending: Pending) -> Said:
    facts = {
        **facts_of(add, pending),
        "place": add.source_name if job.out(add) else add.destination_name,
    }
    if job.out(add):
        return ok("out_of_lot", **facts).at(_row(job, pending))
    old = next((one for one in job.additions if one.number == add.picking_id), None)
    rest = job.left(old) if old else NOTHING
    old_lot = old.lot_name if old else ""
    if rest:
        return ok("into_lot_partly", old=old_lot, rest=rest, **facts).at(_row(job, pending))
    return ok("into_lot", old=old_lot, **facts).at(_row(job, pending))


_row = rows("relabel")


def _closing(job: LotChange, ward: Ward) -> Question | None:
    """What is out must be in: nothing else may be confirmed. Then what changed since the scan."""
    if orphan := job.orphan():
        facts = {"product": orphan.product.name, "lot": orphan.lot_name, "number": orphan.number}
        return Question("new_lot_without_old", facts, (GO_ON,))
    if uneven := job.uneven():
        facts = {"product": uneven.product.name, "lot": uneven.lot_name, "left": job.left(uneven)}
        return Question("new_lot_wanted", facts, (GO_ON,))
    return changed(job, ward, AT_THE_END)


def _refreshed(job: LotChange, ward: Ward) -> Opened[LotChange]:
    if not job.finished:
        job = LOT_CHANGE.answered(job, ward)
    return resumed(job, job.shelf_name, ward.catalogue)


def transactions(job: LotChange, signature: Signature, ward: Ward) -> list[Transaction]:
    """One act for each bin: out of the old lots, into the new ones. Raises WardstockError("picking_type_gone")."""
    bins: dict[int, list[Addition]] = {}
    for add in job.additions:
        bins.setdefault(add.source_id if job.out(add) else add.destination_id, []).append(add)
    made = [_transaction(job, bin_id, adds, signature, ward) for bin_id, adds in bins.items()]
    nothing_lost(job, made)
    return made


def _transaction(
    job: LotChange, bin_id: int, adds: Sequence[Addition], signature: Signature, ward: Ward
) -> Transaction:
    kind = type_for(ward.catalogue, "internal", ward.catalogue.location(bin_id))
    if kind is None:
        raise WardstockError("picking_type_gone", document=job.shelf_name)
    document = Document(picking_type_id=kind.id, source_id=bin_id, destination_id=job.relabel_id)
    parts = [(whole((add,)), (add,)) for add in adds]
    return act_of(job, f"lot-change:{bin_id}", Kind.LOT_CHANGE, document, parts, signature)


def _confirmed(job: LotChange, made: list[Transaction]) -> Said:
    into = [add for add in job.additions if not job.out(add)]
    lots = ", ".join(dict.fromkeys(add.lot_name for add in into))
    return ok("lot_change_finished", reference=made[0].reference, lots=lots, lines=len(into))


def _called(job: LotChange) -> tuple[str, str]:
    return job.shelf_name, ""


LOT_CHANGE: Machine[LotChange] = Machine(
    name="lot_change",
    state=LotChange,
    words=frozenset({"relabel"}),
    codes=frozenset(),
    start=_start,
    act=Act.LOT_CHANGE,
    rules=RULES,
    agreed=_agreed,
    told=_told,
    row=_row,
    place=_place,
    papers=_papers,
    closing=_closing,
    refreshed=_refreshed,
    transactions=transactions,
    confirmed=_confirmed,
    called=_called,
    commands={"from": from_bin, "whose": whose, "reason": reserved_why, "new-lot": _new_lot},
    filled=filled,
    unknown=_unknown,
)
