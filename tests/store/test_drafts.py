"""Open jobs: what the screen acknowledged is on disk."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sync.errors import WardstockError
from sync.store import Store
from tests.store.goods import KEY, NOON, draft_of, receipt_of, scan_of


def test_a_draft_and_its_scans_are_there_after_a_restart(path: Path, store: Store) -> None:
    draft, opened, added = draft_of(), scan_of("WH/IN/00007"), scan_of("gauze")
    store.drafts.open(draft, [opened])
    later = replace(draft, state='{"lines": 1}', changed_at=NOON + timedelta(minutes=1))
    store.drafts.save(later, [added])
    store.close()

    again = Store.open(path, KEY)

    assert again.drafts.get(draft.uuid) == later
    assert again.drafts.open_drafts() == [later]
    assert again.drafts.evidence(draft.uuid) == [opened, added]
    assert again.drafts.evidence_of([added.id, "unknown"]) == [added]
    again.close()


def test_line_and_scan_are_kept_together_or_not_at_all(store: Store) -> None:
    draft = draft_of()
    store.drafts.open(draft)
    broken = replace(scan_of(), verdict=None)  # type: ignore[arg-type]  # a bug of ours

    with pytest.raises(Exception, match="NOT NULL"):
        store.drafts.save(replace(draft, state='{"lines": 1}'), [scan_of(), broken])

    assert store.drafts.get(draft.uuid) == draft
    assert store.drafts.evidence(draft.uuid) == []


def test_each_person_finds_their_own_drafts_last_changed_first(store: Store) -> None:
    ana, ben = draft_of("Ana"), replace(draft_of("Ben"), changed_at=NOON + timedelta(minutes=1))
    store.drafts.open(ana)
    store.drafts.open(ben)

    assert store.drafts.open_drafts() == [ben, ana]
    assert store.drafts.open_drafts("Ana") == [ana]


def test_texts_that_meant_nothing_go_when_the_draft_is_dropped(store: Store) -> None:
    draft, good, rubbish = draft_of(), scan_of("gauze"), scan_of("patient letter", verdict="meaningless")
    store.drafts.open(draft, [good, rubbish])
    assert store.drafts.evidence(draft.uuid) == [good, rubbish]

    store.drafts.drop(draft.uuid, "Ana", NOON)
    store.drafts.drop(draft.uuid, "Ana", NOON)

    assert store.drafts.get(draft.uuid) is None
    assert store.drafts.evidence(draft.uuid) == [good]
    assert [entry.event for entry in store.journal.story(draft.uuid)] == ["opened", "dropped"]


def test_refused_scans_stay_as_evidence_after_confirming(store: Store) -> None:
    draft = draft_of()
    used, refused, rubbish = scan_of("a"), scan_of("b", verdict="expired"), scan_of("c", verdict="meaningless")
    store.drafts.open(draft, [used, refused, rubbish])

    store.outbox.confirm(draft.uuid, [receipt_of(draft, evidence=(used.id,))], NOON)

    assert store.drafts.evidence(draft.uuid) == [used, refused]


def test_a_scan_that_was_asked_about_keeps_only_its_last_verdict(store: Store) -> None:
    draft, scan = draft_of(), scan_of(verdict="lot_expired")
    store.drafts.open(draft, [scan])

    store.drafts.save(draft, [replace(scan, verdict="added")])

    assert store.drafts.evidence(draft.uuid) == [replace(scan, verdict="added")]


def test_a_scan_into_a_closed_draft_is_not_acknowledged(store: Store) -> None:
    draft = draft_of()
    store.drafts.open(draft)
    store.drafts.drop(draft.uuid, "Ana", NOON)

    with pytest.raises(WardstockError, match="draft_closed"):
        store.drafts.save(draft, [scan_of()])

    assert store.drafts.evidence(draft.uuid) == []


def test_ward_15_a_packs_serial_is_known_from_an_earlier_delivery(store: Store) -> None:
    pack = '{"gtin": "04006381333931", "serial": "S1"}'
    first, undone = scan_of(parse=pack), scan_of(parse=pack.replace("S1", "S2"))
    draft = replace(draft_of(), state=f'{{"lines": ["{first.id}"]}}')
    store.drafts.open(draft, [first, undone, scan_of(parse="no json")])

    def seen(serial: str, since: timedelta = timedelta(days=-1), except_draft: str = "") -> list[str]:
        return store.drafts.gtins_with_serial(serial, NOON + since, except_draft=except_draft)

    assert seen("S1") == ["04006381333931"]
    assert seen("S2") == []
    assert seen("S1", except_draft=draft.uuid) == []
    assert seen("S1", since=timedelta(days=1)) == []

    made = receipt_of(draft, evidence=(first.id,))
    store.outbox.confirm(draft.uuid, [made], NOON)
    assert seen("S1") == ["04006381333931"]
    store.outbox.withdraw(made[0].uuid, "Ana", NOON)
    assert seen("S1") == []


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.binary(max_size=300), text=st.text(max_size=300))
def test_whatever_a_scanner_sends_is_kept_byte_for_byte(store: Store, data: bytes, text: str) -> None:
    draft = draft_of()
    scan = replace(scan_of(), data=data, text=text)
    store.drafts.open(draft, [scan])

    assert store.drafts.evidence(draft.uuid) == [scan]


def test_bytes_that_are_no_text_are_whole_in_the_raw_data(store: Store) -> None:
    draft = draft_of()
    scan = replace(scan_of(), data=b"\xed\xa0\x80", text="\ud800")
    store.drafts.open(draft, [scan])

    [kept] = store.drafts.evidence(draft.uuid)

    assert kept.data == b"\xed\xa0\x80"
    assert kept.text == "\\ud800"
