"""Looking at home: what a scan is here, goods found by words, holds, and the search for a recalled lot (ward 31).

A recall by scanner: scan the lot, `recall`; scan a place, `found 3` or `none`; `quarantine` moves what is there.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from zoneinfo import ZoneInfo

from client.barcode.label import Label
from client.work.answer import Choice, Command, Question, Said, ask, no, ok
from client.work.item import misread
from client.work.lookup.pages import LookUp, Page
from client.work.lookup.recall import Prepared, Recalling, RecallPage
from client.work.lots.over import over
from client.work.meaning import (
    ClosedPicking,
    CommandMeant,
    LocationMeant,
    LotMeant,
    Meaning,
    PatientMeant,
    PersonMeant,
    PickingsMeant,
    ProductMeant,
    ReferenceMeant,
    RestOfLabel,
    SeveralLots,
    SeveralProducts,
    SeveralThings,
    SsccMeant,
    UnknownCode,
    UnknownLevel,
    lots_of_name,
)
from client.work.shared_words import typed_number
from client.work.site.people import Act
from client.work.stock import NOTHING, OnShelf
from client.work.ward import Ward
from sync.errors import WardstockError
from sync.stock import Location, Product, Tracking
from sync.store import Store

WORDS = frozenset(
    {"look", "search", "hold", "lift", "recall", "recalls", "found", "none", "not-here", "quarantine", "recall-end"}
)  # fmt: skip
"""What is answered here, at home or while a job is open: that one is left as a draft."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What somebody looks at: a meaning with its label, or goods found by words, and the recall that is under way."""

    meant: Meaning | None = None
    label: Label | None = None
    found: tuple[Product, ...] = ()
    recall: str = ""
    place: Location | None = None

    def question(self) -> Question | None:
        """Which of those found, or what was found at a place."""
        if self.recall and self.place:
            return Question("recall_here", {"place": self.place.complete_name}, _LOOKED_THERE, asks_for="found")
        if self.found:
            return Question("which_goods", {"count": len(self.found)}, (*map(_goods, self.found[:_SHOWN]), _NOTHING))
        if isinstance(self.meant, SeveralLots):
            named = (Choice(Command("product", str(one.product.id)), "look_at_these", {"product": one.product.name})
                     for one in self.meant.lots)  # fmt: skip
            return Question("which_lot", {"count": len(self.meant.lots)}, (*named, _NOTHING))
        return None


_SHOWN = 20
_NOTHING = Choice(Command("no"), "nothing")
_LOOKED_THERE = (
    Choice(Command("none"), "found_none"),
    Choice(Command("quarantine"), "to_quarantine_now"),
    Choice(Command("not-here"), "wrong_place"),
    _NOTHING,
)


def _goods(product: Product) -> Choice:
    return Choice(Command("product", str(product.id)), "look_at_these", {"product": product.name, "code": product.code})


def in_a_job(meant: Meaning, label: Label, asks_for: str) -> tuple[Meaning, Label]:
    """A scan as the step machines take it: a lot known by its name is its product, with that lot on the label.

    While a lot or serial is asked for, such a text answers that. What no job has a step for is a text to it.
    """
    if isinstance(meant, LotMeant | SeveralLots) and asks_for not in {"lot", "serial"}:
        one = meant if isinstance(meant, LotMeant) else meant.lots[0]
        serial = one.product.tracking is Tracking.SERIAL
        told = replace(label, serial=one.lot.name) if serial else replace(label, lot=one.lot.name)
        if isinstance(meant, LotMeant):
            return ProductMeant(meant.product), told
        return SeveralProducts(tuple(each.product for each in meant.lots)), told
    if isinstance(meant, LotMeant | SeveralLots | ClosedPicking | ReferenceMeant | SsccMeant | SeveralThings):
        return UnknownCode(label.text), label
    return meant, label


def told_of(meant: Meaning, label: Label) -> Said:
    """What a scan was, where nothing follows from it."""
    if isinstance(meant, PatientMeant):
        return no("patient_label")
    if isinstance(meant, CommandMeant):
        return no("nothing_open", command=meant.command.name)
    if isinstance(meant, ClosedPicking):
        over = meant.picking.state in {"done", "cancel"}
        facts = {"document": meant.picking.name, "state": meant.picking.state}
        return no("papers_closed", **facts) if over else no("papers_gone", **facts)
    if isinstance(meant, ReferenceMeant):
        return no("other_devices_number", reference=meant.reference)
    if isinstance(meant, SsccMeant):
        return no("shipping_unit", sscc=meant.sscc)
    if isinstance(meant, SeveralProducts):
        return no("code_of_several", products=", ".join(one.name for one in meant.products[:3]))
    if isinstance(meant, SeveralThings):
        return no("several_things", code=label.text[:60], names=", ".join(map(_name, meant.meanings)))
    if isinstance(meant, RestOfLabel):
        return no("no_product_on_label", lot=label.lot or "", serial=label.serial or "")
    return misread(label) or no("unknown_code", code=label.text[:60])


