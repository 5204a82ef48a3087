"""All jobs there are, by the name their drafts have on disk."""

from collections.abc import Mapping
from typing import Any

from client.work.arrival import ARRIVAL
from client.work.count import COUNT
from client.work.job import Job
from client.work.lot_change import LOT_CHANGE
from client.work.machine import Machine
from client.work.move import MOVE, USE, WARD_RETURN, WASTE
from client.work.planned import PLANNED
from client.work.receipt import RECEIPT, UNIDENTIFIED
from client.work.supplier_return import SUPPLIER_RETURN
from client.work.take_now import LATER, TAKE_NOW

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
