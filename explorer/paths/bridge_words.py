"""What would join two parties, as the key of a sentence and the parties that it names."""

from __future__ import annotations

from typing import NamedTuple

from explorer.paths.nearest_bridge import Bridge


class Told(NamedTuple):
    """A catalogue key, and for each of its placeholders the id of a party (`goal` is a goal's)."""

    key: str
    parties: dict[str, str]
    goal: str = ""


def told(bridge: Bridge | None) -> Told:
    """The sentence that tells a bridge; where there is none, that none is seen.

    Example:
        >>> told(Bridge("place", "35.78", "kobe-jp", "himeji-jp", "35.25", "hyogo-jp")).key
        'bridge.in.both'
        >>> told(Bridge("province", "35.25", "35.25", "35", "osaka-jp", "35"))
        Told(key='bridge.within.end', parties={'end': '35.25', 'other': '35', 'far': 'osaka-jp', \
'inner': '35.25', 'via': '35'}, goal='')
    """
    if bridge is None:
        return Told("bridge.none", {})
    if bridge.kind == "alone":
        return Told("bridge.alone", {"via": bridge.via})
    if bridge.kind == "too-long":
        return Told(f"bridge.{bridge.kind}", {
            "start": bridge.start, "goal": bridge.goal, "via": bridge.via,
        })  # fmt: skip
    who, parties = _who(bridge)
    if bridge.kind == "goal":
        return Told(f"bridge.goal.{who}", parties, bridge.via)
    if bridge.via in {bridge.a, bridge.b}:
        inner = bridge.b if bridge.via == bridge.a else bridge.a
        return Told(f"bridge.within.{who}", {**parties, "inner": inner, "via": bridge.via})
    return Told(f"bridge.in.{who}", {**parties, "via": bridge.via})


def _who(bridge: Bridge) -> tuple[str, dict[str, str]]:
    """Whether the two are the ends themselves, one of them, or partners of both."""
    start, goal = bridge.start, bridge.goal
    if (bridge.a, bridge.b) == (start, goal):
        return "ends", {"start": start, "goal": goal}
    if bridge.a == start:
        return "end", {"end": start, "other": bridge.b, "far": goal}
    if bridge.b == goal:
        return "end", {"end": goal, "other": bridge.a, "far": start}
    return "both", {"start": start, "a": bridge.a, "b": bridge.b, "goal": goal}
