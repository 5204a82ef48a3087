"""Whether this machine has a network at all, without asking anybody."""

import socket
from contextlib import suppress

_NOBODY = ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1"))
"""Addresses kept for documentation: a way there is a way out (RFC 5737, 3849)."""


def route() -> str:
    """The addresses this machine would send from, empty without a network. Nothing is sent."""
    return " ".join(_own_address(family, there) for family, there in _NOBODY).strip()


def _own_address(family: int, there: str) -> str:
    with suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as way:
        way.connect((there, 9))
        return str(way.getsockname()[0])
    return ""
