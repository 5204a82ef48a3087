"""From a scan to a Label: decides which language a symbol speaks. The one entry of this package is `read`.

A code is read as a language only on evidence: the symbol's own id, what only that language begins with, a separator,
brackets, or a clean parse behind a checked product number. Everything else is plain, because plain codes are looked up
and a clever guess would be booked.
"""

from typing import Final

from client.barcode.ai_table import ai_at, rule_of
from client.barcode.aim import EAN, GS1, behind_caps_lock, split_aim
from client.barcode.element_string import GS
from client.barcode.gs1 import bracketed, element_string, if_clean, is_gtin, retail
from client.barcode.label import Label, Problem, RawScan, plain
from client.barcode.scanner import UNKNOWN, Scanner

COMMAND_PREFIX: Final = "WS!"
LONGEST_SYMBOL: Final = 7089  # digits in the largest QR code: nothing longer was printed as one symbol

# How languages read later begin: HIBC "+", ISBT 128 "=" and "&", ISO 15434 "[)>". Never GS1 (facts/scanning 3.6).
_OTHER_LANGUAGES: Final = ("+", "=", "&", "[)>", "http://", "https://")


def read(raw: RawScan, scanner: Scanner = UNKNOWN) -> Label:
    """What the scan says. Never raises, whatever the bytes; what cannot be read is plain or has its problems listed.

    `scanner` is what is known of the scanner that sent it: a separator it replaces is put back.
    """
    symbology, text = (raw.symbology, raw.text) if raw.symbology else split_aim(raw.text)
    text = text.strip("\r\n\t\x00\x02\x03")
    text = text.replace(scanner.separator, GS) if scanner.separator else text
    if len(text) > LONGEST_SYMBOL:
        return plain(raw, text, Problem("scan_too_long", facts=(("length", str(len(text))),)))
    if text.startswith(COMMAND_PREFIX):
        return Label(kind="command", raw=raw, text=text, command=text[len(COMMAND_PREFIX) :])
    if behind_caps_lock(symbology):
        return _by_symbology(raw, symbology.swapcase(), text, (Problem("caps_lock"),))
    return _by_symbology(raw, symbology, text, ())


def _by_symbology(raw: RawScan, symbology: str, text: str, notes: tuple[Problem, ...]) -> Label:
    if symbology in GS1:
        return element_string(raw, text, notes)
    if symbology in EAN:
        return retail(raw, text)
    if symbology:
        return _by_content(raw, text, (*notes, Problem("not_flagged")))
    if text.startswith("]"):
        return plain(raw, text, Problem("symbology_unknown"))
    return _by_content(raw, text, notes)


def _by_content(raw: RawScan, text: str, notes: tuple[Problem, ...]) -> Label:
    """A symbol whose id does not settle what it is; `notes` are said of it only should it turn out to be GS1."""
    if text.lower().startswith(_OTHER_LANGUAGES):
        return plain(raw, text)
    if text.startswith("("):
        return bracketed(raw, text, notes)
    if text[:1] == "^" and text[1:3].isdigit():  # FNC1 as GS1 writes it in print
        text = text.replace("|^", GS).replace("^", GS)
    if text[:1] == GS or (GS in text and rule_of(ai_at(text, 0))):
        return element_string(raw, text, notes)
    if is_gtin(text):
        return Label(kind="gtin", raw=raw, text=text, gtin=text.zfill(14))
    if text[:2] in ("00", "01", "02"):
        return if_clean(raw, text, notes)
    return plain(raw, text)
