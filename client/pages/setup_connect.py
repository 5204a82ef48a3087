"""The steps before anybody is asked: the sheet, the form, is this your Odoo, the key."""

from dataclasses import replace
from typing import Final

from client import troubles
from client.beginning import Step
from client.pages.setup_stage import Face, FactRow, FieldRow, Stage, fact, way
from client.words import first_start as words
from client.work.answer import Said, no, ok
from client.work.site.invitation import address
from sync.errors import WardstockError

_SIGNS: Final = ("!", "~")
"""An Odoo key is made of the signs between these two."""
_SHORTEST_KEY: Final = 8


class Connect(Stage):
    """A sheet is scanned, a file opened, or the form chosen."""

    def face(self) -> Face:
        title, hint = words.step("connect")
        return Face(title, hint)

    def choose(self, _key: str) -> None:
        self.hands.go(Step.FORM)

    def scanned(self, _text: str) -> Said:
        return no("sheet_unreadable")

    def took(self, _text: str) -> Said:
        return no("sheet_unreadable")


class Form(Stage):
    """Address, database and, where the key needs it, the login."""

    _trouble: WardstockError | None = None

    def face(self) -> Face:
        title, hint = words.step("form")
        said = self.on.draft.invitation
        rows = [_field("url", said.url), _field("database", said.database)]
        facts = [_in_the_way(self._trouble)] if self._trouble else []
        missing = words.MISSING["url"]
        return Face(title, hint, rows, facts, main=words.main("form"), ready=bool(said.url.strip()), missing=missing)

    def write(self, key: str, text: str) -> None:
        self._trouble = None
        _say(self, **{key: text})

    def scanned(self, text: str) -> Said:
        name = self.field or "url"
        self.write(name, text.strip())
        return ok("field_scanned", field=words.FIELDS[name])

    def act(self) -> None:
        try:
            _say(self, url=address(self.on.draft.invitation.url))
        except WardstockError as error:
            self._trouble = error
            self.hands.tell()
        else:
            self.hands.go(Step.CONFIRM)

    def back(self) -> Step | None:
        return Step.CONNECT


class Confirm(Stage):
    """The host, large: from here on things are kept, and asked of it (design 8)."""

    _trouble: WardstockError | None = None

    def come(self) -> None:
        self._trouble = None

    def face(self) -> Face:
        title, hint = words.step("confirm")
        facts = [fact("host", "online", "", host=self.on.draft.invitation.host), *self._more()]
        facts += [_in_the_way(self._trouble)] if self._trouble else []
        return Face(title, hint, facts=facts, main=words.main("confirm"), glyph="check")

    def _more(self) -> list[FactRow]:
        said = self.on.draft.invitation
        named = "database_named" if said.database else "database_asked"
        rules = "rules_come" if said.policy else "rules_here" if self.on.has_rules else "rules_none"
        come = [fact("places_come", "shelf", "", places=", ".join(said.places))] if said.places else []
        return [
            fact(named, "box", "", database=said.database),
            *come,
            fact(rules, "file", ""),
            fact("key_comes" if said.key else "key_wanted", "lock", ""),
        ]

    def act(self) -> None:
        self.hands.locked(self._go_on)

    def _go_on(self) -> None:
        try:
            self.on.policy()
            self.on.keep()
            self.on.found = None
        except WardstockError as error:
            self._trouble = error
            self.hands.tell()
        else:
            self.hands.go(Step.TEST if self.on.draft.invitation.key else Step.KEY)

    def back(self) -> Step | None:
        return Step.FORM


class Key(Stage):
    """The API key, and whose it is where Odoo asks that. It is on disk once complete: in the encrypted store."""

    _key = ""

    def come(self) -> None:
        self._key = self.on.draft.invitation.key

    def face(self) -> Face:
        title, hint = words.step("key")
        login = self.on.draft.invitation.login
        rows = [FieldRow("key", words.FIELDS["key"], self._key, secret=True), _field("login", login)]
        ready = is_key(self._key)
        ways = [way("key_file", "file")]
        return Face(title, hint, rows, ways=ways, main=words.main("key"), ready=ready, missing=words.MISSING["key"])

    def write(self, key: str, text: str) -> None:
        if key == "key":
            self._key = text.strip()
            self.hands.tell()
        else:
            _say(self, login=text.strip())

    def choose(self, key: str) -> None:
        self.hands.choose_file(key)

    def scanned(self, text: str) -> Said:
        if self.field == "login":
            self.write("login", text)
            return ok("field_scanned", field=words.FIELDS["login"])
        return self._given(text)

    def took(self, text: str) -> Said:
        return self._given(text)

    def _given(self, text: str) -> Said:
        if not is_key(text.strip()):
            return no("key_unfit")
        self.write("key", text)
        return ok("key_scanned")

    def act(self) -> None:
        _say(self, key=self._key)
        self.on.found = None
        self.hands.go(Step.TEST)

    def back(self) -> Step | None:
        return Step.CONFIRM


def is_key(text: str) -> bool:
    """Whether that can be an Odoo key: one word of plain signs."""
    return len(text) >= _SHORTEST_KEY and all(_SIGNS[0] <= sign <= _SIGNS[1] for sign in text)


def _say(stage: Stage, **said: str) -> None:
    stage.on.note(invitation=replace(stage.on.draft.invitation, **said))  # type: ignore[arg-type]  # its text fields
    stage.hands.tell()


def _field(name: str, value: str) -> FieldRow:
    return FieldRow(name, words.FIELDS[name], value, words.note(name))


def _in_the_way(error: WardstockError) -> FactRow:
    title, more = (
        words.failed(error.code, error.facts)
        if words.has_failure(error.code)
        else (troubles.trouble(error.code, error.facts), "")
    )
    return FactRow(error.code, title, more, "cross", "no")
