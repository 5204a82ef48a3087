"""A device from its first day: enrolled, offline, back again, cloned, with a new key."""

import shutil
import threading
from collections.abc import Callable, Iterator
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from sync.practice.server import PracticeWard
from tests.end2end.conftest import Wardstock

SYRINGE = "]d20104000000000013"
"""MED-0001, of which order P00001 expects 100."""
LOT = f"{SYRINGE}17280630<GS>10LOT-A"
FIRST_DELIVERY = ("P00001", LOT, "!qty 60", "!note none", "!confirm", "!yes")

KeyOf = Callable[[str], str]


def test_enrolling_says_what_it_found(wardstock: Wardstock, ward: PracticeWard, key_of: KeyOf) -> None:
    joined = wardstock.json(
        "enrol", "--url", ward.url + "/", "--database", ward.database, "--key-file", key_of("storekeeper"),
        "--login", "storekeeper", "--company", "1", "--key-store", "file",
    )  # fmt: skip

    assert joined["enrolled"] is True
    assert joined["server_version"] == "19.0"
    assert joined["user"]["login"] == "storekeeper"
    assert joined["rights"] == {"stock_user": True, "stock_manager": False}
    assert joined["missing"] == []
    assert wardstock.json("status")["url"] == ward.url
    assert (wardstock.folder / "store.key").stat().st_mode & 0o777 == 0o600


def test_what_is_missing_there_is_named_and_nothing_is_kept(
    wardstock: Wardstock, ward: PracticeWard, key_of: KeyOf
) -> None:
    result = wardstock("enrol", "--url", ward.url, "--database", ward.database, "--key-file", key_of("plain"))

    assert result.exit_code == 3
    assert "Right Inventory / User: no" in result.stdout
    assert "The user lacks the right Inventory / User." in result.stdout
    assert not wardstock.folder.exists()


@pytest.mark.parametrize(
    ("role", "database", "more", "code"),
    [
        ("stranger", "practice", (), "odoo_auth"),
        ("storekeeper", "elsewhere", (), "unknown_database"),
        ("storekeeper", "practice", ("--login", "ben"), "login_differs"),
        ("storekeeper", "practice", ("--company", "99"), "odoo_rights"),
    ],
)
def test_a_wrong_answer_to_who_and_where_is_refused(
    wardstock: Wardstock, ward: PracticeWard, key_of: KeyOf, role: str, database: str, more: tuple[str, ...], code: str
) -> None:
    words = ("enrol", "--url", ward.url, "--database", database, "--key-file", key_of(role), *more)

    assert wardstock.json(*words)["error"]["code"] == code
    assert wardstock(*words).exit_code == 3
    assert not wardstock.folder.exists()


def test_what_is_scanned_without_a_network_is_in_odoo_once_when_it_is_back(
    at_work: Wardstock, ward: PracticeWard
) -> None:
    ward.fail_next("refused")
    answers = at_work.replay(*FIRST_DELIVERY)
    assert [answer["tone"] for answer in answers] == ["ok", "ok", "ok", "ok", "ask", "ok"]
    away = at_work("push")
    assert away.exit_code == 3
    assert at_work.json("status")["unsent"] == 1

    ward.answer_again()
    back = at_work("push")
    again = at_work("push")

    assert (back.exit_code, again.exit_code) == (0, 0)
    assert ward.stock_of("MED-0001", lot="LOT-A") == Decimal(60)
    [sent] = at_work.json("outbox", "list")
    assert (sent["status"], sent["document"]) == ("done", "CS/IN/00001")
    assert sent["backorder"] == "CS/IN/00009"
    assert at_work.json("journal", "verify")["ok"]
    assert at_work("status").exit_code == 0


def test_a_lost_reply_does_not_receive_twice(at_work: Wardstock, ward: PracticeWard) -> None:
    at_work.replay(*FIRST_DELIVERY)
    ward.fail_next("reply_lost", times=20, method="stock.picking/button_validate")
    ward.fail_next("reply_lost", times=20, method="ir.attachment/load")

    lost = at_work("push")
    ward.answer_again()
    found = at_work("push")

    assert lost.exit_code == 1
    assert found.exit_code == 0
    assert ward.stock_of("MED-0001", lot="LOT-A") == Decimal(60)


