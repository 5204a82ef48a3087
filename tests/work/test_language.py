"""One device speaks one language: sentences, numbers and days by it; nothing that machines read changes."""

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from client import language, messages, troubles
from client.cli import main
from client.paths import default_profile
from client.words import tongue, window, written
from client.words.pseudo import FACT
from client.work.answer import no, ok
from client.work.days import typed_day
from client.work.shared_words import typed_number


@pytest.fixture(autouse=True)
def english_afterwards() -> Iterator[None]:
    yield
    tongue.speak("en")


def test_a_sentence_is_in_the_language_spoken_when_it_is_said() -> None:
    said = no("serial_twice", product="Insulin", serial="A7")

    assert messages.title(said) == "Scanned already"
    tongue.speak("de")
    assert messages.title(said) == "Schon gescannt"
    assert messages.detail(said) == "Insulin · Seriennummer A7 ist in dieser Lieferung"


def test_what_is_counted_follows_the_plural_of_the_language() -> None:
    tongue.speak("de")

    assert [window.refused_count(many)[0] for many in (1, 2)] == [
        "Odoo hat 1 Buchung abgelehnt",
        "Odoo hat 2 Buchungen abgelehnt",
    ]


def test_numbers_and_days_are_written_as_the_language_writes_them() -> None:
    tongue.speak("de")
    day = date(2027, 3, 1)

    assert written.number(Decimal("0.50")) == "0,5"
    assert (written.day(day), written.whole_day(day)) == ("01.03.2027", "1. Mär 2027")
    assert written.today(datetime(2026, 11, 21, 9, 58)) == "Sa 21. Nov, 09:58"  # noqa: DTZ001 - as it is at the site
    assert written.age(timedelta(hours=5, minutes=12)) == "5 h 12 min"


def test_what_is_written_in_a_language_can_be_typed_again() -> None:
    tongue.speak("de")

    assert typed_day(written.day(date(2027, 6, 30))) == date(2027, 6, 30)
    assert typed_number(written.number(Decimal("12.5"))) == Decimal("12.5")


@pytest.mark.parametrize(
    ("asked", "known"),
    [("de", "de"), ("de_AT.UTF-8", "de"), ("de-CH", "de"), ("fr_FR", "en"), ("C.UTF-8", "en"), ("", "en")],
)
def test_the_nearest_language_there_is_else_english(asked: str, known: str) -> None:
    tongue.speak(asked)

    assert tongue.spoken() == known


def test_told_for_a_run_before_chosen_here_before_the_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    spoken = []

    language.settle(tmp_path)
    spoken.append(tongue.spoken())
    language.choose(tmp_path, "en")
    language.settle(tmp_path)
    spoken.append(tongue.spoken())
    monkeypatch.setenv(language.FOR_A_RUN, "en-XA")
    language.settle(tmp_path)
    spoken.append(tongue.spoken())

    assert spoken == ["de", "en", "en-XA"]


def test_a_command_speaks_the_language_of_its_device_and_its_json_never_changes(tmp_path: Path) -> None:
    language.choose(tmp_path, "de")
    asked = ["--profile", str(tmp_path), "status"]

    told = CliRunner().invoke(main, asked)
    for_scripts = CliRunner().invoke(main, [*asked, "--json"])

    assert told.stderr.startswith("Dieses Gerät gehört noch zu keinem Odoo.")
    assert json.loads(for_scripts.stdout)["error"]["code"] == "not_enrolled"


def test_help_and_wrong_use_are_told_in_the_language_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(language.FOR_A_RUN, "de")
    german = CliRunner().invoke(main, ["outbox", "--help"]).stdout
    wrong = CliRunner().invoke(main, ["outbox", "show", "--nothing"]).stderr
    monkeypatch.setenv(language.FOR_A_RUN, "en")
    english = CliRunner().invoke(main, ["outbox", "--help"]).stdout

    assert "Buchungen, die auf Odoo warten" in german
    assert "Diese Hilfe zeigen." in german
    assert "Die Option '--nothing' gibt es nicht." in wrong
    assert "Transactions waiting for Odoo" in english


def test_a_pseudo_language_leaves_facts_alone_and_is_longer() -> None:
    english = "{name} is in use by {count} others, since %1"

    tongue.speak("en-XA")
    said = tongue.tr(english)

    assert FACT.findall(said) == FACT.findall(english)
    assert len(tongue.tr("Goods that are here")) > 1.3 * len("Goods that are here")
    assert not said.isascii()


def test_from_right_to_left_a_fact_keeps_its_own_direction() -> None:
    tongue.speak("ar-XB")

    assert "\u2068MX-40\u2069" in troubles.trouble("store_busy", {"file": "MX-40"})
    assert tongue.right_to_left()
    assert "\u2068\u2069" not in messages.detail(ok("resumed", document="WH/IN/1"))


def test_no_language_is_chosen_on_a_device_that_has_none() -> None:
    assert language.chosen(default_profile()) == ""
