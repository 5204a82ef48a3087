"""The steps at that Odoo: what answers there, which places are served, the site's rules, the first pull."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from client.beginning import Beginning, Step
from client.enrol import Found, Watch, databases
from client.obstacle import Obstacle, lacking, obstacle
from client.pages.places import PlacesPage
from client.pages.setup_connect import is_key
from client.pages.setup_stage import NOWHERE, Face, FactRow, Hands, Stage, WayRow, fact, way
from client.words import first_start as words
from client.words import policy, written
from client.work.answer import Said, no, ok
from sync.errors import WardstockError
from sync.odoo.wire.session import Session
from sync.pull import PullReport

_PICTURES: Final = {"form": "keys", "key": "lock", "rules_file": "file"}
_STEPS: Final = {"form": Step.FORM, "key": Step.KEY}


class Look(Stage):
    """All that is asked before the device belongs anywhere. It can be stopped, and asked again."""

    def __init__(self, on: Beginning, hands: Hands) -> None:
        super().__init__(on, hands)
        self._session: Session | None = None
        self._came: dict[str, str] = {}
        self._asking = self._stopping = False
        self._obstacles: Sequence[Obstacle] = ()
        self._databases: tuple[str, ...] = ()
        self.next = Step.PLACES

    def come(self) -> None:
        if self.on.found is None or self._obstacles:
            self.ask()

    def leave(self) -> None:
        self.cut()

    def cut(self) -> None:
        """Nobody waits for an answer any more."""
        self._stopping = True
        if self._session:
            self._session.abandon()
        self._asking = False
        self.hands.aside.forget()

    def ask(self) -> None:
        """From the beginning."""
        self._asking, self._stopping, self._came = True, False, {}
        self._obstacles, self._databases, self.on.found = (), (), None
        said = self.on.draft.invitation
        if not said.database:
            self.hands.aside.do(lambda: databases(said.url, self.on.clock), self._listed, self._failed, "databases")
        else:
            watch = Watch(self._opened, self._heard, all_places=True)
            self.hands.aside.do(lambda: self.on.test(watch), self._found, self._failed, "first-look")
        self.hands.tell()

    def _opened(self, session: Session) -> None:
        """In the other thread: what can be cut from this one."""
        self._session = session
        if self._stopping:
            session.abandon()

    def _heard(self, what: str, which: str) -> None:
        self._came[what] = which
        self.hands.heard()

    def _listed(self, names: tuple[str, ...]) -> None:
        self._asking = False
        if len(names) == 1:
            self._take_database(names[0])
        elif names:
            self._databases = names
        else:
            self._obstacles = [Obstacle("database_not_told", {"host": self.on.draft.invitation.host})]
        self.hands.tell()

    def _take_database(self, name: str) -> None:
        self.on.note(invitation=replace(self.on.draft.invitation, database=name))
        self.ask()

    def _found(self, found: Found) -> None:
        self._asking, self._session = False, None
        self.on.found = found
        self._obstacles = lacking(found)
        self.hands.tell()

    def _failed(self, error: WardstockError) -> None:
        self._asking, self._session = False, None
        said = self.on.draft.invitation
        one = obstacle(error, said, self.on.clock.now())
        self._obstacles = [one]
        if one.code == "unknown_database":
            self.hands.aside.do(
                lambda: databases(said.url, self.on.clock), self._offered, lambda _error: None, "databases"
            )
        self.hands.tell()

    def _offered(self, names: tuple[str, ...]) -> None:
        if names:
            self._databases = names
            self._obstacles = [Obstacle("database_of", self._obstacles[0].facts)]
            self.hands.tell()

    # ------------------------------------------------------------ what is seen

    def face(self) -> Face:
        if self._asking:
            title, hint = words.step("test")
            facts = self._so_far()
            doing = words.asking(self.on.draft.invitation.host)
            return Face(title, hint, facts=facts, main=words.main("test"), glyph="cross", doing=doing)
        if self._obstacles:
            return self._in_the_way()
        if self._databases:
            title, hint = words.step("databases")
            return Face(title, hint, ways=self._offers())
        if self.on.found and "company_to_choose" in self.on.found.facts.missing:
            title, hint = words.step("companies")
            return Face(title, hint, ways=self._companies(self.on.found))
        title, hint = words.step("tested")
        return Face(title, hint, facts=_facts(self.on) if self.on.found else (), main=words.main("tested"))

    def _in_the_way(self) -> Face:
        title, hint = words.step("failed")
        facts = [_obstacle_row(one) for one in self._obstacles]
        names = dict.fromkeys(name for one in self._obstacles for name in one.ways)
        ways = [*self._offers(), *(way(name, _PICTURES[name]) for name in names)]
        return Face(title, hint, facts=facts, ways=ways, main=words.main("failed"), glyph="undo")

    def _so_far(self) -> list[FactRow]:
        said = self.on.draft.invitation
        rows = []
        if version := self._came.get("server"):
            rows.append(fact("server", version=version, host=said.host))
        if name := self._came.get("user"):
            rows.append(fact("user", name=name))
        return rows

    def _offers(self) -> list[WayRow]:
        return [WayRow(f"database:{name}", name, "", "box") for name in self._databases]

    def _companies(self, found: Found) -> list[WayRow]:
        return [WayRow(f"company:{id_}", name, "", "home") for id_, name in found.facts.companies]

    def act(self) -> None:
        if self._asking:
            self.cut()
            self._obstacles = [Obstacle("abandoned")]
            self.hands.tell()
        elif self._obstacles or self.on.found is None:
            self.ask()
        else:
            self.hands.go(self.next)

    def scanned(self, text: str) -> Said:
        """Another key, where that is what is in the way: it is asked with at once."""
        if not is_key(text.strip()) or not any("key" in one.ways for one in self._obstacles):
            return super().scanned(text)
        self.on.note(invitation=replace(self.on.draft.invitation, key=text.strip()))
        self.ask()
        return ok("key_scanned")

    def choose(self, key: str) -> None:
        kind, _, value = key.partition(":")
        if kind == "database":
            self._take_database(value)
        elif kind == "company":
            self.on.note(invitation=replace(self.on.draft.invitation, company_id=int(value)))
            self.ask()
        elif kind in _STEPS:
            self.hands.go(_STEPS[kind])
        else:
            self.hands.choose_file(kind)

    def back(self) -> Step | None:
        return Step.KEY


class Places(Stage):
    """Which places this device serves. The list is `page`."""

    def __init__(self, on: Beginning, hands: Hands, page: PlacesPage) -> None:
        super().__init__(on, hands)
        self.page = page

    def come(self) -> None:
        if self.on.found:
            self.page.show(self.on.found.known, self.on.draft.place_ids or self.on.found.location_ids)

    def face(self) -> Face:
        title, hint = words.step("places")
        return Face(title, hint, main=words.main("places" if self.page.ticked else "places_all"))

    def scanned(self, text: str) -> Said:
        place = self.page.heard(text.strip())
        return ok("place_scanned", place=place.complete_name).at(str(place.id)) if place else no("place_unknown")

    def act(self) -> None:
        self.on.note(place_ids=self.page.ticked)
        self.hands.go(Step.RULES)

    def back(self) -> Step | None:
        return Step.TEST


class Rules(Stage):
    """What the site decided, held against that Odoo; then they are written down, and the device belongs there."""

    _obstacle: Obstacle | None = None

    def come(self) -> None:
        self._obstacle = None

    def face(self) -> Face:
        title, hint = words.step("rules")
        rows = [_obstacle_row(self._obstacle)] if self._obstacle else self._rows()
        return Face(title, hint, facts=rows, ways=[way("rules_file", "file")], main=words.main("rules"), glyph="check")

    def _rows(self) -> list[FactRow]:
        said = self.on.policy()
        rows = [fact("zone", "clock", zone=said.time_zone)]
        plan = self.on.found.plan if self.on.found else None
        if plan is None:
            return rows
        if said.unread:
            rows.append(fact("ignored", "question", "ask", **said.ignored))
        rows += [
            FactRow(f"{one.where} {one.name}", one.name, policy.missing(one), "question", "ask") for one in plan.missing
        ]
        if said.names_anything and not plan.missing:
            rows.append(fact("complete"))
        if plan.uses or plan.wastes:
            rows.append(fact("offers", use=plan.uses, waste=plan.wastes))
        else:
            rows.append(fact("no_places", "question", ""))
        return rows

    def choose(self, key: str) -> None:
        self.hands.choose_file(key)

    def act(self) -> None:
        try:
            self.on.belong()
        except WardstockError as error:
            self._obstacle = obstacle(error, self.on.draft.invitation, self.on.clock.now())
            self.hands.tell()
        else:
            self.hands.go(Step.FETCH)

    def back(self) -> Step | None:
        return Step.PLACES


class Fetch(Stage):
    """The first pull. What came is kept, however it ends; it goes on from there."""

    def __init__(self, on: Beginning, hands: Hands) -> None:
        super().__init__(on, hands)
        self._session: Session | None = None
        self._fetching = self._stopping = False
        self._rows: dict[str, tuple[int, int | None]] = {}
        self._obstacle: Obstacle | None = None

    @property
    def _done(self) -> bool:
        return self.on.draft.fetched

    def come(self) -> None:
        if not self._done and not self._fetching:
            self._begin()

    def leave(self) -> None:
        self.cut()

    def cut(self) -> None:
        """What is on its way is let go of; what came is kept."""
        self._stopping = True
        if self._session:
            self._session.abandon()

    def _begin(self) -> None:
        self._fetching, self._stopping, self._obstacle = True, False, None
        self.hands.aside.do(lambda: self.on.fetch(self._opened, self._told), self._ended, self._failed, "first-pull")
        self.hands.tell()

    def _opened(self, session: Session) -> None:
        self._session = session
        if self._stopping:
            session.abandon()

    def _told(self, kind: str, rows: int, total: int | None) -> None:
        """In the other thread."""
        self._rows = {**self._rows, kind: (rows, total)}
        self.hands.heard()

    def _ended(self, report: PullReport) -> None:
        if report.stopped:
            self._failed(WardstockError(report.stopped, **dict(report.facts)))
        else:
            self._fetching, self._session = False, None
            self.on.note(fetched=True)
            self.hands.tell()

    def _failed(self, error: WardstockError) -> None:
        self._fetching, self._session = False, None
        stopped = error.code == "abandoned"
        self._obstacle = None if stopped else obstacle(error, self.on.draft.invitation, self.on.clock.now())
        self.hands.tell()

    def face(self) -> Face:
        name = "fetch" if self._fetching else "fetched" if self._done else "failed" if self._obstacle else "paused"
        title, hint = words.step(name)
        facts = [_obstacle_row(self._obstacle)] if self._obstacle else []
        facts += [self._row(kind, *came) for kind, came in self._rows.items()]
        ways = [] if self._fetching or self._done else [way("later", "clock")]
        doing = words.fetching(sum(rows for rows, _ in self._rows.values())) if self._fetching else ""
        glyph = {"fetch": "waiting", "failed": "undo"}.get(name, "forward")
        return Face(
            title, hint, facts=facts, ways=ways, main=words.main(name), glyph=glyph, doing=doing, share=self._share()
        )

    def _row(self, kind: str, rows: int, total: int | None) -> FactRow:
        of = written.number(Decimal(max(total, rows))) if total else ""
        return FactRow(kind, words.kind(kind), words.came(written.number(Decimal(rows)), of), "check", "ok")

    def _share(self) -> float:
        if not self._fetching:
            return NOWHERE
        known = [(rows, total) for rows, total in self._rows.values() if total]
        whole = sum(total for _, total in known)
        return min(sum(rows for rows, _ in known) / whole, 1.0) if whole else 0.0

    def act(self) -> None:
        if self._fetching:
            self.cut()
        elif self._done:
            self.hands.go(Step.SCANNER)
        else:
            self._begin()

    def choose(self, _key: str) -> None:
        self.hands.go(Step.SCANNER)

    def back(self) -> Step | None:
        return Step.TEST


def _facts(on: Beginning) -> list[FactRow]:
    """What a device may expect there, and what a person should know."""
    found = on.found
    if found is None:
        return []
    facts, said = found.facts, on.draft.invitation
    server = "server" if facts.tested else "server_untested"
    rows = [
        fact(server, *(() if facts.tested else ("question", "ask")), version=facts.version, host=said.host),
        fact("database", database=said.database),
        fact("company", company=dict(facts.companies).get(facts.company_id or 0, "")),
        fact("user", name=facts.user_name, login=facts.login),
        fact("manager", "question", "ask") if facts.stock_manager else fact("right"),
        fact("expiry"),
        fact("purchase" if "purchase_stock" in facts.modules else "no_purchase"),
    ]
    if not facts.guard_holds:
        rows.insert(1, fact("guard", "question", "ask"))
    minutes = round(found.clock_off.total_seconds() / 60)
    rows.append(fact("clock_off", "question", "ask", minutes=minutes) if minutes else fact("clock"))
    if facts.key_expires_at:
        rows.append(fact("key_ends", "clock", "", day=written.day(facts.key_expires_at.date())))
    return rows


def _obstacle_row(one: Obstacle) -> FactRow:
    return FactRow(one.code, *words.failed(one.code, one.facts), "cross", "no")
