"""`wardstock papers connect`: the sheet a new device is set up with, as its scanner or its file dialog meets it."""

import json
import stat
from pathlib import Path

import pytest
import zxingcpp
from click.testing import CliRunner, Result
from PySide6.QtGui import QImage

from client.cli import main
from client.settings import Profile
from client.work.site.invitation import Invitation, of_file, of_text
from sync.keys import Place
from sync.store.device import Enrolment
from tests.pages.stage import NOW, fill

ADDRESS = ("--url", "odoo.hospital.example", "--database", "hospital")


def connect(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["--profile", str(folder), "papers", "connect", *words, "--json"])


def scanned(picture: Path) -> str:
    (code,) = zxingcpp.read_barcodes(QImage(str(picture)).convertToFormat(QImage.Format.Format_Grayscale8))
    return code.bytes.decode()


def test_a_scanner_reads_from_the_sheet_what_was_said(tmp_path: Path) -> None:
    done = connect(tmp_path, *ADDRESS, "--place", "CS/Stock", "--out", str(tmp_path / "sheet.png"))

    assert done.exit_code == 0, done.output
    assert of_text(scanned(tmp_path / "sheet.png")) == Invitation(
        "https://odoo.hospital.example", "hospital", places=("CS/Stock",)
    )
    assert json.loads(done.output)["key"] is False


def test_a_file_says_the_same_and_with_a_key_nobody_else_may_read_it(tmp_path: Path) -> None:
    (tmp_path / "key.txt").write_text("0123456789abcdef\n")
    out = tmp_path / "sheet.json"
    done = connect(tmp_path, *ADDRESS, "--key-file", str(tmp_path / "key.txt"), "--out", str(out))

    assert done.exit_code == 0, done.output
    assert of_file(out.read_text()).key == "0123456789abcdef"
    assert "0123456789abcdef" not in done.output
    assert stat.S_IMODE(out.stat().st_mode) == 0o600


def test_a_device_at_work_prints_a_sheet_for_the_next_one_like_it(tmp_path: Path) -> None:
    store = Profile(tmp_path, Place.FILE).open_or_create()
    told = Enrolment("https://odoo.example", "ward", "ml", 2, 1, NOW, location_ids=(5,), capabilities={"json2": False})
    store.device.enrol(told, "a-key-that-stays-here")
    fill(store)
    store.close()
    (tmp_path / "policy.json").write_text('{"schema": 2, "idle_lock_minutes": 3}')
    done = connect(tmp_path, "--out", str(tmp_path / "sheet.json"))

    assert done.exit_code == 0, done.output
    said = of_file((tmp_path / "sheet.json").read_text())
    assert (said.url, said.database, said.company_id, said.login) == ("https://odoo.example", "ward", 1, "ml")
    assert (said.places, said.key) == (("WH/Stock",), "")
    assert json.loads(said.policy)["idle_lock_minutes"] == 3


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--url", "http://odoo.example"), "http_refused"),
        (("--url", "me@odoo.example"), "address_unfit"),
        ((), "not_enrolled"),
    ],
)
def test_a_sheet_that_would_lead_nowhere_is_not_made(tmp_path: Path, words: tuple[str, ...], code: str) -> None:
    done = connect(tmp_path / "device", *words, "--out", str(tmp_path / "sheet.png"))

    assert json.loads(done.output)["error"]["code"] == code
    assert done.exit_code in {2, 3}
    assert not (tmp_path / "sheet.png").exists()
