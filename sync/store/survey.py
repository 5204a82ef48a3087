"""How much a store holds and what wrote it, for support: numbers and names of our own making, nothing of anybody's."""

from collections.abc import Mapping
from dataclasses import dataclass

from sync.store import schema
from sync.store.database import Database


@dataclass(frozen=True, slots=True)
class Survey:
    """`newest_step` is the last change of the schema the file has; `rows` counts every table, by its name."""

    newest_step: str
    sqlite: str
    cipher: str
    rows: Mapping[str, int]


def survey(database: Database) -> Survey:
    """What is in the file now. It reads every table once: not for the thread that scans."""
    with database.one_moment():
        ((sqlite,),) = database.rows("SELECT sqlite_version()")
        ((cipher,),) = database.rows("PRAGMA cipher_version")
        tables = database.rows(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
            " AND name NOT LIKE '%!_fts!_%' ESCAPE '!' ORDER BY name"
        )
        rows = {name: _count(database, name) for (name,) in tables if not name.startswith("_")}
        done = {name for (name,) in database.rows("SELECT name FROM _sqlite_migrations")}
    newest = next((step for step in reversed(schema.names()) if step in done), "")
    return Survey(newest, sqlite, cipher, rows)


def names_of_people(database: Database) -> frozenset[str]:
    """Every name of a person that stands in a column of its own: who did something here, and Odoo's users."""
    sql = "SELECT person FROM journal UNION SELECT person FROM draft UNION SELECT name FROM person"
    return frozenset(name for (name,) in database.rows(sql) if name)


def _count(database: Database, table: str) -> int:
    ((rows,),) = database.rows(f'SELECT count(*) FROM "{table}"')
    return int(rows)
