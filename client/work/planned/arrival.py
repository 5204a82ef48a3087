"""Receiving what somebody sent on its way, step by step: the list of the sender is counted, the rest stays on the way.

1. `arrive` with the dispatch's reference, its document's name, or the transit place scanned, opens it.
2. A place says where it is put: where the sender said, as long as nobody scans another.
3. Items are counted against the list; what does not come stays on the way, with both names (ward 27).
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from client.barcode.label import Label
from client.work.again import changed, lot_key
from client.work.answer import Choice, Command, Question, Said, ask, no, ok
from client.work.case import GO_ON
from client.work.job import Addition, Pending
from client.work.machine import Machine, Opened, Start
from client.work.meaning import PickingsMeant
from client.work.moving.bodies import act_of, nothing_lost, whole
from client.work.moving.goods import facts_of, rows
from client.work.moving.kinds import type_for
from client.work.moving.leaving_answers import whose
from client.work.planned.arrival_rules import AT_THE_END, RULES, Arrival, agreed, filled
from client.work.planned.on_the_way import NOTHING, Dispatch, dispatch_called, dispatches, is_transit, on_the_way
from client.work.planned.rules import too_much
from client.work.signature import Signature
from client.work.site.people import Act
from client.work.stale import resumed
from client.work.ward import Step, Ward
from sync.errors import WardstockError
from sync.stock import Location, Usage
from sync.transaction import Document, Kind, Transaction, new_uuid


def _start(begin: Start, ward: Ward) -> Opened[Arrival] | Said:
    if not ward.may(Act.MOVE):
        return no("needs_role", act=Act.MOVE, question="")
    job = Arrival(uuid=new_uuid(), opened_at=ward.now, person=ward.person.name)
    if begin.value:
        return _opened_by(job, begin.value, ward) or no("dispatch_unknown", code=begin.value[:60])
    if begin.place and is_transit(begin.place):
        return _at(job, begin.place, ward)
    open_ = [one for one in dispatches(ward) if one.left]
    if len(open_) == 1 and len(on_the_way(ward)) == len([one for one in open_[0].goods if one.quantity]):
        return _of(job, open_[0], ward)
    names = ", ".join(one.document or one.reference for one in open_[:3])
    return Opened(job, ask("which_dispatch", names=names, count=len(open_)))


def _opened_by(job: Arrival, text: str, ward: Ward) -> Opened[Arrival] | None:
    """By what is written on the boxes: the dispatch's number or document, or the name of the transit place."""
    if dispatch := dispatch_called(ward, text):
        return _of(job, dispatch, ward)
    place = ward.catalogue.location_by_barcode(text) or ward.catalogue.location_by_name(text)
    return _at(job, place, ward) if place and is_transit(place) else None


def _of(job: Arrival, dispatch: Dispatch, ward: Ward) -> Opened[Arrival]:
    goal = ward.catalogue.location_by_name(dispatch.going_to) if dispatch.going_to else None
    coming = tuple(one for one in dispatch.goods if one.quantity > 0)
    opened = replace(
        _between(job, dispatch.transit),
        coming=coming,
        follows=dispatch.uuid,
        reference=dispatch.reference,
        document=dispatch.document,
        sender=dispatch.sender,
        sent_at=dispatch.sent_at,
    )
    if goal and not opened.destination_id:
        opened = replace(opened, destination_id=goal.id, destination_name=goal.complete_name)
    facts = {"reference": dispatch.document or dispatch.reference, "sender": dispatch.sender, "lines": len(coming)}
    if not coming:
        return Opened(opened, ok("all_has_arrived", **facts))
    since = ward.policy.day_of(dispatch.sent_at)
    return Opened(opened, ok("arrival_opened", since=since, place=opened.destination_name, **facts))


def _at(job: Arrival, place: Location, ward: Ward) -> Opened[Arrival]:
    coming = on_the_way(ward, place)
    opened = replace(_between(job, place), coming=coming)
    if not coming and not ward.shelves.knows(place):
        return Opened(opened, ok("transit_unknown", place=place.complete_name))
    as_of = ward.shelves.as_of()
    at = as_of.isoformat(timespec="minutes") if as_of else ""
    others = len([one for one in coming if not one.sender])
    facts = {"place": place.complete_name, "lines": len(coming), "others": others or ""}
    return Opened(opened, ok("transit_opened", as_of=at, **facts))


