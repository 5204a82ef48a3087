"""Products by how a code of theirs begins, or by the words of their name, each as far as it was typed."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, Final

from sync.store.codes import bare, in_plain_letters, plain_words_of, words_of
from sync.store.database import Database
from sync.store.schema.holds import FOUND_IN, ID_BITS, KIND_BITS, LONGEST_PREFIX
from sync.store.schema.holds import bare as bare_in_sql

_MOST_WORDS: Final = 8
"""Words that count: what is pasted into a search field may be a page."""
_SHORTEST_CODE: Final = 2
_LOOKED_AT: Final = 150
"""So many names are read before the index is asked for whole words."""
_LAST: Final = "\U0010ffff"


def product_ids(database: Database, text: str, most: int) -> list[int]:
    """Ids of current products: codes that begin so first, then names that have all the words, in no order of merit.

    The best match is not asked for: finding it looks at all there are, 33 ms for a letter or two (design 6).
    """
    found = (id_ for answer in _answers(database, text, most) for (id_,) in answer)
    return list(islice(dict.fromkeys(found), most))


def _answers(database: Database, text: str, most: int) -> Iterator[list[tuple[Any, ...]]]:
    code = bare(text)
    if len(code) >= _SHORTEST_CODE:
        for sql in _BY_CODE:
            yield database.rows(sql, (code, code + _LAST, most))
        if code.isdecimal():
            for noughts in _GTINS:
                begin = noughts + code.lstrip("0")
                for sql in _BY_GTIN:
                    yield database.rows(sql, (begin, begin + _LAST, most))
    if words := words_of(text)[:_MOST_WORDS]:
        yield _named(database, words, most)


def _named(database: Database, words: Sequence[str], most: int) -> list[tuple[Any, ...]]:
    """Ids by name. FTS5 gathers all names with the beginning of a word before it gives the first, where that is longer
    than it has an index of: 10 ms for one word of 100,000 names, each letter of it. So the first names are found by
    what it has an index of, and read; only where they do not settle it, all are asked for. The answer is the same.
    """
    if all(len(word) <= LONGEST_PREFIX for word in words) or not in_plain_letters(" ".join(words)):
        return database.rows(_BY_NAME, (_all_begin(words), most))
    begun = database.rows(_NAMES, (_all_begin([word[:LONGEST_PREFIX] for word in words]), _LOOKED_AT))
    wanted = [word for each in words for word in plain_words_of(each)]
    found = [(id_,) for id_, name in begun if _has(plain_words_of(name), wanted)]
    seen_all = len(begun) < _LOOKED_AT and all(in_plain_letters(name) for _, name in begun)
    if seen_all or len(found) >= most:
        return found[:most]
    return database.rows(_BY_NAME, (_all_begin(words), most))


def _all_begin(words: Sequence[str]) -> str:
    return " AND ".join(f'"{word}"*' for word in words)


def _has(words: Sequence[str], wanted: Sequence[str]) -> bool:
    return all(any(word.startswith(begin) for word in words) for begin in wanted)


_GTINS: Final = ("", "0", "00", "000000")
"""What comes before a GTIN-14, 13, 12 and 8 in the 14 digits they are all kept with."""
_CODE: Final = bare_in_sql("code")
_BY_CODE: Final = tuple(
    f"SELECT {column} FROM {table}_now WHERE {_CODE} >= ? COLLATE NOCASE AND {_CODE} < ? COLLATE NOCASE LIMIT ?"
    for table, column in (("product", "id"), ("vendor_code", "product_id"))
)
_BY_GTIN: Final = tuple(
    f"SELECT {column} FROM {table}_now WHERE code14 >= ? AND code14 < ? LIMIT ?"
    for table, column in (("product", "id"), ("packaging", "product_id"))
)
_ID: Final = f"((found.rowid >> {KIND_BITS}) & {(1 << ID_BITS) - 1})"
_SINCE: Final = f"(found.rowid >> {ID_BITS + KIND_BITS})"


def _current(table: str) -> str:
    kind = f"(found.rowid & {(1 << KIND_BITS) - 1}) = {FOUND_IN[table]}"
    return f" LEFT JOIN {table}_now AS {table} ON {kind} AND {table}.id = {_ID} AND {table}.since = {_SINCE}"


# `found` has rows of generations to come and gone as well: what joins is current.
_FROM_FOUND: Final = (
    " FROM found" + _current("product") + _current("vendor_code") + " WHERE found MATCH ? AND hit IS NOT NULL LIMIT ?"
)
_HIT: Final = "SELECT coalesce(product.id, vendor_code.product_id) AS hit"
_BY_NAME: Final = _HIT + _FROM_FOUND
_NAMES: Final = f"{_HIT}, coalesce(product.name, vendor_code.name)" + _FROM_FOUND
