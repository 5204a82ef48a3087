"""The commands as a person or a script runs them: sentences, JSON, exit status, and never a traceback."""

import json
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest
from click.testing import Result

from client import troubles
from client.settings import Profile
from client.words import refusals
from sync.alone import alone
from sync.keys import Place
from sync.odoo.wire import session as door
from sync.odoo.wire.errors import Family
from sync.store.device import Enrolment
from tests.end2end.conftest import Wardstock
from tests.store.goods import EVERYTHING, GAUZE, NOON, draft_of, receipt_of, scan_of

ROOT = Path(troubles.__file__).parents[1]
SOURCE = "\n".join(file.read_text() for part in ("sync", "client") for file in (ROOT / part).rglob("*.py"))
NOBODY = "http://127.0.0.1:9"
"""Where nothing listens: the discard port of this machine."""
HOME = Enrolment(NOBODY, "ward", "ana", 7, 1, NOON, "Hospital", "Ana", "Ana", "19.0")


@pytest.fixture
def folder(wardstock: Wardstock) -> Path:
    return wardstock.folder


@pytest.fixture
def enrolled(folder: Path) -> Profile:
    """A device that was connected, has pulled, and is out of reach now."""
    profile = Profile(folder, Place.FILE)
    store = profile.open_or_create()
    store.device.enrol(HOME, "the-key")
    pull = store.catalogue.begin()
    pull.add(**EVERYTHING)
    pull.flip(NOON)
    store.close()
    return profile


@pytest.fixture
def key_file(tmp_path: Path) -> str:
    file = tmp_path / "odoo.key"
    file.write_text("the-key\n")
    return str(file)


def told(result: Result) -> Any:  # Any: JSON
    return json.loads(result.stdout)


def queue(profile: Profile, picking_id: int = 51) -> str:
    """A confirmed delivery; answers its uuid."""
    store = profile.open()
    draft, scan = draft_of(), scan_of()
    store.drafts.open(draft, [scan])
    made = receipt_of(draft, picking_id=picking_id, evidence=(scan.id,))
    store.outbox.confirm(draft.uuid, [made], NOON)
    store.close()
    return made[0].uuid


def answers(monkeypatch: pytest.MonkeyPatch, answer: Callable[[httpx2.Request], httpx2.Response]) -> None:
    """Who stands where Odoo should."""
    monkeypatch.setattr(door, "line_client", lambda **_: httpx2.Client(transport=httpx2.MockTransport(answer)))


@pytest.mark.parametrize(
    "words", [("status",), ("push",), ("outbox", "list"), ("journal", "verify"), ("key", "set", "--key-file", "{key}")]
)
def test_a_device_that_belongs_nowhere_says_so(
    wardstock: Wardstock, words: tuple[str, ...], key_file: str, folder: Path
) -> None:
    result = wardstock(*(word.format(key=key_file) for word in words))

    assert result.exit_code == 2
    assert result.stderr == troubles.trouble("not_enrolled", {}) + "\n"
    assert result.stdout == ""
    assert not folder.exists()


def test_with_json_what_went_wrong_is_json_too(wardstock: Wardstock) -> None:
    result = wardstock("status", "--json")

    assert told(result)["error"]["code"] == "not_enrolled"
    assert result.stderr == ""


def test_the_status_of_a_device_with_nothing_to_send(wardstock: Wardstock, enrolled: Profile) -> None:
    result = wardstock("status", "--json")

    status = told(result)
    assert result.exit_code == 0
    assert (status["unsent"], status["refused"], status["oldest_unsent_at"]) == (0, 0, None)
    assert (status["last_push_at"], status["last_pull_at"]) == (None, None)
    assert status["catalogue"]["products"] == 2
    assert (status["person"], status["url"]) == ("Ana", NOBODY)


def test_the_status_says_how_much_is_unsent_and_since_when(wardstock: Wardstock, enrolled: Profile) -> None:
    queue(enrolled)

    as_json, as_words = wardstock("status", "--json"), wardstock("status")

    assert as_json.exit_code == as_words.exit_code == 1
    assert (told(as_json)["unsent"], told(as_json)["oldest_unsent_at"]) == (1, NOON.isoformat())
    assert "1 unsent, the oldest since 2026-11-21 12:00" in as_words.stdout


