"""Every refusal can be settled: each code has its facts, its ways out, and words for both."""

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

import sync
from client.words.cards import way_out
from client.words.refusals import refusal
from sync.choices import CHOICES, REFUSALS, Choice
from sync.odoo.posting.stone import WITHDRAWN

ROOT = Path(sync.__file__).parent
RAISES = {"Refused", "_who", "_refuse"}
"""What makes a refusal: the exception, and two functions that are handed its code."""

COMPUTED = {"code", "reason.code", "open_"}
"""A code that was named elsewhere, and is found there."""

OF_FAMILIES = {"odoo_rights", "odoo_bug", "odoo_unrecognised"}
"""An error of Odoo that becomes a refusal keeps the code of its family; Odoo's plain no is `odoo_refused`."""


def calls() -> Iterator[tuple[str, ast.Call, ModuleType]]:
    """Each call in the wire and the push that makes a refusal, and the module it stands in."""
    for path in [*sorted((ROOT / "odoo").rglob("*.py")), ROOT / "push.py"]:
        module = import_module(".".join(path.relative_to(ROOT.parent).with_suffix("").parts))
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and node.args and ast.unparse(node.func).rpartition(".")[2] in RAISES:
                yield f"{path.name}:{node.lineno}", node, module


def raised() -> list[tuple[str, str, set[str]]]:
    """Where, the code, and the facts that stand in the call."""
    found = []
    for where, call, module in calls():
        codes = [told for told in (said(argument, module) for argument in call.args) if told]
        if codes:
            found.append((where, codes[0], {word.arg for word in call.keywords if word.arg}))
        else:
            assert ast.unparse(call.args[0]) in COMPUTED, f"{where}: {ast.unparse(call)}"
    return [one for one in found if one[1] != WITHDRAWN]


def said(argument: ast.expr, module: ModuleType) -> str | None:
    """The text an argument is, or is the name of."""
    told = argument.value if isinstance(argument, ast.Constant) else getattr(module, ast.unparse(argument), None)
    return told if isinstance(told, str) else None


@pytest.mark.parametrize("code", sorted({code for _, code, _ in raised()} | OF_FAMILIES))
def test_each_refusal_that_is_raised_can_be_settled(code: str) -> None:
    choices = CHOICES[code]

    assert 2 <= len(choices) <= 3
    assert choices[-1] is Choice.WITHDRAW or Choice.WITHDRAW in choices
    assert len(set(choices)) == len(choices)
    assert refusal(code, {})[0] != refusal("a code nobody wrote", {})[0] or code == "odoo_refused"


def test_the_facts_of_a_card_are_those_its_refusal_brings() -> None:
    for where, code, facts in raised():
        assert facts <= set(REFUSALS[code].facts), where


def test_no_card_is_kept_that_nothing_raises() -> None:
    known = {code for _, code, _ in raised()} | OF_FAMILIES

    assert set(REFUSALS) == known


@pytest.mark.parametrize("choice", Choice)
def test_each_way_out_has_words(choice: Choice) -> None:
    title, below = way_out(choice, allowed=True)

    assert title
    assert below


def test_a_sentence_uses_only_facts_its_card_knows() -> None:
    """A fact nobody brings reads as nothing: the sentence would limp."""
    for code, known in REFUSALS.items():
        full = refusal(code, dict.fromkeys(known.facts, "X"))
        assert "{" not in "".join(full), code
        assert "  " not in "".join(full), code
