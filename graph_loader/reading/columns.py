"""Which heading means which field, in registers that nobody designed.

A heading is compared without case, accents, punctuation and the words that add nothing ("Nama
Mitra Kerja Sama" is "mitra"). What is not recognised is told, never dropped in silence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from graph_loader.text import fold

PARTY_FIELDS = ("party", "region", "partner")
HEADING_WORDS: Mapping[str, str] = {
    "key": "agreement key, kunci, kunci perjanjian, kode, kode perjanjian, id, id perjanjian, "
    "agreement id",
    "serial": "no, no urut, nomor urut, nomer urut, urut, urutan, num",
    "number": "nomor, nomer, number, reference, ref, no dokumen, no perjanjian, no naskah, no mou, "
    "no pks, no surat, no kerja sama, no agreement, nomor mou, nomor pks, nomor mou pks, "
    "no mou pks, nomor surat, nomor registrasi, no registrasi, agreement no, document no, "
    "reference no, nomor kesepakatan, nomor kesepakatan bersama, nomor ksb, nomor agenda, "
    "no agenda, no ksb, no kb",
    "party": "pihak yang, pihak yang bekerja sama, pihak yang bekerjasama, "
    "party, parties, pihak, para pihak, pihak pihak, pihak terkait, pihak yang terlibat, "
    "pihak yang menandatangani, penandatangan, signatory, signatories, signing parties, "
    "pihak penandatangan, pihak terlibat, para pihak yang terlibat, party names",
    "region": "indonesian local government, indonesian region, indonesian city, daerah, region, "
    "regency, kabupaten kota, kab kota, kabupaten, kab, kota, regency city, pemda, "
    "pemerintah daerah, kota kabupaten, daerah otonom, local government, pemerintah "
    "kabupaten kota, pemerintah kabupaten, pemerintah kota, pemkab pemkot, pemkab, daerah "
    "asal, daerah jawa timur, city regency, regency or city, regencies, pemerintah "
    "provinsi, daerah kabupaten kota, provinsi kabupaten kota, provinsi kab kota, regency "
    "name, region name, nama daerah, pemprov",
    "province": "provinsi, propinsi, province, prov",
    "partner": "foreign counterpart, foreign local government, foreign city, overseas partner, "
    "mitra, partner, partners, counterpart, mitra luar negeri, pihak lain, pihak mitra, "
    "daerah mitra, lembaga mitra, instansi mitra, mitra asing, kota mitra, mitra daerah, "
    "lembaga, instansi, foreign partner, lembaga instansi, instansi lembaga, mitra "
    "lembaga, mitra instansi, badan lembaga, rekanan, partner institution, partner name, "
    "partner city, kota kembar, perusahaan, dengan, mitra pihak ketiga, mitra pihak "
    "kedua, sister city partner, foreign party, foreign parties, partner organisation, "
    "partner organization, mitra dalam negeri",
    "level": "mitra jenis, pihak jenis, jenis daerah, jenis lembaga, "
    "party level, jenis pihak, tingkat, level, party type, jenis mitra, kategori mitra, "
    "partner type, kind of party, party kind, tingkat pihak",
    "country": "party country, negara, country, negara mitra, negara asal, asal negara, country of "
    "partner, partner country, negara tujuan",
    "role": "role, peran, kedudukan, selaku",
    "title": "title, judul, tentang, judul tentang, nama, perihal, hal, subject, perjanjian, "
    "agreement, naskah, dokumen, kerja sama, kerjasama, judul naskah, agreement title, "
    "nama perjanjian, nama dokumen, uraian, kegiatan, name, kesepakatan, objek, objek "
    "tentang, judul objek, judul dokumen, document title, description, about",
    "instrument": "instrument, bentuk, jenis, bentuk dokumen, jenis dokumen, jenis naskah, bentuk "
    "naskah, document type, document kind, type, kind, tipe, type of agreement, kind of "
    "document, type of document, jenis perjanjian, bentuk perjanjian, bentuk jenis "
    "dokumen, bentuk jenis, jenis bentuk, jenis bentuk dokumen, tipe dokumen, form, "
    "agreement type, jenis kesepakatan, mou pks, ksb pks, kb pks, kesepakatan pks, bentuk "
    "instrument, document, dokumen kerja sama",
    "signed": "signed, tanggal, bulan, month, day, "
    "tanggal penandatanganan, tanggal ttd, ttd, penandatanganan, signed "
    "on, date, date signed, signing date, date of signing, signature date, tahun, tanggal "
    "tanda tangan, waktu penandatanganan, tahun penandatanganan, year, date of signature, "
    "tanggal ditandatangani, ditandatangani, tanggal kesepakatan, tanggal dokumen, "
    "tanggal naskah, tanggal perjanjian, signing, tanggal pengesahan, tahun ttd, year "
    "signed",
    "starts": "starts, tanggal mulai, mulai, mulai berlaku, tanggal mulai berlaku, tmt, start, "
    "start date, effective date, berlaku sejak, awal, tahun mulai, tanggal awal, mulai "
    "tanggal, effective from, valid from, berlaku mulai, tanggal berlaku, in force since, "
    "commencement",
    "numbered": "nomor tanggal, no tanggal, tanggal nomor, nomor dan tanggal, no dan tanggal, "
    "number date, number and date",
    "duration": "period of validity, jangka waktu, duration, masa berlaku, lama, masa, term, "
    "jangka waktu berlaku, period, lama berlaku, masa kerja sama, validity, validity period, "
    "periode, durasi, waktu berlaku, masa laku, term of agreement",
    "ends": "tahun selesai, "
    "ends, berakhir, tanggal berakhir, berakhir pada, ends on, end, end date, expiry, "
    "expires, expiry date, valid until, berlaku sampai, berlaku sampai dengan, berlaku s "
    "d, sampai dengan, akhir, tanggal akhir, tahun berakhir, masa berlaku sampai, sampai, "
    "selesai, tanggal selesai, berlaku hingga, tanggal berakhirnya, ending date, until, "
    "expiration date, tanggal kedaluwarsa, jatuh tempo, akhir masa berlaku, berakhirnya",
    "status": "status, keadaan, kondisi, state, status dokumen, status perjanjian",
    "topic": "topic, bidang, ruang lingkup, field, sektor, sector, scope, urusan, topik, lingkup, "
    "topics, bidang urusan, field of cooperation, area, subject area, area of "
    "cooperation, obyek, tema, bidang ruang lingkup, fields, bidang sektor, sub bidang, "
    "focus, scope of cooperation",
    "goals": "goals, sdg, sdgs, tpb, sdg tpb, tpb sdg, tpb sdgs, sdgs tpb, goal, tujuan sdgs, "
    "tujuan tpb, sdg goals, sdg goal, kode sdg, kode tpb, target sdg, target tpb, sdg "
    "target, sdg targets, nomor sdg",
    "outcome": "outcome, hasil, capaian, realisasi, tindak lanjut, result, results, hasil "
    "pelaksanaan, implementasi, pelaksanaan, follow up, output, outcomes, perkembangan, "
    "evaluasi, manfaat",
    "page": "source, sumber, tautan, link, url, sumber data, sumber informasi, web, referensi, "
    "website, laman, source page, sources, berkas, file, tautan dokumen, link dokumen",
    "stated": "stated, tanggal sumber, tanggal data, stated on, date of source, per tanggal",
    "note": "note, notes, keterangan, ket, catatan, remark, remarks, comment, comments, "
    "keterangan lain, keterangan tambahan, lain lain",
    "renews": "renews, memperpanjang, perpanjangan dari, memperbarui",
    "amends": "amends, mengubah, adendum dari, perubahan dari",
    "implements": "implements, melaksanakan, pelaksanaan dari, turunan dari, induk, "
    "perjanjian induk",
}  # fmt: skip
"""The headings of each field, folded; the commonest first."""
_WOULD_DO = {
    "party": ("Para Pihak", "Daerah + Mitra", "Pihak Pertama + Pihak Kedua", "Parties"),
    "region": ("Daerah", "Kabupaten/Kota", "Pihak Pertama", "Region"),
    "partner": ("Mitra", "Pihak Kedua", "Nama Mitra", "Partner"),
    "title": ("Judul", "Tentang", "Nomor", "Title"),
    "instrument": ("Bentuk Dokumen", "Jenis Dokumen", "Document Kind"),
}
_FIELD = {word: field for field, words in HEADING_WORDS.items() for word in words.split(", ")}
_ADDS_NOTHING = re.compile(
    r"\b(?:nama|kerja ?sama daerah|kerja sama|kerjasama|perjanjian|dokumen|naskah|yang|dan|atau"
    r"|the|of|and|agreement"
    r"|cooperation|dalam|pada|wajib|diisi|opsional|optional|required|contoh|bekerja sama"
    r"|bekerjasama)\b"
)
_IS_TITLE = re.compile(r"\b(?:kerja sama|kerjasama|perjanjian|agreement|cooperation)\b")
_SHORT = {"dok": "dokumen", "tgl": "tanggal", "thn": "tahun", "perj": "perjanjian",
          "bln": "bulan", "ks": "kerja sama", "neg": "negara", "jns": "jenis",
          "instrumen": "instrument"}  # fmt: skip
_ORDINAL = re.compile(
    r"(?:pihak|party|para pihak)(?: ke)? ?-?(?:(?P<first>1|i|pertama|kesatu|satu|first|a)"
    r"|\d{1,2}|[ivx]{2,4}|v|x|kedua|dua|ketiga|tiga|keempat|empat|kelima|lima|keenam|enam|ketujuh"
    r"|tujuh|kedelapan|delapan|kesembilan|sembilan|kesepuluh|sepuluh|kesebelas|sebelas|second"
    r"|third|[b-k])"
    r"|(?:(?P<first_>first|1st)|second|third|fourth|fifth|2nd|3rd|other) party"
)
_OWNED = re.compile(
    r"(?:(?P<number>(?:nomor|no)(?: dokumen| surat| naskah)?)|(?P<level>jenis|tingkat|kategori)"
    r"|(?P<country>negara|country(?: of)?))"
    r" (?:pihak|party)\b"
)
_NUMBERED = re.compile(r"(.+?) ?(?:\d{1,2}|[ivx]{1,4})\Z")
_ASIDE = re.compile(r"\([^()]*\)|[*]+")
_UNITS = {"tahun": "tahun", "thn": "tahun", "th": "tahun", "year": "tahun", "years": "tahun",
          "bulan": "bulan", "bln": "bulan", "month": "bulan", "months": "bulan"}  # fmt: skip
_LEVEL_HINTS = {"kabupaten": "kabupaten", "kab": "kabupaten", "pemerintah kabupaten": "kabupaten",
                "pemkab": "kabupaten", "kota": "kota", "pemerintah kota": "kota"}  # fmt: skip
_NEAR = 85.0  # because a slip of one letter in a short word scores above it
_LONG_ENOUGH = 5  # letters: because shorter words are near to too much
NOWHERE = -1
MAX_HEADING = 80  # because a longer cell is a title or a note


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a register: where it stands, what it means, and what the clerk called it.

    `field` is empty for a heading that is not known. `hint` is what the heading adds: the unit of
    a duration ("tahun"), the level of a region ("kabupaten"). A column that the file does not have
    is worked out: `of` is then the position of the column that it comes from, or NOWHERE.
    """

    index: int
    field: str
    heading: str
    hint: str = ""
    of: int | None = None

    @property
    def place(self) -> int:
        """The position in the file where a person finds it; NOWHERE where there is none."""
        return self.index if self.of is None else self.of


