"""A picture a person took, read from its file: JPEG or PNG, of a size that a phone network still carries."""

from pathlib import Path
from typing import Final

from client.work.answer import Said, no
from sync.store.photos import Photo
from sync.transaction import new_uuid

MOST_MEGABYTES: Final = 10
_BEGINS: Final = {b"\xff\xd8\xff": ".jpg", b"\x89PNG\r\n\x1a\n": ".png"}


def picture(path: Path) -> Photo | Said:
    """The picture, under an id of its own, or why it cannot be kept."""
    try:
        if path.stat().st_size > MOST_MEGABYTES * 1024 * 1024:
            return no("not_a_picture", path=path.name, megabytes=MOST_MEGABYTES)
        data = path.read_bytes()
    except OSError:
        return no("no_picture", path=path.name)
    ends = next((kind for begins, kind in _BEGINS.items() if data.startswith(begins)), None)
    if ends is None:
        return no("not_a_picture", path=path.name, megabytes=MOST_MEGABYTES)
    return Photo(new_uuid(), path.stem[:60] + ends, data)
