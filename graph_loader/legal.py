"""The shipped legal lists: rules, stages, documents, and who holds which matter of government.

Guidance with a citation, never legal advice: `text_status` says how the text itself was seen.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from graph_loader.model import Language
from graph_loader.reference import data_folder, topics
from graph_loader.topics import Topics

Seen = Literal["seen", "gap", "second-hand", "own"]
"""The text was read; read with gaps; read in another's words; or is known from practice."""
Holder = Literal["regency", "province", "central"]
Share = Literal["whole", "part", "exception"]
"""How much of a matter a kabupaten or kota holds: all, a part, or a named exception only."""

_SEEN: Mapping[str, Seen] = {"own": "own", "seen second-hand": "second-hand", "seen, OCR": "gap"}


@dataclass(frozen=True, slots=True)
class Citation:
    """Where it is written, in both languages (empty: practice), and how that text was seen."""

    id: str
    en: str
    seen: Seen

    def text(self, lang: Language) -> str:
        """The citation as a page in that language writes it."""
        return self.en if lang == "en" else self.id


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of law that speaks of a cooperation; `id` as in the list ("R01")."""

    id: str
    name: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of the procedure, on the tracks "KSDD/KSDPK" or "KSDPL/KSDLL"; `number` from 1."""

    tracks: frozenset[str]
    number: int
    name_id: str
    name_en: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class RequiredField:
    """What a document must say; `document` is the kind of document it belongs to."""

    name_id: str
    name_en: str
    document: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Urusan:
    """A matter of government (UU 23/2014 Pasal 12), and how much of it a regency holds."""

    id: str
    name_id: str
    name_en: str
    held: Share
    limit_id: str = ""
    limit_en: str = ""


@dataclass(frozen=True, slots=True)
class Matter:
    """Words of a topic that name a part of an urusan, and who holds that part."""

    keyword: str
    urusan: str
    holder: Holder
    citation: Citation


@cache
def rules() -> Mapping[str, Rule]:
    """Every rule of the list, by id, in its order."""
    found = [Rule(r["rule_id"], r["name"], _cited(r)) for r in _rows("legal_rules.csv")]
    return {rule.id: rule for rule in found}


@cache
def stages() -> tuple[Stage, ...]:
    """Every stage, by track and number."""
    return tuple(
        Stage(
            frozenset(r["track"].split("/")), int(r["step"]), r["name_id"], r["name_en"], _cited(r)
        )
        for r in _rows("process_stages.csv")
    )


@cache
def required_fields() -> tuple[RequiredField, ...]:
    """What the documents must say, in the order of the list."""
    return tuple(
        RequiredField(r["field_id"], r["field_en"], r["document"], _cited(r))
        for r in _rows("required_fields.csv")
    )


@cache
def all_urusan() -> Mapping[str, Urusan]:
    """Every matter of government, by id."""
    found = [
        Urusan(
            r["urusan_id"], r["name_id"], r["name_en"], cast(Share, r["kabkota_holds"]),
            r["kabkota_limit_id"], r["kabkota_limit_en"],
        )
        for r in _rows("urusan.csv")
    ]  # fmt: skip
    return {urusan.id: urusan for urusan in found}


@cache
def matters() -> tuple[Matter, ...]:
    """Words that name a part of an urusan, in the order of the list."""
    return tuple(
        Matter(r["keyword"], r["urusan_id"], cast(Holder, r["holder"]), _cited(r))
        for r in _rows("matters.csv")
    )


@cache
def urusan_by_topic() -> Mapping[str, frozenset[str]]:
    """Goal or target → the urusan that the shipped keywords give it; supporting functions not."""
    by_name = {urusan.name_id.casefold(): urusan.id for urusan in all_urusan().values()}
    found: dict[str, set[str]] = {}
    for row in _rows("topic_keywords.csv"):
        for topic in filter(None, {row["goal"], row["target"]}):
            found.setdefault(topic, set()).add(by_name.get(row["urusan"].casefold(), ""))
    return {topic: frozenset(ids) for topic, ids in found.items()}


@cache
def no_relations() -> frozenset[str]:
    """ISO codes of those with which Indonesia has no diplomatic relations.

    One that is not among them is to be checked with the Ministry of Foreign Affairs all the same.
    """
    return frozenset(row["country"] for row in _rows("no_relations.csv"))


@cache
def topic_codes(text: str) -> tuple[str, ...]:
    """The goals and targets that words speak of, by the shipped keywords; a code is itself.

    Example:
        >>> topic_codes("4.1"), topic_codes("ketahanan pangan")
        (('4.1',), ('2.1',))
    """
    stated, unknown = _topics().stated(text)
    return tuple(t.topic for t in stated if not unknown) or tuple(
        tag.topic for tag in _topics().of(text)
    )


@cache
def _topics() -> Topics:
    return topics()


@cache
def _rows(name: str) -> list[dict[str, str]]:
    with (data_folder() / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _cited(row: Mapping[str, str]) -> Citation:
    return Citation(row["citation_id"], row["citation_en"], _seen(row["text_status"]))


def _seen(text: str) -> Seen:
    return next((seen for start, seen in _SEEN.items() if text.startswith(start)), "seen")
