"""Teaching: a code nobody knows is a product from now on, by the word of somebody who may (ward 33)."""

from typing import Final

from client.barcode.label import Label, RawScan
from client.barcode.read import read
from client.work.answer import Said, no, ok
from client.work.meaning import Known, ProductMeant, UnknownCode, UnknownLevel, anything, code_of
from client.work.site.people import Act
from client.work.ward import Ward
from sync.store import Store
from sync.store.catalogue import Catalogue
from sync.store.taught import TaughtCode

SHOWN: Final = 60
"""So much of a code is repeated in an answer."""


def product_named(code: str, catalogue: Catalogue) -> ProductMeant | Said:
    """A product by its barcode, its own or the vendor's code, or its whole name."""
    hits = [hit.product for hit in catalogue.by_barcode(code)] or catalogue.by_code(code)
    if not hits:
        hits = [one for one in catalogue.search(code, 5) if one.name.casefold() == code.casefold()]
    found = {product.id: product for product in hits if product.active}
    if not found:
        return no("no_such_product", code=code[:SHOWN])
    if len(found) > 1:
        return no("code_of_several", products=", ".join(one.name for one in list(found.values())[:3]))
    return ProductMeant(next(iter(found.values())))


def teach(store: Store, known: Known, ward: Ward, text: str, last: Label | None) -> Said:
    """`CODE PRODUCT`: that code, as a scanner would send it; `PRODUCT` alone: the last one nobody knew.

    Ok("taught") once it is kept, with the person and the moment in the journal.
    """
    if not ward.may(Act.TEACH_BARCODE):
        return no("needs_role", act=Act.TEACH_BARCODE, question="")
    label, product = _told(ward, text, last)
    if isinstance(product, Said):
        return product
    if label is None:
        return no("teach_what")
    if refused := _refused(label, known, product):
        return refused
    code, goods = code_of(label), product.product
    store.taught.teach(
        TaughtCode(code, goods.id, goods.name, ward.by(Act.TEACH_BARCODE), ward.now, label.text, label.kind)
    )
    return ok("taught", code=code[:SHOWN], product=goods.name)


def can_be_taught(label: Label) -> bool:
    """Whether it says something that may name goods, and soundly. A web address that names no product does not: a maker
    prints the same on all goods; where a hospital has one for each, Odoo can have it as a barcode.
    """
    return bool(code_of(label)) and label.valid


def _told(ward: Ward, text: str, last: Label | None) -> tuple[Label | None, ProductMeant | Said]:
    code, _, rest = text.strip().partition(" ")
    if rest.strip() and isinstance(product := product_named(rest.strip(), ward.catalogue), ProductMeant):
        return read(RawScan.received(code, source="typed", device="typed", scanned_at=ward.now)), product
    return last, product_named(text.strip(), ward.catalogue) if text.strip() else no("teach_what")


def _refused(label: Label, known: Known, product: ProductMeant) -> Said | None:
    """What is something here already, is no code of goods, or says nothing by itself is not taught."""
    meant = anything(label, known)
    code = label.text[:SHOWN]
    if isinstance(meant, UnknownCode) and can_be_taught(label):
        return None
    taught = known.taught(code_of(label))
    if taught and taught.counts and isinstance(meant, ProductMeant | UnknownLevel):
        return (
            None
            if meant.product.id == product.product.id
            else no("taught_already", code=code, product=taught.product_name)
        )
    if isinstance(meant, ProductMeant | UnknownLevel):
        return no("code_known", code=code, product=meant.product.name)
    return no("not_a_code_of_goods", code=code)
