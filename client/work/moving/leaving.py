"""The rules of goods that leave a shelf of ours: which lot lies there, whose it is, may it go, is it another's?

Each looks at a case and the way its goods go. Jobs bind them to the way of theirs (`bound`).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from client.work.answer import Choice, Command, Question, no
from client.work.case import SET_ASIDE, Case, Rule, Verdict
from client.work.job import J, Job, Pending
from client.work.lots.over import over
from client.work.rules import keeps_expiry, real_lot
from client.work.site.people import Act
from client.work.stock import LotHere, OnShelf, total
from sync.odoo.posting.checks import HELD, MOVE_ANYWAY
from sync.stock import Location, Tracking

Way = tuple[Location | None, Location | None]
"""From where, and to where; None while nobody has said it."""
Leaving = Callable[[Case[Job], Location, Location | None], Verdict]
"""What is wrong with goods that go from a shelf to another place, which may not be known yet."""

_MOST_SHOWN = 8
"""Choices of one question: more do not fit a handheld, and a scan answers as well."""


def bound(rule: Leaving, way: Callable[[Case[J]], Way]) -> Rule[J]:
    """The rule for one job's goods. Where nobody knows yet where they lie, another rule asks for that."""

    def judged(case: Case[J]) -> Verdict:
        source, destination = way(case)
        return rule(case, source, destination) if source else None

    return judged


# -------------------------------------------------------------------- what is known


def bins(case: Case[Job], start: Location | None, lot_name: str = "") -> tuple[Location, ...]:
    """Places at `start` and below where something of the item lies, of that lot where any lies there (ward 4)."""
    found = [
        one for one in case.ward.shelves.of(case.product.id, start.parent_path if start else None) if one.shown > 0
    ]
    if lot_name and any(one.lot_name == lot_name for one in found):
        found = [one for one in found if one.lot_name == lot_name]
    ids = dict.fromkeys(one.key.location_id for one in found)
    return tuple(place for id_ in ids if (place := case.catalogue.location(id_)) and place.active)


def bin_at(case: Case[Job], shelf: Location | None) -> Location | None:
    """The shelf somebody stands at; below one of several bins, or anywhere, the only bin the item lies in (ward 4)."""
    if shelf and not case.catalogue.children(shelf.id):
        return shelf
    found = bins(case, shelf, case.pending.lot_name)
    if shelf and shelf in found:
        return shelf
    return found[0] if len(found) == 1 else None


def out_of(case: Case[Job], place: Location | None) -> Pending:
    """The item with its bin, this one unless another was said, and whose it is where all of it there is one's."""
    item = case.pending
    if not item.source_id and place:
        item = replace(item, source_id=place.id)
    source = case.catalogue.location(item.source_id) if item.source_id else None
    return with_owner(replace(case, pending=item), source) if source else item


def at(case: Case[Job], source: Location) -> tuple[OnShelf, ...]:
    """What of the product lies there, not below."""
    found = case.ward.shelves.of(case.product.id, source.parent_path)
    return tuple(one for one in found if one.key.location_id == source.id)


def lots_at(case: Case[Job], source: Location) -> tuple[LotHere, ...]:
    """Lots that lie there and are not all taken by this job already; the first to expire first."""
    taken: dict[str, Decimal] = {}
    for add in case.job.additions:
        if add.product.id == case.product.id and add.source_id == source.id:
            taken[add.lot_name] = taken.get(add.lot_name, Decimal(0)) + add.quantity
    found = case.ward.shelves.first_expiring(case.product.id, source.parent_path)
    return tuple(lot for lot in found if _lies_at(lot, source) > taken.get(lot.lot_name, 0))


def _lies_at(lot: LotHere, source: Location) -> Decimal:
    return total(one for one in lot.shelves if one.key.location_id == source.id)


