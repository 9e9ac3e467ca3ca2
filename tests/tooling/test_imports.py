"""Who may import whom: docs/architecture.md's directions, read from the source itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Final

import pytest

import graph_loader
from tests.tooling.checkout import ROOT, tracked

ROOMS: Final = ("explorer", "graph_loader")
# A library, and the only rooms that may import it.
ONLY_IN: Final[dict[str, tuple[str, ...]]] = {
    "pyvis": ("explorer/pictures/scene.py",),
    "flask": (
        "explorer/__init__.py",  # only for the type of what it makes
        "explorer/app.py",
        "explorer/pages/*.py",
        "explorer/api/*.py",
        "explorer/web/*.py",
        # what pages share: a filter and a list from the address, a party as a page shows it
        "explorer/filters.py",
        "explorer/listing.py",
        "explorer/present.py",
    ),
    "sqlite3": ("graph_loader/store/sqlite.py", "graph_loader/store/sqlite_*.py"),
    "neo4j": ("graph_loader/store/neo4j.py",),
    "python_calamine": ("graph_loader/reading/read_xlsx.py",),
    "openpyxl": (
        "graph_loader/reading/read_xlsx.py",
        "graph_loader/writing/spreadsheet.py",
        "graph_loader/writing/corrected.py",
        "graph_loader/writing/annotate.py",
        "graph_loader/writing/problem_sheet.py",
    ),
    "xlsxwriter": ("graph_loader/writing/spreadsheet.py", "graph_loader/writing/template*.py"),
    "click": (
        "graph_loader/cli.py",
        "graph_loader/commands.py",
        "graph_loader/answers.py",
        "graph_loader/background/answers.py",
        "explorer/cli.py",
        "explorer/commands/*.py",
    ),
    "rich": ("graph_loader/terminal.py",),
}
# The console script mounts the loader's commands, and `serve` may load what is shipped; a command
# of its own speaks as they do, and its cells are no formulas either.
COMMANDS: Final = {
    ("explorer/cli.py", "graph_loader.cli"),
    ("explorer/cli.py", "graph_loader.commands"),
    ("explorer/cli.py", "graph_loader.load"),
    ("explorer/commands/*.py", "graph_loader.commands"),
    ("explorer/commands/*.py", "graph_loader.writing.spreadsheet"),
    ("explorer/commands/*.py", "graph_loader.writing.unwritable"),
}


def imports(tree: ast.AST, package: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each imported module, absolute, with the names taken from it (none for `import x`)."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, ()) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parents = package.split(".")[: len(package.split(".")) - node.level + 1]
            module = ".".join([*(parents if node.level else []), node.module or ""]).strip(".")
            yield module, tuple(alias.name for alias in node.names)


def faults(room: str, source: str) -> list[str]:
    """What a module at that place imports and must not."""
    package = ".".join(Path(room).parts[:-1])
    found = []
    for module, names in imports(ast.parse(source), package):
        top = module.partition(".")[0]
        if top in ONLY_IN and not any(fnmatch(room, place) for place in ONLY_IN[top]):
            found.append(f"{room} imports {top}; only {', '.join(ONLY_IN[top])} may")
        if room.startswith("graph_loader/") and top == "explorer":
            found.append(f"{room} imports {module}: the loader knows nothing of the web")
        if room.startswith("explorer/") and top == "graph_loader":
            found += _beyond_exports(room, module, names)
        if room.startswith(("explorer/", "graph_loader/")) and top == "tests":
            found.append(f"{room} imports {module}: the product does not rest on its tests")
    return found


def _beyond_exports(room: str, module: str, names: tuple[str, ...]) -> list[str]:
    if any(fnmatch(room, place) and module == allowed for place, allowed in COMMANDS):
        return []
    if module != "graph_loader":
        return [f"{room} imports {module}; only graph_loader itself may be imported"]
    hidden = sorted(set(names) - set(graph_loader.__all__))
    return [f"{room} takes {name}, which graph_loader does not export" for name in hidden]


def test_every_module_keeps_to_its_room() -> None:
    modules = [p for p in tracked() if p.suffix == ".py" and p.parts[len(ROOT.parts)] in ROOMS]
    assert len(modules) > 20, "the packages are not where this test looks"
    found = [f for p in modules for f in faults(p.relative_to(ROOT).as_posix(), p.read_text())]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("room", "source"),
    [
        ("graph_loader/load.py", "from explorer import create_app"),
        ("graph_loader/load.py", "import flask"),
        ("graph_loader/load.py", "def late():\n    from flask import g"),
        ("graph_loader/load.py", "import sqlite3"),
        ("graph_loader/store/open.py", "from neo4j import GraphDatabase"),
        ("explorer/paths/best.py", "import pyvis.network"),
        ("explorer/paths/best.py", "from flask.typing import ResponseReturnValue"),
        ("explorer/paths/best.py", "from graph_loader.store.base import Scan"),
        ("explorer/paths/best.py", "import graph_loader.load"),
        ("explorer/paths/best.py", "from graph_loader import load_nothing"),
        ("explorer/pages/home.py", "from graph_loader.cli import load"),
        ("explorer/pages/home.py", "from graph_loader.commands import Console"),
        ("explorer/pages/home.py", "from tests import worlds"),
    ],
)
def test_a_module_that_leaves_its_room_is_named(room: str, source: str) -> None:
    assert faults(room, source)


@pytest.mark.parametrize(
    ("room", "source"),
    [
        ("explorer/cli.py", "from graph_loader.cli import load, status"),
        ("explorer/paths/best.py", "from graph_loader import Agreement\nfrom .ties import Ties"),
        ("explorer/commands/gaps.py", "import click\nfrom graph_loader.commands import Console"),
        ("explorer/pages/home.py", "from flask import Blueprint"),
        ("explorer/pictures/scene.py", "from pyvis.network import Network"),
        ("graph_loader/store/sqlite.py", "import sqlite3\nfrom ..model import Party"),
    ],
)
def test_a_module_in_its_room_is_left_alone(room: str, source: str) -> None:
    assert faults(room, source) == []
