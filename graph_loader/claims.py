"""From what every source claims to what is shown, by one rule for both stores.

A date: the most precise claim, then the newest load, then the source's name, then the row.
Anything else: the newest load that says something, then the source's name, then the row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from graph_loader.dates import PartialDate
from graph_loader.model import (
    REGION_LEVELS,
    Agreement,
    Category,
    Claim,
    Level,
    Relation,
    Signatory,
    TopicTag,
)


@dataclass(frozen=True, slots=True)
class SourcedClaim:
    """A claim with the source that states it and the load that brought it last."""

    source: str
    load: int
    claim: Claim

    @property
    def rank(self) -> tuple[int, str, int]:
        """Newest load first, then the source's name, then the row."""
        return (-self.load, self.source, self.claim.row)


def show(id: str, claims: Iterable[SourcedClaim], levels: Mapping[str, Level]) -> Agreement:
    """The agreement as pages show it. `levels` knows every party that the claims name."""
    claims = tuple(claims)
    if len(claims) == 1:
        return show_alone(id, claims[0].claim, levels)
    ranked = [sourced.claim for sourced in sorted(claims, key=lambda sourced: sourced.rank)]
    parties = _all_parties(ranked)
    return Agreement(
        id=id,
        instrument=ranked[0].instrument,
        parties=parties,
        title=_first(ranked, lambda claim: claim.title),
        signed=_most_precise([claim.signed for claim in ranked]),
        ends=_most_precise([claim.ends for claim in ranked]),
        stated_status=_first(ranked, lambda claim: claim.stated_status),
        topic_text=_first(ranked, lambda claim: claim.topic_text),
        topics=_all_topics(ranked),
        outcome=_first(ranked, lambda claim: claim.outcome),
        note=_first(ranked, lambda claim: claim.note),
        page=ranked[0].page,
        last_stated=_newest([date for claim in ranked for date in (claim.signed, claim.stated)]),
        categories=categories([levels[signatory.party] for signatory in parties]),
        relations=_all_relations(ranked),
    )


def show_alone(id: str, claim: Claim, levels: Mapping[str, Level]) -> Agreement:
    """What `show` makes of a single claim: most agreements have one, and a load has many."""
    parties = _all_parties([claim])
    return Agreement(
        id,
        claim.instrument,
        parties,
        claim.title,
        claim.signed,
        claim.ends,
        claim.stated_status,
        claim.topic_text,
        _all_topics([claim]),
        claim.outcome,
        claim.note,
        claim.page,
        claim.signed if claim.stated is None else _newest([claim.signed, claim.stated]),
        _categories(tuple([levels[signatory.party] for signatory in parties])),
        tuple(dict.fromkeys(claim.relations)) if claim.relations else (),
    )


def conflicts(claims: Sequence[Claim]) -> frozenset[str]:
    """The fields in which claims cannot all be true: "signed", "ends", "instrument".

    Example:
        >>> from graph_loader.model import Instrument
        >>> def on(day: str) -> Claim:
        ...     return Claim(2, "", (), Instrument.MOU, signed=PartialDate.parse(day))
        >>> sorted(conflicts([on("1994"), on("1994-08-24")]))
        []
        >>> sorted(conflicts([on("1994-08-29"), on("1994-08-24")]))
        ['signed']
    """
    found = set()
    for one, other in combinations(claims, 2):
        if one.signed and other.signed and one.signed.contradicts(other.signed):
            found.add("signed")
        if one.ends and other.ends and one.ends.contradicts(other.ends):
            found.add("ends")
        if one.instrument is not other.instrument:
            found.add("instrument")
    return frozenset(found)


COUNTERPARTS = {
    Level.THIRD_PARTY: Category.KSDPK,
    Level.CENTRAL_AGENCY: Category.SINERGI,
    Level.FOREIGN_LOCAL: Category.KSDPL,
    Level.FOREIGN_INSTITUTION: Category.KSDLL,
    Level.COUNTRY: Category.KSDLL,
}
"""The category of an agreement between a region and a counterpart of each level (PP 28/2018)."""


def categories(levels: Iterable[Level]) -> frozenset[Category]:
    """One for each region–counterpart pair; none where no region signs (PP 28/2018 Pasal 1).

    Example:
        >>> sorted(map(str, categories([Level.KOTA, Level.KOTA, Level.FOREIGN_LOCAL])))
        ['ksdd', 'ksdpl']
    """
    return _categories(tuple(levels))


@lru_cache(maxsize=4_096)
def _categories(levels: tuple[Level, ...]) -> frozenset[Category]:
    regions = sum(level in REGION_LEVELS for level in levels)
    if not regions:
        return frozenset()
    found = {COUNTERPARTS[level] for level in levels if level in COUNTERPARTS}
    return frozenset(found | ({Category.KSDD} if regions > 1 else set()))


def _first(ranked: Sequence[Claim], value: Callable[[Claim], str]) -> str:
    return next((text for claim in ranked if (text := value(claim))), "")


def _most_precise(dates: Sequence[PartialDate | None]) -> PartialDate | None:
    known = [date for date in dates if date is not None]
    return max(
        known, key=lambda date: date.precision, default=None
    )  # max keeps the first of equals


def _newest(dates: Sequence[PartialDate | None]) -> PartialDate | None:
    known = [date for date in dates if date is not None]
    return max(known, key=lambda date: (date.last, date.precision), default=None)


def _all_parties(ranked: Sequence[Claim]) -> tuple[Signatory, ...]:
    if len(ranked) == 1 and len({s.party for s in ranked[0].parties}) == len(ranked[0].parties):
        return ranked[0].parties
    roles: dict[str, str] = {}
    for claim in ranked:
        for signatory in claim.parties:
            roles[signatory.party] = roles.get(signatory.party) or signatory.role
    return tuple(Signatory(party, role) for party, role in roles.items())


def _all_topics(ranked: Sequence[Claim]) -> tuple[TopicTag, ...]:
    if (
        len(ranked) == 1
        and len(tags := ranked[0].topics) < 2
        and all(len(tag.words) < 2 for tag in tags)
    ):
        return tags
    words: dict[str, dict[str, None]] = {}
    for claim in ranked:
        for tag in claim.topics:
            words.setdefault(tag.topic, {}).update(dict.fromkeys(tag.words))
    return tuple(TopicTag(topic, tuple(found)) for topic, found in sorted(words.items()))


def _all_relations(ranked: Sequence[Claim]) -> tuple[Relation, ...]:
    return tuple(dict.fromkeys(relation for claim in ranked for relation in claim.relations))
