"""Goods moved at the command line: what Odoo holds afterwards, and what its people read there."""

import json
from collections.abc import Iterator
from decimal import Decimal

import httpx2
import pytest

from sync.practice.server import PracticeWard
from tests.contract.conftest import Odoo
from tests.contract.planning import wanted
from tests.contract.unplanned import lies
from tests.end2end.conftest import Wardstock

SYRINGE = "]d20104000000000013"
MIDAZOLAM = "]d20104000000000198"
TOWEL = "4000000002017"
POLICY = {
    "schema": 2,
    "places": {"CS/Ward 3A": {"use": "Customers", "waste": {"broken": {"to": "LOC-WASTE", "loss": True}}}},
    "transit": [{"from": "CS", "to": "LOC-AMB7", "via": "LOC-ONTHEWAY"}],
    "controlled": ["Medical goods / Controlled drugs"],
}


@pytest.fixture
def device(at_work: Wardstock) -> Wardstock:
    """A device of a site that has decided where goods go."""
    (at_work.folder / "policy.json").write_text(json.dumps(POLICY), encoding="utf-8")
    return at_work


@pytest.fixture
def odoo(ward: PracticeWard) -> Iterator[Odoo]:
    with httpx2.Client(timeout=60, trust_env=False, verify=False) as client:
        yield Odoo(ward.url, ward.database, ward.keys, client, ward.logins)


def codes(device: Wardstock, *lines: str) -> list[str]:
    return [answer["code"] for answer in device.replay(*lines)]


def pushed(device: Wardstock) -> None:
    told = device("push")
    assert told.exit_code == 0, told.output


def there(odoo: Odoo, code: str) -> dict[tuple[str, str], Decimal]:
    """What of a product lies where, by the place's own name and the lot."""
    [product] = odoo.rows("product.product", ["default_code", "=", code], fields=["name"])
    found = lies(odoo, product["id"])
    names = {row["id"]: row["name"] for row in odoo.rows("stock.location", fields=["name"])}
    return {(names[place], lot): quantity for (place, lot), quantity in found.items()}


def notes(odoo: Odoo) -> list[str]:
    """Of the pickings this device made, oldest first."""
    rows = odoo.rows("stock.picking", ["origin", "like", "wardstock"], fields=["note"])
    return [str(row["note"]) for row in rows]


def test_what_is_moved_used_thrown_away_and_given_back_lies_there_once(device: Wardstock, odoo: Odoo) -> None:
    told = codes(
        device,
        *("LOC-CS-A1", "!move", SYRINGE, "!lot MED-0001-L1", "!qty 20", "LOC-WARD3A", "!confirm", "!home"),
        *("LOC-WARD3A", "!use", f"{SYRINGE}10MED-0001-L1", "!qty 3", "!confirm", "!home"),
        *("LOC-WARD3A", "!waste broken", f"{SYRINGE}10MED-0001-L1", "!confirm", "!home"),
        *("LOC-WARD3A", "!return", f"{SYRINGE}10MED-0001-L1", "!qty 5", "LOC-CS-A1", "!confirm", "!home"),
        *("LOC-CS-B1", "!move", TOWEL, "!qty 4", "LOC-AMB7", "!confirm"),
    )
    assert told.count("move_confirmed") == 5

    pushed(device)
    pushed(device)

    syringes, towels = there(odoo, "MED-0001"), there(odoo, "GEN-0001")
    assert (syringes["A1", "MED-0001-L1"], syringes["Ward 3A", "MED-0001-L1"]) == (Decimal(185), Decimal(11))
    left, going, there_now = towels["B1", ""], towels["On the way", ""], towels["Ambulance 7", ""]
    assert (left, going, there_now) == (Decimal(496), Decimal(4), Decimal(10))
    assert any("broken" in note for note in notes(odoo))
    assert device("reconcile").exit_code == 0


def test_ward_06_who_is_robbed_is_named_in_odoo(device: Wardstock, odoo: Odoo) -> None:
    [towel] = odoo.rows("product.product", ["default_code", "=", "GEN-0001"], fields=["name"])
    shelf, icu = (
        odoo.rows("stock.location", ["barcode", "=", code], fields=["name"])[0]["id"]
        for code in ("LOC-CS-B1", "LOC-ICU")
    )
    theirs = wanted(odoo, towel["id"], 498, shelf, icu)
    assert device("pull").exit_code == 0

    told = device.replay("LOC-CS-B1", "!move", TOWEL, "!qty 10", "!reason resuscitation", "LOC-WARD3A", "!confirm")

    assert [answer["code"] for answer in told][3:5] == ["reserved", "move_changed"]
    assert theirs.name in told[3]["title"]
    pushed(device)
    [note] = notes(odoo)
    assert theirs.name in note
    assert "resuscitation" in note


def test_ward_30_controlled_goods_name_both_people_in_odoo(device: Wardstock, odoo: Odoo) -> None:
    made = device("people", "add", "Joana", "--role", "supervisor", "--badge", "B-JOANA", "--pin", input="4711\n")
    assert made.exit_code == 0, made.output

    told = device.replay(
        *("LOC-WARD3A", "!use", f"{MIDAZOLAM}10MED-0019-L3", "!qty 2", "!confirm", "B-JOANA", "!pin 4711")
    )

    assert [answer["code"] for answer in told][-3:] == ["witness", "pin_wanted", "move_confirmed"]
    assert "40 → 38" in told[-3]["detail"]
    pushed(device)
    [note] = notes(odoo)
    assert "Ana" in note
    assert "Joana" in note
    assert there(odoo, "MED-0019")["Ward 3A", "MED-0019-L3"] == 38


def test_ward_03_what_has_happened_is_booked_below_nothing_and_a_count_is_asked_for(
    device: Wardstock, odoo: Odoo
) -> None:
    told = device.replay("LOC-WARD3A", "!use", TOWEL, "!qty 60", "!confirm")

    assert "the book says 50" in told[3]["detail"]
    pushed(device)
    assert there(odoo, "GEN-0001")["Ward 3A", ""] == -10
    [entry] = device.json("outbox", "list")
    assert entry["status"] == "done"
