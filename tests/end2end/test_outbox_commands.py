"""What a supervisor does with the outbox, and a key that ended, by the commands."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from client.settings import Profile
from sync.practice.server import PracticeWard
from sync.store import Store
from sync.transaction import Difference, Outcome, Recount, new_uuid
from tests.end2end.conftest import Wardstock
from tests.end2end.test_a_device_at_work import FIRST_DELIVERY
from tests.store.goods import NOON, draft_of

KeyOf = Callable[[str], str]


def store_of(device: Wardstock) -> Store:
    return Profile(device.folder).open()


def queued(device: Wardstock) -> str:
    """The uuid of a delivery that was confirmed offline."""
    device.replay(*FIRST_DELIVERY)
    return str(device.json("outbox", "list")[0]["uuid"])


def new_key(ward: PracticeWard, secret: str) -> None:
    """The storekeeper makes a key, and every older one has ended."""
    house = ward._ward
    user = house.owner_of(ward.keys["storekeeper"])
    assert user is not None
    with house.lock, house.db.transaction():
        call = house.call(user, {}, superuser=True)
        old = list(call.db.find("res.users.apikeys", "_secret", ward.keys["storekeeper"]))
        call.write(old, expiration_date=call.now - timedelta(minutes=1))
        call.create("res.users.apikeys", name="new", user_id=user, _secret=secret)


def another(store: Store, uuid: str) -> str:
    """A later transaction that touches what this one does."""
    entry, later, draft = store.outbox.of([uuid])[0], new_uuid(), draft_of()
    store.drafts.open(draft)
    act = replace(entry.transaction, uuid=later, reference="WS-TEST/000099")
    store.outbox.confirm(draft.uuid, [(act, entry.footprint)], NOON)
    return later


def test_a_key_that_ended_is_renewed_with_unsent_work_and_all_of_it_goes(
    at_work: Wardstock, ward: PracticeWard, key_of: KeyOf
) -> None:
    uuid = queued(at_work)
    new_key(ward, "a-new-key-of-the-storekeeper")
    stopped = at_work.json("push")
    file = key_of("storekeeper")
    Path(file).write_text("a-new-key-of-the-storekeeper", encoding="ascii")

    renewed = at_work.json("key", "set", "--key-file", file)
    sent = at_work.json("push")

    assert (stopped["stopped"], stopped["refused"], stopped["unsent"]) == ("odoo_auth", 0, 1)
    assert "wardstock key set" in stopped["text"]
    assert renewed == {"kept": True, "checked": True}
    assert (sent["done"], sent["unsent"]) == (1, 0)
    assert "a-new-key" not in at_work("status").output + at_work("outbox", "show", uuid).output


def test_another_users_key_is_refused_and_how_to_change_the_user_is_said(at_work: Wardstock, key_of: KeyOf) -> None:
    queued(at_work)

    refused = at_work("key", "set", "--key-file", key_of("manager"))

    assert refused.exit_code == 3
    assert "wardstock enrol" in refused.stderr


def test_a_supervisor_releases_what_waits_behind_a_refused_one(at_work: Wardstock) -> None:
    first = queued(at_work)
    store = store_of(at_work)
    second = another(store, first)
    store.outbox.mark_sending(first, NOON)
    store.outbox.mark_refused(first, "lot_unknown", {}, NOON)
    store.close()
    assert at_work.json("outbox", "show", second)["waiting_behind"] == first

    released = at_work("outbox", "release", second, "--person", "Sue")
    shown = at_work.json("outbox", "show", second)

    assert released.exit_code == 0
    assert "waits for nobody" in released.stdout
    assert (shown["waiting_behind"], shown["released"]["person"]) == (None, "Sue")
    assert ("released", "Sue") in [(one["event"], one["person"]) for one in shown["story"]]
    assert "Sue let it go although it waited" in at_work("outbox", "show", second).stdout
    nobody = at_work("outbox", "release", first, "--person", "Sue")
    assert nobody.exit_code == 3
    assert at_work.json("push")["done"] == 1


def test_withdrawing_what_odoo_may_have_says_so_and_the_next_pass_settles_it(at_work: Wardstock) -> None:
    uuid = queued(at_work)
    store = store_of(at_work)
    store.outbox.mark_sending(uuid, NOON)
    store.close()

    wished = at_work("outbox", "withdraw", uuid, "--person", "Sue")
    listed = at_work("outbox", "list").stdout
    pushed = at_work.json("push")

    assert "the next pass finds out" in wished.stdout
    assert "Sue wants it back; the next pass asks Odoo." in listed
    assert (pushed["unsent"], [one["status"] for one in pushed["transactions"]]) == (0, ["withdrawn"])


def test_a_wish_that_came_too_late_is_said_with_odoos_document(at_work: Wardstock) -> None:
    uuid = queued(at_work)
    pushed = at_work.json("push")
    document = pushed["transactions"][0]["document"]

    late = at_work("outbox", "withdraw", uuid, "--person", "Sue")

    assert late.exit_code == 3
    assert f"Odoo had this already as {document} when Sue wanted it back. Make a correction." in late.stderr


def test_the_list_tells_what_a_posting_left_to_do(at_work: Wardstock) -> None:
    uuid = queued(at_work)
    store = store_of(at_work)
    [line] = store.outbox.of([uuid])[0].transaction.lines[:1]
    shelf = line.destination_id
    outcome = Outcome(
        7,
        "WH/INT/7",
        differs=(Difference("quantity", "60", "59", 1),),
        recounts=(
            Recount("went_negative", line.product_id, shelf),
            Recount("older_than_count", line.product_id, shelf),
        ),
        robbed=("WH/OUT/3", "WH/OUT/4"),
    )
    store.outbox.mark_sending(uuid, NOON)
    store.outbox.mark_done(uuid, outcome, NOON)
    store.close()

    words, told = at_work("outbox", "list").stdout, at_work.json("outbox", "list")[0]

    assert "quantity: 59 instead of 60" in words
    assert "below zero now" in words
    assert "counted before this reached Odoo" in words
    assert "reserved for WH/OUT/3, WH/OUT/4" in words
    assert [one["why"] for one in told["recounts"]] == ["went_negative", "older_than_count"]
    assert told["robbed"] == ["WH/OUT/3", "WH/OUT/4"]


def test_a_time_nobody_can_vouch_for_is_said(at_work: Wardstock) -> None:
    uuid = queued(at_work)
    assert at_work.json("outbox", "show", uuid)["time_unsure"] is False
    store = store_of(at_work)
    with store._database.write() as connection:
        connection.execute("DELETE FROM clock")
    store.close()

    assert at_work.json("outbox", "show", uuid)["time_unsure"] is True
    assert "has not met Odoo since it was switched on" in at_work("outbox", "show", uuid).stdout


def test_the_status_warns_of_a_wrong_clock_and_of_a_key_near_its_end(at_work: Wardstock) -> None:
    store = store_of(at_work)
    assert at_work.json("status")["warnings"] == []
    with store._database.write() as connection:
        connection.execute("UPDATE clock SET offset_seconds = offset_seconds + 3600")
    enrolment = store.device.enrolment()
    assert enrolment is not None
    store.device.settle_key_end(enrolment.enrolled_at + timedelta(days=3))
    store.close()

    told = at_work.json("status")

    assert [one["code"] for one in told["warnings"]] == ["key_ends_soon", "device_clock_wrong"]
    assert "clock of this device is wrong" in at_work("status").stdout
