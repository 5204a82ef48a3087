"""A PIN is kept as an argon2id hash, and the easiest ones are not taken."""

import pytest

from client.work.site.pin import CHECKED, Cost, fits, hashed, why_not

CHEAP = Cost(1, 64, 1)


@pytest.fixture(autouse=True)
def a_secret_costs_little_to_check() -> None:
    """Not here."""


def test_a_pin_is_told_from_another() -> None:
    kept = hashed("4711", CHEAP)

    assert fits("4711", kept, CHEAP)
    assert not fits("4712", kept, CHEAP)
    assert not fits("", kept, CHEAP)


def test_two_people_with_one_pin_have_two_hashes() -> None:
    assert hashed("4711", CHEAP) != hashed("4711", CHEAP)


def test_the_hash_names_argon2id_and_what_it_costs() -> None:
    """RFC 9106, section 4, the second recommended: 64 MiB, three passes, four lanes."""
    assert hashed("4711").startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert Cost(3, 65536, 4) == CHECKED


@pytest.mark.parametrize("kept", ["", "4711", "$argon2id$v=19$m=64,t=1,p=1$broken"])
def test_what_is_no_hash_fits_nothing(kept: str) -> None:
    assert not fits("4711", kept, CHEAP)


@pytest.mark.parametrize("pin", ["4711", "2580", "1235", "112233", "123457", "987653", "471147114711"])
def test_such_pins_are_taken(pin: str) -> None:
    assert why_not(pin) == ""


@pytest.mark.parametrize("pin", ["", "471", "4711471147114", "47a1", "4 711", "-471", "४७११", "4711\n"])
def test_a_pin_is_four_to_twelve_plain_digits(pin: str) -> None:
    assert why_not(pin) == "pin_not_digits"


@pytest.mark.parametrize("pin", ["0000", "777777", "1234", "4321", "7890", "0987", "9012"])
def test_what_is_guessed_first_is_not_taken(pin: str) -> None:
    assert why_not(pin) == "pin_too_easy"
