"""The vendor's delivery note: asked once, scanned or typed, warned about where it came before (ward 18)."""

from pathlib import Path

import pytest

from client.work.desk import Desk
from client.work.site.policy import Policy
from sync.store import Store
from tests.work.conftest import CANNULA, TOWEL, label, queued, say
from tests.work.receiving import choices


@pytest.fixture
def asking(store: Store, desk: Desk) -> Desk:
    """A site that finishes no delivery without its note."""
    return Desk(store, desk.person, Policy(ask_delivery_note=True), desk.clock)


def test_ward_18_the_note_stands_in_nobodys_way_where_the_site_does_not_want_it(desk: Desk) -> None:
    assert say(desk, "P00012", TOWEL.barcode, "!confirm").code == "short"
    view = desk.view()
    assert view is not None
    assert view.note is None
    assert say(desk, "!note LS-1", "!yes").code == "confirmed"
    assert queued(desk)[0].delivery_note == "LS-1"


def test_ward_18_a_number_scanned_at_the_dock_is_the_note_by_one_word(desk: Desk) -> None:
    say(desk, "P00012", "LS-4711", "!note", TOWEL.barcode, "!confirm", "!yes")

    assert queued(desk)[0].delivery_note == "LS-4711"


def test_ward_18_the_note_is_asked_for_once_before_anything_else_at_the_end(asking: Desk) -> None:
    assert say(asking, "P00012", TOWEL.barcode, "!confirm").code == "delivery_note"
    assert choices(asking) == ["no_note", "go_on_scanning"]

    assert say(asking, "!note LS-4711").code == "short"
    say(asking, "!no", TOWEL.barcode)
    assert say(asking, "!confirm").code == "short"
    say(asking, "!yes")
    assert queued(asking)[0].delivery_note == "LS-4711"


def test_ward_18_the_note_is_scanned_where_it_is_asked_for(asking: Desk) -> None:
    say(asking, "P00012", TOWEL.barcode, "!confirm")

    assert say(asking, "LS 2026/11-0042").code == "short"
    say(asking, "!yes")
    assert queued(asking)[0].delivery_note == "LS 2026/11-0042"


def test_ward_18_a_note_that_is_scanned_last_is_on_disk_like_any_scan(asking: Desk) -> None:
    cannulas = label(CANNULA, lot="CANNULA-LOT", count=50)
    say(asking, "P00013", cannulas, TOWEL.barcode, "!qty 10", "!confirm")
    assert asking.job is not None

    assert say(asking, "LS-4711").code == "confirmed"
    assert "LS-4711" in [one.text for one in asking.store.drafts.evidence(asking.job.uuid)]


def test_ward_18_goods_scanned_instead_are_goods(asking: Desk) -> None:
    say(asking, "P00012", TOWEL.barcode, "!confirm")

    assert say(asking, TOWEL.barcode).code == "added"
    assert say(asking, "!confirm").code == "delivery_note"


def test_ward_18_there_may_be_none(asking: Desk) -> None:
    say(asking, "P00012", TOWEL.barcode, "!confirm")
    assert say(asking, "!note none", "!yes").code == "confirmed"

    assert queued(asking)[0].delivery_note == ""


def test_ward_18_a_number_received_before_is_warned_about_and_asked(desk: Desk) -> None:
    say(desk, "P00013", TOWEL.barcode, "!note LS-1", "!confirm", "!yes", "!home")

    said = say(desk, "P00012", TOWEL.barcode, "!note ls-1")
    assert (said.tone, said.code) == ("ask", "note_seen_before")
    assert said.facts["reference"] == queued(desk)[0].reference
    assert say(desk, "!confirm").code == "note_seen_before"
    assert say(desk, "!note LS-2").code == "short"


def test_ward_18_it_may_be_another_delivery_all_the_same(desk: Desk) -> None:
    say(desk, "P00013", TOWEL.barcode, "!note LS-1", "!confirm", "!yes", "!home")
    say(desk, "P00012", TOWEL.barcode, "!note LS-1", "!confirm")

    assert say(desk, "!yes").code == "short"
    assert say(desk, "!yes").code == "confirmed"
    assert "note_seen_before" in {answer.question for answer in queued(desk)[1].answers}


def test_ward_18_a_withdrawn_delivery_does_not_warn(desk: Desk) -> None:
    say(desk, "P00013", TOWEL.barcode, "!note LS-1", "!confirm", "!yes", "!home")
    desk.withdraw(queued(desk)[0].uuid)

    assert say(desk, "P00012", TOWEL.barcode, "!note LS-1").code == "noted"


@pytest.mark.parametrize("typed", ["!note", "!note " + "9" * 61])
def test_ward_18_nothing_and_the_endless_are_no_number(desk: Desk, typed: str) -> None:
    assert say(desk, "P00012", typed).code == "not_a_note"


def test_ward_18_pictures_go_with_the_first_document(store: Store, desk: Desk, tmp_path: Path) -> None:
    photo = tmp_path / "note.jpg"
    photo.write_bytes(b"\xff\xd8\xff...")
    say(desk, "P00012", "P00013", TOWEL.barcode, "!qty 57", f"!photo {photo}", "!note none", "!confirm", "!yes")

    first, second = queued(desk)
    assert [one.name for one in store.photos.of(first.photos)] == ["note.jpg"]
    assert second.photos == ()


def test_a_picture_that_is_none_is_refused(desk: Desk, tmp_path: Path) -> None:
    text = tmp_path / "note.txt"
    text.write_text("no picture")

    assert say(desk, "P00012", f"!photo {text}").code == "not_a_picture"
    assert say(desk, f"!photo {tmp_path / 'nothing.jpg'}").code == "no_picture"
    assert say(desk, f"!photo {tmp_path}").code == "no_picture"
    assert say(desk, "!home", f"!photo {text}").code == "nothing_open"


def test_ward_18_no_barcode_names_a_picture(desk: Desk) -> None:
    """It would be a file of the device; and what is no picture must not be said to be one."""
    say(desk, "P00012")

    assert say(desk, "WS!photo /etc/hostname").code == "unknown_command"
    assert desk.delivery is not None
    assert desk.delivery.photos == ()
