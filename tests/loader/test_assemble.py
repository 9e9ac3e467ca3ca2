"""From rows to agreements: what is kept, what is doubted, what is refused."""

from __future__ import annotations

from functools import partial
from itertools import product

import pytest

from explorer.i18n import LANGUAGES, say
from graph_loader.report import problem_dict
from tests.loader.tables import SOURCE, assemble, codes

LONG = ("agreement_key", "party", "party_level", "party_country", "instrument", "title", "signed",
        "ends", "status", "topic", "goals", "source", "renews")  # fmt: skip
WIDE = ("No", "Daerah", "Mitra", "Negara", "Judul", "Nomor", "Bentuk", "Tanggal", "Jangka Waktu",
        "Berakhir", "Bidang", "SDG", "Status", "Perjanjian Induk", "Catatan")  # fmt: skip
GOOD = {"Daerah": "Kab. Gresik", "Mitra": "Universitas Airlangga", "Judul": "Riset",
        "Bentuk": "MoU"}  # fmt: skip


def long(**cells: str) -> list[str]:
    """A row of the import format."""
    row = {"agreement_key": "a", "party": "Kota Surabaya", "instrument": "mou", "source": "p"}
    return [(row | cells).get(name, "") for name in LONG]


BUSAN = {"party": "Busan", "party_country": "South Korea", "party_level": "foreign_local"}


def wide(**cells: str) -> list[str]:
    """A row of a register with an agreement on each row; `Jangka_Waktu` is "Jangka Waktu"."""
    named = {name.replace("_", " "): text for name, text in cells.items()}
    return [(GOOD | named).get(name, "") for name in WIDE]


def test_rows_of_one_key_and_page_are_one_claim() -> None:
    later = {"source": "q", "signed": "1994-11-10"}
    found, problems = assemble(
        LONG, long(), long(**BUSAN), long(**later), long(**BUSAN, **later)
    )  # fmt: skip
    (agreement,) = found.agreements
    assert agreement.id == "a"
    assert [(claim.row, claim.page) for claim in agreement.claims] == [(2, "p"), (4, "q")]
    assert [s.party for s in agreement.claims[0].parties] == ["35.78", "busan-kr"]
    assert (problems, found.parties, found.rows) == ([], {}, {"f.csv": 4})


@pytest.mark.parametrize(
    ("change", "code", "severity"),
    [
        ({"signed": "31/02/2020"}, "date-impossible", "doubtful"),
        ({"signed": "entah"}, "date-unreadable", "doubtful"),
        ({"signed": "03/04/2020"}, "date-order", "doubtful"),
        ({"signed": "2205"}, "year-unlikely", "doubtful"),
        ({"signed": "2062"}, "signed-later", "doubtful"),
        ({"signed": "2020", "ends": "2019"}, "end-before-start", "doubtful"),
        ({"status": "entah"}, "status-unknown", "doubtful"),
        ({"goals": "2.99"}, "goal-unknown", "doubtful"),
        ({"renews": "zzz"}, "relation-unknown", "doubtful"),
        ({"title": "x" * 20_000}, "cell-too-long", "doubtful"),
        ({"title": "<b>x</b>"}, "text-markup", "doubtful"),
        ({"title": "=1+1"}, "text-formula", "doubtful"),
        ({"title": "a\u202eb"}, "text-cleaned", "doubtful"),
        ({"title": "SÃ£o Paulo"}, "text-garbled", "doubtful"),
        ({"party_level": "desa"}, "level-unknown", "doubtful"),
        ({"instrument": ""}, "instrument-missing", "doubtful"),
        ({"instrument": "jabat tangan"}, "instrument-unknown", "rejected"),
        ({"instrument": "nota kesepahmaan"}, "instrument-misspelt", "rejected"),
        ({"party": "Malang"}, "party-ambiguous", "rejected"),
        ({"party": "Kabupaten Gersik"}, "party-misspelt", "rejected"),
        ({"party": "Kabupaten Atlantis"}, "party-unknown", "rejected"),
        ({"party": ""}, "party-empty", "rejected"),
        ({"party": "大阪"}, "party-unusable", "rejected"),
        ({"party": "Osaka Prefecture", "party_country": "Korea Selatan"}, "party-elsewhere",
         "rejected"),
        ({"agreement_key": ""}, "key-missing", "rejected"),
        ({"agreement_key": "!!"}, "key-unusable", "rejected"),
    ],
)  # fmt: skip
def test_a_bad_cell_is_one_problem_at_its_row(
    change: dict[str, str], code: str, severity: str
) -> None:
    sound = [long(agreement_key="z"), long(agreement_key="z", **BUSAN)]
    # the second row of the pair says all that the first does, but for the party
    partner = long(**(change | BUSAN | {"agreement_key": "a"}))
    found, problems = assemble(LONG, long(**change), partner, *sound)
    told = [one for one in problems if one.row == 2]
    assert [(one.code, one.severity) for one in told] == [(code, severity)]
    for problem, lang in product(problems, LANGUAGES):
        words = problem_dict(problem, partial(say, lang))
        assert problem.code not in f"{words['why']} {words['fix']}"
    kept = {agreement.id for agreement in found.agreements}
    assert kept == ({"a", "z"} if severity == "doubtful" else {"z"})


