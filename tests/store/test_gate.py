"""Writers take turns in the order they came."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from sync.store.gate import Gate, gate_of


def test_a_busy_writer_cannot_take_a_second_turn_before_who_waits() -> None:
    gate, turns = Gate(), list[str]()
    scan = threading.Thread(target=lambda: _take(gate, turns, "scan"))

    with gate:
        turns.append("pull")
        scan.start()
        _until_somebody_waits(gate)
    with gate:
        turns.append("pull")
    scan.join()

    assert turns == ["pull", "scan", "pull"]


def test_a_writer_that_fails_passes_its_turn_on() -> None:
    gate, turns = Gate(), list[str]()

    with pytest.raises(ZeroDivisionError), gate:
        _ = 1 / 0
    _take(gate, turns, "next")

    assert turns == ["next"]


@pytest.mark.parametrize("turn_came", [False, True])
def test_who_is_interrupted_while_waiting_keeps_nobody_from_writing(turn_came: bool) -> None:
    gate, turns = Gate(), list[str]()
    with gate:
        impatient = _Interrupted(gate, turn_came=turn_came)
        gate._waiting.append(impatient)  # type: ignore[arg-type]  # stands for a lock that Ctrl-C breaks
        with pytest.raises(KeyboardInterrupt):
            gate._wait_for(impatient)  # type: ignore[arg-type]  # as above
    _take(gate, turns, "next")

    assert turns == ["next"]


class _Interrupted:
    """A turn whose wait Ctrl-C ends, before it came or in the moment it came."""

    def __init__(self, gate: Gate, *, turn_came: bool) -> None:
        self.gate = gate
        self.turn_came = turn_came

    def acquire(self) -> None:
        if self.turn_came:
            self.gate._waiting.remove(self)  # type: ignore[arg-type]  # as above
        raise KeyboardInterrupt

    def release(self) -> None:
        """Nobody waits for it any more."""


class Watch:
    """Time that passes only while somebody sleeps; `each` happens meanwhile."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, each: Callable[[], None] = lambda: None) -> None:
        self.now, self._each = 1000.0, each
        monkeypatch.setattr("sync.store.gate.monotonic", lambda: self.now)
        monkeypatch.setattr("sync.store.gate.sleep", self._sleep)

    def _sleep(self, seconds: float) -> None:
        self.now += seconds
        self._each()


def test_who_is_in_no_hurry_lets_pass_who_waits_for_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    gate, watch = Gate(), Watch(monkeypatch)
    gate.give_way()
    assert watch.now == 1000.0

    gate.hurry()
    gate.give_way()
    assert 1000.0 < watch.now < 1001.0
    passed = watch.now
    gate.give_way()
    assert watch.now == passed


def test_who_scans_without_a_rest_does_not_keep_the_pull_away_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    gate = Gate()
    watch = Watch(monkeypatch, each=gate.hurry)
    gate.hurry()
    gate.give_way()
    assert 1000.0 < watch.now < 1001.0


def test_each_file_has_one_gate_whatever_it_is_called(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()

    gate = gate_of(tmp_path / "w.db")

    assert gate_of(tmp_path / "a" / ".." / "w.db") is gate
    assert gate_of(tmp_path / "other.db") is not gate


def _take(gate: Gate, turns: list[str], who: str) -> None:
    with gate:
        turns.append(who)


def _until_somebody_waits(gate: Gate) -> None:
    pause = threading.Event()
    while not gate._waiting:
        pause.wait(0.001)
