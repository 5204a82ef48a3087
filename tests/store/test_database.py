"""The file itself: its key, its rights, its writers, and what the world does to it."""

import os
import shutil
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from sync.errors import WardstockError
from sync.stock import Product
from sync.store import Store, database
from sync.store.gate import Gate
from tests.store.goods import GAUZE, KEY, NOON, draft_of, receipt_of, scan_of


def test_the_file_can_be_read_by_nobody_else_and_says_nothing_without_its_key(path: Path, store: Store) -> None:
    store.drafts.open(draft_of(person="Ana Nurse"), [scan_of("SECRET-LOT")])

    files = list(path.parent.iterdir())

    assert {file.name for file in files} >= {"wardstock.db", "wardstock.db-wal"}
    for file in files:
        assert file.stat().st_mode & 0o077 == 0, file.name
        content = file.read_bytes()
        assert b"Ana Nurse" not in content
        assert b"SECRET-LOT" not in content
        assert not content.startswith(b"SQLite format 3")


def test_a_wrong_key_is_said_in_a_sentence_and_changes_nothing(path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    Store.open(path, KEY).close()
    before = path.read_bytes()

    with pytest.raises(WardstockError, match="store_wrong_key"):
        Store.open(path, bytes(32))

    assert path.read_bytes() == before
    assert capfd.readouterr().err == ""


def test_a_file_that_is_no_store_is_refused(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"a shopping list" * 1000)

    with pytest.raises(WardstockError, match="store_wrong_key"):
        Store.open(path, KEY)


def test_a_damaged_page_is_told_apart_from_a_bug(path: Path) -> None:
    store = Store.open(path, KEY)
    for _ in range(50):
        store.drafts.open(draft_of(), [scan_of("x" * 2000)])
    store.checkpoint()
    store.close()
    content = bytearray(path.read_bytes())
    for at in range(8 * 4096, len(content), 4096):
        content[at + 100] ^= 0xFF
    path.write_bytes(content)

    with pytest.raises(WardstockError, match="store_damaged"):
        _read_all_scans(path)


def test_a_full_disk_is_said_and_leaves_what_was_there(path: Path) -> None:
    store = Store.open(path, KEY)
    kept = draft_of()
    store.drafts.open(kept)
    connection = store._database.connection
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages + 2}").fetchone()

    with pytest.raises(WardstockError, match="store_disk_full"):
        store.drafts.save(kept, [scan_of("x" * 100_000)])

    assert store.drafts.evidence(kept.uuid) == []
    store.drafts.save(kept, [scan_of()])
    assert len(store.drafts.evidence(kept.uuid)) == 1
    assert store.journal.verify().ok
    store.close()


def test_a_file_system_that_takes_no_more_is_said_and_the_draft_survives(path: Path) -> None:
    uuid = draft_of().uuid
    Store.open(path, KEY).close()

    told = subprocess.run(
        [sys.executable, "-c", _FILL_A_SMALL_DISK, str(path), uuid],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )

    code, acknowledged = told.stdout.split()
    assert code in {"store_disk_full", "store_disk_fails"}
    assert int(acknowledged) > 0
    store = Store.open(path, KEY)
    assert len(store.drafts.evidence(uuid)) == int(acknowledged)
    assert store._database.row("PRAGMA integrity_check") == ("ok",)
    store.close()


_FILL_A_SMALL_DISK = """
import resource, signal, sys
from pathlib import Path
from sync.errors import WardstockError
from sync.stock import Product
from sync.store import Store, database
from sync.store.gate import Gate
from tests.store.goods import KEY, draft_of, scan_of
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))
store, draft, kept = Store.open(Path(sys.argv[1]), KEY), draft_of(uuid=sys.argv[2]), 0
store.drafts.open(draft)
try:
    while kept < 10_000:
        store.drafts.save(draft, [scan_of("x" * 1000)])
        kept += 1
except WardstockError as error:
    print(error.code, kept)
"""


def test_a_file_another_program_holds_is_said_after_a_while(
    path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_BUSY_MS", 20)
    with store._database.write():
        other = database.Database(path, KEY)
        other._gate = Gate()  # as in another process
        with pytest.raises(WardstockError, match="store_busy"), other.write():
            pytest.fail("two writers at once")
    other.close()


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(WardstockError, match="store_not_writable"):
        Store.open(tmp_path / "file" / "wardstock.db", KEY)


def test_a_bug_of_ours_is_not_dressed_up_as_the_world(store: Store) -> None:
    with pytest.raises(dbapi2.OperationalError, match="no such table"):
        store._database.rows("SELECT * FROM nowhere")


def test_a_thread_that_ended_leaves_no_connection_behind(store: Store) -> None:
    for _ in range(3):
        reader = threading.Thread(target=store.drafts.open_drafts)
        reader.start()
        reader.join()

    assert len(store._database._open) <= 2


def test_a_closed_store_is_not_opened_again_behind_our_back(path: Path) -> None:
    store = Store.open(path, KEY)
    store.close()
    told: list[type[Exception]] = []

    def read() -> None:
        try:
            store.drafts.open_drafts()
        except ValueError as error:
            told.append(type(error))

    reader = threading.Thread(target=read)
    reader.start()
    reader.join()

    assert told == [ValueError]


def test_a_cloned_file_holds_the_same_draft_under_the_same_uuid(path: Path, store: Store, tmp_path: Path) -> None:
    draft = draft_of()
    store.drafts.open(draft, [scan_of()])
    store.close()
    shutil.copytree(path.parent, tmp_path / "clone")

    confirmed = []
    for copy in (path, tmp_path / "clone" / path.name):
        opened = Store.open(copy, KEY)
        opened.outbox.confirm(draft.uuid, [receipt_of(opened.drafts.open_drafts()[0])], NOON)
        confirmed += [entry.uuid for entry in opened.outbox.due(NOON)]
        opened.close()

    assert confirmed[0] == confirmed[1]


def test_a_scan_is_written_while_a_pull_writes(pulled: Store) -> None:
    draft, done = draft_of(), threading.Event()
    pulled.drafts.open(draft)
    chunks_behind: list[int] = []

    def pull() -> None:
        page = [_renamed(number) for number in range(1000, 4000)]
        begun = pulled.catalogue.begin()
        begun.add(products=page)
        done.set()
        begun.flip(NOON)

    worker = threading.Thread(target=pull)
    worker.start()
    while not done.is_set():
        pulled.drafts.save(draft, [scan_of()])
        chunks_behind.append(1)
    worker.join()

    assert len(pulled.drafts.evidence(draft.uuid)) == len(chunks_behind) > 1
    assert pulled.catalogue.counts()["products"] == 3000


def _read_all_scans(path: Path) -> None:
    store = Store.open(path, KEY)
    try:
        for draft in store.drafts.open_drafts():
            store.drafts.evidence(draft.uuid)
    finally:
        store.close()


def _renamed(number: int) -> Product:
    return replace(GAUZE, id=number, barcode="", name=f"Gauze {number}")
