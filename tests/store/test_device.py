"""What the device knows of itself."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from sync.errors import WardstockError
from sync.store import Store
from sync.store.device import Enrolment
from sync.transaction import Moment, Transaction
from tests.store.goods import KEY, NOON, draft_of

HOME = Enrolment(
    "https://odoo.hospital.test", "stock", "ana", 7, 1, NOON, "Hospital", "Ana", "Ana", "19.0", "Europe/Zurich",
    {"guard": True, "rights": ["stock.picking"]},
)  # fmt: skip


def test_the_device_has_a_name_of_its_own_from_the_start(path: Path, store: Store) -> None:
    device_id, name = store.device.id(), store.device.name()
    store.close()

    again = Store.open(path, KEY)

    assert (again.device.id(), again.device.name()) == (device_id, name)
    assert name == f"WS-{device_id[:6].upper()}"
    again.close()


def test_no_number_is_given_twice(path: Path, store: Store) -> None:
    store.device.rename("Dock")
    given = [store.device.next_reference(), store.device.next_reference()]
    store.close()
    again = Store.open(path, KEY)
    given.append(again.device.next_reference())
    again.close()

    assert given == ["Dock/000001", "Dock/000002", "Dock/000003"]


def test_an_enrolment_comes_back_with_its_key(store: Store) -> None:
    assert store.device.enrolment() is None
    assert store.device.odoo_key() is None

    store.device.enrol(HOME, "key-1")

    assert store.device.enrolment() == HOME
    assert store.device.odoo_key() == "key-1"


def test_no_key_stands_in_the_journal(store: Store) -> None:
    store.device.enrol(HOME, "key-1")
    store.device.renew_key("key-2", NOON)

    told = store._database.rows("SELECT * FROM journal")

    assert [row[2] for row in told] == ["journal_opened", "enrolled", "key_renewed"]
    assert not any("key-1" in str(row) or "key-2" in str(row) for row in told)
    assert store.device.odoo_key() == "key-2"


def test_the_device_does_not_change_its_odoo_while_work_is_unsent(
    store: Store, confirmed: Callable[..., Transaction]
) -> None:
    store.device.enrol(HOME, "key-1")
    confirmed()
    elsewhere = replace(HOME, url="https://other.test")

    with pytest.raises(WardstockError, match="enrol_while_unsent"):
        store.device.refuse_to_leave(elsewhere.url, elsewhere.database)
    with pytest.raises(WardstockError, match="enrol_while_unsent"):
        store.device.enrol(elsewhere, "key-2")

    assert store.device.enrolment() == HOME
    assert store.device.odoo_key() == "key-1"
    store.device.refuse_to_leave(HOME.url, HOME.database)
    store.device.enrol(replace(HOME, login="ben"), "key-3")
    assert store.device.odoo_key() == "key-3"


@pytest.mark.parametrize("code", ["left_in_odoo", "lot_unknown"])
def test_what_one_odoo_refused_is_not_settled_in_another(
    store: Store, confirmed: Callable[..., Transaction], code: str
) -> None:
    store.device.enrol(HOME, "key-1")
    act = confirmed()
    store.outbox.mark_sending(act.uuid, NOON)
    store.outbox.mark_refused(act.uuid, code, {}, NOON)

    with pytest.raises(WardstockError, match="enrol_while_unsent"):
        store.device.enrol(replace(HOME, database="other"), "key-2")


def test_an_open_draft_is_unsent_work_too(store: Store) -> None:
    store.device.enrol(HOME, "key-1")
    store.drafts.open(draft_of())

    with pytest.raises(WardstockError, match="enrol_while_unsent"):
        store.device.enrol(replace(HOME, database="other"), "key-2")


def test_unsent_work_of_one_company_is_not_taken_to_another(
    store: Store, confirmed: Callable[..., Transaction]
) -> None:
    store.device.enrol(HOME, "key-1")
    confirmed()

    with pytest.raises(WardstockError, match="enrol_while_unsent"):
        store.device.enrol(replace(HOME, company_id=HOME.company_id + 1), "key-2")

    assert store.device.enrolment() == HOME
    assert store.device.odoo_key() == "key-1"


def test_another_company_starts_with_an_empty_catalogue(pulled: Store) -> None:
    pulled.device.enrol(HOME, "key-1")
    assert pulled.catalogue.product(1) is not None

    pulled.device.enrol(replace(HOME, company_id=HOME.company_id + 1), "key-2")

    assert set(pulled.catalogue.counts().values()) == {0}


def test_another_odoo_starts_with_an_empty_catalogue(pulled: Store) -> None:
    pulled.device.enrol(HOME, "key-1")
    pulled.device.passed("pull", NOON)
    assert pulled.catalogue.product(1) is not None

    pulled.device.enrol(replace(HOME, database="other"), "key-2")

    assert set(pulled.catalogue.counts().values()) == {0}
    assert pulled.catalogue.pulled_at() == {}
    assert pulled.device.last_pull_at() is None


def test_another_odoo_is_owed_no_stones_of_the_one_before(store: Store, confirmed: Callable[..., Transaction]) -> None:
    store.device.enrol(HOME, "key-1")
    store.outbox.withdraw(confirmed().uuid, "Ana", NOON)
    store.device.enrol(replace(HOME, login="ben"), "key-2")
    assert len(store.outbox.stones_owed(9)) == 1

    store.device.enrol(replace(HOME, database="other"), "key-3")

    assert store.outbox.stones_owed(9) == []


def test_a_pass_that_failed_does_not_hide_when_it_last_went_well(store: Store) -> None:
    assert store.device.last_pass("push") is None
    store.device.passed("push", NOON)
    store.device.passed("push", NOON + timedelta(hours=1), "unreachable", {"host": "odoo"})

    last = store.device.last_pass("push")

    assert last is not None
    assert (last.tried_at, last.succeeded_at) == (NOON + timedelta(hours=1), NOON)
    assert (last.code, last.facts) == ("unreachable", {"host": "odoo"})
    assert store.device.last_push_at() == NOON
    assert store.device.last_pull_at() is None


def at(seconds: float, wall: datetime = NOON, boot: str = "boot-1") -> Moment:
    """A moment of this device; the boot's first second was NOON by the server's clock, unless a test says else."""
    return Moment(wall, seconds, boot)


def test_the_servers_time_of_an_act_does_not_depend_on_a_wrong_wall_clock(store: Store) -> None:
    acted = at(1000.0, wall=NOON - timedelta(days=400))
    assert store.device.server_time(acted) is None

    assert store.device.measured(at(1600.0, wall=NOON - timedelta(days=400)), NOON)

    assert store.device.server_time(acted) == NOON - timedelta(minutes=10)
    assert store.device.server_time(replace(acted, boot_id="boot-2")) is None


def test_the_newest_measurement_of_a_boot_counts(store: Store) -> None:
    store.device.measured(at(0.0), NOON)
    store.device.measured(at(100.0), NOON + timedelta(seconds=101))

    assert store.device.server_time(at(60.0)) == NOON + timedelta(seconds=61)


def test_a_proxy_with_a_date_of_its_own_does_not_move_what_people_did(store: Store) -> None:
    """Within one boot neither clock leaps: one wrong answer is forgotten with the next right one."""
    store.device.measured(at(0.0), NOON)

    assert not store.device.measured(at(60.0), NOON + timedelta(hours=3))
    assert store.device.server_time(at(60.0)) == NOON + timedelta(seconds=60)
    assert store.device.measured(at(120.0), NOON + timedelta(seconds=120))
    assert not store.device.measured(at(1200.0), NOON + timedelta(hours=3))

    assert store.device.server_time(at(1200.0)) == NOON + timedelta(seconds=1200)


def test_a_server_whose_clock_was_set_right_is_believed_after_ten_minutes(store: Store) -> None:
    store.device.measured(at(0.0), NOON)

    believed = [store.device.measured(at(seconds), NOON + timedelta(hours=3, seconds=seconds)) for seconds in (60, 659)]
    assert believed == [False, False]

    assert store.device.measured(at(660.0), NOON + timedelta(hours=3, seconds=660))
    assert store.device.server_time(at(0.0)) == NOON + timedelta(hours=3)


@pytest.mark.parametrize(
    ("told", "wall", "believed"),
    [
        (datetime(1970, 1, 1, tzinfo=UTC), NOON, False),
        (NOON + timedelta(days=4000), NOON, False),
        (NOON - timedelta(days=2), NOON, False),
        (NOON - timedelta(days=2), NOON - timedelta(days=2), True),
        (NOON + timedelta(days=90), datetime(2000, 1, 1, tzinfo=UTC), True),
        (NOON + timedelta(hours=5), NOON, True),
    ],
)
def test_a_time_no_server_can_have_told_leaves_a_new_boot_unsure(
    store: Store, told: datetime, wall: datetime, believed: bool
) -> None:
    """The server last answered at noon. Where this device's clock says the same as the server, two agree."""
    store.device.measured(at(0.0, boot="the boot before"), NOON)

    assert store.device.measured(at(7.0, wall=wall), told) is believed
    assert (store.device.server_time(at(7.0)) == told) is believed


