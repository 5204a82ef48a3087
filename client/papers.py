"""What Wardstock prints: labels that really scan, command barcodes. `pages/sheet.py` puts them on paper."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any, Final

from client.barcode.acceptance import TRIALS, Trial
from client.barcode.checks import check_digit_is_right
from client.barcode.element_string import read_bracketed
from client.words import paper as words
from client.words import training
from client.words.pages import BEGIN
from client.words.rights import role
from client.words.scanner import SYMBOLS
from client.work.job import Addition, Job
from client.work.lots.rules import LotChange
from client.work.receiving.commands import OWN_LOT
from client.work.receiving.delivery import Delivery
from client.work.site.badges import Card
from client.work.site.invitation import Invitation, text_of
from client.work.stock import Shelves
from client.work.training import Tag, Task
from sync.errors import WardstockError
from sync.stock import Location, Picking, Product, Tracking
from sync.store.catalogue import Catalogue

if TYPE_CHECKING:
    from zxingcpp import Barcode

DATA_MATRIX, CODE_128, QR = "DataMatrix", "Code128", "QRCode"  # as zxing-cpp calls them
# Scanners of some age read no rectangles.
_SQUARE: Final = {"force_square": True}
_FORMATS: Final = {
    "code128": CODE_128,
    "gs1_128": CODE_128,
    "ean13": "EAN13",
    "datamatrix": DATA_MATRIX,
    "gs1_datamatrix": DATA_MATRIX,
    "qr": QR,
}

COMMANDS: Final = ("confirm", "undo", "yes", "no", "home", "note none", "count")
"""Command barcodes of a sheet, beside those that begin a job: what a person with gloves on presses most."""


@dataclass(frozen=True, slots=True)
class Symbol:
    """A barcode as modules: `rows` of `width` bytes, one a module, 0 where it is black. Quiet zone included."""

    width: int
    height: int
    rows: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class PaperLabel:
    """One label of a sheet: its symbol, what a person reads beside it, and the text a scanner sends for it."""

    title: str
    detail: str
    symbol: Symbol
    scanned: str


@dataclass(frozen=True, slots=True)
class Block:
    """Labels that belong together: an order and its goods."""

    title: str
    labels: tuple[PaperLabel, ...]


@dataclass(frozen=True, slots=True)
class SheetRow:
    """Goods of a count sheet. `by_lot`: their lots are written beside them, and none is printed."""

    name: str
    code: str
    barcode: str
    unit: str
    by_lot: bool


@dataclass(frozen=True, slots=True)
class CountSheet:
    """A shelf to be counted on paper: what should lie there, no lot and no number of it (complaint 12).

    `blank_rows` are for what lies there besides.
    """

    place: str
    barcode: str
    rows: tuple[SheetRow, ...]
    blank_rows: int


def count_sheet(place: Location, catalogue: Catalogue, shelves: Shelves) -> CountSheet:
    """The sheet of exactly that place, its goods by name."""
    here = {one.key.product_id for one in shelves.at(place.parent_path) if one.key.location_id == place.id}
    products = sorted(filter(None, map(catalogue.product, here)), key=lambda one: (one.name, one.id))
    rows = tuple(
        SheetRow(one.name, one.code, one.barcode, one.uom_name, one.tracking is not Tracking.NONE) for one in products
    )
    return CountSheet(place.complete_name, place.barcode, rows, max(_BLANK_ROWS, len(rows) // 4))


_BLANK_ROWS = 5


def gs1_label(title: str, bracketed: str, *, linear: bool = False) -> PaperLabel:
    """A GS1 DataMatrix, or a GS1-128 where `linear`, from bracketed text such as `(01)…(17)…(10)…`."""
    code = _drawn(bracketed, CODE_128 if linear else DATA_MATRIX, gs1=True)
    scanned = ("]C1" if linear else "]d2") + code.bytes.decode()
    return PaperLabel(title, bracketed, _symbol(code), scanned)


def sheet_symbol(invitation: Invitation) -> Symbol:
    """The code of a set-up sheet. Raises WardstockError("sheet_too_long"): a code this large no camera reads well."""
    text = text_of(invitation)
    if len(text) > _LONGEST_SHEET:
        raise WardstockError("sheet_too_long", length=len(text), most=_LONGEST_SHEET)
    return _symbol(_drawn(text, QR, ec_level="M"))


_LONGEST_SHEET: Final = 1100
"""Signs of a QR code of 101 modules at its middle level of repair: half a millimetre each on a sheet of paper."""


def plain_label(title: str, text: str) -> PaperLabel:
    """A plain Code 128: a document's name, a shelf, a command."""
    code = _drawn(text, CODE_128)
    return PaperLabel(title, text, _symbol(code), text)


