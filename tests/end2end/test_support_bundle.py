"""What support gets: enough to find a fault, and nothing that is anybody's own. Secrets are planted and looked for."""

import json
import logging
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from client import logbook
from client.settings import Profile
from client.words import support as words
from client.work.site.people import Role
from client.work.site.pin import hashed
from sync.practice.server import PracticeWard
from sync.store import Store
from tests.end2end.conftest import Wardstock
from tests.pages.stage import NOW

PATIENT = "(8018)400000000000000018(7250)19611122(7257)MUELLER"
SECRET_LOT = "LOT-OF-NOBODY"


@contextmanager
def opened(wardstock: Wardstock) -> Iterator[Store]:
    store = Profile(wardstock.folder).open()
    try:
        yield store
    finally:
        store.close()


@pytest.fixture
def planted(at_work: Wardstock, ward: PracticeWard) -> Wardstock:
    """A device that did something, whose log and policy say what they never should."""
    with opened(at_work) as store:
        store.people.add("Mira Lindqvist", Role.SUPERVISOR, NOW, "", badge="BADGE-4711-X", pin=hashed("839201"))
        store.people.add("Theo Rey", Role.NURSE, NOW, "Mira Lindqvist")
        store.people.remove("Theo Rey", NOW, "Mira Lindqvist")
        pin = store.people.everyone()[0].pin
        key = store.device.odoo_key()
    at_work.replay("P00002", f"]d20104000000000068173006301060{SECRET_LOT[:10]}", "!note none", "!confirm", "!yes")
    told = f"{key} {pin} BADGE-4711-X {PATIENT} mira lindqvist and REY, Authorization: bearer abc.def {'a1' * 32}"
    (at_work.folder / logbook.NAME).write_text(f"2026-11-21 INFO done by {told}\n", encoding="utf-8")
    policy = {"schema": 2, "note": f"ask Mira Lindqvist, {key}"}
    (at_work.folder / "policy.json").write_text(json.dumps(policy), encoding="utf-8")
    return at_work


def inside(file: Path) -> dict[str, str]:
    with zipfile.ZipFile(file) as made:
        return {name: made.read(name).decode() for name in made.namelist()}


def bundle(wardstock: Wardstock, *more: str) -> dict[str, str]:
    told = wardstock.json("support", "--out", str(wardstock.folder.parent / "bundle.zip"), *more)
    return inside(Path(told["file"]))


def test_no_secret_is_in_it(planted: Wardstock, ward: PracticeWard) -> None:
    store_key = (planted.folder / "store.key").read_text(encoding="ascii").strip()
    everything = "\n".join(bundle(planted).values())

    for secret in (
        ward.keys["storekeeper"],
        store_key,
        "$argon2",
        "839201",
        "BADGE-4711-X",
        "MUELLER",
        "(8018)",
        "400000000000000018",
        "abc.def",
    ):
        assert secret not in everything, secret
    for name in ("lindqvist", "rey,", "theo", "sven", "storekeeper"):
        assert name not in everything.casefold(), name


def test_who_did_something_is_there_by_initials_alone(planted: Wardstock) -> None:
    told = bundle(planted)

    assert "M.L." in told[logbook.NAME]
    assert {one["person"] for one in json.loads(told["outbox.json"])["transactions"]} == {"A."}


def test_what_helps_is_in_it(planted: Wardstock) -> None:
    told = {name: json.loads(text) for name, text in bundle(planted).items() if name.endswith(".json")}

    assert set(told) | {logbook.NAME} == set(words.INSIDE)
    assert told["facts.json"]["odoo"].startswith("19")
    assert told["facts.json"]["wardstock"]
    assert told["store.json"]["rows"]["outbox"] == len(told["outbox.json"]["transactions"]) == 1
    assert told["store.json"]["newest_step"].startswith("m0")
    assert told["journal.json"]["ok"]
    assert told["policy.json"]["schema"] == 2
    assert told["scanner.json"]["wedge"]["source"] == "wedge"


def test_whether_odoo_agrees_is_told_in_numbers(planted: Wardstock) -> None:
    planted("push")

    told = json.loads(bundle(planted)["reconcile.json"])

    assert (told["asked"], told["agrees"], told["checked"]) == (True, True, 1)


def test_without_a_network_there_is_a_bundle_too(planted: Wardstock, ward: PracticeWard) -> None:
    ward.fail_next("refused", times=100)

    assert json.loads(bundle(planted)["reconcile.json"]) == {"asked": False, "why": "odoo_not_reached"}


def test_odoos_free_words_stay_out(planted: Wardstock) -> None:
    with opened(planted) as store:
        (entry,) = store.outbox.rows()
        store.outbox.mark_sending(entry.uuid, NOW)
        store.outbox.mark_refused(entry.uuid, "others_picked", {"message": "Joana Adeyemi has received 10"}, NOW)
    told = bundle(planted, "--offline")

    assert json.loads(told["outbox.json"])["codes"] == {"others_picked": 1}
    assert "Joana" not in "".join(told.values())


def test_what_is_inside_is_said_before_it_is_written(planted: Wardstock) -> None:
    target = planted.folder.parent / "said.zip"

    told = planted("support", "--out", str(target), "--offline").output.splitlines()

    assert [line.split()[0] for line in told[: len(words.INSIDE)]] == list(words.INSIDE)
    assert told[-2].startswith("Never inside: keys, PINs")
    assert str(target) in told[-1]
    assert set(inside(target)) == set(words.INSIDE)


def test_a_folder_that_is_not_there_is_said(planted: Wardstock) -> None:
    done = planted("support", "--out", str(planted.folder / "nowhere" / "bundle.zip"), "--offline", "--yes")

    assert done.exit_code == 2
    assert "There is no folder" in done.output


def test_the_log_keeps_what_happened_and_what_nobody_caught(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with logbook.kept(tmp_path):
        logging.getLogger("sync.push").info("done %s as %s", "uuid-1", "WH/IN/00007")
        try:
            raise ZeroDivisionError("of nothing")
        except ZeroDivisionError as error:
            sys.excepthook(type(error), error, error.__traceback__)
    logging.getLogger("sync.push").info("afterwards")

    text = logbook.text_of(tmp_path)
    assert "INFO sync.push done uuid-1 as WH/IN/00007" in text
    assert "ZeroDivisionError: of nothing" in text
    assert "afterwards" not in text


def test_the_log_never_grows_for_ever(tmp_path: Path) -> None:
    with logbook.kept(tmp_path):
        for nth in range(4000):
            logging.getLogger("sync.pull").info("%s %s", nth, "x" * 600)

    assert sum(file.stat().st_size for file in tmp_path.glob("wardstock.log*")) < 2_000_000
    assert "3999 xxx" in logbook.text_of(tmp_path)
