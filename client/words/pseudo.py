"""Pseudo-locales: every sentence made longer and strange by rule, so that what is cut or not looked up shows itself."""

import gettext
import re
from typing import Final

OPEN, CLOSE = "⟦", "⟧"
"""Around every sentence that was looked up."""
_PLAIN: Final = "AEIOUYCNSZaeiouycnszdghjklrtw"
_STRANGE: Final = "ÅÉÎÖÛÝÇÑŠŽåéîöûýçñšžđĝĥĵķļŕţŵ"
_ACCENTS: Final = str.maketrans(_PLAIN, _STRANGE)
FIELD: Final = re.compile(r"(\{[a-z_]\w*(?:![rsa])?(?::[^{}]*)?\}|%L?\d|%L?n|\n|\{\{|\}\})", re.IGNORECASE)
"""What stays as it is in every language: named fields, %1, %n."""
FACT: Final = re.compile(r"\{[a-z_]\w*(?:![rsa])?(?::[^{}]*)?\}|%L?\d", re.IGNORECASE)
"""Where a fact is put in: a name, a lot, an hour."""
_LONGER: Final = 0.35
_ONE_WORD: Final = 0.2
_NAME: Final = "Wardstock"
"""Is called so everywhere."""
_RLM, _RLO, _PDF = "\u200f", "\u202e", "\u202c"


class Pseudo(gettext.NullTranslations):
    """A catalogue that needs no file. Named fields, %1 and %n stay as they are."""

    def __init__(self, *, right_to_left: bool) -> None:
        super().__init__()
        self._change = _turned if right_to_left else _accented

    def gettext(self, message: str) -> str:
        if message == _NAME or not any(one.isalpha() for one in FIELD.sub("", message)):
            return message
        parts = (one if FIELD.fullmatch(one) else self._change(one) for one in FIELD.split(message))
        return f"{OPEN}{''.join(parts)}{CLOSE}"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:  # noqa: ARG002 - gettext's own signature
        return self.gettext(message)

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:  # noqa: ARG002 - as above
        return self.ngettext(msgid1, msgid2, n)


def _accented(text: str) -> str:
    """A third longer, as translations into German or Finnish are: vowels are drawn out."""
    missing, drawn = round(len(text.strip()) * (_LONGER if " " in text.strip() else _ONE_WORD)), []
    for one in text:
        more = missing > 0 and one.lower() in "aeiou"
        drawn.append(one + one.lower() if more else one)
        missing -= more
    return "".join(drawn).translate(_ACCENTS)


def _turned(text: str) -> str:
    """Word by word from right to left, so that it behaves as Arabic and can still be read."""
    return "".join(f"{_RLM}{_RLO}{one}{_PDF}{_RLM}" if one.strip() else one for one in re.split(r"(\s+)", text))
