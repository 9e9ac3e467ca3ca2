"""The network: a picture, its legend, and the same content as a table."""

from __future__ import annotations

from collections import Counter

import numpy as np
from flask import Blueprint, render_template, request, url_for

from explorer.contexts import NetworkContext, NetworkRow
from explorer.index import CATEGORIES, INSTRUMENTS, STATUSES, Bools
from explorer.listing import FIELDS, asked, choices, here, whole
from explorer.present import party_link, party_url, view
from explorer.scene import Scene, network_data, network_scene
from explorer.service import View
from explorer.web.address import language, page
from graph_loader import AgreementFilter, Language, Level, NotFound

bp = Blueprint("network", __name__)
ROWS = 40


def network() -> str:
    """`/jaringan?kategori=&status=&topik=&negara=&pihak=`"""
    shown, lang = view(), language()
    where = asked(shown, party=request.args.get("pihak", ""))
    chosen = mask(shown, where)
    scene = network_scene(shown, chosen, lang)
    rows, total = _rows(shown, chosen, lang)
    number = max(1, whole("hal", 1))
    context = NetworkContext(
        filters=choices(shown, shown.store.facets(where), lang),
        filtered=any(request.args.get(name) for name in (*FIELDS, "pihak")),
        clear_url=here(**dict.fromkeys((*FIELDS, "pihak", "hal"), "")),
        kept={k: v for k, v in request.args.items() if k == "pihak"},
        agreements=int(chosen.sum()),
        parties=scene.parties,
        ties=scene.ties,
        aggregated=scene.aggregated,
        scene=network_data(scene, _urls(shown, scene)),
        rows=rows,
        first=(number - 1) * ROWS + 1 if rows else 0,
        last=(number - 1) * ROWS + len(rows),
        previous_url=here(hal=str(number - 1)) if number > 1 else "",
        next_url=here(hal=str(number + 1)) if number * ROWS < total else "",
    )
    return render_template("network.html", ctx=context)


def mask(shown: View, where: AgreementFilter) -> Bools:
    """The agreements of a filter (text aside) as a mask; those in force unless a status is asked.

    Raises: NotFound for an unknown party or country.
    """
    index = shown.index
    if where.status:
        codes = [STATUSES.index(status) for status in where.status]
        keep = np.isin(index.status(shown.day), codes)
    else:
        keep = index.in_force(shown.day).copy()
    if where.category is not None:
        keep &= (index.category & (1 << CATEGORIES.index(where.category))) > 0
    if where.instrument is not None:
        keep &= index.instrument == INSTRUMENTS.index(where.instrument)
    if where.topic:
        keep &= _only(shown, index.topic_ids.get(where.topic, np.empty(0, np.int32)))
    if where.country:
        there = np.flatnonzero(index.country == _number(shown, where.country))
        keep &= index.members[:, there].sum(axis=1) > 0
    if where.party:
        keep &= _only(shown, index.agreements_of(_number(shown, where.party)))
    found: Bools = keep
    return found


def _number(shown: View, id: str) -> int:
    if id not in shown.index.number:
        raise NotFound("party-unknown", id=id)
    return shown.index.number[id]


def _only(shown: View, numbers: np.typing.NDArray[np.int32]) -> Bools:
    keep = np.zeros(len(shown.index.agreement_ids), dtype=np.bool_)
    keep[numbers] = True
    return keep


def _urls(shown: View, scene: Scene) -> dict[str, str]:
    index = shown.index
    return {
        point.id: party_url(index.parties[index.number[point.id]])
        for point in scene.points
        if point.id in index.number
    }


def _rows(shown: View, chosen: Bools, lang: Language) -> tuple[list[NetworkRow], int]:
    """One page of the ties, those with most agreements first."""
    index = shown.index
    a, b, agreement = index.tie_pairs(shown.day, chosen)
    counts = Counter(zip(a.tolist(), b.tolist(), strict=True))
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    start = (max(1, whole("hal", 1)) - 1) * ROWS
    status = index.status(shown.day)
    best: dict[tuple[int, int], int] = {}
    for pair in zip(a.tolist(), b.tolist(), agreement.tolist(), strict=True):
        best[pair[:2]] = min(best.get(pair[:2], 99), int(status[pair[2]]))
    rows = []
    for (one, other), count in ordered[start : start + ROWS]:
        first, second = index.parties[one], index.parties[other]
        if second.level is Level.PROVINCE and first.level is not Level.PROVINCE:
            first, second = second, first
        rows.append(
            NetworkRow(
                party_link(shown, first.id, lang),
                party_link(shown, second.id, lang),
                count,
                STATUSES[best[one, other]],
                url_for("connect.connect", dari=first.id, ke=second.id),
            )
        )
    return rows, len(ordered)


page(bp, "/jaringan", "network", network)
