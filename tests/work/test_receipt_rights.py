"""What comes next is said, who may what is asked, a second person is a second person (ward 19 to 22, 30, 33)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from client import messages
from client.work.desk import Desk
from client.work.site.people import Act, Role
from client.work.site.pin import Cost, hashed
from client.work.site.policy import Policy
from sync.stock import Category, Lot
from sync.store import Store
from tests.work.conftest import BIN_B, NOW, OTHER_ORDER, PUMP, SYRINGE, TOWEL, label, queued, say
from tests.work.receiving import COLD, at_a_site, choices, pulled

CONTROLLED = Category(71, "Controlled", "71/")
GOOD = label(SYRINGE, lot="L1", expiry="280331")


@pytest.fixture
def joana(store: Store) -> None:
    """A supervisor with a badge and a PIN."""
    store.people.add("Joana", "supervisor", NOW, "", badge="BADGE-JOANA", pin=hashed("4711", Cost(1, 64, 1)))


def test_ward_20_the_confirmation_says_where_the_goods_are_and_what_comes_next(store: Store, desk: Desk) -> None:
    steps = ("CS/QC/00003", "CS/STOR/00004")
    pulled(store, pickings=[replace(OTHER_ORDER, next_names=steps)])

    said = say(desk, "P00013", TOWEL.barcode, "!note none", "!confirm", "!yes")

    assert (said.facts["place"], said.facts["count"]) == ("Stock", 2)
    assert "in Stock, 2 steps to go: CS/QC/00003, CS/STOR/00004" in messages.detail(said)
    view = desk.view()
    assert view is not None
    assert view.next_names == steps


def test_ward_19_goods_go_where_odoo_wants_them_unless_a_shelf_is_scanned(desk: Desk) -> None:
    said = say(desk, "P00012", GOOD)
    assert said.facts["place"] == BIN_B.name


@pytest.mark.usefixtures("joana")
def test_ward_21_a_second_person_lends_the_right_to_close_short(desk: Desk) -> None:
    say(desk, "P00012", GOOD, "!note none", "!confirm")
    assert choices(desk) == ["keep_rest_open", "close_short", "go_on_scanning"]

    assert say(desk, "!close-short").code == "needs_role"
    assert say(desk, "BADGE-JOANA").code == "pin_wanted"
    assert say(desk, "!pin 4711").code == "approved"
    assert say(desk, "!close-short").code == "confirmed"
    [sent] = queued(desk)
    assert sent.close_short
    assert [one.person for one in sent.answers if one.question == "short"] == ["Joana"]


@pytest.mark.usefixtures("joana")
def test_ward_33_where_the_site_says_two_a_supervisor_alone_does_not_close_short(store: Store) -> None:
    policy = Policy(two_people=frozenset({Act.CLOSE_SHORT}))
    alone = at_a_site(store, role=Role.SUPERVISOR, policy=policy)

    assert say(alone, "P00012", GOOD, "!note none", "!confirm", "!close-short").code == "needs_role"
    say(alone, "BADGE-JOANA", "!pin 4711")
    assert say(alone, "!close-short").code == "confirmed"


@pytest.mark.usefixtures("joana")
def test_ward_30_controlled_goods_are_received_before_a_witness(store: Store) -> None:
    desk = at_a_site(store, policy=Policy(controlled=("Controlled",)))
    pulled(store, categories=[COLD, CONTROLLED], products=[replace(SYRINGE, category_id=CONTROLLED.id)])

    asked = say(desk, "P00012", GOOD, "!qty 100", "!note none", "!confirm", "!yes")
    assert asked.code == "witness"
    assert "0 → 100" in str(asked.facts["balances"])
    say(desk, "BADGE-JOANA")
    assert say(desk, "!pin 4711").code == "confirmed"
    assert queued(desk)[0].witness == "Joana"


def test_ward_13_the_shelf_life_wanted_is_that_of_the_category(store: Store) -> None:
    desk = at_a_site(store, policy=Policy(shelf_life_days_of={"Cold chain": 400}))
    pulled(store, products=[replace(SYRINGE, category_id=COLD.id)])
    day = NOW.date() + timedelta(days=399)

    said = say(desk, "P00012", label(SYRINGE, lot="L1", expiry=f"{day:%y%m%d}"))
    assert (said.code, said.facts["wanted"]) == ("short_dated", 400)


def test_ward_22_an_implants_batch_goes_along_with_its_serial(desk: Desk) -> None:
    say(desk, "P00012", label(PUMP, serial="S9", lot="BATCH-3"), "!note none", "!confirm", "!yes")

    [line] = queued(desk)[0].lines
    assert (line.lot_name, line.batch, line.serial) == ("S9", "BATCH-3", "")


def test_ward_14_a_typed_month_is_its_last_day_and_a_near_lot_is_asked(store: Store, desk: Desk) -> None:
    pulled(store, lots=[Lot(91, SYRINGE.id, "LO1", date(2029, 2, 28))])

    assert say(desk, "P00012", label(SYRINGE, lot="L01")).code == "lot_nearly_known"
    said = say(desk, "!yes", "!expiry 02/2028")
    assert (said.code, said.facts["day"]) == ("added", date(2028, 2, 29))


def test_ward_33_beyond_the_sites_tolerance_only_a_supervisor_takes_more(desk: Desk) -> None:
    assert say(desk, "P00013", TOWEL.barcode, "!qty 12").code == "too_much"
    assert say(desk, "!yes").code == "needs_role"
    assert say(desk, "!no").code == "left_as_it_was"
    assert say(desk, "!qty 11").code == "too_much"
    assert say(desk, "!yes").code == "changed"
