"""What is written can be loaded again: the same agreements, parties, claims and ids."""

from __future__ import annotations

import csv
import itertools
import shutil
import tracemalloc
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_loader import reference
from graph_loader.dates import PartialDate
from graph_loader.errors import BadInput, NotFound
from graph_loader.load import LoadOutcome, load_files, load_reference, load_shipped, source_named
from graph_loader.model import (
    Batch,
    Claim,
    Instrument,
    Level,
    Party,
    Signatory,
    Source,
    StatedAgreement,
    make_party,
)
from graph_loader.reading.columns import field_of
from graph_loader.store.base import AgreementFilter, AgreementRecord, GraphStore, Scan
from graph_loader.store.open import open_store
from graph_loader.writing.export import HEADINGS, ExportRow, rows, write_export
from graph_loader.writing.spreadsheet import unescape

BIRO, BAPPEDA = source_named("Biro"), source_named("Bappeda Gresik")
GRESIK, BUSAN = Signatory("35.25"), Signatory("busan-kr")
SUFFIXES = (".csv", ".xlsx")

Open = Callable[[], GraphStore]
Register = list[list[tuple[dict[str, str], object]]]


@pytest.fixture(scope="session")
def with_reference(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that knows the shipped regions, countries and partners, and no agreement."""
    path = tmp_path_factory.mktemp("reference") / "store.db"
    store = open_store(f"sqlite:{path}")
    load_reference(store)
    store.close()
    return path


@pytest.fixture
def fresh(tmp_path: Path, with_reference: Path) -> Iterator[Open]:
    """Makes stores without agreements."""
    opened: list[GraphStore] = []

    def one() -> GraphStore:
        opened.append(_copy(with_reference, tmp_path / f"{len(opened)}.db"))
        return opened[-1]

    yield one
    for store in opened:
        store.close()


def _copy(reference_only: Path, path: Path) -> GraphStore:
    shutil.copy(reference_only, path)
    return open_store(f"sqlite:{path}")


def records(store: GraphStore) -> dict[str, AgreementRecord]:
    """Every agreement, without what a load gives it: its number and the rows of its file."""
    ids = store.scan(lambda scan: [row.id for row in scan.agreements()])
    return {id: _without_place(store.agreement(id)) for id in ids}


def _without_place(record: AgreementRecord) -> AgreementRecord:
    claims = [replace(c, load=0, claim=replace(c.claim, row=0, sheet="")) for c in record.claims]
    return replace(record, claims=claims)


def rows_of(store: GraphStore, source: str = "") -> list[ExportRow]:
    return store.scan(lambda scan: list(rows(scan, source)))


def parties(store: GraphStore) -> dict[str, Party]:
    return store.scan(lambda scan: {party.id: party for party in scan.parties()})


def load_file(store: GraphStore, path: Path, source: Source) -> LoadOutcome:
    return load_files(store, [path], source)


def again(store: GraphStore, path: Path, into: GraphStore, source: Source) -> None:
    """Write a source's agreements and load them into another store; no cell may be doubtful."""
    write_export(store, path, source=source.id)
    assert [(p.code, p.row, p.value) for p in load_file(into, path, source).problems] == []


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_shipped_register_comes_back_whole(tmp_path: Path, fresh: Open, suffix: str) -> None:
    one, two = fresh(), fresh()
    load_shipped(one)
    again(one, tmp_path / f"out{suffix}", two, reference.SEED)
    assert len(records(one)) > 600
    assert records(two) == records(one)
    assert parties(two) == parties(one)


def test_every_row_is_in_the_import_format_and_names_parties_as_a_clerk_does(fresh: Open) -> None:
    store = fresh()
    load_shipped(store)
    found = [dict(zip(HEADINGS, row, strict=True)) for row in rows_of(store)]
    assert all(row["party"] and row["party_level"] and row["instrument"] for row in found)
    names, known = {row["party"] for row in found}, parties(store)
    assert {"Kabupaten Gresik", "Provinsi Jawa Timur"} <= names
    assert names & known.keys() == set()
    of_busan = next(row for row in found if row["party"] == known["busan-kr"].name_id)
    assert (of_busan["party_level"], of_busan["party_country"]) == (
        "foreign_local",
        "Korea Selatan",
    )


def test_the_headings_are_those_of_the_shipped_register_and_all_of_them_are_read() -> None:
    shipped = (reference.data_folder() / "agreements.csv").read_text().splitlines()[0]
    assert tuple(shipped.split(",")) == HEADINGS
    assert [heading for heading in HEADINGS if not field_of(heading)[0]] == []


WORDS = ("kerja sama pangan", "Pendidikan; air bersih", "=1+1", "-", "'=x", "@Gresik", "<b>x</b>",
         "Đà Nẵng 高知", 'kutipan "a", b', "_x0041_", "baris")  # fmt: skip
texts = st.builds(" ".join, st.lists(st.sampled_from(WORDS), max_size=3))
days = st.dates(date(1950, 1, 1), date(2090, 12, 31)).map(str)
dates = st.builds(lambda day, length: day[:length], days, st.sampled_from([4, 7, 10]))
PARTIES = (
    ("Kab. Gresik", "", ""),
    ("35.78", "", ""),
    ("Provinsi Jawa Timur", "province", ""),
    ("Busan", "foreign_local", "Korsel"),
    ("Jepang", "country", ""),
    ("PT Semen Gresik Contoh", "third_party", ""),
    ("Kementerian Contoh", "central_agency", ""),
    ("Nagano Prefecture", "foreign_local", "Japan"),
    ("Prefektur Toyama", "foreign_local", "Jepang"),
    ("Kota Contoh", "foreign_local", "au"),
    ("Universitas Contoh, Perth", "foreign_institution", "Australia"),
    ("Yayasan Contoh Dunia", "foreign_institution", "international"),
)
statements = st.fixed_dictionaries(
    {
        "title": texts,
        "instrument": st.sampled_from([str(one) for one in Instrument]),
        "signed": st.just("") | dates,
        "ends": st.just("") | dates,
        "status": st.sampled_from(["", "exploration", "lapsed", "ended"]),
        "topic": texts,
        "goals": st.sampled_from(["", "2", "2; 4.7", "SDG 13"]),
        "outcome": texts,
        "stated": st.just("") | dates,
        "note": texts,
        "role": st.sampled_from(["", "pihak kesatu"]),
        "renews": st.sampled_from(["", "a-0"]),
    }
)
signing = st.lists(st.sampled_from(PARTIES), min_size=2, max_size=5, unique=True)
registers = st.lists(st.lists(st.tuples(statements, signing), min_size=1, max_size=2), min_size=1,
                     max_size=5)  # fmt: skip


def write_register(path: Path, register: Sequence[Sequence[tuple[dict[str, str], object]]]) -> None:
    """A register of the import format: an agreement for each item, a page for each statement."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, HEADINGS, restval="")
        writer.writeheader()
        for number, pages in enumerate(register):
            for page, (shared, signed_by) in enumerate(pages):
                for name, level, country in signed_by:  # type: ignore[attr-defined]
                    writer.writerow(
                        shared | {"agreement_key": f"a-{number}", "party": name,
                                  "party_level": level, "party_country": country,
                                  "source": f"https://example.org/{page}"}
                    )  # fmt: skip


@pytest.mark.no_cover  # because tracing doubles its time, and tests above measure these lines
@settings(max_examples=12, deadline=None)
@given(registers)
def test_whatever_a_load_takes_in_an_export_gives_back(
    tmp_path_factory: pytest.TempPathFactory, with_reference: Path, register: Register
) -> None:
    assert_given_back(tmp_path_factory, with_reference, register)


@pytest.mark.soak
@settings(max_examples=200, deadline=None)
@given(registers)
def test_whatever_many_loads_take_in_an_export_gives_back(
    tmp_path_factory: pytest.TempPathFactory, with_reference: Path, register: Register
) -> None:
    assert_given_back(tmp_path_factory, with_reference, register)


def assert_given_back(
    tmp_path_factory: pytest.TempPathFactory, with_reference: Path, register: Register
) -> None:
    folder = tmp_path_factory.mktemp("again")
    one, two = (_copy(with_reference, folder / name) for name in ("one.db", "two.db"))
    write_register(folder / "register.csv", register)
    load_file(one, folder / "register.csv", BIRO)
    write_export(one, folder / "out.csv", source=BIRO.id)
    load_file(two, folder / "out.csv", BIRO)
    assert records(two) == records(one)
    assert parties(two) == parties(one)
    one.close()
    two.close()


def state(store: GraphStore, source: Source, *claims: Claim, made: Sequence[Party] = ()) -> None:
    """Let a source state these claims of one agreement."""
    batch = Batch(source, "", parties=tuple(made), agreements=(StatedAgreement("a-1", claims),))
    store.write(batch)


def claim(title: str = "", page: str = "p", signed: str = "2005") -> Claim:
    return Claim(2, page, (GRESIK, BUSAN), Instrument.MOU, title, PartialDate.parse(signed))


def cells(found: Iterable[ExportRow], *names: str) -> list[tuple[str, ...]]:
    """Some cells of each agreement's first party."""
    read = [dict(zip(HEADINGS, row, strict=True)) for row in found]
    return [tuple(row[name] for name in names) for row in read if row["party_level"] == "kabupaten"]


def test_one_source_is_picked_by_its_id_or_its_name(tmp_path: Path, fresh: Open) -> None:
    store = fresh()
    state(store, BIRO, claim("satu", "p"))
    state(store, BAPPEDA, claim("dua", "q"))
    path = tmp_path / "out.csv"
    for name in (BAPPEDA.id, BAPPEDA.name, "BAPPEDA  GRESIK"):
        assert write_export(store, path, source=name) == (1, 2)
        assert cells(rows_of(store, BAPPEDA.id), "title", "source") == [("dua", "q")]
    assert write_export(store, path) == (1, 4)
    assert sorted(cells(rows_of(store), "title", "source")) == [("dua", "q"), ("satu", "p")]


def test_a_source_that_was_never_loaded_is_an_error_and_writes_nothing(
    tmp_path: Path, fresh: Open
) -> None:
    with pytest.raises(NotFound, match="source-unknown"):
        write_export(fresh(), tmp_path / "out.csv", source="Birro")
    assert not (tmp_path / "out.csv").exists()


def test_a_source_without_agreements_is_a_file_of_headings(tmp_path: Path, fresh: Open) -> None:
    assert write_export(fresh(), tmp_path / "out.csv", source="reference") == (0, 0)
    written = (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    assert written == ",".join(HEADINGS) + "\n"


def test_sources_that_agree_are_written_once(fresh: Open) -> None:
    store = fresh()
    state(store, BIRO, claim("satu"))
    state(store, BAPPEDA, claim("satu"))
    assert cells(rows_of(store), "title", "source") == [("satu", "p")]


@pytest.mark.parametrize("page", ["p", ""])
def test_sources_that_differ_on_one_page_stay_apart(tmp_path: Path, fresh: Open, page: str) -> None:
    store, merged = fresh(), fresh()
    state(store, BIRO, claim("satu", page, "1994-08-29"))
    state(store, BAPPEDA, claim("dua", page, "1994-08-24"))
    write_export(store, tmp_path / "out.csv")
    assert load_file(merged, tmp_path / "out.csv", BIRO).problems == ()
    stated = {(c.claim.title, str(c.claim.signed)) for c in merged.agreement("a-1").claims}
    assert stated == {("satu", "1994-08-29"), ("dua", "1994-08-24")}
    shown, kept = merged.agreement("a-1").agreement, store.agreement("a-1").agreement
    assert (shown.title, shown.signed, shown.parties) == (kept.title, kept.signed, kept.parties)


@pytest.mark.parametrize(
    ("party", "spelt"),
    [
        (("nagano-prefecture-jp", "Prefektur Nagano", "Nagano Prefecture", "foreign_local", "jp"),
         "Prefektur Nagano"),
        (("toyama-jp", "Toyama", "Toyama Prefecture", "foreign_local", "jp"), "Toyama"),
        (("old-name-jp", "Kota Baru Contoh", "New Example", "foreign_local", "jp"), "old name"),
        (("pt-lama", "PT Baru", "PT Baru", "third_party", "id"), "pt lama"),
        (("dunia-int", "Dunia", "World", "foreign_institution", ""), "Dunia"),
    ],
)  # fmt: skip
def test_a_new_party_is_written_so_that_its_id_comes_out_the_same(
    tmp_path: Path, fresh: Open, party: tuple[str, str, str, str, str], spelt: str
) -> None:
    store, other = fresh(), fresh()
    made = make_party(*party, party[-1])
    signed_by = replace(claim(), parties=(GRESIK, Signatory(made.id)))
    state(store, BIRO, signed_by, made=[made])
    assert spelt in {row[HEADINGS.index("party")] for row in rows_of(store)}
    write_export(store, tmp_path / "out.csv")
    load_file(other, tmp_path / "out.csv", BIRO)
    assert [s.party for s in other.agreement("a-1").agreement.parties] == ["35.25", made.id]
    assert other.party(made.id).level is made.level
    assert other.party(made.id).country == made.country


def test_every_shipped_party_is_found_again_by_what_is_written(tmp_path: Path, fresh: Open) -> None:
    """Each of them signs with Kabupaten Gresik, or with Kota Surabaya where it is that one."""
    store, other = fresh(), fresh()
    agreements = [
        StatedAgreement(f"a-{number:04}", (replace(claim(), parties=(Signatory(id), other_side)),))
        for number, id in enumerate(parties(store))
        for other_side in [GRESIK if id != GRESIK.party else Signatory("35.78")]
    ]
    store.write(Batch(BIRO, "", agreements=tuple(agreements)))
    again(store, tmp_path / "out.csv", other, BIRO)
    assert len(records(other)) == len(agreements) > 1_000
    assert records(other) == records(store)


def test_no_cell_of_the_csv_is_a_formula(tmp_path: Path, fresh: Open) -> None:
    store = fresh()
    state(store, BIRO, claim("=HYPERLINK(1)"))
    write_export(store, tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        (title, *_) = [row["title"] for row in csv.DictReader(file)]
    assert (title, unescape(title)) == ("'=HYPERLINK(1)", "=HYPERLINK(1)")


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("title", ["=1+1", "'=1+1", "''=1+1", "'kutipan'", "@Gresik", "_x0041_"])
def test_a_title_that_begins_like_a_formula_comes_back_as_it_was(
    tmp_path: Path, fresh: Open, title: str, suffix: str
) -> None:
    store, other = fresh(), fresh()
    state(store, BIRO, claim(title))
    write_export(store, tmp_path / f"out{suffix}")
    load_file(other, tmp_path / f"out{suffix}", BIRO)
    assert other.agreement("a-1").agreement.title == title


def test_an_input_is_left_alone(tmp_path: Path, fresh: Open) -> None:
    (tmp_path / "mine.csv").write_text("mine")
    with pytest.raises(BadInput, match="output-is-input"):
        write_export(fresh(), tmp_path / "mine.csv", inputs=[tmp_path / "mine.csv"])
    assert (tmp_path / "mine.csv").read_text() == "mine"


def many(store: GraphStore, count: int) -> None:
    """`count` agreements between a regency and a partner of its own."""
    partner = partial(make_party, level=Level.FOREIGN_LOCAL, country="jp", part_of="jp")
    made = [partner(f"kota-{n}-jp", f"Kota {n}", f"Kota {n}") for n in range(count)]
    agreements = [
        StatedAgreement(
            f"b-{n:06}", (replace(claim(), parties=(GRESIK, Signatory(f"kota-{n}-jp"))),)
        )
        for n in range(count)
    ]
    store.write(Batch(BIRO, "", parties=tuple(made), agreements=tuple(agreements)))


def test_progress_is_told_and_reaches_its_end(tmp_path: Path, fresh: Open) -> None:
    store = fresh()
    many(store, 1_500)
    told: list[tuple[str, int, int]] = []
    write_export(store, tmp_path / "out.csv", progress=lambda *step: told.append(step))
    assert told == [("export", 1_000, 1_500), ("export", 1_500, 1_500)]


def test_rows_come_one_by_one(fresh: Open) -> None:
    """Ten times as many agreements of the same parties take no more memory."""
    store = fresh()
    agreements = tuple(StatedAgreement(f"b-{n:06}", (claim(f"Judul {n}"),)) for n in range(5_000))
    store.write(Batch(BIRO, "", agreements=agreements))

    def peak(wanted: int) -> int:
        tracemalloc.start()
        seen = store.scan(lambda scan: sum(1 for _ in itertools.islice(rows(scan), wanted)))
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert seen == wanted
        return most

    peak(10)  # what is made once and kept
    assert peak(10_000) - peak(1_000) < 2**20


def test_a_load_that_retires_meanwhile_is_not_in_between(tmp_path: Path, fresh: Open) -> None:
    store = fresh()
    many(store, 3)
    load_path = tmp_path / "next.csv"
    write_register(load_path, [[({"instrument": "mou"}, PARTIES[:2])]])

    def look(scan: Scan) -> tuple[set[str], bool]:
        found = rows(scan)
        first = next(found)
        load_files(store, [load_path], BIRO, complete=True)
        return {first[0], *(row[0] for row in found)}, scan.version == store.version()

    ids, newest = store.scan(look)
    assert store.agreements(AgreementFilter(date(2026, 1, 1))).total == 1
    assert (len(ids), newest) in [(3, False), (1, True)]
