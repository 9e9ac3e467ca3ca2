"""One dataclass per page: every name that its template may use."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from explorer.law import FieldWords, FindingWords, StepWords
from explorer.listing import Choice, Listing
from explorer.present import AgreementRow, FlowRow, PartyLink
from graph_loader import Change, Claim, Load, Problem, Source, Status


@dataclass(frozen=True, slots=True)
class Notices:
    """What every page says of its data, where that is not the newest; empty where it is."""

    stale: str = ""
    """the store does not answer"""
    unfinished: str = ""
    """a large load is not whole yet"""
    behind: str = ""
    """what was loaded last is still being read"""


@dataclass(frozen=True, slots=True)
class ProblemContext:
    """Something went wrong: what, and what to do."""

    status: int
    message: str
    hint: str
    near: Sequence[PartyLink] = ()
    """parties whose name is like what was asked for"""
    retry: int = 0
    """seconds until the page asks again by itself; 0: it does not"""


@dataclass(frozen=True, slots=True)
class HomeContext:
    """The first page."""

    opening: Markup
    agreements: int
    parties: int
    in_force: int
    countries: int
    loaded: Load | None
    ending: Sequence[AgreementRow]
    goals: Sequence[tuple[str, str, int]]
    """(goal, name, agreements)"""
    examples: Sequence[tuple[str, str]]
    """(a question, the address that answers it)"""


@dataclass(frozen=True, slots=True)
class SearchContext:
    """What a query finds. `between` links two known parties named in one query."""

    opening: Markup
    query: str
    parties: Sequence[PartyLink]
    parties_total: int
    between: tuple[PartyLink, PartyLink, str] | None
    topics: Sequence[tuple[str, str]]
    agreements: Sequence[AgreementRow]
    total: int
    register_url: str
    suggestions: Sequence[tuple[str, str]]
    """(what to search for instead, its address)"""


@dataclass(frozen=True, slots=True)
class NeighbourRow:
    """A neighbour across a border and the number of agreements in force with it."""

    party: PartyLink
    in_force: int
    connect_url: str


@dataclass(frozen=True, slots=True)
class PathHop:
    """A tie to show: the agreements it rests on, the best few."""

    agreements: Sequence[AgreementRow]
    more: int


@dataclass(frozen=True, slots=True)
class PathCard:
    """A path as connected cards: parties and, between them, hops."""

    parties: Sequence[PartyLink]
    hops: Sequence[PathHop]


@dataclass(frozen=True, slots=True)
class RowCard:
    """A line of a reference file that proves something: what it says, and the page it cites."""

    words: str
    page: str


@dataclass(frozen=True, slots=True)
class ReasonCard:
    """A reason as a sentence, its chain and the agreements that prove it."""

    code: str
    sentence: str
    chain: Sequence[PartyLink]
    agreements: Sequence[AgreementRow]
    flows: Sequence[FlowRow]
    rows: Sequence[RowCard] = ()
    more: int = 0
    """agreements beyond those shown"""


@dataclass(frozen=True, slots=True)
class StepCard:
    """A hop of an unused path: what joins the two, and the agreements that prove it."""

    kind: str
    words: str
    agreements: Sequence[AgreementRow]


@dataclass(frozen=True, slots=True)
class UnusedCard:
    """An unused path: who could introduce whom, and what would have to be renewed first."""

    sentence: str
    parties: Sequence[PartyLink]
    steps: Sequence[StepCard]
    renew: str


@dataclass(frozen=True, slots=True)
class LawCard:
    """What the law says of an opportunity, and the next step; always guidance with a citation."""

    is_blocked: bool
    first: Sequence[FindingWords]
    """what stops it or sends it elsewhere: always seen"""
    others: Sequence[FindingWords]
    next_step: StepWords
    documents: Sequence[FieldWords]
    """what has to be written down"""
    guidance: str


@dataclass(frozen=True, slots=True)
class OpportunityCard:
    """A party that the region has no agreement in force with, and why it could."""

    party: PartyLink
    reasons: Sequence[ReasonCard]
    connect_url: str
    rank: int = 0
    paths: Sequence[UnusedCard] = ()
    no_path: str = ""
    """what is said where there is no path"""
    law: LawCard | None = None


@dataclass(frozen=True, slots=True)
class PartyContext:
    """A region, foreign partner or third party."""

    opening: Markup
    party: PartyLink
    is_region: bool
    other_name: str
    within: Sequence[PartyLink]
    """what it lies in or belongs to: a province, a prefecture, a country"""
    agreements: int
    in_force: int
    active: int
    partners: int
    ending: int
    picture: Markup
    hidden: int
    listing: Listing
    needs: Sequence[FlowRow]
    offers: Sequence[FlowRow]
    borders: Sequence[NeighbourRow]
    opportunities: Sequence[OpportunityCard]
    opportunities_total: int
    opportunities_url: str


@dataclass(frozen=True, slots=True)
class PlaceContext:
    """A place that a list of twin towns names and no agreement does."""

    opening: Markup
    place: PartyLink
    country: PartyLink | None
    known: Sequence[PartyLink]
    """its twins that are regions or partners"""
    others: Sequence[tuple[PartyLink, str]]
    """its other twins, which no agreement names either, and their countries"""
    lists: Sequence[Source]
    opportunities_url: str


@dataclass(frozen=True, slots=True)
class CountryContext:
    """A country, and, where asked, one party's agreements with it."""

    opening: Markup
    country: PartyLink
    only: PartyLink | None
    every_url: str
    partners: Sequence[tuple[PartyLink, int]]
    """(partner, agreements)"""
    in_force: int
    listing: Listing
    regions: Sequence[tuple[PartyLink, int, str]]
    """(party at home, agreements, address of this page for it alone)"""


