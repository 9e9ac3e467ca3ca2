"""What a planner takes away as data: the agreements of a list, the network of a filter."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from urllib.parse import urljoin

from flask import Blueprint, request, send_file
from flask.typing import ResponseReturnValue

from explorer.filters import Choice, asked, choices, more_choices, pictured, years_words
from explorer.graph_file import WRITERS, network_graph
from explorer.i18n import say
from explorer.listing import COLUMNS, columns_asked, order_asked
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
_WIDTHS = {
    "agreement": 52, "id": 30, "parties": 60, "category": 40, "instrument": 20, "signed": 12,
    "ends": 12, "status": 34, "goals": 12, "topic": 40, "source": 44, "address": 44,
}  # fmt: skip
_ABOUT_WIDTHS = (28, 80)


def register(kind: str) -> ResponseReturnValue:
    """`/unduh/perjanjian.xlsx?negara=au`: every agreement that the address of a list asks for.

    Takes the filters, columns and order of `/perjanjian`, and `pihak` for one party's agreements;
    every column where none is asked for.
    Raises: BadInput ("download-too-long") rather than leave rows out.
    """
    shown, lang = view(), language()
    party = request.args.get("pihak", "")
    name = shown.party(party).name(lang) if party else ""
    where, order = asked(shown, party=party), order_asked()
    total = shown.store.agreements(where, limit=1).total
    if total > LIMIT:
        raise BadInput("download-too-long", found=total, limit=LIMIT)
    columns = columns_asked() or COLUMNS
    headings = [say(lang, f"download.column.{column}") for column in columns]
    cells = ([_CELLS[column](row) for column in columns]
             for row in _every(shown, where, order, total, lang))  # fmt: skip
    widths = [_WIDTHS[column] for column in columns]
    table = Table(say(lang, "download.sheet"), headings, cells, widths)
    offered = choices(shown, shown.facets(where), lang) | more_choices(shown, where, lang)
    about = _about(shown, offered, where, name, total, lang)
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
        shown, pictured(shown, asked(shown, party=request.args.get("pihak", ""))), lang
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


def _day(known: PartialDate | None) -> Value:
    """A day as a day, a year as a number; a month, which is neither, as it is written."""
    if known is None:
        return ""
    if known.day:
        return known.first
    return str(known) if known.month else known.year


_CELLS: Final[Mapping[str, Callable[[AgreementRow], Value]]] = {
    "agreement": lambda row: row.title,
    "id": lambda row: row.id,
    "parties": lambda row: "; ".join(link.name for link in row.parties),
    "category": lambda row: "; ".join(row.categories),
    "instrument": lambda row: row.instrument,
    "signed": lambda row: _day(row.signed),
    "ends": lambda row: _day(row.ends),
    "status": lambda row: row.status_words,
    "goals": lambda row: ", ".join(row.goals),
    "topic": lambda row: row.topic_text,
    "source": lambda row: row.page,
    "address": lambda row: urljoin(request.host_url, row.url),
}
"""What stands in each of `COLUMNS`."""


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
