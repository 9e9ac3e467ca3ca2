"""`/api/v1`: what the pages' scripts need. Lists are `{items, total, next, version, as_of}`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, g, jsonify, request, url_for
from flask.typing import ResponseReturnValue

from explorer.answers import SHOWN, opportunities_answer
from explorer.api.whole import paths_answer, statistics_answer
from explorer.filters import asked, pictured, topic_asked
from explorer.gaps import gap_matrix, province_matrix
from explorer.gaps.items import items
from explorer.opportunities import opportunities as find_opportunities
from explorer.pages.connect_terms import terms
from explorer.pages.network_asked import scene_asked
from explorer.pictures.places import home_province
from explorer.pictures.points import Line, Point
from explorer.present import AgreementRow, party_link, rows, view
from explorer.search import find
from explorer.sentences import Speaker
from explorer.service import View
from explorer.web.asked import whole
from graph_loader import MAX_PAGE_SIZE, REGION_LEVELS, BadInput, Language

bp = Blueprint("api", __name__, url_prefix="/api/v1")
SUGGESTIONS = 8
ITEMS = 50
SHOWN_PATHS = 3


@bp.before_request
def _language() -> None:
    wanted = request.args.get("lang", "id")
    if wanted not in {"id", "en"}:
        raise BadInput("value-unknown", field="lang", value=wanted[:20])
    g.lang = wanted


@bp.get("/suggest")
def suggest() -> ResponseReturnValue:
    """Parties that a text may mean, for the search boxes."""
    shown, lang = view(), _lang()
    levels = REGION_LEVELS if request.args.get("kind") == "region" else None
    hits = find(
        shown.index, request.args.get("q", "")[:200], lang, limit=SUGGESTIONS, levels=levels
    )
    links = [party_link(shown, hit.party.id, lang) for hit in hits]
    items: list[dict[str, object]] = [
        {"id": p.id, "label": p.name, "kind": p.shape, "sub": p.sub, "url": p.url} for p in links
    ]
    return _list(shown, items, len(items), "")


@bp.get("/agreements")
def agreements() -> ResponseReturnValue:
    """The register, with the filters of its page."""
    shown, lang = view(), _lang()
    offset = whole("offset", 0)
    where = asked(shown, party=request.args.get("pihak", ""))
    found = shown.store.agreements(where, limit=ITEMS, offset=offset)
    more = offset + ITEMS < found.total
    state: dict[str, Any] = {**request.args.to_dict(), "offset": str(offset + ITEMS)}
    following = url_for("api.agreements", **state) if more else ""
    items = [_agreement(row) for row in rows(shown, found.items, lang)]
    return _list(shown, items, found.total, following)


@bp.get("/parties/<id>")
def party(id: str) -> ResponseReturnValue:
    """A party by its id."""
    shown, lang = view(), _lang()
    found = shown.store.party(id)
    link = party_link(shown, found.id, lang)
    return jsonify(
        id=found.id, name_id=found.name_id, name_en=found.name_en, level=found.level,
        country=found.country, part_of=found.part_of, lat=found.lat, lon=found.lon, url=link.url,
        version=shown.version, as_of=shown.day.isoformat(),
    )  # fmt: skip


@bp.get("/network")
def network() -> ResponseReturnValue:
    """The network page's picture: `items` are its lines, of `total`; `points` what they join."""
    shown = view()
    where = asked(shown, party=request.args.get("pihak", ""))
    scene = scene_asked(shown, where, pictured(shown, where), _lang())
    return jsonify(
        items=[_line(line) for line in scene.lines], points=[_point(p) for p in scene.points],
        total=scene.lines_total, next=None, aggregated=scene.aggregated, parties=scene.parties,
        ties=scene.ties, version=shown.version, as_of=shown.day.isoformat(),
    )  # fmt: skip


@bp.get("/gaps")
def gaps() -> ResponseReturnValue:
    """SDG gaps of a province's regions by goal; with `targets=1` of every province by target."""
    shown = view()
    province = request.args.get("province", "") or home_province(shown.index)
    targets = [topic.id for topic in shown.topics() if topic.goal]
    if request.args.get("targets") == "1" or not province:
        matrix = province_matrix(shown.index, shown.day, targets)
    else:
        matrix = gap_matrix(shown.index, shown.day, province)
    lines = items(shown.index, matrix, _lang())
    return jsonify(
        items=lines, total=len(lines), next=None, province=province, topics=matrix.topics,
        version=shown.version, as_of=shown.day.isoformat(),
    )  # fmt: skip


@bp.get("/opportunities/<region>")
def opportunities(region: str) -> ResponseReturnValue:
    """A region's opportunities, as `explorer.answers` describes them; filters as on the page."""
    shown = view()
    if region not in shown.index.number:
        shown.store.party(region)
    codes = [code for code in request.args.get("alasan", "").split(",") if code]
    ranked = find_opportunities(
        shown.index, region, shown.day, codes=codes or None, topic=topic_asked()
    )
    limit = min(whole("limit", SHOWN), MAX_PAGE_SIZE)
    return jsonify(opportunities_answer(Speaker(shown, _lang()), ranked, limit=limit))


@bp.get("/paths")
def paths() -> ResponseReturnValue:
    """The best paths from `dari` to `ke` on the connect page's terms; else what is missing."""
    shown, lang = view(), _lang()
    return jsonify(paths_answer(shown, terms(shown, SHOWN_PATHS, lang), lang))


@bp.get("/statistics")
def statistics() -> ResponseReturnValue:
    """The whole network: who bridges it, its groups, who holds it together, regions left out."""
    return jsonify(statistics_answer(view(), _lang()))


def _lang() -> Language:
    return "en" if g.lang == "en" else "id"


def _list(
    shown: View, items: Sequence[dict[str, object]], total: int, following: str
) -> ResponseReturnValue:
    return jsonify(
        items=items, total=total, next=following or None,
        version=shown.version, as_of=shown.day.isoformat(),
    )  # fmt: skip


def _line(line: Line) -> dict[str, object]:
    return {
        "a": line.a, "b": line.b, "agreements": line.agreements, "category": line.category,
        "status": line.status,
    }  # fmt: skip


def _point(point: Point) -> dict[str, object]:
    return {
        "id": point.id, "label": point.hint, "kind": point.shape, "parties": point.count,
        "hidden": point.hidden, "x": point.x, "y": point.y,
    }  # fmt: skip


def _agreement(row: AgreementRow) -> dict[str, object]:
    return {
        "id": row.id, "title": row.title, "instrument": row.instrument,
        "signed": str(row.signed or "") or None, "ends": str(row.ends or "") or None,
        "status": row.status, "goals": row.goals, "url": row.url, "source": row.page,
        "parties": [{"id": p.id, "name": p.name, "url": p.url} for p in row.parties],
    }  # fmt: skip
