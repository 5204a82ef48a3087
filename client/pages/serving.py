"""Which places this device serves, as somebody changes them: chosen from what is known here, fetched by a pull."""

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QObject

from client import troubles
from client.barcode.label import RawScan
from client.pages.approval import Approval, Proof
from client.pages.item import Item, act, note
from client.pages.places import PlacesPage
from client.words.settings import serving, serving_asks
from client.work.desk import Desk
from client.work.site.people import Act
from client.work.site.places import narrower, to_choose_from
from sync.errors import WardstockError


@dataclass
class Serving:
    """One visit. Where nobody is entered anybody may; else who may gives their PIN first."""

    desk: Desk
    ask_pin: Callable[[str], None]
    told: Callable[[str, str], None]
    wake: Callable[[], None]
    parent: QObject
    proof: Proof
    asked: str = ""
    choosing: bool = False
    page: PlacesPage = field(init=False)
    _approval: Approval = field(init=False)

    def __post_init__(self) -> None:
        self.page = PlacesPage(lambda _ids: None, self.parent)
        self._approval = Approval(self.desk, Act.CHOOSE_PLACES, self.proof)

    # ------------------------------------------------------------ what is shown

    def items(self) -> list[Item]:
        """What another choice would mean, and the way to it."""
        unsent, drafts = self.desk.store.device.open_work()
        enrolment, locked = self.desk.store.device.enrolment(), not (self._free or self._approval.may)
        waits = enrolment is not None and enrolment.fetched_ids is not None
        return [
            *([note(serving("waits"), "ask")] if waits else []),
            note(serving("means")),
            *([note(serving("only_more", unsent=unsent, drafts=drafts), "ask")] if unsent or drafts else []),
            act("choose", serving("choose"), "shelf", detail=serving("locked") if locked else "", locked=locked),
        ]

    def question(self) -> tuple[str, str]:
        """What is asked now; nothing while only shown."""
        if self.choosing:
            return serving_asks("choose", "")
        return serving_asks("approve", self.desk.person.name) if self.asked else ("", "")

    @property
    def _free(self) -> bool:
        return not self.desk.store.people.everyone()

    # ------------------------------------------------------------ what is done

    def press(self, key: str) -> None:
        """The way to the choice."""
        if key != "choose":
            return
        if self._free or self._approval.by:
            self._choose()
        elif self._approval.may:
            self.asked = "approve"
            self.ask_pin(self.desk.person.name)

    def typed(self, pin: str) -> None:
        """The keypad was filled."""
        if why := self._approval.prove(pin):
            self.told("no", why)
            self.ask_pin(self.desk.person.name)
        else:
            self._choose()

    def _choose(self) -> None:
        self.asked, self.choosing = "", True
        self.ask_pin("")
        enrolment = self.desk.store.device.enrolment()
        self.page.show(to_choose_from(self.desk.store.catalogue), enrolment.location_ids if enrolment else ())

    def keep(self) -> None:
        """From now on these; what they hold is fetched as soon as Odoo is reached."""
        if not (self._free or self._approval.by):
            self.back()
            return
        catalogue, device, chosen = self.desk.store.catalogue, self.desk.store.device, self.page.ticked
        enrolment = device.enrolment()
        before = enrolment.location_ids if enrolment else ()
        if set(before) == set(chosen):
            self.choosing = False
            return
        by = self._approval.by or self.desk.person.name
        try:
            device.serve(chosen, self.desk.clock.now(), by, narrower=narrower(catalogue, before, chosen))
        except WardstockError as error:
            self.told("no", troubles.trouble(error.code, error.facts))
        else:
            self.choosing = False
            self.told("ok", serving("kept"))
            self.wake()

    def hears(self, raw: RawScan) -> bool:
        """The label of a place ticks it, while they are chosen."""
        if not self.choosing:
            return False
        found = self.page.heard(raw.text.strip())
        self.told(*(("ok", serving("ticked", place=found.complete_name)) if found else ("no", serving("no_place"))))
        return True

    def back(self) -> bool:
        """One step out; False where there is none."""
        was = bool(self.asked or self.choosing)
        self.asked, self.choosing = "", False
        self.ask_pin("")
        return was

    def leave(self) -> None:
        """Another page comes up."""
        self.asked, self.choosing = "", False
