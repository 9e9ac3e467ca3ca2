"""What a recorded need says about the SDGs: a lack of rice asks for work on target 2.1.

need of a region --commodity--> target --> goal
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from graph_loader import Direction, Flow

# because a region that is short of something to eat has to secure access to food
_FOOD = (
    "beef", "birds-eye-chilli", "cassava", "cattle", "chicken-meat", "chilli", "eggs", "fish",
    "food", "garlic", "large-red-chilli", "livestock-products", "maize", "meat", "milk", "paddy",
    "palm-sugar", "rice", "salt", "shallot", "soybean", "sugar", "tapioca", "tuna",
)  # fmt: skip
# because feed, seed, breeding stock and training raise what small farmers and fishers earn
_FARMING = (
    "animal-feed", "dairy-cattle", "fish-feed", "livestock-training", "paddy-training", "seed",
)  # fmt: skip
# because these are bought to be worked up or sold on: who lacks them lacks no SDG
NO_TOPIC: Final = frozenset(
    {"building-materials", "candlenut", "cars", "cloves", "coconut", "coffee", "honey", "rattan",
     "seaweed", "timber", "tobacco"}
)  # fmt: skip
NEED_TOPICS: Final[Mapping[str, tuple[str, ...]]] = {
    **dict.fromkeys(_FOOD, ("2.1",)),
    **dict.fromkeys(_FARMING, ("2.3",)),
    "clean-water": ("6.1",),  # because it is water to drink
    "raw-water": ("6.4",),  # because it is water drawn from a source that others draw from too
    "electricity": ("7.1",),  # because an island without a line lacks access to energy
    "natural-gas": ("7.1",),  # because it is what households and works burn
    "landfill": ("11.6",),  # because a city's waste is named there
    "waste-management": ("11.6", "12.5"),  # because it is collected, and should become less
    "waste-to-energy": ("7.2", "11.6"),  # because it treats waste, and makes energy of it
}


def topics_of(commodity: str) -> tuple[str, ...]:
    """The targets and goals that a lack of a commodity asks for, goals after their targets.

    Returns: nothing for goods that are merely traded, and for a commodity that nobody has judged.

    Example:
        >>> topics_of("clean-water"), topics_of("coffee")
        (('6.1', '6'), ())
    """
    targets = NEED_TOPICS.get(commodity, ())
    return (*targets, *dict.fromkeys(target.split(".")[0] for target in targets))


def needs(flows: Iterable[Flow]) -> Iterator[tuple[Flow, tuple[str, ...]]]:
    """Every recorded need that asks for work on a topic, and those topics."""
    for flow in flows:
        if flow.direction is Direction.NEED and (topics := topics_of(flow.commodity)):
            yield flow, topics
