"""Odoo read back and held against the outbox: each transaction, and totals by kind and product (design 4, 11).

Nothing is changed on either side. A difference is told with its documents; a person decides what it means.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from sync.connection import site_zone
from sync.odoo import holdings
from sync.odoo.holdings import Docket, Pending, Slip
from sync.odoo.posting.goods import Good, goods_of
from sync.odoo.posting.readback import differences, lots_of
from sync.odoo.reading.lines import Held
from sync.odoo.wire.session import Session
from sync.stock import Lot
from sync.store import Store
from sync.store.outbox import Entry
from sync.transaction import COUNTS, FREE, PLANNED, Kind, Status, Transaction

ALL = 2**40
UNDECIDED = frozenset({Status.QUEUED, Status.SENDING})
_OPEN = ("draft", "waiting", "confirmed", "partially_available", "assigned")


@dataclass(frozen=True, slots=True)
class Finding:
    """One way in which device and Odoo differ. `code` says which; its sentence stands in `client.troubles`.

    Codes of what is done here: `document_gone`, `document_open`, `lines_gone`, `line_differs`, `expiry_differs`,
    `foreign_lines`, `note_gone`, `slip_gone`, `photo_gone`, `count_gone`, `count_differs`.
    Of what was refused or withdrawn here: `left_open`, `done_there`.
    Of what this device does not know: `stranger`, `copied`.
    """

    code: str
    uuid: str
    reference: str
    document: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Total:
    """How much of a kind and product was moved, as this device says and as Odoo's lines say. Base units."""

    kind: str
    product_id: int
    product: str
    here: Decimal
    there: Decimal


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """What was compared and what differs. `counted` holds done transactions by kind: how many here, how many there."""

    checked: int
    undecided: tuple[str, ...]
    findings: tuple[Finding, ...]
    totals: tuple[Total, ...]
    counted: Mapping[str, tuple[int, int]]

    @property
    def agrees(self) -> bool:
        """No difference anywhere, neither of one transaction nor in the sums. What is not decided yet is none."""
        sums = all(one.here == one.there for one in self.totals)
        return not self.findings and sums and all(here == there for here, there in self.counted.values())


def reconcile(store: Store, session: Session, since: datetime | None = None) -> Reconciliation:
    """Hold the outbox against Odoo; with `since`, what was settled or still open from then on.

    Asks for pages, not for transactions: a year of 20,000 is some hundred calls. Raises `OdooError` where Odoo cannot
    be asked: half an answer proves nothing.
    """
    everything = store.outbox.rows(newest=ALL)
    entries = [entry for entry in everything if since is None or (entry.settled_at or entry.queued_at) >= since]
    seen = _look(session, store, entries, {entry.uuid for entry in everything}, since)
    findings = [
        *(finding for entry in entries if entry.status is Status.DONE for finding in _of_done(entry, seen)),
        *(
            finding
            for entry in entries
            if entry.status not in {Status.DONE, *UNDECIDED}
            for finding in _gone(entry, seen)
        ),
        *_strange(seen),
    ]
    return Reconciliation(
        checked=len(entries),
        undecided=tuple(entry.uuid for entry in entries if entry.status in UNDECIDED),
        findings=tuple(findings),
        totals=tuple(_totals(entries, seen)),
        counted=_counted(entries, seen),
    )


# -- what Odoo shows ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Seen:
    """What was read of Odoo: enough to compare everything without asking again."""

    dockets: Mapping[int, Docket]
    by_uuid: Mapping[str, Sequence[Docket]]
    lines: Mapping[str, Sequence[Held]]
    foreign: Mapping[int, Sequence[Held]]
    papers: Mapping[int, frozenset[str]]
    goods: Mapping[int, Good]
    lots: Mapping[int, Lot]
    known: frozenset[str]
    device: str
    slips: tuple[Slip, ...]
    pending: Mapping[tuple[str, int], Pending]

    def own(self, uuid: str) -> Sequence[Docket]:
        """The documents made under a transaction's external ids."""
        return self.by_uuid.get(uuid, ())

    def name(self, picking_id: int) -> str:
        return self.dockets[picking_id].name if picking_id in self.dockets else ""


def _look(session: Session, store: Store, entries: Sequence[Entry], known: set[str], since: datetime | None) -> _Seen:
    ids = {id_ for entry in entries for id_ in _pickings(entry)}
    names = {store.device.name(), *(entry.reference.rpartition("/")[0] for entry in entries)} - {""}
    found = {one.id: one for one in holdings.dockets(session, ids)}
    for name in sorted(names):
        found |= {one.id: one for one in holdings.dockets_of(session, name, since)}
    found |= {one.id: one for one in holdings.dockets_after(session, ids)}
    ours, others = holdings.lines_by_uuid(session, found)
    strange = [slip for slip in holdings.slips_unknown(session, known, since) if slip.device in names]
    lines = [held.line for some in ours.values() for held in some]
    return _Seen(
        dockets=found,
        by_uuid=_by_uuid(found.values()),
        lines=ours,
        foreign=others,
        papers=holdings.papers_on(session, found),
        goods=goods_of(session, [entry.transaction for entry in entries]),
        lots=lots_of(session, lines, site_zone(store)),
        known=frozenset(known),
        device=store.device.name(),
        slips=tuple(strange),
        pending=holdings.pending_counts(session, _counted_products(entries)),
    )


