"""Goods that leave a shelf, on their page: moved, used, thrown away, given back, taken now."""

from client import messages
from client.pages.jobs.shown import NOTHING, Cell, Line, Offer, Part, Shown, action_of, finished_of, next_of
from client.words import pages as words
from client.words import receive_page
from client.work.answer import Command
from client.work.moving.view import Incomplete, MoveRow, MoveView


def moving(view: MoveView, key: str) -> Shown:
    waiting = tuple(_incomplete(one) for one in view.waiting)
    parts = (Part("", "", tuple(_moved(row) for row in view.rows)), Part(words.PARTS["to_complete"], "", waiting))
    whole = Offer(Command("all"), *words.OFFERS["all_here"])
    begun = bool(view.rows or view.waiting)
    return Shown(
        job=view.kind,
        key=key,
        whose=view.reason,
        note=", ".join(view.references),
        parts=tuple(part for part in parts if part.lines),
        question=view.question,
        next=finished_of(view.kind, view.references) if view.finished else next_of(view.hint),
        action=action_of("finish", finished=view.finished, question=view.question, begun=begun),
        can_act=view.can_act,
        can_undo=view.can_undo,
        finished=view.finished,
        cells=_way(view),
        offers=(whole,) if view.source and not view.rows and not view.finished else (),
    )


def _way(view: MoveView) -> tuple[Cell, ...]:
    to = words.to(view.destination, view.via)
    ends = view.kind in _ENDS
    return (
        Cell(words.LABELS["from"], view.source or words.NOT_YET["from"], open=not view.source and not view.rows),
        Cell(
            words.LABELS["to"],
            to or words.NOT_YET["why" if ends else "to"],
            open=bool(view.rows) and not to and not ends,
        ),
    )


_ENDS = frozenset({"use", "waste", "take_now", "later"})
"""Where these go is the site's to say."""


def _moved(row: MoveRow) -> Line:
    lots = tuple(dict.fromkeys((scan.lot, scan.expiry) for scan in reversed(row.scans) if scan.lot))
    detail, second = receive_page.line_detail(lots, "", serial=False)
    sooner = next((scan.sooner for scan in row.scans if scan.sooner), "")
    badge, tone = (words.sooner(sooner), "ask") if sooner else (words.more_than_book(row.short, row.unit), "ask")
    told = bool(sooner or row.short)
    places = dict.fromkeys(scan.source for scan in row.scans if scan.source)
    return Line(
        key=row.key,
        name=row.name,
        code=row.code,
        unit=row.unit,
        detail=detail,
        second=second or ", ".join(places),
        expected=NOTHING,
        done=row.total,
        scans=row.scans,
        badge=badge if told else "",
        badge_glyph="warning" if told else "",
        badge_tone=tone if told else "",
    )


def _incomplete(one: Incomplete) -> Line:
    asked = messages.still_asked(one.why, one.facts)
    return Line(
        key=f"later:{one.number}",
        name=one.name,
        code="",
        unit=one.unit,
        detail=asked,
        second=one.lot if one.lot not in asked else "",
        expected=NOTHING,
        done=one.quantity,
        mark="ask",
        said=one.said,
    )
