"""What the commands print: sentences for people, JSON for scripts. Nothing here knows a key."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from client import troubles
from client.words import outbox
from client.work.site.plan import SitePlan
from client.work.site.policy import Policy
from sync.clock import Clock
from sync.odoo.probe import ServerFacts
from sync.pull import PullReport
from sync.push import PushReport
from sync.store import Store
from sync.store.device import Pass
from sync.store.entries import Decision, Entry
from sync.store.journal import Entry as Happened
from sync.transaction import Status
from sync.watch import known

Told = dict[str, Any]
"""JSON. Any: it is whatever JSON can hold."""


def server(facts: ServerFacts, url: str, database: str) -> Told:
    """What was found at an Odoo, and what is missing."""
    return {
        "url": url,
        "database": database,
        "server_version": facts.version,
        "tested": facts.tested,
        "guard_holds": facts.guard_holds,
        "user": {"id": facts.user_id, "login": facts.login, "name": facts.user_name},
        "rights": {"stock_user": facts.stock_user, "stock_manager": facts.stock_manager},
        "company": {"id": facts.company_id, "name": dict(facts.companies).get(facts.company_id or 0)},
        "companies": [{"id": id_, "name": name} for id_, name in facts.companies],
        "modules": sorted(facts.modules),
        "key_expires_at": facts.key_expires_at,
        "missing": [
            {"code": code, "text": text}
            for code, text in zip(facts.missing, troubles.missing_there(facts.missing), strict=True)
        ],
    }


def server_lines(facts: ServerFacts, host: str, database: str) -> Iterator[str]:
    """The same for people."""
    yield troubles.say("server", version=facts.version, host=host, database=database)
    if not facts.tested:
        yield troubles.say("untested", version=facts.version)
    if not facts.guard_holds:
        yield troubles.say("guard_unproven")
    yield troubles.say("user", name=facts.user_name, login=facts.login)
    yield troubles.say("user_right", answer=_yes_or_no(facts.stock_user))
    yield troubles.say("manager_right", answer=_yes_or_no(facts.stock_manager))
    for id_, name in facts.companies:
        yield troubles.say("company", id=id_, name=name)
    if facts.key_expires_at:
        yield troubles.say("key_ends", day=facts.key_expires_at.date())
    yield from troubles.missing_there(facts.missing)


def status(store: Store, policy: Policy, clock: Clock) -> Told:
    """Queue, ages, last passes, and what a person should know."""
    enrolment, device, now = store.device.enrolment(), store.device, clock.now()
    summary = store.outbox.summary(*site_day(policy, now))
    warnings = {one.code: one.facts for one in known(store, clock)} | _of_policy(store, policy)
    return {
        "unsent": summary.unsent,
        "refused": summary.refused,
        "oldest_unsent_at": summary.oldest_unsent_at,
        "last_push_at": device.last_push_at(),
        "last_pull_at": device.last_pull_at(),
        "done_today": summary.done_today,
        "open_drafts": len(store.drafts.open_drafts()),
        "push": _pass(device.last_pass("push")),
        "pull": _pass(device.last_pass("pull")),
        "warnings": [{"code": code, "text": troubles.trouble(code, facts)} for code, facts in warnings.items()],
        "catalogue": dict(store.catalogue.counts()),
        "device": device.name(),
        "url": enrolment.url if enrolment else None,
        "database": enrolment.database if enrolment else None,
        "login": enrolment.login if enrolment else None,
        "company": enrolment.company_name if enrolment else None,
        "person": enrolment.person if enrolment else None,
        "server_version": enrolment.server_version if enrolment else None,
    }


def _of_policy(store: Store, policy: Policy) -> dict[str, Mapping[str, object]]:
    """What is not read, and what needs a thing Odoo does not have: not offered, not asked for. Somebody should know."""
    told: dict[str, Mapping[str, object]] = {"policy_ignored": policy.ignored} if policy.unread else {}
    if not policy.names_anything or not store.catalogue.pulled_at():
        return told
    lacking = SitePlan.of(policy, store.catalogue).missing
    told |= {"policy_incomplete": {"missing": len(lacking)}} if lacking else {}
    if unguarded := [one.name for one in lacking if one.needed == "controlled"]:
        told["without_witness"] = {"categories": ", ".join(unguarded)}
    return told


def status_lines(told: Told, zone: ZoneInfo) -> Iterator[str]:
    """The same for people, with times of the site."""
    if told["unsent"]:
        yield troubles.say("unsent", unsent=told["unsent"], since=_at(told["oldest_unsent_at"], zone))
    else:
        yield troubles.say("nothing_unsent")
    for name in ("refused", "done_today"):
        if told[name]:
            yield troubles.say(name, **{name.removesuffix("_today"): told[name]})
    if told["open_drafts"]:
        yield troubles.say("open_drafts", drafts=told["open_drafts"])
    for kind in ("push", "pull"):
        yield troubles.say(f"last_{kind}", at=_at(told[f"last_{kind}_at"], zone))
        last = told[kind]
        if last and last["code"]:
            yield troubles.say("pass_failed", at=_at(last["tried_at"], zone), why=last["text"])
    yield from (one["text"] for one in told["warnings"])


def pushed(store: Store, report: PushReport, now: datetime) -> Told:
    """How a push ended, and what became of each transaction it touched."""
    summary = store.outbox.summary(now, now)
    touched = store.outbox.of((*report.done, *report.refused, *report.withdrawn, *report.unsent))
    return {
        "done": len(report.done),
        "refused": summary.refused,
        "unsent": summary.unsent,
        "stopped": report.stopped,
        "text": troubles.trouble(report.stopped, report.facts) if report.stopped else "",
        "transactions": [transaction(entry) for entry in touched],
    }


def pushed_lines(store: Store, told: Told) -> Iterator[str]:
    """The same for people."""
    for entry in store.outbox.of(one["uuid"] for one in told["transactions"]):
        yield from transaction_lines(store, entry)
    yield troubles.say("pushed", done=told["done"], refused=told["refused"], unsent=told["unsent"])
    yield from [told["text"]] if told["text"] else []


def pulled(report: PullReport) -> Told:
    """How a pull ended, and how many records of each kind came."""
    text = troubles.trouble(report.stopped, report.facts) if report.stopped else ""
    return {"counts": dict(report.counts), "stopped": report.stopped, "text": text}


def pulled_lines(told: Told) -> Iterator[str]:
    """The same for people."""
    yield told["text"] or troubles.say("pulled", **told["counts"])


def transaction(entry: Entry) -> Told:
    """One transaction of the outbox and where it is."""
    body, outcome = entry.transaction, entry.outcome
    return {
        "uuid": entry.uuid,
        "reference": entry.reference,
        "kind": body.kind,
        "status": entry.status,
        "document": outcome.picking_name if outcome else body.document.picking_name,
        "origin": body.document.origin,
        "backorder": outcome.backorder_name if outcome else "",
        "person": body.person,
        "lines": len(body.lines),
        "queued_at": entry.queued_at,
        "first_sent_at": entry.first_sent_at,
        "settled_at": entry.settled_at,
        "not_before": entry.not_before,
        "attempts": entry.attempts,
        "waiting_behind": entry.waiting_behind,
        "wish": _decision(entry.wish),
        "released": _decision(entry.released),
        "code": entry.code,
        "text": _why(entry),
        "differs": [
            {"what": one.what, "ours": one.ours, "theirs": one.theirs, "line": one.line}
            for one in (outcome.differs if outcome else ())
        ],
        "recounts": [asdict(one) for one in (outcome.recounts if outcome else ())],
        "robbed": list(outcome.robbed if outcome else ()),
    }


def transaction_lines(store: Store, entry: Entry) -> Iterator[str]:
    """The same for people: one line, and below it what they should know."""
    yield transaction_line(store, entry)
    yield from (f"  {one}" for one in (_why(entry), *_besides(store, entry)) if one)


def _besides(store: Store, entry: Entry) -> Iterator[str]:
    if entry.wish and entry.status in {Status.QUEUED, Status.SENDING}:
        yield troubles.say("wish", person=entry.wish.person)
    outcome = entry.outcome
    if outcome:
        yield outbox.differs(outcome.differs)
        for one in outcome.recounts:
            place = store.catalogue.location(one.location_id)
            name = place.complete_name if place else f"#{one.location_id}"
            yield troubles.say(f"recount_{one.why}", product=_product(store, one.product_id), place=name)
        yield from [troubles.say("robbed", names=", ".join(outcome.robbed))] if outcome.robbed else []


def transaction_line(store: Store, entry: Entry) -> str:
    """The same for people, on one line."""
    body = entry.transaction
    return troubles.say(
        "outbox_line",
        reference=entry.reference,
        state=state(store, entry),
        title=outbox.transaction_title(body, partial(_product, store)),
        document=outbox.document(body, entry.outcome),
    )


def state(store: Store, entry: Entry) -> str:
    """Where a transaction is, in words; what waits says for whom."""
    if entry.waiting_behind is None or entry.status in {Status.SENDING, Status.REFUSED}:
        return outbox.transaction_state(entry.status)
    return outbox.transaction_state("waiting", store.outbox.reference(entry.waiting_behind))


def story(happened: Happened) -> Told:
    """One entry of the journal."""
    return {
        "seq": happened.seq,
        "at": happened.at,
        "event": happened.event,
        "person": happened.person,
        "facts": dict(happened.facts),
        "hash": happened.hash,
    }


def story_line(happened: Happened, zone: ZoneInfo) -> str:
    """The same for people."""
    facts: Mapping[str, object] = {"person": happened.person, **happened.facts}
    return f"{_at(happened.at, zone)}  {outbox.event(happened.event, facts)}"


def site_day(policy: Policy, now: datetime) -> tuple[datetime, datetime]:
    """When the site's day begins and ends (design 13.4)."""
    zone, day = ZoneInfo(policy.time_zone), policy.day_of(now)
    return datetime.combine(day, time(), zone), datetime.combine(day + timedelta(days=1), time(), zone)


def _pass(last: Pass | None) -> Told | None:
    if last is None:
        return None
    text = troubles.trouble(last.code, last.facts) if last.code else ""
    return {"tried_at": last.tried_at, "succeeded_at": last.succeeded_at, "code": last.code, "text": text}


def _decision(made: Decision | None) -> Told | None:
    return {"person": made.person, "at": made.at} if made else None


def _why(entry: Entry) -> str:
    refused = entry.status is Status.REFUSED
    return troubles.why_not_done(entry.code, entry.facts, refused=refused) if entry.code else ""


def _product(store: Store, product_id: int) -> str:
    product = store.catalogue.product(product_id)
    return product.name if product else f"#{product_id}"


def _at(moment: datetime | None, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}" if moment else troubles.say("never")


def _yes_or_no(holds: bool) -> str:
    return troubles.say("yes" if holds else "no")
