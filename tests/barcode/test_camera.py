"""The camera's thread: scans and frames from a video file, a device that goes and comes back, and a quick end."""

import random
import time
from collections.abc import Iterator
from pathlib import Path
from queue import Queue
from threading import Event

import numpy as np
import pytest

from client.barcode import camera as cameras
from client.barcode import frames
from client.barcode.camera import Camera, Frame, State
from client.barcode.label import RawScan
from client.barcode.opencv import Picture, cv2
from client.barcode.read import read
from tests.barcode.drawn import Drawn, symbol

SOON = 10.0


def frame_of(drawn: Drawn | None) -> Picture:
    frame = np.full((720, 1280, 3), 190, np.uint8)
    if drawn:
        height, width = drawn.picture.shape
        top, left = (720 - height) // 2, (1280 - width) // 2
        frame[top : top + height, left : left + width] = drawn.picture[:, :, None]
    return frame


@pytest.fixture
def shown() -> list[Drawn]:
    return [symbol(kind, random.Random(n), module=2) for n, kind in enumerate(("Data Matrix", "EAN-13", "QR"))]


@pytest.fixture
def video(tmp_path: Path, shown: list[Drawn]) -> Path:
    """Each symbol for some frames, the QR for one, and a bare table between."""
    file = tmp_path / "shift.avi"
    film = cv2.VideoWriter(str(file), cv2.VideoWriter.fourcc(*"MJPG"), 50, (1280, 720))
    for drawn, times in zip(shown, (3, 3, 1), strict=True):
        for _ in range(times):
            film.write(frame_of(drawn))
        film.write(frame_of(None))
    film.release()
    return file


class Told:
    """What a window would get."""

    def __init__(self) -> None:
        self.scans: list[RawScan] = []
        self.frames: list[Frame] = []
        self.states: Queue[State] = Queue()
        self.scanned = Event()

    def scan(self, scan: RawScan) -> None:
        self.scans.append(scan)
        self.scanned.set()

    def camera(self, source: int | Path) -> Camera:
        return Camera(source, self.scan, self.frames.append, self.states.put)


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def running(told: Told) -> Iterator[list[Camera]]:
    started: list[Camera] = []
    yield started
    for one in started:
        one.stop()


def test_a_video_stands_in_for_the_camera_and_each_symbol_is_one_scan(
    told: Told, video: Path, shown: list[Drawn]
) -> None:
    camera = told.camera(video)
    camera.start()

    assert [told.states.get(timeout=SOON) for _ in range(2)] == ["open", "ended"]
    camera.stop()
    assert [scan.data[3:] for scan in told.scans] == [drawn.data for drawn in shown]
    assert [(scan.symbology, scan.source, scan.device) for scan in told.scans] == [
        (symbology, "camera", "shift.avi") for symbology in ("]d2", "]E0", "]Q3")
    ]
    assert read(told.scans[0]).lot is not None
    assert len(told.frames) == 10
    assert told.frames[0].picture.shape == (720, 1280, 3)
    assert told.frames[0].aim == (320, 120, 640, 480)


class Device:
    """A camera on a cable. `read` waits a moment, as a camera does for its next frame."""

    plugged = True
    opened = 0
    held = 0  # opened and not let go of

    def __init__(self, _source: int, picture: Picture) -> None:
        self.picture = picture
        Device.opened += Device.plugged
        Device.held += 1

    def set(self, _what: int, _value: float) -> bool:
        return True

    def isOpened(self) -> bool:
        return Device.plugged

    def read(self) -> tuple[bool, Picture | None]:
        time.sleep(0.01)
        return (True, self.picture.copy()) if Device.plugged else (False, None)

    def release(self) -> None:
        Device.held -= 1


@pytest.fixture
def device(monkeypatch: pytest.MonkeyPatch, shown: list[Drawn]) -> type[Device]:
    monkeypatch.setattr(Device, "plugged", True)
    monkeypatch.setattr(Device, "opened", 0)
    monkeypatch.setattr(Device, "held", 0)
    monkeypatch.setattr(cv2, "VideoCapture", lambda source: Device(source, frame_of(shown[0])))
    monkeypatch.setattr(cameras, "_AGAIN", 0.02)
    return Device


def test_a_camera_that_was_unplugged_is_told_and_found_again(
    told: Told, device: type[Device], running: list[Camera]
) -> None:
    running.append(camera := told.camera(0))
    camera.start()
    assert told.states.get(timeout=SOON) == "open"
    assert told.scanned.wait(SOON)

    device.plugged = False
    assert told.states.get(timeout=SOON) == "lost"
    device.plugged = True
    assert told.states.get(timeout=SOON) == "open"

    assert (device.opened, device.held) == (2, 1)


def test_a_camera_that_is_not_there_yet_is_waited_for(told: Told, device: type[Device], running: list[Camera]) -> None:
    device.plugged = False
    running.append(camera := told.camera(0))
    camera.start()
    assert told.states.get(timeout=SOON) == "lost"

    device.plugged = True

    assert told.states.get(timeout=SOON) == "open"


def test_after_a_stop_the_device_is_free_and_nothing_comes(told: Told, device: type[Device]) -> None:
    camera = told.camera(0)
    camera.start()
    assert told.states.get(timeout=SOON) == "open"
    assert told.scanned.wait(SOON)

    camera.stop()

    assert (camera.running, device.held, told.states.qsize()) == (False, 0, 0)


def test_a_camera_never_started_can_be_stopped(told: Told) -> None:
    told.camera(0).stop()


def test_one_look_is_under_way_at_a_time(
    told: Told, device: type[Device], running: list[Camera], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A slow look makes the next frames pass by; they are shown all the same."""
    at_once, most, done = 0, 0, Event()

    def slowly(_self: object, _frame: Picture) -> list[object]:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        done.wait(0.2)
        at_once -= 1
        return []

    monkeypatch.setattr(frames.Passes, "look", slowly)
    running.append(camera := told.camera(0))
    camera.start()
    assert told.states.get(timeout=SOON) == "open"

    while len(told.frames) < 30:
        time.sleep(0.01)
    done.set()

    assert most == 1
