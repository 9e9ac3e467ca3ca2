"""Words from short lists: the kind of document and the status, in both languages."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from rapidfuzz import fuzz, process

from graph_loader.model import Instrument
from graph_loader.reading.clean import says_nothing
from graph_loader.text import fold

_NEAR = 88.0  # because a slip of one or two letters scores above it
_INSTRUMENTS: dict[Instrument, str] = {
    Instrument.MOU: "mou|m o u|nota kesepahaman|memorandum of understanding|nk|msp"
    "|memorandum saling pengertian|memorandum kesepahaman|nota kesepahaman bersama",
    Instrument.KESEPAKATAN_BERSAMA: "kesepakatan bersama|kesepakatan|kb|ksb|nota kesepakatan"
    "|joint agreement|kesepakatan bersama kb|kesepakatan kerja sama|kesepakatan bersama ksb",
    Instrument.PKS: "pks|perjanjian kerja sama|perjanjian kerjasama|cooperation agreement"
    "|perjanjian|kontrak|contract|kontrak kerja sama|agreement|perjanjian kerja sama pks",
    Instrument.SISTER_CITY: "sister city|kota kembar|kota bersaudara|sister regency"
    "|kabupaten kembar|sister cities|twin town|twin city|kota kembar sister city|sister district",
    Instrument.SISTER_PROVINCE: "sister province|provinsi kembar|sister state|sister prefecture"
    "|provinsi bersaudara",
    Instrument.FORUM: "forum|forum kerja sama|forum kerjasama|cooperation forum",
    Instrument.PROGRAMME: "programme|program|program kerja sama|program kerjasama|project|proyek",
    Instrument.GRANT: "grant|hibah|perjanjian hibah|nphd|naskah perjanjian hibah daerah",
    Instrument.ADENDUM: "adendum|addendum|amandemen|amendment|perubahan perjanjian|adendum pks"
    "|addendum pks|adendum mou|addendum mou",
    Instrument.PLAN_OF_ACTION: "plan of action|rencana aksi|action plan|poa|rencana kerja"
    "|rencana kerja tahunan|rkt|implementing arrangement",
    Instrument.LOI: "loi|letter of intent|surat minat|surat kehendak|surat pernyataan minat"
    "|pernyataan kehendak|surat pernyataan kehendak|pernyataan kehendak kerja sama"
    "|surat pernyataan kehendak kerja sama|letter of interest|surat niat",
    Instrument.JOINT_STATEMENT: "joint statement|pernyataan bersama|joint declaration"
    "|deklarasi bersama|deklarasi|komunike bersama|joint communique",
    Instrument.MISI_DAGANG: "misi dagang|trade mission|misi dagang dan investasi",
    Instrument.BERITA_ACARA: "berita acara|ba|minutes of meeting|minutes|notulen"
    "|berita acara kesepakatan|record of discussion",
    Instrument.OTHER: "other|lainnya|lain lain|lain|others",
}  # fmt: skip
_INSTRUMENT = {
    word: instrument for instrument, words in _INSTRUMENTS.items() for word in words.split("|")
} | {fold(instrument): instrument for instrument in Instrument}
_VAGUE = frozenset({"agreement", "perjanjian", "kesepakatan", "program", "project", "proyek",
                    "kontrak", "contract", "other", "others", "lain", "lainnya", "kb", "nk", "ba",
                    "minutes", "rkt", "msp", "forum", "grant", "programme"})  # fmt: skip


def _any_of(words: Collection[str]) -> re.Pattern[str]:
    """Whole words, the longest first."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return re.compile(rf"\b(?:{'|'.join(ordered)})\b")


_WORDS = _any_of(_INSTRUMENT.keys())
_FIRM_WORDS = _any_of(_INSTRUMENT.keys() - _VAGUE)


@lru_cache(maxsize=4096)
def read_instrument(text: str) -> Instrument | None:
    """The kind of document that a cell names; None where it names none or several.

    Example:
        >>> read_instrument("Perjanjian Kerja Sama (PKS)").value, read_instrument("MoU / PKS")
        ('pks', None)
    """
    named = instruments_in(text)
    if Instrument.ADENDUM in named:  # "Adendum Perjanjian Kerja Sama": what it amends is beside it
        return Instrument.ADENDUM
    return next(iter(named)) if len(named) == 1 else None


@lru_cache(maxsize=4096)
def instruments_in(text: str) -> frozenset[Instrument]:
    """Every kind of document that a cell names."""
    words = fold(text)
    if len(words) > 1 and max(map(len, words.split())) == 1:
        words = words.replace(" ", "")  # "P.K.S."
    if words in _INSTRUMENT:
        return frozenset({_INSTRUMENT[words]})
    found = _WORDS.findall(words)
    firm = [word for word in found if word not in _VAGUE]
    named = {_INSTRUMENT[word] for word in firm or found}
    if Instrument.SISTER_CITY in named:  # the MoU is only how it was agreed
        named.discard(Instrument.MOU)
        if len(named) > 1:  # a letter of intent for one is still a letter of intent
            named.discard(Instrument.SISTER_CITY)
    return frozenset(named)


