"""Whatever is scanned or pressed, in whatever job: an answer in words, nothing lost, nothing a rule forbids."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from client import messages
from client.work import jobs
from client.work.answer import Tone
from client.work.desk import Desk
from client.work.job import Job
from client.work.receiving.delivery import Delivery
from client.work.site.people import Role
from sync.stock import Tracking, whole_steps
from sync.store import Store
from sync.transaction import COUNTS, Kind, Transaction
from tests.work.conftest import BOX, SYRINGE, label, say
from tests.work.every_job import SCANS, STEPS, Answered, answers, copied, table, world
from tests.work.moves import at

STEPS_PAGE = Path(__file__).parents[2] / "docs" / "steps.md"

WORDS = (
    "!yes", "!no", "!confirm", "!undo", "!undo 1", "!home", "!qty 3", "!qty 0", "!qty 2 of 1", "!lot S-SOON", "!lot X9",
    "!lot 1", "!serial SN-STOCK", "!expiry 2029-01-31", "!expiry soon", "!pin 4711", "!pin 0000", "!all", "!zero",
    "!empty", "!reason torn", "!note N1", "!to LOC-ICU", "!from LOC-A1", "!fix 1", "!drafts", "!resume 1", "!resume 2",
    "!close-short", "!make-lot torn", "!use-label", "!use-known", "!move", "!use", "!waste", "!return", "!take-now",
    "!count LOC-A1", "!count", "!relabel", "!supplier-return", "!arrive", "!receive", "!receive P00099", "!quarantine",
    "!quarantine wet", "!quarantine 1 wet", "!refuse 1 torn",
    "!refuse broken", "!unidentified 2", "!cards", "!nonsense", "!reading (10)S-SOON(17)261231",
    "!teach Paper towel", "!teach 09521234543213 Paper towel", "!teach",
)  # fmt: skip
ACTS = (*SCANS.values(), *WORDS)


@pytest.fixture(scope="module")
def told() -> list[Answered]:
    return list(answers())


def test_every_kind_of_scan_has_an_answer_at_every_step(told: list[Answered]) -> None:
    for one in told:
        assert messages.title(one.said).strip(), one
        assert one.said.tone is not Tone.IDLE or one.scan == "command", one


def test_no_scan_loses_a_line(told: list[Answered]) -> None:
    assert [one for one in told if one.lost] == []


def test_the_page_of_steps_is_as_the_machines_are(told: list[Answered]) -> None:
    assert STEPS_PAGE.read_text(encoding="utf-8") == table(told), "python -m tests.work.every_job > docs/steps.md"


def test_every_job_is_in_the_table() -> None:
    words = {step.partition(":")[0] for step in STEPS}
    assert len(words) >= len(jobs.JOBS) - 1  # what waits to be completed is begun by taking now


@given(acts=st.lists(st.sampled_from(ACTS), min_size=5, max_size=40), role=st.sampled_from(Role))
@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
def test_any_acts_in_any_order_are_answered_and_keep_what_was_accepted(ward: Path, acts: list[str], role: Role) -> None:
    with copied(ward) as store:
        desk = at(store, role)
        for act in acts:
            before = desk.job
            said = say(desk, act)

            assert messages.title(said).strip(), act
            _asked_in_words(desk)
            _nothing_lost(before, desk, act)
            _same_on_disk(store, desk)
        for entry in store.outbox.rows():
            _nothing_forbidden(store, entry.transaction)


@given(acts=st.lists(st.sampled_from(ACTS), min_size=3, max_size=25), begun=st.sampled_from(sorted(STEPS)))
@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
def test_undo_gives_back_exactly_what_was_before(ward: Path, acts: list[str], begun: str) -> None:
    with copied(ward) as store:
        desk = at(store)
        say(desk, *STEPS[begun])
        for act in acts:
            before = desk.job
            say(desk, act)
            if before and desk.job and _one_more(before, desk.job):
                say(desk, "!undo")
                assert desk.job is not None
                assert _compared(desk.job) == _compared(before), act


BOXES = (BOX.barcode, label(SYRINGE, lot="NEW-1", expiry="290131", count=5), "!qty 3", "!qty 2 of 1", "!fix 1")
ASIDE = ("!refuse 1 torn", "!refuse broken", "!quarantine 2 wet", "!quarantine wet")


@given(acts=st.lists(st.sampled_from((*BOXES, *ASIDE)), min_size=3, max_size=14))
@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
def test_what_was_refused_or_put_aside_comes_back_exactly_as_it_was(ward: Path, acts: list[str]) -> None:
    """In boxes or in units, all of a scan or a part of it."""
    with copied(ward) as store:
        desk = at(store)
        say(desk, "P00012")
        for act in acts:
            before = desk.job
            said = say(desk, act)
            if act in ASIDE and said.code in {"turned_away", "put_aside"}:
                assert isinstance(desk.job, Delivery)
                number = (
                    desk.job.turned_away[-1].number if said.code == "turned_away" else desk.job.put_aside[-1].number
                )
                say(desk, f"!undo {number}")
                assert isinstance(before, Delivery)
                assert _compared(desk.job) == _compared(before), act
                say(desk, "!fix 1", act)


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A world to copy, for each example."""
    folder = tmp_path_factory.mktemp("ward")
    world(folder).close()
    return folder


