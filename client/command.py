"""What all commands share: where the device is, how an answer is printed, what an exit status means.

0 done, 1 something is refused or unsent, 2 wrong use, 3 cannot reach or not allowed (design 11).
"""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from client import language, troubles, usage
from client.passphrase import Typed
from client.paths import default_profile
from client.work.site.people import Role
from sync.errors import WardstockError

if TYPE_CHECKING:
    from client.settings import Profile
    from sync.clock import Clock
    from sync.odoo.wire.session import Session
    from sync.store import Store

DONE, UNSETTLED, WRONG_USE, NOT_POSSIBLE = 0, 1, 2, 3
_WRONG_USE = frozenset(
    {
        "key_place_needed", "passphrase_easy", "passphrase_short",
        "not_enrolled", "no_such_transaction", "several_transactions", "key_empty", "key_malformed",
        "policy_unreadable", "hold_file_unreadable", "hold_file_wrong", "hold_list_not_yet", "hold_needs_lot",
        "hold_source_reserved", "no_one_product", "no_such_hold", "not_a_moment", "nothing_like_it",
        "taught_code_unknown", "gtin_missing", "gtin_wrong", "no_such_folder", "not_a_day_on_paper",
        "not_a_number_of_labels", "not_a_practice_folder", "not_printable", "place_without_barcode",
        "address_unfit", "sheet_too_long", "practice_profile", "patient_label",
    }
)  # fmt: skip

ROLES = click.Choice([role.value for role in Role])
"""What a person may be at a device."""

F = TypeVar("F", bound=Callable[..., Any])


@dataclass
class Asked:
    """What every command takes: the device's folder, and whether a script reads the answer."""

    folder: Path | None = None
    json: bool = False
    passphrase_piped: bool = False
    passphrase: Typed | None = None

    def profile(self) -> "Profile":
        from client.settings import Profile
        from sync.keys import Asks

        self.passphrase = self.passphrase or Typed(self.passphrase_piped)
        return Profile(self.folder or default_profile(), asks=Asks(self.passphrase.known, self.passphrase.new))

    def new_profile(self, key_store: str | None) -> "Profile":
        """The same for a device that may be new: its key goes there, or where it is kept best on this machine.

        Raises WardstockError("key_place_needed") where there is no keyring, no passphrase, and nobody to ask.
        """
        from client.settings import Wants
        from sync.keys import Place

        profile = self.profile()
        if key_store:
            return replace(profile, place=Place(key_store))
        if profile.wants() is not Wants.NEW_PASSPHRASE:
            return profile
        if not (self.passphrase and self.passphrase.offered()):
            raise WardstockError("key_place_needed")
        return replace(profile, place=Place.PASSPHRASE)

    @contextmanager
    def store(self) -> Iterator["Store"]:
        """The device's store, closed at the end. Raises WardstockError("not_enrolled")."""
        store = self.profile().open()
        try:
            yield store
        finally:
            store.close()

    def tell(self, told: object, lines: Iterable[str]) -> None:
        """Print the answer: one JSON value on one line, or sentences."""
        if self.json:
            click.echo(json.dumps(told, default=_plain))
        else:
            for line in lines:
                click.echo(line)


class Commands(click.Group):
    """The one place where what the world did becomes a sentence and an exit status."""

    def main(self, *args: Any, **extra: Any) -> Any:  # Any: click's own
        language.settle(default_profile())
        with usage.in_language(self):
            return super().main(*args, **extra)

    def invoke(self, ctx: click.Context) -> Any:  # Any: click's own
        try:
            return super().invoke(ctx)
        except WardstockError as trouble:
            _tell_trouble(ctx.ensure_object(Asked), trouble)
            ctx.exit(WRONG_USE if trouble.code in _WRONG_USE else NOT_POSSIBLE)


def common(command: F) -> F:
    """`--profile`, `--json` and `--passphrase-stdin`, before or after the command's name."""
    folder = click.Path(file_okay=False, path_type=Path)
    profile = click.option(
        "--profile",
        type=folder,
        metavar="DIR",
        expose_value=False,
        callback=_keep("folder"),
        help="The device's folder.",
    )
    as_json = click.option("--json", is_flag=True, expose_value=False, callback=_keep("json"), help="For scripts.")
    piped = click.option(
        "--passphrase-stdin",
        is_flag=True,
        expose_value=False,
        callback=_keep("passphrase_piped"),
        help="The device's passphrase is the first line of standard input.",
    )
    return profile(as_json(piped(command)))


def _keep(name: str) -> Callable[[click.Context, click.Parameter, Any], None]:
    def keep(ctx: click.Context, _: click.Parameter, value: Any) -> None:  # Any: a path or a flag
        if value:
            setattr(ctx.find_root().ensure_object(Asked), name, value)
        if isinstance(value, Path):
            language.settle(value)

    return keep


pass_asked = click.make_pass_decorator(Asked, ensure=True)


@contextmanager
def online(asked: Asked) -> Iterator[tuple["Store", "Session", "Clock"]]:
    """One pass at a time. Raises WardstockError: not_enrolled, pass_running."""
    from sync.alone import alone
    from sync.clock import Clock
    from sync.connection import connect

    clock = Clock()
    with asked.store() as store, alone(asked.profile().folder), connect(store, clock) as session:
        yield store, session, clock


def now() -> datetime:
    from sync.clock import Clock

    return Clock().now()


def exit_by(told: dict[str, Any]) -> None:
    if told.get("stopped"):
        end(NOT_POSSIBLE)
    end(UNSETTLED if told["unsent"] or told["refused"] else DONE)


def end(status: int) -> NoReturn:
    """End the command."""
    click.get_current_context().exit(status)


def _tell_trouble(asked: Asked, trouble: WardstockError) -> None:
    text = troubles.trouble(trouble.code, trouble.facts)
    if asked.json:
        told = {"code": trouble.code, "text": text, "facts": trouble.facts}
        click.echo(json.dumps({"error": told}, default=_plain))
    else:
        click.echo(text, err=True)


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
