"""Where work on the SDGs is missing: a matrix whose every cell leads on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from flask import Blueprint, render_template, request, url_for
from markupsafe import Markup

from explorer.contexts import GapCell, GapHead, GapRow, GapsContext
from explorer.filters import Choice
from explorer.gaps import GOALS, gap_matrix, needs_of, province_matrix
from explorer.gaps.cells import GapMatrix, Grade
from explorer.gaps.items import SIGNS
from explorer.i18n import number, say
from explorer.index import LEVELS
from explorer.pictures.heat import Cell, Head, Key, Row, heat_svg
from explorer.pictures.labels import short
from explorer.pictures.picture import Picture
from explorer.pictures.places import home_province
from explorer.present import (
    PartyLink,
    counted,
    joined,
    linked,
    party_link,
    picture_files,
    view,
)
from explorer.service import View
from explorer.web.address import language, page
from explorer.web.asked import here, one_of, unknown
from graph_loader import Language, Level, NotFound, Topic

bp = Blueprint("gaps", __name__)
BY_GOAL, BY_TARGET = "tujuan", "target"
ORDERS: Final = ("nama", "total", "sedikit")
SHADES: Final = (1, 2, 4, 8)  # because most cells hold one or two, and each step doubles
_BELOW = slice(1, None)


def gaps() -> str:
    """`/kesenjangan?provinsi=35&tabel=target&topik=6&urut=total`"""
    shown, lang = view(), language()
    province = _province(shown)
    if not province:
        return render_template("gaps.html", ctx=_empty(lang))
    by = one_of("tabel", (BY_GOAL, BY_TARGET))
    matrix, goal = _asked(shown, province, by)
    link = party_link(shown, province, lang)
    order = one_of("urut", (*ORDERS, *matrix.topics))
    rows = _sorted(matrix, order)
    known = {topic.id: topic for topic in shown.topics()}
    counted_rows = _BELOW if by == BY_GOAL else slice(None)
    column = matrix.most_telling(_BELOW) if by == BY_GOAL else None
    context = GapsContext(
        opening=_opening(shown, link, matrix, by, goal, lang),
        province=link,
        by=by,
        goal=goal,
        heads=_heads(matrix, counted_rows, known, column, order, lang),
        rows=[_row(shown, matrix, row, lang) for row in rows],
        order=order,
        order_urls={one: here(urut="" if one == ORDERS[0] else one) for one in ORDERS},
        tab_urls={BY_GOAL: here(tabel="", topik="", urut=""),
                  BY_TARGET: here(tabel=BY_TARGET, urut="")},
        goal_urls={one: here(tabel=BY_TARGET, topik=one, urut="") for one in GOALS},
        provinces=provinces(shown, province, lang),
        kept={name: request.args[name] for name in ("tabel", "topik") if request.args.get(name)},
        files=picture_files("kesenjangan"),
    )  # fmt: skip
    return render_template("gaps.html", ctx=context)


def picture(shown: View, lang: Language) -> Picture:
    """The matrix of the address as a picture, whole. Raises: NotFound before the first load."""
    province = _province(shown)
    if not province:
        raise NotFound("picture-empty")
    by = one_of("tabel", (BY_GOAL, BY_TARGET))
    matrix, goal = _asked(shown, province, by)
    order = one_of("urut", (*ORDERS, *matrix.topics))
    rows = [_row(shown, matrix, row, lang) for row in _sorted(matrix, order)]
    known = {topic.id: topic for topic in shown.topics()}
    title = say(lang, f"gap.table.{by}", province=shown.index.name(province, lang), goal=goal)
    svg, size = heat_svg(
        [_standing(topic, known.get(topic), lang) for topic in matrix.topics],
        [_drawn(row, len(matrix.topics), lang) for row in rows],
        [Key(Cell(words, grade, shade), say(lang, key)) for words, grade, shade, key in _LEGEND],
        title,
    )
    opening = _opening(shown, party_link(shown, province, lang), matrix, by, goal, lang)
    return Picture(svg, size, title, opening.striptags(), notes=[say(lang, f"gap.note.{by}")])


_LEGEND: Final = (
    ("2", "has", 2, "gap.picture.has"),
    (SIGNS[Grade.NEEDED], "needed", 0, "gap.grade.needed"),
    (SIGNS[Grade.SISTERS], "sisters", 0, "gap.grade.sisters"),
    (SIGNS[Grade.NOBODY], "nobody", 0, "gap.grade.nobody"),
)


def _standing(id: str, topic: Topic | None, lang: Language) -> Head:
    """A column's heading; the wording of a target is too long to stand above it."""
    name = _named(topic, lang)[0] if topic is not None and not topic.goal else ""
    return Head(id, int(id.split(".")[0]), name)


