"""What stands where a symbol has a separator (FNC1, GS), when the scanner or its keyboard cannot send one."""

from collections.abc import Iterable
from typing import Final

from client.barcode.element_string import GS, read_element_string
from client.barcode.scanner import Scanner

# None of these can be part of an element: outside GS1's character set 82, but for the letters of the last ones, which
# no label writes so (facts/scanning 3.4). A "/" or "%" is legal in a lot: only a scanner known to send it is believed.
_SUBSTITUTES: Final = ("{GS}", "<GS>", "\\u001d", "\\x1d", "<0x1D>", "\u241d", "|", "~", "^")


def with_separators(text: str, scanner: Scanner) -> str:
    """`text` with GS wherever this scanner is known to send something else for it."""
    return text.replace(scanner.separator, GS) if scanner.separator else text


def guessed(text: str, year: int) -> tuple[str, str]:
    """The text with GS for the substitute it seems to use, and that substitute; (text, "") where it uses none.

    Believed only where the elements come out with fewer faults than before; a marker spelled out needs no such proof.
    """
    candidates = [] if GS in text else [(text.replace(one, GS), one) for one in _used(text)]
    if not candidates:
        return text, ""
    best = min(candidates, key=lambda one: _faults(one[0], year))
    faults, before = _faults(best[0], year), _faults(text, year)
    spelled_out = len(best[1]) > 1 and faults == before
    return best if faults < before or spelled_out else (text, "")


def has_separator(text: str) -> bool:
    """Whether anything in it may stand for a separator."""
    return GS in text or any(_used(text))


def _used(text: str) -> Iterable[str]:
    return (one for one in _SUBSTITUTES if one in text)


def _faults(text: str, year: int) -> int:
    return len(read_element_string(text, year)[1])
