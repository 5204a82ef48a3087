"""Every page in every state that can look different: the one table of pictures and of the tests of looks.

A new page adds its module here, with a `SCENES` of its own.
"""

from tests.pages.scenes import (
    beside,
    counts,
    first_start,
    home,
    looking,
    moves,
    outbox,
    papers,
    people,
    receipts,
    scanner,
    settings,
    sights,
    teaching,
    training,
    unlock,
)
from tests.pages.scenes.scene import Scene

SCENES: tuple[Scene, ...] = (
    *home.SCENES,
    *receipts.SCENES,
    *moves.SCENES,
    *counts.SCENES,
    *beside.SCENES,
    *looking.SCENES,
    *teaching.SCENES,
    *sights.SCENES,
    *people.SCENES,
    *outbox.SCENES,
    *scanner.SCENES,
    *settings.SCENES,
    *papers.SCENES,
    *training.SCENES,
    *unlock.SCENES,
    *first_start.SCENES,
)


def named(name: str) -> Scene:
    """The scene of that name."""
    return next(scene for scene in SCENES if scene.name == name)
