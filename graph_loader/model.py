"""What exists: parties, agreements and what is said of them. All of it immutable and typed.

    (Regency)-[PART_OF]->(Province)-[PART_OF]->(Country)<-[PART_OF]-(ForeignPartner)
    (Party)-[SIGNED {role}]->(Agreement)-[ADDRESSES {words}]->(Topic)
    (Source)-[STATES {row}]->(Agreement | Party | Border | Flow | Topic | Commodity)

Ids are ASCII ``[a-z0-9.-]``: regions by Kemendagri code, countries by ISO code, partners by slug.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal

from graph_loader.dates import PartialDate
from graph_loader.text import fold

Language = Literal["id", "en"]


class Level(StrEnum):
    """What kind of party: decides its address, its shape and the category of its agreements."""

    PROVINCE = "province"
    KABUPATEN = "kabupaten"
    KOTA = "kota"
    FOREIGN_LOCAL = "foreign_local"
    FOREIGN_INSTITUTION = "foreign_institution"
    THIRD_PARTY = "third_party"
    CENTRAL_AGENCY = "central_agency"
    COUNTRY = "country"


REGION_LEVELS = frozenset({Level.PROVINCE, Level.KABUPATEN, Level.KOTA})
FOREIGN_LEVELS = frozenset({Level.FOREIGN_LOCAL, Level.FOREIGN_INSTITUTION, Level.COUNTRY})


@dataclass(frozen=True, slots=True)
class Party:
    """Whoever can sign. `kind` refines the level (prefecture, university, …); may be empty.

    `country` is the ISO code of the country it lies in ("id" at home), empty for a world body.
    `part_of` is the party it belongs to: a regency's province, a city's prefecture.
    """

    id: str
    name_id: str
    name_en: str
    level: Level
    country: str = "id"
    part_of: str = ""
    kind: str = ""
    lat: float | None = None
    lon: float | None = None
    aliases: tuple[str, ...] = ()

    def name(self, lang: Language) -> str:
        """The name as a page in that language writes it."""
        return self.name_en if lang == "en" else self.name_id

    @property
    def sort_key(self) -> str:
        """Folded Indonesian name; every list of parties is ordered by it, then by id."""
        return fold(self.name_id)


class Region(Party):
    """A province or a regency (kabupaten or kota), identified by its Kemendagri code."""

    __slots__ = ()


class Province(Region):
    """A province; its id is two digits."""

    __slots__ = ()


class Regency(Region):
    """A kabupaten or a kota; its id is two digits, a dot, two digits."""

    __slots__ = ()


class ForeignPartner(Party):
    """A foreign local government, or a foreign or international institution."""

    __slots__ = ()


class ThirdParty(Party):
    """A domestic company, university, association or agency; central agencies among them."""

    __slots__ = ()


class Country(Party):
    """A state or territory with an ISO code; signs rarely, groups always."""

    __slots__ = ()


_CLASSES: dict[Level, type[Party]] = {
    Level.PROVINCE: Province,
    Level.KABUPATEN: Regency,
    Level.KOTA: Regency,
    Level.FOREIGN_LOCAL: ForeignPartner,
    Level.FOREIGN_INSTITUTION: ForeignPartner,
    Level.THIRD_PARTY: ThirdParty,
    Level.CENTRAL_AGENCY: ThirdParty,
    Level.COUNTRY: Country,
}


def make_party(  # one call site per store, so the fields stay in the order of the table
    id: str,
    name_id: str,
    name_en: str,
    level: str,
    country: str = "id",
    part_of: str = "",
    kind: str = "",
    lat: float | None = None,
    lon: float | None = None,
    aliases: tuple[str, ...] = (),
) -> Party:
    """The party of the class that its level asks for.

    Example:
        >>> type(make_party("35", "Provinsi Jawa Timur", "East Java Province", "province")).__name__
        'Province'
    """
    known = Level(level)
    return _CLASSES[known](
        id, name_id, name_en, known, country, part_of, kind, lat, lon, aliases
    )  # fmt: skip


class Instrument(StrEnum):
    """The document. Undertakings make ties; contacts count as exploration."""

    MOU = "mou"
    KESEPAKATAN_BERSAMA = "kesepakatan_bersama"
    PKS = "pks"
    SISTER_CITY = "sister_city"
    SISTER_PROVINCE = "sister_province"
    FORUM = "forum"
    PROGRAMME = "programme"
    GRANT = "grant"
    ADENDUM = "adendum"
    PLAN_OF_ACTION = "plan_of_action"
    LOI = "loi"
    JOINT_STATEMENT = "joint_statement"
    MISI_DAGANG = "misi_dagang"
    BERITA_ACARA = "berita_acara"
    OTHER = "other"

    @property
    def is_contact(self) -> bool:
        """Whether it only shows contact."""
        return self in CONTACTS


CONTACTS = frozenset(
    {Instrument.LOI, Instrument.JOINT_STATEMENT, Instrument.MISI_DAGANG,
     Instrument.BERITA_ACARA, Instrument.OTHER}
)  # fmt: skip


class Category(StrEnum):
    """What an agreement is in law, one for each region–counterpart pair (PP 28/2018)."""

    KSDD = "ksdd"
    KSDPK = "ksdpk"
    KSDPL = "ksdpl"
    KSDLL = "ksdll"
    SINERGI = "sinergi"


class RelationKind(StrEnum):
    """How one agreement refers to an earlier one."""

    AMENDS = "amends"
    IMPLEMENTS = "implements"
    RENEWS = "renews"


@dataclass(frozen=True, slots=True)
class Relation:
    """This agreement amends, implements or renews the agreement `other`."""

    kind: RelationKind
    other: str


@dataclass(frozen=True, slots=True)
class Signatory:
    """A party to an agreement, and the role a document gives it (often empty)."""

    party: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class TopicTag:
    """An agreement addresses a topic; `words` are those of the document that say so.

    `topic` is a goal ("2") or a target ("2.1"); empty words mean that the document names the code.
    """

    topic: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """What one page, cited by one row of one source, says of an agreement.

    `row` is the file's row where it begins, on `sheet` of a workbook; `page` is the address or
    document that the row cites, `stated` its date. `stated_status` is what the page itself says.
    """

    row: int
    page: str
    parties: tuple[Signatory, ...]
    instrument: Instrument
    title: str = ""
    signed: PartialDate | None = None
    ends: PartialDate | None = None
    stated_status: Literal["", "exploration", "lapsed", "ended"] = ""
    topic_text: str = ""
    topics: tuple[TopicTag, ...] = ()
    outcome: str = ""
    stated: PartialDate | None = None
    note: str = ""
    relations: tuple[Relation, ...] = ()
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class StatedAgreement:
    """All that one load says of one agreement; `aliases` are earlier ids that still lead here."""

    id: str
    claims: tuple[Claim, ...]
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement as it is shown: picked from every source's claims by `graph_loader.claims.show`.

    `last_stated` is the newest date at which any claim speaks of it: its signing or its page.
    """

    id: str
    instrument: Instrument
    parties: tuple[Signatory, ...]
    title: str = ""
    signed: PartialDate | None = None
    ends: PartialDate | None = None
    stated_status: str = ""
    topic_text: str = ""
    topics: tuple[TopicTag, ...] = ()
    outcome: str = ""
    note: str = ""
    page: str = ""
    last_stated: PartialDate | None = None
    categories: frozenset[Category] = frozenset()
    relations: tuple[Relation, ...] = ()