@pytest.mark.parametrize(
    ("change", "code", "severity", "column"),
    [
        ({"Negara": "Wakanda"}, "country-unknown", "doubtful", "Negara"),
        ({"Negara": "Jepangg"}, "country-misspelt", "doubtful", "Negara"),
        ({"Mitra": "Kota Fantasia", "Negara": "Wakanda"}, "country-unknown", "rejected", "Negara"),
        ({"Mitra": ""}, "party-blank", "rejected", "Mitra"),
        ({"Mitra": "Gresik"}, "party-same", "rejected", "Mitra"),
        ({"Mitra": "Universitas Airlanggga"}, "party-similar", "doubtful", "Mitra"),
        ({"Jangka_Waktu": "5"}, "duration-unit", "doubtful", "Jangka Waktu"),
        ({"Jangka_Waktu": "lama"}, "duration-unreadable", "doubtful", "Jangka Waktu"),
        ({"Jangka_Waktu": "3 (lima) tahun"}, "duration-disagrees", "doubtful", "Jangka Waktu"),
        ({"Jangka_Waktu": "3 tahun"}, "duration-without-start", "doubtful", "Jangka Waktu"),
        ({"Tanggal": "2020", "Jangka_Waktu": "3 tahun", "Berakhir": "2030"}, "end-disagrees",
         "doubtful", "Jangka Waktu"),
        ({"Tanggal": "2020", "Berakhir": "2010"}, "end-before-start", "doubtful", "Berakhir"),
    ],
)  # fmt: skip
def test_a_bad_cell_of_a_register_is_one_problem_at_its_column(
    change: dict[str, str], code: str, severity: str, column: str
) -> None:
    found, problems = assemble(WIDE, wide(**change))
    assert codes(problems) == [(code, severity, 2, column)]
    assert (len(found.agreements), found.left_out) == ((1, 0) if severity == "doubtful" else (0, 1))


def test_an_end_follows_from_the_duration() -> None:
    found, problems = assemble(
        WIDE, wide(Tanggal="21 Des 05", Jangka_Waktu="3 (tiga) tahun"),
        wide(Judul="b", Tanggal="2019-2024"), wide(Judul="c", Jangka_Waktu="2019 s.d. 2024"),
        wide(Judul="d", Tanggal="2020", Jangka_Waktu="3 tahun", Berakhir="31-12-2022"),
    )  # fmt: skip
    dates = [(str(c.signed), str(c.ends)) for a in found.agreements for c in a.claims]
    assert dates == [
        ("2005-12-21", "2008-12-21"), ("2019", "2024"), ("2019", "2024"), ("2020", "2022-12-31"),
    ]  # fmt: skip
    assert codes(problems) == [("end-disagrees", "doubtful", 5, "Jangka Waktu")]


def test_a_title_tells_the_kind_of_document() -> None:
    found, problems = assemble(
        WIDE, wide(Bentuk="", Judul="Perjanjian Kerja Sama Riset"), wide(Bentuk="", Judul="Riset")
    )
    assert [a.claims[0].instrument for a in found.agreements] == ["pks", "other"]
    assert codes(problems) == [("instrument-missing", "doubtful", 3, "Bentuk")]


def test_a_missing_column_is_told_once() -> None:
    head = ("Daerah", "Mitra", "Judul")
    found, problems = assemble(
        head, *([GOOD["Daerah"], GOOD["Mitra"], f"Riset {n}"] for n in range(9))
    )
    assert len(found.agreements) == 9
    assert codes(problems) == [("instrument-column-missing", "doubtful", 1, "")]


