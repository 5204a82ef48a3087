"""Connecting a device to its Odoo: look first, say what was found, and only then belong to it (design 8)."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from client.work.site.people import Role
from client.work.site.places import narrower
from client.work.site.plan import SitePlan
from client.work.site.policy import Policy
from sync.clock import LEAP, Clock
from sync.connection import server_of
from sync.errors import WardstockError
from sync.odoo.probe import ServerFacts, probe
from sync.odoo.reading import pulls
from sync.odoo.reading.places import places
from sync.odoo.reading.reach import Reach
from sync.odoo.wire.errors import Family, OdooError
from sync.odoo.wire.line import ServerTime
from sync.odoo.wire.session import Server, Session
from sync.stock import Category, Location
from sync.store import Store
from sync.store.device import Enrolment
from sync.transaction import Moment


@dataclass(frozen=True, slots=True)
class Wish:
    """Where a person wants the device to belong. The key is never shown; `timezone` is the site's (IANA name).

    `places` are names or barcodes of the places it serves, with all below; none: all of the company.
    """

    url: str
    database: str
    key: str = field(repr=False)
    login: str = ""
    company_id: int | None = None
    person: str = ""
    timezone: str = ""
    role: Role = Role.STOREKEEPER
    places: tuple[str, ...] = ()
    policy: Policy = field(default_factory=Policy)


@dataclass(frozen=True, slots=True)
class Found:
    """What answers there, what its clock says, which places the wished ones are, and the site's policy bound to it.

    `known` are the places there, as far as they were read.
    """

    facts: ServerFacts
    time: ServerTime | None
    location_ids: tuple[int, ...] = ()
    plan: SitePlan = field(default_factory=lambda: SitePlan(Policy()))
    known: tuple[Location, ...] = ()

    @property
    def clock_off(self) -> timedelta:
        """How far this device's clock is from the server's; nothing where both show the same time (design 13.4)."""
        off = abs(self.time.at - self.time.wall) if self.time else timedelta(0)
        return off if off > LEAP else timedelta(0)


@dataclass(frozen=True, slots=True)
class Watch:
    """Who waits for the answer: `opened` gets the session, to cut it from another thread, `came` what is known so far.

    `came`: "server" with its version, "user" with the name, "places" with how many.
    """

    opened: Callable[[Session], None] = lambda _session: None
    came: Callable[[str, str], None] = lambda _what, _which: None
    all_places: bool = False


NOBODY: Final = Watch()


def look(wish: Wish, clock: Clock, watch: Watch = NOBODY) -> Found:
    """Ask that Odoo everything. Raises WardstockError: http_refused, login_differs, location_…, or an `OdooError`."""
    with Session(Server(wish.url, wish.database, wish.key, wish.company_id, wish.login), clock=clock) as session:
        watch.opened(session)
        watch.came("server", session.version)
        facts = probe(session)
        watch.came("user", facts.user_name)
        if wish.login and facts.login != wish.login:
            raise WardstockError("login_differs", login=facts.login, expected=wish.login)
        if facts.missing:
            return Found(facts, session.server_time, plan=SitePlan(wish.policy))
        reach = Reach(facts.company_id)
        served, there = places(session, reach, wish.places), _There(session, reach)
        known = tuple(there.all()) if watch.all_places else ()
        watch.came("places", str(len(known)))
        return Found(facts, session.server_time, served, SitePlan.of(wish.policy, there), known)


def databases(url: str, clock: Clock) -> tuple[str, ...]:
    """Which databases there are, where that Odoo tells everybody. Raises WardstockError: http_refused, `OdooError`."""
    with Session(Server(url, "", _NO_KEY), clock=clock) as session:
        return session.databases()


_NO_KEY: Final = "-"
"""Stands where a key would: the question is asked without one."""


class _There:
    """Places and categories of an Odoo nothing was pulled of yet: read when first asked for."""

    def __init__(self, session: Session, reach: Reach) -> None:
        self._session = session
        self._reach = reach
        self._places: list[Location] | None = None

    def one_moment(self) -> AbstractContextManager[None]:
        return nullcontext()

    def location_by_barcode(self, text: str) -> Location | None:
        return next((place for place in self.all() if place.barcode == text), None)

    def location_by_name(self, text: str) -> Location | None:
        named = [place for place in self.all() if place.name.casefold() == text.casefold()]
        return named[0] if len(named) == 1 else None

    def locations_called(self, text: str) -> list[Location]:
        return [place for place in self.all() if place.complete_name.casefold() == text.casefold()]

    def children(self, location_id: int) -> list[Location]:
        [above] = [place.parent_path for place in self.all() if place.id == location_id]
        return [one for one in self.all() if one.parent_path.startswith(above) and one.id != location_id]

    def categories(self) -> list[Category]:
        return [one for page in pulls.categories().pages(self._session) for one in page.records]

    def all(self) -> Iterable[Location]:
        if self._places is None:
            read = pulls.locations(self._reach).pages(self._session)
            self._places = [place for page in read for place in page.records]
        return self._places


def key_in(file: Path) -> str:
    """An API key from a file; it is never an argument, which other users of the machine could see.

    Raises WardstockError: key_not_readable, key_malformed, key_empty. None of them repeats what was read.
    """
    try:
        found = file.read_text(encoding="ascii").strip()
    except OSError as error:
        raise WardstockError("key_not_readable", file=file.name) from error
    except ValueError:
        raise WardstockError("key_malformed", file=file.name) from None  # the error holds what was read
    if not found:
        raise WardstockError("key_empty", file=file.name)
    if not found.isprintable() or " " in found:
        raise WardstockError("key_malformed", file=file.name)
    return found


def join(store: Store, wish: Wish, found: Found, clock: Clock) -> Enrolment:
    """Belong to it. Nothing may be missing there.

    Raises WardstockError: enrol_while_unsent, or places_while_unsent where the device would serve less than before.
    """
    facts, now = found.facts, clock.now()
    if facts.company_id is None or facts.missing:
        raise ValueError("that Odoo cannot be joined")
    enrolment = Enrolment(
        url=wish.url,
        database=wish.database,
        login=facts.login,
        uid=facts.user_id,
        company_id=facts.company_id,
        enrolled_at=now,
        company_name=dict(facts.companies)[facts.company_id],
        user_name=facts.user_name,
        person=wish.person or facts.user_name,
        server_version=facts.version,
        timezone=wish.timezone,
        role=wish.role,
        location_ids=found.location_ids,
        capabilities={
            "major": facts.major,
            "tested": facts.tested,
            "json2": facts.json2,
            "guard": facts.guard_holds,
            "stock_manager": facts.stock_manager,
            "modules": sorted(facts.modules),
            "key_expires_at": facts.key_expires_at.isoformat() if facts.key_expires_at else None,
        },
    )
    before = store.device.enrolment()
    less = before is not None and narrower(store.catalogue, before.location_ids, found.location_ids)
    store.device.enrol(enrolment, wish.key, narrower=less)
    if found.time:
        store.device.measured(Moment(found.time.wall, found.time.seconds, clock.boot_id), found.time.at)
    return enrolment


_TOO_LATE = frozenset({"ReadTimeout", "WriteTimeout", "PoolTimeout"})


def renew(store: Store, enrolment: Enrolment, key: str, clock: Clock) -> bool:
    """Keep a new key if it belongs to the same user; False when Odoo could not be asked (design 8).

    Only a line that never stood, or an answer that did not come in time, says nothing about the key. After anything
    else the old key stays. Raises WardstockError: key_of_another, key_malformed, or an `OdooError`.
    """
    try:
        with Session(server_of(enrolment, key), clock=clock) as session:
            uid = _uid(session.call("res.users", "context_get"))
    except OdooError as error:
        if error.family is not Family.NOT_REACHED and error.name not in _TOO_LATE:
            raise
        store.device.renew_key(key, clock.now())
        return False
    if uid != enrolment.uid:
        raise WardstockError("key_of_another", login=f"user {uid}", expected=enrolment.login)
    store.device.renew_key(key, clock.now())
    return True


def _uid(told: Any) -> int:
    if isinstance(told, dict) and isinstance(told.get("uid"), int):
        return int(told["uid"])
    raise OdooError(Family.CONFIG, code="not_an_odoo")
