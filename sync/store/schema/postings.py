"""What posting of every kind and pulls of what changed added: wishes, recounts, photos, stock row by row. Released."""

from typing import TYPE_CHECKING

from sync.store.schema.generations import GENERATIONS, NEVER

if TYPE_CHECKING:
    from sqlite_utils import Database as Tables


def m002_every_posting(tables: "Tables") -> None:
    """Withdrawing as a wish, release, recounts, photos."""
    tables.executescript(_WISHES)
    tables.executescript(_PASSES)
    tables.executescript(_PULL)
    for name in _PULL_TABLES:
        tables.executescript(GENERATIONS.format(name=name))
    tables.executescript(_PULL_INDEXES)


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

_PASSES = """
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
_PULL = f"""
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

_PULL_TABLES = ("unit", "package", "person", "reorder_point", "stock_row")

_PULL_INDEXES = """
CREATE INDEX reorder_point_location ON reorder_point (location_id);
CREATE INDEX stock_row_product ON stock_row (product_id);
CREATE INDEX stock_row_location ON stock_row (location_id);
CREATE INDEX move_line_product ON move_line (product_id);
"""
