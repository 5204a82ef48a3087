"""A label that lost a separator: each way to read it stands in the words of the pack, one tap from being taken."""

from datetime import date
from decimal import Decimal

from client import messages
from client.work.answer import Choice, Command


def told(code: str, **facts: object) -> tuple[str, str]:
    way = Choice(Command("reading", str(facts.get("reading", ""))), code, facts)
    return messages.choice(way), messages.choice_detail(way)


def test_lot_day_and_serial_are_said_as_they_are_printed() -> None:
    reading = "(10)7F220K(17)270630(21)9988"

    said = told("read_so", reading=reading, lot="7F220K", expiry=date(2027, 6, 30), serial="9988", count=None)

    assert said == ("Lot 7F220K · expires 30 Jun 2027 · serial 9988", f"Printed as {reading}")


def test_a_count_is_said_in_pieces() -> None:
    title, _ = told("read_so", reading="(10)A(30)12", lot="A", expiry=None, serial="", count=Decimal(12))

    assert title == "Lot A · 12 pieces"


def test_a_reading_without_any_of_them_shows_its_elements() -> None:
    title, _ = told("read_so", reading="(240)X1", lot="", expiry=None, serial="", count=None)

    assert title == "(240)X1"


def test_the_reading_of_the_scanner_itself_is_said_too() -> None:
    assert told("label_as_read", lot="A17271231", expiry=None, serial="") == (
        "Lot A17271231",
        "No separator was lost",
    )
    assert told("label_as_read")[0] == "As it was read"
