"""`wardstock decode`: for each picture its codes; what is no picture is said, and stops none of the others."""

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from client.barcode.opencv import cv2
from client.cli import main
from tests.barcode.drawn import Drawn, symbol


@pytest.fixture
def pictures(tmp_path: Path) -> dict[Path, Drawn]:
    drawn = {tmp_path / f"{kind}.png": symbol(kind, random.Random(11)) for kind in ("Data Matrix", "EAN-13")}
    for file, one in drawn.items():
        assert cv2.imwrite(str(file), one.picture)
    return drawn


def decode(tmp_path: Path, *words: object) -> Result:
    return CliRunner().invoke(main, ["decode", "--profile", str(tmp_path / "none"), *map(str, words)])


def test_each_picture_is_a_line_of_the_agreed_shape(tmp_path: Path, pictures: dict[Path, Drawn]) -> None:
    result = decode(tmp_path, "--json", *pictures)

    told = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert [list(one) for one in told] == [["file", "codes", "ms"]] * 2
    assert [one["file"] for one in told] == [str(file) for file in pictures]
    assert [one["ms"] > 0 for one in told] == [True, True]
    ((matrix,), (linear,)) = (one["codes"] for one in told)
    assert matrix == {
        "format": "DataMatrix",
        "text": matrix["text"],
        "bytes": next(iter(pictures.values())).data.hex(),
        "symbology": "]d2",
        "decoder": "zxing-cpp",
        "pass": "plain",
        "sure": True,
    }
    assert (linear["format"], linear["sure"]) == ("EAN13", False)


def test_what_cannot_be_read_is_said_and_the_rest_is_decoded(tmp_path: Path, pictures: dict[Path, Drawn]) -> None:
    (tmp_path / "note.png").write_text("no picture")

    result = decode(tmp_path, tmp_path / "gone.png", tmp_path / "note.png", *pictures)

    assert result.exit_code == 3
    assert result.stderr.splitlines() == [
        "There is no file gone.png.",
        "note.png is no picture that can be read here.",
    ]
    assert "]d2" in result.stdout
    assert "(ask first)" in result.stdout


def test_a_script_is_told_of_what_cannot_be_read_in_its_place(tmp_path: Path, pictures: dict[Path, Drawn]) -> None:
    result = decode(tmp_path, "--json", tmp_path / "gone.png", *pictures)

    first, *rest = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 3
    assert (first["codes"], first["error"]["code"]) == ([], "picture_missing")
    assert [len(one["codes"]) for one in rest] == [1, 1]


def test_the_app_does_not_wait_for_what_reads_pictures() -> None:
    """They are loaded when the first picture comes."""
    asked = "import sys, client.app, client.cli, client.station; print({'cv2', 'numpy', 'pyzbar'} & set(sys.modules))"

    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)

    assert told.stdout.strip() == "set()"
