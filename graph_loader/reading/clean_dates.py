"""Dates and durations as clerks write them: read in the Indonesian order, never guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from graph_loader.dates import PartialDate
from graph_loader.reading.clean import says_nothing

FIRST_YEAR = 1945  # because no region of the republic can have signed before it
LAST_YEAR = 2100  # because none is planned for later
PIVOT = 70  # because "98" means 1998 and "05" 2005, and no register here begins before 1970
_SERIALS = range(20_000, 73_051)  # because those spreadsheet days are 1954 to 2099
_EPOCH = date(1899, 12, 30)  # day 0 of a spreadsheet, its 29 February 1900 included
_UNLIMITED = re.compile(
    r"\b(?:tidak terbatas|tak terbatas|tanpa batas|seumur hidup|selamanya|tidak ditentukan"
    r"|unlimited|open ended|open-ended|indefinite|until terminated"
    r"|selesai|completion|dicabut|seterusnya)\b"
)


_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan",
            "februari pebruari february feb peb",
            "maret march mar mrt",
            "april apr",
            "mei may",
            "juni june jun",
            "juli july jul",
            "agustus august agu agt ags agst agust aug",
            "september sept sep",
            "oktober october okt oct",
            "november nopember nov nop",
            "desember december des dec",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=lambda name: (-len(name), name)))
_ROMAN = {
    roman: number
    for number, roman in enumerate(
        ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"), start=1
    )
}
_SEP = r"\s*[-/.\s]\s*"
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
_TIME = r"(?:[Tt\s]+\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?(?:z|\+\d\d:?\d\d)?)?"
_FORMS = tuple(
    re.compile(pattern + r"\Z")
    for pattern in (
        r"(?P<y>\d{4})\.0",  # a year that went through a program as a number
        rf"(?P<y>\d{{4}})(?:[-/.](?P<m>\d{{1,2}})(?:[-/.](?P<d>\d{{1,2}}){_TIME})?)?",
        rf"(?P<a>\d{{1,2}}){_SEP}(?P<b>\d{{1,2}}){_SEP}(?P<y>\d{{4}}|\d{{2}}){_TIME}",
        r"(?P<m>\d{1,2})\s*[-/.]\s*(?P<y>\d{4})",
        rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:{_SEP}|\s*of\s*)?(?P<name>{_MONTH})\.?,?{_SEP}?"
        rf"(?P<y>\d{{4}}|'?\d{{2}}){_TIME}",
        rf"(?P<y>\d{{4}}){_SEP}(?P<name>{_MONTH})",
        rf"(?P<d>\d{{1,2}}){_SEP}(?P<name>[ivx]{{1,4}}){_SEP}(?P<y>\d{{4}}|\d{{2}})",
        rf"(?P<name>{_MONTH})\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}})",
        rf"(?P<name>{_MONTH})\.?,?{_SEP}?(?P<y>\d{{4}}|'?\d{{2}})",
    )
)
_WEEKDAY = re.compile(
    r"(?:senin|selasa|rabu|kamis|jum\W?at|sabtu|minggu|ahad|monday|tuesday|wednesday|thursday|friday"
    r"|saturday|sunday)\b[\s,/]*"
)
_HIJRI = re.compile(r"\s*(?:\bm\s*)?[/;(]?\s*\d{1,2}\s+\D+\d{4}\s*h\b.*\Z")
_NO_YEAR = re.compile(rf"\d{{1,2}}{_SEP}(?:\d{{1,2}}|{_MONTH})\Z|(?:{_MONTH})\Z")
_TWO_DATES = re.compile(
    r"(\d{1,2}([-/.])\d{1,2}\2\d{4})\s*[-\u2013\u2014]\s*(\d{1,2}\2\d{1,2}\2\d{4})\Z"
)
_LEAD = re.compile(
    r"\A(?:(?:pada\s+)?(?:tanggal|tgl|tahun|thn|th|bulan|dated|on|since|sejak|mulai|ta|t\.a)\b\.?:?\s*)+"
)
_PLACE = re.compile(r"[^\d,]{3,40},\s*(?=\d|[a-z])")  # "Rabu, 21 …", "Surabaya, 21 …"
_UNTIL = re.compile(
    r"\s*(?:\bs\s*[./]?\s*d\b\.?|\bsampai(?:\s+dengan)?\b|\bhingga\b|\buntil\b|\btill\b|\bto\b"
    r"|\bs\s*/\s*d\b|\s[-\u2013\u2014]\s|[\u2013\u2014])\s*"
)
_ASIDE = re.compile(r"\([^()]*\)?")
_NOT_YET = re.compile(r"\b(?:rencana|tentatif|target|draft|draf|belum|batal|perkiraan|planned)\b")
_YEARS = re.compile(r"(\d{4})\s*[-/\u2013\u2014]\s*(\d{4})\Z")


@dataclass(frozen=True, slots=True)
class DateRead:
    """What a cell says of a date: the date, the end of a range, and the codes of its doubts."""

    date: PartialDate | None = None
    ends: PartialDate | None = None
    doubts: tuple[str, ...] = ()


@lru_cache(maxsize=65_536)
def read_date(text: str) -> DateRead:
    """A date in any form that a clerk uses; numbers are in the Indonesian order, day first.

    Doubts: date-unreadable, date-impossible (30 February), date-without-year, year-unlikely,
    date-order (03/04/2005 has two readings), date-month-first (04/21/2005 has one, in another
    order).

    Example:
        >>> [str(read_date(text).date) for text in ("21 Des 05", "Desember 2005", "38707")]
        ['2005-12-21', '2005-12', '2005-12-21']
        >>> read_date("03/04/2005").doubts, str(read_date("03/04/2005").date)
        (('date-order',), '2005-04-03')
    """
    if says_nothing(text):
        return DateRead()
    one = _one_date(text)
    if one is not None:
        return one
    low = _plain(text)
    if years := _YEARS.match(low):
        return _range(_one_date(years[1]), _one_date(years[2]))
    if days := _TWO_DATES.match(low):
        return _range(_one_date(days[1]), _one_date(days[3]))
    parts = [part for part in _UNTIL.split(low) if part]
    if len(parts) == 2:
        return _between(*parts)
    shorter = _ASIDE.sub(" ", text).strip()
    if (
        shorter and shorter != text and not _NOT_YET.search(low)
    ):  # "31 Desember 2024 (dapat diperpanjang)"
        return read_date(shorter)
    return DateRead(doubts=("date-without-year" if _NO_YEAR.match(low) else "date-unreadable",))


@lru_cache(maxsize=65_536)
def read_end(text: str) -> DateRead:
    """An end, also as a duration's column would say it: "s.d. 31 Desember 2027", "seumur hidup".

    Example:
        >>> str(read_end("s/d 31-12-2024").date), read_end("tidak terbatas")
        ('2024-12-31', DateRead(date=None, ends=None, doubts=()))
    """
    read = read_date(text)
    if "date-unreadable" not in read.doubts and "date-without-year" not in read.doubts:
        return read
    term = read_term(text)
    if term.ends or not (term.doubts or term.months or term.days):
        return DateRead(term.ends, doubts=term.doubts)
    return read


_NUMBER_AND_DATE = re.compile(
    r"(?P<number>.+?)[\s,;/]*(?:\b(?:tanggal|tgl|tertanggal|dated|date)\b\.?:?|[\n;,])\s*(?P<date>.+)",
    re.IGNORECASE | re.DOTALL,
)


@lru_cache(maxsize=16_384)
def split_number(text: str) -> tuple[str, str]:
    """A document's number and its date out of one cell.

    Example:
        >>> split_number("119/1/KSB/2021 tanggal 12 Maret 2021")
        ('119/1/KSB/2021', '12 Maret 2021')
        >>> split_number("119/2/KSB/2021")
        ('119/2/KSB/2021', '')
    """
    match = _NUMBER_AND_DATE.fullmatch(text.strip())
    if match and read_date(match["date"]).date:
        return match["number"].strip(), match["date"].strip()
    if read_date(text).date:
        return "", text
    return text, ""


def _between(first: str, last: str) -> DateRead:
    """A range in words; its beginning may leave the year to its end."""
    end = _one_date(last)
    start = _one_date(first)
    if start is None and end is not None and end.date:
        start = _one_date(f"{first} {end.date.year}")
    return _range(start, end)


def _range(start: DateRead | None, end: DateRead | None) -> DateRead:
    if start is None or end is None or not start.date or not end.date:
        return DateRead(doubts=("date-unreadable",))
    doubts = tuple(dict.fromkeys(start.doubts + end.doubts))
    return DateRead(start.date, end.date, doubts)


def _plain(text: str) -> str:
    return " ".join(text.lower().split()).strip(" .,;:()*")


def _one_date(text: str) -> DateRead | None:
    low = _HIJRI.sub("", _plain(text.translate(_DASHES)))
    low = _WEEKDAY.sub("", low)
    low = _LEAD.sub("", _PLACE.sub("", _LEAD.sub("", low, count=1), count=1), count=1)
    for form in _FORMS:
        if match := form.match(low):
            return _dated(match.groupdict())
    return _serial(low)


def _dated(parts: dict[str, str | None]) -> DateRead:
    year = _year(parts["y"] or "")
    day, month = int(parts.get("d") or 0), int(parts.get("m") or 0)
    if name := parts.get("name"):
        month = _MONTHS.get(name) or _ROMAN.get(name, 0)
        if not month:
            return DateRead(doubts=("date-unreadable",))
    doubts: tuple[str, ...] = ()
    if a := parts.get("a"):
        day, month = int(a), int(parts["b"] or 0)
        if month > 12 >= day:
            day, month = month, day  # only the American order can be meant
            doubts = ("date-month-first",)
        elif day <= 12 and day != month:
            doubts = ("date-order",)
    if (parts.get("d") or parts.get("a")) and not day:
        return DateRead(doubts=("date-unreadable",))
    if (parts.get("m") or parts.get("b")) and not month:
        return DateRead(doubts=("date-unreadable",))
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return DateRead(doubts=("year-unlikely",))
    try:
        return DateRead(PartialDate(year, month, day), doubts=doubts)
    except ValueError:
        return DateRead(doubts=("date-impossible",))


def _year(text: str) -> int:
    text = text.lstrip("'")
    year = int(text)
    if len(text) > 2:
        return year
    return year + (1900 if year >= PIVOT else 2000)


def _serial(text: str) -> DateRead | None:
    """A spreadsheet's day number, where a cell lost its date format."""
    whole, _, rest = text.partition(".")
    if len(whole) != 5 or not whole.isdecimal() or (rest and not rest.isdecimal()):
        return None
    if int(whole) not in _SERIALS:
        return None
    day = _EPOCH + timedelta(days=int(whole))
    return DateRead(PartialDate(day.year, day.month, day.day))


_NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            "satu one se", "dua two", "tiga three", "empat four", "lima five", "enam six",
            "tujuh seven", "delapan eight", "sembilan nine", "sepuluh ten", "sebelas eleven",
            "duabelas twelve",
        ),
        start=1,
    )
    for word in words.split()
} | {
    "dua belas": 12, "lima belas": 15, "dua puluh": 20, "dua puluh lima": 25, "tiga puluh": 30,
}  # fmt: skip
_NUMBER = "|".join(sorted(_NUMBERS, key=lambda word: (-len(word), word)))
_SPAN = re.compile(
    rf"(?:(?<![\d.,])(?P<n>\d{{1,3}}(?:[.,]5)?)\s*(?:\(\s*(?P<said>[a-z ]+?)\s*\))?"
    rf"|(?P<word>{_NUMBER})\s*(?:\(\s*(?P<figure>\d{{1,3}})\s*\))?)"
    r"\s*-?\s*(?P<unit>tahun|thn|th|years?|yrs?|bulan|bln|months?|hari|days?)\b"
)
# What may stand around a duration without changing it.
_AROUND = re.compile(
    r"\b(?:selama|jangka|waktu|masa|berlaku|dan|dapat|diperpanjang|sejak|tanggal|ditandatangani"
    r"|ditandatanganinya|penandatanganan|terhitung|mulai|perjanjian|ini|kerja sama|pks|mou|from"
    r"|signing|after|the|date|of|signature|renewable|extendable|may|be|extended|for|since|valid"
    r"|otomatis|kembali|atas|kesepakatan|para|pihak|automatically)\b|[.,;:/]"
)
_ENDING = re.compile(
    r"\b(?:berakhir(?:\s+(?:pada|tanggal))*|until|ending|sampai(?:\s+dengan)?|hingga|s\s*[./]?\s*d)\b"
    r"\.?\s*(.+)\Z"
)
_BARE = re.compile(r"(\d{1,2})\s*(?:\(\s*[a-z ]+\s*\))?\Z")
_MOST_YEARS = 100  # because nobody signs for longer, and a typing slip says so


