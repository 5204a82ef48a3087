"""What the site decided, in one small versioned file a device, with defaults that are safe: docs/policy.md."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from client.work.site.exact import NOTE, Entry, Twice, once
from client.work.site.people import MAY, Act, Person, Role
from sync.errors import WardstockError

SCHEMA = 2

E = TypeVar("E", bound=StrEnum)

_BEFORE = ("time_zone", "shelf_life_days", "over_receipt_percent")
"""All that schema 1 knew."""


@dataclass(frozen=True, slots=True)
class Destination:
    """Where goods go, by complete name or barcode. `loss`: it is meant to be an inventory-loss place (contract 14)."""

    name: str
    loss: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """What holds at a place and all below it, as far as no nearer place says otherwise.

    `use` and `waste`: by reason, where the goods go (ward 24); the reason "" is not asked for. None: not said here.
    `strict`: negative stock is refused there (ward 3).
    """

    use: Mapping[str, Destination] | None = None
    waste: Mapping[str, Destination] | None = None
    quarantine: str = ""
    strict: bool | None = None


@dataclass(frozen=True, slots=True)
class Route:
    """Goods from one place (and below) to another travel through a transit location, in two steps (ward 27)."""

    source: str
    destination: str
    via: str


@dataclass(frozen=True, slots=True)
class Cold:
    """Degrees Celsius goods must have been kept at (ward 17)."""

    lowest: Decimal = Decimal(2)
    highest: Decimal = Decimal(8)

    def holds(self, reading: Decimal) -> bool:
        """Whether a thermometer's reading is in range."""
        return self.lowest <= reading <= self.highest


@dataclass(frozen=True, slots=True)
class Tolerance:
    """A count may differ from the book by so many base units or so many percent of it, whichever is more."""

    quantity: Decimal = Decimal(0)
    percent: Decimal = Decimal(0)

    def allows(self, counted: Decimal, book: Decimal) -> bool:
        """Whether the difference is small enough."""
        difference = abs(counted - book)
        return difference <= self.quantity or difference * 100 <= self.percent * abs(book)


