"""The first schema: device, catalogue, drafts, evidence, outbox, journal. Released: never edited."""

import secrets
import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sync.store import journal
from sync.store.schema.generations import GENERATIONS, NEVER
from sync.store.values import text_of

if TYPE_CHECKING:
    from sqlite_utils import Database as Tables


def m001_first_delivery(tables: "Tables") -> None:
    """Device, catalogue, drafts, evidence, outbox, and the journal from its first row (design 13.8)."""
    tables.executescript(_DEVICE)
    tables.executescript(_CATALOGUE)
    for name in _CATALOGUE_TABLES:
        tables.executescript(GENERATIONS.format(name=name))
    tables.executescript(_CATALOGUE_INDEXES)
    tables.executescript(_WORK)
    tables.executescript(_JOURNAL)
    tables.executescript(_GUARDS)
    device_id = str(uuid.uuid4())
    now = datetime.now(UTC)
    name = f"WS-{device_id[:6].upper()}"
    tables.execute(
        "INSERT INTO device (id, device_id, name, created_at) VALUES (1, ?, ?, ?)", (device_id, name, text_of(now))
    )
    journal.append(tables.conn, "journal_opened", device_id, at=now, salt=secrets.token_hex(16))


_DEVICE = """
CREATE TABLE device (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    device_id TEXT NOT NULL,
    name TEXT NOT NULL,
    created_at TEXT NOT NULL,
    last_number INTEGER NOT NULL DEFAULT 0,
    enrolment TEXT,
    odoo_key TEXT
) STRICT;
CREATE TABLE pass (
    kind TEXT PRIMARY KEY,
    tried_at TEXT NOT NULL,
    succeeded_at TEXT,
    code TEXT NOT NULL,
    facts TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE clock (
    boot_id TEXT PRIMARY KEY,
    offset_seconds REAL NOT NULL,
    measured_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
"""

