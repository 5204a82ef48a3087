"""What an answer of Odoo means for the work: one table, never a guess from the status alone (contract 1, design 4)."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from http import HTTPStatus
from typing import Any

from sync.errors import WardstockError


class Family(StrEnum):
    """What to do about an error. The words are those of design 4."""

    TRANSIENT_UNKNOWN = "transient_unknown"
    """We do not know whether it happened: the same posting runs again from its first step."""
    NOT_REACHED = "not_reached"
    """No byte of the request left: it surely did not happen."""
    AUTH = "auth"
    """The key is wrong or over: the pass stops, no transaction is blamed."""
    CONFIG = "config"
    """That is no Odoo, not this database, not this version: the pass stops, no transaction is blamed."""
    RIGHTS = "rights"
    """This user may not: checked again; lost, the pass stops; intact, this one is refused."""
    DATA = "data"
    """Odoo says no to what was sent: clean up, refuse."""
    UNRECOGNISED = "unrecognised"
    """A load failed in words we do not know: tried alone three more times, then `DATA` (contract 14.19)."""
    BUG = "bug"
    """We asked nonsense: refuse with a support card, never loop."""


class OdooError(WardstockError):
    """An answer that is not a result. `name` is Odoo's exception, `message` its words, `status` HTTP's or 0.

    `records` are the places of the records a `load` stumbled over; the first may be innocent (contract 8).
    """

    def __init__(
        self,
        family: Family,
        *,
        code: str = "",
        name: str = "",
        message: str = "",
        status: int = 0,
        records: Sequence[int] = (),
    ) -> None:
        super().__init__(code or f"odoo_{family}", name=name, message=message, status=status)
        self.family = family
        self.name = name
        self.message = message
        self.status = status
        self.records = tuple(records)


class Refused(WardstockError):
    """A transaction that will not be posted: a card for a person. Nothing of it is left in Odoo."""


# Classified by name first, by status second (contract 1). The prefix that matches longest wins.
_BY_NAME: Mapping[str, Family] = {
    "werkzeug.exceptions.Unauthorized": Family.AUTH,
    "odoo.exceptions.AccessDenied": Family.AUTH,
    "odoo.http.SessionExpiredException": Family.AUTH,
    "odoo.exceptions.AccessError": Family.RIGHTS,
    "werkzeug.exceptions.Forbidden": Family.RIGHTS,
    "odoo.exceptions.UserError": Family.DATA,
    "odoo.exceptions.ValidationError": Family.DATA,
    "odoo.exceptions.MissingError": Family.DATA,
    "odoo.exceptions.RedirectWarning": Family.DATA,
    "odoo.exceptions.ConcurrencyError": Family.TRANSIENT_UNKNOWN,
    "odoo.exceptions.LockError": Family.TRANSIENT_UNKNOWN,
    "psycopg2.errors.SerializationFailure": Family.TRANSIENT_UNKNOWN,
    "psycopg2.errors.TransactionRollbackError": Family.TRANSIENT_UNKNOWN,
    "psycopg2.extensions.TransactionRollbackError": Family.TRANSIENT_UNKNOWN,
    "psycopg2.errors.DeadlockDetected": Family.TRANSIENT_UNKNOWN,
    "psycopg2.errors.LockNotAvailable": Family.TRANSIENT_UNKNOWN,
    "psycopg2.errors.QueryCanceled": Family.TRANSIENT_UNKNOWN,
    "psycopg2.errors.AdminShutdown": Family.TRANSIENT_UNKNOWN,
    "psycopg2.OperationalError": Family.TRANSIENT_UNKNOWN,
    "psycopg2.InterfaceError": Family.TRANSIENT_UNKNOWN,
    "psycopg2.pool.PoolError": Family.TRANSIENT_UNKNOWN,
    "builtins.MemoryError": Family.TRANSIENT_UNKNOWN,
    "builtins.": Family.BUG,
    "psycopg2.": Family.DATA,
    "werkzeug.exceptions.NotFound": Family.CONFIG,
    "werkzeug.exceptions.UnprocessableEntity": Family.BUG,
    "werkzeug.exceptions.BadRequest": Family.BUG,
    "werkzeug.exceptions.UnsupportedMediaType": Family.BUG,
    "werkzeug.exceptions.RequestEntityTooLarge": Family.BUG,
}

# Where Odoo's name says too little: what stands in its words, and what we call it. English, where Odoo's code says it
# to nobody; what PostgreSQL says comes in the language of the server.
_BY_WORDS: Sequence[tuple[str, tuple[str, ...], Family, str]] = (
    (
        "psycopg2.OperationalError",
        ("does not exist", "existiert nicht", "n'existe pas", "no existe", "non esiste", "nie istnieje"),
        Family.CONFIG,
        "unknown_database",
    ),
    # Five wrong keys of any device shut the door for all behind the same address, for a minute.
    ("odoo.exceptions.AccessDenied", ("Too many login failures",), Family.CONFIG, "login_cooldown"),
    ("builtins.AttributeError", ("The method '",), Family.CONFIG, ""),
    ("odoo.exceptions.UserError", ("doesn't exist",), Family.CONFIG, ""),
)

# For an exception of a module we never met.
_BY_STATUS: Mapping[int, Family] = {
    400: Family.BUG,
    401: Family.AUTH,
    403: Family.RIGHTS,
    404: Family.CONFIG,
    413: Family.BUG,
    422: Family.DATA,
    500: Family.BUG,
}

# An answer that Odoo did not write in JSON: a proxy, a portal, another program.
_BARE_STATUS: Mapping[int, Family] = {
    401: Family.AUTH,
    408: Family.TRANSIENT_UNKNOWN,
    415: Family.BUG,
    425: Family.TRANSIENT_UNKNOWN,
    429: Family.TRANSIENT_UNKNOWN,
}

_SERVER_ERROR = HTTPStatus.INTERNAL_SERVER_ERROR

_TRANSIENT_WORDS = ("could not serialize access", "deadlock detected", "could not obtain lock")
_RIGHTS_WORDS = ("you are not allowed", "access error", "you do not have enough rights")
_DATA_WORDS = (
    "must be unique",
    "is incompatible with this product",
    "cannot change the uom for a stock move",
    "no matching record found",
    "missing required value",
    "does not seem to be",
    "already exists",
    "you cannot",
    "record does not exist or has been deleted",
    "found record of different model",
)


def from_json(status: int, body: Mapping[str, Any]) -> OdooError:
    """The error that Odoo itself wrote as `{name, message, …}`."""
    name, message = str(body.get("name", "")), str(body.get("message", ""))
    for known, words, family, code in _BY_WORDS:
        if name == known and any(word in message for word in words):
            return OdooError(family, code=code, name=name, message=message, status=status)
    prefix = max((prefix for prefix in _BY_NAME if name.startswith(prefix)), key=len, default="")
    if prefix:
        family = _BY_NAME[prefix]
    else:
        family = _BY_STATUS.get(status, Family.CONFIG if status < _SERVER_ERROR else Family.TRANSIENT_UNKNOWN)
    return OdooError(family, name=name, message=message, status=status)


def from_rpc(status: int, error: Any) -> OdooError:
    """The error of /jsonrpc: `{code, message, data: {name, message, …}}`, mostly in a 200 (contract 1).

    For an exception of a module we never met JSON-2's status says whether Odoo or a bug said no; here only its home.
    """
    data = error.get("data") if isinstance(error, Mapping) else None
    if not isinstance(data, Mapping) or not data.get("name"):
        return OdooError(Family.CONFIG, code="not_an_odoo", status=status)
    known = any(str(data["name"]).startswith(prefix) for prefix in _BY_NAME)
    if known:
        return from_json(status, data)
    at_home = str(data["name"]).startswith("odoo.")
    return from_json(HTTPStatus.UNPROCESSABLE_ENTITY if at_home else _SERVER_ERROR, data)


def from_foreign(status: int, content_type: str, text: str) -> OdooError:
    """An answer that is not Odoo's JSON: who answered tells what it means.

    A 200 with a page is a portal or another program; a 404 page is Odoo without that database; a 5xx may come
    from a proxy after the request went on (contract 14.19); a body cut short says nothing about what happened.
    """
    html = "html" in content_type or text.lstrip().startswith("<")
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        return OdooError(Family.CONFIG, code="redirected", status=status)
    if status == HTTPStatus.NOT_FOUND:
        return OdooError(Family.CONFIG, code="unknown_database", status=status)
    if status in _BARE_STATUS:
        return OdooError(_BARE_STATUS[status], status=status)
    cut_short = status < HTTPStatus.MULTIPLE_CHOICES and not html
    if status >= _SERVER_ERROR or cut_short:
        return OdooError(Family.TRANSIENT_UNKNOWN, status=status)
    return OdooError(Family.CONFIG, code="not_an_odoo", status=status)


def from_load(messages: Sequence[Mapping[str, Any]]) -> OdooError:
    """What `load` says with HTTP 200 and `ids: false` (contract 0.9), judged by its English words."""
    told = [str(message.get("message", "")) for message in messages]
    words = " ".join(told).lower()
    table = (
        (Family.TRANSIENT_UNKNOWN, _TRANSIENT_WORDS),
        (Family.RIGHTS, _RIGHTS_WORDS),
        (Family.DATA, _DATA_WORDS),
    )
    families = (family for family, known in table if any(word in words for word in known))
    family = next(families, Family.UNRECOGNISED)
    records = sorted({message["record"] for message in messages if isinstance(message.get("record"), int)})
    return OdooError(family, name="load", message=told[0] if told else "", status=HTTPStatus.OK, records=records)
