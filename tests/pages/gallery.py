"""All pages as pictures, to look at: `make pictures`, or `python -m tests.pages.gallery DIR [PART OF A NAME…]`."""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickWindow

from client.barcode.acceptance import TRIALS
from client.pages.around import Around
from client.pages.drive import settle
from client.pages.shell import Shell
from client.pages.window import Look, open_window, use_fonts
from client.work.site.people import Role
from sync.transaction import Outcome
from tests.pages.stage import CANNULA, GLOVES, GS, PROPOFOL, SALINE, Stage, gs1, stage, stock_up

SIZES = ((360, 640), (480, 800), (840, 700), (1280, 800))


@dataclass(frozen=True)
class Scene:
    """One picture: how the page came to be."""

    name: str
    act: Callable[[Stage], None]
    practice: bool = False


def _home(on: Stage) -> None:
    on.receive_some()
    on.press("home")


def _receive(on: Stage) -> None:
    on.receive_some()


def _no(on: Stage) -> None:
    on.receive_some()
    on.scan(gs1(PROPOFOL, "7F220K", "270630", 5))
    on.scan("]d201073042615599990")


def _expiry(on: Stage) -> None:
    on.scan("P00147")
    on.scan(gs1(CANNULA, "MX77"))
    for key in ("2", "7", "0", "8"):
        on.shell._job._ask.typed.type(key)


def _two_dates(on: Stage) -> None:
    on.scan("P00147")
    on.scan(gs1(PROPOFOL, "7F220K", "270831", 5))


def _lot(on: Stage) -> None:
    on.scan("P00147")
    on.scan(gs1(SALINE, "", "280331"))


def _quantity(on: Stage) -> None:
    on.receive_some()
    on.shell._job.changeQuantity()


def _short(on: Stage) -> None:
    on.receive_some()
    on.press("confirm")


def _finished(on: Stage) -> None:
    _short(on)
    on.press("yes")


def _deliveries(on: Stage) -> None:
    _home(on)
    on.shell.go("receive")


def _outbox(on: Stage, *, refuse: bool = True) -> None:
    _finished(on)
    on.press("home")
    on.scan("P00155")
    on.scan(gs1(GLOVES, "B8C24F1", "300531", 10))
    on.press("confirm")
    on.press("yes")
    newest, oldest = on.store.outbox.rows()
    now = on.clock.now()
    on.store.outbox.mark_sending(oldest.uuid, now)
    on.store.outbox.mark_done(oldest.uuid, Outcome(231, "WH/IN/00231", "WH/IN/00244"), now)
    if refuse:
        on.store.outbox.mark_sending(newest.uuid, now)
        told = {"message": "Joana Adeyemi has received 10 of these at 08:47."}
        on.store.outbox.mark_refused(newest.uuid, "others_picked", told, now)
    on.shell.refresh()
    on.shell.go("outbox")


def _outbox_story(on: Stage) -> None:
    _outbox(on)
    on.shell._outbox.choose(on.store.outbox.rows()[0].uuid)


def _outbox_send(on: Stage) -> None:
    _outbox(on, refuse=False)


def _refused_home(on: Stage) -> None:
    _outbox(on)
    on.press("home")


def _moving(on: Stage) -> None:
    stock_up(on)
    on.scan("LOC-A411")
    on.press("move")
    on.scan(gs1(SALINE, "24H1907", "280331", 4))
    on.clock.on(1)
    on.scan(gs1(CANNULA, "MX40312", "290131", 50))


def _moved(on: Stage) -> None:
    _moving(on)
    on.scan("LOC-ICU")
    on.press("confirm")


def _move_begun(on: Stage) -> None:
    stock_up(on)
    on.press("move")
    on.scan("LOC-A411")


def _starts(on: Stage) -> None:
    stock_up(on)
    on.shell.go("move")


def _what_here(on: Stage) -> None:
    stock_up(on)
    on.scan("LOC-ICU")


def _transfer(on: Stage) -> None:
    stock_up(on)
    on.scan("WH/INT/00405")
    on.scan("LOC-A411")


def _counting(on: Stage) -> None:
    stock_up(on)
    on.press("count")
    on.scan("LOC-A411")
    on.scan(gs1(SALINE, "23K0882", "270228", 11))
    on.clock.on(1)
    on.scan(gs1(SALINE, "24H1907", "280331", 6))


def _count_list(on: Stage) -> None:
    stock_up(on)
    on.press("count")


def _count_again(on: Stage) -> None:
    _counting(on)
    on.press("confirm")


def _look_product(on: Stage) -> None:
    stock_up(on)
    on.scan("LOC-A411")
    on.press("move")
    on.scan(gs1(SALINE, "24H1907", "280331", 3))
    on.scan("LOC-ICU")
    on.press("confirm")
    on.press("home")
    on.press(f"look {SALINE.barcode}")


def _look_place(on: Stage) -> None:
    stock_up(on)
    on.press("look LOC-A411")


