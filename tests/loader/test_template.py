"""The template: what a clerk sees in it, and that what she fills in is understood."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from explorer.i18n import LANGUAGES, say
from graph_loader import reference
from graph_loader.errors import BadInput
from graph_loader.load import LoadOutcome, load_files, source_named
from graph_loader.model import Instrument, Language, StatedAgreement
from graph_loader.store.base import GraphStore
from graph_loader.store.open import open_store
from graph_loader.writing.template import (
    EXAMPLES,
    FIELDS,
    SHEETS,
    TEMPLATE_SHEETS,
    choices,
    write_template,
)

HEADINGS: dict[Language, list[str]] = {
    "id": ["Nomor", "Daerah", "Mitra", "Negara", "Judul", "Bentuk Dokumen",
           "Tanggal Penandatanganan", "Jangka Waktu", "Berakhir", "Bidang", "SDG/TPB", "Status",
           "Sumber", "Keterangan"],
    "en": ["Number", "Region", "Partner", "Country", "Title", "Document kind", "Signed on",
           "Duration", "Ends on", "Field of cooperation", "SDG", "Status", "Source", "Note"],
}  # fmt: skip
MOST_LETTERS = 255  # that Excel shows in the note beside a cell

both = pytest.mark.parametrize("lang", LANGUAGES)


def written(folder: Path, lang: Language) -> Path:
    path = folder / f"template-{lang}.xlsx"
    write_template(path, lang, partial(say, lang))
    return path


def sheet_of(path: Path, lang: Language) -> Worksheet:
    sheet = openpyxl.load_workbook(path)[SHEETS[lang].agreements]
    assert isinstance(sheet, Worksheet)
    return sheet


def validation(sheet: Worksheet, field: str) -> DataValidation:
    """The rule of the hundredth cell of a column."""
    letter = get_column_letter(FIELDS.index(field) + 1)
    rules: list[DataValidation] = sheet.data_validations.dataValidation
    (rule,) = [one for one in rules if f"{letter}100" in one.sqref]
    return rule


def words(path: Path, rule: DataValidation) -> list[object]:
    """The list to which a rule points."""
    name, area = str(rule.formula1).split("!")
    sheet = openpyxl.load_workbook(path)[name.strip("'=")]
    return [cell.value for (cell,) in sheet[area.replace("$", "")]]


@both
def test_the_headings_stand_in_the_first_row(tmp_path: Path, lang: Language) -> None:
    sheet = sheet_of(written(tmp_path, lang), lang)
    assert [cell.value for cell in sheet[1]] == HEADINGS[lang]
    assert all(cell.font.b and cell.fill.fill_type for cell in sheet[1])
    assert sheet.freeze_panes == "B2"


@both
def test_one_row_is_an_example_and_looks_like_one(tmp_path: Path, lang: Language) -> None:
    sheet = sheet_of(written(tmp_path, lang), lang)
    assert sheet.max_row == 2
    assert sheet["A2"].value == EXAMPLES[lang] == {"id": "CONTOH", "en": "EXAMPLE"}[lang]
    filled = [cell for cell in sheet[2] if cell.value]
    assert len(filled) > 10
    assert all(cell.font.i and cell.font.color.rgb == "FF6B6B6B" for cell in filled)


@both
def test_lists_are_whole_and_only_warn(tmp_path: Path, lang: Language) -> None:
    path = written(tmp_path, lang)
    sheet = sheet_of(path, lang)
    parties = reference.reference_batch().parties
    regions = {
        party.name_id for party in parties if party.level in {"province", "kabupaten", "kota"}
    }
    countries = {party.name(lang) for party in parties if party.level == "country"}
    assert set(words(path, validation(sheet, "region"))) == regions
    world, *named = words(path, validation(sheet, "country"))
    assert world == say(lang, "template.international")
    assert set(named) == countries
    assert len(regions) > 500
    assert len(countries) > 190
    for field in ("region", "country", "instrument", "status"):
        rule = validation(sheet, field)
        assert (rule.type, rule.errorStyle, rule.showDropDown) == ("list", "warning", False)
        assert words(path, rule) == list(choices(lang, partial(say, lang))[field])


@both
def test_every_column_says_what_to_write_beside_its_cells(tmp_path: Path, lang: Language) -> None:
    sheet = sheet_of(written(tmp_path, lang), lang)
    for field in FIELDS:
        rule = validation(sheet, field)
        assert rule.prompt == say(lang, f"template.help.{field}")
        assert 0 < len(rule.prompt) <= MOST_LETTERS
        assert rule.promptTitle == HEADINGS[lang][FIELDS.index(field)]
        assert rule.showInputMessage
    assert "2005" in str(validation(sheet, "signed").prompt)


@both
def test_what_is_typed_stays_as_typed(tmp_path: Path, lang: Language) -> None:
    """As a date, Excel would make a day of 1905 out of the year 2005."""
    sheet = sheet_of(written(tmp_path, lang), lang)
    styled = {
        column: group.number_format
        for group in sheet.column_dimensions.values()  # equal neighbours are one group
        for column in range(group.min or 0, (group.max or 0) + 1)
    }
    assert styled == dict.fromkeys(range(1, len(FIELDS) + 1), "@")


@both
def test_the_instructions_explain_every_column(tmp_path: Path, lang: Language) -> None:
    book = openpyxl.load_workbook(written(tmp_path, lang))
    told = [[str(cell.value or "") for cell in row] for row in book[SHEETS[lang].instructions]]
    explained = {row[0]: row for row in told}
    for field, heading in zip(FIELDS, HEADINGS[lang], strict=True):
        need, what = explained[heading][1:3]
        assert need in {say(lang, f"template.need.{word}") for word in ("yes", "advised", "no")}
        assert what == say(lang, f"template.help.{field}")
    kinds = explained[HEADINGS[lang][5]][4]
    assert [say(lang, f"instrument.{one.value}") for one in Instrument] == kinds.split("; ")
    text = " ".join(" ".join(row) for row in told)
    assert EXAMPLES[lang] in text
    assert "552" in text


@both
def test_only_the_first_sheet_is_for_agreements(tmp_path: Path, lang: Language) -> None:
    book = openpyxl.load_workbook(written(tmp_path, lang))
    assert book.sheetnames == list(SHEETS[lang])
    assert set(book.sheetnames[1:]) <= TEMPLATE_SHEETS
    assert [sheet.sheet_state for sheet in book] == ["visible", "visible", "hidden"]
    assert book.active is not None
    assert book.active.title == SHEETS[lang].agreements


@pytest.mark.parametrize("name", ["template.csv", "template.xls", "template"])
def test_a_template_is_a_workbook_only(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadInput, match="output-format"):
        write_template(tmp_path / name, "id", partial(say, "id"))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="output-unwritable"):
        write_template(tmp_path / "none" / "a.xlsx", "id", partial(say, "id"))


# ---- filled in ---------------------------------------------------------------------------------


@pytest.fixture
def store(tmp_path: Path) -> Iterator[GraphStore]:
    opened = open_store(f"sqlite:{tmp_path / 'store.db'}")
    yield opened
    opened.close()


def fill(path: Path, lang: Language, rows: Sequence[Mapping[str, str | dt.datetime]]) -> None:
    """Type rows below the example, as a clerk does."""
    book = openpyxl.load_workbook(path)
    sheet = book[SHEETS[lang].agreements]
    for number, row in enumerate(rows, start=3):
        for field, value in row.items():
            sheet.cell(number, FIELDS.index(field) + 1, value)
    book.save(path)


def loaded(store: GraphStore, path: Path) -> LoadOutcome:
    return load_files(store, [path], source_named("Biro"))


def agreements(outcome: LoadOutcome) -> list[StatedAgreement]:
    return list(outcome.checked.batch.agreements)


def doubts(outcome: LoadOutcome) -> list[tuple[str, str, str]]:
    """(code, column, value) of every problem, the example row's apart."""
    found = [(p.code, p.column, p.value) for p in outcome.problems if p.code != "row-example"]
    assert len(found) == len(outcome.problems) - 1, "the example row is named, once"
    return found


