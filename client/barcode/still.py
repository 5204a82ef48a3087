"""The codes of a still picture, from a file or the clipboard: the ladder of retries, then a second opinion."""

from collections.abc import Callable
from itertools import chain
from pathlib import Path

from zxingcpp import BarcodeFormat as Format

from client.barcode.agreement import Code, outcome, settled
from client.barcode.image import EVERY, Seen, View
from client.barcode.ladder import flat, looks, scaled
from client.barcode.opencv import Picture
from client.barcode.picture import grey, read_picture
from client.barcode.second import second_look


def stills(
    source: Path | bytes,
    known: Callable[[str], bool] = lambda _: False,
    *,
    upc_e: bool = False,
    second: bool = True,
) -> list[Code]:
    """The codes of a picture. Of one with several pages or frames: of the first.

    A linear code is sure only where `known`, the catalogue's answer to a text, says so, and only from the first look.
    Raises WardstockError: picture_missing, picture_unreadable, picture_too_large.
    """
    picture = read_picture(source) if isinstance(source, Path) else grey(source)
    return codes_of(picture, known, upc_e=upc_e, second=second)


def codes_of(
    picture: Picture, known: Callable[[str], bool] = lambda _: False, *, upc_e: bool = False, second: bool = True
) -> list[Code]:
    """As `stills`, of a picture in memory. Without `second`, zxing-cpp alone is asked."""
    seen: list[list[Seen]] = []
    for look in looks(picture, (*EVERY, Format.UPCE) if upc_e else EVERY):
        seen.append(look)
        if settled(seen):
            break
    else:
        seen += [_second_opinion(picture)] if second else []
    return outcome(chain.from_iterable(seen), known)


def _second_opinion(picture: Picture) -> list[Seen]:
    small = scaled(View(picture), 1)
    flat_one = scaled(View(flat(small.picture), small.back), 2)
    return second_look(small, "second") or second_look(flat_one, "second-flat-2x")
