"""Each kind of refusal really happens, is settled by each of its ways out, and is sent: once, and Odoo agrees."""

from collections.abc import Iterator

import pytest

from client import messages
from client.words import refusals
from client.work.answer import Tone
from sync.choices import DONE_ALL_THE_SAME, REFUSALS, Choice
from sync.transaction import COUNTS, Kind, Status
from tests.contract.conftest import REAL, Odoo, serving
from tests.contract.unplanned import act, place, stocked, taken
from tests.end2end.cards_bench import Bench, Case
from tests.end2end.refusals import REFUSALS_MADE
from tests.sync.acts import STAMP, line, post, receipt

WAYS = [(code, choice) for code, known in REFUSALS.items() for choice in known.choices]
ELSEWHERE = {Choice.SETTLE_IN_ODOO, Choice.CALL_SUPPORT}


@pytest.fixture(scope="module", params=["practice", REAL])
def odoo(request: pytest.FixtureRequest) -> Iterator[Odoo]:
    with serving(request.param) as server:
        yield server


@pytest.fixture(scope="module")
def bench(odoo: Odoo, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    with Bench(odoo, tmp_path_factory.mktemp("device")) as bench:
        yield bench


def test_each_refusal_there_is_is_made_to_happen() -> None:
    assert set(REFUSALS_MADE) == set(REFUSALS)


@pytest.mark.parametrize(("code", "choice"), WAYS, ids=str)
def test_each_way_out_of_each_refusal_settles_it_once(bench: Bench, code: str, choice: Choice) -> None:
    case = REFUSALS_MADE[code](bench)
    card = bench.card(case.entry)
    assert case.entry.code == code
    assert card is not None
    assert choice in [way.choice for way in card.ways]
    assert refusals.refusal(code, case.entry.facts)[0] in messages.title(bench.say(f"!cards {case.entry.reference}"))

    said = bench.settle(case.entry, choice, case.values.get(choice, ""))
    assert said.tone is Tone.OK, said
    if choice in ELSEWHERE or (choice is Choice.RECOUNT and case.entry.transaction.kind not in COUNTS):
        stays_a_card_until_it_is_sent_again(bench, case, choice)
    elif choice is Choice.CORRECT:
        for line in case.corrected:
            said = bench.say(line)
        assert bench.desk.job is not None
        assert bench.desk.job.finished, said
        bench.say("!home")
    elif choice is Choice.POST_AGAIN:
        case.fix()
    settled_twice = bench.settle(case.entry, choice, case.values.get(choice, ""))
    bench.sync()

    assert settled_twice.tone is Tone.OK or choice in ELSEWHERE or choice is Choice.RECOUNT, settled_twice
    told = [(one.status, one.code, one.facts) for one in bench.followers(case.entry)]
    assert all(status is Status.DONE for status, _, _ in told), told
    assert bench.lies(case.product) == dict(case.lies[choice])
    assert bench.card(case.entry) is None


def stays_a_card_until_it_is_sent_again(bench: Bench, case: Case, choice: Choice) -> None:
    card = bench.card(case.entry)
    assert card is not None
    assert [one.choice for one in card.begun] == [choice]
    case.fix()
    if choice is Choice.CALL_SUPPORT and case.entry.code == "left_in_odoo":
        bench.settle(case.entry, "settle-in-odoo")
    again = bench.settle(case.entry, "post-again")
    assert again.tone is Tone.OK, again


def test_what_odoo_had_when_it_was_wanted_back_is_taken_back_the_other_way(bench: Bench) -> None:
    towel, shelf, ward = bench.odoo.product("none"), place(bench.odoo), place(bench.odoo)
    stocked(bench.odoo, towel, shelf, 10)
    bench.pull()
    acted = bench.confirm(act(bench.odoo, taken(bench.odoo, 1, towel, "3", shelf, ward)))
    with bench.session() as session:  # it arrived, and nothing of the answer came back
        post(session, acted, STAMP)
    bench.store.outbox.mark_sending(acted.uuid, bench.clock.now())
    bench.store.outbox.withdraw(acted.uuid, "Joana", bench.clock.now())
    bench.sync()
    entry = bench.entry(acted.uuid)
    assert (entry.status, entry.code) == (Status.DONE, DONE_ALL_THE_SAME)
    assert bench.lies(towel) == {(shelf, ""): 7, (ward, ""): 3}

    said = bench.settle(entry, "correct")
    bench.sync()

    assert said.code == "settled"
    assert [one.status for one in bench.followers(entry)] == [Status.DONE]
    assert bench.lies(towel) == {(shelf, ""): 10}
    assert bench.settle(entry, "correct").code == "settled_before"


def test_ward_25_a_receipt_odoo_had_when_it_was_wanted_back_goes_back_to_the_vendor(bench: Bench) -> None:
    towel = bench.odoo.product("none")
    order = bench.odoo.expected((towel, 10))
    bench.pull()
    acted = bench.confirm(receipt(bench.odoo, order["id"], line(bench.odoo, 1, towel, "4")))
    with bench.session() as session:
        post(session, acted, STAMP)
    bench.store.outbox.mark_sending(acted.uuid, bench.clock.now())
    bench.store.outbox.withdraw(acted.uuid, "Joana", bench.clock.now())
    bench.sync()
    entry = bench.entry(acted.uuid)

    said = [bench.settle(entry, "correct").code, *(bench.say(text).code for text in ("!confirm", "!reason too many"))]
    bench.say("!home")
    bench.sync()

    assert said == ["sending_back", "return_reason", "return_finished"]
    assert [one.status for one in bench.followers(entry)] == [Status.DONE]
    assert bench.lies(towel) == {}
    assert bench.card(entry) is None


def test_ward_25_a_return_odoo_had_when_it_was_wanted_back_is_taken_in_again(bench: Bench) -> None:
    towel = bench.odoo.product("none")
    stocked(bench.odoo, towel, bench.odoo.stock, 5)
    bench.pull()
    back = taken(bench.odoo, 1, towel, "2", bench.odoo.stock, bench.odoo.vendors)
    acted = bench.confirm(act(bench.odoo, back, kind=Kind.SUPPLIER_RETURN))
    with bench.session() as session:
        post(session, acted, STAMP)
    bench.store.outbox.mark_sending(acted.uuid, bench.clock.now())
    bench.store.outbox.withdraw(acted.uuid, "Joana", bench.clock.now())
    bench.sync()
    entry = bench.entry(acted.uuid)
    assert bench.lies(towel) == {(bench.odoo.stock, ""): 3}

    assert bench.settle(entry, "correct").code == "settled"
    bench.sync()

    assert [(one.transaction.kind, one.status) for one in bench.followers(entry)] == [(Kind.BLIND_RECEIPT, Status.DONE)]
    assert bench.lies(towel) == {(bench.odoo.stock, ""): 5}


def test_after_all_of_it_the_device_and_odoo_agree(bench: Bench) -> None:
    bench.sync()

    told = bench.reconciled()

    assert told.findings == ()
    assert bench.store.journal.verify().ok
