"""Products are found by what people type of them: words, references, barcodes, vendors' codes."""

from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest

from sync.stock import Packaging, Product, Tracking, VendorCode
from sync.store import Store, search
from sync.store.catalogue_pull import Pull
from sync.store.schema import holds as schema_holds
from tests.store.goods import NOON


def product(id_: int, name: str, code: str = "", barcode: str = "", *, active: bool = True) -> Product:
    return Product(id_, name, Tracking.LOT, 1, "Units", Decimal(1), code, barcode, active=active)


CLAMP = product(1, "Gefäßklemme gerade, groß", "MED-0001", "4006381333931")
SWAB = product(2, "Tupfer Ø 5 mm steril", "MED-0002", "96385074")
DRAIN = product(3, "Drainage Łódź", "DR/77.5")
OLD_SWAB = product(4, "Tupfer alt", "MED-0004", active=False)
BOX = Packaging(11, 2, "14006381333938", "Box of 10", Decimal(10))
VENDORS = VendorCode(21, 3, 31, "AC-778", "Redon drain CH10")


@pytest.fixture
def stocked(store: Store) -> Store:
    pull = store.catalogue.begin()
    pull.add(products=[CLAMP, SWAB, DRAIN, OLD_SWAB], packagings=[BOX], vendor_codes=[VENDORS])
    pull.flip(NOON)
    return store


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("gefässklemme", [1]),
        ("GEFÄSS", [1]),
        ("gefass", [1]),
        ("gross gef", [1]),
        ("klemme", []),
        ("tup o 5", [2]),
        ("lodz", [3]),
        ("t", [2, 4]),
        ("tupfer", [2, 4]),
        ("MED-0002", [2]),
        ("med0002", [2]),
        ("med", [1, 2, 4]),
        ("dr775", [3]),
        ("4006381", [1]),
        ("04006381333931", [1]),
        ("0000009638", [2]),
        ("9638", [2]),
        ("1400638", [2]),
        ("ac7", [3]),
        ("redon", [3]),
        ("", []),
        (" -- ", []),
        ('"', []),
        ("tupfer NOT steril", []),
        ("name: gef* OR (", []),
    ],
)
def test_goods_are_found_as_far_as_they_were_typed(stocked: Store, typed: str, found: list[int]) -> None:
    assert sorted(one.id for one in stocked.catalogue.search(typed)) == found


def test_what_is_usable_comes_before_what_is_archived_and_the_exact_code_before_all(stocked: Store) -> None:
    assert [one.id for one in stocked.catalogue.search("tupfer")] == [2, 4]
    assert stocked.catalogue.search("MED-0002")[0] == SWAB
    assert [one.id for one in stocked.catalogue.search("med", most=2)] == [1, 2]


def test_a_renamed_product_is_found_by_its_new_name_once_the_pull_has_flipped(stocked: Store) -> None:
    pull = stocked.catalogue.begin()
    pull.merge("products", [replace(CLAMP, name="Bulldogklemme")])

    assert (_ids(stocked, "bulldog"), _ids(stocked, "gefass")) == ([], [1])
    pull.flip(NOON)
    assert (_ids(stocked, "bulldog"), _ids(stocked, "gefass")) == ([1], [])


def test_what_vanished_in_odoo_is_found_no_more(stocked: Store) -> None:
    pull = stocked.catalogue.begin()
    pull.remove("products", [1])
    pull.remove("vendor_codes", [21])
    pull.flip(NOON)

    assert (_ids(stocked, "gefass"), _ids(stocked, "redon"), _ids(stocked, "ac778")) == ([], [], [])
    assert _ids(stocked, "lodz") == [3]


def test_an_abandoned_pull_leaves_no_words_behind(stocked: Store) -> None:
    pull = stocked.catalogue.begin()
    pull.merge("products", [replace(CLAMP, name="Bulldogklemme")])

    again: Pull = stocked.catalogue.begin()
    again.merge("products", [])
    again.flip(NOON)

    assert (_ids(stocked, "bulldog"), _ids(stocked, "gefass")) == ([], [1])
    assert stocked._database.rows("SELECT count(*) FROM found") == [(5,)]


def test_variants_that_share_a_vendors_record_are_both_found_until_the_last_of_them_goes(stocked: Store) -> None:
    pull = stocked.catalogue.begin()
    pull.merge("vendor_codes", [replace(VENDORS, product_id=2)])
    pull.flip(NOON)
    assert _ids(stocked, "redon") == [2, 3]

    pull = stocked.catalogue.begin()
    pull.only("vendor_codes", "product_id", [3], [])
    pull.flip(NOON)
    assert _ids(stocked, "redon") == [2]


def test_a_file_from_before_search_finds_what_it_had(stocked: Store) -> None:
    database = stocked._database
    with database.write() as connection:
        for statement in ("DROP TABLE found", "DROP INDEX product_bare", "DROP INDEX vendor_code_bare"):
            connection.execute(statement)
        for table in ("product", "vendor_code"):
            connection.execute(f"DROP TRIGGER {table}_found")
            connection.execute(f"DROP TRIGGER {table}_lost")
    database.connection.executescript(schema_holds.search())

    assert (_ids(stocked, "gefass"), _ids(stocked, "redon")) == ([1], [3])


_NAMES = (
    "Product", "Produkt", "Propofol", "Prothese", "Größe", "GROSSE", "Œsophagus", "Łódź", "Kompresse",
    "Kompre\u0301sse", "한국어한글", "Ǽther", "Ether", "ﬁlter", "Filter", "1889", "18895", "İğne", "½ l", "Ødem",
)  # fmt: skip


@pytest.mark.parametrize("most", [3, 30])
def test_reading_the_first_names_finds_what_the_index_of_all_names_finds(
    store: Store, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    chance = Random(7)
    pull = store.catalogue.begin()
    named = [product(id_, " ".join(chance.choices(_NAMES, k=chance.randint(1, 3)))) for id_ in range(1, 400)]
    vendors = [VendorCode(id_, id_, 31, f"V{id_}", " ".join(chance.choices(_NAMES, k=2))) for id_ in range(1, 60)]
    pull.add(products=named, vendor_codes=vendors)
    pull.flip(NOON)
    typed = [name[:letters] for name in _NAMES for letters in range(1, len(name) + 1)]
    typed += ["한국어하", "Kompre sse"]
    typed += [f"{chance.choice(typed)} {chance.choice(typed)}" for _ in range(200)]

    def answers(looked_at: int) -> list[list[int]]:
        monkeypatch.setattr(search, "_LOOKED_AT", looked_at)
        return [search.product_ids(store._database, text, most) for text in typed]

    of_all = answers(0)
    assert answers(150) == of_all
    assert answers(20) == of_all


def _ids(store: Store, typed: str) -> list[int]:
    return sorted(one.id for one in store.catalogue.search(typed))
