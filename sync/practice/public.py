"""Which methods of a model may be called from outside, how, and on which Odoo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    Public = TypeVar("Public", bound=Callable[..., Any])


def api_model(method: Public) -> Public:
    """May be called remotely, without ids."""
    method.remote = "model"  # type: ignore[attr-defined]  # functions carry attributes, their types do not
    return method


def on_records(method: Public) -> Public:
    """May be called remotely, on the records named by `ids`."""
    method.remote = "records"  # type: ignore[attr-defined]  # functions carry attributes, their types do not
    return method


def since(major: int) -> Callable[[Public], Public]:
    """This method came with that Odoo."""

    def mark(method: Public) -> Public:
        method.since = major  # type: ignore[attr-defined]  # as above
        return method

    return mark


def until(major: int) -> Callable[[Public], Public]:
    """That Odoo was the last with this method."""

    def mark(method: Public) -> Public:
        method.until = major  # type: ignore[attr-defined]  # as above
        return method

    return mark
