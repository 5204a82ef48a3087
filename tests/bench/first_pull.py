"""A first pull from a real Odoo, as a ratio to the bare page reads of the same fields in the same run (aim ≤ 1.5)."""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sync.clock import Clock
from sync.odoo.wire.session import Server, Session
from sync.pull import pull, pull_recent
from sync.store import Store
from sync.store.database import Database
from sync.store.device import Enrolment
from tests.store.goods import KEY

_WIRE = ("WARDSTOCK_ODOO_URL", "WARDSTOCK_ODOO_DB", "WARDSTOCK_ODOO_KEY")

Call = tuple[str, str, dict[str, Any]]


def line() -> str:
    """The figures, for people."""
    if missing := [name for name in _WIRE if name not in os.environ]:
        return f"first pull: skipped, {missing[0]} is not set"
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder) / "wardstock.db", KEY)
        try:
            return _measured(store)
        finally:
            store.close()


def _measured(store: Store) -> str:
    calls, chunks = list[Call](), list[float]()
    with _session() as session, _listening(session, calls), _writes_timed(chunks):
        _enrol(store, session)
        ours = _took(lambda: _done(pull(store, session, Clock()).stopped))
        first = list(calls)
        _done(pull_recent(store, session, Clock()).stopped)
        calls.clear()
        idle = _took(lambda: _done(pull_recent(store, session, Clock()).stopped))
        asked = len(calls)
    bare = _bare(first, named=False)
    named = _bare(first, named=True)
    counts = store.catalogue.counts()
    slowest = sorted(chunks)[int(len(chunks) * 0.99)]
    return (
        f"first pull of {counts['products']} products, {counts['lots']} lots, {counts['stock_rows']} stock rows:"
        f" {ours:.1f} s, {ours / bare:.2f} of the same calls bare ({bare:.1f} s),"
        f" {ours / named:.2f} of them with names ({named:.1f} s);"
        f" a chunk's write p99 {slowest * 1000:.1f} ms, longest {max(chunks) * 1000:.1f} ms;"
        f" idle pass of what postings touch {asked} requests, {idle:.2f} s"
    )


def _bare(calls: list[Call], *, named: bool) -> float:
    """The same reads again, and nothing done with them; `named`: as `search_read` answers unless told otherwise."""
    with _session() as session:
        _ = session.can

        def ask() -> None:
            for model, method, told in calls:
                session.call(model, method, **{key: told[key] for key in told if not (named and key == "load")})

        return _took(ask)


def _took(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _done(stopped: str) -> None:
    if stopped:
        raise RuntimeError(f"the pull was stopped: {stopped}")


def _session() -> Session:
    url, database, key = (os.environ[name] for name in _WIRE)
    return Session(Server(url, database, key, company_id=1, login=os.environ.get("WARDSTOCK_ODOO_LOGIN", "")))


def _enrol(store: Store, session: Session) -> None:
    uid = session.call("res.users", "context_get")["uid"]
    server = session.server
    store.device.enrol(Enrolment(server.url, server.database, server.login, uid, 1, datetime.now(UTC)), server.key)


@contextmanager
def _listening(session: Session, calls: list[Call]) -> Iterator[None]:
    call = session.call

    def listened(model: str, method: str, **told: Any) -> Any:
        calls.append((model, method, told))
        return call(model, method, **told)

    session.call = listened  # type: ignore[method-assign]  # it only listens
    yield
    session.call = call  # type: ignore[method-assign]


@contextmanager
def _writes_timed(chunks: list[float]) -> Iterator[None]:
    """How long each write keeps others out, from its BEGIN to the end of its COMMIT."""
    write = Database.write

    @contextmanager
    def timed(database: Database, *, durable: bool = True) -> Iterator[Any]:
        began = 0.0
        with write(database, durable=durable) as connection:
            began = time.perf_counter()
            yield connection
        chunks.append(time.perf_counter() - began)

    Database.write = timed  # type: ignore[method-assign,assignment]  # it only looks at the clock
    try:
        yield
    finally:
        Database.write = write  # type: ignore[method-assign]


if __name__ == "__main__":
    sys.stdout.write(line() + "\n")
