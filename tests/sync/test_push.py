"""A pass over the outbox: who is to blame, what comes next, and when it happened (design 4, 13.4)."""

import html
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import httpx2
import pytest

from sync import push as passes
from sync.clock import Clock
from sync.odoo import postings
from sync.odoo.posting.sending import Sending, Site
from sync.odoo.wire.session import Session
from sync.push import push
from sync.transaction import Draft, Footprint, Moment, Status, Transaction, new_uuid
from tests.faults.conftest import slips
from tests.sync.acts import blind, line, receipt, session_with
from tests.sync.conftest import JSON, Ward, odoo_says


def a_receipt(ward: Ward, done: str = "30") -> Transaction:
    gauze = ward.odoo.product()
    expected = ward.odoo.expected((gauze, 100))
    return receipt(ward.odoo, expected["id"], line(ward.odoo, 1, gauze, done, "A1"))


def page(text: str = "<html>Sign in to the wifi</html>") -> httpx2.Response:
    return httpx2.Response(200, text=text, headers={"content-type": "text/html"})


def nothing_is_left(ward: Ward, act: Transaction) -> bool:
    picking = act.document.picking_id or 0
    picked = [found for found in ward.odoo.lines(picking) if found["picked"]]
    return picked == [] and slips(ward.odoo, picking) == []


def test_what_is_due_is_posted_oldest_first_and_each_step_is_told(ward: Ward) -> None:
    first, second = a_receipt(ward), a_receipt(ward)
    ward.device.confirm(first, second)

    report = ward.push()

    assert report.done == (first.uuid, second.uuid)
    assert ward.told == [
        (first.uuid, Status.SENDING),
        (first.uuid, Status.DONE),
        (second.uuid, Status.SENDING),
        (second.uuid, Status.DONE),
    ]
    assert ward.device.store.device.last_push_at() is not None


def test_an_empty_outbox_asks_nobody(ward: Ward) -> None:
    ward.device.push()

    assert ward.device.calls == 0


def test_sending_is_on_disk_before_the_first_request_of_a_posting(ward: Ward) -> None:
    act = a_receipt(ward)
    ward.device.confirm(act)
    seen: list[Status] = []

    ward.device.push(before=lambda _number: seen.append(ward.device.status(act)))

    assert seen[0] is Status.QUEUED, "asking for the version sends nothing of the work"
    assert set(seen[1:]) == {Status.SENDING}


def test_a_refused_key_stops_the_pass_and_blames_no_receipt(ward: Ward) -> None:
    first, second = a_receipt(ward), a_receipt(ward)
    ward.device.confirm(first, second)

    stolen = replace(ward.odoo, keys={"storekeeper": "revoked"})
    with session_with(stolen) as session:
        stopped = push(ward.device.store, session, ward.device.clock)

    assert stopped.stopped == "odoo_auth"
    assert (stopped.refused, ward.device.status(first), ward.device.status(second)) == ((), "queued", "queued")
    assert ward.device.entry(first).first_sent_at is None
    assert ward.push().done == (first.uuid, second.uuid)


def test_a_key_refused_midway_leaves_the_receipt_in_doubt(ward: Ward) -> None:
    act = a_receipt(ward)
    ward.device.confirm(act)

    stopped = ward.push({"stock.move/load": lambda: odoo_says(401, "werkzeug.exceptions.Unauthorized")})

    assert stopped.stopped == "odoo_auth"
    assert ward.device.status(act) is Status.SENDING
    assert ward.push().done == (act.uuid,)