def test_an_agreement_is_known_by_its_number_or_by_what_it_says() -> None:
    found, problems = assemble(
        WIDE, wide(Nomor="415/12/2020"), wide(Judul="Air"), wide(No="3", Nomor="7", Judul="Udara")
    )
    ids = [agreement.id for agreement in found.agreements]
    assert ids[0] == f"{SOURCE}-415-12-2020"
    assert all(len(id) == len(SOURCE) + 17 for id in ids[1:])  # a hash, not the running number
    again, _ = assemble(WIDE, wide(Judul="Tanah"), wide(Judul="Air"), wide(Nomor="415/12/2020"))
    assert set(ids[:2]) <= {agreement.id for agreement in again.agreements}
    assert problems == []


def test_a_row_that_says_the_same_again_is_told_and_read_once() -> None:
    found, problems = assemble(WIDE, wide(), wide(Judul="Air"), wide())
    assert len(found.agreements) == 2
    assert codes(problems) == [("row-twice", "doubtful", 4, "")]


def test_a_number_for_two_agreements_is_told_and_both_are_kept() -> None:
    found, problems = assemble(WIDE, wide(Nomor="415/1"), wide(Nomor="415/1", Judul="Air"))
    assert len({agreement.id for agreement in found.agreements}) == 2
    assert codes(problems) == [("number-shared", "doubtful", 3, "Nomor")]


def test_rows_of_one_agreement_with_a_partner_each_are_one() -> None:
    found, problems = assemble(
        WIDE, wide(Nomor="415/1"), wide(Nomor="415/1", Mitra="Institut Teknologi Sepuluh Nopember"),
        wide(Mitra="Busan", Daerah="", Judul="", Bentuk=""),
    )  # fmt: skip
    (agreement,) = found.agreements
    assert [s.party for s in agreement.claims[0].parties][::3] == ["35.25", "busan-kr"]
    assert len(agreement.claims[0].parties) == 4
    assert problems == []


def test_one_row_for_each_party_with_a_shared_number() -> None:
    head = ("No", "Nomor", "Pihak", "Judul", "Bentuk")
    found, problems = assemble(
        head,
        ["1", "415/1", "Kab. Gresik", "Air", "PKS"], ["", "415/1", "Kota Batu", "", ""],
        ["2", "415/2", "Kab. Tuban", "Ikan", "PKS"], ["", "", "Kab. Lamongan", "", ""],
        ["3", "", "Kab. Blitar", "Kopi", "PKS"], ["3", "", "Kota Blitar", "Kopi", "PKS"],
    )  # fmt: skip
    parties = [[s.party for s in a.claims[0].parties] for a in found.agreements]
    assert sorted(parties) == [["35.05", "35.72"], ["35.23", "35.24"], ["35.25", "35.79"]]
    assert (problems, found.rows) == ([], {"f.csv": 6})


def test_running_numbers_that_begin_anew_join_nothing() -> None:
    head = ("No", "Pihak", "Judul", "Bentuk")
    found, problems = assemble(
        head, ["1", "Kab. Gresik; Kota Batu", "Air", "PKS"], ["2", "Kab. Tuban", "Ikan", "PKS"],
        ["B. Luar negeri", "", "", ""], ["2", "Kota Blitar", "Kopi", "PKS"],
    )  # fmt: skip
    assert len(found.agreements) == 1
    assert sorted(codes(problems), key=lambda one: one[2]) == [
        ("too-few-parties", "rejected", 3, "Pihak"), ("row-note", "doubtful", 4, ""),
        ("too-few-parties", "rejected", 5, "Pihak"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "parties"),
    [
        ("Kab. Gresik; Kota Batu", ["35.25", "35.79"]),
        ("Kab. Gresik\nKota Batu", ["35.25", "35.79"]),
        ("1. Kab. Gresik 2. Kota Batu", ["35.25", "35.79"]),
        ("Kab. Gresik, Kota Batu, dan Kab. Tuban", ["35.25", "35.79", "35.23"]),
        ("Kab. Gresik dan Kota Batu", ["35.25", "35.79"]),
        ("Kab. Gresik & Kota Batu", ["35.25", "35.79"]),
        ("Kab. Gresik; Universitas Bumi dan Laut", ["35.25", "universitas-bumi-dan-laut"]),
    ],
)
def test_several_parties_may_stand_in_one_cell(cell: str, parties: list[str]) -> None:
    found, problems = assemble(("Para Pihak", "Judul", "Bentuk"), [cell, "Air", "PKS"])
    assert [s.party for s in found.agreements[0].claims[0].parties] == parties
    assert problems == []


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["Jumlah: 14 dokumen", "", "", "", ""], "row-total"),
        (["", "TOTAL", "", "", "14"], "row-total"),
        (["Catatan: data sementara", "", "", "", ""], "row-note"),
        (["A. KERJA SAMA LUAR NEGERI", "", "", "", ""], "row-note"),
        (["", "", "", "Gresik, 2 Januari 2024", ""], "row-note"),
        (["", "", "", "Drs. H. Budi Santoso, M.Si", ""], "row-note"),
        (["I", "Kabupaten Gresik", "", "", ""], "row-note"),
        (["CONTOH", "Kab. Gresik", "Kota Batu", "Air", "PKS"], "row-example"),
        (["No", "Daerah", "Mitra", "Judul", "Bentuk"], "row-headings"),
    ],
)
def test_a_row_that_is_no_agreement_is_named(row: list[str], code: str) -> None:
    head = ("No", "Daerah", "Mitra", "Judul", "Bentuk")
    sound = ["1", "Kab. Gresik", "Kota Batu", "Air", "PKS"]
    found, problems = assemble(head, sound, row)
    assert len(found.agreements) == 1
    assert codes(problems) == [(code, "doubtful", 3, "")]


