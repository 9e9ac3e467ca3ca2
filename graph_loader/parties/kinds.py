"""The kinds of local government, at home and abroad, and the words that name them."""

from __future__ import annotations

from dataclasses import dataclass

from graph_loader.model import Level, Party

FIRST_TIER = frozenset(
    {"province", "prefecture", "state", "region", "republic", "territory", "governorate",
     "canton", "department", "special_region", "emirate"}
)  # fmt: skip
_HOME = {Level.PROVINCE: "province", Level.KABUPATEN: "county", Level.KOTA: "city"}


HOME_KINDS = frozenset({"province", "county", "city"})
"""What Indonesia has: provinsi, kabupaten, kota."""


@dataclass(frozen=True, slots=True)
class KindWord:
    """A word for a kind of government, and the names that a new partner of it gets.

    `means` holds every kind that the word may stand for; `countries` limits a word of one
    language to the countries where it is used (none: anywhere).
    """

    kind: str
    name_id: str
    name_en: str
    means: frozenset[str]
    countries: frozenset[str] = frozenset()


def _word(kind: str, name_id: str, name_en: str, also: str = "", countries: str = "") -> KindWord:
    means = frozenset({kind, *also.split()})
    return KindWord(kind, name_id, name_en, means, frozenset(countries.split()))


_CITY = _word("city", "Kota", "City")
_COUNTY = _word("county", "Kabupaten", "County")
_PROVINCE = _word("province", "Provinsi", "Province")
_PREFECTURE = _word("prefecture", "Prefektur", "Prefecture")
_DISTRICT = _word("district", "Distrik", "District")
_STATE = _word("state", "Negara Bagian", "State")
_REGION = _word("region", "Wilayah", "Region")
_DISTRIK = _word("district", "Distrik", "District", "county")  # because clerks say it of counties
_WILAYAH = _word("region", "Wilayah", "Region", "territory county")  # because it is used of all
_AUTONOMOUS = _word("region", "Daerah Otonom", "Autonomous Region")
_SAR = _word("special_region", "Daerah Administratif Khusus", "Special Administrative Region")
_OBLAST = _word("region", "Oblast", "Oblast")
_GOVERNOR = KindWord("province", "Provinsi", "Province", FIRST_TIER)

BEFORE_OR_AFTER: dict[str, KindWord] = {
    **dict.fromkeys(
        ("kota", "kotamadya", "kodya", "kotapraja", "munisipalitas", "city", "municipality",
         "kota administrasi", "kota administratif", "kota metropolitan", "metropolitan city"),
        _CITY,
    ),
    **dict.fromkeys(("kabupaten", "kabupaten administrasi", "regency", "county"), _COUNTY),
    **dict.fromkeys(("provinsi", "province"), _PROVINCE),
    **dict.fromkeys(("prefektur", "prefecture", "pref"), _PREFECTURE),
    **dict.fromkeys(("negara bagian", "state"), _STATE),
    **dict.fromkeys(("daerah otonom", "autonomous region", "wilayah otonom"), _AUTONOMOUS),
    **dict.fromkeys(
        ("special administrative region", "sar", "daerah administratif khusus",
         "wilayah administratif khusus"),
        _SAR,
    ),
    **dict.fromkeys(("governorate", "kegubernuran"),
                    _word("governorate", "Kegubernuran", "Governorate")),
    **dict.fromkeys(("republic", "republik"), _word("republic", "Republik", "Republic")),
    **dict.fromkeys(("territory", "teritori"), _word("territory", "Wilayah", "Territory")),
    **dict.fromkeys(("krai", "kray"), _word("region", "Krai", "Krai")),
    **dict.fromkeys(("emirate", "emirat"), _word("emirate", "Emirat", "Emirate")),
    **dict.fromkeys(("voivodeship", "provinsi voivodeship"),
                    _word("province", "Provinsi", "Voivodeship")),
    "district": _DISTRICT,
    "distrik": _DISTRIK,
    "region": _REGION,
    "wilayah": _WILAYAH,
    "oblast": _OBLAST,
    "canton": _word("canton", "Kanton", "Canton"),
    "kanton": _word("canton", "Kanton", "Canton"),
}  # fmt: skip
"""Words that stand on either side: "Prefektur Osaka", "Osaka Prefecture", "Gresik (Kab.)"."""

