"""The key of the store in a private file."""

from pathlib import Path

import pytest

from sync.errors import WardstockError
from sync.store.keys import FileKey


def test_a_key_is_made_once_and_is_private(tmp_path: Path) -> None:
    keys = FileKey(tmp_path / "profile" / "store.key")

    made = keys.create()

    assert len(made) == 32
    assert keys.load() == made
    assert keys.create() == made
    assert keys.path.stat().st_mode & 0o777 == 0o600
    assert FileKey(tmp_path / "other.key").create() != made


def test_a_missing_key_is_said_and_not_made_up(tmp_path: Path) -> None:
    with pytest.raises(WardstockError, match="key_missing"):
        FileKey(tmp_path / "store.key").load()

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620])
def test_a_key_that_others_can_reach_is_refused(tmp_path: Path, mode: int) -> None:
    keys = FileKey(tmp_path / "store.key")
    keys.create()
    keys.path.chmod(mode)

    with pytest.raises(WardstockError, match="key_readable_by_others"):
        keys.load()


@pytest.mark.parametrize("content", [b"", b"ab" * 31, b"zz" * 32, bytes(range(256))])
def test_a_key_that_is_none_is_said(tmp_path: Path, content: bytes) -> None:
    keys = FileKey(tmp_path / "store.key")
    keys.path.touch(mode=0o600)
    keys.path.write_bytes(content)

    with pytest.raises(WardstockError, match="key_damaged"):
        keys.load()
