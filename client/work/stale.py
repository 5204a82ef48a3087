"""Goods a draft was scanned of that are not what they were in Odoo (ward 34)."""

from client.work.answer import ok
from client.work.job import J, Job
from client.work.machine import Opened
from sync.stock import Product
from sync.store.catalogue import Catalogue


def changed_goods(job: Job, catalogue: Catalogue) -> tuple[Product, ...]:
    """Scanned products that are archived by now, no longer visible, or counted in another unit."""
    scanned = {add.product.id: add.product for add in job.additions}
    now = {id_: catalogue.product(id_) for id_ in scanned}
    return tuple(product for id_, product in scanned.items() if (new := now[id_]) and _other(product, new))


def resumed(job: J, document: str, catalogue: Catalogue) -> Opened[J]:
    """A draft taken up again, with a word on goods that are not what they were."""
    if stale := changed_goods(job, catalogue):
        return Opened(job, ok("resumed_stale", document=document, product=stale[0].name))
    return Opened(job, ok("resumed", document=document, lines=len(job.additions)))


def _other(before: Product, now: Product) -> bool:
    return not now.active or now.uom_id != before.uom_id
