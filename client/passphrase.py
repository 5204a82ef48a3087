"""The device's passphrase for a command: from the environment, from standard input, or typed where nobody sees it."""

import os
import sys
from dataclasses import dataclass, field
from typing import Final

import click

from client.words import keys
from sync.errors import WardstockError

ENVIRONMENT: Final = "WARDSTOCK_PASSPHRASE"


@dataclass
class Typed:
    """Each of the two is given once a command. With `piped` they are lines of standard input, the old one first."""

    piped: bool = False
    _known: str = field(default="", repr=False)

    def known(self) -> str:
        """The one that opens. Raises WardstockError("passphrase_needed") where nobody can be asked."""
        if not self._known:
            self._known = self._given() or _prompted("known")
        return self._known

    def new(self) -> str:
        """The one to close with from now on; the environment's, unless that one opened. Raises passphrase_needed."""
        if given := self._given():
            return given
        return _prompted("new")

    def offered(self) -> bool:
        """Whether there is one, or somebody to ask."""
        return self.piped or ENVIRONMENT in os.environ or sys.stdin.isatty()

    def _given(self) -> str:
        if self.piped:
            return sys.stdin.buffer.readline().decode(errors="replace").rstrip("\r\n")
        # Taken out of it: what this program starts must not inherit it.
        return os.environ.pop(ENVIRONMENT, "")


def _prompted(which: str) -> str:
    if not sys.stdin.isatty():
        raise WardstockError("passphrase_needed")
    return str(click.prompt(keys.prompt(which), hide_input=True, confirmation_prompt=which == "new", err=True))
