"""Transactions waiting for Odoo, and what became of them. Nothing leaves this table, no body in it ever changes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from sync.errors import WardstockError
from sync.store import drafts, journal, moves, photos, recounts
from sync.store.entries import LEFT_IN_ODOO, Decision, Entry, Summary
from sync.store.outbox_questions import UNFINISHED_IN_SQL, UNSENT_IN_SQL, Questions, Queue
from sync.store.values import json_of, text_of
from sync.transaction import Draft, Footprint, Outcome, Recount, Status, Transaction, to_body

__all__ = ["LEFT_IN_ODOO", "TOO_LATE", "Decision", "Entry", "Outbox", "Queue", "Successor", "Summary"]

TOO_LATE = "withdraw_too_late"
"""Done, although somebody wanted it back: Odoo had it already."""


@dataclass(frozen=True, slots=True)
class Successor:
    """What takes the place of a refused transaction: new ones that name it, a draft to correct it in, shelves to count.

    `choice` is the way out a person chose (`sync.choices`). Nothing of it: the act is over.
    """

    choice: str
    transactions: Sequence[tuple[Transaction, Footprint]] = ()
    draft: Draft | None = None
    recounts: Sequence[Recount] = ()


class Outbox(Questions):
    """The life of a transaction (design 4). Only the moves drawn in `sync.transaction` are possible."""

    # ---------------------------------------------------------------- what a person decides

    def confirm(
        self,
        draft_uuid: str,
        confirmed: Sequence[tuple[Transaction, Footprint]],
        now: datetime,
        rest: Draft | None = None,
    ) -> None:
        """One durable transaction: the draft closes, its transactions are queued, the journal says so.

        `rest` is what of it stays open (ward 26): a draft of its own, with the scans it names.

        A transaction that is already there (a double tap) is not queued again. Raises WardstockError("draft_closed")
        when the draft was dropped meanwhile and something in `confirmed` is new.
        """
        rows = [(transaction, to_body(transaction), footprint.to_json()) for transaction, footprint in confirmed]
        with self._db.write() as connection:
            was_open = drafts.close(connection, draft_uuid)
            if was_open:
                photos.drop(connection, draft_uuid, {id_ for transaction, _, _ in rows for id_ in transaction.photos})
                if rest:
                    drafts.leave(connection, rest, draft_uuid)
            for transaction, body, footprint in rows:
                if moves.is_there(connection, transaction.uuid):
                    continue
                if not was_open:
                    raise WardstockError("draft_closed", uuid=draft_uuid)
                moves.queue(connection, draft_uuid, transaction, body, footprint, text_of(now))

    def withdraw(self, uuid: str, person: str, now: datetime) -> Status:
        """Take it back; answers where it is then. A second time is no error.

        What was never sent, or was refused, is `WITHDRAWN` at once. What Odoo may have stays as it is with that wish:
        the next pass finds out (design 4). Raises WardstockError("withdraw_too_late") for what is done.
        """
        with self._db.write() as connection:
            was = moves.standing(connection, uuid)
            if was.status is Status.DONE:
                raise WardstockError("withdraw_too_late", person=person, picking=moves.document(connection, uuid))
            if was.status is Status.WITHDRAWN or (was.wish and was.status is not Status.REFUSED):
                return was.status
            cleaned_up = was.status is Status.REFUSED and was.code != LEFT_IN_ODOO
            if cleaned_up or (was.status is Status.QUEUED and not was.first_sent_at):
                moves.withdrawn(connection, was, person, now)
                if not cleaned_up:
                    connection.execute("INSERT INTO stone_owed (uuid) VALUES (?)", (uuid,))
                return Status.WITHDRAWN
            return moves.wished(connection, was, person, now)

    def replace(self, uuid: str, successor: Successor, person: str, now: datetime) -> bool:
        """One durable transaction settles a refused one and queues what takes its place, where it stood in the line.

        What is done can only be corrected: it stays, and a draft or a transaction follows. False, and nothing is
        written, where the same was chosen before. Raises WardstockError("settled_already") where something else was.
        Its uuids are made of the old one's, so that a copy of this device settles the same way only once more.
        """
        made = [(one, to_body(one), footprint.to_json()) for one, footprint in successor.transactions]
        with self._db.write() as connection:
            was = moves.standing(connection, uuid)
            if earlier := moves.choice_of(connection, was):
                if earlier != successor.choice:
                    raise WardstockError("settled_already", uuid=uuid, choice=earlier)
                return False
            if was.status not in {Status.REFUSED, Status.DONE} or was.code == LEFT_IN_ODOO:
                raise WardstockError("not_refused", uuid=uuid)
            told = {"choice": successor.choice, "by": [one.uuid for one, _, _ in made]}
            journal.append(connection, moves.SETTLED, uuid, at=now, person=person, **told)
            if was.status is Status.REFUSED:
                moves.withdrawn(connection, was, person, now)
            draft, place = moves.origin(connection, uuid)
            for transaction, body, footprint in made:
                moves.queue(connection, draft, transaction, body, footprint, text_of(now), place)
            if successor.draft:
                drafts.begin(connection, successor.draft)
                drafts.take_along(connection, successor.draft.uuid, moves.evidence_of(connection, uuid))
            for recount in successor.recounts:
                recounts.doubt(connection, recount, uuid, now)
        return True

    def take_up(self, uuid: str, choice: str, person: str, now: datetime, wanted: Sequence[Recount] = ()) -> bool:
        """Somebody sees to what stands in the way, elsewhere: it stays refused until then. False: said before."""
        with self._db.write() as connection:
            if moves.standing(connection, uuid).status is not Status.REFUSED:
                raise WardstockError("not_refused", uuid=uuid)
            if choice in moves.said_of(connection, uuid, moves.TAKEN_UP):
                return False
            journal.append(connection, moves.TAKEN_UP, uuid, at=now, person=person, choice=choice)
            for recount in wanted:
                recounts.doubt(connection, recount, uuid, now)
        return True

    def release(self, uuid: str, person: str, now: datetime) -> None:
        """A supervisor lets it go although it waits behind another. A second time is no error.

        Raises WardstockError("not_waiting") for what waits for nobody.
        """
        entry = self.get(uuid)
        if entry is None or (entry.waiting_behind is None and entry.released is None):
            raise WardstockError("not_waiting", uuid=uuid)
        with self._db.write() as connection:
            told = json_of({"person": person, "at": text_of(now)})
            sql = f"UPDATE outbox SET released = ? WHERE uuid = ? AND released = '' AND status IN ({UNFINISHED_IN_SQL})"
            if connection.execute(sql, (told, uuid)).rowcount:
                journal.append(connection, "released", uuid, at=now, person=person, behind=entry.waiting_behind or "")

    def retry_now(self, uuid: str) -> None:
        """Do not wait for `not_before`; what is left in Odoo is tried again too."""
        with self._db.write() as connection:
            was = moves.standing(connection, uuid)
            if was.status in {Status.QUEUED, Status.SENDING}:
                moves.write(connection, was, not_before=None)
            elif was.code == LEFT_IN_ODOO and was.status is Status.REFUSED:
                moves.move(connection, was, Status.QUEUED, not_before=None)

    def retry_all(self) -> None:
        """Somebody asked for a pass: nothing waits for its time."""
        with self._db.write() as connection:
            connection.execute(f"UPDATE outbox SET not_before = NULL WHERE status IN ({UNSENT_IN_SQL})")

    # ---------------------------------------------------------------- what a pass finds out

    def begin(self, uuids: Iterable[str], now: datetime) -> frozenset[str]:
        """Those of them that go out now, all on disk as sending in one transaction before the first request.

        Left out is what somebody withdrew, or wishes to, since the caller looked.
        """
        with self._db.write() as connection:
            standing = [moves.standing(connection, uuid) for uuid in uuids]
            going = [was for was in standing if was.status in {Status.QUEUED, Status.SENDING} and not was.wish]
            for was in going:
                moves.send(connection, was, now)
        return frozenset(was.uuid for was in going)

    def mark_sending(self, uuid: str, now: datetime) -> None:
        """On disk before the first request goes out: from here on we do not know, whatever happens to us."""
        with self._db.write() as connection:
            moves.send(connection, moves.standing(connection, uuid), now)

    def mark_done(self, uuid: str, outcome: Outcome, now: datetime) -> None:
        """Posted and read back. `outcome.differs` are listed, never posted again. Who wanted it back came too late.

        It does not wait for the disk: after a power cut it may be `SENDING` again, and the next pass finds it done.
        """
        told = asdict(outcome)
        with self._db.write(durable=False) as connection:
            was = moves.standing(connection, uuid)
            late = {"person": was.wish.person, "picking": outcome.picking_name} if was.wish else {}
            why = {"code": TOO_LATE if late else "", "facts": json_of(late)}
            settled = {"settled_at": text_of(now), "outcome": json_of(told), "not_before": None}
            moves.move(connection, was, Status.DONE, **settled, **why)
            journal.append(connection, "done", uuid, at=now, picking=outcome.picking_name, outcome=told)
            recounts.after(connection, uuid, outcome, now)
            if late:
                journal.append(connection, TOO_LATE, uuid, at=now, **late)

    def mark_refused(self, uuid: str, code: str, facts: Mapping[str, object], now: datetime) -> None:
        """Odoo said no and the document is cleaned up. A person settles it, or has already; what meets it waits."""
        with self._db.write() as connection:
            was = moves.standing(connection, uuid)
            why = {"code": code, "facts": json_of(facts)}
            moves.move(connection, was, Status.REFUSED, not_before=None, **why)
            journal.append(connection, "refused", uuid, at=now, code=code, facts=dict(facts))
            if was.wish and code != LEFT_IN_ODOO:
                moves.withdrawn(connection, replace(was, status=Status.REFUSED), was.wish.person, now)

    def mark_withdrawn(self, uuid: str, now: datetime) -> None:
        """What somebody wished is so: nothing of it is left in Odoo, and its uuid can never be posted again."""
        with self._db.write() as connection:
            was = moves.standing(connection, uuid)
            if was.wish is None:
                raise ValueError("nobody wished it back")
            moves.withdrawn(connection, was, was.wish.person, now)

    def mark_unknown(
        self, uuid: str, not_before: datetime, code: str, facts: Mapping[str, object], now: datetime
    ) -> None:
        """Nobody knows whether Odoo did it: it stays sending, and the same posting runs again (design 4)."""
        with self._db.write() as connection:
            was, why = moves.standing(connection, uuid), {"code": code, "facts": json_of(facts)}
            if was.status is not Status.SENDING:
                raise ValueError(f"nothing is unknown of a transaction that is {was.status}")
            moves.move(connection, was, Status.SENDING, not_before=text_of(not_before), **why)
            if code != was.code:  # days without a server must not fill the journal
                journal.append(connection, "unknown", uuid, at=now, code=code, facts=dict(facts))

    def mark_not_reached(self, uuid: str, not_before: datetime, now: datetime) -> None:
        """Surely nothing of this attempt arrived. If no earlier attempt can have arrived either, it was never sent."""
        with self._db.write() as connection:
            was = moves.standing(connection, uuid)
            never = was.first_attempt == was.attempts
            unsent = {"first_sent_at": None, "first_attempt": None} if never else {}
            moves.move(connection, was, Status.QUEUED, not_before=text_of(not_before), code="unreachable", **unsent)
            if was.code != "unreachable":
                journal.append(connection, "not_reached", uuid, at=now, ever_sent=not never)

    # ---------------------------------------------------------------- stones

    def stone_tried(self, uuid: str) -> None:
        """Odoo would not take it this time; after some tries it is let be."""
        with self._db.write() as connection:
            connection.execute("UPDATE stone_owed SET tries = tries + 1 WHERE uuid = ?", (uuid,))

    def stone_laid(self, uuid: str, now: datetime, posted_as: str = "") -> None:
        """No copy can post it any more; `posted_as` names the document where one had done so already."""
        with self._db.write() as connection:
            if connection.execute("DELETE FROM stone_owed WHERE uuid = ?", (uuid,)).rowcount:
                event, facts = ("posted_by_copy", {"picking": posted_as}) if posted_as else ("stone_laid", {})
                journal.append(connection, event, uuid, at=now, **facts)