def _asked_in_words(desk: Desk) -> None:
    asked = desk.question()
    if asked:
        assert messages.question(asked).strip(), asked
        for way in asked.choices:
            assert messages.choice(way).strip(), way


def _nothing_lost(before: Job | None, desk: Desk, act: str) -> None:
    """A scan takes nothing away: of the open job, or of the draft it was left as."""
    if before is None or before.finished or act.startswith(("!", "WS!")):
        return
    numbers = {add.number for add in before.additions}
    if desk.job and desk.job.uuid == before.uuid:
        assert numbers <= {add.number for add in desk.job.additions}
    elif numbers:
        left = desk.store.drafts.get(before.uuid)
        assert left is not None
        assert numbers <= set(left.lines)


def _same_on_disk(store: Store, desk: Desk) -> None:
    if desk.job is None or desk.job.finished:
        return
    draft = store.drafts.get(desk.job.uuid)
    assert draft is not None
    assert set(draft.lines) == {add.number for add in desk.job.additions}


def _nothing_forbidden(store: Store, act: Transaction) -> None:
    """What no rule lets through, however it was answered."""
    assert act.lines, act
    for line in act.lines:
        product = store.catalogue.product(line.product_id)
        assert product is not None
        assert product.active
        assert line.uom_id == product.uom_id
        amount = line.counted if act.kind in COUNTS else line.done
        assert amount is not None
        assert whole_steps(amount, product.uom_rounding)
        assert act.kind in COUNTS or amount > 0
        if product.tracking is not Tracking.NONE:
            assert line.lot_name not in {"", "1", "NA"}, act
        if product.tracking is Tracking.SERIAL:
            assert amount <= 1
        if act.kind in {Kind.TRANSFER, Kind.USE, Kind.WARD_RETURN, Kind.PLANNED_TRANSFER} and line.expiry:
            gone_off = line.expiry.isoformat() < "2026-11-21"
            assert not gone_off or any("expired" in answer.question for answer in act.answers), act


def _one_more(before: Job, after: Job) -> bool:
    """One scan was added to the same job, and nothing is being asked before or after."""
    same = before.uuid == after.uuid and not after.finished and not (before.pending or after.pending)
    new = [add for add in after.additions if add.number not in {one.number for one in before.additions}]
    return same and len(new) == 1 and len(after.additions) == len(before.additions) + 1


def _compared(job: Job) -> Job:
    """The job but for what only counts on: numbers are not given twice."""
    return replace(job, next_number=0, current=0, closing=False, witness="", answers=())