def screen_label(title: str, text: str) -> PaperLabel:
    """The same for a screen: a DataMatrix, which is small, and read from a screen by any imager."""
    code = _drawn(text, DATA_MATRIX, **_SQUARE)
    return PaperLabel(title, text, _symbol(code), text)


def training_sheet(tasks: Sequence[Task]) -> list[Block]:
    """The labels of the exercises, each in its order; over them that they are for no goods."""
    return [Block(f"{training.task(task.exercise)[0]} · {training.say('sheet')}", _tags(task)) for task in tasks]


def _tags(task: Task) -> tuple[PaperLabel, ...]:
    return tuple(tag_label(tag, screen=False) for tag in task.tags)


def tag_label(tag: Tag, *, screen: bool) -> PaperLabel:
    """One label of an exercise."""
    title = training.tag(tag.step, tag.thing)
    if tag.gs1:
        return gs1_label(title, tag.text)
    return screen_label(title, tag.text) if screen else plain_label(title, tag.text)


def _drawn(content: str, kind: str, **how: Any) -> "Barcode":  # Any: the options of zxing-cpp
    import zxingcpp  # noqa: PLC0415 - the window begins without what draws

    return zxingcpp.create_barcode(content, getattr(zxingcpp.BarcodeFormat, kind), **how)


def _symbol(code: "Barcode") -> Symbol:
    picture: Any = code.to_image(scale=1, add_quiet_zones=True)  # Any: a buffer, which its stub cannot say on 3.11
    image = memoryview(picture)
    height, width = image.shape or (0, 0)
    pixels = image.tobytes()
    rows = tuple(pixels[start : start + width] for start in range(0, height * width, width))
    return Symbol(width, height, rows)


def practice_sheet(catalogue: Catalogue, today: date) -> list[Block]:
    """Every expected delivery with a label for each of its goods, and the command barcodes."""
    serials = count(1)
    blocks = [_order(picking, catalogue, today, serials) for picking in catalogue.open_receipts()]
    return [*blocks, command_block()]


def own_lots(delivery: Delivery) -> list[Block]:
    """A label for each lot a person made here because the goods had none (ward 14); none of those, no blocks."""
    made = {add.lot_name: add for add in delivery.additions if add.lot_name.startswith(OWN_LOT)}
    labels = tuple(_own_lot(add) for add in made.values())
    return [Block(words.own_lots(", ".join(delivery.references) or delivery.picking.name), labels)] if labels else []


def new_labels(change: LotChange) -> list[Block]:
    """A label for each lot goods were changed to (ward 29); none where nothing is in a new lot yet."""
    into = {add.lot_name: add for add in change.additions if not change.out(add)}
    title = words.new_lots(", ".join(change.references) or change.shelf_name)
    return [Block(title, tuple(_own_lot(add) for add in into.values()))] if into else []


def made_here(job: Job) -> list[Block]:
    """The labels a finished job wants printed; most want none."""
    if isinstance(job, Delivery):
        return own_lots(job)
    return new_labels(job) if isinstance(job, LotChange) else []


def _own_lot(add: Addition) -> PaperLabel:
    """A GS1 DataMatrix with lot and day; goods without a GTIN get the lot alone as Code 128."""
    if not _is_gtin(add.product):
        return plain_label(f"{add.product.name} {add.expiry or ''}".strip(), add.lot_name)
    day = f"(17){add.expiry:%y%m%d}" if add.expiry else ""
    return gs1_label(add.product.name, f"(01){add.product.barcode.zfill(14)}{day}(10){add.lot_name}")


