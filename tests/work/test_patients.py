"""A wristband scanned by mistake: refused at every step of every job, and nowhere on this device after (design 7)."""

import logging
from pathlib import Path

import cv2
import numpy as np
import pytest
import zxingcpp

from client import messages
from client.decode import decode_json
from client.replay import Line, replay
from client.work.site.people import Role
from sync.store import Store
from tests.work.conftest import say
from tests.work.every_job import STEPS, copied, world
from tests.work.moves import at

NUMBER, FAMILY, GIVEN, BORN = "952123453676760006", "ZZQFAMILY", "ZZQGIVEN", "19700131"
TRACES = (NUMBER, FAMILY, GIVEN, BORN)
GS = "\x1d"
WRISTBANDS = (
    f"]d28018{NUMBER}{GS}7250{BORN}7253{FAMILY}{GS}7254{GIVEN}",
    f"]C1{GS}7253{FAMILY}{GS}8018{NUMBER}{GS}7254{GIVEN}",
    f"]d28018{NUMBER}7253{FAMILY}",  # the separator is lost
    f"]d28018{NUMBER[:-1]}97253{FAMILY}",  # and it was misread
    f"]d18018{NUMBER}{GS}7253{FAMILY}",
    f"8018{NUMBER}7253{FAMILY}7254{GIVEN}",
    f"8018{NUMBER}|7253{FAMILY}",
    f"7253{FAMILY}8018{NUMBER}",
    f"(8018){NUMBER}(7253){FAMILY}(7250){BORN}",
    f"(8018){NUMBER}(7253{FAMILY}",
    f"8018){NUMBER}(7253){FAMILY}",
    f"]Q1https://id.gs1.org/8018/{NUMBER}?7253={FAMILY}&7250={BORN}",
    f"HTTPS://example.com/some/8018/{NUMBER}/8019/1?7254={GIVEN}",
    f"https://example.com/8018/{NUMBER}/x?7253={FAMILY}",  # no Digital Link
    f"https://example.com/p?8018%3D{NUMBER}%267253%3D{FAMILY}",
    f"]D28018{NUMBER}{GS}7253{FAMILY.lower()}",
    f"]d28018{NUMBER}",
    f"8018{NUMBER}",
    f"]d27253{FAMILY}{GS}7254{GIVEN}",  # the second symbol of a wristband
    f"(7250){BORN}",
)


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("world")
    world(folder).close()
    return folder


def everything(store: Store) -> str:
    """Every row of every table of the opened database."""
    database = store._database
    tables = [row[0] for row in database.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return "\n".join(repr(tuple(row)) for table in tables for row in database.rows(f'SELECT * FROM "{table}"'))


@pytest.mark.parametrize("step", STEPS)
def test_a_wristband_is_refused_at_every_step_and_leaves_nothing(
    step: str, ward: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with copied(ward) as store:
        desk = at(store, Role.STOREKEEPER)
        for line in STEPS[step]:
            say(desk, line)
        before = len(desk.job.additions) if desk.job else 0

        for wristband in WRISTBANDS:
            said = say(desk, wristband)
            assert (said.tone, said.code) == ("no", "patient_label"), wristband
            assert not any(trace in f"{said}{messages.title(said)}{messages.detail(said)}" for trace in TRACES)

        assert (len(desk.job.additions) if desk.job else 0) == before
        assert [trace for trace in TRACES if trace in everything(store).upper()] == []
        assert [trace for trace in TRACES if trace in caplog.text.upper()] == []


def test_the_search_for_traces_would_find_one(ward: Path) -> None:
    with copied(ward) as store:
        desk = at(store)
        say(desk, "P00012", f"rubbish {FAMILY}")

        assert FAMILY in everything(store)


def test_a_replayed_file_does_not_repeat_a_wristband(ward: Path) -> None:
    with copied(ward) as store:
        lines = [Line(number, text, is_command=False) for number, text in enumerate(WRISTBANDS)]

        told = repr(list(replay(at(store), lines)))

        assert [trace for trace in TRACES if trace in told] == []


def test_a_picture_of_a_wristband_is_decoded_to_nothing(tmp_path: Path) -> None:
    text = f"(8018){NUMBER}(7253){FAMILY}(7254){GIVEN}"
    symbol = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.DataMatrix, gs1=True).to_image(scale=5)
    cv2.imwrite(
        str(tmp_path / "band.png"), cv2.copyMakeBorder(np.array(symbol), *(30,) * 4, cv2.BORDER_CONSTANT, None, 255)
    )

    told = decode_json(tmp_path / "band.png", lambda text: False)

    assert [(code["format"], code["text"], code["bytes"]) for code in told["codes"]] == [("DataMatrix", "", "")]


def test_a_wristband_typed_to_look_it_up_is_refused_too(ward: Path) -> None:
    with copied(ward) as store:
        for wristband in WRISTBANDS:
            assert say(at(store), f"!look {wristband}").code == "patient_label"
        assert FAMILY not in everything(store)


@pytest.mark.parametrize("word", ["teach", "find", "drafts", "receive", "lot", "settle", "stands", "order", ""])
def test_no_word_repeats_a_wristband_that_was_typed_behind_it(word: str, ward: Path) -> None:
    band = f"(8018){NUMBER}(7253){FAMILY}"
    with copied(ward) as store:
        desk = at(store, Role.STOREKEEPER)
        for before in ((), ("P00012",)):
            for line in before:
                say(desk, line)

            said = say(desk, f"!{word} {band}")

            assert said.code == "patient_label", (word, before)
            assert not any(trace in f"{said}{messages.title(said)}{messages.detail(said)}" for trace in TRACES)
        assert [trace for trace in TRACES if trace in everything(store).upper()] == []
