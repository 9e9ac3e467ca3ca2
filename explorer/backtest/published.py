"""Two backtests for the page: that of the world list, which ships, and a quick one of the store."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final

from explorer.backtest.lifts import Lifts, lifts
from explorer.backtest.measures import Figures
from explorer.backtest.of_store import history_of_index
from explorer.backtest.report import row_of
from explorer.backtest.run import look
from explorer.backtest.splits import TENTH, Kind, Plan, plan_for
from explorer.index import Index
from explorer.network import network_of
from graph_loader import data_folder

ENOUGH: Final = (
    100  # hidden partnerships: because below that one more or less moves a whole percent
)
LARGEST: Final = 3_000  # pairs: because more take longer than a reader waits


@dataclass(frozen=True)
class Measured:
    """What a page says of one backtest: the figures of each ranking, by its name."""

    rankings: Mapping[str, Mapping[str, Any]]
    looked_for: int
    places: int
    links: int
    splits: int = 1
    year: int = 0
    """the first hidden year; 0 where the split was drawn at random"""

    @property
    def is_enough(self) -> bool:
        """Whether enough was looked for to tell anything."""
        return self.looked_for >= ENOUGH


@cache
def world() -> Measured:
    """The backtest of the world list of twin towns, as `ranking_figures.csv` has it."""
    with (data_folder() / "ranking_figures.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    first = rows[0]
    return Measured(
        {row["ranking"]: _numbers(row) for row in rows},
        *(int(first[name]) for name in ("looked_for", "places", "links", "splits")),
    )


def _numbers(row: Mapping[str, str]) -> dict[str, Any]:
    figures = ("hits@10", "hits@50", "mrr", "auc_degree")
    interval = [float(row["low"]), float(row["high"])]
    return {name: float(row[name]) for name in figures} | {"hits@10_interval": interval}


def of_store(index: Index, day: date) -> Measured | None:
    """The backtest of what is loaded: by year where most is dated, else a random tenth.

    Returns: None where that would take too long for a page; kept with the index.
    """
    return index.remember(("backtest", day), lambda: _of_store(index, day))


def _of_store(index: Index, day: date) -> Measured | None:
    history = history_of_index(index, day)
    if history.count > LARGEST:
        return None
    plan = plan_for(history)
    if plan.kind is not Kind.YEAR:
        plan = Plan(Kind.RANDOM, TENTH)
    looked = look(history, plan)
    found = {name: _row(looked.figures(name, looked.is_warm)) for name in looked.standings}
    year = int(plan.value) if plan.kind is Kind.YEAR else 0
    count = int(looked.is_warm.sum())
    return Measured(found, count, history.places.count, history.count, year=year)


def _row(figures: Figures) -> dict[str, Any]:
    return {**row_of(figures), "hits@10_interval": list(figures.hits_10_interval)}


def lifts_of(index: Index, day: date) -> Lifts:
    """What each reason is worth in what is loaded, the background with it; kept with the index."""
    return index.remember(("lifts", day), lambda: lifts(network_of(index, day)))
