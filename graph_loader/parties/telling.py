"""Words that tell what kind of party a name belongs to, where nobody knows the name yet."""

from __future__ import annotations

import re
from dataclasses import dataclass

from graph_loader.model import Level

_MOST_WORDS = 5  # because no phrase of these tables has more


@dataclass(frozen=True, slots=True)
class Told:
    """What a word tells of its party; `home`: it is only said of parties of Indonesia."""

    level: Level
    kind: str
    home: bool = False


def _table(level: Level, home: bool, **phrases: str) -> dict[str, Told]:
    return {
        phrase.strip(): Told(level, kind, home)
        for kind, listed in phrases.items()
        for phrase in listed.split(",")
    }


# Because these offices belong to the state, wherever they stand (UU 23/2014, urusan absolut and
# instansi vertikal); agreements with them are sinergi.
_CENTRAL = _table(
    Level.CENTRAL_AGENCY, True,
    prosecutor="kejaksaan negeri, kejaksaan tinggi, kejaksaan agung, cabang kejaksaan",
    police="kepolisian, polri, polresta, polrestabes, polsek, mabes polri, polisi",
    land_office="kantor pertanahan, bpn, atr bpn, badan pertanahan nasional, kantah",
    audit="bpk, bpkp, bpk ri, badan pemeriksa keuangan, badan pengawasan keuangan",
    insurer="bpjs, bpjs kesehatan, bpjs ketenagakerjaan, badan penyelenggara jaminan sosial",
    military="tni, kodim, koramil, korem, kodam, lanal, lantamal, lanud, komando distrik militer, "
    "komando resor militer, komando daerah militer, pangkalan tni",
    court="pengadilan negeri, pengadilan agama, pengadilan tinggi, mahkamah agung, "
    "mahkamah konstitusi, pengadilan militer, pengadilan tata usaha negara",
    agency="bps, badan pusat statistik, bea cukai, bea dan cukai, kantor wilayah, kantor imigrasi, "
    "imigrasi, kantor pelayanan pajak, kpp pratama, kppn, kpknl, lapas, rutan, bapas, "
    "lembaga pemasyarakatan, rumah tahanan negara, kpu, komisi pemilihan umum, bawaslu, "
    "badan pengawas pemilihan umum, kpk, komisi pemberantasan korupsi, bnn, bnpb, basarnas, "
    "bmkg, badan meteorologi, brin, lipi, bssn, bkn, bkkbn, bpom, badan pom, "
    "badan pengawas obat dan makanan, lkpp, ojk, otoritas jasa keuangan, bank indonesia, "
    "ombudsman, lembaga administrasi negara, skk migas, bp2mi, bp3mi, bappenas, "
    "badan perencanaan pembangunan nasional, perpustakaan nasional, arsip nasional, anri, "
    "taman nasional, balai taman nasional, balai besar, direktorat jenderal, ditjen, "
    "sekretariat negara, sekretariat kabinet, kantor staf presiden, badan informasi geospasial, "
    "kantor pengawasan dan pelayanan bea, badan riset dan inovasi nasional, "
    "pemerintah republik indonesia, pemerintah ri, pemerintah pusat, pemerintah indonesia",
    ministry="kantor kementerian",
)  # fmt: skip
# Because a ministry abroad is called the same in Indonesian, these tell no country.
_STATE = _table(
    Level.CENTRAL_AGENCY, False,
    ministry="kementerian, kementrian, menteri",
    prosecutor="kejaksaan",
    agency="badan nasional",
)  # fmt: skip
# Because PP 28/2018 calls whoever is neither a region nor the state nor foreign a third party.
_HOME = _table(
    Level.THIRD_PARTY, True,
    company="pt, cv, ud, perseroan terbatas, pelaku usaha, bumn",
    soe="bulog, perhutani, telkom, pegadaian, damri, taspen, pos indonesia, jasa raharja, "
    "jasa marga, angkasa pura, kereta api indonesia, jasa tirta, perum, perumda, "
    "perusda, perusahaan daerah, perusahaan umum, perusahaan umum daerah, pd, "
    "pdam, bumd, bumdes, bumdesa, bumdesma, badan usaha milik daerah, badan usaha milik desa, "
    "badan usaha milik negara, badan usaha milik, perseroda, pln, pelindo, pertamina",
    bank="bpr, bprs, bank pembangunan daerah, bank jatim, bank perkreditan rakyat, bri, bni, btn, "
    "bank rakyat indonesia, bank negara indonesia, bank tabungan negara, bank mandiri, "
    "bank syariah indonesia",
    university="uin, iain, stain, stai, stie, stikes, stkip, stmik, stt, stikom, ikip, "
    "lppm, akper, akbid, politeknik negeri, politeknik kesehatan, "
    "universitas negeri, universitas islam, universitas muhammadiyah, "
    "universitas nahdlatul ulama, universitas pgri, universitas pembangunan nasional",
    school="sma, smk, smp, sdn, smpn, sman, smkn, man, mts, mtsn, madrasah, slb, paud, "
    "pondok pesantren, ponpes, pesantren, pp",
    hospital="rsud, rsu, rs, rsi, rsia, rumah sakit, puskesmas, klinik, labkesda",
    cooperative="koperasi, ksu, kud, ksp, kopontren",
    ngo="yayasan, lsm, lembaga swadaya masyarakat, karang taruna, pramuka, kwartir, pkk, pmi, "
    "tim penggerak pkk, palang merah indonesia, baznas, lazismu, lazisnu, dompet dhuafa, "
    "badan amil zakat nasional, pengurus cabang, pimpinan cabang, pimpinan daerah, mui, "
    "majelis ulama indonesia, dekranasda, koni, pokdarwis",
    association="kadin, kamar dagang dan industri, apindo, hipmi, gapensi, gapoktan, apkasi, "
    "apeksi, appsi, kelompok tani, kelompok usaha bersama, phri, idi, paguyuban",
    agency="bappeda, bapperida, bappelitbangda, bapenda, bpbd, bpkad, bpsdm, bkd, "
    "bkpsdm, sekretariat daerah, setda, inspektorat, satpol, "
    "satpol pp, satuan polisi pamong praja, kecamatan, camat, kelurahan, desa, pemerintah desa, "
    "kepala desa, upt, uptd, dprd, dewan perwakilan rakyat daerah, disperindag, disnaker, "
    "diskominfo, dispendik, disdik, disparbud, disbudpar, dispora, dispendukcapil, disdukcapil, "
    "tkksd, balitbang, balitbangda, unit pelaksana teknis, dpu, dpupr, dpuprpkp, dputr, dpubm, "
    "dpubmsda, dpmptsp, dpmptk, dpmd, dprkp, dprkpck, dlh, dlhk, dlhkp, dkp, dkpp, dpkp, dtphp, "
    "dpkh, dp3a, dp3akb, dp3ap2kb, dp2kbp3a, dppkb, dppkbp3a, bkpp, bkppd, bpkd, bpkpd, bpprd, "
    "bakesbangpol, kesbangpol, bakorwil, bapelitbang, bappelitbang, brida, damkar, tapem",
)  # fmt: skip
_EITHER = _table(
    Level.THIRD_PARTY, False,
    university="sekolah tinggi, perguruan tinggi, universitas, institut, politeknik, akademi, "
    "fakultas, kampus",
    school="sekolah, taman kanak kanak",
    hospital="hospital",
    bank="bank",
    ngo="lembaga, perkumpulan, komunitas, forum, relawan, majelis, organisasi, museum",
    association="asosiasi, persatuan, perhimpunan, aliansi, serikat, konsorsium, jaringan, "
    "ikatan, himpunan, gabungan, kamar dagang, federasi",
    company="perusahaan, grup, toko, hotel, pabrik",
    agency="dinas, badan, sekretariat, bagian, biro, bidang, kantor, perwakilan, pusat, balai, "
    "otoritas, komisi, dewan, lembaga penelitian",
)  # fmt: skip
_CONSULAR = _table(
    Level.FOREIGN_INSTITUTION, False,
    consulate="kedutaan besar, kedutaan, konsulat jenderal, konsulat, embassy, consulate, "
    "consulate general, konsul jenderal, duta besar, the embassy, the consulate general",
)  # fmt: skip
_FIRST = {**_EITHER, **_HOME, **_STATE, **_CENTRAL, **_CONSULAR}

