"""GS1 Digital Links: web addresses that name a product, as more and more packs carry them."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client.barcode.checks import ALPHABETS
from client.barcode.label import Label, RawScan
from client.barcode.read import read

GTIN = "09521234543213"
LINK = f"https://id.gs1.org/01/{GTIN}"


def scanned(text: str) -> Label:
    return read(RawScan.received(text, source="test", device="", scanned_at=datetime(2026, 11, 21, tzinfo=UTC)))


def codes(label: Label) -> list[tuple[str, str]]:
    return [(problem.code, problem.element) for problem in label.problems if problem.breaks]


def test_a_link_says_product_lot_serial_and_expiry() -> None:
    label = scanned(f"{LINK}/10/AB%2F7/21/S%25%201?17=271200&lang=de&s4t")

    assert (label.kind, label.gtin, label.lot, label.expiry) == ("digital_link", GTIN, "AB/7", date(2027, 12, 31))
    assert [(element.ai, element.value) for element in label.elements] == [
        ("01", GTIN),
        ("10", "AB/7"),
        ("21", "S% 1"),
        ("17", "271200"),
    ]
    assert codes(label) == [("characters", "21")]  # no serial has a space
    assert label.serial is None


@pytest.mark.parametrize(
    "link",
    [
        f"http://example.com/01/{GTIN}",
        f"https://brand.example/some/stem/01/{GTIN}",
        f"https://a/00/faux/01/{GTIN}",
        f"HTTPS://EXAMPLE.COM/01/{GTIN}",
        f"HtTpS://example.com:8443/01/{GTIN}#part/17/x",
        f"https://[2001:db8::1]/01/{GTIN}",
        f"]Q1{LINK}",
        f"]d1{LINK}\r\n",
        f"]J0{LINK}",
        f"]q1{LINK.swapcase()}",
    ],
)
def test_any_host_any_stem_any_case_with_or_without_symbology(link: str) -> None:
    label = scanned(link)

    assert (label.kind, label.gtin, label.valid, codes(label)) == ("digital_link", GTIN, True, [])


@pytest.mark.parametrize(
    ("link", "field", "value"),
    [
        (f"https://a/8017/{'952123456789012345'}", "gtin", None),
        ("https://a/00/952012345678912345?02=09520123456788&37=25", "sscc", "952012345678912345"),
        ("https://a/00/952012345678912345?02=09520123456788&37=25", "content_gtin", "09520123456788"),
        (f"{LINK}/22/2A", "gtin", GTIN),
        (f"{LINK}?710=PZN1&715=N2", "other_numbers", ("PZN1", "N2")),
    ],
)
def test_other_keys_are_read_too(link: str, field: str, value: object) -> None:
    label = scanned(link)

    assert (label.kind, codes(label), getattr(label, field)) == ("digital_link", [], value)


@pytest.mark.parametrize(
    ("link", "code", "element"),
    [
        (f"{LINK}?10=ABC", "link_place", "10"),  # a lot belongs in the path
        (f"{LINK}/21/S/10/L", "link_place", "21"),  # out of order
        (f"{LINK}/99/X", "link_place", "99"),
        (f"{LINK}?21=S", "link_place", "21"),
        (f"{LINK}/10/A?10=A", "link_repeats", "10"),
        (f"{LINK}?99=A&99=A", "link_repeats", "99"),
        (f"{LINK}?89=X", "ai_unknown", "89"),
        (f"{LINK}?99=", "empty", "99"),
        (f"{LINK}?17=271301", "date", "17"),
        (f"{LINK}?99=A%00B", "characters", "99"),
        (f"{LINK}/10/A<B", "characters", ""),
        ("https://a/01/09521234543214", "check_digit", "01"),
        ("https://a/01/9521234543213", "too_short", "01"),  # GS1 has withdrawn shorter GTINs in links
    ],
)
def test_what_is_wrong_with_a_link_is_said(link: str, code: str, element: str) -> None:
    label = scanned(link)

    assert (label.kind, label.valid) == ("digital_link", False)
    assert (code, element) in codes(label)


def test_a_lot_in_the_wrong_place_is_still_read() -> None:
    assert scanned(f"{LINK}?10=ABC").lot == "ABC"


@pytest.mark.parametrize(
    ("link", "code"),
    [
        ("https://www.example.com/product/123", "link_without_key"),
        ("http://", "link_without_key"),
        ("https://01/09521234543213", "link_without_key"),
        (f"https://id.gs1.org/gtin/{GTIN}/lot/ABC", "link_without_key"),
        (f"https://id.gs1.org/02/{GTIN}?37=4", "link_without_key"),
        (f"https://a/x?q=/01/{GTIN}", "link_without_key"),
        ("https://id.gs1.org/AQnYUc1gmiCNV4JGYgAA", "link_compressed"),
    ],
)
def test_any_other_address_is_plain_and_names_nothing(link: str, code: str) -> None:
    label = scanned(link)

    assert (label.kind, label.text, label.gtin, label.elements) == ("plain", link, None, ())
    assert codes(label) == [(code, "")]


LOTS = st.text(sorted(ALPHABETS["X"]), min_size=1, max_size=20)


@given(LOTS, LOTS, st.booleans())
def test_whatever_is_encoded_comes_back(lot: str, serial: str, every: bool) -> None:
    def encoded(value: str) -> str:
        return "".join(one if one.isalnum() and not every else f"%{ord(one):02X}" for one in value)

    label = scanned(f"{LINK}/10/{encoded(lot)}/21/{encoded(serial)}?98={encoded(lot)}")

    assert (label.lot, label.serial, label.elements[-1].value, label.valid) == (lot, serial, lot, True)
