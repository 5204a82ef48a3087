"""What a site decided reaches everything the device does: its time zone, the role at the device."""

import json
from collections.abc import Callable

from PySide6.QtGui import QGuiApplication

from client.settings import Profile
from sync.practice.server import PracticeWard
from tests.end2end.conftest import Wardstock


def test_a_time_zone_written_later_into_the_policy_holds_for_the_next_pull(at_work: Wardstock) -> None:
    (at_work.folder / "policy.json").write_text('{"schema": 1, "time_zone": "Pacific/Kiritimati"}')

    store = Profile(at_work.folder).open()
    try:
        enrolment = store.device.enrolment()
    finally:
        store.close()
    assert enrolment is not None
    assert enrolment.timezone == "Pacific/Kiritimati"


def test_a_policy_nobody_can_follow_is_named(at_work: Wardstock) -> None:
    (at_work.folder / "policy.json").write_text('{"schema": 1, "time_zone": "Middle/Earth"}')

    told = at_work("status")
    assert told.exit_code == 2
    assert "policy.json" in told.stderr


def test_the_role_at_the_device_decides_who_closes_short(
    wardstock: Wardstock, ward: PracticeWard, key_of: Callable[[str], str]
) -> None:
    where = ["--url", ward.url, "--database", ward.database, "--key-file", key_of("storekeeper")]
    assert wardstock("enrol", *where, "--person", "Joana", "--role", "supervisor").exit_code == 0
    assert wardstock("pull").exit_code == 0

    answers = wardstock.replay("P00001", "4000000002017", "!close-short")
    assert answers[-1]["code"] == "confirmed"
    answers = wardstock.replay("P00001", "!home")
    assert answers[0]["code"] == "finished_here"


def test_parse_repeats_what_it_was_given(wardstock: Wardstock) -> None:
    code = "]d2010400000000001310A<GS>21B"

    told = wardstock.json("parse", code)
    assert (told["input"], told["label"]["lot"], told["label"]["serial"]) == (code, "A", "B")
    (line,) = wardstock("parse", "--json", "--jsonl", input=json.dumps(code) + "\n").stdout.splitlines()
    said = json.loads(line)
    assert (said["input"], said["label"]["serial"]) == (code, "B")
    assert [problem["code"] for problem in said["problems"]] == ["separator_replaced"]


def test_ward_14_a_lot_made_by_replay_gets_its_label_too(at_work: Wardstock, qapp: QGuiApplication) -> None:
    answers = at_work.replay(
        "P00001", "4000000000013", "!make-lot torn off", "!expiry 2029-03-31", "!note none", "!confirm", "!yes"
    )

    [paper] = (at_work.folder / "labels").iterdir()
    assert paper.read_bytes().startswith(b"%PDF")
    assert str(paper) in answers[-1]["detail"]