@pytest.mark.parametrize("where", ["", "stock.picking/search_read"])
def test_a_portal_that_answers_for_odoo_stops_the_pass(ward: Ward, where: str) -> None:
    act = a_receipt(ward)
    ward.device.confirm(act)

    stopped = ward.push({where: page})

    assert stopped.stopped == "not_an_odoo"
    assert ward.device.status(act) is Status.QUEUED
    assert ward.push().done == (act.uuid,)


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("res.users/has_group", lambda: httpx2.Response(200, json=False, headers=JSON)),
        ("res.users/has_group", lambda: odoo_says(403, "odoo.exceptions.AccessError")),
        ("res.users/context_get", lambda: odoo_says(403, "odoo.exceptions.AccessError")),
        ("stock.picking/search_count", lambda: odoo_says(403, "odoo.exceptions.AccessError")),
    ],
)
def test_a_user_who_lost_all_rights_stops_the_pass(
    ward: Ward, asked: str, answer: Callable[[], httpx2.Response]
) -> None:
    """Also where Odoo no longer answers the question itself: a user of another company now (seen on 18)."""
    act = a_receipt(ward)
    ward.device.confirm(act)

    stopped = ward.push({"stock.move/load": lambda: odoo_says(403, "odoo.exceptions.AccessError"), asked: answer})

    assert (stopped.stopped, stopped.refused) == ("rights_lost", ())
    assert ward.device.status(act) is Status.SENDING


def test_a_right_missing_for_this_one_only_refuses_this_one(ward: Ward) -> None:
    first = a_receipt(ward)
    gauze = ward.odoo.product()
    second = blind(ward.odoo, line(ward.odoo, 1, gauze, "5", "A1"))
    ward.device.confirm(first, second)

    report = ward.push({"stock.move/load": lambda: odoo_says(403, "odoo.exceptions.AccessError")})

    assert (report.refused, report.done) == ((first.uuid,), (second.uuid,))
    assert ward.device.entry(first).code == "odoo_rights"
    assert nothing_is_left(ward, first)


def test_nonsense_of_ours_becomes_a_support_card_and_never_a_loop(ward: Ward) -> None:
    act = a_receipt(ward)
    ward.device.confirm(act)

    report = ward.push({"stock.move/load": lambda: odoo_says(500, "builtins.TypeError")})

    entry = ward.device.entry(act)
    assert report.refused == (act.uuid,)
    assert (entry.code, entry.facts["name"]) == ("odoo_bug", "builtins.TypeError")
    assert nothing_is_left(ward, act)
    assert ward.push().refused == ()


def test_a_conflict_is_tried_again_five_times_then_later(ward: Ward) -> None:
    act = a_receipt(ward)
    ward.device.confirm(act)

    report = ward.push({"stock.move/load": lambda: odoo_says(500, "psycopg2.errors.SerializationFailure")})

    entry = ward.device.entry(act)
    assert report.unsent == (act.uuid,)
    assert len(ward.device.pauses) == 5
    assert entry.status is Status.SENDING
    assert entry.not_before is not None
    assert ward.push().done == (), "its time has not come"
    ward.device.wait()
    assert ward.push().done == (act.uuid,)


def test_one_in_doubt_does_not_hold_up_the_others(ward: Ward) -> None:
    first = a_receipt(ward)
    second = blind(ward.odoo, line(ward.odoo, 1, ward.odoo.product(), "5", "A1"))
    ward.device.confirm(first, second)

    report = ward.push({"stock.move/load": lambda: odoo_says(500, "psycopg2.errors.SerializationFailure")})

    assert (report.unsent, report.done) == ((first.uuid,), (second.uuid,))


def test_a_refused_receipt_holds_back_what_follows_on_its_picking(ward: Ward) -> None:
    gauze = ward.odoo.product()
    picking = ward.odoo.expected((gauze, 100))["id"]
    undated = receipt(ward.odoo, picking, line(ward.odoo, 1, gauze, "30", "A1", expiry=None))
    after = receipt(ward.odoo, picking, line(ward.odoo, 1, gauze, "30", "A2"))
    ward.device.confirm(undated, after)

    report = ward.push()

    assert (report.refused, report.done) == ((undated.uuid,), ())
    assert ward.device.entry(undated).code == "expiry_missing"
    assert ward.device.entry(after).waiting_behind == undated.uuid


