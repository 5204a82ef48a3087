"""`wardstock reconcile`: a device proves to whoever asks that Odoo holds what it says (design 11)."""

import httpx2

from sync.practice.server import PracticeWard
from tests.contract.conftest import Odoo
from tests.end2end.conftest import Wardstock
from tests.end2end.test_a_device_at_work import FIRST_DELIVERY


def test_after_a_shift_device_and_odoo_agree(at_work: Wardstock) -> None:
    at_work.replay(*FIRST_DELIVERY)
    at_work("push")

    told = at_work("reconcile")

    assert told.exit_code == 0, told.output
    assert "receipt: 1 done here, 1 in Odoo" in told.output
    assert "60 here, 60 in Odoo" in told.output
    assert "1 transaction checked. Device and Odoo agree." in told.output


def test_a_difference_names_the_document_and_is_status_1(at_work: Wardstock, ward: PracticeWard) -> None:
    at_work.replay(*FIRST_DELIVERY)
    at_work("push")
    document = at_work.json("outbox", "list")[0]["document"]
    with httpx2.Client(trust_env=False, verify=False) as client:
        odoo = Odoo(ward.url, ward.database, ward.keys, client, ward.logins)
        picking = odoo.rows("stock.picking", ["name", "=", document], fields=["name"])[0]["id"]
        done = odoo.lines(picking)[0]
        odoo.ok("stock.move.line", "write", "manager", ids=[done["id"]], vals={"quantity": 59})

    told, scripts = at_work("reconcile"), at_work.json("reconcile")

    assert told.exit_code == 1
    assert document in told.output
    assert "1 difference." in told.output
    assert [(one["code"], one["document"]) for one in scripts["differences"]] == [("line_differs", document)]
    assert [(one["here"], one["odoo"]) for one in scripts["totals"]] == [("60", "59")]


def test_since_a_day_to_come_there_is_nothing_to_compare(at_work: Wardstock) -> None:
    at_work.replay(*FIRST_DELIVERY)
    at_work("push")

    told = at_work.json("reconcile", "--since", "2999-01-01")

    assert (told["checked"], told["agrees"]) == (0, True)


def test_out_of_reach_nothing_is_proved(at_work: Wardstock, ward: PracticeWard) -> None:
    ward.fail_next("refused")

    told = at_work("reconcile")
    ward.answer_again()

    assert told.exit_code == 3
    assert "Odoo could not be reached" in told.output
