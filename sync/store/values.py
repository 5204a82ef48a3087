"""How a value stands in a column: times and days as text of one width, quantities as text, never as floats."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any


def text_of(at: datetime) -> str:
    """UTC with microseconds, always of one width, so that texts sort as times do. A naive time is a bug."""
    if at.tzinfo is None:
        raise ValueError("a time without a zone")
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def moment_of(text: str) -> datetime:
    """Read what `text_of` wrote."""
    return datetime.fromisoformat(text)


def maybe_moment_of(text: str | None) -> datetime | None:
    """Read what `text_of` wrote, or None where nothing was written yet."""
    return datetime.fromisoformat(text) if text else None


def json_of(value: object) -> str:
    """Canonical JSON: one text for one value. Decimals and days become text."""
    return _canonical(value)


def from_json(text: str) -> Any:
    """Read JSON without floats (design 13.3). Any: it is whatever was stored."""
    return _read(text)


def _plain(value: object) -> str:
    return format(value, "f") if isinstance(value, Decimal) else str(value)


_read = json.JSONDecoder(parse_float=Decimal).decode
_canonical = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain).encode
