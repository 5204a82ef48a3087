"""A hold list as it is sent: taken whole, or refused with what is wrong in which row (ward 31)."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from client import troubles
from client.work.site.hold_file import read_holds
from sync.errors import WardstockError
from sync.store.holds import By, HoldLine

TODAY = date(2026, 11, 21)
DAY = date(2026, 11, 20)
HEAD = "reference,gtin,id,lots,reason,since"


def written(folder: Path, text: str, name: str = "list.csv") -> Path:
    file = folder / name
    file.write_bytes(text.encode())
    return file


def wrong(folder: Path, text: str, name: str = "list.csv") -> list[tuple[int, str, str]]:
    """Row, code and value of each problem."""
    with pytest.raises(WardstockError, match="hold_file_wrong") as refused:
        read_holds(written(folder, text, name), TODAY)
    problems = refused.value.facts["problems"]
    assert isinstance(problems, list)
    assert "Row" in troubles.trouble(refused.value.code, refused.value.facts)
    return [(one["row"], one["code"], one["value"]) for one in problems]


def test_a_row_holds_lots_or_all(tmp_path: Path) -> None:
    rows = [
        HEAD,
        "MED-0001,,,AB0123| AB0124 ,particles,2026-11-20",
        ",4006381333931,,all,sterility,2026-11-20",
        "",
        ",,42,ALL,no paper,2026-11-20",
    ]

    assert read_holds(written(tmp_path, "\r\n".join(rows)), TODAY).lines == (
        HoldLine(By.CODE, "MED-0001", "particles", DAY, "AB0123"),
        HoldLine(By.CODE, "MED-0001", "particles", DAY, "AB0124"),
        HoldLine(By.GTIN, "4006381333931", "sterility", DAY),
        HoldLine(By.ID, "42", "no paper", DAY),
    )


def test_a_list_as_a_spreadsheet_of_this_continent_writes_it(tmp_path: Path) -> None:
    """Semicolons, a byte order mark, columns in another order, a comma in a reason."""
    text = '\ufeffReason;Lots;Since;Reference\n"cracks, leaks";AB0123;2026-11-20;MED-0001\n'

    assert read_holds(written(tmp_path, text), TODAY).lines == (
        HoldLine(By.CODE, "MED-0001", "cracks, leaks", DAY, "AB0123"),
    )


def test_a_json_list_says_whose_it_is_and_of_when(tmp_path: Path) -> None:
    row = {"gtin": "4006381333931", "lots": ["A|B", "C"], "reason": "r", "since": "2026-11-20"}
    told = {"schema": 1, "source": "Authority", "as_of": "2026-11-21T08:12:00+01:00", "holds": [row]}

    read = read_holds(written(tmp_path, json.dumps(told), "list.json"), TODAY)

    assert (read.source, read.as_of) == ("Authority", datetime(2026, 11, 21, 7, 12, tzinfo=UTC))
    assert [line.lot_name for line in read.lines] == ["A|B", "C"]


def test_an_empty_list_is_a_list(tmp_path: Path) -> None:
    assert read_holds(written(tmp_path, HEAD + "\n"), TODAY).lines == ()
    assert read_holds(written(tmp_path, '{"schema": 1, "holds": []}', "a.json"), TODAY).lines == ()


def test_all_that_is_wrong_is_told_at_once_row_by_row(tmp_path: Path) -> None:
    rows = [
        HEAD,
        ",,,A,r,2026-11-20",
        "X,4006381333931,,A,r,2026-11-20",
        ",4006381333932,,A,r,2026-11-20",
        ",400638133393,,A,r,2026-11-20",
        ",,zero,A,r,2026-11-20",
        "X,,,,r,2026-11-20",
        "X,,,|,r,2026-11-20",
        "X,,,A,,2026-11-20",
        "X,,,A,r,20.11.2026",
        "X,,,A,r,2026-11-22",
        "X,,,A,r,2026-11-20,more",
        "X,,,A,r,2026-11-20",
        "Y,,,,,",
    ]

    assert wrong(tmp_path, "\n".join(rows)) == [
        (2, "no_product", ""),
        (3, "two_products", "X, 4006381333931"),
        (4, "not_a_gtin", "4006381333932"),
        (5, "not_a_gtin", "400638133393"),
        (6, "not_an_id", "zero"),
        (7, "no_lots", ""),
        (8, "no_lots", ""),
        (9, "no_reason", ""),
        (10, "not_a_day", "20.11.2026"),
        (11, "not_yet", "2026-11-22"),
        (12, "not_a_row", ""),
        (14, "no_lots", ""),
        (14, "no_reason", ""),
        (14, "not_a_day", ""),
    ]


def test_a_column_nobody_knows_or_one_that_is_missing_is_named(tmp_path: Path) -> None:
    assert wrong(tmp_path, "gtin,lot,reason,since\n") == [(1, "unknown_column", "lot"), (1, "missing_column", "lots")]
    assert wrong(tmp_path, "") == [(1, "missing_column", name) for name in ("lots", "reason", "since")]


def test_a_json_row_is_held_to_the_same(tmp_path: Path) -> None:
    rows = [7, {"gtin": "1", "lots": "A", "reason": "r", "since": "2026-11-20"}, {"id": 5, "lots": [3], "why": "r"}]

    assert wrong(tmp_path, json.dumps({"schema": 1, "holds": rows}), "a.json") == [
        (1, "not_a_row", ""),
        (2, "not_a_gtin", "1"),
        (2, "no_lots", "A"),
        (3, "unknown_column", "why"),
        (3, "no_lots", "[3]"),
        (3, "no_reason", ""),
        (3, "not_a_day", ""),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        "{",
        '{"schema": 2, "holds": []}',
        '{"schema": 1}',
        '{"schema": 1, "holds": [], "as_of": "2026-11-21T07:12"}',
    ],
)
def test_a_file_that_is_no_list_is_refused_with_the_reason(tmp_path: Path, text: str) -> None:
    with pytest.raises(WardstockError, match="hold_file_unreadable"):
        read_holds(written(tmp_path, text, "a.json"), TODAY)


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(b"\xff\xfe\x00gtin")

    with pytest.raises(WardstockError, match="hold_file_unreadable"):
        read_holds(file, TODAY)
