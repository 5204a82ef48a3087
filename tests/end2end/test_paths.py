"""The list of paths names every job there is and every shift, and each shift is answered as its path says."""

import re

import pytest

from client.work.jobs import JOBS
from sync.choices import Choice
from tests.end2end.paths import PATHS, Walked, paths
from tests.end2end.test_shifts import SHIFTS

TEXTS = {shift.stem: shift.read_text(encoding="utf-8") for shift in SHIFTS}


def test_every_job_has_its_paths() -> None:
    assert set(JOBS) - set(PATHS) == set()


def test_every_shift_walks_a_path() -> None:
    assert {one.shift for _, one in paths()} == set(TEXTS)


def test_every_way_out_of_a_card_is_walked() -> None:
    """The other shelf is scanned, not said: `card_shelf_archived`."""
    said = {way for text in TEXTS.values() for way in re.findall(r"^!settle \S+ (\S+)", text, re.M)}
    scanned = Choice.CHOOSE_SHELF

    assert said | {scanned} == set(Choice)


@pytest.mark.parametrize("walked", [one for _, one in paths()], ids=lambda one: f"{one.shift}: {one.what}")
def test_a_shift_is_answered_as_its_path_says(walked: Walked) -> None:
    """In that order, by lines the shift itself is held to."""
    answers = [line.removeprefix("#>").strip() for line in TEXTS[walked.shift].split("\n") if line.startswith("#>")]
    missing = list(walked.answers)
    for answer in answers:
        if missing and answer == missing[0]:
            missing.pop(0)

    assert missing == []
