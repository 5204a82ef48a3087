"""What finishing a count still asks: what was not spoken of, what differs, who counts it again, and why it differs.

docs/decisions/060-counting-twice.md
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from client.work.answer import Choice, Command, Question
from client.work.counting.book import Statement, goods_moved, statements, uncounted
from client.work.counting.job import NOTHING, Count, Goods, Pass, goods_of, says_none
from client.work.counting.meanwhile import Moved
from client.work.counting.rules import counter_may
from client.work.site.people import Act, same_person
from client.work.ward import Ward
from client.work.witness import ANOTHER, WITNESS, unsure
from sync.stock import Product
from sync.transaction import Kind, Status

PENDING = "count_pending"
"""Also what the posting asks for: `sync.odoo.counts.pending` reads its answer `keep-ours`."""

_LOOK_AGAIN = Choice(Command("no"), "look_again")
_WAIVE = Command("waive")


def closing(job: Count, ward: Ward) -> Question | None:
    """The next thing to ask, if any. None: the count may go into the outbox."""
    return next((asked for ask in _IN_ORDER if (asked := ask(job, ward)) is not None), None)


# -------------------------------------------------------------------- who, and what was left out


def _by_another(job: Count, ward: Ward) -> Question | None:
    """Nobody else has counted again yet."""
    if job.fresh or counter_may(job, ward) is None:
        return None
    facts = {"person": ward.person.name, "products": _names(ward, job.again), "count": len(job.again)}
    waive = Choice(_WAIVE, "waive_recount", {}, str(Act.SETTLE), ward.may(Act.SETTLE))
    return Question("recount_by_another", facts, (Choice(Command("no"), "leave_it_waiting"), waive), asks_for=ANOTHER)


def _not_counted(job: Count, ward: Ward) -> Question | None:
    """What nobody spoke of is not zero: a person says that it is not there, or counts it. Its number is not told."""
    left = uncounted(job, ward)
    if not left:
        return None
    product, goods = next(iter(left.items()))
    lots = ", ".join(one.lot_name for one in goods if one.lot_name)
    named = f"{product.name} · {lots}" if lots else product.name
    not_there = Choice(Command("not-there"), "not_there", {"goods": named})
    none_there = Choice(Command("none-there"), "none_there", {"count": len(left)})
    ways = (not_there, none_there) if len(left) > 1 else (not_there,)
    facts = {"product": product.name, "lots": lots, "goods": named, "count": len(left)}
    return Question("not_counted", facts, (*ways, Choice(Command("no"), "still_to_count")))


def _moved(job: Count, ward: Ward) -> Question | None:
    """Goods came or went on this device after somebody began to count them: a number of which moment is it?"""
    for product, moved in moved_meanwhile(job, ward):
        if not any(answer.question == f"moved_meanwhile {product.id}" for answer in job.answers):
            facts = {"product": product.name, "product_id": product.id, "person": moved.person}
            again = Choice(Command("again"), "count_it_again", {"product": product.name})
            return Question("moved_meanwhile", facts, (again, Choice(Command("yes"), "as_counted")))
    return None


def moved_meanwhile(job: Count, ward: Ward) -> Iterator[tuple[Product, Moved]]:
    """Products of which something moved here after the first scan of the same goods, and the last such movement."""
    if job.place is None or not job.additions:
        return
    acts = ward.counting.moved_since(job.place, min(add.scanned_at for add in job.additions))
    for group in job.found().values():
        begun, goods = group[0].scanned_at, goods_of(group[0])
        mine = [one for one in acts if one.at > begun and goods_moved(one.effect) == goods]
        if mine:
            yield group[0].product, mine[-1]
    for add in filter(says_none, job.additions):
        mine = [one for one in acts if one.at > add.scanned_at and one.effect.key.product_id == add.product.id]
        if mine:
            yield add.product, mine[-1]


# -------------------------------------------------------------------- what differs


def _differs(job: Count, ward: Ward) -> Question | None:
    """Which goods somebody else has to count again; neither how many there should be, nor whether more or less."""
    if _answered(job, "waive-recount", "count_differs", "recount_by_another"):
        return None
    products = undecided(job, ward)
    if not products:
        return None
    facts = {"count": len(products), "products": ", ".join(one.name for one in products[:_MOST_NAMED])}
    again = Choice(Command("recount"), "recount_them", {"count": len(products)})
    waive = Choice(_WAIVE, "waive_recount", {}, str(Act.SETTLE), ward.may(Act.SETTLE))
    return Question("count_differs", facts, (again, _LOOK_AGAIN, waive))


_MOST_NAMED = 5


def undecided(job: Count, ward: Ward) -> tuple[Product, ...]:
    """Products whose number nobody has agreed with yet: not the book, not one who counted before."""
    mine = [one for one in statements(job, ward) if not job.again or one.product.id in job.again]
    return tuple(dict.fromkeys(one.product for one in mine if not _decided(one, job, ward)))


def _decided(one: Statement, job: Count, ward: Ward) -> bool:
    return tolerated(one, ward) or one.difference in set(_differences_before(one, job))


def tolerated(one: Statement, ward: Ward) -> bool:
    """Near enough to the book for this person, or nobody here knows the book: then Odoo's people judge."""
    if one.book is None:
        return True
    near = (ward.plan.count_tolerance(one.product, role) for role in ward.roles)
    return any(tolerance.allows(one.counted, one.book) for tolerance in near)


