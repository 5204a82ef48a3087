"""Who works at a device and what the site decided, by the commands: a supervisor's PIN for each change of people."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from client import troubles
from client.cli import main
from client.settings import Profile
from client.work.site.people import Act
from client.work.site.policy import _READERS
from sync.practice.server import PracticeWard
from sync.store import Store
from tests.end2end.conftest import Wardstock
from tests.end2end.test_a_device_at_work import FIRST_DELIVERY
from tests.end2end.test_outbox_commands import queued

ROOT = Path(troubles.__file__).parents[1]
KeyOf = Callable[[str], str]
BOSS, PIN = "Joana Adeyemi", "4711"


def by(device: Wardstock, *words: str, pins: tuple[str, ...] = (PIN,)) -> Result:
    """A command whose PINs come from standard input, as a script gives them."""
    return device(*words, "--pin", input="".join(f"{pin}\n" for pin in pins))


def names(device: Wardstock) -> list[str]:
    return [one["name"] for one in device.json("people", "list")]


def person(device: Wardstock, name: str) -> dict[str, Any]:
    [found] = [one for one in device.json("people", "list", "--removed") if one["name"] == name]
    return dict(found)


def store_of(device: Wardstock) -> Store:
    return Profile(device.folder).open()


def happened(device: Wardstock, name: str) -> list[tuple[str, str]]:
    store = store_of(device)
    found = [(one.event, one.person) for one in store.journal.story(name)]
    store.close()
    return found


def write_policy(device: Wardstock, **said: object) -> None:
    (device.folder / "policy.json").write_text(json.dumps({"schema": 2, **said}), encoding="utf-8")


@pytest.fixture
def staffed(at_work: Wardstock) -> Wardstock:
    """A device with a supervisor."""
    made = by(at_work, "people", "add", BOSS, "--role", "supervisor", pins=(PIN,))
    assert made.exit_code == 0, made.output
    return at_work


def test_the_first_is_a_supervisor_with_a_pin_and_needs_nobodys_word(at_work: Wardstock) -> None:
    nurse = by(at_work, "people", "add", "Bo", "--role", "nurse", pins=("2580",))
    without = by(at_work, "people", "add", BOSS, "--role", "supervisor", pins=("",))
    made = by(at_work, "people", "add", BOSS, "--role", "supervisor", pins=(PIN,))

    assert (nurse.exit_code, without.exit_code, made.exit_code) == (3, 3, 0)
    assert "--role supervisor" in nurse.stderr
    assert "4 to 12 digits" in without.stderr
    assert (person(at_work, BOSS)["role"], person(at_work, BOSS)["pin"]) == ("supervisor", True)


def test_from_then_on_each_change_takes_a_supervisors_pin(staffed: Wardstock) -> None:
    nobody = by(staffed, "people", "add", "Bo", pins=("",))
    wrong = by(staffed, "people", "add", "Bo", "--by", BOSS, pins=("0815", ""))
    right = by(staffed, "people", "add", "Bo", "--by", BOSS, pins=(PIN, ""))

    assert [one.exit_code for one in (nobody, wrong, right)] == [3, 3, 0]
    assert "--by NAME" in nobody.stderr
    assert "Wrong PIN" in wrong.stderr
    assert names(staffed) == ["Bo", BOSS]
    assert happened(staffed, "Bo") == [("person_added", BOSS)]


def test_who_may_not_manage_people_cannot_even_with_their_pin(staffed: Wardstock) -> None:
    by(staffed, "people", "add", "Sven", "--role", "storekeeper", "--by", BOSS, pins=(PIN, "2580"))

    refused = by(staffed, "people", "role", "Sven", "supervisor", "--by", "Sven", pins=("2580",))

    assert refused.exit_code == 3
    assert "It takes: supervisor" in refused.stderr
    assert person(staffed, "Sven")["role"] == "storekeeper"


def test_a_person_is_asked_for_pins_and_none_is_shown(staffed: Wardstock) -> None:
    asked = staffed("people", "add", "Bo", "--by", BOSS, input=f"{PIN}\n2580\n2580\n")

    assert asked.exit_code == 0, asked.output
    assert f"PIN of {BOSS}" in asked.stderr
    assert not {PIN, "2580"} & set(asked.output.split())
    assert person(staffed, "Bo")["pin"] is True


def test_after_five_wrong_pins_each_further_try_waits_also_in_a_new_process(staffed: Wardstock) -> None:
    tries = [by(staffed, "people", "remove", "Bo", "--by", BOSS, pins=("0815",)) for _ in range(5)]
    waiting = by(staffed, "people", "remove", "Bo", "--by", BOSS, pins=(PIN,))

    assert all("Wrong PIN" in one.stderr for one in tries)
    assert waiting.exit_code == 3
    assert "may try again in" in waiting.stderr


def test_a_pin_is_changed_with_ones_own_old_one_or_a_supervisors(staffed: Wardstock) -> None:
    by(staffed, "people", "add", "Bo", "--by", BOSS, pins=(PIN, "2580"))

    strange = by(staffed, "people", "pin", "Bo", pins=("9999", "1470"))
    own = by(staffed, "people", "pin", "Bo", pins=("2580", "1470"))
    old = by(staffed, "people", "pin", "Bo", pins=("2580", "3690"))
    reset = by(staffed, "people", "pin", "Bo", "--by", BOSS, pins=(PIN, "3690"))

    assert [one.exit_code for one in (strange, own, old, reset)] == [3, 0, 3, 0]
    assert happened(staffed, "Bo")[1:] == [("person_pin", "Bo"), ("person_pin", BOSS)]


def test_the_devices_own_odoo_key_helps_a_supervisor_who_forgot_the_pin(staffed: Wardstock, key_of: KeyOf) -> None:
    foreign = by(staffed, "people", "pin", BOSS, "--key-file", key_of("manager"), pins=("2580",))
    own = by(staffed, "people", "pin", BOSS, "--key-file", key_of("storekeeper"), pins=("2580",))
    after = by(staffed, "people", "add", "Bo", "--by", BOSS, pins=("2580", ""))

    assert [one.exit_code for one in (foreign, own, after)] == [3, 0, 0]
    assert "this device's Odoo key" in foreign.stderr
    assert happened(staffed, BOSS)[1:] == [("person_pin", "(Odoo key)")]


def test_easy_pins_and_texts_are_refused(staffed: Wardstock) -> None:
    for pin in ("1234", "abcd", "123"):
        assert by(staffed, "people", "add", "Bo", "--by", BOSS, pins=(PIN, pin)).exit_code == 3
    assert names(staffed) == [BOSS]


def test_a_badge_the_ward_knows_as_something_else_is_refused(staffed: Wardstock) -> None:
    """Local data wins over a badge: it would never be read as one."""
    shelf = by(staffed, "people", "add", "Bo", "--badge", "LOC-WARD3A", "--by", BOSS, pins=(PIN, ""))
    patient = by(staffed, "people", "add", "Bo", "--badge", "8018401234500000000173", "--by", BOSS, pins=(PIN, ""))
    short = by(staffed, "people", "add", "Bo", "--badge", "17", "--by", BOSS, pins=(PIN, ""))

    assert "Ward 3A" in shelf.stderr
    assert [one.exit_code for one in (shelf, patient, short)] == [3, 3, 3]
    assert names(staffed) == [BOSS]


def test_a_lost_badge_is_taken_away_and_a_new_one_given(staffed: Wardstock) -> None:
    by(staffed, "people", "add", "Bo", "--badge", "B-1002", "--by", BOSS, pins=(PIN, ""))

    by(staffed, "people", "badge", "Bo", "--none", "--by", BOSS)
    lost = person(staffed, "Bo")["badge"]
    by(staffed, "people", "badge", "Bo", "B-1003", "--by", BOSS)

    assert (lost, person(staffed, "Bo")["badge"]) == (False, True)
    assert by(staffed, "people", "badge", "Bo", "--by", BOSS).exit_code == 2


def test_who_is_removed_stays_in_the_list_of_all_times(staffed: Wardstock) -> None:
    by(staffed, "people", "add", "Bo", "--by", BOSS, pins=(PIN, ""))

    removed = by(staffed, "people", "remove", "bo", "--by", BOSS)
    again = by(staffed, "people", "add", "Bo", "--by", BOSS, pins=(PIN, ""))
    back = by(staffed, "people", "add", "Bo", "--again", "--by", BOSS, pins=(PIN, ""))

    assert [one.exit_code for one in (removed, again, back)] == [0, 3, 0]
    assert "--again" in again.stderr
    assert names(staffed) == ["Bo", BOSS]


def test_the_only_supervisor_stays(staffed: Wardstock) -> None:
    removed = by(staffed, "people", "remove", BOSS, "--by", BOSS)
    demoted = by(staffed, "people", "role", BOSS, "nurse", "--by", BOSS)

    assert (removed.exit_code, demoted.exit_code) == (3, 3)
    assert names(staffed) == [BOSS]


def test_forty_nurses_come_from_a_table(staffed: Wardstock, tmp_path: Path) -> None:
    rows = "\n".join(f"Nurse {number};Nurse;B-{number:04d};" for number in range(1, 41))
    file = tmp_path / "people.csv"
    file.write_text(f"\ufeffName;Role;Badge;PIN\n{rows}\nSven;storekeeper;;2580\n", encoding="utf-8")

    first = by(staffed, "people", "import", str(file), "--by", BOSS)
    again = by(staffed, "people", "import", str(file), "--by", BOSS)

    assert (first.exit_code, again.exit_code) == (0, 0), first.output
    assert "41 added, 0 changed" in first.output
    assert "0 added, 1 changed, 40 as they were" in again.output, "a PIN that is given is given again"
    assert (len(names(staffed)), person(staffed, "Nurse 7")["badge"], person(staffed, "Sven")["pin"]) == (
        42,
        True,
        True,
    )


def test_a_table_with_anything_wrong_changes_nobody_and_every_wrong_line_is_named(
    staffed: Wardstock, tmp_path: Path
) -> None:
    by(staffed, "people", "add", "Cy", "--by", BOSS, pins=(PIN, ""))
    by(staffed, "people", "remove", "Cy", "--by", BOSS)
    file = tmp_path / "people.csv"
    file.write_text(
        "name,role,badge\nBo,nurse,B-1\nDi,nurs,B-0002\nEs,nurse,B-0003\nES,nurse,B-0004\nFay,nurse,B-0003\nCy,nurse,\n",
        encoding="utf-8",
    )

    refused = by(staffed, "people", "import", str(file), "--by", BOSS)

    assert refused.exit_code == 3
    assert [line.partition(":")[0] for line in refused.stderr.splitlines()[1:]] == ["2", "3", "5", "6", "7"]
    assert names(staffed) == [BOSS]


@pytest.mark.parametrize("text", ["", "name\nBo\n", "name,role,phone\nBo,nurse,1\n", "name,role\n"])
def test_a_table_with_other_columns_is_refused(staffed: Wardstock, tmp_path: Path, text: str) -> None:
    file = tmp_path / "people.csv"
    file.write_text(text, encoding="utf-8")

    assert by(staffed, "people", "import", str(file), "--by", BOSS).exit_code == 3
    assert names(staffed) == [BOSS]


def test_a_table_without_a_heading_is_refused_and_no_pin_of_it_is_shown(staffed: Wardstock, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("Bo Lund,nurse,B-1001,8523\n", encoding="utf-8")

    refused = by(staffed, "people", "import", str(file), "--by", BOSS)

    assert refused.exit_code == 3
    assert "8523" not in refused.output + refused.stderr
    assert "name, role, badge, pin" in refused.stderr


def test_a_table_that_leaves_no_supervisor_changes_nobody(staffed: Wardstock, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text(f"name,role\nBo Lund,nurse\n{BOSS},nurse\n", encoding="utf-8")

    refused = by(staffed, "people", "import", str(file), "--by", BOSS)

    assert refused.exit_code == 3
    assert "only supervisor" in refused.stderr
    assert names(staffed) == [BOSS]


def test_a_table_may_hand_the_only_supervisors_role_to_another(staffed: Wardstock, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text(f"name,role,pin\n{BOSS},nurse,\nBo Lund,supervisor,2580\n", encoding="utf-8")

    assert by(staffed, "people", "import", str(file), "--by", BOSS).exit_code == 0
    assert (person(staffed, BOSS)["role"], person(staffed, "Bo Lund")["role"]) == ("nurse", "supervisor")


@pytest.mark.parametrize("row", ["x" * 200_000 + ",nurse", 'Bo Lund,"nurse', "Bo Lund,nurse,B-1001,8523"])
def test_a_table_nobody_can_read_is_refused_in_words(staffed: Wardstock, tmp_path: Path, row: str) -> None:
    """A cell nobody asked for is not forgotten in silence either: it may be a badge."""
    file = tmp_path / "people.csv"
    file.write_text(f"name,role\n{row}\n", encoding="utf-8")

    refused = by(staffed, "people", "import", str(file), "--by", BOSS)

    assert refused.exit_code == 3
    assert "changes nobody" in refused.stderr
    assert "8523" not in refused.stderr
    assert names(staffed) == [BOSS]


@pytest.mark.parametrize("name", ["", " ", "Bo\x1b[31mLund", "Bo\u200bLund"])
def test_a_name_nobody_can_read_is_no_name(staffed: Wardstock, name: str) -> None:
    refused = by(staffed, "people", "add", name, "--by", BOSS, pins=(PIN, ""))

    assert refused.exit_code == 3
    assert names(staffed) == [BOSS]


@pytest.mark.parametrize("written", [b"", b"\0", b"\n"])
def test_where_the_device_has_no_odoo_key_no_file_is_its_key(
    staffed: Wardstock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: bytes
) -> None:
    monkeypatch.setattr("sync.store.device.Device.odoo_key", lambda _: None)
    file = tmp_path / "nothing.key"
    file.write_bytes(written)

    refused = by(staffed, "people", "pin", BOSS, "--key-file", str(file), pins=("2580",))

    assert refused.exit_code == 3
    assert happened(staffed, BOSS) == [("person_added", "")]


def test_no_pin_and_no_hash_is_ever_printed_or_in_the_journal(staffed: Wardstock) -> None:
    by(staffed, "people", "add", "Bo", "--by", BOSS, pins=(PIN, "2580"))
    by(staffed, "people", "pin", "Bo", pins=("2580", "1470"))

    store = store_of(staffed)
    facts = " ".join(str(dict(one.facts)) for name in ("Bo", BOSS) for one in store.journal.story(name))
    store.close()
    printed = staffed("people", "list").output + json.dumps(staffed.json("people", "list"))

    assert "argon2" not in facts + printed
    assert not any(pin in facts + printed for pin in (PIN, "2580", "1470"))


# ---------------------------------------------------------------- who takes back, releases, retries


def test_ward_33_taking_back_needs_somebody_who_may_and_their_pin(staffed: Wardstock) -> None:
    uuid = queued(staffed)
    by(staffed, "people", "add", "Sven", "--role", "storekeeper", "--by", BOSS, pins=(PIN, "2580"))

    stranger = by(staffed, "outbox", "withdraw", uuid, "--person", "Nobody")
    keeper = by(staffed, "outbox", "withdraw", uuid, "--person", "Sven", pins=("2580",))
    wrong = by(staffed, "outbox", "withdraw", uuid, "--person", BOSS, pins=("0815",))
    before = staffed.json("outbox", "list")[0]["status"]
    right = by(staffed, "outbox", "withdraw", uuid, "--person", BOSS)

    assert [one.exit_code for one in (stranger, keeper, wrong, right)] == [3, 3, 3, 0]
    assert before == "queued"
    assert staffed.json("outbox", "list")[0]["status"] == "withdrawn"


def test_ward_33_where_the_site_wants_two_nobody_takes_back_their_own_act(staffed: Wardstock) -> None:
    write_policy(staffed, two_people=["withdraw"])
    by(staffed, "people", "add", "Ana", "--role", "supervisor", "--by", BOSS, pins=(PIN, "2580"))
    uuid = queued(staffed)  # by Ana, who is at the desk

    own = by(staffed, "outbox", "withdraw", uuid, "--person", "Ana", pins=("2580",))
    other = by(staffed, "outbox", "withdraw", uuid, "--person", BOSS)

    assert (own.exit_code, other.exit_code) == (3, 0)
    assert "two people" in own.stderr


def test_ward_33_a_name_written_otherwise_is_no_second_person(at_work: Wardstock) -> None:
    """Before people were entered anybody said who they were, and not all wrote it alike."""
    file = at_work.folder.with_suffix(".replay")
    file.write_text("\n".join(FIRST_DELIVERY), encoding="utf-8")
    at_work("replay", str(file), "--person", "joana  ADEYEMI", "--role", "supervisor")
    uuid = at_work.json("outbox", "list")[0]["uuid"]
    by(at_work, "people", "add", BOSS, "--role", "supervisor")
    write_policy(at_work, two_people=["withdraw"])

    own = by(at_work, "outbox", "withdraw", uuid, "--person", BOSS)

    assert own.exit_code == 3
    assert "two people" in own.stderr


def test_releasing_takes_the_right_too(staffed: Wardstock) -> None:
    uuid = queued(staffed)
    by(staffed, "people", "add", "Bo", "--by", BOSS, pins=(PIN, "2580"))

    refused = by(staffed, "outbox", "release", uuid, "--person", "Bo", pins=("2580",))

    assert refused.exit_code == 3
    assert "It takes: supervisor" in refused.stderr


def test_anybody_retries_unless_the_site_says_who(staffed: Wardstock) -> None:
    uuid = queued(staffed)

    free = staffed("outbox", "retry", uuid)
    write_policy(staffed, may={"retry": ["supervisor"]})
    unnamed = by(staffed, "outbox", "retry", uuid)
    named = by(staffed, "outbox", "retry", uuid, "--person", BOSS)

    assert [one.exit_code for one in (free, unnamed, named)] == [0, 3, 0]


def test_who_scans_has_the_role_that_was_entered_for_them(staffed: Wardstock, tmp_path: Path) -> None:
    by(staffed, "people", "add", "Bo", "--role", "counter", "--by", BOSS, pins=(PIN, ""))
    file = tmp_path / "scans"
    file.write_text("P00012\n", encoding="utf-8")

    stranger = staffed("replay", str(file), "--person", "Nobody")
    raised = staffed("replay", str(file), "--person", "Bo", "--role", "supervisor")
    known = staffed("replay", str(file), "--person", "Bo")

    assert [one.exit_code for one in (stranger, raised, known)] == [3, 3, 0]
    assert "as counter" in raised.stderr


# ---------------------------------------------------------------- the policy

USABLE = {
    "places": {"LOC-WARD3A": {"use": {"patient": {"to": "LOC-CONSUMED", "loss": True}}, "waste": {"old": "LOC-WASTE"}}},
    "controlled": ["Medical goods / Controlled drugs"],
}


def test_a_policy_that_holds_is_said_to_hold(staffed: Wardstock) -> None:
    write_policy(staffed, **USABLE)

    told = staffed.json("policy", "check")

    assert (told["missing"], told["use"], told["waste"], told["approvers"]) == ([], 1, 1, [BOSS])
    assert staffed("policy", "check").exit_code == 0
    assert staffed.json("status")["warnings"] == []


def test_the_policy_in_the_manual_holds_on_the_practice_ward(at_work: Wardstock) -> None:
    manual = (ROOT / "docs" / "policy.md").read_text(encoding="utf-8")
    [example] = re.findall(r"```json\n(.*?)```", manual, re.DOTALL)
    (at_work.folder / "policy.json").write_text(example, encoding="utf-8")

    told = at_work.json("policy", "check")

    assert (told["missing"], told["use"], told["waste"]) == ([], 3, 1)


def test_the_manual_names_each_key_and_each_act() -> None:
    manual = (ROOT / "docs" / "policy.md").read_text(encoding="utf-8")

    assert [name for name in (*_READERS, *Act) if f"`{name}`" not in manual] == []


def test_what_odoo_lacks_is_named_and_status_says_that_something_is(at_work: Wardstock) -> None:
    write_policy(at_work, controlled=["Opium"], relabel="LOC-NOWHERE")

    checked, told = at_work("policy", "check"), at_work.json("policy", "check")

    assert checked.exit_code == 1
    assert [(one["code"], one["where"]) for one in told["missing"]] == [
        ("place_unknown", "relabel"),
        ("category_unknown", "controlled"),
    ]
    assert "Inventory > Configuration > Locations" in checked.output
    assert "Nobody can approve here yet" in checked.output
    assert [one["code"] for one in at_work.json("status")["warnings"]] == ["policy_incomplete", "without_witness"]


def test_ward_30_a_controlled_category_odoo_does_not_have_is_named_by_each_status(at_work: Wardstock) -> None:
    """Somebody renamed it in Odoo: from then on nobody is asked for a witness, and that must not be quiet."""
    write_policy(at_work, controlled=["Medical goods / Opioids"])

    told = at_work("status").stdout

    assert "Medical goods / Opioids" in told
    assert "WITHOUT A WITNESS" in told


def test_a_policy_nobody_can_follow_is_refused_whole(at_work: Wardstock, tmp_path: Path) -> None:
    write_policy(at_work, relabel=7, bogus=1)

    refused = at_work("policy", "check")

    assert refused.exit_code == 2
    assert "relabel: 7" in refused.stderr
    assert "bogus: an unknown key" in refused.stderr


def test_another_file_is_tried_before_it_is_put_there(at_work: Wardstock, tmp_path: Path) -> None:
    other = tmp_path / "next.json"
    other.write_text(json.dumps({"schema": 2, "relabel": "LOC-NOWHERE"}), encoding="utf-8")

    assert at_work("policy", "check", "--file", str(other)).exit_code == 1
    assert at_work("policy", "check").exit_code == 0, "there is none yet: the defaults hold"


def test_a_file_of_schema_1_says_what_it_ignores(wardstock: Wardstock, tmp_path: Path) -> None:
    old = tmp_path / "old.json"
    old.write_text('{"schema": 1, "shelf_life_days": 30, "places": {}}', encoding="utf-8")

    checked = wardstock("policy", "check", "--file", str(old))

    assert checked.exit_code == 0
    assert "does not know: places" in checked.output
    assert "wardstock enrol" in checked.output, "without a device nobody knows what Odoo has"


def test_a_device_whose_policy_is_of_schema_1_says_in_its_status_what_is_ignored(at_work: Wardstock) -> None:
    (at_work.folder / "policy.json").write_text('{"schema": 1, "relabel": "LOC-X", "may": {}}', encoding="utf-8")

    assert [one["code"] for one in at_work.json("status")["warnings"]] == ["policy_ignored"]
    assert "does not know: relabel, may" in at_work("status").output


def test_enrolling_names_what_odoo_lacks_and_makes_the_first_supervisor(
    wardstock: Wardstock, ward: PracticeWard, key_of: KeyOf
) -> None:
    wardstock.folder.mkdir()
    places = {"LOC-WARD3A": {"use": {"patient": "LOC-CONSUMED"}, "strict": True}, "Ward 3B": {}}
    write_policy(wardstock, places=places, cold_chain=["Medical goods / Cold chain"])
    where = ("--url", ward.url, "--database", ward.database, "--key-file", key_of("storekeeper"))

    joined = by(wardstock, "enrol", *where, "--supervisor", BOSS)
    again = by(wardstock, "enrol", *where, "--supervisor", "Ines", pins=("2580",))

    assert (joined.exit_code, again.exit_code) == (0, 3), joined.output
    assert 'places["LOC-WARD3A"].use.patient' in joined.output
    assert "CS/Ward 3B is near" in joined.output or "Ward 3B is near" in joined.output
    assert "cold_chain" not in joined.output
    assert names(wardstock) == [BOSS]
    assert f"--by {BOSS}" in again.stderr


def test_enrolling_without_a_supervisor_says_that_nobody_can_approve(
    wardstock: Wardstock, ward: PracticeWard, key_of: KeyOf
) -> None:
    told = wardstock.json("enrol", "--url", ward.url, "--database", ward.database, "--key-file", key_of("storekeeper"))

    assert (told["enrolled"], told["approvers"], told["policy"]["missing"]) == (True, [], [])


def test_every_trouble_a_pin_gives_has_a_sentence() -> None:
    assert {"pin_wrong", "pin_wait", "pin_none", "person_unknown"} <= set(troubles._TROUBLES)


def test_people_and_policy_are_commands() -> None:
    assert {"people", "policy"} <= set(main.commands)
