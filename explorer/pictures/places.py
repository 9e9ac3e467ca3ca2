"""Fixed places, like a metro map: a planner learns where Gresik is, and a load moves nothing else.

    Americas | Europe | Africa | West and South Asia | South-East Asia | East Asia | Oceania
    provinces to the west |  the home province, schematic  | provinces to the east
    domestic third parties and central agencies, by kind

All coordinates are px of the picture at full size, x to the right, y downwards, (0, 0) the middle
of the home province. A group's slot is drawn up here once and for all, so no load can move it; a
region's place inside the home province follows from the coordinates of that province's regions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from explorer.index import Index
from graph_loader import FOREIGN_LEVELS, Level, Party

Place = tuple[float, float]

WIDTH = 1640.0  # because labels of 16 px are then 12 px on a laptop's screen
HOME_WIDTH, HOME_HEIGHT = 740.0, 450.0  # because 38 labels then stand apart
CELL, ROW = 102.0, 70.0  # because a mark and two lines of a label take that much
LETTER = 9.0  # px of a wide letter in a label of 16 px
BOLD = 8.4  # px of a letter of a ground's title
LABELLED = 47.0  # px that a mark and its label take, from top to bottom
GAP = 26.0
_PROVINCE_ROW = 86.0
# Every other column stands half a row lower, so that a label has the width of two columns.
_LOWER = {"world": ROW / 2, "provinces": 40.0, "kinds": 40.0}
_ROUNDS = 400
_REST, _INTERNATIONAL, _OTHER = "rest", "international", "kind.other"
_PROVINCE = "province"  # one that was founded after the slots were drawn up

# Each world region as columns of ISO codes, each from the home province outwards. Not every state
# is here: the others stand together in `rest`, so that the drawing stays on one screen.
WORLD: Mapping[str, tuple[str, ...]] = {
    "americas": ("us ca mx br", "cu ar cl co"),
    "europe": ("nl gb be es", "de fr it ua", "at hu cz ru", "no se bg pl"),
    "africa": ("ma eg ng ke", "za sd mz tz"),
    "west-asia": ("tr sa ae qa", "ps az uz ir", "in pk bd lk"),
    "south-east-asia": ("my sg bn mm", "th vn kh la", "ph tl"),
    "east-asia": ("cn jp kr mn", "tw hk kp mo"),
    "oceania": ("au nz pg fj", "rest international"),
}
# The commonest stand in the middle, so that most lines are short.
KINDS = (
    "bank", "insurer", "cooperative", "association", "ngo", "company", "soe", "university",
    "agency", "prosecutor", "ministry", "police", "land_office", "audit", "other",
)  # fmt: skip
# Provinces on a schematic Indonesia, six rows, each from west to east; a dot is an empty slot.
# Neighbours on Java stand next to the home province.
WEST = (
    "11 21 .", "12 14 36", "13 15 31", "17 16 32", "19 18 33", ". 35 34",
)  # fmt: skip
EAST = (
    "61 65 71 82", "62 64 75 96", "63 72 92 91", "76 73 81 94", "51 74 95 93", "52 . 53 province",
)  # fmt: skip
TOP = -HOME_HEIGHT / 2 - 92.0  # because the home province itself stands above its regions
BOTTOM = HOME_HEIGHT / 2 + 56.0


@dataclass(frozen=True, slots=True)
class Frame:
    """A titled ground that holds one part of the picture; (x, y) is its upper left corner.

    The title is a key of the catalogue, or a party's id.
    """

    title: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Places:
    """Where the regions of the home province stand (`home`), and every group (`group`), by id."""

    home: Mapping[str, Place]
    group: Mapping[str, Place]
    frames: tuple[Frame, ...]


def places(index: Index) -> Places:
    """The places of an index, worked out once per version."""
    return index.remember("places", lambda: _places(index))


def home_province(index: Index) -> str:
    """The province that signed most; the one in the middle of the picture; "" if there is none."""
    return index.remember("home-province", lambda: _home_province(index))


def group_of(party: Party, home: str) -> str:
    """The group that stands for a party in an overview: itself, a country, a province or a kind."""
    if party.level in FOREIGN_LEVELS or party.level is Level.COUNTRY:
        country = party.id if party.level is Level.COUNTRY else party.country
        if country == "id":
            return "kind.ministry"  # because the state as a signatory acts through one
        return (country if country in _COUNTRIES else _REST) if country else _INTERNATIONAL
    if party.level in {Level.THIRD_PARTY, Level.CENTRAL_AGENCY}:
        return f"kind.{party.kind}" if party.kind in KINDS else _OTHER
    if home and home in {party.id, party.part_of}:
        return party.id
    province = party.part_of if party.level in _REGENCIES else party.id
    return province if province in _PROVINCES else _PROVINCE


def group_order(group: str) -> tuple[int, str]:
    """Where a group comes in lists of groups: as on the picture, from west to east."""
    return (_ORDER.get(group, len(_ORDER)), group)


def band_of(group: str) -> str:
    """The part of the picture that holds a group: world, west, east, home or kinds."""
    if group in _COUNTRIES:
        return "world"
    if group.startswith("kind."):
        return "kinds"
    if group in _WEST_IDS:
        return "west"
    return "east"


def _home_province(index: Index) -> str:
    best = max(
        (n for n, party in enumerate(index.parties) if party.level is Level.PROVINCE),
        key=lambda n: (len(index.agreements_of(n)), index.parties[n].id),
        default=None,
    )
    return index.parties[best].id if best is not None else ""


def _places(index: Index) -> Places:
    home = home_province(index)
    regions = [p for p in index.parties if home == p.part_of != "" and p.level in _REGENCIES]
    inside = home_map(regions)
    if home:
        inside[home] = (0.0, TOP + 34.0)
    world, frames = _world()
    group = {**world, **_provinces(), **_kinds(), **inside}
    if home:
        group[home] = (0.0, (TOP + BOTTOM) / 2)  # for as long as it stands for all its regions
    frames += [
        Frame("network.frame.west", -WIDTH / 2, TOP, 3 * CELL + GAP, BOTTOM - TOP),
        Frame(home, _HOME_LEFT, TOP, HOME_WIDTH + 60, BOTTOM - TOP),
        Frame("network.frame.east", _EAST_LEFT, TOP, WIDTH / 2 - _EAST_LEFT, BOTTOM - TOP),
        Frame("network.frame.kinds", -WIDTH / 2, BOTTOM + GAP, WIDTH, ROW + 92),
    ]
    return Places(inside, group, tuple(frames))


_REGENCIES = {Level.KABUPATEN, Level.KOTA}
_COUNTRIES = {code for columns in WORLD.values() for column in columns for code in column.split()}
_PROVINCES = {code for row in (*WEST, *EAST) for code in row.split()} - {"."}
_WEST_IDS = {code for row in WEST for code in row.split()}
_ORDER = {
    group: position
    for position, group in enumerate([
        *(code for columns in WORLD.values() for column in columns for code in column.split()),
        *(code for row in (*WEST, *EAST) for code in row.split()),
        *(f"kind.{kind}" for kind in KINDS),
    ])
}  # fmt: skip
_HOME_LEFT = -WIDTH / 2 + 3 * CELL + 2 * GAP
_EAST_LEFT = _HOME_LEFT + HOME_WIDTH + 60 + GAP


def home_map(regions: Iterable[Party]) -> dict[str, Place]:
    """The regions of one province, stretched to its frame and pushed apart until no labels touch.

    Those without coordinates stand in a row along the lower edge.
    """
    every = sorted(regions, key=lambda p: p.id)
    known = [(p, p.lat, p.lon) for p in every if p.lat is not None and p.lon is not None]
    left = _HOME_LEFT + 30
    unknown = [p for p in every if p.lat is None or p.lon is None]
    row: dict[str, Place] = {
        p.id: (left + CELL * (n + 0.5), HOME_HEIGHT / 2) for n, p in enumerate(unknown)
    }
    if not known:
        return row
    lats, lons = [lat for _, lat, _ in known], [lon for _, _, lon in known]
    spots = {
        p.id: (
            left + 40 + _share(lon, lons) * (HOME_WIDTH - 80),
            (0.5 - _share(lat, lats)) * (HOME_HEIGHT - 60),
        )
        for p, lat, lon in known
    }
    widths = {p.id: LETTER * min(len(p.name_id.removeprefix("Kabupaten ")), 16) for p in every}
    return _apart(spots, widths) | row


def _share(value: float, among: list[float]) -> float:
    """How far along its range a coordinate lies, 0 to 1: half as on a map, half by rank.

    By rank alone neighbours stand evenly; on a map alone, cities stand on one heap.
    """
    low, high = min(among), max(among)
    rank = sorted(among).index(value) / max(len(among) - 1, 1)
    return ((value - low) / ((high - low) or 1.0) + rank) / 2


def _apart(spots: dict[str, Place], widths: Mapping[str, float]) -> dict[str, Place]:
    """Push labels that touch apart, a little each round, in a fixed order."""
    ids = sorted(spots)
    found = {id: list(spots[id]) for id in ids}
    for _ in range(_ROUNDS):
        moved = False
        for i, one in enumerate(ids):
            for other in ids[i + 1 :]:
                dx, dy = (found[other][axis] - found[one][axis] for axis in (0, 1))
                across = (widths[one] + widths[other]) / 2 + 10 - abs(dx)
                down = LABELLED - abs(dy)
                if across <= 0 or down <= 0:
                    continue
                moved = True
                axis, push = (0, across) if across < down else (1, down)
                sign = 1.0 if (dx, dy)[axis] >= 0 else -1.0
                found[one][axis] -= sign * (push / 2 + 0.5)
                found[other][axis] += sign * (push / 2 + 0.5)
        if not moved:
            break
    return {id: (round(x, 1), round(y, 1)) for id, (x, y) in found.items()}


def _world() -> tuple[dict[str, Place], list[Frame]]:
    found: dict[str, Place] = {}
    frames: list[Frame] = []
    columns = sum(len(column) for column in WORLD.values())
    cell = (WIDTH - 8 * (len(WORLD) - 1)) / columns
    left, low, count = -WIDTH / 2, TOP - GAP, 0
    for region, lists in WORLD.items():
        for n, column in enumerate(lists):
            for row, code in enumerate(column.split()):
                up = ROW * (row + 1) + (_LOWER["world"] if count % 2 else 0.0)
                found[code] = (left + cell * (n + 0.5), low - up + 14)
            count += 1
        wide, high = cell * len(lists), 4 * ROW + _LOWER["world"] + 34
        frames.append(Frame(f"network.frame.{region}", left, low - high, wide, high))
        left += wide + 8
    return found, frames


def _provinces() -> dict[str, Place]:
    found: dict[str, Place] = {}
    for rows, left in ((WEST, -WIDTH / 2 + GAP / 2), (EAST, _EAST_LEFT + GAP / 2)):
        cell = CELL if rows is WEST else (WIDTH / 2 - _EAST_LEFT - GAP) / 4
        for row, codes in enumerate(rows):
            for column, code in enumerate(codes.split()):
                down = _PROVINCE_ROW * row + (_LOWER["provinces"] if column % 2 else 0.0)
                found[code] = (left + cell * (column + 0.5), TOP + 56 + down)
    del found["."]
    return found


def _kinds() -> dict[str, Place]:
    cell = WIDTH / len(KINDS)
    y = BOTTOM + GAP + 58
    return {
        f"kind.{kind}": (-WIDTH / 2 + cell * (n + 0.5), y + (_LOWER["kinds"] if n % 2 else 0.0))
        for n, kind in enumerate(KINDS)
    }
