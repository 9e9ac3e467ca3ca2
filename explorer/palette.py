"""One legend for every picture: colours, shapes and line styles, and what they mean."""

from __future__ import annotations

# Okabe and Ito's set, told apart by colour-blind readers; each category has its words beside it.
CATEGORY_COLOURS = {
    "ksdd": "#0072B2",
    "ksdpk": "#E69F00",
    "ksdpl": "#009E73",
    "ksdll": "#CC79A7",
    "sinergi": "#D55E00",
    "none": "#7A7A7A",
}

DASHES: dict[str, bool | list[int]] = {
    "active": False,
    "open": False,
    "lapsed": [8, 6],
    "ended": [8, 6],
    "exploration": [2, 5],
    "unknown": [2, 5],
}

ACCENT, INK, PAPER = "#0F5C5C", "#26211B", "#FFFDF9"

# how vis-network draws each shape of design
SHAPES: dict[str, dict[str, object]] = {
    "region": {"shape": "dot", "color": {"background": "#BFE0DC", "border": ACCENT}},
    "province": {"shape": "dot", "color": {"background": ACCENT, "border": "#C9A44C"}},
    "foreign": {"shape": "diamond", "color": {"background": "#F3D9A4", "border": "#9A6B12"}},
    "country": {"shape": "diamond", "color": {"background": "#EFC46E", "border": "#9A6B12"}},
    "third": {"shape": "square", "color": {"background": "#E4DED4", "border": "#6B6254"}},
}
