"""A count on its page. Blind: nothing here knows what the book says."""

from collections.abc import Iterator

from client.pages.jobs.shown import NOTHING, Cell, Line, Offer, Part, Shown, action_of, finished_of, next_of
from client.words import pages as words
from client.words import receive_page
from client.words.written import day as written_day
from client.work.answer import Command
from client.work.counting.view import CountView, Row


def counting(view: CountView, key: str) -> Shown:
    lines = tuple(_counted(row) for row in view.rows)
    return Shown(
        job="count",
        key=key,
        whose=", ".join(view.products),
        note=", ".join(view.references),
        parts=(Part("", "", lines),) if lines else (),
        question=view.question,
        next=finished_of("count", view.references) if view.finished else _countnext_of(view),
        action=action_of(
            "finish_bin",
            finished=view.finished,
            question=view.question,
            begun=bool(view.rows) or view.can_act,
            first="scan_something" if view.place else "scan_shelf",
        ),
        can_act=view.can_act,
        can_undo=view.can_undo,
        finished=view.finished,
        cells=(Cell(words.LABELS["place"], view.place or words.NOT_YET["from"], open=not view.place),),
        offers=() if view.finished else tuple(_places(view)),
        progress=(view.bins_done, view.bins_all),
        blind=True,
    )


def _countnext_of(view: CountView) -> tuple[str, str]:
    if view.hint == "scan_what_lies_here" and not view.whole and len(view.products) == 1:
        return next_of("one_product", product=view.products[0])
    return next_of(view.hint, again=", ".join(view.again), people=", ".join(view.not_by))


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


def _counted(row: Row) -> Line:
    day = written_day(row.expiry) if row.expiry else ""
    detail = receive_page.line_detail(((row.lot, None),), "", serial=False)[0] if row.lot else ""
    return Line(
        key=row.key,
        name=row.name,
        code=row.code,
        unit=row.unit,
        detail=" · ".join(part for part in (detail, row.apart) if part),
        second=day,
        expected=NOTHING,
        done=row.counted,
        scans=row.scans,
        badge=words.PARTS["none_here"] if row.none else "",
        badge_glyph="check" if row.none else "",
        badge_tone="ok" if row.none else "",
    )
