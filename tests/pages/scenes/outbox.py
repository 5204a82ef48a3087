"""The outbox: refused, waiting, done, nothing; one transaction with its story."""

from sync.transaction import Outcome
from tests.pages.scenes.receipts import finished
from tests.pages.scenes.scene import Scene, staged
from tests.pages.stage import GLOVES, Stage, gs1


def with_outbox(on: Stage, *, refuse: bool = True) -> None:
    """One receipt done, one refused or still to be sent."""
    finished(on)
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
        told = {"person": "Joana Adeyemi", "picking": "WH/IN/00240", "at": "08:47", "lines": "10 Nitrile gloves M"}
        on.store.outbox.mark_refused(newest.uuid, "picked_by_person", told, now)
    on.shell.refresh()
    on.shell.go("outbox")


def _story(on: Stage) -> None:
    with_outbox(on)
    on.shell._outbox.choose(on.store.outbox.rows()[0].uuid)


def _done(on: Stage) -> None:
    with_outbox(on)
    on.shell._outbox.choose(on.store.outbox.rows()[1].uuid)


SCENES = (
    Scene("outbox", staged(with_outbox), main=True),
    Scene("outbox-story", staged(_story)),
    Scene("outbox-done", staged(_done)),
    Scene("outbox-send", staged(lambda on: with_outbox(on, refuse=False))),
    Scene("outbox-empty", staged(lambda on: on.shell.go("outbox"))),
)
