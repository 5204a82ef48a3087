"""The policy bound to Odoo's places and categories: the nearest word counts, and what is not there is named."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from client.words.policy import missing
from client.work.site.people import Role
from client.work.site.plan import SitePlan
from client.work.site.policy import Cold, Destination, Place, Policy, Route, Tolerance
from sync.stock import Category, Location, Product, Tracking, Usage
from sync.store import Store
from tests.work.conftest import KEY, NOW, TOWEL

HOUSE = Location(1, "WH", "WH", Usage.VIEW, "1/")
STORE = Location(2, "Store", "WH/Store", Usage.INTERNAL, "1/2/", 1, "LOC-STORE")
WARD = Location(3, "Ward 3", "WH/Ward 3", Usage.INTERNAL, "1/3/", 1, "LOC-W3")
SHELF = Location(4, "Shelf", "WH/Ward 3/Shelf", Usage.INTERNAL, "1/3/4/", 3)
VAULT = Location(5, "Vault", "WH/Ward 3/Vault", Usage.INTERNAL, "1/3/5/", 3)
ASIDE = Location(6, "Aside", "WH/Aside", Usage.INTERNAL, "1/6/", 1, "LOC-Q")
ASIDE_BIN = Location(7, "Bin", "WH/Aside/Bin", Usage.INTERNAL, "1/6/7/", 6)
PATIENTS = Location(10, "Patients", "Partners/Patients", Usage.CUSTOMER, "9/10/", 9, "LOC-PAT")
LABORATORY = Location(11, "Laboratory", "Virtual/Laboratory", Usage.PRODUCTION, "8/11/", 8)
LOSS = Location(12, "Loss", "Virtual/Loss", Usage.INVENTORY, "8/12/", 8)
BETWEEN = Location(13, "Between", "Virtual/Between", Usage.TRANSIT, "8/13/", 8)
OLD = Location(14, "Old", "WH/Old", Usage.INTERNAL, "1/14/", 1, active=False)
ALL_PLACES = [HOUSE, STORE, WARD, SHELF, VAULT, ASIDE, ASIDE_BIN, PATIENTS, LABORATORY, LOSS, BETWEEN, OLD]

CATEGORIES = [
    Category(1, "All", "1/"),
    Category(2, "All / Drugs", "1/2/"),
    Category(3, "All / Drugs / Opioids", "1/2/3/"),
    Category(4, "All / Vaccines", "1/4/"),
]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(tmp_path / "wardstock.db", KEY)
    pull = store.catalogue.begin()
    pull.add(locations=ALL_PLACES, categories=CATEGORIES)
    pull.flip(NOW)
    yield store
    store.close()


def planned(store: Store, **said: object) -> SitePlan:
    return SitePlan.of(Policy(**said), store.catalogue)  # type: ignore[arg-type]  # fields of Policy


def at(**names: str) -> dict[str, Destination]:
    return {reason: Destination(name) for reason, name in names.items()}


def goods(category_id: int | None) -> Product:
    return Product(1, "Morphine", Tracking.LOT, 1, "Units", TOWEL.uom_rounding, category_id=category_id)


def test_ward_24_use_is_offered_only_where_it_is_mapped(store: Store) -> None:
    plan = planned(store, places={"WH/Ward 3": Place(use=at(patient="LOC-PAT", training="Virtual/Laboratory"))})

    assert plan.missing == ()
    assert plan.use_reasons(SHELF) == ("patient", "training")
    assert plan.used_at(SHELF, "training") == LABORATORY
    assert plan.used_at(SHELF, "curiosity") is None
    assert (plan.use_reasons(STORE), plan.used_at(STORE, "patient")) == ((), None)
    assert plan.waste_reasons(SHELF) == ()


def test_the_nearest_place_that_says_something_counts(store: Store) -> None:
    places = {
        "WH": Place(use=at(patient="LOC-PAT"), waste=at(expired="Virtual/Loss")),
        "WH/Ward 3": Place(use={"": Destination("LOC-PAT")}),
        "WH/Ward 3/Vault": Place(use={}),
    }
    plan = planned(store, places=places)

    assert plan.use_reasons(STORE) == ("patient",)
    assert (plan.use_reasons(SHELF), plan.used_at(SHELF)) == (("",), PATIENTS)
    assert plan.use_reasons(VAULT) == ()
    assert plan.wasted_at(VAULT, "expired") == LOSS


def test_contract_14_use_never_goes_to_shrinkage_unless_that_is_written(store: Store) -> None:
    """Odoo's inventory-usage places are shrinkage: nobody books care there by mistake."""
    careless = planned(store, places={"WH/Ward 3": Place(use=at(patient="Virtual/Loss"))})
    meant = planned(store, places={"WH/Ward 3": Place(use={"patient": Destination("Virtual/Loss", loss=True)})})

    [told] = careless.missing
    assert (told.code, told.where) == ("place_is_loss", 'places["WH/Ward 3"].use.patient')
    assert '"loss": true' in missing(told)
    assert careless.use_reasons(WARD) == ()
    assert (meant.missing, meant.used_at(WARD, "patient")) == ((), LOSS)