def _differences_before(one: Statement, job: Count) -> Iterator[Decimal]:
    """What those who counted before found too many or missing: the book may have moved between, that has not."""
    for earlier in job.passes:
        if one.product.id not in earlier.products:
            continue
        same = [add for add in earlier.additions if goods_of(add) == one.goods]
        if same and same[-1].book is not None:
            yield sum((add.quantity for add in same), NOTHING) - same[-1].book
        elif not same:
            yield -(one.book or NOTHING)


def counted_before(one: Statement, job: Count) -> Iterator[tuple[Pass, Decimal]]:
    """Each earlier count of the same goods, and what it found; of the same pass where it was another number."""
    for earlier in sorted((*job.passes, *job.looks), key=lambda each: each.finished_at):
        if one.product.id not in earlier.products:
            continue
        counted = sum((add.quantity for add in earlier.additions if goods_of(add) == one.goods), NOTHING)
        if earlier in job.passes or counted != one.counted:
            yield earlier, counted


def told_to_differ(job: Count, ward: Ward) -> Count:
    """The job with what differs now kept: who looks again until it agrees leaves the numbers they said before."""
    if not job.closing:
        return job
    products = undecided(job, ward)
    ids = {product.id for product in products}
    mine = tuple(add for add in job.additions if add.product.id in ids)
    people = tuple(sorted({add.person for add in mine} or {ward.person.name}))
    if job.looks and job.looks[-1].additions == mine:
        return job
    return replace(job, looks=(*job.looks, Pass(tuple(sorted(ids)), people, ward.now, mine)))


def set_aside(job: Count, products: tuple[Product, ...], now: datetime) -> Count:
    """The job with what was counted of these out of sight, for somebody else to count anew."""
    ids = {product.id for product in products}
    mine = tuple(add for add in job.additions if add.product.id in ids)
    people = tuple(sorted({add.person for add in mine} or {job.person}))
    passes = (*job.passes, Pass(tuple(sorted(ids)), people, now, mine))
    left = tuple(add for add in job.additions if add.product.id not in ids)
    return replace(
        job, additions=left, passes=passes, looks=job.looks[:-1], closing=False, answers=(), witness="", current=0
    )


def taken_back(job: Count) -> Count:
    """The job as it was before the last count was set aside; what was counted since of the same goods is dropped."""
    last, again = job.passes[-1], job.again
    kept = [add for add in job.additions if add.product.id not in again]
    additions = tuple(sorted((*kept, *last.additions), key=lambda add: add.number))
    return replace(job, additions=additions, passes=job.passes[:-1], current=0)


# -------------------------------------------------------------------- others' counts, the reason, the witness


def _waiting(job: Count, ward: Ward) -> Question | None:
    """Somebody else's other number waits for approval in Odoo: ours would take its place without a word (ward 8)."""
    if _answered(job, "keep-ours", PENDING):
        return None
    theirs = [person for _, person in waiting(job, ward)]
    if not theirs:
        return None
    facts = {"person": ", ".join(dict.fromkeys(filter(None, theirs))), "count": len(theirs)}
    return Question(PENDING, facts, (Choice(Command("yes"), "keep_ours"), Choice(Command("no"), "look_again")))


def waiting(job: Count, ward: Ward) -> list[tuple[Statement, str]]:
    """What was counted otherwise by somebody whose number is not applied yet, and who that was."""
    if job.place is None:
        return []
    asked = ward.catalogue.counts_asked(ward.today, job.place.parent_path)
    said = {one.goods: one for one in statements(job, ward)}
    found = []
    for other in asked:
        key = other.key
        lot = ward.catalogue.lot_by_id(key.lot_id) if key.lot_id else None
        goods = Goods(key.product_id, key.location_id, lot.name if lot else "", key.package_id, key.owner_id)
        mine = said.get(goods)
        if other.counted is None or mine is None or other.counted == mine.counted:
            continue
        if not _said_by_me(mine, other.counted, ward):
            found.append((mine, other.person))
    return found