def test_what_waited_follows_in_the_same_pass(ward: Ward) -> None:
    gauze = ward.odoo.product()
    acts = [blind(ward.odoo, line(ward.odoo, 1, gauze, "5", "A1")) for _ in range(2)]
    same_shelf = Footprint(None, frozenset({(gauze, "1/5/")}))
    now, uuid = ward.device.clock.now(), new_uuid()
    ward.device.store.drafts.open(Draft(uuid, "receipt", "{}", "Sven", "delivery", now, now))
    ward.device.store.outbox.confirm(uuid, [(act, same_shelf) for act in acts], now)

    assert ward.push().done == tuple(act.uuid for act in acts)


def test_a_wrong_wall_clock_is_corrected_by_the_servers(ward: Ward) -> None:
    clock = Clock()
    wrong = Moment(clock.now() + timedelta(hours=3), clock.seconds(), clock.boot_id)
    act = blind(ward.odoo, line(ward.odoo, 1, ward.odoo.product(), "5", "A1"), acted_at=wrong)
    ward.device.confirm(act)

    ward.push()

    told = document(ward, act)
    booked = datetime.fromisoformat(told["scheduled_date"] + "+00:00")
    assert abs(booked - clock.now()) < timedelta(minutes=5)
    assert "time unsure" not in told["note"]


def test_a_boot_that_never_met_the_server_is_said_to_be_unsure(ward: Ward) -> None:
    clock = Clock()
    long_ago = Moment(clock.now() - timedelta(days=2), 7.0, "a boot before the battery died")
    act = blind(ward.odoo, line(ward.odoo, 1, ward.odoo.product(), "5", "A1"), acted_at=long_ago)
    ward.device.confirm(act)

    ward.push()

    told = document(ward, act)
    assert told["scheduled_date"] == f"{long_ago.wall:%Y-%m-%d %H:%M:%S}"
    assert "(time unsure)" in html.unescape(told["note"])


def test_the_note_carries_the_journal_row_that_confirmed_it(ward: Ward) -> None:
    act = blind(ward.odoo, line(ward.odoo, 1, ward.odoo.product(), "5", "A1"))
    ward.device.confirm(act)

    ward.push()

    head = ward.device.entry(act).journal_head
    assert head
    assert head in html.unescape(document(ward, act)["note"])


def test_an_unknown_odoo_posts_planned_receipts_only_where_the_guard_holds(ward: Ward) -> None:
    """Contract 14.20."""
    done, act = a_receipt(ward), a_receipt(ward)
    ward.device.confirm(done)
    ward.push()
    ward.device.confirm(act)
    future = {"version_info": [20, 0, 0, "final", 0, ""], "version": "20.0"}
    version = {"/json/version": lambda: httpx2.Response(200, json=future, headers=JSON)}

    open_door = ward.push({**version, "stock.move/load": lambda: httpx2.Response(200, json={"ids": [1]}, headers=JSON)})
    queued = ward.device.status(act)
    guarded = ward.push(version)

    assert (open_door.stopped, queued) == ("guard_unproven", Status.QUEUED)
    assert guarded.done == (act.uuid,)


def document(ward: Ward, act: Transaction) -> dict[str, Any]:
    outcome = ward.device.entry(act).outcome
    assert outcome is not None
    return ward.odoo.row("stock.picking", outcome.picking_id, "scheduled_date", "note")


@pytest.mark.logs_warnings
def test_a_transaction_we_stumble_over_does_not_hold_up_the_ward(ward: Ward, monkeypatch: pytest.MonkeyPatch) -> None:
    bad, good = a_receipt(ward), a_receipt(ward)
    ward.device.confirm(bad, good)
    real = postings.post

    def post(session: Session, sendings: Sequence[Sending], site: Site, settled: postings.Settled) -> None:
        if any(sending.transaction.uuid == bad.uuid for sending in sendings):
            raise KeyError("an answer nobody foresaw")
        real(session, sendings, site, settled)

    monkeypatch.setattr(passes, "post", post)
    told = ward.push()

    assert told.done == (good.uuid,)
    entry = ward.device.store.outbox.get(bad.uuid)
    assert entry is not None
    assert (entry.status, entry.code) == (Status.SENDING, "own_bug")
