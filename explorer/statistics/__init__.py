"""The network as a whole: who bridges, which groups it falls into, who holds it together."""

from explorer.statistics.whole import (
    Statistics,
    statistics,
)

__all__ = [
    "Statistics",
    "statistics",
]