@dataclass(frozen=True, slots=True)
class Term:
    """How long an agreement runs: a span from its signing, or an end, or (both empty) no limit."""

    months: int = 0
    days: int = 0
    starts: PartialDate | None = None
    ends: PartialDate | None = None
    doubts: tuple[str, ...] = ()

    def end_from(self, signed: PartialDate | None) -> PartialDate | None:
        """The end that this term gives an agreement signed then; as precise as the signing.

        Example:
            >>> str(read_term("3 (tiga) tahun").end_from(PartialDate(2005, 12, 21)))
            '2008-12-21'
            >>> str(read_term("18 bulan").end_from(PartialDate(2005)))
            '2007'
        """
        start = signed or self.starts
        if self.ends or start is None or not (self.months or self.days):
            return self.ends
        if self.days:
            end = start.last + timedelta(days=self.days)
            parts = (end.year, end.month, end.day)
            return PartialDate(*parts[: start.precision])
        months = start.year * 12 + (start.month or 12) - 1 + self.months
        if not start.month:
            return PartialDate(months // 12)
        day = start.day
        while day:  # 29 February plus a year is 28 February
            try:
                return PartialDate(months // 12, months % 12 + 1, day)
            except ValueError:
                day -= 1
        return PartialDate(months // 12, months % 12 + 1)


@lru_cache(maxsize=16_384)
def read_term(text: str, unit: str = "") -> Term:
    """A duration or an end: "3 (tiga) tahun", "s.d. 31 Desember 2027", "5 years", "2019-2024".

    `unit` ("tahun", "bulan") is what the heading says that a bare number counts.
    Doubts: duration-unreadable, duration-disagrees ("3 (lima) tahun"), and those of `read_date`.
    """
    low = _plain(text)
    if says_nothing(text) or _UNLIMITED.search(low):
        return Term()
    if bare := _BARE.match(low):
        if not unit:
            return Term(doubts=("duration-unit",))
        low = f"{bare[1]} {unit}"
    spans = list(_SPAN.finditer(low))
    if spans:
        return _around(low, spans)
    until = _UNTIL.match(low)
    read = read_date(low[until.end() :] if until else text)
    if read.ends:
        return Term(starts=read.date, ends=read.ends, doubts=read.doubts)
    if read.date:
        return Term(ends=read.date, doubts=read.doubts)
    unlikely = "year-unlikely" in read.doubts
    return Term(doubts=("year-unlikely",) if unlikely else ("duration-unreadable",))


def _around(text: str, spans: list[re.Match[str]]) -> Term:
    """A duration, if nothing else in the cell could change it: "2 x 5 tahun" is not ten years."""
    if ending := _ENDING.search(text):
        read = read_date(ending[1])
        if read.date and not read.ends:
            return Term(ends=read.date, doubts=read.doubts)
    rest = _SPAN.sub(" ", text)
    if _AROUND.sub(" ", _ASIDE.sub(" ", rest)).strip():
        return Term(doubts=("duration-unreadable",))
    return _spans(spans)


def _spans(spans: list[re.Match[str]]) -> Term:
    months = days = 0
    doubts: list[str] = []
    for span in spans:
        count = float(span["n"].replace(",", ".")) if span["n"] else _NUMBERS[span["word"]]
        said = int(span["figure"]) if span["figure"] else _NUMBERS.get(span["said"] or "")
        if said is not None and said != count:
            doubts.append("duration-disagrees")
        if span["unit"][0] in "ty":
            months += round(12 * count)
        elif span["unit"][0] in "bm":
            months += round(count)
        else:
            days += round(count)
    if not months + days > 0 or months > 12 * _MOST_YEARS:
        return Term(doubts=("duration-unreadable",))
    if doubts:
        return Term(doubts=tuple(dict.fromkeys(doubts)))
    return Term(months, days)
