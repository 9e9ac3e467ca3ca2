"""The network as a file for Gephi and its like: parties, and ties with their agreements counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Final

import networkx as nx

from explorer.index import Bools, Index
from explorer.pictures.arrange import arrange
from explorer.pictures.pairs import STATUS_ORDER, Pairs, category_name, pairs
from explorer.service import View
from graph_loader import BadInput, Language, without_controls

MAX_TIES: Final = 20_000  # because a request has seconds, and so many take two or three as XML


def network_graph(shown: View, mask: Bools, lang: Language) -> nx.Graph[str]:
    """The parties of the agreements in a mask, where the picture has them, and their ties.

    A node's id is the party's; `label`, `level`, `country` (ISO, or empty), `x`, `y` (px, down).
    A tie has `agreements` and, the same again as Gephi calls it, `weight`; its commonest
    `category` and its best `status`.

    Raises: BadInput ("download-too-many-ties") rather than leave ties out.
    """
    index = shown.index
    found = pairs(index, shown.day, mask)
    if len(found) > MAX_TIES:
        raise BadInput("download-too-many-ties", found=len(found), limit=MAX_TIES)
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(_parties(index, found, lang).items())
    columns = (found.a, found.b, found.agreements, found.category, found.status)
    for a, b, agreements, category, status in zip(*(c.tolist() for c in columns), strict=True):
        graph.add_edge(
            index.parties[a].id, index.parties[b].id, agreements=agreements,
            weight=float(agreements), category=category_name(category),
            status=str(STATUS_ORDER[status]),
        )  # fmt: skip
    return graph


def _parties(index: Index, found: Pairs, lang: Language) -> dict[str, dict[str, object]]:
    numbers = sorted({*found.a.tolist(), *found.b.tolist()})
    places = arrange(index, numbers).places
    parties = [index.parties[number] for number in numbers]
    return {
        party.id: {
            "label": without_controls(party.name(lang)),
            "level": str(party.level),
            "country": party.country,
            "x": float(places[party.id][0]),
            "y": float(places[party.id][1]),
        }
        for party in parties
    }


def graphml(graph: nx.Graph[str]) -> bytes:
    """As GraphML, which networkx, Gephi, yEd and igraph read."""
    file = BytesIO()
    nx.write_graphml_xml(graph, file)
    return file.getvalue()


def gexf(graph: nx.Graph[str]) -> bytes:
    """As GEXF, with the places as Gephi's own, whose y grows upwards."""
    placed = graph.copy()
    for _, fields in placed.nodes(data=True):
        x, y = fields.pop("x"), fields.pop("y")
        fields["viz"] = {"position": {"x": x, "y": -y, "z": 0.0}}
    file = BytesIO()
    nx.write_gexf(placed, file)
    return file.getvalue()


WRITERS: Final[Mapping[str, Callable[[nx.Graph[str]], bytes]]] = {"graphml": graphml, "gexf": gexf}
