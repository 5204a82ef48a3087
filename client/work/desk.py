"""The desk a person works at: scans go to the open job, and nothing is answered before it is on disk.

The window, the replay of a file and the tests drive this one object. It keeps no second truth: `delivery` is what the
draft on disk says, and after a crash `resume` gives it back.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from client.barcode.gs1 import read
from client.barcode.label import Label, RawScan
from client.work import receipt, receipt_commands
from client.work.answer import READY, Command, Question, Said, Tone, no, ok
from client.work.bodies import Signature, transactions
from client.work.delivery import Delivery, from_state, to_state
from client.work.meaning import (
    CommandMeant,
    LocationMeant,
    Meaning,
    PatientMeant,
    PickingsMeant,
    ProductMeant,
    SeveralProducts,
    UnknownLevel,
    meaning,
)
from client.work.people import Act, Person
from client.work.policy import Policy
from client.work.receipt_steps import Step, Ward, question
from client.work.receipt_view import ReceiptView, view
from sync.clock import Clock
from sync.errors import WardstockError
from sync.stock import Evidence, Location, Picking, Product
from sync.store import Store
from sync.store.outbox import Entry
from sync.transaction import Draft, Moment, Status, footprint, new_uuid

JOB = "receipt"
_OVER = frozenset({"done", "cancel"})
SEEN_WITHIN = timedelta(days=30)
"""How far back a pack's serial is looked for (ward 15)."""


