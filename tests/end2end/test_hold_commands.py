"""Hold lists, look-up and search at the command line, and what a push makes of a hold (ward 31)."""

import json
from pathlib import Path
from typing import Any

import pytest

from client.settings import Profile
from sync.practice.server import PracticeWard
from sync.stock import Product
from sync.store import Store
from tests.end2end.conftest import Wardstock


@pytest.fixture
def store(at_work: Wardstock) -> Any:  # Any: a generator fixture
    opened = Profile(at_work.folder).open()
    yield opened
    opened.close()


@pytest.fixture
def syringe(store: Store) -> Product:
    return next(one for one in store.catalogue.search("syringe") if one.tracking == "lot")


def sent(folder: Path, product: Product, *lots: str, name: str = "vendor.csv") -> str:
    file = folder.parent / name
    lot = "|".join(lots) or "all"
    file.write_text(f"reference,lots,reason,since\n{product.code},{lot},particles,2026-01-02\n", encoding="utf-8")
    return str(file)


def test_a_list_is_brought_replaced_and_shown_with_its_age(at_work: Wardstock, syringe: Product) -> None:
    file = sent(at_work.folder, syringe, "A1", "A2")

    told = at_work("holds", "import", file, "--person", "Joana", "--as-of", "2026-01-03T07:12")
    assert (told.exit_code, told.stdout) == (0, "vendor: 2 holds are in force.\n")
    listed = at_work("holds", "list").stdout
    assert "vendor: 2 holds, as of 2026-01-03 07:12, brought by Joana" in listed
    assert f"code {syringe.code} ({syringe.name}), lot A1: particles, since 2026-01-02, by Joana" in listed

    at_work("holds", "import", sent(at_work.folder, syringe, "A3"), "--person", "Joana")
    told_now = at_work.json("holds", "list")
    assert [one["line"]["lot_name"] for one in told_now["holds"]] == ["A3"]


def test_a_wrong_list_changes_nothing_and_says_each_wrong_row(at_work: Wardstock, syringe: Product) -> None:
    assert at_work("holds", "import", sent(at_work.folder, syringe, "A1"), "--person", "Joana").exit_code == 0
    file = at_work.folder.parent / "vendor.csv"
    file.write_text("gtin,lots,reason,since\n123,all,r,2026-01-02\n,all,r,2026-01-02\n", encoding="utf-8")

    told = at_work("holds", "import", str(file), "--person", "Joana")

    assert told.exit_code == 2
    assert "Row 2: “123” is not a GTIN" in told.stderr
    assert "Row 3: names no product" in told.stderr
    assert [one["line"]["lot_name"] for one in at_work.json("holds", "list")["holds"]] == ["A1"]
    error = at_work.json("holds", "import", str(file), "--person", "Joana")["error"]
    assert [one["row"] for one in error["facts"]["problems"]] == [2, 3]


def test_goods_not_known_here_are_kept_and_counted(at_work: Wardstock) -> None:
    file = at_work.folder.parent / "a.json"
    row = {"gtin": "4006381333931", "lots": "all", "reason": "r", "since": "2026-01-02"}
    file.write_text(json.dumps({"schema": 1, "source": "Authority", "holds": [row]}), encoding="utf-8")

    told = at_work("holds", "import", str(file), "--person", "Joana")
    assert "1 of them name goods not on this device" in told.stdout
    assert "not on this device yet" in at_work("holds", "list").stdout


@pytest.mark.parametrize("as_of", ["2999-01-01T00:00", "yesterday"])
def test_a_list_of_a_moment_that_cannot_be_is_refused(at_work: Wardstock, syringe: Product, as_of: str) -> None:
    told = at_work("holds", "import", sent(at_work.folder, syringe), "--person", "Joana", "--as-of", as_of)

    assert told.exit_code == 2
    assert at_work.json("holds", "list")["lists"] == []


def test_only_who_may_hold_does_and_proves_it(at_work: Wardstock, syringe: Product) -> None:
    assert at_work("people", "add", "Joana", "--role", "supervisor", "--pin", input="4711\n").exit_code == 0
    nils = at_work("people", "add", "Nils", "--role", "nurse", "--by", "Joana", "--pin", input="4711\n2580\n")
    assert nils.exit_code == 0, nils.output
    hold = ["holds", "add", syringe.code, "--lot", "A1", "--reason", "bent", "--pin"]

    assert at_work(*hold, "--person", "Nils", input="2580\n").exit_code == 3
    assert at_work(*hold, "--person", "Joana", input="0815\n").exit_code == 3
    assert at_work(*hold, "--person", "Joana", input="4711\n").exit_code == 0
    assert [one["person"] for one in at_work.json("holds", "list")["holds"]] == ["Joana"]


