"""How far somebody came with setting this device up: kept at each step, gone once the device is at work."""

from sync.store.database import Database


class SetUp:
    """One draft as the client writes it. It stands in the encrypted file, so that a key typed so far may be in it."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def draft(self) -> str:
        """As it was last kept; empty where nobody is setting up this device."""
        row = self._db.row("SELECT draft FROM set_up")
        return str(row[0]) if row else ""

    def keep(self, draft: str) -> None:
        """This far it came: on disk before the screen shows the next step."""
        with self._db.write() as connection:
            connection.execute("INSERT OR REPLACE INTO set_up (one, draft) VALUES (1, ?)", (draft,))

    def over(self) -> None:
        """The device is at work."""
        with self._db.write() as connection:
            connection.execute("DELETE FROM set_up")
