"""Taking back: a wish after sending, a stone where nothing was ever sent (design 4)."""

from contextlib import suppress

import pytest

from sync.choices import CHOICES, Choice
from sync.odoo.wire.errors import Family
from sync.transaction import Status, Transaction
from tests.faults.conftest import Handheld, Killed
from tests.sync.acts import blind, line
from tests.sync.books import Books, books, confirm, no, once, transfer
from tests.sync.conftest import Ward

__all__ = ["books"]


def in_doubt(ward: Ward, books: Books, *, booked: bool) -> str:
    """One whose reply was lost, and its time has come again; somebody wants it back."""
    [uuid] = confirm(ward, transfer())
    lost = no(Family.TRANSIENT_UNKNOWN, name="ReadTimeout")
    books.after, books.trouble = (lost, books.trouble) if booked else (books.after, lost)
    ward.push()
    books.after = books.trouble = lambda _uuids: None
    ward.device.wait()
    assert ward.device.store.outbox.withdraw(uuid, "Ana", ward.device.clock.now()) is Status.SENDING
    return uuid


def test_what_odoo_does_not_have_is_withdrawn_there(ward: Ward, books: Books) -> None:
    uuid = in_doubt(ward, books, booked=False)

    report = ward.push()

    entry = ward.device.store.outbox.get(uuid)
    assert entry is not None
    assert (report.withdrawn, report.done, entry.status) == ((uuid,), (), Status.WITHDRAWN)
    assert books.cancelled == {uuid}
    assert ward.told[-1] == (uuid, Status.WITHDRAWN)


def test_what_odoo_has_already_is_done_and_said_to_whom_wanted_it_back(ward: Ward, books: Books) -> None:
    uuid = in_doubt(ward, books, booked=True)

    report = ward.push()

    entry = ward.device.store.outbox.get(uuid)
    assert entry is not None
    assert (report.withdrawn, report.done) == ((), (uuid,))
    assert (entry.status, entry.code, entry.facts["person"]) == (Status.DONE, "withdraw_too_late", "Ana")
    assert CHOICES[entry.code] == (Choice.CORRECT,), "a correction is offered"


def test_a_wish_is_asked_again_until_odoo_answers(ward: Ward, books: Books) -> None:
    uuid = in_doubt(ward, books, booked=False)
    books.trouble = no(Family.TRANSIENT_UNKNOWN, name="ReadTimeout")

    report = ward.push()

    assert (report.unsent, report.withdrawn) == ((uuid,), ())
    books.trouble = lambda _uuids: None
    assert ward.push().withdrawn == (), "its time has not come"
    ward.device.wait()
    assert ward.push().withdrawn == (uuid,)
    assert uuid not in books.booked


def test_what_waited_behind_it_goes_in_the_same_pass(ward: Ward, books: Books) -> None:
    uuid = in_doubt(ward, books, booked=False)
    free = confirm(ward, transfer())

    report = ward.push()

    assert (report.withdrawn, report.done) == ((uuid,), tuple(free))


def test_stones_come_last_and_few_at_a_time(ward: Ward, books: Books) -> None:
    outbox, now = ward.device.store.outbox, ward.device.clock.now()
    withdrawn = confirm(ward, *(transfer() for _ in range(7)))
    for uuid in withdrawn:
        outbox.withdraw(uuid, "Ana", now)
    [work] = confirm(ward, transfer())

    ward.push()
    first = list(books.calls)
    ward.push()

    assert first == [[work], *([f"withdraw {uuid}"] for uuid in withdrawn[:5])]
    assert books.calls[len(first) :] == [[f"withdraw {uuid}"] for uuid in withdrawn[5:]]
    assert outbox.stones_owed(9) == []
    books.calls.clear()
    ward.push()
    assert books.calls == []


def test_a_stone_odoo_does_not_take_is_no_trouble_of_the_pass(ward: Ward, books: Books) -> None:
    first, second = confirm(ward, transfer(), transfer())
    for uuid in (first, second):
        ward.device.store.outbox.withdraw(uuid, "Ana", ward.device.clock.now())
    books.trouble = no(Family.RIGHTS, of=first)

    report = ward.push()

    assert (report.stopped, books.cancelled) == ("", {second})
    books.trouble = once(no(Family.NOT_REACHED))
    assert ward.push().stopped == "odoo_not_reached"


# ---------------------------------------------------------------- on the practice ward


def five(ward: Ward) -> Transaction:
    return blind(ward.odoo, line(ward.odoo, 1, ward.odoo.product(), "5", "A1"))


def restored(ward: Ward, act: Transaction) -> Handheld:
    """A backup of before now, on another device."""
    return ward.device.cloned(ward.device.folder / "backup")


def test_a_restored_backup_cannot_post_what_was_withdrawn_before_it_was_sent(ward: Ward) -> None:
    act = five(ward)
    ward.device.confirm(act)
    backup = restored(ward, act)
    ward.device.store.outbox.withdraw(act.uuid, "Ana", ward.device.clock.now())
    assert ward.device.status(act) is Status.WITHDRAWN, "at once, without a network"

    ward.push()
    report = backup.push()
    backup.store.close()

    assert (report.done, report.refused) == ((), (act.uuid,))
    assert ward.odoo.on_hand(act.lines[0].product_id) == 0
    assert [one.event for one in ward.device.store.journal.story(act.uuid)][-1] == "stone_laid"


def test_what_a_copy_has_posted_meanwhile_is_said(ward: Ward) -> None:
    act = five(ward)
    ward.device.confirm(act)
    backup = restored(ward, act)
    backup.push()
    posted = backup.entry(act).outcome
    backup.store.close()
    ward.device.store.outbox.withdraw(act.uuid, "Ana", ward.device.clock.now())

    ward.push()

    assert posted is not None
    told = ward.device.store.journal.story(act.uuid)[-1]
    assert (told.event, told.facts) == ("posted_by_copy", {"picking": posted.picking_name})


@pytest.mark.parametrize("at", range(2, 30, 3))
@pytest.mark.parametrize("answered", [True, False])
def test_a_wish_after_a_crash_ends_with_all_of_it_or_nothing(ward: Ward, at: int, answered: bool) -> None:
    act = five(ward)
    ward.device.confirm(act)

    def dies(number: int) -> None:
        if number == at:
            raise Killed

    with suppress(Killed):
        ward.device.push(**{"after" if answered else "before": dies})
    ward.device.restart()
    if ward.device.status(act) is not Status.DONE:
        ward.device.store.outbox.withdraw(act.uuid, "Ana", ward.device.clock.now())
    ward.device.push()

    done = ward.device.status(act) is Status.DONE
    assert ward.device.status(act) in {Status.DONE, Status.WITHDRAWN}
    assert ward.odoo.on_hand(act.lines[0].product_id) == (5 if done else 0)
