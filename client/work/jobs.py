"""All jobs there are, by the name their drafts have on disk."""

from collections.abc import Mapping
from typing import Any

from client.work.counting.count import COUNT
from client.work.job import Job
from client.work.lots.lot_change import LOT_CHANGE
from client.work.machine import Machine
from client.work.moving.move import MOVE, USE, WARD_RETURN, WASTE
from client.work.moving.take_now import LATER, TAKE_NOW
from client.work.planned.arrival import ARRIVAL
from client.work.planned.transfer import PLANNED
from client.work.receiving.receipt import RECEIPT, UNIDENTIFIED
from client.work.suppliers.supplier_return import SUPPLIER_RETURN

JOBS: Mapping[str, Machine[Any]] = {
    one.name: one
    for one in (
        RECEIPT,
        UNIDENTIFIED,
        MOVE,
        USE,
        WASTE,
        WARD_RETURN,
        TAKE_NOW,
        LATER,
        PLANNED,
        ARRIVAL,
        SUPPLIER_RETURN,
        LOT_CHANGE,
        COUNT,
    )
}


def of(job: Job) -> Machine[Any]:
    """The machine that drives it."""
    return next(one for one in JOBS.values() if type(job) is one.state)


def begun_by(word: str) -> Machine[Any] | None:
    """The job a word at home begins."""
    return next((one for one in JOBS.values() if word in one.words), None)


def of_papers(code: str) -> Machine[Any] | None:
    """The job papers of that Odoo type code (incoming, internal, outgoing) are worked off in."""
    return next((one for one in JOBS.values() if code in one.codes), None)
