"""The network as a whole: who bridges it, its groups, who holds it together, who is out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from flask import Blueprint, render_template, url_for
from markupsafe import Markup

from explorer.contexts import BrokerRow, CommunityRow, StatisticsContext
from explorer.i18n import number, say
from explorer.pictures.places import home_province
from explorer.present import PartyLink, counted, joined, linked, party_link, view
from explorer.service import View
from explorer.statistics import Statistics, statistics
from explorer.statistics.communities import Community, Trait
from explorer.web.address import language, page
from graph_loader import Language

bp = Blueprint("statistics", __name__)
ROWS = 10  # because four tables of ten are read, and the rest is in the API
MEMBERS = 40  # because more names than that are read by nobody
TRAITS = 3


def whole() -> str:
    """`/jaringan/statistik`"""
    shown, lang = view(), language()
    index, found = shown.index, statistics(shown.index, shown.day)
    home = home_province(index)
    at_home = index.number[home] if home else -1
    alone = [n for n in found.alone if index.province[n] == at_home]
    context = StatisticsContext(
        opening=_opening(shown, found, lang),
        starts=found.starts,
        exact=found.exact,
        brokers=[
            BrokerRow(_link(shown, one.party, lang), round(100 * one.share, 1), one.partners)
            for one in found.brokers[:ROWS]
        ],
        brokers_total=len(found.brokers),
        communities=[community(shown, one, lang) for one in found.communities[:ROWS]],
        communities_total=len(found.communities),
        cuts=[(_link(shown, one.party, lang), one.lost) for one in found.cuts[:ROWS]],
        cuts_total=len(found.cuts),
        home=party_link(shown, home, lang) if home else None,
        alone_home=sorted((_link(shown, n, lang) for n in alone), key=lambda link: link.name),
        home_regions=int((index.is_region & (index.province == at_home)).sum()) if home else 0,
        elsewhere=_elsewhere(shown, found, at_home, lang),
        alone_total=len(found.alone),
        regions_total=int(index.is_region.sum()),
    )
    return render_template("statistics.html", ctx=context)


def community(shown: View, found: Community, lang: Language) -> CommunityRow:
    """A group with its name and its first parties."""
    return CommunityRow(
        name=name_of(shown, found, lang),
        middle=_link(shown, found.middle, lang),
        parties=[_link(shown, n, lang) for n in found.parties[:MEMBERS]],
        size=len(found.parties),
        ties=found.ties,
        traits=[_trait(shown, one, lang) for one in found.traits[:TRAITS]],
    )


def name_of(shown: View, found: Community, lang: Language) -> str:
    """What a group is called: "Mitra di Jepang", "Sekitar Kota Surabaya", or both."""
    middle = shown.index.name(found.middle, lang)
    if found.trait is None:
        return say(lang, "community.party", name=middle)
    what = say(lang, f"community.{found.trait.kind}", name=_thing(shown, found.trait, lang))
    return say(lang, "community.both", what=what, name=middle) if found.by_middle else what


def _thing(shown: View, trait: Trait, lang: Language) -> str:
    if trait.kind != "goal":
        return shown.index.name(trait.id, lang)
    names = {t.id: t.name_en if lang == "en" else t.name_id for t in shown.topics() if not t.goal}
    return say(lang, "bridge.topic", id=trait.id, name=names.get(trait.id, trait.id))


def _trait(shown: View, trait: Trait, lang: Language) -> str:
    times = number(lang, round(trait.lift, 1))
    return say(lang, f"community.trait.{trait.kind}", name=_thing(shown, trait, lang),
               having=trait.having, of=trait.of, times=times)  # fmt: skip


def _opening(shown: View, found: Statistics, lang: Language) -> Markup:
    if not found.parties:
        return linked(lang, "statistics.opening.none", {})
    network = url_for("network.network")
    links = {
        "parties": (counted(lang, "parties", found.parties), network),
        "agreements": (counted(lang, "agreements", found.agreements), f"{network}?status=berlaku"),
        "alone": (say(lang, "statistics.regions", n=len(found.alone)), "#sendiri"),
    }
    if found.brokers:
        first = [_link(shown, one.party, lang) for one in found.brokers[:2]]
        words = [str(_LINK.format(link.url, link.name)) for link in first]
        links["brokers"] = (Markup(joined(lang, words)), "")
        return linked(lang, "statistics.opening", links, largest=found.largest)
    return linked(lang, "statistics.opening.flat", links, largest=found.largest)


def _elsewhere(
    shown: View, found: Statistics, home: int, lang: Language
) -> Sequence[tuple[PartyLink, int, int]]:
    """By province: those with most regions without a partner first, then by name."""
    index = shown.index
    every = Counter(index.province[index.is_region].tolist())
    alone = Counter(index.province[list(found.alone)].tolist())
    rows = [
        (_link(shown, province, lang), n, every[province])
        for province, n in alone.items() if province not in {home, -1}
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (-row[1], row[0].name))


def _link(shown: View, party: int, lang: Language) -> PartyLink:
    return party_link(shown, shown.index.parties[party].id, lang)


_LINK = Markup('<a href="{}">{}</a>')
page(bp, "/jaringan/statistik", "whole", whole)
