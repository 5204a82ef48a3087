"""Pushing 200 queued transfers, as ratios in one run on a real Odoo (WARDSTOCK_ODOO_*).

To the same `load` and `button_validate` calls made bare, in the same batches (aim ≤ 1.3), and to the same transfers
made one by one: bare (aim ≥ 4 times as fast on 19, ≥ 2 on 17), and with all that we ask and remember of each.
"""

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from unittest.mock import patch
from uuid import uuid4

from sync import batches
from sync.clock import Clock
from sync.odoo.wire.session import Server, Session
from sync.push import push
from sync.store import Store
from sync.store.device import Enrolment
from sync.transaction import Document, Draft, Footprint, Kind, Line, Transaction, new_uuid
from tests.contract.conftest import Odoo, serving
from tests.contract.wire import KEYS
from tests.store.goods import KEY

TRANSFERS = 200
ROUNDS = 2
ALONE = 20
"""How many of a round are made one by one: enough to know what one takes."""

Row = list[Any]


def line() -> str:
    """The figures, for people."""
    wanted = ["WARDSTOCK_ODOO_URL", "WARDSTOCK_ODOO_DB", KEYS["storekeeper"], KEYS["admin"]]
    if missing := [name for name in wanted if name not in os.environ]:
        return f"push in batches: skipped, {missing[0]} is not set"
    with serving("real") as odoo, tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder) / "wardstock.db", KEY)
        try:
            return _measured(odoo, store)
        finally:
            store.close()


def _measured(odoo: Odoo, store: Store) -> str:
    told = Enrolment(odoo.url, odoo.database, odoo.login(), 0, 1, datetime.now(UTC))
    store.device.enrol(told, odoo.keys["storekeeper"])
    share = TRANSFERS // ROUNDS
    products, shelves = _goods(odoo, share)
    paper, unit = odoo.transfers, odoo.unit
    ours = bare = alone = by_us = calls = 0.0
    for _ in range(ROUNDS):
        acts = [_transfer(one, unit, Document(paper, *shelves)) for one in products]
        with _session(odoo) as session, _listening(session) as loads:
            ours += _pushed(store, session, acts)
            calls += session.sent
        bare += sum(_bare(odoo, fields, rows) for fields, rows in loads)
        rows = [(fields, [row]) for fields, all_ in loads for row in all_][:ALONE]
        alone += sum(_bare(odoo, fields, one) for fields, one in rows) * share / ALONE
        with _session(odoo) as session, patch.object(batches, "MOST", 1):
            again = [replace(act, uuid=new_uuid()) for act in acts[:ALONE]]
            by_us += _pushed(store, session, again) * share / ALONE
    return (
        f"push of {TRANSFERS} transfers to Odoo {odoo.wire.version}: {ours:.1f} s in {calls:.0f} calls,"
        f" {ours / bare:.2f} of the same loads and validates bare ({bare:.1f} s),"
        f" {alone / ours:.1f} times as fast as bare ones one by one ({alone:.1f} s),"
        f" {by_us / ours:.1f} times as fast as ours one by one ({by_us:.1f} s)"
    )


def _goods(odoo: Odoo, share: int) -> tuple[list[int], tuple[int, int]]:
    """A product for each transfer of a round, so that no footprints meet, and enough of it on a shelf."""
    products, source, target = [odoo.product("none") for _ in range(share)], odoo.bin(), odoo.bin()
    made = odoo.document(*((product, "", 100) for product in products), target=source)
    odoo.validate(made["ids"][0], skip_backorder=True)
    return products, (source, target)


def _transfer(product: int, unit: int, document: Document) -> Transaction:
    return Transaction(
        uuid=new_uuid(),
        kind=Kind.TRANSFER,
        reference="WS-BENCH/000001",
        document=document,
        company_id=1,
        person="Ana",
        device="WS-BENCH",
        acted_at=Clock().moment(),
        lines=(Line(1, product, Decimal(1), unit, document.source_id, document.destination_id),),
    )


def _pushed(store: Store, session: Session, acts: list[Transaction]) -> float:
    """Seconds of the pass."""
    now, draft = datetime.now(UTC), new_uuid()
    store.drafts.open(Draft(draft, "transfer", "{}", "Ana", "bench", now, now))
    places = [Footprint(None, frozenset({(act.lines[0].product_id, "1/")})) for act in acts]
    store.outbox.confirm(draft, list(zip(acts, places, strict=True)), now)
    began = time.perf_counter()
    told = push(store, session, Clock())
    took = time.perf_counter() - began
    if len(told.done) != len(acts):
        raise RuntimeError(f"{len(told.done)} of {len(acts)} done: {told}")
    return took


def _bare(odoo: Odoo, fields: list[str], rows: list[Row]) -> float:
    """Seconds of one load and one validate of such rows, under new external ids."""
    fresh = [[_renamed(cell) for cell in row] for row in rows]
    context = {"mode": "update", "noupdate": True, "lang": "en_US", "tz": "UTC"}
    began = time.perf_counter()
    made = odoo.ok("stock.picking", "load", fields=fields, data=fresh, context=context)
    told = {"skip_backorder": True, "skip_expired": True, "lang": "en_US", "tz": "UTC"}
    done = odoo.ok("stock.picking", "button_validate", ids=made["ids"], context=told)
    took = time.perf_counter() - began
    if done is not True:
        raise RuntimeError(f"not done: {done}")
    return took


def _renamed(cell: Any) -> Any:
    """An external id is another's; everything else is as heavy as ours."""
    return f"__wardstock__.{uuid4()}" if isinstance(cell, str) and cell.startswith("__wardstock__.") else _plain(cell)


def _plain(cell: Any) -> Any:
    return str(cell) if isinstance(cell, Decimal) else cell


def _session(odoo: Odoo) -> Session:
    return Session(Server(odoo.url, odoo.database, odoo.keys["storekeeper"], 1, odoo.login()))


@contextmanager
def _listening(session: Session) -> Iterator[list[tuple[list[str], list[Row]]]]:
    """What is loaded as pickings in this session: columns and rows."""
    heard: list[tuple[list[str], list[Row]]] = []
    call = session.call

    def listen(model: str, method: str, **told: Any) -> Any:
        if (model, method) == ("stock.picking", "load"):
            heard.append((list(told["fields"]), [list(row) for row in told["data"]]))
        return call(model, method, **told)

    vars(session)["call"] = listen
    yield heard


if __name__ == "__main__":
    sys.stdout.write(line() + "\n")
