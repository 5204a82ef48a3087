"""Whether this machine, or this bundle, can keep a key: keyrings are found, a sealed key opens."""

from importlib.metadata import entry_points, version
from pathlib import Path
from time import perf_counter
from typing import Final

from sync.errors import WardstockError
from sync.keys import ring
from sync.keys.sealed import Asks, SealedKey

_FOUND_BY: Final = "keyring.backends"
_BACKENDS: Final = frozenset({"Windows", "macOS", "SecretService", "libsecret", "KWallet"})


def check(folder: Path) -> str:
    """What keyrings answer here, without asking one to open, and what a passphrase costs.

    Raises ValueError saying what is missing: a bundle without the names of the backends would find no keyring anywhere.
    """
    named = {one.name: one for one in entry_points(group=_FOUND_BY)}
    if missing := _BACKENDS - named.keys():
        raise ValueError(f"keyrings that would not be found: {', '.join(sorted(missing))}")
    for name in sorted(_BACKENDS):
        named[name].load()
    answering = ", ".join(ring.called(one) for one in ring.rings()) or "none answers here"
    return f"keyring {version('keyring')}: {answering}; {_sealed(folder)}"


def _sealed(folder: Path) -> str:
    key, words = bytes(range(32)), "four words for a try"
    SealedKey(folder, Asks(new=lambda: words)).put(key)
    began = perf_counter()
    if SealedKey(folder, Asks(known=lambda: words)).get() != key:
        raise ValueError("a sealed key did not come back")
    took = perf_counter() - began
    try:
        SealedKey(folder, Asks(known=lambda: words + "!")).get()
    except WardstockError:
        return f"a passphrase takes {took * 1000:.0f} ms"
    raise ValueError("a wrong passphrase opens a sealed key")
