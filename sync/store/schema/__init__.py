"""The schema, as the steps that were released. A released step is never edited: a change is a new step."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from sync.store.schema.beginning import m010_set_up
from sync.store.schema.first import m001_first_delivery
from sync.store.schema.jobs import (
    m003_people,
    m004_holds_and_search,
    m005_settling,
    m006_draft_lines,
    m007_what_is_under_way,
)
from sync.store.schema.labels import m008_scanners, m009_taught_codes
from sync.store.schema.postings import m002_every_posting

if TYPE_CHECKING:
    from sqlite_utils import Database as Tables

STEPS: tuple[Callable[["Tables"], None], ...] = (
    m001_first_delivery,
    m002_every_posting,
    m003_people,
    m004_holds_and_search,
    m005_settling,
    m006_draft_lines,
    m007_what_is_under_way,
    m008_scanners,
    m009_taught_codes,
    m010_set_up,
)


def names() -> tuple[str, ...]:
    """All steps this program knows, oldest first."""
    return tuple(step.__name__ for step in STEPS)
