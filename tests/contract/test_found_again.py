"""From Odoo's screen to the device's transaction and back, in one step each, for every kind (contract 10, 14.18)."""

import base64
import re
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from sync.clock import Clock
from sync.odoo.posting.slip import machine_of
from sync.transaction import COUNTS, PLANNED, Kind, Outcome, Transaction, new_uuid
from tests.contract.conftest import Odoo
from tests.contract.test_reconcile import Device
from tests.faults.house import ACTS, Signed, Site

pytestmark = pytest.mark.contract

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@pytest.fixture
def device(odoo: Odoo, tmp_path: Path) -> Iterator[Device]:
    made = Device(odoo, tmp_path / "device")
    yield made
    made.store.close()


def test_each_kind_is_found_from_its_document_and_its_document_from_it(odoo: Odoo, device: Device) -> None:
    site, dice = Site(odoo), Random(1)
    # Counts first: a shelf that moves while they are on their way is another story.
    kinds = sorted(Kind, key=lambda kind: kind not in COUNTS)
    acts = [ACTS[kind](site, signed(device), dice) for kind in kinds]
    for act in acts:
        device.posted(act)

    for act in acts:
        entry = device.store.outbox.get(act.uuid)
        assert entry is not None
        assert entry.outcome is not None, entry
        for name in (entry.outcome.picking_name, *entry.outcome.more_names):
            told = shown(odoo, name, act)
            assert {one.uuid for uuid in _UUID.findall(told) for one in device.store.outbox.find(uuid)} == {act.uuid}
            assert machine_of(told)["wardstock"] == act.uuid
            assert [one.uuid for one in device.store.outbox.find(act.reference)] == [act.uuid]
            assert act.reference in told
        assert way_back(odoo, entry.outcome, act) == entry.outcome.picking_id


def signed(device: Device) -> Signed:
    return Signed(new_uuid(), device.store.device.next_reference(), device.name, Clock().moment())


def shown(odoo: Odoo, name: str, act: Transaction) -> str:
    """What a person reads there: on a picking Odoo planned our slip, on one of our own its note."""
    picking = odoo.rows("stock.picking", ["name", "=", name], fields=["note", "origin"])[0]
    if act.kind not in PLANNED:
        return f"{picking['origin']}\n{picking['note']}"
    on_it = [["res_model", "=", "stock.picking"], ["res_id", "=", picking["id"]], ["name", "=like", "wardstock-%.txt"]]
    slips = odoo.rows("ir.attachment", *on_it, fields=["datas"])
    assert len(slips) == 1
    return base64.b64decode(slips[0]["datas"]).decode()


def way_back(odoo: Odoo, outcome: Outcome, act: Transaction) -> int:
    """What Odoo's search finds under the number a person reads on the device."""
    if act.kind in PLANNED:
        slip = odoo.rows("ir.attachment", ["name", "=", f"wardstock-{act.uuid}.txt"], fields=["res_id"])
        return int(slip[0]["res_id"])
    domain = [["origin", "ilike", act.reference], ["name", "=", outcome.picking_name]]
    return int(odoo.rows("stock.picking", *domain, fields=["name"])[0]["id"])
