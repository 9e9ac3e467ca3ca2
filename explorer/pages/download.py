"""What a planner takes away as data: the agreements of a list, the network of a filter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urljoin

from flask import Blueprint, request, send_file
from flask.typing import ResponseReturnValue

from explorer.graph_file import WRITERS, network_graph
from explorer.i18n import say
from explorer.listing import Choice, asked, choices, order_asked, years_words
from explorer.pages.network import mask
from explorer.present import AgreementRow, rows, view
from explorer.service import View
from explorer.web.address import language, page
from graph_loader import (
    MAX_PAGE_SIZE,
    AgreementFilter,
    BadInput,
    Language,
    Order,
    PartialDate,
    Table,
    Value,
    write_table,
)

bp = Blueprint("download", __name__)
LIMIT = 10_000  # agreements; because 609 take 0.2 s as XLSX, and the whole is `simpul export`
COLUMNS = (
    "agreement", "id", "parties", "instrument", "signed", "ends", "status", "goals", "topic",
    "source", "address",
)  # fmt: skip
_WIDTHS = (52, 30, 60, 20, 12, 12, 34, 12, 40, 44, 44)
_ABOUT_WIDTHS = (28, 80)


def register(kind: str) -> ResponseReturnValue:
    """`/unduh/perjanjian.xlsx?negara=au`: every agreement that the address of a list asks for.

    Takes the filters of `/perjanjian`, and `pihak` for the agreements of one party.
    Raises: BadInput ("download-too-long") rather than leave rows out.
    """
    shown, lang = view(), language()
    party = request.args.get("pihak", "")
    name = shown.party(party).name(lang) if party else ""
    where, order = asked(shown, party=party), order_asked()
    total = shown.store.agreements(where, limit=1).total
    if total > LIMIT:
        raise BadInput("download-too-long", found=total, limit=LIMIT)
    headings = [say(lang, f"download.column.{column}") for column in COLUMNS]
    listed = _every(shown, where, order, total, lang)
    table = Table(say(lang, "download.sheet"), headings, map(_cells, listed), _WIDTHS)
    about = _about(shown, choices(shown, shown.facets(where), lang), where, name, total, lang)
    saved = f"simpul-{say(lang, 'download.file')}-{shown.day}-v{shown.version}.{kind}"
    with TemporaryDirectory() as folder:
        path = Path(folder) / saved
        write_table(path, table, about=about)
        content = BytesIO(path.read_bytes())
    return send_file(content, as_attachment=True, download_name=saved)


def network(kind: str) -> ResponseReturnValue:
    """`/unduh/jaringan.gexf?negara=au`: every tie of the network that the address asks for.

    Takes the filters of `/jaringan`, and like it the agreements in force where no status is asked.
    Raises: BadInput ("download-too-many-ties") rather than leave ties out.
    """
    shown, lang = view(), language()
    graph = network_graph(
        shown, mask(shown, asked(shown, party=request.args.get("pihak", ""))), lang
    )
    saved = f"simpul-{say(lang, 'download.file.network')}-{shown.day}-v{shown.version}.{kind}"
    content = BytesIO(WRITERS[kind](graph))
    return send_file(content, "application/xml", as_attachment=True, download_name=saved)


def _every(
    shown: View, where: AgreementFilter, order: Order, total: int, lang: Language
) -> Iterator[AgreementRow]:
    for offset in range(0, total, MAX_PAGE_SIZE):
        found = shown.store.agreements(where, order=order, limit=MAX_PAGE_SIZE, offset=offset)
        yield from rows(shown, found.items, lang)


def _cells(row: AgreementRow) -> Sequence[Value]:
    """In the order of `COLUMNS`."""
    return (
        row.title, row.id, "; ".join(link.name for link in row.parties), row.instrument,
        _day(row.signed), _day(row.ends), row.status_words, ", ".join(row.goals), row.topic_text,
        row.page, urljoin(request.host_url, row.url),
    )  # fmt: skip


def _day(known: PartialDate | None) -> Value:
    """A day as a day, a year as a number; a month, which is neither, as it is written."""
    if known is None:
        return ""
    if known.day:
        return known.first
    return str(known) if known.month else known.year


def _about(
    shown: View, filters: Mapping[str, Sequence[Choice]], where: AgreementFilter, party: str,
    total: int, lang: Language,
) -> Table:  # fmt: skip
    """The second sheet: what the file holds, as of when, and which filters made it."""
    found: list[tuple[str, Value]] = [
        (say(lang, "download.about.agreements"), total),
        (say(lang, "download.about.day"), shown.day),
        (say(lang, "download.about.version"), shown.version),
    ]
    if party:
        found.append((say(lang, "download.about.party"), party))
    if where.text:
        found.append((say(lang, "filter.text"), where.text))
    found += [
        (say(lang, f"filter.{name}"), choice.label)
        for name, offered in filters.items()
        for choice in offered
        if choice.chosen
    ]
    found += years_words(where, lang)
    found.append((say(lang, "download.about.caution"), say(lang, "frame.seed")))
    headings = [say(lang, "download.about.what"), say(lang, "download.about.value")]
    return Table(say(lang, "download.about"), headings, found, _ABOUT_WIDTHS, wrapped=True)


page(bp, "/unduh/jaringan.<any(graphml, gexf):kind>", "network", network)
page(bp, "/unduh/perjanjian.<any(csv, xlsx):kind>", "register", register)
