"""The server, the key, the rights or the company go away in the midst of a pass: nobody's work is blamed for it.

At any request of a pass with one act of each kind. When it is mended, the same work is sent, once.
"""

import tempfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from sync.transaction import COUNTS, Status
from tests.faults.house import ACTS, House, Signed
from tests.faults.indoors import Trouble
from tests.faults.town import NAMES, Town

REQUESTS = range(2, 90, 22)
"""Where it begins: a pass with one act of each kind asks some more."""

Change = Callable[[Town], object]


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    with tempfile.TemporaryDirectory() as folder:
        yield House(Path(folder))


@pytest.fixture
def town(house: House, tmp_path: Path) -> Iterator[Town]:
    made = Town(house, tmp_path)
    gadget = made.add_device()
    for number, kind in enumerate(sorted(ACTS, key=lambda kind: kind not in COUNTS)):
        uuid = f"{NAMES}"[:-4] + f"{number:04d}"
        signed = Signed(uuid, f"{gadget.name}/{number:06d}", gadget.name, gadget.clock.moment(), 0)
        made.confirm(gadget, ACTS[kind](house, signed, Random(number)))
        made.time.pass_by(timedelta(minutes=1))
    yield made
    made.close()


def goes_down(town: Town) -> None:
    town.ward.shut = "down"


def loses_its_database(town: Town) -> None:
    town.ward.shut = "dropped"


def comes_back(town: Town) -> None:
    town.ward.shut = ""


def the_user_is_archived(town: Town) -> None:
    """Their key then opens nothing any more, as a revoked one."""
    town.odoo.ok("res.users", "write", "admin", ids=[_user(town)], vals={"active": False})


def the_user_is_back(town: Town) -> None:
    users = town.ward.ask("res.users", ["login", "=", "storekeeper"], ["active", "in", [True, False]])
    town.odoo.ok("res.users", "write", "admin", ids=[users[0]["id"]], vals={"active": True})


def another_company(town: Town) -> None:
    """The user works elsewhere from now on; the device still says company 1."""
    other = town.odoo.ok("res.company", "create", "admin", vals_list=[{"name": "Elsewhere"}])[0]
    vals = {"company_ids": [[6, 0, [other]]], "company_id": other}
    town.odoo.ok("res.users", "write", "admin", ids=[_user(town)], vals=vals)


def the_old_company(town: Town) -> None:
    vals = {"company_ids": [[6, 0, [1]]], "company_id": 1}
    town.odoo.ok("res.users", "write", "admin", ids=[_user(town)], vals=vals)


def the_rights_are_taken(town: Town) -> None:
    _stock_user(town, member=False)


def the_rights_are_given_back(town: Town) -> None:
    _stock_user(town, member=True)


@pytest.mark.parametrize(
    ("begins", "ends"),
    [
        (goes_down, comes_back),
        (loses_its_database, comes_back),
        (the_user_is_archived, the_user_is_back),
        (the_rights_are_taken, the_rights_are_given_back),
        (another_company, the_old_company),
    ],
)
@pytest.mark.parametrize("request_", REQUESTS)
def test_no_work_is_blamed_for_what_is_wrong_with_the_server(
    town: Town, begins: Change, ends: Change, request_: int
) -> None:
    gadget = town.devices[0]

    town.push(gadget, {request_: lambda: begins(town)})
    town.time.pass_by(timedelta(minutes=20))
    town.push(gadget)
    stopped = gadget.store.device.last_pass("push")
    ends(town)

    assert stopped
    assert stopped.code, town.tell("the pass did not stop")
    assert town.refused == {}, town.tell("work was blamed")
    town.heal()
    town.check()
    assert all(Status.DONE in town.statuses(uuid) for uuid in town.acts), town.tell("not all done")


@pytest.mark.parametrize("how", [Trouble.RESET_BEFORE, Trouble.RESET_AFTER])
@pytest.mark.parametrize("request_", REQUESTS)
def test_a_server_that_restarts_under_a_batch_has_it_once(town: Town, how: Trouble, request_: int) -> None:
    gadget = town.devices[0]

    town.push(gadget, {request_: how, request_ + 1: lambda: goes_down(town)})
    comes_back(town)

    town.heal()
    town.check()
    assert all(Status.DONE in town.statuses(uuid) for uuid in town.acts), town.tell("not all done")


def _user(town: Town) -> int:
    return int(town.ward.ask("res.users", ["login", "=", "storekeeper"])[0]["id"])


def _stock_user(town: Town, *, member: bool) -> None:
    group = town.ward.ask("ir.model.data", ["complete_name", "=", "stock.group_stock_user"])[0]["res_id"]
    names = town.ward.ask("res.users", ["login", "=", "storekeeper"])[0]
    field = "group_ids" if "group_ids" in names else "groups_id"
    town.odoo.ok("res.users", "write", "admin", ids=[_user(town)], vals={field: [[4 if member else 3, group]]})
