"""A device's folder: its store, the key of it, and what the site decided."""

from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from client.work.site.people import People, Person, Role
from client.work.site.policy import Policy
from sync.errors import WardstockError
from sync.keys import Asks, Place, StoreKey, ring
from sync.store import Store
from sync.store.device import Enrolment


class Wants(StrEnum):
    """What a person has to say before the store can be opened."""

    NOTHING = "nothing"
    PASSPHRASE = "passphrase"  # noqa: S105 - a word
    NEW_PASSPHRASE = "new_passphrase"  # noqa: S105


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything one device keeps lies in one folder (design 11), but perhaps the key of its store.

    `place` is where a new device's key goes; without one, to the keyring or nowhere. `held` is the key once opened.
    """

    folder: Path
    place: Place | None = None
    asks: Asks = field(default_factory=Asks)
    held: bytes | None = field(default=None, repr=False)

    @property
    def database(self) -> Path:
        return self.folder / "wardstock.db"

    @property
    def key(self) -> StoreKey:
        """The key of the store, wherever it is kept."""
        return StoreKey(self.folder, self.asks)

    @property
    def policy_file(self) -> Path:
        return self.folder / "policy.json"

    @property
    def practice(self) -> bool:
        """Nothing in it is real: it was made for the practice ward, and says so itself."""
        return self._mark.exists()

    def for_practice(self) -> "Profile":
        """The same folder, marked before anything else is in it. Raises WardstockError("not_a_practice_folder")."""
        if not self.practice:
            if self.folder.exists() and any(self.folder.iterdir()):
                raise WardstockError("not_a_practice_folder", folder=str(self.folder))
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._mark.touch()
        return self

    @property
    def _mark(self) -> Path:
        return self.folder / "practice"

    def policy(self) -> Policy:
        """Raises WardstockError("policy_unreadable")."""
        return Policy.read(self.policy_file)

    def open(self) -> Store:
        """The store of an existing device.

        Raises WardstockError: not_enrolled, policy_unreadable, see `StoreKey.load` and `Store.open`.
        """
        if not self.database.exists():
            raise WardstockError("not_enrolled")
        policy = self.policy()
        store = Store.open(self.database, self.held or self.key.load())
        enrolment = store.device.enrolment()
        if enrolment and enrolment.timezone != policy.time_zone:
            store.device.settle_zone(policy.time_zone)
        return store

    def open_or_create(self) -> Store:
        """The store, made with a new key where there is none. A store whose key is gone is never replaced."""
        if self.database.exists():
            return self.open()
        return Store.open(self.database, self.key.create(self.place_for_new()))

    def place_for_new(self) -> Place:
        """Where a key made here goes: never to a file nobody asked for. Raises WardstockError("key_place_needed")."""
        if self.place or self.practice:
            return self.place or Place.FILE
        if not ring.works():
            raise WardstockError("key_place_needed")
        return Place.KEYRING

    def wants(self) -> Wants:
        """Whether somebody must give a passphrase first. Raises WardstockError("key_place_damaged")."""
        if self.held:
            return Wants.NOTHING
        if self.database.exists():
            return Wants.PASSPHRASE if self.key.where().place is Place.PASSPHRASE else Wants.NOTHING
        return Wants.NOTHING if self.place or self.practice or ring.works() else Wants.NEW_PASSPHRASE

    def unlocked(self, passphrase: str) -> "Profile":
        """The same with its key at hand, so that nobody is asked again. See `SealedKey.get` for what it raises."""
        return replace(self, held=StoreKey(self.folder, Asks(known=lambda: passphrase)).load())

    def with_place(self, place: Place, passphrase: str = "") -> "Profile":
        """The same, for a new device whose key goes there."""
        return replace(self, place=place, asks=Asks(lambda: passphrase, lambda: passphrase))

    def move_key(self, to: Place, now: datetime) -> bool:
        """See `StoreKey.move`; the journal knows. Raises WardstockError: not_enrolled, store_wrong_key besides."""
        if not self.database.exists():
            raise WardstockError("not_enrolled")
        with ExitStack() as stack:
            opened: list[Store] = []

            def fits(key: bytes) -> None:
                opened.append(Store.open(self.database, key))
                stack.callback(opened[0].close)

            if moved := self.key.move(to, fits):
                opened[0].device.key_moved(to, now)
        return moved


def enrolled(store: Store) -> Enrolment:
    """Whom the device belongs to. Raises WardstockError("not_enrolled")."""
    if (enrolment := store.device.enrolment()) is None:
        raise WardstockError("not_enrolled")
    return enrolment


def at_the_desk(store: Store, policy: Policy, name: str = "", role: str = "") -> Person:
    """Who works here first: as named, else as the device was enrolled. People who were entered have the role they have.

    Raises WardstockError: not_enrolled; person_unknown and role_is_settled where people were entered.
    """
    home = enrolled(store)
    known = People(store.people, policy).by_name(name or home.person)
    if known is None and name and store.people.everyone():
        raise WardstockError("person_unknown", name=name)
    if known is None:
        return policy.person(name or home.person, Role(role or home.role))
    if role and role != known.role:
        raise WardstockError("role_is_settled", name=known.name, role=known.role)
    return known
