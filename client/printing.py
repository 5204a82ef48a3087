"""`wardstock papers`: command barcodes, labels of places and goods, count sheets, as PDF or as pictures."""

import os
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from client.command import Asked, common, now, pass_asked
from client.staff import managed, manager
from client.words import paper as words
from sync.errors import WardstockError

if TYPE_CHECKING:
    from client.pages.sheet import Page
    from client.papers import Block
    from client.work.site.invitation import Invitation
    from sync.stock import Location
    from sync.store import Store

_out = click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write: a .pdf for the printer, or a .png to show.",
)


@click.group()
def papers() -> None:
    """Labels and sheets to print. Every symbol is what a scanner will send."""


@papers.command("commands")
@common
@_out
@pass_asked
def commands(asked: Asked, out: Path) -> None:
    """Confirm, undo, yes, no, home as barcodes: a shift needs no other hand than the scanner's."""
    from client.papers import command_block

    _write(asked, out, [command_block()])


@papers.command("practice")
@common
@_out
@pass_asked
def practice(asked: Asked, out: Path) -> None:
    """What this device expects, with a label for each of its goods: to train with, never to stick on goods."""
    from client.papers import practice_sheet

    with asked.store() as store:
        blocks = practice_sheet(store.catalogue, asked.profile().policy().day_of(now()))
    _write(asked, out, blocks)


@papers.command("places")
@common
@_out
@click.argument("place")
@pass_asked
def places(asked: Asked, place: str, out: Path) -> None:
    """Labels of a place and of all below it, by their barcodes in Odoo."""
    from client.papers import place_block

    with asked.store() as store:
        found = _place(store, place)
        block = place_block(found, store.catalogue.children(found.id))
    if not block.labels:
        raise WardstockError("place_without_barcode", place=found.complete_name)
    _write(asked, out, [block])


@papers.command("goods")
@common
@_out
@click.option("--lot", default="", help="The lot to print.")
@click.option("--expiry", metavar="DAY", help="As 2027-06-30.")
@click.option("--serial", default="", help="The serial number to print.")
@click.option("--copies", type=click.IntRange(1, 500), default=1, show_default=True)
@click.argument("code")
@pass_asked
def goods(asked: Asked, code: str, out: Path, lot: str, expiry: str | None, serial: str, copies: int) -> None:
    """A GS1 DataMatrix of goods by their barcode or reference; check digit and day are verified before."""
    from client.papers import Block, goods_label

    day = _day(expiry) if expiry else None
    with asked.store() as store:
        hits = {hit.product.id: hit.product for hit in store.catalogue.by_barcode(code)}
        hits = hits or {product.id: product for product in store.catalogue.by_code(code)}
    if len(hits) != 1:
        raise WardstockError("no_one_product", text=code, count=len(hits))
    product = next(iter(hits.values()))
    label = goods_label(product, lot=lot, expiry=day, serial=serial)
    _write(asked, out, [Block(product.name, (label,) * copies)])


@papers.command("count-sheet")
@common
@_out
@click.argument("place")
@pass_asked
def sheet(asked: Asked, place: str, out: Path) -> None:
    """A shelf to count on paper: its goods, no lots and no numbers, and rows for what lies there besides."""
    from client.app import application
    from client.pages.sheet import save_count_sheet
    from client.papers import count_sheet
    from client.work.stock import Shelves
    from sync.clock import Clock

    with asked.store() as store:
        made = count_sheet(_place(store, place), store.catalogue, Shelves(store, Clock()))
    application(shipped_font=True)
    _saved(out, lambda: save_count_sheet(made, out))
    asked.tell({"file": str(out), "rows": len(made.rows)}, [words.sheet_written(out, len(made.rows))])


@papers.command("badges")
@common
@_out
@click.argument("names", nargs=-1)
@click.option("--new", "anew", is_flag=True, help="Another badge than they have: that one ends.")
@managed
@pass_asked
def badges(
    asked: Asked, names: tuple[str, ...], out: Path, anew: bool, by: str, key_file: Path | None, piped: bool
) -> None:
    """Badges on cards to cut out, for NAMES, or for all who have none. They count from now on."""
    from client.app import application
    from client.pages.sheet import badge_pages
    from client.papers import badge_label
    from client.work.site.badges import cards, keep

    policy = asked.profile().policy()
    with asked.store() as store:
        wanted = cards(store, names, anew=anew)
        who = manager(store, policy, by, key_file, piped=piped)
        _folder(out)
        keep(store, wanted, now(), who)
    application(shipped_font=True)
    pages = badge_pages([badge_label(one) for one in wanted])
    files = _kept_secret(out, pages)
    told = {"files": [str(one) for one in files], "people": [{"name": one.name, "new": one.new} for one in wanted]}
    asked.tell(told, [words.badges_written(one, len(wanted)) for one in files])


