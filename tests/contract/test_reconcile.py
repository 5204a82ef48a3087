"""Device against Odoo (design 4, 11): they agree after a pass, and whatever somebody changed since is told by name."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from client.accounts import sentence
from sync.clock import Clock
from sync.odoo.wire.errors import OdooError
from sync.odoo.wire.session import Server, Session
from sync.push import push
from sync.reconcile import Finding, Reconciliation, Total, reconcile
from sync.store import Store
from sync.store.device import Enrolment
from sync.transaction import Document, Draft, Kind, Moment, Outcome, Transaction, footprint, new_uuid
from tests.contract.conftest import Odoo
from tests.sync.acts import blind, line, receipt, session_with

pytestmark = pytest.mark.contract

KEY = bytes(range(32))


@dataclass
class Device:
    """A device with a name of its own, and a line without faults."""

    odoo: Odoo
    folder: Path
    name: str = field(default_factory=lambda: f"WS-{new_uuid()[:6].upper()}")

    def __post_init__(self) -> None:
        self.folder.mkdir(exist_ok=True)
        self.store = Store.open(self.folder / "wardstock.db", KEY)
        self.store.device.rename(self.name)
        if self.store.device.enrolment() is None:
            told = Enrolment(self.odoo.url, self.odoo.database, "storekeeper", 5, 1, datetime.now(UTC))
            self.store.device.enrol(told, self.odoo.keys["storekeeper"])

    def signed(self, act: Transaction) -> Transaction:
        """With what a body says of the device."""
        return replace(act, device=self.name, reference=self.store.device.next_reference())

    def receipt(self, done: str = "30") -> Transaction:
        gauze = self.odoo.product()
        expected = self.odoo.expected((gauze, 100))
        return self.signed(receipt(self.odoo, expected["id"], line(self.odoo, 1, gauze, done, "A1")))

    def blind(self, done: str = "12") -> Transaction:
        return self.signed(blind(self.odoo, line(self.odoo, 1, self.odoo.product(), done, "A1")))

    def counted(self, kind: Kind, product: int, counted: str, shelf: int) -> Transaction:
        """What somebody says lies on a shelf."""
        odoo = self.odoo
        loss = odoo.rows("stock.location", ["usage", "=", "inventory"], fields=["name"])[0]["id"]
        said = replace(line(odoo, 1, product, "0"), source_id=shelf, destination_id=loss, counted=Decimal(counted))
        act = blind(odoo, said)
        return self.signed(replace(act, kind=kind, document=Document(odoo.transfers, shelf, loss)))

    def confirm(self, *acts: Transaction) -> None:
        now, draft = datetime.now(UTC), new_uuid()
        self.store.drafts.open(Draft(draft, "any", "{}", "Sven", "act", now, now))
        self.store.outbox.confirm(draft, [(act, footprint(act, {})) for act in acts], now)

    def push(self) -> None:
        with session_with(self.odoo) as session:
            push(self.store, session, Clock())

    def posted(self, *acts: Transaction) -> Outcome:
        """Confirmed, and in Odoo; the outcome of the last."""
        self.confirm(*acts)
        self.push()
        entry = self.store.outbox.get(acts[-1].uuid)
        assert entry is not None
        assert entry.outcome is not None, entry
        return entry.outcome

    def reconcile(self, since: datetime | None = None) -> Reconciliation:
        with session_with(self.odoo) as session:
            return reconcile(self.store, session, since)

    def findings(self) -> list[Finding]:
        found = self.reconcile().findings
        assert all(sentence(one) for one in found)
        return list(found)

    def codes(self) -> list[str]:
        return [finding.code for finding in self.findings()]

    def copied(self, folder: Path) -> "Device":
        """Another with the same file."""
        self.store.close()
        shutil.copytree(self.folder, folder)
        self.store = Store.open(self.folder / "wardstock.db", KEY)
        return Device(self.odoo, folder, self.name)


@pytest.fixture
def device(odoo: Odoo, tmp_path: Path) -> Iterator[Device]:
    made = Device(odoo, tmp_path / "device")
    yield made
    made.store.close()


def done_line(odoo: Odoo, outcome: Outcome) -> dict[str, Any]:
    return next(one for one in odoo.lines(outcome.picking_id) if one["state"] == "done")


def test_after_a_pass_device_and_odoo_agree(device: Device) -> None:
    acts = [device.receipt("30"), device.blind("12"), device.receipt("7")]
    device.posted(*acts)

    found = device.reconcile()

    assert found.agrees, found.findings
    assert found.checked == 3
    assert dict(found.counted) == {"receipt": (2, 2), "blind_receipt": (1, 1)}
    assert sorted((one.kind, one.here, one.there) for one in found.totals) == [
        ("blind_receipt", Decimal(12), Decimal(12)),
        ("receipt", Decimal(7), Decimal(7)),
        ("receipt", Decimal(30), Decimal(30)),
    ]


def test_what_is_not_sent_yet_is_no_difference(device: Device) -> None:
    device.posted(device.blind())
    waiting = device.blind()
    device.confirm(waiting)

    found = device.reconcile()

    assert (found.agrees, found.undecided) == (True, (waiting.uuid,))


def test_a_done_line_that_a_person_edited_is_told_with_both_figures(device: Device) -> None:
    act = device.blind("12")
    outcome = device.posted(act)
    device.odoo.ok(
        "stock.move.line", "write", "admin", ids=[done_line(device.odoo, outcome)["id"]], vals={"quantity": 11}
    )

    found = device.reconcile()

    assert [(one.code, one.document) for one in found.findings] == [("line_differs", outcome.picking_name)]
    told = sentence(found.findings[0])
    assert "12 of product" in told
    assert "11 of product" in told
    assert [(one.here, one.there) for one in found.totals] == [(Decimal(12), Decimal(11))]


def test_a_note_that_a_person_deleted_is_missed(device: Device) -> None:
    outcome = device.posted(device.blind())
    device.odoo.ok("stock.picking", "write", ids=[outcome.picking_id], vals={"note": "thanks"})

    assert device.codes() == ["note_gone"]


def test_a_document_is_found_also_when_its_origin_was_changed(device: Device) -> None:
    outcome = device.posted(device.blind())
    device.odoo.ok("stock.picking", "write", ids=[outcome.picking_id], vals={"origin": "mine"})

    assert device.codes() == []


def test_a_slip_that_a_person_deleted_is_missed(device: Device) -> None:
    outcome = device.posted(device.receipt())
    slips = device.odoo.rows(
        "ir.attachment", ["res_model", "=", "stock.picking"], ["res_id", "=", outcome.picking_id], fields=["name"]
    )
    device.odoo.ok("ir.attachment", "unlink", "admin", ids=[one["id"] for one in slips])

    assert device.codes() == ["slip_gone"]


def test_an_expiry_that_was_changed_in_odoo_is_told(device: Device) -> None:
    outcome = device.posted(device.blind())
    lot = done_line(device.odoo, outcome)["lot_id"][0]
    device.odoo.ok("stock.lot", "write", "manager", ids=[lot], vals={"expiration_date": "2034-01-31 12:00:00"})

    told = device.findings()

    assert [(one.code, one.facts["ours"], one.facts["theirs"]) for one in told] == [
        ("expiry_differs", "2035-06-30", "2034-01-31")
    ]


def test_a_document_that_odoo_does_not_have_as_done_is_told(device: Device) -> None:
    """A device that believes it: restored from the disk of a test database, say."""
    act = device.receipt()
    device.confirm(act)
    device.store.outbox.mark_sending(act.uuid, datetime.now(UTC))
    picking = act.document.picking_id or 0
    device.store.outbox.mark_done(act.uuid, Outcome(picking, act.document.picking_name), datetime.now(UTC))

    assert device.codes() == ["document_open", "lines_gone", "slip_gone"]


def test_a_document_that_is_gone_is_told_by_its_name(device: Device) -> None:
    act = device.blind()
    device.confirm(act)
    device.store.outbox.mark_sending(act.uuid, datetime.now(UTC))
    device.store.outbox.mark_done(act.uuid, Outcome(2**30, "CS/IN/99999"), datetime.now(UTC))

    (told,) = device.findings()

    assert (told.code, told.document) == ("document_gone", "CS/IN/99999")


def test_a_document_doubled_by_hand_is_told_and_its_goods_are_not_ours(device: Device) -> None:
    act = device.blind("12")
    outcome = device.posted(act)
    origin = device.odoo.row("stock.picking", outcome.picking_id, "origin")["origin"]
    lot = done_line(device.odoo, outcome)["lot_id"][0]
    made = device.odoo.document((act.lines[0].product_id, lot, 12), origin=origin)["ids"][0]
    device.odoo.validate(made, skip_backorder=True)

    found = device.reconcile()

    assert [(one.code, one.document) for one in found.findings] == [
        ("copied", device.odoo.row("stock.picking", made, "name")["name"])
    ]
    assert [(one.here, one.there) for one in found.totals] == [(Decimal(12), Decimal(12))]


def test_what_a_person_added_to_our_document_is_told(device: Device) -> None:
    act = device.blind("12")
    outcome = device.posted(act)
    held = done_line(device.odoo, outcome)
    extra = {
        "picking_id": outcome.picking_id,
        "move_id": held["move_id"][0],
        "product_id": act.lines[0].product_id,
        "lot_id": held["lot_id"][0],
        "product_uom_id": device.odoo.unit,
        "quantity": 5,
        "location_id": device.odoo.vendors,
        "location_dest_id": device.odoo.stock,
    }
    device.odoo.ok("stock.move.line", "create", "admin", vals_list=[extra])

    assert device.codes() == ["foreign_lines"]


def test_what_a_clone_posted_under_our_name_is_listed(device: Device, tmp_path: Path) -> None:
    device.posted(device.blind())
    clone = device.copied(tmp_path / "clone")
    theirs = [clone.blind("3"), clone.receipt("4")]
    clone.posted(*theirs)
    clone.store.close()

    found = device.reconcile()

    assert sorted((one.code, one.uuid) for one in found.findings) == sorted(("stranger", act.uuid) for act in theirs)
    assert [(one.here, one.there) for one in found.totals if one.here != one.there] == [(Decimal(0), Decimal(3))]


def test_another_device_is_no_stranger(device: Device, tmp_path: Path) -> None:
    other = Device(device.odoo, tmp_path / "other")
    other.posted(other.blind(), other.receipt())
    other.store.close()
    device.posted(device.blind())

    assert device.codes() == []


def test_what_was_taken_back_here_and_posted_by_a_copy_is_told(device: Device, tmp_path: Path) -> None:
    act = device.blind()
    device.confirm(act)
    clone = device.copied(tmp_path / "clone")
    clone.push()
    device.store.outbox.withdraw(act.uuid, "Vera", datetime.now(UTC))
    clone.store.close()

    assert device.codes() == ["done_there"]


def test_lines_left_of_what_was_taken_back_are_told(device: Device) -> None:
    act = device.receipt()
    device.confirm(act)
    device.store.outbox.withdraw(act.uuid, "Vera", datetime.now(UTC))
    product = act.lines[0].product_id
    lot = device.odoo.lot(product, "A1")
    device.odoo.receive(act.document.picking_id or 0, (product, lot, 30), xids=[f"{act.uuid}-1"])

    assert device.codes() == ["left_open"]


@pytest.mark.parametrize("kind", [Kind.COUNT, Kind.ADJUSTMENT])
@pytest.mark.parametrize("counted", ["0", "7"])
def test_a_count_agrees_whether_it_moved_something_or_nothing(device: Device, kind: Kind, counted: str) -> None:
    device.posted(device.counted(kind, device.odoo.product("none"), counted, device.odoo.bin()))

    found = device.reconcile()

    assert found.agrees, found.findings
    assert dict(found.counted) == {str(kind): (1, 1)}


def test_a_submitted_number_that_somebody_changed_is_told(device: Device) -> None:
    product = device.odoo.product("none")
    device.posted(device.counted(Kind.COUNT, product, "7", device.odoo.bin()))
    rows = device.odoo.rows("stock.quant", ["product_id", "=", product], fields=["inventory_quantity"])
    context = {"inventory_mode": True}
    device.odoo.ok(
        "stock.quant", "write", "manager", ids=[rows[0]["id"]], vals={"inventory_quantity": 9}, context=context
    )

    told = device.findings()

    assert [(one.code, one.facts["ours"], one.facts["theirs"]) for one in told] == [("count_differs", "7", "9")]


def test_an_older_count_of_the_same_shelf_is_no_difference(device: Device) -> None:
    product, shelf = device.odoo.product("none"), device.odoo.bin()
    first, second = (device.counted(Kind.COUNT, product, counted, shelf) for counted in ("7", "9"))
    earlier = Moment(first.acted_at.wall - timedelta(minutes=5), first.acted_at.monotonic - 300, first.acted_at.boot_id)
    device.posted(replace(first, acted_at=earlier))
    device.posted(second)

    assert device.codes() == []


def test_the_difference_of_a_count_that_a_person_edited_is_told(device: Device) -> None:
    outcome = device.posted(device.counted(Kind.ADJUSTMENT, device.odoo.product("none"), "7", device.odoo.bin()))
    device.odoo.ok(
        "stock.move.line", "write", "admin", ids=[done_line(device.odoo, outcome)["id"]], vals={"quantity": 6}
    )

    told = device.findings()

    assert [(one.code, one.facts["ours"], one.facts["theirs"]) for one in told] == [("line_differs", "+7", "+6")]


def test_only_what_was_settled_since_that_day_is_asked_for(device: Device) -> None:
    device.posted(device.blind())

    tomorrow = device.reconcile(datetime.now(UTC) + timedelta(days=1))
    today = device.reconcile(datetime.now(UTC) - timedelta(hours=1))

    assert (tomorrow.checked, today.checked) == (0, 1)
    assert today.agrees


@pytest.mark.parametrize(
    ("totals", "counted"),
    [((Total("use", 1, "Gauze", Decimal(2), Decimal(1)),), {}), ((), {"use": (2, 1)})],
)
def test_sums_that_differ_are_a_difference_also_where_no_transaction_is_named(
    totals: tuple[Total, ...], counted: dict[str, tuple[int, int]]
) -> None:
    assert not Reconciliation(2, (), (), totals, counted).agrees


def test_many_transactions_are_asked_for_in_pages(device: Device) -> None:
    device.posted(*(device.blind() for _ in range(20)))
    with session_with(device.odoo) as session:
        few = reconcile(device.store, session)
        asked = session.sent

    assert few.agrees
    assert asked < 20


def test_half_an_answer_proves_nothing(device: Device) -> None:
    device.posted(device.blind())
    nowhere = Server("http://127.0.0.1:1", device.odoo.database, "key", 1, "storekeeper")

    with Session(nowhere) as session, pytest.raises(OdooError):
        reconcile(device.store, session)
