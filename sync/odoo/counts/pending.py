"""Counts of others that wait to be applied: a second one would take the place of the first without a word (ward 8)."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from sync.odoo.counts.moments import NamedKey, at_source, paper_of
from sync.odoo.counts.quants import QuantRow, Rows, counted_by
from sync.odoo.counts.sheet import FOR_APPROVAL, Figures, figures_of
from sync.odoo.posting.goods import Good
from sync.odoo.posting.sending import Sending
from sync.odoo.wire.errors import Refused
from sync.odoo.wire.fields import Row, moment, stamp, text
from sync.odoo.wire.pages import Domain, every
from sync.odoo.wire.session import Session
from sync.transaction import Kind, Line, Transaction

PENDING = "count_pending"
"""The refusal where somebody else's count waits, and the question a person answers `KEEP_OURS`."""
KEEP_OURS = "keep-ours"


_SAME_MOMENTS = timedelta(minutes=5)
"""Longer than a count takes from its first question to its last."""


@dataclass(frozen=True, slots=True)
class _Author:
    """Whose count waits on a row, and the moment it speaks of; a person at Odoo's screen has no uuid."""

    person: str
    at: datetime | None
    uuid: str = ""


def refuse_pending(
    session: Session,
    sending: Sending,
    targets: Mapping[int, Decimal],
    keys: Mapping[int, NamedKey],
    goods: Mapping[int, Good],
    rows: Rows,
) -> None:
    """Raise `Refused("count_pending")` where another person's count waits and says something else.

    A younger count of the same person, one that names the other as what it corrects, and one whose person was asked
    and answered `KEEP_OURS`, take its place. What waits is made wrong by a count applied at once, so there the same
    number stops us too.
    """
    transaction = sending.transaction
    waiting = {number: row for number in targets if (row := rows.waiting(keys[number])) is not None}
    if transaction.kind is Kind.COUNT:
        waiting = {number: row for number, row in waiting.items() if row.counted != targets[number]}
    authors = _authors(session, waiting.values())
    for line in transaction.lines:
        row = waiting.get(line.number)
        if row is not None and not _gives_way(sending, line, authors[row.id]):
            raise _card(transaction, line, targets[line.number], row, authors[row.id], goods[line.product_id])


def rivals(session: Session, sending: Sending, figures: Figures, keys: Mapping[int, NamedKey], sheet: Row) -> list[int]:
    """Our lines on whose shelf another device submitted another number in the same moments: neither saw the other's
    waiting, and the later one took the place of the first. Ask when ours stands: the one that ends last sees both.
    """
    begin = (moment(sheet["create_date"]) or sending.stamp.acted_at) - _SAME_MOMENTS
    domain = [["create_date", ">=", stamp(begin)], ["note", "ilike", FOR_APPROVAL]]
    lines = {line.number: line for line in sending.transaction.lines if line.number in figures}
    return [
        number
        for author, theirs in _sheets(session, domain)
        for number, line in lines.items()
        if theirs.get(keys[number], figures[number]) != figures[number] and not _gives_way(sending, line, author)
    ]


def _gives_way(sending: Sending, line: Line, author: _Author) -> bool:
    transaction = sending.transaction
    if author.uuid in {transaction.uuid, transaction.corrects} - {""} or _replaces(transaction, line):
        return True
    earlier = author.at is not None and author.at < sending.stamp.acted_at
    return bool(author.uuid) and author.person == transaction.person and earlier


def _replaces(transaction: Transaction, line: Line) -> bool:
    return any(
        answer.question == PENDING and answer.choice == KEEP_OURS and answer.line in {None, line.number}
        for answer in transaction.answers
    )


def _card(transaction: Transaction, line: Line, target: Decimal, row: QuantRow, author: _Author, good: Good) -> Refused:
    return Refused(
        PENDING, line=line.number, product=good.name, lot=line.lot_name, location=row.place, person=author.person,
        at=author.at.isoformat() if author.at else "", theirs=f"{row.counted:f}", ours=f"{target:f}",
        counted=f"{line.counted:f}", device=transaction.device,
    )  # fmt: skip


def _authors(session: Session, rows: Iterable[QuantRow]) -> Mapping[int, _Author]:
    """By row. Each count of ours leaves its external id on the row: the one that said this number last, it was.

    Where none did, it was a person in Odoo, whom the row names.
    """
    known = {row.id: row for row in rows}
    uuids = counted_by(session, known.values())
    names = [
        ["origin", "ilike", f"wardstock {uuid}"] for uuid in sorted({one for many in uuids.values() for one in many})
    ]
    sheets = list(_sheets(session, [*["|"] * (len(names) - 1), *names])) if names else []
    return {
        id_: _author(row, [one for one in sheets if one[0].uuid in uuids.get(id_, ())]) for id_, row in known.items()
    }


def _author(row: QuantRow, sheets: Collection["_Sheet"]) -> _Author:
    said = [author for author, figures in sheets if figures.get(row.key) == row.counted]
    return max(said, key=_age, default=_Author(row.person, row.written_at))


def _age(author: _Author) -> float:
    return author.at.timestamp() if author.at else 0


_Sheet = tuple[_Author, Mapping[NamedKey, Decimal]]


def _sheets(session: Session, which: Domain) -> Iterator[_Sheet]:
    """What the sheets of those counts say: who, when, and the number of each shelf."""
    for row in every(session, "stock.picking", ["note", "create_date"], [["state", "=", "cancel"], *which]):
        note = text(row["note"])
        paper = paper_of(note)
        if paper is not None:
            said, figures = paper.transaction, figures_of(note) or {}
            counted = [line for line in said.lines if line.number in figures]
            numbers = {key: figures[line.number] for line in counted for key in at_source(line)}
            yield _Author(said.person, paper.acted_at, said.uuid), numbers
