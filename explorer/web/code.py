"""Which code makes the pages: one short name that changes whenever any of it does."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Final

from graph_loader import data_folder

_EXPLORER: Final = Path(__file__).parent.parent
_MAKES_PAGES: Final = frozenset({".py", ".po", ".html", ".css", ".js", ".svg", ".json", ".csv"})


@cache
def code_version(templates: Path) -> str:
    """Sixteen hex digits of all that a page is made by: code, templates, sentences, files, lists.

    By content and not by time, so that two machines with one version of Simpul agree.
    Cost: once per process, some 0.02 s.
    """
    import graph_loader

    loader = Path(graph_loader.__file__).parent
    known = blake2b(digest_size=8)
    for folder in (_EXPLORER, loader, templates, data_folder()):
        for path in _files(folder):
            known.update(path.relative_to(folder).as_posix().encode())
            known.update(path.read_bytes())
    return known.hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.suffix in _MAKES_PAGES)
