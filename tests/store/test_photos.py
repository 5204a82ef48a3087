"""Pictures wait with their draft, and go with its transactions."""

from dataclasses import replace

import pytest

from sync.errors import WardstockError
from sync.store import Store
from sync.store.photos import Photo
from tests.store.goods import NOON, draft_of, receipt_of

DENT = Photo("p1", "dent.jpg", b"\xff\xd8 a dented box")
NOTE = Photo("p2", "note.jpg", b"\xff\xd8 a delivery note")


def test_a_picture_is_still_there_when_its_delivery_is_sent(store: Store) -> None:
    """One that no transaction names will not be sent, and is not kept."""
    draft = draft_of()
    store.drafts.open(draft)
    for photo in (DENT, NOTE, DENT, replace(NOTE, id="p3")):
        store.photos.add(draft.uuid, photo)

    made, touched = receipt_of(draft)
    store.outbox.confirm(draft.uuid, [(replace(made, photos=("p2", "p1")), touched)], NOON)
    store.outbox.confirm(draft.uuid, [(made, touched)], NOON)

    assert store.photos.of(["p2", "p1", "p3", "nobody took this"]) == (NOTE, DENT)


def test_a_dropped_draft_takes_its_pictures_with_it(store: Store) -> None:
    draft, other = draft_of(), draft_of()
    for one, photo in ((draft, DENT), (other, NOTE)):
        store.drafts.open(one)
        store.photos.add(one.uuid, photo)

    store.drafts.drop(draft.uuid, "Ana", NOON)

    assert store.photos.of(["p1", "p2"]) == (NOTE,)


def test_a_closed_draft_takes_no_picture_any_more(store: Store) -> None:
    with pytest.raises(WardstockError, match="draft_closed"):
        store.photos.add("gone", DENT)
