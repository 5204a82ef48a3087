"""Who stands at the device and what their role may do: one table (design 8, ward 33)."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """The four roles of a ward."""

    NURSE = "nurse"
    STOREKEEPER = "storekeeper"
    COUNTER = "counter"
    SUPERVISOR = "supervisor"


class Act(StrEnum):
    """What not everybody may do. Anything not listed here is open to all."""

    RECEIVE = "receive"
    CLOSE_SHORT = "close_short"
    OVER_RECEIVE = "over_receive"
    ACCEPT_EXPIRED = "accept_expired"
    CHANGE_EXPIRY = "change_expiry"
    MAKE_LOT = "make_lot"
    WITHDRAW = "withdraw"


_STORE = frozenset({Role.STOREKEEPER, Role.SUPERVISOR})
_SUPERVISOR = frozenset({Role.SUPERVISOR})

MAY: dict[Act, frozenset[Role]] = {
    Act.RECEIVE: _STORE | {Role.NURSE},
    Act.CLOSE_SHORT: _SUPERVISOR,
    Act.OVER_RECEIVE: _SUPERVISOR,
    Act.ACCEPT_EXPIRED: _SUPERVISOR,
    Act.CHANGE_EXPIRY: _SUPERVISOR,
    Act.MAKE_LOT: _STORE,
    Act.WITHDRAW: _SUPERVISOR,
}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at the device. The name stands in slips and notes."""

    name: str
    role: Role = Role.STOREKEEPER

    def may(self, act: Act) -> bool:
        """Whether the role allows it."""
        return self.role in MAY[act]
