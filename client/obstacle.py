"""What is in the way of a first start, and where a person goes to mend it. `client.words.first_start` says it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from client import troubles
from client.enrol import Found
from client.words.first_start import has_failure
from client.work.site.invitation import Invitation
from sync.errors import WardstockError

_UNREACHED: Final = {
    "gaierror": "no_such_host",
    "ConnectionRefusedError": "nobody_there",
    "SSLError": "no_tls",
    "SSLEOFError": "no_tls",
    "SSLZeroReturnError": "no_tls",
    "ConnectionResetError": "no_tls",
}
"""By what lay at the bottom of a connection that did not stand."""
_OTHER_NAMES: Final = {
    "odoo_transient_unknown": "unanswered",
    "odoo_config": "not_an_odoo",
    "store_disk_fails": "store_not_writable",
}
_WAYS: Final[Mapping[str, tuple[str, ...]]] = {
    "no_such_host": ("form",),
    "nobody_there": ("form",),
    "no_answer": ("form",),
    "no_tls": ("form",),
    "http_refused": ("form",),
    "certificate_refused": ("form",),
    "redirected": ("form",),
    "not_an_odoo": ("form",),
    "unknown_database": ("form",),
    "database_of": ("form",),
    "database_not_told": ("form",),
    "version_not_served": ("form",),
    "version_unfit": ("form",),
    "odoo_auth": ("key",),
    "login_needed": ("key",),
    "login_wrong": ("key",),
    "login_differs": ("key",),
    "odoo_rights": ("key",),
    "no_stock_rights": ("key",),
    "company_not_allowed": ("key",),
    "abandoned": ("form", "key"),
    "policy_unreadable": ("rules_file",),
}
"""By code: what else can be done about it than to try again."""
_AGES: Final = ("has expired", "not yet valid")


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing in the way. `ways`: steps to go to, besides trying again."""

    code: str
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def ways(self) -> tuple[str, ...]:
        return _WAYS.get(self.code, ())


def obstacle(error: WardstockError, said: Invitation, now: datetime) -> Obstacle:
    """What an error of the first start means for the person in front of it."""
    facts = {**error.facts, "host": said.host, "database": said.database, "today": now.date().isoformat()}
    code = _OTHER_NAMES.get(error.code, error.code)
    if error.code == "odoo_not_reached":
        code = _UNREACHED.get(str(error.facts.get("name", "")), "no_answer")
    elif error.code == "certificate_refused" and any(age in str(error.facts.get("message")) for age in _AGES):
        code = "certificate_clock"
    elif error.code == "odoo_auth" and said.login and not error.facts.get("name"):
        code = "login_wrong"  # /jsonrpc says neither which of them it is
    if has_failure(code):
        return Obstacle(code, facts)
    return Obstacle("other", {"trouble": troubles.trouble(error.code, error.facts)})


def lacking(found: Found) -> list[Obstacle]:
    """What must be mended in Odoo; that a company is to be chosen is no obstacle but a question."""
    facts = {"name": found.facts.user_name, "login": found.facts.login}
    return [Obstacle(code, facts) for code in found.facts.missing if code != "company_to_choose"]
