"""The questions of docs/graph-schema.md: read, asked of a real server, and written with answers.

`python -m tests.neo4j.cookbook --write` starts a server, loads the shipped data, and puts the
answers into the document; without --write it prints them.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from neo4j import READ_ACCESS, ManagedTransaction, Session

from tests.neo4j import shared
from tests.neo4j.address import Address
from tests.tooling.documents import blocks

DOCUMENT: Final = Path(__file__).parents[2] / "docs" / "graph-schema.md"
_RECIPE: Final = re.compile(
    r"^### (?P<number>\d+)\. (?P<question>.+)\n\n\*(?P<question_id>.+)\*\n\n"
    r"(?:[^`#].*\n+)*```cypher\n(?P<statement>(?:.*\n)+?)```\n(?P<shown>(?:(?!#).*\n)*)",
    re.MULTILINE,
)
_PARAM: Final = re.compile(r"^:param (\w+) => (.+)$", re.MULTILINE)
_LIMIT: Final = re.compile(r"\nLIMIT (\d+)\n$")

Params = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Recipe:
    """A question in both languages, its statement, and the answer as the document shows it."""

    number: int
    question: str
    question_id: str
    statement: str
    shown: str

    @property
    def parameters(self) -> set[str]:
        """The names of the parameters that it uses."""
        return set(re.findall(r"\$(\w+)", self.statement))

    def answer(self, session: Session, params: Params) -> str:
        """What the server says to it, as a table of Markdown."""
        keys, rows = ask(session, self.statement, params)
        lines = [*table(keys, rows)]
        if _LIMIT.search(self.statement):
            _, every = ask(session, _LIMIT.sub("\n", self.statement), params)
            lines += ["", f"{len(rows)} of {len(every)}."]
        return "\n".join(lines)


def recipes(text: str) -> list[Recipe]:
    """The recipes of the document, in order."""
    return [_recipe(found) for found in _RECIPE.finditer(text)]


def _recipe(found: re.Match[str]) -> Recipe:
    shown = found["shown"].strip("\n")
    number, statement = int(found["number"]), found["statement"]
    return Recipe(number, found["question"], found["question_id"], statement, shown)


def params_of(session: Session, text: str) -> Params:
    """The values of the document's parameters, as the server reads them."""
    return {name: ask(session, f"RETURN {value}", {})[1][0][0] for name, value in _params(text)}


def param_names(text: str) -> list[str]:
    """The document's parameters, in order."""
    return [name for name, _ in _params(text)]


def _params(text: str) -> list[tuple[str, str]]:
    return [(found[1], found[2]) for found in _PARAM.finditer(text)]


def fragment(text: str, start: str) -> str:
    """The block of Cypher in the document that begins so."""
    (found,) = [one.text for one in blocks(DOCUMENT.name, text) if one.text.startswith(start)]
    return found


def ask(session: Session, statement: str, params: Params) -> tuple[list[str], list[list[Any]]]:
    """The columns and rows of a statement that only reads: the server refuses any other."""

    def work(transaction: ManagedTransaction) -> tuple[list[str], list[list[Any]]]:
        result = transaction.run(statement, dict(params))
        return list(result.keys()), result.values()

    return session.execute_read(work)


def table(keys: Sequence[str], rows: Sequence[Sequence[Any]]) -> Iterator[str]:
    """The lines of a table of Markdown."""
    yield f"| {' | '.join(keys)} |"
    yield f"|{'---|' * len(keys)}"
    for row in rows:
        yield f"| {' | '.join(map(cell, row))} |"


def cell(value: Any) -> str:
    """A value as the document writes it: lists with commas, nothing where nothing is."""
    if isinstance(value, list):
        return ", ".join(map(cell, value))
    if isinstance(value, bool):
        return str(value).lower()  # as Cypher writes it
    return "" if value is None else str(value).replace("|", r"\|")


@contextmanager
def asking(address: Address) -> Iterator[Session]:
    """A session that reads."""
    with address.driver() as driver, driver.session(default_access_mode=READ_ACCESS) as session:
        yield session


def answered(session: Session, text: str) -> str:
    """The document with the answers that the server gives now."""
    params = params_of(session, text)
    for found in reversed(list(_RECIPE.finditer(text))):
        answer = _recipe(found).answer(session, params)
        end = "\n\n" if text[found.end() :] else "\n"
        text = f"{text[: found.start('shown')]}\n{answer}{end}{text[found.end() :]}"
    return text


def main(write: bool) -> None:
    """Ask every question of the document, and put the answers into it or print it."""
    try:
        with asking(shared.shipped()) as session:
            text = answered(session, DOCUMENT.read_text(encoding="utf-8"))
    finally:
        shared.close()
    if write:
        DOCUMENT.write_text(text, encoding="utf-8")
    else:
        print(text)


if __name__ == "__main__":
    main("--write" in sys.argv[1:])
