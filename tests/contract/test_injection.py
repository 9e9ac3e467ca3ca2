"""Text is only ever text: whatever it holds, no store runs it, chokes on it or changes it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, fields, replace
from datetime import date
from inspect import getmembers, isfunction, signature
from itertools import cycle, product, repeat
from pathlib import Path
from typing import Any, Final

import pytest

from graph_loader.errors import BadInput, NotFound
from graph_loader.model import Batch, Load
from graph_loader.store import codec, neo4j
from graph_loader.store.base import AgreementFilter, GraphStore
from tests.contract.answers import answers
from tests.contract.conftest import ADAPTERS
from tests.contract.hostile import HALF, HOSTILE, WRITABLE, poisoned, with_ids
from tests.contract.test_restore import fill, reference, register
from tests.neo4j.shared import shared_server

DAY: Final = date(2026, 11, 25)
Asking = Callable[[GraphStore, str], object]


@dataclass(frozen=True)
class Opened:
    """An open store that holds things of every kind, and how its raw contents are counted."""

    store: GraphStore
    shape: Callable[[], dict[str, object]]


@pytest.fixture(params=sorted(ADAPTERS))
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opened]:
    with closing(ADAPTERS[request.param](tmp_path)()) as store:
        fill(store)
        shapes = {"neo4j": _graph, "sqlite": lambda: _tables(next(tmp_path.glob("*.db")))}
        yield Opened(store, shapes[request.param])


def _graph() -> dict[str, object]:
    """How many points of which labels and lines of which kind there are, and the schema's names."""
    asked = {
        "labels": "MATCH (n) UNWIND labels(n) AS name RETURN name, count(*)",
        "lines": "MATCH ()-[r]->() RETURN type(r) AS name, count(*)",
        "keys": "CALL db.propertyKeys() YIELD propertyKey AS name RETURN name",
        "indexes": "SHOW INDEXES YIELD name",
        "constraints": "SHOW CONSTRAINTS YIELD name",
    }
    with shared_server().driver() as driver:
        return {
            f"{part} {row[0]}": list(row.values())
            for part, statement in asked.items()
            for row in driver.execute_query(statement).records
        }


def _tables(file: Path) -> dict[str, object]:
    with closing(sqlite3.connect(file)) as db:
        made = db.execute("SELECT name, sql FROM sqlite_master").fetchall()
        counted = {
            name: db.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0]
            for name, sql in made
            if (sql or "").startswith("CREATE TABLE") and not name.startswith("agreement_text_")
        }
        return {"schema": made, **counted}


# every question -------------------------------------------------------------------------


def _of_filter(ask: Callable[[GraphStore, AgreementFilter], object]) -> Asking:
    """A text in each field of a filter that takes one, and in all of them."""
    texts = [one.name for one in fields(AgreementFilter) if one.type == "str"]

    def asking(store: GraphStore, text: str) -> list[object]:
        every: list[dict[str, Any]] = [dict.fromkeys(texts, text)]
        every += [{name: text} for name in texts]
        return [ask(store, AgreementFilter(DAY, **where)) for where in every]

    return asking


ASKED: Final[dict[str, Asking]] = {
    "party": lambda store, text: store.party(text),
    "parties": lambda store, text: store.parties([text, "35", text]),
    "agreement": lambda store, text: store.agreement(text),
    "agreements": _of_filter(lambda store, where: store.agreements(where)),
    "by_ids": lambda store, text: store.by_ids([text, "first"]),
    "facets": _of_filter(lambda store, where: store.facets(where)),
    "neighbourhood": lambda store, text: store.neighbourhood(text, DAY),
    "borders": lambda store, text: store.borders(text),
    "flows": lambda store, text: [store.flows(party=text), store.flows(commodity=text)],
}  # fmt: skip
WRITING: Final = {"holds", "write"}
"""They take a batch: the tests below are about its texts and ids."""


def _takes_text(method: Callable[..., object]) -> bool:
    """Whether a text can come in by a parameter, a filter or a batch."""
    kinds = [str(one.annotation) for one in signature(method).parameters.values()]
    return any(word in kind for kind in kinds for word in ("str", "AgreementFilter", "Batch"))