def _look_search(on: Stage) -> None:
    stock_up(on)
    on.shell.go("look")
    on.shell._look.type("glo")


def _testing(on: Stage) -> None:
    """Three codes in: a linear-only scanner would leave out the next."""
    _home(on)
    on.shell.go("scanner")
    for trial in TRIALS[:3]:
        on.trial_scan(trial.sent)
    on.shell.tested.leaveOut()


def _to_mend(on: Stage) -> None:
    _home(on)
    on.shell.go("scanner")
    for trial in TRIALS:
        on.trial_scan(trial.sent.replace(GS, "|"), slowest=0.08)


def _well(on: Stage) -> None:
    on.shell.go("scanner")
    for trial in TRIALS:
        on.trial_scan("]d2" + trial.sent)


def _people(on: Stage) -> None:
    for name, role in (("Mira Lindqvist", Role.STOREKEEPER), ("Theo Rey", Role.NURSE), ("Ana Sousa", Role.SUPERVISOR)):
        on.store.people.add(name, role, on.clock.now(), "", badge=f"B-{name[:4]}", pin="")
    on.shell.go("people")


def _pin(on: Stage) -> None:
    _people(on)
    on.shell._people.choose("Theo Rey")
    for key in "47":
        on.shell._people._ask.typed.type(key)


SCENES = (
    Scene("home", _home),
    Scene("home-empty", lambda on: None),
    Scene("home-refused", _refused_home),
    Scene("starts", _deliveries),
    Scene("receive", _receive),
    Scene("receive-no", _no),
    Scene("receive-expiry", _expiry),
    Scene("receive-dates", _two_dates),
    Scene("receive-lot", _lot),
    Scene("receive-quantity", _quantity),
    Scene("receive-short", _short),
    Scene("receive-finished", _finished),
    Scene("move-begun", _move_begun),
    Scene("move", _moving),
    Scene("move-finished", _moved),
    Scene("starts-move", _starts),
    Scene("what-here", _what_here),
    Scene("transfer", _transfer),
    Scene("count-list", _count_list),
    Scene("count", _counting),
    Scene("count-differs", _count_again),
    Scene("look", _look_product),
    Scene("look-place", _look_place),
    Scene("look-search", _look_search),
    Scene("people", _people),
    Scene("pin", _pin),
    Scene("outbox", _outbox),
    Scene("outbox-story", _outbox_story),
    Scene("outbox-send", _outbox_send),
    Scene("scanner", _testing),
    Scene("scanner-mend", _to_mend),
    Scene("scanner-well", _well),
    Scene("practice", _receive, practice=True),
)


@contextmanager
def shown(shell: Shell, width: int, height: int) -> Iterator[QQuickWindow]:
    """The real window over a shell, laid out and with all pages built."""
    with open_window(shell, width=width, height=height) as window:
        settle(120)
        yield window


@contextmanager
def scene(name: str, look: Look) -> Iterator[Shell]:
    """The shell of a scene, over a store of its own; "start" is a device that is not enrolled."""
    if name == "start":
        command = "wardstock enrol --url https://odoo.hospital.example --database hospital --key-file key.txt"
        yield Shell(None, Around(look=look, enrol_command=command))
        return
    chosen = next(scene for scene in SCENES if scene.name == name)
    with tempfile.TemporaryDirectory() as folder:
        on = stage(Path(folder), role=Role.STOREKEEPER, look=look, practice=chosen.practice)
        try:
            chosen.act(on)
            yield on.shell
        finally:
            on.store.close()


MAIN = frozenset(
    {"home", "starts", "receive", "receive-expiry", "receive-no", "move", "transfer", "count", "look", "outbox"}
)
"""What is looked at mirrored and with large text too."""
_WAYS: tuple[tuple[str, Look, frozenset[str] | None], ...] = (
    ("light", Look(theme="light", reduce_motion=True), None),
    ("dark", Look(theme="dark", reduce_motion=True), None),
    ("contrast", Look(theme="contrast", reduce_motion=True), MAIN),
    ("rtl", Look(theme="light", mirrored=True, reduce_motion=True), MAIN),
    ("200", Look(theme="light", text_scale=2.0, reduce_motion=True), MAIN),
)
_PICTURED = ((480, 800), (1280, 800))


def main(target: Path, only: list[str]) -> None:
    """Every page, light and dark, on the handheld and the desktop; the main ones in the other ways too."""
    target.mkdir(parents=True, exist_ok=True)
    app = QGuiApplication(["wardstock"])
    use_fonts(app, shipped=True)
    for way, look, chosen in _WAYS:
        for name in [*(scene.name for scene in SCENES), "start"]:
            for width, height in _PICTURED:
                picture = f"{name}-{width}-{way}"
                if (chosen is not None and name not in chosen) or (only and not any(word in picture for word in only)):
                    continue
                with scene(name, look) as shell, shown(shell, width, height) as window:
                    window.grabWindow().save(str(target / f"{picture}.png"))


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("QT_QUICK_BACKEND", "software")
    main(Path(sys.argv[1]), sys.argv[2:])