def test_a_cloned_device_with_an_open_draft_receives_once(at_work: Wardstock, ward: PracticeWard) -> None:
    at_work.replay("P00001", LOT, "!qty 60")
    clone = Wardstock(at_work.folder.with_name("clone"))
    shutil.copytree(at_work.folder, clone.folder)

    for device in (at_work, clone):
        device.replay("P00001", "!note none", "!confirm", "!yes")
        assert device("push").exit_code == 0

    assert ward.stock_of("MED-0001", lot="LOT-A") == Decimal(60)
    assert at_work.json("outbox", "list")[0]["uuid"] == clone.json("outbox", "list")[0]["uuid"]
    assert len(ward.pickings("done")) == 1


def test_a_replayed_file_may_hold_the_scanners_own_separators(at_work: Wardstock) -> None:
    answers = at_work.replay("P00001", LOT.replace("<GS>", "\x1d"))

    assert [answer["tone"] for answer in answers] == ["ok", "ok"]
    assert "LOT-A" in answers[1]["detail"]


def test_one_command_sends_and_pulls(at_work: Wardstock) -> None:
    at_work.replay(*FIRST_DELIVERY)

    passed = at_work.json("sync")

    assert (passed["push"]["done"], passed["push"]["unsent"]) == (1, 0)
    assert passed["pull"]["counts"]["products"] == 42
    status = at_work.json("status")
    assert status["last_push_at"] is not None
    assert status["last_pull_at"] is not None
    assert at_work.replay("CS/IN/00009")[0]["code"] == "opened"


def test_a_pull_that_is_cut_leaves_the_old_catalogue_in_use(at_work: Wardstock, ward: PracticeWard) -> None:
    before = at_work.json("status")["catalogue"]
    ward.fail_next("reset", times=50, method="stock.lot/search_read")

    cut = at_work("pull")

    assert cut.exit_code == 3
    assert at_work.json("status")["catalogue"] == before
    assert at_work.replay("P00001")[0]["code"] == "opened"


def test_a_new_key_is_tried_before_it_is_kept(at_work: Wardstock, key_of: KeyOf) -> None:
    good = at_work.json("key", "set", "--key-file", key_of("storekeeper"))
    others = at_work.json("key", "set", "--key-file", key_of("manager"))
    strange = at_work.json("key", "set", "--key-file", key_of("stranger"))

    assert good == {"kept": True, "checked": True}
    assert others["error"]["code"] == "key_of_another"
    assert strange["error"]["code"] == "odoo_auth"
    assert at_work("pull").exit_code == 0


def test_the_same_odoo_may_be_enrolled_again_with_unsent_work_but_no_other(
    at_work: Wardstock, ward: PracticeWard, key_of: KeyOf
) -> None:
    at_work.replay(*FIRST_DELIVERY)
    words = ("enrol", "--url", ward.url, "--key-file", key_of("storekeeper"))

    assert at_work(*words, "--database", "other").exit_code == 3
    assert at_work.json(*words, "--database", "other")["error"]["code"] == "enrol_while_unsent"
    assert at_work(*words, "--database", ward.database).exit_code == 0
    assert at_work.json("status")["unsent"] == 1
    assert at_work("push").exit_code == 0


class _Elsewhere(BaseHTTPRequestHandler):
    """Sends everybody to another address, and says who followed."""

    followed: list[str]

    def do_GET(self) -> None:
        if self.path.startswith("/followed"):
            self.followed.append(self.path)
        self.send_response(302)
        self.send_header("Location", "/followed" + self.path)
        self.end_headers()

    do_POST = do_GET

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def elsewhere() -> Iterator[HTTPServer]:
    _Elsewhere.followed = []
    with HTTPServer(("127.0.0.1", 0), _Elsewhere) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_a_server_that_sends_us_elsewhere_is_not_followed(
    wardstock: Wardstock, elsewhere: HTTPServer, key_of: KeyOf
) -> None:
    url = f"http://127.0.0.1:{elsewhere.server_port}"

    result = wardstock("enrol", "--url", url, "--database", "ward", "--key-file", key_of("storekeeper"))

    assert result.exit_code == 3
    assert result.stderr
    assert _Elsewhere.followed == []
    assert not wardstock.folder.exists()
