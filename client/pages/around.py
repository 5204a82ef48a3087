"""What stands around the window: tone, worker, practice ward, printer of labels, eyes. `client/station.py` fills it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from client.pages.eyes import Eyes
from client.pages.window import Look
from client.work.job import Job


@dataclass(frozen=True)
class Around:
    """What the shell may ask for: a tone, the worker, the practice ward, labels for lots made here (their file), a look
    to be kept, eyes. `folder` is the device's own; `elsewhere` is given where papers must outlive it."""

    look: Look = field(default_factory=Look)
    practice: bool = False
    play: Callable[[str], None] = lambda _tone: None
    wake: Callable[[], None] = lambda: None
    practise: Callable[[], None] = lambda: None
    leave_practice: Callable[[], None] = lambda: None
    reopen: Callable[[], None] = lambda: None
    folder: Path | None = None
    elsewhere: Path | None = None
    label: Callable[[Job], str] = lambda _job: ""
    keep: Callable[[Look], None] = lambda _look: None
    eyes: Eyes = field(default_factory=Eyes)

    @property
    def papers(self) -> Path | None:
        """Where what is written for people lies: PDFs, the bundle for support."""
        return self.elsewhere or self.folder