def test_a_title_that_begins_like_a_total_is_an_agreement() -> None:
    head = ("Judul", "Daerah", "Mitra", "Bentuk")
    found, problems = assemble(
        head, ["Total quality management", "Kab. Gresik", "Kota Batu", "PKS"],
        ["Contoh desa wisata", "Kab. Gresik", "Kota Batu", "PKS"],
    )  # fmt: skip
    assert len(found.agreements) == 2
    assert problems == []


def test_rows_and_columns_that_disagree_are_told() -> None:
    _, problems = assemble(LONG, long(signed="1994"), long(**BUSAN, signed="1995"))
    assert codes(problems) == [("rows-disagree", "doubtful", 3, "signed")]
    _, problems = assemble(LONG, long(signed="21-12-2005"), long(**BUSAN, signed="21 Des 05"))
    assert problems == []
    _, problems = assemble(
        ("Daerah", "Mitra", "Judul", "Bentuk", "Tanggal", "Tahun"),
        ["Kab. Gresik", "Kota Batu", "Air", "PKS", "21-12-2005", "2006"],
    )
    assert codes(problems) == [("columns-disagree", "doubtful", 2, "Tahun")]


def test_a_year_beside_its_date_is_no_contradiction() -> None:
    found, problems = assemble(
        ("Daerah", "Mitra", "Judul", "Bentuk", "Tanggal", "Tahun", "Bidang", "Ruang Lingkup"),
        ["Kab. Gresik", "Kota Batu", "Air", "PKS", "21-12-2005", "2005", "Air", "Irigasi"],
        ["Kab. Gresik", "Kota Batu", "Ikan", "PKS", "", "2006", "", "Perikanan"],
    )
    claims = [agreement.claims[0] for agreement in found.agreements]
    assert [str(claim.signed) for claim in claims] == ["2005-12-21", "2006"]
    assert [claim.topic_text for claim in claims] == ["Air; Irigasi", "Perikanan"]
    assert problems == []


def test_a_new_foreign_party_needs_a_country_and_keeps_its_name() -> None:
    new = {"party": "Provinsi Hubei Baru", "party_level": "foreign_local"}
    found, _ = assemble(LONG, long(), long(**new, party_country="Tiongkok"))
    assert list(found.parties) == ["hubei-baru-province-cn"]
    _, problems = assemble(LONG, long(), long(**new))
    assert problems[0].code == "country-missing"


def test_the_country_of_each_partner_may_stand_beside_it() -> None:
    found, problems = assemble(
        WIDE, wide(Mitra="Kota Fantasia; Kota Utopia", Negara="Jepang; Korea Selatan")
    )
    assert list(found.parties) == ["fantasia-city-jp", "utopia-city-kr"]
    assert problems == []


def test_explicit_goals_win_over_words() -> None:
    found, _ = assemble(
        WIDE, wide(Judul="a", Bidang="Pendidikan"), wide(Judul="b", Bidang="riset", SDG="SDG 13")
    )
    words, code = (agreement.claims[0].topics for agreement in found.agreements)
    assert [(tag.topic[0], tag.words) for tag in words] == [("4", ("pendidikan",))]
    assert [(tag.topic, tag.words) for tag in code] == [("13", ())]


