"""What a backtest says, as numbers for a table, for JSON and for a page."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from explorer.backtest.duplicates import is_suspect, suspects
from explorer.backtest.history import History
from explorer.backtest.lifts import Lifts, lifts
from explorer.backtest.measures import Figures
from explorer.backtest.run import Looked, Told, look
from explorer.backtest.splits import Kind, Plan
from explorer.index import Bools, Ints

_DIGITS: Final = 4


@dataclass(frozen=True)
class Part:
    """Some of what was looked for: how many, and the figures of each ranking."""

    n: int
    rankings: Mapping[str, Figures]


@dataclass(frozen=True)
class Report:
    """A backtest. `warm` is whoever had a partner already, `cold` whoever had none.

    `unsuspected` is `warm` without what may be known under another spelling. `pairs` counts all,
    `undated` those that a split by year leaves out; `lists` is `warm`
    by the list that a partner stands in, where there are several.
    """

    plan: Plan
    pairs: int
    dated: int
    hidden: int
    undated: int
    warm: Part
    cold: Part
    unsuspected: Part
    lists: Mapping[str, Part]
    suspected: int
    lifts: Lifts


def measure(history: History, plan: Plan, told: Told | None = None) -> Report:
    """Hide, look, count.

    Cost: about a minute for a tenth of 25,000 links between 17,000 places.
    """
    looked = look(history, plan, told=told)
    doubted = _doubted(history, plan, looked)
    dated = int((history.year > 0).sum())
    return Report(
        plan,
        pairs=history.count,
        dated=dated,
        hidden=len(np.unique(_keys(looked.place, looked.target, history.places.count))),
        undated=history.count - dated if plan.kind is Kind.YEAR else 0,
        warm=_part(looked, looked.is_warm),
        cold=_part(looked, ~looked.is_warm),
        unsuspected=_part(looked, looked.is_warm & ~doubted),
        lists={
            name: _part(looked, looked.is_warm & (looked.of_list == number))
            for number, name in enumerate(history.lists)
            if len(history.lists) > 1
        },
        lifts=lifts(history.everything()),
        suspected=int((looked.is_warm & doubted).sum()),
    )


def as_json_dict(report: Report) -> dict[str, Any]:
    """The report as `simpul backtest --json` prints it; a figure that nothing tells is null."""
    plan = report.plan
    lists = {
        name: {"n": part.n, "rankings": _figures_json(part)} for name, part in report.lists.items()
    }
    return {
        "n": report.warm.n,
        "rankings": _figures_json(report.warm),
        "split": {"kind": str(plan.kind), "value": plan.value, "seed": plan.seed,
                  "optimistic": plan.kind.is_optimistic},
        "pairs": {"all": report.pairs, "dated": report.dated, "hidden": report.hidden,
                  "left_out": report.undated},
        "cold": {"n": report.cold.n, "rankings": _figures_json(report.cold)},
        "without_suspected_duplicates": {
            "n": report.unsuspected.n, "rankings": _figures_json(report.unsuspected),
        },
        "lists": lists,
        "lifts": lifts_json(report.lifts),
    }  # fmt: skip


def lifts_json(found: Lifts) -> dict[str, Any]:
    """What reasons are worth: `times` is null where there is too little to tell."""
    return {
        "pairs": found.pairs,
        "partners": found.partners,
        "reasons": [
            {"reason": one.reason, "pairs": one.pairs, "partners": one.partners,
             "times": None if one.times is None else round(one.times, 1)}
            for one in found.reasons
        ],
    }  # fmt: skip


def row_of(figures: Figures) -> dict[str, float | None]:
    """The four figures by the names that tables give them, and the other ones."""
    return {
        "hits@10": _rounded(figures.hits_10),
        "hits@50": _rounded(figures.hits_50),
        "mrr": _rounded(figures.mrr),
        "auc_degree": _rounded(figures.auc_degree),
        "auc": _rounded(figures.auc),
    }


def _figures_json(part: Part) -> dict[str, dict[str, Any]]:
    return {
        name: row_of(figures)
        | {
            "hits@10_interval": [_rounded(end) for end in figures.hits_10_interval],
            "mrr_interval": [_rounded(end) for end in figures.mrr_interval],
        }
        for name, figures in part.rankings.items()
    }


def _rounded(value: float) -> float | None:
    return None if math.isnan(value) else round(value, _DIGITS)


def _part(looked: Looked, rows: Bools) -> Part:
    names = list(looked.standings)
    return Part(int(rows.sum()), {name: looked.figures(name, rows) for name in names})


def _doubted(history: History, plan: Plan, looked: Looked) -> Bools:
    """Which rows look for a pair that is perhaps known under another spelling."""
    same = suspects(history.places)
    count = history.places.count
    doubted: set[int] = set()
    for split in plan.splits(history):
        rows = is_suspect(history, split, same)
        doubted.update(_keys(history.a[rows], history.b[rows], count).tolist())
    return np.isin(_keys(looked.place, looked.target, count), list(doubted))


def _keys(a: Ints, b: Ints, count: int) -> NDArray[np.int64]:
    """One number for each pair, whichever way round."""
    return np.minimum(a, b).astype(np.int64) * count + np.maximum(a, b)
