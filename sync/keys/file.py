"""The key in a 0600 file beside the store: chosen explicitly, and said wherever the device tells of itself."""

from pathlib import Path

from sync.keys import private
from sync.keys.places import key_of

NAME = "store.key"


class FileKey:
    """It does not protect a stolen device: whoever has the folder has the key. The disk must be encrypted."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME

    def get(self) -> bytes:
        return key_of(private.read(self.path), self.path.name)

    def put(self, key: bytes) -> None:
        private.write(self.path, key.hex() + "\n")

    def drop(self) -> None:
        private.drop(self.path)