def _drawn(row: GapRow, topics: int, lang: Language) -> Row:
    cells = [Cell(cell.words, cell.grade, cell.shade) for cell in row.cells]
    return Row(row.short, cells, say(lang, "gap.of", n=row.covered, total=topics))


def _province(shown: View) -> str:
    """The province that the address asks for; empty before the first load."""
    return request.args.get("provinsi", "") or home_province(shown.index)


def _empty(lang: Language) -> GapsContext:
    """What a store says that holds no province yet."""
    return GapsContext(
        opening=linked(lang, "gap.opening.empty", {}), province=None, by=BY_GOAL, goal="",
        heads=(), rows=(), order=ORDERS[0], order_urls={}, tab_urls={}, goal_urls={},
        provinces=(), kept={}, files={},
    )  # fmt: skip


def _asked(shown: View, province: str, by: str) -> tuple[GapMatrix, str]:
    """The matrix of the address, the province that is asked for first, and the goal of targets."""
    matrix = gap_matrix(shown.index, shown.day, province)
    if by == BY_GOAL:
        return matrix, ""
    goal = request.args.get("topik", "") or GOALS[matrix.most_telling(_BELOW)]
    if goal not in GOALS:
        raise unknown("topik", goal)
    targets = tuple(topic.id for topic in shown.topics() if topic.goal == goal)
    every = province_matrix(shown.index, shown.day, targets)
    first = np.flatnonzero(every.regions == shown.index.number[province])
    others = np.flatnonzero(every.regions != shown.index.number[province])
    return every.pick(np.concatenate([first, others])), goal


def _opening(
    shown: View, province: PartyLink, matrix: GapMatrix, by: str, goal: str, lang: Language
) -> Markup:
    links = {"province": (province.name, province.url)}
    if by == BY_TARGET:
        return _opening_of_targets(shown, matrix, links, goal, lang)
    regions = len(matrix.regions) - 1
    column = matrix.most_telling(_BELOW)
    lacking = regions - int(matrix.columns(Grade.HAS, _BELOW)[column])
    if not regions or not lacking:
        return linked(lang, "gap.opening.none" if regions else "gap.opening.alone", links)
    if not matrix.own[_BELOW].any() and not matrix.needs[_BELOW].any():
        every = counted(lang, "regions", regions)
        return linked(lang, "gap.opening.bare", links, regions=every)
    topic = matrix.topics[column]
    links["lacking"] = (number(lang, lacking), here(urut=topic) + "#matriks")
    needed = int(matrix.columns(Grade.NEEDED, _BELOW)[column])
    key = "gap.opening" if needed else "gap.opening.no-need"
    rows = range(1, len(matrix.regions))
    words = joined(lang, _lacked(shown, matrix, rows, [column], lang)) if needed else ""
    return linked(
        lang, key, links, regions=counted(lang, "regions", regions), topic=topic, n=needed,
        commodity=words,
    )  # fmt: skip


def _opening_of_targets(
    shown: View, matrix: GapMatrix, links: dict[str, tuple[str, str]], goal: str, lang: Language
) -> Markup:
    """What the province that is asked for lacks: what it needs, else what others do."""
    targets = len(matrix.topics)
    lacking = targets - int(matrix.covered()[0])
    if not lacking:
        return linked(lang, "gap.opening.targets.none", links, goal=goal, targets=targets)
    links["lacking"] = (number(lang, lacking), "#matriks")
    needed = _columns(matrix, Grade.NEEDED)
    others = _columns(matrix, Grade.SISTERS)
    key = "gap.opening.targets" if others else "gap.opening.targets.alone"
    words = ""
    if needed:
        key = "gap.opening.targets.needed"
        words = joined(lang, _lacked(shown, matrix, [0], needed, lang))
    return linked(lang, key, links, targets=targets, goal=goal, n=len(needed or others),
                  commodity=words)  # fmt: skip


def _columns(matrix: GapMatrix, grade: Grade) -> list[int]:
    """Where the first row has this grade."""
    return [n for n in range(len(matrix.topics)) if matrix.grade_at(0, n) is grade]


