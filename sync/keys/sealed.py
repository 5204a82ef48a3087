"""The key sealed by the device's passphrase: argon2id makes the key that ChaCha20-Poly1305 closes it with."""

import base64
import json
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from unicodedata import normalize

from sync import guesses
from sync.errors import WardstockError
from sync.keys import private
from sync.keys.places import key_of

NAME: Final = "store.key.sealed"
_TRIES: Final = "passphrase.tries"
SHORTEST: Final = 12
"""Characters: twelve random digits already take one fast machine tens of thousands of years at COST."""
_DIFFERENT: Final = 5
_MOST_MEMORY: Final = 2 << 20
"""KiB. A damaged file must not take the machine's memory."""

Ask = Callable[[], str]


@dataclass(frozen=True, slots=True)
class Cost:
    """What one look at a passphrase costs: passes over so much memory, in so many lanes."""

    passes: int
    memory_kib: int
    lanes: int


COST: Final = Cost(passes=6, memory_kib=64 * 1024, lanes=4)
"""Twice RFC 9106's second recommendation: asked once at start, it may take half a second. Kept in each file."""


def _nobody_to_ask() -> str:
    raise WardstockError("passphrase_needed")


@dataclass(frozen=True, slots=True)
class Asks:
    """Who is asked for the passphrase that opens, and for one to close with from now on.

    Each gives it once, or raises WardstockError("passphrase_needed").
    """

    known: Ask = _nobody_to_ask
    new: Ask = _nobody_to_ask


def why_not(passphrase: str) -> str:
    """Why that cannot be a passphrase: passphrase_short, passphrase_easy, or empty where it can."""
    text = normalize("NFKC", passphrase)
    if len(text) < SHORTEST:
        return "passphrase_short"
    return "passphrase_easy" if len(set(text)) < _DIFFERENT else ""


class SealedKey:
    """A file that is worth nothing without the passphrase. Wrong ones are counted first, and make the next one wait."""

    def __init__(self, folder: Path, asks: Asks) -> None:
        self._path = folder / NAME
        self._tries = folder / _TRIES
        self._asks = asks

    def get(self) -> bytes:
        """Raises WardstockError: passphrase_needed, passphrase_wrong, passphrase_wait, key_missing, key_damaged."""
        sealed = _told(private.read(self._path))
        wrong = self._may_try(datetime.now(UTC))
        passphrase = self._asks.known()
        self._count(wrong + 1)
        key = _opened(sealed, passphrase)
        if key is None:
            seconds = guesses.wait_after(wrong + 1)
            raise WardstockError("passphrase_wrong", seconds=seconds, left=max(guesses.FREE_TRIES - wrong - 1, 0))
        private.drop(self._tries)
        return key

    def put(self, key: bytes) -> None:
        """Raises WardstockError: passphrase_needed, passphrase_short, passphrase_easy, key_not_writable."""
        passphrase = self._asks.new()
        if code := why_not(passphrase):
            raise WardstockError(code, shortest=SHORTEST)
        private.write(self._path, json.dumps(_sealed(key, passphrase, COST)))
        if _opened(_told(private.read(self._path)), passphrase) != key:
            raise WardstockError("key_not_writable", file=NAME)

    def drop(self) -> None:
        private.drop(self._path)
        private.drop(self._tries)

    def _may_try(self, now: datetime) -> int:
        """How many were wrong before this one."""
        wrong, wrong_at = self._counted()
        if seconds := guesses.to_wait(wrong, wrong_at, now):
            if wrong_at and now < wrong_at:  # the clock was set back: waited again, from now
                self._count(wrong)
            raise WardstockError("passphrase_wait", seconds=seconds)
        return wrong

    def _counted(self) -> tuple[int, datetime | None]:
        with suppress(FileNotFoundError, ValueError, TypeError, KeyError):
            told = json.loads(self._tries.read_text(encoding="ascii"))
            return int(told["wrong"]), datetime.fromisoformat(told["at"])
        return 0, None

    def _count(self, wrong: int) -> None:
        private.write(self._tries, json.dumps({"wrong": wrong, "at": datetime.now(UTC).isoformat()}))


def _sealed(key: bytes, passphrase: str, cost: Cost) -> dict[str, Any]:
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    head: dict[str, Any] = {
        "version": 1,
        "kdf": "argon2id",
        "passes": cost.passes,
        "memory_kib": cost.memory_kib,
        "lanes": cost.lanes,
        "salt": base64.b64encode(salt).decode(),
        "nonce": base64.b64encode(nonce).decode(),
    }
    closed = _cipher(passphrase, salt, cost).encrypt(nonce, key.hex().encode(), _bound(head))
    return {**head, "sealed": base64.b64encode(closed).decode()}


def _opened(told: dict[str, Any], passphrase: str) -> bytes | None:
    """The key, or None where the passphrase is another. Raises WardstockError("key_damaged")."""
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - only where a passphrase is used

    try:
        cost = Cost(int(told["passes"]), int(told["memory_kib"]), int(told["lanes"]))
        salt, nonce, closed = (base64.b64decode(told[name], validate=True) for name in ("salt", "nonce", "sealed"))
        if (told["version"], told["kdf"]) != (1, "argon2id") or not _sane(cost):
            raise ValueError(told["kdf"])
        cipher = _cipher(passphrase, salt, cost)
        bound = _bound({name: value for name, value in told.items() if name != "sealed"})
        return key_of(cipher.decrypt(nonce, closed, bound).decode(), NAME)
    except InvalidTag:
        return None
    except (KeyError, TypeError, ValueError) as error:
        raise WardstockError("key_damaged", file=NAME) from error


def _cipher(passphrase: str, salt: bytes, cost: Cost) -> Any:  # Any: not imported where no passphrase is used
    from argon2.low_level import Type, hash_secret_raw  # noqa: PLC0415
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305  # noqa: PLC0415

    secret = normalize("NFKC", passphrase).encode()
    return ChaCha20Poly1305(
        hash_secret_raw(secret, salt, cost.passes, cost.memory_kib, cost.lanes, hash_len=32, type=Type.ID)
    )


def _sane(cost: Cost) -> bool:
    return 1 <= cost.passes <= 100 and 8 * cost.lanes <= cost.memory_kib <= _MOST_MEMORY and 1 <= cost.lanes <= 64  # noqa: PLR2004


def _bound(head: dict[str, Any]) -> bytes:
    """What the seal vouches for besides the key: nobody makes the next try cheaper."""
    return json.dumps(head, sort_keys=True).encode()


def _told(text: str) -> dict[str, Any]:
    try:
        told = json.loads(text)
    except ValueError:
        told = None
    if not isinstance(told, dict):
        raise WardstockError("key_damaged", file=NAME)
    return told
