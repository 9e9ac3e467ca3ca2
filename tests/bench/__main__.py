"""`make bench`: figures of this machine, each beside its peer or its bound.

python -m tests.bench                     everything but what takes a million agreements
python -m tests.bench discovery paths     only these
python -m tests.bench --write discovery   the same, put into docs/performance.md
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from tests.bench import discovery, growth, loader, neo4j, network_page, pages, paths, serving, store
from tests.bench.document import Row, described, written

TABLES: Final[Mapping[str, Callable[[], Sequence[Row]]]] = {
    "store": store.run,
    "loads": loader.run,
    "pages": pages.run,
    "serving": serving.run,
    "network-page": network_page.run,
    "discovery": discovery.run,
    "paths": paths.run,
    "neo4j": neo4j.run,
    "million": lambda: [*growth.million(), *paths.million()],
}
LARGE: Final = "million"  # because it takes some ten minutes and some gigabytes


def main(words: Sequence[str] | None = None) -> None:
    """Measure, print each table as soon as it is there, and write it down if asked to."""
    reader = argparse.ArgumentParser(prog="python -m tests.bench")
    reader.add_argument("table", nargs="*", help=f"of: {', '.join(TABLES)}")
    reader.add_argument("--write", action="store_true", help="into docs/performance.md")
    asked = reader.parse_args(words)
    if unknown := sorted(set(asked.table) - TABLES.keys()):
        reader.error(f"no such table: {', '.join(unknown)}")
    for name in asked.table or [name for name in TABLES if name != LARGE]:
        here = described(name)
        rows = TABLES[name]()
        print(_aligned([("what", "measured", "bound"), *rows]), flush=True)
        if asked.write:
            written(name, here, rows)


def _aligned(rows: Sequence[Row]) -> str:
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    lines = (zip(row, widths, strict=True) for row in rows)
    return "\n".join("  ".join(text.ljust(width) for text, width in line) for line in lines)


if __name__ == "__main__":
    main()
