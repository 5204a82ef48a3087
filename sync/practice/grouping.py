"""Sums by group: `formatted_read_group` since 19, `read_group` before."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sync.practice.records import Record
from sync.practice.values import Values, to_wire

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sync.practice.models import Model


def grouped(model: Model, found: list[Record], groupby: Sequence[str], aggregates: Sequence[str]) -> list[Values]:
    """One row for each combination of values, in their order; one of all where nothing is grouped by."""
    groups: dict[tuple[Any, ...], list[Record]] = {}
    for record in found:
        groups.setdefault(tuple(getattr(record, name) for name in groupby), []).append(record)
    if not groupby and not groups:
        groups[()] = []
    ordered = sorted(groups.items(), key=lambda item: [_group_order(part) for part in item[0]])
    return [_group(model, groupby, aggregates, *item) for item in ordered]


def _group(
    model: Model, groupby: Sequence[str], aggregates: Sequence[str], key: tuple[Any, ...], members: list[Record]
) -> Values:
    facts = {name: to_wire(model.fields[name], part) for name, part in zip(groupby, key, strict=True)}
    leaves = [
        [name, "=", part.id if isinstance(part, Record) else part or False]
        for name, part in zip(groupby, key, strict=True)
    ]
    extra: list[Any] = ["&"] * (len(leaves) - 1) + leaves
    return facts | {"__extra_domain": extra} | {name: _aggregate(name, members) for name in aggregates}


def _aggregate(name: str, members: list[Record]) -> Any:
    if name == "__count":
        return len(members)
    field_name, _, function = name.partition(":")
    values = [getattr(member, field_name) for member in members]
    if function == "sum":
        return float(sum(values, Decimal(0)))
    present = [value for value in values if value is not None]
    return to_wire(members[0].db.fields[members[0].table][field_name], {"max": max, "min": min}[function](present))


def _group_order(part: Any) -> tuple[bool, Any]:
    if isinstance(part, Record):
        return (False, part.display_name)
    return (part is None, part or "")


def older(group: Values, domain: list[Any], names: list[str], count: str) -> Values:
    narrower = group.pop("__extra_domain")
    both = ["&"] * len(domain) + domain + narrower if domain else narrower
    told = {name.partition(":")[0]: value for name, value in group.items() if name != "__count"}
    return {name: told[name] for name in names} | {count: group["__count"]} | told | {"__domain": both}
