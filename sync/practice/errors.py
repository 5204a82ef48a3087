"""What Odoo answers instead of a result: the status and the body of its error table (contract 1)."""

from __future__ import annotations

from typing import Any


class OdooError(Exception):
    """An error that becomes {name, message, arguments, context, debug} with its HTTP status."""

    status = 500
    name = "builtins.Exception"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

    @property
    def arguments(self) -> list[Any]:
        """Odoo repeats the exception's arguments; werkzeug's errors add their status."""
        return [self.message, self.status] if self.name.startswith("werkzeug.") else [self.message]

    def body(self, debug: str) -> dict[str, Any]:
        return {
            "name": self.name,
            "message": self.message,
            "arguments": self.arguments,
            "context": {},
            "debug": debug,
        }


class Unauthorized(OdooError):
    status = 401
    name = "werkzeug.exceptions.Unauthorized"


class NotFound(OdooError):
    status = 404
    name = "werkzeug.exceptions.NotFound"


class BadRequest(OdooError):
    status = 400
    name = "werkzeug.exceptions.BadRequest"


class UnprocessableEntity(OdooError):
    status = 422
    name = "werkzeug.exceptions.UnprocessableEntity"


class UserError(OdooError):
    """A rule of the business says no; load() turns it, and its children, into a message."""

    status = 422
    name = "odoo.exceptions.UserError"


class ValidationError(UserError):
    name = "odoo.exceptions.ValidationError"


class BrokenConstraint(ValidationError):
    """PostgreSQL refused a row; load() says so in words of its own."""

    def __init__(self, message: str, in_load: str, **more: str) -> None:
        super().__init__(message)
        self.in_load = in_load
        self.more = more


class AccessError(UserError):
    status = 403
    name = "odoo.exceptions.AccessError"


class MissingError(UserError):
    status = 404
    name = "odoo.exceptions.MissingError"


class AccessDenied(OdooError):
    """A key that opens nothing, as /jsonrpc says it."""

    name = "odoo.exceptions.AccessDenied"

    def __init__(self) -> None:
        super().__init__("Access Denied")


class NoDatabase(OdooError):
    """What /jsonrpc answers for a database that is not there: PostgreSQL's own words."""

    name = "psycopg2.OperationalError"

    def __init__(self, database: str) -> None:
        where = 'connection to server at "127.0.0.1", port 5432 failed'
        super().__init__(f'{where}: FATAL:  database "{database}" does not exist\n')


class PythonError(OdooError):
    """A TypeError, ValueError … inside Odoo: 500, and never worth a second try."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind
        self.name = f"builtins.{kind}"


class SerializationFailure(OdooError):
    """PostgreSQL refused a concurrent update. Odoo tries a call five times itself, but not inside load()."""

    name = "psycopg2.errors.SerializationFailure"

    def __init__(self) -> None:
        super().__init__("could not serialize access due to concurrent update\n")
