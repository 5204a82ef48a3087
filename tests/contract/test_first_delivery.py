"""A seeded order received by `wardstock replay` in two parts, the line cut at random moments: Odoo has it once."""

import json
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from client.cli import main
from sync.practice.proxy import FaultProxy
from tests.contract.conftest import Before, Odoo, unique

GS = "<GS>"
CUTS = 0.25
"""How many calls of a pass are cut, before, during or after Odoo's work on them."""
PASSES = 120


class Device:
    """One device's folder, driven by its commands. The server is reached through a proxy that cuts the line."""

    def __init__(self, folder: Path, odoo: Odoo, proxy: FaultProxy) -> None:
        self.folder, self.odoo, self.proxy = folder, odoo, proxy

    def run(self, *words: str, may_fail: bool = False) -> Any:
        result = CliRunner().invoke(main, [*words, "--profile", str(self.folder), "--json"], catch_exceptions=False)
        assert may_fail or result.exit_code in {0, 1}, result.output
        told = [json.loads(line) for line in result.stdout.splitlines()]
        return told if words[0] == "replay" else told[0]

    def enrol(self) -> None:
        key = self.folder.with_suffix(".key")
        key.write_text(self.odoo.keys["storekeeper"])
        where = ["--url", self.proxy.url, "--database", self.odoo.database, "--key-file", str(key)]
        where += ["--key-store", "file"]
        self.run("enrol", *where, "--login", self.odoo.login(), "--person", "Mira Lindqvist")
        self.run("pull")

    def replay(self, *lines: str) -> list[str]:
        """What each line was answered, by code."""
        file = self.folder / "scans.txt"
        file.write_text("\n".join(lines), encoding="utf-8")
        return [answer["code"] for answer in self.run("replay", str(file))]

    def push_until_sent(self, seed: int) -> None:
        """Passes over a bad line, each waiting time skipped, until nothing is unsent."""
        self.proxy.chaos(seed, CUTS)
        for _ in range(PASSES):
            if not self.run("status")["unsent"]:
                break
            self.run("push", may_fail=True)
            for entry in self.run("outbox", "list"):
                if entry["status"] in {"queued", "sending"}:
                    self.run("outbox", "retry", entry["uuid"])
        self.proxy.chaos(seed, 0)


@pytest.mark.parametrize("seed", [1, 2])
def test_an_order_received_in_two_parts_over_a_bad_line_is_in_odoo_once(odoo: Odoo, tmp_path: Path, seed: int) -> None:
    gtin = _free_gtin(odoo, seed)
    syringe, towel = odoo.product(barcode=gtin), odoo.product(tracking="none")
    order = odoo.expected((syringe, 100), (towel, 20))
    reference = odoo.row("product.product", towel, "default_code")["default_code"]
    lot_a, lot_b = unique("A")[:14], unique("B")[:14]
    with Before(odoo) as proxy:
        device = Device(tmp_path / "device", odoo, proxy)
        device.enrol()
        first = [f"]d201{gtin}17350331{GS}10{lot_a}", "!qty 30", f"]d201{gtin}17350630{GS}10{lot_b}", "!qty 20"]
        codes = device.replay(order["origin"], *first, reference, "!qty 20", "!note none", "!confirm", "!yes")
        assert codes[-1] == "confirmed", codes
        device.push_until_sent(seed)
        device.run("pull")
        codes = device.replay(order["origin"], f"]d201{gtin}17350630{GS}10{lot_b}", "!qty 50", "!note none", "!confirm")
        assert codes[-1] == "confirmed", codes
        device.push_until_sent(seed + 100)

        sent = device.run("outbox", "list")
        assert [entry["status"] for entry in sent] == ["done", "done"]
        assert not any(entry.get("differs") for entry in sent)
        assert device.run("journal", "verify")["ok"]
    _booked_once(odoo, order, syringe, towel, {lot_a: ("2035-03-31", 30), lot_b: ("2035-06-30", 70)}, sent)


def _booked_once(
    odoo: Odoo, order: dict[str, Any], syringe: int, towel: int, lots: dict[str, tuple[str, int]], sent: list[Any]
) -> None:
    pickings = odoo.rows("stock.picking", ["origin", "ilike", order["origin"]], fields=["state", "backorder_id"])
    assert [picking["state"] for picking in pickings] == ["done", "done"]
    assert pickings[0]["backorder_id"] is False
    assert pickings[1]["backorder_id"][0] == pickings[0]["id"]

    lines = [line for picking in pickings for line in odoo.lines(picking["id"])]
    got: Counter[str] = Counter()
    for line in lines:
        got[line["lot_id"][1] if line["lot_id"] else ""] += line["quantity"]
    assert got == {**{lot: quantity for lot, (_, quantity) in lots.items()}, "": 20}
    assert odoo.on_hand(syringe) == Decimal(100)
    assert odoo.on_hand(towel) == Decimal(20)

    rows = odoo.rows("stock.lot", ["product_id", "=", syringe], fields=["name", "expiration_date"])
    assert {row["name"]: row["expiration_date"][:10] for row in rows} == {lot: day for lot, (day, _) in lots.items()}
    for entry, picking in zip(sorted(sent, key=lambda one: one["reference"]), pickings, strict=True):
        on_it = [["res_model", "=", "stock.picking"], ["res_id", "=", picking["id"]]]
        slips = odoo.rows("ir.attachment", *on_it, ["name", "ilike", entry["uuid"]], fields=["name"])
        assert len(slips) == 1, odoo.rows("ir.attachment", *on_it, fields=["name"])


def _free_gtin(odoo: Odoo, seed: int) -> str:
    """A GTIN-14 no product of that database has."""
    number = 5_000_000_000 + seed * 1_000
    while True:
        number += 1
        digits = f"0{number:012d}"
        total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(digits))
        gtin = digits + str(-total % 10)
        if not odoo.rows("product.product", ["barcode", "=", gtin], ["active", "in", [True, False]], fields=["id"]):
            return gtin