@dataclass(frozen=True, slots=True)
class Policy:
    """A site's decisions. `shelf_life_days` is what a receipt must still have, else a person is asked (ward 13).

    Up to `over_receipt_percent` above the order anyone who receives may say yes, beyond it a supervisor (ward 33).
    `ask_delivery_note`: no delivery is finished before its vendor's number, or that it has none, is said (ward 18).
    `blind_receiving` hides what is expected, so that people count what came (design 7).
    `may` are the acts of which the site says otherwise than the table `MAY`; acts in `two_people` need an approver
    who is another person than the actor, also where the actor's own role would do (ward 33).
    `count_reasons` are offered for what a count found missing or too many, `adjustment` is where that is booked.
    Categories are written by Odoo's complete name, and include those below.
    """

    time_zone: str = "UTC"
    shelf_life_days: int = 90
    over_receipt_percent: Decimal = Decimal(10)
    blind_receiving: bool = False
    ask_delivery_note: bool = False
    shelf_life_days_of: Mapping[str, int] = field(default_factory=dict)
    count_tolerance: Mapping[Role, Tolerance] = field(default_factory=dict)
    apply_counts: bool = False
    count_reasons: tuple[str, ...] = ()
    adjustment: str = ""
    places: Mapping[str, Place] = field(default_factory=dict)
    transit: tuple[Route, ...] = ()
    relabel: str = ""
    cold_chain: Mapping[str, Cold] = field(default_factory=dict)
    controlled: tuple[str, ...] = ()
    may: Mapping[Act, frozenset[Role]] = field(default_factory=dict)
    two_people: frozenset[Act] = frozenset()
    idle_lock_minutes: int = 5
    shift_hours: int = 12
    alarm_hours: int = 24
    unread: tuple[str, ...] = ()
    """Keys of a file of schema 1 that meant nothing then, and do not now: whoever reads the file is told them."""

    @classmethod
    def read(cls, path: Path) -> "Policy":
        """The file's policy, or the defaults where there is none. A file nobody can follow is refused in words.

        Raises WardstockError("policy_unreadable"): `why` says of each thing where it stands and what is allowed.
        """
        if not path.exists():
            return cls()
        try:
            text = path.read_text(encoding="utf-8-sig")
        except (OSError, ValueError) as error:
            raise WardstockError("policy_unreadable", path=str(path), why=str(error)) from error
        return cls.parse(text, str(path))

    @classmethod
    def parse(cls, text: str, path: str) -> "Policy":
        """The policy of a text that is called `path`. Raises WardstockError("policy_unreadable")."""
        try:
            raw = json.loads(text, parse_float=Decimal, object_pairs_hook=once)
        except (Twice, ValueError, RecursionError) as error:
            raise WardstockError("policy_unreadable", path=path, why=str(error)) from error
        entry = Entry(raw)
        policy = cls._from(entry)
        if entry.wrong:
            raise WardstockError("policy_unreadable", path=path, why="\n".join(map(str, entry.wrong)))
        return policy

    @classmethod
    def _from(cls, entry: Entry) -> "Policy":
        if not isinstance(entry.value, dict):
            return entry.refuse("an object", cls())
        schema = entry.value.get("schema")
        if schema == 1 and schema is not True:
            known = {name: entry.value[name] for name in _BEFORE if name in entry.value}
            unread = tuple(name for name in entry.value if name not in {*_BEFORE, "schema", NOTE})
            return cls(**_read(Entry(known, "", entry.wrong)), unread=unread)
        if schema != SCHEMA:
            return Entry(schema, "schema", entry.wrong).refuse(f"{SCHEMA} (or 1, of earlier versions)", cls())
        return cls(**_read(entry))

    @property
    def ignored(self) -> Mapping[str, object]:
        """The facts of `policy_ignored`."""
        return {"keys": ", ".join(self.unread)}

    @property
    def names_anything(self) -> bool:
        """Whether it names places or categories of Odoo."""
        places = (self.places, self.transit, self.relabel, self.adjustment)
        return any((*places, self.cold_chain, self.controlled, self.shelf_life_days_of))

    def day_of(self, moment: datetime) -> date:
        """The day at the site: expiry is judged in it, not in UTC (design 13.4)."""
        return moment.astimezone(ZoneInfo(self.time_zone)).date()

    def roles_of(self, act: Act) -> frozenset[Role]:
        """Who may do it here: the table, where the site does not say otherwise."""
        return self.may.get(act, MAY[act])

    def acts_of(self, role: Role) -> frozenset[Act]:
        """What a role may do here."""
        return frozenset(act for act in Act if role in self.roles_of(act))

    def person(self, name: str, role: Role) -> Person:
        """Somebody with the rights their role has here."""
        return Person(name, role, self.acts_of(role))


def _read(entry: Entry) -> dict[str, Any]:
    """The fields a file says something of. Any: each is read by its own reader."""
    members = entry.members(("schema", *_READERS))
    return {name: _READERS[name](member) for name, member in members.items() if name != "schema"}


def _zone(entry: Entry) -> str:
    name = entry.text(_A_ZONE)
    try:
        return ZoneInfo(name or "UTC").key
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: the name of a folder
        return entry.refuse(_A_ZONE, "UTC")


def _places(entry: Entry) -> dict[str, Place]:
    return {name: _place(one) for name, one in entry.named(f"{_A_PLACE}, then what holds there").items()}


def _place(entry: Entry) -> Place:
    said = entry.members(("use", "waste", "quarantine", "strict"))
    return Place(
        use=_destinations(said["use"]) if "use" in said else None,
        waste=_destinations(said["waste"]) if "waste" in said else None,
        quarantine=said["quarantine"].text(_A_PLACE) if "quarantine" in said else "",
        strict=said["strict"].flag() if "strict" in said else None,
    )


def _destinations(entry: Entry) -> dict[str, Destination]:
    """By reason; one place alone is for goods whose reason is not asked for; null says that it is not done here."""
    if entry.value is None:
        return {}
    if isinstance(entry.value, str) or (isinstance(entry.value, dict) and "to" in entry.value):
        return {"": _destination(entry)}
    return {reason: _destination(one) for reason, one in entry.named(f"a reason, then {_A_PLACE}").items()}


def _destination(entry: Entry) -> Destination:
    if not isinstance(entry.value, dict):
        return Destination(entry.text(f'{_A_PLACE}, or {{"to": …, "loss": true}}'))
    said = entry.members(("to", "loss"))
    if "to" not in said:
        entry.refuse(f'{_A_PLACE} as "to"', None)
    return Destination(said["to"].text(_A_PLACE) if "to" in said else "", "loss" in said and said["loss"].flag())


