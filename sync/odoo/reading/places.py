"""The places a device is told to serve, found by what stands on their label or by their name (design 6)."""

from collections.abc import Iterable

from sync.errors import WardstockError
from sync.odoo.reading.reach import Reach
from sync.odoo.wire.fields import Row, text
from sync.odoo.wire.pages import every
from sync.odoo.wire.session import Session

_SERVED = ("internal", "transit", "view")


def places(session: Session, reach: Reach, told: Iterable[str]) -> tuple[int, ...]:
    """The ids of the places, each by its barcode, else its complete name, else a name that only one has.

    Raises WardstockError: location_unknown, location_ambiguous; or an `OdooError`.
    """
    return tuple(dict.fromkeys(_place(session, reach, one.strip()) for one in told))


def _place(session: Session, reach: Reach, told: str) -> int:
    named = ["|", "|", ["barcode", "=", told], ["complete_name", "=", told], ["name", "=", told]]
    domain = [["usage", "in", list(_SERVED)], *reach.company(), *named]
    rows = every(session, "stock.location", ["barcode", "complete_name", "name"], domain)
    for field in ("barcode", "complete_name", "name"):
        found = [row for row in rows if row[field] == told]
        if len(found) == 1:
            return int(found[0]["id"])
        if found:
            raise WardstockError("location_ambiguous", name=told, found=_names(found))
    raise WardstockError("location_unknown", name=told)


def _names(rows: Iterable[Row]) -> str:
    return ", ".join(text(row["complete_name"]) for row in rows)