def test_no_command_prints_the_odoo_key(wardstock: Wardstock, enrolled: Profile) -> None:
    uuid = queue(enrolled)

    for words in (("status",), ("outbox", "list"), ("outbox", "show", uuid), ("journal", "verify"), ("push",)):
        for extra in ((), ("--json",)):
            result = wardstock(*words, *extra)
            assert "the-key" not in result.stdout + result.stderr


def test_the_outbox_shows_a_transaction_with_its_story(wardstock: Wardstock, enrolled: Profile) -> None:
    uuid = queue(enrolled)
    [listed] = told(wardstock("outbox", "list", "--json"))

    for name in (uuid, uuid[:8], listed["reference"]):
        shown = told(wardstock("outbox", "show", name, "--json"))

        assert (shown["uuid"], shown["status"], shown["document"]) == (uuid, "queued", "WH/IN/00007")
        assert [event["event"] for event in shown["story"]] == ["confirmed"]
        assert shown["body"]["transaction"]["lines"][0]["done"] == "10"
    assert GAUZE.name in wardstock("outbox", "list").stdout


def test_one_that_waits_behind_another_says_behind_which(wardstock: Wardstock, enrolled: Profile) -> None:
    first, second = queue(enrolled), queue(enrolled)

    shown = told(wardstock("outbox", "show", second, "--json"))

    assert shown["waiting_behind"] == first
    assert "Waiting behind WS-TEST/" in wardstock("outbox", "show", second).stdout


def test_a_name_of_nothing_and_a_name_of_several_are_wrong_use(wardstock: Wardstock, enrolled: Profile) -> None:
    for picking_id in range(40):
        queue(enrolled, picking_id)
    [several, *_] = [one["uuid"][0] for one in told(wardstock("outbox", "list", "--json"))]

    assert wardstock("outbox", "show", "zzz").exit_code == 2
    crowded = [wardstock("outbox", "show", digit) for digit in "0123456789abcdef"]
    assert {result.exit_code for result in crowded} <= {0, 2}
    assert any("begins the name of" in result.stderr for result in crowded)
    assert several in "0123456789abcdef"


def test_what_was_never_sent_can_be_withdrawn(wardstock: Wardstock, enrolled: Profile) -> None:
    uuid = queue(enrolled)

    assert wardstock("outbox", "withdraw", uuid, "--person", "Ana").exit_code == 0

    assert told(wardstock("outbox", "show", uuid, "--json"))["status"] == "withdrawn"
    assert wardstock("status").exit_code == 0


def test_a_push_out_of_reach_keeps_everything_and_says_so(wardstock: Wardstock, enrolled: Profile) -> None:
    uuid = queue(enrolled)

    result = wardstock("push", "--json")

    assert result.exit_code == 3
    assert (told(result)["done"], told(result)["unsent"], told(result)["stopped"]) == (0, 1, "odoo_not_reached")
    assert told(wardstock("outbox", "show", uuid, "--json"))["first_sent_at"] is None
    assert told(wardstock("status", "--json"))["push"]["code"] == "odoo_not_reached"


def test_two_passes_at_once_are_refused(wardstock: Wardstock, enrolled: Profile) -> None:
    with alone(enrolled.folder):
        result = wardstock("push", "--json")

    assert result.exit_code == 3
    assert told(result)["error"]["code"] == "pass_running"


@pytest.mark.parametrize("url", ["http://odoo.hospital.test", "http://127.0.0.1.evil.test", "ftp://127.0.0.1", "odoo"])
def test_enrolling_refuses_plain_http_to_anything_but_this_machine(
    wardstock: Wardstock, key_file: str, url: str, folder: Path
) -> None:
    result = wardstock("enrol", "--url", url, "--database", "ward", "--key-file", key_file, "--json")

    assert result.exit_code == 3
    assert told(result)["error"]["code"] == "http_refused"
    assert not folder.exists()


def test_enrolling_out_of_reach_leaves_no_half_made_device(wardstock: Wardstock, key_file: str, folder: Path) -> None:
    result = wardstock("enrol", "--url", NOBODY, "--database", "ward", "--key-file", key_file)

    assert result.exit_code == 3
    assert "could not be reached" in result.stderr
    assert not folder.exists()


def test_enrolling_elsewhere_is_refused_while_work_is_unsent_before_anyone_is_asked(
    wardstock: Wardstock, enrolled: Profile, key_file: str
) -> None:
    queue(enrolled)

    result = wardstock("enrol", "--url", "https://other.test", "--database", "w", "--key-file", key_file, "--json")

    assert result.exit_code == 3
    assert told(result)["error"]["code"] == "enrol_while_unsent"
    assert told(wardstock("status", "--json"))["url"] == NOBODY


