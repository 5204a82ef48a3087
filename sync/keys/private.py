"""Small files nobody else may read: replaced as a whole, on disk before anybody relies on it."""

import os
import stat
import sys
from contextlib import suppress
from pathlib import Path

from sync.errors import WardstockError


def write(path: Path, text: str) -> None:
    """The whole file or the one before, whatever happens; 0600. Raises WardstockError("key_not_writable")."""
    part = _part(path)
    try:
        part.unlink(missing_ok=True)
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        part.replace(path)
        _settle(path.parent)
    except OSError as error:
        raise WardstockError("key_not_writable", file=path.name) from error


def read(path: Path) -> str:
    """Raises WardstockError: key_missing, key_not_readable, key_readable_by_others."""
    try:
        with path.open(encoding="ascii", errors="replace") as file:
            # Windows has no such bits; there the profile folder's own rights protect it.
            if os.name == "posix" and os.fstat(file.fileno()).st_mode & (stat.S_IRWXG | stat.S_IRWXO):
                raise WardstockError("key_readable_by_others", file=path.name)
            return file.read().strip()
    except FileNotFoundError as error:
        raise WardstockError("key_missing", file=path.name) from error
    except OSError as error:
        raise WardstockError("key_not_readable", file=path.name) from error


def drop(path: Path) -> None:
    """Gone, and what a crash left of writing it. Raises WardstockError("key_not_writable")."""
    try:
        _part(path).unlink(missing_ok=True)
        path.unlink(missing_ok=True)
        _settle(path.parent)
    except OSError as error:
        raise WardstockError("key_not_writable", file=path.name) from error


def trouble_of(folder: Path) -> str:
    """What others may do in a profile's folder: folder_of_another, folder_writable_by_others,
    folder_readable_by_others, or empty. Windows judges by rights this does not read.
    """
    if sys.platform == "win32":
        return ""
    with suppress(FileNotFoundError):
        here = folder.stat()
        if here.st_uid != os.geteuid() != 0:
            return "folder_of_another"
        if here.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
            return "folder_writable_by_others"
        if here.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            return "folder_readable_by_others"
    return ""


def _part(path: Path) -> Path:
    return path.with_name(path.name + ".part")


def _settle(folder: Path) -> None:
    """Names are on disk too; Windows cannot be asked for that."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