def _kept_secret(out: Path, pages: "Sequence[Page]") -> list[Path]:
    """As one PDF, or a picture a page; nobody else reads them, not even while they are written."""
    from client.pages.sheet import picture_of, save_pages

    shown = out.suffix.lower() == ".png"
    files = [out.parent / f"{out.stem}-{nth}.png" for nth, _ in enumerate(pages, 1)] if shown else [out]

    def save() -> None:
        for file in files:
            _keep(file, "", secret=True)
        if not shown:
            save_pages(pages, out)
        elif not all(picture_of(page).save(str(file)) for file, page in zip(files, pages, strict=True)):
            raise OSError(out.name)

    _saved(out, save)
    return files


@papers.command("connect")
@common
@click.option("--url", default="", help="Address of the Odoo; without it, that of this device.")
@click.option("--database", default="", help="Its database.")
@click.option("--company", type=int, help="Id of the company, where the user has several.")
@click.option("--login", default="", help="Whose key it will be: Odoo 17 and 18 ask for it.")
@click.option("--place", "places", multiple=True, help="A place the device serves, by name or barcode; several times.")
@click.option(
    "--policy", "rules", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Rules of the site."
)
@click.option(
    "--key-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Puts the Odoo key on the sheet: whoever has the sheet has the key then.",
)
@click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write: .pdf for the printer, .png to show, .json to open on the device instead of scanning.",
)
@pass_asked
def connect(
    asked: Asked,
    url: str,
    database: str,
    company: int | None,
    login: str,
    places: tuple[str, ...],
    rules: Path | None,
    key_file: Path | None,
    out: Path,
) -> None:
    """The sheet a new device is set up with: it is scanned at its first start. Nothing is asked of Odoo for it."""
    from client.enrol import key_in
    from client.work.site.invitation import Invitation, address, file_of
    from client.work.site.policy import Policy

    key = key_in(key_file) if key_file else ""
    text = rules.read_text(encoding="utf-8-sig") if rules else ""
    if rules:
        Policy.parse(text, str(rules))
    if url:
        said = Invitation(address(url), database, company, login, places, key, text)
    else:
        said = _like_this(asked, places, key, text)
    if out.suffix.lower() == ".json":
        _saved(out, lambda: _keep(out, file_of(said), secret=bool(key)))
    else:
        _draw_setup(said, out)
    told = {"file": str(out), "url": said.url, "database": said.database, "key": bool(key), "policy": bool(said.policy)}
    asked.tell(told, [words.setup_written(out, secret=bool(key))])


def _like_this(asked: Asked, places: tuple[str, ...], key: str, rules: str) -> "Invitation":
    """What another device is told to work as this one does. Raises WardstockError("not_enrolled")."""
    from client.settings import enrolled
    from client.work.site.invitation import Invitation

    profile = asked.profile()
    with asked.store() as store:
        here = enrolled(store)
        named = [place.complete_name for id_ in here.location_ids if (place := store.catalogue.location(id_))]
    login = "" if here.capabilities.get("json2", True) else here.login
    mine = profile.policy_file.read_text(encoding="utf-8-sig") if profile.policy_file.exists() else ""
    return Invitation(here.url, here.database, here.company_id, login, places or tuple(named), key, rules or mine)


def _keep(out: Path, text: str, *, secret: bool) -> None:
    """A file; one with a key in it is never readable by others, not even while it is written."""
    if secret:
        out.unlink(missing_ok=True)
    handle = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600 if secret else 0o666)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)


def _draw_setup(said: "Invitation", out: Path) -> None:
    from client.app import application
    from client.pages.setup_sheet import setup_page
    from client.pages.sheet import picture_of, save_pages

    application(shipped_font=True)
    page = setup_page(said)

    def save() -> None:
        if out.suffix.lower() != ".png":
            save_pages([page], out)
        elif not picture_of(page).save(str(out)):
            raise OSError(out.name)

    _saved(out, save)


def _write(asked: Asked, out: Path, blocks: "Sequence[Block]") -> None:
    from client.app import application
    from client.pages.sheet import save_pdf, save_pngs

    application(shipped_font=True)
    labels = sum(len(block.labels) for block in blocks)
    if out.suffix.lower() != ".png":
        _saved(out, lambda: save_pdf(blocks, out))
        asked.tell({"files": [str(out)], "labels": labels}, [words.written(out, labels)])
        return
    made: list[Path] = []
    _saved(out, lambda: made.extend(save_pngs(blocks, out.parent, out.stem)))
    asked.tell({"files": [str(one) for one in made], "labels": labels}, [words.written(one, labels) for one in made])


def _saved(out: Path, save: Callable[[], object]) -> None:
    _folder(out)
    try:
        save()
    except OSError as error:
        raise WardstockError("paper_not_written", file=str(out), why=str(error)) from error


def _folder(out: Path) -> None:
    if not out.parent.is_dir():
        raise WardstockError("no_such_folder", folder=str(out.parent))


def _place(store: "Store", text: str) -> "Location":
    found = store.catalogue.location_by_barcode(text) or store.catalogue.location_by_name(text)
    if found is None:
        raise WardstockError("location_unknown", name=text)
    return found


def _day(text: str) -> date:
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 - a day
    except ValueError:
        raise WardstockError("not_a_day_on_paper", text=text) from None
