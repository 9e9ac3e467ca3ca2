"""The contract of a store. Every adapter passes `tests/contract/`; nothing above knows which it is.

Reads see one version at a time; a write is all or nothing. Lists say how many there are in all.
Orders are by a stored sort key and then by id, so that all stores agree to the byte.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Generic, NamedTuple, TypeVar

from graph_loader.claims import SourcedClaim
from graph_loader.model import (
    Agreement,
    BackgroundLink,
    Batch,
    Border,
    Category,
    Commodity,
    Direction,
    Flow,
    Instrument,
    Load,
    Party,
    Place,
    Problem,
    Relation,
    Source,
    Topic,
)
from graph_loader.status import Status

Progress = Callable[[str, int, int], None]
"""Called as (stage, done, total); total 0 when it is not known."""

PAGE_SIZE = 50
MAX_PAGE_SIZE = 500

T = TypeVar("T")


class Order(StrEnum):
    """How a list of agreements is sorted; ties by id."""

    NEWEST = "newest"
    OLDEST = "oldest"
    TITLE = "title"
    ENDS = "ends"


class Lack(StrEnum):
    """What may not be recorded of an agreement; a topic is an SDG, a source the page that says."""

    SIGNED = "signed"
    ENDS = "ends"
    TOPIC = "topic"
    SOURCE = "source"


class Lacks(NamedTuple):
    """How many agreements there are, and of how many each `Lack` is not recorded."""

    agreements: int
    signed: int
    ends: int
    topic: int
    source: int


@dataclass(frozen=True, slots=True)
class AgreementFilter:
    """Which agreements; every field given must hold. `day` is the day that `status` is asked for.

    `party` and `partner` both sign; `country` is the ISO code of any signing party's country (the
    home country included); `topic` is a goal or a target, a goal holds its targets; `text` is free
    text whose every word (folded, by prefix) must occur in title, parties' names or topic text;
    `ends_from` and `ends_to` bound the last possible day of an end that is known; of `lacking` at
    least one is not recorded; `among` are the ids of all that may be found.
    """

    day: date
    party: str = ""
    partner: str = ""
    country: str = ""
    category: Category | None = None
    instrument: Instrument | None = None
    status: frozenset[Status] = frozenset()
    topic: str = ""
    text: str = ""
    year_from: int | None = None
    year_to: int | None = None
    source: str = ""
    ends_from: date | None = None
    ends_to: date | None = None
    lacking: frozenset[Lack] = frozenset()
    among: frozenset[str] | None = None


class Page(NamedTuple, Generic[T]):
    """A slice of a list, and how long the whole list is."""

    items: Sequence[T]
    total: int


@dataclass(frozen=True, slots=True)
class AgreementRecord:
    """Everything known of one agreement: what is shown, every claim, and what refers to it."""

    agreement: Agreement
    claims: Sequence[SourcedClaim]
    referred_by: Sequence[Relation]
    """`other` is here the agreement that amends, implements or renews this one."""


@dataclass(frozen=True, slots=True)
class Facets:
    """Counts of agreements per value; each facet is counted with its own filter lifted.

    Values without agreements are absent; the others stand in their own order, goals as numbers and
    countries by code.
    """

    total: int
    status: Mapping[Status, int] = field(default_factory=dict)
    category: Mapping[Category, int] = field(default_factory=dict)
    instrument: Mapping[Instrument, int] = field(default_factory=dict)
    goal: Mapping[str, int] = field(default_factory=dict)
    country: Mapping[str, int] = field(default_factory=dict)


class Neighbour(NamedTuple):
    """A party and how many agreements it shares with the one asked for, in all and in force."""

    party: Party
    agreements: int
    in_force: int


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """The closest neighbours, most agreements in force first, and how many are hidden per level."""

    neighbours: Sequence[Neighbour]
    total: int
    hidden: Mapping[str, int]


class Change(NamedTuple):
    """What a load did to one agreement: "added", "changed" or "retired"."""

    agreement: str
    what: str


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a write did. `token` is the version that the writer must be shown from now on.

    A load that changed nothing keeps the version and has `changed_anything` False.
    """

    load: Load
    token: int
    changed_anything: bool


