"""Looking up: a product with its sum, a place, what was typed, nothing yet."""

from tests.pages.scenes.scene import Scene, staged
from tests.pages.stage import SALINE, Stage, gs1, stock_up


def _product(on: Stage) -> None:
    stock_up(on)
    on.scan("LOC-A411")
    on.press("move")
    on.scan(gs1(SALINE, "24H1907", "280331", 3))
    on.scan("LOC-ICU")
    on.press("confirm")
    on.press("home")
    on.press(f"look {SALINE.barcode}")


def _place(on: Stage) -> None:
    stock_up(on)
    on.press("look LOC-A411")


def _search(on: Stage) -> None:
    stock_up(on)
    on.shell.go("look")
    on.shell._look.type("glo")


def _empty(on: Stage) -> None:
    stock_up(on)
    on.shell.go("look")


SCENES = (
    Scene("look", staged(_product), main=True),
    Scene("look-place", staged(_place)),
    Scene("look-search", staged(_search)),
    Scene("look-empty", staged(_empty)),
)
