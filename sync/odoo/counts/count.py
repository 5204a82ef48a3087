"""A count for approval: its numbers stand on Odoo's rows until a person there applies them (design 5, ward 7, 8).

What we wrote on a row can be merged or deleted with it (contract 14.1), so a paper of our own remembers: the sheet is
laid before the rows are written, its slip after. docs/decisions/035-counts-as-moments.md
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal

from sync.odoo.counts.counted import LEFT_OUT, LOOKS, WENT_NEGATIVE, Doubt, Judged, judge, keys_of, left_out, recounts
from sync.odoo.counts.moments import OLDER, History, NamedKey, as_begun, history, watched_from
from sync.odoo.counts.pending import rivals
from sync.odoo.counts.quants import QuantRow, counted_by, rows_of
from sync.odoo.counts.sheet import FOR_APPROVAL, Figures, figures_of, lay_sheet, sheet_name, sheet_of
from sync.odoo.posting.goods import known_goods
from sync.odoo.posting.lots import Name, lot_or_refused, make_lots
from sync.odoo.posting.photos import attach_photos
from sync.odoo.posting.sending import Sending
from sync.odoo.posting.slip import attach_slip, slip_on
from sync.odoo.posting.stone import WITHDRAWN, lay_stone, refuse_if_stoned, stone_of
from sync.odoo.wire.errors import Family, OdooError, Refused
from sync.odoo.wire.fields import Row, moment, text
from sync.odoo.wire.load import COUNTING, load, record_of, xid
from sync.odoo.wire.session import Session
from sync.transaction import Difference, Outcome, Transaction

_COLUMNS = (
    "id", "product_id/.id", "location_id/.id", "lot_id/.id", "package_id/.id", "owner_id/.id", "inventory_quantity",
)  # fmt: skip

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""Before anything; for a paper whose making Odoo does not date."""


def submit(session: Session, sending: Sending) -> Outcome:
    """Write its numbers, once, however often this runs. Raises `Refused`, and what stands is to be taken back."""
    transaction = sending.transaction
    sheet = sheet_of(session, transaction)
    if sheet:
        sending = as_begun(sending, text(sheet["note"]))
    if sheet and slip_on(session, transaction, sheet["id"]) is not None:
        return _finish(session, sending, sheet)
    refuse_if_stoned(session, transaction)
    if sheet and _written(session, transaction):
        return _kept_true(session, sending, sheet)
    judged = judge(session, sending)
    made = make_lots(session, transaction.company_id, list(judged.wanted.values()), judged.there, sending.stamp.zone)
    lots = {name: lot.id for name, lot in judged.there.items()}
    lots |= {name: lot_or_refused(one) for name, one in made.items()}
    sheet = lay_sheet(session, sending, sheet_name(transaction), FOR_APPROVAL, judged.figures)
    rows = _rows(transaction, judged, lots)
    if rows:
        load(session, "stock.quant", _COLUMNS, rows, context=COUNTING)
    return _kept_true(session, sending, sheet)


def _rows(transaction: Transaction, judged: Judged, lots: Mapping[Name, int]) -> list[list[object]]:
    """What is to be written. Nothing, where nothing was found and Odoo has no row: that is said on the sheet alone."""
    return [
        [
            xid(transaction.line_xid(word.line)),
            word.key.product_id,
            word.key.location_id,
            lots[(word.key.product_id, word.key.lot_name)] if word.key.lot_name else "",
            word.key.package_id or "",
            word.key.owner_id or "",
            word.target,
        ]
        for word in judged.words
        if word.target or judged.rows.of[word.key]
    ]


def _written(session: Session, transaction: Transaction) -> list[int]:
    """The rows our numbers were written on, 0 for one that was merged away since: never again (contract 15)."""
    found = (record_of(session, transaction.line_xid(line)) for line in transaction.lines)
    return [one[1] or 0 for one in found if one and one[0] == "stock.quant"]


def _kept_true(session: Session, sending: Sending, sheet: Row) -> Outcome:
    """What came between our questions and our load is in no number yet, and Odoo would not ask about it: a movement is
    added, a younger word takes ours away. Only until the slip hangs: from then on Odoo asks whoever applies it.
    """
    keys = keys_of(sending.transaction, known_goods(session, sending.transaction))
    at = sending.stamp.acted_at
    stale: Figures = {}
    for _ in range(LOOKS):
        figures = _figures(sending.transaction, sheet)
        past = history(session, {keys[number] for number in figures}, watched_from(session, sending.stamp))
        came = {
            line.number: [(line.counted or 0) + change for change in past.came_to(keys[line.number], at)]
            for line in sending.transaction.lines
            if line.number in figures
        }
        true = {number: numbers[-1] for number, numbers in came.items()}
        rows = rows_of(session, {keys[number] for number in figures})
        waiting = {number: row for number in figures if (row := rows.waiting(keys[number]))}
        ours = _ours(session, sending.transaction, waiting, figures, came)
        fallen = {number for number in ours if past.said_after(keys[number], at)}
        wrong = {number for number, row in ours.items() if {row.counted, figures[number]} != {true[number]}}
        stale = {number: figure for number, figure in true.items() if figure != figures[number]}
        if not fallen and not wrong:
            break
        _rewrite(session, {ours[n].id: None if n in fallen else true[n] for n in sorted(fallen | wrong)})
        now = {number: true[number] if number in ours else figure for number, figure in figures.items()}
        told = {number: figure for number, figure in now.items() if number not in fallen}
        sheet = lay_sheet(session, sending, sheet_name(sending.transaction), FOR_APPROVAL, told)
        if stone_of(session, sending.transaction):
            # A copy of this device took it back right before our number: nothing of it may wait.
            return take_back(session, sending, Refused(WITHDRAWN))
    doubts = [*stale, *rivals(session, sending, _figures(sending.transaction, sheet), keys, sheet)]
    return _finish(session, sending, sheet, [(OLDER, keys[number]) for number in doubts])