class ScanRow(NamedTuple):
    """An agreement for the index: days are proleptic ordinals, 0 where unknown.

    `sourced` is 1 where a page is named that says so.
    """

    id: str
    instrument: str
    stated_status: str
    signed_first: int
    signed_last: int
    ends_last: int
    sourced: int = 1


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A large load that is being written in batches, or was broken off; counts are of agreements.

    `load` is 0 for a copy of another store. Loading the same again goes on where it stopped.
    """

    load: int
    source: str
    file: str
    started: datetime
    done: int
    total: int


class State(NamedTuple):
    """What every request asks first: the version, and whether a load is unfinished.

    `stamp` is of one content alone: a new one comes with every write or copy that changes
    something, so two stores of one version, or one that was emptied and filled again, are told
    apart. Empty for an empty store.
    """

    version: int
    unfinished: Unfinished | None = None
    stamp: str = ""


class Statement(NamedTuple):
    """What one source says of one subject, as `codec` writes it; `load` brought it last."""

    kind: str
    subject: str
    source: str
    load: int
    body: str


class Alias(NamedTuple):
    """An earlier id of an agreement or a party, and the one it has now."""

    id: str
    kind: str
    target: str


class Scan(ABC):
    """One version of everything, streamed; each list ordered by its ids."""

    version: int

    @abstractmethod
    def confirm(self) -> None:
        """Called last by whoever keeps what a scan gave: one that moved is then read anew."""

    @abstractmethod
    def parties(self) -> Iterator[Party]:
        """Every party, by id; countries among them."""

    @abstractmethod
    def agreements(self) -> Iterator[ScanRow]:
        """Every agreement, by id."""

    @abstractmethod
    def signed(self) -> Iterator[tuple[str, str]]:
        """(agreement, party), by agreement and then in the order of signing parties."""

    @abstractmethod
    def addresses(self) -> Iterator[tuple[str, str]]:
        """(agreement, topic), by agreement and topic."""

    @abstractmethod
    def contested(self) -> Iterator[tuple[str, Sequence[SourcedClaim]]]:
        """What is claimed of each agreement that is claimed more than once, as ranked."""

    @abstractmethod
    def borders(self) -> Iterator[Border]:
        """Every border, by (a, b)."""

    @abstractmethod
    def flows(self) -> Iterator[Flow]:
        """Every need and offer, by id."""

    @abstractmethod
    def places(self) -> Iterator[Place]:
        """Every place of the background, by id; a place is no party."""

    @abstractmethod
    def background(self) -> Iterator[BackgroundLink]:
        """Background links, which are never agreements, by (a, b)."""

    @abstractmethod
    def sources(self) -> Iterator[Source]:
        """Every source, by id."""

    @abstractmethod
    def loads(self) -> Iterator[Load]:
        """Every load, by id."""

    @abstractmethod
    def problems(self) -> Iterator[tuple[int, Problem]]:
        """(load, problem), by load and in the order of the file."""

    @abstractmethod
    def changes(self) -> Iterator[tuple[int, Change]]:
        """(load, change), by load and agreement."""

    @abstractmethod
    def statements(self) -> Iterator[Statement]:
        """All that sources say, by kind, subject and source."""

    @abstractmethod
    def aliases(self) -> Iterator[Alias]:
        """Earlier ids, by id and kind."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Which store this is: its UUID is made with it. `schema` is the version of its layout."""

    uuid: str
    kind: str
    schema: int


