"""Device against Odoo: the `reconcile` command, and its sentences."""

from collections.abc import Iterator, Mapping
from datetime import datetime, time
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

import click

from client.command import DONE, UNSETTLED, Asked, common, end, online, pass_asked
from client.words.tongue import Sentences, tr, trn
from client.words.written import number

if TYPE_CHECKING:
    from sync.reconcile import Finding, Reconciliation
    from sync.store import Store

_FOUND: Final = Sentences(
    {
        "document_gone": "{reference}: {document} is not in Odoo any more, or not visible.",
        "document_open": "{reference}: {document} is done here, but {state} in Odoo.",
        "lines_gone": "{reference}: {document} is in Odoo, but nothing of ours is done on it.",
        "line_differs": "{reference}: {document}, line {line}: here {ours}, in Odoo {theirs}.",
        "expiry_differs": "{reference}: {document}, line {line}: the lot expires on {ours} here, on {theirs} in Odoo.",
        "foreign_lines": "{reference}: {document} holds more than we posted: {lines}.",
        "note_gone": "{reference}: the note on {document} does not name this act any more.",
        "slip_gone": "{reference}: our slip is missing on {document}.",
        "photo_gone": "{reference}: {here} photos here, {there} on {document}.",
        "count_gone": "{reference}: the count is not in Odoo. {document}",
        "count_differs": "{reference}: {document}, line {line}: {ours} was submitted, {theirs} waits for approval.",
        "left_open": "{reference} is refused or withdrawn here, but is left open in Odoo on {document}. {lines}",
        "done_there": "{reference} is refused or withdrawn here, but done in Odoo on {document}: {lines}.",
        "stranger": "{document} in Odoo ({state}) says it is of this device, which does not know it: {uuid}.",
        "copied": "{document} in Odoo ({state}) names {uuid}, but Wardstock did not make it.",
    }
)


@click.command()
@common
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Only what was settled or unsettled from that day on.")
@pass_asked
def reconcile(asked: Asked, since: datetime | None) -> None:
    """Read Odoo back and prove that it agrees with this device. Exit status 1 if anything differs."""
    from sync.reconcile import reconcile as compare

    zone = ZoneInfo(asked.profile().policy().time_zone)
    begins = datetime.combine(since.date(), time(), zone) if since else None
    with online(asked) as (store, session, _):
        found = compare(store, session, begins)
        asked.tell(told(store, found), lines(store, found))
    end(DONE if found.agrees else UNSETTLED)


def sentence(finding: "Finding") -> str:
    """One difference, for people."""
    nothing = tr("nothing")
    facts = {name: nothing if value == "" and name in {"ours", "theirs"} else value for name, value in _facts(finding)}
    return _FOUND[finding.code].format_map(facts).strip()


def told(store: "Store", found: "Reconciliation") -> Mapping[str, Any]:  # Any: JSON
    """All of it, for scripts."""
    return {
        "agrees": found.agrees,
        "checked": found.checked,
        "undecided": [_reference(store, uuid) for uuid in found.undecided],
        "differences": [
            {
                "code": one.code,
                "uuid": one.uuid,
                "reference": one.reference,
                "document": one.document,
                "facts": dict(one.facts),
                "text": sentence(one),
            }
            for one in found.findings
        ],
        "transactions": [
            {"kind": kind, "here": here, "odoo": there} for kind, (here, there) in sorted(found.counted.items())
        ],
        "totals": [
            {
                "kind": one.kind,
                "product_id": one.product_id,
                "product": one.product,
                "here": one.here,
                "odoo": one.there,
            }
            for one in found.totals
        ],
    }


def lines(store: "Store", found: "Reconciliation") -> Iterator[str]:
    """The same for people: totals, what is not decided, and each difference."""
    for kind, (here, there) in sorted(found.counted.items()):
        yield tr("{kind}: {here} done here, {there} in Odoo").format(kind=kind, here=here, there=there)
    for one in found.totals:
        said = tr("  {kind}  {product}: {here} here, {there} in Odoo")
        if one.here != one.there:
            said = tr("  {kind}  {product}: {here} here, {there} in Odoo  <- differs")
        yield said.format(kind=one.kind, product=one.product, here=number(one.here), there=number(one.there))
    for uuid in found.undecided:
        yield tr("{reference} is not decided yet.").format(reference=_reference(store, uuid))
    yield from (sentence(one) for one in found.findings)
    checked = trn("{count} transaction checked.", "{count} transactions checked.", found.checked)
    differ = trn("{count} difference.", "{count} differences.", len(found.findings))
    verdict = tr("Device and Odoo agree.") if found.agrees else differ.format(count=len(found.findings))
    yield f"{checked.format(count=found.checked)} {verdict}"


def _facts(finding: "Finding") -> Iterator[tuple[str, object]]:
    yield "uuid", finding.uuid
    yield "reference", finding.reference or finding.uuid
    yield "document", finding.document
    yield from finding.facts.items()


def _reference(store: "Store", uuid: str) -> str:
    entry = store.outbox.get(uuid)
    return entry.reference if entry else uuid
