"""The set-up sheet: what it says survives a scanner, a print and a file; what is damaged is never half believed."""

import json

import pytest

from client.papers import sheet_symbol
from client.work.site.invitation import (
    PREFIX,
    VERSION,
    Invitation,
    address,
    file_of,
    is_sheet,
    of_file,
    of_text,
    text_of,
)
from sync.errors import WardstockError

WHOLE = Invitation(
    "https://odoo.hospital.example:8443",
    "hospital",
    3,
    "ward.device",
    ("CS/Stock", "LOC-ICU"),
    "0123456789abcdef" * 2,
    json.dumps({"schema": 2, "time_zone": "Europe/Lisbon"}, indent=2),
)
BARE = Invitation("https://odoo.hospital.example", "hospital")


@pytest.mark.parametrize("invitation", [WHOLE, BARE], ids=["whole", "bare"])
def test_what_a_sheet_says_comes_back_from_its_code_and_from_its_file(invitation: Invitation) -> None:
    assert of_text(text_of(invitation)) == invitation
    assert of_file(file_of(invitation)) == invitation


def test_its_code_has_only_signs_that_a_qr_code_packs_well_and_every_keyboard_has() -> None:
    assert set(text_of(WHOLE)) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:")


@pytest.mark.parametrize("scanned", [str.lower, lambda text: f"]Q1{text}", lambda text: f"{text}\n", str.swapcase])
def test_caps_lock_a_symbology_id_and_a_line_end_do_it_no_harm(scanned: object) -> None:
    assert of_text(scanned(text_of(BARE))) == BARE  # type: ignore[operator]  # a function of text


def test_a_sheet_never_shows_its_key() -> None:
    assert WHOLE.key not in repr(WHOLE)


def test_a_scanner_set_to_another_keyboard_is_noticed() -> None:
    text = text_of(WHOLE)
    swapped = PREFIX + text.removeprefix(PREFIX).translate(str.maketrans("YZ", "ZY"))
    assert swapped != text

    with pytest.raises(WardstockError, match="invitation_unreadable"):
        of_text(swapped)


@pytest.mark.parametrize("at", range(len(PREFIX), len(text_of(BARE)), 7))
def test_one_wrong_letter_is_noticed_wherever_it_is(at: int) -> None:
    text = text_of(BARE)
    wrong = text[:at] + ("A" if text[at] != "A" else "B") + text[at + 1 :]

    with pytest.raises(WardstockError, match="invitation_unreadable"):
        of_text(wrong)


def test_half_a_sheet_is_none() -> None:
    with pytest.raises(WardstockError, match="invitation_unreadable"):
        of_text(text_of(WHOLE)[:60])


@pytest.mark.parametrize("text", ["", "hello", "01040000000000310A", "https://odoo.hospital.example", "[]", "{}"])
def test_anything_else_is_no_sheet(text: str) -> None:
    assert not is_sheet(text)
    with pytest.raises(WardstockError, match="invitation_unreadable"):
        of_file(text)


def test_a_sheet_of_a_newer_program_says_so() -> None:
    with pytest.raises(WardstockError, match="invitation_newer"):
        of_text("WARDSTOCK:2:MFRGG")
    with pytest.raises(WardstockError, match="invitation_newer"):
        of_file(json.dumps({"wardstock": VERSION + 1, "url": "https://odoo.example", "something": "else"}))


@pytest.mark.parametrize(
    "wrong",
    [
        {"wardstock": 1, "url": "https://odoo.example", "company": "one"},
        {"wardstock": 1, "url": "https://odoo.example", "company": True},
        {"wardstock": 1, "url": "https://odoo.example", "places": "CS/Stock"},
        {"wardstock": 1, "url": "https://odoo.example", "places": [""]},
        {"wardstock": 1, "url": "https://odoo.example", "policy": "schema 2"},
        {"wardstock": 1, "url": "https://odoo.example", "passwrod": "x"},
        {"wardstock": "1", "url": "https://odoo.example"},
    ],
)
def test_a_file_that_says_something_else_than_it_may_is_not_half_believed(wrong: dict[str, object]) -> None:
    with pytest.raises(WardstockError, match="invitation_unreadable"):
        of_file(json.dumps(wrong))


def test_a_policy_alone_brings_rules_and_no_address() -> None:
    text = '{"schema": 2, "idle_lock_minutes": 3}'

    assert of_file(text) == Invitation(policy=text)


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("odoo.hospital.example", "https://odoo.hospital.example"),
        ("  https://Odoo.Hospital.example/web#action=12 ", "https://odoo.hospital.example"),
        ("HTTPS://odoo.hospital.example:8443/odoo/inventory", "https://odoo.hospital.example:8443"),
        ("odoo.hospital.example/web/login?db=x", "https://odoo.hospital.example"),
        ("127.0.0.1:8069", "http://127.0.0.1:8069"),
        ("localhost:8069/odoo", "http://localhost:8069"),
        ("http://localhost:8069", "http://localhost:8069"),
        ("[::1]:8069", "http://[::1]:8069"),
    ],
)
def test_an_address_is_taken_as_people_write_it(written: str, asked: str) -> None:
    assert address(written) == asked


@pytest.mark.parametrize(
    "written", ["", "   ", "https://", "ftp://odoo.example", "odoo example", "odoo:port", "me@odoo.example"]
)
def test_what_is_no_address_is_refused(written: str) -> None:
    with pytest.raises(WardstockError, match="address_unfit"):
        address(written)


def test_plain_http_is_refused_to_everything_but_this_very_machine() -> None:
    with pytest.raises(WardstockError, match="http_refused"):
        address("http://odoo.hospital.example")


def test_the_code_of_a_bare_sheet_is_small_enough_for_a_camera_at_arms_length() -> None:
    assert sheet_symbol(BARE).width <= 60


def test_rules_too_long_for_a_code_are_said_and_still_fit_a_file() -> None:
    many = {f"Ward {number}": {"use": f"LOC-{number * 7919}"} for number in range(300)}
    long = Invitation("https://odoo.example", "hospital", policy=json.dumps({"schema": 2, "places": many}))

    with pytest.raises(WardstockError, match="sheet_too_long"):
        sheet_symbol(long)
    assert json.loads(of_file(file_of(long)).policy) == json.loads(long.policy)