def _said_by_me(mine: Statement, counted: Decimal, ward: Ward) -> bool:
    """The number that waits is an earlier one of this person, from here: it gives way by itself (contract 14.16)."""
    for entry in ward.outbox.of_place(mine.goods.place_id, _NEWEST):
        act = entry.transaction
        if entry.status is Status.DONE and act.kind is Kind.COUNT and same_person(act.person, ward.person.name):
            lines = (line for line in act.lines if line.product_id == mine.goods.product_id)
            if any(line.counted == counted and line.lot_name == mine.goods.lot_name for line in lines):
                return True
    return False


_NEWEST = 50


def _reason(job: Count, ward: Ward) -> Question | None:
    """Why the book is wrong, where two agree that it is."""
    if reason_of(job) or all(tolerated(one, ward) for one in statements(job, ward)):
        return None
    names = dict.fromkeys(one.product.name for one in statements(job, ward) if not tolerated(one, ward))
    facts = {"count": len(names), "products": ", ".join([*names][:_MOST_NAMED])}
    own = tuple(Choice(Command("reason", one), "this_reason", {"reason": one}) for one in ward.policy.count_reasons)
    return Question("count_reason", facts, (*(own or _REASONS), _LOOK_AGAIN), asks_for="reason")


def reason_of(job: Count) -> str:
    """What was said of it; empty: nobody was asked."""
    return next((answer.choice for answer in job.answers if answer.question == "count_reason"), "")


_REASONS = (
    Choice(Command("reason", "used, not scanned"), "because_used"),
    Choice(Command("reason", "moved, not scanned"), "because_moved"),
    Choice(Command("reason", "broken or expired, thrown away"), "because_thrown"),
    Choice(Command("reason", "found again"), "because_found"),
    Choice(Command("reason", "miscounted before"), "because_miscounted"),
    Choice(Command("reason", "not known"), "because_unknown"),
)


def _witness(job: Count, ward: Ward) -> Question | None:
    """Goods of a category that wants a second person for each count: the balance before and after (ward 30)."""
    controlled = [one for one in statements(job, ward) if ward.plan.controlled(one.product)]
    if job.witness:
        return None
    if not controlled:
        return unsure(job, ward)
    told = (f"{one.product.name} {one.goods.lot_name}: {_before(one)} → {one.counted:f}" for one in controlled)
    facts = {"product": controlled[0].product.name, "balances": "; ".join(told)}
    return Question("count_witness", facts, (Choice(Command("no"), "look_again"),), asks_for=WITNESS)


def _before(one: Statement) -> str:
    return "?" if one.book is None else f"{one.book:f}"


def _at_once(job: Count, ward: Ward) -> Question | None:
    """Whose role may apply it, once it is known that it is them, is asked for the PIN or submits it."""
    asked_already = _answered(job, "apply-at-once", _AT_ONCE) or _answered(job, "submit-it", _AT_ONCE)
    role_may = ward.person.role in ward.policy.roles_of(Act.APPLY_COUNT)
    may_alone = ward.approver is None and ward.may(Act.APPLY_COUNT)
    if asked_already or may_alone or not role_may or not _may_be_applied(job, ward):
        return None
    if not any(one.difference for one in statements(job, ward)):
        return None
    apply_ = Choice(Command("apply"), "apply_at_once", {}, str(Act.APPLY_COUNT), ward.may(Act.APPLY_COUNT))
    return Question("count_at_once", {"place": _place(job)}, (Choice(Command("submit"), "submit_it"), apply_))


def _may_be_applied(job: Count, ward: Ward) -> bool:
    """Policy and tolerance allow it for all of it, and nobody's number waits in Odoo."""
    near = all(one.book is not None and tolerated(one, ward) for one in statements(job, ward))
    return ward.policy.apply_counts and near and not waiting(job, ward)


def kind_of(job: Count, ward: Ward) -> Kind:
    """Applied at once where role, tolerance and policy allow it for all of it; else submitted for approval."""
    may = _answered(job, "apply-at-once", _AT_ONCE)
    may = may or (ward.may(Act.APPLY_COUNT) and not _answered(job, "submit-it", _AT_ONCE))
    return Kind.ADJUSTMENT if may and _may_be_applied(job, ward) else Kind.COUNT


def _place(job: Count) -> str:
    return job.place.name if job.place else ""


def _answered(job: Count, choice: str, *questions: str) -> bool:
    """Not by its word alone: a reason is said in own words, and may be any."""
    return any(answer.choice == choice and answer.question in questions for answer in job.answers)


_AT_ONCE = "count_at_once"


def _names(ward: Ward, ids: frozenset[int]) -> str:
    found = (ward.catalogue.product(id_) for id_ in sorted(ids))
    return ", ".join(product.name for product in found if product)


_IN_ORDER: tuple[Callable[[Count, Ward], Question | None], ...] = (
    _by_another,
    _not_counted,
    _moved,
    _differs,
    _waiting,
    _reason,
    _at_once,
    _witness,
)
