"""What somebody looks at, in the words and numbers of the look-up page: never a bare number (design 6)."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from client.pages.jobs.shown import Offer
from client.words import look_page as words
from client.words import outbox
from client.words.written import day, number
from client.work.answer import Command
from client.work.lookup.attention import Noticed
from client.work.lookup.pages import (
    LotPage,
    LotRow,
    Movement,
    Page,
    PapersPage,
    PlacePage,
    ProductPage,
    ReferencePage,
    Several,
    Shelf,
)
from client.work.lookup.recall import PlaceToLook, RecallPage
from client.work.lots.over import Over, over
from client.work.site.holds import Hold
from client.work.stock import Reservation
from sync.stock import Lot, Product

_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Fact:
    """One row. `say` is what pressing it says, empty where it says nothing."""

    key: str
    name: str
    detail: str
    number: str = ""
    unit: str = ""
    glyph: str = "box"
    badge: str = ""
    badge_glyph: str = ""
    badge_tone: str = ""
    say: str = ""
    head: str = ""
    head_detail: str = ""


@dataclass(frozen=True, slots=True)
class Sum:
    """What Odoo had at a time, what this device did since, and what a person should find."""

    odoo: str
    at: str
    unsent: str
    sign: str
    here: str
    unit: str


@dataclass(frozen=True, slots=True)
class Looked:
    """All the page shows. `note` is a warning: held, reserved, not known here."""

    title: str
    below: str
    sum: Sum | None
    note: str
    note_tone: str
    facts: tuple[Fact, ...]
    acts: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class Teller:
    """Pages in words. `hour` writes a time, `day_of` is the day of one at the site, `today` what it is there now."""

    hour: Callable[[datetime], str]
    day_of: Callable[[datetime], date]
    today: Callable[[], date]

    def page(self, page: Page | RecallPage) -> Looked:
        """What the page shows of it."""
        match page:
            case ProductPage():
                return self._product(page)
            case LotPage():
                return self._lot(page)
            case PlacePage():
                return self._place(page)
            case PapersPage():
                return self._papers(page)
            case ReferencePage():
                facts = _under(words.HEADS["movements"], self._movements(page.movements))
                return Looked(
                    page.reference, "", None, "" if facts else words.HEADS["another_device"], "ask", facts, ()
                )
            case RecallPage():
                return self._recall(page)
            case Several():
                return Looked("", "", None, "", "", (), ())

    def _product(self, page: ProductPage) -> Looked:
        one = page.product
        packs = (f"{pack.name} · {number(pack.quantity)} {one.uom_name}" for pack in page.packagings)
        below = " · ".join(part for part in (one.code, one.barcode, *packs) if part)
        first = next((row for row in page.lots if not row.held and not self._over(row.here.expiry, row.here.lot)), None)
        lots = _under(words.HEADS["lots"], (self._lot_row(row, one.uom_name, first=row is first) for row in page.lots))
        places = _under(
            words.HEADS["places"], (*(self._shelf(shelf, one.uom_name) for shelf in page.shelves), *_counted(page))
        )
        moved = _under(words.HEADS["movements"], self._movements(page.movements))
        note = words.archived() if not one.active else self._note(page.held, page.reserved)
        acts = (
            Offer(Command("move"), *words.ACTS["move"], "move"),
            Offer(Command("count"), *words.ACTS["count"], "count"),
        )
        tone = "no" if page.held or not one.active else "act"
        return Looked(one.name, below, self._sum(page, one.uom_name), note, tone, (*lots, *places, *moved), acts)

    def _lot(self, page: LotPage) -> Looked:
        one = page.product
        expires = day(page.lot.expiry) if page.lot and page.lot.expiry else ""
        below = " · ".join(
            part for part in (words.lot(page.lot_name), expires, "" if page.lot else words.HEADS["not_in_odoo"]) if part
        )
        places = _under(
            words.HEADS["places"], (*(self._shelf(shelf, one.uom_name) for shelf in page.shelves), *_counted(page))
        )
        moved = _under(words.HEADS["movements"], self._movements(page.movements))
        search = Offer(Command("recall"), *words.ACTS["recall"], "search")
        acts = (search, *_lift(page.held)) if page.held else (*_holds(), search)
        gone = self._over(_expiry(page), page.lot)
        note = self._note(page.held, page.reserved) if page.held or gone is None else words.do_not_use(self._gone(gone))
        tone = "no" if page.held or gone else "act"
        return Looked(one.name, below, self._sum(page, one.uom_name), note, tone, (*places, *moved), acts)

    def _place(self, page: PlacePage) -> Looked:
        goods = _under(words.HEADS["here"], (*(self._goods(shelf) for shelf in page.shelves), *_counted(page)))
        moved = _under(words.HEADS["movements"], self._movements(page.movements))
        note = "" if page.known else words.HEADS["not_known"]
        below = words.as_of(self.hour(page.as_of)) if page.as_of else ""
        note = words.to_count(len(page.doubts)) if page.doubts else note
        name = page.location.complete_name
        acts = (
            Offer(Command("count", name), *words.ACTS["count"], "count"),
            Offer(Command("move", name), *words.ACTS["move"], "move"),
        )
        return Looked(page.location.complete_name, below, None, note, "ask", (*goods, *moved), acts)

    def _papers(self, page: PapersPage) -> Looked:
        expected = (
            Fact(f"move:{move.id}", product.name if product else "", "", number(move.expected), move.uom_name)
            for move, product in page.moves
        )
        told = _under(words.HEADS["expected"], expected)
        sent = _under(
            words.HEADS["sent"],
            (
                Fact(f"entry:{one.uuid}", one.reference, outbox.transaction_state(one.status), glyph="outbox")
                for one in page.entries
            ),
        )
        name = page.picking.name
        acts = (
            (Offer(Command("open", name), *words.ACTS["open"], "file"),)
            if page.picking.state not in {"done", "cancel"} and not page.picking.gone
            else ()
        )
        return Looked(name, page.picking.origin, None, words.state(page.picking.state), "act", (*told, *sent), acts)

    def _recall(self, page: RecallPage) -> Looked:
        looks = _under(words.HEADS["to_look"], (self._to_look(one, page.product.uom_name) for one in page.places))
        acts = (Offer(Command("recall-end"), *words.ACTS["recall-end"], "check"),)
        title = f"{page.product.name}"
        note = self._note(page.held, ())
        return Looked(title, words.lot(page.recall.lot_name), None, note, "no", looks, acts)

    def _to_look(self, one: PlaceToLook, unit: str) -> Fact:
        tick = words.ticked(one.tick.found, one.tick.person) if one.tick else words.HEADS["not_looked"]
        done = one.tick is not None or one.in_quarantine
        tone, glyph = ("ok", "check") if done else ("ask", "question")
        name = one.location.complete_name
        detail = words.HEADS["in_quarantine"] if one.in_quarantine else ""
        detail, much = (words.HEADS["counted_now"], "") if one.counted else (detail, number(one.shown))
        say = f"scan {one.location.barcode or name}"
        return Fact(
            f"look:{one.location.id}", name, detail, much, unit if much else "", "shelf", tick, glyph, tone, say
        )

    def noticed(self, found: Iterable[Noticed], searches: int) -> tuple[Fact, ...]:
        """What somebody should look at, each kind under its head, after the searches that are under way."""
        kinds: dict[str, list[Fact]] = {}
        for one in found:
            kinds.setdefault(one.why, []).append(_noticed(one))
        told = (fact for why, facts in kinds.items() for fact in _under(words.NOTICED[why], facts))
        under_way = [Fact("recalls", *words.searches(searches), glyph="search", say="recalls")] if searches else []
        return (*under_way, *told)

    # ---------------------------------------------------------------- rows

    def _lot_row(self, row: LotRow, unit: str, first: bool) -> Fact:
        here = row.here
        badge, glyph, tone = ("", "", "")
        if row.held:
            badge, glyph, tone = words.HEADS["held"], "lock", "no"
        elif gone := self._over(here.expiry, here.lot):
            badge, glyph, tone = self._gone(gone), "calendar", "no"
        elif first:
            badge, glyph, tone = words.HEADS["use_first"], "check", "ok"
        return Fact(
            key=f"lot:{here.lot_name}",
            name=words.lot(here.lot_name),
            detail=day(here.expiry) if here.expiry else words.HEADS["no_date"],
            number=number(here.shown),
            unit=unit,
            glyph="calendar",
            badge=badge,
            badge_glyph=glyph,
            badge_tone=tone,
            say=f"look {here.lot_name}",
        )

    def _shelf(self, one: Shelf, unit: str) -> Fact:
        detail = words.lot(one.shelf.lot_name) if one.shelf.lot_name else ""
        return self._on(one, one.place, detail, unit, f"look {one.place}")

    def _goods(self, one: Shelf) -> Fact:
        lot = words.lot(one.shelf.lot_name) if one.shelf.lot_name else ""
        expires = day(one.shelf.expiry) if one.shelf.expiry else ""
        detail = " · ".join(part for part in (lot, expires) if part)
        say = f"look {code_of(one.product)}"
        return self._on(one, one.product.name, detail, one.product.uom_name, say)

    def _on(self, one: Shelf, name: str, detail: str, unit: str, say: str) -> Fact:
        shelf = one.shelf
        told = words.parts(shelf.odoo, shelf.unsent) if shelf.unsent else ""
        gone = self._over(shelf.expiry, one.lot)
        return Fact(
            key=f"shelf:{shelf.key}",
            name=name,
            detail=" · ".join(part for part in (detail, told) if part),
            number=number(shelf.shown),
            unit=unit,
            glyph="shelf",
            badge=self._gone(gone) if gone else "",
            badge_glyph="calendar" if gone else "",
            badge_tone="no" if gone else "",
            say=say,
        )

    def _over(self, expiry: date | None, lot: Lot | None) -> Over | None:
        return over(expiry, lot, self.today(), self.day_of)

    def _gone(self, gone: Over) -> str:
        """expired 5 days ago"""
        return words.days_left((gone.since - self.today()).days) if gone.expired else words.to_remove(gone.since)

    def _movements(self, moved: Iterable[Movement]) -> Iterator[Fact]:
        for nth, one in enumerate(moved):
            lot = words.lot(one.lot_name) if one.lot_name else ""
            detail = " · ".join(part for part in (self.hour(one.acted_at), one.person, lot, one.document) if part)
            way = words.way(one.source, one.destination)
            amount = one.counted if one.counted is not None else one.done
            yield Fact(f"moved:{nth}:{one.reference}", way, detail, number(amount), words.kind(one.kind), "clock")

    # ---------------------------------------------------------------- sums

    def _sum(self, page: ProductPage | LotPage, unit: str) -> Sum | None:
        """Of all its shelves; none while somebody counts one of them."""
        if page.as_of is None or page.counted:
            return None
        shelves = [one.shelf for one in page.shelves]
        odoo = sum((one.odoo for one in shelves), _NOTHING)
        unsent = sum((one.unsent for one in shelves), _NOTHING)
        sign = "−" if unsent < 0 else "+"
        return Sum(number(odoo), self.hour(page.as_of), number(abs(unsent)), sign, number(odoo + unsent), unit)

    @staticmethod
    def _note(held: Hold | None, reserved: Iterable[Reservation]) -> str:
        if held:
            return words.held(held.why)
        quantity = sum((one.quantity for one in reserved), _NOTHING)
        return words.reserved(number(quantity)) if quantity else ""


def _expiry(page: LotPage) -> date | None:
    """Odoo's day, or that of what this device brought."""
    known = page.lot.expiry if page.lot else None
    return known or next((one.shelf.expiry for one in page.shelves if one.shelf.expiry), None)


