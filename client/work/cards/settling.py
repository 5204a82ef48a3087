"""What is settled, by whom and with what, and how the transaction that follows is made of the refused one.

It names the old one (`corrects`) and speaks of the same moment: the act is the same. Its uuid is made of the old one's
and the choice, so that a copy of this device that settles the same card the same way makes the same transaction
(design 13.1). A scanned line keeps its number, and with it its evidence and answers.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from sync.choices import Choice
from sync.stock import Location
from sync.store.catalogue import Catalogue
from sync.transaction import Answer, Kind, Line, Recount, Transaction, uuid_of

_QUESTIONS: Final = {"expiry_differs": "lot_two_dates"}
"""What the posting looks for, where that is not the refusal's own code."""
_BESIDE: Final = {Kind.RECEIPT: Kind.BLIND_RECEIPT, Kind.PLANNED_TRANSFER: Kind.TRANSFER}


@dataclass(frozen=True, slots=True)
class Settling:
    """A refused transaction and why, the way out, who takes it and when (UTC), and what is known here.

    `value` is what the way needs: a lot, a shelf, whose. `quarantine` says where goods from a place are put aside,
    `earlier` gives a transaction and the facts it was refused with.
    """

    was: Transaction
    code: str
    facts: Mapping[str, Any]
    choice: Choice
    value: str
    person: str
    now: datetime
    catalogue: Catalogue
    quarantine: Callable[[Location], Location | None]
    earlier: Callable[[str], tuple[Transaction, Mapping[str, Any]] | None]

    @property
    def line(self) -> Line | None:
        """The line the refusal speaks of."""
        return next((line for line in self.was.lines if line.number == self.facts.get("line")), None)


@dataclass(frozen=True, slots=True)
class Instead:
    """What takes the place of a refused transaction. Without transactions and shelves it only ends.

    The transactions have no `reference` yet: numbers are given when they are queued.
    """

    transactions: tuple[Transaction, ...] = ()
    recounts: tuple[Recount, ...] = ()


def again(settling: Settling, part: str = "", **changes: Any) -> Transaction:  # Any: fields of a transaction
    """The transaction that follows. `part` tells two of them apart."""
    was, choice = settling.was, settling.choice
    name = f"settled:{choice}:{part}" if part else f"settled:{choice}"
    numbers = {line.number for line in changes.get("lines", was.lines)}
    kept = tuple(one for one in was.answers if one.line is None or one.line in numbers)
    about = settling.line.number if settling.line and settling.line.number in numbers else None
    question = _QUESTIONS.get(settling.code, settling.code)
    answer = Answer(question, str(choice), settling.person, settling.now, about)
    told = {"uuid": uuid_of(was.uuid, name), "reference": "", "corrects": was.uuid, "answers": (*kept, answer)}
    return replace(was, **{**told, **changes})


def beside(settling: Settling, lines: tuple[Line, ...], part: str = "", **changes: Any) -> Transaction:
    """These goods in a document of their own, which names the order they came with."""
    was = settling.was
    origin = was.document.origin or was.document.picking_name
    document = replace(was.document, picking_id=None, picking_name="", origin=origin)
    loose = tuple(replace(line, move_id=None, move_uom_id=None) for line in lines)
    kind = _BESIDE.get(was.kind, was.kind)
    return again(settling, part, kind=kind, document=document, lines=loose, close_short=False, **changes)


def part_of(line: Line, done: Decimal) -> Line:
    """A part of a line is no longer what was scanned in boxes."""
    return line if done == line.done else replace(line, done=done, unit="", count=done)


def same_goods(one: Line, other: Line) -> bool:
    return (one.product_id, one.lot_name) == (other.product_id, other.lot_name)
