"""Reading many records: by id, a page at a time, so that nothing is skipped while others write (contract 3)."""

from collections.abc import Iterator, Sequence
from typing import Any

from sync.odoo.wire.errors import Family, OdooError
from sync.odoo.wire.fields import Row
from sync.odoo.wire.session import Session

PAGE = 1000
BARE = ""
"""The `load` that brings many2ones as bare ids: their names cost Odoo more than all other fields together."""
EVEN_ARCHIVED = ["active", "in", [True, False]]
"""Odoo hides archived records unless they are asked for by name."""

Domain = Sequence[Any]
"""Odoo's search domain: its own nested lists."""


def pages(
    session: Session, model: str, fields: Sequence[str], domain: Domain = (), *, after: int = 0, bare: bool = False
) -> Iterator[list[Row]]:
    """All records of a domain with an id above `after`, in id order, at most `PAGE` at once.

    `bare` ones name others by id alone. Raises `OdooError`, also for what is no record.
    """
    last = after
    how: dict[str, Any] = {"load": BARE} if bare else {}
    while True:
        answer = session.call(
            model,
            "search_read",
            domain=[*domain, ["id", ">", last]],
            fields=list(fields),
            order="id",
            limit=PAGE,
            **how,
        )
        rows = records(answer)
        if rows:
            yield rows
            last = rows[-1]["id"]
        if len(rows) < PAGE:
            return


def every(session: Session, model: str, fields: Sequence[str], domain: Domain, *, bare: bool = False) -> list[Row]:
    """As `pages`, all at once: for domains that name their records."""
    return [row for page in pages(session, model, fields, domain, bare=bare) for row in page]


def records(answer: Any) -> list[Row]:
    """An answer that is a list of records. Raises `OdooError`: a portal says 200 in JSON too, but not this."""
    if isinstance(answer, list) and all(isinstance(row, dict) and isinstance(row.get("id"), int) for row in answer):
        return answer
    raise OdooError(Family.CONFIG, code="not_an_odoo")
