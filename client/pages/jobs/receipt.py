"""A delivery on its page: what is expected, what came, what was turned away."""

from collections.abc import Iterator
from itertools import islice
from typing import Final

from client.pages.jobs.shown import NOTHING, Line, Part, Shown, finished_of, with_excess
from client.words import pages as words
from client.words import receive_page
from client.words.tongue import spoken
from client.work.receiving.view import Nameless, ReceiptView, Refused, Row
from client.work.remade import Remade


def receipt(view: ReceiptView, key: str) -> Shown:
    language = spoken()
    lines = iter(_RECEIVED.of_each((row.key, (row, language)) for one in view.sections for row in one.rows))
    goods = tuple(
        Part(
            *receive_page.section(
                one.order, one.document, one.begun, len(one.rows), beside=one.beside, complete=one.complete
            ),
            tuple(islice(lines, len(one.rows))),
        )
        for one in view.sections
    )
    following = finished_of("receive", view.references, view.steps_to_go)
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
    line = Line(
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
    )
    return with_excess(line)


_RECEIVED: Final[Remade[tuple[Row, str], Line]] = Remade(lambda row_as_spoken: _received(row_as_spoken[0]))


def _beside(view: ReceiptView) -> Iterator[Part]:
    """What came and was not taken in: refused at the door, and codes nobody knows."""
    if view.refused:
        refused = tuple(_turned_away(one) for one in view.refused)
        yield Part(words.PARTS["refused"], words.PARTS["not_in"], refused)
    if view.nameless:
        yield Part(words.PARTS["nameless"], words.PARTS["to_name"], tuple(_nameless(one) for one in view.nameless))


def _turned_away(one: Refused) -> Line:
    return Line(
        key=f"refused:{one.number}",
        name=one.name,
        code="",
        unit=one.unit,
        detail=receive_page.line_detail(((one.lot, None),) if one.lot else (), "", serial=False)[0],
        second=one.reason,
        expected=NOTHING,
        done=one.quantity,
        mark="no",
    )


def _nameless(one: Nameless) -> Line:
    photos = words.photos(len(one.photos))
    return Line(f"nameless:{one.number}", one.text, "", "", photos, "", NOTHING, one.quantity, mark="ask")
