"""`wardstock support`: one file for whoever helps, said before it is written."""

import sys
from pathlib import Path

import click

from client.command import Asked, common, pass_asked
from client.words import support as words


@click.command("support")
@common
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="The file to write; else one in this folder."
)
@click.option("--offline", is_flag=True, help="Do not ask Odoo whether it agrees with this device.")
@click.option("--yes", is_flag=True, help="Do not ask first.")
@pass_asked
def support(asked: Asked, out: Path | None, offline: bool, yes: bool) -> None:
    """Logs and facts in one zip, no secrets: what is inside is said before it is written. Nothing is sent."""
    from client import support as made_of
    from sync.clock import Clock

    clock = Clock()
    with asked.store() as store:
        if not asked.json:
            _announce(ask=not yes)
        texts = made_of.bundle(store, asked.profile(), clock, ask_odoo=not offline)
        made = made_of.write(texts, out or Path.cwd() / made_of.name_of(store, clock))
    asked.tell({"file": str(made), "inside": sorted(texts)}, [words.say("lies_in", file=made)])


def _announce(*, ask: bool) -> None:
    for name, what in words.INSIDE.items():
        click.echo(f"{name:16} {what}")
    click.echo(words.never_inside())
    if ask and sys.stdin.isatty():
        click.confirm(words.say("write"), default=True, abort=True)
