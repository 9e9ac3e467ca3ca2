"""Every question of docs/graph-schema.md gets the answer that the document shows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Final

import pytest
from neo4j import Session
from neo4j.exceptions import ClientError

from tests.neo4j import cookbook
from tests.neo4j.cookbook import DOCUMENT, Params, Recipe, fragment, recipes
from tests.neo4j.shared import shipped

pytestmark = pytest.mark.usefixtures("patient")

TEXT: Final = DOCUMENT.read_text(encoding="utf-8")
RECIPES: Final = recipes(TEXT)


@pytest.fixture(scope="module")
def session() -> Iterator[Session]:
    """Reads a server that holds what `simpul load` brings, and nothing else."""
    with cookbook.asking(shipped()) as session:
        yield session


@pytest.fixture(scope="module")
def params(session: Session) -> Params:
    """The parameters that the document tells to set."""
    return cookbook.params_of(session, TEXT)


# the document -----------------------------------------------------------------------------


def test_the_cookbook_is_read_whole() -> None:
    assert [recipe.number for recipe in RECIPES] == list(range(1, TEXT.count("\n### ") + 1))
    assert len(RECIPES) >= 14
    questions = [q for one in RECIPES for q in (one.question, one.question_id)]
    assert all(question.endswith("?") for question in questions)
    assert len(set(questions)) == len(questions)


def test_its_parameters_are_those_that_its_questions_use() -> None:
    used = set[str]().union(*(recipe.parameters for recipe in RECIPES))
    names = cookbook.param_names(TEXT)
    assert sorted(used) == sorted(names)


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: str(recipe.number))
def test_a_question_gets_the_answer_that_is_shown(
    recipe: Recipe, session: Session, params: Params
) -> None:
    assert recipe.answer(session, params) == recipe.shown


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: str(recipe.number))
def test_an_answer_is_not_empty(recipe: Recipe) -> None:
    assert len(recipe.shown.splitlines()) > 2, "a question without an answer teaches nothing"


def test_an_answer_that_differs_is_told(session: Session, params: Params) -> None:
    recipe = next(one for one in RECIPES if "LIMIT" in one.statement)
    later = {**params, "day": date(1950, 1, 1)}
    assert recipe.answer(session, later) != recipe.shown


def test_the_answers_can_be_written_again(session: Session) -> None:
    stale = TEXT
    for recipe in RECIPES:
        stale = stale.replace(f"```\n\n{recipe.shown}", "```\n\nstale", 1)
    assert stale.count("stale\n") == len(RECIPES)
    assert cookbook.answered(session, stale) == TEXT


def test_a_question_that_writes_is_refused(session: Session) -> None:
    with pytest.raises(ClientError, match=r"(?i)access mode"):
        cookbook.ask(session, "MATCH (p:Party {id: '35'}) SET p.name_id = 'x'", {})


def test_questions_use_the_expression_and_the_condition_as_they_stand() -> None:
    status, in_force = _flat(fragment(TEXT, "CASE")), _flat(fragment(TEXT, "NOT a.instrument"))
    used = Counter[str]()
    for recipe in RECIPES:
        statement = _flat(recipe.statement)
        used["status"] += statement.count(status)
        used["in force"] += statement.count(in_force)
        assert statement.count("CASE WHEN a.instrument IN $contacts OR") == statement.count(status)
        open_ended = statement.count("a.ends_last >= $day OR")
        assert open_ended == statement.count(in_force), f"question {recipe.number}"
    assert min(used["status"], used["in force"]) > 1


def _flat(statement: str) -> str:
    return re.sub(r"\s+", " ", statement).strip()