def words_for(field: str) -> str:
    """Headings that would do for a field, in both languages.

    Example:
        >>> words_for("region")
        'Daerah, Kabupaten/Kota, Pihak Pertama, Region'
    """
    return ", ".join(_WOULD_DO[field])


@lru_cache(maxsize=4096)
def field_of(heading: str) -> tuple[str, str]:
    """The field that a heading means and what it adds; ("", "") where it is not known.

    Example:
        >>> field_of("Nama Mitra Kerja Sama"), field_of("Jangka Waktu (tahun)")
        (('partner', ''), ('duration', 'tahun'))
    """
    if not heading or len(heading) > MAX_HEADING:
        return "", ""
    aside = " ".join(fold(part) for part in _ASIDE.findall(heading))
    words = fold(_ASIDE.sub(" ", heading)) or fold(heading)
    unit = next((_UNITS[word] for word in aside.split() if word in _UNITS), "")
    field = _named(words) or _named(fold(heading)) or _both(heading)
    if field == "region" and words in _LEVEL_HINTS:
        return field, _LEVEL_HINTS[words]
    return field, unit if field == "duration" else ""


def near_heading(heading: str) -> str:
    """The known heading that a misspelt one is nearest to; empty where none is near.

    Example:
        >>> near_heading("Tanggal Penandatangan")
        'Tanggal Penandatanganan'
    """
    found = process.extractOne(
        fold(heading), _FIELD.keys(), scorer=fuzz.ratio, score_cutoff=_NEAR
    )  # fmt: skip
    return found[0].title() if found and len(found[0]) >= _LONG_ENOUGH else ""


