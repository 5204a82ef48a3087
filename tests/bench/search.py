"""Text search over 100,000 products, as it is typed, and what its index costs a pull (aim: p99 of a search ≤ 15 ms)."""

import random
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from sync.stock import Packaging, Product, Tracking, VendorCode
from sync.store import Store
from sync.store.database import Database
from tests.store.goods import KEY

PRODUCTS = 100_000
_GOODS = (
    "Kompresse", "Spritze", "Kanüle", "Handschuh", "Gefäßklemme", "Verband", "Tupfer", "Skalpell", "Naht", "Katheter",
    "Maske", "Stent", "Lösung",
)  # fmt: skip
_KINDS = (
    "steril", "unsteril", "latexfrei", "blau", "weiß", "grün", "adult", "pediatric", "5ml", "10ml", "18G", "20G",
    "10x10", "soft", "hard", "lang", "kurz",
)  # fmt: skip


def line() -> str:
    """The figures, for people."""
    chance = random.Random(4)
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder) / "wardstock.db", KEY)
        try:
            with _writes_timed() as chunks:
                _fill(store, chance)
            took = sorted(_took(store, typed) for typed in _typed(chance))
        finally:
            store.close()
    chunks.sort()
    return (
        f"search of {PRODUCTS} products: {len(took)} texts as they are typed,"
        f" p50 {_part(took, 0.5)}, p99 {_part(took, 0.99)}, longest {took[-1] * 1000:.1f} ms;"
        f" a chunk of the pull p99 {_part(chunks, 0.99)}, longest {chunks[-1] * 1000:.1f} ms"
    )


def _fill(store: Store, chance: random.Random) -> None:
    pull = store.catalogue.begin()
    pull.add(
        products=[_product(number, chance) for number in range(1, PRODUCTS + 1)],
        packagings=[Packaging(n, n, f"140{n:011d}", "Box of 10", Decimal(10)) for n in range(1, PRODUCTS, 3)],
        vendor_codes=[VendorCode(n, n, 1, f"AC-{n:05d}") for n in range(1, PRODUCTS, 2)],
    )
    pull.flip(datetime.now(UTC))


def _product(number: int, chance: random.Random) -> Product:
    name = f"{chance.choice(_GOODS)} {chance.choice(_KINDS)} {chance.choice(_KINDS)} {number}"
    return Product(number, name, Tracking.LOT, 1, "Units", Decimal(1), f"MED-{number:06d}", f"40{number:011d}")


def _typed(chance: random.Random) -> Iterator[str]:
    """What stands in the field after each letter."""
    for word in (*_GOODS, *_KINDS, "MED-012345", "med004711", "4000000012345", "AC-00777"):
        yield from (word[:letters] for letters in range(1, len(word) + 1))
    for _ in range(200):
        yield f"{chance.choice(_GOODS)[: chance.randint(1, 6)]} {chance.choice(_KINDS)[: chance.randint(1, 4)]}"


def _took(store: Store, typed: str) -> float:
    began = time.perf_counter()
    store.catalogue.search(typed)
    return time.perf_counter() - began


def _part(sorted_: list[float], part: float) -> str:
    return f"{sorted_[int(len(sorted_) * part)] * 1000:.1f} ms"


@contextmanager
def _writes_timed() -> Iterator[list[float]]:
    """How long each write keeps others out, without its commit."""
    write, chunks = Database.write, list[float]()

    @contextmanager
    def timed(database: Database, *, durable: bool = True) -> Iterator[Any]:
        with write(database, durable=durable) as connection:
            began = time.perf_counter()
            yield connection
            chunks.append(time.perf_counter() - began)

    Database.write = timed  # type: ignore[method-assign,assignment]  # it only looks at the clock
    try:
        yield chunks
    finally:
        Database.write = write  # type: ignore[method-assign]


if __name__ == "__main__":
    sys.stdout.write(line() + "\n")
