"""Judged on Odoo's own figures just before posting: what is not true is refused, what has happened is booked (ward 3).

Odoo takes more than lies there, another package's goods and a colleague's reservation without a word (contract 14.3
to 14.8). Only what does not stand in Odoo yet is judged: a posting that began is not refused for what came later.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from sync.odoo.posting.goods import Good, Spot, check_fit, goods_of, spots_of
from sync.odoo.posting.lots import Name, Wanted, check_lots, find_lots, in_stock, joined, wanted_lots, where_serials_lie
from sync.odoo.posting.sending import Sending, Site
from sync.odoo.posting.shelves import Reserved, Shelves, found_at, reserved_by, shelves
from sync.odoo.wire.errors import Refused
from sync.odoo.wire.session import Session
from sync.stock import Lot, StockKey
from sync.transaction import Line, Recount, Transaction

HELD = "goods_held"
"""The refusal of held goods, and the question a person answers `MOVE_ANYWAY`."""
MOVE_ANYWAY = "move-anyway"

WENT_NEGATIVE = "went_negative"

Over = Mapping[StockKey, Decimal]
"""How much more is taken from a key than lies there; where goods are reserved it can be less than nothing."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Fit to be posted: its goods, the lots it needs (`lots.make_lots` settles them), and what will follow from it.

    `robbed` are pickings for which the goods are reserved (ward 6), `recounts` the shelves that go below zero.
    `there` are the lots Odoo has already.
    """

    goods: Mapping[int, Good]
    wanted: Mapping[Name, Wanted]
    there: Mapping[Name, Lot]
    recounts: tuple[Recount, ...] = ()
    robbed: tuple[str, ...] = ()


@dataclass(slots=True)
class _Ground:
    """What Odoo has of all that the transactions touch; `taken` and `lots` are what the earlier ones will do to it."""

    goods: Mapping[int, Good]
    spots: Mapping[int, Spot]
    there: Mapping[Name, Lot]
    serials: Mapping[int, tuple[str, ...]]
    book: Shelves
    paths: Mapping[int, str]
    site: Site
    taken: dict[StockKey, Decimal] = field(default_factory=dict)
    lots: dict[Name, Wanted] = field(default_factory=dict)


def judge(session: Session, sendings: Sequence[Sending], site: Site) -> Mapping[str, Judged | Refused]:
    """Each by its uuid, in the order they will be posted; all of one company. Writes nothing.

    `Refused`: those of `goods.check_fit` and `lots.check_lots`, `goods_held`, `serial_in_stock`, `serial_elsewhere`,
    `package_or_owner` (ward 2), `goods_in_child` (ward 4), `too_little_stock` where the site says so (ward 3).
    A picking's own reservation is no other's (ward 6).
    """
    if not sendings:
        return {}
    ground = _ground(session, sendings, site)
    told = {sending.transaction.uuid: _told(ground, sending.transaction) for sending in sendings}
    own = {sending.transaction.document.picking_id or 0 for sending in sendings}
    theirs = reserved_by(session, {key for _, over in told.values() for key in over}, own)
    return {uuid: _with_robbed(one, over, theirs) for uuid, (one, over) in told.items()}


def _with_robbed(one: Judged | Refused, over: Over, theirs: Reserved) -> Judged | Refused:
    if isinstance(one, Refused):
        return one
    cut = [theirs[key] for key, more in over.items() if more + sum(theirs[key].values()) > 0]
    return replace(one, robbed=tuple(dict.fromkeys(name for names in cut for name in names)))


def _ground(session: Session, sendings: Sequence[Sending], site: Site) -> _Ground:
    acts = [sending.transaction for sending in sendings]
    goods, spots = goods_of(session, acts), spots_of(session, acts)
    known = {
        (line.product_id, line.lot_name)
        for act in acts
        for line in act.lines
        if _tracked(goods, line) and line.lot_name
    }
    there = find_lots(session, acts[0].company_id, known, sendings[0].stamp.zone)
    serials = {lot.id for name, lot in there.items() if goods[name[0]].tracking == "serial"}
    leaving = [line for act in acts for line in act.lines if _leaves(spots, line)]
    book, paths = shelves(session, {line.product_id for line in leaving}, {line.source_id for line in leaving})
    return _Ground(goods, spots, there, where_serials_lie(session, serials), book, paths, site)


def _told(ground: _Ground, transaction: Transaction) -> tuple[Judged | Refused, Over]:
    try:
        return _judged(ground, transaction)
    except Refused as refused:
        return refused, {}


def _judged(ground: _Ground, transaction: Transaction) -> tuple[Judged, Over]:
    check_fit(transaction, ground.goods, ground.spots)
    _check_held(ground, transaction)
    wanted = _check_lots(ground, transaction)
    taken, recounts, over = _check_shelves(ground, transaction)
    ground.lots |= {name: joined(ground.lots.get(name), want) for name, want in wanted.items()}
    ground.taken |= {key: ground.taken.get(key, Decimal(0)) + quantity for key, quantity in taken.items()}
    there = {name: ground.there[name] for name in wanted if name in ground.there}
    goods = {line.product_id: ground.goods[line.product_id] for line in transaction.lines}
    return Judged(goods, wanted, there, recounts), over


def _check_held(ground: _Ground, transaction: Transaction) -> None:
    """Held goods go to a quarantine place, or where a person who may said so (ward 31)."""
    site = ground.site
    for line in transaction.lines:
        why = site.held.get((line.product_id, line.lot_name)) or site.held.get((line.product_id, ""))
        if why is None or ground.spots[line.destination_id].within(site.quarantine) or _moves_anyway(transaction, line):
            continue
        good = ground.goods[line.product_id]
        raise Refused(HELD, **_facts(good, line), why=why)


def _moves_anyway(transaction: Transaction, line: Line) -> bool:
    return any(
        answer.question == HELD and answer.choice == MOVE_ANYWAY and answer.line in {None, line.number}
        for answer in transaction.answers
    )


def _check_lots(ground: _Ground, transaction: Transaction) -> Mapping[Name, Wanted]:
    """A lot two transactions bring is agreed with both: the first that comes says its day."""
    wanted = wanted_lots(transaction, ground.goods)
    tracked = [line for line in transaction.lines if _tracked(ground.goods, line)]
    arriving = {(line.product_id, line.lot_name) for line in tracked if not _leaves(ground.spots, line)}
    check_lots(wanted, ground.there, arriving)
    for name, want in wanted.items():
        joined(ground.lots.get(name), want)
    for line in tracked:
        _check_serial(ground, transaction, line, wanted)
    return wanted


def _check_serial(ground: _Ground, transaction: Transaction, line: Line, wanted: Mapping[Name, Wanted]) -> None:
    name = (line.product_id, line.lot_name)
    lot, want = ground.there.get(name), wanted[name]
    places = ground.serials.get(lot.id, ()) if lot and want.serial else ()
    if not places:
        return
    source = ground.spots[line.source_id]
    if not source.ours and not _took_out(ground, transaction, line):
        raise in_stock(want, places[0])
    if source.ours and not any(_lies(ground, line, lot)):
        raise Refused(
            "serial_elsewhere", line=line.number, product=want.good.name, lot=want.name, location=places[0],
            source=source.name,
        )  # fmt: skip


def _took_out(ground: _Ground, transaction: Transaction, line: Line) -> bool:
    """Whether the same transaction takes that serial off its shelf first."""
    return any(
        other.product_id == line.product_id and other.lot_name == line.lot_name and _leaves(ground.spots, other)
        for other in transaction.lines
    )


def _lies(ground: _Ground, line: Line, lot: Lot | None) -> Iterable[bool]:
    """Whether a serial lies at its source or below, under any package or owner: those are told apart later."""
    at = ground.spots[line.source_id].path
    for key, shelf in ground.book.by_key.items():
        if lot and key.lot_id == lot.id and shelf.quantity > 0:
            yield _path(ground, key.location_id).startswith(at)


def _check_shelves(
    ground: _Ground, transaction: Transaction
) -> tuple[Mapping[StockKey, Decimal], tuple[Recount, ...], Over]:
    taken: dict[StockKey, Decimal] = {}
    recounts: list[Recount] = []
    over: dict[StockKey, Decimal] = {}
    brought = _brought(ground, transaction)
    for key, (quantity, line) in _needs(ground, transaction).items():
        shelf = ground.book.of(key)
        left = shelf.quantity - ground.taken.get(key, Decimal(0)) + brought.get(key, Decimal(0))
        if left < quantity:
            _check_short(ground, key, line, quantity, left)
            recounts.append(Recount(WENT_NEGATIVE, *_parts(key)))
        if left - shelf.reserved < quantity:
            over[key] = quantity - left
        taken[key] = quantity
    return taken, tuple(recounts), over


def _needs(ground: _Ground, transaction: Transaction) -> Mapping[StockKey, tuple[Decimal, Line]]:
    """What leaves each key, all lines summed, and the first line that asks for it."""
    needs: dict[StockKey, tuple[Decimal, Line]] = {}
    for line in transaction.lines:
        good = ground.goods[line.product_id]
        if not good.storable or not _leaves(ground.spots, line):
            continue
        key = StockKey(good.id, line.source_id, _lot_id(ground, line), line.package_id, line.owner_id)
        before, first = needs.get(key, (Decimal(0), line))
        needs[key] = (before + line.done, first)
    return needs


def _brought(ground: _Ground, transaction: Transaction) -> Mapping[StockKey, Decimal]:
    """What the same act lays down, loose: goods may pass a shelf on their way, and Odoo books all of it at once."""
    brought: dict[StockKey, Decimal] = {}
    for line in transaction.lines:
        key = StockKey(line.product_id, line.destination_id, _lot_id(ground, line), None, line.owner_id)
        brought[key] = brought.get(key, Decimal(0)) + line.done
    return brought


def _lot_id(ground: _Ground, line: Line) -> int | None:
    lot = ground.there.get((line.product_id, line.lot_name)) if _tracked(ground.goods, line) else None
    return lot.id if lot else None


def _check_short(ground: _Ground, key: StockKey, line: Line, quantity: Decimal, left: Decimal) -> None:
    """More than is there: the goods lie beside it or below it, or the site forbids, or it has happened all the same."""
    source, good = ground.spots[key.location_id], ground.goods[key.product_id]
    facts = {**_facts(good, line), "location": source.name}
    beside = [found_at(other, shelf.quantity, shelf.told) for other, shelf in ground.book.beside(key)]
    if beside:
        raise Refused("package_or_owner", **facts, done=f"{quantity:f}", lies=_lies_there(beside), found=beside)
    below = [
        found_at(other, shelf.quantity, f"{shelf.place}: {shelf.told}")
        for other, shelf in ground.book.below(key, source, _paths(ground))
    ]
    if below:
        raise Refused("goods_in_child", **facts, done=f"{quantity:f}", lies=_lies_there(below), found=below)
    if source.within(ground.site.strict):
        raise Refused("too_little_stock", **facts, done=f"{quantity:f}", there=f"{left:f}")


def _lies_there(found: Iterable[Mapping[str, object]]) -> str:
    return "; ".join(str(one["told"]) for one in found)


def _facts(good: Good, line: Line) -> dict[str, object]:
    """Which line, and its goods in words."""
    goods = f"{good.name}, lot {line.lot_name}" if line.lot_name else good.name
    return {"line": line.number, "product": good.name, "lot": line.lot_name, "goods": goods}


def _paths(ground: _Ground) -> Mapping[int, str]:
    return {**ground.paths, **{spot.id: spot.path for spot in ground.spots.values()}}


def _path(ground: _Ground, place: int) -> str:
    return _paths(ground).get(place, "")


def _parts(key: StockKey) -> tuple[int, int, int | None, int | None, int | None]:
    return key.product_id, key.location_id, key.lot_id, key.package_id, key.owner_id


def _leaves(spots: Mapping[int, Spot], line: Line) -> bool:
    return line.source_id in spots and spots[line.source_id].ours


def _tracked(goods: Mapping[int, Good], line: Line) -> bool:
    return line.product_id in goods and goods[line.product_id].tracked
