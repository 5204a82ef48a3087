"""Codes taught to products on this device: the `codes` commands, and lists an administrator can import into Odoo."""

import csv
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from client import troubles
from client.command import Asked, common, now, pass_asked
from client.staff import approved, piped_pins
from client.work.site.people import Act

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sync.stock import Product
    from sync.store import Store
    from sync.store.taught import TaughtCode

PRODUCTS, PACKAGINGS = "products", "packagings"


@click.group()
def codes() -> None:
    """Codes that were taught to products here, since Odoo did not know them."""


@codes.command("list")
@common
@click.option(
    "--csv",
    "table",
    type=click.Choice([PRODUCTS, PACKAGINGS]),
    help="As a table Odoo imports: barcodes of products that have none, or of packagings for those that have one.",
)
@pass_asked
def codes_list(asked: Asked, table: str | None) -> None:
    """Each code, its product, who taught it and since when; whether Odoo knows better by now."""
    with asked.store() as store:
        enrolment = store.device.enrolment()
        rows = list(_rows(store))
    if table:
        lines = _table(table, rows, (enrolment.server_version if enrolment else "").split(".")[0])
        csv.writer(sys.stdout, lineterminator="\n").writerows(lines)
        return
    told = [{**asdict(one), "for": as_, "size_unknown": size} for one, as_, _product, size in rows]
    lines_ = [troubles.say("code_overruled" if one.overruled_at else "code_taught", **_facts(one)) for one, *_ in rows]
    asked.tell(told, lines_ or [troubles.say("no_codes_taught")])


@codes.command("forget")
@common
@click.argument("code")
@click.option("--person", required=True, help="Who takes it back.")
@piped_pins
@pass_asked
def codes_forget(asked: Asked, code: str, person: str, piped: bool) -> None:
    """A code is unknown again, or what Odoo says."""
    policy = asked.profile().policy()
    with asked.store() as store:
        who = approved(store, policy, person, Act.TEACH_BARCODE, piped=piped)
        forgotten = store.taught.forget(code, who.name, now())
    asked.tell({"forgotten": code, "product": forgotten.product_name}, [troubles.say("code_forgotten", taught=code)])


def _rows(store: "Store") -> "Iterator[tuple[TaughtCode, str, Product | None, bool]]":
    """Each code with where it belongs in Odoo: a product has one barcode, all others are its packagings'."""
    from client.barcode.label import RawScan
    from client.barcode.read import read
    from client.work.meaning import is_a_pack

    taken: set[int] = set()
    for one in store.taught.all():
        product = store.catalogue.product(one.product_id)
        label = read(RawScan.received(one.text, source="kept", device="", scanned_at=one.taught_at))
        free = product is not None and not product.barcode and one.product_id not in taken and not is_a_pack(label)
        if free and one.counts:
            taken.add(one.product_id)
        yield one, PRODUCTS if free else PACKAGINGS, product, is_a_pack(label)


def _table(table: str, rows: "list[tuple[TaughtCode, str, Product | None, bool]]", version: str) -> list[list[object]]:
    """Odoo's own column names. How many are in a pack nobody knows here: Odoo refuses the row until it is filled in."""
    mine = [(one, product, size) for one, as_, product, size in rows if as_ == table and product and one.counts]
    lines: list[list[object]]
    if table == PRODUCTS:
        lines = [[one.product_id, one.product_name, one.code] for one, _, _ in mine]
        return [[".id", "name", "barcode"], *lines]
    if version in {"17", "18"}:
        lines = [[one.product_id, one.code, "" if size else 1, one.code] for one, _, size in mine]
        return [["product_id/.id", "name", "qty", "barcode"], *lines]
    lines = [[one.product_id, "" if size else product.uom_id, one.code] for one, product, size in mine]
    return [["product_id/.id", "uom_id/.id", "barcode"], *lines]


def _facts(one: "TaughtCode") -> dict[str, Any]:
    facts = {"taught": one.code, "product": one.product_name, "person": one.person, "by": one.overruled_by}
    return {**facts, "day": one.taught_at.date().isoformat()}