def _between(job: Arrival, place: Location) -> Arrival:
    return replace(job, transit_id=place.id, transit_name=place.complete_name, closing=False)


# -------------------------------------------------------------------- what a scan means


def _unknown(job: Arrival, label: Label, _evidence: str, ward: Ward) -> Step[Arrival] | None:
    """The number on the boxes. Another dispatch is another arrival: this one is finished first."""
    opened = _opened_by(job, label.text.strip(), ward)
    if opened is None:
        return None
    if job.additions and opened.job.follows != job.follows:
        return Step(job, no("finish_this_arrival", document=job.names))
    return Step(opened.job, opened.said)


def _place(job: Arrival, place: Location, ward: Ward) -> Step[Arrival]:
    if not place.active or place.usage not in {Usage.INTERNAL, Usage.TRANSIT}:
        return Step(job, no("not_a_shelf", place=place.complete_name))
    if is_transit(place):
        return _transit(job, place, ward)
    if not job.pending and (last := job.addition(job.current)):
        put = replace(last, destination_id=place.id, destination_name=place.complete_name, placed=True)
        additions = tuple(put if add.number == put.number else add for add in job.additions)
        facts = {"place": place.name, "product": last.product.name, "quantity": last.quantity}
        return Step(replace(job, additions=additions), ok("put_in", unit=last.product.uom_name, **facts))
    there = replace(job, destination_id=place.id, destination_name=place.complete_name, closing=False)
    return (
        ARRIVAL.advance(there, there.pending, ward)
        if there.pending
        else Step(there, ok("arrives_at", place=place.name))
    )


def _transit(job: Arrival, place: Location, ward: Ward) -> Step[Arrival]:
    if place.id == job.transit_id:
        return Step(job, ok("already_open", document=job.document or job.reference or place.name))
    if job.begun:
        return Step(job, no("finish_this_arrival", document=job.names))
    fresh = replace(job, follows="", reference="", document="", sender="", sent_at=None)
    opened = _at(fresh, place, ward)
    return Step(opened.job, opened.said)


def _papers(job: Arrival, meant: PickingsMeant, _ward: Ward) -> Step[Arrival]:
    return Step(job, no("another_order", document=meant.pickings[0].name, open=job.names))


def _told(job: Arrival, add: Addition, pending: Pending) -> Said:
    facts: dict[str, object] = {
        **facts_of(add, pending),
        "total": job.taken(add.product.id, add.lot_name),
        "ordered": job.sent_of(add.product.id, add.lot_name),
        "place": add.destination_name,
    }
    return ok("arrived_changed" if pending.instead_of else "arrived", **facts).at(_row(job, pending))


_row = rows("arrival")


# -------------------------------------------------------------------- the end of it


def _closing(job: Arrival, ward: Ward) -> Question | None:
    """What changed since the scan, more than is on the way, what did not come: that stays on the way (ward 27)."""
    if now := changed(job, ward, AT_THE_END):
        return now
    for add in job.additions:
        product, sent = add.product, job.sent_of(add.product.id, add.lot_name)
        if not _agreed_to_more(job, add) and (
            asked := too_much(product, job.taken(product.id, add.lot_name), sent, "more_came")
        ):
            facts = {**asked.facts, "about": lot_key(product.id, add.lot_name)}
            return replace(asked, code="too_much_now", facts=facts, choices=(asked.choices[0], GO_ON))
    missing = job.missing()
    if not missing or any(answer.question == "arrived_short" for answer in job.answers):
        return None
    one, quantity = missing[0]
    since = one.since or job.sent_at
    facts = {
        "lines": len(missing),
        "product": one.product.name,
        "lot": one.lot_name,
        "missing": quantity,
        "sent": one.quantity,
        "sender": one.sender or job.sender,
        "since": ward.policy.day_of(since) if since else None,
    }
    return Question("arrived_short", facts, (Choice(Command("yes"), "rest_stays_on_the_way"), GO_ON))


