"""A copy answers as the original does, now and after the next load."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_loader.dates import PartialDate
from graph_loader.errors import BadInput, LoadBusy
from graph_loader.model import (
    BackgroundLink,
    Batch,
    Border,
    Commodity,
    Direction,
    Flow,
    Instrument,
    Load,
    Place,
    Problem,
    Relation,
    RelationKind,
    Signatory,
    StatedAgreement,
    Topic,
    TopicTag,
    make_party,
)
from graph_loader.store.base import GraphStore, Scan
from tests.contract.answers import Answers, answers, scanned
from tests.contract.conftest import ADAPTERS
from tests.contract.test_read import worlds
from tests.worlds import (
    EVERYONE,
    GRESIK,
    KOBE,
    KOCHI,
    SIDOARJO,
    agreement,
    batch,
    umbrella_world,
)

PAIRS = sorted({pair for kind in ADAPTERS for pair in ((kind, "sqlite"), ("sqlite", kind))})
"""From which kind of store into which: each kind is once at either end."""

GUEST = make_party("guest", "Tamu", "Guest", "third_party", lat=-7.25, lon=112.5)
MIDNIGHT = datetime(2026, 11, 25, tzinfo=UTC)
TAGS = (TopicTag("2", ("pangan",)), TopicTag("2.1"), TopicTag("17"))


def _open(kind: str, folder: Path) -> GraphStore:
    folder.mkdir(exist_ok=True)
    return ADAPTERS[kind](folder)()


@pytest.fixture(params=PAIRS, ids="-to-".join)
def pair(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[GraphStore, GraphStore]]:
    """Two empty stores: the one to copy, and where to."""
    with ExitStack() as stack:
        yield tuple(  # type: ignore[misc]
            stack.enter_context(closing(_open(kind, tmp_path / end)))
            for kind, end in zip(request.param, ("from", "to"), strict=True)
        )


def _rich(id: str, *parties: str, **said: object) -> StatedAgreement:
    claim = replace(agreement(id, *parties).claims[0], **said)  # type: ignore[arg-type]
    return StatedAgreement(id, (claim,))


def reference() -> Batch:
    """Parties, topics, goods, borders, needs and background that registers build on."""
    return replace(
        batch(
            [],
            borders=[Border("35.15", "35.78", shared_km=20.0), Border("35.15", "35.25", note="n")],
            flows=[
                Flow("n", "35.78", Direction.NEED, "rice", quantity=2.5, unit="t", year="2024"),
                Flow("o", "35.25", Direction.OFFER, "rice", quantity=3.0, year="2023"),
            ],
            source="reference",
        ),
        topics=tuple(Topic(id, id[:-2], f"T{id}", f"T{id}") for id in ("2", "17", "2.1")),
        commodities=(Commodity("rice", "Beras", "Rice", aliases=("gabah",)),),
        places=(Place("ueda.jp", "Ueda", "jp", 36.5, 138.25), Place("x.tl", "X", "tl")),
        background=(BackgroundLink("kobe-jp", "osaka-jp"), BackgroundLink("ueda.jp", "x.tl")),
    )


def register() -> Batch:
    """Roles, relations, topics, dates of each precision, an earlier id, and problems."""
    first = _rich("first", "35", "osaka-jp", signed=PartialDate(1984), topics=TAGS[:2],
                  parties=(Signatory("osaka-jp", "tuan rumah"), Signatory("35"), Signatory("its")),
                  title='Kerja "sama"\tbéras', topic_text="pangan — 🌾", sheet="2024")  # fmt: skip
    later = _rich("later", "35.25", "kobe-jp", relations=(Relation(RelationKind.RENEWS, "first"),),
                  signed=PartialDate(2005, 12), ends=PartialDate(2030), outcome="hasil", note="c",
                  stated=PartialDate(2019, 3, 4), instrument=Instrument.PKS)  # fmt: skip
    gone = _rich("gone", "35.25", "kochi-jp", signed=PartialDate(2001, 2, 3))
    problems = tuple(
        Problem("party-ambiguous", "rejected", "f.csv", "S", row, "Mitra", "Malang", (("n", "2"),))
        for row in (7, 3)
    )
    old = replace(first, aliases=("earlier", "before"))
    return replace(batch([old, later, gone], source="one"), problems=problems, rows=9)


def other_register() -> Batch:
    """It contradicts the first, renames a party, moves a border, and brings a guest."""
    first = _rich("first", "35", "kobe-jp", signed=PartialDate(1985, 5, 5), topics=TAGS[2:])
    guests = _rich("guests", "35.78", "guest", stated_status="ended")
    people = [replace(KOCHI, name_id="Kota Tosa"), *EVERYONE[:8], GUEST]
    borders = [Border("35.15", "35.78", shared_km=99.0), Border("35.25", "35.78")]
    flow = Flow("o", "35.25", Direction.OFFER, "rice", quantity=7.0, year="2025")
    return batch([first, guests], parties=people, borders=borders, flows=[flow], source="two")


def fill(store: GraphStore) -> None:
    """Loads that add, change, retire, leave a party to its agreement alone, or do nothing."""
    store.write(reference(), complete=True)
    store.write(register(), complete=True)
    store.write(other_register(), complete=True)
    fewer = replace(register(), agreements=register().agreements[:2], problems=())
    store.write(fewer, complete=True)
    store.write(fewer, complete=True)
    newer = [Border("35.25", "35.78", shared_km=7.0)]  # than that of "two"
    guests = [_rich("guests", "35.78", "guest")]
    store.write(batch(guests, parties=[], borders=newer, source="three"))
    store.write(replace(other_register(), parties=tuple(EVERYONE), agreements=()), complete=True)
    store.write(umbrella_world())


def restored(source: GraphStore, target: GraphStore) -> Answers:
    """What the original answers, once it has been copied."""
    source.scan(target.restore)
    return answers(source)


def test_a_copy_gives_every_answer_of_the_original(pair: tuple[GraphStore, GraphStore]) -> None:
    source, target = pair
    fill(source)
    said = restored(source, target)
    found = answers(target)
    assert {name for name in said if found.get(name) != said[name]} == set()
    assert found.keys() == said.keys()
    assert source.identity().uuid != target.identity().uuid


def test_the_world_that_is_copied_holds_every_kind(pair: tuple[GraphStore, GraphStore]) -> None:
    source, _ = pair
    fill(source)
    found = source.scan(scanned)
    assert [name for name, held in found.items() if not held] == []
    stated = {(one.kind, one.subject) for one in source.scan(lambda scan: list(scan.statements()))}
    assert ("party", "guest") not in stated  # only an agreement names it
    assert source.party("guest") == GUEST
    assert {change.what for _, change in source.scan(lambda scan: list(scan.changes()))} == {
        "added", "changed", "retired",
    }  # fmt: skip


def test_the_next_loads_do_to_a_copy_what_they_do_to_the_original(
    pair: tuple[GraphStore, GraphStore],
) -> None:
    fill(pair[0])
    pair[0].scan(pair[1].restore)
    for source in ("one", "two", "three", "reference"):
        bare = batch([agreement("new", GRESIK, KOBE)], parties=[GRESIK, KOBE], source=source)
        if source == "reference":
            bare = replace(bare, agreements=(), parties=tuple(EVERYONE))
        for one in (replace(bare, file="next.csv"), register()):
            original, copy = (store.write(one, complete=True) for store in pair)
            assert (original.token, _timeless(original.load)) == (copy.token, _timeless(copy.load))
    said, found = (answers(store) for store in pair)
    loads = [[_timeless(load) for load in store.loads().items] for store in pair]
    assert loads[0] == loads[1]
    assert {name for name in said if found.get(name) != said[name]} == {"loads", "scan loads"}


def _timeless(load: Load) -> Load:
    """Without the moments at which it ran, which two runs never share."""
    return replace(load, started=MIDNIGHT, finished=MIDNIGHT)


# what is refused, and what breaks -------------------------------------------------------


def test_a_store_that_holds_something_is_not_copied_into(
    pair: tuple[GraphStore, GraphStore],
) -> None:
    source, target = pair
    fill(source)
    target.write(batch([], parties=[SIDOARJO], source="mine"))
    before = answers(target)
    with pytest.raises(BadInput, match="copy-not-empty"):
        source.scan(target.restore)
    assert answers(target) == before


def test_an_empty_store_is_copied_and_stays_empty(pair: tuple[GraphStore, GraphStore]) -> None:
    source, target = pair
    source.scan(target.restore)
    assert answers(target) == answers(source)
    assert target.version() == 0
    assert target.write(umbrella_world()).token == 1


def test_a_copy_that_breaks_leaves_the_store_as_it_was_or_says_so(
    pair: tuple[GraphStore, GraphStore],
) -> None:
    source, target = pair
    fill(source)
    before = answers(target)

    def fail(*told: object) -> None:
        raise ZeroDivisionError

    def moved(scan: Scan) -> None:
        scan.confirm = fail  # type: ignore[method-assign]  # as where a load came in between
        target.restore(scan)

    with pytest.raises(ZeroDivisionError):
        source.scan(lambda scan: target.restore(scan, fail))
    assert _is_marked(target) or answers(target) == before
    with pytest.raises(ZeroDivisionError):
        source.scan(moved)
    assert _is_marked(target) or answers(target) == before
    assert restored(source, target) == answers(target)


def _is_marked(store: GraphStore) -> bool:
    """Whether the store says of itself that a copy was broken off."""
    state = store.state()
    return state.unfinished is not None and (state.version, state.unfinished.load) == (0, 0)


@pytest.mark.slow
def test_a_copy_waits_for_no_load(pair: tuple[GraphStore, GraphStore]) -> None:
    source, target = pair
    fill(source)
    refused: list[str] = []

    def meanwhile(stage: str, done: int, total: int) -> None:
        if not refused:
            with pytest.raises(LoadBusy) as busy:
                source.scan(target.restore)
            refused.append(busy.value.code)

    target.write(umbrella_world(), progress=meanwhile)
    assert refused == ["load-busy"]
    assert target.agreement("sister").agreement.id == "sister"


def test_progress_counts_statements(pair: tuple[GraphStore, GraphStore]) -> None:
    source, target = pair
    fill(source)
    told: list[int] = []
    source.scan(lambda scan: target.restore(scan, lambda stage, done, total: told.append(done)))
    assert told == sorted(told)
    assert told[-1] == source.scan(lambda scan: sum(1 for _ in scan.statements()))


# every world ----------------------------------------------------------------------------


anything = given(world=worlds(), retired=st.sampled_from(("", "one", "two")))


@pytest.mark.no_cover  # because tracing doubles its time, and tests above measure these lines
@pytest.mark.parametrize("kinds", PAIRS, ids="-to-".join)
@settings(max_examples=3, deadline=None)  # a hundred in `make soak`
@anything
def test_every_world_survives_a_copy(
    kinds: tuple[str, str], world: list[Batch], retired: str
) -> None:
    _assert_survives(kinds, world, retired)


@pytest.mark.soak
@pytest.mark.parametrize("kinds", PAIRS, ids="-to-".join)
@settings(max_examples=100, deadline=None)
@anything
def test_many_worlds_survive_a_copy(
    kinds: tuple[str, str], world: list[Batch], retired: str
) -> None:
    _assert_survives(kinds, world, retired)


def _assert_survives(kinds: tuple[str, str], world: list[Batch], retired: str) -> None:
    with TemporaryDirectory() as folder, ExitStack() as stack:
        source, target = (
            stack.enter_context(closing(_open(kind, Path(folder) / end)))
            for kind, end in zip(kinds, ("from", "to"), strict=True)
        )
        for one in world:
            source.write(one)
        if retired:
            source.write(batch([], source=retired), complete=True)
        assert restored(source, target) == answers(target)
