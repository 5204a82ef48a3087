"""The site's policy is read whole or refused whole, and what is wrong in it is named where it stands."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from client.work.site.exact import Entry
from client.work.site.people import MAY, Act, Person, Role
from client.work.site.policy import Cold, Destination, Place, Policy, Route, Tolerance
from sync.errors import WardstockError

WHOLE: dict[str, Any] = {  # Any: JSON
    "schema": 2,
    "note": "agreed with pharmacy",
    "time_zone": "Europe/Lisbon",
    "shelf_life_days": 120,
    "shelf_life_days_of": {"All / Blood": 5},
    "over_receipt_percent": 2.5,
    "count_tolerance": {"supervisor": {"quantity": 3, "percent": 10}, "counter": {"percent": "0.5"}},
    "apply_counts": True,
    "count_reasons": ["lent to the theatre"],
    "adjustment": "Virtual/Loss",
    "places": {
        "WH/Ward 3": {
            "use": {"patient": "Partners/Customers", "teaching": {"to": "Virtual/Loss", "loss": True}},
            "waste": {"expired": "Virtual/Loss", "broken": "Virtual/Loss"},
            "quarantine": "LOC-Q",
            "strict": True,
            "note": "opened in May",
        },
        "LOC-STORE": {"use": None, "strict": False},
        "WH/Theatre": {"use": "Partners/Customers"},
    },
    "transit": [{"from": "WH/Stock", "to": "WH/Clinic", "via": "Transit"}],
    "relabel": "Virtual/Relabel",
    "cold_chain": {"All / Vaccines": [2, 8], "All / Plasma": [-30, -18.5]},
    "controlled": ["All / Opioids"],
    "may": {"close_short": ["supervisor", "storekeeper"], "blind_receipt": []},
    "two_people": ["accept_expired", "withdraw"],
    "idle_lock_minutes": 3,
    "shift_hours": 8,
    "alarm_hours": 6,
}


def written(folder: Path, told: object) -> Path:
    file = folder / "policy.json"
    file.write_text(told if isinstance(told, str) else json.dumps(told), encoding="utf-8")
    return file


def wrong(folder: Path, told: object) -> list[str]:
    """What is said of a file nobody can follow, a line for each thing."""
    with pytest.raises(WardstockError, match="policy_unreadable") as refused:
        Policy.read(written(folder, told))
    return str(refused.value.facts["why"]).split("\n")


def test_all_a_site_may_decide_is_read(tmp_path: Path) -> None:
    policy = Policy.read(written(tmp_path, WHOLE))

    customers, loss = Destination("Partners/Customers"), Destination("Virtual/Loss")
    assert policy == Policy(
        time_zone="Europe/Lisbon",
        shelf_life_days=120,
        over_receipt_percent=Decimal("2.5"),
        shelf_life_days_of={"All / Blood": 5},
        count_tolerance={
            Role.SUPERVISOR: Tolerance(Decimal(3), Decimal(10)),
            Role.COUNTER: Tolerance(Decimal(0), Decimal("0.5")),
        },
        apply_counts=True,
        count_reasons=("lent to the theatre",),
        adjustment="Virtual/Loss",
        places={
            "WH/Ward 3": Place(
                {"patient": customers, "teaching": Destination("Virtual/Loss", loss=True)},
                {"expired": loss, "broken": loss},
                "LOC-Q",
                strict=True,
            ),
            "LOC-STORE": Place({}, None, "", strict=False),
            "WH/Theatre": Place({"": customers}),
        },
        transit=(Route("WH/Stock", "WH/Clinic", "Transit"),),
        relabel="Virtual/Relabel",
        cold_chain={"All / Vaccines": Cold(), "All / Plasma": Cold(Decimal(-30), Decimal("-18.5"))},
        controlled=("All / Opioids",),
        may={Act.CLOSE_SHORT: frozenset({Role.SUPERVISOR, Role.STOREKEEPER}), Act.BLIND_RECEIPT: frozenset()},
        two_people=frozenset({Act.ACCEPT_EXPIRED, Act.WITHDRAW}),
        idle_lock_minutes=3,
        shift_hours=8,
        alarm_hours=6,
    )


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert Policy.read(tmp_path / "policy.json") == Policy()


def test_a_file_of_schema_1_is_still_followed_and_what_it_never_meant_is_named(tmp_path: Path) -> None:
    old = {"schema": 1, "time_zone": "Asia/Tokyo", "shelf_life_days": 30, "over_receipt_percent": "5", "places": {}}

    policy = Policy.read(written(tmp_path, old))

    assert (policy.time_zone, policy.shelf_life_days, policy.over_receipt_percent) == ("Asia/Tokyo", 30, Decimal(5))
    assert policy.unread == ("places",)


def test_what_people_write_is_taken_with_spaces_capitals_and_numbers_in_quotes(tmp_path: Path) -> None:
    policy = Policy.read(
        written(
            tmp_path,
            "\ufeff"
            + json.dumps(
                {
                    "schema": 2,
                    "shelf_life_days": " 90 ",
                    "two_people": [" Withdraw "],
                    "places": {" WH/Ward 3 ": {"use": " LOC-P "}},
                }
            ),
        )
    )

    assert policy.shelf_life_days == 90
    assert policy.two_people == {Act.WITHDRAW}
    assert policy.places == {"WH/Ward 3": Place({"": Destination("LOC-P")})}


@pytest.mark.parametrize(
    ("told", "where", "allowed"),
    [
        ({"colour": 1}, "colour: an unknown key", "time_zone, shelf_life_days"),
        ({"time_zone": "Europe/Atlantis"}, 'time_zone: "Europe/Atlantis"', "IANA"),
        ({"time_zone": "Europe"}, 'time_zone: "Europe"', "IANA"),
        ({"shelf_life_days": -1}, "shelf_life_days: -1", "from 0 to 3650"),
        ({"shelf_life_days": 1.5}, "shelf_life_days: 1.5", "a whole number"),
        ({"shelf_life_days": True}, "shelf_life_days: true", "a whole number"),
        ({"over_receipt_percent": "NaN"}, "over_receipt_percent: ", "a number"),
        ({"apply_counts": "yes"}, 'apply_counts: "yes"', "true or false"),
        ({"places": []}, "places: a list", "an object"),
        ({"places": {"WH/A": {"uses": {}}}}, 'places["WH/A"].uses: an unknown key', "use, waste, quarantine, strict"),
        ({"places": {"WH/A": {"use": {"patient": 7}}}}, 'places["WH/A"].use.patient: 7', "barcode"),
        ({"places": {"WH/A": {"use": {"x": {"to": "B", "lost": 1}}}}}, 'places["WH/A"].use.x.lost', "to, loss"),
        ({"places": {"WH/A": {"use": {"x": {"loss": True}}}}}, 'places["WH/A"].use.x: an object', '"to"'),
        ({"places": {"WH/A": {"strict": 1}}}, 'places["WH/A"].strict: 1', "true or false"),
        ({"transit": [{"from": "A", "to": "B"}]}, "transit[0]: an object", "as via"),
        ({"transit": [{"from": "A", "to": "B", "via": ""}]}, 'transit[0].via: ""', "barcode"),
        ({"transit": {"from": "A"}}, "transit: an object", "a list of"),
        ({"relabel": 4}, "relabel: 4", "barcode"),
        ({"cold_chain": {"All / V": [8, 2]}}, 'cold_chain["All / V"]: a list', "the lowest first"),
        ({"cold_chain": {"All / V": [2]}}, 'cold_chain["All / V"]: a list', "the lowest first"),
        ({"cold_chain": "All / V"}, 'cold_chain: "All / V"', "an object"),
        ({"controlled": "All / O"}, 'controlled: "All / O"', "a list of"),
        ({"may": {"fly": ["nurse"]}}, "may.fly: an unknown key", "close_short"),
        ({"may": {"settle": ["matron"]}}, 'may.settle[0]: "matron"', "nurse, storekeeper, counter, supervisor"),
        ({"may": {"manage_people": ["nurse"]}}, "may: an object", "nobody could undo it"),
        ({"two_people": ["close"]}, 'two_people[0]: "close"', "close_short"),
        ({"count_tolerance": {"nurse": 5}}, "count_tolerance.nurse: 5", "an object"),
        ({"count_tolerance": {"boss": {}}}, "count_tolerance.boss: an unknown key", "supervisor"),
        ({"alarm_hours": 0}, "alarm_hours: 0", "from 1 to 720"),
    ],
)
def test_what_is_wrong_is_named_with_its_place_and_what_is_allowed(
    tmp_path: Path, told: dict[str, object], where: str, allowed: str
) -> None:
    [said] = wrong(tmp_path, {"schema": 2, **told})

    assert said.startswith(where)
    assert allowed in said.partition("; allowed: ")[2]


def test_everything_wrong_is_named_at_once(tmp_path: Path) -> None:
    said = wrong(tmp_path, {"schema": 2, "relabel": 1, "colour": 2, "may": {"fly": []}})

    assert [one.partition(":")[0] for one in said] == ["colour", "relabel", "may.fly"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ('{"schema": 2, "places": {"A": {}, "A": {}}}', 'the key "A" stands twice'),
        ('{"schema": 2,', "Expecting"),
        ("[]", "an object"),
        ('{"time_zone": "UTC"}', "schema: null"),
        ('{"schema": 3}', "schema: 3; allowed: 2"),
        ('{"schema": 2, "places": {" A": {}, "A": {}}}', "once"),
        ('{"schema": 2, "shelf_life_days_of": {"Drugs": 10, "drugs": 900}}', "once"),
        ('{"schema": true}', "schema: true"),
    ],
)
def test_a_file_that_says_two_things_or_nothing_is_refused(tmp_path: Path, text: str, word: str) -> None:
    assert word in "\n".join(wrong(tmp_path, text))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.decimals(allow_nan=False).map(float),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)
KEYS = st.sampled_from([*sorted(set(WHOLE) - {"schema"}), "other"])


@settings(max_examples=150, deadline=None)
@given(told=st.dictionaries(KEYS, JSON, max_size=4))
def test_whatever_stands_in_the_file_it_is_followed_or_refused(told: dict[str, object]) -> None:
    """Nothing in a file is a bug of ours."""
    entry = Entry({"schema": 2, **told})

    policy = Policy._from(entry)

    assert isinstance(policy, Policy)
    if "other" in told:
        assert any("unknown key" in str(one) for one in entry.wrong)


def test_the_site_says_otherwise_than_the_table_act_by_act() -> None:
    """Ward 33."""
    policy = Policy(may={Act.CLOSE_SHORT: frozenset({Role.STOREKEEPER}), Act.BLIND_RECEIPT: frozenset()})
    sven, joana = policy.person("Sven", Role.STOREKEEPER), policy.person("Joana", Role.SUPERVISOR)

    assert sven.may(Act.CLOSE_SHORT)
    assert not joana.may(Act.CLOSE_SHORT)
    assert not joana.may(Act.BLIND_RECEIPT)
    assert joana.may(Act.WITHDRAW)
    assert not sven.may(Act.WITHDRAW)


def test_without_a_word_of_the_site_the_table_holds() -> None:
    for role in Role:
        expected = {act for act, roles in MAY.items() if role in roles}
        assert Person("Ana", role).acts == Policy().person("Ana", role).acts == expected


def test_ward_33_only_a_supervisor_by_default() -> None:
    alone = {
        Act.CLOSE_SHORT, Act.OVER_RECEIVE, Act.BLIND_RECEIPT, Act.ACCEPT_EXPIRED, Act.ACCEPT_HELD, Act.TEACH_BARCODE,
        Act.CHANGE_EXPIRY, Act.WITHDRAW, Act.RELEASE, Act.SETTLE, Act.HOLD, Act.APPLY_COUNT, Act.MANAGE_PEOPLE,
        Act.CHOOSE_PLACES,
    }  # fmt: skip

    assert {act for act, roles in MAY.items() if roles == {Role.SUPERVISOR}} == alone


def test_every_act_stands_in_the_table() -> None:
    assert set(MAY) == set(Act)


@pytest.mark.parametrize(
    ("counted", "book", "allowed"),
    [(10, 10, True), (12, 10, True), (13, 10, False), (95, 100, True), (94, 100, False), (1, 0, True), (3, 0, False)],
)
def test_a_count_may_differ_by_so_many_or_so_many_percent(counted: int, book: int, allowed: bool) -> None:
    tolerance = Tolerance(Decimal(2), Decimal(5))

    assert tolerance.allows(Decimal(counted), Decimal(book)) is allowed


def test_a_cold_range_holds_its_ends() -> None:
    assert [Cold().holds(Decimal(text)) for text in ("1.9", "2", "8", "8.1")] == [False, True, True, False]


def test_days_are_days_of_the_site() -> None:
    late = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)

    assert Policy(time_zone="Asia/Tokyo").day_of(late) == date(2026, 11, 22)
