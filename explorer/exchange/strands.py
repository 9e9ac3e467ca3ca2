"""Who has and who lacks, gathered by commodity: what a flow picture is drawn of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from explorer.exchange.measures import Measure, measure
from explorer.exchange.meeting import Meeting
from graph_loader import Flow


@dataclass(frozen=True, slots=True)
class Strand:
    """What one party has, or lacks, of what is needed under one commodity.

    `amount` is the sum of its figures where all of the picture are of one measure, else None.
    """

    party: str
    commodity: str
    entries: int
    amount: float | None


@dataclass(frozen=True, slots=True)
class Strands:
    """Offers and needs that meet; each entry counts once, however many it meets.

    `unit` is (kind, whether it is a rate) where everything is of one commodity and one measure:
    then amounts may be set beside each other. Else it is None, and only entries are counted.
    """

    offers: Sequence[Strand]
    needs: Sequence[Strand]
    unit: tuple[str, bool] | None


def strands(met: Iterable[Meeting]) -> Strands:
    """The offers and needs of some meetings, each by its party's and commodity's id.

    Kindred goods stand under what is needed: beef that may do for cattle under cattle.
    """
    offers: dict[tuple[str, str], dict[str, Flow]] = {}
    needs: dict[tuple[str, str], dict[str, Flow]] = {}
    for one in met:
        wanted = one.need.commodity
        offers.setdefault((one.offer.party, wanted), {})[one.offer.id] = one.offer
        needs.setdefault((one.need.party, wanted), {})[one.need.id] = one.need
    unit = _unit([*offers, *needs], [*offers.values(), *needs.values()])
    return Strands(_told(offers, unit), _told(needs, unit), unit)


def _unit(
    keys: Sequence[tuple[str, str]], found: Sequence[Mapping[str, Flow]]
) -> tuple[str, bool] | None:
    """The one measure of all figures, where there is one and all are of one commodity."""
    if len({commodity for _, commodity in keys}) != 1:
        return None
    every = {_kind(measure(flow)) for flows in found for flow in flows.values()}
    return every.pop() if len(every) == 1 else None


def _kind(found: Measure | None) -> tuple[str, bool] | None:
    return None if found is None else (found.kind, found.is_rate)


def _told(
    found: Mapping[tuple[str, str], Mapping[str, Flow]], unit: tuple[str, bool] | None
) -> list[Strand]:
    return [
        Strand(party, commodity, len(flows), _amount(flows.values()) if unit else None)
        for (party, commodity), flows in sorted(found.items())
    ]


def _amount(flows: Iterable[Flow]) -> float:
    figures = (measure(flow) for flow in flows)
    return sum(figure.value for figure in figures if figure is not None)
