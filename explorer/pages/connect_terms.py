"""The address of the connect page: which ends, on which terms; and addresses of other terms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import request, url_for

from explorer.contexts import Chip
from explorer.filters import Choice, asked, choices
from explorer.i18n import say
from explorer.index import Index
from explorer.naming import LONGEST, Meant, meant
from explorer.paths import MAX_PATHS, Asked
from explorer.present import PICTURE_KINDS, PartyLink, party_link
from explorer.service import View
from explorer.ties import TieFilter
from explorer.web.asked import whole
from graph_loader import IN_FORCE, AgreementFilter, BadInput, Language, Status

FILTERS = ("kategori", "bentuk", "topik")
AVOIDED = 20  # because an address has its limits, and nobody names more


@dataclass(frozen=True)
class Named:
    """What was typed for a party, and whom it means."""

    field: str
    text: str
    meant: Meant

    @property
    def id(self) -> str:
        """The party; "" where nothing was typed, or it is not sure who is meant."""
        return self.meant.id

    def candidates(self, shown: View, lang: Language) -> list[PartyLink]:
        """Those that may be meant."""
        return [party_link(shown, party.id, lang) for party in self.meant.candidates]


@dataclass(frozen=True)
class Terms:
    """All that the address says."""

    start: Named
    goal: Named
    through: Named
    avoiding: Sequence[Named]
    keep: TieFilter
    count: int

    @property
    def all_named(self) -> Sequence[Named]:
        """Every party that was typed."""
        typed = (self.start, self.goal, self.through, *self.avoiding)
        return [one for one in typed if one.text]

    @property
    def asked(self) -> Asked | None:
        """The question, once it is clear who is meant by every name."""
        if not (self.start.text and self.goal.text) or not all(one.id for one in self.all_named):
            return None
        avoiding = tuple(sorted({one.id for one in self.avoiding}))
        return Asked(self.start.id, self.goal.id, self.keep, self.through.id, avoiding)

    @property
    def state(self) -> dict[str, list[str]]:
        """The address's fields, with ids where they are known."""
        found: dict[str, list[str]] = {}
        for one in self.all_named:
            value = one.id or one.text
            if value not in found.setdefault(one.field, []):
                found[one.field].append(value)
        for field in (*FILTERS, "sejak", "sampai", "lampau", "jumlah"):
            if value := request.args.get(field, ""):
                found[field] = [value]
        return found


def terms(shown: View, default: int, lang: Language) -> Terms:
    """Read the address. Raises: BadInput, naming the field."""
    where, index = asked(shown), shown.index
    first, last = whole("sejak", 0) or None, whole("sampai", 0) or None
    if first and last and first > last:
        raise BadInput("years-reversed", field="sejak", first=str(first), last=str(last))
    avoided = [text for text in request.args.getlist("hindari") if text.strip()]
    return Terms(
        start=_named(index, "dari", request.args.get("dari", ""), lang),
        goal=_named(index, "ke", request.args.get("ke", ""), lang),
        through=_named(index, "lewat", request.args.get("lewat", ""), lang),
        avoiding=[_named(index, "hindari", text, lang) for text in avoided[:AVOIDED]],
        keep=TieFilter(
            where.category, where.instrument, where.topic, first, last,
            with_lapsed=request.args.get("lampau") == "1",
        ),
        count=min(whole("jumlah", default) or default, MAX_PATHS),
    )  # fmt: skip


def filters(shown: View, keep: TieFilter, lang: Language) -> Mapping[str, Sequence[Choice]]:
    """What kategori, bentuk and topik may be, with the agreements that each would leave."""
    lapsed = {Status.LAPSED} if keep.with_lapsed else set()
    where = AgreementFilter(
        shown.day, status=frozenset(IN_FORCE | lapsed), category=keep.category,
        instrument=keep.instrument, topic=keep.topic, year_from=keep.year_from,
        year_to=keep.year_to,
    )  # fmt: skip
    offered = choices(shown, shown.facets(where), lang, ("status", "negara"))
    if keep.topic and not any(choice.chosen for choice in offered.get("topik", ())):
        chosen = Choice(keep.topic, topic_words(shown, keep.topic, lang), 0, chosen=True)
        offered["topik"] = [*offered.get("topik", ()), chosen]
    return offered