def _name(meant: Meaning) -> str:
    if isinstance(meant, LocationMeant):
        return meant.location.complete_name
    if isinstance(meant, ProductMeant | LotMeant | UnknownLevel):
        return meant.product.name
    if isinstance(meant, SeveralProducts):
        return ", ".join(one.name for one in meant.products[:3])
    if isinstance(meant, SeveralLots):
        return ", ".join(one.product.name for one in meant.lots[:3])
    if isinstance(meant, PickingsMeant):
        return ", ".join(one.name for one in meant.pickings[:3])
    if isinstance(meant, PersonMeant):
        return meant.person.name
    return meant.reference if isinstance(meant, ReferenceMeant) else ""


@dataclass(frozen=True, slots=True)
class Looking:
    """Answers at home, and what they change: holds, and where somebody looked for a recalled lot."""

    store: Store
    ward: Ward
    recalling: Recalling = field(init=False)

    def __post_init__(self) -> None:
        look = LookUp(self.store, self.ward.shelves, self.ward.holds)
        object.__setattr__(self, "recalling", Recalling(look, self.ward.plan))

    def page(self, looked: Looked) -> Page | RecallPage | None:
        """All there is to show of what somebody looks at."""
        if looked.recall and (recall := self.store.recalls.get(looked.recall)):
            return self.recalling.page(recall)
        return self.recalling.look.page(looked.meant, looked.label) if looked.meant else None

    # ---------------------------------------------------------------- scans

    def scanned(self, looked: Looked, meant: Meaning, label: Label) -> tuple[Looked, Said]:
        """A scan that begins nothing: what it is here, and how much of it is where."""
        if looked.recall and isinstance(meant, LocationMeant):
            there = replace(looked, place=meant.location)
            return there, self._recall_here(looked.recall, meant.location)
        if isinstance(meant, RestOfLabel) and label.lot:
            meant = lots_of_name(label.lot.strip(), self.ward.catalogue) or meant
        now = Looked(meant, label)
        if isinstance(meant, SeveralProducts):
            return replace(now, found=meant.products), ask("which_goods", count=len(meant.products))
        if isinstance(meant, SeveralLots):
            names = ", ".join(one.product.name for one in meant.lots)
            return now, ask("which_lot", count=len(meant.lots), names=names, lot=meant.lots[0].lot.name)
        return now, self._said(now)

    def _said(self, looked: Looked) -> Said:
        meant = looked.meant
        if goods := self._goods_of(looked):
            return self._lies(*goods)
        if isinstance(meant, ReferenceMeant) and meant.entries:
            entry = meant.entries[0]
            document = entry.outcome.picking_name if entry.outcome else ""
            return ok("looked_number", reference=meant.reference, state=entry.status, document=document)
        if isinstance(meant, PickingsMeant):
            return ok("looked_papers", document=meant.pickings[0].name, state=meant.pickings[0].state)
        if isinstance(meant, LocationMeant):
            counted = self.ward.counting.under_way()
            at = self.ward.shelves.at(meant.location.parent_path)
            there = [one for one in at if one.key.location_id not in counted]
            facts = {"place": meant.location.complete_name, "count": len(there), "at": self._at()}
            return ok("looked_place" if self.ward.shelves.knows(meant.location) else "looked_place_unknown", **facts)
        if isinstance(meant, UnknownCode) and (closed := self.ward.catalogue.closed_of_order(meant.text)):
            meant = ClosedPicking(closed)  # last of all: a lot or a badge may be called as an order was
        return told_of(meant, looked.label) if meant and looked.label else no("nothing_looked_at")

    def _goods_of(self, looked: Looked) -> tuple[Product, str] | None:
        """The product looked at, and the lot where the label or the code names one."""
        meant, label = looked.meant, looked.label
        if isinstance(meant, LotMeant):
            return meant.product, meant.lot.name
        if not isinstance(meant, ProductMeant | UnknownLevel):
            return None
        serial = meant.product.tracking is Tracking.SERIAL
        name = (label.serial if serial else label.lot) if label else ""
        return meant.product, (name or "").strip()

    def _lies(self, product: Product, lot_name: str) -> Said:
        """How much of it is here, and whether it may move. Never a bare number (design 6)."""
        shelves = [one for one in self.ward.shelves.of(product.id) if lot_name in {"", one.lot_name}]
        unsent = sum((one.unsent for one in shelves), NOTHING)
        if counted := self._under_count(shelves):
            return self._named_only(product, lot_name, counted)
        facts = {**_sums(shelves), "product": product.name, "unit": product.uom_name, "lot": lot_name, "at": self._at()}
        if not product.active:
            return no("looked_archived", **facts)
        if hold := self.ward.holds.why(product.id, lot_name):
            code = "looked_near_held" if hold.near else "looked_held"
            return no(code, why=hold.why, **facts)
        gone = self._over(product, lot_name)
        if gone and lot_name:
            return no("looked_over", **facts)
        told = ask if gone else ok
        facts["over"] = ", ".join(gone)
        if self.ward.shelves.as_of() is None:
            return told("looked_up_unknown", **facts)
        if not unsent:
            return told("looked_up", **facts)
        return told("looked_up_taken" if unsent < 0 else "looked_up_brought", mine=abs(unsent), **facts)

    def _under_count(self, shelves: list[OnShelf]) -> str:
        """The places among them that somebody counts on this device, by name."""
        open_ = self.ward.counting.under_way() & {one.key.location_id for one in shelves}
        places = (self.ward.catalogue.location(id_) for id_ in sorted(open_))
        return ", ".join(place.complete_name for place in places if place)

    def _named_only(self, product: Product, lot_name: str, counted: str) -> Said:
        """No number of a shelf that is being counted, whoever asks: a count is blind everywhere (complaint 12)."""
        facts = {"product": product.name, "lot": lot_name, "place": counted}
        if hold := self.ward.holds.why(product.id, lot_name):
            return no("looked_near_held" if hold.near else "looked_held", why=hold.why, **facts)
        if lot_name and self._over(product, lot_name):
            return no("looked_over", **facts)
        return ok("looked_under_count", **facts)

    def _over(self, product: Product, lot_name: str) -> tuple[str, ...]:
        """The lots of it that may not be used any more: that one, or all that lie here."""
        here = self.ward.shelves.first_expiring(product.id)
        lots = {one.lot_name: (one.expiry, one.lot) for one in here if lot_name in {"", one.lot_name}}
        if lot_name and (lot := self.ward.catalogue.lot(product.id, lot_name)):
            lots[lot_name] = (lot.expiry, lot)
        today, day_of = self.ward.today, self.ward.policy.day_of
        return tuple(name for name, (expiry, lot) in lots.items() if over(expiry, lot, today, day_of))

    def _at(self) -> str:
        as_of = self.ward.shelves.as_of()
        if as_of is None:
            return ""
        there, today = as_of.astimezone(ZoneInfo(self.ward.policy.time_zone)), self.ward.today
        return f"{there:%H:%M}" if there.date() == today else f"{there:%Y-%m-%d %H:%M}"

    # ---------------------------------------------------------------- words

    def told(self, looked: Looked, said: Command) -> "tuple[Looked, Said | Prepared]":
        """A word of `WORDS`, or `product N` for one of those found."""
        if said.name == "search":
            return self._search(said.value)
        if said.name == "product":
            return self._chosen(looked, said.value)
        if said.name == "lift":
            return looked, self._lift(said.value)
        if said.name == "recalls" or (said.name == "recall" and self._goods_of(looked) is None):
            return self._resume(looked)
        if said.name in {"hold", "recall"}:
            goods = self._goods_of(looked)
            if goods is None:
                return looked, no("nothing_looked_at")
            return (looked, self._hold(*goods, said.value)) if said.name == "hold" else self._recall(*goods)
        return self._in_recall(looked, said)

    def _search(self, text: str) -> tuple[Looked, Said]:
        found = tuple(self.ward.catalogue.search(text))
        if not found:
            return Looked(), no("nothing_found", text=text[:60])
        if len(found) == 1:
            return self._at_product(found[0])
        return Looked(found=found), ask("which_goods", count=len(found), names=", ".join(one.name for one in found[:3]))

    def _chosen(self, looked: Looked, number: str) -> tuple[Looked, Said]:
        if isinstance(looked.meant, SeveralLots):
            lots = {str(one.product.id): one for one in looked.meant.lots}
            if number in lots:
                now = Looked(lots[number], looked.label)
                return now, self._said(now)
        chosen = next((one for one in looked.found if str(one.id) == number), None)
        return self._at_product(chosen) if chosen else (looked, no("not_a_choice", command="product", question=""))

    def _at_product(self, product: Product) -> tuple[Looked, Said]:
        now = Looked(ProductMeant(product))
        return now, self._said(now)

    def _hold(self, product: Product, lot_name: str, reason: str) -> Said:
        ward = self.ward
        if not ward.may(Act.HOLD):
            return no("needs_role", act=Act.HOLD, question="")
        if not reason:
            return no("hold_reason_missing", product=product.name)
        self.recalling.hold(product, lot_name, reason, ward.by(Act.HOLD), ward.now, ward.today)
        return ok("put_on_hold", product=product.name, lot=lot_name, reason=reason)

    def _lift(self, number: str) -> Said:
        if not self.ward.may(Act.HOLD):
            return no("needs_role", act=Act.HOLD, question="")
        try:
            hold = self.store.holds.lift(int(number), self.ward.by(Act.HOLD), self.ward.now)
        except (ValueError, WardstockError):
            return no("no_such_hold", number=number[:20])
        return ok("lifted_now", number=hold.id, lot=hold.line.lot_name, product=hold.line.product)

    # ---------------------------------------------------------------- a recall

    def _resume(self, looked: Looked) -> tuple[Looked, Said]:
        """The searches that are under way; the only one goes on."""
        open_ = self.store.recalls.open()
        if not open_:
            return looked, no("no_recalls")
        if len(open_) == 1:
            return Looked(recall=open_[0].uuid), self._left(self.recalling.page(open_[0]))
        pages = [self.recalling.page(one) for one in open_]
        names = ", ".join(f"{page.product.name} {page.recall.lot_name}".strip() for page in pages)
        return looked, ask("which_recall", count=len(open_), names=names)

    def _recall(self, product: Product, lot_name: str) -> tuple[Looked, Said]:
        page = self.recalling.begin(product, lot_name, self.ward.person.name, self.ward.now)
        return Looked(recall=page.recall.uuid), self._left(page)

    def _left(self, page: RecallPage) -> Said:
        facts = {"product": page.product.name, "lot": page.recall.lot_name, "count": len(page.places)}
        names = ", ".join(place.location.complete_name for place in page.left[:3])
        code = "recall_all_seen" if not page.left else "recall_under_way"
        return ok(code, left=len(page.left), names=names, **facts)

    def _recall_here(self, uuid: str, place: Location) -> Said:
        recall = self.store.recalls.get(uuid)
        if recall is None or recall.ended_at:
            return no("recall_is_over")
        there = [one for one in self.recalling.page(recall).places if one.location.id == place.id]
        if any(one.counted for one in there):
            return ask("recall_here_blind", place=place.complete_name, lot=recall.lot_name)
        shown = sum((one.shown for one in there), NOTHING)
        return ask("recall_here", place=place.complete_name, shown=shown, lot=recall.lot_name)

    def _in_recall(self, looked: Looked, said: Command) -> "tuple[Looked, Said | Prepared]":
        recall = self.store.recalls.get(looked.recall) if looked.recall else None
        if recall is None or recall.ended_at:
            return looked, no("no_recalls")
        if said.name == "recall-end":
            self.store.recalls.end(recall.uuid, self.ward.person.name, self.ward.now)
            page = self.recalling.page(recall)
            return Looked(), ok("recall_ended", product=page.product.name, lot=recall.lot_name, left=len(page.left))
        if looked.place is None:
            return looked, no("place_first")
        return self._at_place(looked, looked.place, said)

    def _at_place(self, looked: Looked, place: Location, said: Command) -> "tuple[Looked, Said | Prepared]":
        person, now = self.ward.person.name, self.ward.now
        if said.name == "quarantine":
            return looked, self._to_quarantine(looked.recall, place)
        if said.name == "not-here":
            page = self.recalling.untick(looked.recall, place, person, now)
            return replace(looked, place=None), ok("unticked", place=place.complete_name, left=len(page.left))
        found = Decimal(0) if said.name == "none" else typed_number(said.value)
        if found is None:
            return looked, no("not_a_number", text=said.value[:20])
        page = self.recalling.tick(looked.recall, place, found, person, now)
        code = "ticked" if found else "ticked_none"
        return looked, ok(code, place=place.complete_name, found=found, left=len(page.left), count=len(page.places))

    def _to_quarantine(self, uuid: str, place: Location) -> Said | Prepared:
        recall = self.store.recalls.get(uuid)
        page = self.recalling.page(recall) if recall else None
        mine = [move for move in (self.recalling.to_quarantine(page) if page else ()) if move.source.id == place.id]
        if mine:
            return mine[0]
        if page and any(one.counted and one.tick is None and one.location.id == place.id for one in page.places):
            return ask("recall_here_blind", place=place.complete_name, lot=page.recall.lot_name)
        named = self.ward.plan.quarantine(place) is not None
        return no("nothing_to_move" if named else "no_quarantine_place", place=place.complete_name)


def _sums(shelves: list[OnShelf]) -> Mapping[str, Decimal | int]:
    return {
        "odoo": sum((one.odoo for one in shelves), NOTHING),
        "shown": sum((one.shown for one in shelves), NOTHING),
        "places": len({one.key.location_id for one in shelves}),
    }
