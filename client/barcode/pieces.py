"""The pieces a symbol of any language but GS1 is made of, and the Label they come to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from client.barcode.label import Element, Kind, Label, Problem, RawScan


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of a symbol: what stands there, what is wrong with it, else the fields of Label it fills."""

    element: Element
    fault: str = ""
    says: Mapping[str, Any] = field(default_factory=dict)


def piece(name: str, value: str, **says: object) -> Piece:
    """A piece with nothing wrong."""
    return Piece(Element(name, value), says=says)


def broken(name: str, value: str, fault: str) -> Piece:
    """A piece that cannot be believed: kept as it stands, and says nothing. `fault` is the code of a Problem."""
    return Piece(Element(name, value), fault)


def unknown(name: str, value: str) -> Piece:
    """A piece nobody here has a rule for: kept, and no fault."""
    return Piece(Element(name, value, known=False))


def label_of(kind: Kind, raw: RawScan, text: str, pieces: Iterable[Piece], *notes: Problem) -> Label:
    """What the pieces say together. What two of them say differently is said by neither."""
    told = list(pieces)
    faults = [Problem(one.fault, one.element.ai, (("value", one.element.value),)) for one in told if one.fault]
    said: dict[str, Any] = {}
    unclear: dict[str, str] = {}
    for one in told:
        for name, value in one.says.items():
            if name in _LISTS:
                said[name] = tuple(dict.fromkeys((*said.get(name, ()), *value)))
            elif said.setdefault(name, value) != value:
                unclear[name] = one.element.ai
    twice = [Problem("association", ai, (("rule", "differs"),)) for ai in unclear.values()]
    fields = {name: value for name, value in said.items() if name not in unclear}
    elements = tuple(one.element for one in told)
    return Label(kind=kind, raw=raw, text=text, elements=elements, problems=(*faults, *twice, *notes), **fields)


_LISTS: Final = frozenset({"other_numbers"})
