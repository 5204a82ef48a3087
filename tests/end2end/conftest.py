"""The `wardstock` command on a device of its own, and a practice ward for it to work with."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from client.cli import main
from sync.practice.server import PracticeWard


class Wardstock:
    """Runs commands on one device's folder. A new device's key goes to a file unless it is said."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, *words: str, input: str | bytes | None = None) -> Result:
        if words[0] == "enrol" and "--key-store" not in words:
            words = (*words, "--key-store", "file")
        return CliRunner().invoke(main, [*words, "--profile", str(self.folder)], input=input, catch_exceptions=False)

    def json(self, *words: str) -> Any:  # Any: JSON
        """What a script gets, whatever the exit status."""
        return json.loads(self(*words, "--json").stdout)

    def replay(self, *lines: str) -> list[Any]:
        """Scans and commands, one a line; answers what was said to each."""
        file = self.folder.with_suffix(".replay")
        file.write_text("\n".join(lines), encoding="utf-8")
        result = self("replay", str(file), "--json")
        assert result.exit_code == 0, result.output
        return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture
def wardstock(tmp_path: Path) -> Wardstock:
    return Wardstock(tmp_path / "device")


@pytest.fixture
def ward() -> Iterator[PracticeWard]:
    with PracticeWard() as opened:
        yield opened


@pytest.fixture
def key_of(tmp_path: Path, ward: PracticeWard) -> Callable[[str], str]:
    """A file with the practice ward's key of a role; an unknown role gives a key nobody has."""

    def write(role: str) -> str:
        file = tmp_path / f"{role}.key"
        file.write_text(ward.keys.get(role, "nobody-has-this-key"))
        return str(file)

    return write


@pytest.fixture
def at_work(wardstock: Wardstock, ward: PracticeWard, key_of: Callable[[str], str]) -> Wardstock:
    """A device that is enrolled at the practice ward and has pulled."""
    key = key_of("storekeeper")
    joined = wardstock("enrol", "--url", ward.url, "--database", ward.database, "--key-file", key, "--person", "Ana")
    assert joined.exit_code == 0, joined.output
    assert wardstock("pull").exit_code == 0
    return wardstock
