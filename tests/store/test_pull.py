"""A pull beside the catalogue in use: seen whole or not at all."""

import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from sync.errors import WardstockError
from sync.stock import Product
from sync.store import Store
from sync.store.catalogue_pull import forget
from sync.store.database import Database
from sync.store.kinds import KINDS
from sync.store.marks import Mark
from tests.store.goods import (
    BIN,
    DELIVERY,
    EVERYTHING,
    GAUZE,
    GLOVE,
    KEY,
    MOVE,
    NOON,
    STOCK,
    STOCK_ROW,
    VENDORS,
)


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
    assert pulled.catalogue.product(2) == replace(GLOVE, active=False, gone=True)
    assert pulled.catalogue.product(3) == tape
    assert pulled.catalogue.moves(51) == []


def test_a_kind_that_was_not_pulled_stays_and_keeps_its_age(pulled: Store) -> None:
    pull = pulled.catalogue.begin()
    pull.add(pickings=[])
    pull.flip(NOON + timedelta(hours=1))

    assert pulled.catalogue.picking(51) == replace(DELIVERY, gone=True)
    assert pulled.catalogue.open_receipts() == []
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
    pull.add(products=[replace(GAUZE, name="Gauze XL"), GLOVE], moves=[])
    pull.flip(NOON)

    assert [row[3] for row in _all_rows(pulled)["products"]] == ["Gauze XL", "Glove"]
    assert _all_rows(pulled)["moves"] == []


