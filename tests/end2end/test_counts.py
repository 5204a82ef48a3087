"""Counts from the first scan to Odoo's own figures: what waits for approval there, and what was changed at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from client.replay import lines, replay
from sync.clock import Clock
from sync.practice.seed import GOODS
from tests.contract.conftest import REAL, Odoo, serving
from tests.contract.counting import apply, lay, rows, waits
from tests.end2end.conftest import Wardstock
from tests.end2end.hospital import Device, Hospital


@pytest.fixture(scope="module", params=["practice", REAL])
def odoo(request: pytest.FixtureRequest) -> Iterator[Odoo]:
    with serving(request.param) as server:
        yield server


@pytest.fixture
def hospital(odoo: Odoo) -> Hospital:
    hospital = Hospital(odoo)
    hospital.lay("towel", "a1", 40)
    hospital.lay("syringe", "a1", 12, "AB01")
    return hospital


def worked(hospital: Hospital, folder: Path, shift: str, faults: float = 0.25) -> list[str]:
    """The codes of what was answered otherwise than the shift says; everything is sent and reconciled then."""
    with Device(hospital, folder, faults=faults) as device:
        wrong = device.work(shift)
        assert device.unsent() == []
        assert device.reconciled().findings == ()
    return wrong


BOTH = "]d201{syringe}10AB01<GS>3012\n{towel}\n"


def test_what_two_people_agree_on_waits_in_odoo_with_both_numbers_and_the_reason(
    odoo: Odoo, hospital: Hospital, tmp_path: Path
) -> None:
    shift = "!count {a1}\n" + BOTH + "!qty 37\n!confirm\n!recount\n{cora}\n{towel}\n!qty 37\n!confirm\n"

    assert worked(hospital, tmp_path, shift + "!reason used, not scanned\n#> count_submitted\n") == []

    towel, syringe, shelf = hospital.ids["towel"], hospital.ids["syringe"], hospital.ids["a1"]
    assert rows(odoo, towel, shelf) == [(40, 37)]
    assert rows(odoo, syringe, shelf) == [(12, 12)]
    (sheet,) = odoo.rows(
        "stock.picking", ["note", "ilike", "used, not scanned"], ["location_id", "=", shelf], fields=["note"]
    )
    assert "counted_before" in sheet["note"]
    assert "Cora" in sheet["note"]
    assert "Mira" in sheet["note"]


def test_a_manager_applies_what_was_submitted(odoo: Odoo, hospital: Hospital, tmp_path: Path) -> None:
    shift = "!count {a1}\n" + BOTH + "!qty 37\n!confirm\n{joana}\n!pin 4711\n!waive\n!reason lost\n"
    assert worked(hospital, tmp_path, shift) == []

    towel, shelf = hospital.ids["towel"], hospital.ids["a1"]
    assert waits(odoo, towel, shelf) == [37]
    apply(odoo, towel, shelf)
    assert rows(odoo, towel, shelf)[0][0] == 37


def test_a_small_difference_is_applied_at_once_and_nothing_waits(
    odoo: Odoo, hospital: Hospital, tmp_path: Path
) -> None:
    shift = "{joana}\n!pin 4711\n!count {a1}\n" + BOTH + "!qty 37\n!confirm\n#> count_applied\n#= towel a1 - 37\n"

    assert worked(hospital, tmp_path, shift) == []
    assert waits(odoo, hospital.ids["towel"], hospital.ids["a1"]) == []


@dataclass(frozen=True)
class Earlier(Clock):
    """So many seconds ago: Odoo's `Date` tells whole seconds, and people do not act twice within one."""

    by: float = 0

    def now(self) -> datetime:
        return super().now() - timedelta(seconds=self.by)

    def seconds(self) -> float:
        return super().seconds() - self.by


