"""What the commands say of themselves, and what click says for them, in the language of the run."""

import gettext
import inspect
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import click

from client.words import tongue
from client.words.tongue import Sentences, tr

CLICK: Final = Sentences(
    dict(
        enumerate(
            (
                "Usage:",
                "Options",
                "Commands",
                "Positional arguments",
                "Show this message and exit.",
                "default: {default}",
                "Error: {message}",
                "Try '{command} {option}' for help.",
                "Missing command.",
                "Missing argument",
                "Missing option",
                "No such command {name!r}.",
                "No such option {name!r}.",
                "Option {name!r} does not take a value.",
                "Invalid value: {message}",
                "Invalid value for {param_hint}: {message}",
                "{name} {filename!r} does not exist.",
                "{name} {filename!r} is a directory.",
                "{name} {filename!r} is a file.",
                "{name} {filename!r} is not readable.",
                "{value!r} is not a valid {number_type}.",
                "Error: The two entered values do not match.",
                "Repeat for confirmation",
                "Aborted!",
            )
        )
    )
)
"""Click asks gettext for these itself: they stand here for the catalogue alone."""

_english: Final[dict[int, str]] = {}
"""The help as it is written, by the identity of command or option."""


@contextmanager
def in_language(command: click.Command) -> Iterator[None]:
    """Help and usage errors of this command, and of all below it, in the language spoken at this moment."""
    language, domain = os.environ.get("LANGUAGE"), gettext.textdomain()
    gettext.bindtextdomain(tongue.DOMAIN, str(tongue.CATALOGUES))
    gettext.textdomain(tongue.DOMAIN)
    os.environ["LANGUAGE"] = tongue.spoken()
    _tell(command)
    try:
        yield
    finally:
        gettext.textdomain(domain)
        os.environ.pop("LANGUAGE")
        os.environ.update({} if language is None else {"LANGUAGE": language})


def _tell(command: click.Command) -> None:
    if own := command.get_help_option(click.Context(command)):
        own.help = tr("Show this message and exit.")  # click keeps the one it made first
    if command.help:
        command.help = tr(_english.setdefault(id(command), inspect.cleandoc(command.help)))
    for option in command.params:
        if isinstance(option, click.Option) and option.help:
            option.help = tr(_english.setdefault(id(option), option.help))
    for one in command.commands.values() if isinstance(command, click.Group) else ():
        _tell(one)
