"""What a person should know although nothing stops: a key near its end, a clock that is wrong. Each is said once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sync.clock import LEAP, Clock
from sync.connection import learn_clock, site_zone
from sync.odoo.probe import key_expires_at
from sync.odoo.wire.errors import Family, OdooError
from sync.odoo.wire.session import Session
from sync.store import Store

WARN_BEFORE = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Notice:
    """The code of a sentence and what fills it: plain values."""

    code: str
    facts: Mapping[str, object]


def notices(store: Store, session: Session, clock: Clock) -> tuple[Notice, ...]:
    """What is new to say after a pass that reached Odoo. Never raises for the network.

    A key near its end is said once a day, a clock once a boot.
    """
    return (*_of_the_key(store, session, clock.now()), *_of_the_clocks(store, session))


def known(store: Store, clock: Clock) -> Iterator[Notice]:
    """What holds now, whether it was said before or not; nobody is asked."""
    now, zone = clock.now(), site_zone(store)
    ends, there = _key_end(store, now), store.device.server_time(clock.moment())
    if ends:
        yield Notice("key_ends_soon", _end(ends, now, zone))
    if there and abs(there - now) > LEAP:
        yield Notice("device_clock_wrong", _hours(now, there, zone))


def _of_the_key(store: Store, session: Session, now: datetime) -> Iterator[Notice]:
    zone = site_zone(store)
    today = now.astimezone(zone).date()
    if store.device.tell_once("key_asked", today.isoformat()):
        _ask_for_the_end(store, session)
    ends = _key_end(store, now)
    if ends and store.device.tell_once("key_ends_soon", today.isoformat()):
        yield Notice("key_ends_soon", _end(ends, now, zone))


def _ask_for_the_end(store: Store, session: Session) -> None:
    try:
        store.device.settle_key_end(key_expires_at(session))
    except OdooError as error:
        if error.family is not Family.RIGHTS:
            store.device.over("key_asked")


def _of_the_clocks(store: Store, session: Session) -> Iterator[Notice]:
    told = session.server_time
    if told is None:
        return
    believed, zone = learn_clock(store, session), site_zone(store)
    facts, boot = _hours(told.wall, told.at, zone), session.clock.boot_id
    for code, holds in (
        ("server_clock_odd", not believed),
        ("device_clock_wrong", believed and abs(told.at - told.wall) > LEAP),
    ):
        if not holds:
            store.device.over(code)
        elif store.device.tell_once(code, boot):
            yield Notice(code, facts)


def _key_end(store: Store, now: datetime) -> datetime | None:
    """When a key of this device's user ends, as Odoo last told, if that is soon."""
    ends = store.device.key_ends_at()
    return ends if ends and now < ends <= now + WARN_BEFORE else None


def _end(ends: datetime, now: datetime, zone: ZoneInfo) -> Mapping[str, object]:
    return {"day": ends.astimezone(zone).date(), "days": (ends - now).days}


def _hours(device: datetime, server: datetime, zone: ZoneInfo) -> Mapping[str, object]:
    return {name: f"{at.astimezone(zone):%Y-%m-%d %H:%M}" for name, at in (("device", device), ("server", server))}
