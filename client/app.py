"""The window first: it is on screen before anything heavy is imported. Then what stands behind it: `client.station`."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine

from client.pages.window import engine_of, first_frame, look_of, use_fonts, window_of

if TYPE_CHECKING:
    from client.settings import Profile

_PRACTISE: Final = 64
"""The window closed because somebody wants to practise; no exit status of the command."""
_LEAVE: Final = 65
"""The window of the practice ward closed because somebody has practised enough."""
_SET_UP: Final = 66
"""The first start came to its end: in the same window work begins."""


def run(profile: "Profile", practice: bool = False, shots: Path | None = None) -> int:
    """Show the app until its window closes. With `shots` the demo's shift is worked through it, and pictured there."""
    app = application(shipped_font=shots is not None)
    if shots is not None:
        return _demonstrate(shots)
    code = _PRACTISE if practice else _LEAVE
    while code in {_PRACTISE, _LEAVE}:
        if code == _PRACTISE:
            code = _practise(app, profile)
        else:
            code, profile = _work(app, profile)
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


def _work(app: QGuiApplication, profile: "Profile") -> "tuple[int, Profile]":
    """The device at work, and with its key at hand; one that belongs to nobody yet asks where it belongs."""
    with engine_of(theme=look_of(profile.folder).theme) as engine:
        first_frame(window_of(engine))
        opened = _opened(app, engine, profile)
        return _at_work(app, engine, opened) if opened else (0, profile)


def _opened(app: QGuiApplication, engine: QQmlApplicationEngine, profile: "Profile") -> "Profile | None":
    """The device with its key at hand; None where the window was closed before the passphrase was given."""
    from client.pages.unlock import UnlockPage  # noqa: PLC0415 - after the first frame
    from client.unlocking import asked, at_hand  # noqa: PLC0415

    found = at_hand(profile)
    if not isinstance(found, UnlockPage):
        return found
    given: list[Profile] = []

    def opened(one: "Profile") -> None:
        given.append(one)
        app.exit()

    with asked(engine, found, opened):
        app.exec()
    return given[0] if given else None


def _at_work(app: QGuiApplication, engine: QQmlApplicationEngine, profile: "Profile") -> "tuple[int, Profile]":
    from client.station import station  # noqa: PLC0415 - after the first frame
    from sync.errors import WardstockError  # noqa: PLC0415

    for _ in ("as it is", "set up"):
        try:
            with station(engine, profile, practise=lambda: app.exit(_PRACTISE), reopen=lambda: app.exit(_LEAVE)) as one:
                one.shell.lock.lock()  # where people are entered, a new start is no way round it
                one.begin()
                return app.exec(), profile
        except WardstockError as error:
            if error.code != "not_enrolled":
                raise
        code, profile = _set_up(app, engine, profile)
        if code != _SET_UP:
            return code, profile
    raise ValueError("set up, and yet it belongs nowhere")


def _set_up(app: QGuiApplication, engine: QQmlApplicationEngine, profile: "Profile") -> tuple[int, "Profile"]:
    """A device that belongs to nobody yet is led to its first day of work; `_SET_UP` once it is there."""
    from client.setting_up import first_start  # noqa: PLC0415 - after the first frame

    practise, finished = (lambda: app.exit(_PRACTISE)), (lambda: app.exit(_SET_UP))
    with first_start(engine, profile, practise=practise, finished=finished) as page:
        return app.exec(), page.profile


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