def _named(words: str) -> str:
    words = " ".join(_SHORT.get(word, word) for word in words.split())
    if words in _FIELD:
        return _FIELD[words]
    if ordinal := _ORDINAL.fullmatch(words.replace("nama ", "")):
        return "party" if ordinal["first"] or ordinal["first_"] else "partner"
    bare = " ".join(_ADDS_NOTHING.sub(" ", words).split())
    if owned := _OWNED.match(words):  # "Nomor Pihak Kedua", "Country of Party A"
        return next(field for field in ("number", "level", "country") if owned[field])
    if not bare and _IS_TITLE.search(words):
        return "title"  # "Nama Kerja Sama": what adds nothing to another word is all there is
    if bare in _FIELD:
        return _FIELD[bare]
    for text in (words, bare):
        if (numbered := _NUMBERED.match(text)) and _FIELD.get(numbered[1]) in PARTY_FIELDS:
            return _FIELD[numbered[1]]
    return ""


def _both(heading: str) -> str:
    """ "Mitra / Partner", "Nomor | Number": a heading in two languages, both meaning one field."""
    parts = [part for part in re.split(r"\s*[/|\n]\s*", heading) if part]
    fields = {_named(fold(part)) for part in parts}
    return fields.pop() if len(parts) > 1 and len(fields) == 1 else ""
