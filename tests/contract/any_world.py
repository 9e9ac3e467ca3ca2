"""Loads as they may come, one after the other: of several sources, whole or not, of odd names."""

from __future__ import annotations

from itertools import combinations
from operator import attrgetter
from typing import Final, NamedTuple, TypeVar

from hypothesis import strategies as st

from graph_loader.dates import PartialDate
from graph_loader.model import (
    BackgroundLink,
    Batch,
    Border,
    Claim,
    Commodity,
    Direction,
    Flow,
    Instrument,
    Level,
    Party,
    Place,
    Problem,
    Relation,
    RelationKind,
    Signatory,
    Source,
    StatedAgreement,
    Topic,
    TopicTag,
    make_party,
)

# names whose order by code point, by UTF-16 unit, by folded letter and by locale differ
NAMES: Final = (
    "Kabupaten Gresik", "gresik", "GRESIK", "Đà Nẵng", "大阪市", "\U00020000 府", "\U0001f33e",
    "القاهرة", "\ufffd", "\uff5e z", "ﬁn", "ß", "İzmir", "e\u0301cole", "École", "Ω", "Zürich",
    "", "!!!", 'Kerja "sama"', "beras\tair\n", "\\u0041 \\", "a\0b", "Xi'an", "東京 Tokyo",
    "\ue000", "ﾄ", "한국", "हिन्दी", "१२ 12", "\U00010400", "\U0001d538", "\U00020000" * 150,
)  # fmt: skip
IDS: Final = ("35", "35.02", "35.1", "35.10", "35-1", "aa", "a.b", "a-b", "ab", "z9", "id", "jp")
AGREEMENTS: Final = ("a", "a-1", "a.1", "a1", "b", "c.10", "c.9", "d", "e", "f", "g", "h", "absent")
TOPICS: Final = ("1", "2", "10", "17", "2.1", "2.10", "2.2", "2.a", "16.b", "17.9")
PLACES: Final = ("aa.jp", "a-a.jp", "a.b.jp", "35.id", "z9.xx")
GOODS: Final = ("rice", "gas", "a-1", "unstated")
SOURCES: Final = ("one", "two", "reference")
DATES: Final = ("", "", "1984", "2005", "2005-12", "2005-12-31", "2026-11-25", "2030")

names = st.sampled_from(NAMES) | st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
dates = st.sampled_from(DATES).map(lambda text: PartialDate.parse(text) if text else None)
numbers = st.none() | st.sampled_from((0, 1, -7, -7.25, 112.5, 0.1))


T = TypeVar("T")


class Given(NamedTuple):
    """One load, as a store is given it."""

    batch: Batch
    complete: bool


def _party(id: str) -> st.SearchStrategy[Party]:
    return st.builds(
        make_party, st.just(id), names, names, st.sampled_from(Level),
        st.sampled_from(("", "id", "jp")), st.sampled_from(("", *IDS)), names, numbers, numbers,
        st.lists(names, max_size=2).map(tuple),
    )  # fmt: skip


claims: Final = st.builds(
    Claim,
    row=st.integers(2, 9),
    page=names,
    parties=st.lists(
        st.builds(Signatory, st.sampled_from(IDS), st.just("") | names), min_size=2, max_size=4
    ).map(tuple),
    instrument=st.sampled_from(Instrument),
    title=names,
    signed=dates,
    ends=dates,
    stated_status=st.sampled_from(("", "", "exploration", "lapsed", "ended")),
    topic_text=names,
    topics=st.lists(
        st.builds(TopicTag, st.sampled_from(TOPICS), st.lists(names, max_size=2).map(tuple)),
        max_size=3,
    ).map(tuple),
    outcome=names,
    stated=dates,
    note=names,
    relations=st.lists(
        st.builds(Relation, st.sampled_from(RelationKind), st.sampled_from(AGREEMENTS)), max_size=2
    ).map(tuple),
    sheet=st.just("") | names,
)  # fmt: skip
accords: Final = claims.map(
    lambda claim: Claim(
        claim.row, claim.page, tuple(map(Signatory, IDS[:11])), claim.instrument, claim.title
    )
)
flows: Final = st.builds(
    Flow, st.sampled_from(("f1", "f.2", "f-3", "f3")), st.sampled_from(IDS),
    st.sampled_from(Direction), st.sampled_from(GOODS), names, numbers, names,
    st.sampled_from(("", "2023", "2024")), names, names, names, st.integers(0, 9),
)  # fmt: skip
pairs: Final = st.sampled_from(list(combinations(sorted(IDS), 2)))
borders: Final = st.builds(
    lambda pair, kind, km, text: Border(pair[0], pair[1], kind, km, text, text, 3),
    pairs, st.sampled_from(("land", "sea")), numbers, names,
)  # fmt: skip
places: Final = st.builds(
    Place, st.sampled_from(PLACES), names, st.sampled_from(("", "id", "jp")), numbers, numbers
)
background: Final = pairs.map(lambda pair: BackgroundLink(*pair))
topics: Final = st.builds(
    lambda id, name, text: Topic(id, id.partition(".")[0] if "." in id else "", name, text, text),
    st.sampled_from(TOPICS), names, names,
)  # fmt: skip
commodities: Final = st.builds(
    Commodity, st.sampled_from(GOODS[:-1]), names, names, names, names,
    st.lists(names, max_size=2).map(tuple),
)  # fmt: skip
problems: Final = st.builds(
    Problem, names, st.sampled_from(("rejected", "doubtful")), names, names, st.integers(0, 9),
    names, names, st.lists(st.tuples(names, names), max_size=2).map(tuple),
)  # fmt: skip


def _few(kind: st.SearchStrategy[T], *key: str) -> st.SearchStrategy[tuple[T, ...]]:
    """Up to three, each key once."""
    return st.lists(kind, max_size=3, unique_by=attrgetter(*key)).map(tuple)


@st.composite
def _agreements(draw: st.DrawFn) -> tuple[StatedAgreement, ...]:
    ids = draw(st.lists(st.sampled_from(AGREEMENTS[:-1]), max_size=7, unique=True))
    old = st.lists(st.sampled_from(("old", "older", "a", "a-1")), max_size=1).map(tuple)
    said = st.lists(claims | accords, min_size=1, max_size=2).map(tuple)
    return tuple(StatedAgreement(id, draw(said), draw(old)) for id in ids)


@st.composite
def _load(draw: st.DrawFn, everyone: bool) -> Given:
    named = IDS if everyone else draw(st.lists(st.sampled_from(IDS), max_size=4, unique=True))
    batch = Batch(
        Source(draw(st.sampled_from(SOURCES)), draw(names), draw(names), draw(names)),
        draw(names),
        draw(st.integers(0, 99)),
        parties=tuple(draw(_party(id)) for id in named),
        agreements=draw(_agreements()),
        topics=draw(_few(topics, "id")),
        commodities=draw(_few(commodities, "id")),
        flows=draw(_few(flows, "id")),
        borders=draw(_few(borders, "a", "b")),
        places=draw(_few(places, "id")),
        background=draw(_few(background, "a", "b")),
        problems=draw(st.lists(problems, max_size=3).map(tuple)),
    )
    return Given(batch, draw(st.booleans()))


@st.composite
def worlds(draw: st.DrawFn) -> list[Given]:
    """Three to five loads; the first brings every party, later ones rename, add and retire."""
    later = draw(st.lists(_load(everyone=False), min_size=2, max_size=4))
    return [draw(_load(everyone=True)), *later]