def of_lot(case: Case[Job], source: Location) -> tuple[OnShelf, ...]:
    """The item's own rows there: of its lot, and of the package and owner somebody chose."""
    lot_name = "" if case.product.tracking is Tracking.NONE else case.pending.lot_name
    mine, whose = tuple(one for one in at(case, source) if one.lot_name == lot_name), _said_whose(case)
    return tuple(one for one in mine if whose in (None, (one.key.package_id, one.key.owner_id)))


def _said_whose(case: Case[Job]) -> tuple[int | None, int | None] | None:
    """The package and owner somebody chose, or that are the only ones there."""
    item = case.pending
    chosen = item.package_id or item.owner_id or item.choice("whose_goods")
    return (item.package_id, item.owner_id) if chosen else None


def with_owner(case: Case[Job], source: Location) -> Pending:
    """The item with its package and owner, where all of it there is one's (ward 2).

    Those of a line are of its lot and bin: where these are put right, they are found anew.
    """
    item, before = case.pending, case.pending.instead_of
    if item.choice("whose_goods"):
        return item
    if before and (before.lot_name, before.source_id) != (item.lot_name, source.id):
        item = replace(item, package_id=None, owner_id=None)
    if item.package_id or item.owner_id:
        return item
    rows = of_lot(replace(case, pending=item), source)
    keys = {(one.key.package_id, one.key.owner_id) for one in rows if one.shown > 0}
    package_id, owner_id = keys.pop() if len(keys) == 1 else (None, None)
    return replace(item, package_id=package_id, owner_id=owner_id)


def book(case: Case[Job], source: Location) -> Decimal:
    """Base units of the item that should still lie there, after what this job took before it."""
    lot_name = "" if case.product.tracking is Tracking.NONE else case.pending.lot_name
    return total(of_lot(case, source)) - case.job.taken(case.product.id, lot_name, source.id, _said_whose(case))


def told_book(case: Case[Job], source: Location) -> Decimal | None:
    """`book`, where it may be told: Odoo's stock of the place is here, and nobody is counting it (complaint 12)."""
    if not case.ward.shelves.knows(source) or case.ward.counting.blind(source.id):
        return None
    return book(case, source)


def first_to_go(case: Case[Job], source: Location) -> LotHere | None:
    """A good lot that lies there and expires before the item's: said, so that people take it first (ward 28)."""
    mine, day_of = known_day(case), case.ward.policy.day_of
    good = (one for one in lots_at(case, source) if not over(one.expiry, one.lot, case.today, day_of))
    first = next(good, None)
    if first is None or first.expiry is None or first.lot_name == case.pending.lot_name:
        return None
    return first if mine is None or first.expiry < mine else None


def known_day(case: Case[Job]) -> date | None:
    """The lot's day as Odoo has it, or as this device received it; None where the product keeps none."""
    if not keeps_expiry(case.product) or not case.pending.lot_name:
        return None
    if case.lot:
        return case.lot.expiry
    found = (one.expiry for one in case.ward.shelves.of(case.product.id) if one.lot_name == case.pending.lot_name)
    return next((day for day in found if day), None)


def _label_day(case: Case[Job]) -> date | None:
    """What the label in hand says. A line whose lot is put right brings the day of the lot it had: that is no label."""
    before = case.pending.instead_of
    if not keeps_expiry(case.product) or (before and before.expiry == case.pending.expiry):
        return None
    return case.pending.expiry


# -------------------------------------------------------------------- the rules, in the order a person would ask


def from_one_bin(case: Case[Job], start: Location | None) -> Verdict:
    """From which of several bins at `start` and below; it lies nowhere: then a person says from where (ward 4)."""
    if case.pending.source_id:
        return None
    return which_bin(case, start, bins(case, start, case.pending.lot_name))


