"""A page of the window as the shell knows it: what happens when somebody comes, goes, or presses back inside it."""

from collections.abc import Callable
from dataclasses import dataclass

from client.barcode.label import RawScan
from client.work.answer import Said


def _nothing() -> None:
    """Most pages need nothing."""


@dataclass(frozen=True, slots=True)
class Stop:
    """`come` fills the page before it is seen, `leave` is called when another comes up, `back` tells whether the page
    itself had something to go back from, `hears` whether a scan was meant for the page and for nothing else,
    `greets` whether who stands here now was told so on the page and stays there."""

    come: Callable[[], None] = _nothing
    leave: Callable[[], None] = _nothing
    back: Callable[[], bool] = lambda: False
    hears: Callable[[RawScan], bool] = lambda _raw: False
    greets: Callable[[Said], bool] = lambda _said: False
