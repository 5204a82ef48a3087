"""Pictures people took for a transaction. They go to Odoo with it, as attachments."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sync.errors import WardstockError
from sync.store.database import Connection, Database


@dataclass(frozen=True, slots=True)
class Photo:
    """One picture; `name` is its file name in Odoo."""

    id: str
    name: str
    data: bytes


class Photos:
    """By the id that a body names."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def add(self, draft_uuid: str, photo: Photo) -> None:
        """Keep a picture of an open draft; the same id again changes nothing. Raises WardstockError("draft_closed")."""
        with self._db.write() as connection:
            if connection.execute("SELECT 1 FROM draft WHERE uuid = ?", (draft_uuid,)).fetchone() is None:
                raise WardstockError("draft_closed", uuid=draft_uuid)
            connection.execute(
                "INSERT INTO photo (id, draft, name, data) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
                (photo.id, draft_uuid, photo.name, photo.data),
            )

    def of(self, ids: Iterable[str]) -> tuple[Photo, ...]:
        """Those pictures, in that order; unknown ids are left out."""
        rows = (self._db.row("SELECT id, name, data FROM photo WHERE id = ?", (id_,)) for id_ in ids)
        return tuple(Photo(*row) for row in rows if row)


def drop(connection: Connection, draft_uuid: str, but: Collection[str] = ()) -> None:
    """Inside the caller's transaction: a closed draft keeps only the pictures that will be sent."""
    kept = ", ".join("?" * len(but))
    connection.execute(f"DELETE FROM photo WHERE draft = ? AND id NOT IN ({kept})", (draft_uuid, *but))
