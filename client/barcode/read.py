"""From a scan to a Label: decides which language a symbol speaks. The one entry of this package is `read`.

A code is read as a language only on evidence: the symbol's own id, what only that language begins with, a separator,
brackets, or a clean parse behind a checked product number. Everything else is plain, because plain codes are looked up
and a clever guess would be booked.
"""

from typing import Final

from client.barcode.ai_table import ai_at, rule_of
from client.barcode.aim import EAN, GS1, behind_caps_lock, split_aim
from client.barcode.digital_link import SCHEMES, digital_link
from client.barcode.element_string import GS
from client.barcode.gs1 import bracketed, element_string, is_gtin, retail
from client.barcode.hibc import hibc
from client.barcode.isbt128 import MARKS, isbt128
from client.barcode.label import Label, Problem, RawScan, plain
from client.barcode.patient import RECIPIENT, hides_a_patient, patient
from client.barcode.ppn import ENVELOPE, ifa
from client.barcode.scanner import UNKNOWN, Scanner
from client.barcode.separators import has_separator, with_separators

COMMAND_PREFIX: Final = "WS!"
LONGEST_SYMBOL: Final = 4296  # characters in the largest QR code, of a text; digits alone can be more
LONGEST_NUMBER: Final = 7089

# What begins so is never read as element strings of GS1, also where the language it begins cannot read it.
_OTHER_LANGUAGES: Final = (
    ("+", hibc),
    ("*+", hibc),
    (ENVELOPE, ifa),
    ("-", ifa),
    *((mark, isbt128) for mark in MARKS),
)
_CHECKED_NUMBERS: Final = ("00", "01", "02", RECIPIENT)
_CAPS_LOCK: Final = (Problem("caps_lock"),)


def read(raw: RawScan, scanner: Scanner = UNKNOWN) -> Label:
    """What the scan says. Never raises, whatever the bytes; what cannot be read is plain or has its problems listed.

    `scanner` is what is known of the scanner that sent it: a separator it replaces is put back. Of a patient nothing
    is kept, in whatever way the text says one.
    """
    symbology, text = (raw.symbology, raw.text) if raw.symbology else split_aim(raw.text)
    label = _read(raw, symbology, text.strip("\r\n\t\x00\x02\x03"), scanner)
    # What was read soundly to its end is accounted for: a number in it that runs over two elements is no patient's.
    sound = label.valid and label.elements and all(one.known for one in label.elements)
    said = [f"{one.ai}{one.value}" for one in label.elements] if sound else [text]
    if label.kind != "patient" and any(map(hides_a_patient, said)):
        return patient(raw, damaged=True)
    return label


def _read(raw: RawScan, symbology: str, text: str, scanner: Scanner) -> Label:
    if len(text) > (LONGEST_NUMBER if text.isdecimal() else LONGEST_SYMBOL):
        return plain(raw, text, Problem("scan_too_long", facts=(("length", str(len(text))),)))
    if text.startswith(COMMAND_PREFIX):
        return Label(kind="command", raw=raw, text=text, command=text[len(COMMAND_PREFIX) :])
    if behind_caps_lock(symbology):
        return _by_symbology(raw, symbology.swapcase(), _uncapped(text), scanner, _CAPS_LOCK)
    return _by_symbology(raw, symbology, text, scanner, ())


def _uncapped(text: str) -> str:
    """As it was printed, caps lock having turned it over. Capitals alone come from a scanner that sends only those:
    what they were on the label nobody knows.
    """
    return text if text == text.upper() else text.swapcase()


def _by_symbology(raw: RawScan, symbology: str, text: str, scanner: Scanner, notes: tuple[Problem, ...]) -> Label:
    if symbology in GS1:
        return _gs1(raw, text, scanner, notes)
    if symbology in EAN:
        return _retail_or_databar(raw, symbology, text, scanner)
    if symbology:
        return _by_content(raw, text, scanner, (*notes, Problem("not_flagged")))
    if text.startswith("]"):
        return plain(raw, text, Problem("symbology_unknown"))
    return _by_content(raw, text, scanner, notes)


def _retail_or_databar(raw: RawScan, symbology: str, text: str, scanner: Scanner) -> Label:
    """`]E0` is an EAN, or `]e0`, a DataBar, behind caps lock: then its content is GS1 and clean."""
    label = retail(raw, text)
    if symbology == "]E0" and any(problem.code == "not_a_gtin" for problem in label.problems):
        databar = _gs1(raw, _uncapped(text), scanner, _CAPS_LOCK)
        return databar if databar.valid else label
    return label


def _by_content(raw: RawScan, text: str, scanner: Scanner, notes: tuple[Problem, ...]) -> Label:
    """A symbol whose id does not settle what it is; `notes` are said of it only should it turn out to be GS1."""
    if text[:8].lower().startswith(SCHEMES):
        return digital_link(raw, text)
    if other := next((language for head, language in _OTHER_LANGUAGES if text.startswith(head)), None):
        return other(raw, with_separators(text, scanner) if other is ifa else text) or plain(raw, text)
    if text.startswith("("):
        return bracketed(raw, text, notes)
    if text[:1] == "^" and text[1:3].isdigit():  # FNC1 as GS1 writes it in print
        text = text.replace("|^", GS).replace("^", GS)
    if text[:1] == GS or (GS in text and rule_of(ai_at(text, 0))):
        return element_string(raw, text, notes)
    if is_gtin(text):
        return Label(kind="gtin", raw=raw, text=text, gtin=text.zfill(14))
    return _if_clean(raw, text, scanner, notes)


def _gs1(raw: RawScan, text: str, scanner: Scanner, notes: tuple[Problem, ...]) -> Label:
    content = with_separators(text, scanner)
    return element_string(raw, content, notes, loses_separators=scanner.loses_separators)


def _if_clean(raw: RawScan, text: str, scanner: Scanner, notes: tuple[Problem, ...]) -> Label:
    """GS1 where a checked number or something like a separator speaks for it and nothing against it, unless lost
    separators explain that.
    """
    content = with_separators(text, scanner)
    if content.startswith(_CHECKED_NUMBERS) or (has_separator(content) and rule_of(ai_at(content, 0))):
        label = _gs1(raw, text, scanner, notes)
        if label.valid or label.readings or label.kind == "patient":
            return label
    return plain(raw, text)
