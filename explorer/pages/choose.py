"""Where to begin: what a province does not use yet, then its regions to choose from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Final, NamedTuple, TypeVar

from flask import render_template, request, url_for
from markupsafe import Markup

from explorer.borders import BareBorder, BorderGrade, about_border, borders_without
from explorer.contexts import ChooseContext, ChooseRegion, OverlookedSection
from explorer.gaps import gap_matrix, regions_of
from explorer.i18n import say
from explorer.overlooked import NotUsedBelow, Revival, not_used_below, to_be_revived
from explorer.pages.compare import compare
from explorer.pages.gaps import provinces
from explorer.pages.opportunities import bp
from explorer.pages.overlooked import PROOFS, told_border, told_revival, told_unused
from explorer.pictures.places import home_province
from explorer.present import counted, linked, party_link, view
from explorer.service import View
from explorer.web.address import language, page
from explorer.web.asked import here, one_of
from graph_loader import Language

__all__ = ["bp", "choose"]
FEW: Final = 3  # because three cards stand in a row, and the regions stay in sight
SECTIONS: Final = ("unused", "lapsed", "borders")  # the fields of what is found
T = TypeVar("T")


class _Found(NamedTuple):
    """The three lists, whole."""

    unused: Sequence[NotUsedBelow]
    lapsed: Sequence[Revival]
    borders: Sequence[BareBorder]


def choose() -> str:
    """`/peluang?provinsi=35&lihat=borders`: whose, and what does the province overlook?"""
    shown, lang = view(), language()
    province = request.args.get("provinsi", "") or home_province(shown.index)
    whole = one_of("lihat", ("", *SECTIONS))
    if not province:
        opening = linked(lang, "choose.empty", {})
        return render_template("choose.html", ctx=ChooseContext(opening, None, (), (), (), ""))
    found = _found(shown, province, whole)
    context = ChooseContext(
        opening=_opening(shown, province, found, lang),
        province=party_link(shown, province, lang),
        sections=_sections(shown, province, found, whole, lang),
        regions=_regions(shown, province, lang),
        provinces=provinces(shown, province, lang),
        gaps_url=url_for("gaps.gaps", provinsi=province),
    )
    return render_template("choose.html", ctx=context)


def _found(shown: View, province: str, whole: str) -> _Found:
    """The three lists; all that is going to be shown of them is asked for at once."""
    index, day = shown.index, shown.day
    unused, lapsed = not_used_below(index, province, day), to_be_revived(index, day, province)
    borders = borders_without(index, province, day)
    if shown.stale:  # the store is away: what the index knows is still true, without its titles
        return _Found(unused, lapsed, borders)
    between = {id for line in borders for id in line.agreements}
    kept = _few(lapsed, whole == "lapsed")
    lines: Iterable[NotUsedBelow | Revival] = chain(_few(unused, whole == "unused"), kept)
    proofs = [line.agreements[:PROOFS] for line in lines]
    shown.gather(chain(between, *proofs, *(line.since[:PROOFS] for line in kept)))
    if own := about_border(shown.documents(sorted(between))):
        borders = borders_without(index, province, day, about_border=own)
    return _Found(unused, lapsed, borders)


def _opening(shown: View, province: str, found: _Found, lang: Language) -> Markup:
    """Three numbers in one sentence; where one of them is none, in three."""
    link = party_link(shown, province, lang)
    links = {"province": (link.name, link.url)}
    for name, lines in zip(SECTIONS, found, strict=True):
        links[name] = (counted(lang, f"overlooked-{name}", len(lines)), f"#{name}")
    bare = sum(line.grade is BorderGrade.NONE for line in found.borders)
    if all(found):
        return linked(lang, "choose.sum", links, n=bare)
    keys = [f"choose.part.{name}" + ("" if lines else ".none")
            for name, lines in zip(SECTIONS, found, strict=True)]  # fmt: skip
    if not found.borders and not _has_borders(shown, province):
        keys[-1] = "choose.part.borders.unknown"
    return Markup(" ").join(linked(lang, key, links, n=bare) for key in keys)


def _has_borders(shown: View, province: str) -> bool:
    """Whether any border of the province's regions is known: of most provinces none is."""
    index = shown.index
    regions = regions_of(index, province).tolist()
    return any(index.borders.get(index.parties[number].id) for number in regions)


def _sections(
    shown: View, province: str, found: _Found, whole: str, lang: Language
) -> list[OverlookedSection]:
    unused = _few(found.unused, whole == "unused")
    lapsed = _few(found.lapsed, whole == "lapsed")
    borders = _few(found.borders, whole == "borders")
    cards = (
        [told_unused(shown, province, line, lang) for line in unused],
        [told_revival(shown, line, lang) for line in lapsed],
        [told_border(shown, line, lang) for line in borders],
    )
    none = {name: f"choose.none.{name}" for name in SECTIONS}
    if not _has_borders(shown, province):
        none["borders"] += ".unknown"
    return [
        OverlookedSection(
            name, told, len(every), name == whole,
            here(lihat="" if name == whole else name) + f"#{name}", say(lang, none[name]),
        )
        for name, told, every in zip(SECTIONS, cards, found, strict=True)
    ]  # fmt: skip


def _few(lines: Sequence[T], whole: bool) -> Sequence[T]:
    return lines if whole else lines[:FEW]


def _regions(shown: View, province: str, lang: Language) -> list[ChooseRegion]:
    """The province and its regencies, each with the goals it has an agreement for."""
    index = shown.index
    matrix = gap_matrix(index, shown.day, province)
    return [
        ChooseRegion(
            link, url_for("opportunities.opportunities", id=link.id), int(covered),
            len(matrix.topics),
        )
        for link, covered in zip(
            (party_link(shown, index.parties[n].id, lang) for n in matrix.regions.tolist()),
            matrix.covered(),
            strict=True,
        )
    ]  # fmt: skip


page(bp, "/peluang", "choose", choose)
page(bp, "/peluang/<id>/banding", "compare", compare)
