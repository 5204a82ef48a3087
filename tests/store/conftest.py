"""A store in an empty folder."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sync.store import Store
from sync.transaction import Transaction
from tests.store.goods import EVERYTHING, KEY, NOON, draft_of, receipt_of


@pytest.fixture(autouse=True)
def a_new_store_is_a_copy() -> None:
    """Here each is built from nothing."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "profile" / "wardstock.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    opened = Store.open(path, KEY)
    yield opened
    opened.close()


@pytest.fixture
def pulled(store: Store) -> Store:
    """A store whose catalogue has one of each kind."""
    pull = store.catalogue.begin()
    pull.add(**EVERYTHING)
    pull.flip(NOON)
    return store


@pytest.fixture
def confirmed(store: Store) -> Callable[..., Transaction]:
    """Confirm a delivery; answers its transaction."""

    def confirm(*, picking_id: int | None = 51, product_id: int = 1) -> Transaction:
        draft = draft_of()
        store.drafts.open(draft)
        made = receipt_of(draft, picking_id=picking_id, product_id=product_id)
        store.outbox.confirm(draft.uuid, [made], NOON)
        return made[0]

    return confirm
