"""From what store and index hold to what a page shows: names, links, titles, rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from babel.lists import format_list
from flask import current_app, g, request, url_for
from markupsafe import Markup, escape

from explorer.i18n import has, partial_date, say
from explorer.service import View
from explorer.twins import placed
from graph_loader import (
    REGION_LEVELS,
    Agreement,
    Category,
    Flow,
    Language,
    Level,
    PartialDate,
    Party,
    Place,
    Status,
    status_of,
)

_ENDPOINTS = {
    Level.FOREIGN_LOCAL: "party.partner",
    Level.FOREIGN_INSTITUTION: "party.partner",
    Level.THIRD_PARTY: "party.third_party",
    Level.CENTRAL_AGENCY: "party.third_party",
    Level.COUNTRY: "country.country",
}
SHAPES = {
    Level.PROVINCE: "province",
    Level.KABUPATEN: "region",
    Level.KOTA: "region",
    Level.FOREIGN_LOCAL: "foreign",
    Level.FOREIGN_INSTITUTION: "foreign",
    Level.THIRD_PARTY: "third",
    Level.CENTRAL_AGENCY: "third",
    Level.COUNTRY: "country",
}
_LINK = Markup('<a href="{url}">{words}</a>')
_STRONG = Markup("<b>{words}</b>")
PICTURE_KINDS = ("png", "svg")
NOTE_KINDS = ("docx", "pdf")
TITLE_PARTIES = 3  # because a title that names more is read by nobody


@dataclass(frozen=True, slots=True)
class PartyLink:
    """A party to click on: `shape` is one of `SHAPES`, `sub` says what and where it is."""

    id: str
    name: str
    url: str
    shape: str
    sub: str


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """An agreement in a table."""

    id: str
    url: str
    title: str
    parties: Sequence[PartyLink]
    instrument: str
    signed: PartialDate | None
    ends: PartialDate | None
    last_stated: PartialDate | None
    status: Status
    status_words: str
    goals: Sequence[str]
    topic_text: str
    page: str
    categories: Sequence[str] = ()
    """in words"""


@dataclass(frozen=True, slots=True)
class FlowRow:
    """A need or an offer in a table."""

    party: PartyLink
    commodity: str
    amount: str
    basis: str
    flow: Flow


def view() -> View:
    """The store, index and day that this request looks at: asked for once, the same to its end."""
    if "view" not in g:
        g.view = current_app.extensions["simpul"].view()
    found: View = g.view
    return found


def linked(
    lang: Language, key: str, links: Mapping[str, tuple[str, str]], **params: object
) -> Markup:
    """A sentence whose `links` placeholders are (words, address); an empty address is no link.

    Words that are Markup already stand as they are.
    """
    marks = {name: f"\ue000{name}\ue001" for name in links}
    sentence = str(escape(say(lang, key, **params, **marks)))
    for name, (words, url) in links.items():
        shape = _LINK if url else _STRONG
        linked_words = words if isinstance(words, Markup) else shape.format(url=url, words=words)
        sentence = sentence.replace(marks[name], str(linked_words))
    return Markup(sentence)


def linked_name(party: PartyLink) -> Markup:
    """A party's name as a link."""
    return _LINK.format(url=party.url, words=party.name)


def picture_files(name: str, **own: str) -> dict[str, str]:
    """Where a picture of this page is had as a file, by the file's kind.

    `name` is one of `PICTURES` in `explorer/pages/picture_file.py`; the file is asked with this
    page's own state, and with `own`, such as the party that the page is of.
    """
    state = urlencode({k: v for k, v in (request.args.to_dict() | own).items() if v})
    files = {
        kind: url_for("picture_file.picture_file", name=name, kind=kind) for kind in PICTURE_KINDS
    }
    return {kind: f"{file}?{state}" if state else file for kind, file in files.items()}


def note_files(**own: str) -> dict[str, str]:
    """Where a nota dinas is had, by the file's kind; `own` says what it is about.

    A region (`daerah`), with it one candidate (`mitra`) or several (`pilih`, joined by commas), or
    a path (`dari` and `ke`).
    """
    state: dict[str, Any] = {name: value for name, value in own.items() if value}
    return {kind: url_for("note.note", kind=kind, **state) for kind in NOTE_KINDS}


def counted(lang: Language, what: str, n: int) -> str:
    """A number with its word: "7 perjanjian"."""
    return say(lang, f"count.{what}", n=n)


def party_url(party: Party | str) -> str:
    """The address of a party's page."""
    if isinstance(party, str):
        index = view().index
        party = index.parties[index.number[party]]
    if party.level in REGION_LEVELS:
        return url_for("party.region", id=party.id)
    return url_for(_ENDPOINTS[party.level], id=party.id)


def connect_url(shown: View, a: str, b: str) -> str:
    """The address of how two parties are connected; empty where one of them is no party."""
    known = shown.index.number
    return url_for("connect.connect", dari=a, ke=b) if a in known and b in known else ""