def topic_words(shown: View, topic: str, lang: Language) -> str:
    """A goal with its name, or a target's number."""
    names = {t.id: t.name_en if lang == "en" else t.name_id for t in shown.topics() if not t.goal}
    if topic not in names:
        return f"SDG {topic}"
    return say(lang, "bridge.topic", id=topic, name=names[topic])


def chips(shown: View, found: Terms, lang: Language) -> list[Chip]:
    """Each term that is set, in words, with the address without it."""
    state = found.state
    named = [one for one in (found.through, *found.avoiding) if one.text]
    made = []
    for one in named:
        name = shown.index.name(one.id, lang) if one.id else one.text
        rest = [value for value in state[one.field] if value != (one.id or one.text)]
        label = say(lang, f"connect.chip.{one.field}", name=name)
        made.append(Chip(label, address({**state, one.field: rest})))
    for field, words in _kinds(shown, found.keep, lang).items():
        made.append(Chip(words, address({**state, field: []})))
    for field, year in (("sejak", found.keep.year_from), ("sampai", found.keep.year_to)):
        if year:
            label = say(lang, f"connect.chip.{field}", year=str(year))
            made.append(Chip(label, address({**state, field: []})))
    if found.keep.with_lapsed:
        made.append(Chip(say(lang, "connect.chip.lampau"), address({**state, "lampau": []})))
    return made


def _kinds(shown: View, keep: TieFilter, lang: Language) -> dict[str, str]:
    """The filters that are set, in words, by their fields."""
    found = {}
    if keep.category is not None:
        found["kategori"] = say(lang, f"category.{keep.category}")
    if keep.instrument is not None:
        found["bentuk"] = say(lang, f"instrument.{keep.instrument}")
    if keep.topic:
        found["topik"] = topic_words(shown, keep.topic, lang)
    return found


def address(state: Mapping[str, Sequence[str]]) -> str:
    """The connect page with a state."""
    query = urlencode({name: values for name, values in state.items() if values}, doseq=True)
    return url_for("connect.connect") + (f"?{query}" if query else "")


def picture_files(found: Terms) -> dict[str, str]:
    """Where the picture of these terms is had as a file, by the file's kind."""
    query = urlencode({name: values for name, values in found.state.items() if values}, doseq=True)
    files = {
        kind: url_for("picture_file.picture_file", name="hubungan", kind=kind)
        for kind in PICTURE_KINDS
    }
    return {kind: f"{file}?{query}" for kind, file in files.items()}


def address_of(question: Asked) -> str:
    """The connect page that asks a question."""
    keep = question.keep
    state = {
        "dari": [question.start], "ke": [question.goal], "hindari": list(question.avoiding),
        "lewat": [question.through], "kategori": [keep.category or ""],
        "bentuk": [keep.instrument or ""], "topik": [keep.topic],
        "sejak": [str(keep.year_from or "")], "sampai": [str(keep.year_to or "")],
        "lampau": ["1" if keep.with_lapsed else ""],
    }  # fmt: skip
    return address({name: list(filter(None, values)) for name, values in state.items()})


def swapped(found: Terms) -> str:
    """The same the other way round."""
    state = found.state
    return address({**state, "dari": state["ke"], "ke": state["dari"]})


def cleared(found: Terms) -> str:
    """Both ends, and nothing else."""
    state = found.state
    return address({name: state[name] for name in ("dari", "ke") if name in state})


def _named(index: Index, field: str, text: str, lang: Language) -> Named:
    typed = text.strip()[:LONGEST]
    return Named(field, typed, meant(index, typed, lang) if typed else Meant(""))
