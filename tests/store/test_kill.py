"""Killed at any instant: each scan and each transaction that was acknowledged is there."""

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

from sync.store import Store
from tests.store.goods import KEY

KILLS = 25


def test_nothing_acknowledged_is_lost_when_the_process_is_killed(path: Path) -> None:
    """Scans and confirmations go on in a process that dies without warning, and in the next one, on the same file."""
    Store.open(path, KEY).close()
    luck = random.Random(20261121)
    scans, confirmed = set[str](), set[str]()

    for _ in range(KILLS):
        for line in _work_until_killed(path, after=luck.randint(1, 120)):
            (confirmed if line.startswith("T") else scans).add(line[1:])
        _assert_all_there(path, scans, confirmed)

    assert len(scans) > KILLS
    assert len(confirmed) > KILLS


def _work_until_killed(path: Path, after: int) -> list[str]:
    """What the process acknowledged. It is killed somewhere in what follows its `after`th acknowledgement."""
    with subprocess.Popen(
        [sys.executable, "-c", _WORK, str(path)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    ) as process:
        assert process.stdout is not None
        told = [process.stdout.readline() for _ in range(after)]
        process.send_signal(signal.SIGKILL)
        told += process.stdout.readlines()
    assert process.returncode == -signal.SIGKILL
    return [line.strip() for line in told if line.endswith("\n")]


def _assert_all_there(path: Path, scans: set[str], confirmed: set[str]) -> None:
    store = Store.open(path, KEY)
    try:
        assert store._database.rows("PRAGMA integrity_check") == [("ok",)]
        assert store.journal.verify().ok
        assert {scan.id for scan in store.drafts.evidence_of(scans)} == scans
        assert confirmed <= {entry.uuid for entry in store.outbox.rows(newest=100_000)}
        assert _halves(store) == []
    finally:
        store.close()


def _halves(store: Store) -> list[tuple[object, ...]]:
    """Transactions whose draft is still open, and confirmations in the journal without a transaction."""
    return store._database.rows(
        "SELECT uuid FROM outbox WHERE draft IN (SELECT uuid FROM draft)"
        " UNION ALL SELECT subject FROM journal WHERE event = 'confirmed' AND subject NOT IN (SELECT uuid FROM outbox)"
    )


_WORK = """
import sys
from pathlib import Path
from sync.store import Store
from tests.store.goods import KEY, NOON, draft_of, receipt_of, scan_of
store = Store.open(Path(sys.argv[1]), KEY)
while True:
    draft = draft_of()
    store.drafts.open(draft)
    for _ in range(3):
        scan = scan_of()
        store.drafts.save(draft, [scan])
        print("S" + scan.id, flush=True)
    made = receipt_of(draft, evidence=(scan.id,))
    store.outbox.confirm(draft.uuid, [made], NOON)
    print("T" + made[0].uuid, flush=True)
    store.checkpoint()
"""
