"""What must not move: the `holds` commands. What a file must look like stands in docs/holds.md."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from client import troubles
from client.command import Asked, common, now, pass_asked
from client.look import look_up, meant_by, teller
from client.staff import approved, piped_pins
from client.work.site.people import Act
from sync.errors import WardstockError

if TYPE_CHECKING:
    from client.work.site.policy import Policy
    from sync.stock import Product
    from sync.store import Store
    from sync.store.holds import Hold


@click.group()
def holds() -> None:
    """Goods that must not move: lists from files, and what people here put on hold."""


@holds.command("import")
@common
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--source", default="", help="Whose list it is; its file's name otherwise.")
@click.option(
    "--as-of", default="", help="The moment it speaks of, as 2026-11-21T07:12; else when the file was written."
)
@click.option("--person", required=True, help="Who brings it.")
@piped_pins
@pass_asked
def holds_import(asked: Asked, file: Path, source: str, as_of: str, person: str, piped: bool) -> None:
    """Put a file's list in place of all that source said before. Its form is in docs/holds.md."""
    from client.work.site.hold_file import read_holds
    from client.work.site.holds import products_of

    policy = asked.profile().policy()
    with asked.store() as store:
        read = read_holds(file, policy.day_of(now()))
        name = source or read.source or file.stem
        at = _moment(as_of, policy) or read.as_of or datetime.fromtimestamp(file.stat().st_mtime, now().tzinfo)
        if at > now():
            raise WardstockError("hold_list_not_yet", at=at.isoformat())
        who = approved(store, policy, person, Act.HOLD, piped=piped)
        store.holds.bring(name, read.lines, at, who.name, now())
        unknown = sum(not products_of(store, line) for line in read.lines)
    told = {"source": name, "holds": len(read.lines), "not_here": unknown, "as_of": at.isoformat()}
    lines = [troubles.say("holds_brought", **told)] + ([troubles.say("holds_not_here", **told)] if unknown else [])
    asked.tell(told, lines)


@holds.command("list")
@common
@pass_asked
def holds_list(asked: Asked) -> None:
    """All lists with their age, and all that is held."""
    from client.work.site.holds import products_of

    policy = asked.profile().policy()
    with asked.store() as store:
        lists, held = store.holds.lists(), store.holds.all()
        products = {one.id: products_of(store, one.line) for one in held}
    tell = teller(policy)
    told = {
        "lists": [asdict(one) for one in lists],
        "holds": [_hold(one, products[one.id]) for one in held],
    }
    lines = [tell.hold_list(one) for one in lists] or [tell.age(None)]
    asked.tell(told, [*lines, *(tell.hold(one, products[one.id]) for one in held)])


@holds.command("add")
@common
@click.argument("product")
@click.option("--lot", default="", help="The lot, as it stands on the pack.")
@click.option("--all", "all_lots", is_flag=True, help="All lots of it.")
@click.option("--reason", required=True)
@click.option("--person", required=True, help="Who puts it on hold.")
@piped_pins
@pass_asked
def holds_add(asked: Asked, product: str, lot: str, all_lots: bool, reason: str, person: str, piped: bool) -> None:
    """Put a product or one lot of it on hold, by anything its product is called here, or its label."""
    from client.work.site.holds import line_for

    policy = asked.profile().policy()
    with asked.store() as store:
        found, read_lot = _product(store, policy, product)
        name = lot or read_lot
        if bool(name) == all_lots:
            raise WardstockError("hold_needs_lot", product=found.name)
        who = approved(store, policy, person, Act.HOLD, piped=piped)
        hold = store.holds.hold(line_for(found, reason, policy.day_of(now()), name), who.name, now())
    asked.tell(_hold(hold, [found]), [teller(policy).hold(hold, [found])])


@holds.command("lift")
@common
@click.argument("number", type=int)
@click.option("--person", required=True, help="Who lets it move again.")
@piped_pins
@pass_asked
def holds_lift(asked: Asked, number: int, person: str, piped: bool) -> None:
    """Let goods move again, by the number `holds list` shows."""
    policy = asked.profile().policy()
    with asked.store() as store:
        who = approved(store, policy, person, Act.HOLD, piped=piped)
        hold = store.holds.lift(number, who.name, now())
    lines = [troubles.say("hold_lifted", id=number)]
    if hold.source != "ward":
        lines.append(troubles.say("hold_comes_back", source=hold.source))
    asked.tell({"lifted": number, "source": hold.source}, lines)


@holds.command("recalls")
@common
@pass_asked
def holds_recalls(asked: Asked) -> None:
    """The searches that are under way: where the goods are, who had them, where somebody looked."""
    from client.work.lookup.recall import Recalling
    from client.work.site.plan import SitePlan

    policy = asked.profile().policy()
    with asked.store() as store:
        recalling = Recalling(look_up(store, policy), SitePlan.of(policy, store.catalogue))
        pages = [recalling.page(recall) for recall in store.recalls.open()]
    lines = [line for page in pages for line in teller(policy).recall(page)]
    asked.tell([asdict(page) for page in pages], lines or [troubles.say("no_recalls")])


def _product(store: "Store", policy: "Policy", text: str) -> "tuple[Product, str]":
    """The one product meant, and the lot its label or name says."""
    from client.work.meaning import LotMeant, ProductMeant

    label, meant = meant_by(store, policy, text)
    if isinstance(meant, ProductMeant):
        return meant.product, (label.lot or "").strip()
    if isinstance(meant, LotMeant):
        return meant.product, meant.lot.name
    raise WardstockError("no_one_product", text=text)


def _moment(text: str, policy: "Policy") -> datetime | None:
    """A moment in the time of the site, unless it says another."""
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise WardstockError("not_a_moment", text=text) from None
    return at if at.tzinfo else at.replace(tzinfo=ZoneInfo(policy.time_zone))


def _hold(one: "Hold", products: "list[Product]") -> dict[str, Any]:
    return {**asdict(one), "products": [{"id": product.id, "name": product.name} for product in products]}
