"""How two parties are connected: the best paths, each tie with its agreements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from flask import Blueprint, render_template, url_for
from markupsafe import Markup

from explorer.contexts import ConnectContext, OtherwiseCard, PathCard, PathHop, UnclearName
from explorer.i18n import say
from explorer.pages import connect_terms as address
from explorer.pages.connect_terms import Terms
from explorer.pages.together import together
from explorer.paths import MAX_HOPS, MAX_PATHS, Asked, Path, best_paths, bridge
from explorer.paths.bridge_words import told
from explorer.paths.nearest_bridge import Bridge
from explorer.paths.otherwise import Otherwise, otherwise
from explorer.pictures.paths import paths_picture
from explorer.pictures.picture import Picture
from explorer.present import (
    counted,
    joined,
    linked,
    note_files,
    party_link,
    party_url,
    rows,
    view,
)
from explorer.service import View
from explorer.web.address import language, page
from graph_loader import Language, NotFound

bp = Blueprint("connect", __name__)
PATHS: Final = 3
MORE: Final = 10  # because a planner who wants more than three wants a sheet of them
PROOFS: Final = 3  # because three documents prove as well as thirty


def connect() -> str:
    """`/hubungan?dari=35.25&ke=osaka-prefecture-jp`

    And, for the terms: `lewat=`, `hindari=` (several), `kategori=`, `bentuk=`, `topik=`, `sejak=`,
    `sampai=`, `lampau=1`; `jumlah=` is how many.
    """
    shown, lang = view(), language()
    found = address.terms(shown, PATHS, lang)
    asked = found.asked
    every = _known(shown, asked, found.count)
    paths = every[: found.count]
    others = otherwise(shown.index, asked, shown.day) if asked and not paths else ()
    missing = bridge(shown.index, asked, shown.day) if asked and not paths else None
    _gather(shown, paths, others)
    chips = address.chips(shown, found, lang)
    context = ConnectContext(
        opening=_opening(shown, asked, paths, bool(chips), lang),
        total=len(every),
        at_least=len(every) == min(found.count + MORE, MAX_PATHS),
        start_text=_text(shown, found.start, lang),
        goal_text=_text(shown, found.goal, lang),
        start=party_link(shown, found.start.id, lang) if found.start.id else None,
        goal=party_link(shown, found.goal.id, lang) if found.goal.id else None,
        unclear=_unclear(shown, found, lang),
        through=_text(shown, found.through, lang),
        avoiding=[(one.id or one.text) for one in found.avoiding],
        filters=address.filters(shown, found.keep, lang),
        year_from=found.keep.year_from,
        year_to=found.keep.year_to,
        with_lapsed=found.keep.with_lapsed,
        chips=chips,
        clear_url=address.cleared(found) if chips else "",
        paths=[_card(shown, path, lang) for path in paths],
        picture=paths_picture(shown, paths, len(every), lang, party_url) if paths else None,
        files=address.picture_files(found),
        note_urls=_notes(asked, limited=bool(chips)) if paths else {},
        bridge=_bridge(shown, missing, lang) if asked and not paths else Markup(),
        otherwise=[_otherwise(shown, asked, line, lang) for line in others if asked],
        swap_url=address.swapped(found) if asked else "",
        more_url=_more(found, len(every)),
        more=MORE if found.count >= MORE else MORE - found.count,
        together_url=_together(shown, asked),
    )
    return render_template("connect.html", ctx=context)


def picture(shown: View, lang: Language) -> Picture:
    """The picture of the address. Raises: NotFound where there is no path to draw."""
    found = address.terms(shown, PATHS, lang)
    every = _known(shown, found.asked, found.count)
    if not every:
        raise NotFound("picture-empty")
    return paths_picture(shown, every[: found.count], len(every), lang, party_url)


def _known(shown: View, asked: Asked | None, count: int) -> Sequence[Path]:
    """As many paths as are shown, and those that could be shown next."""
    if asked is None:
        return ()
    return best_paths(shown.index, asked, shown.day, k=count + MORE)


def _more(found: Terms, known: int) -> str:
    """The page with ten paths, or ten more; empty where all are shown."""
    if known <= found.count or found.count >= MAX_PATHS:
        return ""
    count = MORE if found.count < MORE else found.count + MORE
    return address.address({**found.state, "jumlah": [str(count)]}) + "#jalur"


def _notes(asked: Asked | None, *, limited: bool) -> Mapping[str, str]:
    """A note on the two; none under conditions, because a note knows none."""
    return note_files(dari=asked.start, ke=asked.goal) if asked and not limited else {}


def _together(shown: View, asked: Asked | None) -> str:
    """Both ends side by side, where both are regions."""
    if asked is None:
        return ""
    numbers = (shown.index.number[id] for id in (asked.start, asked.goal))
    if not all(shown.index.is_region[number] for number in numbers):
        return ""
    return url_for("connect.together", a=asked.start, b=asked.goal)


def _gather(shown: View, paths: Iterable[Path], others: Iterable[Otherwise]) -> None:
    """Ask the store once for all the documents that the page names."""
    told_apart = [line.path for line in others if line.code == "farther"]
    hops = (hop for path in (*paths, *told_apart) for hop in path.hops)
    ids = [id for hop in hops for id in hop.agreements[:PROOFS]]
    shown.gather([*ids, *(id for line in others for id in line.renewed)])


def _opening(
    shown: View, asked: Asked | None, paths: Sequence[Path], limited: bool, lang: Language
) -> Markup:
    if asked is None:
        return linked(lang, "connect.opening.ask", {})
    ends = (party_link(shown, id, lang) for id in (asked.start, asked.goal))
    links = {name: (link.name, link.url) for name, link in zip(("a", "b"), ends, strict=True)}
    if not paths:
        key = "connect.opening.none.limited" if limited else "connect.opening.none"
        return linked(lang, key, links, n=MAX_HOPS)
    best = paths[0]
    if len(best.hops) == 1:
        count = counted(lang, "agreements", len(best.hops[0].agreements))
        return linked(lang, "connect.opening.direct", {**links, "agreements": (count, "#jalur")})
    inside = joined(lang, [shown.index.name(id, lang) for id in best.parties[1:-1]])
    return linked(lang, "connect.opening", {**links, "via": (inside, "#jalur")}, n=len(best.hops))


def _unclear(shown: View, found: Terms, lang: Language) -> list[UnclearName]:
    """Names of which it is not sure whom they mean, with the address that each choice leads to."""
    made = []
    for one in found.all_named:
        if one.id:
            continue
        links = []
        for link in one.candidates(shown, lang):
            values = [link.id if v == one.text else v for v in found.state[one.field]]
            links.append((link, address.address({**found.state, one.field: values})))
        made.append(UnclearName(one.text, links))
    return made


def _text(shown: View, named: address.Named, lang: Language) -> str:
    return shown.index.name(named.id, lang) if named.id else named.text


def _card(shown: View, path: Path, lang: Language) -> PathCard:
    hops = []
    for hop in path.hops:
        best = shown.documents(hop.agreements[:PROOFS])
        hops.append(PathHop(rows(shown, best, lang), len(hop.agreements) - len(best)))
    return PathCard([party_link(shown, id, lang) for id in path.parties], hops)


def _bridge(shown: View, found: Bridge | None, lang: Language) -> Markup:
    sentence = told(found)
    links = {
        name: (shown.index.name(id, lang), party_url(id)) for name, id in sentence.parties.items()
    }
    if sentence.goal:
        return linked(
            lang, sentence.key, links, topic=address.topic_words(shown, sentence.goal, lang)
        )
    return linked(lang, sentence.key, links)


def _otherwise(shown: View, asked: Asked, line: Otherwise, lang: Language) -> OtherwiseCard:
    """`asked` is what gave nothing."""
    name = shown.index.name
    renewed = rows(shown, shown.documents(line.renewed), lang)
    titles = [str(_LINK.format(row.url, row.title)) for row in renewed]
    sentence = linked(
        lang, f"otherwise.{line.code}", {"agreements": (Markup(joined(lang, titles)), "")},
        via=_via(shown, line.path, lang),
        through=name(asked.through, lang) if asked.through else "",
        avoiding=joined(lang, [name(id, lang) for id in asked.avoiding]),
    )  # fmt: skip
    if line.code == "farther":
        return OtherwiseCard(sentence, "", _card(shown, line.path, lang))
    return OtherwiseCard(sentence, address.address_of(line.asked), None)


def _via(shown: View, path: Path, lang: Language) -> str:
    names = [shown.index.name(id, lang) for id in path.parties]
    if len(names) == 2:
        return say(lang, "otherwise.direct", a=names[0], b=names[1])
    return say(lang, "otherwise.through", parties=joined(lang, names[1:-1]))


_LINK = Markup('<a href="{}">{}</a>')
page(bp, "/hubungan", "connect", connect)
page(bp, "/banding", "together", together)