def which_bin(case: Case[Job], start: Location | None, found: Sequence[Location]) -> Question:
    """The bins to choose from; where by the book nothing is left of it, last."""
    found = sorted(found, key=lambda place: _emptied(case, place))
    facts = {"product": case.product.name, "place": start.complete_name if start else "", "count": len(found)}
    ways = tuple(from_choice(case, place) for place in found[:_MOST_SHOWN])
    return Question("which_bin" if found else "from_where", facts, (*ways, SET_ASIDE), asks_for="place")


def _emptied(case: Case[Job], place: Location) -> bool:
    """Nothing of it is left there by the book, of any lot where none was said. Of a counted place nothing is told."""
    if case.ward.counting.blind(place.id) or not case.ward.shelves.knows(place):
        return False
    lot_name = case.pending.lot_name or None
    mine = [one for one in at(case, place) if lot_name in (None, one.lot_name)]
    return total(mine) <= case.job.taken(case.product.id, lot_name, place.id)


def lot_chosen(case: Case[Job], source: Location, _destination: Location | None) -> Verdict:
    """A label without a lot: those that lie there are offered, the first to expire first, what is over last."""
    if case.product.tracking is not Tracking.LOT:
        return None
    if case.pending.lot_name:
        return real_lot(case.pending.lot_name)
    day_of = case.ward.policy.day_of
    lots = sorted(lots_at(case, source), key=lambda one: over(one.expiry, one.lot, case.today, day_of) is not None)
    facts = {"product": case.product.name, "place": source.complete_name, "count": len(lots)}
    if not lots:
        return Question("no_lot_here", facts, (SET_ASIDE,), asks_for="lot")
    return Question("lot_to_take", facts, (*_lots(case, lots), SET_ASIDE), asks_for="lot")


def serial_here(case: Case[Job], source: Location, _destination: Location | None) -> Verdict:
    """A serial is one thing in one place: Odoo would take it from where it is not (contract 14.8)."""
    if case.product.tracking is not Tracking.SERIAL or any(one.shown > 0 for one in of_lot(case, source)):
        return None
    facts = {"product": case.product.name, "serial": case.pending.lot_name, "place": source.complete_name}
    if not _known(case):
        return no("serial_unknown_here", **facts)
    if places := bins(case, None, case.pending.lot_name) if _lies_anywhere(case) else ():
        ways = [from_choice(case, place) for place in places]
        return Question("serial_elsewhere", {**facts, "lies": places[0].complete_name}, (*ways, SET_ASIDE))
    if case.pending.choice("serial_nowhere"):
        return None
    return Question("serial_nowhere", facts, (case.choice("in_my_hand", "yes"), SET_ASIDE))


def lot_here(case: Case[Job], source: Location, _destination: Location | None) -> Verdict:
    """A lot nobody knows cannot be moved; a known one that should lie elsewhere is asked about (ward 3)."""
    if case.product.tracking is not Tracking.LOT or any(one.shown > 0 for one in of_lot(case, source)):
        return None
    facts = {"product": case.product.name, "lot": case.pending.lot_name, "place": source.complete_name}
    others = _lots(case, lots_at(case, source))
    if not _known(case):
        if not others:
            return no("lot_unknown_here", **facts)
        return Question("lot_unknown_here", facts, (*others, SET_ASIDE), asks_for="lot")
    if case.pending.choice("lot_not_here") or not case.ward.shelves.knows(source):
        return None
    lies = ", ".join(place.complete_name for place in bins(case, None, case.pending.lot_name)[:3])
    facts["lies"] = lies if _lies_anywhere(case) else ""
    return Question("lot_not_here", facts, (case.choice("in_my_hand", "yes"), *others, SET_ASIDE), asks_for="lot")


def one_day(case: Case[Job], _source: Location, _destination: Location | None) -> Verdict:
    """The label says another day than Odoo: goods on their way change no lot, so a person compares (promise 3)."""
    known, label = known_day(case), _label_day(case)
    if known is None or label in (None, known) or case.pending.choice("lot_two_days"):
        return None
    facts = {"lot": case.pending.lot_name, "product": case.product.name, "label": label, "known": known}
    return Question("lot_two_days", facts, (case.choice("right_lot", "use-known", day=known), SET_ASIDE))