def test_a_key_can_be_renewed_out_of_reach_and_with_unsent_work(
    wardstock: Wardstock, enrolled: Profile, tmp_path: Path
) -> None:
    queue(enrolled)
    new = tmp_path / "new.key"
    new.write_text("another-key")

    result = wardstock("key", "set", "--key-file", str(new), "--json")

    assert (result.exit_code, told(result)) == (0, {"kept": True, "checked": False})
    store = enrolled.open()
    assert store.device.odoo_key() == "another-key"
    store.close()


@pytest.mark.parametrize(
    ("status", "said", "code"),
    [
        (401, {"name": "werkzeug.exceptions.Unauthorized", "message": "Invalid apikey"}, "odoo_auth"),
        (503, {"name": "gateway", "message": "later"}, "odoo_transient_unknown"),
        (200, {"status": "login"}, "not_an_odoo"),
    ],
)
def test_a_key_that_was_answered_and_not_accepted_does_not_replace_the_old_one(
    wardstock: Wardstock,
    enrolled: Profile,
    key_file: str,
    monkeypatch: pytest.MonkeyPatch,
    status: int,
    said: object,
    code: str,
) -> None:
    Path(key_file).write_text("another-key")
    answers(monkeypatch, lambda _request: httpx2.Response(status, json=said))

    result = wardstock("key", "set", "--key-file", key_file, "--json")

    assert (result.exit_code, told(result)["error"]["code"]) == (3, code)
    store = enrolled.open()
    assert store.device.odoo_key() == "the-key"
    store.close()