@both
def test_an_empty_template_holds_no_agreement(
    tmp_path: Path, store: GraphStore, lang: Language
) -> None:
    outcome = loaded(store, written(tmp_path, lang))
    assert agreements(outcome) == []
    assert {problem.code for problem in outcome.problems} == {"row-example", "no-rows"}


@both
def test_every_word_to_choose_is_understood(
    tmp_path: Path, store: GraphStore, lang: Language
) -> None:
    path = written(tmp_path, lang)
    kinds, states = (choices(lang, partial(say, lang))[name] for name in ("instrument", "status"))
    common = {"region": "Kabupaten Gresik", "partner": "Kota Surabaya"}
    of_kind = [common | {"number": f"K/{kind}", "title": f"Tentang {kind}", "instrument": kind}
               for kind in kinds]  # fmt: skip
    in_state = [common | {"number": f"S/{state}", "title": f"Soal {n}", "instrument": kinds[0],
                          "status": state} for n, state in enumerate(states)]  # fmt: skip
    fill(path, lang, [*of_kind, *in_state])
    outcome = loaded(store, path)
    assert doubts(outcome) == []
    claims = [agreement.claims[0] for agreement in agreements(outcome)]
    assert [claim.instrument for claim in claims[: len(kinds)]] == list(Instrument)
    assert [claim.stated_status for claim in claims[len(kinds) :]] == [
        "", "exploration", "lapsed", "ended"
    ]  # fmt: skip


