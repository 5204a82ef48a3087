"""What Odoo asks or says in its own words, made readable: quoted on a card, never interpreted (design 4, ward 20)."""

import html
import re
from collections.abc import Iterator, Mapping
from typing import Any

from sync.errors import WardstockError
from sync.odoo.wire.errors import Family, OdooError, Refused
from sync.odoo.wire.fields import text

LONGEST = 600
"""Signs of a quotation; a longer one ends at a word, with three dots."""

_TAG = re.compile(r"</?[a-zA-Z!][^>]*>")
_BREAK = re.compile(r"<\s*(?:br|/p|/div|/li|/h\d|/tr)\b[^>]*>", re.IGNORECASE)
_WORDS = ("help", "message", "warning", "description", "title", "text", "note")
"""Where an action of Odoo, its `params` or its context's `default_…` keep what a person is to read."""


def plain(words: object) -> str:
    """HTML as a person reads it, on as few lines as it has."""
    told = html.unescape(_TAG.sub("", _BREAK.sub("\n", text(words))))
    lines = (" ".join(line.split()) for line in told.splitlines())
    return _shortened("\n".join(line for line in lines if line))


def refusal_of(reason: WardstockError) -> Refused:
    """The card for what kept a transaction from being posted: Odoo's no to the data is quoted."""
    if isinstance(reason, Refused):
        return reason
    if isinstance(reason, OdooError) and reason.family is Family.DATA:
        return Refused("odoo_refused", says=plain(reason.message))
    return Refused(reason.code, **reason.facts)


def asked(answer: Any, state: str) -> dict[str, str]:
    """What `button_validate` wants instead of validating: the title of its window, its model, and all words it gives.

    An answer that is no action is a picking left open: then its `state` is all there is to say.
    """
    action: Mapping[str, Any] = answer if isinstance(answer, dict) else {}
    params = action["params"] if isinstance(action.get("params"), dict) else {}
    title = plain(action.get("name")) or plain(action.get("display_name")) or plain(params.get("title"))
    model = text(action.get("res_model")) or text(action.get("tag"))
    words = [word for word in dict.fromkeys(_words(action, params)) if word and word != title]
    return {
        "asks": title or model or state,
        "model": model,
        "says": _shortened("\n".join(words)),
        "state": state,
    }


def _words(action: Mapping[str, Any], params: Mapping[str, Any]) -> Iterator[str]:
    context = action["context"] if isinstance(action.get("context"), dict) else {}
    for name in _WORDS:
        yield plain(action.get(name))
        yield plain(params.get(name))
        yield plain(context.get(f"default_{name}"))


def _shortened(told: str) -> str:
    if len(told) <= LONGEST:
        return told
    return told[:LONGEST].rsplit(None, 1)[0] + " …"
