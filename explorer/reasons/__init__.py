"""Why a party could become a partner: named rankings, each with its words and its evidence.

A ranking is two functions. The first scores everybody for one region at once, on arrays; its
docstring is what the page explains it with (`reason-why.<code>`). The second finds, for one
candidate, the chain and the evidence of the sentence `reason.<code>`.
"""

from __future__ import annotations

from collections.abc import Mapping

from explorer.reasons import network
from explorer.reasons.policy import POLICY
from explorer.reasons.question import Question, Ranking
from explorer.reasons.reason import Reason, Row
from explorer.reasons.topics import TOPICS

__all__ = ["REASONS", "SILENT", "Question", "Ranking", "Reason", "Row"]

_ALL = {**POLICY, **network.NETWORK, **TOPICS}
_ORDER = (
    "umbrella", "lapsed", "twinned", "common-partner", "need-offer", "sibling", "border",
    "shared-topics", "country", "chain",
)  # fmt: skip

REASONS: Mapping[str, Ranking] = {code: _ALL[code] for code in _ORDER} | _ALL
"""In the order in which they are told."""

SILENT = frozenset(code for code, one in REASONS.items() if one.worded is network.nobody)
"""Those that only help to order: they have no words of their own."""
