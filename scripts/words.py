"""Brings the catalogues of translations up to date: `python -m scripts.words`; `… fr` begins French.

Sentences come from three places: tables and `tr` in client (read from the source), `qsTr` in QML (read by Qt's
lupdate), and the help of the commands (asked of click). What is said no more leaves the catalogues; what is new stands
in them untranslated, and is listed. docs/translating.md
"""

import ast
import inspect
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import click
import PySide6
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from client.cli import main as commands
from client.words.pseudo import FIELD

TOP: Final = Path(__file__).parents[1]
CATALOGUES: Final = TOP / "resources" / "words"
DOMAIN: Final = "wardstock"
_BEGUN: Final = datetime(2026, 11, 21, tzinfo=UTC)
"""Stands in each header: a run that finds nothing new changes no file."""
TABLES: Final = frozenset({"ANSWERS", "QUESTIONS", "CHOICES"})
"""Plain tables that `client/words/__init__.py` makes `Sentences` of."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A template that can be translated; `many` where there is a plural."""

    text: str
    where: str
    context: str = ""
    many: str = ""

    @property
    def id(self) -> str | tuple[str, str]:
        return (self.text, self.many) if self.many else self.text


def everything() -> list[Sentence]:
    """Each sentence that somebody may read, once for each context."""
    found = [*from_python(), *from_qml(), *from_commands()]
    return [one for one in found if worth_translating(one)]


def worth_translating(one: Sentence) -> bool:
    """Whether there are words in it; days and numbers are formats of their own."""
    if one.context in {"day", "month", "moment", "decimal sign"}:
        return True
    return any(sign.isalpha() for sign in FIELD.sub("", one.text))


def from_python() -> Iterator[Sentence]:
    """Tables of sentences, and what `tr` and `trn` are asked for."""
    for path in sorted((TOP / "client").rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        if "tongue" in source or path.parent.name == "words":
            yield from _Reader(ast.parse(source), path.relative_to(TOP).as_posix()).sentences()


class _Reader:
    """One module, as Python reads it."""

    def __init__(self, tree: ast.Module, where: str) -> None:
        self._tree, self._where = tree, where
        self._named = {
            name.id: node.value
            for node in tree.body
            for name, node in _assigned(node)
            if isinstance(node.value, ast.Constant)
        }

    def sentences(self) -> Iterator[Sentence]:
        for node in self._tree.body:
            for name, assigned in _assigned(node):
                if name.id in TABLES and isinstance(assigned.value, ast.Dict):
                    yield from self._table(assigned.value, "")
        for call in ast.walk(self._tree):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name):
                yield from self._called(call, call.func.id)

    def _called(self, node: ast.Call, name: str) -> Iterator[Sentence]:
        context = next((_text(one.value) for one in node.keywords if one.arg == "context"), "")
        if name == "Sentences":
            yield from self._table(node.args[0], context)
        elif name == "tr":
            yield Sentence(self._text(node.args[0]), self._where, context or _text(*node.args[1:2]))
        elif name == "trn":
            one, many = self._text(node.args[0]), self._text(node.args[1])
            yield Sentence(one, self._where, context or _text(*node.args[3:4]), many)

    def _table(self, node: ast.expr, context: str) -> Iterator[Sentence]:
        """The values of a table; a key or a name is no sentence."""
        if isinstance(node, ast.Dict):
            for value in node.values:
                yield from self._table(value, context)
        elif isinstance(node, ast.DictComp):
            if isinstance(node.value, ast.Tuple | ast.Constant):
                yield from self._table(node.value, context)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield Sentence(node.value, self._where, context)
        elif isinstance(node, ast.Name) and node.id in self._named:
            yield from self._table(self._named[node.id], context)
        elif isinstance(node, ast.Tuple | ast.List | ast.Set | ast.Call):
            inner = node.args if isinstance(node, ast.Call) else node.elts
            for one in inner:
                yield from self._table(one, context)

    def _text(self, node: ast.expr) -> str:
        if isinstance(node, ast.Name) and node.id in self._named:
            return _text(self._named[node.id])
        return _text(node)


