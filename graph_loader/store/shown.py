"""What both stores must agree on before anything is shown: who is heard, and who must be there."""

from __future__ import annotations

from graph_loader.model import Border, Flow


def precedence(source: str, load: int) -> tuple[bool, int, str]:
    """The key by which the least of several statements about one subject is shown.

    The reference data first, then the newest load, then the source's name; agreements aside, whose
    claims are all heard.

    Example:
        >>> said = [("bureau", 3), ("reference", 1), ("bureau", 2)]
        >>> min(said, key=lambda one: precedence(*one))
        ('reference', 1)
    """
    return (source != "reference", -load, source)


def named_parties(thing: object) -> tuple[str, ...]:
    """The parties that a border, a need or an offer rests on."""
    if isinstance(thing, Border):
        return (thing.a, thing.b)
    return (thing.party,) if isinstance(thing, Flow) else ()
