"""How two parties are connected: the best paths, each tie with its agreements."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, render_template, request
from markupsafe import Markup

from explorer import explain
from explorer.contexts import ConnectContext, PathCard, PathHop
from explorer.listing import here, whole
from explorer.paths import MAX_HOPS, MAX_PATHS, Connection, Path
from explorer.paths import connect as find_paths
from explorer.present import PartyLink, counted, joined, linked, party_link, party_url, rows, view
from explorer.search import find
from explorer.service import View
from explorer.svg import paths_svg
from explorer.ties import TieFilter
from explorer.web.address import language, page
from graph_loader import BadInput, Language

bp = Blueprint("connect", __name__)
PATHS = 3
MORE = 5
DRAWN = 3  # because more chains than that cannot be told apart in a small picture
_SURE = 95.0


def connect() -> str:
    """`/hubungan?dari=35.25&ke=osaka-prefecture-jp`"""
    shown, lang = view(), language()
    start, start_candidates = _meant(shown, request.args.get("dari", ""), lang)
    goal, goal_candidates = _meant(shown, request.args.get("ke", ""), lang)
    through, through_candidates = _meant(shown, request.args.get("lewat", ""), lang)
    avoid, avoiding_candidates = _meant(shown, request.args.get("hindari", ""), lang)
    count = min(whole("jumlah", PATHS), MAX_PATHS)
    found = Connection(())
    known = not any(
        request.args.get(field) and not id for field, id in (("lewat", through), ("hindari", avoid))
    )
    if start and goal and known:
        if start == goal:
            raise BadInput("same-party", field="ke")
        found = find_paths(
            shown.index, start, goal, shown.day,
            k=count,
            keep=TieFilter(with_lapsed=request.args.get("lampau") == "1"),
            through=through,
            avoiding=frozenset({avoid} if avoid else ()),
        )  # fmt: skip
    searched = bool(start and goal and known)
    hops = (hop for path in found.paths for hop in path.hops)
    shown.gather(id for hop in hops for id in hop.agreements[: explain.PROOFS])
    nearest = explain.bridge(shown, found.bridge, lang) if searched else ""
    context = ConnectContext(
        opening=_opening(shown, start, goal, found if searched else None, lang),
        start_text=_text(shown, start, "dari", lang),
        goal_text=_text(shown, goal, "ke", lang),
        start=party_link(shown, start, lang) if start else None,
        goal=party_link(shown, goal, lang) if goal else None,
        start_candidates=start_candidates,
        goal_candidates=goal_candidates,
        paths=[_card(shown, path, lang) for path in found.paths],
        picture=paths_svg(shown, found.paths[:DRAWN], lang, party_url) if found.paths else Markup(),
        bridge=nearest if not found.paths else "",
        swap_url=here(dari=goal, ke=start) if start and goal else "",
        more_url=here(jumlah=str(count + MORE)) if len(found.paths) == count < MAX_PATHS else "",
        through=_text(shown, through, "lewat", lang),
        avoiding=_text(shown, avoid, "hindari", lang),
        through_id=through,
        avoiding_id=avoid,
        through_candidates=through_candidates,
        avoiding_candidates=avoiding_candidates,
        with_lapsed=request.args.get("lampau") == "1",
    )
    return render_template("connect.html", ctx=context)


def _opening(
    shown: View, start: str, goal: str, found: Connection | None, lang: Language
) -> Markup:
    if found is None:
        return linked(lang, "connect.opening.ask", {})
    ends = (party_link(shown, id, lang) for id in (start, goal))
    links = {name: (link.name, link.url) for name, link in zip(("a", "b"), ends, strict=True)}
    if not found.paths:
        return linked(lang, "connect.opening.none", links, n=MAX_HOPS)
    best = found.paths[0]
    if len(best.hops) == 1:
        count = counted(lang, "agreements", len(best.hops[0].agreements))
        return linked(lang, "connect.opening.direct", {**links, "agreements": (count, "#jalur")})
    inside = joined(lang, [shown.index.name(id, lang) for id in best.parties[1:-1]])
    return linked(lang, "connect.opening", {**links, "via": (inside, "#jalur")}, n=len(best.hops))


def _meant(shown: View, text: str, lang: Language) -> tuple[str, Sequence[PartyLink]]:
    """The party that an id or a name means; else those it may mean."""
    if text in shown.index.number:
        return text, ()
    hits = find(shown.index, text[:200], lang, limit=6)
    same = [hit for hit in hits if hit.score == hits[0].score]
    if len(same) == 1 and same[0].score >= _SURE:
        return same[0].party.id, ()
    return "", [party_link(shown, hit.party.id, lang) for hit in hits]


def _text(shown: View, id: str, field: str, lang: Language) -> str:
    return shown.index.name(id, lang) if id else request.args.get(field, "")


def _card(shown: View, path: Path, lang: Language) -> PathCard:
    hops = []
    for hop in path.hops:
        best = shown.documents(hop.agreements[: explain.PROOFS])
        hops.append(PathHop(rows(shown, best, lang), len(hop.agreements) - len(best)))
    return PathCard([party_link(shown, id, lang) for id in path.parties], hops)


page(bp, "/hubungan", "connect", connect)
