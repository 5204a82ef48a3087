"""A count applied at once: its difference to the book, as a transfer between shelf and adjustment (contract 14.1).

Never through Odoo's rows: there a repeat can set the stock anew. Goods that are too many and goods that are missing are
two transfers of one load and one validation: 17 and 18 refuse both ways in one. Once they exist, the difference is
never worked out again. docs/decisions/035-counts-as-moments.md
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sync.odoo.counts.counted import WENT_NEGATIVE, Judged, judge, keys_of, left_out, recounts
from sync.odoo.counts.moments import OLDER, History, NamedKey, as_begun, history, watched_from
from sync.odoo.counts.quants import rows_of
from sync.odoo.counts.sheet import AGREES, DIFFERS, HEAD, Figures, figures_of, head, lay_sheet, paper
from sync.odoo.posting.asks import asked
from sync.odoo.posting.goods import Good, known_goods
from sync.odoo.posting.lots import Name, lot_or_refused, make_lots
from sync.odoo.posting.photos import attach_photos
from sync.odoo.posting.sending import Sending
from sync.odoo.posting.stone import lay_stone, refuse_if_stoned
from sync.odoo.reading.lines import lines_where
from sync.odoo.wire.errors import Refused
from sync.odoo.wire.fields import Row, moment, text
from sync.odoo.wire.load import load, record_of, xid
from sync.odoo.wire.session import Session
from sync.transaction import Difference, Line, Outcome, Transaction

_LINE = (
    "id", "product_id/.id", "lot_id/.id", "product_uom_id/.id", "quantity", "picked", "location_id/.id",
    "location_dest_id/.id", "package_id/.id", "result_package_id/.id", "owner_id/.id",
)  # fmt: skip
_COLUMNS = (*HEAD, *(f"move_line_ids/{name}" for name in _LINE))


@dataclass(frozen=True, slots=True)
class _Papers:
    """What stands in Odoo under the uuid: one transfer or two, or one without lines where nothing differed."""

    rows: tuple[Row, ...]

    @property
    def note(self) -> str:
        return text(self.rows[0]["note"])

    @property
    def agrees(self) -> bool:
        return AGREES in self.note

    @property
    def open(self) -> list[int]:
        return [row["id"] for row in self.rows if row["state"] not in {"done", "cancel"}]

    @property
    def done(self) -> bool:
        return any(row["state"] == "done" for row in self.rows)


def book(session: Session, sending: Sending) -> Outcome:
    """Book its difference, once, however often this runs. Raises `Refused`, and what stands is to be taken back."""
    transaction, known = sending.transaction, None
    papers = _papers(session, transaction)
    if papers is None:
        judged = judge(session, sending)
        papers, known = _load(session, sending, judged), judged.past
    sending = as_begun(sending, papers.note)
    if papers.agrees:
        # One that was only begun is laid to the end.
        for open_ in papers.open:
            session.call("stock.picking", "action_cancel", ids=[open_])
        return _finish(session, sending, papers, known)
    if not papers.done:
        refuse_if_stoned(session, transaction)
    if papers.open:
        if known is None:
            _check_still_true(session, sending, papers)
        papers = _validate(session, transaction, papers)
    return _finish(session, sending, papers, known)


def _validate(session: Session, transaction: Transaction, papers: _Papers) -> _Papers:
    context = {"skip_backorder": True, "skip_expired": True}
    answer = session.call("stock.picking", "button_validate", ids=papers.open, context=context)
    now = _papers(session, transaction)
    if now is None or now.open or not now.done:
        first = papers.rows[0]
        raise Refused("odoo_asks", picking=text(first["name"]), **asked(answer, text(first["state"])))
    return now


def _papers(session: Session, transaction: Transaction) -> _Papers | None:
    found = [record_of(session, transaction.uuid)]
    if found[0] is None:
        return None
    found.append(record_of(session, _back(transaction)))
    return _Papers(tuple(paper(session, one[1] or 0) for one in found if one))


def _back(transaction: Transaction) -> str:
    """The second transfer, where goods are missing and others too many: from the adjustment to the shelf."""
    return f"{transaction.uuid}-in"


def _names(transaction: Transaction) -> list[str]:
    """All external ids its papers can have: one line is too many or missing, never both."""
    return [transaction.uuid, *([_back(transaction)] if len(transaction.lines) > 1 else [])]


def _load(session: Session, sending: Sending, judged: Judged) -> _Papers:
    transaction = sending.transaction
    made = make_lots(session, transaction.company_id, list(judged.wanted.values()), judged.there, sending.stamp.zone)
    lots = {name: lot.id for name, lot in judged.there.items()}
    lots |= {name: lot_or_refused(one) for name, one in made.items()}
    _clear_waiting(session, judged)
    figures = {word.line.number: word.target - judged.rows.book(word.key) for word in judged.words}
    missing = [line for line in transaction.lines if figures.get(line.number, 0) < 0]
    spare = [line for line in transaction.lines if figures.get(line.number, 0) > 0]
    if not missing and not spare:
        return _Papers((lay_sheet(session, sending, transaction.uuid, AGREES, figures),))
    rows = _rows(sending, figures, missing, transaction.uuid, lots, judged.goods, back=False)
    rows += _rows(
        sending, figures, spare, _back(transaction) if missing else transaction.uuid, lots, judged.goods, back=True
    )
    load(session, "stock.picking", _COLUMNS, rows)
    papers = _papers(session, transaction)
    if papers is None or any(figures_of(text(row["note"])) != figures_of(papers.note) for row in papers.rows):
        # Two that were worked out apart: a person deleted one, or a copy of this device was as far with the other.
        raise Refused("lines_changed", picking=text(papers.rows[0]["name"]) if papers else "")
    return papers


def _clear_waiting(session: Session, judged: Judged) -> None:
    """Counts that give way to this one: applied after it, they would be applied to another book (ward 8)."""
    ids = [row.id for word in judged.words if (row := judged.rows.waiting(word.key))]
    if ids:
        session.call("stock.quant", "action_clear_inventory_quantity", ids=ids)


def _rows(
    sending: Sending,
    figures: Figures,
    lines: Sequence[Line],
    name: str,
    lots: Mapping[Name, int],
    goods: Mapping[int, Good],
    *,
    back: bool,
) -> list[list[object]]:
    """One transfer with these lines; each takes the package and the owner of its shelf along (ward 2)."""
    told = head(sending, name, DIFFERS, figures, back=back)
    blank: list[object] = [""] * len(told)
    other = sending.transaction.document.destination_id
    rows: list[list[object]] = []
    for line in lines:
        lot = lots[(line.product_id, line.lot_name)] if goods[line.product_id].tracked else ""
        package = line.package_id or ""
        ends = [other, line.source_id, "", package] if back else [line.source_id, other, package, ""]
        quantity = abs(figures[line.number])
        row = [xid(sending.transaction.line_xid(line)), line.product_id, lot, line.uom_id, quantity, "1", *ends]
        rows.append([*(blank if rows else told), *row, line.owner_id or ""])
    return rows


def _check_still_true(session: Session, sending: Sending, papers: _Papers) -> None:
    """Papers that stand were worked out on the book of that moment: nobody may have changed them or the book since.

    Movements do no harm, a word on the same shelf does: ours would come on top of it. Raises `Refused`.
    """
    transaction = sending.transaction
    goods = known_goods(session, transaction)
    keys, figures = keys_of(transaction, goods), figures_of(papers.note)
    if figures is None or not _as_written(session, transaction, figures, papers):
        raise Refused("lines_changed", picking=text(papers.rows[0]["name"]))
    since = moment(papers.rows[0]["create_date"]) or sending.stamp.acted_at
    past = history(session, {keys[number] for number in figures}, since)
    others = [one for one in past.statements if one.when.uuid != transaction.uuid and one.when.booked_at > since]
    if others:
        line = next(line for line in transaction.lines if keys[line.number] == others[0].key)
        raise Refused(
            "count_overtaken", line=line.number, product=goods[line.product_id].name, lot=line.lot_name,
            person=others[0].person, document=others[0].document, at=others[0].when.at.isoformat(),
        )  # fmt: skip


def _as_written(session: Session, transaction: Transaction, figures: Figures, papers: _Papers) -> bool:
    held = lines_where(session, [["picking_id", "in", papers.open]])
    wanted = {xid(f"{transaction.uuid}-{number}"): abs(figure) for number, figure in figures.items() if figure}
    return {name: one.line.quantity for one in held if one.line.picked for name in one.xids} == wanted


def _finish(session: Session, sending: Sending, papers: _Papers, known: History | None = None) -> Outcome:
    transaction = sending.transaction
    goods = known_goods(session, transaction)
    keys, figures = keys_of(transaction, goods), figures_of(papers.note) or {}
    out, doubts = left_out(session, sending, keys, figures)
    differs = () if papers.agrees else _differ(session, transaction, figures, papers)
    spoken = {keys[number] for number in figures}
    rows = rows_of(session, spoken)
    doubts += [(WENT_NEGATIVE, key) for key in sorted(spoken, key=str) if rows.book(key) < 0]
    doubts += [(OLDER, key) for key in _late(session, sending, spoken, papers, known)]
    first, *more = papers.rows
    photos = attach_photos(session, sending, first["id"])
    return Outcome(
        picking_id=first["id"],
        picking_name=text(first["name"]),
        more_names=tuple(text(row["name"]) for row in more),
        differs=(*differs, *out, *photos),
        recounts=recounts(session, sending, doubts),
    )


def _differ(session: Session, transaction: Transaction, figures: Figures, papers: _Papers) -> tuple[Difference, ...]:
    done = lines_where(session, [["picking_id", "in", [row["id"] for row in papers.rows]], ["state", "=", "done"]])
    booked = {name: one for one in done for name in one.xids}
    return tuple(
        Difference("line", f"{abs(figure):f}", f"{booked[name].line.quantity:f}" if name in booked else "", number)
        for number, figure in figures.items()
        if figure
        and (name := xid(f"{transaction.uuid}-{number}"))
        and (name not in booked or booked[name].line.quantity != abs(figure))
    )


def _late(
    session: Session, sending: Sending, keys: Collection[NamedKey], papers: _Papers, known: History | None
) -> list[NamedKey]:
    """Shelves on which something older was booked, or another word spoken, while ours was on its way.

    `known` is what was there when ours was worked out; where an earlier run did that, the times of our paper tell.
    """
    at, uuid = sending.stamp.acted_at, sending.transaction.uuid
    made = moment(papers.rows[0]["create_date"]) or at
    done = moment(papers.rows[0]["date_done"]) or made
    past = history(session, keys, made if known is None else watched_from(session, sending.stamp))
    if known is None:
        known = History(
            tuple(one for one in past.movements if not made < one.when.booked_at <= done),
            tuple(one for one in past.statements if not made < one.when.booked_at <= done),
        )
    moved = [one.key for one in past.movements if one.when.at < at and one not in known.movements]
    said = [one.key for one in past.statements if one.when.uuid != uuid and one not in known.statements]
    return list(dict.fromkeys((*moved, *said)))


def take_back(session: Session, sending: Sending, refused: Refused) -> Outcome:
    """Raises `refused` with nothing booked and nothing left open, or gives the outcome if it is booked."""
    transaction = sending.transaction
    papers = _papers(session, transaction)
    if papers and (papers.done or papers.agrees):
        return _finish(session, as_begun(sending, papers.note), papers)
    lay_stone(session, sending, refused.code, refused.facts, _names(transaction))
    now = _papers(session, transaction)
    if now and now.done:
        return _finish(session, as_begun(sending, now.note), now)
    raise refused
