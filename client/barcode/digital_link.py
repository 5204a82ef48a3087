"""GS1 Digital Link: a web address that names a product, its lot and its serial (GS1 Digital Link URI Syntax 1.6).

Any host, any stem before the key, the scheme in any case. What is read follows the GS1 Barcode Syntax Engine, without
its switches for shorter GTINs and for words such as /gtin/, which GS1 has withdrawn.
"""

import re
from collections import Counter
from itertools import chain
from typing import Final
from urllib.parse import unquote, unquote_plus

from client.barcode.ai_table import rule_of
from client.barcode.element_string import problems_of
from client.barcode.elements import label_of
from client.barcode.label import Element, Label, Problem, RawScan, plain

SCHEMES: Final = ("http://", "https://")

# The keys a path may begin with, and the qualifiers that may follow in this order (GS1 Barcode Syntax Dictionary of
# July 2026, dlpkey).
_QUALIFIERS: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "00": ((),),
    "01": (("22", "10", "21"), ("235",)),
    "253": ((),),
    "255": ((),),
    "401": ((),),
    "402": ((),),
    "414": (("254",), ("7040",)),
    "415": (("8020",),),
    "417": (("7040",),),
    "8003": ((),),
    "8004": (("7040",),),
    "8006": (("22", "10", "21"),),
    "8010": (("8011",),),
    "8013": ((),),
    "8017": (("8019",),),
    "8018": (("8019",),),
}
# What may not be said behind the "?" (the same, AIs without the flag "?").
_NO_ATTRIBUTE: Final = frozenset(
    {
        "03", "21", "22", "235", "254", "7040", "7041", "8011", "8014", "8019",
        "8020", "8040", "8041", "8042", "8043", "8200",
    }
)  # fmt: skip

_URI: Final = re.compile(r"https?://([^/?#]*)([^?#]*)\??([^#]*)", re.IGNORECASE)
_FOREIGN: Final = re.compile(r"[^A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]")
_NO_HOST: Final = re.compile(r"[^A-Za-z0-9\-.:\[\]]")
# Base64 whose first byte is the beginning of a key: 00, 01, 253, 255, 40n, 41n, 80nn.
_COMPRESSED: Final = re.compile(r"/(?=[\w-]*[0-9])(?:[AQ][A-Za-f]|J[Q-Za-f]|g[A-P])[\w-]{8,}$")


def digital_link(raw: RawScan, text: str) -> Label:
    """What a web address says of an item; an address that names none is plain, with the problem said."""
    uri = _URI.match(text)
    host, path, query = uri.groups() if uri else ("", "", "")
    named = _named_in(path)
    if not named:
        compressed = Problem("link_compressed") if _COMPRESSED.search(path) else Problem("link_without_key")
        return plain(raw, text, compressed)
    said = _said_in(query)
    elements = [Element(ai, value, rule_of(ai) is not None) for ai, value in chain(named, said)]
    problems = [*problems_of(elements, raw.scanned_at.year), *_misplaced(named, said), *_foreign(text, host)]
    return label_of("digital_link", raw, text, (elements, problems))


def _named_in(path: str) -> list[tuple[str, str]]:
    """The key and its qualifiers: pairs from the end of the path, back to the first that is a key."""
    segments = path.split("/")
    named: list[tuple[str, str]] = []
    for at in range(len(segments) - 2, 0, -2):
        ai, value = segments[at], unquote(segments[at + 1])
        if rule_of(ai) is None:
            return []
        named.insert(0, (ai, value))
        if ai in _QUALIFIERS:
            return named
    return []


def _said_in(query: str) -> list[tuple[str, str]]:
    """AIs among the parameters; what else stands there belongs to the web site."""
    pairs = (pair.partition("=") for pair in query.split("&"))
    return [(name, unquote_plus(value)) for name, is_, value in pairs if is_ and name.isascii() and name.isdigit()]


def _misplaced(named: list[tuple[str, str]], said: list[tuple[str, str]]) -> list[Problem]:
    """Elements said twice, qualifiers out of order or of another key, and what belongs in the path but is not there."""
    path, attributes = [ai for ai, _ in named], dict.fromkeys(ai for ai, _ in said)
    twice = [ai for ai, times in Counter(ai for ai, _ in chain(named, said)).items() if times > 1]
    wrong = () if _fits(path) else path[1:]
    outside = (ai for ai in attributes if rule_of(ai) and (ai in _NO_ATTRIBUTE or _belongs_in(ai, path)))
    return [
        *(Problem("link_repeats", ai) for ai in twice),
        *(Problem("link_place", ai) for ai in dict.fromkeys(chain(wrong, outside)) if ai not in twice),
    ]


def _fits(path: list[str]) -> bool:
    """Whether the qualifiers are those of the key, each at most once and in order."""
    key, *qualifiers = path
    return any([ai for ai in order if ai in qualifiers] == qualifiers for order in _QUALIFIERS[key])


def _belongs_in(ai: str, path: list[str]) -> bool:
    return ai not in path and any(_fits([*path[:at], ai, *path[at:]]) for at in range(1, len(path) + 1))


def _foreign(text: str, host: str) -> list[Problem]:
    """Characters no web address has: they were not encoded, or not read right."""
    found = _FOREIGN.search(text) or _NO_HOST.search(host)
    return [Problem("characters", facts=(("value", found[0]),))] if found else []