def _by_uuid(found: Iterable[Docket]) -> Mapping[str, Sequence[Docket]]:
    by_uuid: dict[str, list[Docket]] = {}
    for one in found:
        if one.uuid:
            by_uuid.setdefault(one.uuid, []).append(one)
    return by_uuid


def _pickings(entry: Entry) -> Iterator[int]:
    """Where its lines can stand."""
    if entry.outcome and entry.outcome.picking_id:
        yield entry.outcome.picking_id
    if entry.transaction.document.picking_id:
        yield entry.transaction.document.picking_id


def _counted_products(entries: Iterable[Entry]) -> set[int]:
    counts = (entry.transaction for entry in entries if entry.transaction.kind is Kind.COUNT)
    return {line.product_id for act in counts for line in act.lines}


# -- one transaction ---------------------------------------------------------------------------------------------------


def _of_done(entry: Entry, seen: _Seen) -> Iterator[Finding]:
    act = entry.transaction
    if act.kind is Kind.COUNT:
        yield from _of_count(entry, seen)
        return
    if entry.outcome is None or not entry.outcome.picking_id:
        return
    docket = seen.dockets.get(entry.outcome.picking_id)
    if docket is None:
        yield _finding("document_gone", entry, entry.outcome.picking_name)
        return
    if not _agreed(act, docket):
        if docket.state != "done":
            yield _finding("document_open", entry, docket.name, state=docket.state)
        yield from _lines(entry, docket, seen)
    yield from _papers(entry, docket, seen)


def _agreed(act: Transaction, docket: Docket) -> bool:
    """A count that agreed with the book moved nothing: its document is cancelled and says so."""
    return act.kind is Kind.ADJUSTMENT and docket.state == "cancel" and not any(docket.figures.values())


def _lines(entry: Entry, docket: Docket, seen: _Seen) -> Iterator[Finding]:
    act, held = entry.transaction, seen.lines.get(entry.uuid, ())
    done = holdings.move_lines(held, "done")
    if not done:
        yield _finding("lines_gone", entry, docket.name)
    elif act.kind is Kind.ADJUSTMENT:
        yield from _of_adjustment(entry, docket, [one for one in held if one.state == "done"], seen)
    else:
        for one in differences(act, seen.goods, done, seen.lots):
            code = "expiry_differs" if one.what == "expiry" else "line_differs"
            yield _finding(code, entry, docket.name, line=one.line, ours=one.ours, theirs=one.theirs)
    yield from _left(entry, held, seen)
    if act.kind in FREE | {Kind.ADJUSTMENT}:
        foreign = [one for paper in seen.own(act.uuid) for one in seen.foreign.get(paper.id, ()) if one.state == "done"]
        if foreign:
            yield _finding("foreign_lines", entry, docket.name, lines="; ".join(one.told() for one in foreign))


def _of_adjustment(entry: Entry, docket: Docket, held: Sequence[Held], seen: _Seen) -> Iterator[Finding]:
    """Its note says what each line came to: booked more or less."""
    figures = {number: figure for one in seen.own(entry.uuid) for number, figure in one.figures.items() if figure}
    booked: dict[int, Decimal] = {}
    for one in held:
        number = holdings.body_line(one.xids)
        sign = 1 if one.line.destination_id in {line.source_id for line in entry.transaction.lines} else -1
        booked[number] = booked.get(number, Decimal(0)) + sign * one.line.quantity
    for number in sorted({*figures, *booked}):
        ours, theirs = figures.get(number, Decimal(0)), booked.get(number, Decimal(0))
        if ours != theirs:
            yield _finding("line_differs", entry, docket.name, line=number, ours=f"{ours:+f}", theirs=f"{theirs:+f}")


def _papers(entry: Entry, docket: Docket, seen: _Seen) -> Iterator[Finding]:
    """From Odoo's screen back to the device: the note of a document of ours, the slip on one of Odoo's, the photos."""
    act = entry.transaction
    papers = [docket] if act.kind in PLANNED else seen.own(act.uuid)
    names = frozenset[str]().union(*(seen.papers.get(one.id, frozenset()) for one in papers))
    if act.kind in PLANNED and not any(holdings.uuid_of_slip(name) == act.uuid for name in names):
        yield _finding("slip_gone", entry, docket.name)
    for paper in papers if act.kind not in PLANNED else ():
        if not paper.noted:
            yield _finding("note_gone", entry, paper.name)
    photos = sum(1 for name in names if not holdings.uuid_of_slip(name))
    if photos < len(act.photos):
        yield _finding("photo_gone", entry, docket.name, here=len(act.photos), there=photos)