@both
def test_every_region_and_country_to_choose_is_understood(
    tmp_path: Path, store: GraphStore, lang: Language
) -> None:
    path = written(tmp_path, lang)
    lists = choices(lang, partial(say, lang))
    common = {"title": "Tentang pendidikan", "instrument": "MoU"}
    regions = [common | {"number": f"R/{n}", "region": name, "partner": "PT Contoh Jaya"}
               for n, name in enumerate(lists["region"])]  # fmt: skip
    countries = [common | {"number": f"C/{n}", "region": "Kabupaten Gresik", "country": name,
                           "partner": f"Universitas Contoh {n}"}
                 for n, name in enumerate(lists["country"])]  # fmt: skip
    fill(path, lang, [*regions, *countries])
    outcome = loaded(store, path)
    assert {code for code, _, _ in doubts(outcome)} <= {"party-similar"}
    signed = [[s.party for s in one.claims[0].parties] for one in agreements(outcome)]
    assert [parties[0] for parties in signed[: len(regions)]] == [
        party.id for party in sorted(reference.reference_batch().parties, key=lambda p: p.id)
        if party.level in {"province", "kabupaten", "kota"}
    ]  # fmt: skip
    partners = [store.party(parties[1]).country for parties in signed[len(regions) :]]
    expected = {p.name(lang): p.id for p in reference.reference_batch().parties
                if p.level == "country"} | {lists["country"][0]: ""}  # fmt: skip
    assert partners == [expected[name] for name in lists["country"]]


@both
def test_a_filled_row_is_read_whole(tmp_path: Path, store: GraphStore, lang: Language) -> None:
    path = written(tmp_path, lang)
    duration = {"id": "5 tahun", "en": "5 years"}[lang]
    month = {"id": "Desember 2005", "en": "December 2005"}[lang]
    country = {"id": "Korea Selatan", "en": "South Korea"}[lang]
    row: dict[str, str | dt.datetime] = {
        "number": "119/07/2020", "region": "Kabupaten Gresik; Kota Surabaya",
        "partner": "Busan; Universitas Contoh", "country": country,
        "title": "Kerja sama pelabuhan", "instrument": say(lang, "instrument.pks"), "goals": "4; 9",
        "page": "Arsip", "note": "Catatan",
    }  # fmt: skip
    fill(path, lang, [
        row | {"signed": "21-12-2020", "duration": duration},
        row | {"number": "2", "title": "b", "signed": month, "ends": "2010"},
        row | {"number": "3", "title": "c", "signed": "2005"},
        row | {"number": "4", "title": "d", "signed": dt.datetime(2020, 12, 21)},
    ])  # fmt: skip
    outcome = loaded(store, path)
    found = [agreement.claims[0] for agreement in agreements(outcome)]
    assert [str(claim.signed) for claim in found] == ["2020-12-21", "2005-12", "2005", "2020-12-21"]
    assert [str(claim.ends or "") for claim in found[1:]] == ["2010", "", ""]
    assert str(found[0].ends) in {"2025-12-20", "2025-12-21"}
    first = found[0]
    assert [s.party for s in first.parties[:3]] == ["35.25", "35.78", "busan-kr"]
    assert len(first.parties) == 4
    assert (first.instrument, first.title) == (Instrument.PKS, "Kerja sama pelabuhan")
    assert [tag.topic for tag in first.topics] == ["4", "9"]
    assert (first.page, first.note) == ("Arsip", "Catatan")