def _ours(
    session: Session,
    transaction: Transaction,
    waiting: Mapping[int, QuantRow],
    figures: Figures,
    came: Mapping[int, Sequence[Decimal]],
) -> Mapping[int, QuantRow]:
    """The rows on which a number of ours waits, by line. `came` is what was true one booking after the other.

    A run that was cut right after it set a number right had no time to say so on the sheet, and more may have moved
    since: what was true for a while is ours where nobody else ever spoke about the row.
    """
    plain = {number: row for number, row in waiting.items() if row.counted in {figures[number], came[number][-1]}}
    between = {number: row for number, row in waiting.items() if number not in plain and row.counted in came[number]}
    said_by = counted_by(session, between.values())
    alone = {number: row for number, row in between.items() if set(said_by[row.id]) == {transaction.uuid}}
    return plain | alone


def _rewrite(session: Session, numbers: Mapping[int, Decimal | None]) -> None:
    """The number that waits on each row; None takes it away. Where it waits already, this is no second count."""
    gone = [id_ for id_, number in numbers.items() if number is None]
    if gone:
        session.call("stock.quant", "action_clear_inventory_quantity", ids=gone)
    for id_, number in numbers.items():
        if number is not None:
            vals, context = {"inventory_quantity": number}, {"inventory_mode": True}
            session.call("stock.quant", "write", ids=[id_], vals=vals, context=context)


def _finish(session: Session, sending: Sending, sheet: Row, known: Sequence[Doubt] = ()) -> Outcome:
    transaction = sending.transaction
    goods = known_goods(session, transaction)
    keys = keys_of(transaction, goods)
    figures = _figures(transaction, sheet)
    differs = _differ(session, sheet, {keys[number]: (figure, number) for number, figure in figures.items()})
    out, left = left_out(session, sending, keys, figures)
    doubts = [*left, *known]
    # More has gone since than was found: what was counted, or what moved, is wrong.
    doubts += [(WENT_NEGATIVE, keys[number]) for number, figure in figures.items() if figure < 0]
    attach_slip(session, sending, sheet["id"], goods)
    photos = attach_photos(session, sending, sheet["id"])
    again = recounts(session, sending, doubts)
    return Outcome(sheet["id"], text(sheet["name"]), differs=(*differs, *out, *photos), recounts=again)


def _figures(transaction: Transaction, sheet: Row) -> Figures:
    told = figures_of(text(sheet["note"]))
    return {line.number: line.counted or Decimal(0) for line in transaction.lines} if told is None else told


def _differ(session: Session, sheet: Row, wanted: Mapping[NamedKey, tuple[Decimal, int]]) -> Iterator[Difference]:
    """What waits is ours, or was applied, or it was zero where there is no row."""
    rows = rows_of(session, wanted)
    quiet = {key for key in wanted if rows.waiting(key) is None and (rows.of[key] or wanted[key][0])}
    past = history(session, quiet, moment(sheet["create_date"]) or NEVER)
    for key, (figure, number) in wanted.items():
        row = rows.waiting(key)
        if row and row.counted != figure:
            yield Difference(LEFT_OUT, f"{figure:f}", f"{row.counted:f} {row.person}", number)
        if row is None and key in quiet and not any(one.key == key for one in past.statements):
            yield Difference(LEFT_OUT, f"{figure:f}", "", number)


def take_back(session: Session, sending: Sending, refused: Refused) -> Outcome:
    """Raises `refused` with nothing of the count left, or gives the outcome where it cannot be taken back any more."""
    transaction = sending.transaction
    sheet = sheet_of(session, transaction)
    if sheet:
        sending = as_begun(sending, text(sheet["note"]))
    if sheet and slip_on(session, transaction, sheet["id"]) is not None:
        return _finish(session, sending, sheet)
    lay_stone(session, sending, refused.code, refused.facts)
    if sheet or refused.code == WITHDRAWN:
        _block(session, transaction)
    if sheet and not _cleared(session, sending, sheet):
        return _finish(session, sending, sheet)
    raise refused


def _block(session: Session, transaction: Transaction) -> None:
    """Take the external ids of the lines, so that a load still on its way finds them taken and writes nothing.

    Odoo says no to an id of another model; where ours are on rows already, it says no to this.
    """
    stone = record_of(session, transaction.uuid)
    if stone is None:
        return
    rows = [
        [xid(transaction.line_xid(line)), f"wardstock-not-{transaction.uuid}", "stock.picking", stone[1]]
        for line in transaction.lines
    ]
    try:
        load(session, "ir.attachment", ["id", "name", "res_model", "res_id"], rows)
    except OdooError as error:
        if error.family is not Family.DATA:
            raise


def _cleared(session: Session, sending: Sending, sheet: Row) -> bool:
    """Whether no number of ours is left: those that wait are cleared. False where people applied one already."""
    transaction = sending.transaction
    written = _written(session, transaction)
    keys = keys_of(transaction, known_goods(session, transaction))
    figures = _figures(transaction, sheet)
    rows = rows_of(session, {keys[number] for number in figures})
    waiting = [
        row.id
        for number, figure in figures.items()
        if (row := rows.waiting(keys[number])) and row.id in written and row.counted == figure
    ]
    if waiting:
        session.call("stock.quant", "action_clear_inventory_quantity", ids=waiting)
    past = history(session, set(keys.values()), moment(sheet["create_date"]) or NEVER) if written else History()
    return not past.statements
