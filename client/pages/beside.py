"""What may be said beside scanning, as questions of the page's own: a list of words, what each asks, what is found."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from client.pages.ask import Ask, Field, Own, Way
from client.words import beside as words
from client.words import rights
from client.work.answer import Command, Question
from client.work.beside import Word, of_nameless
from client.work.lookup.finding import Found

_SEARCHED: Final = frozenset({"place", "order", "product", "goods", "anything"})
_KNOWN: Final = frozenset({"place", "product", "goods"})
"""Nothing but what is found can be meant; an order may not be here yet, and anything is read like a scan."""
_KINDS: Final = {"number": "number", "expiry": "date"}
_ITEM: Final = frozenset(
    {"qty", "other_lot", "other_serial", "other_day", "other_shelf", "other_source", "refuse", "quarantine",
     "for_order", "zero_item", "take_back"}
)  # fmt: skip
"""What is said of one item."""
_GLYPHS: Final = {
    "qty": "keys",
    "other_lot": "box",
    "other_serial": "box",
    "other_day": "calendar",
    "other_shelf": "shelf",
    "other_source": "shelf",
    "refuse": "cross",
    "quarantine": "warning",
    "for_order": "file",
    "join": "file",
    "note": "file",
    "goes_on_order": "file",
    "take_back": "undo",
    "photo": "camera",
    "unidentified": "question",
    "unidentified_many": "question",
    "from": "shelf",
    "to": "arrow",
    "next": "clock",
    "not_taken": "undo",
    "where_to_count": "shelf",
    "count_here": "count",
    "empty": "cross",
    "zero": "cross",
    "zero_item": "cross",
    "new_lot": "box",
    "type": "keys",
    "name": "search",
}
_FOUND: Final = {"place": "shelf", "product": "box", "papers": "file"}
_VALUES: Final = {"choose-lot": "lot", "choose-shelf": "place", "choose-owner": "owner"}
STAND: Final = "?stand"
_PRESSED: Final = "?"


@dataclass(frozen=True)
class Spoken:
    """How a page speaks with the desk: `say` a command, `found` what a few letters may mean (asked for, letters),
    `others` who else works here."""

    say: Callable[[Command], None]
    found: Callable[[str, str], Sequence[Found]]
    others: Callable[[], Sequence[str]]

    def find(self, asks: str, text: str, word: str, after: str) -> Sequence[Way]:
        """What is found, as ways to say that word of it."""
        return [_way_to(one, word, after) for one in self.found(asks, text)]


class Beside:
    """Opens on the page's own question; `picture` is called where a photo is wanted."""

    def __init__(self, desk: Spoken, ask: Ask, picture: Callable[[], None]) -> None:
        self._desk, self._ask, self._picture = desk, ask, picture
        self._words: Sequence[Word] = ()

    def open(self, said: Sequence[Word]) -> None:
        """All there is to say."""
        self._list("more", said, *words.more())

    def open_item(self, said: Sequence[Word], name: str) -> None:
        """What there is to say of one scan."""
        self._list("item", [word for word in said if word.code in _ITEM], *words.of_line(name))

    def name(self, number: int, code: str) -> None:
        """Which product a code is that nobody knows."""
        self._asked(of_nameless(number, code))

    def second(self, asked: Question | None) -> Sequence[Way]:
        """Somebody stands by without a badge at hand, where one is waited for."""
        if asked is None or not (asked.asks_for in {"witness", "another"} or _barred(asked)) or not self._desk.others():
            return ()
        return (Way(STAND, STAND, *words.stands(), "person"),)

    def stand(self) -> None:
        """Who it is: their name, then their PIN."""
        ways = [Way(name, f"stands {name}", name, "", "person") for name in self._desk.others()]
        self._ask.pose(Own("stand", *words.who_stands(), ways=ways))

    def value(self, command: Command) -> None:
        """The lot, the shelf, the owner or the reason that a command needs."""
        asks, said = _value_of(command) or "lot", f"{command.name} {command.value}".strip()
        find = (lambda text: self._desk.find(asks, text, said, "")) if asks in _SEARCHED else None
        title, hint = words.VALUES[asks]
        self._ask.pose(
            Own("value", title, hint, (), Field(said, "text", words.FIELDS[asks], known=asks in _KNOWN), find)
        )

    def _list(self, code: str, said: Sequence[Word], title: str, hint: str) -> None:
        self._words = said
        ways = [_way(nth, word) for nth, word in enumerate(said)]
        self._ask.pose(Own(code, title, hint, ways=ways, then=self._pressed))

    def _pressed(self, command: str) -> None:
        word = self._words[int(command.removeprefix(_PRESSED))]
        if not word.allowed or not word.asks:
            self._desk.say(word.command)
        elif word.asks == "picture":
            self._picture()
        else:
            self._asked(word)

    def _asked(self, word: Word) -> None:
        name, after = f"{word.command.name} {word.command.value}".strip(), word.after
        field_ = Field(name, _KINDS.get(word.asks, "text"), words.FIELDS[word.asks], after, known=word.asks in _KNOWN)
        find = (lambda text: self._desk.find(word.asks, text, name, after)) if word.asks in _SEARCHED else None
        reasons = [Way(key, f"{name} {told}", told, "", "check") for key, told in words.REASONS.items()]
        title, hint = words.WORDS[word.code]
        ways = reasons if word.asks == "reason" else ()
        title, hint = title.format(about=word.about), hint.format(about=word.about)
        self._ask.pose(Own(word.code, title, hint, ways, field_, find))


def wants_value(command: Command) -> bool:
    """A way out of a card that says a lot, a shelf or an owner, or a hold its reason: not said yet."""
    return _value_of(command) is not None


def _value_of(command: Command) -> str | None:
    if command.name == "settle":
        return _VALUES.get(command.value.partition(" ")[2])
    return "reason" if command.name == "hold" and not command.value else None


def _way(nth: int, word: Word) -> Way:
    title, below = words.WORDS[word.code]
    told = below if word.allowed else rights.RIGHTS[word.act]
    key = f"{_PRESSED}{nth}"
    picture = _GLYPHS.get(word.code, "check")
    return Way(key, key, title.format(about=word.about), told, picture, barred=not word.allowed)


def _way_to(one: Found, word: str, after: str) -> Way:
    said, picture = f"{word} {one.code}{after}", _FOUND[one.kind]
    return Way(f"{one.kind}:{one.code}", said, one.name, one.detail, picture, exact=one.exact)


def _barred(asked: Question) -> bool:
    return any(not choice.allowed for choice in asked.choices)