def test_a_key_nobody_answered_for_in_time_is_kept_unchecked(
    wardstock: Wardstock, enrolled: Profile, key_file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(_request: httpx2.Request) -> httpx2.Response:
        raise httpx2.ReadTimeout("slow")

    answers(monkeypatch, slow)

    result = wardstock("key", "set", "--key-file", key_file, "--json")

    assert (result.exit_code, told(result)) == (0, {"kept": True, "checked": False})


@pytest.mark.parametrize("content", [b"", b" \n", b"\xff\xfe\x00"])
def test_a_file_without_a_key_is_said(wardstock: Wardstock, enrolled: Profile, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "odd.key"
    file.write_bytes(content)

    result = wardstock("key", "set", "--key-file", str(file))

    assert result.exit_code in {2, 3}
    assert result.stderr.startswith("odd.key")


@pytest.mark.parametrize("content", [b"SECRET\nsecond line\n", b"SECRET part", "SECR\u00c9T".encode(), b"SECRET\x00"])
def test_a_file_that_holds_more_than_a_key_is_said_without_repeating_it(
    wardstock: Wardstock, enrolled: Profile, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "odd.key"
    file.write_bytes(content)
    enrol = ("enrol", "--url", NOBODY, "--database", "ward")

    for words in (("key", "set"), enrol):
        as_words, as_json = (wardstock(*words, "--key-file", str(file), *extra) for extra in ((), ("--json",)))

        assert (as_words.exit_code, as_json.exit_code) == (2, 2)
        assert as_words.stderr.startswith("odd.key: An Odoo key is one line")
        assert told(as_json)["error"]["code"] == "key_malformed"
        assert "SECR" not in as_words.stderr + as_json.stdout
    store = enrolled.open()
    assert store.device.odoo_key() == "the-key"
    store.close()


def test_an_unbroken_journal_is_proved_and_a_broken_one_shown(wardstock: Wardstock, enrolled: Profile) -> None:
    queue(enrolled)
    assert told(wardstock("journal", "verify", "--json")) == {"ok": True, "rows": 4, "first_bad": None}
    store = enrolled.open()
    with store._database.write() as connection:
        connection.execute("DROP TRIGGER journal_row_stays")
        connection.execute("UPDATE journal SET person = 'nobody' WHERE seq = 3")
    store.close()

    result = wardstock("journal", "verify")

    assert result.exit_code == 1
    assert result.stdout == "The journal is broken at entry 3.\n"


def test_a_lost_key_of_the_store_is_never_replaced_by_a_new_one(
    wardstock: Wardstock, enrolled: Profile, key_file: str
) -> None:
    key = enrolled.folder / "store.key"
    key.unlink()

    for words in (("status",), ("enrol", "--url", NOBODY, "--database", "ward", "--key-file", key_file)):
        result = wardstock(*words)
        assert result.exit_code == 3
        assert "missing" in result.stderr
    assert not key.exists()


def test_codes_are_read_from_arguments(wardstock: Wardstock) -> None:
    result = wardstock("parse", "--json", "]d20104006381333931<GS>", "(01)04006381333931(10)A1")

    first, second = [json.loads(line) for line in result.stdout.splitlines()]
    assert (first["kind"], second["elements"]) == ("gs1", [["01", "04006381333931"], ["10", "A1"]])
    assert second["label"]["lot"] == "A1"


def test_codes_are_read_from_standard_input_with_real_separators(wardstock: Wardstock) -> None:
    result = wardstock("parse", "--json", input=b"]d2010400638133393110A1\x1d17270630\r\n\n96385074\n")

    first, second = [json.loads(line) for line in result.stdout.splitlines()]
    assert (first["label"]["lot"], first["label"]["expiry"]) == ("A1", "2027-06-30")
    assert second["label"]["gtin"] == "00000096385074"


def test_json_lines_carry_anything_a_code_can_hold(wardstock: Wardstock) -> None:
    codes = ["]d2010400638133393110A1\x1d17270630", "a\nb", "", "\ud800"]

    result = wardstock("parse", "--jsonl", "--json", input="".join(f"{json.dumps(code)}\n" for code in codes))

    assert [json.loads(line)["input"] for line in result.stdout.splitlines()] == codes


@pytest.mark.parametrize("line", ["{", "12", "[]", "null"])
def test_a_line_that_is_no_json_string_is_wrong_use(wardstock: Wardstock, line: str) -> None:
    result = wardstock("parse", "--jsonl", input=f'"ok"\n{line}\n')

    assert result.exit_code == 2
    assert "Line 2" in result.stderr


def test_bytes_that_are_no_text_are_parsed_without_a_traceback(wardstock: Wardstock) -> None:
    result = wardstock("parse", "--json", input=bytes(range(1, 256)) * 3)

    assert result.exit_code == 0
    assert all(json.loads(line) for line in result.stdout.splitlines())


def test_it_runs_as_a_program_whatever_the_terminal_can_show(folder: Path) -> None:
    words = [sys.executable, "-m", "client", "parse", "\udcff“é"]

    done = subprocess.run(words, capture_output=True, check=False, env={"PYTHONIOENCODING": "ascii"})

    assert (done.returncode, done.stderr) == (0, b"")


def test_the_practice_ward_tells_how_to_get_in_and_ends_when_told(wardstock: Wardstock, tmp_path: Path) -> None:
    words = [sys.executable, "-m", "client", "practice", "--port", "0", "--json"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as practice:
        assert practice.stdout is not None
        ward = json.loads(practice.stdout.readline())
        key = tmp_path / "storekeeper.key"
        key.write_text(ward["keys"]["storekeeper"])
        joined = wardstock("enrol", "--url", ward["url"], "--database", ward["database"], "--key-file", str(key))
        practice.send_signal(signal.SIGINT)

    assert joined.exit_code == 0
    assert practice.returncode == 0


def test_a_port_that_is_taken_is_said(wardstock: Wardstock) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        result = wardstock("practice", "--port", str(other.getsockname()[1]))

    assert result.exit_code == 3
    assert "is in use on this machine" in result.stderr


@pytest.mark.parametrize("words", [("no-such",), ("outbox", "show"), ("enrol",), ("parse", "--no-such")])
def test_wrong_use_is_status_2(wardstock: Wardstock, words: tuple[str, ...]) -> None:
    assert wardstock(*words).exit_code == 2


def test_every_trouble_has_a_sentence() -> None:
    codes = set(re.findall(r'WardstockError\(\s*"(\w+)"', SOURCE))
    codes |= {f"odoo_{family}" for family in Family}
    codes |= set(re.findall(r'OdooError\([^)]*code="(\w+)"', SOURCE))
    codes |= set(re.findall(r'dbapi2\.SQLITE_\w+: "(\w+)"', SOURCE))

    assert len(codes) > 30
    assert codes - set(troubles._TROUBLES) == set()


def test_every_refusal_has_a_sentence() -> None:
    codes = set(re.findall(r'Refused\(\s*"(\w+)"', SOURCE))

    assert len(codes) > 10
    assert codes - set(refusals.REFUSALS) == set()
