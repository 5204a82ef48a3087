"""A test that does not run says why; a test that warns in the log fails."""

import shutil
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
CONFTEST = TOP / "tests" / "conftest.py"
HEAD = "import logging, pytest\n"
NOT_ALLOWED = """
@pytest.mark.skip
def test_marked(): pass

@pytest.mark.skip(reason='')
def test_marked_with_nothing(): pass

def test_skipped_inside(): pytest.skip()

@pytest.fixture
def odoo(): pytest.skip()
def test_skipped_by_a_fixture(odoo): pass

@pytest.mark.xfail
def test_expected_to_fail(): assert False

@pytest.mark.parametrize('lot', [])
def test_of_no_cases(lot): pass

def test_warned(): logging.warning('the outbox is gone')
"""
ALLOWED = """
def test_skipped(): pytest.skip('no Odoo to ask')

@pytest.mark.xfail(reason='Odoo 20 is not out')
def test_expected_to_fail(): assert False

def test_judges_its_log(caplog): logging.warning('the outbox is gone')

@pytest.mark.logs_warnings('is about a loss')
def test_marked(): logging.error('the outbox is gone')
"""

pytest_plugins = ["pytester"]


@pytest.fixture
def house(pytester: pytest.Pytester) -> pytest.Pytester:
    """A folder of tests under our own conftest.py."""
    shutil.copy(CONFTEST, pytester.path / "conftest.py")
    pytester.makeini(f"[pytest]\npythonpath = {TOP}\nmarkers =\n    logs_warnings: as ours\n")
    return pytester


def test_a_skip_without_a_reason_and_a_warning_in_the_log_fail(house: pytest.Pytester) -> None:
    house.makepyfile(HEAD + NOT_ALLOWED)

    outcomes = house.runpytest_subprocess().parseoutcomes()

    # What stops a test before it began, or comes after it, pytest calls an error.
    assert outcomes == {"failed": 2, "errors": 5, "passed": 1}


def test_a_skip_with_a_reason_and_a_log_that_is_judged_pass(house: pytest.Pytester) -> None:
    house.makepyfile(HEAD + ALLOWED)

    outcomes = house.runpytest_subprocess().parseoutcomes()

    assert outcomes == {"skipped": 1, "xfailed": 1, "passed": 2}
