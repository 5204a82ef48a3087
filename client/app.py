"""The window first: it is on screen before anything heavy is imported. Then what stands behind it: `client.station`."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine

from client.pages.window import engine_of, fill, first_frame, look_of, use_fonts, window_of

if TYPE_CHECKING:
    from client.settings import Profile

_PRACTISE: Final = 64
"""The window closed because somebody wants to practise; no exit status of the command."""
_LEAVE: Final = 65
"""The window of the practice ward closed because somebody has practised enough."""


def run(profile: "Profile", practice: bool = False, shots: Path | None = None) -> int:
    """Show the app until its window closes. With `shots` the demo's shift is worked through it, and pictured there."""
    app = application(shipped_font=shots is not None)
    if shots is not None:
        return _demonstrate(shots)
    code = _PRACTISE if practice else _LEAVE
    while code in {_PRACTISE, _LEAVE}:
        code = _practise(app, profile) if code == _PRACTISE else _work(app, profile)
    return code


def application(*, shipped_font: bool = False) -> QGuiApplication:
    """The running application with its font, or a new one; without a screen on Linux it draws into memory."""
    running = QGuiApplication.instance()
    if isinstance(running, QGuiApplication):
        app = running
    else:
        if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
            os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
            os.environ.setdefault("QT_QUICK_BACKEND", "software")
        _do_without_composing()
        app = QGuiApplication(["wardstock"])
    # A pull in the sync thread computes too: a scan must not wait the usual 5 ms for its turn at the interpreter.
    sys.setswitchinterval(0.001)
    app.setApplicationDisplayName("Wardstock")
    use_fonts(app, shipped=shipped_font)
    return app


def _do_without_composing() -> None:
    """On X11 `Keys` composes accents itself, or what a scanner sends would reach a field past it (decision 042).

    Whoever chose an input method keeps it.
    """
    on_x11 = sys.platform == "linux" and not os.environ.get("WAYLAND_DISPLAY")
    if on_x11 and not os.environ.get("QT_IM_MODULES"):
        os.environ.setdefault("QT_IM_MODULE", "none")


def _work(app: QGuiApplication, profile: "Profile") -> int:
    """The device at work; one that belongs to nobody yet asks where it belongs."""
    with engine_of(theme=look_of(profile.folder).theme) as engine:
        first_frame(window_of(engine))
        return _at_work(app, engine, profile)


def _at_work(app: QGuiApplication, engine: QQmlApplicationEngine, profile: "Profile") -> int:
    from client.station import station  # noqa: PLC0415 - after the first frame
    from sync.errors import WardstockError  # noqa: PLC0415

    try:
        with station(engine, profile, practise=lambda: app.exit(_PRACTISE)) as one:
            one.begin()
            return app.exec()
    except WardstockError as error:
        if error.code != "not_enrolled":
            raise
    return _invite(app, engine, profile)


def _invite(app: QGuiApplication, engine: QQmlApplicationEngine, profile: "Profile") -> int:
    """A device that belongs to nobody yet says what to do, and offers the practice ward."""
    from client.pages.around import Around  # noqa: PLC0415 - after the first frame
    from client.pages.shell import Shell  # noqa: PLC0415 - after the first frame

    command = "wardstock enrol --url https://… --database … --key-file …"
    around = Around(look=look_of(profile.folder), practise=lambda: app.exit(_PRACTISE), enrol_command=command)
    fill(engine, Shell(None, around))
    return app.exec()


def _practise(app: QGuiApplication, profile: "Profile") -> int:
    """The practice ward; of the device only how it looks comes along, and nothing goes back."""
    look = look_of(profile.folder)
    with engine_of(theme=look.theme) as engine:
        first_frame(window_of(engine))
        from client.practising import practice_station  # noqa: PLC0415 - after the first frame

        with practice_station(engine, look, leave=lambda: app.exit(_LEAVE)) as one:
            one.begin()
            return app.exec()


def _demonstrate(shots: Path) -> int:
    with engine_of(theme="light") as engine:
        first_frame(window_of(engine))
        from client.practising import demonstrate  # noqa: PLC0415 - after the first frame

        return demonstrate(engine, shots)
