"""No situation of the ward and no complaint of other apps' users is without a test that bears its number."""

from pathlib import Path

from tests.house.situations import COMPLAINTS, WARD, page, proofs

PAGE = Path(__file__).parents[2] / "docs" / "situations.md"


def test_each_situation_and_each_complaint_has_a_test_of_its_number() -> None:
    found = {(kind, number) for kind, number, _, _ in proofs()}

    assert {number for number in WARD if ("ward", number) not in found} == set()
    assert {number for number in COMPLAINTS if ("complaint", number) not in found} == set()


def test_the_page_of_situations_is_as_the_tests_are() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "python -m tests.house.situations > docs/situations.md"
