"""Where the key of the store is kept: `wardstock key where` and `wardstock key move`."""

from typing import TYPE_CHECKING, Any

import click

from client.command import Asked, common, now, pass_asked
from sync.errors import WardstockError

if TYPE_CHECKING:
    from sync.keys import Where

PLACES = click.Choice(["keyring", "passphrase", "file"])
"""As `sync.keys.Place`."""


@click.command()
@common
@pass_asked
def where(asked: Asked) -> None:
    """Where the key of this device's data is kept, and what that protects from."""
    profile = asked.profile()
    if not profile.database.exists():
        raise WardstockError("not_enrolled")
    found = profile.key.where()
    asked.tell(told(found), lines(found))


@click.command()
@common
@click.argument("place", type=PLACES)
@pass_asked
def move(asked: Asked, place: str) -> None:
    """Keep the key of this device's data in the keyring, sealed by a passphrase, or in a 0600 file.

    It can be read at every moment of it, and is in one place at the end. To the passphrase again: a new one.
    """
    from client.words import keys
    from sync.keys import Place

    profile, to = asked.profile(), Place(place)
    moved = profile.move_key(to, now())
    said = [keys.MOVED[to], keys.COPIES[to]] if moved else [keys.THERE[to]]
    asked.tell({"moved": moved, **told(profile.key.where())}, filter(None, said))


def told(found: "Where") -> dict[str, Any]:
    """For scripts; what a person would be told stands in `text`."""
    return {"place": found.place, "leftover": found.leftover, "warning": found.warning, "text": lines(found)}


def lines(found: "Where") -> list[str]:
    """The same for people."""
    from client.words import keys

    return [sentence for _, sentence in keys.lines(found)]
