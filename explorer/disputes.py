"""Where what is claimed of one agreement cannot all be true, and which claim is shown, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from explorer.index import DISPUTABLE, Index
from explorer.service import View
from graph_loader import Instrument, PartialDate, SourcedClaim, conflicts


@dataclass(frozen=True, slots=True)
class Dispute:
    """One field of one agreement, and all that is claimed of it, as ranked.

    `shown` is the claim that pages follow, because it is the most "precise" date, of the "newest"
    load, or else the "first" by its source's name and its row.
    """

    agreement: str
    field: str
    claims: Sequence[SourcedClaim]
    shown: SourcedClaim
    why: str


def disputes(shown: View) -> Sequence[Dispute]:
    """Every dispute, by agreement and field; kept with the index.

    Cost: what `GraphStore.contested` costs, once for each version.
    """
    return shown.index.remember("disputes", lambda: found_in(shown.store.contested()), always=True)


def disputed(index: Index) -> frozenset[str]:
    """The ids of the agreements that are disputed."""
    return index.remember("disputed", lambda: _disputed(index))


def _disputed(index: Index) -> frozenset[str]:
    return frozenset(index.agreement_ids[n] for n in np.flatnonzero(index.disputed).tolist())


def found_in(contested: Mapping[str, Sequence[SourcedClaim]]) -> list[Dispute]:
    """The disputes among claims of agreements that are claimed more than once."""
    found = []
    for id, claims in sorted(contested.items()):
        fields = conflicts([one.claim for one in claims])
        for field in (name for name in DISPUTABLE if name in fields):
            saying = [one for one in claims if said(one, field)]
            picked, why = _picked(saying, field)
            found.append(Dispute(id, field, saying, picked, why))
    return found


def said(claim: SourcedClaim, field: str) -> PartialDate | Instrument | None:
    """What a claim says of a field."""
    value: PartialDate | Instrument | None = getattr(claim.claim, field)
    return value


def _picked(claims: Sequence[SourcedClaim], field: str) -> tuple[SourcedClaim, str]:
    """The claim that is shown, by the rule of `graph_loader.claims`, and what decided."""
    precision = [value.precision if isinstance(value, PartialDate) else 0
                 for value in (said(one, field) for one in claims)]  # fmt: skip
    best = [one for one, exact in zip(claims, precision, strict=True) if exact == max(precision)]
    first, value = best[0], said(best[0], field)
    others = [one for one in best if said(one, field) != value]
    if not others:
        return first, "precise"
    return first, "newest" if all(first.load > one.load for one in others) else "first"
