"""What was refused or taken back stays so: on this device, on its clone, and on a backup restored next week."""

from datetime import timedelta
from typing import Any

import httpx2
import pytest

from sync.odoo import postings
from sync.odoo.posting.sending import Sending
from sync.odoo.posting.slip import slip_name
from sync.odoo.posting.stone import WITHDRAWN, lay_stone, refuse_if_stoned, stone_of
from sync.odoo.wire.errors import Family, OdooError, Refused
from sync.transaction import Outcome, Transaction
from tests.contract.conftest import Odoo
from tests.contract.counting import meanwhile
from tests.sync.acts import STAMP, blind, line, post, receipt, session_with
from tests.sync.conftest import Answers

pytestmark = pytest.mark.contract


def ordered(odoo: Odoo, done: str = "30") -> tuple[int, Transaction]:
    gauze = odoo.product()
    return gauze, receipt(odoo, odoo.expected((gauze, 100))["id"], line(odoo, 1, gauze, done, "A1"))


def under(odoo: Odoo, act: Transaction) -> list[dict[str, Any]]:
    """What stands in Odoo under the uuid of a transaction."""
    return odoo.rows("stock.picking", ["origin", "ilike", act.uuid], fields=["state", "note", "origin"])


def refusal(odoo: Odoo, act: Transaction) -> Refused:
    with session_with(odoo) as session, pytest.raises(Refused) as caught:
        post(session, act, STAMP)
    return caught.value


def withdrawn(odoo: Odoo, act: Transaction) -> Outcome | None:
    with session_with(odoo) as session:
        return postings.withdraw(session, Sending(act, STAMP))


@pytest.mark.parametrize("make", [receipt, blind])
def test_a_stone_says_whose_it_is_and_why_it_lies(odoo: Odoo, make: Any) -> None:
    gauze, act = ordered(odoo)
    act = act if make is receipt else blind(odoo, line(odoo, 1, gauze, "30", "A1"))

    with session_with(odoo) as session:
        assert stone_of(session, act) is None
        assert lay_stone(session, Sending(act, STAMP), "expiry_differs", {"lot": "A1 <&>"})
        assert lay_stone(session, Sending(act, STAMP), "lot_missing", {})
        found = stone_of(session, act)
        with pytest.raises(Refused) as caught:
            refuse_if_stoned(session, act)

    assert found is not None
    assert (found.why, found.facts) == ("expiry_differs", {"lot": "A1 <&>"})
    assert caught.value.code == "refused_before"
    assert caught.value.facts == {"picking": found.name, "why": "expiry_differs", "before": {"lot": "A1 <&>"}}
    assert [(row["state"], act.reference in row["origin"]) for row in under(odoo, act)] == [("cancel", True)]
    assert "Sven &lt;b&gt;" in under(odoo, act)[0]["note"]


def test_a_stone_half_laid_is_laid_to_the_end(odoo: Odoo) -> None:
    _, act = ordered(odoo)

    cut = httpx2.Client(transport=Answers({"action_cancel": lambda: httpx2.Response(502)}), timeout=60)
    with session_with(odoo, client=cut) as session, pytest.raises(OdooError):
        lay_stone(session, Sending(act, STAMP), WITHDRAWN)
    assert [row["state"] for row in under(odoo, act)] == ["draft"]

    assert refusal(odoo, act).code == "refused_before"
    assert [row["state"] for row in under(odoo, act)] == ["cancel"]


def test_where_odoo_will_have_no_stone_things_go_on_without(odoo: Odoo) -> None:
    _, act = ordered(odoo)
    gone = act.__class__(**{name: getattr(act, name) for name in act.__slots__} | {"document": no_type(act)})

    with session_with(odoo) as session:
        assert not lay_stone(session, Sending(gone, STAMP), WITHDRAWN)
        assert stone_of(session, gone) is None


def test_what_is_done_is_not_turned_into_a_stone(odoo: Odoo) -> None:
    gauze = odoo.product()
    act = blind(odoo, line(odoo, 1, gauze, "30", "A1"))

    with session_with(odoo) as session:
        outcome = post(session, act, STAMP)
        assert not lay_stone(session, Sending(act, STAMP), WITHDRAWN)
        assert stone_of(session, act) is None
        assert post(session, act, STAMP) == outcome


def test_a_refused_receipt_cannot_be_posted_by_a_clone_when_the_cause_is_gone(odoo: Odoo) -> None:
    gauze, act = ordered(odoo)
    lot = odoo.lot(gauze, "A1", "2034-01-01 12:00:00")

    assert refusal(odoo, act).code == "expiry_differs"
    odoo.ok("stock.lot", "write", ids=[lot], vals={"expiration_date": "2035-06-30 12:00:00"})
    again = refusal(odoo, act)

    assert (again.code, again.facts["why"]) == ("refused_before", "expiry_differs")
    assert again.facts["before"]["theirs"] == "2034-01-01"  # type: ignore[index]
    assert odoo.on_hand(gauze) == 0


def test_what_was_never_sent_leaves_a_stone_when_it_is_taken_back(odoo: Odoo) -> None:
    gauze, act = ordered(odoo)
    free = blind(odoo, line(odoo, 1, gauze, "30", "A1"))

    assert [withdrawn(odoo, act), withdrawn(odoo, act), withdrawn(odoo, free)] == [None, None, None]

    assert [refusal(odoo, one).code for one in (act, free)] == ["refused_before", "refused_before"]
    assert refusal(odoo, act).facts["why"] == WITHDRAWN
    assert odoo.on_hand(gauze) == 0