def test_ward_01_what_was_used_while_the_shelf_was_counted_is_taken_off_what_was_counted(
    odoo: Odoo, hospital: Hospital, tmp_path: Path
) -> None:
    """40 are counted, then 3 used on the same device, then the bin is finished: Odoo is told 37."""
    lay(odoo, hospital.ids["glove"], hospital.ids["a2"], 40)
    use = "!use\n{a2}\n{glove}\n!qty 3\n!confirm\n#> move_confirmed\n"
    with Device(hospital, tmp_path) as device:
        device.desk.clock = Earlier(by=240)
        assert device.work("!count {a2}\n{glove}\n!qty 40\n!home\n") == []
        device.desk.clock = Earlier(by=120)
        assert device.work(use) == []
        device.desk.clock = Earlier(by=0)
        assert device.work("!count {a2}\n!confirm\n#> moved_meanwhile\n!yes\n#> count_submitted\n") == []

    assert rows(odoo, hospital.ids["glove"], hospital.ids["a2"]) == [(37, 37)]


def test_ward_01_a_use_that_comes_after_a_count_was_applied_is_posted_and_the_shelf_counted_again(
    odoo: Odoo, hospital: Hospital, tmp_path: Path
) -> None:
    """5 of 40 are used and not sent; a colleague counts 35 and applies it: nobody can tell whether the 5 were known."""
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    with Device(hospital, tmp_path / "one") as nurse, Device(hospital, tmp_path / "two") as counter:
        nurse.desk.clock = Earlier(by=240)
        for line in ("!use", "{a1}", "{towel}", "!qty 5", "!confirm"):
            next(replay(nurse.desk, lines(hospital.filled(line))))
        shift = "{joana}\n!pin 4711\n!count {a1}\n" + BOTH + "!qty 35\n!confirm\n#> count_applied\n#= towel a1 - 35\n"
        assert counter.work(shift) == []
        nurse.settle()

        assert rows(odoo, hospital.ids["towel"], hospital.ids["a1"])[0][0] == 30
        assert [one.recount.why for one in nurse.store.recounts.open()] == ["older_than_count"]


def test_ward_08_somebody_elses_number_in_odoo_is_replaced_after_a_word_only(
    odoo: Odoo, hospital: Hospital, tmp_path: Path
) -> None:
    towel, shelf = hospital.ids["towel"], hospital.ids["a1"]
    told = {"product_id": towel, "location_id": shelf, "inventory_quantity": 30}
    odoo.ok("stock.quant", "create", "manager", vals_list=[told], context={"inventory_mode": True})
    shift = (
        "!count {a1}\n#> counting_after\n" + BOTH + "!qty 40\n!confirm\n#> count_pending\n!yes\n#> count_submitted\n"
    )

    assert worked(hospital, tmp_path, shift) == []
    assert waits(odoo, towel, shelf) == [40]


def test_ward_01_a_shelf_that_went_below_zero_is_listed_and_its_count_settles_it(
    odoo: Odoo, hospital: Hospital, tmp_path: Path
) -> None:
    shift = "!use\n{a1}\n{towel}\n!qty 45\n!confirm\n#sync\n!home\n{joana}\n!pin 4711\n!count\n#> count_list\n"
    shift += "!take 1\n#> counting_products\n{towel}\n!zero\n!confirm\n#> count_applied\n#sync\n#= towel a1 - 0\n"
    with Device(hospital, tmp_path) as device:
        assert device.work(shift) == []
        assert device.store.recounts.open() == []


def test_ward_02_a_consignors_goods_are_counted_as_theirs(odoo: Odoo, hospital: Hospital, tmp_path: Path) -> None:
    owner = odoo._made("res.partner", {"name": f"Consignor {hospital.mark}"})
    glove, shelf = hospital.ids["glove"], hospital.ids["a2"]
    lay(odoo, glove, shelf, 12, owner_id=owner)

    shift = "{joana}\n!pin 4711\n!count {a2}\n{glove}\n!qty 11\n!confirm\n#> count_applied\n#= glove a2 - 11\n"
    assert worked(hospital, tmp_path, shift) == []


def test_a_count_is_made_and_sent_at_the_command_line(at_work: Wardstock) -> None:
    towel = next(goods.code for goods in GOODS if goods.ref == "GEN-0001")

    told = at_work.replay("!count GEN-0001", "LOC-AMB7", towel, "!qty 10", "!confirm")

    assert [one["code"] for one in told][:2] == ["count_product", "counting_products"]
    assert told[-1]["code"] == "count_submitted"
    assert at_work("push").exit_code == 0
    assert [one["status"] for one in at_work.json("outbox", "list")] == ["done"]
