"""The app started where nobody could see it: over a plain ssh, from a timer, in a container without a display."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from client import troubles

ROOT = Path(__file__).parents[2]
_SCREENS = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}


def started(folder: Path, *words: str, lang: str = "en") -> "subprocess.CompletedProcess[str]":
    """The command in a process of its own, without any screen."""
    env = {name: value for name, value in os.environ.items() if name not in _SCREENS} | {"WARDSTOCK_LANG": lang}
    command = [sys.executable, "-m", "client", "--profile", str(folder), *words]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there always is a screen")
def test_without_a_screen_it_says_so_and_ends(tmp_path: Path) -> None:
    done = started(tmp_path / "device")

    assert done.returncode != 0
    assert done.stderr == f"{troubles.trouble('no_screen', {})}\n"
    assert "wardstock --help" in done.stderr
    assert not (tmp_path / "device").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there always is a screen")
def test_it_says_so_in_the_language_of_the_device(tmp_path: Path) -> None:
    assert "Bildschirm" in started(tmp_path / "device", lang="de").stderr


def test_commands_need_no_screen(tmp_path: Path) -> None:
    assert started(tmp_path / "device", "parse", "01073042615500131724H1907").returncode == 0
