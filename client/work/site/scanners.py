"""What this device knows of its scanners: one record for each source, kept in the store."""

from dataclasses import asdict, replace
from typing import Any

from client.barcode.scanner import Scanner
from sync.store import Store
from sync.store.values import maybe_moment_of, text_of


def scanner_of(store: Store, source: str) -> Scanner:
    """The scanner of that source; where nobody tested one, nothing is assumed of it."""
    known = store.device.scanner(source)
    if known is None:
        return Scanner(source=source)
    told: dict[str, Any] = {**known, "gap": float(known["gap"]), "tested_at": maybe_moment_of(known["tested_at"])}
    return Scanner(**told)


def keep(store: Store, scanner: Scanner) -> None:
    """From now on this is known of it."""
    tested_at = text_of(scanner.tested_at) if scanner.tested_at else None
    store.device.keep_scanner(scanner.source, {**asdict(scanner), "tested_at": tested_at})


def remember_lost(store: Store, source: str) -> None:
    """A person confirmed that this scanner swallowed a separator: from now on its strings are taken for such."""
    keep(store, replace(scanner_of(store, source), separator=""))
