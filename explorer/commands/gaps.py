"""`simpul gaps [PROVINCE] [--targets] [--json | --csv]`: the SDGs that nobody works on yet.

Without `--targets` a line is a region of the province and a column a goal; with it a line is a
target, and what the province itself has signed for it. `--json` prints one object:
`{"province", "as_of", "version", "topics": [...], "regions": [...]}`, whose regions are those of
`explorer.gaps.items.items`.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

from graph_loader import BadInput, GraphStore, Level
from graph_loader.commands import Command, Console
from graph_loader.writing.spreadsheet import escape

if TYPE_CHECKING:  # because numpy and scipy are slow to come, and other commands need neither
    from explorer.gaps.cells import GapMatrix
    from explorer.index import Index

_FEW = 3  # because more names than that are a guess

Line = Sequence[str | int]


@click.command(cls=Command)
@click.argument("province", required=False)
@click.option("--targets", is_flag=True)
@click.option("--json", "as_json", is_flag=True)
@click.option("--csv", "as_csv", is_flag=True)
@click.pass_obj
def gaps(
    console: Console, province: str | None, targets: bool, as_json: bool, as_csv: bool
) -> None:
    """Show where a province's regions have no agreement for an SDG."""
    from explorer.library import index_of

    if as_json and as_csv:
        raise BadInput("one-format")
    with console.open_existing() as store:
        index = index_of(store) if store is not None else None
        code = _province(index, province, console) if index is not None else ""
        if store is None or index is None or not code:
            _tell_none(console, as_json)
            return
        matrix = _matrix(index, store, console, code, targets)
    if as_json:
        click.echo(json.dumps(_object(index, matrix, console, code), ensure_ascii=False))
    elif targets:
        _tell(_target_lines(matrix, console), as_csv, console)
    elif as_csv:
        _write(_region_rows(index, matrix, console))
    else:
        _tell(_region_lines(index, matrix, console), False, console)
        click.echo(console.say("cli.gaps.legend"))


def _tell_none(console: Console, as_json: bool) -> None:
    """There is no province to tell of, because nothing was loaded."""
    if as_json:
        nothing = {"province": "", "as_of": console.today.isoformat(), "version": 0,
                   "topics": [], "regions": []}  # fmt: skip
        click.echo(json.dumps(nothing))
    click.echo(console.say("cli.gaps.none"), err=True)


def _matrix(
    index: Index, store: GraphStore, console: Console, code: str, targets: bool
) -> GapMatrix:
    from explorer.gaps import gap_matrix

    if not targets:
        return gap_matrix(index, console.today, code)
    topics = [topic.id for topic in store.topics() if topic.goal]
    return gap_matrix(index, console.today, code, topics).pick([0])


def _province(index: Index, text: str | None, console: Console) -> str:
    """The province that a code or a name means; "" where the store holds none at all.

    Raises: BadInput ("province-unknown").
    """
    from explorer.pictures.places import home_province
    from explorer.search import find

    if not text:
        return home_province(index)
    if text in index.number:
        return text
    found = find(index, text, console.lang, limit=_FEW, levels={Level.PROVINCE})
    if len(found) != 1 and not (found and found[0].score == 100.0):
        raise BadInput("province-unknown", text=text[:50])
    return found[0].party.id


def _object(index: Index, matrix: GapMatrix, console: Console, code: str) -> dict[str, object]:
    from explorer.gaps.items import items

    return {
        "province": code, "as_of": console.today.isoformat(), "version": index.version,
        "topics": list(matrix.topics), "regions": items(index, matrix, console.lang),
    }  # fmt: skip


def _region_lines(index: Index, matrix: GapMatrix, console: Console) -> list[Line]:
    from explorer.gaps.items import sign
    from explorer.pictures.labels import short

    columns = range(len(matrix.topics))
    lines: list[Line] = [[console.say("gap.region"), *matrix.topics]]
    for row, number in enumerate(matrix.regions.tolist()):
        name = short(index.name(number, console.lang), index.parties[number].level)
        lines.append([name, *(sign(matrix, row, column) for column in columns)])
    return lines


def _region_rows(index: Index, matrix: GapMatrix, console: Console) -> list[Line]:
    """Numbers that a spreadsheet can add up, then the gaps that a need speaks of."""
    from explorer.gaps.cells import Grade
    from explorer.gaps.items import lacking

    heads = [f"SDG {topic}" for topic in matrix.topics]
    names = [console.say(key) for key in ("gap.csv.code", "gap.region")]
    rows: list[Line] = [
        [*names, *heads, console.say("gap.covered.tujuan"), console.say("gap.foot.needed")]
    ]
    for row, number in enumerate(matrix.regions.tolist()):
        needed = ", ".join(lacking(matrix, row, Grade.NEEDED))
        rows.append([
            index.parties[number].id, index.name(number, console.lang), *matrix.own[row].tolist(),
            int(matrix.covered()[row]), needed,
        ])  # fmt: skip
    return rows


def _target_lines(matrix: GapMatrix, console: Console) -> list[Line]:
    keys = ("target", "own", "sisters", "needs", "grade")
    lines: list[Line] = [[console.say(f"cli.gaps.{key}") for key in keys]]
    for column, topic in enumerate(matrix.topics):
        counts = [int(part[0, column]) for part in (matrix.own, matrix.sisters, matrix.needs)]
        lines.append([topic, *counts, console.say(f"gap.grade.{matrix.grade_at(0, column)}.short")])
    return lines


def _tell(lines: Sequence[Line], as_csv: bool, console: Console) -> None:
    if as_csv:
        _write(lines)
        return
    widths = [max(len(str(cell)) for cell in column) for column in zip(*lines, strict=True)]
    last = len(widths) - 1
    for line in lines:
        cells = [
            f"{cell:<{widths[n]}}" if n in {0, last} and isinstance(cell, str) else
            f"{cell!s:>{widths[n]}}" for n, cell in enumerate(line)
        ]  # fmt: skip
        click.echo("  ".join(cells).rstrip())


def _write(rows: Iterable[Line]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    for row in rows:
        writer.writerow([escape(cell) if isinstance(cell, str) else cell for cell in row])
