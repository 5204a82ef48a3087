"""The set-up sheet: which Odoo a new device is to belong to, as a QR code for any scanner, or as a file (design 8)."""

import base64
import binascii
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

from sync.errors import WardstockError

VERSION: Final = 1
PREFIX: Final = "WARDSTOCK:1:"
"""Digits, capitals and colons alone: the alphabet a QR code packs best, and no keyboard layout changes the letters'
case in it. What a wrong layout does to letters is noticed: the text behind it carries a checksum."""
LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})

_ANY_VERSION: Final = "WARDSTOCK:"
_LARGEST: Final = 200_000
"""Bytes of a sheet once unpacked: more is no sheet."""
_KNOWN: Final = frozenset({"wardstock", "url", "database", "company", "login", "places", "key", "policy"})


@dataclass(frozen=True, slots=True)
class Invitation:
    """Where to connect. Without `key` it may hang on the wall; with it, it is as secret as the key.

    `places` are names or barcodes of the places the device serves; `policy` is a whole policy.json as text, or "".
    """

    url: str = ""
    database: str = ""
    company_id: int | None = None
    login: str = ""
    places: tuple[str, ...] = ()
    key: str = field(default="", repr=False)
    policy: str = field(default="", repr=False)

    @property
    def host(self) -> str:
        """Shown before anything is asked there: with its port, where it has one of its own."""
        return urlsplit(self.url).netloc


def is_sheet(text: str) -> bool:
    """Whether that claims to be a set-up sheet's code, readable or not."""
    return _plain(text).startswith(_ANY_VERSION)


def text_of(invitation: Invitation) -> str:
    """The text of the sheet's code."""
    packed = zlib.compress(json.dumps(_told(invitation), separators=(",", ":")).encode(), 9)
    return PREFIX + base64.b32encode(packed).decode().rstrip("=")


def of_text(text: str) -> Invitation:
    """What a scanned sheet says. Raises WardstockError: invitation_unreadable, invitation_newer, address_unfit."""
    plain = _plain(text)
    if not plain.startswith(_ANY_VERSION):
        raise WardstockError("invitation_unreadable")
    if not plain.startswith(PREFIX):
        raise WardstockError("invitation_newer")
    code = plain.removeprefix(PREFIX)
    try:
        packed = base64.b32decode(code + "=" * (-len(code) % 8))
        unpacking = zlib.decompressobj()
        raw = unpacking.decompress(packed, _LARGEST)
        if not unpacking.eof:
            raise WardstockError("invitation_unreadable")
        return _of(json.loads(raw))
    except (binascii.Error, zlib.error, ValueError) as error:
        raise WardstockError("invitation_unreadable") from error


def file_of(invitation: Invitation) -> str:
    """The same as a file a person can read."""
    return json.dumps(_told(invitation), indent=2, ensure_ascii=False) + "\n"


def of_file(text: str) -> Invitation:
    """What such a file says; a policy.json alone is an invitation to nowhere, with that policy.

    Raises WardstockError: invitation_unreadable, invitation_newer, address_unfit.
    """
    if is_sheet(text):
        return of_text(text)
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise WardstockError("invitation_unreadable") from error
    if isinstance(raw, dict) and "schema" in raw and "wardstock" not in raw:
        return Invitation(policy=text)
    return _of(raw)


def address(text: str) -> str:
    """The address of an Odoo as people write it, as it is asked: https where nothing is said, without a page's path.

    Raises WardstockError: address_unfit, http_refused (only this very machine is asked in plain, design 8).
    """
    written = text.strip()
    scheme, mark, rest = written.partition("://")
    try:
        parts = urlsplit(f"//{rest if mark else written}")
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise WardstockError("address_unfit", address=written) from None
    if not host or any(letter.isspace() or not letter.isprintable() for letter in host) or parts.username:
        raise WardstockError("address_unfit", address=written)
    scheme = scheme.lower() if mark else "http" if host in LOOPBACK else "https"
    if scheme not in {"http", "https"}:
        raise WardstockError("address_unfit", address=written)
    if scheme == "http" and host not in LOOPBACK:
        raise WardstockError("http_refused", host=host)
    named = f"[{host}]" if ":" in host else host
    return f"{scheme}://{named}" + (f":{port}" if port else "")


def _plain(text: str) -> str:
    """Without what a scanner or a print adds: its symbology id, blanks, another case (Caps Lock)."""
    plain = "".join(text.split()).upper()
    return plain[3:] if plain.startswith("]") else plain


def _told(invitation: Invitation) -> dict[str, Any]:
    """Only what is said. Any: JSON."""
    said = {
        "wardstock": VERSION,
        "url": invitation.url,
        "database": invitation.database,
        "company": invitation.company_id,
        "login": invitation.login,
        "places": list(invitation.places),
        "key": invitation.key,
        "policy": json.loads(invitation.policy) if invitation.policy else None,
    }
    return {name: value for name, value in said.items() if value}


def _of(raw: Any) -> Invitation:  # Any: JSON
    if not isinstance(raw, dict) or not isinstance(raw.get("wardstock"), int):
        raise WardstockError("invitation_unreadable")
    if raw["wardstock"] > VERSION:
        raise WardstockError("invitation_newer")
    company, places, policy = raw.get("company"), raw.get("places", []), raw.get("policy")
    fits = (company is None or _is_id(company)) and _are_texts(places) and (policy is None or isinstance(policy, dict))
    if not fits or not raw.keys() <= _KNOWN:
        raise WardstockError("invitation_unreadable")
    url = address(_text(raw, "url"))
    told = json.dumps(policy, indent=2, ensure_ascii=False) if policy else ""
    texts = (_text(raw, "database"), company, _text(raw, "login"))
    return Invitation(url, *texts, places=tuple(places), key=_text(raw, "key"), policy=told)


def _text(raw: Mapping[str, Any], name: str) -> str:
    value = raw.get(name, "")
    if not isinstance(value, str):
        raise WardstockError("invitation_unreadable")
    return value.strip()


def _is_id(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) and one.strip() for one in value)