# Each row of the catalogue is true from generation `since` up to, not including, `until`. Readers ask the views
# (`product_now`), which show the current generation; a pull writes the next one beside it.
_CATALOGUE = f"""
CREATE TABLE catalogue (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    generation INTEGER NOT NULL,
    pull TEXT
) STRICT;
INSERT INTO catalogue (id, generation) VALUES (1, 0);
CREATE TABLE catalogue_kind (
    kind TEXT PRIMARY KEY,
    generation INTEGER NOT NULL,
    pulled_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE product (
    id INTEGER NOT NULL, since INTEGER NOT NULL, until INTEGER NOT NULL DEFAULT {NEVER},
    name TEXT NOT NULL, tracking TEXT NOT NULL, uom_id INTEGER NOT NULL, uom_name TEXT NOT NULL,
    uom_rounding TEXT NOT NULL, code TEXT NOT NULL, barcode TEXT NOT NULL, use_expiration_date INTEGER NOT NULL,
    expiration_days INTEGER NOT NULL, is_storable INTEGER NOT NULL, active INTEGER NOT NULL, category_id INTEGER,
    code14 TEXT NOT NULL,
    PRIMARY KEY (id, since)
) STRICT, WITHOUT ROWID;
CREATE TABLE packaging (
    id INTEGER NOT NULL, since INTEGER NOT NULL, until INTEGER NOT NULL DEFAULT {NEVER},
    product_id INTEGER NOT NULL, barcode TEXT NOT NULL, name TEXT NOT NULL, quantity TEXT NOT NULL,
    code14 TEXT NOT NULL,
    PRIMARY KEY (id, since)
) STRICT, WITHOUT ROWID;
CREATE TABLE vendor_code (
    id INTEGER NOT NULL, since INTEGER NOT NULL, until INTEGER NOT NULL DEFAULT {NEVER},
    product_id INTEGER NOT NULL, partner_id INTEGER NOT NULL, code TEXT NOT NULL, name TEXT NOT NULL,
    PRIMARY KEY (id, product_id, since)
) STRICT, WITHOUT ROWID;
CREATE TABLE lot (
    id INTEGER NOT NULL, since INTEGER NOT NULL, until INTEGER NOT NULL DEFAULT {NEVER},
    product_id INTEGER NOT NULL, name TEXT NOT NULL, expiry TEXT, expires_at TEXT, use_at TEXT, removal_at TEXT,
    alert_at TEXT, ref TEXT NOT NULL, company_id INTEGER,
    folded TEXT NOT NULL,
    PRIMARY KEY (id, since)
) STRICT, WITHOUT ROWID;
CREATE TABLE location (
    id INTEGER NOT NULL, since INTEGER NOT NULL, until INTEGER NOT NULL DEFAULT {NEVER},
    name TEXT NOT NULL, complete_name TEXT NOT NULL, usage TEXT NOT NULL, parent_path TEXT NOT NULL,
    parent_id INTEGER, barcode TEXT NOT NULL, company_id INTEGER, active INTEGER NOT NULL,
    PRIMARY KEY (id, since)
) STRICT, WITHOUT ROWID;
CREATE TABLE picking_type (
    id INTEGER NOT NULL, since INTEGER NOT NULL, until INTEGER NOT NULL DEFAULT {NEVER},
    name TEXT NOT NULL, code TEXT NOT NULL, source_id INTEGER, destination_id INTEGER,
    create_backorder TEXT NOT NULL, use_create_lots INTEGER NOT NULL, use_existing_lots INTEGER NOT NULL,
    barcode TEXT NOT NULL, company_id INTEGER,
    PRIMARY KEY (id, since)
) STRICT, WITHOUT ROWID;
CREATE TABLE partner (
    id INTEGER NOT NULL, since INTEGER NOT NULL, until INTEGER NOT NULL DEFAULT {NEVER},
    name TEXT NOT NULL,
    PRIMARY KEY (id, since)
) STRICT, WITHOUT ROWID;
CREATE TABLE picking (
    id INTEGER NOT NULL, since INTEGER NOT NULL, until INTEGER NOT NULL DEFAULT {NEVER},
    name TEXT NOT NULL, state TEXT NOT NULL, picking_type_id INTEGER NOT NULL, source_id INTEGER NOT NULL,
    destination_id INTEGER NOT NULL, origin TEXT NOT NULL, partner_id INTEGER, scheduled_at TEXT,
    backorder_id INTEGER, company_id INTEGER, next_names TEXT NOT NULL,
    PRIMARY KEY (id, since)
) STRICT, WITHOUT ROWID;
CREATE TABLE move (
    id INTEGER NOT NULL, since INTEGER NOT NULL, until INTEGER NOT NULL DEFAULT {NEVER},
    picking_id INTEGER NOT NULL, product_id INTEGER NOT NULL, expected TEXT NOT NULL, uom_id INTEGER NOT NULL,
    uom_name TEXT NOT NULL, destination_id INTEGER NOT NULL, state TEXT NOT NULL, others_picked TEXT NOT NULL,
    PRIMARY KEY (id, since)
) STRICT, WITHOUT ROWID;
CREATE TABLE move_line (
    id INTEGER NOT NULL, since INTEGER NOT NULL, until INTEGER NOT NULL DEFAULT {NEVER},
    move_id INTEGER, picking_id INTEGER NOT NULL, product_id INTEGER NOT NULL, quantity TEXT NOT NULL,
    picked INTEGER NOT NULL, source_id INTEGER NOT NULL, destination_id INTEGER NOT NULL, lot_id INTEGER,
    lot_name TEXT NOT NULL, package_id INTEGER, owner_id INTEGER,
    PRIMARY KEY (id, since)
) STRICT, WITHOUT ROWID;
CREATE TABLE quant (
    product_id INTEGER NOT NULL, location_id INTEGER NOT NULL, lot_id INTEGER NOT NULL, package_id INTEGER NOT NULL,
    owner_id INTEGER NOT NULL, since INTEGER NOT NULL, until INTEGER NOT NULL DEFAULT {NEVER},
    quantity TEXT NOT NULL, reserved TEXT NOT NULL,
    PRIMARY KEY (product_id, location_id, lot_id, package_id, owner_id, since)
) STRICT, WITHOUT ROWID;
"""

