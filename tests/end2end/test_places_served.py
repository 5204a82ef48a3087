"""A device that serves one ward knows the stock of that ward, and of what is below it (design 6)."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from client.settings import Profile
from client.work.stock import Shelves
from sync.clock import Clock
from sync.practice.server import PracticeWard
from tests.end2end.conftest import Wardstock
from tests.store.goods import draft_of

KeyOf = Callable[[str], str]


def enrolled(wardstock: Wardstock, ward: PracticeWard, key_of: KeyOf, *places: str) -> int:
    told = [word for place in places for word in ("--location", place)]
    words = ("enrol", "--url", ward.url, "--database", ward.database, "--key-file", key_of("storekeeper"))
    return wardstock(*words, *told).exit_code


def places_of(wardstock: Wardstock) -> set[str]:
    store = Profile(wardstock.folder).open()
    try:
        known = {quant.key.location_id for quant in store.catalogue.quants()}
        return {place.complete_name for place in store.catalogue.locations(known).values()}
    finally:
        store.close()


def name_of(wardstock: Wardstock, barcode: str) -> str:
    store = Profile(wardstock.folder).open()
    try:
        place = store.catalogue.location_by_barcode(barcode)
        assert place is not None
        return place.complete_name
    finally:
        store.close()


@pytest.mark.parametrize("told", ["LOC-WARD3A", ""])
def test_a_place_is_named_by_its_barcode_or_its_name(
    wardstock: Wardstock, ward: PracticeWard, key_of: KeyOf, told: str
) -> None:
    assert enrolled(wardstock, ward, key_of) == 0
    assert wardstock("pull").exit_code == 0
    everywhere, name = places_of(wardstock), name_of(wardstock, "LOC-WARD3A")

    assert enrolled(wardstock, ward, key_of, told or name) == 0
    assert wardstock("pull").exit_code == 0

    assert places_of(wardstock) == {one for one in everywhere if one == name or one.startswith(f"{name}/")}
    assert name in places_of(wardstock)
    assert len(everywhere) > len(places_of(wardstock))


def test_places_chosen_at_the_device_are_fetched_by_the_next_pull(
    wardstock: Wardstock, ward: PracticeWard, key_of: KeyOf
) -> None:
    assert enrolled(wardstock, ward, key_of, "LOC-WARD3A") == 0
    assert wardstock("pull").exit_code == 0
    before = places_of(wardstock)

    store = Profile(wardstock.folder).open()
    added = store.catalogue.location_by_barcode("LOC-CS-A")
    first = store.device.enrolment()
    assert added is not None
    assert first is not None
    store.device.serve((*first.location_ids, added.id), datetime.now(UTC), "Ada", narrower=False)
    shelves = Shelves(store, Clock())
    assert not shelves.knows(added)
    store.close()
    assert wardstock("pull").exit_code == 0

    assert places_of(wardstock) > before
    store = Profile(wardstock.folder).open()
    assert Shelves(store, Clock()).knows(added)
    store.close()


def test_a_device_with_open_work_is_enrolled_for_more_places_and_not_for_fewer(
    wardstock: Wardstock, ward: PracticeWard, key_of: KeyOf
) -> None:
    assert enrolled(wardstock, ward, key_of) == 0
    assert wardstock("pull").exit_code == 0
    store = Profile(wardstock.folder).open()
    store.drafts.open(draft_of())
    store.close()

    words = ("enrol", "--url", ward.url, "--database", ward.database, "--key-file", key_of("storekeeper"))
    refused = wardstock.json(*words, "--location", "LOC-WARD3A")

    assert refused["error"]["code"] == "places_while_unsent"
    assert enrolled(wardstock, ward, key_of) == 0


def test_a_place_nobody_knows_is_said_and_nothing_is_kept(
    wardstock: Wardstock, ward: PracticeWard, key_of: KeyOf
) -> None:
    words = ("enrol", "--url", ward.url, "--database", ward.database, "--key-file", key_of("storekeeper"))

    refused = wardstock.json(*words, "--location", "Ward 99")

    assert refused["error"]["code"] == "location_unknown"
    assert wardstock("status").exit_code == 2
