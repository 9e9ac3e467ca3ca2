"""docs/performance.md: each of its tables between two marks, with the command that made it."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

DOCUMENT: Final = Path(__file__).parents[2] / "docs" / "performance.md"
_TABLE: Final = re.compile(r"<!-- table: ([\w-]+) -->\n(.*?)<!-- end -->", re.DOTALL)
Row = tuple[str, str, str]


def tables(text: str) -> dict[str, str]:
    """What stands between the marks of each table, by its name.

    Example:
        >>> tables("<!-- table: one -->\\nfigures\\n<!-- end -->")
        {'one': 'figures\\n'}
    """
    return dict(_TABLE.findall(text))


def described(name: str) -> str:
    """By which command, when and on what a table is measured, and how busy it was there before."""
    now = datetime.now(UTC)
    load = os.getloadavg()[0]
    return (
        f"`python -m tests.bench --write {name}`, {now:%d %B %Y}, {_processor()}, "
        f"{os.cpu_count()} processors, Python {platform.python_version()}; "
        f"load of the machine before: {load:.1f}"
    )


def written(name: str, here: str, rows: Sequence[Row]) -> None:
    """Put a table in the place of the last one of its name.

    Raises: ValueError where the document has no place for it.
    """
    text = DOCUMENT.read_text(encoding="utf-8")
    if name not in tables(text):
        raise ValueError(f"{DOCUMENT.name} has no marks for the table {name}")
    lines = [f"| {' | '.join(row)} |\n" for row in [("what", "measured", "bound"), *rows]]
    body = "".join([here, "\n\n", lines[0], "|---|---|---|\n", *lines[1:]])
    found = _TABLE.sub(
        lambda match: f"<!-- table: {name} -->\n{body}<!-- end -->" if match[1] == name
        else match[0],
        text,
    )  # fmt: skip
    DOCUMENT.write_text(found, encoding="utf-8")


def _processor() -> str:
    """Its own name where Linux tells it."""
    told = Path("/proc/cpuinfo")
    names = re.findall(r"model name\s*: (.+)", told.read_text()) if told.exists() else []
    return names[0] if names else platform.machine()
