"""The best paths between two parties, and what is said where there is none."""

from explorer.paths.best import (
    MAX_HOPS,
    MAX_PATHS,
    Asked,
    Hop,
    Path,
    best_paths,
    bridge,
    connect,
    farther_path,
)

__all__ = [
    "MAX_HOPS",
    "MAX_PATHS",
    "Asked",
    "Hop",
    "Path",
    "answer",
    "best_paths",
    "bridge",
    "connect",
    "farther_path",
]
