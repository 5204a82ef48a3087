"""A count as a page shows it: what was found, what is asked, what there is to count. Values only, and none of the book.

What somebody found before is not in it either, while another person counts it again (complaint 12, ward 8).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from client.work.answer import Question
from client.work.counting.count import COUNT
from client.work.counting.job import Count, Goods, goods_of, says_none
from client.work.counting.rules import counter_may
from client.work.counting.steps import row_key
from client.work.counting.to_count import Bin, ToCount, bins_below, shelves_of, to_count
from client.work.heard import Heard, heard
from client.work.job import Addition
from client.work.ward import Ward
from sync.stock import Location


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of goods that was counted. `none`: somebody said that none of it, or no other lot of it, is there."""

    key: str
    product_id: int
    name: str
    code: str
    unit: str
    lot: str
    expiry: date | None
    apart: str
    counted: Decimal
    none: bool
    scans: tuple[Heard, ...]


@dataclass(frozen=True, slots=True)
class CountView:
    """All a counting page shows. `hint` and `action` are codes of sentences.

    Without a place: `asked` is the list of what to count, `bins` are those below a place, `shelves` those of a product.
    `again`: goods to be counted once more, by nobody of `not_by`. Of `bins_all` bins beside each other `bins_done` were
    counted here within a day.
    """

    place: str
    whole: bool
    products: tuple[str, ...]
    rows: tuple[Row, ...]
    again: tuple[str, ...]
    not_by: tuple[str, ...]
    asked: tuple[ToCount, ...]
    bins: tuple[Bin, ...]
    shelves: tuple[Location, ...]
    question: Question | None
    hint: str
    action: str
    can_act: bool
    can_undo: bool
    finished: bool
    references: tuple[str, ...]
    bins_done: int = 0
    bins_all: int = 0


def view(job: Count, ward: Ward) -> CountView:
    """What the page shows of a count now."""
    asked = COUNT.question(job, ward)
    choosing = job.place is None and not job.finished
    done, of = _progress(job, ward)
    one = job.products[0] if choosing and len(job.products) == 1 else None
    return CountView(
        place=job.place.complete_name if job.place else "",
        whole=not job.products,
        products=tuple(product.name for product in job.products),
        rows=_rows(job, ward),
        again=tuple(product.name for id_ in sorted(job.again) if (product := ward.catalogue.product(id_))),
        not_by=job.passes[-1].people if job.passes else (),
        asked=to_count(ward, job.below) if choosing and not one else (),
        bins=bins_below(ward, job.below) if choosing and job.below else (),
        shelves=shelves_of(ward, one) if one else (),
        question=asked,
        hint=_hint(job, ward),
        action=_action(job, asked),
        can_act=job.begun and asked is None and not job.finished,
        can_undo=bool(job.additions or job.pending) and not job.finished,
        finished=job.finished,
        references=job.references,
        bins_done=done,
        bins_all=of,
    )


def _progress(job: Count, ward: Ward) -> tuple[int, int]:
    """How many of the bins beside this one, or below the place that was chosen, are counted."""
    above = job.place.parent_id if job.place else job.below.id if job.below else None
    place = ward.catalogue.location(above) if above else None
    if place is None or len(ward.catalogue.children(place.id)) > _MANY:
        return 0, 0
    bins = bins_below(ward, place)
    counted = [one for one in bins if one.counted_at and ward.now - one.counted_at < _ROUND]
    return len(counted), len(bins)


_MANY: Final = 60
"""Above so many bins it is no longer one round, and asking each takes too long for a scan."""
_ROUND: Final = timedelta(hours=24)


def _rows(job: Count, ward: Ward) -> tuple[Row, ...]:
    groups: dict[Goods, list[Addition]] = {}
    for add in job.additions:
        groups.setdefault(goods_of(add), []).append(add)
    return tuple(_row(goods, group, ward) for goods, group in groups.items())


def _row(goods: Goods, group: list[Addition], ward: Ward) -> Row:
    product = group[0].product
    package = ward.catalogue.package(goods.package_id) if goods.package_id else None
    owner = ward.catalogue.partner(goods.owner_id) if goods.owner_id else None
    return Row(
        key=row_key(goods),
        product_id=product.id,
        name=product.name,
        code=product.code,
        unit=product.uom_name,
        lot=goods.lot_name,
        expiry=next((add.expiry for add in group if add.expiry), None),
        apart=" ".join(one.name for one in (package, owner) if one),
        counted=sum((add.quantity for add in group), Decimal(0)),
        none=all(not add.quantity for add in group) or all(says_none(add) for add in group),
        scans=tuple(heard(add) for add in reversed(group)),
    )


def _hint(job: Count, ward: Ward) -> str:
    if job.place is None:
        return "scan_a_shelf"
    if counter_may(job, ward):
        return "somebody_else_counts"
    return "count_these_again" if job.again and not job.fresh else "scan_what_lies_here"


def _action(job: Count, asked: Question | None) -> str:
    if job.finished:
        return "finished"
    if asked:
        return "answer_first"
    return "finish_bin" if job.begun else "scan_something"
