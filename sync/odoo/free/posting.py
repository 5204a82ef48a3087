"""What nobody planned: pickings of our own, for many transactions in as few calls as for one (design 4, 5).

Each step runs again harmlessly. Only Odoo's no to one of them takes that one out of the batch; where nobody knows,
the error is raised and the same batch runs again from its first step.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sync.errors import WardstockError
from sync.odoo.free.acts import Act, acts_of, find, find_surely, read
from sync.odoo.free.ends import Lines, ends_of, lines_on, read_back
from sync.odoo.free.papers import Filling, loading
from sync.odoo.free.returns import Orders, orders_of
from sync.odoo.posting.asks import asked, refusal_of
from sync.odoo.posting.checks import judge
from sync.odoo.posting.goods import goods_of
from sync.odoo.posting.lots import Name, Wanted, joined, make_lots
from sync.odoo.posting.readback import lines_differ, lots_of
from sync.odoo.posting.sending import Sending, Site
from sync.odoo.posting.slip import note_html
from sync.odoo.posting.stone import WITHDRAWN, lay_stone
from sync.odoo.wire.errors import Family, OdooError, Refused
from sync.odoo.wire.load import load_each
from sync.odoo.wire.session import Session
from sync.stock import Lot, MoveLine
from sync.transaction import Outcome

_A_NO = frozenset({Family.DATA, Family.BUG, Family.RIGHTS})


def post(
    session: Session, sendings: Sequence[Sending], site: Site, settled: Callable[[str, Outcome | Refused], None]
) -> None:
    """See `sync.odoo.postings.post`. An error of rights is raised when all others are settled."""
    batch = _Batch(session, site, settled, acts_of(session, sendings))
    find(session, batch.acts)
    batch.judge()
    batch.load()
    batch.look()
    batch.validate()
    batch.end()


def give_up(session: Session, sending: Sending, reason: WardstockError) -> Outcome | Refused:
    """Cancel what stands, so that this uuid can never post; the outcome, if any of it is done all the same.

    A validate that arrives late finds the picking cancelled, and Odoo refuses it. Runs again harmlessly.
    """
    told: dict[str, Outcome | Refused] = {}
    batch = _Batch(session, Site(), told.__setitem__, acts_of(session, [sending]))
    find_surely(session, batch.acts[0])
    batch.refuse(batch.acts[0], refusal_of(reason))
    if batch.acts[0].no:
        raise batch.acts[0].no
    return told[sending.transaction.uuid]


def withdraw(session: Session, sending: Sending) -> Outcome | None:
    """See `sync.odoo.postings.withdraw`."""
    told = give_up(session, sending, Refused(WITHDRAWN))
    return told if isinstance(told, Outcome) else None


@dataclass(frozen=True, slots=True)
class _Batch:
    """The steps of a posting, each for all that are not settled yet."""

    session: Session
    site: Site
    settled: Callable[[str, Outcome | Refused], None]
    acts: list[Act]

    @property
    def left(self) -> list[Act]:
        """Whose end was not told, and for whom nothing stopped us."""
        return [act for act in self.acts if not act.over and not act.no]

    @property
    def fresh(self) -> list[Act]:
        """To be loaded now."""
        return [act for act in self.left if act.judged]

    def judge(self) -> None:
        """What stands in Odoo was judged when it was loaded: only what is new can be refused for what is not true.

        One that was cut between its papers is new: it is loaded to the end.
        """
        new = [act for act in self.left if act.missing and not act.states & {"done", "cancel"}]
        told = judge(self.session, [act.sending for act in new], self.site)
        for act in new:
            one = told[act.transaction.uuid]
            if isinstance(one, Refused):
                self._refuse_new(act, one)
            else:
                act.judged, act.goods = one, one.goods
        self._know_goods(self.left)

    def load(self) -> None:
        """Lots, then all pickings with their lines in one call."""
        orders = self._orders()
        lots = self._lots()
        new = self.fresh
        filled = {act.transaction.uuid: _filling(act, lots, orders) for act in new}
        papers = [paper for act in new for paper in act.papers]
        if not papers:
            return
        made = load_each(self.session, "stock.picking", *loading(self.session.can, papers, filled))
        told = dict(zip((paper.name for paper in papers), made, strict=True))
        read(self.session, new, {name: id_ for name, id_ in told.items() if isinstance(id_, int)})
        for act in new:
            noes = [no for paper in act.papers if isinstance(no := told[paper.name], OdooError)]
            if noes:
                self._say_no(act, noes[0])

    def look(self) -> None:
        """Before anything is validated: what is over already, and whether the lines are still the body's."""
        self._tell([act for act in self.left if act.done])
        for act in self.left:
            if "cancel" in act.states:
                self.refuse(act, act.refused_before())
            elif act.missing and self._sought(act) and act.missing:
                self.refuse(act, Refused("picking_gone", picking_id=0))
        open_ = self.left
        found = lines_on(self.session, [id_ for act in open_ for id_ in act.open_ids])
        lines = {id_: [line for line, _ in some if line.picked] for id_, some in found.items()}
        lots = (
            lots_of(self.session, (line for some in lines.values() for line in some), open_[0].sending.stamp.zone)
            if open_
            else {}
        )
        for act in open_:
            if not any(found[id_] for id_ in act.open_ids):
                self.refuse(act, act.refused_before())  # a stone that was only begun
            elif _changed(act, lines, lots):
                self.refuse(act, Refused("lines_changed", picking=act.name))

    def validate(self) -> None:
        """All at once. A no rolls all of them back: then one after the other, in their order (contract 8)."""
        open_ = self.left
        if len(open_) > 1 and self._validated(open_) is None:
            return
        for act in open_:
            no = self._validated([act])
            if no:
                read(self.session, [act])
                if not act.done:
                    self._say_no(act, no if "cancel" not in act.states else act.refused_before())

    def end(self) -> None:
        """Read back and tell. Raises the error of rights that kept some from their end."""
        open_ = self.left
        if open_:
            found = read_back(self.session, open_)
            self._tell([act for act in open_ if act.done], found)
            for act in self.left:
                if act.missing and not self._sought(act):
                    continue
                asks = Refused("odoo_asks", picking=act.name, **asked(None, ", ".join(sorted(act.states))))
                # Another copy of the device may have been refused, and have cancelled it, in this moment.
                self.refuse(act, act.refused_before() if "cancel" in act.states else asks)
        for act in self.acts:
            if act.no:
                raise act.no

    def refuse(self, act: Act, refused: Refused) -> None:
        """Take back what stands, or lay a stone; its outcome, if some of it is done all the same.

        Half of it can be done where a person closed one of two documents by hand: what is done cannot be taken back
        and must not be done again, so it is over, and its difference is listed.
        """
        if act.open_ids:
            note = note_html(act.transaction, act.sending.stamp, refused={"code": refused.code, "facts": refused.facts})
            self.session.call("stock.picking", "write", ids=act.open_ids, vals={"note": note})
            self._cancel(act)
        if act.missing:
            lay_stone(self.session, act.sending, refused.code, refused.facts, act.missing)
            if not self._sought(act):
                return
        if "done" in act.states:
            self._know_goods([act])
            self._tell([act])
        else:
            self._settle(act, refused)

    def _cancel(self, act: Act) -> None:
        """A validate of ours that was under way may win: then Odoo will not cancel what is done."""
        try:
            self.session.call("stock.picking", "action_cancel", ids=act.open_ids)
        except OdooError as error:
            read(self.session, [act])
            if error.family is not Family.DATA or "done" not in act.states:
                raise
        read(self.session, [act])

    def _refuse_new(self, act: Act, refused: Refused) -> None:
        """Not if it stands in Odoo all the same, under another origin than ours."""
        act.judged = None
        if self._sought(act) and act.missing:
            self.refuse(act, refused)

    def _sought(self, act: Act) -> bool:
        """Found by external id as far as it is there; not where this user may not see it: that is no end of it."""
        try:
            find_surely(self.session, act)
        except OdooError as error:
            if error.family is not Family.RIGHTS:
                raise
            act.no = error
        return act.no is None

    def _orders(self) -> Orders:
        orders, wrong = orders_of(self.session, [(act.transaction, act.goods) for act in self.fresh])
        for act in self.fresh:
            if act.transaction.uuid in wrong:
                self._refuse_new(act, wrong[act.transaction.uuid])
        return orders

    def _lots(self) -> Mapping[Name, int]:
        wanted: dict[Name, Wanted] = {}
        there: dict[Name, Lot] = {}
        new = self.fresh
        for judged in (act.judged for act in new if act.judged):
            there |= judged.there
            wanted |= {name: joined(wanted.get(name), want) for name, want in judged.wanted.items()}
        if not wanted:
            return {}
        sending = new[0].sending
        company = sending.transaction.company_id
        made = make_lots(self.session, company, list(wanted.values()), there, sending.stamp.zone)
        for act in new:
            noes = [no for name in (act.judged.wanted if act.judged else ()) if isinstance(no := made[name], Refused)]
            if noes:
                self._refuse_new(act, noes[0])
        return {name: id_ for name, id_ in made.items() if isinstance(id_, int)}

    def _validated(self, acts: Sequence[Act]) -> WardstockError | None:
        """Odoo's no, if it is one. The expiry was judged at the scan, so its wizard is skipped (design 5)."""
        ids = [id_ for act in acts for id_ in act.open_ids]
        context = {"skip_backorder": True, "skip_expired": True}
        try:
            answer = self.session.call("stock.picking", "button_validate", ids=ids, context=context)
        except OdooError as error:
            if error.family not in _A_NO:
                raise
            return error
        if not isinstance(answer, dict):
            return None
        return Refused("odoo_asks", picking=acts[0].name, **asked(answer, ""))

    def _say_no(self, act: Act, no: WardstockError) -> None:
        """Lost rights are no fault of a transaction: the caller asks again before it blames one (design 4)."""
        if isinstance(no, OdooError) and no.family is Family.RIGHTS:
            act.no = no
        else:
            self.refuse(act, refusal_of(no))

    def _know_goods(self, acts: Sequence[Act]) -> None:
        unknown = [act for act in acts if not act.goods]
        goods = goods_of(self.session, [act.transaction for act in unknown]) if unknown else {}
        for act in unknown:
            act.goods = goods

    def _tell(self, acts: Sequence[Act], found: Lines | None = None) -> None:
        lines = found or lines_on(self.session, [id_ for act in acts for id_ in act.ids])
        told = ends_of(self.session, acts, lines) if acts else {}
        for act in acts:
            self._settle(act, told[act.transaction.uuid])

    def _settle(self, act: Act, end: Outcome | Refused) -> None:
        act.over, act.no = True, None
        self.settled(act.transaction.uuid, end)


def _filling(act: Act, lots: Mapping[Name, int], orders: Orders) -> Filling:
    return Filling(act.goods, lots, act.judged.robbed if act.judged else (), orders)


def _changed(act: Act, lines: Mapping[int, Sequence[MoveLine]], lots: Mapping[int, Lot]) -> bool:
    return any(
        lines_differ(paper.lines, act.goods, lines[act.rows[paper.name]["id"]], lots)
        for paper in act.papers
        if act.rows[paper.name]["id"] in lines
    )
