"""The practice ward: a stand-in Odoo 19 on loopback, for training and tests (design 9)."""

from __future__ import annotations

import json
import sys
import threading
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Self

from sync.practice import seed
from sync.practice.errors import BadRequest, NotFound
from sync.practice.faults import Faulty, Reply
from sync.practice.remote import VERSION, Answer, Ward

if TYPE_CHECKING:
    from types import TracebackType

DATABASE = "practice"

_NO_DATABASE = b"""<!DOCTYPE html>
<title>404 Not Found</title>
<h1>Not Found</h1>
<p>No database is selected and the requested URL was not found in the server-wide controllers.</p>
<p>Please verify the hostname, <a href=/web/login>login</a> and try again.</p>

<!-- Alternatively, use the X-Odoo-Database header. -->
"""
_WRONG_TYPE = b"<!doctype html>\n<html lang=en>\n<title>415 Unsupported Media Type</title>\n"
_NOT_FOUND = b"<!doctype html>\n<html lang=en>\n<title>404 Not Found</title>\n"
_HTML = (("Content-Type", "text/html; charset=utf-8"),)


class PracticeWard(Faulty):
    """A small hospital behind JSON-2, alive for as long as this object; everything is forgotten at its end.

    `keys` and `logins` are by role: storekeeper, manager, plain, admin. Port 0 takes any free one.
    """

    def __init__(self, port: int = 0) -> None:
        self.database = DATABASE
        self.keys = dict(seed.KEYS)
        self.logins = dict(seed.LOGINS)
        self.calls: list[tuple[str, str]] = []
        self._ward = Ward()
        seed.fill(self._ward)
        super().__init__(port)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def stock_of(self, product_code: str, lot: str | None = None, location: str | None = None) -> Decimal:
        """How much lies in the hospital: of a lot, in a location and below it (complete name or barcode)."""
        return sum(
            (
                quant.quantity
                for quant in self._records("stock.quant")
                if quant.product_id.default_code == product_code
                and quant.location_id.usage in {"internal", "transit"}
                and (lot is None or (quant.lot_id is not None and quant.lot_id.name == lot))
                and (location is None or _is_called(quant.location_id, location))
            ),
            Decimal(0),
        )

    def pickings(self, state: str | None = None) -> list[dict[str, Any]]:
        """Documents as a search_read would show them, oldest first."""
        with self._ward.lock:
            model = self._ward.models["stock.picking"]
            known = self._ward.db.all("stock.picking")
            return [model.wire(picking) for picking in known if state in {None, picking.state}]

    def ask(self, model: str, *domain: Any) -> list[dict[str, Any]]:
        """The records of a domain with all their fields, asked past rights and network."""
        with self._ward.lock:
            call = self._ward.call(1, superuser=True)
            kind = self._ward.models[model]
            return [kind.wire(record) for record in kind.found(call, list(domain))]

    def work(self, verb: str, path: str, headers: dict[str, str], body: bytes) -> Reply:
        if path in {"/json/version", "/web/version"}:
            return _json(200, VERSION)
        if not path.startswith("/json/2"):
            return Reply(404, _NOT_FOUND, _HTML)
        if headers.get("x-odoo-database", self.database) != self.database:
            return Reply(404, _NO_DATABASE, _HTML)
        model, _, method = path.removeprefix("/json/2").strip("/").partition("/")
        if verb != "POST" or not method or "/" in method:
            return _error(NotFound("Did you mean POST /json/2/<model>/<method>?"))
        if not headers.get("content-type", "").startswith("application/json"):
            return Reply(415, _WRONG_TYPE, (*_HTML, ("Accept", "application/json")))
        self.calls.append((model, method))
        try:
            asked = json.loads(body) if body else {}
        except ValueError as error:
            return _error(BadRequest(f"could not parse the body as json: {error}"))
        answer = self._ward.answer(_bearer(headers), model, method, asked if isinstance(asked, dict) else {})
        return _json(answer.status, answer.content)

    def _records(self, model: str) -> list[Any]:
        with self._ward.lock:
            return self._ward.db.all(model)


def run(port: int) -> None:
    """Serve until Ctrl-C, after saying how to get in. The keys are fixed and open nothing but this ward."""
    with PracticeWard(port) as ward:
        told = [f"Practice ward: {ward.url}", f"Database: {ward.database}"]
        told += [f"{role}: login {ward.logins[role]}, key {key}" for role, key in ward.keys.items()]
        sys.stdout.write("\n".join(told) + "\n")
        sys.stdout.flush()
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            sys.stdout.write("\n")


def _is_called(place: Any, name: str) -> bool:
    while place is not None:
        if name in {place.complete_name, place.barcode}:
            return True
        place = place.location_id
    return False


def _bearer(headers: dict[str, str]) -> str | None:
    scheme, _, key = headers.get("authorization", "").partition(" ")
    return key.strip() if scheme.lower() == "bearer" else None


def _json(status: int, content: Any) -> Reply:
    body = json.dumps(content, default=_plain).encode()
    more = (("WWW-Authenticate", "Bearer"),) if status == 401 else ()  # noqa: PLR2004
    return Reply(status, body, (("Content-Type", "application/json; charset=utf-8"), *more))


def _plain(value: object) -> Any:
    raise TypeError(f"{type(value).__name__} has no JSON")


def _error(error: NotFound | BadRequest) -> Reply:
    answer = Answer(error.status, error.body(""))
    return _json(answer.status, answer.content)
