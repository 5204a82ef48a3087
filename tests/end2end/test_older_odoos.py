"""A device at an Odoo 17 or 18, and the night in which that Odoo is upgraded."""

from collections.abc import Callable

import pytest

from sync.practice.server import PracticeWard
from tests.end2end.conftest import Wardstock

KeyOf = Callable[[str], str]

FIRST = "]d20104000000000013"
"""MED-0001, of which order P00001 expects 100."""
DELIVERY = ("P00001", f"{FIRST}17280630<GS>10LOT-A", "!qty 60", "!note none", "!confirm", "!yes")


def enrol(wardstock: Wardstock, ward: PracticeWard, key: str, *more: str) -> list[str]:
    return ["enrol", "--url", ward.url, "--database", ward.database, "--key-file", key, *more]


@pytest.mark.parametrize("version", [17, 18])
def test_a_delivery_is_received_on_an_older_odoo_as_on_any(wardstock: Wardstock, key_of: KeyOf, version: int) -> None:
    with PracticeWard(version=version) as ward:
        joined = wardstock.json(*enrol(wardstock, ward, key_of("storekeeper"), "--login", "storekeeper"))
        assert (joined["enrolled"], joined["server_version"][:2], joined["tested"]) == (True, str(version), True)
        wardstock.json("pull")
        wardstock.replay(*DELIVERY)

        pushed = wardstock.json("push")

        assert (pushed["done"], pushed["unsent"], pushed["stopped"]) == (1, 0, "")
        assert ward.stock_of("MED-0001", "LOT-A") == 60


def test_an_older_odoo_wants_to_know_whose_key_it_is(wardstock: Wardstock, key_of: KeyOf) -> None:
    with PracticeWard(version=17) as ward:
        words = enrol(wardstock, ward, key_of("storekeeper"))

        assert wardstock.json(*words)["error"]["code"] == "login_needed"
        assert wardstock.json(*words, "--login", "stockmanager")["error"]["code"] == "odoo_auth"
    assert not wardstock.folder.exists()


def test_a_new_key_is_proved_on_an_older_odoo_too(wardstock: Wardstock, key_of: KeyOf) -> None:
    with PracticeWard(version=17) as ward:
        wardstock(*enrol(wardstock, ward, key_of("storekeeper"), "--login", "storekeeper"))

        assert wardstock.json("key", "set", "--key-file", key_of("manager"))["error"]["code"] == "odoo_auth"
        assert wardstock.json("key", "set", "--key-file", key_of("storekeeper")) == {"kept": True, "checked": True}


@pytest.mark.parametrize("version", [17, 18])
def test_what_was_scanned_before_the_upgrade_is_posted_after_it(
    wardstock: Wardstock, key_of: KeyOf, version: int
) -> None:
    """Nobody touches the device: the next pass asks who is there."""
    with PracticeWard(version=version) as before:
        wardstock(*enrol(wardstock, before, key_of("storekeeper"), "--login", "storekeeper"))
        wardstock("pull")
        wardstock.replay(*DELIVERY)
        port = int(before.url.rpartition(":")[2])

    with PracticeWard(port) as after:
        pushed = wardstock.json("push")

        assert (pushed["done"], pushed["unsent"], pushed["stopped"]) == (1, 0, "")
        assert after.stock_of("MED-0001", "LOT-A") == 60
        assert wardstock.json("status")["server_version"] == "19.0"
        assert wardstock.json("pull")["stopped"] == ""
