"""Where requests to the practice ward are received: paths, headers and pages of an Odoo, without a network."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sync.practice import json2, jsonrpc, seed
from sync.practice.errors import BadRequest, NotFound
from sync.practice.faults import Reply
from sync.practice.remote import Ward
from sync.practice.rights import USER

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

DATABASE = "practice"

_NO_DATABASE = b"""<!DOCTYPE html>
<title>404 Not Found</title>
<h1>Not Found</h1>
<p>No database is selected and the requested URL was not found in the server-wide controllers.</p>
<p>Please verify the hostname, <a href=/web/login>login</a> and try again.</p>

<!-- Alternatively, use the X-Odoo-Database header. -->
"""
_WRONG_TYPE = b"<!doctype html>\n<html lang=en>\n<title>415 Unsupported Media Type</title>\n"
_BAD_TYPE = b"<!doctype html>\n<html lang=en>\n<title>400 Bad Request</title>\n<h1>Bad Request</h1>\n"
_NOT_FOUND = b"<!doctype html>\n<html lang=en>\n<title>404 Not Found</title>\n"
_ELSEWHERE = b"<!doctype html>\n<html lang=en>\n<title>Redirecting...</title>\n<h1>Redirecting...</h1>\n"
_HTML = (("Content-Type", "text/html; charset=utf-8"),)


class Reception:
    """A small hospital that answers as an Odoo of this version does; everything is forgotten at its end.

    `keys` and `logins` are by role: storekeeper, manager, plain, admin. `now` is the server's clock.
    """

    def __init__(self, version: int = 19, now: Callable[[], datetime] | None = None) -> None:
        self.database = DATABASE
        self.keys = dict(seed.KEYS)
        self.logins = dict(seed.LOGINS)
        self.lists_databases = True
        """Odoo's `list_db`: many sites turn it off."""
        self.calls: list[tuple[str, str]] = []
        self._ward = Ward(version, now) if now else Ward(version)
        seed.fill(self._ward)

    @property
    def version(self) -> int:
        """The major version it speaks and behaves as."""
        return self._ward.release.major

    def work(self, verb: str, path: str, headers: dict[str, str], body: bytes) -> Reply:
        """Answer one request; the names of the headers are in small letters."""
        path, _, query = path.partition("?")
        if path == "/jsonrpc":
            return self._json_rpc(verb, headers, body)
        if path == "/web/database/list":
            return _json(200, jsonrpc.databases(self._ward, [self.database] if self.lists_databases else None))
        if path.split("/")[1] == "json" and self._ward.release.json_path != 200:  # noqa: PLR2004
            return self._no_json_path(path, query)
        if path in {"/json/version", "/web/version"} and self._ward.release.json_path == 200:  # noqa: PLR2004
            release = self._ward.release
            return _json(200, {"version_info": release.version_info, "version": release.version})
        if not path.startswith("/json/2"):
            return Reply(404, _NOT_FOUND, _HTML)
        return self._json2(verb, path, headers, body)

    def _no_json_path(self, path: str, query: str) -> Reply:
        if self._ward.release.json_path == 404:  # noqa: PLR2004
            return Reply(404, _NOT_FOUND, _HTML)
        asked = (path + "?" + query).replace("/", "%2F").replace("?", "%3F")
        return Reply(303, _ELSEWHERE, (*_HTML, ("Location", f"/web/login?redirect={asked}")))

    def _json2(self, verb: str, path: str, headers: dict[str, str], body: bytes) -> Reply:
        if headers.get("x-odoo-database", self.database) != self.database:
            return Reply(404, _NO_DATABASE, _HTML)
        model, _, method = path.removeprefix("/json/2").strip("/").partition("/")
        if verb != "POST" or not method or "/" in method:
            return _answered(json2.refusal(NotFound("Did you mean POST /json/2/<model>/<method>?")))
        if not headers.get("content-type", "").startswith("application/json"):
            return Reply(415, _WRONG_TYPE, (*_HTML, ("Accept", "application/json")))
        self.calls.append((model, method))
        try:
            asked = json.loads(body) if body else {}
        except ValueError as error:
            return _answered(json2.refusal(BadRequest(f"could not parse the body as json: {error}")))
        asked = asked if isinstance(asked, dict) else {}
        return _answered(json2.answer(self._ward, _bearer(headers), model, method, asked))

    def _json_rpc(self, verb: str, headers: dict[str, str], body: bytes) -> Reply:
        if verb != "POST" or not headers.get("content-type", "").startswith("application/json"):
            return Reply(400, _BAD_TYPE, _HTML)
        try:
            asked = json.loads(body)
        except ValueError:
            return Reply(400, b"Invalid JSON data", _HTML)
        if not isinstance(asked, dict):
            return Reply(400, b"Invalid JSON-RPC data", _HTML)
        if (named := jsonrpc.called(body)) is not None:
            self.calls.append(named)
        return _json(200, jsonrpc.answer(self._ward, self.database, asked))

    # -- what happens to a server -----------------------------------------------------------------------------------

    def revoke(self, role: str) -> None:
        """The key of a role opens nothing any more."""
        with self._ward.lock, self._ward.db.transaction():
            for known in self._ward.db.find("res.users.apikeys", "_secret", self.keys[role]):
                self._ward.db.put("res.users.apikeys", known.id, None)

    def give_key(self, role: str, key: str) -> None:
        """A further key for a role; it is the one in `keys` from now on."""
        with self._ward.lock, self._ward.db.transaction():
            call = self._ward.call(1, superuser=True)
            user = call.search("res.users", ["login", "=", self.logins[role]])[0]
            call.create("res.users.apikeys", name="practice", user_id=user.id, _secret=key)
        self.keys[role] = key

    def set_groups(self, role: str, *groups: str) -> None:
        """Who works as this role belongs to these groups from now on: take rights away, or give them back."""
        with self._ward.lock, self._ward.db.transaction():
            call = self._ward.call(1, superuser=True)
            user = call.search("res.users", ["login", "=", self.logins[role]])[0]
            ids = tuple(group.id for group in call.search("res.groups") if group._external in {USER, *groups})
            call.put(user, **{"groups_id" if self._ward.release.old_units else "group_ids": ids})

    def rename_database(self, name: str) -> None:
        """The database has another name, so that nobody finds it under the old one."""
        self.database = name

    def forget_cache(self) -> None:
        """What a restart of the server takes with it."""
        self._ward.db.ghosts.clear()

    # -- what a test and the demo see past the network ------------------------------------------------------------

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

    def _records(self, model: str) -> list[Any]:
        with self._ward.lock:
            return self._ward.db.all(model)


def _is_called(place: Any, name: str) -> bool:
    while place is not None:
        if name in {place.complete_name, place.barcode}:
            return True
        place = place.location_id
    return False


def _bearer(headers: dict[str, str]) -> str | None:
    scheme, _, key = headers.get("authorization", "").partition(" ")
    return key.strip() if scheme.lower() == "bearer" else None


def _answered(answer: json2.Answer) -> Reply:
    return _json(answer.status, answer.content)


def _json(status: int, content: Any) -> Reply:
    body = json.dumps(content, default=_plain).encode()
    more = (("WWW-Authenticate", "Bearer"),) if status == 401 else ()  # noqa: PLR2004
    return Reply(status, body, (("Content-Type", "application/json; charset=utf-8"), *more))


def _plain(value: object) -> Any:
    raise TypeError(f"{type(value).__name__} has no JSON")