def test_a_process_that_died_between_flip_and_tidying_is_tidied_after(
    pulled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    pull = pulled.catalogue.begin()
    pull.add(products=[replace(GAUZE, name="Gauze XL"), GLOVE])
    monkeypatch.setattr(pull, "_tidy", lambda: None)
    pull.flip(NOON)
    assert len(_all_rows(pulled)["products"]) == 3

    pulled.catalogue.begin()

    assert [row[3] for row in _all_rows(pulled)["products"]] == ["Gauze XL", "Glove"]


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
    pull.add(products=[replace(GAUZE, name="Gauze XL"), GLOVE])
    tidy = pull._tidy
    monkeypatch.setattr(pull, "_tidy", lambda: (pulled.catalogue.begin(), tidy()))

    pull.flip(NOON)

    assert pulled.catalogue.product(1) == replace(GAUZE, name="Gauze XL")
    assert [row[3] for row in _all_rows(pulled)["products"]] == ["Gauze XL", "Glove"]


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


def test_before_each_of_its_turns_a_pull_lets_a_scan_pass_but_for_the_first_of_all(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns: list[str] = []
    monkeypatch.setattr(Database, "give_way", lambda _: turns.append("way"))

    def page(name: str) -> None:
        pull = store.catalogue.begin()
        pull.add(products=[replace(GLOVE, name=name)])
        turns.append("flip")
        pull.flip(NOON)

    page("before anybody can scan")
    assert turns == ["flip"]
    page("while somebody scans")
    assert turns[1:4] == ["way", "way", "flip"]
    assert turns[4] == "way"


def test_what_is_merged_comes_beside_what_is_known(pulled: Store) -> None:
    tape = replace(GAUZE, id=3, name="Tape", barcode="", code="TP")
    pull = pulled.catalogue.resume()
    pull.merge("products", [tape, replace(GLOVE, name="Glove M")])
    pull.flip(NOON + timedelta(hours=1))

    assert [pulled.catalogue.product(id_) for id_ in (1, 2, 3)] == [GAUZE, replace(GLOVE, name="Glove M"), tape]
    assert pulled.catalogue.pulled_at()["products"] == NOON + timedelta(hours=1)
    assert pulled.catalogue.pulled_at()["lots"] == NOON


def test_what_is_all_there_is_of_a_picking_takes_the_rest_away(pulled: Store) -> None:
    other = replace(MOVE, id=62, picking_id=52)
    pull = pulled.catalogue.resume()
    pull.merge("moves", [other])
    pull.flip(NOON)
    newer = replace(MOVE, id=63)

    pull = pulled.catalogue.resume()
    pull.only("moves", "picking_id", [51], [newer])
    pull.flip(NOON)

    assert pulled.catalogue.moves(51) == [newer]
    assert pulled.catalogue.moves(52) == [other]


@pytest.mark.parametrize(("kind", "id_"), [("products", 1), ("locations", 4), ("lots", 41), ("partners", 31)])
def test_ward_34_what_odoo_shows_no_more_is_still_told_by_its_id(pulled: Store, kind: str, id_: int) -> None:
    pull = pulled.catalogue.resume()
    pull.remove(kind, [id_])
    pull.flip(NOON)
    _deliver_nothing(pulled)

    found = {
        "products": pulled.catalogue.product,
        "locations": pulled.catalogue.location,
        "lots": pulled.catalogue.lot_by_id,
        "partners": pulled.catalogue.partner,
    }[kind](id_)

    assert found is not None
    assert found.gone is True
    assert getattr(found, "active", False) is False
    assert pulled.catalogue.by_barcode("4006381333931") == [] or kind != "products"
    assert pulled.catalogue.counts()[kind] == len(EVERYTHING[kind]) - 1


def test_what_comes_back_into_view_is_gone_no_more(pulled: Store) -> None:
    pull = pulled.catalogue.resume()
    pull.remove("products", [1])
    pull.flip(NOON)
    pull = pulled.catalogue.resume()
    pull.merge("products", [GAUZE])
    pull.flip(NOON)

    assert pulled.catalogue.product(1) == GAUZE
    assert len([row for row in _all_rows(pulled)["products"] if row[0] == 1]) == 1


def test_a_closed_delivery_is_told_with_its_end(pulled: Store) -> None:
    pull = pulled.catalogue.resume()
    pull.retire("pickings", [replace(DELIVERY, state="done")])
    assert pulled.catalogue.picking(51) == DELIVERY
    pull.flip(NOON)

    assert pulled.catalogue.picking(51) == replace(DELIVERY, state="done", gone=True)
    assert pulled.catalogue.open_receipts() == []
    assert pulled.catalogue.picking_by_name(DELIVERY.name) is None


def test_of_what_vanished_the_oldest_is_forgotten_some_day(pulled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sync.store.catalogue_pull.KEPT", 1)
    for gone in (1, 2, 3):
        pull = pulled.catalogue.resume()
        pull.merge("products", [replace(GAUZE, id=3)])
        pull.remove("products", [gone])
        pull.flip(NOON)

    assert pulled.catalogue.product(1) is None
    assert pulled.catalogue.product(3) is not None


def test_an_interrupted_pull_goes_on_with_what_it_has(path: Path) -> None:
    store = Store.open(path, KEY)
    interrupted = store.catalogue.resume()
    interrupted.merge("products", [GAUZE])
    interrupted.keep("products", Mark("1", began_at=NOON, last_id=1, rows=1, seen={"1": "ab"}))
    store.close()

    store = Store.open(path, KEY)
    assert store.catalogue.product(1) is None
    pull = store.catalogue.resume()
    assert pull.left_off() == {"products"}
    assert pull.mark("products") == Mark("1", began_at=NOON, last_id=1, rows=1, seen={"1": "ab"})
    pull.merge("products", [GLOVE])
    pull.keep("products", Mark("1", began_at=NOON, last_id=2, rows=2, complete=True))
    pull.flip(NOON)
    found, after = [store.catalogue.product(id_) for id_ in (1, 2)], store.catalogue.resume()

    assert found == [GAUZE, GLOVE]
    assert after.left_off() == frozenset()
    assert after.mark("products").complete
    store.close()


def test_a_mark_of_an_abandoned_pull_is_not_believed(pulled: Store) -> None:
    abandoned = pulled.catalogue.resume()
    abandoned.keep("products", Mark("1", began_at=NOON, complete=True))

    pull = pulled.catalogue.begin()

    assert pull.mark("products") == Mark()


def test_another_odoo_begins_without_marks(pulled: Store) -> None:
    pull = pulled.catalogue.resume()
    pull.keep("products", Mark("1", began_at=NOON, complete=True))
    pull.flip(NOON)

    with pulled._database.write() as connection:
        forget(connection)

    assert pulled.catalogue.resume().mark("products") == Mark()
    assert pulled.catalogue.product(1) is None


def test_what_is_named_and_not_known_is_found(pulled: Store) -> None:
    pull = pulled.catalogue.resume()
    pull.merge("stock_rows", [replace(STOCK_ROW, id=82, package_id=91, owner_id=77, lot_id=None)])

    assert pull.dangling("stock_rows", "owner_id", "partners") == {77}
    assert pull.dangling("stock_rows", "package_id", "packages") == set()
    assert pull.changed("stock_rows", [STOCK_ROW, replace(STOCK_ROW, quantity=STOCK_ROW.quantity + 1)]) == [
        replace(STOCK_ROW, quantity=STOCK_ROW.quantity + 1)
    ]


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
