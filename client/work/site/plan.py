"""The site's policy bound to what Odoo has: its places and categories by id, and what of it is missing there."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Final, Protocol, TypeVar

from client.work.site.people import Role
from client.work.site.policy import Cold, Destination, Policy, Tolerance
from sync.stock import Category, Location, Product, Usage

T = TypeVar("T")

NOTHING: Final = Tolerance()
"""A count of controlled goods may not differ at all (ward 30)."""

_SHELVES: Final = frozenset({Usage.INTERNAL})
_PLACES: Final = frozenset({Usage.INTERNAL, Usage.VIEW, Usage.TRANSIT})
_USED: Final = frozenset({Usage.CUSTOMER, Usage.PRODUCTION})
_GONE: Final = _USED | {Usage.INVENTORY}
_BETWEEN: Final = frozenset({Usage.TRANSIT, Usage.INTERNAL})
_THROUGH: Final = frozenset({Usage.INVENTORY, Usage.PRODUCTION})


class Known(Protocol):
    """What a policy is bound to: the device's catalogue, or what `enrol` just read in Odoo."""

    def one_moment(self) -> AbstractContextManager[None]: ...
    def location_by_barcode(self, text: str) -> Location | None: ...
    def location_by_name(self, text: str) -> Location | None: ...
    def locations_called(self, text: str) -> list[Location]: ...
    def children(self, location_id: int) -> list[Location]: ...
    def categories(self) -> list[Category]: ...


@dataclass(frozen=True, slots=True)
class Missing:
    """Something the policy names and Odoo does not have, or not so. `client.words.policy` makes the sentence.

    `code`: place_unknown, place_ambiguous, place_archived, place_unfit, place_twice (by two names: the last counts),
    category_unknown, or place_is_loss (what is used would be booked as shrinkage, contract 14). `where` is the path
    in the file; `needed` a code of what it is for.
    """

    code: str
    name: str
    where: str
    needed: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SitePlan:
    """A policy bound to one generation of the catalogue: build it again after a pull."""

    policy: Policy
    missing: tuple[Missing, ...] = ()
    relabel: Location | None = None
    adjustment: Location | None = None
    """Where what a count found is booked, if the site says so; else Odoo's own place."""
    quarantines: frozenset[int] = frozenset()
    """Places goods are held in, with all below them."""
    strict: frozenset[int] = frozenset()
    """Places where negative stock is refused, with all below them (ward 3)."""
    _uses: Mapping[int, Mapping[str, Location]] = field(default_factory=dict)
    _wastes: Mapping[int, Mapping[str, Location]] = field(default_factory=dict)
    _quarantine_of: Mapping[int, Location] = field(default_factory=dict)
    _routes: tuple[tuple[Location, Location, Location], ...] = ()
    _cold: Mapping[int, Cold] = field(default_factory=dict)
    _controlled: frozenset[int] = frozenset()
    _categories: frozenset[int] = frozenset()
    _shelf_life: Mapping[int, int] = field(default_factory=dict)

    @classmethod
    def of(cls, policy: Policy, catalogue: Known) -> "SitePlan":
        """Bind it. Never raises for what is not there: that is `missing`, and what needs it is not offered."""
        with catalogue.one_moment():
            return _Binding(policy, catalogue).plan()

    @property
    def uses(self) -> int:
        """At how many places, with all below, goods may be used."""
        return sum(1 for said in self._uses.values() if said)

    @property
    def wastes(self) -> int:
        """At how many they may be thrown away."""
        return sum(1 for said in self._wastes.values() if said)

    def use_reasons(self, place: Location) -> tuple[str, ...]:
        """Why goods may be used here, as the site wrote it; ("",): nobody is asked why; empty: not offered here."""
        return tuple(_nearest(self._uses, place) or ())

    def used_at(self, place: Location, reason: str = "") -> Location | None:
        """Where goods go that are used here for that reason; None: not offered (ward 24)."""
        return (_nearest(self._uses, place) or {}).get(reason)

    def waste_reasons(self, place: Location) -> tuple[str, ...]:
        """Why goods may be thrown away here; as `use_reasons`."""
        return tuple(_nearest(self._wastes, place) or ())

    def wasted_at(self, place: Location, reason: str = "") -> Location | None:
        """Where goods go that are thrown away here for that reason; None: not offered."""
        return (_nearest(self._wastes, place) or {}).get(reason)

    def transit(self, source: Location, destination: Location) -> Location | None:
        """Through where goods travel between two places, in two steps; None: in one (ward 27). The nearest route."""
        fitting = [
            (len(one.parent_path) + len(other.parent_path), via)
            for one, other, via in self._routes
            if _within(source, one) and _within(destination, other)
        ]
        return max(fitting, key=lambda found: found[0])[1] if fitting else None

    def between(self) -> tuple[Location, ...]:
        """The places goods travel through, in the order of the routes."""
        return tuple({via.id: via for _, _, via in self._routes}.values())

    def quarantine(self, place: Location) -> Location | None:
        """Where goods from here are put aside."""
        return _nearest(self._quarantine_of, place)

    def cold_chain(self, product: Product) -> Cold | None:
        """The range a product must be kept in; None: it is not of the cold chain (ward 17)."""
        return self._cold.get(product.category_id or 0)

    def controlled(self, product: Product) -> bool:
        """Whether each movement and count of it needs a witness (ward 30)."""
        return product.category_id in self._controlled

    def may_be_controlled(self, product: Product) -> bool:
        """Nobody can tell: the site has controlled goods, and this device does not know the product's category.

        So it is after an upgrade, until the next pull is in. Never taken for uncontrolled in silence (ward 30).
        """
        known = self._categories
        new = product.category_id is not None and product.category_id not in known
        return bool(self.policy.controlled) and (new or not known)

    def shelf_life_days(self, product: Product) -> int:
        """Days a receipt of it must still have."""
        return self._shelf_life.get(product.category_id or 0, self.policy.shelf_life_days)

    def count_tolerance(self, product: Product, role: Role) -> Tolerance:
        """By how much a count of that role may differ without more; controlled goods not at all."""
        strict = self.controlled(product) or self.may_be_controlled(product)
        return NOTHING if strict else self.policy.count_tolerance.get(role, NOTHING)


