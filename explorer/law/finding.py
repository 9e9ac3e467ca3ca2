"""What a rule of law says of a pair: effect, sentence as code and parameters, and its citation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from graph_loader import legal

Effect = Literal[
    "blocks", "re-routes", "warns", "flags", "lowers", "raises", "adds", "allows", "tells"
]
EFFECTS: Final[tuple[Effect, ...]] = (
    "blocks", "re-routes", "warns", "flags", "lowers", "raises", "adds", "allows", "tells",
)  # fmt: skip
"""In the order in which they are told: what stops a pair first, what only informs last."""

_SEEN: Final[tuple[legal.Seen, ...]] = ("own", "second-hand", "gap", "seen")


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule and what follows from it; its sentence is ``law.<code>``.

    `params` hold ids of parties, agreements and urusan; `explorer.law.words` names them.
    """

    rule: str
    effect: Effect
    code: str
    params: Mapping[str, object]
    citations: tuple[legal.Citation, ...]

    @property
    def article(self) -> str:
        """Where it is written, as Indonesian law cites it."""
        return "; ".join(citation.id for citation in self.citations)

    @property
    def text_status(self) -> legal.Seen:
        """How its text was seen; the weakest of several."""
        return min((citation.seen for citation in self.citations), key=_SEEN.index)

    @property
    def order(self) -> tuple[int, str]:
        """The gravest effect first, then by rule."""
        return EFFECTS.index(self.effect), self.rule


Findings = tuple[Finding, ...]
NOTHING: Final[Findings] = ()


def told(rule: str, effect: Effect, code: str, *also: legal.Citation, **params: object) -> Findings:
    """The one finding of a rule, with its citation and those of what it rests on."""
    return (Finding(rule, effect, code, params, (legal.rules()[rule].citation, *also)),)


@cache
def always(rule: str, effect: Effect, code: str) -> Findings:
    """A finding without parameters: the same for every pair that it is told of."""
    return told(rule, effect, code)
