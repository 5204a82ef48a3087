"""What a few letters may mean, for who cannot scan: places, goods, papers. Each with what finds it when typed."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain, islice

from client.work.meaning import ProductMeant
from client.work.teaching import product_named
from sync.stock import Location, Product
from sync.store.catalogue import Catalogue

MOST = 30
"""More are not shown: another letter narrows them."""


@dataclass(frozen=True, slots=True)
class Found:
    """One of them. `kind` is place, product or papers; `code`, read like a scan, is that one and no other. `exact`: the
    letters are its whole name or its code, by which a job would take it."""

    kind: str
    code: str
    name: str
    detail: str
    exact: bool = False


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
    first = _exact(catalogue, asks, wanted) if wanted else None
    others = (one for one in kinds if first is None or one.code != first.code)
    return tuple(islice(others if first is None else chain([first], others), MOST))


def _exact(catalogue: Catalogue, asks: str, text: str) -> Found | None:
    """What the letters name by themselves: a barcode, a code, a whole name."""
    if asks == "place":
        place = catalogue.location_by_barcode(text) or catalogue.location_by_name(text)
        return replace(_place(place), exact=True) if place else None
    if asks in {"product", "goods"}:
        meant = product_named(text, catalogue)
        return replace(_product(meant.product), exact=True) if isinstance(meant, ProductMeant) else None
    return None


def _anything(catalogue: Catalogue, text: str) -> Iterator[Found]:
    for kind in (_papers, _goods, _places) if text else ():
        yield from kind(catalogue, text)


def _places(catalogue: Catalogue, text: str) -> Iterator[Found]:
    for place in catalogue.places_like(text, MOST):
        yield _place(place)


def _place(place: Location) -> Found:
    return Found("place", place.barcode or place.complete_name, place.complete_name, place.barcode)


def _goods(catalogue: Catalogue, text: str) -> Iterator[Found]:
    """Goods without barcode and code of their own can only be named."""
    for product in catalogue.search(text, MOST) if text else ():
        yield _product(product)


def _product(product: Product) -> Found:
    detail = " · ".join(part for part in (product.code, product.barcode) if part)
    return Found("product", product.barcode or product.code or product.name, product.name, detail)


def _papers(catalogue: Catalogue, text: str) -> Iterator[Found]:
    """Deliveries that are open, by the number or the order they stand under."""
    for picking in catalogue.open_receipts():
        if text.casefold() in f"{picking.name} {picking.origin}".casefold():
            yield Found("papers", picking.origin or picking.name, picking.origin or picking.name, picking.name)
