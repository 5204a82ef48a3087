"""A call that arrives late: the reply was given up, the work still comes. Odoo must not receive what nobody scanned."""

from decimal import Decimal

import httpx2
import pytest

from sync.odoo.wire.errors import Family, OdooError, Refused
from sync.transaction import Outcome, Transaction
from tests.contract.conftest import Odoo
from tests.sync.acts import STAMP, line, post, receipt, session_with
from tests.sync.conftest import Answers, odoo_says

pytestmark = pytest.mark.contract


def no_reply() -> httpx2.Response:
    raise httpx2.ReadTimeout("nothing came back")


def attempt(odoo: Odoo, act: Transaction, **instead: httpx2.Response | None) -> Outcome:
    """One run of the posting; a call named with None gets no reply, others their answer."""
    calls = {name: (lambda told=told: told) if told else no_reply for name, told in instead.items()}
    with session_with(odoo, client=httpx2.Client(transport=Answers(calls), timeout=60)) as session:
        return post(session, act, STAMP)


def left_in_doubt(odoo: Odoo, act: Transaction) -> None:
    """Everything is loaded, and the validate is on its way when its reply is given up."""
    with pytest.raises(OdooError) as told:
        attempt(odoo, act, button_validate=None)
    assert told.value.family is Family.TRANSIENT_UNKNOWN


def test_what_was_archived_since_does_not_take_back_lines_a_late_validate_needs(odoo: Odoo) -> None:
    """Without our lines it would receive all that is expected (contract 0.4)."""
    gauze = odoo.product()
    expected = odoo.expected((gauze, 100))
    act = receipt(odoo, expected["id"], line(odoo, 1, gauze, "30", "A1"))
    left_in_doubt(odoo, act)
    odoo.ok("product.product", "write", "admin", ids=[gauze], vals={"active": False})

    assert attempt(odoo, act).differs == ()
    assert odoo.on_hand(gauze) == Decimal(30)


def test_a_refusal_waits_until_no_validate_can_arrive_any_more(odoo: Odoo) -> None:
    gauze, towel = odoo.product(), odoo.product("none")
    expected = odoo.expected((gauze, 100), (towel, 10))
    act = receipt(odoo, expected["id"], line(odoo, 1, gauze, "30", "A1"))
    left_in_doubt(odoo, act)
    picked = [found for found in odoo.lines(expected["id"]) if found["product_id"][0] == towel]
    odoo.ok("stock.move.line", "write", ids=[picked[0]["id"]], vals={"picked": True})

    with pytest.raises(OdooError) as told:
        attempt(odoo, act)

    assert told.value.code == "validate_under_way"
    odoo.validate(expected["id"], skip_backorder=True)  # the late one
    assert odoo.on_hand(gauze) == Decimal(30)


def test_done_in_odoo_is_never_called_refused(odoo: Odoo) -> None:
    """The read-back after the validate fails in a way nobody foresaw."""
    gauze = odoo.product()
    act = receipt(odoo, odoo.expected((gauze, 100))["id"], line(odoo, 1, gauze, "30", "A1"))
    left_in_doubt(odoo, act)
    odoo.validate(act.document.picking_id or 0, skip_backorder=True)

    with pytest.raises(OdooError) as told:
        attempt(odoo, act, get_metadata=odoo_says(500, "builtins.KeyError"))
    assert not isinstance(told.value, Refused)
    assert attempt(odoo, act).differs == ()
    assert odoo.on_hand(gauze) == Decimal(30)
