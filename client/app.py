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


def run(profile: "Profile", practice: bool = False, shots: Path | None = None) -> int:
    """Show the app until its window closes. With `shots` the demo's shift is worked through it, and pictured there."""
    app = application(shipped_font=shots is not None)
    code = _PRACTISE
    if not practice and shots is None:
        with engine_of(theme=look_of(profile.folder).theme) as engine:
            first_frame(window_of(engine))
            code = _work(app, engine, profile)
    if code != _PRACTISE:
        return code
    with engine_of(theme="light" if shots else "system") as engine:
        first_frame(window_of(engine))
        return _practise(app, engine, shots)


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


def _work(app: QGuiApplication, engine: QQmlApplicationEngine, profile: "Profile") -> int:
    from client.station import station  # noqa: PLC0415 - after the first frame
    from sync.errors import WardstockError  # noqa: PLC0415

    try:
        with station(engine, profile) as one:
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


def _practise(app: QGuiApplication, engine: QQmlApplicationEngine, shots: Path | None) -> int:
    from client.station import demonstrate, practice_station  # noqa: PLC0415 - after the first frame

    if shots is not None:
        return demonstrate(engine, shots)
    with practice_station(engine) as one:
        one.begin()
        return app.exec()