@dataclass(frozen=True, slots=True)
class ClaimCard:
    """What one page says of an agreement."""

    source: str
    file: str
    claim: Claim
    instrument: str
    parties: Sequence[PartyLink]
    shown: frozenset[str]
    """the fields whose shown value is this page's: signed, ends, instrument"""


@dataclass(frozen=True, slots=True)
class AgreementContext:
    """Everything known of one agreement."""

    opening: Markup
    row: AgreementRow
    claims: Sequence[ClaimCard]
    conflicts: Sequence[str]
    roles: Mapping[str, str]
    categories: Sequence[str]
    topics: Sequence[tuple[str, str, str, Sequence[str]]]
    """(topic, its words, their language, the document's words that say so)"""
    relations: Sequence[tuple[str, AgreementRow]]
    outcome: str
    note: str


@dataclass(frozen=True, slots=True)
class RegisterContext:
    """The register of all agreements."""

    opening: Markup
    listing: Listing


@dataclass(frozen=True, slots=True)
class Chip:
    """A condition that is set, in words, and this page without it."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class UnclearName:
    """What was typed for a party, and the pages for those that may be meant."""

    text: str
    candidates: Sequence[tuple[PartyLink, str]]


@dataclass(frozen=True, slots=True)
class OtherwiseCard:
    """On which other terms there is a path: where that is shown, or else the path itself."""

    sentence: Markup
    url: str
    path: PathCard | None


@dataclass(frozen=True, slots=True)
class ConnectContext:
    """How two parties are connected, on which terms, and what is missing where they are not."""

    opening: Markup
    start_text: str
    goal_text: str
    start: PartyLink | None
    goal: PartyLink | None
    unclear: Sequence[UnclearName]
    through: str
    avoiding: Sequence[str]
    """ids, or what was typed"""
    filters: Mapping[str, Sequence[Choice]]
    year_from: int | None
    year_to: int | None
    with_lapsed: bool
    chips: Sequence[Chip]
    clear_url: str
    paths: Sequence[PathCard]
    picture: Markup
    bridge: Markup
    otherwise: Sequence[OtherwiseCard]
    swap_url: str
    more_url: str


@dataclass(frozen=True, slots=True)
class OpportunityList:
    """One of the three lists: a page of it, and how long it is."""

    name: str
    cards: Sequence[OpportunityCard]
    first: int
    last: int
    total: int
    next_url: str
    previous_url: str


@dataclass(frozen=True, slots=True)
class OpportunitiesContext:
    """The unused paths of a region."""

    opening: Markup
    region: PartyLink
    lists: Sequence[OpportunityList]
    total: int
    partners: int
    codes: Sequence[Choice]
    toggles: Mapping[str, str]
    """reason code → this page with that reason switched"""
    silent: Collection[str]
    """rankings that only help to order, and propose nobody alone"""
    cold: str
    """what is said where the region has no agreement in force; else empty"""
    all_url: str
    """the same page without its topic; empty where it has none"""


@dataclass(frozen=True, slots=True)
class OverlookedCard:
    """Something a province does not use: sentences, the agreements that prove them, where to go on.

    `more` and `news_more` count the agreements that are not listed.
    """

    parties: Sequence[PartyLink]
    sentences: Sequence[str]
    grade: str
    """of a border: none, large or talks; of others empty"""
    agreements: Sequence[AgreementRow]
    more: int
    news: Sequence[AgreementRow]
    news_more: int
    connect_url: str
    at: PartyLink
    opportunities_url: str


@dataclass(frozen=True, slots=True)
class OverlookedSection:
    """One of the three lists, cut to a handful unless the address asks for all of it."""

    name: str
    cards: Sequence[OverlookedCard]
    total: int
    whole: bool
    url: str
    """this page with all of it, or with a handful again"""
    none: str
    """the sentence of an empty list"""


@dataclass(frozen=True, slots=True)
class ChooseRegion:
    """A region to choose, and how many SDGs it has an agreement in force for."""

    party: PartyLink
    url: str
    covered: int
    goals: int


@dataclass(frozen=True, slots=True)
class ChooseContext:
    """What a province overlooks, and its regions; no province before the first load."""

    opening: Markup
    province: PartyLink | None
    sections: Sequence[OverlookedSection]
    regions: Sequence[ChooseRegion]
    provinces: Sequence[Choice]
    gaps_url: str


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """An offer beside a need, or a need beside an offer: `other` is the side that is shown."""

    other: FlowRow
    own: FlowRow
    """the other's other side"""
    grade: str
    share: str
    """how much of the need is covered, in words; empty where the figures do not compare"""
    km: float | None
    in_province: bool
    """whether one of the two is the province of the other"""
    kindred: bool
    """whether the goods are kindred and not the same"""
    connect_url: str
    opportunities_url: str