def test_ward_3_negative_stock_is_refused_where_the_site_says_so(store: Store) -> None:
    plan = planned(store, places={"LOC-W3": Place(strict=True), "WH/Ward 3/Shelf": Place(strict=False)})

    assert plan.strict == {WARD.id, VAULT.id}


def test_quarantine_is_the_place_and_all_below_it(store: Store) -> None:
    plan = planned(store, places={"WH": Place(quarantine="LOC-Q")})

    assert plan.quarantine(SHELF) == ASIDE
    assert plan.quarantines == {ASIDE.id, ASIDE_BIN.id}
    assert planned(store).quarantine(SHELF) is None


def test_what_lies_in_quarantine_is_held_although_the_place_that_names_it_is_gone(store: Store) -> None:
    """Somebody renames a ward in Odoo: its quarantine must not be free goods the next morning."""
    plan = planned(store, places={"WH/Ward of yesterday": Place(quarantine="WH/Aside")})

    assert [one.code for one in plan.missing] == ["place_unknown"]
    assert {ASIDE.id, ASIDE_BIN.id} <= plan.quarantines


def test_an_archived_quarantine_takes_nothing_more_and_still_holds(store: Store) -> None:
    plan = planned(store, places={"WH/Store": Place(quarantine="WH/Old")})

    assert [one.code for one in plan.missing] == ["place_archived"]
    assert OLD.id in plan.quarantines
    assert plan.quarantine(STORE) is None


def test_a_place_written_twice_is_named(store: Store) -> None:
    """By its barcode and by its name: one of the two would be forgotten in silence."""
    plan = planned(store, places={"WH/Ward 3": Place(use=at(patient="LOC-PAT")), "LOC-W3": Place(use={})})

    [twice] = plan.missing
    assert (twice.code, twice.where) == ("place_twice", 'places["LOC-W3"]')
    assert "WH/Ward 3" in missing(twice)


def test_ward_27_the_nearest_route_says_through_where_goods_travel(store: Store) -> None:
    other = "WH/Aside"
    plan = planned(store, transit=(Route("WH", "WH/Ward 3", other), Route("WH/Store", "LOC-W3", "Virtual/Between")))

    assert plan.transit(STORE, SHELF) == BETWEEN
    assert plan.transit(ASIDE_BIN, SHELF) == ASIDE
    assert plan.transit(SHELF, STORE) is None, "a route goes one way"


def test_a_category_includes_those_below_it_and_the_nearest_counts(store: Store) -> None:
    plan = planned(
        store,
        cold_chain={"All / Vaccines": Cold()},
        controlled=("all / drugs",),
        shelf_life_days_of={"All": 60, "All / Drugs / Opioids": 10},
    )

    assert plan.missing == ()
    assert [plan.controlled(goods(id_)) for id_ in (1, 2, 3, 4, None)] == [False, True, True, False, False]
    assert [plan.cold_chain(goods(id_)) for id_ in (4, 3)] == [Cold(), None]
    assert [plan.shelf_life_days(goods(id_)) for id_ in (1, 2, 3, None)] == [60, 60, 10, 90]


def test_ward_30_a_count_of_controlled_goods_may_not_differ(store: Store) -> None:
    wide = Tolerance(TOWEL.uom_rounding * 5)
    plan = planned(store, controlled=("All / Drugs",), count_tolerance={Role.COUNTER: wide})

    assert plan.count_tolerance(goods(4), Role.COUNTER) == wide
    assert plan.count_tolerance(goods(3), Role.COUNTER) == Tolerance()
    assert plan.count_tolerance(goods(4), Role.NURSE) == Tolerance()


