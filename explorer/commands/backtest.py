"""`simpul backtest [FILE] [SPLIT] [--json | --csv] [--chart OUT.svg]`: what the ranking is worth.

FILE is a list of twin towns, `city,country,city,country[,year]`; without it the loaded store is
measured. SPLIT is `--split-year Y`, `--random 0.1 --seed S` or `--one-by-one`; without, it is by
year where most are dated, else one by one, else a random tenth.
`--json` prints `{"n", "rankings": {name: {"hits@10", "hits@50", "mrr", "auc_degree", …}}, …}` as
`explorer.backtest.report` has it, with the shipped ranking under `simpul`.
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from graph_loader import BadFile, BadInput
from graph_loader.commands import NOTHING_DONE, Command, Console
from graph_loader.writing.unwritable import unwritable

if TYPE_CHECKING:  # because numpy and scipy are slow to come, and other commands need neither
    from explorer.backtest import History, Plan

FIGURES = ("hits@10", "hits@50", "mrr", "auc", "auc_degree")
_WIDE = 26


@click.command(cls=Command)
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--split-year", metavar="YEAR", type=click.IntRange(1500, 2999))
@click.option("--random", "share", metavar="SHARE", type=click.FloatRange(0.001, 0.9))
@click.option("--one-by-one", is_flag=True)
@click.option("--seed", metavar="NUMBER", type=click.IntRange(0), default=0)
@click.option("--json", "as_json", is_flag=True)
@click.option("--csv", "as_csv", is_flag=True)
@click.option("--chart", metavar="OUT.svg", type=click.Path(path_type=Path))
@click.pass_obj
def backtest(
    console: Console, file: Path | None, split_year: int | None, share: float | None,
    one_by_one: bool, seed: int, as_json: bool, as_csv: bool, chart: Path | None,
) -> None:  # fmt: skip
    """Measure how good the ranking is, on partnerships that it has not seen."""
    from explorer.backtest import Kind, Plan, as_json_dict, measure, plan_for

    if (split_year is not None) + (share is not None) + one_by_one > 1:
        raise BadInput("one-split", field="split-year")
    if as_json and as_csv:
        raise BadInput("one-format", field="csv")
    try:
        history = _history(console, file)
    except BadFile as error:
        why = (console.say(f"problem.{error.code}{what}", **error.params) for what in ("", ".fix"))
        click.echo("\n".join(why), err=True)
        sys.exit(NOTHING_DONE)
    if split_year is not None:
        plan = Plan(Kind.YEAR, split_year)
    elif share is not None:
        plan = Plan(Kind.RANDOM, share, seed)
    else:
        plan = Plan(Kind.ONE_BY_ONE) if one_by_one else plan_for(history)
    with console.progress() as progress:
        told = (lambda done, total: progress("backtest", done, total)) if progress else None
        report = measure(history, plan, told=told)
    found = as_json_dict(report)
    if chart:
        from explorer.backtest.chart import bars

        try:
            chart.write_text(bars(found["rankings"], found["n"], console.lang), encoding="utf-8")
        except OSError as error:
            raise unwritable(chart, error) from error
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
    elif as_csv:
        _write(found)
    else:
        _tell(found, history, plan, console)
        if chart:
            click.echo(console.say("cli.written", file=str(chart)))


def _history(console: Console, file: Path | None) -> History:
    """What is measured; rows of a file that cannot be read are told on stderr."""
    from explorer.backtest import history_of_file, history_of_index
    from explorer.library import index_of

    if file is None:
        with console.open_existing() as store:
            if store is None:
                raise BadInput("store-empty")
            return history_of_index(index_of(store), console.today)
    history, links = history_of_file(file)
    lost = sum(problem.severity == "rejected" for problem in links.problems)
    if lost:
        click.echo(console.say("cli.backtest.lost", n=lost, file=file.name), err=True)
    return history


def _tell(found: dict[str, Any], history: History, plan: Plan, console: Console) -> None:
    """The tables, best last, and what they were measured on."""
    say = console.say
    click.echo(say(f"cli.backtest.split.{plan.kind}", **_split(found, plan)))
    if found["split"]["optimistic"]:
        click.echo(say("cli.backtest.optimistic"))
    if found["pairs"]["left_out"]:
        click.echo(say("cli.backtest.undated", n=found["pairs"]["left_out"]))
    if not found["n"] and not found["cold"]["n"]:
        click.echo(say("cli.backtest.nothing"))
        return
    for key, part in _parts(found):
        if part["n"]:
            click.echo("\n" + say(f"cli.backtest.{key}", n=part["n"]))
            _table(part["rankings"], console)
    _tell_lifts(found["lifts"], console)
    if found["n"]:
        hits = found["rankings"]["simpul"]["hits@10"]
        click.echo("\n" + say("cli.backtest.words", n=round(100 * hits)))


def _parts(found: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [
        ("warm", found),
        ("cold", found["cold"]),
        ("unsuspected", found["without_suspected_duplicates"]),
        *found["lists"].items(),
    ]


def _split(found: dict[str, Any], plan: Plan) -> dict[str, object]:
    """What the sentence about the split names."""
    return {
        "year": str(int(plan.value)), "percent": round(100 * plan.value), "seed": str(plan.seed),
        "all": found["pairs"]["all"], "n": found["pairs"]["hidden"],
    }  # fmt: skip


def _table(rankings: dict[str, dict[str, Any]], console: Console) -> None:
    click.echo(f"{console.say('cli.backtest.ranking'):{_WIDE}}" + _cells(FIGURES))
    for name, row in rankings.items():
        values = ["–" if row[one] is None else f"{row[one]:.3f}" for one in FIGURES]
        low, high = row["hits@10_interval"]
        interval = "" if low is None else f"   {low:.3f}–{high:.3f}"
        click.echo(f"{name:{_WIDE}}" + _cells(values) + interval)


def _tell_lifts(found: dict[str, Any], console: Console) -> None:
    """How much more often pairs with a reason are partners."""
    say = console.say
    click.echo("\n" + say("cli.backtest.lifts", n=found["partners"], pairs=found["pairs"]))
    for row in found["reasons"]:
        told = "–" if row["times"] is None else f"× {row['times']:,.1f}"
        words = say(f"lift.{row['reason']}")
        click.echo(
            f"{words:{2 * _WIDE}}{told:>12}" + _cells([str(row["pairs"]), str(row["partners"])])
        )
    if any(row["times"] is None for row in found["reasons"]):
        click.echo(say("cli.backtest.too-little"))


def _cells(values: tuple[str, ...] | list[str]) -> str:
    return "".join(f"{value:>11}" for value in values)


def _write(found: dict[str, Any]) -> None:
    """One line for each ranking and part, to stdout."""
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["part", "n", "ranking", *FIGURES, "hits@10_low", "hits@10_high"])
    for key, part in _parts(found):
        for name, row in part["rankings"].items():
            out.writerow([key, part["n"], name, *(row[one] for one in FIGURES),
                          *row["hits@10_interval"]])  # fmt: skip
