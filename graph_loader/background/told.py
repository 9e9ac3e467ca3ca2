"""What is told about a list of twin towns: rows left out, rows to look at."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

from graph_loader.background.columns import Layout
from graph_loader.model import Party, Place, Problem
from graph_loader.reading.read import Row

_SHOWN: Final = 200  # characters of a value: because a person must find the cell, not read it


def both_names(party: Party) -> str:
    """A party as both languages call it, because a problem is kept for readers of either.

    Example:
        >>> from graph_loader.model import make_party
        >>> both_names(make_party("jp", "Jepang", "Japan", "country"))
        'Jepang / Japan'
    """
    return " / ".join(dict.fromkeys((party.name_id, party.name_en)))


@dataclass
class Told:
    """The problems of one file as they are met; a country that is not known is told once."""

    file: str
    sheet: str
    layout: Layout
    _problems: list[Problem] = field(default_factory=list)
    _countries: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Where in `_problems` an unknown country is told, and in how many rows it stands."""

    def reject(self, code: str, row: Row, at: int, **params: str) -> None:
        """A row that is left out."""
        self._add(Problem(code, "rejected", params=tuple(sorted(params.items()))), row, at)

    def doubt(self, code: str, row: Row, at: int, value: str | None = None) -> None:
        """A row to look at: what is doubtful of it is not taken."""
        self._add(Problem(code, "doubtful"), row, at, value)

    def country(self, row: Row, at: int, text: str, like: Party | None) -> None:
        """A country that is not known, told where it is met first; `like` is one named alike."""
        if text in self._countries:
            where, rows = self._countries[text]
            self._countries[text] = (where, rows + 1)
            return
        self._countries[text] = (len(self._problems), 1)
        if not text:
            self.reject("twin-country-missing", row, at)
        elif like is None:
            self.reject("twin-country-unknown", row, at)
        else:
            self.reject("twin-country-like", row, at, name=both_names(like))

    def spots(self, line: int, place: Place, km: float) -> None:
        """A place that the list puts in two, of which one is taken."""
        params = (("km", str(round(km))), ("lat", str(place.lat)), ("lon", str(place.lon)))
        where = self.layout.heading(self.layout.lat[0])
        self._problems.append(
            Problem(
                "twin-spots", "doubtful", self.file, self.sheet, line, where, place.name, params
            )
        )

    def in_order(self) -> tuple[Problem, ...]:
        """All of them, by row."""
        for where, rows in self._countries.values():
            found = self._problems[where]
            params = tuple(sorted([*found.params, ("n", str(rows))]))
            self._problems[where] = replace(found, params=params)
        return tuple(sorted(self._problems, key=lambda one: one.row))

    def _add(self, problem: Problem, row: Row, at: int, value: str | None = None) -> None:
        if value is None:
            value = row.cells[at] if 0 <= at < len(row.cells) else ""
        self._problems.append(
            replace(
                problem, file=self.file, sheet=self.sheet, row=row.line,
                column=self.layout.heading(at), value=value[:_SHOWN],
            )
        )  # fmt: skip
