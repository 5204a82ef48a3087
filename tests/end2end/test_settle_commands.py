"""What a supervisor does at the command line: sees the cards, settles them, and hands the device over."""

from pathlib import Path

from client.work.site.pin import Cost, hashed
from sync.practice.server import PracticeWard
from tests.end2end.conftest import Wardstock
from tests.end2end.test_a_device_at_work import FIRST_DELIVERY
from tests.end2end.test_outbox_commands import queued, store_of
from tests.store.goods import NOON

CHEAP = Cost(passes=1, memory_kib=8, lanes=1)
PIN = "4711"


def refused(device: Wardstock, code: str = "picking_cancelled", **facts: object) -> str:
    """The reference of a delivery Odoo said no to; nothing of it is there."""
    uuid = queued(device)
    store = store_of(device)
    store.outbox.mark_sending(uuid, NOON)
    store.outbox.mark_refused(uuid, code, facts, NOON)
    reference = store.outbox.reference(uuid)
    store.close()
    return reference


def works_here(device: Wardstock, name: str, role: str) -> None:
    store = store_of(device)
    store.people.add(name, role, NOON, "", badge=f"B-{name}", pin=hashed(PIN, CHEAP))
    store.close()


def settle(device: Wardstock, *words: str, person: str = "Sue") -> tuple[int, str]:
    told = device("outbox", "settle", *words, "--person", person, "--pin", input=f"{PIN}\n")
    return told.exit_code, told.output


def test_a_card_says_what_happened_and_the_ways_out(at_work: Wardstock) -> None:
    reference = refused(at_work, picking="WH/IN/7", person="Olga", at="09:12")

    words, told = at_work("outbox", "settle", reference).stdout, at_work.json("outbox", "settle", reference)

    assert "Cancelled in Odoo. Olga cancelled WH/IN/7" in words
    assert "without-order" in words
    assert [(way["choice"], way["needs"]) for way in told["ways"]] == [
        ("without-order", "blind_receipt"),
        ("withdraw", "withdraw"),
    ]


def test_ward_32_a_supervisor_settles_the_card_of_somebody_absent(at_work: Wardstock, ward: PracticeWard) -> None:
    works_here(at_work, "Sue", "supervisor")
    reference = refused(at_work)

    status, said = settle(at_work, reference, "without-order")
    pushed = at_work.json("push")
    again = settle(at_work, reference, "without-order")

    assert (status, "waits to be sent" in said) == (0, True)
    assert (pushed["done"], pushed["refused"], pushed["unsent"]) == (1, 0, 0)
    assert (again[0], "Settled so before" in again[1]) == (0, True)
    shown = at_work.json("outbox", "show", pushed["transactions"][0]["uuid"])
    assert (shown["kind"], shown["body"]["transaction"]["person"]) == ("blind_receipt", "Ana")
    assert shown["body"]["transaction"]["reason"] == "no order"
    assert at_work.json("outbox", "show", reference)["status"] == "withdrawn"
    assert "Sue settled it: Without an order" in at_work("outbox", "show", reference).stdout
    assert at_work("reconcile").exit_code == 0


def test_who_may_not_is_told_who_may_and_nothing_changes(at_work: Wardstock) -> None:
    works_here(at_work, "Sue", "supervisor")
    works_here(at_work, "Nils", "nurse")
    reference = refused(at_work)

    told = at_work("outbox", "settle", reference, "without-order", "--person", "Nils", "--pin", input=f"{PIN}\n")

    assert told.exit_code == 3
    assert "Nils" in told.stderr
    assert at_work.json("outbox", "show", reference)["status"] == "refused"


def test_a_wrong_pin_settles_nothing(at_work: Wardstock) -> None:
    works_here(at_work, "Sue", "supervisor")
    reference = refused(at_work)

    told = at_work("outbox", "settle", reference, "without-order", "--person", "Sue", "--pin", input="2580\n")

    assert told.exit_code == 3
    assert at_work.json("outbox", "show", reference)["status"] == "refused"


def test_where_the_site_wants_two_people_nobody_settles_their_own(at_work: Wardstock) -> None:
    (at_work.folder / "policy.json").write_text('{"schema": 2, "two_people": ["blind_receipt"]}', encoding="utf-8")
    works_here(at_work, "Ana", "supervisor")
    works_here(at_work, "Sue", "supervisor")
    reference = refused(at_work)

    own, _ = settle(at_work, reference, "without-order", person="Ana")
    second, _ = settle(at_work, reference, "without-order", person="Sue")

    assert (own, second) == (3, 0)


def test_a_way_that_is_none_is_said_with_those_there_are(at_work: Wardstock) -> None:
    works_here(at_work, "Sue", "supervisor")
    reference = refused(at_work)

    status, said = settle(at_work, reference, "use-label")

    assert (status, "without-order, withdraw" in said) == (1, True)


def test_complaint_10_support_gets_a_text_to_copy_without_secrets_or_names(at_work: Wardstock) -> None:
    works_here(at_work, "Sue", "supervisor")
    reference = refused(at_work, "odoo_bug", name="builtins.TypeError", message="int is not iterable", person="Olga")

    status, said = settle(at_work, reference, "call-support")

    assert status == 0
    assert "builtins.TypeError" in said
    assert reference in said
    assert "Olga" not in said
    assert "Sue" not in said.replace("PIN of Sue", "")
    assert at_work.json("outbox", "settle", reference)["begun"][0]["choice"] == "call-support"


def test_complaint_09_a_shift_that_left_work_is_not_safe_to_hand_over(at_work: Wardstock) -> None:
    reference = refused(at_work, picking="WH/IN/7", person="Olga")

    ended, told = at_work("shift-end"), at_work.json("shift-end")

    assert ended.exit_code == 1
    assert "Ana:" in ended.stdout
    assert f"{reference} is refused: Cancelled in Odoo" in ended.stdout
    assert "Not safe to hand over." in ended.stdout
    assert (told["safe"], told["agrees"], told["people"]) == (False, True, ["Ana"])
    assert [(one["left"], one["name"], one["person"]) for one in told["open"]] == [("refused", reference, "Ana")]


def test_all_sent_and_agreed_is_safe_to_hand_over(at_work: Wardstock) -> None:
    queued(at_work)
    assert at_work("shift-end").exit_code == 1

    at_work("push")
    ended = at_work("shift-end")

    assert (ended.exit_code, ended.stdout.splitlines()[-1]) == (0, "Safe to hand over.")


def test_without_a_network_nobody_says_that_it_is_safe(at_work: Wardstock, ward: PracticeWard) -> None:
    ward.close()

    ended = at_work("shift-end")

    assert ended.exit_code == 1
    assert "Whether Odoo agrees is not known: Odoo could not be reached" in ended.stdout


def test_an_open_delivery_is_on_the_list_by_name_and_age(at_work: Wardstock, tmp_path: Path) -> None:
    at_work.replay(*FIRST_DELIVERY[:-1])

    [one] = at_work.json("shift-end", "--person", "Ana")["open"]

    assert (one["left"], one["person"], one["lines"] > 0) == ("draft", "Ana", True)
    assert at_work.json("shift-end", "--person", "Nobody")["open"] == []
