"""What a device receives stands in Odoo as it was scanned: several orders, goods put aside, codes nobody knew."""

import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx2
import pytest

from sync.practice.server import PracticeWard
from tests.contract.conftest import Odoo
from tests.end2end.conftest import Wardstock

SYRINGE, INSULIN = "04000000000013", "04000000000105"
DRESSING, HIP, SUTURE, TOWEL = "04000000000136", "04000000001034", "04000000000129", "4000000002017"
PICTURE = b"\xff\xd8\xff" + b"picture"
POLICY = {
    "schema": 2,
    "places": {"CS/Stock": {"quarantine": "LOC-CS-Q"}},
    "cold_chain": ["Medical goods / Cold chain"],
}


@pytest.fixture
def device(wardstock: Wardstock, ward: PracticeWard, key_of: Callable[[str], str]) -> Wardstock:
    """A supervisor's, with a quarantine and a cold chain."""
    wardstock.folder.mkdir(parents=True)
    (wardstock.folder / "policy.json").write_text(json.dumps(POLICY))
    where = ["--url", ward.url, "--database", ward.database, "--key-file", key_of("storekeeper")]
    joined = wardstock("enrol", *where, "--person", "Joana", "--role", "supervisor")
    assert joined.exit_code == 0, joined.output
    assert wardstock("pull").exit_code == 0
    return wardstock


@pytest.fixture
def odoo(ward: PracticeWard) -> Iterator[Odoo]:
    with httpx2.Client(timeout=60, trust_env=False, verify=False) as client:
        yield Odoo(ward.url, ward.database, ward.keys, client, ward.logins)


def scan(gtin: str, lot: str = "", *, count: int = 0, day: str = "350630", serial: str = "") -> str:
    """A GS1 DataMatrix as a replay file writes it."""
    variable = [f"30{count}" if count else "", f"21{serial}" if serial else "", f"10{lot}" if lot else ""]
    return f"]d201{gtin}17{day}" + "<GS>".join(part for part in variable if part)


def received(ward: PracticeWard, lot: str) -> dict[str, tuple[str, Decimal]]:
    """By the order's number what of a lot was booked, and where."""
    lines = ward.ask("stock.move.line", ["state", "=", "done"], ["picking_code", "=", "incoming"])
    found: dict[str, tuple[str, Decimal]] = {}
    for line in lines:
        if line["lot_id"] and line["lot_id"][1] == lot:
            (picking,) = ward.ask("stock.picking", ["id", "=", line["picking_id"][0]])
            place, quantity = line["location_dest_id"][1], Decimal(str(line["quantity_product_uom"]))
            before = found.get(picking["origin"], (place, Decimal(0)))[1]
            found[picking["origin"]] = (place, before + quantity)
    return found


def codes(answers: list[Any]) -> list[str]:
    return [answer["code"] for answer in answers]


def test_ward_12_two_orders_of_one_vendor_are_one_delivery_and_two_receipts(
    device: Wardstock, ward: PracticeWard
) -> None:
    """P00001 waits for 100 syringes, P00007 for 50: 120 came, the older order is filled first."""
    told = device.replay("P00001", "P00007", scan(SYRINGE, "TWO-1", count=120), "!note LS-1", "!confirm", "!yes")

    assert codes(told)[-1] == "confirmed"
    assert device("push").exit_code == 0
    booked = received(ward, "TWO-1")
    assert {order: quantity for order, (_, quantity) in booked.items()} == {"P00001": 100, "P00007": 20}
    slips = [str(one["datas"]) for one in ward.ask("ir.attachment", ["res_model", "=", "stock.picking"])]
    assert len(slips) == 2


def test_ward_12_a_person_says_for_which_order_goods_came(device: Wardstock, ward: PracticeWard) -> None:
    lines = ("P00001", "P00007", scan(SYRINGE, "TWO-2", count=30), "!for P00007", "!note none", "!confirm", "!yes")

    assert codes(device.replay(*lines))[3] == "meant_for"
    assert device("push").exit_code == 0
    assert {order: quantity for order, (_, quantity) in received(ward, "TWO-2").items()} == {"P00007": 30}


def test_ward_17_what_got_warm_is_received_into_quarantine(device: Wardstock, ward: PracticeWard) -> None:
    told = device.replay("P00004", scan(INSULIN, "WARM-1", count=20), "!cold 12.5", "!note none", "!confirm", "!yes")

    assert codes(told)[1:3] == ["cold_chain", "added"]
    assert device("push").exit_code == 0
    assert received(ward, "WARM-1") == {"P00004": ("CS/Stock/Quarantine", Decimal(20))}


