"""The chain: unbroken, and any change to it shows."""

from collections.abc import Callable

import pytest

from sync.store import Store
from sync.transaction import Transaction
from tests.store.goods import NOON

Confirm = Callable[..., Transaction]
GUARDS = ("journal_row_stays", "journal_stays", "outbox_body_stays", "outbox_row_stays")


def test_the_first_row_is_written_when_the_file_is_made(store: Store) -> None:
    [opened] = store.journal.story(store.device.id())

    assert (opened.seq, opened.event, opened.device) == (1, "journal_opened", store.device.name())
    assert len(opened.facts["salt"]) == 32
    assert store.journal.head() == opened.hash
    assert store.journal.verify().ok


def test_an_unbroken_chain_is_proved(store: Store, confirmed: Confirm) -> None:
    for number in range(1, 6):
        store.outbox.withdraw(confirmed(picking_id=number).uuid, "Ana", NOON)

    verdict = store.journal.verify()

    assert (verdict.ok, verdict.rows, verdict.first_bad) == (True, 16, None)


def test_it_is_proved_page_by_page(store: Store, confirmed: Confirm, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(1, 6):
        confirmed(picking_id=number)
    rows = store.journal._rows
    monkeypatch.setattr(store.journal, "_rows", lambda: rows(page=2))

    assert store.journal.verify().rows == 11


@pytest.mark.parametrize(
    ("forgery", "first_bad"),
    [
        ("UPDATE journal SET person = 'nobody' WHERE seq = 5", 5),
        ("UPDATE journal SET at = '2026-01-01T00:00:00.000000+00:00' WHERE seq = 5", 5),
        ("UPDATE journal SET facts = '{}' WHERE seq = 3", 3),
        ("UPDATE journal SET hash = prev_hash WHERE seq = 4", 4),
        ("DELETE FROM journal WHERE seq = 3", 4),
        ("DELETE FROM journal WHERE seq = 1", 2),
        ("DELETE FROM journal WHERE seq >= 5", 5),
        ("DELETE FROM journal", 1),
        ("UPDATE journal SET seq = seq + 1 WHERE seq = 7", 8),
        ("UPDATE outbox SET body = replace(body, '10', '99') WHERE seq = 2", 5),
        ("DELETE FROM outbox WHERE seq = 2", 5),
    ],
)
def test_a_forgery_shows_and_where(store: Store, confirmed: Confirm, forgery: str, first_bad: int) -> None:
    for number in range(1, 4):
        confirmed(picking_id=number)
    assert store.journal.verify().ok
    with store._database.write() as connection:
        for guard in GUARDS:
            connection.execute(f"DROP TRIGGER {guard}")
        connection.execute(forgery)

    verdict = store.journal.verify()

    assert (verdict.ok, verdict.first_bad) == (False, first_bad)


def test_days_without_a_server_do_not_fill_the_journal(store: Store, confirmed: Confirm) -> None:
    uuid = confirmed().uuid
    for _ in range(5):
        store.outbox.mark_sending(uuid, NOON)
        store.outbox.mark_not_reached(uuid, NOON, NOON)
    for _ in range(5):
        store.outbox.mark_sending(uuid, NOON)
        store.outbox.mark_unknown(uuid, NOON, "reply_lost", {}, NOON)

    events = [entry.event for entry in store.journal.story(uuid)]

    assert events.count("unknown") == 1
    assert events.count("not_reached") == 1


def test_two_files_never_have_the_same_chain(store: Store, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = Store.open(tmp_path_factory.mktemp("other") / "w.db", bytes(32))

    assert other.journal.head() != store.journal.head()
    other.close()
