"""The practice ward: a stand-in Odoo on loopback, for training and tests (design 9)."""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING, Self

from sync.practice.faults import Faulty
from sync.practice.reception import Reception

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from types import TracebackType


class PracticeWard(Reception, Faulty):
    """A small hospital behind JSON-2 (from 19) and /jsonrpc, alive for as long as this object.

    Port 0 takes any free one. `version` is the Odoo it stands for: 17, 18 or 19.
    """

    def __init__(self, port: int = 0, version: int = 19, now: Callable[[], datetime] | None = None) -> None:
        Reception.__init__(self, version, now)
        Faulty.__init__(self, port)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def restart(self) -> None:
        """End and begin again: calls that run end first, and nothing planned is left."""
        self.fail_next("refused")
        self.forget_cache()
        self.answer_again()


def run(port: int) -> None:
    """Serve until Ctrl-C, after saying how to get in. The keys are fixed and open nothing but this ward."""
    with PracticeWard(port) as ward:
        told = [f"Practice ward: {ward.url}", f"Database: {ward.database}"]
        told += [f"{role}: login {ward.logins[role]}, key {key}" for role, key in ward.keys.items()]
        sys.stdout.write("\n".join(told) + "\n")
        sys.stdout.flush()
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            sys.stdout.write("\n")
