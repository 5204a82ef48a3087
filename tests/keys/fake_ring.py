"""A keyring for tests: a file in a folder of the test's own, which can be locked, absent, or refuse."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordSetError

from sync.keys import ring

LOCKED: Final = "locked"
FULL: Final = "full"
DEAF: Final = "deaf"
"""It says it kept the secret, and did not."""


@dataclass
class FakeRing:
    """What `sync.keys.ring` asks of a backend; its secrets survive the process."""

    file: Path
    mood: str = ""
    priority: float = 5

    def secrets(self) -> dict[str, str]:
        return dict(json.loads(self.file.read_text())) if self.file.exists() else {}

    def get_password(self, service: str, username: str) -> str | None:
        if self.mood == LOCKED:
            raise KeyringLocked("Failed to unlock the collection!")
        return self.secrets().get(f"{service} {username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.mood in {LOCKED, FULL}:
            raise KeyringLocked if self.mood == LOCKED else PasswordSetError("it is full")
        if self.mood != DEAF:
            self._keep({**self.secrets(), f"{service} {username}": password})

    def delete_password(self, service: str, username: str) -> None:
        self._keep({name: one for name, one in self.secrets().items() if name != f"{service} {username}"})

    def _keep(self, secrets: dict[str, str]) -> None:
        part = self.file.with_suffix(".part")
        part.write_text(json.dumps(secrets))
        part.replace(self.file)


def plug_in(*fakes: FakeRing) -> None:
    """From now on these are the keyrings of this machine."""
    ring.rings = lambda: cast("list[KeyringBackend]", list(fakes))
