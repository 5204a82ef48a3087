"""How a planned transfer takes goods: what an agreed item becomes, all of it as planned, what finishing still asks."""

from dataclasses import replace
from decimal import Decimal

from client.work.again import changed
from client.work.answer import Choice, Command, Question, Said, Tone, no, ok
from client.work.case import GO_ON, Case
from client.work.job import Addition, Pending
from client.work.machine import Machine
from client.work.moving.goods import added, facts_of
from client.work.moving.leaving import first_to_go, told_book
from client.work.planned.rules import AT_THE_END, row_key, too_much
from client.work.planned.wanted import SHORT, Planned, SetAside, Wanted
from client.work.site.people import Act
from client.work.ward import Step, Ward
from sync.stock import Tracking
from sync.transaction import Answer


def agreed(case: Case[Planned]) -> Addition:
    """What an item becomes that nobody objects to."""
    product, before, add = case.product, case.pending.instead_of, added(case)
    source = case.catalogue.location(add.source_id)
    lies = told_book(case, source) if source else None
    unplanned = source is not None and not case.job.set_aside_of(product.id) and product.tracking is Tracking.LOT
    sooner = first_to_go(case, source) if source and unplanned else None
    target_id, target_name = _target(case)
    return replace(
        add,
        destination_id=before.destination_id if before else target_id,
        destination_name=before.destination_name if before else target_name,
        unexpected=before.unexpected if before else not case.job.moves_of(product.id),
        placed=before.placed if before else False,
        source_name=source.name if source else "",
        book=lies,
        sooner=sooner.lot_name if sooner else "",
    )


def _target(case: Case[Planned]) -> tuple[int, str]:
    moves = case.job.moves_of(case.product.id)
    if moves:
        return moves[0].destination_id, moves[0].destination_name
    place = case.catalogue.location(case.job.picking.destination_id)
    return case.job.picking.destination_id, place.name if place else ""


def told(planned: Planned, add: Addition, pending: Pending) -> Said:
    """What is said of it: also that it came from another bin than planned, for that one keeps what was set aside."""
    bins = {one.source_id: one.source_name for one in planned.set_aside_of(add.product.id)}
    elsewhere = bool(bins) and add.source_id not in bins and not add.unexpected
    facts: dict[str, object] = {
        **facts_of(add, pending),
        "total": planned.sent_of(add.product.id),
        "ordered": planned.asked_of(add.product.id),
        "planned": ", ".join(bins.values()) if elsewhere else "",
        "document": planned.picking.name,
        "sooner": add.sooner,
    }
    if add.book is not None and add.book < add.quantity:
        facts["lies"] = add.book
    row = row_key(add.product.id, unexpected=add.unexpected)
    if add.unexpected:
        return ok("taken_beside", **facts).at(row)
    if pending.instead_of:
        return ok("taken_changed", **facts).at(row)
    return ok("taken_elsewhere" if elsewhere else "taken", **facts).at(row)


def row(planned: Planned, pending: Pending) -> str:
    """The row an item is about."""
    product_id = pending.product.id if pending.product else 0
    beside = pending.instead_of.unexpected if pending.instead_of else not planned.moves_of(product_id)
    return row_key(product_id, unexpected=beside)


def to_take(planned: Planned) -> list[tuple[Wanted, SetAside]]:
    """What is set aside and was not taken yet."""
    left = {
        product_id: {id(one): rest for one, rest in planned.left_of(product_id)}
        for product_id in {move.product.id for move in planned.wanted}
    }
    return [(move, one) for move in planned.wanted for one in move.set_aside if left[move.product.id].get(id(one), 0)]


def in_words(move: Wanted, one: SetAside) -> str:
    """4 Gauze · A, the same in every language."""
    lot = f" · {one.lot_name}" if one.lot_name else ""
    return f"{one.quantity.normalize():f} {move.product.name}{lot}"


# -------------------------------------------------------------------- all of it as planned


