"""Whatever is loaded, every store gives the same answers, in the same order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from explorer.index import LAYOUT
from graph_loader.errors import BadInput
from graph_loader.load import load_shipped
from graph_loader.model import Load
from graph_loader.store.base import GraphStore
from tests.contract.answers import Answers, answers, indexed, searched
from tests.contract.any_world import NAMES, TOPICS, Given, worlds
from tests.contract.conftest import ADAPTERS

# because tracing doubles their time, and what is asked here is asked by measured tests too
pytestmark = pytest.mark.no_cover
TODAY: Final = date(2026, 11, 25)
MIDNIGHT: Final = datetime(2026, 11, 25, tzinfo=UTC)
PARTS: Final = 10  # because a world need not be asked everything: the next one is asked the rest
SAID: Final = ("kerja", "osaka", "kota jawa", "pendidikan", "AUSTRALIA!", "no such word", "a b")
TEXTS: Final = (*NAMES, "kab gres", "大", "a" * 300)


@contextmanager
def _stores(folder: Path) -> Iterator[list[GraphStore]]:
    """An empty store of each kind."""
    with ExitStack() as stack:
        kinds = sorted(ADAPTERS)
        for kind in kinds:
            (folder / kind).mkdir()
        yield [stack.enter_context(closing(ADAPTERS[kind](folder / kind)())) for kind in kinds]


def _timeless(answer: object) -> object:
    """Without the moments at which a load ran, which two runs never share."""
    if isinstance(answer, Load):
        return replace(answer, started=MIDNIGHT, finished=MIDNIGHT)
    if isinstance(answer, list | tuple):
        return [_timeless(one) for one in answer]
    return answer


def _assert_same(stores: Sequence[GraphStore], ask: Callable[[GraphStore], Answers]) -> int:
    """That every store gives each answer that the first gives; how many there are."""
    said, *others = [ask(store) for store in stores]
    for store, found in zip(stores[1:], others, strict=True):
        assert found.keys() == said.keys()
        differ = {
            question: {stores[0].identity().kind: said[question], store.identity().kind: answer}
            for question, answer in found.items()
            if _timeless(answer) != _timeless(said[question])
        }
        assert differ == {}
    return len(said)


def test_the_shipped_data_gives_the_same_answers(tmp_path: Path) -> None:
    _assert_shipped_alike(tmp_path, few=4, every=6, least=100, crossed=False)


@pytest.mark.soak
def test_the_shipped_data_gives_the_same_answers_to_more(tmp_path: Path) -> None:
    _assert_shipped_alike(tmp_path, few=100, every=1, least=300, crossed=True)


def _assert_shipped_alike(folder: Path, *, few: int, every: int, least: int, crossed: bool) -> None:
    """`few` and `crossed` as for `answers`, of which there must be more than `least`.

    Of the searches every how many-th is asked.
    """
    with _stores(folder) as stores:
        for store in stores:
            load_shipped(store, today=TODAY)
        topics = [topic.id for topic in stores[0].topics()][::30]
        assert _assert_same(stores, lambda store: answers(store, few, crossed=crossed)) > least
        part = slice(None, None, every)
        assert (
            _assert_same(stores, lambda store: searched(store, SAID, topics, few=3, part=part)) > 60
        )
        assert _assert_same(stores, indexed) == len(LAYOUT)


anything: Final = given(
    world=worlds(),
    texts=st.lists(st.sampled_from(TEXTS), min_size=6, max_size=6),
    start=st.integers(0, PARTS - 1),
)
generated: Final = settings(
    deadline=None, phases=[Phase.generate],  # shrinking would take half an hour
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip


@settings(generated, max_examples=2)  # a hundred in `make soak`
@anything
def test_every_world_gives_the_same_answers(
    world: list[Given], texts: list[str], start: int
) -> None:
    _assert_alike(world, texts, start)


@pytest.mark.soak
@settings(generated, max_examples=100)
@anything
def test_many_worlds_give_the_same_answers(
    world: list[Given], texts: list[str], start: int
) -> None:
    _assert_alike(world, texts, start)


def _assert_alike(world: list[Given], texts: list[str], start: int) -> None:
    with TemporaryDirectory() as folder, _stores(Path(folder)) as stores:
        for one in world:
            told = [_written(store, one) for store in stores]
            assert all(other == told[0] for other in told), told
        part = slice(start, None, PARTS)
        _assert_same(stores, lambda store: answers(store, few=4))
        _assert_same(stores, lambda store: searched(store, texts, TOPICS, few=3, part=part))
        _assert_same(stores, indexed)


def _written(store: GraphStore, one: Given) -> object:
    """What a load did, or why it was refused."""
    try:
        report = store.write(one.batch, complete=one.complete)
    except BadInput as error:
        return error.code, dict(error.params)
    return _timeless(report.load), report.token, report.changed_anything, store.holds(one.batch)