def test_a_name_that_a_line_breaks_in_two_is_one() -> None:
    found, problems = assemble(
        WIDE, wide(Daerah="Kabupaten\nGresik", Mitra="PT\nMaju Jaya"),
        wide(Judul="b", Daerah="Kab. Gresik\n(Pihak I)\nKota Batu\n(Pihak II)", Mitra=""),
    )  # fmt: skip
    parties = [[s.party for s in a.claims[0].parties] for a in found.agreements]
    assert parties == [["35.25", "pt-maju-jaya"], ["35.25", "35.79"]]
    assert problems == []


@pytest.mark.parametrize("cell", ["Pemkot Surabaya - Pemkab Sidoarjo", "Kota Surabaya x Kota Batu"])
def test_two_sure_names_in_one_cell_are_two_parties(cell: str) -> None:
    found, _ = assemble(WIDE, wide(Mitra=cell))
    assert len(found.agreements[0].claims[0].parties) == 3


def test_several_names_of_which_one_is_known_are_told_so() -> None:
    _, problems = assemble(WIDE, wide(Mitra="Kota Batu dan Negeri Antah Berantah"))
    assert codes(problems) == [("party-several", "rejected", 2, "Mitra")]


def test_the_term_runs_from_its_start_and_not_from_the_signing() -> None:
    found, problems = assemble(
        ("Daerah", "Mitra", "Judul", "Bentuk", "Tanggal TTD", "Tanggal Mulai", "Jangka Waktu"),
        ["Kab. Gresik", "Kota Batu", "Air", "PKS", "21-12-2005", "1 Januari 2006", "1 tahun"],
    )
    claim = found.agreements[0].claims[0]
    assert (str(claim.signed), str(claim.ends)) == ("2005-12-21", "2007-01-01")
    assert problems == []


def test_a_column_with_the_month_first_casts_doubt_on_its_other_dates() -> None:
    _, problems = assemble(
        WIDE, wide(Tanggal="4/5/2023"), wide(Judul="b", Tanggal="3/14/2023"),
        wide(Judul="c", Tanggal="21/12/2020"),
    )  # fmt: skip
    assert codes(problems) == [
        ("date-order-mixed", "doubtful", 2, "Tanggal"),
        ("date-month-first", "doubtful", 3, "Tanggal"),
    ]


def test_what_two_rows_do_not_share_makes_them_two_agreements() -> None:
    found, problems = assemble(
        WIDE, wide(SDG="4"), wide(SDG="8"), wide(Judul="Riset!", SDG="4"), wide(SDG="4"),
    )  # fmt: skip
    assert len({agreement.id for agreement in found.agreements}) == len(found.agreements) == 2
    assert [one[0] for one in codes(problems)] == ["row-alike", "row-twice", "row-twice"]


def test_a_number_begins_anew_each_year() -> None:
    found, _ = assemble(WIDE, wide(Nomor="01/KS", Tanggal="2021"))
    later, _ = assemble(WIDE, wide(Nomor="01/KS", Tanggal="2022", Judul="Air"))
    ids = [one.agreements[0].id for one in (found, later)]
    assert ids == [f"{SOURCE}-01-ks-2021", f"{SOURCE}-01-ks-2022"]


@pytest.mark.parametrize("number", ["Tanpa Nomor", "119/…/2020", "119/..../2020", "sda", "-", "7"])
def test_what_is_no_number_identifies_nothing(number: str) -> None:
    found, problems = assemble(WIDE, wide(Nomor=number), wide(Nomor=number, Judul="Air"))
    assert all(len(agreement.id) == len(SOURCE) + 17 for agreement in found.agreements)
    assert [one.code for one in problems if one.code != "cell-ditto"] == []


def test_party_rows_far_apart_with_one_number_are_two_agreements() -> None:
    head = ("Nomor", "Pihak", "Judul", "Bentuk", "Tanggal")
    found, problems = assemble(
        head, ["KS/1", "Kab. Gresik", "Air", "PKS", "2019"], ["KS/1", "Kab. Lamongan", "", "", ""],
        ["KS/1", "Kab. Tuban", "Garam", "PKS", "2020"], ["KS/1", "Kab. Rembang", "", "", ""],
    )  # fmt: skip
    assert [[s.party for s in a.claims[0].parties] for a in found.agreements] == [
        ["35.25", "35.24"], ["35.23", "33.17"],
    ]  # fmt: skip
    assert problems == []