BEFORE: dict[str, KindWord] = {
    **dict.fromkeys(("pemkab", "bupati", "regent"), _COUNTY),
    **dict.fromkeys(("pemkot", "walikota", "mayor"), _CITY),
    **dict.fromkeys(("sister city", "kota kembar", "kota bersaudara"), _CITY),
    **dict.fromkeys(("pemprov", "sister province", "provinsi kembar"), _PROVINCE),
    **dict.fromkeys(("gubernur", "governor"), _GOVERNOR),
    **dict.fromkeys(("municipal", "provincial", "prefectural"), _CITY),
    "provincial": _PROVINCE,
    "prefectural": _PREFECTURE,
    "negeri": _word("state", "Negara Bagian", "State", countries="my"),
    **dict.fromkeys(("bandaraya", "majlis bandaraya", "majlis perbandaran"),
                    _word("city", "Kota", "City", countries="my")),
    "gemeente": _word("city", "Kota", "City", countries="nl be"),
    "stadt": _word("city", "Kota", "City", countries="de at ch"),
    "ville de": _word("city", "Kota", "City", countries="fr be ch ca ma tn dz"),
    "landkreis": _word("district", "Distrik", "District", countries="de"),
    "provincie": _word("province", "Provinsi", "Province", countries="nl be"),
    "tinh": _word("province", "Provinsi", "Province", countries="vn"),
    "thanh pho": _word("city", "Kota", "City", countries="vn"),
    "changwat": _word("province", "Provinsi", "Province", countries="th"),
}  # fmt: skip
"""Words that only come first: whoever governs, and words of one country."""

AFTER: dict[str, KindWord] = {
    **dict.fromkeys(("ken", "fu"), _word("prefecture", "Prefektur", "Prefecture", countries="jp")),
    "municipal": _CITY,
    "provincial": _PROVINCE,
    "prefectural": _PREFECTURE,
    "shi": _word("city", "Kota", "City", countries="jp cn tw"),
    "si": _word("city", "Kota", "City", countries="kr kp"),
    "sheng": _word("province", "Provinsi", "Province", countries="cn"),
    "do": _word("province", "Provinsi", "Province", countries="kr kp"),
    "gun": _word("county", "Kabupaten", "County", countries="kr kp"),
    "xian": _word("county", "Kabupaten", "County", countries="cn tw"),
    "gu": _word("district", "Distrik", "District", countries="kr"),
    "ku": _word("district", "Distrik", "District", countries="jp"),
    "qu": _word("district", "Distrik", "District", countries="cn"),
    "belediyesi": _word("city", "Kota", "City", countries="tr"),
    "viloyati": _word("region", "Wilayah", "Region", countries="uz"),
}  # fmt: skip
"""Words that only come last: "Osaka-ken", "Guangzhou Municipal (People's Government)"."""

# Because these countries have no provinces (or, as China, regions of other names beside them),
# a clerk's "Provinsi" means their first level.
_PROVINCE_ALSO = {
    "jp": {"prefecture"}, "my": {"state"}, "au": {"state", "territory"}, "us": {"state"},
    "de": {"state"}, "in": {"state"}, "mx": {"state"}, "br": {"state"}, "kr": {"state"},
    "cn": {"region"},
}  # fmt: skip

_HAS_PROVINCES = frozenset({"cn", "kr"})

UNSPLIT = {
    **dict.fromkeys(
        ("kota kinabalu", "kota bharu", "kota bahru", "kota tinggi", "kota marudu", "kota belud",
         "kota samarahan", "cape town", "georgetown"),
        "city",
    ),
    "free state": "province", "negeri sembilan": "state", "northern territory": "territory",
}  # fmt: skip
"""Names that contain a kind word and are not "a city called …"."""

DIRECTIONS = frozenset(
    {"north", "south", "east", "west", "northern", "southern", "eastern", "western", "central",
     "capital", "utara", "selatan", "timur", "barat", "tengah", "new", "free"}
)  # fmt: skip
"""Words that are no name by themselves: "Northern Province" stays whole."""


def means(word: KindWord, country: str) -> frozenset[str]:
    """Every kind that the word may stand for in that country; none where it is not used."""
    if word.countries and country not in word.countries:
        return frozenset()
    if word.kind == "province":
        return word.means | _PROVINCE_ALSO.get(country, set())
    return word.means


def native(word: KindWord, country: str) -> KindWord:
    """The word as that country has it: a "Provinsi" of Japan is a prefecture."""
    first = sorted(_PROVINCE_ALSO.get(country, set())) if word.kind == "province" else []
    if not first or country in _HAS_PROVINCES:
        return word
    return next(known for known in (_PREFECTURE, _STATE) if known.kind in first)


def kind_of(party: Party) -> str:
    """The kind of a region or of a foreign local government; empty where it is not known."""
    return _HOME.get(party.level, party.kind if party.level is Level.FOREIGN_LOCAL else "")