class GraphStore(ABC):
    """The system of record.

    Every method may raise StoreUnavailable; opening one may raise StoreRefused (another schema,
    damaged, not one of ours), whose parameters say which and what was expected.
    """

    @abstractmethod
    def identity(self) -> Identity:
        """Which store this is."""

    @abstractmethod
    def state(self) -> State:
        """The version, the load that is unfinished, if there is one, and the stamp."""

    def version(self) -> int:
        """0 for an empty store; one more with each load that changed something."""
        return self.state().version

    @abstractmethod
    def close(self) -> None:
        """Let go of connections; a closed store must not be used."""

    # what is there ------------------------------------------------------------------------

    @abstractmethod
    def party(self, id: str) -> Party:
        """Raises: NotFound("party-unknown", id=…), Moved("party-moved", id=new id)."""

    @abstractmethod
    def parties(self, ids: Sequence[str]) -> Mapping[str, Party]:
        """Those of the ids that exist."""

    @abstractmethod
    def agreement(self, id: str) -> AgreementRecord:
        """Raises: NotFound("agreement-unknown", id=…), Moved("agreement-moved", id=new id)."""

    @abstractmethod
    def agreements(
        self,
        where: AgreementFilter,
        *,
        order: Order = Order.NEWEST,
        limit: int = PAGE_SIZE,
        offset: int = 0,
    ) -> Page[Agreement]:
        """The agreements that match; `limit` is at most MAX_PAGE_SIZE.

        Undated ones come last in NEWEST and OLDEST, those without an end last in ENDS. Hostile text
        gives results or none, never an error.
        """

    @abstractmethod
    def by_ids(self, ids: Sequence[str]) -> Mapping[str, Agreement]:
        """Those of the agreements that exist, whatever their number."""

    @abstractmethod
    def contested(self) -> Mapping[str, Sequence[SourcedClaim]]:
        """What is claimed of each agreement that is claimed more than once, by id, as ranked.

        Cost: looks at every claim, and reads those of these agreements.
        """

    @abstractmethod
    def lacks(self) -> Mapping[str, Lacks]:
        """How much of the agreements that each source states is not recorded, by source."""

    @abstractmethod
    def facets(self, where: AgreementFilter) -> Facets:
        """Counts per status, category, instrument, goal and country."""

    @abstractmethod
    def neighbourhood(self, party: str, day: date, *, limit: int = PAGE_SIZE) -> Neighbourhood:
        """Who shares agreements with a party. Raises: NotFound."""

    @abstractmethod
    def borders(self, region: str) -> Sequence[Border]:
        """The borders of a region, by the other region's sort key; empty if none is recorded."""

    @abstractmethod
    def flows(
        self, *, party: str = "", commodity: str = "", direction: Direction | None = None
    ) -> Sequence[Flow]:
        """Needs and offers that match, by commodity, party's sort key, year (newest first), id."""

    @abstractmethod
    def topics(self) -> Sequence[Topic]:
        """Goals 1 … 17, then targets in their own order."""

    @abstractmethod
    def commodities(self) -> Sequence[Commodity]:
        """By folded Indonesian name, then id."""

    # where it comes from ------------------------------------------------------------------

    @abstractmethod
    def sources(self) -> Sequence[Source]:
        """Every source that has been loaded, by id."""

    @abstractmethod
    def loads(self, *, limit: int = PAGE_SIZE, offset: int = 0) -> Page[Load]:
        """Newest first; loads that changed nothing among them."""

    @abstractmethod
    def problems(self, load: int, *, limit: int = PAGE_SIZE, offset: int = 0) -> Page[Problem]:
        """The problems that a load found, in the order of the file. Raises: NotFound."""

    @abstractmethod
    def changes(self, load: int, *, limit: int = PAGE_SIZE, offset: int = 0) -> Page[Change]:
        """What a load did, by agreement id. Raises: NotFound."""

    @abstractmethod
    def scan(self, read: Callable[[Scan], T]) -> T:
        """What `read` makes of one version of everything.

        A store that cannot hold a version still while it is read calls `read` anew when a load was
        written meanwhile: what counts is what it returns last.
        Raises: StoreUnavailable ("store-loading") while a large load is unfinished.
        """

    def known_parties(self) -> Sequence[Party]:
        """Every party there is, by id, though a large load be unfinished: it goes on with them."""
        return self.scan(lambda scan: list(scan.parties()))

    # writing ------------------------------------------------------------------------------

    @abstractmethod
    def holds(self, batch: Batch) -> bool:
        """Whether the source of a batch of reference data already states just what it says."""

    @abstractmethod
    def write(
        self, batch: Batch, *, complete: bool = False, progress: Progress | None = None
    ) -> LoadReport:
        """Take in one load, all of it or (whatever happens) nothing of it.

        Only what differs from what this source stated before is written; what is shown is worked
        out anew from all claims for the agreements touched. With `complete`, what this source
        stated before and no longer states is retired, and nothing of other sources: an agreement
        lives while any source states it, a party while a source states it or anything refers to it.

        Raises:
            LoadBusy: another load is writing.
            BadInput: ("party-missing", id=…) an agreement names a party that neither the batch nor
                the store has.
        """

    @abstractmethod
    def restore(self, scan: Scan, progress: Progress | None = None) -> None:
        """Take over all that a scan of another store holds, its version too; not its identity.

        A store that cannot do it in one step says that it is unfinished until it is whole; a copy
        that was broken off is begun again.

        Raises:
            BadInput: ("copy-not-empty") this store holds something, and not a copy broken off.
            LoadBusy: a load is writing.
        """
