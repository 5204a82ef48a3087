"""A hold list as somebody sends it, CSV or JSON: read whole, or refused with what is wrong in which row (ward 31)."""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from client.barcode.checks import check_digit_is_right
from sync.errors import WardstockError
from sync.store.holds import By, HoldLine

SCHEMA: Final = 1
ALL: Final = "all"
"""How a list says that all lots are held: an empty field is an error, never a guess."""
BETWEEN_LOTS: Final = "|"
NAMES: Final = {"reference": By.CODE, "gtin": By.GTIN, "id": By.ID}
COLUMNS: Final = (*NAMES, "lots", "reason", "since")
_GTIN_LENGTHS: Final = frozenset({8, 12, 13, 14})


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a row (of a CSV its line in the file, of JSON its place in `holds`, from 1).

    Codes: `no_product`, `two_products`, `not_a_gtin`, `not_an_id`, `no_lots`, `no_reason`, `not_a_day`, `not_yet`,
    `unknown_column`, `missing_column`, `not_a_row`.
    """

    row: int
    code: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class HoldFile:
    """What a file says. `as_of` (UTC) and `source` where it says them itself: only JSON can."""

    lines: tuple[HoldLine, ...]
    source: str = ""
    as_of: datetime | None = None


def read_holds(path: Path, today: date) -> HoldFile:
    """Raises WardstockError: hold_file_unreadable (`why`), hold_file_wrong (`problems`, all of them, as dicts)."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
        return _of_json(text, today) if path.suffix.lower() == ".json" else _of_csv(text, today)
    except (OSError, ValueError, csv.Error) as error:
        raise WardstockError("hold_file_unreadable", file=path.name, why=str(error)) from error
    except _Wrong as wrong:
        raise WardstockError("hold_file_wrong", file=path.name, problems=list(map(asdict, wrong.problems))) from None


class _Wrong(Exception):
    def __init__(self, problems: list[Problem]) -> None:
        super().__init__()
        self.problems = problems


def _of_csv(text: str, today: date) -> HoldFile:
    head = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if head.count(";") > head.count(",") else ",")
    names = [name.strip().lower() for name in next(reader, [])]
    problems = [Problem(1, "unknown_column", name) for name in names if name not in COLUMNS]
    problems += [Problem(1, "missing_column", name) for name in ("lots", "reason", "since") if name not in names]
    if problems:
        raise _Wrong(problems)
    rows: list[tuple[int, Mapping[str, Any] | None]] = []
    for cells in reader:
        if any(cell.strip() for cell in cells):
            fits = len(cells) <= len(names)
            rows.append((reader.line_num, _row_of(dict(zip(names, cells, strict=False))) if fits else None))
    return HoldFile(_lines(rows, today))


def _row_of(cells: Mapping[str, str]) -> Mapping[str, Any]:
    told = {name: cell.strip() for name, cell in cells.items()}
    lots = told.get("lots", "")
    return {**told, "lots": lots if lots.lower() == ALL else [lot for lot in lots.split(BETWEEN_LOTS) if lot.strip()]}


def _of_json(text: str, today: date) -> HoldFile:
    raw = json.loads(text)
    if not isinstance(raw, dict) or raw.get("schema") != SCHEMA or not isinstance(raw.get("holds"), list):
        raise ValueError(f'an object with "schema": {SCHEMA} and a list "holds"')
    as_of = datetime.fromisoformat(str(raw["as_of"])) if raw.get("as_of") else None
    if as_of is not None and as_of.tzinfo is None:
        raise ValueError('"as_of" has no time zone')
    rows = [(place, row if isinstance(row, dict) else None) for place, row in enumerate(raw["holds"], start=1)]
    return HoldFile(_lines(rows, today), str(raw.get("source", "")).strip(), as_of)


def _lines(rows: Sequence[tuple[int, Mapping[str, Any] | None]], today: date) -> tuple[HoldLine, ...]:
    problems = [problem for number, row in rows for problem in _problems(number, row, today)]
    if problems:
        raise _Wrong(problems)
    return tuple(line for _, row in rows if row for line in _lines_of(row))


def _problems(number: int, row: Mapping[str, Any] | None, today: date) -> Iterator[Problem]:
    if row is None:
        yield Problem(number, "not_a_row")
        return
    yield from (Problem(number, "unknown_column", str(name)) for name in row if name not in COLUMNS)
    yield from (Problem(number, code, value) for code, value in _wrong_product(row))
    lots = row.get("lots")
    if lots != ALL and not (isinstance(lots, str) and lots.lower() == ALL) and not _are_lots(lots):
        yield Problem(number, "no_lots", "" if lots in (None, [], "") else str(lots))
    if not str(row.get("reason") or "").strip():
        yield Problem(number, "no_reason")
    since = _day(row.get("since"))
    if since is None:
        yield Problem(number, "not_a_day", str(row.get("since") or ""))
    elif since > today:
        yield Problem(number, "not_yet", since.isoformat())


def _wrong_product(row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    named = {name: text for name in NAMES if (text := str(row.get(name) or "").strip())}
    if not named:
        yield "no_product", ""
    if len(named) > 1:
        yield "two_products", ", ".join(named.values())
    gtin, id_ = named.get("gtin", ""), named.get("id", "")
    digits = gtin.isascii() and gtin.isdecimal()
    if gtin and not (digits and len(gtin) in _GTIN_LENGTHS and check_digit_is_right(gtin)):
        yield "not_a_gtin", gtin
    if id_ and not (id_.isascii() and id_.isdecimal() and int(id_) > 0):
        yield "not_an_id", id_


def _are_lots(lots: object) -> bool:
    return isinstance(lots, list) and bool(lots) and all(isinstance(lot, str) and lot.strip() for lot in lots)


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text or "").strip())
    except ValueError:
        return None


def _lines_of(row: Mapping[str, Any]) -> Iterator[HoldLine]:
    by, product = next((by, str(row[name]).strip()) for name, by in NAMES.items() if str(row.get(name) or "").strip())
    since = date.fromisoformat(str(row["since"]).strip())
    lots = row["lots"]
    for lot in [""] if isinstance(lots, str) else lots:
        yield HoldLine(by, product, str(row["reason"]).strip(), since, lot.strip())
