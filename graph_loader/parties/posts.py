"""Posts that sign for a house: a rector for the university, an acting regent for the regency."""

from __future__ import annotations

import re

_RANK = (
    r"(?:\s+(?:utama|umum|eksekutif|operasional|operasi|keuangan|pemasaran|teknik|komersial"
    r"|pengelola|harian|pelaksana|cabang|i{1,3}|iv|v))?"
)
_ACTING = re.compile(
    r"^(?:(?:a\.\s?n\.|atas nama|plt|plh|pjs?|pejabat|penjabat|pelaksana tugas|pelaksana harian"
    r"|wakil|acting|vice)\.?\s+)+"
    r"(?=(?:rektor|direktur|dekan|ketua|kepala|bupati|wali ?kota|gubernur|camat|lurah|mayor"
    r"|governor|regent|rector|dean)\b)",
    re.IGNORECASE,
)
_POST = re.compile(
    r"^(?:rektor|presiden direktur|direktur(?! jenderal)|dekan|ketua|kepala sekolah(?= s[dm])"
    r"|kepala|komandan|panglima|pimpinan(?! (?:cabang|daerah|wilayah|pusat|ranting))"
    r"|general manager|manajer|manager"
    r"|(?:rector|dean|head|director|president director|president|chairman|chairperson) of"
    rf"(?: the)?){_RANK}"
    r"(?:\s+dari)?\s*[:,]?\s+(?=\S)",
    re.IGNORECASE,
)
# Because each of these posts has its house's name in its own.
_HOUSES = {
    "kapolda": "Polda", "kapolres": "Polres", "kapolresta": "Polresta",
    "kapolrestabes": "Polrestabes", "kapolsek": "Polsek", "kajari": "Kejari", "kajati": "Kejati",
    "dandim": "Kodim", "danrem": "Korem", "pangdam": "Kodam", "danlanal": "Lanal",
    "danlanud": "Lanud", "danramil": "Koramil", "menteri": "Kementerian", "camat": "Kecamatan",
    "lurah": "Kelurahan", "kadis": "Dinas", "kadinkes": "Dinkes", "kadinsos": "Dinsos",
    "kadisdik": "Disdik", "kakankemenag": "Kankemenag", "kabag": "Bagian", "kaban": "Badan",
    "danlantamal": "Lantamal", "konsul jenderal": "Konsulat Jenderal",
    "duta besar": "Kedutaan Besar", "dirjen": "Direktorat Jenderal",
    "direktur jenderal": "Direktorat Jenderal",
}  # fmt: skip
_NAMED = re.compile(rf"^({'|'.join(sorted(_HOUSES, reverse=True))})\b\.?\s+(?=\S)", re.IGNORECASE)
_AFTER = re.compile(
    r"\s*[/,(–-]\s*(?:rektor|direktur(?: utama)?|dekan|ketua|kepala|pimpinan|bupati|wali ?kota"
    r"|gubernur|camat|rector|dean|mayor|governor)\s*\)?$",
    re.IGNORECASE,
)
_PEOPLE = frozenset(
    {"rektor", "direktur", "dekan", "ketua", "kepala", "bupati", "walikota", "gubernur", "camat",
     "lurah", "menteri", "sekda", "sekretaris", "manager", "manajer", "komandan", "kapolres",
     "kajari", "dandim", "prof", "drs", "dra", "bapak", "ibu", "sdr", "saudara"}
)  # fmt: skip


def house(text: str) -> tuple[str, bool]:
    """The house that a post signs for, and whether the text named such a post.

    A head of a region only loses what says that he is acting: "Bupati" is read as a kind.

    Example:
        >>> house("Wakil Rektor I Universitas Brawijaya"), house("Plt. Bupati Gresik")
        (('Universitas Brawijaya', True), ('Bupati Gresik', False))
        >>> house("Kapolres Gresik"), house("PT Maju")
        (('Polres Gresik', True), ('PT Maju', False))
        >>> house("PT Maju / Direktur Utama")
        ('PT Maju', False)
    """
    text = _ACTING.sub("", _AFTER.sub("", text) or text)
    inner, posts = _POST.subn("", text)
    named = _NAMED.match(inner)
    if named:
        return f"{_HOUSES[named[1].lower()]} {inner[named.end() :]}", True
    return inner, bool(posts)


def is_post(text: str) -> bool:
    """Whether a text names a post and no more: "Rektor", "Direktur Utama".

    Example:
        >>> is_post("Direktur Utama"), is_post("Kampus B")
        (True, False)
    """
    return _POST.sub("", f"{text.strip()} -") == "-"


def speaks_of_a_person(words: str) -> bool:
    """Whether a folded name has a post or a title in it, so that it is no party by itself.

    Example:
        >>> speaks_of_a_person("prof moh nasih"), speaks_of_a_person("bina swadaya")
        (True, False)
    """
    return not _PEOPLE.isdisjoint(words.split())
