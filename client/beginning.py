"""The first start: what was entered and found so far, on disk before the next step shows; the rules are `enrol`'s."""

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from client.enrol import NOBODY, Found, Watch, Wish, join, look
from client.settings import Profile
from client.work.site.invitation import Invitation
from client.work.site.policy import SCHEMA, Policy
from sync.alone import alone
from sync.clock import Clock
from sync.connection import connect
from sync.delta.passing import Tell
from sync.errors import WardstockError
from sync.odoo.wire.session import Session
from sync.pull import PullReport, pull
from sync.store import Store

ROOM: Final = 200_000_000
"""Bytes a device should have free before its first pull: 100,000 products with their stock take about half of it."""


class Step(StrEnum):
    """Where somebody is. In this order, back and forth; what the set-up sheet answers is left out."""

    CONNECT = "connect"
    FORM = "form"
    CONFIRM = "confirm"
    KEY = "key"
    TEST = "test"
    PLACES = "places"
    RULES = "rules"
    FETCH = "fetch"
    SCANNER = "scanner"
    PEOPLE = "people"


@dataclass(frozen=True, slots=True)
class Draft:
    """All that was said. It may hold the key: the store it lies in is encrypted, and nothing else keeps it."""

    step: Step = Step.CONNECT
    invitation: Invitation = field(default_factory=Invitation)
    place_ids: tuple[int, ...] = ()
    zone: str = ""
    joined: bool = False
    fetched: bool = False


class Beginning:
    """A device on its way to work. Nothing is on disk before the person said yes to a host."""

    def __init__(self, profile: Profile, clock: Clock, zone: str = "") -> None:
        self.profile, self.clock = profile, clock
        self.store: Store | None = None
        self.draft = Draft(zone=zone)
        self.found: Found | None = None
        """What the test found in this run; not kept: it is asked again."""

    @property
    def begun(self) -> bool:
        """Something is on disk."""
        return self.store is not None

    def resume(self, store: Store) -> None:
        """Go on where an earlier run was left."""
        self.store = store
        if kept := store.set_up.draft():
            self.draft = msgspec.json.decode(kept, type=Draft)

    def note(self, **changes: object) -> None:
        """This was said; on disk at once if the person has said yes to a host before."""
        self.draft = replace(self.draft, **changes)  # type: ignore[arg-type]  # fields of Draft
        if self.store:
            self.store.set_up.keep(msgspec.json.encode(self.draft).decode())

    def invite(self, invitation: Invitation) -> None:
        """A sheet or a file says where to; one that names no Odoo brings rules alone."""
        if invitation.url:
            self.note(invitation=invitation, place_ids=())
        else:
            self.note(invitation=replace(self.draft.invitation, policy=invitation.policy))

    def keep(self) -> None:
        """From now on everything said is kept. Raises WardstockError: what is in the way of a store, disk_too_small."""
        if self.store is None:
            self._room()
            self.store = self.profile.open_or_create()
        self.note()

    def policy(self) -> Policy:
        """What holds here: the rules of the sheet, else those in the device's folder, in the site's time zone.

        Raises WardstockError("policy_unreadable").
        """
        if text := self.draft.invitation.policy:
            return Policy.parse(text, "policy.json")
        policy = self.profile.policy()
        return policy if self.has_rules or not self.draft.zone else replace(policy, time_zone=self.draft.zone)

    @property
    def has_rules(self) -> bool:
        """Rules of the site lie in the device's folder already."""
        return self.profile.policy_file.exists()

    def test(self, watch: Watch = NOBODY) -> Found:
        """Ask that Odoo everything. From another thread than the window's. Raises what `look` raises."""
        said, policy = self.draft.invitation, self.policy()
        wish = Wish(
            said.url, said.database, said.key, said.login, said.company_id,
            timezone=policy.time_zone, places=() if self.draft.place_ids else said.places, policy=policy,
        )  # fmt: skip
        return look(wish, self.clock, watch)

    def belong(self) -> None:
        """Write the rules down and belong to that Odoo. Raises WardstockError: enrol_while_unsent, policy_…, store_…"""
        if self.found is None or self.store is None:
            raise ValueError("nothing was tested yet")
        policy, said = self.policy(), self.draft.invitation
        self._write_rules()
        found = replace(self.found, location_ids=self.draft.place_ids or self.found.location_ids)
        wish = Wish(said.url, said.database, said.key, said.login, timezone=policy.time_zone, policy=policy)
        join(self.store, wish, found, self.clock)
        self.note(joined=True, fetched=False)

    def _write_rules(self) -> None:
        text = self.draft.invitation.policy
        if not text and not self.has_rules and self.draft.zone not in {"", "UTC"}:
            text = json.dumps({"schema": SCHEMA, "time_zone": self.draft.zone}, indent=2) + "\n"
        if not text:
            return
        path = self.profile.policy_file
        part = path.with_name(path.name + ".part")
        try:
            with part.open("w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        except OSError as error:
            raise WardstockError("policy_not_written", path=str(path), why=str(error)) from error

    def fetch(self, opened: Callable[[Session], None], tell: Tell) -> PullReport:
        """The first pull, or the rest of it, in another thread. Raises WardstockError: pass_running, disk_too_small."""
        if self.store is None:
            raise ValueError("the device belongs nowhere yet")
        self._room()
        with alone(self.profile.folder), connect(self.store, self.clock) as session:
            opened(session)
            return pull(self.store, session, self.clock, tell)

    def over(self) -> None:
        """The device goes to work."""
        if self.store:
            self.store.set_up.over()

    def close(self) -> None:
        """Let go of the file; no thread may be at it any more."""
        if self.store:
            self.store.close()
            self.store = None

    def _room(self) -> None:
        folder = next(one for one in (self.profile.folder, *self.profile.folder.parents) if one.exists())
        free = shutil.disk_usage(folder).free
        if free < ROOM:
            raise WardstockError("disk_too_small", free=free // 1_000_000, needed=ROOM // 1_000_000)


def unfinished(store: Store) -> bool:
    """Whether somebody began to set this device up and did not come to the end."""
    return bool(store.set_up.draft()) or store.device.enrolment() is None


def is_zone(name: str) -> bool:
    """Whether the system's name of its time zone is one the site's rules can name."""
    try:
        return bool(name) and ZoneInfo(name).key == name
    except (ValueError, OSError):
        return False


def text_in(path: Path) -> str:
    """What a chosen file says. Raises WardstockError("file_not_readable")."""
    try:
        if path.stat().st_size > _LARGEST:
            raise WardstockError("file_not_readable", file=path.name)
        return path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        raise WardstockError("file_not_readable", file=path.name) from error


_LARGEST: Final = 1_000_000
