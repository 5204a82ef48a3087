"""Whose turn it is to write: the writers of one file go in the order they came."""

from collections import deque
from pathlib import Path
from threading import Lock
from time import monotonic, sleep
from types import TracebackType
from typing import Final
from weakref import WeakValueDictionary

_HURRY: Final = 0.15
"""Seconds: a scan is decided, written and painted in less."""
_LONGEST_WAY: Final = 0.5
"""Seconds: so long at most is a way given, else who scans without a rest would never get a pull."""


class Gate:
    """A lock that is handed to whoever waits longest.

    A plain lock may be taken again at once by the thread that let it go: a scan would then wait for a whole pull,
    not for one chunk of it (docs/decisions/020-generations-and-turns.md).
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._taken = False
        self._waiting: deque[Lock] = deque()
        self._hurried_until = 0.0

    def hurry(self) -> None:
        """Somebody waits for an answer from now on: who is in no hurry leaves file and interpreter to them."""
        self._hurried_until = monotonic() + _HURRY

    def give_way(self) -> None:
        """Return once nobody hurries any more, or has for long. Called between two turns, never within one."""
        until = monotonic() + _LONGEST_WAY
        while (left := min(self._hurried_until, until) - monotonic()) > 0:
            sleep(left)

    def __enter__(self) -> None:
        with self._lock:
            if not self._taken:
                self._taken = True
                return
            turn = Lock()
            turn.acquire()
            self._waiting.append(turn)
        self._wait_for(turn)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with self._lock:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False

    def _wait_for(self, turn: Lock) -> None:
        try:
            turn.acquire()
        except BaseException:  # Ctrl-C while waiting: leave the queue, or pass on a turn that came meanwhile
            with self._lock:
                given = turn not in self._waiting
                if not given:
                    self._waiting.remove(turn)
            if given:
                self.__exit__(None, None, None)
            raise


_gates: WeakValueDictionary[Path, Gate] = WeakValueDictionary()
_gates_lock = Lock()


def gate_of(path: Path) -> Gate:
    """The one gate of a file, shared by everything in this process that has it open."""
    with _gates_lock:
        return _gates.setdefault(path.resolve(), Gate())
