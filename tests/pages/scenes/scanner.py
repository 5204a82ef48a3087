"""The scanner test: under way, with something to mend, all well."""

from client.barcode.acceptance import TRIALS
from tests.pages.scenes.scene import Scene, staged
from tests.pages.stage import GS, Stage


def _testing(on: Stage) -> None:
    """Three codes in: a linear-only scanner would leave out the next."""
    on.shell.go("scanner")
    for trial in TRIALS[:3]:
        on.trial_scan(trial.sent)
    on.shell.tested.leaveOut()


def _to_mend(on: Stage) -> None:
    on.shell.go("scanner")
    for trial in TRIALS:
        on.trial_scan(trial.sent.replace(GS, "|"), slowest=0.08)


def _well(on: Stage) -> None:
    on.shell.go("scanner")
    for trial in TRIALS:
        on.trial_scan("]d2" + trial.sent)


SCENES = (
    Scene("scanner-begun", staged(lambda on: on.shell.go("scanner"))),
    Scene("scanner", staged(_testing)),
    Scene("scanner-mend", staged(_to_mend)),
    Scene("scanner-well", staged(_well)),
)
