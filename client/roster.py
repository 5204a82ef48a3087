"""Many people at once, from a table: read whole, and wrong lines named, before anybody is changed."""

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from client import troubles
from client.work.site.people import Role, same_person
from client.work.site.pin import hashed, why_not
from sync.errors import WardstockError
from sync.store import Store

if TYPE_CHECKING:
    import _csv

COLUMNS: Final = ("name", "role", "badge", "pin")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line. `badge` and `pin` are empty where the file says nothing: what is known stays then."""

    name: str
    role: str
    badge: str = ""
    pin: str = ""


def roster(file: Path, store: Store, badge: Callable[[str], str]) -> list[Entry]:
    """The people of a file, each checked. Raises WardstockError("people_file") naming every line that is wrong."""
    wrong: list[str] = []
    entries: list[Entry] = []
    for number, row in _rows(file):
        try:
            entry = _entry(row, badge)
            _fits(entry, entries, store)
        except WardstockError as trouble:
            wrong.append(f"{number}: {troubles.trouble(trouble.code, trouble.facts)}")
        else:
            entries.append(entry)
    wrong += _still_supervised(entries, store)
    if wrong or not entries:
        raise WardstockError("people_file", file=file.name, why="\n".join(wrong) or ", ".join(COLUMNS))
    return entries


def take_in(store: Store, entries: Sequence[Entry], at: datetime, by: str) -> tuple[list[str], list[str]]:
    """Add who is new, change who differs; answers their names. Done again after an interruption it does the rest.

    Supervisors first: the one before may stop being one in the same file.
    """
    added: list[str] = []
    changed: list[str] = []
    for entry in sorted(entries, key=lambda one: one.role != Role.SUPERVISOR):
        known = store.people.get(entry.name)
        if known is None:
            pin = hashed(entry.pin) if entry.pin else ""
            store.people.add(entry.name, entry.role, at, by, badge=entry.badge, pin=pin)
            added.append(entry.name)
            continue
        before = (known.role, known.badge)
        if entry.role != known.role:
            store.people.settle_role(known.name, entry.role, at, by)
        if entry.badge and entry.badge != known.badge:
            store.people.settle_badge(known.name, entry.badge, at, by)
        if entry.pin:
            store.people.settle_pin(known.name, hashed(entry.pin), at, by)
        if entry.pin or before != (entry.role, entry.badge or known.badge):
            changed.append(known.name)
    return added, changed


def _rows(file: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Lines with their numbers; comma or semicolon, as spreadsheets write them."""
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, ValueError) as error:
        raise WardstockError("people_file", file=file.name, why=str(error)) from error
    head = lines[0] if lines else ""
    reader = csv.reader(lines, delimiter=";" if head.count(";") > head.count(",") else ",", strict=True)
    try:
        yield from _read(reader, file)
    except csv.Error as error:
        raise WardstockError("people_file", file=file.name, why=f"{reader.line_num}: {error}") from error


def _read(reader: "_csv.Reader", file: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """A wrong first line is not repeated: without a heading it is somebody's, with their PIN."""
    names = [name.strip().lower() for name in next(reader, [])]
    if not {"name", "role"} <= set(names) <= set(COLUMNS) or len(names) != len(set(names)):
        raise WardstockError("people_file", file=file.name, why=f"1: {', '.join(COLUMNS)}")
    for row in reader:
        cells = [cell.strip() for cell in row]
        if any(cells[len(names) :]):
            raise WardstockError("people_file", file=file.name, why=f"{reader.line_num}: {', '.join(names)}")
        if any(cells):
            yield reader.line_num, dict(zip(names, cells, strict=False))


def _entry(row: dict[str, str], badge: Callable[[str], str]) -> Entry:
    name, role, pin = " ".join(row.get("name", "").split()), row.get("role", "").lower(), row.get("pin", "")
    if not name:
        raise WardstockError("person_without_name")
    if role not in list(Role):
        raise WardstockError("role_unknown", role=role, roles=", ".join(Role))
    if pin and (code := why_not(pin)):
        raise WardstockError(code)
    return Entry(name, role, badge(row["badge"]) if row.get("badge") else "", pin)


def _fits(entry: Entry, before: Sequence[Entry], store: Store) -> None:
    """Against the lines before it and who is known."""
    known, holder = store.people.get(entry.name), store.people.by_badge(entry.badge)
    if known and known.removed_at:
        raise WardstockError("person_was_here", name=known.name, removed_at=known.removed_at)
    if any(same_person(one.name, entry.name) for one in before):
        raise WardstockError("person_exists", name=entry.name)
    if holder and (known is None or holder.name != known.name):
        raise WardstockError("badge_taken", name=holder.name)
    if entry.badge and (same := next((one for one in before if one.badge == entry.badge), None)):
        raise WardstockError("badge_taken", name=same.name)


def _still_supervised(entries: Sequence[Entry], store: Store) -> list[str]:
    """What is wrong with a file after which nobody could manage people any more."""
    said = {known.name: entry for entry in entries if (known := store.people.get(entry.name))}
    before = [one for one in store.people.everyone() if one.role == Role.SUPERVISOR and one.pin]
    stay = [one for one in before if one.name not in said or said[one.name].role == Role.SUPERVISOR]
    made = [one for one in entries if one.role == Role.SUPERVISOR and (one.pin or _has_pin(one.name, store))]
    if stay or made or not before:
        return []
    return [troubles.trouble("last_supervisor", {"name": before[0].name})]


def _has_pin(name: str, store: Store) -> bool:
    known = store.people.get(name)
    return known is not None and bool(known.pin)
