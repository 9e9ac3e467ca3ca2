"""The network as one HTML file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from explorer.network_file import Inlined
from graph_loader import Status


@dataclass(frozen=True, slots=True)
class FileRow:
    """A tie in the file's table: names only, since a file leads nowhere."""

    a: str
    b: str
    agreements: int
    status: Status


@dataclass(frozen=True, slots=True)
class NetworkFileContext:
    """All that the file holds; `ties` is how many there are, of which `rows` are the strongest."""

    title: str
    summary: str
    notes: Sequence[str]
    picture: Markup
    legend: Sequence[tuple[str, Markup]]
    rows: Sequence[FileRow]
    ties: int
    as_of: str
    scene: Markup
    inlined: Inlined
