"""Receiving: each answer, each question, the keypad, the end; and the same in practice."""

from tests.pages.scenes.scene import Scene, staged
from tests.pages.stage import CANNULA, PROPOFOL, PUMP, SALINE, Stage, gs1


def some(on: Stage) -> None:
    """150 of 200 cannulas, 40 of 40 bags."""
    on.receive_some()


def _begun(on: Stage) -> None:
    on.scan("P00147")


def _no(on: Stage) -> None:
    some(on)
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


def _serial(on: Stage) -> None:
    on.scan("P00155")
    on.scan(gs1(PUMP, serial="SN-2201-A"))


def _quantity(on: Stage) -> None:
    some(on)
    on.shell._job.changeQuantity()


def _expired(on: Stage) -> None:
    on.scan("P00147")
    on.scan(gs1(CANNULA, "OLD1", "240131", 5))


def short(on: Stage) -> None:
    """Confirmed with less than expected: the question what of it."""
    some(on)
    on.press("confirm")


def finished(on: Stage) -> None:
    """Confirmed, and on its way."""
    short(on)
    on.press("yes")


SCENES = (
    Scene("receive-begun", staged(_begun)),
    Scene("receive", staged(some), main=True),
    Scene("receive-no", staged(_no), main=True),
    Scene("receive-expiry", staged(_expiry), main=True),
    Scene("receive-dates", staged(_two_dates)),
    Scene("receive-lot", staged(_lot)),
    Scene("receive-serial", staged(_serial)),
    Scene("receive-quantity", staged(_quantity)),
    Scene("receive-expired", staged(_expired)),
    Scene("receive-short", staged(short)),
    Scene("receive-finished", staged(finished)),
    Scene("practice", staged(some, practice=True)),
    Scene("practice-question", staged(short, practice=True)),
)
