"""A device that nobody has connected yet."""

from collections.abc import Iterator
from contextlib import contextmanager

from client.pages.around import Around
from client.pages.shell import Shell
from client.pages.window import Look
from tests.pages.scenes.scene import Scene


@contextmanager
def _start(look: Look) -> Iterator[Shell]:
    command = "wardstock enrol --url https://odoo.hospital.example --database hospital --key-file key.txt"
    yield Shell(None, Around(look=look, enrol_command=command))


SCENES = (Scene("start", _start),)
