"""Where the key of the store is kept, in words: for commands, and for the pages that tell of a device."""

from collections.abc import Iterator
from typing import Final

from client.words.tongue import Sentences, tr
from sync.keys import Place, Where

PLACES: Final = Sentences(
    {
        "keyring": "The key of this device's data is in the keyring of this account. Without it nobody reads the data.",
        "passphrase": "The key of this device's data is sealed by a passphrase, which is asked for at each start.",
        "file": (
            "The key of this device's data lies in a file beside the data: whoever takes the device can read it."
            " Encrypt the disk, or use: wardstock key move keyring"
        ),
    }
)
"""By place."""

MOVED: Final = Sentences(
    {
        "keyring": "From now on the key is in the keyring of this account, and nowhere else.",
        "passphrase": "From now on the key is sealed by the passphrase. Nobody can restore it without: keep it safe.",
        "file": "From now on the key lies in a file beside the data. It does not protect a stolen device.",
    }
)

COPIES: Final = Sentences(
    {
        "keyring": "Copies of this folder cannot be opened on another machine or by another account.",
        "passphrase": "Backups made before still open with what they hold themselves.",
        "file": "",
    }
)
"""What the move means for copies of the folder."""

THERE: Final = Sentences(
    {
        "keyring": "The key is in the keyring already.",
        "file": "The key is in the file already.",
    }
)

LEFT: Final = Sentences(
    {
        "keyring": "A move was cut short: a copy may still be in the keyring. It goes at the next start.",
        "passphrase": "A move was cut short: a sealed copy may still be in the folder. It goes at the next start.",
        "file": "A move was cut short: a copy may still be in a file. It goes at the next start.",
    }
)

WARNINGS: Final = Sentences(
    {
        "folder_of_another": "The folder of this device belongs to another account, which could replace what is in it.",
        "folder_writable_by_others": "Others may write in this device's folder. Take their rights away: chmod 700",
        "folder_readable_by_others": "Others may look into this device's folder. Take their rights away: chmod 700",
    }
)


def lines(where: Where) -> Iterator[tuple[str, str]]:
    """Each with its tone, `ok` or `ask`: the place always, then what should be mended."""
    yield "ask" if where.place is Place.FILE else "ok", PLACES[where.place]
    if where.leftover:
        yield "ask", LEFT[where.leftover]
    if where.warning:
        yield "ask", WARNINGS[where.warning]


UNLOCK: Final = Sentences(
    {
        "title": "The passphrase of this device, please",
        "hint": "It opens the data kept here. It is asked for once at each start.",
        "choose": "How is the data of this device protected?",
        "choose_hint": (
            "This computer has no keyring that works. Choose a passphrase of at least {shortest} characters: four"
            " words are good. It is asked for at each start, and nobody can restore it."
        ),
        "again": "The same once more",
        "shut": "The data of this device cannot be opened now",
        "shut_hint": "Nothing is lost. If it stays so, your administrator looks at: wardstock key where",
        "try": "Try again",
        "back": "Back",
        "close": "Close",
        "open": "Open",
        "opening": "Opening …",
        "protect": "Protect with this passphrase",
        "missing": "Type the passphrase",
        "again_missing": "Type it a second time",
        "differ": "The two are not the same.",
        "scanned": "A passphrase is typed, not scanned. Nothing of this scan was kept.",
        "file": "Keep the key in a file instead",
        "file_detail": "Starts without asking. Whoever takes the device can read everything on it.",
    }
)
"""The page that asks for the passphrase, or for a new one."""


def said(code: str, **facts: object) -> str:
    """A sentence of that page."""
    return UNLOCK[code].format_map(facts)


def prompt(which: str) -> str:
    """What the command line asks: `known` or `new`."""
    return tr("Passphrase of this device") if which == "known" else tr("New passphrase for this device")
