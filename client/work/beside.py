"""What may be said in an open job beside scanning and answering: by touch alone nothing is out of reach (design 7).

Values only. A word that cannot be said now is not in the list; one the role may not say is, closed, with who may.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from client.work.answer import Command
from client.work.counting.job import Count
from client.work.job import Addition, Job
from client.work.lots.rules import LotChange
from client.work.moving.movement import Emergency, Later, Movement
from client.work.planned.arrival_rules import Arrival
from client.work.planned.wanted import Planned
from client.work.receiving.delivery import Delivery
from client.work.site.people import Act
from client.work.suppliers.rules import SupplierReturn
from client.work.ward import Ward
from sync.stock import Tracking


@dataclass(frozen=True, slots=True)
class Word:
    """One of them. `asks` is what is said with it: a number, lot, serial, day, reason, order, place, product, goods
    without a number, a picture, anything that could be scanned; empty for nothing. `after` follows what was said,
    `about` names what it is said of.
    """

    command: Command
    code: str
    asks: str = ""
    act: str = ""
    allowed: bool = True
    after: str = ""
    about: str = ""


def beside(job: Job, ward: Ward) -> tuple[Word, ...]:
    """All there is to say now. Of the item added or chosen last comes first."""
    if job.finished:
        return ()
    item = job.addition(job.current)
    return (
        *(_of_item(job, item, ward) if item else ()),
        *_of_job(job, ward),
        Word(Command("scan"), "type", "anything"),
    )


def of_nameless(number: int, code: str) -> Word:
    """What a code nobody knows is."""
    return Word(Command("name"), "name", "product", after=f" of {number}", about=code)


# -------------------------------------------------------------------- one item


def _of_item(job: Job, item: Addition, ward: Ward) -> Iterator[Word]:
    """Of the item added or chosen last: how many, which lot, until when, where; not taken in, or taken back."""
    yield Word(Command("qty"), "qty", "number", after=f" of {item.number}")
    if item.product.tracking is not Tracking.NONE and not isinstance(job, LotChange):
        kind = "serial" if item.product.tracking is Tracking.SERIAL else "lot"
        yield Word(Command(kind), f"other_{kind}", kind)
    if item.expiry and not isinstance(job, LotChange):
        yield Word(Command("expiry"), "other_day", "expiry")
    if isinstance(job, Delivery):
        yield Word(Command("scan"), "other_shelf", "place")
        yield from _not_to_its_shelf(ward)
        if len(job.orders) > 1:
            yield from (Word(Command("for", one.name), "for_order", about=one.name) for one in job.orders)
    if isinstance(job, Movement):
        yield Word(Command("from"), "other_source", "place", after=f" of {item.number}")
    if isinstance(job, Count):
        yield Word(Command("zero"), "zero_item")
    yield Word(Command("undo", str(item.number)), "take_back")


def _not_to_its_shelf(ward: Ward) -> Iterator[Word]:
    yield Word(Command("refuse"), "refuse", "reason")
    yield _for(ward, Act.QUARANTINE, Command("quarantine"), "quarantine", "reason")


# -------------------------------------------------------------------- the whole job


def _of_job(job: Job, ward: Ward) -> Iterator[Word]:
    match job:
        case Delivery():
            yield from _of_delivery(job)
        case Later():
            yield from _of_later(job, ward)
        case Movement():
            yield from _of_movement(job)
        case Planned():
            yield Word(Command("all"), "all_planned")
        case Count():
            yield from _of_count(job)
        case SupplierReturn():
            yield Word(Command("order"), "goes_on_order", "order")
            yield Word(Command("from"), "from", "place")
        case LotChange():
            yield Word(Command("new-lot"), "new_lot", "lot")
            yield Word(Command("from"), "from", "place")
        case Arrival():
            return


def _of_delivery(job: Delivery) -> Iterator[Word]:
    if job.unknown:
        yield Word(Command("unidentified"), "unidentified")
        yield Word(Command("unidentified"), "unidentified_many", "number")
    if not job.blind:
        yield Word(Command("all"), "all_left" if job.addition(job.current) else "all_expected")
    yield Word(Command("note"), "note", "note")
    yield Word(Command("photo"), "photo", "picture")
    yield Word(Command("join"), "join", "order")


def _of_movement(job: Movement) -> Iterator[Word]:
    if job.source_id:
        yield Word(Command("all"), "all_here")
    yield Word(Command("from"), "from", "place")
    if not isinstance(job, Emergency):
        yield Word(Command("to"), "to", "place")


def _of_later(job: Later, ward: Ward) -> Iterator[Word]:
    """Lines that wait: the next one, or one that was not taken after all (ward 33)."""
    if job.later and not job.pending:
        yield Word(Command("next"), "next")
    for one in job.later:
        name = one.item.product.name if one.item.product else one.item.code
        yield _for(ward, Act.SETTLE, Command("drop", str(one.number)), "not_taken", about=name)


def _of_count(job: Count) -> Iterator[Word]:
    if job.place is None:
        if job.below:
            yield Word(Command("here"), "count_here")
        yield Word(Command("scan"), "where_to_count", "place")
        return
    if not any(add.quantity for add in job.additions):
        yield Word(Command("empty"), "empty")
    yield Word(Command("zero"), "zero", "goods")


def _for(ward: Ward, act: Act, command: Command, code: str, asks: str = "", about: str = "") -> Word:
    return Word(command, code, asks, act, ward.may(act), about=about)