@dataclass
class _Binding:
    """Looks each name up once, and notes what is not there."""

    policy: Policy
    catalogue: Known
    missing: list[Missing] = field(default_factory=list)

    def plan(self) -> SitePlan:
        here = {name: self._place(name, f'places["{name}"]', "place", _PLACES) for name in self.policy.places}
        self._once(here)
        return SitePlan(
            policy=self.policy,
            relabel=self._place(self.policy.relabel, "relabel", "relabel", _THROUGH) if self.policy.relabel else None,
            adjustment=self._adjustment(),
            strict=self._strict(here),
            _uses=self._destinations(here, "use"),
            _wastes=self._destinations(here, "waste"),
            _quarantine_of=self._quarantines(here),
            quarantines=frozenset(self._held()),
            _routes=tuple(self._routes()),
            _cold=dict(self._by_category(self.policy.cold_chain, "cold_chain")),
            _controlled=frozenset(
                id_ for id_, _ in self._by_category(dict.fromkeys(self.policy.controlled, True), "controlled")
            ),
            _categories=frozenset(one.id for one in self._known_categories()),
            _shelf_life=dict(self._by_category(self.policy.shelf_life_days_of, "shelf_life_days_of")),
            missing=tuple(self.missing),
        )

    def _adjustment(self) -> Location | None:
        name = self.policy.adjustment
        return self._place(name, "adjustment", "adjustment", frozenset({Usage.INVENTORY})) if name else None

    def _destinations(self, here: Mapping[str, Location | None], what: str) -> dict[int, Mapping[str, Location]]:
        found: dict[int, Mapping[str, Location]] = {}
        for name, place in here.items():
            wanted: Mapping[str, Destination] | None = getattr(self.policy.places[name], what)
            if wanted is not None:
                bound = dict(self._each(wanted, f'places["{name}"].{what}', what))
                if place:
                    found[place.id] = bound
        return found

    def _each(self, wanted: Mapping[str, Destination], where: str, what: str) -> Iterator[tuple[str, Location]]:
        for reason, one in wanted.items():
            usages = _GONE if what == "waste" or one.loss else _USED
            if place := self._place(one.name, f"{where}.{reason}" if reason else where, what, usages):
                yield reason, place

    def _quarantines(self, here: Mapping[str, Location | None]) -> dict[int, Location]:
        named = {name: self.policy.places[name].quarantine for name in here}
        bound = {
            name: self._place(aside, f'places["{name}"].quarantine', "quarantine", _SHELVES)
            for name, aside in named.items()
            if aside
        }
        return {at.id: aside for name, at in here.items() if at and (aside := bound.get(name))}

    def _held(self) -> Iterator[int]:
        """What lies in any place of that name is held, also where the place was archived or is offered nowhere."""
        for name in {said.quarantine for said in self.policy.places.values() if said.quarantine}:
            for place in self._named(name):
                if place.usage in _SHELVES:
                    yield from self._with_below(place)

    def _once(self, here: Mapping[str, Location | None]) -> None:
        """A place written by its name and by its barcode says two things."""
        first: dict[int, str] = {}
        for name, place in here.items():
            if place and first.setdefault(place.id, name) != name:
                facts = {"other": first[place.id]}
                self.missing.append(Missing("place_twice", name, f'places["{name}"]', "place", facts))

    def _strict(self, here: Mapping[str, Location | None]) -> frozenset[int]:
        """From the outermost place inwards: the nearest that says something counts."""
        said = [(place, self.policy.places[name].strict) for name, place in here.items() if place]
        strict: set[int] = set()
        for place, word in sorted(said, key=lambda one: one[0].parent_path.count("/")):
            if word is not None:
                strict = strict | self._with_below(place) if word else strict - self._with_below(place)
        return frozenset(strict)

    def _with_below(self, place: Location) -> set[int]:
        return {place.id, *(one.id for one in self.catalogue.children(place.id))}

    def _routes(self) -> Iterator[tuple[Location, Location, Location]]:
        for number, route in enumerate(self.policy.transit):
            where = f"transit[{number}]"
            source = self._place(route.source, f"{where}.from", "transit", _PLACES)
            destination = self._place(route.destination, f"{where}.to", "transit", _PLACES)
            via = self._place(route.via, f"{where}.via", "transit", _BETWEEN)
            if source and destination and via:
                yield source, destination, via

    def _known_categories(self) -> list[Category]:
        return self.catalogue.categories() if self.policy.controlled else []

    def _by_category(self, wanted: Mapping[str, T], where: str) -> Iterator[tuple[int, T]]:
        """For each category what the nearest named one above it says."""
        categories = self.catalogue.categories() if wanted else []
        named: dict[int, T] = {}
        for name, said in wanted.items():
            meant = [one.id for one in categories if one.name.casefold() == name.casefold()]
            named |= dict.fromkeys(meant, said)  # where several have the name, all of them are meant
            if not meant and categories:  # none at all: they were never pulled, and nobody can tell what Odoo has
                self.missing.append(Missing("category_unknown", name, where, where))
        for one in categories:
            if nearest := next((id_ for id_ in _ids(one.parent_path) if id_ in named), None):
                yield one.id, named[nearest]

    def _place(self, name: str, where: str, needed: str, usages: frozenset[Usage]) -> Location | None:
        found = self._named(name)
        found = [place for place in found if place.active] or found[:1]
        place = found[0] if found else None
        code = "place_ambiguous" if len(found) > 1 else _unfit(place, usages)
        if code is None:
            return place
        facts = {"usage": place.usage, "count": len(found)} if place else self._near(name)
        self.missing.append(Missing(code, name, where, needed, facts))
        return None

    def _named(self, name: str) -> list[Location]:
        by_barcode = self.catalogue.location_by_barcode(name)
        return [by_barcode] if by_barcode else self.catalogue.locations_called(name)

    def _near(self, name: str) -> dict[str, object]:
        """What somebody meant who wrote the last part of a name only."""
        near = self.catalogue.location_by_name(name)
        return {"near": near.complete_name} if near else {}


def _unfit(place: Location | None, usages: frozenset[Usage]) -> str | None:
    if place is None:
        return "place_unknown"
    if not place.active:
        return "place_archived"
    if place.usage in usages:
        return None
    return "place_is_loss" if place.usage is Usage.INVENTORY and usages == _USED else "place_unfit"


def _nearest(said: Mapping[int, T], place: Location) -> T | None:
    """What the place says itself, else the nearest one above it."""
    return next((said[id_] for id_ in _ids(place.parent_path) if id_ in said), None)


def _within(place: Location, above: Location) -> bool:
    return place.parent_path.startswith(above.parent_path)


def _ids(path: str) -> list[int]:
    """A parent path's ids, from the nearest to the root."""
    return [int(part) for part in reversed(path.split("/")) if part]
