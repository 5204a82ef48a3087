"""The bundle for support: one zip with what helps to find a fault, and nothing that belongs to anybody.

It is made of numbers, codes and names of our own making. Free text (Odoo's answers, notes, lots) stays out; only the
log and the policy are texts, and both go through `Scrub`.
"""

import json
import platform
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from client import licences, logbook
from client.settings import Profile
from client.work.site.scanners import scanner_of
from sync.alone import alone
from sync.clock import Clock
from sync.connection import connect
from sync.errors import WardstockError
from sync.reconcile import reconcile
from sync.store import Store
from sync.store.entries import Entry
from sync.watch import known

Told = Mapping[str, Any]
"""JSON. Any: it is whatever JSON can hold."""

REMOVED: Final = "[removed]"
_SHAPES: Final = (
    re.compile(r"\(?8018\)?\d{18}[^\s'\"]*"),  # a patient's number, with what stands behind it on the label
    re.compile(r"\$argon2[^\s'\"]+"),
    re.compile(r"\b[0-9a-fA-F]{40,}\b"),  # Odoo's API keys, and our store's
    re.compile(r"(?i)\b(bearer|password|api[-_ ]?key)\b\W{1,4}\S+"),
)
_SHORTEST: Final = 3
"""Parts of a name this long are taken out where they stand alone; shorter ones would take out ordinary words."""


@dataclass(frozen=True, slots=True)
class Scrub:
    """Takes out of a text what the device knows to be secret, and makes initials of the people it knows."""

    secrets: frozenset[str]
    people: Mapping[str, str]

    @classmethod
    def of(cls, store: Store) -> "Scrub":
        """Of all that this device keeps: its key, its people's badges and PINs, every name it ever wrote down."""
        staff = store.people.everyone(removed=True)
        told = {store.device.odoo_key() or "", *(secret for one in staff for secret in (one.badge, one.pin))}
        enrolment = store.device.enrolment()
        names = {one.name for one in staff} | store.names_of_people()
        names |= {enrolment.person, enrolment.user_name, enrolment.login} if enrolment else set()
        return cls(frozenset(filter(None, told)), {name: initials(name) for name in names if name.strip()})

    def text(self, text: str) -> str:
        """The same text without them. Case does not count."""
        for secret in sorted(self.secrets, key=len, reverse=True):
            text = text.replace(secret, REMOVED)
        for shape in _SHAPES:
            text = shape.sub(REMOVED, text)
        for name, short in sorted(self.people.items(), key=lambda one: -len(one[0])):
            parts = (part for part in name.split() if len(part) >= _SHORTEST)
            for told in (name, *parts):
                text = re.sub(rf"(?<!\w){re.escape(told)}(?!\w)", short, text, flags=re.IGNORECASE)
        return text


def initials(name: str) -> str:
    """Of a person: "Mira Lindqvist" is "M.L."."""
    return "".join(f"{word[0].upper()}." for word in name.split())


def bundle(store: Store, profile: Profile, clock: Clock, *, ask_odoo: bool = True) -> dict[str, str]:
    """What is put in, by file name; every text is clean already. With `ask_odoo` the summary of a reconciliation."""
    scrub = Scrub.of(store)
    told: dict[str, Told] = {
        "facts.json": _facts(store, profile, clock),
        "store.json": asdict(store.survey()),
        "outbox.json": _outbox(store),
        "scanner.json": {source: asdict(scanner_of(store, source)) for source in ("wedge", "serial")},
        "reconcile.json": _reconciled(store, profile, clock) if ask_odoo else {"asked": False},
        "journal.json": asdict(store.journal.verify()),
    }
    texts = {name: json.dumps(one, indent=1, default=str, ensure_ascii=False) for name, one in told.items()}
    texts["policy.json"] = scrub.text(_policy(profile))
    texts[logbook.NAME] = scrub.text(logbook.text_of(profile.folder))
    return {name: _without(scrub.secrets, text) for name, text in texts.items()}


def write(texts: Mapping[str, str], target: Path) -> Path:
    """The zip, complete or not there at all. Raises WardstockError: no_such_folder, paper_not_written."""
    if not target.parent.is_dir():
        raise WardstockError("no_such_folder", folder=str(target.parent))
    part = target.with_name(f"{target.name}.part")
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as made:
            for name, text in texts.items():
                made.writestr(name, text)
        part.replace(target)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise WardstockError("paper_not_written", file=str(target), why=str(error)) from error
    return target


