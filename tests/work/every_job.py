"""Every job in every step it can be in, and every kind of scan that may come there: what is answered.

`python -m tests.work.every_job > docs/steps.md` writes the table from the step machines; a test holds it to them.
"""

import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from client import messages
from client.work.answer import Said
from client.work.desk import Desk
from client.work.site.people import Role
from client.work.site.pin import Cost, hashed
from sync.store import Store
from sync.store.device import Enrolment
from tests.work.conftest import BOX, KEY, MASK, NOW, PUMP, SYRINGE, TOWEL, fill, gtin, label, say
from tests.work.languages import ASPIRIN, DRAIN, DRAIN_ID, GRAFT, hibc
from tests.work.moves import A1, MORPHINE, TO_ICU, WARD, at, furnish
from tests.work.receiving import pulled

CHEAP = Cost(passes=1, memory_kib=8, lanes=1)

SCANS: Final[Mapping[str, str]] = {
    "product, lot, day": label(SYRINGE, lot="S-SOON", expiry="261231"),
    "product, new lot": label(SYRINGE, lot="NEW-1", expiry="290131"),
    "product alone": label(SYRINGE),
    "expired lot": label(SYRINGE, lot="S-OLD", expiry="261031"),
    "untracked product": TOWEL.barcode,
    "box of a product": BOX.barcode,
    "product with serial": label(PUMP, serial="SN-STOCK"),
    "product not expected": MASK.barcode,
    "lot without product": "]C11729013110S-LATE",
    "lot in plain text": "S-LATE",
    "unknown product number": "]d201" + gtin(7999999999),
    "unknown pack of a product": "]d201" + gtin(3004000000001) + "10NEW-2",
    "label without its separators": f"]d201{SYRINGE.barcode}10S-SOON17261231",
    "digital link": f"HTTPS://id.example.org/01/{SYRINGE.barcode}/10/NEW-3?17=290131",
    "HIBC, primary": hibc(f"+{DRAIN_ID}"),
    "HIBC, secondary": hibc(f"+$$3290131H-1{hibc(f'+{DRAIN_ID}')[-1]}"),
    "HIBC, joined": hibc(f"+{DRAIN_ID}/$$3290131H-1"),
    "HIBC, another pack": hibc(f"+{DRAIN_ID[:-1]}3"),
    "PPN": "[)>\x1e06\x1d9N110375286414\x1d1TP-1\x1dD290131\x1dSP77\x1e\x04",
    "PPN, unknown": "[)>\x1e06\x1d9N111234567842\x1d1TP-1\x1e\x04",
    "ISBT 128, donation": "=A99992612345600",
    "ISBT 128, device": "=/A9999XYZ100T0476",
    "misread HIBC": "+A999DRAIN10Q",
    "shipping unit": "]C100340123450000000018",
    "shelf": A1.barcode,
    "ward": WARD.barcode,
    "place for no goods": "LOC-CS",
    "archived place": "LOC-OLD",
    "order": "P00013",
    "delivery": "CS/IN/00008",
    "transfer": TO_ICU.name,
    "badge": "BADGE-Nils",
    "badge of a supervisor": "BADGE-Joana",
    "command": "WS!undo",
    "unknown command": "WS!dance",
    "patient": "]d28018952123453676760006\x1d725019700101",
    "patient, ISBT 128": "&#0103123456",
    "unknown text": "what is this",
    "nothing": " ",
}
"""Every kind of scan by what it is."""

