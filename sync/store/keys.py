"""Where the key of the store is kept: here a private file; the keyring comes behind the same two questions."""

import os
import secrets
import stat
from pathlib import Path
from typing import Protocol

from sync.errors import WardstockError

_BYTES = 32


class KeyStore(Protocol):
    """A place for the 256-bit key of the store."""

    def load(self) -> bytes:
        """The key. Raises WardstockError: key_missing, key_readable_by_others, key_damaged."""

    def create(self) -> bytes:
        """Make a key and keep it. A key that is there is never replaced: the store would be lost."""


class FileKey:
    """A 0600 file beside the store. It does not protect a stolen device; the disk must be encrypted (platform 5)."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def load(self) -> bytes:
        try:
            text = self._read()
        except FileNotFoundError as error:
            raise WardstockError("key_missing", file=self.path.name) from error
        except OSError as error:
            raise WardstockError("key_not_readable", file=self.path.name) from error
        try:
            key = bytes.fromhex(text)
        except ValueError as error:
            raise WardstockError("key_damaged", file=self.path.name) from error
        if len(key) != _BYTES:
            raise WardstockError("key_damaged", file=self.path.name)
        return key

    def create(self) -> bytes:
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            file = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return self.load()
        except OSError as error:
            raise WardstockError("key_not_writable", file=self.path.name) from error
        key = secrets.token_bytes(_BYTES)
        with os.fdopen(file, "w", encoding="ascii") as out:
            out.write(key.hex() + "\n")
            out.flush()
            os.fsync(out.fileno())
        return key

    def _read(self) -> str:
        with self.path.open(encoding="ascii", errors="replace") as file:
            # Windows has no such bits; there the profile folder's own rights protect it.
            if os.name == "posix" and os.fstat(file.fileno()).st_mode & (stat.S_IRWXG | stat.S_IRWXO):
                raise WardstockError("key_readable_by_others", file=self.path.name)
            return file.read().strip()
