"""The practice ward searches by what it has indexed: never another answer than by looking at every record."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sync.practice import domains, remote, seed
from sync.practice.records import Field, Record

MODELS = ("product.product", "res.partner", "stock.location", "stock.lot", "stock.move.line", "stock.picking")

ODD: list[Any] = [False, None, True, 0, 1, -1, 2.0, 999_999, "", "1", "Nobody", "a%", [1, 2]]
"""What a caller may ask of a field that has nothing of the kind: empty, other types, ids as text, names of links."""


@cache
def hospital(version: int = 19) -> remote.Ward:
    """A seeded ward where things were archived, emptied and deleted, and one change was undone."""
    hospital = remote.Ward(version)
    seed.fill(hospital)
    call = hospital.call(1, superuser=True)
    first, *others = call.search("product.product")
    call.write(others[:3], active=False)
    call.put(first, barcode=None, default_code="")
    gone = call.create("stock.lot", name="GONE", product_id=first.id)
    hospital.models["stock.lot"].unlink_all(call, [gone])
    call.create("stock.lot", name="1", product_id=others[5].id)
    before = hospital.db.savepoint()
    call.put(call.search("stock.picking")[0], state="cancel", name="UNDONE")
    hospital.db.undo_to(before)
    return hospital


@pytest.mark.parametrize("version", [17, 19])
def test_each_indexed_field_answers_for_whatever_is_asked_of_it(version: int) -> None:
    ward = hospital(version)
    fields = [(model, name) for model in ward.models for name in indexed(ward, model)]

    wrong = [
        (model, domain)
        for model, name in fields
        for wanted in [*held(version, model, name)[:4], *ODD]
        for domain in ([[name, "=", wanted]], [[name, "in", [wanted, 1]]])
        if by_index(ward, model, domain) != by_looking(ward, model, domain)
    ]

    assert len(fields) > 100
    assert wrong == []


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_domain_finds_by_index_what_a_look_at_every_record_finds(data: st.DataObject) -> None:
    model = data.draw(st.sampled_from(MODELS))
    domain = data.draw(drawn(model))

    assert by_index(hospital(), model, domain) == by_looking(hospital(), model, domain)


def test_only_what_must_hold_narrows_the_search() -> None:
    ward = hospital()
    one = ["name", "=", "CS/IN/00001"]
    every = len(ward.db.all("stock.picking"))

    def looked_at(*domain: Any) -> int:
        return len(list(domains.possible(ward.db, "stock.picking", list(domain))))

    assert looked_at(one) == looked_at("&", [1, "=", 1], one) == looked_at("|", one, [1, "=", 1], one) == 1
    assert looked_at("|", one, [1, "=", 1]) == looked_at("!", one) == looked_at("!", "&", one, one) == every
    assert looked_at(["backorder_id", "=", False]) == looked_at(["partner_id.name", "=", "Nobody"]) == every


def by_index(ward: remote.Ward, model: str, domain: list[Any]) -> list[str]:
    """The ids that a search finds; `repr` tells 1 from True."""
    test = domains.matches(ward.db, model, domain)
    return [repr(record.id) for record in domains.possible(ward.db, model, domain) if test(record)]


def by_looking(ward: remote.Ward, model: str, domain: list[Any]) -> list[str]:
    test = domains.matches(ward.db, model, domain)
    return [repr(record.id) for record in ward.db.all(model) if test(record)]


def indexed(ward: remote.Ward, model: str) -> list[str]:
    return ["id", *sorted(name for name in ward.db._indexed[model] if not name.startswith("_"))]


def drawn(model: str) -> st.SearchStrategy[list[Any]]:
    """Domains in Polish notation: nested, and one after the other without an "and"."""
    leaf = (terms(model) | st.sampled_from([[1, "=", 1], [0, "=", 1]])).map(lambda term: [term])
    nested = st.recursive(
        leaf,
        lambda inner: st.one_of(
            st.tuples(st.just(["&"]), inner, inner),
            st.tuples(st.just(["|"]), inner, inner),
            st.tuples(st.just(["!"]), inner),
        ).map(joined),
        max_leaves=5,
    )
    return st.lists(nested, max_size=3).map(joined)


def joined(parts: Any) -> list[Any]:
    return [term for part in parts for term in part]


@st.composite
def terms(draw: st.DrawFn, model: str, deep: int = 2) -> list[Any]:
    """One term on any field, or on a field of the records it links to, asking mostly for what some record holds."""
    ward = hospital()
    shown = [name for name in ward.models[model].shown if ward.models[model].fields[name].kind != "binary"]
    name = draw(st.sampled_from(indexed(ward, model)) | st.sampled_from(shown))
    field = ward.models[model].fields[name]
    if deep and field.relation and draw(st.integers(0, 3)) == 0:
        inner, operator, wanted = draw(terms(field.relation, deep - 1))
        return [f"{name}.{inner}", operator, wanted]
    table = model if name == "id" else field.relation
    if table and "parent_path" in ward.models[table].fields and draw(st.booleans()):
        top = draw(st.sampled_from(sorted(ward.db.rows[table])))
        return [name, draw(st.sampled_from(["child_of", "parent_of"])), draw(st.sampled_from([top, [top]]))]
    return [name, *draw(asked(field, held(19, model, name)))]


def asked(field: Field, values: list[Any]) -> st.SearchStrategy[tuple[str, Any]]:
    """An operator and a value that this kind of field may be asked for."""
    exact = field.kind in {"datetime", "float", "monetary"}
    one = st.sampled_from([*values, False]) if exact else st.sampled_from([*values, False]) | st.sampled_from(ODD)
    ways: list[st.SearchStrategy[tuple[str, Any]]] = [
        st.tuples(st.sampled_from(["=", "!="]), one),
        st.tuples(st.sampled_from(["in", "not in"]), st.lists(one, max_size=3) | st.tuples(one, one)),
    ]
    if field.kind in {"char", "text", "selection"}:
        ways.append(st.tuples(st.sampled_from(["ilike", "not ilike", "=like"]), one))
    if field.kind in {"integer", "many2one"}:
        ways.append(st.tuples(st.sampled_from(["<", ">="]), st.integers(0, 60)))
    return st.one_of(ways)


@cache
def held(version: int, model: str, name: str) -> list[Any]:
    """What records of the model hold in the field, as a caller would name it; each once."""
    ward = hospital(version)
    found = [ward.db.value(record, name) for record in ward.db.all(model)[-20:]]
    singles = [said(one) for value in found for one in (value if isinstance(value, list) else [value])]
    return list({repr(one): one for one in singles}.values())


def said(value: Any) -> Any:
    if isinstance(value, Record):
        return value.id
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
    return float(value) if isinstance(value, Decimal) else value
