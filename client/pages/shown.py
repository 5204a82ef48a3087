"""An open job in the words and numbers of its page. All jobs have one shape, so that one page shows them."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from client import messages
from client.words import pages as words
from client.words import receive_page
from client.words.written import number
from client.work.answer import Command, Question
from client.work.counting.view import CountView
from client.work.counting.view import Row as CountRow
from client.work.heard import Heard
from client.work.moving.view import Incomplete, MoveRow, MoveView
from client.work.planned.view import PlannedView
from client.work.planned.view import Row as PlannedRow
from client.work.receiving.view import Nameless, ReceiptView, Refused, Row
from client.work.views import GoodsRow, GoodsView, View

_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Line:
    """One row. `expected` is 0 where nobody said how many, or where it must not be seen."""

    key: str
    name: str
    code: str
    unit: str
    detail: str
    second: str
    expected: Decimal
    done: Decimal
    scans: tuple[Heard, ...] = ()
    place: str = ""
    badge: str = ""
    badge_glyph: str = ""
    badge_tone: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Lines under one heading."""

    head: str
    detail: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """One step of the strip above the list: from, to, why. `open`: it comes next."""

    label: str
    text: str
    open: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """What may be pressed instead of scanning."""

    command: Command
    title: str
    below: str
    glyph: str = "shelf"


@dataclass(frozen=True, slots=True)
class Shown:
    """All a page shows of an open job; `job` names its title, `key` tells one job from the next."""

    job: str
    key: str
    whose: str
    note: str
    parts: tuple[Part, ...]
    question: Question | None
    next: tuple[str, str]
    action: str
    can_act: bool
    can_undo: bool
    finished: bool
    cells: tuple[Cell, ...] = ()
    offers: tuple[Offer, ...] = ()
    steps: int = 0


def shown(view: View, key: str) -> Shown:
    """What the page of this job shows."""
    match view:
        case ReceiptView():
            return _receipt(view, key)
        case MoveView():
            return _moving(view, key)
        case PlannedView():
            return _planned(view, key)
        case CountView():
            return _count(view, key)
        case GoodsView():
            return _goods(view, key)


def _action(action: str, *, finished: bool, question: Question | None, begun: bool) -> str:
    """The words on the main action: what it does, or what is missing before it can."""
    if finished:
        return words.ACTIONS["done"]
    if question or not begun:
        return receive_page.action("answer_first" if question else "scan_something")
    return words.ACTIONS[action]


def _next(code: str, **facts: object) -> tuple[str, str]:
    title, hint = words.NEXT[code]
    told = {name: number(fact) if isinstance(fact, Decimal) else fact for name, fact in facts.items()}
    return title.format_map(told), hint.format_map(told)


def _finished(job: str, references: tuple[str, ...], steps: int = 0) -> tuple[str, str]:
    title = words.FINISHED.get(job) or f"{words.TITLES[job]}: finished"
    return title, receive_page.finished(references, steps)[1]


# -------------------------------------------------------------------- receiving


def _receipt(view: ReceiptView, key: str) -> Shown:
    goods = tuple(
        Part(
            *receive_page.section(one.order, one.document, one.begun, len(one.rows), beside=one.beside),
            tuple(_received(row) for row in one.rows),
        )
        for one in view.sections
    )
    following = _finished("receive", view.references, view.steps_to_go)
    return Shown(
        job="receive",
        key=key,
        whose=view.partner or view.document,
        note=", ".join(view.references) or view.note or "",
        parts=(*goods, *_beside(view)),
        question=view.question,
        next=following if view.finished else receive_page.next_step(view.hint, view.hint_facts),
        action=receive_page.action(view.action),
        can_act=view.can_act,
        can_undo=view.can_undo,
        finished=view.finished,
        steps=view.steps_to_go,
    )


def _received(row: Row) -> Line:
    detail, second = receive_page.line_detail(row.lots, row.place, serial=row.serial)
    over = row.done - row.expected if row.expected and row.done > row.expected else _NOTHING
    return Line(
        key=row.key,
        name=row.name,
        code=row.code,
        unit=row.unit,
        detail=detail,
        second=second,
        expected=row.expected,
        done=row.done,
        scans=row.scans,
        place=row.place,
        badge=receive_page.too_many(over, row.unit) if over else "",
        badge_glyph="warning" if over else "",
        badge_tone="ask" if over else "",
    )


def _beside(view: ReceiptView) -> Iterator[Part]:
    """What came and was not taken in: refused at the door, and codes nobody knows."""
    if view.refused:
        refused = tuple(_turned_away(one) for one in view.refused)
        yield Part(words.REFUSED, words.NOT_IN, refused)
    if view.nameless:
        yield Part(words.NAMELESS, words.TO_NAME, tuple(_nameless(one) for one in view.nameless))


