"""A pull beside the catalogue in use: seen whole or not at all."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from sync.errors import WardstockError
from sync.stock import Product
from sync.store import Store
from sync.store.kinds import KINDS
from tests.store.goods import BIN, DELIVERY, EVERYTHING, GAUZE, GLOVE, MOVE, NOON, STOCK, VENDORS


def test_nothing_of_a_pull_is_seen_before_the_flip_and_all_of_it_after(pulled: Store) -> None:
    tape = replace(GAUZE, id=3, name="Tape", barcode="", code="TP")
    pull = pulled.catalogue.begin()
    pull.add(products=[replace(GAUZE, name="Gauze XL"), tape], moves=[])

    assert pulled.catalogue.product(1) == GAUZE
    assert pulled.catalogue.product(2) == GLOVE
    assert pulled.catalogue.product(3) is None
    assert pulled.catalogue.moves(51) == [MOVE]

    pull.flip(NOON + timedelta(hours=1))

    assert pulled.catalogue.product(1) == replace(GAUZE, name="Gauze XL")
    assert pulled.catalogue.product(2) is None
    assert pulled.catalogue.product(3) == tape
    assert pulled.catalogue.moves(51) == []


def test_a_kind_that_was_not_pulled_stays_and_keeps_its_age(pulled: Store) -> None:
    pull = pulled.catalogue.begin()
    pull.add(pickings=[])
    pull.flip(NOON + timedelta(hours=1))

    assert pulled.catalogue.picking(51) is None
    assert pulled.catalogue.product(1) == GAUZE
    assert pulled.catalogue.pulled_at()["pickings"] == NOON + timedelta(hours=1)
    assert pulled.catalogue.pulled_at()["products"] == NOON


def test_an_abandoned_pull_leaves_no_trace(pulled: Store) -> None:
    before = _all_rows(pulled)
    abandoned = pulled.catalogue.begin()
    abandoned.add(products=[replace(GAUZE, name="Half"), replace(GAUZE, id=3)], locations=[STOCK, BIN])
    abandoned._end_unseen("locations")

    pulled.catalogue.begin()

    assert _all_rows(pulled) == before
    assert pulled.catalogue.location(5) == VENDORS


def test_the_first_pull_of_all_can_be_abandoned_too(store: Store) -> None:
    store.catalogue.begin().add(products=[GAUZE])

    pull = store.catalogue.begin()
    pull.add(products=[GLOVE])
    pull.flip(NOON)

    assert store.catalogue.product(1) is None
    assert store.catalogue.counts()["products"] == 1


def test_after_a_flip_the_old_rows_are_gone_from_the_file(pulled: Store) -> None:
    pull = pulled.catalogue.begin()
    pull.add(products=[replace(GAUZE, name="Gauze XL")])
    pull.flip(NOON)

    assert [row[0] for row in _all_rows(pulled)["products"]] == [1]


def test_a_process_that_died_between_flip_and_tidying_is_tidied_after(
    pulled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    pull = pulled.catalogue.begin()
    pull.add(products=[replace(GAUZE, name="Gauze XL")])
    monkeypatch.setattr(pull, "_tidy", lambda: None)
    pull.flip(NOON)
    assert len(_all_rows(pulled)["products"]) == 3

    pulled.catalogue.begin()

    assert [row[3] for row in _all_rows(pulled)["products"]] == ["Gauze XL"]


def test_rows_that_did_not_change_are_not_written_again(pulled: Store) -> None:
    changes = pulled._database.connection.total_changes
    pull = pulled.catalogue.begin()
    pull.add(**EVERYTHING)
    pull.flip(NOON)

    written = pulled._database.connection.total_changes - changes

    assert written == 3 + len(EVERYTHING)  # begin, flip, end, and one age a kind


def test_pages_that_overlap_count_the_last_one(store: Store) -> None:
    pull = store.catalogue.begin()
    pull.add(products=[GAUZE, GLOVE, replace(GLOVE, name="Glove S")])
    pull.add(products=[replace(GLOVE, name="Glove M"), GAUZE])
    pull.flip(NOON)

    assert store.catalogue.product(2) == replace(GLOVE, name="Glove M")
    assert store.catalogue.counts()["products"] == 2


def test_a_pull_that_another_one_overtook_stops_and_changes_nothing(pulled: Store) -> None:
    slow = pulled.catalogue.begin()
    quick = pulled.catalogue.begin()
    quick.add(products=[GAUZE])

    with pytest.raises(WardstockError, match="pull_overtaken"):
        slow.add(products=[replace(GAUZE, name="Old")])
    with pytest.raises(WardstockError, match="pull_overtaken"):
        slow.flip(NOON)
    quick.flip(NOON)

    assert pulled.catalogue.product(1) == GAUZE
    assert pulled.catalogue.counts()["products"] == 1


def test_a_pull_that_is_overtaken_while_it_tidies_up_has_flipped_all_the_same(
    pulled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    pull = pulled.catalogue.begin()
    pull.add(products=[replace(GAUZE, name="Gauze XL")])
    tidy = pull._tidy
    monkeypatch.setattr(pull, "_tidy", lambda: (pulled.catalogue.begin(), tidy()))

    pull.flip(NOON)

    assert pulled.catalogue.product(1) == replace(GAUZE, name="Gauze XL")
    assert [row[3] for row in _all_rows(pulled)["products"]] == ["Gauze XL"]


def test_several_questions_of_one_moment_see_one_generation(pulled: Store) -> None:
    with pulled.catalogue.one_moment():
        before = pulled.catalogue.picking(51)
        flipper = threading.Thread(target=_deliver_nothing, args=(pulled,))
        flipper.start()
        flipper.join()
        moves = pulled.catalogue.moves(51)

    assert (before, moves) == (DELIVERY, [MOVE])
    assert pulled.catalogue.moves(51) == []


def test_a_reader_never_sees_a_mixture_while_pulls_come_and_go(store: Store) -> None:
    _everything_named(store, 0)
    stop, mixtures = threading.Event(), list[set[str]]()

    def read() -> None:
        while not stop.is_set():
            names = {row[0] for row in store._database.rows("SELECT name FROM product_now")}
            if len(names) != 1:
                mixtures.append(names)

    reader = threading.Thread(target=read)
    reader.start()
    for generation in range(1, 6):
        _everything_named(store, generation)
    stop.set()
    reader.join()

    assert mixtures == []


def _everything_named(store: Store, generation: int) -> None:
    pull = store.catalogue.begin()
    pull.add(products=[_product(number, generation) for number in range(1, 500)])
    pull.flip(NOON)


def _product(number: int, generation: int) -> Product:
    return replace(GAUZE, id=number, name=f"generation {generation}", barcode="")


def _deliver_nothing(store: Store) -> None:
    pull = store.catalogue.begin()
    pull.add(pickings=[], moves=[])
    pull.flip(NOON)


def _all_rows(store: Store) -> dict[str, list[tuple[object, ...]]]:
    return {name: store._database.rows(f"SELECT * FROM {kind.table}") for name, kind in KINDS.items()}
