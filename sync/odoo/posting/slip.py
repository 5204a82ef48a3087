"""What Odoo's people read about a transaction: the slip on a planned picking, the note on a blind one."""

import base64
import html
import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any

from sync.odoo.posting.goods import Good
from sync.odoo.posting.sending import Sending, Stamp
from sync.odoo.wire.fields import text
from sync.odoo.wire.load import load, record_of, xid
from sync.odoo.wire.pages import Domain, every
from sync.odoo.wire.session import Session
from sync.transaction import Line, Transaction, to_body

_ON_SLIP = re.compile(r"^---\n(\{.*\})$", re.MULTILINE)
_IN_NOTE = re.compile(r"<pre[^>]*>(\{.*\})</pre>", re.DOTALL)


_ANEW = {"mode": "init", "noupdate": True}
"""Written again where it is there: a file of our own, on which nothing hangs."""

ON_ITS_WAY = "posting"
"""What a slip's description says from before the first line is loaded, then each run that goes out and when."""

LONGEST_POSTING = timedelta(minutes=5)
"""Longer than our own wait (60 s), Odoo's own retries (25 s) and what proxies hold a request for."""

Runs = Mapping[str, datetime]
"""When each run of a posting said that it goes out, by the server's clock."""


def slip_name(transaction: Transaction) -> str:
    """The file people see on the picking."""
    return f"wardstock-{transaction.uuid}.txt"


def attach_slip(
    session: Session,
    sending: Sending,
    picking_id: int,
    goods: Mapping[int, Good],
    *,
    runs: Runs = MappingProxyType({}),
    robbed: Sequence[str] = (),
) -> None:
    """One readable text file on the picking, however often this runs: what an earlier run wrote is written anew.

    `runs` are those that may be on their way: whoever takes the transaction back later waits for them.
    """
    content = base64.b64encode(slip_text(sending, goods, robbed).encode()).decode()
    name = slip_name(sending.transaction)
    row = [xid(_slip(sending.transaction)), name, "stock.picking", picking_id, content, _told_of(runs)]
    fields = ["id", "name", "res_model", "res_id", "datas", "description"]
    load(session, "ir.attachment", fields, [row], context=_ANEW)


def slip_on(session: Session, transaction: Transaction, picking_id: int) -> Mapping[str, Any] | None:
    """What the slip on a picking tells programs; None where none hangs there."""
    rows = every(session, "ir.attachment", ["datas"], _named(transaction, picking_id))
    if not rows:
        return None
    return machine_of(base64.b64decode(text(rows[0]["datas"])).decode(errors="replace"))


def runs_of(description: object) -> Runs:
    """What `attach_slip` wrote of runs."""
    first, *told = text(description).split() or [""]
    parts = [one.partition("@") for one in told] if first == ON_ITS_WAY else []
    return {run: datetime.fromtimestamp(int(at), UTC) for run, _, at in parts if at.isdigit()}


def now(session: Session) -> datetime:
    """By the server's clock, in whole seconds."""
    told = session.server_time
    return told.at if told else datetime.now(UTC)


def recent(session: Session, runs: Runs) -> Runs:
    """Those less than `LONGEST_POSTING` old: a lost call can arrive late, but not so late."""
    return {run: at for run, at in runs.items() if now(session) - at < LONGEST_POSTING}


def may_be_under_way(session: Session, transaction: Transaction, picking_id: int, run: str) -> bool:
    """Whether a posting of it, other than this run, may still be on its way."""
    rows = every(session, "ir.attachment", ["description"], _named(transaction, picking_id))
    return any(recent(session, runs_of(row["description"])).keys() - {run} for row in rows)


def unsay(session: Session, transaction: Transaction, picking_id: int, run: str) -> None:
    """Nothing of this run is on its way any more: each of its calls has come back."""
    for row in every(session, "ir.attachment", ["description"], _named(transaction, picking_id)):
        runs = {name: at for name, at in runs_of(row["description"]).items() if name != run}
        session.call("ir.attachment", "write", ids=[row["id"]], vals={"description": _told_of(runs)})


def remove_slip(session: Session, transaction: Transaction) -> None:
    """For a transaction that did not happen. Nothing to do is fine."""
    found = record_of(session, _slip(transaction))
    if found and found[1]:
        session.call("ir.attachment", "unlink", ids=[found[1]])


