"""All jobs there are, by the name their drafts have on disk."""

from collections.abc import Mapping
from typing import Any

from client.work.machine import Machine
from client.work.receipt import RECEIPT

JOBS: Mapping[str, Machine[Any]] = {one.name: one for one in (RECEIPT,)}


def begun_by(word: str) -> Machine[Any] | None:
    """The job a word at home begins."""
    return next((one for one in JOBS.values() if word in one.words), None)


def of_papers(code: str) -> Machine[Any] | None:
    """The job papers of that Odoo type code (incoming, internal, outgoing) are worked off in."""
    return next((one for one in JOBS.values() if code in one.codes), None)