def party_link(shown: View, id: str, lang: Language) -> PartyLink:
    """A party, or a place that no agreement names, as a link. Raises: NotFound."""
    if (place := placed(shown.index, id)) is not None:
        return place_link(shown, place, lang)
    party = shown.party(id)
    return PartyLink(
        id, party.name(lang), party_url(party), SHAPES[party.level], party_sub(shown, party, lang)
    )


def place_link(shown: View, place: Place, lang: Language) -> PartyLink:
    """A place that no agreement names as a link to its own page."""
    sub = say(lang, "place.sub", country=country_name(shown, place, lang))
    return PartyLink(place.id, place.name, url_for("party.partner", id=place.id), "foreign", sub)


def country_name(shown: View, place: Place, lang: Language) -> str:
    """The country of a place; its code where the store does not hold that country."""
    known = place.country in shown.index.number
    return shown.index.name(place.country, lang) if known else place.country.upper()


def party_sub(shown: View, party: Party, lang: Language) -> str:
    """What kind of party it is, and where: "Mitra luar negeri, Jepang"."""
    kind = say(lang, f"level.{party.level}")
    if party.level in {Level.KABUPATEN, Level.KOTA} and party.part_of in shown.index.number:
        return f"{kind}, {shown.index.name(party.part_of, lang)}"
    abroad = party.country not in {"", "id", party.id}
    if abroad and party.country in shown.index.number:
        return f"{kind}, {shown.index.name(party.country, lang)}"
    return kind


def title(agreement: Agreement, names: Mapping[str, str], lang: Language) -> str:
    """The document's own title, or its instrument and parties."""
    if agreement.title:
        return agreement.title
    signing = [names[signatory.party] for signatory in agreement.parties]
    listed = " – ".join(signing[:TITLE_PARTIES])
    if len(signing) > TITLE_PARTIES:
        listed = say(lang, "agreement.and-others", list=listed, n=len(signing) - TITLE_PARTIES)
    return f"{say(lang, f'instrument.{agreement.instrument}')}: {listed}"


def rows(shown: View, agreements: Iterable[Agreement], lang: Language) -> list[AgreementRow]:
    """Agreements as rows, in the order given."""
    listed = list(agreements)
    shown.meet(one.party for agreement in listed for one in agreement.parties)
    return [agreement_row(shown, agreement, lang) for agreement in listed]


def agreement_row(shown: View, agreement: Agreement, lang: Language) -> AgreementRow:
    """One agreement as a row."""
    parties = [party_link(shown, s.party, lang) for s in agreement.parties]
    names = {party.id: party.name for party in parties}
    goals = sorted({tag.topic.split(".")[0] for tag in agreement.topics}, key=int)
    return AgreementRow(
        id=agreement.id,
        url=url_for("agreement.agreement", id=agreement.id),
        title=title(agreement, names, lang),
        parties=parties,
        instrument=say(lang, f"instrument.{agreement.instrument}"),
        signed=agreement.signed,
        ends=agreement.ends,
        last_stated=agreement.last_stated,
        status=status_of(agreement, shown.day),
        status_words=status_words(agreement, shown.day, lang),
        goals=goals,
        topic_text=agreement.topic_text,
        page=agreement.page,
        categories=[say(lang, f"category.{c}") for c in Category if c in agreement.categories],
    )


def status_words(agreement: Agreement, day: date, lang: Language) -> str:
    """A status and what it rests on: "terbuka, terakhir dinyatakan 2019"."""
    status = status_of(agreement, day)
    known = agreement.ends if status in {Status.ACTIVE, Status.LAPSED} else None
    if status is Status.OPEN:
        known = agreement.last_stated
    if known is None:
        return say(lang, f"status-words.{status}")
    return say(lang, f"status-words.{status}.dated", date=partial_date(lang, str(known)))


def joined(lang: Language, names: Sequence[str]) -> str:
    """Names as one list: "A, B dan C"."""
    return format_list(names, locale="en_GB" if lang == "en" else lang)


def flow_rows(shown: View, flows: Iterable[Flow], lang: Language) -> list[FlowRow]:
    """Needs and offers as rows, in the order given."""
    known = shown.commodities()
    names = {id: item.name_en if lang == "en" else item.name_id for id, item in known.items()}
    return [
        FlowRow(
            party_link(shown, flow.party, lang),
            names.get(flow.commodity, flow.text),
            amount(flow, lang),
            say(lang, f"basis.{flow.basis}") if flow.basis else "",
            flow,
        )
        for flow in flows
    ]


def amount(flow: Flow, lang: Language) -> str:
    """As much of an amount as is known: "15.775 ton sebulan (2023)"."""
    year = partial_date(lang, flow.year) if flow.year else say(lang, "date.none")
    if flow.quantity is None:
        return say(lang, "flow.no-figure", year=year)
    known = has(lang, f"measure.{flow.unit}")
    unit = say(lang, f"measure.{flow.unit}") if known else flow.unit
    return say(lang, "flow.quantity", quantity=flow.quantity, unit=unit, year=year)
