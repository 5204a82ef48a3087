"""The key in the operating system's keyring: Windows Credential Locker, macOS Keychain, Secret Service, KWallet."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from sync.errors import WardstockError
from sync.keys.places import key_of

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

_BACKENDS: Final = "keyring.backends."
KNOWN: Final = frozenset(
    {
        "Windows.WinVaultKeyring", "macOS.Keyring", "SecretService.Keyring", "libsecret.Keyring",
        "kwallet.DBusKeyring", "kwallet.DBusKeyringKWallet4",
    }
)  # fmt: skip
"""Only these keep a secret from others. What else may be installed (plain text, null, a chain with them) is refused."""

_NAME: Final = "store key"


def rings() -> list["KeyringBackend"]:
    """The keyrings of this machine that answer, best first; none is asked to open yet."""
    from keyring.backend import get_all_keyring  # noqa: PLC0415 - half a second of imports, only where a keyring is used

    found = [ring for ring in get_all_keyring() if called(ring) in KNOWN]
    return sorted(found, key=lambda ring: ring.priority, reverse=True)


def works() -> bool:
    """Whether a keyring answers here. It may still be locked."""
    return bool(rings())


def called(ring: "KeyringBackend") -> str:
    """Its name, as in `KNOWN`."""
    kind = type(ring)
    return f"{kind.__module__}.{kind.__qualname__}".removeprefix(_BACKENDS)


class RingKey:
    """One entry of its own for each device. Some keyrings ask the person to unlock them: calls may wait for that."""

    def __init__(self, entry: str) -> None:
        self._service = f"wardstock/{entry}"

    def get(self) -> bytes:
        """Raises WardstockError: keyring_absent, keyring_locked, keyring_refused, key_not_in_keyring, key_damaged."""
        for ring in _rings():
            with _in_our_words(ring):
                text = ring.get_password(self._service, _NAME)
            if text is not None:
                return key_of(text, called(ring))
        raise WardstockError("key_not_in_keyring")

    def put(self, key: bytes) -> None:
        """Raises WardstockError: keyring_absent, keyring_locked, keyring_refused."""
        ring = _rings()[0]
        with _in_our_words(ring):
            _on_this_machine_only(ring)
            ring.set_password(self._service, _NAME, key.hex())
        if self.get() != key:
            raise WardstockError("keyring_refused", name=called(ring), message="")
        if hasattr(os, "sync"):
            os.sync()  # the keyring's daemon writes a file of its own: on disk before the key is dropped elsewhere

    def drop(self) -> None:
        """Raises WardstockError: keyring_absent, keyring_locked, keyring_refused."""
        for ring in _rings():
            with _in_our_words(ring):
                if ring.get_password(self._service, _NAME) is not None:
                    ring.delete_password(self._service, _NAME)


def _rings() -> list["KeyringBackend"]:
    if found := rings():
        return found
    raise WardstockError("keyring_absent")


def _on_this_machine_only(ring: "KeyringBackend") -> None:
    """Windows would carry the entry to each machine of the domain this person logs in at."""
    if called(ring) == "Windows.WinVaultKeyring":
        ring.persist = "local machine"  # type: ignore[attr-defined]  # of that backend alone


@contextmanager
def _in_our_words(ring: "KeyringBackend") -> Iterator[None]:
    """A backend lets through the errors of whatever stands behind it: D-Bus, Windows, the Keychain."""
    try:
        yield
    except Exception as error:
        name = type(error).__name__
        code = "keyring_locked" if "Locked" in name or "Dismissed" in name else "keyring_refused"
        raise WardstockError(code, name=called(ring), message=str(error)[:200]) from error