def _agreed_to_more(job: Arrival, one: Addition) -> bool:
    """Somebody said that more came, or that this came although nobody sent it."""
    mine = [add for add in job.additions if add.product.id == one.product.id and add.lot_name == one.lot_name]
    asked = any(add.choice(why) for add in mine for why in ("too_much", "not_on_the_way", "lot_not_sent"))
    key = f"too_much_now {lot_key(one.product.id, one.lot_name)}"
    return asked or any(answer.question == key for answer in job.answers)


def _refreshed(job: Arrival, ward: Ward) -> Opened[Arrival]:
    """Taken up again: what is on the way by now. A dispatch the device no longer keeps changes nothing."""
    if not job.finished and job.transit_id:
        dispatch = dispatch_called(ward, job.follows) if job.follows else None
        place = ward.catalogue.location(job.transit_id)
        if dispatch:
            coming = tuple(one for one in dispatch.goods if one.quantity > 0)
            job = replace(job, coming=coming, document=dispatch.document or job.document)
        elif place and not job.follows:
            job = replace(job, coming=on_the_way(ward, place))
        job = ARRIVAL.answered(job, ward)
    return resumed(job, job.names, ward.catalogue)


def transactions(job: Arrival, signature: Signature, ward: Ward) -> list[Transaction]:
    """One for each dispatch it receives, and one for what nobody here sent. Raises WardstockError("picking_type_gone").

    The uuids come from the draft's, so a cloned draft makes the same ones.
    """
    kind = type_for(ward.catalogue, "internal", ward.catalogue.location(job.destination_id))
    if kind is None:
        raise WardstockError("picking_type_gone", document=job.document)
    parts: dict[str, list[Addition]] = {}
    for add, dispatch in _followed(job):
        parts.setdefault(dispatch, []).append(add)
    made = [_transaction(job, dispatch, adds, kind.id, signature) for dispatch, adds in parts.items()]
    nothing_lost(job, made)
    return made


def _followed(job: Arrival) -> list[tuple[Addition, str]]:
    """Each addition with the dispatch it came with: the one that was opened, else the oldest that still has some."""
    if job.follows:
        return [(add, job.follows) for add in job.additions]
    left: dict[tuple[str, int, str], Decimal] = {}
    for one in reversed(job.coming):
        if one.dispatch:
            key = (one.dispatch, one.product.id, one.lot_name)
            left[key] = left.get(key, NOTHING) + one.quantity
    told: list[tuple[Addition, str]] = []
    for add in job.additions:
        goods = (add.product.id, add.lot_name)
        dispatch = next((key[0] for key, rest in left.items() if key[1:] == goods and rest > 0), "")
        if dispatch:
            left[dispatch, *goods] -= add.quantity
        told.append((add, dispatch))
    return told


def _transaction(
    job: Arrival, dispatch: str, adds: Sequence[Addition], kind_id: int, signature: Signature
) -> Transaction:
    parts = [(whole(group), group) for group in replace(job, additions=tuple(adds)).lines()]
    sent = next((one for one in job.coming if one.dispatch == dispatch), None) if dispatch else None
    document = Document(
        picking_type_id=kind_id,
        source_id=job.transit_id,
        destination_id=parts[0][0].destination_id,
        origin=(sent.document or sent.reference) if sent else job.document or job.reference,
    )
    act = act_of(job, f"arrival:{dispatch}", Kind.ARRIVAL, document, parts, signature)
    return replace(act, follows=dispatch)


def _confirmed(job: Arrival, made: list[Transaction]) -> Said:
    rest = sum((quantity for _, quantity in job.missing()), NOTHING)
    facts = {"reference": made[0].reference, "sender": job.sender, "receiver": made[0].person, "rest": rest}
    if rest:
        return ok("arrival_finished_short", **facts)
    return ok("arrival_finished", **facts)


def _called(job: Arrival) -> tuple[str, str]:
    return job.destination_name or job.names, job.names


ARRIVAL: Machine[Arrival] = Machine(
    name="arrival",
    state=Arrival,
    words=frozenset({"arrive"}),
    codes=frozenset(),
    start=_start,
    act=Act.MOVE,
    rules=RULES,
    agreed=agreed,
    told=_told,
    row=_row,
    place=_place,
    papers=_papers,
    closing=_closing,
    refreshed=_refreshed,
    transactions=transactions,
    confirmed=_confirmed,
    called=_called,
    commands={"whose": whose},
    filled=filled,
    unknown=_unknown,
)