def test_a_hold_names_a_lot_or_all_and_is_lifted_by_its_number(at_work: Wardstock, syringe: Product) -> None:
    assert at_work("holds", "add", syringe.code, "--reason", "r", "--person", "Joana").exit_code == 2
    assert at_work("holds", "add", "NOTHING", "--all", "--reason", "r", "--person", "Joana").exit_code == 2
    added = at_work.json("holds", "add", syringe.code, "--all", "--reason", "r", "--person", "Joana")
    assert added["products"][0]["name"] == syringe.name

    assert at_work("holds", "lift", str(added["id"]), "--person", "Joana").exit_code == 0
    assert at_work("holds", "lift", str(added["id"]), "--person", "Joana").exit_code == 2
    assert at_work.json("holds", "list")["holds"] == []


def test_the_lot_of_a_scanned_label_is_the_lot_that_is_held(at_work: Wardstock, syringe: Product) -> None:
    label = f"]d201{syringe.barcode.zfill(14)}10L-77"

    added = at_work.json("holds", "add", label, "--reason", "r", "--person", "Joana")
    assert added["line"]["lot_name"] == "L-77"


def test_ward_31_what_was_held_after_the_scan_is_refused_at_the_posting_and_told(
    at_work: Wardstock, ward: PracticeWard, store: Store
) -> None:
    """The list comes between the scan and the pass: Odoo never gets the goods."""
    picking = store.catalogue.receipt_by_name("P00001") or store.catalogue.pickings_by_origin("P00001")[0]
    move = next(one for one in store.catalogue.moves(picking.id) if _lot_tracked(store, one.product_id))
    product = store.catalogue.product(move.product_id)
    assert product is not None
    label = f"]d201{product.barcode.zfill(14)}1735063010HELD-1"
    answers = at_work.replay(picking.name, label, "!note none", "!confirm", "!yes")
    assert answers[-1]["code"] == "confirmed", answers

    assert at_work("holds", "import", sent(at_work.folder, product, "HELD-1"), "--person", "Joana").exit_code == 0
    pushed = at_work.json("push")

    assert (pushed["refused"], pushed["done"]) == (1, 0)
    (entry,) = at_work.json("outbox", "list")
    assert (entry["status"], entry["code"]) == ("refused", "goods_held")


def test_look_tells_what_is_where_how_old_that_is_and_what_is_unsent(at_work: Wardstock, store: Store) -> None:
    row = next(one for one in store.catalogue.quants() if one.quantity > 0 and one.key.lot_id)
    product = store.catalogue.product(row.key.product_id)
    place = store.catalogue.location(row.key.location_id)
    assert product is not None
    assert place is not None

    told = at_work("look", product.code or product.barcode).stdout
    assert product.name in told
    assert f"{place.complete_name}" in told
    assert "in Odoo at" in told
    assert "No hold list was ever brought to this device." in told
    assert product.name in at_work("look", place.complete_name).stdout
    assert at_work.json("look", place.complete_name)["meant"] == "LocationMeant"


def test_look_says_when_it_knows_nothing_of_the_kind(at_work: Wardstock) -> None:
    told = at_work("look", "NOBODY-KNOWS")

    assert told.exit_code == 2
    assert "wardstock search" in told.stderr


def test_a_place_tells_what_expires_and_what_is_low(at_work: Wardstock, store: Store) -> None:
    place = next(one for one in store.catalogue.children(_root(store)) if one.usage == "internal")

    told = at_work("look", place.complete_name, "--expiring", "36500", "--low")
    assert told.exit_code == 0
    assert set(at_work.json("look", place.complete_name, "--expiring", "36500", "--low")) == {
        "counted",
        "expiring",
        "low",
    }
    assert at_work("look", "NOBODY-KNOWS", "--low").exit_code == 3


def test_search_finds_by_the_beginning_of_words(at_work: Wardstock, syringe: Product) -> None:
    assert syringe.name in at_work("search", "syr").stdout
    assert at_work.json("search", syringe.code)[0]["id"] == syringe.id
    assert "No product here" in at_work("search", "zzzz").stdout


def test_ward_31_the_search_for_a_lot_is_told_place_by_place(at_work: Wardstock, store: Store) -> None:
    row = next(one for one in store.catalogue.quants() if one.quantity > 0 and one.key.lot_id)
    lot, place = store.catalogue.lot_by_id(row.key.lot_id or 0), store.catalogue.location(row.key.location_id)
    assert lot is not None
    assert place is not None
    assert "No search" in at_work("holds", "recalls").stdout

    at_work.replay(f"!look {lot.name}", "!recall")
    begun = at_work("holds", "recalls").stdout
    assert f"[ ] {place.complete_name}: {row.quantity:f} in Odoo at" in begun
    at_work.replay("!recall", place.barcode or place.complete_name, "!found 2")
    told = at_work("holds", "recalls").stdout
    assert f"[x] {place.complete_name}: " in told
    assert "found 2, Ana at" in told
    assert "What others received, used and moved is in Odoo" in told
    assert at_work.json("holds", "recalls")[0]["recall"]["lot_name"] == lot.name


def _lot_tracked(store: Store, product_id: int) -> bool:
    product = store.catalogue.product(product_id)
    return product is not None and product.tracking == "lot"


def _root(store: Store) -> int:
    place = next(one for quant in store.catalogue.quants() if (one := store.catalogue.location(quant.key.location_id)))
    return int(place.parent_path.split("/")[0])
