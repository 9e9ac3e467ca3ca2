"""What a check or a load found, as values that a machine may read and a person too."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from graph_loader.dates import PartialDate
from graph_loader.model import Problem

if TYPE_CHECKING:
    from graph_loader.load import Checked, LoadOutcome

_DATES = frozenset({"read", "signed", "ends"})
_NUMBERS = frozenset({"limit", "n", "km"})
Say = Callable[..., str]
"""From a catalogue key and its parameters to a sentence in the reader's language."""


def checked_dict(checked: Checked, say: Say) -> dict[str, object]:
    """What files hold: counts, and every problem in words.

    Returns: `accepted` and `left_out` count agreements, `rejected` and `doubtful` problems.
    """
    batch = checked.batch
    return {
        "source": batch.source.id,
        "file": batch.file,
        "rows": batch.rows,
        "accepted": len(batch.agreements),
        "left_out": checked.left_out,
        "rejected": count(checked.problems, "rejected"),
        "doubtful": count(checked.problems, "doubtful"),
        "problems": [problem_dict(problem, say) for problem in checked.problems],
    }


def load_dict(outcome: LoadOutcome, say: Say) -> dict[str, object]:
    """What a load did: as `checked_dict`, and what is new, changed and retired in the store.

    Returns: `version` is None where nothing was written.
    """
    load = outcome.report.load if outcome.report else None
    return checked_dict(outcome.checked, say) | {
        "version": load.version if load else None,
        "changed": bool(outcome.report and outcome.report.changed_anything),
        "added": load.added if load else 0,
        "updated": load.changed if load else 0,
        "unchanged": load.unchanged if load else 0,
        "retired": load.retired if load else 0,
        "kept": outcome.kept,
    }


def _typed(name: str, text: str) -> object:
    """A parameter as what it is, so that a sentence writes it as its language does."""
    if name in _DATES and text:
        return PartialDate.parse(text)
    return int(text) if name in _NUMBERS else text


def count(problems: Iterable[Problem], severity: str) -> int:
    """How many problems are of this severity ("rejected" or "doubtful")."""
    return sum(problem.severity == severity for problem in problems)


def problem_dict(problem: Problem, say: Say) -> dict[str, object]:
    """One problem: where it stands, what is wrong and what to do about it."""
    params: dict[str, object] = {"file": problem.file, "sheet": problem.sheet,
                                 "column": problem.column, "value": problem.value}  # fmt: skip
    params |= {name: _typed(name, text) for name, text in problem.params}
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
