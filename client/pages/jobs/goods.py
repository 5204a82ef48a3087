"""An arrival, a return to a supplier, a lot change, on their page."""

from client.pages.jobs.shown import Cell, Line, Part, Shown, action_of, finished_of, next_of
from client.words import pages as words
from client.words import receive_page
from client.work.views import GoodsRow, GoodsView


def goods(view: GoodsView, key: str) -> Shown:
    lines = tuple(_of_goods(row) for row in view.rows)
    begun = any(one.done for one in lines)
    return Shown(
        job=view.job,
        key=key,
        whose=" · ".join(dict.fromkeys(part for part in (view.title, view.document) if part)),
        note=", ".join(view.references),
        parts=(Part("", "", lines),) if lines else (),
        question=view.question,
        next=finished_of(view.job, view.references) if view.finished else next_of(view.hint),
        action=action_of("finish", finished=view.finished, question=view.question, begun=begun),
        can_act=view.can_act,
        can_undo=view.can_undo,
        finished=view.finished,
        cells=tuple(
            Cell(label, text or words.NOT_YET["from"])
            for label, text in ((words.LABELS["from"], view.source), (words.LABELS["to"], view.destination))
            if text or label == words.LABELS["from"]
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
