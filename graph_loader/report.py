"""What a load did, as values that a machine may read and a person too."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from graph_loader.load import LoadOutcome
from graph_loader.model import Problem

Say = Callable[..., str]
"""From a catalogue key and its parameters to a sentence in the reader's language."""


def as_dict(outcome: LoadOutcome, say: Say) -> dict[str, object]:
    """One load: its counts, whether the store changed, and every problem in words.

    Returns: `accepted` counts agreements; `rejected` and `doubtful` count problems.
    """
    load = outcome.report.load
    return {
        "source": load.source,
        "file": load.file,
        "version": outcome.report.load.version,
        "changed": outcome.report.changed_anything,
        "rows": load.rows,
        "accepted": load.accepted,
        "added": load.added,
        "updated": load.changed,
        "unchanged": load.unchanged,
        "retired": load.retired,
        "rejected": count(outcome.problems, "rejected"),
        "doubtful": count(outcome.problems, "doubtful"),
        "problems": [problem_dict(problem, say) for problem in outcome.problems],
    }


def count(problems: Iterable[Problem], severity: str) -> int:
    """How many problems are of this severity ("rejected" or "doubtful")."""
    return sum(problem.severity == severity for problem in problems)


def problem_dict(problem: Problem, say: Say) -> dict[str, object]:
    """One problem: where it stands, what is wrong and what to do about it."""
    params = {"file": problem.file, "column": problem.column, "value": problem.value}
    params |= dict(problem.params)
    key = f"problem.{problem.code}"
    return {
        "file": problem.file,
        "sheet": problem.sheet,
        "row": problem.row,
        "column": problem.column,
        "value": problem.value,
        "code": problem.code,
        "why": say(key, **params),
        "fix": say(f"{key}.fix", **params),
        "severity": problem.severity,
    }
