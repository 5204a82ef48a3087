"""Each sentence has its German, with the same facts in it, and the catalogue is as the sources are."""

import ast
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo

from client.words.pseudo import FACT, FIELD
from scripts import words

TOP = Path(__file__).parents[2]
HINT = "bring it up to date: python -m scripts.words"
LANGUAGES = sorted(path.name for path in words.CATALOGUES.iterdir() if path.is_dir())


@pytest.fixture(scope="module")
def wanted() -> Catalog:
    return words.template(words.everything())


def kept(language: str) -> Catalog:
    return words.read(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_translated(language: str, wanted: Catalog) -> None:
    known = {(one.context, one.id) for one in kept(language) if one.id and all(words.forms(one.string))}

    assert [one.id for one in wanted if one.id and (one.context, one.id) not in known] == [], HINT


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_kept_that_nobody_says(language: str, wanted: Catalog) -> None:
    said = {(one.context, one.id) for one in wanted}

    assert [one.id for one in kept(language) if (one.context, one.id) not in said] == [], HINT


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_facts_of_its_sentence(language: str) -> None:
    assert {str(one.id): one.string for one in kept(language) if facts_differ(one)} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_read_at_run_time_is_what_translators_wrote(language: str) -> None:
    compiled = BytesIO()
    write_mo(compiled, kept(language))

    assert words.catalogue_file(language).with_suffix(".mo").read_bytes() == compiled.getvalue(), HINT


@pytest.mark.parametrize("path", sorted((TOP / "client" / "words").glob("*.py")), ids=lambda path: path.stem)
def test_no_sentence_of_the_words_is_past_the_catalogue(path: Path) -> None:
    """In these files each sentence stands in a table of `Sentences`, or `tr` is asked for it by its whole template."""
    assert list(past_the_catalogue(ast.parse(path.read_text(encoding="utf-8")))) == []


def facts_differ(one: Message) -> bool:
    """A plural's last form has all facts; the others may leave one out: one delivery, {count} deliveries."""
    if one.context == "day":
        return False  # a format: its own order, and how many signs
    wanted = {fact for source in words.forms(one.id) for fact in facts(source)}
    told = [facts(form) for form in words.forms(one.string)]
    return told[-1] != wanted or any(form - wanted for form in told)


def facts(template: str) -> set[str]:
    return {found for found in FIELD.findall(template) if FACT.fullmatch(found) or found == "%n"}


def past_the_catalogue(tree: ast.Module) -> Iterator[str]:
    looked_up = [node for node in ast.walk(tree) if _looks_up(node)]
    named = {one.id for node in looked_up for one in ast.walk(node) if isinstance(one, ast.Name)}
    fine = [*looked_up, *_docstrings(tree), *(node for node in tree.body if _named(node) in named | NO_SENTENCES)]
    inside = {id(one) for node in fine for one in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in inside and _reads_as_one(node.value):
            yield f"line {node.lineno}: {node.value!r}"


def _named(node: ast.stmt) -> str:
    """What a statement gives a name to."""
    return node.target.id if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) else ""


NO_SENTENCES = {*words.TABLES, "_FORMATS", "LANGUAGES"}
"""Tables that `client.words` makes sentences of; names that are the same in every language."""


def _looks_up(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"Sentences", "tr", "trn"}


def _docstrings(tree: ast.Module) -> Iterator[ast.Expr]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef):
            yield from (one for one in node.body if isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant))


def _reads_as_one(text: object) -> bool:
    """At least two words of letters."""
    words_in = FIELD.sub("", text).split() if isinstance(text, str) else []
    return len([word for word in words_in if word.strip(".,:;!?“”()").isalpha()]) > 1
