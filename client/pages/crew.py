"""The people of a device as somebody changes them: badge, PIN, role. A supervisor approves with a PIN (design 8)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from client import troubles
from client.barcode.label import RawScan
from client.pages.approval import Approval, Proof
from client.pages.item import Item, act, choice, fact, head, note
from client.words import rights
from client.words.settings import crew, crew_asks, pin_differs
from client.work.desk import Desk
from client.work.site.badges import is_ours
from client.work.site.people import Act, Role, same_person
from client.work.site.staff import badge_to_keep, managers, pin_to_keep
from sync.errors import WardstockError
from sync.store.people import Colleague, Staff

_ONCE_MORE: Final = {"badge": "badge", "new_pin": "new_pin", "again": "new_pin"}
"""What is asked again where the answer was refused: another badge, another PIN."""


@dataclass
class Crew:
    """One visit to the people of a device. `ask_pin` opens the keypad for the person named, `told` shows an outcome.

    What somebody approved holds until they leave the pages that change what a device is.
    """

    desk: Desk
    ask_pin: Callable[[str], None]
    told: Callable[[str, str], None]
    print_badge: Callable[[str], None]
    proof: Proof
    asked: str = ""
    chosen: str = ""
    _pin: str = ""
    _then: Callable[[], None] = field(default=lambda: None)
    _approval: Approval = field(init=False)

    def __post_init__(self) -> None:
        self._approval = Approval(self.desk, Act.MANAGE_PEOPLE, self.proof)

    # ------------------------------------------------------------ what is shown

    def items(self) -> list[Item]:
        """Everybody, or one person and what can be changed of them."""
        one = self._colleague()
        return self._all() if one is None else self._one(one)

    def question(self) -> tuple[str, str]:
        """What is asked now; nothing while only shown."""
        if self.asked == "approve":
            return crew_asks(self.asked, self.desk.person.name)
        return crew_asks(self.asked or "one", self.chosen) if self.chosen else ("", "")

    @property
    def first(self) -> bool:
        """Nobody manages people here yet: the first needs nobody's word."""
        return not managers(self.desk.store, self.desk.policy)

    @property
    def may(self) -> bool:
        """Whether who stands at the desk may change people, once they gave their PIN."""
        return self._approval.may

    @property
    def approved_by(self) -> str:
        """Who gave their PIN on this visit, and may; empty if nobody did."""
        return self._approval.by

    def _all(self) -> list[Item]:
        rows = [
            act(f"who {one.name}", one.name, "person", detail=f"{rights.role(one.role)} · {_signs(one)}")
            for one in self.desk.store.people.everyone()
        ]
        locked = not (self.may or self.first)
        hint = crew("locked") if locked else ""
        printing = (
            [act("print", crew("print"), "print", detail=crew("print_what"), locked=not self.may)] if rows else []
        )
        return [*rows, act("add", crew("add"), "plus", detail=hint, locked=locked), *printing]

    def _one(self, one: Colleague) -> list[Item]:
        locked, mine = not self.may, same_person(one.name, self.desk.person.name)
        pin_locked = locked and not (mine and one.pin)
        return [
            fact(one.name, f"{rights.role(one.role)} · {_signs(one)}"),
            *([note(crew("locked"), "ask")] if locked else []),
            act("badge", crew("badge_new"), "scan", locked=locked),
            act("print", crew("badge_print"), "print", detail=_will_print(one), locked=locked),
            *([act("no badge", crew("badge_none"), "erase", locked=locked)] if one.badge else []),
            act("pin", crew("pin_new"), "keys", locked=pin_locked),
            head(crew("role")),
            *(choice(f"role {role}", rights.role(role), chosen=role == one.role, locked=locked) for role in Role),
            act("remove", crew("remove"), "cross", detail=crew("remove_what"), locked=locked),
        ]

    def _colleague(self) -> Colleague | None:
        return self.desk.store.people.get(self.chosen) if self.chosen else None

    # ------------------------------------------------------------ what is done

    def press(self, key: str) -> None:
        """One of the items."""
        word, _, value = key.partition(" ")
        if word == "who":
            self.chosen = value
        elif word == "print":
            self._approved(self._print)
        elif key == "no badge":
            self._approved(lambda: self._keep_badge(""))
        elif word == "badge":
            self._approved(lambda: self._ask("badge"))
        elif word == "pin":
            self._pin_wanted()
        elif word == "role":
            self._approved(lambda: self._keep_role(value))
        elif word == "remove":
            self._approved(lambda: self._ask("remove"))
        elif word == "yes":
            self._remove()

    def back(self) -> bool:
        """One step out; False where there is none."""
        if self.asked:
            self._ask("")
            return True
        gone, self.chosen = self.chosen != "", ""
        return gone

    def leave(self) -> None:
        """Another page comes up."""
        self.asked, self.chosen, self._pin = "", "", ""

    def hears(self, raw: RawScan) -> bool:
        """A badge that was asked for is kept, not worked with."""
        if self.asked != "badge":
            return False
        self._keep_badge(raw.text)
        return True

    def typed(self, pin: str) -> None:
        """The keypad was filled."""
        if self.asked in {"approve", "own_pin"}:
            self._proved(pin)
        elif self.asked == "new_pin":
            self._pin = pin
            self._ask("again")
        elif self.asked == "again":
            first, self._pin = self._pin, ""
            if pin == first:
                self._keep_pin(pin)
            else:
                self._not_done(pin_differs())

    def _pin_wanted(self) -> None:
        if self.may:
            self._approved(lambda: self._ask("new_pin"))
        elif same_person(self.chosen, self.desk.person.name):
            self._then = lambda: self._ask("new_pin")
            self._ask("own_pin")

    def _approved(self, then: Callable[[], None]) -> None:
        """Do it once somebody who may has given their PIN."""
        if not self.may:
            return
        if self._approval.by:
            then()
            return
        self._then = then
        self._ask("approve")

    def _proved(self, pin: str) -> None:
        if why := self._approval.prove(pin):
            self.told("no", why)
            self._ask(self.asked)
        else:
            self._then()

    def _print(self) -> None:
        """On the page of papers: nothing is asked here any more."""
        name = self.chosen
        self._ask("")
        self.print_badge(name)

    def _keep_badge(self, text: str) -> None:
        self._change(lambda: self._staff.settle_badge(self.chosen, self._fit(text), self._now, self._who))

    def _fit(self, badge: str) -> str:
        return badge_to_keep(self.desk.store, badge) if badge else ""

    def _keep_pin(self, pin: str) -> None:
        self._change(lambda: self._staff.settle_pin(self.chosen, pin_to_keep(pin), self._now, self._who))

    def _keep_role(self, role: str) -> None:
        self._change(lambda: self._staff.settle_role(self.chosen, role, self._now, self._who))

    def _remove(self) -> None:
        if self._change(lambda: self._staff.remove(self.chosen, self._now, self._who), said="removed"):
            self.chosen = ""

    def _change(self, change: Callable[[], None], said: str = "changed") -> bool:
        try:
            change()
        except WardstockError as error:
            self.told("no", troubles.trouble(error.code, error.facts))
            self._ask(_ONCE_MORE.get(self.asked, ""))
            return False
        self.told("ok", crew(said, name=self.chosen))
        self._ask("")
        return True

    def _not_done(self, why: str) -> None:
        self.told("no", why)
        self._ask("")

    def _ask(self, what: str) -> None:
        if not what and not self.may:
            self.proof.forget()  # who gave their own old PIN approved nothing but their own new one
        self.asked = what
        pins = {"approve": self.desk.person.name, "own_pin": self.chosen, "new_pin": self.chosen, "again": self.chosen}
        self.ask_pin(pins.get(what, ""))

    @property
    def _who(self) -> str:
        """Who gave the PIN that this change follows."""
        return self._approval.said

    @property
    def _now(self) -> datetime:
        return self.desk.clock.now()

    @property
    def _staff(self) -> Staff:
        return self.desk.store.people


def _will_print(one: Colleague) -> str:
    if not one.badge:
        return crew("badge_print_first")
    return crew("badge_print_again" if is_ours(one.badge) else "badge_print_new")


def _signs(one: Colleague) -> str:
    if one.badge and one.pin:
        return crew("with")
    return crew("with_badge") if one.badge else crew("with_pin") if one.pin else crew("with_none")
