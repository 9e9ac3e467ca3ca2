"""The tables of `docs/ranking.md`: `python -m explorer.backtest FILE TABLE`.

`learn` writes the weights into `data/ranking_weights.csv`; `target` measures five splits, with the
weights that ship and with weights learnt inside what each split knows, and writes the means into
`data/ranking_figures.csv`; `ablation` leaves out one ranking after another, in the first of these
splits; `robust` measures parts of the list, `written` the list as others have read it. Each prints
a table in Markdown.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np

from explorer.backtest.history import History, history_of_file, history_of_links
from explorer.backtest.learning import Examples, examples, learnt
from explorer.backtest.measures import Figures
from explorer.backtest.run import FUSED, SHIPPED, Looked, look
from explorer.backtest.splits import TENTH, Kind, Plan, Split, at_random
from explorer.backtest.written import links_as_written
from explorer.fusion import table
from explorer.network import Network, spots
from explorer.rankings import RANKINGS
from graph_loader import Place, data_folder

REPORTED: Final = (1, 2, 3, 4, 5)
LEARNT_ON: Final = (101, 102, 103)
STRICT: Final = "learnt inside each split"
EAST: Final = 60.0  # degrees: because Asia and Oceania lie beyond, and most of the list does not
NESTED: Final = 1_000  # added to a split's seed, for the split inside what it knows
_HEAD: Final = "| ranking | hits@10 | hits@50 | MRR | AUC, same degree |\n|---|---|---|---|---|"


def inside(history: History, split: Split) -> History:
    """Only what a split knows."""
    known = split.known
    return replace(
        history, a=history.a[known], b=history.b[known], year=history.year[known],
        document=history.document[known], worth=history.worth[known],
    )  # fmt: skip


def learn(history: History) -> None:
    """Learn from three splits, and write the weights beside those that were argued."""
    parts = [examples(history, at_random(history, TENTH, seed)) for seed in LEARNT_ON]
    voices = np.concatenate([part.voices for part in parts])
    weights = learnt(Examples(parts[0].rankings, voices, parts[0].counts))
    path = data_folder() / "ranking_weights.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["ranking"] not in RANKINGS]
    because = "learnt on held-out links of a world list of twin towns; see docs/ranking.md"
    plain = {name: one.plain for name, one in table().items()}
    own = [
        {
            "ranking": name,
            "weight": weight.voice,
            "first": weight.first,
            "plain": f"{plain.get(name, 0):g}",
            "because": because,
        }
        for name, weight in weights.items()
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        columns = ["ranking", "weight", "first", "plain", "because"]
        out = csv.DictWriter(file, columns, lineterminator="\n")
        out.writeheader()
        out.writerows([*own, *rows])
    print(
        f"{len(voices)} hidden partners",
        "",
        "| ranking | weight | first |",
        "|---|---|---|",
        sep="\n",
    )
    for name, weight in weights.items():
        print(f"| {name} | {weight.voice} | {weight.first} |")


def target(history: History) -> None:
    """The mean of five splits, and each with both fusions."""
    found: dict[str, list[Figures]] = {}
    asked = 0
    for seed in REPORTED:
        plan = Plan(Kind.RANDOM, TENTH, seed)
        own = inside(history, at_random(history, TENTH, seed))
        nested = learnt(examples(own, at_random(own, TENTH, NESTED + seed)))
        looked = look(history, plan, {STRICT: nested})
        some = {name: _warm(looked, name) for name in looked.standings}
        asked += int(looked.is_warm.sum())
        for name, one in some.items():
            found.setdefault(name, []).append(one)
        heard = {name: tuple(weight) for name, weight in nested.items()}
        print(f"seed {seed}, n {int(looked.is_warm.sum())}, learnt {heard}", flush=True)
        _rows({name: [some[name]] for name in (FUSED, STRICT, SHIPPED)})
    print(f"\nmean of {len(REPORTED)} seeds")
    _rows(found)
    _ratios(found)
    write_figures(found, history, asked)


def write_figures(found: dict[str, list[Figures]], history: History, asked: int) -> None:
    """What the page "how good is this?" shows of the list: the means, and mean intervals."""
    with (data_folder() / "ranking_figures.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["ranking", "hits@10", "low", "high", "hits@50", "mrr", "auc_degree",
                      "looked_for", "places", "links", "splits"])  # fmt: skip
        for name, some in found.items():
            low, high = np.mean([one.hits_10_interval for one in some], axis=0)
            hits_10, hits_50, mrr, auc = _means(some)
            values = [f"{value:.4f}" for value in (hits_10, low, high, hits_50, mrr, auc)]
            counts = [asked, history.places.count, history.count, len(some)]
            out.writerow([name, *values, *counts])


def ablation(history: History) -> None:
    """What is lost without each ranking, learnt anew without it inside the split."""
    plan = Plan(Kind.RANDOM, TENTH, REPORTED[0])
    own = inside(history, at_random(history, TENTH, REPORTED[0]))
    seen = examples(own, at_random(own, TENTH, NESTED + REPORTED[0]))
    weights = {"all": learnt(seen)}
    for left_out in RANKINGS:
        rest = [name for name in RANKINGS if name != left_out]
        weights[f"without {left_out}"] = learnt(seen.only(rest))
    looked = look(history, plan, weights)
    _rows({name: [_warm(looked, name)] for name in (FUSED, *weights)})


def robust(history: History) -> None:
    """Other lists made of this one, each measured in one split with the weights that ship."""
    for name, one in _variants(history):
        looked = look(one, Plan(Kind.RANDOM, TENTH, REPORTED[0]))
        print(f"\n{name}: {one.count} links, n {int(looked.is_warm.sum())}")
        _rows({ranking: [_warm(looked, ranking)] for ranking in (FUSED, SHIPPED)})


def written(history: History) -> None:
    """The mean of the five splits with the weights that ship."""
    looked = [look(history, Plan(Kind.RANDOM, TENTH, seed)) for seed in REPORTED]
    asked = sum(int(one.is_warm.sum()) for one in looked)
    print(f"{history.places.count} places, {history.count} links, n {asked}")
    found = {name: [_warm(one, name) for one in looked] for name in looked[0].standings}
    _rows(found)
    _ratios(found)


def _variants(history: History) -> Iterator[tuple[str, History]]:
    drawn = np.random.default_rng(0).random(history.count)
    places = history.places
    yield "coordinates by name alone", replace(history, places=_by_name(history))
    nowhere = Network.of_links([], [], places.count, country=places.country, names=places.names)
    yield "without coordinates", replace(history, places=nowhere)
    nameless = Network.of_links([], [], places.count, country=places.country)
    yield "without coordinates and names", replace(history, places=nameless)
    yield "a random half", inside(history, Split(drawn < 0.5, drawn < 0))
    yield "a random tenth", inside(history, Split(drawn < 0.1, drawn < 0))
    east = places.lon > EAST
    yield (
        "one end in the east",
        inside(history, Split(east[history.a] | east[history.b], drawn < 0)),
    )


def _by_name(history: History) -> Network:
    """The places as a list would give them that tells no coordinates."""
    own = history.places
    codes = [id.rpartition(".")[2] for id in history.ids]
    lat, lon = spots([Place("", *one) for one in zip(own.names, codes, strict=True)])
    return Network.of_links(
        [], [], own.count, country=own.country, names=own.names, lat=lat, lon=lon
    )


def _warm(looked: Looked, name: str) -> Figures:
    return looked.figures(name, looked.is_warm)


def _rows(found: dict[str, list[Figures]]) -> None:
    print(_HEAD)
    for name, some in found.items():
        print(f"| {name} | " + " | ".join(f"{value:.3f}" for value in _means(some)) + " |")
    sys.stdout.flush()


def _means(some: Sequence[Figures]) -> list[float]:
    four = [(one.hits_10, one.hits_50, one.mrr, one.auc_degree) for one in some]
    return [float(value) for value in np.mean(four, axis=0)]


def _ratios(found: dict[str, list[Figures]]) -> None:
    plain = _means(found[FUSED])
    for name in found.keys() & {SHIPPED, STRICT}:
        over = [one / base for one, base in zip(_means(found[name]), plain, strict=True)]
        print(f"{name} over {FUSED}: " + ", ".join(f"{value:.3f}" for value in over))


if __name__ == "__main__":
    file, table_of = Path(sys.argv[1]), sys.argv[2]
    if table_of == "written":
        written(history_of_links(links_as_written(file)))
    else:
        tables = {"learn": learn, "target": target, "ablation": ablation, "robust": robust}
        tables[table_of](history_of_file(file)[0])
