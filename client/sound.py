"""The three tones of the scan-answer language (look 4). Without a sound card there is silence, and no error."""

from __future__ import annotations

import array
import math
import os
import sys
from collections.abc import Generator, Iterator
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Final

RATE: Final = 44_100
_LOUD: Final = 0.5
_FADE: Final = 0.005
"""Seconds to swell and to die away, so that a tone does not click."""

TONES: Final[dict[str, tuple[tuple[int, float], ...]]] = {
    "ok": ((1800, 0.080),),
    "ask": ((900, 0.110), (1200, 0.110)),
    "no": ((280, 0.350),),
}
"""(hertz, seconds). They differ in length, pitch and number, so that one alone is enough to tell them apart."""


def samples(tone: str) -> array.array[int]:
    """16-bit mono samples of an answer's tone; none for `idle`."""
    return array.array("h", (value for hertz, seconds in TONES.get(tone, ()) for value in _sine(hertz, seconds)))


def _sine(hertz: int, seconds: float) -> Iterator[int]:
    count, fade = int(RATE * seconds), int(RATE * _FADE)
    for nth in range(count):
        swell = min(1.0, nth / fade, (count - nth) / fade)
        yield int(32_767 * _LOUD * swell * math.sin(2 * math.pi * hertz * nth / RATE))


class Sound:
    """Plays on a thread of its own: the page never waits for a sound card, and a missing one silences only this."""

    def __init__(self) -> None:
        self._wanted: SimpleQueue[str | None] = SimpleQueue()
        self._thread = Thread(target=self._run, name="sound", daemon=True)
        self._thread.start()

    def play(self, tone: str) -> None:
        """Ask for a tone and return at once."""
        if tone in TONES:
            self._wanted.put(tone)

    def close(self) -> None:
        """Silence, and the thread is over."""
        self._wanted.put(None)
        self._thread.join(timeout=2)

    def _run(self) -> None:
        if not _has_sound():
            return
        import miniaudio  # noqa: PLC0415 - a library of sound is not needed for the first frame

        try:
            device = miniaudio.PlaybackDevice(nchannels=1, sample_rate=RATE, buffersize_msec=20, app_name="Wardstock")
        except miniaudio.MiniaudioError:
            return
        voice = _Voice({tone: samples(tone) for tone in TONES})
        speak = voice.speak()
        next(speak)
        device.start(speak)
        while (tone := self._wanted.get()) is not None:
            voice.say(tone)
        device.close()


def _has_sound() -> bool:
    """Where Linux has neither card nor sound server, its sound library would complain on stderr before it fails."""
    if sys.platform != "linux":
        return True
    cards = Path("/proc/asound/cards")
    server = Path(os.environ.get("XDG_RUNTIME_DIR", "/nowhere")) / "pulse" / "native"
    return server.exists() or "PULSE_SERVER" in os.environ or (cards.exists() and "[" in cards.read_text())


class _Voice:
    """Feeds the device: the newest tone from its beginning, else silence."""

    def __init__(self, tones: dict[str, array.array[int]]) -> None:
        self._tones = tones
        self._left = array.array("h")

    def say(self, tone: str) -> None:
        self._left = self._tones[tone]

    def speak(self) -> Generator[array.array[int], int, None]:
        wanted = yield array.array("h")
        while True:
            now, self._left = self._left[:wanted], self._left[wanted:]
            wanted = yield now + array.array("h", bytes(2 * (wanted - len(now))))
