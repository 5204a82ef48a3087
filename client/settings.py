"""A device's folder: its store, the key of it, and what the site decided."""

from dataclasses import dataclass
from pathlib import Path

from client.work.site.people import People, Person, Role
from client.work.site.policy import Policy
from sync.errors import WardstockError
from sync.store import Store
from sync.store.device import Enrolment
from sync.store.keys import FileKey


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything one device keeps lies in one folder (design 11)."""

    folder: Path

    @property
    def database(self) -> Path:
        return self.folder / "wardstock.db"

    @property
    def key(self) -> FileKey:
        """The one place the code asks for a key store: the keyring comes in here."""
        return FileKey(self.folder / "store.key")

    @property
    def policy_file(self) -> Path:
        return self.folder / "policy.json"

    def policy(self) -> Policy:
        """Raises WardstockError("policy_unreadable")."""
        return Policy.read(self.policy_file)

    def open(self) -> Store:
        """The store of an existing device. Raises WardstockError: not_enrolled, policy_unreadable, see `Store.open`."""
        if not self.database.exists():
            raise WardstockError("not_enrolled")
        policy = self.policy()
        store = Store.open(self.database, self.key.load())
        enrolment = store.device.enrolment()
        if enrolment and enrolment.timezone != policy.time_zone:
            store.device.settle_zone(policy.time_zone)
        return store

    def open_or_create(self) -> Store:
        """The store, made with a new key where there is none. A store whose key is gone is never replaced."""
        if self.database.exists():
            return self.open()
        return Store.open(self.database, self.key.create())


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
