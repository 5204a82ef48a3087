"""The language sentences are said in: they are looked up in gettext's catalogue when they are said, never before."""

import gettext
from collections.abc import Iterator, Mapping
from typing import Final, TypeVar, cast

from client.paths import RESOURCES
from client.words.pseudo import FACT, Pseudo

DOMAIN: Final = "wardstock"
CATALOGUES: Final = RESOURCES / "words"
LANGUAGES: Final[Mapping[str, str]] = {"en": "English", "de": "Deutsch"}
"""What a person may choose, each by its own name. English stands in the sources; the others have a catalogue."""
PSEUDO: Final = ("en-XA", "ar-XB")
"""CLDR's pseudo-locales, for tests and pictures: long and accented; right to left."""
_RIGHT_TO_LEFT: Final = frozenset({"ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"})

K = TypeVar("K")
V = TypeVar("V", bound="str | tuple[str, ...]")

_English = gettext.NullTranslations
_spoken: tuple[str, gettext.NullTranslations] = ("en", _English())


def speak(language: str) -> None:
    """Say everything in this language from now on: `de`, `de-AT`, `de_AT.UTF-8`. What nobody translated is English."""
    global _spoken  # noqa: PLW0603 - one program speaks one language
    _spoken = (known(language), catalogue(known(language)))


def spoken() -> str:
    """The language in use, as in `LANGUAGES` or `PSEUDO`."""
    return _spoken[0]


def right_to_left() -> bool:
    """Whether it is written from right to left, and pages are mirrored."""
    return _spoken[0].partition("-")[0] in _RIGHT_TO_LEFT


def known(language: str) -> str:
    """The nearest language there is; English where there is none."""
    plain = language.partition(".")[0].replace("_", "-")
    if plain in PSEUDO:
        return plain
    base = plain.partition("-")[0].lower()
    return base if base in LANGUAGES else "en"


def tr(sentence: str, context: str = "") -> str:
    """A template in the language in use. `context` where the same English means two things."""
    if not sentence:
        return ""
    words = _spoken[1]
    return _apart(words.pgettext(context, sentence) if context else words.gettext(sentence))


def trn(one: str, many: str, count: int, context: str = "") -> str:
    """The template for this many, by the plural rules of the language in use."""
    words = _spoken[1]
    return _apart(words.npgettext(context, one, many, count) if context else words.ngettext(one, many, count))


def _apart(template: str) -> str:
    """Fields between Unicode's isolates where text runs from right to left: a lot keeps the order of its own signs."""
    return FACT.sub("\u2068\\g<0>\u2069", template) if right_to_left() else template


class Sentences(Mapping[K, V]):
    """A table of templates. What is taken out of it is in the language in use."""

    def __init__(self, templates: Mapping[K, V], context: str = "") -> None:
        self.templates = templates
        self.context = context

    def __getitem__(self, code: K) -> V:
        words = self.templates[code]
        if isinstance(words, str):
            return cast("V", tr(words, self.context))
        return cast("V", tuple(tr(one, self.context) for one in words))

    def __iter__(self) -> Iterator[K]:
        return iter(self.templates)

    def __len__(self) -> int:
        return len(self.templates)


def catalogue(language: str) -> gettext.NullTranslations:
    """What a known language makes of English. Raises FileNotFoundError where its catalogue did not come along."""
    if language == "en":
        return _English()
    if language in PSEUDO:
        return Pseudo(right_to_left=language == "ar-XB")
    return gettext.translation(DOMAIN, CATALOGUES, [language])