def _noticed(one: Noticed) -> Fact:
    lot = words.lot(one.lot_name) if one.lot_name else ""
    badge = {
        "held": one.reason,
        "low": words.at_least(one.minimum),
    }.get(one.why) or words.days_left(one.days)
    return Fact(
        key=f"{one.why}:{one.product.id}:{one.lot_name}:{one.places}",
        name=one.product.name,
        detail=" · ".join(part for part in (lot, ", ".join(one.places[:2])) if part),
        number=number(one.shown),
        unit=one.product.uom_name,
        glyph=NOTICED_GLYPHS[one.why],
        badge=badge,
        badge_glyph=NOTICED_GLYPHS[one.why],
        badge_tone="no" if one.why in {"held", "expired"} else "ask",
        say=f"look {one.lot_name or code_of(one.product)}",
    )


NOTICED_GLYPHS: Final = {"held": "lock", "expired": "calendar", "expiring": "calendar", "low": "box"}


def code_of(product: Product) -> str:
    """What finds it again when it is typed."""
    return product.code or product.barcode or product.name


def _counted(page: ProductPage | LotPage | PlacePage) -> Iterator[Fact]:
    """A place somebody counts: that, and nothing of what should lie there (complaint 12)."""
    for place in page.counted:
        badge = {"badge": words.HEADS["counted_now"], "badge_glyph": "count", "badge_tone": "ask"}
        yield Fact(f"counted:{place}", place, "", glyph="shelf", say=f"look {place}", **badge)


def _holds() -> Iterator[Offer]:
    for act, reason in words.HOLD_REASONS.items():
        yield Offer(Command("hold", reason), *words.ACTS[act], "lock")
    yield Offer(Command("hold"), *words.ACTS["hold-other"], "lock")


def _lift(held: Hold) -> Iterator[Offer]:
    """Only a hold somebody scanned here is lifted here; a list's ends with its next list."""
    if held.number:
        yield Offer(Command("lift", str(held.number)), *words.ACTS["lift"], "undo")


def _under(head: str, facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """The rows with a head above the first."""
    rows = list(facts)
    if not rows:
        return ()
    first = rows[0]
    return (replace(first, head=head, head_detail=str(len(rows))), *rows[1:])
