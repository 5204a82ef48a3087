"""What the fourth step of the schema adds: the hold list, recalls under way, and the words goods are found by."""

from typing import Final

from sync.store.codes import LETTERS

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

# One row of `found` for each row of these tables, also of those a pull has not flipped to yet: a search takes from
# what it finds what is current. The row's number says which: the generation, the id, the kind.
_WORDS: Final = {
    "product": (0, "NEW.name || ' ' || NEW.code || ' ' || {code} || ' ' || NEW.code14 || ' ' || {barcode}"),
    "packaging": (1, "NEW.name || ' ' || NEW.code14 || ' ' || {barcode}"),
    "vendor_code": (2, "NEW.name || ' ' || NEW.code || ' ' || {code}"),
}

KINDS_BITS: Final = 2
ID_BITS: Final = 32

_FOUND: Final = """
CREATE VIRTUAL TABLE found USING fts5 (
    words, content = '', contentless_delete = 1, detail = none, prefix = '1 2 3',
    tokenize = 'unicode61 remove_diacritics 2'
);
"""

# A vendor's record may stand for several variants, all with the same words.
_KEPT_UP: Final = """
CREATE TRIGGER {table}_found AFTER INSERT ON {table} BEGIN
    INSERT OR REPLACE INTO found (rowid, words) VALUES ({new}, {words});
END;
CREATE TRIGGER {table}_lost AFTER DELETE ON {table}
WHEN NOT EXISTS (SELECT 1 FROM {table} WHERE id = OLD.id AND since = OLD.since) BEGIN
    DELETE FROM found WHERE rowid = {old};
END;
"""


def search() -> str:
    """The words table, filled from the catalogue that is there, and the triggers that keep it."""
    parts = [_FOUND]
    for table, (kind, words) in _WORDS.items():
        told = words.format(code=_bare("NEW.code"), barcode="ltrim(NEW.barcode, '0')")
        new, old = _number("NEW", kind), _number("OLD", kind)
        parts.append(_KEPT_UP.format(table=table, words=_plain(told), new=new, old=old))
        row = f"INSERT OR REPLACE INTO found (rowid, words) SELECT {new}, {_plain(told)} FROM {table} AS one;"
        parts.append(row.replace("NEW.", "one."))
    return "\n".join(parts)


def _number(row: str, kind: int) -> str:
    return f"(({row}.since << {ID_BITS + KINDS_BITS}) | ({row}.id << {KINDS_BITS}) | {kind})"


def _bare(column: str) -> str:
    """A code without its dashes and dots, as hurried people type it."""
    for sign in "-./_ ":
        column = f"replace({column}, '{sign}', '')"
    return column


def _plain(text: str) -> str:
    """Letters that Unicode does not take apart, as they are typed without them."""
    for letter, plain in LETTERS.items():
        text = f"replace({text}, '{letter}', '{plain}')"
    return text