def test_what_is_done_all_the_same_cannot_be_taken_back(odoo: Odoo) -> None:
    gauze, act = ordered(odoo)
    free = blind(odoo, line(odoo, 1, gauze, "5", "A1"))
    with session_with(odoo) as session:
        done = [post(session, one, STAMP) for one in (act, free)]

    assert [withdrawn(odoo, one) for one in (act, free)] == done
    assert odoo.on_hand(gauze) == 35


def test_half_a_posting_is_taken_off_the_picking_again(odoo: Odoo) -> None:
    gauze, act = ordered(odoo)
    lot = odoo.lot(gauze, "A1", "2035-06-30 12:00:00")
    odoo.receive(act.document.picking_id or 0, (gauze, lot, 30), xids=[act.line_xid(act.lines[0])])

    assert withdrawn(odoo, act) is None

    assert not any(found["picked"] for found in odoo.lines(act.document.picking_id or 0))
    assert refusal(odoo, act).code == "refused_before"


def test_nothing_is_taken_back_while_a_validate_may_be_on_its_way(odoo: Odoo) -> None:
    gauze, act = ordered(odoo)
    left_in_doubt(odoo, act)

    with pytest.raises(OdooError) as told:
        withdrawn(odoo, act)

    assert (told.value.family, told.value.code) == (Family.TRANSIENT_UNKNOWN, "validate_under_way")
    assert [found["quantity"] for found in odoo.lines(act.document.picking_id or 0) if found["picked"]] == [30]
    with session_with(odoo) as session:
        assert post(session, act, STAMP).differs == ()
    assert odoo.on_hand(gauze) == 30


def test_a_copy_that_says_it_goes_while_the_stone_is_laid_is_waited_for(odoo: Odoo) -> None:
    """It saw no stone yet. Without its lines its validate would receive all that is expected (contract 0.4)."""
    _, act = ordered(odoo)
    copy_goes = meanwhile("stock.picking.load", lambda: left_in_doubt(odoo, act))

    with session_with(odoo, client=copy_goes) as session, pytest.raises(OdooError) as told:
        postings.withdraw(session, Sending(act, STAMP))

    assert told.value.code == "validate_under_way"
    assert [found["quantity"] for found in odoo.lines(act.document.picking_id or 0) if found["picked"]] == [30]


def test_when_no_call_can_arrive_any_more_all_is_taken_back(odoo: Odoo, monkeypatch: pytest.MonkeyPatch) -> None:
    gauze, act = ordered(odoo)
    left_in_doubt(odoo, act)
    monkeypatch.setattr("sync.odoo.posting.slip.LONGEST_POSTING", timedelta(seconds=-2))

    assert withdrawn(odoo, act) is None

    assert not any(found["picked"] for found in odoo.lines(act.document.picking_id or 0))
    assert hanging(odoo, act) == []
    assert refusal(odoo, act).code == "refused_before"
    assert odoo.on_hand(gauze) == 0


def test_trying_again_does_not_make_the_wait_longer(odoo: Odoo) -> None:
    """A colleague's picked line stands in the way, and the device comes back every minute."""
    _, act = ordered(odoo)
    left_in_doubt(odoo, act)
    first = hanging(odoo, act)
    loose = [found["id"] for found in odoo.lines(act.document.picking_id or 0) if not found["picked"]]
    odoo.ok("stock.move.line", "write", ids=loose, vals={"picked": True})

    for _ in range(2):
        with session_with(odoo) as session, pytest.raises(OdooError) as told:
            post(session, act, STAMP)
        assert told.value.code == "validate_under_way"

    assert hanging(odoo, act) == first


def left_in_doubt(odoo: Odoo, act: Transaction) -> None:
    """Everything is loaded, and nobody knows what became of the validate."""
    cut = httpx2.Client(transport=Answers({"button_validate": lambda: httpx2.Response(502)}), timeout=60)
    with session_with(odoo, client=cut) as session, pytest.raises(OdooError):
        post(session, act, STAMP)


def hanging(odoo: Odoo, act: Transaction) -> list[tuple[str, str]]:
    """The slip on the picking, and the runs it tells of."""
    domain = [["res_model", "=", "stock.picking"], ["res_id", "=", act.document.picking_id]]
    rows = odoo.rows("ir.attachment", *domain, ["name", "=", slip_name(act)], fields=["name", "description"])
    return [(row["name"], row["description"]) for row in rows]


def no_type(act: Transaction) -> Any:
    told = {name: getattr(act.document, name) for name in act.document.__slots__}
    return act.document.__class__(**told | {"picking_type_id": 999_999})


def test_what_odoo_remembers_of_a_load_it_took_back_is_no_stone(odoo: Odoo) -> None:
    """After a bad row Odoo answers for the good ones as for records that are hidden: nobody was refused there."""
    gauze, act = ordered(odoo)
    columns = ["id", "picking_type_id/.id", "location_id/.id", "location_dest_id/.id"]
    good = [f"__wardstock__.{act.uuid}", odoo.receipts, odoo.vendors, odoo.stock]
    bad = [f"__wardstock__.{act.uuid}-x", odoo.receipts, odoo.vendors, 2**30]
    assert odoo.load("stock.picking", columns, good, bad)["ids"] is False

    with session_with(odoo) as session:
        assert stone_of(session, act) is None
        assert post(session, act, STAMP).differs == ()
    assert odoo.on_hand(gauze) == 30
