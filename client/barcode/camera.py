"""A camera, or a video file in its place: one thread reads frames, one looks for codes, a frame at a time.

The window gets every frame, and scans as they are accepted; both calls come from the camera's own threads.
"""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread
from typing import Final, Literal

from zxingcpp import BarcodeFormat as Format

from client.barcode.frames import Hint, Passes, Watch, aim, hint
from client.barcode.image import EVERY, Seen, scan_of
from client.barcode.label import RawScan
from client.barcode.opencv import Picture, cv2, np

State = Literal["open", "lost", "ended"]

FRAME: Final = (1280, 720)
_AGAIN: Final = 0.5  # seconds until a lost camera is looked for again
_PATIENCE: Final = 0.9  # seconds `stop` waits: whoever closes the window does not wait for a driver


@dataclass(frozen=True, slots=True)
class Frame:
    """One live picture, blue-green-red as OpenCV has it. `aim`: left, top, width and height of the aim frame.

    `hint` is what keeps codes from being read, told only after some looks in vain.
    """

    picture: Picture
    aim: tuple[int, int, int, int]
    hint: Hint


class Camera:
    """Reads `source`, a camera's number or a video file, from `start` until `stop`.

    A camera that goes is reported as "lost" and looked for again every half second until it is back ("open"). A video
    file plays at its own pace and is "ended" at its end; none of its frames is passed over, while of a camera's those
    are that come during a look.
    """

    def __init__(
        self,
        source: int | Path,
        on_scan: Callable[[RawScan], None],
        on_frame: Callable[[Frame], None],
        on_state: Callable[[State], None] = lambda _: None,
        *,
        upc_e: bool = False,
    ) -> None:
        self._source = source
        self._on_scan, self._on_frame, self._on_state = on_scan, on_frame, on_state
        self._name = source.name if isinstance(source, Path) else f"camera {source}"
        self._passes = Passes((*EVERY, Format.UPCE) if upc_e else EVERY)
        self._watch = Watch()
        self._hint: Hint = ""
        self._stopping = Event()
        self._thread = Thread(target=self._run, name="camera", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """No frame and no scan comes after this, once the one under way has; it takes less than a second."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(_PATIENCE)

    @property
    def running(self) -> bool:
        return self._thread.is_alive()

    def _run(self) -> None:
        said: State | None = None
        with ThreadPoolExecutor(1, "camera-look") as looking:
            while not self._stopping.is_set():
                device = _opened(self._source)
                if device:
                    said = self._say("open", said)
                    try:
                        self._watch_through(device, looking)
                    finally:
                        device.release()
                    if isinstance(self._source, Path):
                        self._say("ended", said)
                        return
                said = self._say("lost", said)
                self._stopping.wait(_AGAIN)

    def _say(self, state: State, said: State | None) -> State:
        if state != said and not self._stopping.is_set():
            self._on_state(state)
        return state

    def _watch_through(self, device: cv2.VideoCapture, looking: ThreadPoolExecutor) -> None:
        """Until the device gives no more frames or we stop. One look is under way at a time."""
        look: Future[None] | None = None
        pause = 1 / (device.get(cv2.CAP_PROP_FPS) or 25) if isinstance(self._source, Path) else 0.0
        due = time.monotonic() + pause
        while not self._stopping.is_set():
            there, picture = device.read()
            if not there:
                break
            colour = np.asarray(picture, dtype=np.uint8)
            self._on_frame(Frame(colour, aim(colour.shape[1], colour.shape[0]), self._hint))
            if look is None or look.done():
                if look:
                    look.result()  # a mistake of ours ends the thread, and is reported as one
                look = looking.submit(self._look, colour)
            if isinstance(self._source, Path):
                look.result()
                self._stopping.wait(max(0.0, due - time.monotonic()))
                due = time.monotonic() + pause
        if look:
            look.result()

    def _look(self, colour: Picture) -> None:
        frame = np.asarray(cv2.cvtColor(colour, cv2.COLOR_BGR2GRAY), dtype=np.uint8)
        seen: list[Seen] = self._passes.look(frame)
        self._hint = hint(frame) if self._passes.missed > 1 else ""
        for one in self._watch.accepted(seen, time.monotonic()):
            if not self._stopping.is_set():
                self._on_scan(scan_of(one, source="camera", device=self._name, at=datetime.now(UTC)))


def _opened(source: int | Path) -> cv2.VideoCapture | None:
    """The device or the file, if it can be opened."""
    if isinstance(source, Path):
        device = cv2.VideoCapture(str(source))
    else:
        device = cv2.VideoCapture(source)
        device.set(cv2.CAP_PROP_FRAME_WIDTH, FRAME[0])
        device.set(cv2.CAP_PROP_FRAME_HEIGHT, FRAME[1])
        device.set(cv2.CAP_PROP_BUFFERSIZE, 1)  # what is seen is now
    if device.isOpened():
        return device
    device.release()
    return None