def test_a_blank_cell_takes_nothing_from_other_rows_but_a_proposal() -> None:
    found, problems = assemble(
        WIDE, wide(No="1"), wide(No="2", Daerah="", Judul="Sampah", Mitra="Kota Surabaya"),
        wide(Daerah="", Judul="", Bentuk="", Mitra="PT Semen Gresik"),
    )  # fmt: skip
    assert len(found.agreements) == 1
    assert codes(problems)[:1] == [("party-blank-near", "rejected", 3, "Daerah")]
    assert dict(problems[0].params) == {"candidates": "Kab. Gresik"}


def test_a_doubtful_name_on_a_row_of_its_own_keeps_its_agreement_out() -> None:
    head = ("No", "Pihak", "Judul", "Bentuk", "Tanggal")
    found, problems = assemble(
        head, ["1", "Kab. Gresik", "Air", "KSB", "2019"], ["", "Kota Surabaya", "", "", ""],
        ["", "Malang", "", "", ""], ["2", "Kab. Tuban; Kab. Rembang", "Garam", "KSB", "2019"],
    )  # fmt: skip
    assert len(found.agreements) == 1
    assert codes(problems) == [("party-ambiguous", "rejected", 4, "Pihak")]


def test_year_beside_day_and_day_month_and_year_apart() -> None:
    head = ("Daerah", "Mitra", "Judul", "Bentuk", "Tgl", "Bln", "Thn")
    sides = ["Kab. Gresik", "Kota Batu"]
    found, problems = assemble(head, [*sides, "Air", "PKS", "21", "12", "2019"],
                               [*sides, "Ikan", "PKS", "", "Desember", "2019"])  # fmt: skip
    signed = [str(agreement.claims[0].signed) for agreement in found.agreements]
    assert (signed, problems) == (["2019-12-21", "2019-12"], [])
    other = ("Daerah", "Mitra", "Judul", "Bentuk", "Tahun", "Tanggal")
    found, problems = assemble(other, [*sides, "Air", "PKS", "2019", "21-12-2019"],
                               [*sides, "Ikan", "PKS", "2019", "21 Desember"])  # fmt: skip
    signed = [str(agreement.claims[0].signed) for agreement in found.agreements]
    assert (signed, problems) == (["2019-12-21", "2019-12-21"], [])


def test_a_letter_of_intent_for_a_sister_city_is_a_letter_of_intent() -> None:
    head = ("Daerah", "Mitra", "Judul", "Jenis", "Bentuk")
    found, problems = assemble(
        head, ["Kota Surabaya", "Busan", "a", "Sister City", "LoI"],
        ["Kota Surabaya", "Busan", "b", "Sister City", "MoU"],
    )  # fmt: skip
    kinds = [agreement.claims[0].instrument for agreement in found.agreements]
    assert (kinds, problems) == (["loi", "sister_city"], [])


def test_ditto_marks_are_read_and_told() -> None:
    found, problems = assemble(
        WIDE, wide(Tanggal="2020"), wide(Judul="b", Daerah='"', Tanggal="sda")
    )
    assert [str(agreement.claims[0].signed) for agreement in found.agreements] == ["2020", "2020"]
    assert codes(problems) == [
        ("cell-ditto", "doubtful", 3, "Daerah"), ("cell-ditto", "doubtful", 3, "Tanggal"),
    ]  # fmt: skip


def test_a_column_without_a_heading_is_told_once() -> None:
    head = ("Daerah", "Mitra", "", "Judul", "Bentuk")
    _, problems = assemble(
        head, ["Kab. Gresik", "Kota Batu", "", "Air", "PKS"],
        ["Kab. Gresik", "Kota Batu", "penting", "Ikan", "PKS"],
        ["Kab. Gresik", "Kota Batu", "penting", "Kopi", "PKS"],
    )  # fmt: skip
    assert codes(problems) == [("heading-empty", "doubtful", 3, "")]


def test_of_two_columns_the_one_that_names_documents_counts() -> None:
    head = ("Daerah", "Mitra", "Judul", "Jenis Kerja Sama", "Bentuk Naskah")
    found, problems = assemble(head, ["Kab. Gresik", "Kota Batu", "Air", "Wajib", "PKS"])
    assert (found.agreements[0].claims[0].instrument, problems) == ("pks", [])
    found, problems = assemble(head[:4], ["Kab. Gresik", "Kota Batu", "Air", "KSDD"])
    assert codes(problems) == [("instrument-missing", "doubtful", 2, "Jenis Kerja Sama")]


