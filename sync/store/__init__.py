"""The SQLite file, and the only SQL: catalogue, drafts, outbox, journal, and what the device knows of itself."""

from pathlib import Path

from sync.store.catalogue import Catalogue
from sync.store.database import Database
from sync.store.device import Device
from sync.store.drafts import Drafts
from sync.store.holds import HoldLists
from sync.store.journal import Journal
from sync.store.outbox import Outbox
from sync.store.people import Staff
from sync.store.photos import Photos
from sync.store.recalls import Recalls
from sync.store.recounts import Recounts
from sync.store.set_up import SetUp
from sync.store.survey import Survey, names_of_people, survey
from sync.store.taught import TaughtCodes


class Store:
    """Everything one device keeps, in one encrypted file. Usable from any thread: each has its own connection."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.catalogue = Catalogue(database)
        self.drafts = Drafts(database)
        self.outbox = Outbox(database)
        self.journal = Journal(database)
        self.device = Device(database)
        self.photos = Photos(database)
        self.recounts = Recounts(database)
        self.holds = HoldLists(database)
        self.recalls = Recalls(database)
        self.people = Staff(database)
        self.taught = TaughtCodes(database)
        self.set_up = SetUp(database)

    @classmethod
    def open(cls, path: Path, key: bytes) -> "Store":
        """Open or create the file; see `Database.open` for what can be in the way."""
        return cls(Database.open(path, key))

    def hurry(self) -> None:
        """Somebody waits for an answer: for a moment a pull leaves file and interpreter to them."""
        self._database.hurry()

    def checkpoint(self) -> None:
        """Move the write-ahead log into the file; the worker calls it after a pass, never the thread that scans."""
        self._database.checkpoint()

    def survey(self) -> Survey:
        """How much is in the file, for support; it takes a while on a large one."""
        return survey(self._database)

    def names_of_people(self) -> frozenset[str]:
        """Every name of a person this device wrote down: what may not leave it unless it is asked for."""
        return names_of_people(self._database)

    def close(self) -> None:
        """Close the connections of all threads; their work must be over."""
        self._database.close()
