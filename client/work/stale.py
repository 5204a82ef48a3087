"""Goods a draft was scanned of that are not what they were in Odoo (ward 34)."""

from client.work.job import Job
from sync.stock import Product
from sync.store.catalogue import Catalogue


def changed_goods(job: Job, catalogue: Catalogue) -> tuple[Product, ...]:
    """Scanned products that are archived by now, no longer visible, or counted in another unit."""
    scanned = {add.product.id: add.product for add in job.additions}
    now = {id_: catalogue.product(id_) for id_ in scanned}
    return tuple(product for id_, product in scanned.items() if (new := now[id_]) and _other(product, new))


def _other(before: Product, now: Product) -> bool:
    return not now.active or now.uom_id != before.uom_id
