"""The schema, as the steps that were released. A released step is never edited: a change is a new step."""

import secrets
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sync.store import journal, schema_holds
from sync.store.values import text_of

if TYPE_CHECKING:
    from sqlite_utils import Database as Tables

NEVER = 2**62
"""`until` of a catalogue row that nothing has replaced yet."""


def names() -> tuple[str, ...]:
    """All steps this program knows, oldest first."""
    return tuple(step.__name__ for step in STEPS)


def m001_first_delivery(tables: "Tables") -> None:
    """Device, catalogue, drafts, evidence, outbox, and the journal from its first row (design 13.8)."""
    tables.executescript(_DEVICE)
    tables.executescript(_CATALOGUE)
    for name in _CATALOGUE_TABLES:
        tables.executescript(_GENERATIONS.format(name=name))
    tables.executescript(_CATALOGUE_INDEXES)
    tables.executescript(_WORK)
    tables.executescript(_JOURNAL)
    tables.executescript(_GUARDS)
    device_id = str(uuid.uuid4())
    now = datetime.now(UTC)
    name = f"WS-{device_id[:4].upper()}"
    tables.execute(
        "INSERT INTO device (id, device_id, name, created_at) VALUES (1, ?, ?, ?)", (device_id, name, text_of(now))
    )
    journal.append(tables.conn, "journal_opened", device_id, at=now, salt=secrets.token_hex(16))


def m002_every_posting(tables: "Tables") -> None:
    """Withdrawing as a wish, release, recounts, photos."""
    tables.executescript(_WISHES)
    tables.executescript(_M002_PASSES)
    tables.executescript(_M002_PULL)
    for name in _M002_PULL_TABLES:
        tables.executescript(_GENERATIONS.format(name=name))
    tables.executescript(_M002_PULL_INDEXES)


def m003_people(tables: "Tables") -> None:
    """Who works here, and the names of product categories, which a site's policy speaks of."""
    tables.executescript(_M003_PEOPLE)
    tables.executescript(_GENERATIONS.format(name="category"))


def m004_holds_and_search(tables: "Tables") -> None:
    """The hold list, recalls under way, and the words goods are found by."""
    tables.executescript(schema_holds.HOLDS)
    tables.executescript(schema_holds.search())


def m005_settling(tables: "Tables") -> None:
    """What takes the place of a refused transaction stands where that stood in the line."""
    tables.executescript(_PLACE)


def m006_draft_lines(tables: "Tables") -> None:
    """Each accepted scan of a draft in a row of its own: a scan writes its line, not all that came before."""
    tables.executescript(_DRAFT_LINES)


def m007_what_is_under_way(tables: "Tables") -> None:
    """What Odoo's figures cannot contain yet is asked at each scan, and bodies are long: an index answers alone."""
    tables.executescript("CREATE INDEX outbox_under_way ON outbox (status, settled_at, seq, uuid);")


def m008_scanners(tables: "Tables") -> None:
    """What is known of each scanner of the device."""
    tables.executescript("CREATE TABLE scanner (source TEXT PRIMARY KEY, record TEXT NOT NULL) STRICT, WITHOUT ROWID;")


STEPS: tuple[Callable[["Tables"], None], ...] = (
    m001_first_delivery,
    m002_every_posting,
    m003_people,
    m004_holds_and_search,
    m005_settling,
    m006_draft_lines,
    m007_what_is_under_way,
    m008_scanners,
)

_DRAFT_LINES = """
CREATE TABLE draft_line (
    draft TEXT NOT NULL,
    number INTEGER NOT NULL,
    state TEXT NOT NULL,
    PRIMARY KEY (draft, number)
) STRICT, WITHOUT ROWID;
"""

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

_GENERATIONS = f"""
CREATE INDEX {{name}}_ended ON {{name}} (until) WHERE until < {NEVER};
CREATE VIEW {{name}}_now AS SELECT * FROM {{name}}
    WHERE since <= (SELECT generation FROM catalogue) AND until > (SELECT generation FROM catalogue);
"""

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

_WISHES = """
ALTER TABLE outbox ADD COLUMN wish TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN released TEXT NOT NULL DEFAULT '';
CREATE TABLE recount (
    product_id INTEGER NOT NULL, location_id INTEGER NOT NULL, lot_id INTEGER NOT NULL, package_id INTEGER NOT NULL,
    owner_id INTEGER NOT NULL,
    why TEXT NOT NULL,
    raised_by TEXT NOT NULL,
    raised_at TEXT NOT NULL,
    PRIMARY KEY (product_id, location_id, lot_id, package_id, owner_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE photo (
    id TEXT PRIMARY KEY,
    draft TEXT NOT NULL,
    name TEXT NOT NULL,
    data BLOB NOT NULL
) STRICT;
"""

