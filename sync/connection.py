"""From what the device knows of its Odoo to a session with it."""

import logging
from zoneinfo import ZoneInfo

from sync.clock import Clock
from sync.errors import WardstockError
from sync.odoo.reading.reach import Reach
from sync.odoo.untested import look_closely
from sync.odoo.wire.session import Server, Session
from sync.store import Store
from sync.store.device import Enrolment
from sync.transaction import Moment

log = logging.getLogger(__name__)


def connect(store: Store, clock: Clock) -> Session:
    """A session with the Odoo this device belongs to. Raises WardstockError("not_enrolled")."""
    enrolment, key = store.device.enrolment(), store.device.odoo_key()
    if enrolment is None or key is None:
        raise WardstockError("not_enrolled")
    return Session(server_of(enrolment, key), clock=clock)


def server_of(enrolment: Enrolment, key: str) -> Server:
    """The Odoo a device belongs to, with what it learned there: neither who it is nor the dialect is asked again."""
    return Server(
        enrolment.url,
        enrolment.database,
        key,
        enrolment.company_id,
        enrolment.login,
        user_id=enrolment.uid,
        older=not enrolment.capabilities.get("json2", True),
    )


def site_zone(store: Store) -> ZoneInfo:
    """The site's time zone: days of expiry are its days (design 13.4)."""
    enrolment = store.device.enrolment()
    return ZoneInfo(enrolment.timezone if enrolment and enrolment.timezone else "UTC")


def reach_of(store: Store) -> Reach:
    """What of Odoo concerns this device: its company, and the places it serves (design 6)."""
    enrolment = store.device.enrolment()
    return Reach(enrolment.company_id, enrolment.location_ids) if enrolment else Reach()


def learn_clock(store: Store, session: Session) -> bool:
    """Keep what the last answer told about this boot's clock. False: what it told is not believed (design 13.4)."""
    told = session.server_time
    return told is None or store.device.measured(Moment(told.wall, told.seconds, session.clock.boot_id), told.at)


def learn_version(store: Store, session: Session) -> None:
    """Keep which Odoo answers there now; another one than before that nobody tested is looked at closely first.

    Raises `OdooError`: not reached, no Odoo, version_unfit.
    """
    enrolment = store.device.enrolment()
    if enrolment is None or enrolment.server_version == session.version:
        return
    look_closely(session)
    can = session.can
    known = {"major": can.major, "tested": can.tested, "json2": can.json2}
    store.device.settle_version(session.version, {**enrolment.capabilities, **known})
    log.info("Odoo was %s, is %s", enrolment.server_version, session.version)