def _routes(entry: Entry) -> tuple[Route, ...]:
    return tuple(_route(one) for one in entry.each('{"from": …, "to": …, "via": …}'))


def _route(entry: Entry) -> Route:
    said = entry.members(("from", "to", "via"))
    if isinstance(entry.value, dict) and (absent := [name for name in ("from", "to", "via") if name not in said]):
        entry.refuse(f"{_A_PLACE} as {', '.join(absent)}", None)
    return Route(*(said[name].text(_A_PLACE) if name in said else "" for name in ("from", "to", "via")))


def _cold(entry: Entry) -> dict[str, Cold]:
    """Categories alone are kept at 2 to 8 °C; else each with its own range."""
    if isinstance(entry.value, list):
        return dict.fromkeys(_categories(entry), Cold())
    return {name: _range(one) for name, one in entry.named(f"{_A_CATEGORY}, then its range").items()}


def _range(entry: Entry) -> Cold:
    match [one.amount(-273, 100) for one in entry.each(_A_RANGE)]:
        case [lowest, highest] if lowest <= highest:
            return Cold(lowest, highest)
        case _:
            return entry.refuse(_A_RANGE, Cold()) if isinstance(entry.value, list) else Cold()


def _tolerances(entry: Entry) -> dict[Role, Tolerance]:
    return {role: _tolerance(one) for role, one in _by(Role, entry).items()}


def _tolerance(entry: Entry) -> Tolerance:
    said = entry.members(("quantity", "percent"))
    return Tolerance(
        said["quantity"].amount(0, 1_000_000) if "quantity" in said else Decimal(0),
        said["percent"].amount(0, 100) if "percent" in said else Decimal(0),
    )


def _may(entry: Entry) -> dict[Act, frozenset[Role]]:
    said = {act: _words(Role, one, "roles") for act, one in _by(Act, entry).items()}
    if Role.SUPERVISOR not in said.get(Act.MANAGE_PEOPLE, {Role.SUPERVISOR}):
        entry.refuse("supervisor among those who may manage_people: else nobody could undo it", None)
    return said


def _by(kind: type[E], entry: Entry) -> dict[E, Entry]:
    """Members whose keys are words of an enum."""
    return {kind(name): one for name, one in entry.members(list(kind)).items()}


def _words(kind: type[E], entry: Entry, allowed: str) -> frozenset[E]:
    words = (one.one_of(list(kind)) for one in entry.each(allowed))
    return frozenset(kind(word) for word in words if word is not None)


def _categories(entry: Entry) -> tuple[str, ...]:
    return _texts(entry, _CATEGORIES, _A_CATEGORY)


def _texts(entry: Entry, what: str, each: str) -> tuple[str, ...]:
    return tuple(text for one in entry.each(what) if (text := one.text(each)))


_A_ZONE: Final = "the IANA name of a time zone, as Europe/Lisbon"
_A_PLACE: Final = "a place's complete name or barcode"
_A_CATEGORY: Final = "a product category's complete name"
_A_RANGE: Final = "two temperatures in °C, the lowest first"
_CATEGORIES: Final = "complete names of product categories"

_READERS: Final[Mapping[str, Callable[[Entry], Any]]] = {
    "time_zone": _zone,
    "shelf_life_days": lambda entry: entry.whole(0, 3650),
    "over_receipt_percent": lambda entry: entry.amount(0, 1000),
    "ask_delivery_note": lambda entry: entry.flag(),
    "blind_receiving": lambda entry: entry.flag(),
    "shelf_life_days_of": lambda entry: {
        name: one.whole(0, 3650) for name, one in entry.named(f"{_A_CATEGORY}, then days").items()
    },
    "count_tolerance": _tolerances,
    "apply_counts": lambda entry: entry.flag(),
    "count_reasons": lambda entry: _texts(entry, "reasons", "a reason, in a few words"),
    "adjustment": lambda entry: entry.text(_A_PLACE),
    "places": _places,
    "transit": _routes,
    "relabel": lambda entry: entry.text(_A_PLACE),
    "cold_chain": _cold,
    "controlled": _categories,
    "may": _may,
    "two_people": lambda entry: _words(Act, entry, "acts"),
    "idle_lock_minutes": lambda entry: entry.whole(1, 240),
    "shift_hours": lambda entry: entry.whole(1, 48),
    "alarm_hours": lambda entry: entry.whole(1, 720),
}
"""The keys of a file, and how each is read."""
