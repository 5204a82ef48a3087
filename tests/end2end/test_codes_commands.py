"""Codes taught on a device, at the command line: shown, written as tables for Odoo, taken back."""

import csv
import io
import json

import pytest

from client.settings import Profile
from tests.end2end.conftest import Wardstock
from tests.work.languages import hibc

GTIN = "09521234543213"
PACK = "39521234543214"


def teach(at_work: Wardstock, *words: str) -> str:
    store = Profile(at_work.folder).open()
    try:
        product = next(one for one in store.catalogue.search("syringe") if one.tracking == "lot")
    finally:
        store.close()
    file = at_work.folder.with_suffix(".replay")
    file.write_text("\n".join(f"!teach {word} {product.barcode}" for word in words), encoding="utf-8")
    said = at_work("replay", str(file), "--role", "supervisor", "--json").stdout.splitlines()
    assert [json.loads(line)["code"] for line in said] == ["taught"] * len(words)
    return product.name


def tables(at_work: Wardstock, which: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(at_work("codes", "list", "--csv", which).stdout)))


def test_codes_are_listed_with_who_taught_them_and_taken_back(at_work: Wardstock) -> None:
    assert at_work("codes", "list").stdout == "No code was taught on this device.\n"
    name = teach(at_work, GTIN)

    listed = at_work("codes", "list").stdout
    assert GTIN in listed
    assert name in listed
    (told,) = at_work.json("codes", "list")
    assert (told["code"], told["for"], told["size_unknown"]) == (GTIN, "packagings", False)

    gone = at_work("codes", "forget", GTIN, "--person", "Joana")
    assert (gone.exit_code, gone.stdout) == (0, f"{GTIN} is no longer taught.\n")
    assert at_work("codes", "forget", GTIN, "--person", "Joana").exit_code == 2


@pytest.mark.parametrize(
    "command",
    [("look",), ("search",), ("look", "--low"), ("holds", "add", "--person", "Joana", "--reason", "recall")],
)
def test_no_command_repeats_a_wristband(at_work: Wardstock, command: tuple[str, ...]) -> None:
    for band in ("(8018)952123453676760006(7253)ZZQFAMILY", "8018952123453676760006", "]d27253ZZQFAMILY"):
        told = at_work(*command, band)

        assert told.exit_code == 2
        assert not any(trace in told.output for trace in ("95212345367676000", "ZZQFAMILY")), told.output


def test_the_tables_have_odoo_s_own_columns_and_no_size_nobody_knows(at_work: Wardstock) -> None:
    teach(at_work, GTIN, PACK, hibc("+B777X900"))

    head, *rows = tables(at_work, "packagings")
    assert head in (["product_id/.id", "uom_id/.id", "barcode"], ["product_id/.id", "name", "qty", "barcode"])
    assert {row[-1] for row in rows} == {GTIN, PACK, "B777X900"}
    assert next(row for row in rows if row[-1] == PACK)[-2] == ""
    assert tables(at_work, "products") == [[".id", "name", "barcode"]]  # it has a barcode: that is not written over
