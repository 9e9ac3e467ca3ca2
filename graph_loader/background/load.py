"""A list of twin towns into a store: read > match > write; the newer list replaces the older one.

    (Source)-[STATES]->(Place | BackgroundLink)

A source of places has an id that no register's source can have, so that a list never retires an
agreement and a register never retires a place.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from graph_loader import reference
from graph_loader.background.doubts import doubt_problems
from graph_loader.background.match import Matches, match_places
from graph_loader.background.read import Links, read_links
from graph_loader.errors import BadFile, BadInput
from graph_loader.model import Batch, Problem, Source
from graph_loader.store.base import GraphStore, LoadReport, Progress
from graph_loader.text import slug

_PREFIX: Final = "twins."  # because no slug has a dot, and so no register's source
SHIPPED: Final = Source(
    f"{_PREFIX}simpul",
    "Kota kembar di sekitar Indonesia (bawaan Simpul) / Twin towns around Indonesia (with Simpul)",
    "CC BY-SA 4.0",
    "https://en.wikipedia.org/wiki/Lists_of_twin_towns_and_sister_cities",
)
UNNAMED: Final = Source(f"{_PREFIX}list", "Daftar kota kembar / List of twin towns")
"""The source of a list that nobody named."""


@dataclass(frozen=True, slots=True)
class CheckedList:
    """What a list amounts to, which of its places are known, and all that is doubtful."""

    source: Source
    file: str
    links: Links
    matches: Matches
    problems: tuple[Problem, ...]

    @property
    def batch(self) -> Batch:
        """The list as a store takes it."""
        return Batch(
            self.source, self.file, self.links.rows, places=self.links.places,
            background=self.links.links, problems=self.problems,
        )  # fmt: skip


def is_background(source: Source) -> bool:
    """Whether a source states twin towns, and never agreements.

    Example:
        >>> is_background(SHIPPED), is_background(reference.SEED)
        (True, False)
    """
    return source.id.startswith(_PREFIX)


def background_source(name: str | None) -> Source:
    """The source of a list that a person names; the same name is the same source.

    Raises: BadInput ("source-unusable") where no letter or digit is left of it.
    """
    if name is None:
        return UNNAMED
    if not slug(name):
        raise BadInput("source-unusable", value=name, field="source")
    return Source(f"{_PREFIX}{slug(name)}", name)


def check_background(path: Path, source: Source, store: GraphStore | None) -> CheckedList:
    """Read a list as a load would, and write nothing; a file of no use is told as a problem."""
    try:
        links = read_links(path)
    except BadFile as unusable:
        params = {name: str(value) for name, value in unusable.params.items() if name != "file"}
        row = int(params.pop("row", 0))
        told = Problem(unusable.code, "rejected", path.name, "", row, params=(*params.items(),))
        return CheckedList(source, path.name, Links(), Matches({}), (told,))
    parties = {party.id: party for party in reference.reference_batch().parties}
    if store is not None:
        parties |= {party.id: party for party in store.known_parties()}
    matches = match_places(links.places, parties.values())
    doubts = doubt_problems(path.name, links, matches, parties)
    problems = tuple(sorted((*links.problems, *doubts), key=lambda one: one.row))
    return CheckedList(source, path.name, links, matches, problems)


def load_background(
    store: GraphStore, path: Path, source: Source, progress: Progress | None = None
) -> tuple[CheckedList, LoadReport | None]:
    """Load a list, all of it at once: what this source stated before and it does not hold is gone.

    Returns: no report where there was nothing to write.
    Raises: LoadBusy, StoreUnavailable: nothing was written.
    """
    checked = check_background(path, source, store)
    if not checked.links.links:
        return checked, None
    return checked, store.write(checked.batch, complete=True, progress=progress)


def shipped_list() -> Path:
    """The list that comes with Simpul."""
    return reference.data_folder() / "twin_towns.csv"


def load_shipped_background(store: GraphStore, progress: Progress | None = None) -> None:
    """Load the list that comes with Simpul where the store holds none, or another edition of it."""
    batch = check_background(shipped_list(), SHIPPED, None).batch
    if not store.holds(batch):
        store.write(batch, complete=True, progress=progress)
