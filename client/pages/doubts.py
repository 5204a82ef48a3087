"""Codes of a picture that a person compares with the pack, each with the part of the picture it was read from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from client.pages.pictures import LIVE, PROVIDER, Shelf, cut_out
from client.pages.rows import Rows
from client.words import sight as words

if TYPE_CHECKING:
    from client.barcode.agreement import Code


@dataclass(frozen=True, slots=True)
class Doubt:
    """A code a person must look at, as a row. `picture` is the part of the picture it was read from."""

    key: str
    code: str
    kind: str
    picture: str


class Doubts:
    """`codes` are those not yet answered, by key. Their parts of a picture stand on the shelf."""

    def __init__(self, shelf: Shelf, parent: QObject) -> None:
        self.rows = Rows(Doubt, parent)
        self.codes: Mapping[str, Code] = {}
        self._shelf = shelf
        self._numbered = 0

    def add(self, codes: "Iterable[Code]", image: QImage) -> None:
        """Compare these too; the same text is compared once."""
        for code in codes:
            if any(code.seen.data == other.seen.data for other in self.codes.values()):
                continue
            self._numbered += 1
            key = f"cut{self._numbered}"
            self._shelf.put(key, cut_out(image, code.seen.corners))
            self.codes = {**self.codes, key: code}
        self._show()

    def chosen(self, key: str) -> "Code":
        """It is printed so. Of what else the picture had, only what was sure can still be chosen."""
        code = self.codes[key]
        self.codes = {other: one for other, one in self.codes.items() if one.sure and other != key}
        self._show()
        return code

    def forget(self) -> None:
        """Nothing of them is kept."""
        self.codes = {}
        self._shelf.clear(keep=LIVE)
        self._show()

    def _show(self) -> None:
        self.rows.show(
            [
                Doubt(key, code.seen.text, words.kind(code.seen.format, sure=code.sure), f"image://{PROVIDER}/{key}")
                for key, code in self.codes.items()
            ]
        )
