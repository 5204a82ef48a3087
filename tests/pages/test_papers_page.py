"""Papers on the real window: what is wrong is said before it is printed, what is previewed is what scanners read."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage

from client import papers
from client.pages import printers as system
from client.pages.drive import settle
from client.pages.papers_page import PapersPage
from client.pages.printers import Printers
from client.pages.sheet import FINE, HEAD_HEIGHT, LINEAR_HEIGHT, MARGIN, Page, label_pages, picture_of
from client.pages.window import use_fonts
from sync.errors import WardstockError
from tests.pages.reader import read_off
from tests.pages.stage import GLOVES, PROPOFOL, SALINE, gs1, stock_up
from tests.pages.storeroom import Storeroom


class Tray:
    """A printer that shows what came out."""

    def __init__(self, *names: str) -> None:
        self.names, self.printed = names, list[tuple[str, set[str]]]()

    def take(self, pages: Sequence[Page], name: str, _title: str) -> None:
        if name == "broken":
            raise WardstockError("printer_refuses", printer=name)
        self.printed.append((name, {text for page in pages for text in read_off(picture_of(page))}))


def opened(on: Storeroom, kind: str, *printers: str) -> tuple[PapersPage, Tray]:
    stock_up(on.on)
    page, tray = on.on.shell._papers, Tray(*printers)
    page._printers = Printers(lambda: tray.names, tray.take)
    on.on.shell.go("papers")
    page.open(kind)
    settle(60)
    return page, tray


def write(page: PapersPage, **said: str) -> None:
    for name, text in said.items():
        page.write(name, text)
    page._draw()
    settle(60)


def typed(on: Storeroom, text: str) -> None:
    """By somebody at the keyboard, who then looks at what it will be."""
    on.write(text)
    settle(on.on.shell._papers._soon.interval() + 60)


def saved(page: PapersPage) -> list[Path]:
    assert page._around.folder
    return sorted((page._around.folder / "papers").glob("*.pdf"))


def test_papers_are_reached_from_the_settings(storeroom: Storeroom) -> None:
    storeroom.on.shell.go("settings")
    settle(150)
    storeroom.tap("part papers")
    settle(150)

    assert "What do you want to print?" in storeroom.texts()


def test_the_preview_shows_what_a_scanner_will_send(storeroom: Storeroom) -> None:
    page, _ = opened(storeroom, "commands")

    assert len(page._pictures) == len(page._pages) == 1
    assert {"WS!confirm", "WS!undo", "WS!yes", "WS!no", "WS!home"} <= read_off(picture_of(page._pages[0]))


def test_a_scanned_pack_fills_in_its_product_lot_and_day(storeroom: Storeroom) -> None:
    page, tray = opened(storeroom, "goods", "Store")
    storeroom.scan(gs1(SALINE, "24H1907", "280331"))
    page.act()

    assert storeroom.on.desk.job is None
    assert page._wanted.said == {
        "product": SALINE.name, "lot": "24H1907", "expiry": "2028-03-31", "serial": "", "copies": "1"
    }  # fmt: skip
    assert tray.printed == [("Store", {f"01{SALINE.barcode}172803311024H1907"})]


@pytest.mark.parametrize(("kind", "field"), [("places", "place"), ("goods", "product"), ("count", "place")])
def test_who_opens_a_kind_of_paper_types_into_its_first_field_without_a_tap(
    storeroom: Storeroom, kind: str, field: str
) -> None:
    page, _ = opened(storeroom, "")
    storeroom.tap(f"kind {kind}")
    settle(60)
    typed(storeroom, "sto")

    assert page._wanted.said[field] == "sto"
    assert "sto" in storeroom.texts()


def test_a_scan_fills_the_field_somebody_types_in_and_they_can_type_on(storeroom: Storeroom) -> None:
    page, _ = opened(storeroom, "places")
    storeroom.write("c1")
    storeroom.scan("LOC-STOCK")
    settle(60)
    assert page._wanted.said["place"] == "WH/Stock"
    assert "WH/Stock" in storeroom.texts()

    typed(storeroom, "x")

    assert page._wanted.said["place"] == "WH/Stockx"


def test_a_pack_scanned_while_its_lot_is_typed_fills_each_field_with_its_own(storeroom: Storeroom) -> None:
    page, _ = opened(storeroom, "goods")
    storeroom.tap("field lot")
    storeroom.write("24")
    storeroom.scan(gs1(SALINE, "24H1907", "280331"))
    settle(60)

    assert page._wanted.said["lot"] == "24H1907"
    assert {SALINE.name, "24H1907", "2028-03-31"} <= set(storeroom.texts())


def test_from_one_kind_to_another_beside_it_what_is_typed_goes_on_into_the_field(storeroom: Storeroom) -> None:
    storeroom.window.resize(1280, 800)
    page, _ = opened(storeroom, "places")
    storeroom.tap("kind count")
    settle(60)
    typed(storeroom, "a4")

    assert (page._wanted.kind, page._wanted.said) == ("count", {"place": "a4"})


def test_out_of_the_field_escape_leads_back_to_the_kinds_and_on(storeroom: Storeroom) -> None:
    page, _ = opened(storeroom, "places")
    storeroom.write("st")
    storeroom.key(Qt.Key.Key_Escape, "\x1b")
    assert page._wanted.kind == ""

    storeroom.key(Qt.Key.Key_Escape, "\x1b")

    assert storeroom.on.shell.property("page") != "papers"


def test_a_scanned_place_is_printed_with_all_below_it(storeroom: Storeroom) -> None:
    page, tray = opened(storeroom, "places", "Store")
    storeroom.scan("LOC-STOCK")
    page.act()

    assert tray.printed == [("Store", {"LOC-STOCK", "LOC-A411", "LOC-A402", "LOC-C107"})]


def test_what_is_scanned_where_nothing_is_asked_for_is_work(storeroom: Storeroom) -> None:
    opened(storeroom, "commands")
    storeroom.scan("P00147")

    assert storeroom.on.shell.property("page") == "job"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"product": SALINE.code, "expiry": "2028-02-30"}, "2028-02-30 is no day."),
        ({"product": SALINE.code, "expiry": "06/07/2027"}, "06/07/2027 is no day."),
        ({"product": SALINE.code, "lot": "Ä" * 3}, "cannot stand in a GS1 label"),
        ({"product": SALINE.code, "lot": "L" * 21}, "cannot stand in a GS1 label"),
        ({"product": SALINE.code, "copies": "5000"}, "5000 is no number of labels: 1 to 500."),
        ({"product": "nothing like it"}, "nothing like it does not name one product here"),
    ],
)
def test_what_no_label_may_say_is_said_and_nothing_is_printed(
    storeroom: Storeroom, said: dict[str, str], told: str
) -> None:
    page, tray = opened(storeroom, "goods", "Store")
    write(page, **said)
    page.act()

    assert any(told in text for text in storeroom.texts()), storeroom.texts()
    assert "First mend what is said above" in storeroom.texts()
    assert tray.printed == []


def test_a_wrong_check_digit_in_odoo_is_said_before_it_is_printed(storeroom: Storeroom) -> None:
    wrong = replace(GLOVES, barcode=GLOVES.barcode[:-1] + str((int(GLOVES.barcode[-1]) + 1) % 10))
    pull = storeroom.on.store.catalogue.begin()
    pull.merge("products", [wrong])
    pull.flip(storeroom.on.clock.now())
    page, tray = opened(storeroom, "goods", "Store")
    write(page, product=GLOVES.code)
    page.act()

    assert any("check digit" in text for text in storeroom.texts())
    assert tray.printed == []


def test_another_date_than_odoos_for_a_lot_is_warned_of(storeroom: Storeroom) -> None:
    """Complaint 6."""
    page, _ = opened(storeroom, "goods")
    write(page, product=PROPOFOL.code, lot="7F220K", expiry="2027-08-31")
    assert any("In Odoo lot 7F220K expires on 2027-06-30" in text for text in storeroom.texts())

    write(page, expiry="2027-06-30")
    assert not any("In Odoo lot" in text for text in storeroom.texts())


def test_a_day_that_is_over_is_warned_of(storeroom: Storeroom) -> None:
    page, _ = opened(storeroom, "goods")
    write(page, product=SALINE.code, lot="X1", expiry="2026-01-31")

    assert any("This day is over" in text for text in storeroom.texts())


def test_where_several_goods_begin_so_one_is_chosen(storeroom: Storeroom) -> None:
    page, _ = opened(storeroom, "goods")
    write(page, product="I")
    assert "Choose which one" in storeroom.texts()

    storeroom.tap("act product 1")
    assert page._wanted.text("product") == "IV cannula 20G, sterile"
    assert page._pages


def test_without_a_printer_the_main_action_saves_a_pdf_and_says_where(storeroom: Storeroom) -> None:
    page, _ = opened(storeroom, "scanner")
    assert "Save as PDF" in storeroom.texts()
    page.act()
    settle(60)

    (file,) = saved(page)
    assert file.read_bytes().startswith(b"%PDF")
    assert {"Saved", str(file)} <= set(storeroom.texts())


def test_where_nothing_opens_folders_it_is_said_where_the_file_lies(
    storeroom: Storeroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("client.pages.papers_page.QDesktopServices.openUrl", lambda _url: False)
    page, _ = opened(storeroom, "scanner")
    page.act()
    page.press("show")
    settle(60)

    (file,) = saved(page)
    assert f"Nothing here opens folders. The file lies in {file.parent}." in storeroom.texts()


def test_with_a_printer_it_prints_there_and_can_be_saved_too(storeroom: Storeroom) -> None:
    page, tray = opened(storeroom, "commands", "Store", "Ward 3")
    storeroom.tap("way printer Ward 3")
    page.act()
    page.press("save")

    assert [name for name, _ in tray.printed] == ["Ward 3"]
    assert len(saved(page)) == 1


def test_a_printer_that_refuses_is_said_and_nothing_else_happens(storeroom: Storeroom) -> None:
    page, tray = opened(storeroom, "commands", "broken")
    page.act()
    settle(60)

    assert any("broken does not print" in text for text in storeroom.texts())
    assert tray.printed == []


def test_a_count_sheet_on_the_screen_is_as_blind_as_on_paper(storeroom: Storeroom) -> None:
    """Complaint 12: what is printed has the goods, and neither lots nor numbers."""
    page, _ = opened(storeroom, "count")
    write(page, place="LOC-A411")
    made = papers.count_sheet(
        storeroom.on.store.catalogue.location_by_barcode("LOC-A411"),  # type: ignore[arg-type]  # it is there
        storeroom.on.store.catalogue,
        storeroom.on.desk.shelves,
    )

    assert page._pages
    assert "23K0882" not in str(made)
    assert not any(character.isdigit() for row in made.rows for character in row.unit)


def test_the_papers_of_the_practice_ward_are_offered_nowhere_else(storeroom: Storeroom) -> None:
    page, _ = opened(storeroom, "")

    assert "practice" not in [row.key for row in page._kinds._rows]


def test_a_machine_without_printers_has_none_and_does_not_fail(qapp: QGuiApplication) -> None:
    assert system.names() == ()
    with pytest.raises(WardstockError, match="printer_refuses"):
        system.print_pages(label_pages([papers.command_block()]), "nobody", "Commands")


def test_what_the_systems_printer_gets_is_the_page_itself(qapp: QGuiApplication, tmp_path: Path) -> None:
    use_fonts(qapp, shipped=True)
    target = tmp_path / "printed.pdf"

    system.print_pages(label_pages([papers.command_block(), papers.scanner_block()]), "", "Labels", str(target))

    assert target.read_bytes().startswith(b"%PDF")
    assert target.stat().st_size > 10_000


def test_no_bar_of_a_command_is_thinner_than_a_third_of_a_millimetre(qapp: QGuiApplication) -> None:
    """0.34 mm, four dots at 300 an inch: what an old scanner still reads from a worn print."""
    use_fonts(qapp, shipped=True)
    (page,) = label_pages([papers.command_block()])
    picture = picture_of(page)
    middles = range(FINE * (MARGIN + HEAD_HEIGHT + 50), picture.height() - FINE * MARGIN, FINE * LINEAR_HEIGHT)
    lines = [_line(picture, y) for y in middles]

    bars = [len(list(run)) for line in lines for shade, run in groupby(line) if shade < 128]

    assert min(bars) >= 4
    assert len(bars) > 16 * 20


def _line(picture: QImage, y: int) -> bytes:
    shades: Any = picture.constScanLine(y)  # Any: a buffer, which the stub calls an object
    return bytes(shades)[: picture.width()]


def test_what_is_wrong_stands_over_the_fields_in_sight_on_the_smallest_screen_too(storeroom: Storeroom) -> None:
    storeroom.window.resize(360, 640)
    page, _ = opened(storeroom, "goods")
    write(page, product=SALINE.code, expiry="2028-02-30")

    (told,) = [item for item in storeroom.seen.drawn() if "2028-02-30 is no day" in (item.text or "")]
    assert told.y + told.height < storeroom.window.height() - 104
