"""The sheets of the map: which part of the earth each shows, and where a place stands on it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Final

WIDTH: Final = 1200.0  # px, because labels of 13 px are then 13 px on a laptop's screen
_A, _B, _C, _D = 1.0148, 0.23185, -0.14499, 0.02406


@dataclass(frozen=True)
class Sheet:
    """A part of the earth on paper, upright: north is up, meridians and parallels are straight.

    Units: degrees; `east` may pass 180. `outline` names the file that its coasts are drawn from,
    `home` whether it shows the regions of one province by themselves.

    Source: the Patterson projection; T. Patterson, B. Šavrič, B. Jenny, "Introducing the Patterson
    Cylindrical Projection", Cartographic Perspectives 78 (2014).
    """

    name: str
    outline: str
    west: float
    south: float
    east: float
    north: float
    home: bool = False

    @cached_property
    def scale(self) -> float:
        """px for a radian along the equator."""
        return WIDTH / math.radians(self.east - self.west)

    @cached_property
    def height(self) -> float:
        """px from the northern edge to the southern one."""
        return self.at(self.south, self.west)[1]

    def spot(self, lat: float, lon: float) -> tuple[float, float]:
        """Where a place stands, px from the upper left corner, however its meridian is counted."""
        return self.at(lat, self.west + (lon - self.west) % 360)

    def at(self, lat: float, lon: float) -> tuple[float, float]:
        """The same for a meridian that may lie beyond the western or eastern edge."""
        x = math.radians(lon - self.west) * self.scale
        return x, (_up(self.north) - _up(lat)) * self.scale

    def holds(self, lat: float | None, lon: float | None) -> bool:
        """Whether a place stands on the sheet; one without coordinates stands on none."""
        if lat is None or lon is None:
            return False
        turned = self.west + (lon - self.west) % 360
        return self.south <= lat <= self.north and turned <= self.east


def _up(lat: float) -> float:
    """How far a parallel lies above the equator, as a share of the earth's radius."""
    phi = math.radians(lat)
    square = phi * phi
    return phi * (_A + square * square * (_B + square * (_C + square * _D)))


# The world is cut in the Atlantic, where nobody is looked for: Indonesia and the Pacific are whole.
SHEETS: Final = {
    sheet.name: sheet
    for sheet in (
        Sheet("dunia", "world", -25.5, -56.0, 334.5, 75.0),
        Sheet("indonesia", "indonesia", 93.5, -11.6, 142.0, 6.8),
        Sheet("jatim", "jatim", 110.75, -8.92, 116.4, -5.62, home=True),
    )
}
