"""What a /jsonrpc request means, and its answer: always 200, with a result or Odoo's error inside (contract 1)."""

from __future__ import annotations

import inspect
import json
import re
import traceback
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sync.practice.errors import AccessDenied, NoDatabase, OdooError, PythonError, UserError
from sync.practice.remote import Ward, as_bug, refuse_missing

if TYPE_CHECKING:
    from collections.abc import Callable

    from sync.practice.calls import Call

Request = dict[str, Any]


def called(body: bytes) -> tuple[str, str] | None:
    """Which model and method a request is for: (service, method) where it is not for one; None where unreadable."""
    try:
        params = json.loads(body)["params"]
        service, method, args = params["service"], params["method"], params["args"]
        return (args[3], args[4]) if service == "object" else (service, method)
    except (ValueError, KeyError, IndexError, TypeError):
        return None


def answer(ward: Ward, database: str, asked: Request) -> dict[str, Any]:
    """The body of the reply. A method that returned nothing has no `result`."""
    told: dict[str, Any] = {"jsonrpc": "2.0", "id": asked.get("id")}
    try:
        result = _dispatch(ward, database, asked.get("params") or {})
    except OdooError as error:
        return told | {"error": wrapped(error, traceback.format_exc(), ward.release.error_code)}
    except Exception as error:  # noqa: BLE001  # as_bug logs it
        return told | {
            "error": wrapped(
                as_bug(*(called(json.dumps(asked).encode()) or ("", "")), error), "", ward.release.error_code
            )
        }
    return told if result is None else told | {"result": result}


def databases(ward: Ward, names: list[str] | None) -> dict[str, Any]:
    """The list of databases, or the refusal of a site that tells nobody."""
    told: dict[str, Any] = {"jsonrpc": "2.0", "id": None}
    if names is None:
        return told | {"error": wrapped(AccessDenied(), "", ward.release.error_code)}
    return told | {"result": names}


def wrapped(error: OdooError, debug: str, code: int = 200) -> dict[str, Any]:
    return {"code": code, "message": "Odoo Server Error", "data": error.body(debug)}


def _dispatch(ward: Ward, database: str, params: Mapping[str, Any]) -> Any:
    missing = [repr(name) for name in ("service", "method", "args") if name not in params]
    if missing:
        names = " and ".join([", ".join(missing[:-1]), missing[-1]] if len(missing) > 1 else missing)
        raise PythonError("TypeError", f"RPC.jsonrpc() missing {len(missing)} required positional arguments: {names}")
    service, method, args = params["service"], params["method"], list(params["args"])
    if service == "common":
        return _common(ward, database, method, args)
    if service == "object":
        return _object(ward, database, method, args)
    raise PythonError("KeyError", service)


def _common(ward: Ward, database: str, method: str, args: list[Any]) -> Any:
    if method == "version":
        info = ward.release.version_info
        facts = {"server_version": ward.release.version, "server_version_info": info}
        return facts | {"server_serie": ward.release.number, "protocol_version": 1}
    if method in {"authenticate", "login"}:
        name, login, key = args[:3]
        if name != database:
            raise NoDatabase(name)
        owner = ward.owner_of(key)
        return owner if owner is not None and ward.db.record("res.users", owner).login == login else False
    raise PythonError("Exception", f"Method not found: {method}")


def _object(ward: Ward, database: str, method: str, args: list[Any]) -> Any:
    name, user, key, *rest = args
    if name != database:
        raise NoDatabase(name)
    if not key or ward.owner_of(key) != int(user):
        raise AccessDenied
    if method != "execute_kw":
        raise PythonError("NameError", f"Method not available {method}")
    model, asked, positional, *named = rest
    more = dict(named[0] or {}) if named else {}
    context = more.pop("context", None) or {}

    def work(call: Call) -> Any:
        return _execute(ward, call, model, asked, list(positional), more)

    return ward.transact(int(user), dict(context), work)


def _execute(ward: Ward, call: Call, model_name: str, method: str, args: list[Any], named: dict[str, Any]) -> Any:
    model = ward.models.get(model_name)
    if model is None:
        raise UserError(f"Object {model_name} doesn't exist")
    function = ward.public(model, method)
    if function is None:
        raise PythonError("AttributeError", _no_method(ward, model_name, method))
    if function.remote == "model":  # type: ignore[attr-defined]  # set by @api_model
        if method == "create":
            _first(args)
        _bind(function, method, call, *args, **named)
        result = function(call, *args, **named)
        return result[0] if method == "create" and isinstance(args[0], Mapping) else result
    if (model_name, method) in _OTHER_WORDS and ward.release.old_units:
        named = {_OTHER_WORDS[model_name, method].get(name, name): value for name, value in named.items()}
    ids = _first(args)
    keys = [ids] if isinstance(ids, int) else [key for key in ids if isinstance(key, int)]
    records = call.browse(model_name, keys)
    _bind(function, method, call, records, *args[1:], **named)
    refuse_missing(call, model, method, records)
    return function(call, records, *args[1:], **named)


_SWAPPED = {"values": "vals", "vals": "values"}
_OTHER_WORDS = {("stock.location", "write"): _SWAPPED, ("uom.uom", "write"): _SWAPPED}
"""Where an Odoo before 19 calls an argument by another name: so arguments are best given by their place."""


def _first(args: list[Any]) -> Any:
    if not args:
        raise PythonError("IndexError", "tuple index out of range")
    return args[0]


def _no_method(ward: Ward, model: str, method: str) -> str:
    if ward.release.major == 18:  # noqa: PLR2004  # its own words
        return f"The method '{method}' does not exist on the model '{model}'"
    return f"The method '{model}.{method}' does not exist"


_MISSING = re.compile(r"missing a required argument: ('\w+')")


def _bind(function: Callable[..., Any], method: str, *arguments: Any, **named: Any) -> None:
    try:
        inspect.signature(function).bind(*arguments, **named)
    except TypeError as error:
        missing = _MISSING.match(str(error))
        said = f"missing 1 required positional argument: {missing[1]}" if missing else str(error)
        raise PythonError("TypeError", f"BaseModel.{method}() {said}") from None
