"""GS1 symbols: element strings, brackets typed by hand, retail numbers. What each says becomes a Label."""

from dataclasses import replace
from typing import Final

from client.barcode.checks import check_digit_is_right
from client.barcode.element_string import read_bracketed, read_element_string
from client.barcode.elements import label_of
from client.barcode.label import Label, Problem, RawScan, Repaired, plain
from client.barcode.repair import readings, separator_doubts, swallows
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


def element_string(raw: RawScan, text: str, notes: tuple[Problem, ...], *, loses_separators: bool = False) -> Label:
    """A symbol that says it is GS1. A substitute its scanner sends for the separator is recognised and said.

    Where separators seem to be lost, or the scanner is known to lose them, all ways to read it come with the label.
    """
    year = raw.scanned_at.year
    content, substitute = guessed(text, year)
    replaced = (Problem("separator_replaced", facts=(("value", substitute),)),) if substitute else ()
    reading = read_element_string(content, year)
    label = label_of("gs1", raw, text, reading, (*notes, *replaced))
    doubts = separator_doubts(content, reading[0], year)
    if label.kind == "patient" or not (doubts or reading[1] or (loses_separators and swallows(reading[0]))):
        return label
    found = readings(content, year)
    if found and found[0].sure:
        read = label_of("gs1", raw, text, (list(found[0].elements), []), notes)
        return read if found[0].elements == label.elements else replace(read, readings=found)
    if found and not doubts:
        doubts = [_doubt(label)]
    return replace(label, gtin=label.gtin or _agreed_gtin(found), problems=(*label.problems, *doubts), readings=found)


def _doubt(label: Label) -> Problem:
    """Of the element that may hold others: the broken one, else the one of open length, which is the last."""
    ais = [problem.element for problem in label.problems if problem.breaks]
    element = next((one for one in label.elements if one.ai in ais), label.elements[-1])
    return Problem("separator_doubt", element.ai, (("value", element.value),))


def _agreed_gtin(found: tuple[Repaired, ...]) -> str | None:
    """The product number, where no reading says another."""
    gtins = {next((one.value for one in reading.elements if one.ai == "01"), None) for reading in found}
    return gtins.pop() if len(gtins) == 1 else None


def reread(label: Label, reading: Repaired) -> Label:
    """The label as one of its readings has it."""
    notes = tuple(one for one in label.problems if one.code in {"caps_lock", "not_flagged"})
    return label_of("gs1", label.raw, label.text, (list(reading.elements), []), notes)


def bracketed(raw: RawScan, text: str, notes: tuple[Problem, ...]) -> Label:
    """Brackets as printed beside a symbol, typed by hand; plain where not even the first is an AI's."""
    elements, problems = read_bracketed(text, raw.scanned_at.year)
    if elements:
        return label_of("gs1", raw, text, (elements, problems), notes)
    return plain(raw, text, *problems)


def is_gtin(text: str) -> bool:
    """Whether this is a GTIN-8, -12, -13 or -14 with a right check digit."""
    return len(text) in _GTIN_LENGTHS and text.isascii() and text.isdigit() and check_digit_is_right(text)
