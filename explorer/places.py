"""Fixed places, like a metro map: a planner learns where Gresik is, and a load moves nothing else.

    countries and their partners | Jawa Timur, schematic | other provinces
                                 | third parties by kind |

All coordinates are px of the picture at full size, x to the right, y downwards, (0, 0) the middle
of the home province. Blocks have room to spare, so that one more party moves no other block.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from explorer.index import Index
from graph_loader import FOREIGN_LEVELS, Level, Party

Place = tuple[float, float]

HOME_WIDTH, HOME_HEIGHT = 900.0, 500.0  # because 38 labels of 14 px then stand apart
LABEL_WIDTH, ROW = 132.0, 30.0  # because the longest short name takes that much
COLUMN = 220.0
ROWS = 24  # because as many rows are as high as the home province and its third parties
GAP = 150.0
SPARE = 4  # because blocks grow in steps of four, and a load seldom brings more of one country
_ROUNDS = 200


@dataclass(frozen=True)
class Places:
    """Where every party stands (`party`), and every group of parties (`group`), by id."""

    party: dict[str, Place]
    group: dict[str, Place]


def places(index: Index) -> Places:
    """The places of everyone in an index, worked out once per version."""
    return index.remember("places", lambda: _places(index))


def home_province(index: Index) -> str:
    """The province whose regions signed most; the one in the middle of the picture."""
    best = max(
        (n for n, party in enumerate(index.parties) if party.level is Level.PROVINCE),
        key=lambda n: (len(index.agreements_of(n)), index.parties[n].id),
        default=None,
    )
    return index.parties[best].id if best is not None else ""


def group_of(party: Party, home: str) -> str:
    """What stands for a party in an aggregated view: itself, its country, province or kind."""
    if party.level in FOREIGN_LEVELS:
        return party.country or "international"
    if party.level in {Level.KABUPATEN, Level.KOTA} and party.part_of != home:
        return party.part_of
    if party.level in {Level.THIRD_PARTY, Level.CENTRAL_AGENCY}:
        return f"kind.{party.kind or party.level}"
    return party.id


def _places(index: Index) -> Places:
    home = home_province(index)
    known = [party for party in index.parties if party.level is not Level.COUNTRY]
    at_home = [p for p in known if home in {p.id, p.part_of} and p.level in _REGION_LEVELS]
    party = _home(at_home, home)
    left, right = -HOME_WIDTH / 2 - GAP, HOME_WIDTH / 2 + GAP
    low = HOME_HEIGHT / 2 + GAP / 2
    foreign = [p for p in known if p.level in FOREIGN_LEVELS]
    others = [p for p in known if p.level in _REGION_LEVELS and p not in at_home]
    third = [p for p in known if p.level in {Level.THIRD_PARTY, Level.CENTRAL_AGENCY}]
    party |= _blocks(foreign, home, left, -1)
    party |= _blocks(others, home, right, 1)
    party |= _rows_below(third, home, low)
    group = dict(party)
    countries = sorted({group_of(p, home) for p in foreign})
    provinces = sorted({group_of(p, home) for p in others})
    kinds = sorted({group_of(p, home) for p in third})
    group |= _column(countries, left, -1) | _column(provinces, right, 1)
    across = HOME_WIDTH / max(1, min(len(kinds), 6))
    group |= {
        kind: (-HOME_WIDTH / 2 + across * (n % 6 + 0.5), low + 60.0 * (n // 6))
        for n, kind in enumerate(kinds)
    }
    return Places(party, group)


_REGION_LEVELS = {Level.PROVINCE, Level.KABUPATEN, Level.KOTA}


def _home(regions: Sequence[Party], home: str) -> dict[str, Place]:
    """The home province, stretched to its frame and pushed apart until no labels touch."""
    known = [p for p in regions if p.lat is not None and p.lon is not None and p.id != home]
    if not known:
        return _column([p.id for p in regions], 0.0, 1)
    lats = [p.lat for p in known if p.lat is not None]
    lons = [p.lon for p in known if p.lon is not None]
    places = {
        p.id: (
            _spread(p.lon or 0.0, min(lons), max(lons), HOME_WIDTH),
            -_spread(p.lat or 0.0, min(lats), max(lats), HOME_HEIGHT),
        )
        for p in known
    }
    places[home] = (0.0, -HOME_HEIGHT / 2 - 70.0)
    unknown = [p.id for p in regions if p.id not in places]
    return _apart(places) | _column(unknown, 0.0, 1)


def _spread(value: float, low: float, high: float, size: float) -> float:
    return (value - low) / ((high - low) or 1.0) * size - size / 2


def _apart(places: dict[str, Place]) -> dict[str, Place]:
    """Push labels that touch apart, a little each round, in a fixed order."""
    ids = sorted(places)
    spot = {id: list(places[id]) for id in ids}
    for _ in range(_ROUNDS):
        moved = False
        for i, one in enumerate(ids):
            for other in ids[i + 1 :]:
                dx = spot[other][0] - spot[one][0]
                dy = spot[other][1] - spot[one][1]
                if abs(dx) < LABEL_WIDTH and abs(dy) < ROW + 12:
                    push = (ROW + 12 - abs(dy)) / 2 + 0.5
                    sign = 1.0 if dy >= 0 else -1.0
                    spot[one][1] -= sign * push
                    spot[other][1] += sign * push
                    moved = True
        if not moved:
            break
    return {id: (round(x, 1), round(y, 1)) for id, (x, y) in spot.items()}


def _column(ids: Iterable[str], start: float, side: int) -> dict[str, Place]:
    top = -HOME_HEIGHT / 2 - 70.0
    return {
        id: (start + side * COLUMN * (n // ROWS), top + ROW * (n % ROWS))
        for n, id in enumerate(ids)
    }


def _blocks(parties: Sequence[Party], home: str, start: float, side: int) -> dict[str, Place]:
    """Parties in columns, group after group, each group with room to spare."""
    found: dict[str, Place] = {}
    slot = 0
    ordered = sorted(parties, key=lambda p: (group_of(p, home), p.id))
    top = -HOME_HEIGHT / 2 - 70.0
    for _, members in groupby(ordered, key=lambda p: group_of(p, home)):
        own = list(members)
        for n, party in enumerate(own):
            column, row = divmod(slot + n, ROWS)
            found[party.id] = (start + side * COLUMN * column, top + ROW * row)
        slot += -(-len(own) // SPARE) * SPARE
    return found


def _rows_below(parties: Sequence[Party], home: str, low: float) -> dict[str, Place]:
    found: dict[str, Place] = {}
    across = int(HOME_WIDTH // COLUMN)
    ordered = sorted(parties, key=lambda p: (group_of(p, home), p.id))
    slot = 0
    for _, members in groupby(ordered, key=lambda p: group_of(p, home)):
        own = list(members)
        for n, party in enumerate(own):
            row, column = divmod(slot + n, across)
            found[party.id] = (-HOME_WIDTH / 2 + COLUMN * (column + 0.5), low + ROW * row)
        slot += -(-len(own) // across) * across
    return found
