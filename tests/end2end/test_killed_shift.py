"""A shift played scan by scan and killed again and again: what was said is on disk, and the next process goes on."""

import json
import os
import random
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from client.settings import Profile
from client.work.job import from_draft
from client.work.receiving.delivery import Delivery
from sync.keys import Place
from sync.stock import Move, Picking
from sync.store import Store
from sync.store.device import Enrolment
from tests.work.conftest import NOW, TOWEL, fill

ORDERS = 40
PACKS = 5


@dataclass
class Acknowledged:
    """What the process said before it died: the orders finished, and the packs of the one under way."""

    finished: set[int] = field(default_factory=set)
    under_way: tuple[int, int] = (0, 0)


def test_a_shift_killed_at_random_moments_loses_nothing_it_acknowledged(tmp_path: Path) -> None:
    """200 scans over 40 deliveries; after each kill the next process resumes the open draft and goes on."""
    _enrolled(tmp_path)
    luck = random.Random(40)
    told = Acknowledged()

    kills = 0
    while len(told.finished) < ORDERS:
        shift = _shift(tmp_path, told)
        ended = _play(tmp_path, shift, luck.randint(3, 60), told)
        kills += not ended
        _all_there(tmp_path, told)

    assert kills > ORDERS // 10
    with _opened(tmp_path) as store:
        bodies = [entry.transaction for entry in store.outbox.rows(newest=1000)]
    assert sorted(body.document.picking_id or 0 for body in bodies) == [1000 + order for order in range(ORDERS)]
    assert {body.lines[0].done for body in bodies} == {Decimal(PACKS)}


class _opened:  # reads as the verb it is
    def __init__(self, folder: Path) -> None:
        self.store = Profile(folder).open()

    def __enter__(self) -> Store:
        return self.store

    def __exit__(self, *_: object) -> None:
        self.store.close()


def _enrolled(folder: Path) -> None:
    store = Profile(folder, Place.FILE).open_or_create()
    store.device.enrol(Enrolment("http://127.0.0.1:1", "ward", "storekeeper", 5, 1, NOW), "key")
    fill(store)
    pull = store.catalogue.begin()
    orders = [Picking(1000 + n, f"CS/IN/1{n:03d}", "assigned", 1, 8, 5, f"Q{n:03d}", 11) for n in range(ORDERS)]
    pull.add(pickings=orders, move_lines=[])
    pull.add(moves=[Move(2000 + n, 1000 + n, TOWEL.id, Decimal(PACKS), 1, "Units", 5) for n in range(ORDERS)])
    pull.flip(NOW + timedelta(minutes=1))
    store.close()


def _shift(folder: Path, told: Acknowledged) -> Path:
    """The rest of the shift: open each order that is not finished, scan what is missing, finish."""
    done = _on_disk(folder)
    lines = []
    for order in range(ORDERS):
        if order in told.finished or done.get(order, 0) < 0:
            continue
        lines += [f"Q{order:03d}", *[TOWEL.barcode] * (PACKS - done.get(order, 0)), "!note none", "!confirm", "!home"]
    path = folder / "shift.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def _play(folder: Path, shift: Path, answers: int, told: Acknowledged) -> bool:
    """Play until that many answers were read, then kill. Whether the shift came to its end before."""
    command = [sys.executable, "-c", _PLAY, str(folder), str(shift)]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(answers)]
        process.send_signal(signal.SIGKILL)
        lines += process.stdout.readlines()
    for line in lines:
        if line.endswith("\n"):
            _hear(json.loads(line), told)
    return process.returncode == 0


def _hear(answer: dict[str, object], told: Acknowledged) -> None:
    order = int(str(answer["order"]))
    if answer["code"] == "confirmed":
        told.finished.add(order)
        told.under_way = (0, 0)
    elif answer["code"] in {"added", "opened", "resumed"}:
        told.under_way = (order, int(str(answer["packs"])))


def _all_there(folder: Path, told: Acknowledged) -> None:
    with _opened(folder) as store:
        assert store._database.rows("PRAGMA integrity_check") == [("ok",)]
        assert store.journal.verify().ok
    done = _on_disk(folder)
    order, packs = told.under_way
    assert all(done[finished] < 0 for finished in told.finished)
    assert packs == 0 or done[order] < 0 or done[order] >= packs


def _on_disk(folder: Path) -> dict[int, int]:
    """Packs by order as a new process finds them; -1 where the order is in the outbox."""
    with _opened(folder) as store:
        drafts = [from_draft(draft, Delivery) for draft in store.drafts.open_drafts()]
        sent = [entry.transaction.document.picking_id or 0 for entry in store.outbox.rows(newest=1000)]
    scanned = {draft.picking.id - 1000: len(draft.additions) for draft in drafts}
    return scanned | {picking - 1000: -1 for picking in sent}


_PLAY = """
import json, sys
from pathlib import Path
from client.replay import lines, play
from client.settings import Profile
from client.work.desk import Desk
from client.work.site.people import Person
from client.work.site.policy import Policy
from sync.clock import Clock

store = Profile(Path(sys.argv[1])).open()
desk = Desk(store, Person("Mira Lindqvist"), Policy(), Clock())
order = 0
for line in lines(Path(sys.argv[2]).read_text()):
    said = play(desk, line)
    order = desk.delivery.picking.id - 1000 if desk.delivery else order
    packs = len(desk.delivery.additions) if desk.delivery else 0
    print(json.dumps({"code": said.code, "order": order, "packs": packs}), flush=True)
"""
