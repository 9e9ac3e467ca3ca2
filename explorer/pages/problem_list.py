"""The problems of what was loaded last from each source, as a list and as a file; the template."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from flask import Blueprint, request, send_file
from flask.typing import ResponseReturnValue

from explorer.explain import problem
from explorer.i18n import say
from explorer.present import view
from explorer.service import View
from explorer.web.address import language, page
from graph_loader import (
    MAX_PAGE_SIZE,
    Language,
    Load,
    Problem,
    problem_table,
    write_table,
    write_template,
)

bp = Blueprint("problem_list", __name__)
LETTERS: Final = 70  # because a longer kind fits no list to choose from
Found = Sequence[tuple[str, Problem]]
"""(source, problem)"""


def last_loads(loads: Iterable[Load]) -> Mapping[str, Load]:
    """The last load of each source, by source; of loads that come newest first."""
    found: dict[str, Load] = {}
    for load in loads:
        found.setdefault(load.source, load)
    return found


def found_problems(shown: View, last: Mapping[str, Load], source: str, kind: str) -> Found:
    """The problems of those loads, of one source and of one kind where these are given."""
    return [
        (id, item)
        for id, load in sorted(last.items())
        if load.problems and source in ("", id)
        for item in _problems_of(shown, load)
        if kind in ("", item.code)
    ]


def kinds(found: Found, lang: Language) -> dict[str, str]:
    """Each kind of problem in the words of the first one."""
    words: dict[str, str] = {}
    for _, item in found:
        if item.code not in words:
            why = problem(item, lang)[1]
            words[item.code] = why if len(why) <= LETTERS else f"{why[: LETTERS - 1].rstrip()}…"
    return words


def source_asked() -> str:
    """The source that the address asks for."""
    return request.args.get("sumber", "")[:200]


def kind_asked() -> str:
    """The kind of problem that the address asks for."""
    return request.args.get("jenis", "")[:100]


def file(kind: str) -> ResponseReturnValue:
    """`/unduh/masalah.xlsx?sumber=simpul&jenis=date-unread`"""
    shown, lang = view(), language()
    last = last_loads(shown.store.loads(limit=MAX_PAGE_SIZE).items)
    found = found_problems(shown, last, source_asked(), kind_asked())
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"problems.{kind}"
        write_table(path, problem_table([item for _, item in found], partial(say, lang)))
        content = BytesIO(path.read_bytes())
    saved = f"simpul-{say(lang, 'data.problems.file')}-{shown.day}-v{shown.version}.{kind}"
    return send_file(content, as_attachment=True, download_name=saved)


def template() -> ResponseReturnValue:
    """`/unduh/templat.xlsx`: an empty register with lists to choose from and instructions."""
    lang = language()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "template.xlsx"
        write_template(path, lang, partial(say, lang))
        content = BytesIO(path.read_bytes())
    saved = f"simpul-{say(lang, 'data.template.file')}.xlsx"
    return send_file(content, as_attachment=True, download_name=saved)


def _problems_of(shown: View, load: Load) -> Sequence[Problem]:
    """All of them, kept with the index, because a load does not change."""
    return shown.index.remember(
        ("problems", load.id, load.started),
        lambda: shown.store.problems(load.id, limit=load.problems).items,
    )


page(bp, "/unduh/masalah.<any(csv, xlsx):kind>", "file", file)
page(bp, "/unduh/templat.xlsx", "template", template)
