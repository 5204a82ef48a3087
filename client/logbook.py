"""The log of a device: one small file in its folder that begins anew when full. Facts with ids, nobody's names."""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import Final

NAME: Final = "wardstock.log"
_OURS: Final = ("client", "sync")
"""Whose facts are kept; of libraries, only what they warn of."""
_FULL: Final = 512 * 1024
_OLDER: Final = 2
"""So many full files are kept beside the one being written."""

log = logging.getLogger(__name__)


@contextmanager
def kept(folder: Path) -> Iterator[None]:
    """What is logged meanwhile is kept in the folder, and what nobody caught too. A full disk silences it, no more."""
    handler = _Quiet(folder / NAME, maxBytes=_FULL, backupCount=_OLDER, encoding="utf-8", delay=True)
    handler.addFilter(lambda record: record.name.startswith(_OURS) or record.levelno >= logging.WARNING)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root, hook = logging.getLogger(), sys.excepthook
    level = root.level
    root.addHandler(handler)
    root.setLevel(min(level, logging.INFO))
    sys.excepthook = _logged
    try:
        yield
    finally:
        sys.excepthook = hook
        root.setLevel(level)
        root.removeHandler(handler)
        handler.close()


def text_of(folder: Path) -> str:
    """The log as it stands, oldest first; empty where nothing was logged yet."""
    files = (folder / f"{NAME}.{number}" for number in range(_OLDER, 0, -1))
    return "".join(_read(file) for file in (*files, folder / NAME))


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8", errors="replace") if file.exists() else ""


def _logged(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, Exception):
        log.critical("nobody caught this", exc_info=(kind, error, trace))
    sys.__excepthook__(kind, error, trace)


class _Quiet(RotatingFileHandler):
    """Where it cannot be written, work goes on without a log."""

    def handleError(self, record: logging.LogRecord) -> None:
        """Nothing: the disk is full or gone, and the store says so itself."""
