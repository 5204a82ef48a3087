"""What `wardstock papers` writes is what a scanner sends."""

import json
import os
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PySide6.QtGui import QImage

from client.cli import main
from client.settings import Profile
from client.work.site.pin import hashed
from sync.keys import Place
from sync.store.device import Enrolment
from tests.pages.reader import read_off
from tests.pages.stage import CANNULA, NOW, PLASTER, SALINE, fill


@pytest.fixture
def device(tmp_path: Path) -> Path:
    store = Profile(tmp_path, Place.FILE).open_or_create()
    store.device.enrol(Enrolment("http://127.0.0.1", "ward", "ml", 2, 1, NOW, company_name="Main store"), "key")
    fill(store)
    store.close()
    return tmp_path


def papers(device: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["--profile", str(device), "papers", *words, "--json"])


def test_command_barcodes_are_the_words_the_buttons_say(device: Path) -> None:
    done = papers(device, "commands", "--out", str(device / "commands.png"))

    assert done.exit_code == 0, done.output
    (file,) = json.loads(done.output)["files"]
    assert {"WS!confirm", "WS!undo", "WS!yes", "WS!no", "WS!home"} <= read_off(QImage(file))


def test_a_place_is_printed_with_all_below_it(device: Path) -> None:
    done = papers(device, "places", "WH/Stock", "--out", str(device / "places.png"))

    (file,) = json.loads(done.output)["files"]
    assert read_off(QImage(file)) == {"LOC-STOCK", "LOC-A411", "LOC-A402", "LOC-C107"}


def test_goods_are_printed_with_lot_and_day(device: Path) -> None:
    out = device / "goods.png"
    done = papers(device, "goods", SALINE.code, "--lot", "24H1907", "--expiry", "2028-03-31", "--out", str(out))

    (file,) = json.loads(done.output)["files"]
    assert read_off(QImage(file)) == {f"01{SALINE.barcode}17280331" + "1024H1907"}


def test_as_many_labels_are_printed_as_were_asked_for(device: Path) -> None:
    done = papers(device, "goods", PLASTER.barcode, "--copies", "40", "--out", str(device / "many.pdf"))

    assert json.loads(done.output)["labels"] == 40
    assert (device / "many.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (("--expiry", "2028-02-30"), "not_a_day_on_paper"),
        (("--lot", "ÄÖ"), "not_printable"),
        (("--lot", "A" * 21), "not_printable"),
        (("--lot", "(21)X"), "not_printable"),
    ],
)
def test_what_no_label_may_say_is_refused_before_it_is_printed(device: Path, more: tuple[str, str], code: str) -> None:
    done = papers(device, "goods", CANNULA.code, *more, "--out", str(device / "wrong.pdf"))

    assert done.exit_code == 2
    assert json.loads(done.output)["error"]["code"] == code
    assert not (device / "wrong.pdf").exists()


@pytest.fixture
def staffed(device: Path) -> Path:
    """A supervisor with a badge of the hospital, and a nurse with none."""
    store = Profile(device, Place.FILE).open()
    store.people.add("Mira Lindqvist", "supervisor", NOW, "", badge="B-MIRA-1", pin=hashed("839201"))
    store.people.add("Theo Rey", "nurse", NOW, "Mira Lindqvist")
    store.close()
    return device


def badges(device: Path, *words: str, pin: str = "839201") -> Result:
    command = ["--profile", str(device), "papers", "badges", *words, "--by", "Mira Lindqvist", "--pin", "--json"]
    return CliRunner().invoke(main, command, input=f"{pin}\n")


def badge_of(device: Path, name: str) -> str:
    store = Profile(device, Place.FILE).open()
    try:
        return store.people.get(name).badge  # type: ignore[union-attr]  # they are there
    finally:
        store.close()


def test_a_badge_on_paper_is_the_badge_that_is_kept_and_nobody_else_reads_the_file(staffed: Path) -> None:
    done = badges(staffed, "--out", str(staffed / "badges.png"))

    assert done.exit_code == 0, done.output
    told = json.loads(done.output)
    (file,) = told["files"]
    assert told["people"] == [{"name": "Theo Rey", "new": True}]
    assert read_off(QImage(file)) == {badge_of(staffed, "Theo Rey")}
    assert os.name == "nt" or stat.S_IMODE(Path(file).stat().st_mode) == 0o600


def test_the_same_badge_is_printed_again_and_another_one_only_when_asked_for(staffed: Path) -> None:
    out = str(staffed / "badges.pdf")
    badges(staffed, "Theo Rey", "--out", out)
    first = badge_of(staffed, "Theo Rey")
    badges(staffed, "Theo Rey", "--out", out)
    again = badge_of(staffed, "Theo Rey")
    badges(staffed, "Theo Rey", "--new", "--out", out)

    assert first == again != badge_of(staffed, "Theo Rey")
    assert Path(out).read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("words", "pin", "code"),
    [
        (("Mira Lindqvist",), "839201", "badge_of_others"),
        (("Nobody Here",), "839201", "person_unknown"),
        (("Theo Rey",), "000111", "pin_wrong"),
    ],
)
def test_a_badge_that_is_refused_is_neither_written_nor_kept(
    staffed: Path, words: tuple[str, ...], pin: str, code: str
) -> None:
    done = badges(staffed, *words, "--out", str(staffed / "badges.pdf"), pin=pin)

    assert done.exit_code != 0
    assert json.loads(done.stdout)["error"]["code"] == code
    assert not (staffed / "badges.pdf").exists()
    assert badge_of(staffed, "Theo Rey") == ""


def test_a_place_nobody_knows_is_said(device: Path) -> None:
    done = papers(device, "places", "Nowhere", "--out", str(device / "places.pdf"))

    assert json.loads(done.output)["error"]["code"] == "location_unknown"


def test_a_count_sheet_is_a_pdf_to_write_on(device: Path) -> None:
    done = papers(device, "count-sheet", "WH/Stock/A4-11", "--out", str(device / "sheet.pdf"))

    assert done.exit_code == 0, done.output
    assert (device / "sheet.pdf").read_bytes().startswith(b"%PDF")


def test_a_folder_that_is_not_there_is_said_and_not_made(device: Path) -> None:
    done = papers(device, "commands", "--out", str(device / "nowhere" / "commands.pdf"))

    assert done.exit_code == 2
    assert json.loads(done.output)["error"]["code"] == "no_such_folder"
