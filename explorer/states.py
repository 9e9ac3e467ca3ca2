"""Which parties are a state itself, so that no path may lead through them."""

from __future__ import annotations

import numpy as np

from explorer.index import LEVELS, Bools, Index
from graph_loader import Level, Party, fold

_STATE_WORDS = frozenset((
    "pemerintah", "pusat", "negara", "kesatuan", "republik", "kerajaan", "persemakmuran",
    "government", "central", "state", "of", "the", "republic", "kingdom", "commonwealth", "unitary",
))  # fmt: skip
_MAY_SPEAK = np.array(
    [level in {Level.CENTRAL_AGENCY, Level.FOREIGN_INSTITUTION} for level in LEVELS]
)


def states(index: Index) -> Bools:
    """Countries, and the governments that sign for a whole country; kept with the index.

    Everybody in a country has to do with its government, so that it joins anybody with anybody. An
    agency of it, which signs for its own field, is no state.
    """
    return index.remember("states", lambda: _states(index), always=True)


def _states(index: Index) -> Bools:
    found: Bools = index.level == LEVELS.index(Level.COUNTRY)
    for number in np.flatnonzero(_MAY_SPEAK[index.level]).tolist():
        party = index.parties[number]
        country = index.number.get(party.country or "id")
        if country is not None:
            found[number] = signs_for(party, index.parties[country])
    return found


def signs_for(party: Party, country: Party) -> bool:
    """Whether a party's name says no more than "the government of that country".

    Example:
        >>> from graph_loader.model import make_party
        >>> home = make_party("id", "Indonesia", "Indonesia", "country", "id")
        >>> [
        ...     signs_for(make_party("x", name, name, "central_agency", "id"), home)
        ...     for name in ("Pemerintah Republik Indonesia", "Bank Indonesia")
        ... ]
        [True, False]
    """
    own = {_bare(name) for name in (party.name_id, party.name_en, *party.aliases)}
    known = {_bare(name) for name in (country.name_id, country.name_en, *country.aliases)}
    return bool(own & known)


def _bare(name: str) -> tuple[str, ...]:
    """A name's words without those that only say that it is a state."""
    return tuple(word for word in fold(name).split() if word not in _STATE_WORDS)
