"""`make bench`: figures of this machine, each beside its peer or its bound."""

from __future__ import annotations

from tests.bench.discovery import run as discovery
from tests.bench.loader import run as loads
from tests.bench.neo4j import run as on_neo4j
from tests.bench.pages import run as pages
from tests.bench.paths import run as paths
from tests.bench.store import run as writes

Row = tuple[str, str, str]


def main() -> None:
    """Run every bench and print one table."""
    rows: list[Row] = [
        ("what", "measured", "bound"),
        *writes(),
        *loads(),
        *pages(),
        *discovery(),
        *paths(),
        *on_neo4j(),
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    for row in rows:
        print("  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)))


if __name__ == "__main__":
    main()