@dataclass
class Desk:
    """One person at one device. Not thread-safe: it belongs to the thread that scans."""

    store: Store
    person: Person
    policy: Policy
    clock: Clock
    queued: Callable[[], None] = lambda: None
    delivery: Delivery | None = None
    said: Said = READY

    def scan(self, raw: RawScan) -> Said:
        """Answer one scan. When this returns an accepted scan, its line and its evidence are on disk."""
        label = read(raw)
        if label.command is not None and not self._in_open_job():
            self.said = self.command(Command.parse(label.command))
        elif self.delivery is None or self.delivery.finished:
            self.said = self._scan_at_home(label)
        elif label.command is not None and Command.parse(label.command).name == "home":
            self.said = self.home()
        else:
            self.said = self._scan_in_job(self.delivery, label)
        return self.said

    def command(self, command: Command) -> Said:
        """Answer what a finger pressed."""
        if command.name == "home":
            self.said = self.home()
        elif self.delivery is None:
            self.said = no("nothing_open", command=command.name)
        else:
            self.said = self._keep(receipt_commands.command(self.delivery, command, self._ward()))
        return self.said

    def _in_open_job(self) -> bool:
        return self.delivery is not None and not self.delivery.finished

    def open_receipt(self, picking_id: int) -> Said:
        """Open the delivery of a picking: its draft where one is open, a new one else."""
        picking = self.store.catalogue.picking(picking_id)
        self.said = self._open(picking) if picking and not picking.gone else no("picking_gone")
        return self.said

    def resume(self, draft_uuid: str) -> Said:
        """Go on where a draft was left, with what the last pull says is expected."""
        draft = self.store.drafts.get(draft_uuid)
        if draft is None:
            raise WardstockError("draft_gone", draft=draft_uuid)
        self.delivery, gone = receipt.refreshed(from_state(draft.state), self._ward())
        document = self.delivery.picking.name
        last = self.store.catalogue.picking(self.delivery.picking.id)
        if last is not None and last.gone:
            self.said = ok("resumed_closed" if last.state in _OVER else "resumed_gone", document=document)
        elif stale := receipt.changed_goods(self.delivery, self.store.catalogue):
            self.said = ok("resumed_stale", document=document, product=_names(stale))
        elif gone:
            self.said = ok("resumed_changed", document=document, product=_names(gone))
        else:
            self.said = ok("resumed", document=document, lines=len(self.delivery.additions))
        return self.said

    def home(self) -> Said:
        """Leave the job; its draft stays open on disk. A draft nothing was scanned into is not kept."""
        if self.delivery and not self.delivery.finished and not self.delivery.additions and not self.delivery.pending:
            self.store.drafts.drop(self.delivery.uuid, self.person.name, self.clock.now())
        self.delivery = None
        return READY

    def may_withdraw(self, entry: Entry) -> bool:
        """One's own work that never left the device, or as a supervisor (ward 33)."""
        untouched = entry.status is Status.QUEUED and entry.first_sent_at is None
        return (untouched and entry.transaction.person == self.person.name) or self.person.may(Act.WITHDRAW)

    def withdraw(self, uuid: str) -> Said:
        """Take back a transaction: at once, or as a wish where Odoo may have it. The person stands in the journal."""
        entry = self.store.outbox.get(uuid)
        if entry is None or not self.may_withdraw(entry):
            return no("needs_role", act=Act.WITHDRAW, question="")
        status = self.store.outbox.withdraw(uuid, self.person.name, self.clock.now())
        self.queued()
        if status is not Status.WITHDRAWN:
            return ok("withdraw_wished", reference=entry.reference)
        return ok("withdrawn", reference=entry.reference)

    def question(self) -> Question | None:
        """What must be answered now."""
        return question(self.delivery, self._ward()) if self.delivery else None

    def view(self) -> ReceiptView | None:
        """What a page shows of the open delivery."""
        return view(self.delivery, self._ward()) if self.delivery else None

    def _ward(self) -> Ward:
        return Ward(self.store.catalogue, self.person, self.policy, self.clock.now(), self._seen_before)

    def _seen_before(self, product_id: int, serial: str) -> bool:
        """The same GTIN and serial in an earlier delivery (ward 15)."""
        open_uuid = self.delivery.uuid if self.delivery else ""
        earlier = self.store.drafts.gtins_with_serial(serial, self.clock.now() - SEEN_WITHIN, except_draft=open_uuid)
        hits = (hit for gtin in earlier for hit in self.store.catalogue.by_barcode(gtin))
        return any(hit.product.id == product_id for hit in hits)

    def _scan_at_home(self, label: Label) -> Said:
        meant = meaning(label, self.store.catalogue)
        pickings = self._deliveries(meant)
        if len(pickings) > 1:
            names = ", ".join(picking.name for picking in pickings[:3])
            return no("several_deliveries", names=names, count=len(pickings))
        if not pickings:
            return _nothing_to_open(meant, label)
        if self.delivery and not isinstance(meant, PickingsMeant):
            # A late pack of the delivery just finished must not slip into another one.
            return no("already_confirmed")
        opened = self._open(pickings[0])
        if self.delivery is None or opened.tone is Tone.NO or isinstance(meant, PickingsMeant):
            return opened
        return self._scan_in_job(self.delivery, label)

    def _deliveries(self, meant: Meaning) -> tuple[Picking, ...]:
        """Open deliveries a scan at home can mean: by name, by order, or by an expected product."""
        if isinstance(meant, PickingsMeant):
            return meant.pickings
        product = meant.product if isinstance(meant, ProductMeant | UnknownLevel) else None
        return tuple(self.store.catalogue.open_receipts_with(product.id)) if product else ()

    def _open(self, picking: Picking) -> Said:
        if not self.person.may(Act.RECEIVE):
            return no("needs_role", act=Act.RECEIVE, question="")
        if sent := self._sent_from_here(picking):
            code = "refused_here" if sent.status is Status.REFUSED else "finished_here"
            return no(code, document=picking.name, reference=sent.reference)
        for draft in self.store.drafts.open_drafts():
            if draft.job == JOB and draft.document == picking.name:
                return self.resume(draft.uuid)
        delivery = receipt.open_delivery(picking, self._ward())
        if not delivery.expected:
            return no("nothing_expected", document=picking.name)
        self.store.drafts.open(_draft(delivery))
        self.delivery = delivery
        return ok("opened", document=picking.name, order=picking.origin, partner=delivery.partner_name)

    def _sent_from_here(self, picking: Picking) -> Entry | None:
        """A transaction of this device for that picking: what is left of it comes back as a backorder, after a pull."""
        mine = (entry for entry in self.store.outbox.rows() if entry.footprint.picking_id == picking.id)
        return next((entry for entry in mine if entry.status is not Status.WITHDRAWN), None)

    def _scan_in_job(self, delivery: Delivery, label: Label) -> Said:
        evidence = _evidence(label)
        step = receipt.scan(delivery, label, evidence.id, self._ward())
        kept = () if step.said.code == "patient_label" else (replace(evidence, verdict=_verdict(step.said)),)
        return self._keep(step, kept)

    def _keep(self, step: Step, evidence: tuple[Evidence, ...] = ()) -> Said:
        """One SQLite transaction holds the scan, the line and the step; only then is it said (design 3)."""
        if step.confirmed:
            return self._confirm(step)
        if not step.delivery.finished and (evidence or step.delivery is not self.delivery):
            self.store.drafts.save(_draft(step.delivery, self.clock.now()), evidence)
        self.delivery = step.delivery
        return step.said

    def _confirm(self, step: Step) -> Said:
        delivery, catalogue = step.delivery, self.store.catalogue
        kind = catalogue.picking_type(delivery.picking.picking_type_id)
        if kind is None:
            raise WardstockError("picking_type_gone", document=delivery.picking.name)
        moment = self.clock.moment()
        signed = self._signature(moment)
        made = transactions(delivery, kind, signed, close_short=step.close_short)
        places = _places(delivery, catalogue.location)
        self.store.outbox.confirm(delivery.uuid, [(one, footprint(one, places)) for one in made], moment.wall)
        self.delivery = replace(delivery, closing=False, references=tuple(one.reference for one in made))
        self.queued()
        steps = ", ".join(delivery.picking.next_names)
        facts = {"lines": sum(len(one.lines) for one in made), "document": delivery.picking.name, "steps": steps}
        return ok("confirmed", reference=made[0].reference, **facts)

    def _signature(self, moment: Moment) -> Signature:
        device, enrolment = self.store.device, self.store.device.enrolment()
        if enrolment is None:
            raise WardstockError("not_enrolled")
        return Signature(self.person.name, device.name(), enrolment.company_id, moment, device.next_reference)


