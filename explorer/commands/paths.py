"""`simpul paths A B`: how two parties are connected, or what would join them.

A and B are ids or names. `--json` prints what `explorer.paths.answer.as_json` describes.
Where there is no path, that is an answer too: the bridge is told, and the command ends with 0.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from graph_loader import BadInput, Category, GraphStore, Instrument, NotFound, status_of
from graph_loader.commands import Command, Console

if TYPE_CHECKING:  # because numpy and scipy are slow to come, and other commands need neither
    from explorer.index import Index
    from explorer.paths import Hop
    from explorer.paths.answer import Answer, Words
    from explorer.ties import TieFilter

SHOWN = 3  # because that many can be weighed against one another on a screen
MOST = 50  # as `explorer.paths.MAX_PATHS`
_YEAR = click.IntRange(1900, 2100)


@click.command(cls=Command)
@click.argument("start")
@click.argument("goal")
@click.option("--k", "k", metavar="NUMBER", type=click.IntRange(1, MOST), default=SHOWN)
@click.option("--through", metavar="PARTY", default="")
@click.option("--avoid", metavar="PARTY", multiple=True)
@click.option("--category", type=click.Choice([str(one) for one in Category]))
@click.option("--instrument", type=click.Choice([str(one) for one in Instrument]))
@click.option("--topic", metavar="SDG", default="")
@click.option("--from-year", metavar="YEAR", type=_YEAR)
@click.option("--to-year", metavar="YEAR", type=_YEAR)
@click.option("--with-lapsed", is_flag=True)
@click.option("--json", "machine", is_flag=True)
@click.pass_obj
def paths(
    console: Console, start: str, goal: str, k: int, through: str, avoid: tuple[str, ...],
    category: str | None, instrument: str | None, topic: str, from_year: int | None,
    to_year: int | None, with_lapsed: bool, machine: bool,
) -> None:  # fmt: skip
    """Show the best paths from one party to another, with the agreements they rest on."""
    from explorer.library import index_of
    from explorer.paths import Asked
    from explorer.paths.answer import Words, answer, as_json
    from explorer.service import View
    from explorer.ties import TieFilter

    keep = TieFilter(
        Category(category) if category else None, Instrument(instrument) if instrument else None,
        topic, from_year, to_year, with_lapsed,
    )  # fmt: skip
    with console.open_existing() as store:
        if store is None:
            raise BadInput("store-empty")
        _check(store, keep)
        index = index_of(store)
        a, b, *others = (party_meant(index, text, console) for text in (start, goal, *avoid))
        via = party_meant(index, through, console) if through else ""
        words = Words(View(store, index, console.today), console.lang)
        asked = Asked(a, b, keep, via, tuple(sorted(set(others))))
        found = answer(words.shown, asked, k)
        if machine:
            click.echo(json.dumps(as_json(words, found), ensure_ascii=False))
            return
        for line in told(words, found):
            click.echo(line)


def party_meant(index: Index, text: str, console: Console) -> str:
    """The party that an id or a name means.

    Raises:
        NotFound: ("party-not-found", …) no name is like it.
        BadInput: ("party-unclear", …) several are, or one is only nearly alike: `near` names them.
    """
    from explorer.naming import meant

    found = meant(index, text, console.lang)
    if found.id:
        return found.id
    if not found.candidates:
        raise NotFound("party-not-found", text=text[:50])
    near = ", ".join(f"{party.name(console.lang)} ({party.id})" for party in found.candidates)
    raise BadInput("party-unclear", text=text[:50], near=near)


def told(words: Words, found: Answer) -> Iterator[str]:
    """The answer as lines to read."""
    from explorer.i18n import say
    from explorer.paths import MAX_HOPS

    lang, asked = words.lang, found.asked
    ends = {"a": words.name(asked.start), "b": words.name(asked.goal)}
    yield say(lang, "cli.paths.title", **ends, day=words.shown.day)
    for number, path in enumerate(found.paths, 1):
        yield ""
        chain = " → ".join(words.name(id) for id in path.parties)
        yield f"{number}. {chain} ({say(lang, 'cli.paths.hops', n=len(path.hops))})"
        for hop in path.hops:
            yield f"   {words.name(hop.a)} – {words.name(hop.b)}:"
            yield from _proofs(words, hop)
    if not found.paths:
        yield say(lang, "connect.opening.none", **ends, n=MAX_HOPS)
        yield words.bridge(found.missing)
        for line in found.others:
            yield words.otherwise(asked, line)


def _proofs(words: Words, hop: Hop) -> Iterator[str]:
    from explorer.i18n import partial_date, say
    from explorer.paths.answer import PROOFS

    lang, best = words.lang, words.shown.documents(hop.agreements[:PROOFS])
    for one in best:
        signed = partial_date(lang, str(one.signed)) if one.signed else say(lang, "date.none")
        status = say(lang, f"status.{status_of(one, words.shown.day)}")
        yield f"     {words.title(one)} ({signed}; {status}) [{one.id}]"
    if (more := len(hop.agreements) - len(best)) > 0:
        yield f"     {say(lang, 'path.more-agreements', n=more)}"


def _check(store: GraphStore, keep: TieFilter) -> None:
    if keep.topic and keep.topic not in {topic.id for topic in store.topics()}:
        raise BadInput("sdg-unknown", value=keep.topic[:50])
    if keep.year_from and keep.year_to and keep.year_from > keep.year_to:
        first, last = str(keep.year_from), str(keep.year_to)
        raise BadInput("years-reversed", field="to-year", first=first, last=last)
