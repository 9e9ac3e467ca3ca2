"""What the law says, in words of both languages: here ids become names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from babel.lists import format_list

from explorer.i18n import say
from explorer.index import Index
from explorer.law.advising import Advice
from explorer.law.finding import Effect, Finding
from explorer.law.steps import Step
from graph_loader import Commodity, Language, legal

_CODE = re.compile(r"\d+(\.\w+)?")
_PARTIES = ("region", "party", "province", "country")


@dataclass(frozen=True, slots=True)
class FindingWords:
    """A finding in words; `doubt` says how its text was seen where it was not read whole."""

    rule: str
    effect: Effect
    effect_words: str
    sentence: str
    citation: str
    doubt: str
    agreement: str
    """the id of the agreement that shows it; empty where none does"""


@dataclass(frozen=True, slots=True)
class StepWords:
    """A stage in words; `sentence` says why it comes next."""

    number: int
    name: str
    sentence: str
    citation: str
    doubt: str
    agreement: str
    is_next: bool


@dataclass(frozen=True, slots=True)
class FieldWords:
    """What a document must say, in words; without a citation it is practice."""

    name: str
    citation: str
    doubt: str


@dataclass(frozen=True, slots=True)
class AdviceWords:
    """An advice in words. `guidance` is to be shown beside it, always."""

    guidance: str
    is_blocked: bool
    route: str
    """the name of the province that should sign; empty where the region itself may"""
    track: str
    findings: Sequence[FindingWords]
    next_step: StepWords
    steps: Sequence[StepWords]
    documents: Sequence[FieldWords]


def advice_words(
    index: Index, advice: Advice, lang: Language, commodities: Mapping[str, Commodity] | None = None
) -> AdviceWords:
    """An advice as a page in that language writes it."""
    now = advice.next_step
    return AdviceWords(
        guidance=say(lang, "law.guidance"),
        is_blocked=advice.is_blocked,
        route=index.name(advice.route, lang) if advice.route else "",
        track=say(lang, f"category.{advice.track.lower()}"),
        findings=[finding_words(index, one, lang, commodities) for one in advice.findings],
        next_step=step_words(now, lang, is_next=True),
        steps=[step_words(one, lang, is_next=one.number == now.number) for one in advice.steps],
        documents=[field_words(one, lang) for one in advice.documents],
    )


def finding_words(
    index: Index,
    finding: Finding,
    lang: Language,
    commodities: Mapping[str, Commodity] | None = None,
) -> FindingWords:
    """A finding as a sentence and its citation."""
    params = _named(index, finding.params, lang, commodities or {})
    return FindingWords(
        rule=finding.rule,
        effect=finding.effect,
        effect_words=say(lang, f"law-effect.{finding.effect}"),
        sentence=say(lang, f"law.{finding.code}", **params),
        citation="; ".join(citation.text(lang) for citation in finding.citations),
        doubt=_doubt(finding.text_status, lang),
        agreement=str(finding.params.get("agreement", "")),
    )


def step_words(step: Step, lang: Language, *, is_next: bool = False) -> StepWords:
    """A stage as a sentence and its citation."""
    name = step.name_en if lang == "en" else step.name_id
    return StepWords(
        number=step.number,
        name=name,
        sentence=say(lang, f"law-next.{step.why}", step=name),
        citation=step.citation.text(lang),
        doubt=_doubt(step.text_status, lang),
        agreement=step.after,
        is_next=is_next,
    )


def field_words(field: legal.RequiredField, lang: Language) -> FieldWords:
    """What a document must say, and its citation."""
    name = field.name_en if lang == "en" else field.name_id
    return FieldWords(name, field.citation.text(lang), _doubt(field.citation.seen, lang))


def _doubt(seen: legal.Seen, lang: Language) -> str:
    return "" if seen == "seen" else say(lang, f"law-text.{seen}")


def _named(
    index: Index,
    params: Mapping[str, object],
    lang: Language,
    commodities: Mapping[str, Commodity],
) -> dict[str, object]:
    """The parameters with names in the place of ids."""
    named = dict(params)
    for key in _PARTIES:
        if key in params:
            id = str(params[key])
            named[key] = index.name(id, lang) if id in index.number else id
    if _CODE.fullmatch(str(params.get("topic", ""))):
        named["topic"] = f"SDG {params['topic']}"
    if "urusan" in params:
        urusan = legal.all_urusan()[str(params["urusan"])]
        named["urusan"] = (urusan.name_en if lang == "en" else urusan.name_id).lower()
        named["limit"] = urusan.limit_en if lang == "en" else urusan.limit_id
    if isinstance(goods := params.get("commodities"), tuple):
        named["commodities"] = _joined(lang, (_good(id, lang, commodities) for id in goods))
    if isinstance(goals := params.get("goals"), tuple):
        named["goals"] = _joined(lang, map(str, goals))
    return named


def _good(id: str, lang: Language, commodities: Mapping[str, Commodity]) -> str:
    found = commodities.get(id)
    return id if found is None else found.name_en if lang == "en" else found.name_id


def _joined(lang: Language, names: Iterable[str]) -> str:
    return format_list(list(names), locale="en_GB" if lang == "en" else lang)
