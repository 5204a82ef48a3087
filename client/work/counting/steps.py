"""How a count takes goods: what an agreed item becomes, and what is said of it. Never what the book says."""

from client.work.answer import Said, ok
from client.work.case import Case
from client.work.counting.book import book_of
from client.work.counting.job import Count, Goods, goods_of, says_none
from client.work.counting.rules import agreed_day, belongs_to
from client.work.job import Addition, Pending
from client.work.ward import Ward
from sync.stock import Tracking


def agreed(case: Case[Count]) -> Addition:
    """What an item becomes that nobody objects to: what was found, when, by whom, and the book of that moment."""
    pending, product, before = case.pending, case.product, case.pending.instead_of
    place, lot = case.job.place, case.lot
    if place is None:
        raise ValueError("no place is being counted")
    package_id, owner_id = belongs_to(case) or (None, None)
    lot_name = "" if product.tracking is Tracking.NONE else pending.lot_name
    goods = Goods(product.id, place.id, lot_name, package_id, owner_id)
    return Addition(
        number=before.number if before else case.job.next_number,
        product=product,
        quantity=pending.quantity,
        unit=pending.unit or product.uom_name,
        count=pending.quantity / pending.per_unit,
        destination_id=place.id,
        destination_name=place.name,
        scanned_at=case.ward.now,
        lot_name=lot_name,
        lot_id=lot.id if lot and lot_name else None,
        expiry=agreed_day(case),
        serial=pending.serial,
        batch=pending.batch,
        evidence=pending.evidence,
        settled=pending.settled,
        source_id=place.id,
        source_name=place.complete_name,
        package_id=package_id,
        owner_id=owner_id,
        book=book_of(goods, case.ward),
        person=case.ward.person.name,
        moment=case.ward.moment,
    )


def told(job: Count, add: Addition, pending: Pending) -> Said:
    """What is said of it, without the ward's warnings: those are `warned`."""
    facts = {
        "quantity": add.quantity,
        "was": pending.instead_of.quantity if pending.instead_of else 0,
        "unit": add.product.uom_name,
        "pack": add.unit if add.unit != add.product.uom_name else "",
        "count": add.count,
        "product": add.product.name,
        "lot": add.lot_name,
        "day": add.expiry,
        "serial": add.product.tracking is Tracking.SERIAL,
        "total": job.counted(goods_of(add)),
        "ordered": 0,
        "place": add.destination_name,
    }
    row = row_key(goods_of(add))
    if says_none(add):
        return ok("counted_none", **facts).at(row)
    if not add.quantity:
        return ok("counted_zero", **facts).at(row)
    return ok("counted_changed" if pending.instead_of else "counted", **facts).at(row)


def warned(said: Said, add: Addition, ward: Ward) -> Said:
    """The same, with what a person should do with goods that are held or expired: counted they are all the same."""
    if not add.quantity:
        return said
    hold = ward.holds.why(add.product.id, add.lot_name, add.batch)
    if hold:
        return ok("counted_held", **{**said.facts, "why": hold.why}).at(said.row)
    if add.expiry and add.expiry < ward.today:
        return ok("counted_expired", **said.facts).at(said.row)
    return said


def row_key(goods: Goods) -> str:
    """Names one row of the list."""
    return f"count:{goods.product_id}:{goods.lot_name}:{goods.package_id or 0}/{goods.owner_id or 0}"


def row(job: Count, pending: Pending) -> str:
    """The row an item is about."""
    product_id = pending.product.id if pending.product else 0
    place_id = job.place.id if job.place else 0
    return row_key(Goods(product_id, place_id, pending.lot_name, pending.package_id, pending.owner_id))
