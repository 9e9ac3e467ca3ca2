"""Where there is no path as asked: on which other terms there is one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from explorer.index import Index
from explorer.paths import Asked, Path, best_paths, farther_path
from explorer.ties import TieFilter

Code = Literal["lapsed", "unfiltered", "not-through", "not-avoiding", "anything", "farther"]
PLAIN: Final = TieFilter()


@dataclass(frozen=True, slots=True)
class Otherwise:
    """A path on other terms: `asked` is what leads to it, `renewed` what would have to be renewed.

    `farther` is the one whose terms no question can hold: it has a hop too many.
    """

    code: Code
    asked: Asked
    path: Path
    renewed: tuple[str, ...] = ()


def otherwise(index: Index, asked: Asked, day: date) -> tuple[Otherwise, ...]:
    """What one change of terms would give, where `asked` itself gives nothing.

    Returns:
        In a fixed order: with lapsed agreements, without the filter, not through, not avoiding,
        one hop more. Where no single change gives a path: all of them together, if that does.
    """
    found = [line for change in _changes(asked) if (line := _tried(index, *change, day))]
    if not asked.through and (path := farther_path(index, asked, day)):
        found.append(Otherwise("farther", asked, path))
    free = Asked(asked.start, asked.goal, TieFilter(with_lapsed=True))
    if not found and free != asked and (line := _tried(index, "anything", free, day)):
        found.append(line)
    return tuple(found)


def _changes(asked: Asked) -> Iterator[tuple[Code, Asked]]:
    keep = asked.keep
    if not keep.with_lapsed:
        yield "lapsed", replace(asked, keep=replace(keep, with_lapsed=True))
    bare = replace(PLAIN, with_lapsed=keep.with_lapsed)
    if keep != bare:
        yield "unfiltered", replace(asked, keep=bare)
    if asked.through:
        yield "not-through", replace(asked, through="")
    if asked.avoiding:
        yield "not-avoiding", replace(asked, avoiding=())


def _tried(index: Index, code: Code, asked: Asked, day: date) -> Otherwise | None:
    paths = best_paths(index, asked, day, k=1)
    if not paths:
        return None
    renewed = _gone(index, paths[0], day) if asked.keep.with_lapsed else ()
    return Otherwise(code, asked, paths[0], renewed)


def _gone(index: Index, path: Path, day: date) -> tuple[str, ...]:
    """For each hop that no agreement in force carries, the best one that has lapsed."""
    in_force = index.in_force(day)
    return tuple(
        hop.agreements[0]
        for hop in path.hops
        if not any(in_force[index.agreement_number[id]] for id in hop.agreements)
    )