# Because these stand in the names of institutions abroad, in whatever place.
_ABROAD = {
    word: kind
    for kind, listed in {
        "university": "university universiti universitat universite universidad universita "
        "universiteit college polytechnic",
        "school": "school academy gakuen",
        "company": "ltd limited llc inc incorporated corp corporation gmbh ag bv kk bhd pte pty "
        "plc srl lda co company holdings group industries",
        "bank": "bank",
        "ngo": "foundation society trust stiftung institute institution fonds",
        "association": "association chamber alliance network federation union consortium",
        "ministry": "ministry department kementerian departemen",
        "consulate": "embassy consulate kedutaan konsulat",
        "agency": "agency centre center organization organisation committee commission authority "
        "bureau office fund programme badan lembaga yayasan bank",
    }.items()
    for word in listed.split()
}
FOREIGN_FORMS = frozenset({"gmbh", "llc", "pte", "pty", "bhd", "plc", "kk", "bv", "inc", "srl"})
"""Legal forms that no party of Indonesia has, so that a country must be stated."""

# Because offices of regions join "Dinas" with what they do: Dishub, Disperkim, Dinkopdag.
_OFFICE = re.compile(
    r"^(?:dis(?:bud|bun|dag|dik|duk|hub|hut|kan|kes|kom|kop|kum|lut|nak|par|pen|per|pora|por|pus|sos"
    r"|tan)|din(?:dik|hub|kes|kom|kop|lut|nak|par|pen|per|pora|sos))[a-z0-9]*$"
)
_MINISTRY = re.compile(r"^kemen[a-z]{2,}")  # "Kemenkeu", "Kemendagri"


def told(words: str) -> Told | None:
    """What the first words of a name in normal form tell; the longest phrase counts.

    Example:
        >>> told("dinas pertanian kabupaten gresik").kind, told("gresik")
        ('agency', None)
    """
    parts = words.split()
    for size in range(min(_MOST_WORDS, len(parts)), 0, -1):
        if found := _FIRST.get(" ".join(parts[:size])):
            national = found.kind == "agency" and parts[0] == "badan" and "nasional" in parts
            return _STATE["badan nasional"] if national else found
    if parts and _OFFICE.match(parts[0]):
        return _HOME["bappeda"]
    if _MINISTRY.match(words):
        return _STATE["kementerian"]
    return None


def told_abroad(words: str) -> str:
    """The kind of a foreign institution that any word of its name tells; empty if none does."""
    found = told(words)
    if found is not None:
        return found.kind
    return next((kind for word in words.split()[::-1] if (kind := _ABROAD.get(word, ""))), "")