_CATALOGUE_TABLES = (
    "product", "packaging", "vendor_code", "lot", "location", "picking_type", "partner",
    "picking", "move", "move_line", "quant",
)  # fmt: skip

_CATALOGUE_INDEXES = """
CREATE INDEX product_code14 ON product (code14);
CREATE INDEX product_code ON product (code COLLATE NOCASE);
CREATE INDEX packaging_code14 ON packaging (code14);
CREATE INDEX packaging_product ON packaging (product_id);
CREATE INDEX vendor_code_code ON vendor_code (code COLLATE NOCASE);
CREATE INDEX lot_product ON lot (product_id, folded);
CREATE INDEX lot_name ON lot (name);
CREATE INDEX location_barcode ON location (barcode);
CREATE INDEX location_name ON location (name COLLATE NOCASE);
CREATE INDEX location_complete_name ON location (complete_name COLLATE NOCASE);
CREATE INDEX location_path ON location (parent_path);
CREATE INDEX picking_name ON picking (name COLLATE NOCASE);
CREATE INDEX move_picking ON move (picking_id);
CREATE INDEX move_product ON move (product_id);
CREATE INDEX move_line_picking ON move_line (picking_id);
CREATE INDEX quant_location ON quant (location_id);
"""

_WORK = """
CREATE TABLE draft (
    uuid TEXT PRIMARY KEY,
    job TEXT NOT NULL,
    state TEXT NOT NULL,
    person TEXT NOT NULL,
    title TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    document TEXT NOT NULL
) STRICT;
CREATE TABLE evidence (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    draft TEXT NOT NULL,
    data BLOB NOT NULL,
    text TEXT NOT NULL,
    symbology TEXT NOT NULL,
    source TEXT NOT NULL,
    device TEXT NOT NULL,
    scanned_at TEXT NOT NULL,
    parser_version TEXT NOT NULL,
    parse TEXT NOT NULL,
    verdict TEXT NOT NULL
) STRICT;
CREATE INDEX evidence_draft ON evidence (draft);
CREATE INDEX evidence_serial ON evidence (CASE WHEN json_valid(parse) THEN parse ->> 'serial' END);
CREATE TABLE outbox (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    draft TEXT NOT NULL,
    reference TEXT NOT NULL,
    body TEXT NOT NULL,
    footprint TEXT NOT NULL,
    journal_head TEXT NOT NULL,
    queued_at TEXT NOT NULL,
    status TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    first_sent_at TEXT,
    first_attempt INTEGER,
    not_before TEXT,
    settled_at TEXT,
    outcome TEXT,
    code TEXT NOT NULL DEFAULT '',
    facts TEXT NOT NULL DEFAULT '{}'
) STRICT;
CREATE INDEX outbox_status ON outbox (status);
CREATE INDEX outbox_reference ON outbox (reference);
CREATE INDEX outbox_draft ON outbox (draft);
"""

_JOURNAL = """
CREATE TABLE journal (
    seq INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    event TEXT NOT NULL,
    subject TEXT NOT NULL,
    person TEXT NOT NULL,
    device TEXT NOT NULL,
    facts TEXT NOT NULL,
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT;
CREATE INDEX journal_subject ON journal (subject);
"""

# Promises that no later line of ours may break by mistake (design 13.2, 13.8).
_GUARDS = """
CREATE TRIGGER outbox_body_stays BEFORE UPDATE OF
    seq, uuid, draft, reference, body, footprint, journal_head, queued_at ON outbox
BEGIN SELECT RAISE(ABORT, 'a queued transaction is never rewritten'); END;
CREATE TRIGGER outbox_end_stays BEFORE UPDATE ON outbox WHEN OLD.status IN ('done', 'withdrawn')
BEGIN SELECT RAISE(ABORT, 'a settled transaction is never changed'); END;
CREATE TRIGGER outbox_row_stays BEFORE DELETE ON outbox
BEGIN SELECT RAISE(ABORT, 'a queued transaction is never deleted'); END;
CREATE TRIGGER journal_row_stays BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_stays BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
"""
