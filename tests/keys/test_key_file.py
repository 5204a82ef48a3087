"""The key of the store in a private file, and the folder around it."""

import os
from pathlib import Path

import pytest

from sync.errors import WardstockError
from sync.keys import Place, StoreKey
from sync.keys.file import FileKey


def test_a_key_is_made_once_and_is_private(tmp_path: Path) -> None:
    keys = StoreKey(tmp_path / "profile")

    made = keys.create(Place.FILE)

    assert len(made) == 32
    assert keys.load() == made
    assert keys.create(Place.FILE) == made
    assert (keys.folder / "store.key").stat().st_mode & 0o777 == 0o600
    assert keys.folder.stat().st_mode & 0o777 == 0o700
    assert StoreKey(tmp_path / "other").create(Place.FILE) != made


def test_a_missing_key_is_said_and_not_made_up(tmp_path: Path) -> None:
    with pytest.raises(WardstockError, match="key_missing"):
        StoreKey(tmp_path).load()

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620])
def test_a_key_that_others_can_reach_is_refused(tmp_path: Path, mode: int) -> None:
    StoreKey(tmp_path).create(Place.FILE)
    (tmp_path / "store.key").chmod(mode)

    with pytest.raises(WardstockError, match="key_readable_by_others"):
        StoreKey(tmp_path).load()


@pytest.mark.parametrize("content", [b"", b"ab" * 31, b"zz" * 32, bytes(range(256))])
def test_a_key_that_is_none_is_said(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "store.key"
    file.touch(mode=0o600)
    file.write_bytes(content)

    with pytest.raises(WardstockError, match="key_damaged"):
        FileKey(tmp_path).get()


def test_a_device_from_before_keeps_its_key_in_the_file_and_is_told(folder: Path) -> None:
    (folder / "store.key").touch(mode=0o600)
    (folder / "store.key").write_text("ab" * 32 + "\n")

    keys = StoreKey(folder)

    assert keys.load() == b"\xab" * 32
    assert keys.where().place is Place.FILE
    assert not (folder / "key.json").exists()


@pytest.mark.parametrize(
    ("mode", "warning"),
    [(0o700, ""), (0o755, "folder_readable_by_others"), (0o770, "folder_writable_by_others")],
)
def test_what_others_may_do_in_the_folder_is_told(folder: Path, mode: int, warning: str) -> None:
    folder.chmod(mode)

    assert StoreKey(folder).where().warning == warning


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such bits")
def test_no_key_is_made_or_moved_where_others_may_write(folder: Path) -> None:
    folder.chmod(0o722)

    with pytest.raises(WardstockError, match="folder_writable_by_others"):
        StoreKey(folder).create(Place.FILE)
    with pytest.raises(WardstockError, match="folder_writable_by_others"):
        StoreKey(folder).move(Place.FILE, lambda _: None)

    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("text", ["", "{}", '{"place": "cloud", "entry": "", "leftover": null}', "[1]"])
def test_nobody_guesses_where_a_key_is(folder: Path, text: str) -> None:
    StoreKey(folder).create(Place.FILE)
    (folder / "key.json").write_text(text)

    with pytest.raises(WardstockError, match="key_place_damaged"):
        StoreKey(folder).load()
