"""What Odoo's people read about a transaction: the slip on a planned picking, the note on a blind one."""

import base64
import html
import json
import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from sync.odoo.fields import moment
from sync.odoo.goods import Good
from sync.odoo.load import load, record_of, xid
from sync.odoo.pages import every
from sync.odoo.sending import Stamp
from sync.odoo.session import Session
from sync.transaction import Line, Transaction, to_body

_ON_SLIP = re.compile(r"^---\n(\{.*\})$", re.MULTILINE)
_IN_NOTE = re.compile(r"<pre[^>]*>(\{.*\})</pre>", re.DOTALL)


def attach_slip(
    session: Session, transaction: Transaction, picking_id: int, goods: Mapping[int, Good], stamp: Stamp
) -> None:
    """One readable text file on the picking, however often this runs."""
    content = base64.b64encode(slip_text(transaction, goods, stamp).encode()).decode()
    row = [xid(_name(transaction)), f"wardstock-{transaction.uuid}.txt", "stock.picking", picking_id, content]
    load(session, "ir.attachment", ["id", "name", "res_model", "res_id", "datas"], [row])


def announce_validate(session: Session, transaction: Transaction) -> None:
    """Say on the slip, just before, that a validate goes out: whoever cleans up later knows one may be under way."""
    found = record_of(session, _name(transaction))
    if found and found[1]:
        session.call("ir.attachment", "write", ids=[found[1]], vals={"description": ON_ITS_WAY})


def validate_may_be_under_way(session: Session, transaction: Transaction) -> bool:
    """Whether a validate of ours went out less than `LONGEST_VALIDATE` ago. A lost one can arrive late."""
    found = record_of(session, _name(transaction))
    if not found or not found[1]:
        return False
    rows = every(session, "ir.attachment", ["description", "write_date"], [["id", "=", found[1]]])
    told, now = (moment(rows[0]["write_date"]), session.server_time) if rows else (None, None)
    sent = bool(rows) and rows[0]["description"] == ON_ITS_WAY
    return sent and told is not None and now is not None and now.at - told < LONGEST_VALIDATE


ON_ITS_WAY = "validate sent"
LONGEST_VALIDATE = timedelta(minutes=5)
"""Longer than our own wait (60 s), Odoo's own retries (25 s) and what proxies hold a request for."""


def remove_slip(session: Session, transaction: Transaction) -> None:
    """For a transaction that did not happen. Nothing to do is fine."""
    found = record_of(session, _name(transaction))
    if found and found[1]:
        session.call("ir.attachment", "unlink", ids=[found[1]])


def slip_text(transaction: Transaction, goods: Mapping[int, Good], stamp: Stamp) -> str:
    """For people first, and below it the same for programs."""
    lines = [_line(line, goods) for line in transaction.lines]
    return "\n".join([*_head(transaction, stamp), "", *lines, "", "---", machine_text(transaction, stamp), ""])


def note_html(
    transaction: Transaction,
    stamp: Stamp,
    *,
    refused: Mapping[str, object] | None = None,
    robbed: Sequence[str] = (),
) -> str:
    """The note of a picking of our own. Everything a person typed is escaped (contract 14.18).

    `refused`: the code and facts that kept it from being posted, for a picking that only says so (`sync.odoo.stone`).
    `robbed`: the pickings for which these goods were reserved (ward 6).
    """
    head = [*_head(transaction, stamp), *([f"not posted: {refused['code']}"] if refused else [])]
    head += [f"was reserved for {name}" for name in robbed]
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


def _name(transaction: Transaction) -> str:
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
    parts = [f"{line.number}. {name}: {line.done}"]
    if line.lot_name:
        parts.append(f"lot {line.lot_name}")
    if line.expiry:
        parts.append(f"expiry {line.expiry.isoformat()}")
    if line.unit:
        parts.append(f"scanned {line.count} × {line.unit}")
    return ", ".join(parts)
