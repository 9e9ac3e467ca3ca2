"""One legend for every picture: colours, shapes and line styles, and what they mean."""

from __future__ import annotations

ACCENT, INK, QUIET, PAPER, GROUND = "#0F5C5C", "#26211B", "#645B4E", "#FFFDF9", "#F3EEE5"
LINE = "#DCD3C4"  # of what is there to be looked past: the marks of an axis

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

# fill and outline of each sign
MARKS = {
    "region": ("#BFE0DC", ACCENT),
    "province": (ACCENT, ACCENT),
    "ring": ("none", "#C9A44C"),
    "foreign": ("#F3D9A4", "#9A6B12"),
    "country": ("#F3D9A4", "#9A6B12"),
    "third": ("#E4DED4", "#6B6254"),
    "quiet": (GROUND, "#C9C0B2"),
}

# how vis-network names each sign's shape
SHAPES = {
    "region": "dot", "province": "dot", "foreign": "diamond", "country": "diamond",
    "third": "square", "quiet": "dot",
}  # fmt: skip

# the map: sea, land, Indonesia, and the classes of a number from none to many
SEA, LAND, HOME, BORDER = "#E9F0F0", "#E3DCCF", "#D3E0D6", "#FBF9F4"
CLASSES = ("#F3EEE5", "#DCEDE9", "#B3D9D3", "#7FBDB4", "#4C9A91")
