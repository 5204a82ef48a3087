"""The sheet of labels: what is printed is what a scanner reads."""

from datetime import date
from pathlib import Path

import zxingcpp
from PySide6.QtGui import QGuiApplication, QImage

from client import papers
from client.pages.around import Around
from client.pages.sheet import save_pdf, save_pngs
from client.pages.shell import Shell
from client.station import own_labels
from client.work.answer import Command
from client.work.desk import Desk
from client.work.job import Job
from client.work.site.people import Person
from client.work.site.policy import Policy
from sync.store import Store
from tests.work.conftest import SYRINGE, StoppedClock, label, say
from tests.work.conftest import store as store  # noqa: PLC0414  # the ward's small store, used as a fixture here
from tests.work.wants import desk_of, want

TODAY = date(2026, 11, 21)


def test_every_label_of_the_sheet_reads_back_as_it_was_meant(
    store: Store, tmp_path: Path, qapp: QGuiApplication
) -> None:
    blocks = papers.practice_sheet(store.catalogue, TODAY)

    pages = save_pngs(blocks, tmp_path)

    read = {text for page in pages for text in _scanned(page)}
    assert read == {label.scanned for block in blocks for label in block.labels}


def test_the_sheet_has_a_label_for_each_expected_product_with_a_gtin(store: Store) -> None:
    titles = [label.title for block in papers.practice_sheet(store.catalogue, TODAY) for label in block.labels]

    assert {"P00012", "Syringe 5 ml", "Infusion pump", "Paper towel", "Confirm"} <= set(titles)


def test_the_sheet_can_be_printed(store: Store, tmp_path: Path, qapp: QGuiApplication) -> None:
    save_pdf(papers.practice_sheet(store.catalogue, TODAY), tmp_path / "labels.pdf")

    assert (tmp_path / "labels.pdf").read_bytes().startswith(b"%PDF")


def _scanned(page: Path) -> list[str]:
    picture = QImage(str(page)).convertToFormat(QImage.Format.Format_Grayscale8)
    codes = zxingcpp.read_barcodes(picture)
    return [_as_sent(code) for code in codes]


def _as_sent(code: zxingcpp.Barcode) -> str:
    gs1 = code.content_type is zxingcpp.ContentType.GS1
    return (code.symbology_identifier if gs1 else "") + code.bytes.decode()


def test_a_lot_made_here_gets_a_label_that_scans_as_it(store: Store, tmp_path: Path, qapp: QGuiApplication) -> None:
    """Ward 14."""
    desk = Desk(store, Person("Mira Lindqvist"), Policy(), StoppedClock())
    say(desk, "P00012", label(SYRINGE), "!make-lot torn off", "!expiry 2028-03-31", "!note none", "!confirm", "!yes")
    assert desk.delivery

    path = Path(own_labels(desk.delivery, tmp_path))

    assert path.read_bytes().startswith(b"%PDF")
    (block,) = papers.own_lots(desk.delivery)
    assert block.labels[0].scanned == label(SYRINGE, lot=desk.delivery.additions[0].lot_name, expiry="280331")


def test_a_delivery_without_own_lots_prints_nothing(store: Store, tmp_path: Path) -> None:
    desk = Desk(store, Person("Mira Lindqvist"), Policy(), StoppedClock())
    say(desk, "P00012", label(SYRINGE, lot="L1", expiry="280331"))
    assert desk.delivery

    assert own_labels(desk.delivery, tmp_path) == ""


def test_ward_29_the_new_label_of_a_lot_change_lies_ready_to_print(
    store: Store, tmp_path: Path, qapp: QGuiApplication
) -> None:
    want(store)
    desk = desk_of(store)
    new = label(SYRINGE, lot="NEW-1", expiry="280131")
    say(desk, "LOC-A1", "!relabel", label(SYRINGE, lot="S-LATE"), "!qty 3", new, "!confirm")
    assert desk.job

    assert Path(own_labels(desk.job, tmp_path)).read_bytes().startswith(b"%PDF")


def test_the_window_says_where_the_new_label_lies(store: Store) -> None:
    want(store)
    desk = desk_of(store)
    printed: list[Job] = []

    def label_of(job: Job) -> str:
        printed.append(job)
        return "new-label.pdf"

    shell = Shell(desk, Around(label=label_of))
    new = label(SYRINGE, lot="NEW-1", expiry="280131")
    say(desk, "LOC-A1", "!relabel", label(SYRINGE, lot="S-LATE"), "!qty 3", new)

    shell._say(Command("confirm"))

    assert printed == [desk.job]
    assert "new-label.pdf" in str(shell._job.heard.property("detail"))


def test_labels_that_cannot_be_written_are_told_of_and_the_job_is_done_all_the_same(store: Store) -> None:
    want(store)
    desk = desk_of(store)

    def full(_job: Job) -> str:
        raise OSError(28, "No space left on device")

    shell = Shell(desk, Around(label=full))
    new = label(SYRINGE, lot="NEW-1", expiry="280131")
    say(desk, "LOC-A1", "!relabel", label(SYRINGE, lot="S-LATE"), "!qty 3", new)

    shell._say(Command("confirm"))

    assert shell._job.property("question") == "Change the lot: finished"
    assert "its labels could not be written: No space left" in str(shell._job.heard.property("detail"))
