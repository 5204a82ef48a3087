"""From frame to frame: where is looked, what becomes a scan, once, and what the person with the camera is told."""

import random
from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest

from client.barcode import frames
from client.barcode.frames import Passes, Watch, aim, hint
from client.barcode.image import FIRST, Point, Seen
from client.barcode.opencv import Picture, cv2
from tests.barcode.drawn import symbol

BOX: tuple[Point, ...] = ((0, 0), (100, 0), (100, 40), (0, 40))


def linear(text: str, format: str = "EAN13") -> Seen:
    return Seen(format, text, text.encode(), "]E0", BOX, "zxing-cpp", FIRST)


def matrix(text: str) -> Seen:
    return Seen("DataMatrix", text, text.encode(), "]d2", BOX, "zxing-cpp", FIRST)


def scene(at: tuple[int, int] | None = None) -> Picture:
    """A frame of the camera, with a Data Matrix whose left upper corner is `at`."""
    frame = np.full((720, 1280), 170, np.uint8)
    if at:
        drawn = symbol("Data Matrix", random.Random(3)).picture
        frame[at[1] : at[1] + drawn.shape[0], at[0] : at[0] + drawn.shape[1]] = drawn
    return frame


def test_a_matrix_code_is_a_scan_at_once() -> None:
    assert [one.text for one in Watch().accepted([matrix("A")], 0.0)] == ["A"]


def test_a_linear_code_is_a_scan_once_two_frames_agree() -> None:
    watch = Watch()

    assert watch.accepted([linear("4006381333931")], 0.0) == []
    assert watch.accepted([], 0.1) == []
    assert [one.text for one in watch.accepted([linear("4006381333931")], 0.2)] == ["4006381333931"]


@pytest.mark.parametrize("between", [[1.2], [0.1] * 6])
def test_two_frames_far_apart_do_not_agree(between: list[float]) -> None:
    watch, at = Watch(), 0.0
    watch.accepted([linear("4006381333931")], at)
    for pause in between[:-1]:
        watch.accepted([], at := at + pause)

    assert watch.accepted([linear("4006381333931")], at + between[-1]) == []


def test_two_frames_that_differ_do_not_agree() -> None:
    watch = Watch()
    watch.accepted([linear("9074932437075")], 0.0)

    assert watch.accepted([linear("4006381333931")], 0.1) == []


def test_a_code_that_stays_in_view_is_one_scan() -> None:
    watch = Watch()

    scans = [one for frame in range(100) for one in watch.accepted([matrix("A")], frame * 0.1)]

    assert len(scans) == 1


def test_a_code_that_was_gone_a_while_is_scanned_again() -> None:
    watch = Watch()
    watch.accepted([matrix("A")], 0.0)

    assert watch.accepted([matrix("A")], 1.4) == []
    assert len(watch.accepted([matrix("A")], 3.0)) == 1


def test_two_linear_codes_in_one_place_are_no_scan_and_a_matrix_code_there_is() -> None:
    watch, both = Watch(), [linear("4006381333931"), linear("9074932437075")]

    assert [watch.accepted(both, at / 10) for at in range(5)] == [[]] * 5
    assert [one.text for one in watch.accepted([*both, matrix("A")], 0.5)] == ["A"]


def test_a_piece_of_an_itf_is_no_scan_while_the_whole_is_about() -> None:
    watch = Watch()
    watch.accepted([linear("00406381333931", "ITF")], 0.0)

    assert [watch.accepted([linear("381333", "ITF")], at / 10) for at in range(1, 4)] == [[]] * 3


def test_the_middle_is_looked_at_and_the_whole_frame_after_each_fourth_miss(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def vainly(where: str) -> Callable[..., list[Seen]]:
        def look(*_: object) -> list[Seen]:
            asked.append(where)
            return []

        return look

    monkeypatch.setattr(frames, "in_aim", vainly("middle"))
    monkeypatch.setattr(frames, "whole_frame", vainly("whole"))
    passes = Passes()

    for _ in range(10):
        passes.look(scene())

    whole = [number for number, one in enumerate(asked) if one == "whole"]
    assert whole[0] == 4
    assert [after - before for before, after in pairwise(whole)] == [4]


@pytest.mark.parametrize(("at", "looks"), [((600, 300), 1), ((20, 20), 5)])
def test_a_code_outside_the_aim_frame_is_found_a_little_later(at: tuple[int, int], looks: int) -> None:
    passes = Passes()

    needed = next(number for number in range(1, 20) if passes.look(scene(at)))

    assert needed == looks


def test_a_code_lies_where_it_is_in_the_whole_frame() -> None:
    (one,) = frames.in_aim(scene((600, 300)))

    x, y = one.corners[0]
    assert (600 <= x <= 660, 300 <= y <= 360) == (True, True)


def test_the_aim_frame_is_the_middle_and_fits_into_a_small_frame() -> None:
    assert aim(1280, 720) == (320, 120, 640, 480)
    assert aim(320, 240) == (0, 0, 320, 240)


def test_the_torch_is_offered_in_the_dark_and_a_blur_is_told() -> None:
    sharp = scene((600, 300))
    sharp[150:280, 350:500] = np.where(np.indices((130, 150))[1] % 20 < 10, 20, 230)

    assert hint(sharp) == ""
    assert hint(np.asarray(sharp // 8, dtype=np.uint8)) == "dark"
    assert hint(np.asarray(cv2.GaussianBlur(sharp, (0, 0), 12), dtype=np.uint8)) == "blurred"
    assert hint(scene()) == ""
