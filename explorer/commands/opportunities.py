"""`simpul opportunities REGION [--list …] [--limit N] [--json]`: whom a region could work with.

REGION is a Kemendagri code or a name. `--json` prints what `explorer.answers` describes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

import click

from graph_loader import REGION_LEVELS, BadInput, NotFound
from graph_loader.commands import Command, Console

if TYPE_CHECKING:  # because numpy and scipy are slow to come, and other commands need neither
    from explorer.index import Index
    from explorer.opportunities import Case, ListName, Ranked
    from explorer.reasons import Reason
    from explorer.sentences import Speaker

SHOWN = 5  # because three lists of that many still fit a few screens
IN_JSON = 20  # because that many are read, and the totals say how many there are
_LISTS = ("abroad", "regions", "third_parties")


@click.command(cls=Command)
@click.argument("region")
@click.option("--list", "name", type=click.Choice(_LISTS))
@click.option("--limit", metavar="NUMBER", type=click.IntRange(1, 100_000))
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def opportunities(
    console: Console, region: str, name: str | None, limit: int | None, as_json: bool
) -> None:
    """Show whom a region could work with and does not, with reasons, evidence and next step."""
    from explorer.answers import opportunities_answer
    from explorer.library import index_of
    from explorer.opportunities import opportunities as find
    from explorer.sentences import Speaker
    from explorer.service import View

    lists = cast("tuple[ListName, ...]", (name,) if name else _LISTS)
    with console.open_existing() as store:
        if store is None:
            raise BadInput("store-empty")
        index = index_of(store)
        ranked = find(index, region_meant(index, region, console), console.today)
        speaker = Speaker(View(store, index, console.today), console.lang)
        if as_json:
            found = opportunities_answer(speaker, ranked, lists=lists, limit=limit or IN_JSON)
            click.echo(json.dumps(found, ensure_ascii=False))
            return
        for line in told(speaker, ranked, lists, limit or SHOWN):
            click.echo(line)


def region_meant(index: Index, text: str, console: Console) -> str:
    """The region that a code or a name means.

    Raises:
        NotFound: ("region-unknown", …) no name is like it.
        BadInput: ("region-unclear", …) several are, or one is only nearly alike: `near` names them.
    """
    from explorer.naming import meant

    found = meant(index, text, console.lang, levels=REGION_LEVELS)
    if found.id:
        return found.id
    if not found.candidates:
        raise NotFound("region-unknown", text=text[:50])
    near = ", ".join(f"{party.name(console.lang)} ({party.id})" for party in found.candidates)
    raise BadInput("region-unclear", text=text[:50], near=near)


def told(
    speaker: Speaker, ranked: Ranked, lists: tuple[ListName, ...], limit: int
) -> Iterator[str]:
    """The lists as lines to read."""
    from explorer.explain import gather
    from explorer.i18n import day, say

    lang, region = speaker.lang, ranked.question.id(ranked.question.region)
    title = say(lang, "opportunity.title", region=speaker.name(region))
    yield f"{title} ({day(lang, ranked.question.day)})"
    if cold := speaker.cold(ranked):
        yield cold
    cases = {name: ranked.cases(ranked.part(name, 0, limit)) for name in lists}
    gather(speaker.shown, [case for some in cases.values() for case in some])
    for name, some in cases.items():
        heading, total = say(lang, f"opportunity.list.{name}"), len(ranked.lists[name])
        yield ""
        if not some:
            yield f"{heading}: " + say(lang, "opportunity.list.none")
            continue
        shown = say(lang, "opportunity.shown", first=1, last=len(some), total=total)
        yield f"{heading}: {shown}"
        for case in some:
            yield from _case(speaker, case)
    yield ""
    yield say(lang, "law.guidance")


def _case(speaker: Speaker, case: Case) -> Iterator[str]:
    from explorer.i18n import say

    lang, line, law = speaker.lang, case.opportunity, speaker.advice(case.advice)
    yield f"{line.rank}. {speaker.name(line.party)} ({speaker.sub(line.party)})"
    for found in case.reasons:
        yield f"   {say(lang, f'reason-name.{found.code}')}: {speaker.reason(found)}"
        yield f"      {say(lang, 'cli.opportunities.evidence')}: {_evidence(speaker, found)}"
    for chain in case.unused.chains:
        renewals = [speaker.renewal(one) for one in speaker.shown.documents(chain.renewals)]
        words = " ".join([speaker.unused(chain), *renewals])
        yield f"   {say(lang, 'cli.opportunities.path')}: {words}"
    for finding in law.findings:
        if finding.effect in {"blocks", "re-routes"}:
            yield f"   {finding.effect_words}: {finding.sentence} [{finding.citation}]"
    step = law.next_step
    yield f"   {say(lang, 'opportunity.next-step')} {step.sentence} [{step.citation}]"


def _evidence(speaker: Speaker, found: Reason) -> str:
    from explorer.explain import PROOFS

    rows = [speaker.row(row) for row in found.rows]
    return ", ".join([*found.agreements[:PROOFS], *rows])