def test_a_heading_tells_a_bare_name_only_where_it_would_be_doubted() -> None:
    head = ("Kota", "Mitra", "Judul", "Bentuk")
    found, problems = assemble(
        head, ["Malang", "Kab. Gresik", "Air", "PKS"], ["Gresik", "Kota Batu", "Ikan", "PKS"]
    )
    firsts = [agreement.claims[0].parties[0].party for agreement in found.agreements]
    assert (firsts, problems) == (["35.73", "35.25"], [])


@pytest.mark.parametrize(
    ("cell", "goals"),
    [("4 & 8", "4 8"), ("SDG 3, 4 dan 5", "3 4 5"), ("TPB 4 (Pendidikan Berkualitas)", "4"),
     ("Tujuan 4: Pendidikan", "4"), ("SDG-4", "4"), ("Goal 4 / Goal 17", "4 17"),
     ("Kehidupan Sehat dan Sejahtera", "3"), ("Tanpa Kemiskinan; Tanpa Kelaparan", "1 2")],
)  # fmt: skip
def test_goals_are_read_by_code_and_by_name(cell: str, goals: str) -> None:
    found, problems = assemble(WIDE, wide(SDG=cell))
    assert " ".join(tag.topic for tag in found.agreements[0].claims[0].topics) == goals
    assert problems == []


def test_two_kinds_of_document_in_one_cell_are_told_as_such() -> None:
    _, problems = assemble(WIDE, wide(Bentuk="MoU & PKS"))
    assert codes(problems) == [("instrument-several", "rejected", 2, "Bentuk")]


def test_an_agreement_refers_to_another_by_its_key_or_number() -> None:
    found, problems = assemble(
        WIDE, wide(Nomor="415/2", Judul="PKS", Perjanjian_Induk="415/1"), wide(Nomor="415/1"),
        wide(Nomor="415/3", Judul="c", Perjanjian_Induk="415/9"),
    )  # fmt: skip
    assert [relation.other for relation in found.agreements[0].claims[0].relations] == [
        f"{SOURCE}-415-1"
    ]
    assert codes(problems) == [("relation-unknown", "doubtful", 4, "Perjanjian Induk")]


def test_a_level_beside_the_partner_is_not_laid_on_the_region() -> None:
    head = ("Daerah", "Mitra", "Jenis Mitra", "Judul", "Bentuk")
    found, problems = assemble(
        head, ["Kota Malang", "Universitas Airlangga", "Perguruan Tinggi", "Air", "PKS"]
    )
    assert [s.party for s in found.agreements[0].claims[0].parties] == [
        "35.73", "universitas-airlangga",
    ]  # fmt: skip
    assert (problems, found.parties) == ([], {})


def test_the_country_is_that_of_the_party_abroad() -> None:
    found, problems = assemble(
        WIDE, wide(Daerah="Osaka Prefecture", Mitra="Kota Surabaya", Negara="Jepang")
    )
    assert {s.party for s in found.agreements[0].claims[0].parties} == {
        "35.78", "osaka-prefecture-jp",
    }  # fmt: skip
    _, problems = assemble(WIDE, wide(Mitra="Kota Surabaya", Negara="Jepang"))
    assert [one.code for one in problems] == ["party-elsewhere"]


def test_an_agreement_that_no_region_signs_is_told() -> None:
    head = ("Pihak Pertama", "Pihak Kedua", "Judul", "Bentuk")
    _, problems = assemble(head, ["Dishub Kota Malang", "Universitas Airlangga", "Air", "PKS"])
    assert [(one.code, dict(one.params)) for one in problems] == [
        ("region-none-near", {"candidates": "Kota Malang"})
    ]


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#VALUE!"])
def test_an_error_in_a_cell_is_told_as_one(error: str) -> None:
    found, problems = assemble(WIDE, wide(Judul=error), wide(Judul="b", Bentuk=error))
    assert len(found.agreements) == 2
    assert [one for one in codes(problems) if one[0] == "cell-error"] == [
        ("cell-error", "doubtful", 2, "Judul"), ("cell-error", "doubtful", 3, "Bentuk"),
    ]  # fmt: skip