def command_block() -> Block:
    """What the buttons say, as barcodes."""
    named = {name: words.COMMANDS[name] for name in COMMANDS} | {name: one[0] for name, one in BEGIN.items()}
    return Block(words.COMMANDS["title"], tuple(plain_label(title, f"WS!{name}") for name, title in named.items()))


def place_block(place: Location, below: Sequence[Location]) -> Block:
    """A label for a place and each place below it, by its barcode in Odoo; those without one get none."""
    known = (one for one in (place, *below) if one.barcode and one.active)
    return Block(place.complete_name, tuple(plain_label(one.complete_name, one.barcode) for one in known))


def goods_label(product: Product, *, lot: str = "", expiry: date | None = None, serial: str = "") -> PaperLabel:
    """A GS1 DataMatrix of goods as a maker prints it.

    Raises WardstockError: gtin_missing, gtin_wrong (its check digit), not_printable (a lot or serial no symbol holds).
    """
    if not _is_gtin(product):
        raise WardstockError("gtin_missing", product=product.name)
    if not check_digit_is_right(product.barcode):
        raise WardstockError("gtin_wrong", product=product.name, value=product.barcode)
    day = f"(17){expiry:%y%m%d}" if expiry else ""
    batch = f"(10){lot}" if lot else ""
    text = f"(01){product.barcode.zfill(14)}{day}{batch}{f'(21){serial}' if serial else ''}"
    elements, problems = read_bracketed(text, date.today().year)  # noqa: DTZ011 - a century
    said = [element.value for element in elements if element.ai in {"10", "21"}]
    if problems or said != [*filter(None, (lot, serial))]:
        raise WardstockError("not_printable", text=lot or serial)
    return gs1_label(product.name, text)


def badge_label(card: Card) -> PaperLabel:
    """Somebody's badge: a Code 128, which every scanner reads. What it says is not written beside it."""
    return PaperLabel(card.name, role(card.role), _symbol(_drawn(card.badge, CODE_128)), card.badge)


def scanner_block() -> Block:
    """The six symbols of the scanner test, in their order."""
    return Block(words.scanner_test(), tuple(map(trial_label, TRIALS)))


def trial_label(trial: Trial) -> PaperLabel:
    """One of them, with its number."""
    code = _drawn(trial.printed, _FORMATS[trial.symbology], gs1=trial.symbology.startswith("gs1"), **_SQUARE)
    number = TRIALS.index(trial) + 1
    return PaperLabel(f"{number} · {SYMBOLS[trial.name]}", trial.printed[:40], _symbol(code), trial.sent)


def _order(picking: Picking, catalogue: Catalogue, today: date, serials: Iterator[int]) -> Block:
    name = picking.origin or picking.name
    moves = catalogue.moves(picking.id)
    products = {move.product_id: product for move in moves if (product := catalogue.product(move.product_id))}
    goods = (label for product in products.values() for label in _goods(product, picking.id, today, serials))
    return Block(f"{name} · {picking.name}", (plain_label(name, name), *goods))


def _goods(product: Product, seed: int, today: date, serials: Iterator[int]) -> Iterator[PaperLabel]:
    """One label of a product; serial goods get two, for each is one piece. Goods without a GTIN get none."""
    if not _is_gtin(product):
        return
    for _ in range(2 if product.tracking is Tracking.SERIAL else 1):
        number = next(serials)
        parts = [f"(01){product.barcode.zfill(14)}"]
        if product.use_expiration_date:
            parts.append(f"(17){today + timedelta(days=365 + 30 * (number % 12)):%y%m%d}")
        if product.tracking is Tracking.LOT:
            parts.append(f"(10)P{seed}-{number:03d}")
        if product.tracking is Tracking.SERIAL:
            parts.append(f"(21)SN{seed}-{number:03d}")
        yield gs1_label(product.name, "".join(parts), linear=number % 4 == 0)


def _is_gtin(product: Product) -> bool:
    return product.barcode.isdigit() and len(product.barcode) in _GTIN_LENGTHS


_GTIN_LENGTHS: Final = frozenset({8, 12, 13, 14})