def test_ward_17_damaged_goods_are_put_aside_and_refused_ones_stay_on_the_order(
    device: Wardstock, ward: PracticeWard
) -> None:
    dressing = scan(DRESSING, "DMG-1", count=200)
    lines = ("P00004", dressing, "!refuse 30 torn", "!fix 1", "!quarantine 20 wet", "!note none", "!confirm", "!yes")

    told = device.replay(*lines)
    assert codes(told)[-1] == "confirmed", told
    assert device("push").exit_code == 0
    done = ward.ask("stock.move.line", ["state", "=", "done"], ["picking_code", "=", "incoming"])
    there = {line["location_dest_id"][1]: Decimal(str(line["quantity_product_uom"])) for line in done}
    assert there == {"CS/Stock": 150, "CS/Stock/Quarantine": 20}
    left = ward.ask(
        "stock.move", ["state", "in", ["assigned", "confirmed"]], ["product_id.default_code", "=", "MED-0013"]
    )
    assert sum(Decimal(str(move["product_uom_qty"])) for move in left) == 30


def test_ward_18_the_note_and_a_picture_go_along(device: Wardstock, ward: PracticeWard, tmp_path: Path) -> None:
    photo = tmp_path / "dock.jpg"
    photo.write_bytes(PICTURE)

    told = device.replay("P00001", TOWEL, "!all", f"!photo {photo}", "!note LS-77", "!confirm", "!yes")
    assert codes(told)[3] == "photographed"
    assert device("push").exit_code == 0
    names = {one["name"] for one in ward.ask("ir.attachment", ["res_model", "=", "stock.picking"])}
    assert "dock.jpg" in names
    assert codes(device.replay("P00004", "4000000002062", "!note LS-77"))[-1] == "note_seen_before"


def test_ward_16_a_code_nobody_knows_is_named_after_the_delivery(device: Wardstock, ward: PracticeWard) -> None:
    told = device.replay("P00001", TOWEL, "QX-UNKNOWN-9", "!unidentified 4", "!note none", "!confirm", "!yes")
    assert codes(told)[2:4] == ["unknown_on_dock", "kept_unidentified"]
    assert device("push").exit_code == 0
    assert device("pull").exit_code == 0

    drafts = device.replay("!drafts")[-1]
    told = device.replay(drafts["choices"][0], "!name GEN-0002", "!yes", "!confirm")
    assert codes(told)[-1] == "confirmed"
    assert device("push").exit_code == 0
    sheets = ward.ask("stock.move", ["state", "=", "done"], ["product_id.default_code", "=", "GEN-0002"])
    assert [Decimal(str(move["quantity"])) for move in sheets if move["picking_id"]] == [4]


def test_ward_22_an_implant_keeps_its_batch(device: Wardstock, ward: PracticeWard) -> None:
    lines = ("P00003", scan(HIP, "BATCH-7", serial="HIP-77"), "!note none", "!confirm", "!yes")

    assert codes(device.replay(*lines))[-1] == "confirmed"
    assert device("push").exit_code == 0
    (lot,) = ward.ask("stock.lot", ["name", "=", "HIP-77"])
    assert lot["ref"] == "BATCH-7"


def test_ward_09_an_order_phoned_in_binds_to_its_papers_after_a_pull(
    device: Wardstock, ward: PracticeWard, odoo: Odoo
) -> None:
    told = device.replay("!receive P00009", scan(SUTURE, "PHONE-1", count=30), "!note none", "!confirm", "!wait")
    assert codes(told) == ["awaiting", "added", "noted", "order_not_here", "waits_for_order"]

    order = odoo.expected((_product(odoo, "MED-0012"), 30))["origin"]
    assert order == "P00009"
    assert device("pull").exit_code == 0
    told = device.replay(order, "!confirm")
    assert codes(told) == ["order_came", "confirmed"]
    assert device("push").exit_code == 0
    assert {name: quantity for name, (_, quantity) in received(ward, "PHONE-1").items()} == {order: 30}


def test_ward_10_what_others_booked_is_not_received_twice(device: Wardstock, ward: PracticeWard, odoo: Odoo) -> None:
    """A colleague booked 60 of 100 in Odoo and left a backorder; here 80 were scanned: 20 are the difference."""
    device.replay("P00001", scan(SYRINGE, "SAME-1", count=80), "!note none", "!home")
    [picking] = odoo.rows("stock.picking", ["origin", "=", "P00001"], fields=["name"])
    syringe = _product(odoo, "MED-0001")
    odoo.receive(picking["id"], (syringe, odoo.lot(syringe, "SAME-1"), 60))
    odoo.validate(picking["id"], skip_backorder=True)
    assert device("pull").exit_code == 0

    drafts = device.replay("!drafts")[-1]
    told = device.replay(drafts["choices"][0], scan(SYRINGE, "SAME-1", count=1), "!difference", "!confirm", "!yes")
    assert codes(told)[:3] == ["resumed_closed", "answer_first", "difference_left"]
    assert codes(told)[-1] == "confirmed"
    assert device("push").exit_code == 0
    assert sum(quantity for _, quantity in received(ward, "SAME-1").values()) == 80  # 60 of theirs, 20 of ours


def _product(odoo: Odoo, ref: str) -> int:
    [row] = odoo.rows("product.product", ["default_code", "=", ref], fields=["id"])
    return int(row["id"])
