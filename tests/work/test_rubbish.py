"""Whatever comes in, in whatever state: an answer in words, nothing lost, no traceback."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from client import messages
from client.work.answer import Command, Said
from client.work.desk import Desk
from sync.store import Store
from tests.work.conftest import MASK, ORDER, PUMP, SYRINGE, TOWEL, fill, label, raw, say

SCANS = (
    "P00012", "CS/IN/00008",
    "LOC-A", "LOC-LOSS", "WS!confirm", "WS!nonsense", "]C11728033110L9", "rubbish", "]", "\x1d",
    label(SYRINGE, lot="L1", expiry="280331"), label(SYRINGE), label(SYRINGE, lot="OLD", expiry="200101"),
    label(PUMP, serial="S1"), TOWEL.barcode, MASK.barcode, "]d28018952123453676760006\x1d725019700101",
)  # fmt: skip
COMMANDS = (
    "yes", "no", "use-label", "use-known",
    "lot X7", "lot", "serial S9", "make-lot torn", "expiry 2028-01-31", "expiry x",
    "product 8", "product", "qty 5", "qty -3", "qty 0.5", "undo", "undo 1", "undo 99", "confirm", "close-short", "home",
    "what is this",
)  # fmt: skip


@given(text=st.text(max_size=300))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_scanned_in_a_delivery_gets_an_answer(desk: Desk, text: str) -> None:
    if desk.delivery is None:
        say(desk, "P00012", TOWEL.barcode)
    kept = desk.delivery.additions if desk.delivery else ()

    said = desk.scan(raw(text))

    assert messages.title(said)
    assert desk.delivery is None or desk.delivery.additions[: len(kept)] == kept


@pytest.mark.parametrize("seed", range(6))
def test_scans_and_taps_in_any_order_keep_what_was_acknowledged(store: Store, desk: Desk, seed: int) -> None:
    """Two hundred random acts; after each, a second desk opened on the same file sees the same delivery."""
    dice = random.Random(seed)  # a test's dice
    for _ in range(200):
        said = desk.scan(raw(dice.choice(SCANS))) if dice.random() < 0.6 else _press(desk, dice.choice(COMMANDS))
        assert messages.title(said)
        _same_on_disk(store, desk)


def _press(desk: Desk, words: str) -> Said:
    return desk.command(Command.parse(words))


def _same_on_disk(store: Store, desk: Desk) -> None:
    if desk.delivery is None or desk.delivery.finished:
        return
    again = Desk(store, desk.person, desk.policy, desk.clock)
    again.resume(desk.delivery.uuid)
    assert again.delivery == desk.delivery


def test_ten_thousand_characters_are_an_answer_too(desk: Desk) -> None:
    assert say(desk, "P00012", "9" * 10_000).tone == "no"
    assert say(desk, "]d201" + "A" * 10_000).tone == "no"


def test_an_empty_catalogue_says_what_is_unknown(store: Store, desk: Desk) -> None:
    pull = store.catalogue.begin()
    pull.add(products=[], packagings=[], lots=[], locations=[], pickings=[], moves=[], move_lines=[], picking_types=[])
    pull.flip(desk.clock.now())

    assert say(desk, ORDER.name).code == "papers_gone"
    assert say(desk, SYRINGE.barcode).code == "unknown_code"


def test_a_delivery_that_vanished_from_the_catalogue_keeps_its_draft(store: Store, desk: Desk) -> None:
    say(desk, "P00012", TOWEL.barcode)
    pull = store.catalogue.begin()
    pull.add(pickings=[], moves=[], move_lines=[])
    pull.flip(desk.clock.now())

    (draft,) = store.drafts.open_drafts()
    desk.home()
    desk.resume(draft.uuid)
    assert desk.delivery is not None
    assert desk.delivery.received(TOWEL.id) == 1
    fill(store)
    assert say(desk, TOWEL.barcode, "!note none", "!confirm", "!yes").code == "confirmed"
