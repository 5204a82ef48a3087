"""The key of one profile's store: read it where it is, make it once, move it without ever losing it."""

import secrets
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final
from uuid import uuid4

from sync.alone import alone
from sync.errors import WardstockError
from sync.keys import places, private
from sync.keys.file import FileKey
from sync.keys.places import Kept, Note, Place, Where
from sync.keys.ring import RingKey
from sync.keys.sealed import Asks, SealedKey

_HOLDS_NONE: Final = frozenset({"key_missing", "key_not_in_keyring"})
_NOT_ALONE_HERE: Final = frozenset({"folder_of_another", "folder_writable_by_others"})


@dataclass(frozen=True, slots=True)
class StoreKey:
    """Whatever is killed at whatever moment: `key.json` names a place that holds the key, and at most one other copy.

    The order of a move: the other place is noted as a leftover, the key is put there and read back, the note turns
    round (this is the moment it has moved), the old place is emptied, the note forgets it. What a crash left over is
    taken away when the key is next read.
    """

    folder: Path
    asks: Asks = field(default_factory=Asks)

    def where(self) -> Where:
        """Raises WardstockError("key_place_damaged")."""
        note = places.read(self.folder)
        return Where(note.place, note.leftover, private.trouble_of(self.folder))

    def load(self) -> bytes:
        """The key. Raises WardstockError: key_place_damaged, or what is in the way at its place."""
        note = places.read(self.folder)
        try:
            key = self._at(note.place, note).get()
        except WardstockError:
            if places.read(self.folder) == note:
                raise
            return self.load()  # it was moved meanwhile
        if note.leftover:
            with suppress(WardstockError, OSError), self._alone():
                self._tidied(places.read(self.folder))
        return key

    def create(self, place: Place) -> bytes:
        """Make a key and keep it there. A key that is there, in whichever place, is never replaced.

        Raises WardstockError: folder_…, key_moving, or what is in the way at the place.
        """
        self._make_folder()
        with self._alone():
            note = places.read(self.folder)
            try:
                return self._at(note.place, note).get()
            except WardstockError as error:
                if error.code not in _HOLDS_NONE:
                    raise
            return self._made(Note(place, _entry_for(place)))

    def move(self, to: Place, fits: Callable[[bytes], None]) -> bool:
        """Keep the key there from now on, and nowhere else; False where it was there already.

        `fits` raises where the key does not open the store. Moving to where it is sealed already seals it anew, by
        another passphrase. Raises WardstockError: key_moving, folder_…, or what is in the way at either place; the
        key can then be read where it was, or, once it had moved (key_left_behind), where it was to go.
        """
        self._nobody_else_here()
        with self._alone():
            note = places.read(self.folder)
            key = self._at(note.place, note).get()
            note = self._tidied(note)
            fits(key)
            if note.place is to:
                if to is Place.PASSPHRASE:
                    self._at(to, note).put(key)
                return to is Place.PASSPHRASE
            self._carry(key, note, to)
            return True

    def _made(self, note: Note) -> bytes:
        key, place = secrets.token_bytes(32), self._at(note.place, note)
        places.write(self.folder, note)
        try:
            place.put(key)
        except WardstockError:
            with suppress(WardstockError):
                place.drop()
            places.forget(self.folder)
            raise
        return key

    def _carry(self, key: bytes, note: Note, to: Place) -> None:
        intent = Note(note.place, _entry_for(to) or note.entry, leftover=to)
        places.write(self.folder, intent)
        try:
            self._at(to, intent).put(key)
        except WardstockError:
            with suppress(WardstockError):
                self._tidied(intent)
            raise
        moved = Note(to, intent.entry, leftover=note.place)
        places.write(self.folder, moved)
        try:
            self._tidied(moved)
        except WardstockError as error:
            raise WardstockError("key_left_behind", place=note.place, now=to, why=error.code) from error

    def _tidied(self, note: Note) -> Note:
        """The copy a move left is gone, and the note knows."""
        if note.leftover is None:
            return note
        self._at(note.leftover, note).drop()
        left = replace(note, leftover=None, entry=note.entry if note.place is Place.KEYRING else "")
        places.write(self.folder, left)
        return left

    def _at(self, place: Place, note: Note) -> Kept:
        if place is Place.KEYRING:
            return RingKey(note.entry)
        return SealedKey(self.folder, self.asks) if place is Place.PASSPHRASE else FileKey(self.folder)

    def _alone(self) -> AbstractContextManager[None]:
        return alone(self.folder, "key.lock", "key_moving")

    def _make_folder(self) -> None:
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise WardstockError("key_not_writable", file=self.folder.name) from error
        self._nobody_else_here()

    def _nobody_else_here(self) -> None:
        """Who may write here could put another key or another store in its place."""
        if (code := private.trouble_of(self.folder)) in _NOT_ALONE_HERE:
            raise WardstockError(code, folder=str(self.folder))


def _entry_for(place: Place) -> str:
    return uuid4().hex if place is Place.KEYRING else ""
