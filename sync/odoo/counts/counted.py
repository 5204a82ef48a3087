"""A count, judged before anything of it exists in Odoo: which words hold, and what they come to (ward 1 to 8)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from sync.odoo.counts.moments import OLDER, History, NamedKey, Statement, begin_of, history, watched_from
from sync.odoo.counts.pending import refuse_pending
from sync.odoo.counts.quants import Rows, merge_rows, rows_of, where_lots_lie
from sync.odoo.counts.sheet import Figures
from sync.odoo.posting.goods import Good, Spot, check_fit, goods_of, spots_of
from sync.odoo.posting.lots import Name, Wanted, check_lots, find_lots, wanted_lots
from sync.odoo.posting.sending import Sending
from sync.odoo.posting.shelves import found_at
from sync.odoo.wire.errors import Family, OdooError, Refused
from sync.odoo.wire.pages import every
from sync.odoo.wire.session import Session
from sync.stock import Lot, Tracking, Usage
from sync.transaction import Difference, Kind, Line, Recount, Transaction

LEFT_OUT = "count"
"""What differs where a line of a count was not posted: somebody has said since what lies there."""
WENT_NEGATIVE = "went_negative"

LOOKS = 5
"""How often a shelf may change under our eyes until we come back later."""

Doubt = tuple[str, NamedKey]
"""Why a shelf must be counted again, and which."""


@dataclass(frozen=True, slots=True)
class Word:
    """One line of a count that holds: `target` is what must lie on its shelf now, in base units."""

    line: Line
    key: NamedKey
    target: Decimal


@dataclass(frozen=True, slots=True)
class Judged:
    """What is to be made of a count. `wanted` lots are settled by `lots.make_lots`; `there` are those Odoo has."""

    goods: Mapping[int, Good]
    words: tuple[Word, ...]
    rows: Rows
    past: History
    wanted: Mapping[Name, Wanted]
    there: Mapping[Name, Lot]

    @property
    def figures(self) -> Figures:
        """What must lie on the shelf of each line that holds."""
        return {word.line.number: word.target for word in self.words}


def keys_of(transaction: Transaction, goods: Mapping[int, Good]) -> Mapping[int, NamedKey]:
    """The shelf of each line, by its number."""
    return {line.number: _key(line, goods[line.product_id]) for line in transaction.lines}


def judge(session: Session, sending: Sending) -> Judged:
    """Which lines hold, and what they come to now: counted, and what moved since (ward 1). Makes no document.

    A line on whose shelf a later word was spoken is left out. Raises `Refused`: those of `goods.check_fit` and
    `lots.check_lots`, `serial_quantity`, `counted_twice`, `not_for_counts`, `goods_in_child`, `serial_elsewhere`,
    `count_time_unsure`, `count_pending`, `quant_rows`, `package_or_owner`, `lot_renamed`.
    """
    transaction = sending.transaction
    goods, spots = goods_of(session, [transaction]), spots_of(session, [transaction])
    check_fit(transaction, goods, spots)
    keys = keys_of(transaction, goods)
    _check_lines(transaction, goods, spots, keys)
    rows = rows_of(session, set(keys.values()))
    _check_below(transaction, goods, spots, rows)
    _check_beside(transaction, goods, keys, rows)
    named = {(line.product_id, line.lot_name) for line in transaction.lines if goods[line.product_id].tracked}
    there = find_lots(session, transaction.company_id, named, sending.stamp.zone)
    _check_names(session, transaction, goods, there)
    wanted = wanted_lots(_found(transaction), goods)
    check_lots(wanted, there, wanted)
    _check_serials(session, transaction, wanted, there, spots)
    rows, past = _at_rest(session, sending, rows)
    words = _words(sending, goods, keys, past)
    refuse_pending(session, sending, {word.line.number: word.target for word in words}, keys, goods, rows)
    if transaction.kind is Kind.COUNT:
        rows = _one_row_each(session, words, goods, rows)
    return Judged(goods, words, rows, past, wanted, there)


def left_out(
    session: Session, sending: Sending, keys: Mapping[int, NamedKey], figures: Figures
) -> tuple[tuple[Difference, ...], list[Doubt]]:
    """What became of the lines that did not hold: whose word stands, and the shelves to count again.

    A count that people applied in Odoo has the time of its booking, its moment may be older than ours: the shelf is
    counted again.
    """
    out = [line for line in sending.transaction.lines if line.number not in figures]
    past = history(session, {keys[line.number] for line in out}, begin_of(session, sending.stamp))
    newer = {line: past.said_after(keys[line.number], sending.stamp.acted_at) for line in out}
    differs = [Difference(LEFT_OUT, f"{_counted(line):f}", _said(one), line.number) for line, one in newer.items()]
    doubts = [(OLDER, keys[line.number]) for line, one in newer.items() if one is None or not one.when.uuid]
    return tuple(differs), doubts


def recounts(session: Session, sending: Sending, doubts: Sequence[Doubt]) -> tuple[Recount, ...]:
    """The shelves for a person to count again, and why."""
    names = {(key.product_id, key.lot_name) for _, key in doubts if key.lot_name}
    lots = find_lots(session, sending.transaction.company_id, names, sending.stamp.zone)
    return tuple(_recount(why, key, lots.get((key.product_id, key.lot_name))) for why, key in dict.fromkeys(doubts))


def _key(line: Line, good: Good) -> NamedKey:
    name = line.lot_name if good.tracked else ""
    return NamedKey(line.product_id, line.source_id, name, line.package_id, line.owner_id)


def _counted(line: Line) -> Decimal:
    """A line not counted is not zero (design 5): a body without the word is a bug."""
    if line.counted is None:
        raise ValueError(f"line {line.number} of a count counts nothing")
    return line.counted


def _found(transaction: Transaction) -> Transaction:
    """Only what was found needs a lot."""
    return replace(transaction, lines=tuple(line for line in transaction.lines if _counted(line)))


def _check_lines(
    transaction: Transaction,
    goods: Mapping[int, Good],
    spots: Mapping[int, Spot],
    keys: Mapping[int, NamedKey],
) -> None:
    seen: set[NamedKey] = set()
    for line in transaction.lines:
        good, spot = goods[line.product_id], spots[line.source_id]
        facts = {"line": line.number, "product": good.name, "lot": line.lot_name}
        if not spot.ours:
            raise Refused("not_for_counts", location=spot.name, location_id=spot.id)
        if good.tracking is Tracking.SERIAL and _counted(line) not in {0, 1}:
            raise Refused("serial_quantity", **facts, done=f"{_counted(line):f}")
        if keys[line.number] in seen:
            raise Refused("counted_twice", **facts, location=spot.name)
        seen.add(keys[line.number])
    other = spots[transaction.document.destination_id]
    if transaction.kind is Kind.ADJUSTMENT and other.usage is not Usage.INVENTORY:
        raise Refused("not_for_counts", location=other.name, location_id=other.id)


def _check_below(transaction: Transaction, goods: Mapping[int, Good], spots: Mapping[int, Spot], rows: Rows) -> None:
    """Only leaf bins are counted (ward 4): what lies below would be there a second time."""
    for line in transaction.lines:
        spot = spots[line.source_id]
        below = rows.below(line.product_id, spot.path)
        if below:
            lies = "; ".join(f"{row.place}: {row.quantity:f}" for row in below)
            found = [found_at(row.key, row.quantity, f"{row.place}: {row.quantity:f}") for row in below]
            raise Refused(
                "goods_in_child", line=line.number, product=goods[line.product_id].name, lot=line.lot_name,
                location=spot.name, done=f"{_counted(line):f}", lies=lies, found=found,
            )  # fmt: skip


def _check_beside(
    transaction: Transaction, goods: Mapping[int, Good], keys: Mapping[int, NamedKey], rows: Rows
) -> None:
    """Counting 12 where Odoo has those 12 in a package, of an owner, or in a lot it no longer follows, makes 24."""
    for line in transaction.lines:
        key, good = keys[line.number], goods[line.product_id]
        beside = [row for row in rows.beside if row.key[:2] == key[:2]]
        facts = {"line": line.number, "product": good.name, "lot": line.lot_name}
        if not good.tracked and any(row.key.lot_name for row in beside):
            raise Refused("quant_rows", **facts, location=beside[0].place, rows=len(beside) + len(rows.of[key]))
        others = [row for row in beside if row.key.lot_name == key.lot_name]
        if others and _counted(line) and not (line.package_id or line.owner_id or rows.book(key)):
            lies = "; ".join(f"{row.quantity:f} {row.apart}" for row in others)
            found = [found_at(row.key, row.quantity, f"{row.quantity:f} {row.apart}") for row in others]
            named = f"{good.name}, lot {line.lot_name}" if line.lot_name else good.name
            raise Refused(
                "package_or_owner", **facts, goods=named, location=others[0].place, done=f"{_counted(line):f}",
                lies=lies, found=found,
            )  # fmt: skip


def _check_names(
    session: Session, transaction: Transaction, goods: Mapping[int, Good], there: Mapping[Name, Lot]
) -> None:
    """A lot the device knew by its id, and Odoo by another name since: under the old name it would be there twice."""
    strange = {
        line.lot_id: line
        for line in transaction.lines
        if line.lot_id and goods[line.product_id].tracked and (line.product_id, line.lot_name) not in there
    }
    for row in every(session, "stock.lot", ["name"], [["id", "in", sorted(strange)]]) if strange else ():
        line = strange[row["id"]]
        raise Refused("lot_renamed", line=line.number, product=goods[line.product_id].name, lot=line.lot_name)


def _check_serials(
    session: Session,
    transaction: Transaction,
    wanted: Mapping[Name, Wanted],
    there: Mapping[Name, Lot],
    spots: Mapping[int, Spot],
) -> None:
    """A serial found here, that Odoo has elsewhere too, would be there twice; unless the same count misses it there."""
    serials = {there[name].id: name for name, want in wanted.items() if want.serial and name in there}
    lies = where_lots_lie(session, serials)
    for line in transaction.lines:
        want, lot = wanted.get((line.product_id, line.lot_name)), there.get((line.product_id, line.lot_name))
        if want is None or lot is None or not _counted(line):
            continue
        missed = {other.source_id for other in transaction.lines if _same(other, line) and not _counted(other)}
        elsewhere = [name for id_, name in lies.get(lot.id, ()) if id_ not in {line.source_id, *missed}]
        if elsewhere:
            raise Refused(
                "serial_elsewhere", line=line.number, product=want.good.name, lot=want.name, location=elsewhere[0],
                source=spots[line.source_id].name,
            )  # fmt: skip


def _same(one: Line, other: Line) -> bool:
    return (one.product_id, one.lot_name) == (other.product_id, other.lot_name)


def _words(
    sending: Sending, goods: Mapping[int, Good], keys: Mapping[int, NamedKey], past: History
) -> tuple[Word, ...]:
    stamp = sending.stamp
    words: list[Word] = []
    for line in sending.transaction.lines:
        key, good = keys[line.number], goods[line.product_id]
        if past.unclear(key, stamp):
            raise Refused("count_time_unsure", line=line.number, product=good.name, lot=line.lot_name)
        if past.said_after(key, stamp.acted_at):
            continue
        words.append(Word(line, key, _counted(line) + past.moved_after(key, stamp.acted_at)))
    return tuple(words)


def _at_rest(session: Session, sending: Sending, rows: Rows) -> tuple[Rows, History]:
    """The book and what became of it, seen of the same moment: what moved between two questions is in both or neither.

    Raises a transient `OdooError` where the shelves are never at rest. A count for approval is looked at when it
    stands.
    """
    for _ in range(LOOKS):
        past = history(session, set(rows.of), watched_from(session, sending.stamp))
        if sending.transaction.kind is Kind.COUNT:
            return rows, past
        before, rows = rows, rows_of(session, set(rows.of))
        if rows.of == before.of:
            return rows, past
    raise OdooError(Family.TRANSIENT_UNKNOWN)


def _recount(why: str, key: NamedKey, lot: Lot | None) -> Recount:
    return Recount(why, key.product_id, key.location_id, lot.id if lot else None, key.package_id, key.owner_id)


def _said(newer: Statement | None) -> str:
    """Whose word stands instead of ours."""
    return f"{newer.person}, {newer.document}, {newer.when.at.isoformat()}" if newer else ""


def _one_row_each(session: Session, words: Sequence[Word], goods: Mapping[int, Good], rows: Rows) -> Rows:
    """A count is set on one row of the key alone: rows 5, 3, -1 and a count of 7 would end at 9 (ward 7)."""
    keys = {word.key for word in words}
    if all(len(rows.of[key]) <= 1 for key in keys):
        return rows
    merge_rows(session)
    merged = rows_of(session, keys)
    for word in words:
        many = merged.of[word.key]
        if len(many) > 1:
            good, line = goods[word.line.product_id], word.line
            raise Refused(
                "quant_rows", line=line.number, product=good.name, lot=line.lot_name, location=many[0].place,
                rows=len(many),
            )  # fmt: skip
    return merged
