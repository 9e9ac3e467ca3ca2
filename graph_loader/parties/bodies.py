"""Bodies that everybody knows, at home and the world over, and the names that each has."""

from __future__ import annotations

import re

from graph_loader.text import fold

_MOST_WORDS = 5  # because no name of these tables has more
# Because their names are known the world over; "int" is a world body that lies in no country.
_BODIES = {
    **dict.fromkeys(
        ("undp", "unicef", "unesco", "fao", "ilo", "unhcr", "wfp", "unfpa", "un women", "iom",
         "unido", "unep", "uncdf", "unops", "un habitat", "who", "world health organization",
         "world bank", "bank dunia", "the world bank", "ifc", "imf", "adb",
         "asian development bank", "bank pembangunan asia", "aiib", "isdb", "ifad", "asean",
         "sekretariat asean", "oecd", "european union", "uni eropa", "united nations",
         "perserikatan bangsa bangsa", "pbb", "uclg", "iclei", "citynet", "c40", "gggi", "wwf",
         "save the children", "plan international", "mercy corps", "oxfam", "care international",
         "world vision", "the nature conservancy", "islamic development bank", "organisasi kerja "
         "sama islam", "apec", "imt gt", "bimp eaga"),
        "int",
    ),
    **dict.fromkeys(("jica", "jetro", "jbic", "clair", "japan foundation"), "jp"),
    **dict.fromkeys(("koica", "kotra", "korea foundation"), "kr"),
    **dict.fromkeys(("usaid", "peace corps", "the asia foundation", "ford foundation"), "us"),
    **dict.fromkeys(("dfat", "ausaid"), "au"),
    **dict.fromkeys(("giz", "kfw", "goethe institut"), "de"),
    **dict.fromkeys(("british council", "ukaid"), "gb"),
    **dict.fromkeys(("afd", "agence francaise de developpement"), "fr"),
}  # fmt: skip
# Because each is called by two names and an acronym, and must stay one party.
_BODY_NAMES = (
    ("Bank Dunia", "World Bank", "World Bank Group"),
    ("Uni Eropa", "European Union", "EU"),
    ("Perserikatan Bangsa-Bangsa", "United Nations", "PBB", "UN"),
    ("Organisasi Kesehatan Dunia", "World Health Organization", "WHO"),
    ("Organisasi Pangan dan Pertanian", "Food and Agriculture Organization", "FAO"),
    ("Organisasi Perburuhan Internasional", "International Labour Organization", "ILO"),
    ("Program Pangan Dunia", "World Food Programme", "WFP"),
    ("Bank Pembangunan Islam", "Islamic Development Bank", "IsDB"),
)
_BODY_OF = {fold(name): names for names in _BODY_NAMES for name in names}
_LEADING = re.compile(r"^(?:kantor|perwakilan|kantor perwakilan|lembaga|the) ")
# Because each is better known by its short form, and must stay one party.
_HOME_NAMES = (
    ("Perum Bulog", "Bulog", "Perusahaan Umum Bulog", "Perum Badan Urusan Logistik"),
    ("Badan Narkotika Nasional", "BNN"),
    ("Badan Pusat Statistik", "BPS"),
    ("Badan Nasional Penanggulangan Bencana", "BNPB"),
    ("Badan Meteorologi, Klimatologi, dan Geofisika", "BMKG"),
    ("Badan Riset dan Inovasi Nasional", "BRIN"),
    ("Komisi Pemberantasan Korupsi", "KPK"),
    ("Badan Pengawas Obat dan Makanan", "BPOM", "Badan POM"),
)
_HOME_OF = {fold(name): names for names in _HOME_NAMES for name in names}


def body_names(words: str) -> tuple[str, ...]:
    """The Indonesian and the English name of a body, and its other names; none if it has one.

    Example:
        >>> body_names("the world bank")
        ('Bank Dunia', 'World Bank', 'World Bank Group')
    """
    return _BODY_OF.get(words.removeprefix("the "), ())


def home_names(words: str) -> tuple[str, ...]:
    """The full name of a well-known party of Indonesia, and its short ones; none for others.

    Example:
        >>> home_names("bulog")[0], home_names("pt maju")
        ('Perum Bulog', ())
    """
    return _HOME_OF.get(words, ())


def world_body(words: str) -> str:
    """The country of a body that is known the world over, "int" for none; empty for others.

    Example:
        >>> world_body("unicef perwakilan surabaya"), world_body("jica"), world_body("dinas")
        ('int', 'jp', '')
    """
    if body_names(words):
        return "int"
    parts = _LEADING.sub("", words).split()
    for size in range(min(_MOST_WORDS, len(parts)), 0, -1):
        if found := _BODIES.get(" ".join(parts[:size])):
            return found
    return ""
