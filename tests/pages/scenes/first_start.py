"""A device that nobody has connected yet, led step by step to its first day of work."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from client.pages.setup import SetupPage
from client.pages.window import Look
from client.settings import Profile
from client.work.site.people import Role
from client.work.site.pin import hashed
from tests.pages.first_day import FirstDay, first_day, shared_ward
from tests.pages.scenes.scene import Opener, Scene
from tests.pages.scenes.unlock import without_keyring

_RULES = '{"schema": 2, "time_zone": "Europe/Lisbon", "places": {"Hospital/Day clinic": {"use": "LOC-CONSUMED"}}}'


def _begun(act: Callable[[FirstDay], None]) -> Opener:
    @contextmanager
    def open_(look: Look) -> Iterator[SetupPage]:
        with (
            tempfile.TemporaryDirectory() as folder,
            first_day(Path(folder) / "device", shared_ward(), look) as day,
        ):
            act(day)
            yield day.page

    return open_


def _form(day: FirstDay) -> None:
    day.page.choose("form")
    day.page.write("url", "http://odoo.hospital.example/web")
    day.page.write("database", "hospital")
    day.page.act()


def _confirm(day: FirstDay) -> None:
    sheet = {"url": "https://odoo.hospital.example", "database": "hospital", "places": ("CS/Stock",), "policy": _RULES}
    day.scan(day.sheet(**sheet))


@contextmanager
def _passphrase(look: Look) -> Iterator[SetupPage]:
    """On a machine without a keyring, which asks once where the key of the data is kept."""
    with (
        without_keyring(),
        tempfile.TemporaryDirectory() as folder,
        first_day(Path(folder), shared_ward(), look) as day,
    ):
        day.on.profile = Profile(Path(folder) / "device")
        _confirm(day)
        day.page.act()
        yield day.page


def _key(day: FirstDay) -> None:
    day.scan(day.sheet(login="ward.device"))
    day.page.act()
    day.page.write("key", "0123456789abcdef0123456789abcdef01234567")


def _tested(day: FirstDay) -> None:
    day.asked()


def _rights(day: FirstDay) -> None:
    day.asked("plain")


def _databases(day: FirstDay) -> None:
    day.scan(day.sheet(database="hospital", key=day.ward.keys["storekeeper"]))
    day.page.act()
    day.settles("test", way=f"database:{day.ward.database}")


def _no_server(day: FirstDay) -> None:
    day.scan(day.sheet(url="http://127.0.0.1:9", key=day.ward.keys["storekeeper"]))
    day.page.act()
    day.settles("test", fact="nobody_there")


def _places(day: FirstDay) -> None:
    day.asked()
    day.page.act()
    day.scan("LOC-CS-A")
    day.scan("LOC-WARD3A")


def _rules(day: FirstDay) -> None:
    day.scan(day.sheet(key=day.ward.keys["storekeeper"], policy=_RULES))
    day.page.act()
    day.settles("test")
    day.page.act()
    day.page.act()


def _fetched(day: FirstDay) -> None:
    day.belongs()


def _paused(day: FirstDay) -> None:
    day.asked()
    for _ in range(3):
        day.page.act()
    day.page.act()
    day.settles("fetch")


def _scanner(day: FirstDay) -> None:
    day.belongs()
    day.page.act()


def _port(day: FirstDay) -> None:
    _scanner(day)
    day.page.tested.choosePort()


def _nobody(day: FirstDay) -> None:
    _scanner(day)
    day.page.act()


def _people(day: FirstDay) -> None:
    _nobody(day)
    assert day.on.store
    for name, role in (("Ana Sousa", Role.SUPERVISOR), ("Theo Rey", Role.NURSE)):
        day.on.store.people.add(name, role, day.on.clock.now(), "", pin=hashed("4711"))
    day.page._tell()


def _person(day: FirstDay, until: str = "name") -> None:
    _nobody(day)
    day.page.choose("add")
    enlist = day.page._enlist
    assert enlist
    enlist.write("Ana Sousa")
    if until == "name":
        return
    enlist.act()
    if until == "role":
        return
    enlist.choose("supervisor")
    if until == "badge":
        return
    day.scan("BADGE-0042")
    for key in "47":
        enlist.typed.type(key)


SCENES = (
    Scene("start", _begun(lambda _day: None), main=True),
    Scene("setup-form", _begun(_form)),
    Scene("setup-confirm", _begun(_confirm), main=True),
    Scene("setup-passphrase", _passphrase),
    Scene("setup-key", _begun(_key)),
    Scene("setup-tested", _begun(_tested), main=True),
    Scene("setup-rights", _begun(_rights)),
    Scene("setup-databases", _begun(_databases)),
    Scene("setup-no-server", _begun(_no_server)),
    Scene("setup-places", _begun(_places), main=True),
    Scene("setup-rules", _begun(_rules)),
    Scene("setup-paused", _begun(_paused)),
    Scene("setup-fetched", _begun(_fetched), main=True),
    Scene("setup-scanner", _begun(_scanner)),
    Scene("setup-port", _begun(_port)),
    Scene("setup-nobody", _begun(_nobody)),
    Scene("setup-people", _begun(_people)),
    Scene("setup-person", _begun(_person)),
    Scene("setup-role", _begun(lambda day: _person(day, "role"))),
    Scene("setup-badge", _begun(lambda day: _person(day, "badge"))),
    Scene("setup-pin", _begun(lambda day: _person(day, "pin"))),
)
