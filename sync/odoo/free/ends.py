"""What became of free postings, read back for a whole batch at once and compared with their bodies (design 4)."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from sync.odoo.counts.moments import older_than_counts
from sync.odoo.free.acts import Act, read
from sync.odoo.posting.checks import WENT_NEGATIVE
from sync.odoo.posting.photos import attach_photos
from sync.odoo.posting.readback import differences, lots_of
from sync.odoo.posting.shelves import below_zero
from sync.odoo.posting.slip import machine_of
from sync.odoo.reading.incoming import next_names
from sync.odoo.reading.lines import LINE_FIELDS, line_from
from sync.odoo.wire.fields import Row, text
from sync.odoo.wire.pages import every
from sync.odoo.wire.session import Session
from sync.stock import MoveLine, StockKey
from sync.transaction import Outcome, Recount

Lines = Mapping[int, list[tuple[MoveLine, str]]]
"""Lines and their states by picking."""


def lines_on(session: Session, pickings: Collection[int]) -> Lines:
    """Those of each. Ours by being there: the picking is ours (no external ids are asked for)."""
    found: dict[int, list[tuple[MoveLine, str]]] = {id_: [] for id_ in pickings}
    domain = [["picking_id", "in", sorted(pickings)]]
    for row in every(session, "stock.move.line", LINE_FIELDS, domain, bare=True) if pickings else []:
        line = line_from(row)
        found[line.picking_id].append((line, text(row["state"])))
    return found


def read_back(session: Session, acts: Sequence[Act]) -> Lines:
    """Where they are after validating, and their lines.

    A picking is done when all its lines are, and those must be read anyway: only what is not done is asked for itself.
    """
    found = lines_on(session, [id_ for act in acts for id_ in act.ids])
    for act in acts:
        act.rows = {name: _as_lines_say(row, found[row["id"]]) for name, row in act.rows.items()}
    others = [act for act in acts if not act.done]
    if not others:
        return found
    read(session, others)
    # One of them may have been validated since its lines were read.
    return {**found, **lines_on(session, [id_ for act in others if act.done for id_ in act.ids])}


def _as_lines_say(row: Row, lines: Sequence[tuple[MoveLine, str]]) -> Row:
    done = lines and all(state == "done" for _, state in lines)
    return {**row, "state": "done"} if done else row


def ends_of(session: Session, acts: Sequence[Act], found: Lines) -> Mapping[str, Outcome]:
    """The outcome of each, by uuid; pictures are attached now that their document is done."""
    ids = [id_ for act in acts for id_ in act.ids]
    done = {id_: [line for line, state in found[id_] if state == "done"] for id_ in ids}
    lines = [line for some in done.values() for line in some]
    lots = lots_of(session, lines, acts[0].sending.stamp.zone)
    moves = every(session, "stock.move", ["picking_id", "move_dest_ids"], [["picking_id", "in", ids]], bare=True)
    onward = next_names(session, moves)
    below = below_zero(session, {_key(line) for line in lines})
    late = older_than_counts(session, [act.sending for act in acts])
    told: dict[str, Outcome] = {}
    for act in acts:
        rows = [act.rows[paper.name] for paper in act.papers if paper.name in act.rows]
        mine = [line for row in rows for line in done[row["id"]]]
        first = next(row for row in rows if row["state"] == "done")
        told[act.transaction.uuid] = Outcome(
            picking_id=first["id"],
            picking_name=text(first["name"]),
            next_names=tuple(dict.fromkeys(name for row in rows for name in onward.get(row["id"], ()))),
            differs=(
                *differences(act.transaction, act.goods, mine, lots),
                *attach_photos(session, act.sending, first["id"]),
            ),
            more_names=tuple(text(row["name"]) for row in rows if row is not first),
            recounts=tuple(dict.fromkeys((*_recounts(act, mine, below), *late[act.transaction.uuid]))),
            robbed=tuple(machine_of(text(first["note"])).get("robbed", ())),
        )
    return told


def _recounts(act: Act, lines: Iterable[MoveLine], below: Collection[StockKey]) -> Iterable[Recount]:
    """What was foreseen before it was loaded, and what Odoo's book says now: others moved goods in between (ward 3)."""
    yield from act.judged.recounts if act.judged else ()
    for line in lines:
        key = _key(line)
        if key in below:
            yield Recount(WENT_NEGATIVE, key.product_id, key.location_id, key.lot_id, key.package_id, key.owner_id)


def _key(line: MoveLine) -> StockKey:
    return StockKey(line.product_id, line.source_id, line.lot_id, line.package_id, line.owner_id)
