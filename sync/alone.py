"""One pass, or one move of the key, at a time on one profile: the app's worker, a command, a timer."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sync.errors import WardstockError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


@contextmanager
def alone(folder: Path, lock: str = "pass.lock", code: str = "pass_running") -> Iterator[None]:
    """Hold a lock of the profile; it ends with the process at the latest. Raises WardstockError(code)."""
    handle = os.open(folder / lock, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _take(handle, code)
        yield
    finally:
        os.close(handle)


def _take(handle: int, code: str) -> None:
    try:
        if sys.platform == "win32":
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise WardstockError(code) from error