@dataclass(frozen=True, slots=True)
class Topic:
    """An SDG goal ("2", `goal` empty) or target ("2.1", `goal` "2"). `text_id` may be missing."""

    id: str
    goal: str
    name_id: str
    name_en: str
    text_en: str = ""
    text_id: str = ""
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Commodity:
    """Something a region lacks or can give: rice, cattle, electricity; `group` gathers likes."""

    id: str
    name_id: str
    name_en: str
    group_id: str = ""
    group_en: str = ""
    aliases: tuple[str, ...] = ()


class Direction(StrEnum):
    """Whether a region needs a commodity or offers it."""

    NEED = "need"
    OFFER = "offer"


@dataclass(frozen=True, slots=True)
class Flow:
    """A need or an offer: how much of a commodity, in which year, on whose word.

    `basis` says what the quantity measures (gap, requirement, surplus, production, …): only like
    compares with like. `quantity` is in `unit`; None where the page gives no figure.
    """

    id: str
    party: str
    direction: Direction
    commodity: str
    text: str = ""
    quantity: float | None = None
    unit: str = ""
    year: str = ""
    basis: str = ""
    page: str = ""
    note: str = ""
    row: int = 0


class Need(Flow):
    """A region lacks a commodity."""

    __slots__ = ()


class Offer(Flow):
    """A region or partner can give a commodity."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Border:
    """Two regions touch; `a` < `b`. `shared_km` is approximate, in kilometres."""

    a: str
    b: str
    kind: str = "land"
    shared_km: float | None = None
    page: str = ""
    note: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """A place that a world list of twin towns names: `country` is its ISO code, never empty.

    It is not a party: it may be one of those known, or a place that no agreement names. Its id has
    a dot where a partner's has a dash ("osaka.jp"), so the two are never mixed up.
    """

    id: str
    name: str
    country: str
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class BackgroundLink:
    """Two places are twinned by a world list: scores opportunities, is never an agreement.

    `a` < `b` are ids of places; a party's id may stand for the place that it is.
    """

    a: str
    b: str


@dataclass(frozen=True, slots=True)
class Source:
    """A register, named once and for all; a file name is never its identity."""

    id: str
    name: str
    licence: str = ""
    page: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """One rejected or doubtful cell, as code and parameters; its sentence is ``problem.<code>``.

    `row` is the line as the file numbers it, 0 when the whole file is meant.
    """

    code: str
    severity: Literal["rejected", "doubtful"]
    file: str = ""
    sheet: str = ""
    row: int = 0
    column: str = ""
    value: str = ""
    params: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Load:
    """One run of the loader for one source. Counts are of agreements."""

    id: int
    source: str
    file: str
    started: datetime
    finished: datetime
    version: int
    complete: bool
    rows: int
    accepted: int
    added: int
    changed: int
    unchanged: int
    retired: int
    problems: int


@dataclass(frozen=True, slots=True)
class Batch:
    """What one load says, ready for a store. Kinds that a source does not speak of stay empty."""

    source: Source
    file: str
    rows: int = 0
    parties: tuple[Party, ...] = ()
    agreements: tuple[StatedAgreement, ...] = ()
    topics: tuple[Topic, ...] = ()
    commodities: tuple[Commodity, ...] = ()
    flows: tuple[Flow, ...] = ()
    borders: tuple[Border, ...] = ()
    places: tuple[Place, ...] = ()
    background: tuple[BackgroundLink, ...] = ()
    problems: tuple[Problem, ...] = field(default=())
