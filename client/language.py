"""Which language this device speaks: told for one run, chosen on the device, else the system's."""

import os
import sys
from pathlib import Path
from typing import Final

from client.words import tongue

FOR_A_RUN: Final = "WARDSTOCK_LANG"
"""Stands above what was chosen: for tests, pictures, and to see another language once."""
_SYSTEM: Final = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
"""Where gettext looks, in its order."""


def settle(folder: Path) -> None:
    """Speak the language of the device whose folder this is."""
    tongue.speak(os.environ.get(FOR_A_RUN) or chosen(folder) or of_the_system())


def chosen(folder: Path) -> str:
    """What a person chose here; nothing where the system's language is meant."""
    try:
        return (folder / "language").read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return ""


def choose(folder: Path, language: str) -> None:
    """From the next window or command on this device speaks it; nothing means the system's language again."""
    part = folder / "language.part"
    part.write_text(language, encoding="utf-8")
    part.replace(folder / "language")


def of_the_system() -> str:
    """The language this machine is set to, as it writes it: `de_DE.UTF-8`."""
    for name in _SYSTEM:
        if told := os.environ.get(name):
            return told.partition(":")[0]
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - only there
        import locale  # noqa: PLC0415

        return locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")
    return ""
