"""Every answer, question and choice the jobs can give has its sentence, filled and never a bare code."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from client import messages, words
from client.words import outbox, written
from client.work.answer import Choice, Command, Question, Said, Tone
from client.work.days import typed_day
from sync.transaction import COUNTS, Document, Kind, Line, Moment, Transaction

KINDS = ("ANSWERS", "QUESTIONS", "CHOICES")
WORK = Path(messages.__file__).parent / "work"
SOURCE = "\n".join(path.read_text(encoding="utf-8") for path in sorted(WORK.rglob("*.py")))

ADDED = {f"{what}{beside}" for what in ("added", "changed") for beside in ("", "_beside")}
ANSWERS = set(re.findall(r'\b(?:ok|ask|no)\(\s*"(\w+)"', SOURCE)) | ADDED | {"left_as_it_was", "set_aside"}
QUESTIONS = set(re.findall(r'\bQuestion\(\s*"(\w+)"', SOURCE)) | {"too_much_now"}
CHOICES = set(re.findall(r'case\.choice\(\s*"(\w+)"', SOURCE)) | set(
    re.findall(r'Choice\(Command\([^)]*\), "(\w+)"', SOURCE)
)


@pytest.mark.parametrize("code", sorted(ANSWERS | QUESTIONS | {"best_before_only", "sell_by_only", "ready"}))
def test_every_answer_has_a_sentence(code: str) -> None:
    facts = {"quantity": Decimal(1), "count": Decimal(1), "pack": "", "serial": False, "lot": "", "total": Decimal(1)}
    said = Said(Tone.OK, code, {**facts, "ordered": Decimal(2), "day": None})

    messages.title(said)
    messages.detail(said)


@pytest.mark.parametrize("code", sorted(QUESTIONS | {"best_before_only", "sell_by_only", "short", "short_never"}))
def test_every_question_has_a_sentence(code: str) -> None:
    assert messages.question(Question(code))
    assert messages.question_hint(Question(code))


@pytest.mark.parametrize("code", sorted(CHOICES | {"as_in_odoo", "as_in_delivery", "refuse_at_door"}))
def test_every_way_to_answer_has_words(code: str) -> None:
    facts = {"lot": "L1", "product": "Gauze", "day": date(2027, 1, 1), "total": Decimal(3), "reason": "torn"}
    way = Choice(Command("yes"), code, facts)

    assert messages.choice(replace(way, facts={**way.facts, "document": "WH/IN/00001", "title": "Halden"}))


def test_no_two_jobs_say_one_code_in_two_ways() -> None:
    said = [(kind, code) for job in words._JOBS for kind in KINDS for code in getattr(job, kind)]

    assert [one for one in set(said) if said.count(one) > 1] == []


def test_the_codes_were_found_in_the_jobs() -> None:
    assert {"added", "serial_in_stock", "confirmed"} <= ANSWERS
    assert {"lot_missing", "expired"} <= QUESTIONS


def test_quantities_are_written_plainly() -> None:
    assert [written.number(Decimal(text)) for text in ("10", "1E+2", "2.50", "0", "0.00")] == [
        "10",
        "100",
        "2.5",
        "0",
        "0",
    ]


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2027-06-30", date(2027, 6, 30)),
        ("30.06.2027", date(2027, 6, 30)),
        ("06/2027", date(2027, 6, 30)),
        ("2/28", date(2028, 2, 29)),
        ("2027-02", date(2027, 2, 28)),
    ],
)
def test_a_day_is_read_as_it_stands_on_the_pack(typed: str, day: date) -> None:
    """Ward 14: a month alone is its last day."""
    assert typed_day(typed) == day


@pytest.mark.parametrize(
    "typed", ["06/07/2027", "31.02.2027", "13/2027", "soon", "", "20270630", "2027-00-10", "1999-01-01"]
)
def test_what_is_nobodys_day_is_not_read(typed: str) -> None:
    assert typed_day(typed) is None


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        (Kind.RECEIPT, "Receipt of 3 Gauze"),
        (Kind.TRANSFER, "Transfer of 3 Gauze"),
        (Kind.WASTE, "Waste of 3 Gauze"),
        (Kind.COUNT, "Count: 8 Gauze"),
        (Kind.ADJUSTMENT, "Count: 8 Gauze"),
    ],
)
def test_each_act_is_called_what_it_is(kind: Kind, title: str) -> None:
    counts = kind in COUNTS
    line = Line(1, 7, Decimal(0 if counts else 3), 1, 8, 5, counted=Decimal(8) if counts else None)
    moment = Moment(datetime(2026, 11, 21, tzinfo=UTC), 0.0, "boot")
    act = Transaction("u", kind, "WS-7F3A/000001", Document(1, 8, 5), 1, "Ana", "WS-7F3A", moment, (line,))

    assert outbox.transaction_title(act, lambda _: "Gauze") == title
    assert outbox.transaction_title(replace(act, lines=()), lambda _: "Gauze").endswith("0 lines")


def test_every_kind_has_a_title() -> None:
    assert set(outbox.TITLES) == set(Kind)
