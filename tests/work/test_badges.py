"""Badges Wardstock makes: nobody guesses one, no language of labels claims one, and nobody loses one by a look."""

from pathlib import Path

import pytest

from client.barcode.label import RawScan
from client.barcode.read import read
from client.work.meaning import Known, PersonMeant, anything
from client.work.site.badges import cards, is_ours, keep, made
from client.work.site.people import People, badge_of
from client.work.site.policy import Policy
from sync.errors import WardstockError
from sync.store import Store
from tests.pages.stage import NOW, fill


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store.open(tmp_path / "wardstock.db", bytes(range(32)))
    fill(store)
    for name, badge in (("Mira Lindqvist", "B-MIRA-1"), ("Theo Rey", ""), ("Ana Sousa", "")):
        store.people.add(name, "nurse", NOW, "", badge=badge)
    return store


def scanned(text: str, symbology: str = "]C0") -> RawScan:
    return RawScan.received(f"{symbology}{text}", source="wedge", device="test", scanned_at=NOW)


def test_no_language_of_labels_claims_a_badge(store: Store) -> None:
    for badge in {made(store) for _ in range(300)}:
        for symbology in ("]C0", "", "]d1", "]Q0"):
            label = read(scanned(badge, symbology))

            assert (label.kind, label.text, label.problems) == ("plain", badge, ())
            assert not any((label.gtin, label.device_id, label.lot, label.serial, label.command, label.elements))
            assert badge_of(badge) == badge
    store.close()


def test_every_badge_is_another_one(store: Store) -> None:
    many = [made(store) for _ in range(500)]
    store.close()

    assert len(set(many)) == 500
    assert all(map(is_ours, many))


def test_a_kept_badge_means_its_person_and_nothing_else(store: Store) -> None:
    (card,) = cards(store, ["Theo Rey"])
    keep(store, [card], NOW, "Mira Lindqvist")
    meant = anything(read(scanned(card.badge)), Known.here(store, People(store.people, Policy())))
    store.close()

    assert isinstance(meant, PersonMeant)
    assert meant.person.name == "Theo Rey"


def test_without_names_it_is_for_all_who_have_none(store: Store) -> None:
    wanted = cards(store, [])
    nobody_changed = [one.badge for one in store.people.everyone()]
    keep(store, wanted, NOW, "Mira Lindqvist")
    with pytest.raises(WardstockError, match="badges_all_there"):
        cards(store, [])
    store.close()

    assert [one.name for one in wanted] == ["Ana Sousa", "Theo Rey"]
    assert nobody_changed == ["", "B-MIRA-1", ""]


def test_what_was_printed_is_printed_the_same_again_and_a_new_one_ends_it(store: Store) -> None:
    (first,) = cards(store, ["Theo Rey"])
    keep(store, [first], NOW, "Mira Lindqvist")
    (again,) = cards(store, ["theo rey"])
    (other,) = cards(store, ["Theo Rey"], anew=True)
    keep(store, [other], NOW, "Mira Lindqvist")
    ended = store.people.by_badge(first.badge)
    journal = [one.person for one in store.journal.story("Theo Rey") if one.event == "person_badge"]
    store.close()

    assert (first.new, again.new, other.new) == (True, False, True)
    assert again.badge == first.badge != other.badge
    assert ended is None
    assert journal == ["Mira Lindqvist"] * 2


def test_the_hospitals_own_badge_is_not_copied(store: Store) -> None:
    with pytest.raises(WardstockError, match="badge_of_others"):
        cards(store, ["Mira Lindqvist"])
    (card,) = cards(store, ["Mira Lindqvist"], anew=True)
    store.close()

    assert card.new
    assert card.badge != "B-MIRA-1"


def test_who_was_removed_gets_none(store: Store) -> None:
    store.people.remove("Theo Rey", NOW, "Mira Lindqvist")
    with pytest.raises(WardstockError, match="person_unknown"):
        cards(store, ["Theo Rey"])
    store.close()