def _lacked(
    shown: View, matrix: GapMatrix, rows: Sequence[int], columns: Sequence[int], lang: Language
) -> list[str]:
    """What is needed in cells without an agreement, by name."""
    parties = shown.index.parties
    ids = {
        flow.commodity
        for row in rows for column in columns
        if matrix.grade_at(row, column) is Grade.NEEDED
        for flow in needs_of(shown.index, parties[matrix.regions[row]].id, matrix.topics[column])
    }  # fmt: skip
    known = shown.commodities()
    names = (known[id] for id in ids if id in known)
    return sorted(item.name_en if lang == "en" else item.name_id for item in names)


def _sorted(matrix: GapMatrix, order: str) -> list[int]:
    """The rows in the order asked for; the first one stays first."""
    below = np.arange(1, len(matrix.regions))
    if order in matrix.topics:
        column = matrix.topics.index(order)
        keys = (-matrix.sisters[below, column], matrix.own[below, column],
                matrix.grade[below, column])  # fmt: skip
        below = below[np.lexsort(keys)]
    elif order != ORDERS[0]:
        covered = matrix.covered()[below]
        below = below[np.argsort(covered if order == "sedikit" else -covered, kind="stable")]
    return [0, *below.tolist()] if len(matrix.regions) else []


def _row(shown: View, matrix: GapMatrix, row: int, lang: Language) -> GapRow:
    party = shown.index.parties[matrix.regions[row]]
    link = party_link(shown, party.id, lang)
    empty = url_for("opportunities.opportunities", id=party.id)
    cells = [_cell(matrix, row, n, link, empty, lang) for n in range(len(matrix.topics))]
    covered = int(matrix.covered()[row])
    return GapRow(link, short(link.name, party.level), cells, covered)


def _cell(
    matrix: GapMatrix, row: int, column: int, region: PartyLink, empty: str, lang: Language
) -> GapCell:
    grade, topic = matrix.grade_at(row, column), matrix.topics[column]
    own, sisters, needed = (
        int(counts[row, column]) for counts in (matrix.own, matrix.sisters, matrix.needs)
    )
    n = {Grade.HAS: own, Grade.NEEDED: needed, Grade.SISTERS: sisters}.get(grade, 0)
    label = say(lang, f"gap.cell.{grade}", region=region.name, topic=topic, n=n)
    if grade is Grade.HAS:
        url = f"{region.url}?topik={topic}&status=berlaku#perjanjian"
        return GapCell(number(lang, own), grade, int(np.searchsorted(SHADES, own, "right")),
                       url, label)  # fmt: skip
    return GapCell(SIGNS[grade], grade, 0, f"{empty}?topik={topic}", label)


def _heads(
    matrix: GapMatrix,
    rows: slice,
    known: dict[str, Topic],
    telling: int | None,
    order: str,
    lang: Language,
) -> list[GapHead]:
    has, needed = matrix.columns(Grade.HAS, rows), matrix.columns(Grade.NEEDED, rows)
    found = []
    for column, id in enumerate(matrix.topics):
        name, written = _named(known.get(id), lang)
        found.append(GapHead(
            id, id.split(".")[0], name, written, here(urut="" if order == id else id),
            int(has[column]), int(needed[column]), order == id, column == telling,
        ))  # fmt: skip
    return found


def _named(topic: Topic | None, lang: Language) -> tuple[str, Language]:
    """The name of a goal or the wording of a target, and the language it is in."""
    if topic is None:
        return "", lang
    if not topic.goal:
        return (topic.name_en if lang == "en" else topic.name_id), lang
    if lang == "id" and topic.text_id:
        return topic.text_id, lang
    return topic.text_en, "en"


def provinces(shown: View, chosen: str, lang: Language) -> Sequence[Choice]:
    """Every province to choose from, by name."""
    index = shown.index
    numbers = np.flatnonzero(index.level == LEVELS.index(Level.PROVINCE)).tolist()
    numbers.sort(key=lambda n: (index.parties[n].sort_key, index.parties[n].id))
    return [
        Choice(index.parties[n].id, index.name(n, lang), len(index.agreements_of(n)),
               index.parties[n].id == chosen)
        for n in numbers
    ]  # fmt: skip


page(bp, "/kesenjangan", "gaps", gaps)