def _turned_away(one: Refused) -> Line:
    return Line(
        key=f"refused:{one.number}",
        name=one.name,
        code="",
        unit=one.unit,
        detail=receive_page.line_detail(((one.lot, None),) if one.lot else (), "", serial=False)[0],
        second=one.reason,
        expected=_NOTHING,
        done=one.quantity,
    )


def _nameless(one: Nameless) -> Line:
    return Line(f"nameless:{one.number}", one.text, "", "", words.photos(len(one.photos)), "", _NOTHING, one.quantity)


# -------------------------------------------------------------------- moved, used, thrown away, given back


def _moving(view: MoveView, key: str) -> Shown:
    waiting = tuple(_incomplete(one) for one in view.waiting)
    parts = (Part("", "", tuple(_moved(row) for row in view.rows)), Part(words.TO_COMPLETE, "", waiting))
    whole = Offer(Command("all"), *words.OFFERS["all_here"])
    begun = bool(view.rows or view.waiting)
    return Shown(
        job=view.kind,
        key=key,
        whose=view.reason,
        note=", ".join(view.references),
        parts=tuple(part for part in parts if part.lines),
        question=view.question,
        next=_finished(view.kind, view.references) if view.finished else _next(view.hint),
        action=_action("finish", finished=view.finished, question=view.question, begun=begun),
        can_act=view.can_act,
        can_undo=view.can_undo,
        finished=view.finished,
        cells=_way(view),
        offers=(whole,) if view.source and not view.rows and not view.finished else (),
    )


def _way(view: MoveView) -> tuple[Cell, ...]:
    to = " ".join(part for part in (view.destination, f"{words.VIA} {view.via}" if view.via else "") if part)
    ends = view.kind in _ENDS
    return (
        Cell(words.FROM, view.source or words.NOT_YET["from"], open=not view.source and not view.rows),
        Cell(words.TO, to or words.NOT_YET["why" if ends else "to"], open=bool(view.rows) and not to and not ends),
    )


_ENDS = frozenset({"use", "waste"})
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
        expected=_NOTHING,
        done=row.total,
        scans=row.scans,
        badge=badge if told else "",
        badge_glyph="warning" if told else "",
        badge_tone=tone if told else "",
    )


def _incomplete(one: Incomplete) -> Line:
    asked = messages.question(Question(one.why)) if one.why else ""
    return Line(f"later:{one.number}", one.name, "", "", asked, one.lot, _NOTHING, one.quantity)


# -------------------------------------------------------------------- planned transfers


def _planned(view: PlannedView, key: str) -> Shown:
    lines = tuple(_wanted(row) for row in view.rows)
    begun = any(line.done for line in lines)
    offer = Offer(Command("all"), *words.OFFERS["all_planned"])
    return Shown(
        job="planned",
        key=key,
        whose=" · ".join(part for part in (view.document, view.origin) if part),
        note=", ".join(view.references),
        parts=(Part(words.begun(sum(1 for line in lines if line.done), len(lines)), "", lines),) if lines else (),
        question=view.question,
        next=_finished("planned", view.references) if view.finished else _take_next(view),
        action=_action("finish_transfer", finished=view.finished, question=view.question, begun=begun),
        can_act=view.can_act,
        can_undo=begun and not view.finished,
        finished=view.finished,
        cells=(
            Cell(words.FROM, view.standing_at or view.source, open=not begun),
            Cell(words.TO, view.destination, open=begun),
        ),
        offers=(offer,) if view.standing_at and not begun and not view.finished else (),
    )


def _take_next(view: PlannedView) -> tuple[str, str]:
    """The first thing still wanted, in the bin and lot Odoo chose."""
    for row in view.rows:
        for one in row.planned:
            lot = words.of_lot(one.lot, one.expiry)
            return _next("take_from", quantity=one.left, product=row.name, place=one.place, lot=lot)
    return _next("all_taken")


def _wanted(row: PlannedRow) -> Line:
    lots = tuple(dict.fromkeys((one.lot, one.expiry) for one in reversed(row.taken) if one.lot))
    detail, second = receive_page.line_detail(lots, "", serial=False)
    first = next(iter(row.planned), None)
    if not lots and first:
        detail, second = first.place, words.of_lot(first.lot, first.expiry).strip(" ·,")
    over = row.done > row.wanted
    return Line(
        key=row.key,
        name=row.name,
        code=row.code,
        unit=row.unit,
        detail=detail,
        second=second,
        expected=row.wanted,
        done=row.done,
        scans=row.taken,
        badge=receive_page.too_many(row.done - row.wanted, row.unit) if over and row.wanted else "",
        badge_glyph="warning" if over and row.wanted else "",
        badge_tone="ask" if over and row.wanted else "",
    )