@dataclass(frozen=True, slots=True)
class NeedGroup:
    """A need and the offers that can meet it, of which a few may be shown."""

    need: FlowRow
    rows: Sequence[MeetingRow]
    total: int
    all_url: str
    """empty where all are shown"""


@dataclass(frozen=True, slots=True)
class FlowList:
    """Needs or offers in a table, the first of `total`; the url is empty where all are shown."""

    rows: Sequence[FlowRow]
    total: int
    all_url: str


@dataclass(frozen=True, slots=True)
class NeedsContext:
    """Who lacks what, who has it. `first` to `last` count needs of `total`."""

    opening: Markup
    groups: Sequence[NeedGroup]
    first: int
    last: int
    total: int
    previous_url: str
    next_url: str
    givers: Sequence[MeetingRow]
    """who could give what the region has no need of on record"""
    gives: Sequence[MeetingRow]
    """whose needs the region's own offers can meet"""
    gives_total: int
    gives_url: str
    unmet: FlowList
    answered: FlowList
    other_needs: FlowList
    other_offers: FlowList
    commodities: Sequence[Choice]
    regions: Sequence[PartyLink]
    region: PartyLink | None
    commodity: str
    commodity_name: str


@dataclass(frozen=True, slots=True)
class TopicContext:
    """A goal: its agreements and who works on it."""

    opening: Markup
    id: str
    goal: str
    goal_name: str
    name: str
    name_lang: str
    text: str
    regions: Sequence[tuple[PartyLink, int]]
    listing: Listing
    targets: Sequence[tuple[str, str, int]]
    """(target, its words, agreements)"""


@dataclass(frozen=True, slots=True)
class LoadCard:
    """A load, and the first of the problems it met."""

    load: Load
    source: str
    problems: Sequence[tuple[Problem, str, str]]
    """(problem, why, what to do)"""
    total: int
    changes: Sequence[Change]
    changes_total: int
    is_background: bool = False
    """a list of twin towns, which states no agreement"""


@dataclass(frozen=True, slots=True)
class DataContext:
    """Where the data comes from."""

    opening: Markup
    sources: Sequence[Source]
    loads: Sequence[LoadCard]
    agreements: int
    undated: int
    without_end: int
    version: int


@dataclass(frozen=True, slots=True)
class NetworkRow:
    """A tie in the table below the picture."""

    a: PartyLink
    b: PartyLink
    agreements: int
    status: Status
    url: str