def not_expired(case: Case[Job], _source: Location, destination: Location | None) -> Verdict:
    """Usable through its expiry day; of two days the earlier counts. What is put aside may be as old as it is."""
    days = [day for day in (known_day(case), _label_day(case)) if day]
    day = min(days, default=None)
    if day is None or day >= case.today or case.pending.choice("move_expired") or aside(case, destination):
        return None
    facts = {"product": case.product.name, "lot": case.pending.lot_name, "day": day}
    take = case.choice("take_it_expired", "yes", Act.ACCEPT_EXPIRED)
    return Question("move_expired", facts, (SET_ASIDE, take))


def not_past_removal(case: Case[Job], _source: Location, destination: Location | None) -> Verdict:
    """Past its removal date is not expired, and said in other words (ward 13)."""
    removal = case.lot.removal_at if case.lot and keeps_expiry(case.product) else None
    day = case.ward.policy.day_of(removal) if removal else None
    if day is None or day > case.today or day == known_day(case) or _expired_already(case):
        return None
    if case.pending.choice("move_past_removal") or aside(case, destination):
        return None
    facts = {"product": case.product.name, "lot": case.pending.lot_name, "day": day}
    take = case.choice("take_it_past_removal", "yes", Act.ACCEPT_EXPIRED)
    return Question("move_past_removal", facts, (SET_ASIDE, take))


def _expired_already(case: Case[Job]) -> bool:
    day = known_day(case)
    return day is not None and day < case.today


def not_held(case: Case[Job], _source: Location, destination: Location | None) -> Verdict:
    """Held goods go into quarantine freely, elsewhere where a person who may says so (ward 31)."""
    if case.pending.choice(HELD) or aside(case, destination):
        return None
    lot_name = "" if case.product.tracking is Tracking.NONE else case.pending.lot_name
    hold = case.ward.holds.why(case.product.id, lot_name, case.pending.batch)
    if hold is None:
        return None
    facts = {"product": case.product.name, "lot": lot_name, "why": hold.why, "near": hold.near}
    if hold.near:
        return Question(HELD, facts, (SET_ASIDE, case.choice("not_the_held_lot", MOVE_ANYWAY)))
    return Question(HELD, facts, (SET_ASIDE, case.choice("move_held", MOVE_ANYWAY, Act.ACCEPT_HELD)))


def aside(case: Case[Job], destination: Location | None) -> bool:
    """Whether the goods go where goods are put aside."""
    path = destination.parent_path if destination else ""
    return any(int(id_) in case.ward.plan.quarantines for id_ in path.split("/") if id_)


def whose_goods(case: Case[Job], source: Location, _destination: Location | None) -> Verdict:
    """Goods of two owners, or loose and in a package: moving without saying which loses them (ward 2)."""
    if case.pending.choice("whose_goods"):
        return None
    rows = [one for one in of_lot(case, source) if one.shown > 0]
    keys = list(dict.fromkeys((one.key.package_id, one.key.owner_id) for one in rows))
    if len(keys) < 2 or case.pending.package_id or case.pending.owner_id:  # noqa: PLR2004 - two are a choice
        return None
    ways = [_whose(case, rows, *key) for key in keys[:_MOST_SHOWN]]
    facts = {"product": case.product.name, "lot": case.pending.lot_name, "place": source.complete_name}
    return Question("whose_goods", facts, (*ways, SET_ASIDE))


def _whose(case: Case[Job], rows: Iterable[OnShelf], package_id: int | None, owner_id: int | None) -> Choice:
    mine = [one for one in rows if (one.key.package_id, one.key.owner_id) == (package_id, owner_id)]
    package = case.catalogue.package(package_id) if package_id else None
    owner = case.catalogue.partner(owner_id) if owner_id else None
    facts = {"package": package.name if package else "", "owner": owner.name if owner else "", **_how_many(case, mine)}
    return Choice(Command("whose", f"{package_id or 0}/{owner_id or 0}"), "these_goods", facts)


