"""Which place holds the key of the store: `key.json` in the profile. A profile without one keeps it in a file."""

import json
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from sync.errors import WardstockError
from sync.keys import private

_FILE = "key.json"


class Place(StrEnum):
    """Where a key can be: with the operating system, sealed by a passphrase, or in a 0600 file (design 8)."""

    KEYRING = "keyring"
    PASSPHRASE = "passphrase"  # noqa: S105 - a word
    FILE = "file"


class Kept(Protocol):
    """What each place can do with the one key it holds. Raises WardstockError with what is in the way."""

    def get(self) -> bytes:
        """The key; a place that holds none says key_missing or key_not_in_keyring."""

    def put(self, key: bytes) -> None:
        """Keep it, in place of what is there. When this returns it was read back."""

    def drop(self) -> None:
        """Hold it no more; nothing there is fine."""


@dataclass(frozen=True, slots=True)
class Note:
    """`place` holds the key; `entry` is its name in the keyring. `leftover` may hold a copy, which has to go."""

    place: Place
    entry: str = ""
    leftover: Place | None = None


@dataclass(frozen=True, slots=True)
class Where:
    """What a person should know: the place, a copy a crash left elsewhere, and a code of what others may do here."""

    place: Place
    leftover: Place | None
    warning: str = ""


def read(folder: Path) -> Note:
    """Raises WardstockError("key_place_damaged"): nobody guesses where a key is."""
    try:
        told = json.loads((folder / _FILE).read_text(encoding="ascii"))
        left = told["leftover"]
        return Note(Place(told["place"]), str(told["entry"]), Place(left) if left else None)
    except FileNotFoundError:
        return Note(Place.FILE)
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise WardstockError("key_place_damaged", file=_FILE) from error


def write(folder: Path, note: Note) -> None:
    """From now on the profile says so. Raises WardstockError("key_not_writable")."""
    told = {"place": note.place, "entry": note.entry, "leftover": note.leftover}
    private.write(folder / _FILE, json.dumps(told))


def forget(folder: Path) -> None:
    """The profile names no place any more. Raises WardstockError("key_not_writable")."""
    private.drop(folder / _FILE)


def key_of(text: str, where: str) -> bytes:
    """256 bits as they were written. Raises WardstockError("key_damaged")."""
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) != 32:  # noqa: PLR2004  # 256 bits
        raise WardstockError("key_damaged", file=where)
    return key