def _of_count(entry: Entry, seen: _Seen) -> Iterator[Finding]:
    """Its sheet says what was submitted; while it waits for approval, the row must still say so too.

    Applied, it is a movement of Odoo's own and leaves no row: the sheet alone proves it then. So it does where a later
    count spoke about the same row.
    """
    sheets = seen.own(entry.uuid)
    left_out = {one.line for one in (entry.outcome.differs if entry.outcome else ())}
    figures = {number: figure for sheet in sheets for number, figure in sheet.figures.items()}
    if not sheets or (not figures and len(left_out) < len(entry.transaction.lines)):
        yield _finding("count_gone" if not sheets else "note_gone", entry, sheets[0].name if sheets else "")
        return
    if not any(holdings.uuid_of_slip(name) == entry.uuid for name in seen.papers.get(sheets[0].id, ())):
        yield _finding("slip_gone", entry, sheets[0].name)
    for line in entry.transaction.lines:
        if line.number not in figures and line.number not in left_out:
            yield _finding("count_gone", entry, sheets[0].name, line=line.number)
        waits = seen.pending.get((entry.uuid, line.number))
        if waits and waits.quantity != figures.get(line.number) and waits.said_by == {entry.uuid}:
            facts = {"ours": f"{figures.get(line.number, Decimal(0)):f}", "theirs": f"{waits.quantity:f}"}
            yield _finding("count_differs", entry, sheets[0].name, line=line.number, **facts)


def _left(entry: Entry, held: Sequence[Held], seen: _Seen) -> Iterator[Finding]:
    open_ = [one for one in held if one.state not in {"done", "cancel"}]
    if open_:
        told = "; ".join(one.told() for one in open_)
        yield _finding("left_open", entry, seen.name(open_[0].line.picking_id), lines=told)


def _gone(entry: Entry, seen: _Seen) -> Iterator[Finding]:
    """Refused or withdrawn here: nothing of it may have happened there."""
    held = seen.lines.get(entry.uuid, ())
    done = [one for one in held if one.state == "done"]
    if done:
        told = "; ".join(one.told() for one in done)
        yield _finding("done_there", entry, seen.name(done[0].line.picking_id), lines=told)
    yield from _left(entry, held, seen)
    for docket in seen.own(entry.uuid):
        if docket.state in _OPEN:
            yield _finding("left_open", entry, docket.name, lines="")


def _strange(seen: _Seen) -> Iterator[Finding]:
    """What names this device in Odoo, and the device does not know: a clone's work, or what a restored backup lost."""
    for docket in seen.dockets.values():
        if docket.claims and docket.claims not in seen.known and docket.state != "cancel":
            yield Finding("stranger", docket.claims, "", docket.name, {"state": docket.state, "kind": docket.kind})
        elif docket.claims in seen.known and not docket.uuid and docket.state != "cancel":
            yield Finding("copied", docket.claims, "", docket.name, {"state": docket.state})
    for slip in seen.slips:
        yield Finding("stranger", slip.uuid, "", seen.name(slip.picking_id) or f"#{slip.picking_id}", {"state": "slip"})


def _finding(code: str, entry: Entry, document: str, **facts: object) -> Finding:
    return Finding(code, entry.uuid, entry.reference, document, facts)


# -- totals ------------------------------------------------------------------------------------------------------------


def _totals(entries: Sequence[Entry], seen: _Seen) -> Iterator[Total]:
    """Movements only: a count says what lies, not what moved."""
    kinds = {entry.uuid: entry.transaction.kind for entry in entries}
    here: dict[tuple[str, int], Decimal] = {}
    for entry in entries:
        if entry.status is Status.DONE and entry.transaction.kind not in COUNTS:
            for line in entry.transaction.lines:
                _add(here, (entry.transaction.kind, line.product_id), line.done)
    strange = {docket.claims: docket.kind for docket in seen.dockets.values() if docket.claims not in seen.known}
    there: dict[tuple[str, int], Decimal] = {}
    for uuid, held in seen.lines.items():
        kind = kinds.get(uuid) or strange.get(uuid)
        for one in holdings.move_lines(held, "done") if kind and kind not in COUNTS else ():
            _add(there, (str(kind), one.product_id), one.quantity)
    for kind, product_id in sorted({*here, *there}):
        good, key = seen.goods.get(product_id), (kind, product_id)
        name = good.name if good else f"#{product_id}"
        yield Total(kind, product_id, name, here.get(key, Decimal(0)), there.get(key, Decimal(0)))


def _counted(entries: Sequence[Entry], seen: _Seen) -> Mapping[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for entry in entries:
        if entry.status is Status.DONE:
            here, there = found.get(entry.transaction.kind, (0, 0))
            found[entry.transaction.kind] = here + 1, there + _is_there(entry, seen)
    return found


def _is_there(entry: Entry, seen: _Seen) -> bool:
    if entry.transaction.kind is Kind.COUNT:
        return bool(seen.own(entry.uuid))
    docket = seen.dockets.get(entry.outcome.picking_id) if entry.outcome else None
    agreed = docket is not None and _agreed(entry.transaction, docket)
    return agreed or any(one.state == "done" for one in seen.lines.get(entry.uuid, ()))


def _add(sums: dict[tuple[str, int], Decimal], key: tuple[str, int], quantity: Decimal) -> None:
    sums[key] = sums.get(key, Decimal(0)) + quantity
