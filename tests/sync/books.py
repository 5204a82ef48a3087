"""Stands for the postings: what Odoo would have of each transaction, and what goes wrong on the way there."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import pytest

from sync import push as passes
from sync.odoo.posting.sending import Sending, Site
from sync.odoo.postings import Settled
from sync.odoo.wire.errors import Family, OdooError, Refused
from sync.odoo.wire.session import Session
from sync.transaction import Document, Draft, Footprint, Kind, Moment, Outcome, Transaction, footprint, new_uuid
from tests.sync.acts import NOON
from tests.sync.conftest import Ward

Trouble = Callable[[Sequence[str]], object]
"""Told the uuids of a call before each of them is booked; may raise."""


def transfer(kind: Kind = Kind.TRANSFER, picking: int | None = None, photos: tuple[str, ...] = ()) -> Transaction:
    """An act without goods: nothing of these tests looks at them."""
    return Transaction(
        uuid=new_uuid(),
        kind=kind,
        reference="WS-7F3A/000001",
        document=Document(1, 2, 3, picking),
        company_id=1,
        person="Sven",
        device="WS-7F3A",
        acted_at=Moment(NOON, 7.0, "a boot"),
        lines=(),
        photos=photos,
    )


@dataclass
class Books:
    """What is booked there, how often each was, and the calls in their order."""

    booked: dict[str, int] = field(default_factory=dict)
    cancelled: set[str] = field(default_factory=set)
    refuses: Mapping[str, str] = field(default_factory=dict)
    calls: list[list[str]] = field(default_factory=list)
    sites: list[Site] = field(default_factory=list)
    sent: list[Sending] = field(default_factory=list)
    trouble: Trouble = lambda _uuids: None
    after: Trouble = lambda _uuids: None

    def post(self, session: Session, sendings: Sequence[Sending], site: Site, settled: Settled) -> None:
        """All of a call are booked, then each is told."""
        uuids = [sending.transaction.uuid for sending in sendings]
        self.calls.append(uuids)
        self.sites.append(site)
        self.sent += sendings
        session.sent += 1
        self.trouble(uuids)
        session.sent += 1
        for uuid in uuids:
            if uuid not in self.refuses and uuid not in self.cancelled:
                self.booked[uuid] = 1
        self.after(uuids)
        for uuid in uuids:
            settled(uuid, Refused(self.refuses[uuid]) if uuid in self.refuses else self.outcome(uuid))

    def withdraw(self, session: Session, sending: Sending) -> Outcome | None:
        uuid = sending.transaction.uuid
        self.calls.append([f"withdraw {uuid}"])
        session.sent += 1
        self.trouble([uuid])
        if uuid in self.booked:
            return self.outcome(uuid)
        self.cancelled.add(uuid)
        return None

    def give_up(self, _session: Session, sending: Sending, reason: OdooError) -> Outcome | Refused:
        return Refused(reason.code)

    def outcome(self, uuid: str) -> Outcome:
        return Outcome(1, f"WH/OUT/{uuid[:4]}")


@pytest.fixture
def books(monkeypatch: pytest.MonkeyPatch) -> Books:
    """In place of the postings of `sync.push`; the user keeps all rights."""
    kept = Books()
    for name in ("post", "withdraw", "give_up"):
        monkeypatch.setattr(passes, name, getattr(kept, name))
    monkeypatch.setattr(passes, "still_may", lambda _session: True)
    return kept


def confirm(ward: Ward, *acts: Transaction, where: Footprint | None = None) -> list[str]:
    """They are queued; with `where` all of them touch that. Answers their uuids."""
    now, draft, store = ward.device.clock.now(), new_uuid(), ward.device.store
    store.drafts.open(Draft(draft, "transfer", "{}", "Sven", "a shelf", now, now))
    store.outbox.confirm(draft, [(act, where or footprint(act, {})) for act in acts], now)
    return [act.uuid for act in acts]


def no(family: Family, *, of: str = "", code: str = "", name: str = "") -> Trouble:
    """Odoo, or the network, says so; of a call that has this one in it, or of any."""

    def say(uuids: Sequence[str]) -> None:
        if not of or of in uuids:
            raise OdooError(family, code=code, name=name)

    return say


def once(trouble: Trouble) -> Trouble:
    """Only the first time."""
    left = [trouble]

    def say(uuids: Sequence[str]) -> None:
        if left:
            left.pop()(uuids)

    return say
