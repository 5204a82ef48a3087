"""What a few letters may mean, for who cannot scan: places, goods, papers. Each with what finds it when typed."""

from collections.abc import Iterator
from dataclasses import dataclass

from sync.store.catalogue import Catalogue

MOST = 30
"""More are not shown: another letter narrows them."""


@dataclass(frozen=True, slots=True)
class Found:
    """One of them. `kind` is place, product or papers; `code`, read like a scan, is that one and no other."""

    kind: str
    code: str
    name: str
    detail: str


def found(catalogue: Catalogue, asks: str, text: str) -> tuple[Found, ...]:
    """What is asked for: a place, an order, a product or goods, or anything that could be scanned."""
    wanted = text.strip()
    match asks:
        case "place":
            kinds = _places(catalogue, wanted)
        case "order":
            kinds = _papers(catalogue, wanted)
        case "product" | "goods":
            kinds = _goods(catalogue, wanted)
        case "anything":
            kinds = _anything(catalogue, wanted)
        case _:
            return ()
    return tuple(one for _, one in zip(range(MOST), kinds, strict=False))


def _anything(catalogue: Catalogue, text: str) -> Iterator[Found]:
    for kind in (_papers, _goods, _places) if text else ():
        yield from kind(catalogue, text)


def _places(catalogue: Catalogue, text: str) -> Iterator[Found]:
    for place in catalogue.places_like(text, MOST):
        yield Found("place", place.barcode or place.complete_name, place.complete_name, place.barcode)


def _goods(catalogue: Catalogue, text: str) -> Iterator[Found]:
    """Goods without barcode and code of their own can only be named."""
    for product in catalogue.search(text, MOST) if text else ():
        detail = " · ".join(part for part in (product.code, product.barcode) if part)
        yield Found("product", product.barcode or product.code or product.name, product.name, detail)


def _papers(catalogue: Catalogue, text: str) -> Iterator[Found]:
    """Deliveries that are open, by the number or the order they stand under."""
    for picking in catalogue.open_receipts():
        if text.casefold() in f"{picking.name} {picking.origin}".casefold():
            yield Found("papers", picking.origin or picking.name, picking.origin or picking.name, picking.name)
