"""Random networks of a province, its regencies and partners abroad, and the same as plain dicts."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from hypothesis import strategies as st

from explorer.index import Index
from explorer.reasons.ground import LISTED_WORTH, REOPENED_WORTH
from graph_loader import Agreement, BackgroundLink, Status, status_of
from graph_loader.model import Batch, Place, make_party
from tests.worlds import EAST_JAVA, HOME, JAPAN, agreement, batch, index_of, store_of

DAY = date(2026, 11, 25)
PEOPLE = (
    HOME, JAPAN, EAST_JAVA,
    *(make_party(f"35.0{n}", f"Kabupaten {n}", f"Regency {n}", "kabupaten", "id", "35")
      for n in range(1, 5)),
    *(make_party(f"f{n}", f"Mitra {n}", f"Partner {n}", "foreign_local", "jp", "jp")
      for n in range(4)),
    make_party("its", "ITS", "ITS", "third_party"),
)  # fmt: skip
PLACES = tuple(Place(f"place{n}.jp", f"Place {n}", "jp") for n in range(3))
HERE = "35.01"
Typed = tuple[str, float, tuple[str, ...]]
Joined = Mapping[tuple[str, str], tuple[str, float]]


@st.composite
def worlds(draw: st.DrawFn) -> Batch:
    """A province, its regencies, partners abroad, a company; accords, old ones, a list of twins."""
    members = st.lists(st.sampled_from(PEOPLE), min_size=2, max_size=4, unique_by=lambda p: p.id)
    dated = st.sampled_from((("", ""), ("1990", ""), ("2015", "2020"), ("2024", "2030")))
    stated = [
        agreement(f"a{n:02d}", *parties, signed=signed, ends=ends)
        for n, (parties, (signed, ends)) in enumerate(
            draw(st.lists(st.tuples(members, dated), max_size=14))
        )
    ]
    ends = st.sampled_from([*(place.id for place in PLACES), HERE, "f0", "f1"])
    links = draw(st.lists(st.tuples(ends, ends), max_size=5))
    known = replace(batch(stated, parties=PEOPLE), places=PLACES)
    return replace(known, background=tuple(BackgroundLink(a, b) for a, b in links if a != b))


@dataclass(frozen=True)
class Plain:
    """The same network as dictionaries."""

    joined: Joined
    degree: Mapping[str, int]

    @classmethod
    def of(cls, agreements: Mapping[str, Agreement], links: tuple[BackgroundLink, ...]) -> Plain:
        """Of two things that join a pair the better kind counts, then the one worth more."""
        best: dict[tuple[str, str], tuple[int, float]] = {}
        for one in agreements.values():
            status = status_of(one, DAY)
            if status in {Status.EXPLORATION, Status.UNKNOWN}:
                continue
            kind = 0 if status.in_force else 1
            members = [signatory.party for signatory in one.parties]
            for pair in itertools.permutations(members, 2):
                _keep(best, pair, (kind, -_worth(one, status)))
        for link in links:
            for pair in ((link.a, link.b), (link.b, link.a)):
                _keep(best, pair, (2, -LISTED_WORTH))
        names = ("agreement", "lapsed", "listed")
        joined = {pair: (names[kind], -worth) for pair, (kind, worth) in best.items()}
        degree: dict[str, int] = {}
        for (a, _), (name, _) in joined.items():
            degree[a] = degree.get(a, 0) + (name != "lapsed")
        return cls(joined, degree)

    def passing(self, id: str) -> float:
        if id in {"id", "jp"} or id not in self.degree:
            return 0.0
        return float(max(self.degree[id], 1) ** -0.5)


def _keep(
    best: dict[tuple[str, str], tuple[int, float]], pair: tuple[str, str], found: tuple[int, float]
) -> None:
    best[pair] = min(best.get(pair, (9, 0.0)), found)


def _worth(one: Agreement, status: Status) -> float:
    years = (DAY - one.signed.first).days / 365.25 if one.signed else 20.0
    by_status = {Status.ACTIVE: 1.0, Status.OPEN: 0.8}.get(status, REOPENED_WORTH)
    return float(by_status * 0.5 ** (years / 20.0) * max(len(one.parties) - 1, 1) ** -0.5)


def ask(world: Batch) -> tuple[Index, Mapping[str, Agreement]]:
    with tempfile.TemporaryDirectory() as folder:
        store = store_of(Path(folder), world)
        index = index_of(store)
        agreements = dict(store.by_ids([stated.id for stated in world.agreements]))
        store.close()
    return index, agreements