def test_what_was_told_is_told_again_only_when_it_is_about_something_else(path: Path, store: Store) -> None:
    assert store.device.tell_once("key_ends_soon", "2026-11-21")
    assert not store.device.tell_once("key_ends_soon", "2026-11-21")
    store.close()
    again = Store.open(path, KEY)

    assert not again.device.tell_once("key_ends_soon", "2026-11-21")
    assert again.device.tell_once("key_ends_soon", "2026-11-22")
    again.device.over("key_ends_soon")
    assert again.device.tell_once("key_ends_soon", "2026-11-22")
    again.close()


def test_what_is_known_of_a_scanner_is_kept_until_something_else_is(path: Path, store: Store) -> None:
    assert store.device.scanner("wedge") is None

    store.device.keep_scanner("wedge", {"layout": "fr", "gap": 0.05})
    store.device.keep_scanner("wedge", {"layout": "de", "gap": 0.05})
    store.close()

    again = Store.open(path, KEY)
    assert again.device.scanner("wedge") == {"layout": "de", "gap": Decimal("0.05")}
    assert again.device.scanner("serial") is None
    again.device.forget_scanner("wedge")
    assert again.device.scanner("wedge") is None
    again.close()


def test_a_place_is_left_out_only_when_nothing_is_open_here(
    store: Store, confirmed: Callable[..., Transaction]
) -> None:
    store.device.enrol(replace(HOME, location_ids=(5, 6)), "key-1")
    confirmed()

    with pytest.raises(WardstockError, match="places_while_unsent"):
        store.device.serve((5,), NOON, "Ada", narrower=True)
    with pytest.raises(WardstockError, match="places_while_unsent"):
        store.device.enrol(replace(HOME, location_ids=(5,)), "key-2", narrower=True)
    assert store.device.open_work() == (1, 0)
    assert store.device.enrolment() == replace(HOME, location_ids=(5, 6))

    store.device.serve((5, 6, 7), NOON, "Ada", narrower=False)
    assert store.device.enrolment() == replace(HOME, location_ids=(5, 6, 7), fetched_ids=(5, 6))


def test_what_was_fetched_is_remembered_until_a_pull_of_the_chosen_places_ends(store: Store) -> None:
    store.device.enrol(replace(HOME, location_ids=(5,)), "key-1")
    store.device.serve((5, 6), NOON, "Ada", narrower=False)
    store.device.enrol(replace(HOME, location_ids=(5, 6, 7)), "key-1")
    store.device.fetched((5, 6))  # a pull that began before
    assert store.device.enrolment() == replace(HOME, location_ids=(5, 6, 7), fetched_ids=(5,))

    store.device.fetched((5, 6, 7))
    assert store.device.enrolment() == replace(HOME, location_ids=(5, 6, 7))
