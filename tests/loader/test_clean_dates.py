"""Dates and durations in every form that a clerk uses."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_loader.dates import PartialDate
from graph_loader.reading.clean_dates import read_date, read_end, read_term

MONTHS_ID = ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus",
             "September", "Oktober", "November", "Desember")  # fmt: skip
DAYS = st.dates(date(1970, 1, 1), date(2069, 12, 31))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("21-12-2005", "2005-12-21"), ("21/12/2005", "2005-12-21"), ("21.12.2005", "2005-12-21"),
        ("21 Desember 2005", "2005-12-21"), ("21 Des 05", "2005-12-21"),
        ("21-Des-05", "2005-12-21"), ("Rabu, 21 Desember 2005", "2005-12-21"),
        ("Surabaya, 21 Desember 2005", "2005-12-21"), ("Tgl. 21 Desember 2005", "2005-12-21"),
        ("Dec 21, 2005", "2005-12-21"), ("21st December 2005", "2005-12-21"),
        ("2005-12-21 00:00:00", "2005-12-21"), ("2005/12/21", "2005-12-21"),
        ("38707", "2005-12-21"), ("38707.0", "2005-12-21"), ("38707.75", "2005-12-21"),
        ("Desember 2005", "2005-12"), ("Des-05", "2005-12"), ("12/2005", "2005-12"),
        ("2005-12", "2005-12"), ("Juli '21", "2021-07"), ("Nopember 1998", "1998-11"),
        ("2005", "2005"), ("tahun 2005", "2005"), ("th. 2005", "2005"),
        ("21–12–2005", "2005-12-21"), ("21-XII-2005", "2005-12-21"), ("2005 Desember", "2005-12"),
        ("21 Desember 2005 (dapat diperpanjang)", "2005-12-21"),
        ("Kamis 21-12-2005", "2005-12-21"), ("Jum'at / 21 Desember 2005", "2005-12-21"),
        ("21 – 12 – 2005", "2005-12-21"), ("2005-12-21T10:00:00Z", "2005-12-21"),
        ("2005.0", "2005"), ("TA 2005", "2005"), ("December 21st 2005", "2005-12-21"),
        ("21 Desember 2005 M / 19 Zulkaidah 1426 H", "2005-12-21"), ("31 Des 2005*", "2005-12-31"),
        ("1 Agt 98", "1998-08-01"),
        ("05/05/2005", "2005-05-05"),
    ],
)  # fmt: skip
def test_a_date_is_read_without_doubt(text: str, read: str) -> None:
    found = read_date(text)
    assert (str(found.date), found.doubts) == (read, ())


@pytest.mark.parametrize(
    ("text", "read", "doubt"),
    [
        ("03/04/2005", "2005-04-03", "date-order"), ("1/2/20", "2020-02-01", "date-order"),
        ("04/21/2005", "2005-04-21", "date-month-first"),
        ("31/02/2020", "None", "date-impossible"),
        ("13/13/2020", "None", "date-impossible"), ("21 Desember", "None", "date-without-year"),
        ("00/05/2020", "None", "date-unreadable"),
        ("entah", "None", "date-unreadable"), ("99999", "None", "date-unreadable"),
        ("1/1/1900", "None", "year-unlikely"),
        ("20051221", "None", "date-unreadable"), ("2205", "None", "year-unlikely"),
        ("21 Desember 2205", "None", "year-unlikely"), ("0020", "None", "year-unlikely"),
    ],
)  # fmt: skip
def test_a_doubtful_date_has_a_code(text: str, read: str, doubt: str) -> None:
    found = read_date(text)
    assert (str(found.date), found.doubts) == (read, (doubt,))


@pytest.mark.parametrize("text", ["", "-", "–", "n/a", "Tidak ada", "belum ada"])
def test_a_cell_that_says_nothing_is_no_problem(text: str) -> None:
    assert read_date(text).date is None
    assert read_date(text).doubts == ()


@pytest.mark.parametrize(
    "text",
    ["2019-2024", "2019 s.d. 2024", "2019 s/d 2024", "2019 sampai dengan 2024", "2019 – 2024"],
)
def test_a_range_has_two_ends(text: str) -> None:
    found = read_date(text)
    assert (str(found.date), str(found.ends)) == ("2019", "2024")


@given(DAYS, st.sampled_from(["{d} {m} {y}", "{d:02d}-{n:02d}-{y}", "{y}-{n:02d}-{d:02d}"]))
def test_any_day_in_any_form_is_that_day(day: date, form: str) -> None:
    text = form.format(d=day.day, m=MONTHS_ID[day.month - 1], n=day.month, y=day.year)
    assert str(read_date(text).date) == day.isoformat()


@given(DAYS)
def test_a_serial_number_is_the_day_that_a_spreadsheet_shows(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    assert str(read_date(str(serial)).date) == day.isoformat()


@given(st.text(max_size=40))
def test_no_text_breaks_it(text: str) -> None:
    read_date(text)
    read_term(text).end_from(PartialDate(2020, 2, 29))


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("3 (tiga) tahun", "2008-12-21"), ("tiga tahun", "2008-12-21"),
        ("tiga (3) tahun", "2008-12-21"), ("3 thn", "2008-12-21"), ("5 years", "2010-12-21"),
        ("6 bulan", "2006-06-21"), ("2 tahun 6 bulan", "2008-06-21"),
        ("1 (satu) tahun sejak ditandatangani", "2006-12-21"), ("30 hari", "2006-01-20"),
        ("s.d. 31 Desember 2027", "2027-12-31"), ("s/d 2027", "2027"),
        ("sampai dengan Desember 2027", "2027-12"), ("2005-2010", "2010"),
        ("21-12-2005 s.d. 20-12-2010", "2010-12-20"), ("tidak terbatas", "None"), ("-", "None"),
        ("1,5 tahun", "2007-06-21"), ("3 tahun, berakhir 20 Desember 2008", "2008-12-20"),
        ("3 tahun (dapat diperpanjang)", "2008-12-21"), ("open-ended", "None"),
    ],
)  # fmt: skip
def test_a_duration_gives_an_end(text: str, ends: str) -> None:
    term = read_term(text)
    assert term.doubts == ()
    assert str(term.end_from(PartialDate(2005, 12, 21))) == ends


@pytest.mark.parametrize(
    ("text", "doubt"),
    [("3 (lima) tahun", "duration-disagrees"), ("5", "duration-unit"),
     ("beberapa waktu", "duration-unreadable"),
     ("2 x 5 tahun", "duration-unreadable"), ("3-5 tahun", "duration-unreadable"),
     ("90 hari kerja", "duration-unreadable"), ("0 tahun", "duration-unreadable"),
        ("300 tahun", "duration-unreadable"),
     ("s.d. 2205", "year-unlikely")],
)  # fmt: skip
def test_a_doubtful_duration_has_a_code_and_no_end(text: str, doubt: str) -> None:
    term = read_term(text)
    assert term.doubts == (doubt,)
    assert term.end_from(PartialDate(2005)) is None


def test_the_heading_may_name_the_unit() -> None:
    assert read_term("5", "tahun").months == 60
    assert read_term("18", "bulan").months == 18


@given(DAYS, st.integers(1, 50))
def test_an_anniversary_is_the_same_day_or_the_last_of_february(day: date, years: int) -> None:
    end = read_term(f"{years} tahun").end_from(PartialDate(day.year, day.month, day.day))
    assert end is not None
    assert (end.year, end.month) == (day.year + years, day.month)
    assert end.day == day.day or (day.month, day.day, end.day) == (2, 29, 28)


@given(DAYS, st.integers(1, 900))
def test_days_are_counted(day: date, days: int) -> None:
    end = read_term(f"{days} hari").end_from(PartialDate(day.year, day.month, day.day))
    assert end is not None
    assert end.first == day + timedelta(days=days)


@pytest.mark.parametrize(
    ("text", "ends"),
    [("s/d 31-12-2024", "2024-12-31"), ("s.d. 31 Desember 2024", "2024-12-31"),
     ("31 Desember 2024 (dapat diperpanjang)", "2024-12-31"), ("seumur hidup", "None"),
     ("tidak terbatas", "None"), ("2024", "2024")],
)  # fmt: skip
def test_an_end_may_say_until(text: str, ends: str) -> None:
    assert (str(read_end(text).date), read_end(text).doubts) == (ends, ())
