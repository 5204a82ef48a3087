"""The contract tests' own way to speak to a server, in both dialects: it shares nothing with what it tests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import httpx2
import pytest

KEYS = {
    "storekeeper": "WARDSTOCK_ODOO_KEY",
    "manager": "WARDSTOCK_ODOO_MANAGER_KEY",
    "plain": "WARDSTOCK_ODOO_PLAIN_KEY",
    "admin": "WARDSTOCK_ODOO_ADMIN_KEY",
}
"""Where the key of a role stands, on a real server."""

LOGINS = {
    "storekeeper": ("WARDSTOCK_ODOO_LOGIN", "storekeeper"),
    "manager": ("WARDSTOCK_ODOO_MANAGER_LOGIN", "stockmanager"),
    "plain": ("WARDSTOCK_ODOO_PLAIN_LOGIN", "plainuser"),
    "admin": ("WARDSTOCK_ODOO_ADMIN_LOGIN", "admin"),
}
"""Where the login of a role stands, and what it is if it stands nowhere. Only /jsonrpc asks for it."""

STATUS = {
    "odoo.exceptions.AccessDenied": 401,
    "odoo.exceptions.AccessError": 403,
    "odoo.exceptions.MissingError": 404,
    "odoo.exceptions.UserError": 422,
    "odoo.exceptions.ValidationError": 422,
}
"""What JSON-2 says to an exception that /jsonrpc answers with 200; 500 to any other (contract 1)."""

Reply = tuple[int, Any]


def logins_named() -> dict[str, str]:
    """The logins a person set for this run."""
    return {role: os.environ[name] for role, (name, _) in LOGINS.items() if name in os.environ}


@dataclass
class Wire:
    """One server, without any idea of stock."""

    url: str
    database: str
    keys: dict[str, str] = field(repr=False)
    logins: dict[str, str]
    client: httpx2.Client = field(repr=False)
    _uids: dict[str, int] = field(default_factory=dict)

    @cached_property
    def version(self) -> str:
        """What the server calls itself."""
        response = self.client.get(f"{self.url}/json/version", follow_redirects=False)
        if response.status_code == 200 and response.headers["content-type"].startswith("application/json"):
            return str(response.json()["version"])
        return str(self.rpc("common", "version")["result"]["server_version"])

    @cached_property
    def major(self) -> int:
        return int(self.version.rpartition("~")[2].partition(".")[0])

    def call(self, model: str, method: str, role: str, body: dict[str, Any]) -> Reply:
        """Status and JSON of one call. Of /jsonrpc it is the status the newer dialect gives the same exception."""
        if role not in self.keys:
            pytest.skip(f"{KEYS[role]} is not set: no key of the role {role} on this server")
        return (
            self._by_json2(model, method, role, body) if self.major >= 19 else self._by_rpc(model, method, role, body)
        )

    def rpc(self, service: str, method: str, *arguments: Any) -> Any:
        """The whole answer of /jsonrpc."""
        params = {"service": service, "method": method, "args": arguments}
        told = {"jsonrpc": "2.0", "method": "call", "id": 7, "params": params}
        return self.client.post(f"{self.url}/jsonrpc", json=told).json()

    def uid(self, role: str) -> int:
        """The user a key belongs to, for /jsonrpc."""
        if role not in self._uids:
            self._uids[role] = self._sign_in(role)
        return self._uids[role]

    def login(self, role: str) -> str:
        """The login of a role: named, or as the server tells."""
        if role not in self.logins:
            uid = self.call("res.users", "context_get", role, {})[1]["uid"]
            me = self.call("res.users", "read", role, {"ids": [uid], "fields": ["login"]})[1]
            self.logins[role] = me[0]["login"]
        return self.logins[role]

    def _by_json2(self, model: str, method: str, role: str, body: dict[str, Any]) -> Reply:
        response = self.client.post(
            f"{self.url}/json/2/{model}/{method}",
            json=body,
            headers={"Authorization": f"bearer {self.keys[role]}", "X-Odoo-Database": self.database},
        )
        return response.status_code, response.json()

    def _by_rpc(self, model: str, method: str, role: str, body: dict[str, Any]) -> Reply:
        named = dict(body)
        # Odoo looks at the ids and at what is written by their place, at the rest by its name.
        places = [named.pop(name) for name in ("ids", "vals_list", "vals") if name in named]
        who = (self.database, self.uid(role), self.keys[role])
        told = self.rpc("object", "execute_kw", *who, model, method, places, named)
        if "error" not in told:
            return 200, told.get("result")
        data = told["error"]["data"]
        return STATUS.get(data["name"], 500), data

    def _sign_in(self, role: str) -> int:
        for login in self._candidates(role):
            uid = self.rpc("common", "authenticate", self.database, login, self.keys[role], {}).get("result")
            if uid:
                self.logins[role] = login
                return int(uid)
        pytest.fail(f"the key in {KEYS[role]} is of no login we know of: set {LOGINS[role][0]}")

    def _candidates(self, role: str) -> Iterator[str]:
        """The login named for the role, or the usual one, then the logins of whoever has a key here."""
        if role in self.logins:
            yield self.logins[role]
            return
        yield LOGINS[role][1]
        if role != "admin" and "admin" in self.keys:
            keys = self._by_rpc("res.users.apikeys", "search_read", "admin", {"domain": [], "fields": ["user_id"]})[1]
            ids = sorted({key["user_id"][0] for key in keys})
            users = self._by_rpc("res.users", "read", "admin", {"ids": ids, "fields": ["login"]})[1]
            yield from (user["login"] for user in users if user["login"] != LOGINS[role][1])
