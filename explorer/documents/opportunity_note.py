"""The nota dinas about opportunities of a region: one of them, or a shortlist to weigh."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from explorer.documents import evidence
from explorer.documents.drawn import drawing, unused_ways
from explorer.documents.frame import framed
from explorer.documents.note import Heading, Item, Items, Note, Part, Text
from explorer.explain import GRAVE
from explorer.i18n import say
from explorer.law import Advice, AdviceWords, FindingWords
from explorer.opportunities import Case
from explorer.present import joined
from explorer.reasons import Reason
from explorer.reasons.chains import Chain
from explorer.sentences import Speaker

REASONS: Final = 4  # because with more the note runs over its second page
PROOFS: Final = 2  # of one reason; because a note is read on two pages
WAYS: Final = 2  # that are drawn of one opportunity; the others are on its page
OTHERS: Final = 2  # findings that only inform; because a note is read on two pages


def opportunity_note(speaker: Speaker, case: Case) -> Note:
    """A region and one party that it has no agreement in force with."""
    lang = speaker.lang
    names = {"region": speaker.name(case.region), "party": speaker.name(case.opportunity.party)}
    proofs = proofs_of(speaker, [case])
    parts: list[Part] = [Text(_opening(speaker, case, names))]
    parts.append(Items(reasons_told(speaker, proofs, case)))
    parts += _paths(speaker, proofs, [case])
    parts += _evidence(speaker, proofs, [case])
    parts += law_parts(speaker, case.advice)
    parts.append(Heading(say(lang, "note.part.unknown")))
    parts.append(evidence.unknown(speaker, proofs.agreements, _more_unknown(speaker, [case])))
    subject = say(lang, "note.subject.opportunity", **names)
    return framed(speaker.shown, lang, subject, parts, list(names.values()))


def shortlist_note(
    speaker: Speaker, region: str, cases: Sequence[Case], left_out: Sequence[str] = ()
) -> Note:
    """A region and a few parties to weigh against one another, in the order given.

    `left_out` are the ids of those that were chosen and are no opportunity: the note says so.
    """
    lang = speaker.lang
    name = speaker.name(region)
    proofs = proofs_of(speaker, cases, ways=1)
    parties = [speaker.name(case.opportunity.party) for case in cases]
    parts: list[Part] = [
        Text(say(lang, "note.opening.shortlist", region=name, n=len(cases),
                 parties=joined(lang, parties)))
    ]  # fmt: skip
    if left_out:
        names = joined(lang, [speaker.name(id) for id in left_out])
        parts.append(Text(say(lang, "note.shortlist.left-out", parties=names)))
    for n, case in enumerate(cases, start=1):
        parts.append(Heading(f"{n}. {parties[n - 1]} ({speaker.sub(case.opportunity.party)})"))
        parts.append(Items(reasons_told(speaker, proofs, case)))
        parts.append(Items(_first(speaker.advice(case.advice))))
    parts += _paths(speaker, proofs, cases, each=1)
    parts += _evidence(speaker, proofs, cases)
    parts.append(Heading(say(lang, "note.part.unknown")))
    parts.append(evidence.unknown(speaker, proofs.agreements, _more_unknown(speaker, cases)))
    parts.append(Text(say(lang, "law.guidance"), quiet=True))
    subject = say(lang, "note.subject.shortlist", region=name, n=len(cases))
    return framed(speaker.shown, lang, subject, parts, [name, say(lang, "note.file.shortlist")])


def proofs_of(speaker: Speaker, cases: Iterable[Case], ways: int = WAYS) -> evidence.Proofs:
    """The agreements that reasons and paths rest on, each once, in the order they are spoken of."""
    ids: list[str] = []
    for case in cases:
        for reason in case.reasons[:REASONS]:
            ids += reason.agreements[:PROOFS]
        for chain in case.unused.chains[:ways]:
            ids += [id for step in chain.steps for id in step.agreements[:1]]
    return evidence.Proofs.of(speaker, ids)


def reasons_told(speaker: Speaker, proofs: evidence.Proofs, case: Case) -> list[Item]:
    """The reasons of a case, each with the rows that prove it; beyond a few, the others by name."""
    lang, others = speaker.lang, case.reasons[REASONS:]
    told = [_reason(speaker, proofs, one) for one in case.reasons[:REASONS]]
    if others:
        names = [say(lang, f"reason-name.{one.code}") for one in others]
        told.append(Item(say(lang, "note.reasons.more", names=joined(lang, names))))
    return told


def _opening(speaker: Speaker, case: Case, names: dict[str, str]) -> str:
    sub = speaker.sub(case.opportunity.party)
    told = say(speaker.lang, "note.opening.opportunity", **names, sub=sub, n=len(case.reasons))
    law = speaker.advice(case.advice)
    stops = [one.sentence for one in law.findings if one.effect in GRAVE]
    return " ".join([told, *stops, law.next_step.sentence])


def _reason(speaker: Speaker, proofs: evidence.Proofs, reason: Reason) -> Item:
    name = say(speaker.lang, f"reason-name.{reason.code}")
    cited = proofs.cited(speaker.lang, reason.agreements)
    return Item(f"{speaker.reason(reason)}{cited}", lead=f"{name}.")


def _paths(
    speaker: Speaker, proofs: evidence.Proofs, cases: Sequence[Case], each: int = WAYS
) -> Iterable[Part]:
    chains = [chain for case in cases for chain in case.unused.chains[:each]]
    yield Heading(say(speaker.lang, "note.part.paths"))
    if chains:
        yield drawing(unused_ways(speaker, chains))
        yield Items([Item(_way_told(speaker, proofs, one)) for one in chains])
    for case in cases:
        if not case.unused.chains:
            yield Text(speaker.no_path(case.region, case.opportunity.party))


def _way_told(speaker: Speaker, proofs: evidence.Proofs, chain: Chain) -> str:
    cited = proofs.cited(speaker.lang, [id for step in chain.steps for id in step.agreements[:1]])
    renewals = speaker.shown.documents(chain.renewals)
    return " ".join([f"{speaker.unused(chain)}{cited}", *map(speaker.renewal, renewals)])


def _evidence(speaker: Speaker, proofs: evidence.Proofs, cases: Sequence[Case]) -> Iterable[Part]:
    yield Heading(say(speaker.lang, "note.part.evidence"))
    if proofs.agreements:
        yield evidence.table(speaker, proofs.agreements)
    else:
        yield Text(say(speaker.lang, "note.evidence.none"))
    told = [reason for case in cases for reason in case.reasons[:REASONS]]
    beside = evidence.beside(speaker, told)
    if beside:
        yield Items(beside)


def law_parts(speaker: Speaker, found: Advice) -> Iterable[Part]:
    """What the law says of a pair: what stops it, the next step, the rest, what must be written."""
    lang, told = speaker.lang, speaker.advice(found)
    yield Heading(say(lang, "note.part.law"))
    yield Items(_first(told))
    if stages := _stages(speaker, found):
        yield Text(stages)
    others = [one for one in told.findings if one.effect not in GRAVE]
    if others:
        yield Items([_finding(one) for one in others[:OTHERS]])
    if told.documents:
        listed = joined(lang, [one.name for one in told.documents])
        yield Text(say(lang, "note.law.documents", list=listed), quiet=True)
    cut = say(lang, "note.law.more", n=OTHERS, total=len(others)) if len(others) > OTHERS else ""
    yield Text(f"{cut} {told.guidance}".strip(), quiet=True)


def _stages(speaker: Speaker, found: Advice) -> str:
    """What comes after the next step, in one sentence; empty where nothing does."""
    lang, now = speaker.lang, found.next_step.number
    after = [
        one.name_en if lang == "en" else one.name_id for one in found.steps if one.number > now
    ]
    if found.is_blocked or not after:
        return ""
    return say(lang, "note.law.stages", stages="; ".join(after))


def _first(told: AdviceWords) -> list[Item]:
    """What stops it or sends it elsewhere, then the next step."""
    step = told.next_step
    found = [_finding(one) for one in told.findings if one.effect in GRAVE]
    return [*found, Item("", _cited(step.citation, step.doubt), step.sentence)]


def _finding(found: FindingWords) -> Item:
    return Item(found.sentence, _cited(found.citation, found.doubt), f"{found.effect_words}:")


def _cited(citation: str, doubt: str) -> str:
    return "; ".join(words for words in (citation, doubt) if words)


def _more_unknown(speaker: Speaker, cases: Iterable[Case]) -> list[str]:
    """What only the office or the partner can tell."""
    names = [speaker.name(case.opportunity.party) for case in cases]
    return [say(speaker.lang, "note.unknown.wish", parties=joined(speaker.lang, names))]
