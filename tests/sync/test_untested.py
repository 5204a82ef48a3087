"""An Odoo nobody tested: looked at closely, told, and posted to only as far as it is safe (contract 14.20)."""

import json
from collections.abc import Callable

import httpx2
import pytest

from client import report
from sync.connection import learn_version, server_of
from sync.odoo.probe import probe
from sync.odoo.untested import NEEDED, guard_holds
from sync.odoo.wire.errors import Family, OdooError
from sync.odoo.wire.session import Session
from sync.pull import pull
from sync.push import push
from tests.contract.conftest import Odoo
from tests.sync.acts import session_with
from tests.sync.conftest import JSON, Answers, Ward
from tests.sync.test_push import a_receipt

Answer = Callable[[], httpx2.Response]

TWENTY = {"/json/version": lambda: said({"version_info": [20, 0, 0, "final", 0, ""], "version": "20.0"})}


def said(told: object) -> httpx2.Response:
    return httpx2.Response(200, json=told, headers=JSON)


def there(model: str, *gone: str) -> dict[str, Answer]:
    """The fields of a model, without some."""
    names = set(NEEDED[model].split()) - set(gone)
    return {f"{model}/fields_get": lambda: said({name: {"type": "char"} for name in names})}


def session_of(odoo: Odoo, **instead: Answer) -> Session:
    return session_with(odoo, client=httpx2.Client(transport=Answers({**TWENTY, **instead})))


def test_an_untested_odoo_that_has_all_works_and_is_told(odoo: Odoo) -> None:
    with session_of(odoo) as session:
        facts = probe(session)

    assert (facts.missing, facts.major, facts.tested) == ((), 20, False)
    assert "Odoo 20.0 was never tested with Wardstock." in "\n".join(report.server_lines(facts, odoo.url, "ward"))


def test_an_untested_odoo_that_renamed_a_field_is_refused_by_name(odoo: Odoo) -> None:
    renamed = there("stock.move", "product_uom", "picking_id")

    with session_of(odoo, **renamed) as session, pytest.raises(OdooError) as caught:
        probe(session)

    assert (caught.value.family, caught.value.code) == (Family.CONFIG, "version_unfit")
    assert caught.value.message == "stock.move.picking_id, stock.move.product_uom"


def test_an_untested_odoo_that_lost_a_model_is_refused_by_name(odoo: Odoo) -> None:
    gone = httpx2.Response(404, json={"name": "werkzeug.exceptions.NotFound", "message": "no such model"}, headers=JSON)

    with session_of(odoo, **{"product.uom/fields_get": lambda: gone}) as session, pytest.raises(OdooError) as caught:
        probe(session)

    assert caught.value.message == "product.uom.*"


def test_a_tested_odoo_is_not_asked_for_its_fields(odoo: Odoo) -> None:
    asked: list[str] = []

    class Ear(httpx2.HTTPTransport):
        def handle_request(self, request: httpx2.Request) -> httpx2.Response:
            asked.append(request.url.path)
            return super().handle_request(request)

    with session_with(odoo, client=httpx2.Client(transport=Ear())) as session:
        assert probe(session).tested

    assert not [path for path in asked if path.endswith("fields_get")]


OPTIONAL = {("stock.move", "purchase_line_id")}
"""Of a module a site may lack: asked for only where it is there."""


def test_what_is_asked_of_an_untested_odoo_is_all_that_is_used(ward: Ward) -> None:
    """A field that a pull or a posting learns to read must be learnt here too."""
    used: set[tuple[str, str]] = set()

    class Ear(httpx2.HTTPTransport):
        def handle_request(self, request: httpx2.Request) -> httpx2.Response:
            used.update(_fields_in(request))
            return super().handle_request(request)

    act = a_receipt(ward)
    ward.device.confirm(act)
    with session_with(ward.odoo, client=httpx2.Client(transport=Ear())) as session:
        assert pull(ward.device.store, session, ward.device.clock).stopped == ""
        assert push(ward.device.store, session, ward.device.clock).done == (act.uuid,)

    known = {(model, name) for model, names in NEEDED.items() for name in names.split()}
    assert len(used) > 100
    assert used - known - OPTIONAL == set()


def _fields_in(request: httpx2.Request) -> set[tuple[str, str]]:
    model, _, method = request.url.path.removeprefix("/json/2/").partition("/")
    if method not in {"search_read", "read", "load"}:
        return set()
    named = json.loads(request.content).get("fields", ())
    found = {(model, column.partition("/")[0]) for column in named}
    nested = [column.split("/")[1] for column in named if column.startswith("move_line_ids/")]
    return {one for one in found | {("stock.move.line", name) for name in nested} if one[1] not in {"id", ".id"}}


GUARDS = {
    "You cannot change the UoM for a stock move that has been set to 'Done'.": True,
    "could not serialize access due to concurrent update": False,
    "You are not allowed to modify 'Stock Move' (stock.move) records.": False,
    "No matching record found for Database ID '1' in field 'Unit'": False,
    "etwas ganz anderes": False,
}


@pytest.mark.parametrize(("message", "holds"), GUARDS.items())
def test_only_the_refusal_of_what_is_done_proves_the_guard(odoo: Odoo, message: str, holds: bool) -> None:
    refused = {"ids": False, "messages": [{"type": "error", "message": message}]}
    done = [{"id": 1, "product_uom": [1, "Units"]}]

    instead = {"stock.move/search_read": lambda: said(done), "stock.move/load": lambda: said(refused)}
    with session_of(odoo, **instead) as session:
        assert guard_holds(session) is holds


def test_an_odoo_without_the_guard_is_joined_and_told(odoo: Odoo) -> None:
    """Planned deliveries wait on the device; all else goes."""
    with session_of(odoo, **{"stock.move/search_read": lambda: said([])}) as session:
        facts = probe(session)

    assert (facts.missing, facts.guard_holds) == ((), False)
    assert "Until it is, none is posted." in "\n".join(report.server_lines(facts, odoo.url, "ward"))


def test_an_upgrade_over_night_is_noticed_and_kept(ward: Ward) -> None:
    store = ward.device.store
    before = store.device.enrolment()
    assert before is not None
    with session_with(ward.odoo) as session:
        learn_version(store, session)
    with session_of(ward.odoo) as session:
        learn_version(store, session)

    after = store.device.enrolment()
    assert after is not None
    assert after.server_version == "20.0"
    assert (after.capabilities["tested"], after.capabilities["json2"]) == (False, True)
    assert server_of(after, "key").older is False
    assert (after.login, after.uid, after.company_id) == (before.login, before.uid, before.company_id)


def test_an_upgrade_to_what_cannot_work_is_said_and_asked_again(ward: Ward) -> None:
    store = ward.device.store
    for _ in range(2):
        with session_of(ward.odoo, **there("stock.quant", "quantity")) as session:
            with pytest.raises(OdooError) as caught:
                learn_version(store, session)
            assert caught.value.code == "version_unfit"

    kept = store.device.enrolment()
    assert kept is not None
    assert kept.server_version != "20.0"
