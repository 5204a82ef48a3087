"""A PIN as it is kept: an argon2id hash. What is guessed is slowed by the store, which counts each try first."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

SHORTEST, LONGEST = 4, 12
"""Digits of a PIN: it is typed with gloves on."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one look at a PIN costs: passes over so much memory, in so many lanes."""

    passes: int
    memory_kib: int
    lanes: int


CHECKED: Final = Cost(passes=3, memory_kib=64 * 1024, lanes=4)
"""RFC 9106's second recommendation, for machines with little memory: some tens of milliseconds a try."""


def hashed(pin: str, cost: Cost = CHECKED) -> str:
    """The hash, with a salt of its own and its parameters in it."""
    return _hasher(cost).hash(pin)


def fits(pin: str, kept: str, cost: Cost = CHECKED) -> bool:
    """Whether a PIN is the one that was kept; a kept text that is no hash fits nothing."""
    try:
        return _hasher(cost).verify(kept, pin)
    except (VerifyMismatchError, VerificationError, InvalidHashError):
        return False


def why_not(pin: str) -> str:
    """Why that cannot be a PIN: pin_not_digits, pin_too_easy, or empty where it can."""
    if not (pin.isascii() and pin.isdigit() and SHORTEST <= len(pin) <= LONGEST):
        return "pin_not_digits"
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    return "pin_too_easy" if len(steps) == 1 and steps <= {0, 1, 9} else ""


def _hasher(cost: Cost) -> PasswordHasher:
    return PasswordHasher(cost.passes, cost.memory_kib, cost.lanes, type=Type.ID)
