"""Paths as a picture: rows of parties between the same two ends, and what they say in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from explorer.i18n import say
from explorer.paths import Path
from explorer.pictures.picture import Picture, tie_legend
from explorer.pictures.svg import Href, paths_size, paths_svg
from explorer.present import joined
from explorer.service import View
from graph_loader import Language

DRAWN: Final = 3  # because more chains than that cannot be told apart in a small picture


def paths_picture(
    shown: View, paths: Sequence[Path], total: int, lang: Language, href: Href
) -> Picture:
    """The best few of `total` paths between the same two parties; there is at least one."""
    drawn = paths[:DRAWN]
    a, b = (shown.index.name(drawn[0].parties[end], lang) for end in (0, -1))
    cut = (
        [say(lang, "connect.picture.cut", shown=len(drawn), n=total)] if total > len(drawn) else []
    )
    return Picture(
        svg=paths_svg(shown, drawn, lang, href),
        size=paths_size(drawn),
        title=say(lang, "connect.picture.title", a=a, b=b),
        summary=" ".join(_words(shown, path, lang) for path in drawn),
        legend=tie_legend(lang),
        notes=cut,
    )


def _words(shown: View, path: Path, lang: Language) -> str:
    names = [shown.index.name(id, lang) for id in path.parties]
    if len(names) == 2:
        return say(lang, "connect.picture.direct", a=names[0], b=names[1])
    via = joined(lang, names[1:-1])
    return say(lang, "connect.picture.via", via=via, n=len(path.hops))
