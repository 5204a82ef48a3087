"""What every job on the ward added: people, holds and search, settling, a row for each scan. Released."""

from typing import TYPE_CHECKING

from sync.store.schema import holds
from sync.store.schema.generations import GENERATIONS, NEVER

if TYPE_CHECKING:
    from sqlite_utils import Database as Tables


def m003_people(tables: "Tables") -> None:
    """Who works here, and the names of product categories, which a site's policy speaks of."""
    tables.executescript(_PEOPLE)
    tables.executescript(GENERATIONS.format(name="category"))


def m004_holds_and_search(tables: "Tables") -> None:
    """The hold list, recalls under way, and the words goods are found by."""
    tables.executescript(holds.HOLDS)
    tables.executescript(holds.search())


def m005_settling(tables: "Tables") -> None:
    """What takes the place of a refused transaction stands where that stood in the line."""
    tables.executescript(_PLACE)


def m006_draft_lines(tables: "Tables") -> None:
    """Each accepted scan of a draft in a row of its own: a scan writes its line, not all that came before."""
    tables.executescript(_DRAFT_LINES)


def m007_what_is_under_way(tables: "Tables") -> None:
    """What Odoo's figures cannot contain yet is asked at each scan, and bodies are long: an index answers alone."""
    tables.executescript("CREATE INDEX outbox_under_way ON outbox (status, settled_at, seq, uuid);")


# `person` is whom Odoo names on counts. A name is taken for ever: it stands in slips and in the journal.
_PEOPLE = f"""
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

_PLACE = """
ALTER TABLE outbox ADD COLUMN place INTEGER;
CREATE TRIGGER outbox_place_stays BEFORE UPDATE OF place ON outbox
BEGIN SELECT RAISE(ABORT, 'a queued transaction keeps its place'); END;
"""

_DRAFT_LINES = """
CREATE TABLE draft_line (
    draft TEXT NOT NULL,
    number INTEGER NOT NULL,
    state TEXT NOT NULL,
    PRIMARY KEY (draft, number)
) STRICT, WITHOUT ROWID;
"""
