"""A practice ward for each test, and the plainest of clients."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import httpx2
import pytest

from sync.practice.server import PracticeWard

Ask = Callable[..., httpx2.Response]


@pytest.fixture
def ward() -> Iterator[PracticeWard]:
    with PracticeWard() as ward:
        yield ward


@pytest.fixture
def ask(ward: PracticeWard) -> Iterator[Ask]:
    """Post one call to the ward, or to another address."""
    with httpx2.Client(timeout=10, trust_env=False, verify=False) as client:

        def post(model: str, method: str, url: str | None = None, **body: Any) -> httpx2.Response:
            headers = {"Authorization": f"bearer {ward.keys['storekeeper']}"}
            return client.post(f"{url or ward.url}/json/2/{model}/{method}", json=body, headers=headers)

        yield post
