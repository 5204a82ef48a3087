"""What is installed is what was locked: every dependency, each with its hashes, from wherever the site's index is."""

import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import grimp
import pytest

TOP = Path(__file__).parents[2]
PROJECT = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS = PROJECT["project"]["optional-dependencies"]
WANTED = {"run": [], "bundle": EXTRAS["bundle"], "dev": EXTRAS["dev"]}
PIN = re.compile(r"(?P<name>[a-z0-9-]+)==(?P<version>\S+)(?P<marker> ; [^\\]+)? (?P<hashes>.*)")


def pins(lock: str) -> dict[str, set[str]]:
    """Name and versions of a lock; a line without a hash is no pin and fails here."""
    found: dict[str, set[str]] = {}
    for line in (TOP / "requirements" / f"{lock}.lock").read_text(encoding="utf-8").replace("\\\n", "").splitlines():
        pin = PIN.fullmatch(line)
        assert pin, f"{lock}.lock: {line}"
        assert re.fullmatch(r"( *--hash=sha256:[0-9a-f]{64})+", pin["hashes"]), f"{lock}.lock: {line}"
        found.setdefault(pin["name"], set()).add(pin["version"])
    return found


def plain(requirement: str) -> str:
    """`PySide6-Essentials==6.11.3; …` → `pyside6-essentials`."""
    return re.split(r"[<>=!~; \[]", requirement, maxsplit=1)[0].lower().replace("_", "-")


@pytest.mark.parametrize("lock", ["run", "bundle", "dev"])
def test_every_dependency_is_locked_with_its_hashes(lock: str) -> None:
    wanted = {plain(requirement) for requirement in PROJECT["project"]["dependencies"] + WANTED[lock]}

    assert wanted <= pins(lock).keys()


@pytest.mark.parametrize("lock", ["bundle", "dev"])
def test_what_is_tested_and_bundled_is_what_runs(lock: str) -> None:
    locked = pins(lock)

    assert {name: locked[name] for name in pins("run")} == pins("run")


@pytest.mark.parametrize("lock", ["run", "bundle", "dev"])
def test_the_lock_names_no_address_and_no_folder(lock: str) -> None:
    text = (TOP / "requirements" / f"{lock}.lock").read_text(encoding="utf-8")

    assert not re.search(r"://|index|find-links|file:|^#| /", text, re.MULTILINE)


def test_each_python_gets_the_pyside_that_works_on_it() -> None:
    """docs/decisions/001."""
    text = (TOP / "requirements" / "run.lock").read_text(encoding="utf-8")

    assert "pyside6-essentials==6.11.3 ; python_full_version < '3.12'" in text
    assert re.search(r"pyside6-essentials==6\.(1[2-9]|[2-9]\d)\S* ; python_full_version >= '3\.12'", text)
    assert "PySide6_Addons".lower() not in text.replace("-", "_")


def test_what_the_code_imports_is_asked_for_by_name() -> None:
    """A library that came along with another one is not ours to use: it may stop coming."""
    graph = grimp.build_graph("client", "sync", include_external_packages=True)
    ours = {"client", "sync", "shiboken6"}  # shiboken6 is the other half of PySide6
    outside = {module.partition(".")[0] for module in graph.modules} - ours - sys.stdlib_module_names
    known = packages_distributions()

    asked = {plain(requirement) for requirement in PROJECT["project"]["dependencies"]}

    brought = {module: {plain(name) for name in known.get(module, [])} for module in outside}
    assert {module for module, names in brought.items() if not names & asked} == set()