def _places(delivery: Delivery, location: Callable[[int], Location | None]) -> dict[int, Location]:
    ids = {add.destination_id for add in delivery.additions} | {delivery.picking.source_id}
    return {id_: place for id_ in ids if (place := location(id_))}


def _nothing_to_open(meant: Meaning, label: Label) -> Said:
    """A scan at home that opens nothing still gets an answer that says what it was."""
    if isinstance(meant, PatientMeant):
        return no("patient_label")
    if isinstance(meant, CommandMeant):
        return no("nothing_open", command=meant.command.name)
    if isinstance(meant, LocationMeant):
        return no("place_at_home", place=meant.location.complete_name)
    if isinstance(meant, ProductMeant | UnknownLevel):
        return no("product_not_expected", product=meant.product.name)
    if isinstance(meant, SeveralProducts):
        return no("code_of_several", products=_names(meant.products))
    return no("unknown_code", code=label.text[:60])


def _names(products: tuple[Product, ...]) -> str:
    return ", ".join(product.name for product in products[:3])


def _draft(delivery: Delivery, changed_at: datetime | None = None) -> Draft:
    picking = delivery.picking
    return Draft(
        uuid=delivery.uuid,
        job=JOB,
        state=to_state(delivery),
        person=delivery.person,
        title=delivery.partner_name or picking.name,
        opened_at=delivery.opened_at,
        changed_at=changed_at or delivery.opened_at,
        document=picking.name,
    )


def _evidence(label: Label) -> Evidence:
    raw = label.raw
    elements = [(element.ai, element.value) for element in label.elements]
    parse = json.dumps({"gtin": label.gtin, "serial": label.serial, "elements": elements})
    return Evidence(
        id=new_uuid(),
        data=raw.data,
        text=raw.text,
        symbology=raw.symbology,
        source=raw.source,
        device=raw.device,
        scanned_at=raw.scanned_at,
        parser_version=label.parser_version,
        parse=parse,
        verdict="",
    )


def _verdict(said: Said) -> str:
    """Texts that meant nothing are dropped when the draft closes: evidence is not a dustbin (design 7)."""
    return "meaningless" if said.code in {"unknown_code", "unknown_command"} else said.code