@dataclass(frozen=True, slots=True)
class NetworkContext:
    """The network, or what a filter leaves of it. `picture` is None where nothing is left."""

    filters: Mapping[str, Sequence[Choice]]
    filtered: bool
    party: PartyLink | None
    clear_url: str
    kept: Mapping[str, str]
    agreements: int
    parties: int
    ties: int
    aggregated: bool
    points: int
    lines: int
    lines_total: int
    middle: str
    """the party, or else the home province, that the picture is about"""
    pale: bool
    """whether some lines are pale because they do not touch it"""
    without_region: bool
    """whether some lines join parties of which none is a region"""
    scene: Mapping[str, object]
    picture: Markup | None
    rows: Sequence[NetworkRow]
    first: int
    last: int
    previous_url: str
    next_url: str


@dataclass(frozen=True, slots=True)
class BrokerRow:
    """A party and the share of shortest connections between others, in per cent."""

    party: PartyLink
    percent: float
    partners: int


@dataclass(frozen=True, slots=True)
class CommunityRow:
    """A group: its name, whoever stands in its middle, and some of its parties."""

    name: str
    middle: PartyLink
    parties: Sequence[PartyLink]
    size: int
    ties: int
    traits: Sequence[str]


@dataclass(frozen=True, slots=True)
class StatisticsContext:
    """The whole network: tables of parties, each cut with its whole length beside it."""

    opening: Markup
    starts: int
    exact: bool
    brokers: Sequence[BrokerRow]
    brokers_total: int
    communities: Sequence[CommunityRow]
    communities_total: int
    cuts: Sequence[tuple[PartyLink, int]]
    cuts_total: int
    home: PartyLink | None
    alone_home: Sequence[PartyLink]
    home_regions: int
    elsewhere: Sequence[tuple[PartyLink, int, int]]
    """(province, its regions without any partner, all its regions)"""
    alone_total: int
    regions_total: int


@dataclass(frozen=True, slots=True)
class AboutContext:
    """What Simpul is, and whose data it carries."""

    opening: Markup
    day: date


@dataclass(frozen=True, slots=True)
class GapCell:
    """One region's work on one topic: a number, or a sign of a gap, and where it leads."""

    words: str
    grade: str
    shade: int
    """0 for a gap, then the more the darker"""
    url: str
    label: str


@dataclass(frozen=True, slots=True)
class GapRow:
    """A region in the matrix."""

    party: PartyLink
    short: str
    cells: Sequence[GapCell]
    covered: int
    """topics with at least one agreement in force"""


@dataclass(frozen=True, slots=True)
class GapHead:
    """A topic above a column, and how many rows have it or need it."""

    id: str
    goal: str
    name: str
    name_lang: str
    sort_url: str
    has: int
    needed: int
    sorted: bool
    telling: bool
    """whether the opening sentence speaks of it"""


@dataclass(frozen=True, slots=True)
class GapsContext:
    """Regions of a province by goals, or provinces by the targets of one goal.

    The first row is the province that is asked for; there is none before the first load.
    """

    opening: Markup
    province: PartyLink | None
    by: str
    goal: str
    heads: Sequence[GapHead]
    rows: Sequence[GapRow]
    order: str
    order_urls: Mapping[str, str]
    tab_urls: Mapping[str, str]
    goal_urls: Mapping[str, str]
    provinces: Sequence[Choice]
    kept: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class WorthRow:
    """What one ranking found of 100 hidden partnerships, as a page writes it."""

    name: str
    first_10: str
    first_50: str
    mrr: str
    auc: str


@dataclass(frozen=True, slots=True)
class WorthPart:
    """One backtest: its picture, its table, and what it rests on."""

    picture: Markup
    rows: Sequence[WorthRow]
    looked_for: int
    places: int
    links: int
    splits: int
    year: str
    """the first hidden year; empty where the split was drawn at random"""
    is_enough: bool
    hits: str
    """of 100 hidden partnerships, how many Simpul put among the first ten"""
    behind: str
    """how many the rankings joined plainly put there, where that is more; else empty"""


@dataclass(frozen=True, slots=True)
class LiftRow:
    """What a reason is worth; `times` is empty where there is too little to tell."""

    reason: str
    pairs: int
    partners: int
    times: str


@dataclass(frozen=True, slots=True)
class WorthContext:
    """How good the ranking is; `own` is None where the store is too large for a page to measure."""

    opening: Markup
    world: WorthPart
    own: WorthPart | None
    lifts: Sequence[LiftRow]
    is_enough: bool
    partners: int
    pairs: int
