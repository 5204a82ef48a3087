"""What is what and what is where, as far as this device knows: the `look` and `search` commands."""

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from client import troubles
from client.command import Asked, common, now, pass_asked
from sync.errors import WardstockError

if TYPE_CHECKING:
    from client.barcode.label import Label
    from client.words.lookup import Teller
    from client.work.lookup.pages import LookUp
    from client.work.meaning import Meaning
    from client.work.site.policy import Policy
    from sync.stock import Location
    from sync.store import Store


@click.command()
@common
@click.argument("text")
@click.option("--expiring", type=int, metavar="DAYS", help="Of a place: lots that expire within so many days.")
@click.option("--low", is_flag=True, help="Of a place: what lies below its reorder point.")
@pass_asked
def look(asked: Asked, text: str, expiring: int | None, low: bool) -> None:
    """What a code or a name is here: goods, lot, place, papers, a number of this device. <GS> may stand for 0x1D."""
    policy = asked.profile().policy()
    with asked.store() as store:
        looking, tell = look_up(store, policy), teller(policy)
        if expiring is not None or low:
            place = _location(store, policy, text)
            told, lines = _shelf_watch(looking, tell, place, policy.day_of(now()), expiring, low=low)
        else:
            told, lines = _page(looking, tell, store, policy, text)
    asked.tell(told, lines)


@click.command()
@common
@click.argument("text")
@click.option("--most", type=click.IntRange(1, 1000), default=50, show_default=True)
@pass_asked
def search(asked: Asked, text: str, most: int) -> None:
    """Products by how their name, reference, barcode or vendor's code begins."""
    _no_patient(text)
    with asked.store() as store:
        found = store.catalogue.search(text, most)
    told = [{"id": one.id, "name": one.name, "code": one.code, "barcode": one.barcode} for one in found]
    lines = [f"{one.name}  {one.code}  {one.barcode}".rstrip() for one in found]
    asked.tell(told, lines or [troubles.say("nothing_found", text=text)])


def _page(
    looking: "LookUp", tell: "Teller", store: "Store", policy: "Policy", text: str
) -> tuple[dict[str, Any], list[str]]:
    from client.work.meaning import SeveralProducts, SeveralThings

    label, meant = meant_by(store, policy, text)
    pages = [looking.page(meant, label)]
    if isinstance(meant, SeveralThings):
        pages = [looking.page(one, label) for one in meant.meanings]
    if isinstance(meant, SeveralProducts):
        pages = [looking.product(one) for one in meant.products]
    shown = [page for page in pages if page]
    lines = [line for page in shown for line in tell.page(page)]
    if shown:
        lines.append(tell.age(looking.holds.as_of()))
        return {"meant": type(meant).__name__, "pages": [asdict(page) for page in shown]}, lines
    raise WardstockError("nothing_like_it", text=text)


def _shelf_watch(
    looking: "LookUp", tell: "Teller", place: "Location", today: date, days: int | None, *, low: bool
) -> tuple[dict[str, Any], list[str]]:
    from client.words.lookup import under_count

    expiring = () if days is None else looking.expiring(place, today, days)
    below = looking.low(place) if low else ()
    told = {"expiring": [asdict(one) for one in expiring], "low": [asdict(one) for one in below]}
    counted = looking.counted_below(place)
    lines = [*map(tell.expiring, expiring), *map(tell.low, below), *map(under_count, counted)]
    return {**told, "counted": counted}, lines or [troubles.say("nothing_to_watch", place=place.complete_name)]


def meant_by(store: "Store", policy: "Policy", text: str) -> "tuple[Label, Meaning]":
    """What somebody typed or piped, as a scan of it would be read, and what it is here.

    Raises WardstockError("patient_label"), which says nothing of it.
    """
    from client.work.meaning import Known, anything
    from client.work.site.people import People

    label = _no_patient(text)
    return label, anything(label, Known.here(store, People(store.people, policy)))


def _no_patient(text: str) -> "Label":
    from client.barcode.label import RawScan
    from client.barcode.patient import speaks_of_a_person
    from client.barcode.read import read

    label = read(RawScan.received(text.replace("<GS>", "\x1d"), source="look", device="look", scanned_at=now()))
    if speaks_of_a_person(label):
        raise WardstockError("patient_label")
    return label


def _location(store: "Store", policy: "Policy", text: str) -> "Location":
    from client.work.meaning import LocationMeant

    _, meant = meant_by(store, policy, text)
    if isinstance(meant, LocationMeant):
        return meant.location
    raise WardstockError("location_unknown", name=text)


def look_up(store: "Store", policy: "Policy") -> "LookUp":
    """What answers, from what is on this device."""
    from client.work.lookup.pages import LookUp
    from client.work.site.holds import Holds
    from client.work.site.plan import SitePlan
    from client.work.stock import Shelves
    from sync.clock import Clock

    shelves = Shelves(store, Clock())
    return LookUp(store, shelves, Holds(store, shelves, SitePlan.of(policy, store.catalogue).quarantines))


def teller(policy: "Policy") -> "Teller":
    """Pages in words, with the times of the site."""
    from client.words.lookup import Teller

    return Teller(ZoneInfo(policy.time_zone), policy.day_of(now()))