STEPS: Final[Mapping[str, tuple[str, ...]]] = {
    "home": (),
    "home: a shelf was scanned": (A1.barcode,),
    "receipt: open": ("P00012",),
    "receipt: which lot?": ("P00012", label(SYRINGE)),
    "receipt: an item is there": ("P00012", label(SYRINGE, lot="NEW-0", expiry="290131")),
    "receipt: what about the rest?": ("P00012", TOWEL.barcode, "!confirm"),
    "receipt: expired, what now?": ("P00012", label(SYRINGE, lot="S-OLD", expiry="261031")),
    "receipt: finished": ("P00012", TOWEL.barcode, "!confirm", "!yes"),
    "move: from where?": ("!move",),
    "move: from a shelf": ("!move", A1.barcode),
    "move: which lot?": ("!move", A1.barcode, label(SYRINGE)),
    "move: items, where to?": ("!move", A1.barcode, TOWEL.barcode),
    "move: items and where to": ("!move", A1.barcode, TOWEL.barcode, WARD.barcode),
    "use: in a ward": ("!use", WARD.barcode),
    "use: items": ("!use", WARD.barcode, TOWEL.barcode),
    "use: a witness?": ("!use", WARD.barcode, label(MORPHINE, lot="M-1", expiry="270630"), "!confirm"),
    "waste: items": ("!waste", WARD.barcode, TOWEL.barcode),
    "return: items": ("!return", WARD.barcode, TOWEL.barcode),
    "take now: at a place": ("!take-now", WARD.barcode),
    "take now: items": ("!take-now", WARD.barcode, TOWEL.barcode),
    "planned transfer: open": (TO_ICU.name,),
    "count: a bin": (f"!count {A1.barcode}",),
    "count: items": (f"!count {A1.barcode}", TOWEL.barcode),
    "relabel: begun": ("!relabel",),
    "supplier return: begun": ("!supplier-return",),
    "arrival: begun": ("!arrive",),
}
"""What brings a desk into each step."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What a scan came to in a step. `lost`: numbers of lines that were there before and are no more."""

    step: str
    scan: str
    said: Said
    lost: tuple[int, ...]


def world(folder: Path) -> Store:
    """A device with goods, orders, a transfer and people."""
    store = Store.open(folder / "wardstock.db", KEY)
    store.device.enrol(Enrolment("http://127.0.0.1:1", "ward", "storekeeper", 5, 1, NOW), "key")
    fill(store)
    furnish(store)
    pulled(store, products=[DRAIN, ASPIRIN, GRAFT])
    for name, role in (("Mira Lindqvist", "storekeeper"), ("Nils Berg", "nurse"), ("Joana Adeyemi", "supervisor")):
        store.people.add(name, role, NOW, "", badge=f"BADGE-{name.split()[0]}", pin=hashed("4711", CHEAP))
    return store


def answers() -> Iterator[Answered]:
    """Every scan in every step, each from the beginning."""
    with tempfile.TemporaryDirectory() as folder:
        world(Path(folder)).close()
        for step, lines in STEPS.items():
            for kind, text in SCANS.items():
                with copied(Path(folder)) as store:
                    yield _answer(at(store, Role.STOREKEEPER), step, lines, kind, text)


@contextmanager
def copied(folder: Path) -> Iterator[Store]:
    """That world again, as it was."""
    with tempfile.TemporaryDirectory() as other:
        for file in folder.iterdir():
            shutil.copy(file, other)
        store = Store.open(Path(other) / "wardstock.db", KEY)
        try:
            yield store
        finally:
            store.close()


def _answer(desk: Desk, step: str, lines: tuple[str, ...], kind: str, text: str) -> Answered:
    for line in lines:
        say(desk, line)
    job = desk.job
    before = {add.number for add in job.additions} if job and not job.finished else set[int]()
    said = say(desk, text)
    after = {add.number for add in desk.job.additions} if desk.job else set[int]()
    kept = desk.job is None or job is None or desk.job.uuid != job.uuid or kind == "command"
    return Answered(step, kind, said, () if kept else tuple(before - after))


def table(told: Iterable[Answered]) -> str:
    """The page: for each step each kind of scan, the tone and the code of its answer, and what the screen says."""
    lines = [
        "# Every step, every scan",
        "",
        "Written from the step machines by `python -m tests.work.every_job`. ✓ is on disk, ? is asked, ✗ was not",
        "added, · says something and changes nothing.",
    ]
    step = ""
    for one in told:
        if one.step != step:
            step = one.step
            head = f"## {step[0].upper()}{step[1:]}"
            lines += ["", head, "", "| scan | | answer | on the screen |", "|---|---|---|---|"]
        title = messages.title(one.said).replace("|", "/")
        lines.append(f"| {one.scan} | {_SIGNS[one.said.tone]} | `{one.said.code}` | {title} |")
    return "\n".join(lines) + "\n"


_SIGNS = {"ok": "✓", "ask": "?", "no": "✗", "idle": "·"}

if __name__ == "__main__":
    sys.stdout.write(table(answers()))