def not_reserved(case: Case[Job], source: Location, _destination: Location | None) -> Verdict:
    """Reserved for another: Odoo cuts the other picking without a word, so a role or a reason is wanted (ward 6)."""
    if case.pending.choice("reserved") or case.pending.choice("reserved_blind"):
        return None
    lot = case.lot if case.product.tracking is not Tracking.NONE else None
    mine = {"lot_id": lot.id if lot else None, "except_picking": case.job.papers_id}
    held = case.ward.shelves.reserved_for(case.product.id, source.parent_path, **mine)
    reserved = sum((one.quantity for one in held), Decimal(0))
    lies = book(case, source)
    if reserved <= 0 or lies - reserved >= case.pending.quantity:
        return None
    place = case.catalogue.location(held[0].destination_id)
    facts = {
        "product": case.product.name,
        "documents": ", ".join(dict.fromkeys(one.document for one in held)),
        "destination": place.complete_name if place else "",
    }
    ways = (case.choice("take_reserved", "yes", Act.TAKE_RESERVED), SET_ASIDE)
    if case.ward.counting.blind(source.id):
        return Question("reserved_blind", facts, ways, asks_for="reason")
    return Question("reserved", {**facts, "lies": lies, "reserved": reserved}, ways, asks_for="reason")


def enough_where_strict(case: Case[Job], source: Location, _destination: Location | None) -> Verdict:
    """Too little by the book is said and not refused, but where the site wants it so (ward 3)."""
    lies = book(case, source)
    if source.id not in case.ward.plan.strict or not case.product.is_storable or lies >= case.pending.quantity:
        return None
    facts = {"product": case.product.name, "place": source.complete_name, "lot": case.pending.lot_name}
    if case.ward.counting.blind(source.id):
        return no("too_little_blind", **facts)
    return no("too_little_here", lies=lies, quantity=case.pending.quantity, **facts)


# -------------------------------------------------------------------- ways to answer


def from_choice(case: Case[Job], place: Location) -> Choice:
    """Take it from there."""
    mine = [one for one in at(case, place) if not case.pending.lot_name or _is_mine(case, one)]
    facts = {"place": place.complete_name, **_how_many(case, mine)}
    return Choice(Command("from", place.barcode or place.complete_name), "from_there", facts)


def _is_mine(case: Case[Job], one: OnShelf) -> bool:
    return one.lot_name == case.pending.lot_name


def _lots(case: Case[Job], lots: Sequence[LotHere]) -> tuple[Choice, ...]:
    return tuple(
        case.choice(
            "this_lot", f"lot {lot.lot_name}", None, lot=lot.lot_name, day=lot.expiry, **_how_many(case, lot.shelves)
        )
        for lot in lots[:_MOST_SHOWN]
    )


def _how_many(case: Case[Job], shelves: Sequence[OnShelf]) -> dict[str, object]:
    """By the book; not where somebody counts: a count is blind everywhere (complaint 12)."""
    if case.ward.counting.under_way() & {one.key.location_id for one in shelves}:
        return {"quantity": "", "unit": ""}
    return {"quantity": total(shelves), "unit": case.product.uom_name}


def _known(case: Case[Job]) -> bool:
    """Odoo has the lot, or this device brought it and has not sent that yet."""
    name = case.pending.lot_name
    return case.lot is not None or any(one.lot_name == name for one in case.ward.shelves.of(case.product.id))


def _lies_anywhere(case: Case[Job]) -> bool:
    name = case.pending.lot_name
    return any(one.lot_name == name and one.shown > 0 for one in case.ward.shelves.of(case.product.id))
