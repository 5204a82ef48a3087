"""AIM symbology identifiers: what kind of symbol the scanner says it read (ISO/IEC 15424)."""

from typing import Final

# First position FNC1: the symbol itself says its content is GS1 element strings (facts/scanning 2.1).
GS1: Final = frozenset({"]d2", "]d8", "]C1", "]Q3", "]e0", "]J1"})
EAN: Final = frozenset({"]E0", "]E4"})
ITF: Final = frozenset({"]I0", "]I1"})

_LETTERS: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVXZacdeghjmopsz")
_MODIFIERS: Final = frozenset("0123456789ABCDEFabcdef")
_UNDERSTOOD: Final = GS1 | EAN | ITF | {"]d1", "]Q1", "]C0"}


def split_aim(text: str) -> tuple[str, str]:
    """The AIM id as received and what follows it; ("", text) when the text does not begin with one, nor with one
    turned over by caps lock.
    """
    is_id = text[:1] == "]" and text[1:2] in _LETTERS and text[2:3] in _MODIFIERS
    if is_id or behind_caps_lock(text[:3]):
        return text[:3], text[3:]
    return "", text


def behind_caps_lock(symbology: str) -> bool:
    """Whether caps lock has turned the id over: `]D2` for `]d2`. Then it has turned the content over too.

    Not told of `]E0` and `]e0`, which are both real (facts/scanning 3.4).
    """
    return symbology not in _UNDERSTOOD and symbology.swapcase() in _UNDERSTOOD
