"""GS1 symbols: element strings, brackets typed by hand, retail numbers. What each says becomes a Label."""

from dataclasses import replace
from typing import Final

from client.barcode.checks import check_digit_is_right
from client.barcode.element_string import read_bracketed, read_element_string
from client.barcode.elements import label_of
from client.barcode.label import Label, Problem, RawScan, plain
from client.barcode.repair import separator_doubts
from client.barcode.separators import guessed

_GTIN_LENGTHS: Final = (8, 12, 13, 14)


def retail(raw: RawScan, text: str) -> Label:
    """EAN and UPC, whose check digit the scanner has already seen: anything but a right number is a fault."""
    number, composite, data = text.partition("|]e0")
    gtin = number.zfill(14) if is_gtin(number) else None
    if gtin and composite:
        return replace(element_string(raw, data, ()), gtin=gtin)
    wrong_shape = len(number) not in _GTIN_LENGTHS or not (number.isascii() and number.isdigit())
    fault = Problem("not_a_gtin" if wrong_shape else "check_digit", facts=(("value", text),))
    return Label(kind="gtin", raw=raw, text=text, gtin=gtin, problems=() if gtin else (fault,))


def element_string(raw: RawScan, text: str, notes: tuple[Problem, ...]) -> Label:
    """A symbol that says it is GS1. A substitute its scanner sends for the separator is recognised and said."""
    year = raw.scanned_at.year
    content, substitute = guessed(text, year)
    replaced = (Problem("separator_replaced", facts=(("value", substitute),)),) if substitute else ()
    reading = read_element_string(content, year)
    doubts = separator_doubts(content, reading[0], year)
    return label_of("gs1", raw, text, reading, (*notes, *replaced, *doubts))


def bracketed(raw: RawScan, text: str, notes: tuple[Problem, ...]) -> Label:
    """Brackets as printed beside a symbol, typed by hand; plain where not even the first is an AI's."""
    elements, problems = read_bracketed(text, raw.scanned_at.year)
    if elements:
        return label_of("gs1", raw, text, (elements, problems), notes)
    return plain(raw, text, *problems)


def is_gtin(text: str) -> bool:
    """Whether this is a GTIN-8, -12, -13 or -14 with a right check digit."""
    return len(text) in _GTIN_LENGTHS and text.isascii() and text.isdigit() and check_digit_is_right(text)
