"""Something in the middle and parties around it: a party's partners, or who signed an agreement.

The parties stand in groups, in a fixed order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from explorer.i18n import say
from explorer.pictures.columns import Column, closest, column, two_columns
from explorer.pictures.labels import shape_of, short
from explorer.pictures.marks import cut, frame, mark, stroke, text, wrapped
from explorer.pictures.palette import ACCENT, PAPER
from explorer.pictures.picture import Picture, at_each_width, tie_legend
from explorer.pictures.points import Line
from explorer.pictures.svg import line_between
from explorer.service import View
from explorer.ties import ties
from graph_loader import Language, Party

EGO_PARTNERS: Final = 24  # because two columns of twelve labels fill a screen and no more
_ROW, _HEAD = 30, 26
_WIDE: Final = (1000.0, 230.0, 34)  # width, distance of the partners (px), letters beside them
_NARROW: Final = (350.0, 88.0, 28)
_PARTED = 120  # px of unevenness that keeping a group together is worth

Href = Callable[[Party], str]
_Sides = tuple[Column, Column]


def ego_picture(shown: View, id: str, lang: Language, href: Href | None = None) -> Picture | None:
    """The picture of a party; with links, and for a telephone too, where `href` gives them.

    Nothing where it has no tie: the page then says so in words.
    """
    wide = ego_svg(shown, id, lang, href or (lambda _: ""))
    if not wide:
        return None
    total = len(ties(shown.index, shown.day).of(shown.index.number[id]))
    drawn = min(total, EGO_PARTNERS)
    words = say(lang, "picture.ego", name=shown.index.name(id, lang), n=total)
    return Picture(
        svg=at_each_width(wide, ego_svg(shown, id, lang, href, is_narrow=True)) if href else wide,
        size=(_WIDE[0], _tall(_columns(shown, id, lang))),
        title=words,
        summary=words,
        legend=tie_legend(lang),
        notes=[say(lang, "profile.partners.shown", shown=drawn, n=total)] if drawn < total else [],
    )


def ego_svg(shown: View, id: str, lang: Language, href: Href, *, is_narrow: bool = False) -> Markup:
    """A party and its closest partners; a narrow one has them all on one side of it."""
    index, centre = shown.index, shown.index.number[id]
    sides = _columns(shown, id, lang, is_narrow=is_narrow)
    if not any(sides):
        return Markup()
    party = index.parties[centre]
    total = len(ties(index, shown.day).of(centre))
    title = say(lang, "picture.ego", name=party.name(lang), n=total)
    named = wrapped(party.name(lang), 28, 2)
    drawn = _Drawing(shown, lang, href, shape_of(party.level), named, is_narrow)
    return drawn.around(sides, title, lambda row: line_between(shown, centre, row))


def signers_picture(
    shown: View, agreement: int, words: str, line: Line, lang: Language, href: Href | None = None
) -> Picture:
    """An agreement in the middle, named in `words`, and around it those who signed it."""
    index = shown.index
    signing = index.members_of(agreement).tolist()
    chosen = signing[:EGO_PARTNERS]
    wide = two_columns(index, chosen, lang, _height, _PARTED)
    narrow: _Sides = ([], column(index, chosen, lang))
    title = say(lang, "picture.signers", n=len(signing))
    named = wrapped(words, 28, 3)
    link = href or (lambda _: "")
    svg = _Drawing(shown, lang, link, "document", named).around(wide, title, lambda _: line)
    if href:
        small = _Drawing(shown, lang, link, "document", named, is_narrow=True)
        svg = at_each_width(svg, small.around(narrow, title, lambda _: line))
    drawn = len(chosen)
    return Picture(
        svg=svg,
        size=(_WIDE[0], _tall(wide)),
        title=words,
        summary=title,
        legend=tie_legend(lang),
        notes=[say(lang, "profile.partners.shown", shown=drawn, n=len(signing))]
        if drawn < len(signing)
        else [],
    )


@dataclass(frozen=True, slots=True)
class _Drawing:
    """Something in the middle (`sign`, `named`), and what is drawn around it."""

    shown: View
    lang: Language
    href: Href
    sign: str
    named: Sequence[str]
    is_narrow: bool = False

    def around(self, sides: _Sides, title: str, line_to: Callable[[int], Line]) -> Markup:
        """Two columns, of which a narrow picture fills the right one alone."""
        width, distance, letters = _NARROW if self.is_narrow else _WIDE
        height = _tall(sides)
        middle = (26.0 if self.is_narrow else width / 2, height / 2)
        lines, labels = [], []
        for side, groups in zip((-1, 1), sides, strict=True):
            x, y = middle[0] + side * distance, (height - _height(groups)) / 2
            for heading, members in groups:
                y += _HEAD
                words = cut(heading, letters)
                labels.append(text(x + side * 14, y - 4, _anchor(side), words, "quiet", 12))
                for number in members:
                    y += _ROW
                    tie, spot = line_to(number), (x, y - 12)
                    lines.append(stroke(middle, spot, tie.category, tie.status, tie.agreements))
                    party = self.shown.index.parties[number]
                    labels.append(_party(party, *spot, side, self.lang, self.href, letters))
        return frame((0, 0, width, height), title, lines + labels + [*self._centre(*middle)])

    def _centre(self, x: float, y: float) -> Iterator[Markup]:
        yield _document(x, y) if self.sign == "document" else mark(self.sign, x, y, 15)
        if not self.is_narrow:
            for n, words in enumerate(self.named):
                yield text(x, y + 36 + 17 * n, "middle", words, "strong", 15)


def _document(x: float, y: float) -> Markup:
    """A sheet with a few lines on it."""
    left, top = x - 11, y - 15
    drawn = Markup(
        f'<rect class="mark mark-quiet" x="{left:.1f}" y="{top:.1f}" width="22" height="30" rx="3"'
        f' fill="{PAPER}" stroke="{ACCENT}" stroke-width="2"/>'
    )
    for n in range(3):
        drawn += Markup(
            f'<line class="today" x1="{left + 5:.1f}" y1="{top + 9 + 6 * n:.1f}"'
            f' x2="{left + 17:.1f}" y2="{top + 9 + 6 * n:.1f}" stroke="{ACCENT}" stroke-width="2"/>'
        )
    return drawn


def _columns(shown: View, id: str, lang: Language, *, is_narrow: bool = False) -> _Sides:
    """What stands on the left and on the right; both empty where it has no tie."""
    index = shown.index
    chosen = closest(shown, index.number[id], EGO_PARTNERS)
    if not chosen:
        return [], []
    if is_narrow:
        return [], column(index, chosen, lang)
    return two_columns(index, chosen, lang, _height, _PARTED)


def _tall(sides: _Sides) -> float:
    return max(*(_height(one) + 40 for one in sides), 150.0)


def _height(one: Column) -> float:
    return float(sum(_HEAD + _ROW * len(members) for _, members in one))


def _anchor(side: int) -> str:
    return "start" if side > 0 else "end"


def _party(
    party: Party, x: float, y: float, side: int, lang: Language, href: Href, letters: int
) -> Markup:
    name = short(party.name(lang), party.level)
    label = text(x + side * 15, y + 4, _anchor(side), cut(name, letters))
    drawn = Markup("<title>{}</title>{}{}").format(
        party.name(lang), mark(shape_of(party.level), x, y, 8), label
    )
    url = href(party)
    shape = '<a href="{url}">{drawn}</a>' if url else "<g>{drawn}</g>"
    return Markup(shape).format(url=url, drawn=drawn)
