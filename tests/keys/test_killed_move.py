"""A move killed before each of its steps: the key is always where the profile says, and in the end only there.

A child process is ended without warning (`os._exit`) before the nth act on a file, for each n.
"""

import json
import os
import subprocess
import sys
from itertools import permutations
from pathlib import Path

import pytest

from sync.errors import WardstockError
from sync.keys import Asks, Place, StoreKey
from tests.keys.conftest import PASSPHRASE
from tests.keys.fake_ring import FakeRing, plug_in

MOVES = [*permutations(Place, 2), (Place.PASSPHRASE, Place.PASSPHRASE)]

_MOVE = """
import os, sys
from pathlib import Path

from sync.keys import Asks, Place, StoreKey, sealed
from sync.keys.sealed import Cost
from tests.keys.fake_ring import FakeRing, plug_in

folder, ring, begin, to, old, new = Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:]
sealed.COST = Cost(1, 64, 1)
plug_in(FakeRing(ring))
from argon2.low_level import Type
import cryptography.hazmat.primitives.ciphers.aead, uuid
armed, left = [False], [0]

def watch(event, args):
    if not armed[0] or event not in {"open", "os.rename", "os.remove"}:
        return
    if event == "open" and not (isinstance(args[2], int) and args[2] & os.O_CREAT):
        return
    if left[0] == 0:
        os._exit(9)
    left[0] -= 1

sys.addaudithook(watch)
for nth in range(60):
    os.makedirs(folder / str(nth), mode=0o700)
    here = StoreKey(folder / str(nth), Asks(lambda: old, lambda: old))
    key = here.create(Place(begin))
    (folder / f"{nth}.wanted").write_text(key.hex())
    pid = os.fork()
    if not pid:
        armed[0], left[0] = True, nth
        StoreKey(folder / str(nth), Asks(lambda: old, lambda: new)).move(Place(to), lambda key: None)
        os._exit(0)
    ended = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    print(nth, ended, flush=True)
    if ended == 0:
        break
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="each kill is a child of one process, which Windows cannot fork")
@pytest.mark.parametrize(("begin", "to"), MOVES)
def test_whenever_a_move_is_killed_the_key_is_where_the_profile_says(
    tmp_path: Path, keyring: FakeRing, begin: Place, to: Place
) -> None:
    new = "other words for the ward" if begin is to else PASSPHRASE
    words = [str(tmp_path / "devices"), str(keyring.file), begin, to, PASSPHRASE, new]
    told = subprocess.run(
        [sys.executable, "-c", _MOVE, *words],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    ).stdout.split()
    ends = list(map(int, told[1::2]))

    assert ends == [9] * (len(ends) - 1) + [0]
    assert len(ends) > 3
    for nth in range(len(ends)):
        _holds(tmp_path / "devices", nth, keyring, {PASSPHRASE, new})
    last = StoreKey(tmp_path / "devices" / str(len(ends) - 1), _asks(new))
    assert last.where().place is to


def _holds(devices: Path, nth: int, keyring: FakeRing, words: set[str]) -> None:
    """The key can be read where it is said to be; that done, it is nowhere else."""
    folder, wanted = devices / str(nth), (devices / f"{nth}.wanted").read_text()
    plug_in(keyring)
    said = StoreKey(folder).where()

    found = [_read(folder, one) for one in sorted(words)]
    assert wanted in found, (nth, said)

    entry = json.loads((folder / "key.json").read_text())["entry"] if (folder / "key.json").exists() else ""
    copies = {
        Place.FILE: wanted in "".join(_texts(folder, "store.key", "store.key.part")),
        Place.PASSPHRASE: bool(_texts(folder, "store.key.sealed", "store.key.sealed.part")),
        Place.KEYRING: wanted in keyring.secrets().values(),
    }
    assert [place for place, there in copies.items() if there] == [StoreKey(folder).where().place], nth
    assert bool(entry) == copies[Place.KEYRING]
    assert StoreKey(folder).where().leftover is None


def _read(folder: Path, words: str) -> str:
    """The key as it is read with these words; empty where they are the wrong ones."""
    try:
        return StoreKey(folder, _asks(words)).load().hex()
    except WardstockError as error:
        if error.code != "passphrase_wrong":
            raise
        return ""


def _asks(words: str) -> Asks:
    return Asks(lambda: words, lambda: words)


def _texts(folder: Path, *names: str) -> list[str]:
    return [(folder / name).read_text() for name in names if (folder / name).exists()]