@pytest.mark.parametrize(
    ("said", "code", "where", "words"),
    [
        ({"places": {"WH/Ward 9": Place()}}, "place_unknown", 'places["WH/Ward 9"]', "Locations"),
        ({"places": {"Shelf": Place()}}, "place_unknown", 'places["Shelf"]', "WH/Ward 3/Shelf is near"),
        ({"places": {"WH/Old": Place()}}, "place_archived", 'places["WH/Old"]', "archived"),
        ({"places": {"Virtual/Loss": Place()}}, "place_unfit", 'places["Virtual/Loss"]', "Inventory Loss"),
        ({"places": {"WH": Place(use=at(x="WH/Store"))}}, "place_unfit", 'places["WH"].use.x', "Customer or Produ"),
        ({"places": {"WH": Place(waste=at(x="Bin 1"))}}, "place_unknown", 'places["WH"].waste.x', "waste is not"),
        ({"places": {"WH": Place(quarantine="LOC-PAT")}}, "place_unfit", 'places["WH"].quarantine', "Internal"),
        ({"transit": (Route("WH", "LOC-W3", "Nowhere"),)}, "place_unknown", "transit[0].via", "type Transit"),
        ({"relabel": "Relabel"}, "place_unknown", "relabel", "lot change is not offered"),
        ({"relabel": "WH/Store"}, "place_unfit", "relabel", "lot change is not offered"),
        ({"adjustment": "WH/Store"}, "place_unfit", "adjustment", "Odoo's own adjustment place"),
        ({"cold_chain": {"All / Ice": Cold()}}, "category_unknown", "cold_chain", "Categories"),
        ({"controlled": ("Opioids",)}, "category_unknown", "controlled", "without a witness"),
        ({"shelf_life_days_of": {"X": 1}}, "category_unknown", "shelf_life_days_of", "Categories"),
    ],
)
def test_what_odoo_does_not_have_is_named_with_what_for_and_where_it_is_made(
    store: Store, said: dict[str, object], code: str, where: str, words: str
) -> None:
    [told] = planned(store, **said).missing

    assert (told.code, told.where) == (code, where)
    assert words in missing(told)
    assert missing(told).startswith(where)


def test_a_name_that_several_places_have_is_not_guessed(store: Store) -> None:
    twin, old = replace(STORE, id=30, barcode=""), replace(SHELF, id=31, active=False)
    pull = store.catalogue.begin()
    pull.add(locations=[*ALL_PLACES, twin, old])
    pull.flip(NOW)

    plan = planned(store, places={"WH/Store": Place(strict=True), "WH/Ward 3/Shelf": Place(strict=True)})

    [told] = plan.missing
    assert (told.code, told.where) == ("place_ambiguous", 'places["WH/Store"]')
    assert "2 places" in missing(told)
    assert plan.strict == {SHELF.id}, "an archived namesake is nobody"


def test_a_name_that_several_categories_have_means_all_of_them(store: Store) -> None:
    """Rather a witness too many than one too few."""
    pull = store.catalogue.begin()
    pull.add(categories=[*CATEGORIES, Category(9, "All / Drugs", "1/9/")])
    pull.flip(NOW)

    plan = planned(store, controlled=("All / Drugs",))

    assert [plan.controlled(goods(id_)) for id_ in (2, 9, 4)] == [True, True, False]


def test_categories_that_were_never_pulled_are_unknown_and_not_missing(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "old.db", KEY)

    plan = planned(store, controlled=("All / Drugs",), count_tolerance={Role.COUNTER: Tolerance(TOWEL.uom_rounding)})

    assert plan.missing == ()
    assert [(plan.controlled(goods(id_)), plan.may_be_controlled(goods(id_))) for id_ in (2, None)] == [
        (False, True),
        (False, True),
    ]
    assert plan.count_tolerance(goods(2), Role.COUNTER) == Tolerance()
    store.close()


def test_what_is_there_holds_although_something_else_is_missing(store: Store) -> None:
    places = {"WH/Ward 3": Place(use=at(patient="LOC-PAT", other="Nowhere")), "Nowhere": Place(strict=True)}

    plan = planned(store, places=places)

    assert len(plan.missing) == 2
    assert plan.use_reasons(WARD) == ("patient",)


def test_a_plan_follows_the_next_pull(store: Store) -> None:
    policy = Policy(places={"WH/Ward 9": Place(use=at(patient="LOC-PAT"))})
    before = SitePlan.of(policy, store.catalogue)
    new = Location(20, "Ward 9", "WH/Ward 9", Usage.INTERNAL, "1/20/", 1)
    pull = store.catalogue.begin()
    pull.add(locations=[*ALL_PLACES, new])
    pull.flip(NOW)

    after = SitePlan.of(policy, store.catalogue)

    assert (len(before.missing), after.missing, after.used_at(new, "patient")) == (1, (), PATIENTS)