def take_all(machine: Machine[Planned], planned: Planned, _said: Command, ward: Ward) -> Step[Planned]:
    """`all`: what Odoo set aside in the bins that were scanned; serials are scanned one by one, and so is a doubt."""
    if planned.pending:
        asked = machine.question(planned, ward)
        return Step(planned, no("answer_first", question=asked.code if asked else ""))
    wanted = [(move, one) for move, one in to_take(planned) if move.product.tracking is not Tracking.SERIAL]
    if not wanted:
        return Step(planned, no("nothing_set_aside", document=planned.picking.name))
    ready = [(move, one) for move, one in wanted if one.source_id in planned.shelves]
    if not ready:
        places = ", ".join(dict.fromkeys(one.source_name for _, one in wanted))
        return Step(planned, no("scan_bins_first", places=places))
    after = planned
    for move, one in ready:
        left = next((rest for known, rest in after.left_of(move.product.id) if known is one), Decimal(0))
        left = min(left, after.asked_of(move.product.id) - after.sent_of(move.product.id))
        if left > 0:
            after = _taken(machine, after, move, replace(one, quantity=left), ward)
    lines = len(after.additions) - len(planned.additions)
    doubtful = len(wanted) - lines
    if not lines:
        return Step(planned, no("all_in_doubt", lines=doubtful))
    after = replace(after, closing=False)
    return Step(after, ok("took_all", lines=lines, rest=doubtful) if doubtful else ok("took_all_of_it", lines=lines))


def _taken(machine: Machine[Planned], planned: Planned, move: Wanted, one: SetAside, ward: Ward) -> Planned:
    """Judged like any item; what a person would have to be asked about stays to be scanned."""
    item = Pending(
        product=move.product,
        unit=move.product.uom_name,
        count=one.quantity,
        lot_name=one.lot_name,
        source_id=one.source_id,
        package_id=one.package_id,
        owner_id=one.owner_id,
        settled=(Answer("whose_goods", "set-aside", ward.person.name, ward.now),),
    )
    step = machine.advance(planned, item, ward)
    return step.job if step.said.tone is Tone.OK else planned


# -------------------------------------------------------------------- finishing


def closing_question(planned: Planned, ward: Ward) -> Question | None:
    """What finishing still asks: what changed since the scan, too much where the request shrank, what is short."""
    for add in planned.additions:
        if add.source_id == add.destination_id:
            facts = {"place": add.source_name, "product": add.product.name}
            return Question("lies_there_already", facts, (GO_ON,))
    if now := changed(planned, ward, AT_THE_END):
        return now
    for product in {move.product.id: move.product for move in planned.wanted}.values():
        if _agreed_to_more(planned, product.id):
            continue
        if asked := too_much(product, planned.sent_of(product.id), planned.asked_of(product.id)):
            return replace(asked, code="too_much_now", choices=(asked.choices[0], GO_ON))
    if any(answer.question in SHORT for answer in planned.answers):
        return None
    some = any(not add.unexpected for add in planned.additions)
    return _short_question(planned, ward) if some and planned.short() else None


def _agreed_to_more(planned: Planned, product_id: int) -> bool:
    mine = (add for add in planned.additions if add.product.id == product_id)
    asked = any(answer.question == "too_much" for add in mine for answer in add.settled)
    return asked or any(answer.question == f"too_much_now {product_id}" for answer in planned.answers)


def _short_question(planned: Planned, ward: Ward) -> Question:
    """The picking type decides what Odoo can do with the rest: ask, always keep it open, never."""
    may, act = ward.may(Act.CLOSE_SHORT), str(Act.CLOSE_SHORT)
    keep, close = (
        Choice(Command("yes"), "keep_rest_open"),
        Choice(Command("close-short"), "close_request", {}, act, may),
    )
    lost = Choice(Command("yes"), "rest_cancelled_by_odoo", {}, act, may)
    ways = {"never": (lost,), "always": (keep,)}.get(planned.create_backorder, (keep, close))
    short = planned.short()
    product = short[0].product
    facts = {
        "short": len({move.product.id for move in short}),
        "product": product.name,
        "sent": planned.sent_of(product.id),
        "wanted": planned.asked_of(product.id),
    }
    if planned.create_backorder == "never":
        return Question("sent_short_never", facts, (*ways, GO_ON))
    return Question("sent_short", facts, (*ways, GO_ON))


def close_short(machine: Machine[Planned], planned: Planned, said: Command, ward: Ward) -> Step[Planned]:
    """`close-short` at once, or as the answer to what is short."""
    if not planned.closing:
        step = machine.confirm(planned, ward)
        if step.confirmed or not step.job.closing:
            return step
        planned = step.job
    return machine.answer(planned, Command("yes") if planned.create_backorder == "never" else said, ward)