def slip_text(sending: Sending, goods: Mapping[int, Good], robbed: Sequence[str] = ()) -> str:
    """For people first, and below it the same for programs."""
    transaction, stamp = sending.transaction, sending.stamp
    lines = [_line(line, goods) for line in transaction.lines]
    lines += [_robbed(name) for name in robbed]
    machine = machine_text(transaction, stamp, robbed=robbed)
    return "\n".join([*_head(transaction, stamp), "", *lines, "", "---", machine, ""])


def note_html(
    transaction: Transaction,
    stamp: Stamp,
    *,
    refused: Mapping[str, object] | None = None,
    robbed: Sequence[str] = (),
) -> str:
    """The note of a picking of our own. Everything a person typed is escaped (contract 14.18).

    `refused`: the code and facts that kept it from being posted, for a picking that only says so (`stone`).
    `robbed`: the pickings for which these goods were reserved (ward 6).
    """
    head = [*_head(transaction, stamp), *([f"not posted: {refused['code']}"] if refused else [])]
    head += [_robbed(name) for name in robbed]
    told = "<br/>".join(html.escape(line) for line in head)
    machine = machine_text(transaction, stamp, refused=refused, robbed=robbed)
    return f"<p>{told}</p><pre>{html.escape(machine)}</pre>"


def origin_of(transaction: Transaction) -> str:
    """What people search for: our reference, the uuid, the order it came with (contract 10). The same on each try."""
    parts = [transaction.reference, f"wardstock {transaction.uuid}", transaction.document.origin]
    return " · ".join(part for part in parts if part)


def machine_of(told: str) -> Mapping[str, Any]:
    """What `machine_text` wrote, read back from a slip or from a note; empty where a person changed it since."""
    on_slip, in_note = _ON_SLIP.search(told), _IN_NOTE.search(told)
    found = on_slip[1] if on_slip else html.unescape(in_note[1]) if in_note else "{}"
    try:
        read = json.loads(found)
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}


def machine_text(
    transaction: Transaction,
    stamp: Stamp,
    *,
    refused: Mapping[str, object] | None = None,
    robbed: Sequence[str] = (),
) -> str:
    """One line of JSON: the body as it was confirmed, the corrected time, the journal's head."""
    told: dict[str, object] = {
        "acted_at": stamp.acted_at.isoformat(),
        "body": json.loads(to_body(transaction)),
        "journal_head": stamp.journal_head,
        "time_unsure": stamp.time_unsure,
        "wardstock": transaction.uuid,
        **({"refused": dict(refused)} if refused else {}),
        **({"robbed": list(robbed)} if robbed else {}),
    }
    return json.dumps(told, default=str, ensure_ascii=False, sort_keys=True)


def _named(transaction: Transaction, picking_id: int) -> Domain:
    return [["name", "=", slip_name(transaction)], ["res_model", "=", "stock.picking"], ["res_id", "=", picking_id]]


def _told_of(runs: Runs) -> str:
    return " ".join([ON_ITS_WAY, *(f"{run}@{int(at.timestamp())}" for run, at in runs.items())]) if runs else ""


def _robbed(picking: str) -> str:
    return f"was reserved for {picking}"


def _slip(transaction: Transaction) -> str:
    return f"slip-{transaction.uuid}"


def _head(transaction: Transaction, stamp: Stamp) -> list[str]:
    local = stamp.acted_at.astimezone(stamp.zone)
    told = [
        f"Wardstock {transaction.reference}",
        f"by {transaction.person} on {transaction.device}",
        f"at {local:%Y-%m-%d %H:%M} {stamp.zone.key}" + (" (time unsure)" if stamp.time_unsure else ""),
        f"uuid {transaction.uuid}",
    ]
    optional = (
        ("witness", transaction.witness),
        ("reason", transaction.reason),
        ("delivery note", transaction.delivery_note),
        ("corrects", transaction.corrects),
        ("journal", stamp.journal_head),
    )
    told.extend(f"{name} {value}" for name, value in optional if value)
    told.extend(f"{one.question}: {one.choice} ({one.person})" for one in transaction.answers)
    return told


def _line(line: Line, goods: Mapping[int, Good]) -> str:
    name = goods[line.product_id].name if line.product_id in goods else f"product {line.product_id}"
    told = f"{line.done}" if line.counted is None else f"counted {line.counted}"
    parts = [f"{line.number}. {name}: {told}"]
    if line.lot_name:
        parts.append(f"lot {line.lot_name}")
    if line.expiry:
        parts.append(f"expiry {line.expiry.isoformat()}")
    if line.unit:
        parts.append(f"scanned {line.count} × {line.unit}")
    return ", ".join(parts)
