"""From what the device knows of its Odoo to a session with it."""

from zoneinfo import ZoneInfo

from sync.clock import Clock
from sync.errors import WardstockError
from sync.odoo.session import Server, Session
from sync.store import Store
from sync.transaction import Moment


def connect(store: Store, clock: Clock) -> Session:
    """A session with the Odoo this device belongs to. Raises WardstockError("not_enrolled")."""
    enrolment, key = store.device.enrolment(), store.device.odoo_key()
    if enrolment is None or key is None:
        raise WardstockError("not_enrolled")
    home = Server(enrolment.url, enrolment.database, key, enrolment.company_id, enrolment.login)
    return Session(home, clock=clock)


def site_zone(store: Store) -> ZoneInfo:
    """The site's time zone: days of expiry are its days (design 13.4)."""
    enrolment = store.device.enrolment()
    return ZoneInfo(enrolment.timezone if enrolment and enrolment.timezone else "UTC")


def learn_clock(store: Store, session: Session) -> bool:
    """Keep what the last answer told about this boot's clock. False: what it told is not believed (design 13.4)."""
    told = session.server_time
    return told is None or store.device.measured(Moment(told.wall, told.seconds, session.clock.boot_id), told.at)
