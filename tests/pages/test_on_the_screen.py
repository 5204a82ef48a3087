"""No word of a job and no question is out of a finger's reach."""

from pathlib import Path

from client.pages.ask import _FIELDS
from tests.pages.on_the_screen import PRESSED, TOP, places, questions, table

_BY_A_PERSON = {"witness", "another"}
"""Answered by another person: by badge, or by name and PIN."""


def test_every_word_of_every_job_has_a_place_on_the_screen() -> None:
    assert [one.word for one in places() if not one.how] == []


def test_the_places_with_a_name_of_their_own_are_there() -> None:
    missing = [
        word for word, (_, file, text) in PRESSED.items() if text not in (TOP / file).read_text(encoding="utf-8")
    ]
    assert missing == []


def test_every_question_can_be_answered_by_a_finger() -> None:
    asked = questions()

    assert len(asked) > 80
    assert [one for one in asked if not one.ways and not one.asks_for] == []
    assert [one for one in asked if one.asks_for and one.asks_for not in {*_FIELDS, *_BY_A_PERSON}] == []


def test_the_page_of_words_is_as_the_code_has_it() -> None:
    page = Path(__file__).parents[2] / "docs" / "screen.md"
    assert page.read_text(encoding="utf-8") == table()
