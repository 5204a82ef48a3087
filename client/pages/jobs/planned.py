"""A planned transfer on its page: what is still to be taken, from which bin, which lot."""

from collections.abc import Sequence

from client.pages.jobs.shown import Cell, Line, Offer, Part, Shown, action_of, finished_of, next_of, with_excess
from client.words import pages as words
from client.words import receive_page
from client.work.answer import Command
from client.work.planned.view import PlannedView, Row


def planned(view: PlannedView, key: str) -> Shown:
    lines = tuple(_wanted(row) for row in view.rows)
    begun = any(line.done for line in lines)
    offer = Offer(Command("all"), *words.OFFERS["all_planned"])
    return Shown(
        job="planned",
        key=key,
        whose=" · ".join(part for part in (view.document, view.origin) if part),
        note=", ".join(view.references),
        parts=(Part(_how_far(lines), "", lines),) if lines else (),
        question=view.question,
        next=finished_of("planned", view.references) if view.finished else _takenext_of(view),
        action=action_of("finish_transfer", finished=view.finished, question=view.question, begun=begun),
        can_act=view.can_act,
        can_undo=begun and not view.finished,
        finished=view.finished,
        cells=(
            Cell(words.LABELS["from"], view.standing_at or view.source, open=not begun),
            Cell(words.LABELS["to"], view.destination, open=begun),
        ),
        offers=(offer,) if view.standing_at and not begun and not view.finished else (),
    )


def _how_far(lines: Sequence[Line]) -> str:
    complete = all(line.done >= line.expected > 0 for line in lines)
    return words.begun(sum(1 for line in lines if line.done), len(lines), complete=complete)


def _takenext_of(view: PlannedView) -> tuple[str, str]:
    """The first thing still wanted, in the bin and lot Odoo chose."""
    for row in view.rows:
        for one in row.planned:
            lot = words.of_lot(one.lot, one.expiry)
            return next_of("take_from", quantity=one.left, product=row.name, place=one.place, lot=lot)
    return next_of("all_taken")


def _wanted(row: Row) -> Line:
    lots = tuple(dict.fromkeys((one.lot, one.expiry) for one in reversed(row.taken) if one.lot))
    detail, second = receive_page.line_detail(lots, "", serial=False)
    first = next(iter(row.planned), None)
    if not lots and first:
        detail, second = first.place, words.of_lot(first.lot, first.expiry).strip(" ·,")
    line = Line(
        key=row.key,
        name=row.name,
        code=row.code,
        unit=row.unit,
        detail=detail,
        second=second,
        expected=row.wanted,
        done=row.done,
        scans=row.taken,
    )
    return with_excess(line)