def place_for(store: Store, papers: Path, clock: Clock) -> Path:
    """Where the window puts it, beside other papers: named by device and time.

    Raises WardstockError("paper_not_written").
    """
    folder = papers / "support"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise WardstockError("paper_not_written", file=str(folder), why=str(error)) from error
    return folder / name_of(store, clock)


def name_of(store: Store, clock: Clock) -> str:
    """The file's name."""
    return f"wardstock-{store.device.name()}-{clock.now():%Y%m%d-%H%M}.zip"


def _facts(store: Store, profile: Profile, clock: Clock) -> Told:
    device, enrolment = store.device, store.device.enrolment()
    passes = {kind: device.last_pass(kind) for kind in ("push", "pull")}
    return {
        "wardstock": licences.own_version(),
        "python": platform.python_version(),
        "system": platform.platform(terse=True),
        "libraries": {name: licences.version(name) for name in licences.LICENCES},
        "device_id": device.id(),
        "device": device.name(),
        "now": clock.now(),
        "server_clock_known": device.server_time(clock.moment()) is not None,
        "odoo": enrolment.server_version if enrolment else "",
        "url": enrolment.url if enrolment else "",
        "database": enrolment.database if enrolment else "",
        "company": enrolment.company_id if enrolment else 0,
        "time_zone": enrolment.timezone if enrolment else "",
        "places": list(enrolment.location_ids) if enrolment else [],
        "capabilities": dict(enrolment.capabilities) if enrolment else {},
        "passes": {kind: _pass(last) for kind, last in passes.items()},
        "warnings": [one.code for one in known(store, clock)],
        "catalogue": dict(store.catalogue.counts()),
        "store_key": profile.key.where().place,
    }


def _pass(last: Any) -> Told:  # Any: a Pass or None
    return {"tried_at": last.tried_at, "succeeded_at": last.succeeded_at, "code": last.code} if last else {}


def _outbox(store: Store) -> Told:
    entries = store.outbox.rows(newest=_ALL)
    states = Counter(f"{one.transaction.kind} {one.status}" for one in entries)
    codes = Counter(one.code for one in entries if one.code)
    return {"states": states, "codes": codes, "transactions": [_transaction(one) for one in entries]}


def _transaction(one: Entry) -> Told:
    return {
        "uuid": one.uuid,
        "reference": one.reference,
        "kind": one.transaction.kind,
        "status": one.status,
        "code": one.code,
        "person": initials(one.transaction.person),
        "lines": len(one.transaction.lines),
        "document": one.outcome.picking_name if one.outcome else one.transaction.document.picking_name,
        "differs": [difference.what for difference in one.outcome.differs] if one.outcome else [],
        "attempts": one.attempts,
        "queued_at": one.queued_at,
        "first_sent_at": one.first_sent_at,
        "not_before": one.not_before,
        "settled_at": one.settled_at,
        "waiting_behind": one.waiting_behind,
        "wished_back": one.wish is not None,
        "released": one.released is not None,
        "journal": one.journal_head,
    }


def _reconciled(store: Store, profile: Profile, clock: Clock) -> Told:
    """In numbers. Not reached, or a pass under way, is an answer too: the bundle does not wait for the network."""
    try:
        with alone(profile.folder), connect(store, clock) as session:
            found = reconcile(store, session)
    except WardstockError as error:
        return {"asked": False, "why": error.code}
    return {
        "asked": True,
        "agrees": found.agrees,
        "checked": found.checked,
        "undecided": len(found.undecided),
        "by_kind": {kind: list(counts) for kind, counts in found.counted.items()},
        "findings": [
            {"code": one.code, "reference": one.reference, "document": one.document} for one in found.findings
        ],
    }


def _policy(profile: Profile) -> str:
    try:
        return profile.policy_file.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        return json.dumps({"not_read": type(error).__name__})


def _without(secrets: Iterable[str], text: str) -> str:
    """Nothing secret leaves, whichever file it stands in."""
    for secret in secrets:
        text = text.replace(secret, REMOVED)
    return text


_ALL: Final = 2**40
