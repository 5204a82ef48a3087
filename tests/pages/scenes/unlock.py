"""A device that is shut: its passphrase is asked for, was wrong, is chosen; or its keyring is locked."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from client.pages.unlock import UnlockPage
from client.pages.window import Look
from client.settings import Profile
from sync.errors import WardstockError
from sync.keys import Place, ring, sealed
from sync.keys.sealed import Cost
from tests.pages.scenes.scene import Opener, Scene

WORDS = "four words of the ward"


@contextmanager
def without_keyring() -> Iterator[None]:
    """A machine without a keyring; a look at a passphrase costs nothing."""
    before, rings = sealed.COST, ring.rings
    sealed.COST, ring.rings = Cost(1, 64, 1), list  # type: ignore[misc]  # back as they were below
    try:
        yield
    finally:
        sealed.COST, ring.rings = before, rings  # type: ignore[misc]


@contextmanager
def sealed_device(folder: Path) -> Iterator[Profile]:
    """A device whose key is sealed by `WORDS`, on a machine without a keyring."""
    with without_keyring():
        Profile(folder).with_place(Place.PASSPHRASE, WORDS).open_or_create().close()
        yield Profile(folder)


def _page(act: Callable[[UnlockPage], None], *, new: bool = False, trouble: WardstockError | None = None) -> Opener:
    @contextmanager
    def open_(look: Look) -> Iterator[UnlockPage]:
        with tempfile.TemporaryDirectory() as folder, sealed_device(Path(folder) / "device") as device:
            page = UnlockPage(Profile(Path(folder) / "new") if new else device, look, trouble)
            act(page)
            yield page
            page.end()

    return open_


def _typed(page: UnlockPage) -> None:
    page.write("passphrase", WORDS)


def _wrong(page: UnlockPage) -> None:
    page._failed(WardstockError("passphrase_wrong", seconds=0, left=3))


def _waits(page: UnlockPage) -> None:
    page._failed(WardstockError("passphrase_wrong", seconds=300, left=0))


def _differ(page: UnlockPage) -> None:
    page.write("passphrase", WORDS)
    page.write("again", "four words of the war")
    page.act()


def _nothing(_page: UnlockPage) -> None:
    pass


SCENES = (
    Scene("unlock", _page(_nothing), main=True),
    Scene("unlock-typed", _page(_typed)),
    Scene("unlock-wrong", _page(_wrong)),
    Scene("unlock-waits", _page(_waits)),
    Scene("unlock-choose", _page(_nothing, new=True), main=True),
    Scene("unlock-differ", _page(_differ, new=True)),
    Scene("unlock-locked", _page(_nothing, trouble=WardstockError("keyring_locked")), main=True),
)
