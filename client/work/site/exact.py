"""A JSON file read exactly: each thing that is wrong is named with its path in the file and what is allowed there."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final, TypeVar

T = TypeVar("T")

NOTE: Final = "note"
"""A key that may stand in any object: what people write to each other."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing nobody can follow: where it stands, what stands there, and what is allowed."""

    where: str
    found: str
    allowed: str

    def __str__(self) -> str:
        return f"{self.where or 'the file'}: {self.found}; allowed: {self.allowed}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One value of the file. Reading it wrongly adds to `wrong` and answers something harmless: all is named at once.

    `value`: Any, as JSON is.
    """

    value: Any
    where: str = ""
    wrong: list[Wrong] = field(default_factory=list)

    def text(self, allowed: str) -> str:
        """A text that says something, trimmed."""
        if isinstance(self.value, str) and self.value.strip():
            return self.value.strip()
        return self.refuse(allowed, "")

    def flag(self) -> bool:
        return self.value if isinstance(self.value, bool) else self.refuse("true or false", default=False)

    def whole(self, least: int, most: int) -> int:
        """A whole number; a text of one is one too."""
        number = self.amount(least, most, "a whole number")
        return int(number) if number == number.to_integral_value() else int(self._no_number(least, most))

    def amount(self, least: int, most: int, kind: str = "a number") -> Decimal:
        """A number; a text of one is one too."""
        try:
            number = Decimal(str(self.value)) if isinstance(self.value, int | str | Decimal) else None
        except ArithmeticError:
            number = None
        if number is None or isinstance(self.value, bool) or not number.is_finite() or not least <= number <= most:
            return self._no_number(least, most, kind)
        return number

    def one_of(self, names: Iterable[str]) -> str | None:
        """One of some words; case does not count."""
        known = list(names)
        if isinstance(self.value, str) and (word := self.value.strip().lower()) in known:
            return word
        return self.refuse(f"one of {', '.join(known)}", None)

    def each(self, allowed: str) -> "list[Entry]":
        """The entries of a list."""
        if not isinstance(self.value, list):
            return self.refuse(f"a list of {allowed}", [])
        return [Entry(one, f"{self.where}[{place}]", self.wrong) for place, one in enumerate(self.value)]

    def named(self, allowed: str) -> "dict[str, Entry]":
        """The members of an object whose keys the site chose, trimmed."""
        if not isinstance(self.value, dict):
            return self.refuse(f"an object: {allowed}", {})
        found: dict[str, Entry] = {}
        for name, value in self.value.items():
            member = Entry(value, self._below(name), self.wrong)
            if name == NOTE:
                continue
            if not name.strip() or name.strip().casefold() in {one.casefold() for one in found}:
                member.refuse(f"a key that says something, once (case does not count): {allowed}", None)
            found[name.strip()] = member
        return found

    def members(self, known: Collection[str]) -> "dict[str, Entry]":
        """The members of an object with fixed keys. Any other is named."""
        found = self.named(", ".join(known))
        for name, member in found.items():
            if name not in known:
                self.wrong.append(Wrong(member.where, "an unknown key", ", ".join(known)))
        return {name: member for name, member in found.items() if name in known}

    def refuse(self, allowed: str, default: T) -> T:
        """Name it as wrong, and answer something harmless."""
        self.wrong.append(Wrong(self.where, _shown(self.value), allowed))
        return default

    def _no_number(self, least: int, most: int, kind: str = "a whole number") -> Decimal:
        self.refuse(f"{kind} from {least} to {most}", None)
        return Decimal(least)

    def _below(self, name: str) -> str:
        plain = name.isidentifier()
        return f"{self.where}.{name}".lstrip(".") if plain else f'{self.where}["{name}"]'


class Twice(ValueError):
    """A key that stands twice in one object: JSON would forget the first in silence."""


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """For `json.loads(object_pairs_hook=…)`. Raises `Twice`."""
    names = [name for name, _ in pairs]
    if doubled := sorted({name for name in names if names.count(name) > 1}):
        raise Twice(f'the key "{doubled[0]}" stands twice in one object')
    return dict(pairs)


def _shown(value: object) -> str:
    """What stands there, short enough for a sentence."""
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    text = f'"{value}"' if isinstance(value, str) else str(value)
    return text if len(text) <= _LONGEST_SHOWN else f'{text[:_LONGEST_SHOWN]}…"'


_LONGEST_SHOWN: Final = 60