_PLACE = """
ALTER TABLE outbox ADD COLUMN place INTEGER;
CREATE TRIGGER outbox_place_stays BEFORE UPDATE OF place ON outbox
BEGIN SELECT RAISE(ABORT, 'a queued transaction keeps its place'); END;
"""

_M002_PASSES = """
CREATE TABLE stone_owed (
    uuid TEXT PRIMARY KEY,
    tries INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE TABLE told (
    code TEXT PRIMARY KEY,
    about TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX photo_draft ON photo (draft);
ALTER TABLE clock ADD COLUMN server_at TEXT NOT NULL DEFAULT '';
ALTER TABLE clock ADD COLUMN other_seconds REAL;
ALTER TABLE clock ADD COLUMN other_since REAL NOT NULL DEFAULT 0;
"""

# Stock is kept row by row as Odoo has it, and summed here: a written row tells what changed, a sum does not.
# `pull_mark` tells how far a kind has come, for the generation in use and for the one being pulled.
_M002_PULL = f"""
DROP VIEW quant_now;
DROP TABLE quant;
DELETE FROM catalogue_kind WHERE kind = 'quants';
UPDATE pass SET succeeded_at = NULL WHERE kind = 'pull';
ALTER TABLE move ADD COLUMN reserved TEXT NOT NULL DEFAULT '0';
ALTER TABLE move ADD COLUMN source_id INTEGER;
CREATE TABLE pull_mark (
    kind TEXT NOT NULL,
    generation INTEGER NOT NULL,
    mark TEXT NOT NULL,
    PRIMARY KEY (kind, generation)
) STRICT, WITHOUT ROWID;
CREATE TABLE unit (
    id INTEGER NOT NULL, since INTEGER NOT NULL, until INTEGER NOT NULL DEFAULT {NEVER},
    name TEXT NOT NULL, factor TEXT NOT NULL, rounding TEXT NOT NULL,
    PRIMARY KEY (id, since)
) STRICT, WITHOUT ROWID;
CREATE TABLE package (
    id INTEGER NOT NULL, since INTEGER NOT NULL, until INTEGER NOT NULL DEFAULT {NEVER},
    name TEXT NOT NULL,
    PRIMARY KEY (id, since)
) STRICT, WITHOUT ROWID;
CREATE TABLE person (
    id INTEGER NOT NULL, since INTEGER NOT NULL, until INTEGER NOT NULL DEFAULT {NEVER},
    name TEXT NOT NULL,
    PRIMARY KEY (id, since)
) STRICT, WITHOUT ROWID;
CREATE TABLE reorder_point (
    id INTEGER NOT NULL, since INTEGER NOT NULL, until INTEGER NOT NULL DEFAULT {NEVER},
    product_id INTEGER NOT NULL, location_id INTEGER NOT NULL, minimum TEXT NOT NULL, maximum TEXT NOT NULL,
    PRIMARY KEY (id, since)
) STRICT, WITHOUT ROWID;
CREATE TABLE stock_row (
    id INTEGER NOT NULL, since INTEGER NOT NULL, until INTEGER NOT NULL DEFAULT {NEVER},
    product_id INTEGER NOT NULL, location_id INTEGER NOT NULL, quantity TEXT NOT NULL, reserved TEXT NOT NULL,
    lot_id INTEGER, package_id INTEGER, owner_id INTEGER,
    count_due TEXT, count_user_id INTEGER, counted TEXT,
    PRIMARY KEY (id, since)
) STRICT, WITHOUT ROWID;
"""

_M002_PULL_TABLES = ("unit", "package", "person", "reorder_point", "stock_row")

_M002_PULL_INDEXES = """
CREATE INDEX reorder_point_location ON reorder_point (location_id);
CREATE INDEX stock_row_product ON stock_row (product_id);
CREATE INDEX stock_row_location ON stock_row (location_id);
CREATE INDEX move_line_product ON move_line (product_id);
"""

# `person` is whom Odoo names on counts. A name is taken for ever: it stands in slips and in the journal.
_M003_PEOPLE = f"""
CREATE TABLE staff (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    folded TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL,
    badge TEXT UNIQUE,
    pin TEXT NOT NULL DEFAULT '',
    wrong INTEGER NOT NULL DEFAULT 0,
    wrong_at TEXT,
    added_at TEXT NOT NULL,
    removed_at TEXT
) STRICT;
CREATE TABLE category (
    id INTEGER NOT NULL, since INTEGER NOT NULL, until INTEGER NOT NULL DEFAULT {NEVER},
    name TEXT NOT NULL, parent_path TEXT NOT NULL,
    PRIMARY KEY (id, since)
) STRICT, WITHOUT ROWID;
"""
