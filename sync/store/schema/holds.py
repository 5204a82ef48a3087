"""What the fourth step of the schema adds: the hold list, recalls under way, and the words goods are found by."""

from typing import Final

from sync.store.codes import LETTERS, SIGNS

HOLDS: Final = """
CREATE TABLE hold_list (
    source TEXT PRIMARY KEY,
    as_of TEXT NOT NULL,
    brought_at TEXT NOT NULL,
    brought_by TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE hold (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL REFERENCES hold_list (source) ON DELETE CASCADE,
    by TEXT NOT NULL,
    product TEXT NOT NULL COLLATE NOCASE,
    lot_name TEXT NOT NULL,
    reason TEXT NOT NULL,
    since TEXT NOT NULL,
    held_at TEXT NOT NULL,
    person TEXT NOT NULL,
    UNIQUE (source, by, product, lot_name)
) STRICT;
CREATE INDEX hold_product ON hold (by, product);
CREATE TABLE recall (
    uuid TEXT PRIMARY KEY,
    product_id INTEGER NOT NULL,
    lot_name TEXT NOT NULL,
    begun_at TEXT NOT NULL,
    person TEXT NOT NULL,
    ended_at TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE recall_tick (
    recall TEXT NOT NULL REFERENCES recall (uuid),
    location_id INTEGER NOT NULL,
    found TEXT NOT NULL,
    ticked_at TEXT NOT NULL,
    person TEXT NOT NULL,
    PRIMARY KEY (recall, location_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX outbox_settled ON outbox (settled_at);
"""

# One row of `found` for each named row of these tables, also of those a pull has not flipped to yet: a search takes
# what is current of what it finds. The row's number says which: the generation, the id, the kind.
KIND_BITS: Final = 1
ID_BITS: Final = 32
FOUND_IN: Final = {"product": 0, "vendor_code": 1}
LONGEST_PREFIX: Final = 3
"""Letters: what begins with no more of them has an index of its own below."""

_FOUND: Final = """
CREATE VIRTUAL TABLE found USING fts5 (
    words, content = '', contentless_delete = 1, detail = none, prefix = '1 2 3',
    tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO found (found, rank) VALUES ('automerge', 16), ('crisismerge', 200);
"""
# Its parts are merged little by little: a pull's chunk of 100 products takes 4 ms with it, 21 at most; else up to 47.

# A vendor's record may stand for several variants, all with the same words.
_KEPT_UP: Final = """
INSERT OR REPLACE INTO found (rowid, words) SELECT {one}, {words_of_one} FROM {table} AS one WHERE one.name <> '';
CREATE TRIGGER {table}_found AFTER INSERT ON {table} WHEN NEW.name <> '' BEGIN
    INSERT OR REPLACE INTO found (rowid, words) VALUES ({new}, {words_of_new});
END;
CREATE TRIGGER {table}_lost AFTER DELETE ON {table}
WHEN OLD.name <> '' AND NOT EXISTS (SELECT 1 FROM {table} WHERE id = OLD.id AND since = OLD.since) BEGIN
    DELETE FROM found WHERE rowid = {old};
END;
CREATE INDEX {table}_bare ON {table} ({bare} COLLATE NOCASE);
"""


def bare(column: str) -> str:
    """SQL for a code without its dashes and dots, as hurried people type it; `codes.bare` does the same to a word."""
    for sign in SIGNS:
        column = f"replace({column}, '{sign}', '')"
    return column


def search() -> str:
    """The words goods are found by, filled from the catalogue that is there, and kept up by each row written."""
    parts = [_FOUND]
    for table, kind in FOUND_IN.items():
        numbers = {row.lower(): _number(row, kind) for row in ("NEW", "OLD", "one")}
        words = {"words_of_new": _plain("NEW.name"), "words_of_one": _plain("one.name")}
        parts.append(_KEPT_UP.format(table=table, bare=bare("code"), **numbers, **words))
    return "\n".join(parts)


def _number(row: str, kind: int) -> str:
    return f"(({row}.since << {ID_BITS + KIND_BITS}) | ({row}.id << {KIND_BITS}) | {kind})"


def _plain(text: str) -> str:
    """Letters that Unicode does not take apart, as they are typed without them."""
    for letter, plain in LETTERS.items():
        text = f"replace({text}, '{letter}', '{plain}')"
    return text
