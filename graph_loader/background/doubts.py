"""What a person should look at before a place is taken for a party, as problems of the list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from graph_loader.background.match import Matches
from graph_loader.background.read import Links
from graph_loader.background.told import both_names
from graph_loader.model import Party, Problem


def doubt_problems(
    file: str, links: Links, matches: Matches, parties: Mapping[str, Party]
) -> Iterator[Problem]:
    """A problem for each doubt, at the row where the place is met first."""
    names = {place.id: place.name for place in links.places}
    for doubt in matches.doubtful:
        first, *others = (both_names(parties[id]) for id in doubt.parties)
        params = {"name": first, "others": ", ".join(others)}
        if doubt.km is not None:
            params["km"] = str(doubt.km)
        yield Problem(
            f"twin-{doubt.why}", "doubtful", file, row=links.lines[doubt.place],
            value=names[doubt.place], params=tuple(sorted(params.items())),
        )  # fmt: skip
