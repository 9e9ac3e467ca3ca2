"""Every statement stands in `cypher`; nothing but parts of it is ever put into one."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_loader.model import Level
from graph_loader.store import cypher
from graph_loader.store.base import AgreementFilter
from graph_loader.store.neo4j_filter import COUNTED, searched
from graph_loader.store.neo4j_rows import LABELS
from tests.contract.test_read import filters

ROOM: Final = Path(__file__).parents[2] / "graph_loader" / "store"
CYPHER: Final = ast.parse((ROOM / "cypher.py").read_text())
OTHERS: Final = sorted(set(ROOM.glob("neo4j*.py")))
WORDS: Final = re.compile(r"\b(MATCH|MERGE|UNWIND|RETURN|CREATE|DELETE|DETACH|CALL|REMOVE)\b")


def _texts(tree: ast.Module) -> Iterator[str]:
    """Every text of a module but its docstrings."""
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value


def _calls(tree: ast.Module, name: str) -> Iterator[ast.Call]:
    """Calls of a method or function of this name, wherever it comes from."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            if name == getattr(called, "attr", getattr(called, "id", "")):
                yield node


def test_statements_are_made_when_the_module_is_read() -> None:
    modules = {one.module for one in ast.walk(CYPHER) if isinstance(one, ast.ImportFrom)}
    assert modules == {"__future__", "typing"}
    assert [one for one in ast.walk(CYPHER) if isinstance(one, ast.Import | ast.Lambda)] == []
    made_later = {one.name for one in ast.walk(CYPHER) if isinstance(one, ast.FunctionDef)}
    assert made_later == {"show_parties"}  # whose labels are of a closed list; see below
    assert len([text for text in _texts(CYPHER) if WORDS.search(text)]) > 60


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.stem)
def test_no_statement_stands_elsewhere(path: Path) -> None:
    assert [text for text in _texts(ast.parse(path.read_text())) if WORDS.search(text)] == []


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.stem)
def test_only_a_search_and_an_order_are_put_into_a_statement(path: Path) -> None:
    found = [
        (put.arg, ast.unparse(put.value))
        for call in _calls(ast.parse(path.read_text()), "format")
        for put in [*call.keywords, *(ast.keyword("", one) for one in call.args)]
    ]
    assert set(found) <= {(None, "search"), ("order", "cypher.ORDER[order]")}


@given(filters, st.frozensets(st.sampled_from(sorted(COUNTED))))
def test_a_search_is_of_closed_lists(where: AgreementFilter, without: frozenset[str]) -> None:
    parts, values = searched(where, without)
    assert parts.keys() == {"begin", "where"}
    assert parts["begin"] in cypher.BEGIN.values()
    left = parts["where"]
    for known in cypher.WHERE.values():
        left = left.replace(known, "")
    assert left == "true" or set(left.split()) <= {"AND"}
    named = {name[1:] for part in parts.values() for name in re.findall(r"\$\w+", part)}
    assert named <= values.keys()


def test_labels_are_of_a_closed_list() -> None:
    assert {label for labels in LABELS.values() for label in labels} == {
        "Region", "Province", "Regency", "ForeignPartner", "ThirdParty", "CentralAgency", "Country",
    }  # fmt: skip
    assert LABELS.keys() == set(Level)