def test_every_method_that_takes_text_is_asked_here() -> None:
    public = {n: m for n, m in getmembers(GraphStore, isfunction) if not n.startswith("_")}
    assert len(public) > 20
    assert {name for name, one in public.items() if _takes_text(one)} == ASKED.keys() | WRITING


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Every statement that is sent to a server."""
    found: set[str] = set()

    def send(statement: str) -> str:
        found.add(statement)
        return statement

    monkeypatch.setattr(neo4j, "_fixed", send)
    return found


def _ask_all(store: GraphStore, text: str) -> None:
    for ask in ASKED.values():
        with suppress(NotFound):
            ask(store, text)


def test_a_question_is_answered_or_finds_nothing(opened: Opened, sent: set[str]) -> None:
    on_a_server = opened.store.identity().kind == "neo4j"
    _assert_only_asked(opened, sent, HOSTILE[::6] if on_a_server else HOSTILE)


@pytest.mark.soak
def test_every_question_is_answered_or_finds_nothing(opened: Opened, sent: set[str]) -> None:
    _assert_only_asked(opened, sent, HOSTILE)


def _assert_only_asked(opened: Opened, sent: set[str], texts: Sequence[str]) -> None:
    for harmless in ("kota", "2", "..."):  # of "..." nothing is left to look for
        _ask_all(opened.store, harmless)
    before, shape, known = answers(opened.store), opened.shape(), set(sent)
    for text in texts:
        _ask_all(opened.store, text)
    assert sent == known  # so nothing of a text is in a statement
    assert bool(sent) == (opened.store.identity().kind == "neo4j")
    assert opened.shape() == shape
    assert answers(opened.store) == before


# every text that is written -------------------------------------------------------------


def _bookkeeping(shape: dict[str, object]) -> dict[str, object]:
    """Without what every load adds: itself, its problems and what it changed."""
    added = ("Load", "Problem", "Changes", "READ", "FOUND", "DID", "load", "problem", "change")
    return {name: n for name, n in shape.items() if name.split()[-1] not in added}


def _said(batch: Batch) -> dict[tuple[str, str], str]:
    """The statements of a batch."""
    things = {(k, id): codec.encode(one) for k, found in codec.subjects(batch).items()
              for id, one in found.items()}  # fmt: skip
    claims = {("agreement", one.id): codec.encode_claims(one.claims) for one in batch.agreements}
    return things | claims


def test_text_is_kept_as_it_was_written(opened: Opened, sent: set[str]) -> None:
    store = opened.store
    for text, plain in product("xy", (reference(), register())):  # new, and again
        one: Batch = poisoned(plain, repeat(text))
        _assert_kept(store, one, store.write(one).load)
    shape, known = opened.shape(), set(sent)
    for turn in range(0, len(WRITABLE), 8):
        texts = cycle([*WRITABLE[turn:], *WRITABLE[:turn]])
        for plain in (reference(), register()):
            batch: Batch = poisoned(plain, texts)
            load = store.write(batch).load
            _assert_kept(store, batch, load)
        assert _bookkeeping(opened.shape()) == _bookkeeping(shape)
    assert sent == known  # so nothing of a text is in a statement


def _assert_kept(store: GraphStore, batch: Batch, load: Load) -> None:
    statements = store.scan(lambda scan: list(scan.statements()))
    said = {(s.kind, s.subject): s.body for s in statements if s.source == batch.source.id}
    assert said.items() >= _said(batch).items()
    assert batch.source in store.sources()
    assert (load.file, store.loads(limit=1).items[0]) == (batch.file, load)
    assert store.problems(load.id).items == list(batch.problems)
    for stated in batch.agreements:
        claims = [one.claim for one in store.agreement(stated.id).claims if one.load == load.id]
        assert claims == list(stated.claims)
    if batch.source.id == "reference":
        parties = {party.id: party for party in batch.parties}
        assert store.parties(list(parties)) == parties
        assert set(batch.topics) <= set(store.topics())
        assert set(batch.commodities) <= set(store.commodities())
        assert set(batch.borders) <= {b for id in parties for b in store.borders(id)}


def test_half_a_character_is_refused_wherever_it_stands(opened: Opened) -> None:
    before, half = answers(opened.store), repeat("a" + HALF)
    whole = replace(reference(), problems=register().problems, agreements=register().agreements)
    parts = [one.name for one in fields(Batch) if one.name not in ("rows", "background")]
    for part in parts:
        value = getattr(whole, part)
        bad: Any = next(half) if part == "file" else poisoned(value, half)
        with pytest.raises(BadInput, match="text-unusable"):
            opened.store.write(replace(whole, **{part: bad}))
    with pytest.raises(BadInput, match="text-unusable"):
        opened.store.holds(replace(whole, topics=poisoned(whole.topics, half)))
    assert answers(opened.store) == before


# every id that is written ---------------------------------------------------------------


NO_IDS: Final = ("'", "a|b", HALF, "x" * 10_000, "A", "35 ", "}) DELETE n //")


def test_an_id_of_other_letters_is_refused_wherever_it_stands(opened: Opened) -> None:
    before, shape = answers(opened.store), opened.shape()
    whole = replace(
        reference(), agreements=register().agreements[:2], parties=reference().parties[:8]
    )
    for text in NO_IDS:
        tried = 0
        for bad in with_ids(whole, text):
            with pytest.raises(BadInput, match=r"id-unusable|party-missing|text-unusable"):
                opened.store.write(bad)
            tried += 1
        assert tried > 40
        assert opened.shape() == shape, text
    assert answers(opened.store) == before


def test_a_word_longer_than_an_index_holds_is_found(opened: Opened) -> None:
    letters = ("a", "\U00020000")  # the second is two units in UTF-16
    words = [first + letter * 300 for first in ("", "x") for letter in letters]
    stated = register().agreements[0]
    for word in words:
        titled = replace(stated, claims=(replace(stated.claims[0], title=word),))
        opened.store.write(replace(register(), agreements=(titled,)))
        for part in (word, word[:200], word[:1]):
            page = opened.store.agreements(AgreementFilter(DAY, text=part))
            assert stated.id in {found.id for found in page.items}
