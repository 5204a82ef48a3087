"""Who stands at the device, what their role may do (one table, ward 33), and how they show who they are (design 8)."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from client.barcode.label import RawScan
from client.barcode.read import read
from client.work.site.pin import CHECKED, Cost, fits
from sync.store.people import Colleague, Staff, folded

if TYPE_CHECKING:
    from client.work.site.policy import Policy


class Role(StrEnum):
    """The four roles of a ward."""

    NURSE = "nurse"
    STOREKEEPER = "storekeeper"
    COUNTER = "counter"
    SUPERVISOR = "supervisor"


class Act(StrEnum):
    """What not everybody may do. Anything not listed here is open to all."""

    RECEIVE = "receive"
    MOVE = "move"
    USE = "use"
    WASTE = "waste"
    RETURN = "return"
    COUNT = "count"
    APPLY_COUNT = "apply_count"
    CLOSE_SHORT = "close_short"
    OVER_RECEIVE = "over_receive"
    BLIND_RECEIPT = "blind_receipt"
    ACCEPT_EXPIRED = "accept_expired"
    ACCEPT_HELD = "accept_held"
    CHANGE_EXPIRY = "change_expiry"
    MAKE_LOT = "make_lot"
    OTHER_LOT = "other_lot"
    TAKE_RESERVED = "take_reserved"
    TEACH_BARCODE = "teach_barcode"
    HOLD = "hold"
    LOT_CHANGE = "lot_change"
    SUPPLIER_RETURN = "supplier_return"
    QUARANTINE = "quarantine"
    SETTLE = "settle"
    WITHDRAW = "withdraw"
    RELEASE = "release"
    RETRY = "retry"
    TAKE_OVER = "take_over"
    MANAGE_PEOPLE = "manage_people"
    CHOOSE_PLACES = "choose_places"


_ALL = frozenset(Role)
_HANDS = frozenset({Role.NURSE, Role.STOREKEEPER, Role.SUPERVISOR})
_STORE = frozenset({Role.STOREKEEPER, Role.SUPERVISOR})
_SUPERVISOR = frozenset({Role.SUPERVISOR})

MAY: Final[dict[Act, frozenset[Role]]] = {
    Act.RECEIVE: _HANDS,
    Act.MOVE: _HANDS,
    Act.USE: _HANDS,
    Act.WASTE: _HANDS,
    Act.RETURN: _HANDS,
    Act.COUNT: _ALL,
    Act.APPLY_COUNT: _SUPERVISOR,
    Act.CLOSE_SHORT: _SUPERVISOR,
    Act.OVER_RECEIVE: _SUPERVISOR,
    Act.BLIND_RECEIPT: _SUPERVISOR,
    Act.ACCEPT_EXPIRED: _SUPERVISOR,
    Act.ACCEPT_HELD: _SUPERVISOR,
    Act.CHANGE_EXPIRY: _SUPERVISOR,
    Act.MAKE_LOT: _STORE,
    Act.OTHER_LOT: _STORE,
    Act.TAKE_RESERVED: _STORE,
    Act.TEACH_BARCODE: _SUPERVISOR,
    Act.HOLD: _SUPERVISOR,
    Act.LOT_CHANGE: _STORE,
    Act.SUPPLIER_RETURN: _STORE,
    Act.QUARANTINE: _HANDS,
    Act.SETTLE: _SUPERVISOR,
    Act.WITHDRAW: _SUPERVISOR,
    Act.RELEASE: _SUPERVISOR,
    Act.RETRY: _ALL,
    Act.TAKE_OVER: _ALL,
    Act.MANAGE_PEOPLE: _SUPERVISOR,
    Act.CHOOSE_PLACES: _SUPERVISOR,
}
"""By default. The site's policy may say otherwise, act by act (`Policy.acts_of`)."""

_BY_ROLE: Final = {role: frozenset(act for act, roles in MAY.items() if role in roles) for role in Role}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at the device. The name stands in slips and notes. `granted`: what the site's policy lets them do."""

    name: str
    role: Role = Role.STOREKEEPER
    granted: frozenset[Act] | None = None

    @property
    def acts(self) -> frozenset[Act]:
        """What this person may do: as granted, else as the table says of the role."""
        return _BY_ROLE[self.role] if self.granted is None else self.granted

    def may(self, act: Act) -> bool:
        """Whether the role allows it."""
        return act in self.acts


@dataclass(frozen=True, slots=True)
class Proof:
    """How a PIN was answered. `code`: pin_ok, pin_wrong, pin_wait, pin_none (has no PIN yet) or person_unknown.

    `seconds` to wait before the next try counts; `left` are tries before there is a wait.
    """

    code: str
    person: Person | None = None
    seconds: int = 0
    left: int = 0

    @property
    def ok(self) -> bool:
        return self.code == "pin_ok"


class People:
    """Who works at this device. A badge only says who; a PIN approves (design 8). What they may do: the policy's word.

    `cost` of a PIN's hash is an argument for tests alone.
    """

    def __init__(self, staff: Staff, policy: "Policy", cost: Cost = CHECKED) -> None:
        self._staff = staff
        self._policy = policy
        self._cost = cost

    def everyone(self) -> list[Person]:
        """All who work here now, by name."""
        return [self._person(one) for one in self._staff.everyone()]

    def by_badge(self, text: str) -> Person | None:
        """Whose badge that is, as a scanner sent it; None where it is nobody's."""
        badge = badge_of(text)
        found = self._staff.by_badge(badge) if badge else None
        return self._person(found) if found else None

    def by_name(self, name: str) -> Person | None:
        """Somebody who works here now; case and spaces do not count."""
        found = self._staff.get(name)
        return self._person(found) if found and not found.removed_at else None

    def today(self, person: Person) -> Person | None:
        """The same person with the role they have by now; None where they were removed since."""
        known = self._staff.get(person.name)
        if known is None:
            return person
        return None if known.removed_at else self._person(known)

    def verify(self, name: str, pin: str, now: datetime) -> Proof:
        """Whether that is the PIN. A try counts before it is looked at: switching off in between gives none back."""
        known = self._staff.get(name)
        if known is None or known.removed_at:
            return Proof("person_unknown")
        if not known.pin:
            return Proof("pin_none", self._person(known))
        tried = self._staff.begin_try(known.name, now)
        if tried.seconds:
            return Proof("pin_wait", self._person(known), tried.seconds)
        if not fits(pin, tried.pin, self._cost):
            return Proof("pin_wrong", self._person(known), tried.next_seconds, tried.left)
        self._staff.proved(known.name)
        return Proof("pin_ok", self._person(known))

    def _person(self, known: Colleague) -> Person:
        return self._policy.person(known.name, Role(known.role))


def badge_of(text: str) -> str:
    """What a badge is kept and found by: its text, or the provider number (AI 8017) however the symbol writes it.

    Empty where it cannot be a badge: a command, or the number of a patient (AI 8018).
    """
    label = read(RawScan.received(text, source="", device="", scanned_at=_ANY_DAY))
    numbers = {element.ai: element.value for element in label.elements}
    if label.kind in {"patient", "command"} or "8018" in numbers or _PATIENT.fullmatch(label.text):
        return ""
    if "8017" in numbers:
        return f"8017{numbers['8017']}"
    return " ".join(label.text.split())


def same_person(name: str, other: str) -> bool:
    """Whether two names are one person's: case, spaces and how an accent is written tell nobody apart."""
    return folded(name) == folded(other)


_ANY_DAY: Final = datetime.fromisoformat("2026-01-01T00:00:00+00:00")
_PATIENT: Final = re.compile(r"8018\d{18}\d*")
