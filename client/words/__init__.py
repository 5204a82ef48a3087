"""The sentences of the jobs, a file for each: what is answered, asked, and offered. `client.messages` fills them in."""

from collections.abc import Mapping
from typing import Final

from client.words import (
    any_job,
    arrival,
    cards,
    count,
    first_start,
    home,
    lookup,
    lot_change,
    move,
    planned,
    receipt,
    shift_end,
    sight,
    supplier_return,
    teaching,
)
from client.words.tongue import Sentences

Pairs = Sentences[str, tuple[str, str]]

_JOBS = (
    *(any_job, home, lookup, cards, move, receipt, count, planned),
    *(arrival, supplier_return, lot_change, shift_end, sight, teaching, first_start),
)

ANSWERS: Final[Pairs] = Sentences({code: words for job in _JOBS for code, words in job.ANSWERS.items()})
"""By code of a `Said`: first what changed or why not, second the lot, the place or what to do."""
QUESTIONS: Final[Pairs] = Sentences({code: words for job in _JOBS for code, words in job.QUESTIONS.items()})
"""By code of a `Question`: the question, and what to know before answering."""
CHOICES: Final[Pairs] = Sentences({code: words for job in _JOBS for code, words in job.CHOICES.items()})
"""By code of a `Choice`: the way, and what it means."""


def more(facts: Mapping[str, object]) -> dict[str, object]:
    """Parts of sentences that are said only where there is something to say. `facts` as they are written."""
    return {**lookup.more(facts), **receipt.more(facts), **move.more(facts), **arrival.more(facts)}
