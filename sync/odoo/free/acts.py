"""A transaction under way and its pickings as they stand in Odoo: found by origin at once, by external id surely."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sync.odoo.free.papers import Paper, name_of_in, out_and_in, papers_of
from sync.odoo.posting.checks import Judged
from sync.odoo.posting.goods import Good
from sync.odoo.posting.sending import Sending
from sync.odoo.posting.slip import machine_of, origin_of
from sync.odoo.reading.incoming import CLOSED
from sync.odoo.wire.errors import Family, OdooError, Refused
from sync.odoo.wire.fields import Row, text
from sync.odoo.wire.load import record_of, xid
from sync.odoo.wire.pages import every, records
from sync.odoo.wire.session import Session
from sync.transaction import Kind, Transaction

_FIELDS = ("name", "state", "note")


@dataclass(slots=True, eq=False)
class Act:
    """A transaction of a batch. `rows` are its pickings in Odoo by external id, `judged` what is loaded now.

    `no` is what Odoo said when it was asked for this one alone; `over` that its end was told.
    """

    sending: Sending
    papers: tuple[Paper, ...]
    rows: dict[str, Row] = field(default_factory=dict)
    goods: Mapping[int, Good] = field(default_factory=dict)
    judged: Judged | None = None
    no: OdooError | None = None
    over: bool = False

    @property
    def transaction(self) -> Transaction:
        return self.sending.transaction

    @property
    def states(self) -> frozenset[str]:
        """Of each of its papers; `gone` where it is not there."""
        return frozenset(self.rows[paper.name]["state"] if paper.name in self.rows else "gone" for paper in self.papers)

    @property
    def done(self) -> bool:
        """All of it."""
        return self.states == {"done"}

    @property
    def missing(self) -> list[str]:
        """Its papers that are not there, by external id: all of a new one, some where a load was cut in between."""
        return [paper.name for paper in self.papers if paper.name not in self.rows]

    @property
    def name(self) -> str:
        """What people call the first of its documents."""
        return next((text(row["name"]) for row in self.rows.values()), "")

    @property
    def ids(self) -> list[int]:
        """Its pickings."""
        return [row["id"] for row in self.rows.values()]

    @property
    def open_ids(self) -> list[int]:
        """Its pickings that are neither done nor cancelled."""
        return [row["id"] for row in self.rows.values() if row["state"] not in CLOSED]

    def refused_before(self) -> Refused:
        """What a cancelled picking of ours says: who comes under that uuid never posts again (contract 14.13)."""
        told: Mapping[str, object] = {}
        for row in self.rows.values():
            told = machine_of(text(row["note"])).get("refused") or told
        return Refused("refused_before", picking=self.name, why=told.get("code", ""), before=told.get("facts", {}))


def acts_of(session: Session, sendings: Iterable[Sending]) -> list[Act]:
    """Nothing is known of them yet."""
    return [Act(sending, papers_of(session.can, sending)) for sending in sendings]


def find(session: Session, acts: Sequence[Act]) -> None:
    """What stands already, in one question by origin. That it is ours says its external id: a copy has our origin."""
    origins = [origin_of(act.transaction) for act in acts]
    rows = every(session, "stock.picking", _FIELDS, [["origin", "in", origins]]) if acts else []
    names = dict(_names(session, [row["id"] for row in rows]))
    found = {name: row for row in rows for name in names.get(row["id"], ())}
    for act in acts:
        _as_loaded(act, apart=xid(name_of_in(act.transaction)) in found)
        act.rows = {paper.name: found[xid(paper.name)] for paper in act.papers if xid(paper.name) in found}


def find_surely(session: Session, act: Act) -> None:
    """By external id: its origin may have been changed in Odoo.

    Raises an error of rights for what is there but hidden: nobody could say what became of it (ward 34).
    """
    if act.transaction.kind is Kind.LOT_CHANGE and len(act.papers) == 1:
        _as_loaded(act, apart=record_of(session, name_of_in(act.transaction)) is not None)
    found = {paper.name: record_of(session, paper.name) for paper in act.papers}
    if any(one and one[1] is None for one in found.values()):
        told = f"the document of {act.transaction.reference} is no longer visible to this user"
        raise OdooError(Family.RIGHTS, message=told)
    read(session, [act], {name: one[1] for name, one in found.items() if one and one[1]})


def read(session: Session, acts: Sequence[Act], ids: Mapping[str, int] | None = None) -> None:
    """Their pickings as they are now: those known, or those of `ids` by external id. A hidden one is `gone`."""
    known = ids if ids is not None else {name: row["id"] for act in acts for name, row in act.rows.items()}
    rows = _pickings(session, set(known.values()))
    for act in acts:
        act.rows = {
            paper.name: rows[known[paper.name]]
            for paper in act.papers
            if paper.name in known and known[paper.name] in rows
        }


def _as_loaded(act: Act, *, apart: bool) -> None:
    """What was loaded before Odoo was upgraded stands on two papers, though it would be one today."""
    if apart and act.transaction.kind is Kind.LOT_CHANGE:
        act.papers = out_and_in(act.sending)


def _pickings(session: Session, ids: Collection[int]) -> Mapping[int, Row]:
    rows = every(session, "stock.picking", _FIELDS, [["id", "in", sorted(ids)]]) if ids else []
    return {row["id"]: row for row in rows}


def _names(session: Session, ids: Sequence[int]) -> Iterator[tuple[int, tuple[str, ...]]]:
    if not ids:
        return
    try:
        rows = records(session.call("stock.picking", "get_metadata", ids=list(ids)))
    except OdooError as error:
        if error.name != "odoo.exceptions.MissingError":
            raise
        raise OdooError(Family.TRANSIENT_UNKNOWN, code="lines_moving", message=error.message) from error
    for row in rows:
        yield row["id"], tuple(found["xmlid"] for found in row["xmlids"])
