"""What tests of receiving share: a pull that brings something, and a site with a quarantine."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from client.work.desk import Desk
from client.work.site.people import Person, Role
from client.work.site.policy import Cold, Place, Policy
from sync.stock import Category, Location, Picking, Usage
from sync.store import Store
from tests.work.conftest import NOW, StoppedClock

QUARANTINE = Location(40, "Quarantine", "CS/Stock/Quarantine", Usage.INTERNAL, "4/5/40/", 5, "LOC-Q")
COLD = Category(70, "Cold chain", "70/")
SITE = Policy(places={"CS/Stock": Place(quarantine="LOC-Q")}, cold_chain={"Cold chain": Cold()})


def pulled(store: Store, *, closed: Sequence[Picking] = (), **merged: Sequence[Any]) -> None:
    """A later pull: these records changed or came, those pickings are closed."""
    pull = store.catalogue.resume()
    for kind, values in merged.items():
        pull.merge(kind, values)
    if closed:
        pull.retire("pickings", closed)
        for picking in closed:
            pull.only("moves", "picking_id", [picking.id], ())
    pull.flip(NOW + timedelta(minutes=1))


def at_a_site(store: Store, *, role: Role = Role.STOREKEEPER, policy: Policy = SITE) -> Desk:
    """A desk of a site that has a quarantine and goods to be kept cold."""
    pulled(store, locations=[QUARANTINE], categories=[COLD])
    return Desk(store, Person("Mira Lindqvist", role), policy, StoppedClock())


def quantities(desk: Desk) -> list[str]:
    """Of all additions, in their order."""
    assert desk.delivery is not None
    return [f"{add.quantity:f}" for add in desk.delivery.additions]


def choices(desk: Desk) -> list[str]:
    """Codes of the ways to answer what is asked."""
    asked = desk.question()
    return [choice.code for choice in asked.choices] if asked else []