# -------------------------------------------------------------------- counting


def _count(view: CountView, key: str) -> Shown:
    lines = tuple(_counted(row) for row in view.rows)
    return Shown(
        job="count",
        key=key,
        whose=", ".join(view.products),
        note=", ".join(view.references),
        parts=(Part("", "", lines),) if lines else (),
        question=view.question,
        next=_finished("count", view.references) if view.finished else _count_next(view),
        action=_action("finish_bin", finished=view.finished, question=view.question, begun=bool(view.rows)),
        can_act=view.can_act,
        can_undo=view.can_undo,
        finished=view.finished,
        cells=(Cell(words.PLACE, view.place or words.NOT_YET["from"], open=not view.place),),
        offers=() if view.finished else tuple(_places(view)),
    )


def _count_next(view: CountView) -> tuple[str, str]:
    if view.hint == "scan_what_lies_here" and not view.whole and len(view.products) == 1:
        return _next("one_product", product=view.products[0])
    return _next(view.hint, again=", ".join(view.again), people=", ".join(view.not_by))


def _places(view: CountView) -> Iterator[Offer]:
    """Where to count, to press; or that nothing lies here."""
    if view.place:
        if not view.rows:
            yield Offer(Command("empty"), *words.OFFERS["zero"], "cross")
        return
    for nth, one in enumerate(view.asked, start=1):
        yield Offer(Command("take", str(nth)), one.place.complete_name, words.why_count(one), "count")
    for bin_ in view.bins:
        name = bin_.place.complete_name
        yield Offer(Command("count", name), name, bin_.person, "check" if bin_.counted_at else "shelf")
    for place in view.shelves:
        yield Offer(Command("count", place.complete_name), place.complete_name, "", "shelf")


def _counted(row: CountRow) -> Line:
    day = row.expiry.isoformat() if row.expiry else ""
    detail = receive_page.line_detail(((row.lot, None),), "", serial=False)[0] if row.lot else ""
    return Line(
        key=row.key,
        name=row.name,
        code=row.code,
        unit=row.unit,
        detail=" · ".join(part for part in (detail, row.apart) if part),
        second=day,
        expected=_NOTHING,
        done=row.counted,
        scans=row.scans,
        badge=words.NONE_HERE if row.none else "",
        badge_glyph="check" if row.none else "",
        badge_tone="ok" if row.none else "",
    )


# -------------------------------------------------------------------- arrivals, returns, lot changes


def _goods(view: GoodsView, key: str) -> Shown:
    lines = tuple(_of_goods(row) for row in view.rows)
    return Shown(
        job=view.job,
        key=key,
        whose=" · ".join(dict.fromkeys(part for part in (view.title, view.document) if part)),
        note=", ".join(view.references),
        parts=(Part("", "", lines),) if lines else (),
        question=view.question,
        next=_finished(view.job, view.references) if view.finished else _next(view.hint),
        action=_action("finish", finished=view.finished, question=view.question, begun=any(one.done for one in lines)),
        can_act=view.can_act,
        can_undo=view.can_undo,
        finished=view.finished,
        cells=tuple(
            Cell(label, text or words.NOT_YET["from"])
            for label, text in ((words.FROM, view.source), (words.TO, view.destination))
            if text or label == words.FROM
        ),
    )


def _of_goods(row: GoodsRow) -> Line:
    lots = tuple(dict.fromkeys((one.lot, one.expiry) for one in reversed(row.heard) if one.lot))
    detail, second = receive_page.line_detail(lots, "", serial=False)
    return Line(
        key=row.key,
        name=row.name,
        code=row.code,
        unit=row.unit,
        detail=detail,
        second=second,
        expected=row.wanted,
        done=row.done,
        scans=row.heard,
    )


# -------------------------------------------------------------------- a question asked at home


def answering(asked: Question | None) -> Shown:
    """What is asked before any job is open; None: only a PIN is."""
    return Shown(
        job="answer",
        key="answer",
        whose="",
        note="",
        parts=(),
        question=asked,
        next=receive_page.next_step("scan_anything", {}),
        action="",
        can_act=False,
        can_undo=False,
        finished=False,
    )


def section_of(job: str) -> str:
    """Which of the window's sections a job belongs to."""
    return _SECTIONS.get(job, "move")


_SECTIONS: Final = {"receive": "receive", "count": "count", "answer": "home", "": "home"}