@lru_cache(maxsize=4096)
def is_category(text: str) -> bool:
    """Whether a cell names what an agreement is in law, and no kind of document.

    Example:
        >>> is_category("KSDPK"), is_category("Kerja sama wajib"), is_category("PKS")
        (True, True, False)
    """
    return _CATEGORY.fullmatch(fold(text)) is not None


_CATEGORY = re.compile(
    r"(?:kerja ?sama )?(?:(?:daerah )?(?:dengan )?(?:wajib|sukarela|dalam negeri|luar negeri"
    r"|antar ?daerah|daerah|pihak ketiga|swasta|domestik|internasional|bilateral|multilateral)"
    r"|ksdd|ksdpk|ksdpl|ksdll|sinergi|kskp|ksdl)(?: (?:ksdd|ksdpk|ksdpl|ksdll))?"
)
_NO_NUMBER = re.compile(
    r"(?:tanpa|belum ada|tidak ada|tidak ber|no) ?(?:nomor|number)|tidak bernomor|sda|s d a|idem"
)


def document_number(text: str) -> str:
    """A document's number; empty where a cell says that it has none, or leaves it to be filled in.

    Example:
        >>> document_number("119/1/KSB/2021"), document_number("Tanpa Nomor"), document_number("-")
        ('119/1/KSB/2021', '', '')
    """
    blank = "..." in text or "\u2026" in text or "__" in text
    if blank or not text or (not any(map(str.isdigit, text)) and _NO_NUMBER.fullmatch(fold(text))):
        return ""
    return "" if says_nothing(text) else text


def instrument_of_title(title: str) -> Instrument | None:
    """The kind of document that a title begins with or plainly names; vague words do not count.

    Example:
        >>> instrument_of_title("Nota Kesepahaman tentang Pendidikan").value
        'mou'
        >>> instrument_of_title("Program pertukaran pelajar") is None
        True
    """
    named = [_INSTRUMENT[word] for word in _FIRM_WORDS.findall(fold(title))]
    return named[0] if named else None


def near_instrument(text: str) -> str:
    """The word that a misspelt kind of document is nearest to; empty where none is near.

    Example:
        >>> near_instrument("Memorandum of Understading")
        'memorandum of understanding'
    """
    near = process.extractOne(fold(text), _INSTRUMENT.keys(), scorer=fuzz.ratio, score_cutoff=_NEAR)
    return near[0] if near else ""


_STATUSES = {
    "": "aktif|active|berlaku|masih berlaku|berjalan|sedang berjalan|on going|ongoing|in force"
    "|valid|ditandatangani|sudah ditandatangani|signed|perpanjangan|diperpanjang|baru|final",
    "exploration": "exploration|penjajakan|rencana|proses|dalam proses|draft|draf|konsep|usulan"
    "|pembahasan|dalam pembahasan|inisiasi|in process|on process|planned|tahap penjajakan"
    "|proposed|belum ditandatangani",
    "lapsed": "lapsed|expired|kedaluwarsa|kadaluarsa|kadaluwarsa|habis|habis masa berlaku"
    "|tidak berlaku|tidak aktif|non aktif|nonaktif|sudah tidak berlaku|inactive|habis berlaku"
    "|tidak diperpanjang",
    "ended": "ended|berakhir|selesai|sudah berakhir|telah berakhir|completed|finished|terminated"
    "|dihentikan|dibatalkan|batal|dicabut|cancelled|telah selesai|sudah selesai",
}
_STATUS = {word: status for status, words in _STATUSES.items() for word in words.split("|")}


_TELLING = tuple(
    (re.compile(rf"\b(?:{words})\b"), status)
    for words, status in (  # the first that is found counts
        ("perpanjangan|diperpanjang otomatis|belum berakhir|belum selesai|akan berakhir", ""),
        ("belum|draft|draf|konsep|pembahasan|penjajakan|inisiasi|pending|proses|process|progress"
         "|rencana|usulan|planned|proposed", "exploration"),
        ("tidak berlaku|tidak aktif|tidak diperpanjang|kedaluwarsa|kadaluarsa|kadaluwarsa|expired"
         "|habis|inactive|not active", "lapsed"),
        ("berakhir|selesai|ended|batal|dibatalkan|dicabut|completed|terminated", "ended"),
        ("berlaku|aktif|berjalan|active|in force|ongoing", ""),
    )
)  # fmt: skip


@lru_cache(maxsize=4096)
def read_status(text: str) -> str | None:
    """exploration, lapsed, ended, or "" for one in force; None where the word is not known.

    Example:
        >>> read_status("Penjajakan"), read_status("Masih berlaku"), read_status("entah")
        ('exploration', '', None)
    """
    if says_nothing(text):
        return ""
    words = fold(text)
    if words in _STATUS:
        return _STATUS[words]
    return next((status for pattern, status in _TELLING if pattern.search(words)), None)
