"""The app started where nobody could see it: over a plain ssh, from a timer, in a container without a display."""

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from client import tools, troubles

ROOT = Path(__file__).parents[2]
_SCREENS = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
seen_in_the_environment = pytest.mark.skipif(
    sys.platform != "linux", reason="the environment tells on Linux alone that there is no screen: here a window opens"
)


def started(folder: Path, *words: str, lang: str = "en") -> "subprocess.CompletedProcess[str]":
    """The command in a process of its own, without any screen."""
    env = {name: value for name, value in os.environ.items() if name not in _SCREENS} | {"WARDSTOCK_LANG": lang}
    command = [sys.executable, "-m", "client", "--profile", str(folder), *words]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=60, check=False)


@seen_in_the_environment
def test_without_a_screen_it_says_so_and_ends(tmp_path: Path) -> None:
    done = started(tmp_path / "device")

    assert done.returncode != 0
    assert done.stderr == f"{troubles.trouble('no_screen', {})}\n"
    assert "wardstock --help" in done.stderr
    assert not (tmp_path / "device").exists()


@seen_in_the_environment
def test_it_says_so_in_the_language_of_the_device(tmp_path: Path) -> None:
    assert "Bildschirm" in started(tmp_path / "device", lang="de").stderr


def test_commands_need_no_screen(tmp_path: Path) -> None:
    assert started(tmp_path / "device", "parse", "01073042615500131724H1907").returncode == 0


@pytest.mark.parametrize(
    ("platform", "environment", "seen"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("linux", {"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, False),
        ("win32", {}, True),
        ("win32", {"QT_QPA_PLATFORM": "minimal"}, False),
    ],
)
def test_a_screen_is_missed_where_the_environment_tells_of_it(
    monkeypatch: pytest.MonkeyPatch, platform: str, environment: dict[str, str], seen: bool
) -> None:
    for name in _SCREENS:
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(tools, "sys", SimpleNamespace(platform=platform))

    assert tools.has_screen() is seen
