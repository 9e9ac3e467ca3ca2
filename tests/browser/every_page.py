"""Every page that Simpul has, with an address that fills it, and the ways it may be looked at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import combinations, product
from typing import Final, NamedTuple

PAGES: Final = {
    "home": "/",
    "search": "/cari?q=Jawa Timur Australia",
    "search-empty": "/cari?q=zzzzqqq",
    "network": "/jaringan",
    "network-of-country": "/jaringan?negara=au",
    "network-empty": "/jaringan?negara=au&kategori=sinergi&topik=1",
    "network-opened": "/jaringan?buka=jp",
    "map": "/peta",
    "map-of-home": "/peta?kawasan=jatim&warna=mitra",
    "statistics": "/jaringan/statistik",
    "timeline": "/linimasa?pihak=35.25",
    "region": "/daerah/35.25",
    "province": "/daerah/35",
    "region-empty": "/daerah/11.01",
    "partner": "/mitra/osaka-prefecture-jp",
    "place": "/mitra/taoyuan.tw",
    "third-party": "/pihak-ketiga/universitas-airlangga",
    "country": "/negara/au?pihak=35",
    "topic": "/topik/2",
    "register": "/perjanjian",
    "register-empty": "/perjanjian?q=zzzzqqq",
    "agreement": "/perjanjian/kota-surabaya-busan-sister-city-1994",
    "connect-choose": "/hubungan",
    "connect": "/hubungan?dari=35.25&ke=osaka-prefecture-jp",
    "together-choose": "/banding",
    "together": "/banding?a=35.15&b=35.25",
    "opportunities-choose": "/peluang",
    "opportunities": "/peluang/35.15",
    "opportunities-picked": "/peluang/35.15?pilih=perth-au,tianjin-cn&alasan=umbrella,sibling",
    "compare": "/peluang/35.15/banding?pilih=perth-au,tianjin-cn,35.05,99.99",
    "compare-empty": "/peluang/35.15/banding",
    "meeting": "/rapat/35.15",
    "meeting-choose": "/rapat",
    "meeting-empty": "/rapat/11.01",
    "gaps": "/kesenjangan",
    "needs": "/kebutuhan?daerah=35.78&komoditas=rice",
    "data": "/data",
    "about": "/tentang",
    "glossary": "/glosarium",
    "worth": "/seberapa-baik",
    "patterns": "/pola",
    "missing": "/daerah/99.99",
    "bad-filter": "/perjanjian?status=nonsense",
}
STATUS: Final = {"missing": 404, "bad-filter": 400}


class Look(NamedTuple):
    """One way to look at one page."""

    page: str
    language: str
    width: int
    theme: str

    @property
    def path(self) -> str:
        """The address, in the language."""
        return address(PAGES[self.page], self.language)


WAYS: Final[Sequence[Sequence[str | int]]] = (
    list(PAGES), ["id", "en"], [1440, 1366, 390], ["light", "dark"],
)  # fmt: skip


def address(path: str, language: str) -> str:
    """A page's address in a language.

    Example:
        >>> address("/", "en"), address("/data", "en"), address("/data", "id")
        ('/en', '/en/data', '/data')
    """
    return path if language == "id" else "/en" + path.removesuffix("/")


def every_look() -> list[Look]:
    """The full matrix."""
    return [Look(*way) for way in product(*WAYS)]  # type: ignore[arg-type]


@cache
def pairwise() -> Sequence[Look]:
    """Looks, each page beside each, in which any two values of two of the ways meet at least once.

    Greedy: each look in turn is the one in which most pairs meet for the first time; of equals,
    the first.
    """
    every = list(product(*WAYS))
    pairs = {way: set(_pairs_of(way)) for way in every}
    left = set().union(*pairs.values())
    chosen = []
    while left:
        best = max(every, key=lambda way: len(left & pairs[way]))
        left -= pairs[best]
        chosen.append(Look(*best))  # type: ignore[arg-type]
    return sorted(chosen, key=every.index)


def _pairs_of(way: Iterable[str | int]) -> Iterable[tuple[tuple[int, str | int], ...]]:
    return combinations(enumerate(way), 2)
