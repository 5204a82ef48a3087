"""The self-test finds a sound machine sound, and names what a poor one lacks."""

from collections.abc import Callable
from pathlib import Path

import pytest

from client import paths, selftest
from client.pages import icons, selfcheck

CHECKS = [
    "python",
    "disk",
    "store",
    "codes",
    "pictures",
    "https",
    "time zones",
    "resources",
    "languages",
    "sound",
    "PINs",
    "keys",
    "window",
    "pages",
    "icons",
    "references",
]


def test_this_machine_is_able_to_run_wardstock(tmp_path: Path, qapp: object) -> None:
    checks = selftest.run(tmp_path / "not made yet")

    assert [check.name for check in checks] == CHECKS
    assert [check for check in checks if not check.ok] == []
    assert not (tmp_path / "not made yet").exists()


def test_what_is_missing_is_named_and_the_rest_is_tried_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: object
) -> None:
    monkeypatch.setattr(paths, "RESOURCES", tmp_path)
    monkeypatch.setattr(selfcheck, "SAMPLE", b"import QtQuick.Nowhere\nItem {}")
    monkeypatch.setattr(selftest, "ROOM", 1 << 60)

    failed = {check.name: check.detail for check in selftest.run(tmp_path) if not check.ok}

    assert set(failed) == {"disk", "resources", "window"}
    assert "fonts" in failed["resources"]
    assert "QtQuick.Nowhere" in failed["window"]


def test_a_page_that_does_not_compile_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: object) -> None:
    (tmp_path / "Broken.qml").write_text("import QtQuick\nItem { widht: 3 }")
    monkeypatch.setattr(selfcheck, "QML", tmp_path)

    with pytest.raises(ValueError, match=r"Broken\.qml.*widht"):
        selfcheck.every_page_can_be_built()


def test_an_icon_that_stays_empty_is_named(monkeypatch: pytest.MonkeyPatch, qapp: object) -> None:
    monkeypatch.setitem(icons.PATHS, "box", "M90 90 H91")

    with pytest.raises(ValueError, match="empty: box"):
        selfcheck.every_icon_is_drawn()


@pytest.mark.parametrize("thing", [None, True, False])
def test_calls_into_qt_lose_no_reference(thing: object, qapp: object) -> None:
    """docs/decisions/001: PySide6 6.12 on Python 3.11 loses one a call, and aborts after some thousand."""
    ring = selfcheck.Bell()
    acts: list[Callable[[], object]] = [
        lambda: ring.setObjectName("ward"),
        ring.parent,
        ring.signalsBlocked,
        lambda: ring.blockSignals(True),
        ring.rung.emit,
    ]

    assert [selfcheck.references_lost(thing, act) < selfcheck.SLACK for act in acts] == [True] * len(acts)


def test_the_guard_sees_a_lost_reference() -> None:
    kept = [object()] * (selfcheck.CALLS + 1)

    assert selfcheck.references_lost(kept[0], kept.pop) >= selfcheck.SLACK