def _assigned(node: ast.stmt) -> Iterator[tuple[ast.Name, "ast.Assign | ast.AnnAssign"]]:
    if isinstance(node, ast.Assign):
        yield from ((target, node) for target in node.targets if isinstance(target, ast.Name))
    elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        yield node.target, node


def _text(*nodes: ast.expr) -> str:
    """A constant's text; of what is worked out elsewhere, nothing."""
    node = nodes[0] if nodes else None
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def from_qml() -> Iterator[Sentence]:
    """What `qsTr` is asked for, found by the tool made for it."""
    pages = sorted((TOP / "client" / "qml").rglob("*.qml"))
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "pages.ts"
        lupdate = [str(Path(PySide6.__file__).parent / "lupdate"), "-silent", *map(str, pages), "-ts", str(told)]
        subprocess.run(lupdate, check=True, stdout=subprocess.DEVNULL)
        tree = ET.parse(told)  # noqa: S314 - written by lupdate just now
    for context in tree.iter("context"):
        for message in context.iter("message"):
            text, why = message.findtext("source", ""), message.findtext("comment", "")
            plural = text if message.get("numerus") == "yes" else ""
            yield Sentence(text, f"client/qml/{context.findtext('name')}.qml", why, plural)


def from_commands() -> Iterator[Sentence]:
    """The help of every command and option."""
    yield from _command(commands)


def _command(command: click.Command) -> Iterator[Sentence]:
    if command.help:
        yield Sentence(inspect.cleandoc(command.help), "client/cli.py")
    for option in command.params:
        if isinstance(option, click.Option) and option.help:
            yield Sentence(option.help, "client/cli.py")
    if isinstance(command, click.Group):
        for one in command.commands.values():
            yield from _command(one)


def template(sentences: list[Sentence]) -> Catalog:
    """The sentences without a translation, in the order of the files."""
    catalogue = Catalog(project="Wardstock", fuzzy=False, creation_date=_BEGUN)
    plurals = {(one.context, one.text): one.many for one in sentences if one.many}
    for one in sentences:
        many = plurals.get((one.context, one.text), "")  # English has one form for both in QML
        id_ = (one.text, many) if many else one.text
        catalogue.add(id_, context=one.context or None, locations=[(one.where, None)])  # type: ignore[list-item]
    return catalogue


def brought_up_to_date(language: str, wanted: Catalog) -> Catalog:
    """The language's catalogue with what is said now; what was translated stays."""
    known = catalogue_file(language).exists()
    catalogue = read(language) if known else Catalog(locale=language, project="Wardstock", fuzzy=False)
    catalogue.update(wanted, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    return catalogue


def catalogue_file(language: str) -> Path:
    return CATALOGUES / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def read(language: str) -> Catalog:
    """What translators wrote."""
    with catalogue_file(language).open("rb") as file:
        return read_po(file, locale=language)


def keep(catalogue: Catalog, language: str) -> None:
    path = catalogue_file(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=118, include_lineno=False, omit_header=False)
    with path.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalogue)


def missing(catalogue: Catalog) -> list[str]:
    """What has no translation yet."""
    return [str(one.id) for one in catalogue if one.id and not all(forms(one.string))]


def forms(string: object) -> tuple[str, ...]:
    return tuple(map(str, string)) if isinstance(string, tuple | list) else (str(string or ""),)


def main(new: list[str]) -> int:
    wanted = template(everything())
    known = [path.name for path in CATALOGUES.iterdir() if path.is_dir()]
    open_ = 0
    for language in sorted({*known, *new}):
        catalogue = brought_up_to_date(language, wanted)
        keep(catalogue, language)
        left = missing(catalogue)
        open_ += len(left)
        print(f"{language}: {len(catalogue) - len(left)} of {len(catalogue)} sentences")
        for one in left:
            print(f"  {one}")
    return 1 if open_ else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
