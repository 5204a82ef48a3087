"""The self-test proves what a bundle easily loses: keyrings are found by what stands in its metadata."""

from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from sync.keys import selfcheck


def test_all_keyrings_of_all_systems_would_be_found(folder: Path) -> None:
    told = selfcheck.check(folder)

    assert "none answers here" in told
    assert "a passphrase takes" in told


def test_a_bundle_that_lost_the_names_of_the_keyrings_fails(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left = [EntryPoint("macOS", "keyring.backends.macOS", "keyring.backends")]
    monkeypatch.setattr(selfcheck, "entry_points", lambda group: left)

    with pytest.raises(ValueError, match="KWallet, SecretService, Windows"):
        selfcheck.check(folder)
