"""The PySide6 in use gives back every reference it takes: docs/decisions/001-two-pyside-versions.md."""

import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, Signal

CALLS = 1_000
SLACK = CALLS // 20  # other code may drop a few of its own meanwhile; the fault drops one a call


class Bell(QObject):
    """Something to connect to and to ring."""

    rung = Signal()


def lost(thing: object, act: Callable[[], object]) -> int:
    """How many references to `thing` vanish while `act` runs a thousand times."""
    before = sys.getrefcount(thing)
    for _ in range(CALLS):
        act()
    return before - sys.getrefcount(thing)


@pytest.mark.parametrize("thing", [None, True, False])
def test_calls_into_qt_lose_no_reference_to_none_or_true(thing: object) -> None:
    """From Python 3.12 on these three are immortal and cannot be lost; on 3.11 a loss ends in an abort."""
    bell = QObject()
    ring = Bell()

    assert lost(thing, lambda: bell.setObjectName("ward")) < SLACK  # a call without a result
    assert lost(thing, bell.parent) < SLACK  # a call that answers None
    assert lost(thing, lambda: bell.blockSignals(False)) < SLACK  # a call that answers a truth
    assert lost(thing, ring.rung.emit) < SLACK


def test_the_guard_sees_a_lost_reference() -> None:
    kept = [object()] * (CALLS + 1)

    assert lost(kept[0], kept.pop) >= SLACK
