"""Every code that the source raises or reports has its sentences in both languages."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from explorer.i18n import LANGUAGES, has
from graph_loader import errors

ROOT = Path(__file__).parents[2]
SOURCES = sorted(
    path for room in ("graph_loader", "explorer") for path in (ROOT / room).rglob("*.py")
)
ERRORS = {name for name, kind in vars(errors).items() if isinstance(kind, type)} - {"BadFile"}
# What the rooms that read registers name by a literal of their own: doubts of a cell, of a name.
DOUBT = re.compile(
    r"(?:party|country|date|row|rows|text|duration|heading|sheet|file|instrument|key|number|end"
    r"|signed|year|status|level|goal|relation|columns|cells?|too-few|no)-[a-z]+(?:-[a-z]+)*"
)
WORKED_OUT = {"party-unknown", "party-moved", "agreement-unknown", "agreement-moved"}


def codes(names: set[str]) -> set[str]:
    """The literal first argument of every call of one of these names."""
    return {code for path in SOURCES for code in _codes(ast.parse(path.read_text()), names)}


def _codes(tree: ast.AST, names: set[str]) -> Iterator[str]:
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and _name(call.func) in names and call.args:
            first = call.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_error_has_a_sentence_and_a_hint(lang: str) -> None:
    found = codes(ERRORS) | WORKED_OUT
    assert len(found) > 20
    keys = {f"error.{code}{part}" for code in found for part in ("", ".hint")}
    assert sorted(key for key in keys if not has(lang, key)) == []


def doubts() -> set[str]:
    """Every literal of the reading rooms that has the form of a problem's code."""
    found = set()
    for room in ("reading", "parties"):
        for path in (ROOT / "graph_loader" / room).glob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    found |= {node.value} if DOUBT.fullmatch(node.value) else set()
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_problem_has_a_sentence_and_a_remedy(lang: str) -> None:
    found = codes({"Problem", "tell", "tell_headings", "BadFile"}) | doubts()
    assert len(found) > 60
    keys = {f"problem.{code}{part}" for code in found for part in ("", ".fix")}
    assert sorted(key for key in keys if not has(lang, key)) == []
