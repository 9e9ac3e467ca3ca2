"""A cell is a known party, a new one that its words tell, or a doubt; never another party."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_loader import reference
from graph_loader.model import REGION_LEVELS, Level, Party, make_party
from graph_loader.parties.gazetteer import Gazetteer
from graph_loader.parties.identify import Expects, Identifier, Identity
from tests.effort import calls

PARTIES = reference.reference_batch().parties
COUNTRIES = reference.countries()
TABLE = Path(__file__).with_name("spellings.csv")
DOUBTS_WITH_PARTY = {"", "party-similar", "party-level-assumed"}


def fresh(*more: Party) -> Identifier:
    return Identifier(Gazetteer([*PARTIES, *more]), COUNTRIES)


def rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def ask(identifier: Identifier, row: dict[str, str]) -> Identity:
    level = Level(row["level"]) if row["level"] else None
    expects = cast(Expects, row["expects"])
    return identifier.identify(
        row["spelling"], expects=expects, level=level, country=row["country"]
    )  # fmt: skip


def told(identity: Identity) -> tuple[str, str]:
    return identity.party.id if identity.party else "", identity.doubt


def new(text: str, country: str = "", expects: Expects = "partner") -> Party:
    identity = fresh().identify(text, expects=expects, country=country)
    assert identity.party is not None
    assert identity.new
    return identity.party


def test_the_table_is_as_large_as_promised() -> None:
    assert len({(row["spelling"], row["country"], row["expects"]) for row in rows()}) >= 300


def test_no_spelling_of_the_table_is_assigned_wrongly() -> None:
    """In the table's order in one file, and each spelling alone: the answer is the same."""
    together = fresh()
    wrong = [
        (row["spelling"], told(identity), row["id"])
        for row in rows()
        if (identity := ask(together, row)).party and identity.party.id != row["id"]
    ]
    assert wrong == []


def test_every_spelling_of_the_table_has_its_doubt() -> None:
    together = fresh()
    got = [(row["spelling"], row["country"], *told(ask(together, row))) for row in rows()]
    assert got == [(r["spelling"], r["country"], r["id"], r["doubt"]) for r in rows()]


def test_the_table_backwards_assigns_no_other_known_party() -> None:
    backwards, known = fresh(), {party.id for party in PARTIES}
    for row in reversed(rows()):
        id, _ = told(ask(backwards, row))
        assert id == row["id"] or id not in known, row


def test_a_doubt_says_whether_there_is_a_party() -> None:
    identifier = fresh()
    for row in rows():
        identity = ask(identifier, row)
        assert (identity.party is not None) == (identity.doubt in DOUBTS_WITH_PARTY), row
        if identity.doubt in {"party-ambiguous", "party-misspelt", "party-similar"}:
            assert identity.candidates, row


def test_another_spelling_in_a_later_load_finds_the_stored_party() -> None:
    """The store keeps only the party's own fields."""
    for first, later, country in (
        ("Nagano-ken", "Pemerintah Prefektur Nagano", "jp"),
        ("Kota Wuhan", "Wuhan Municipal People's Government", "cn"),
        ("Johor State", "Negara Bagian Johor", "my"),
        ("Kota São Paulo", "SAO PAULO CITY", "br"),
        ("Hampyeong-gun", "Kabupaten Hampyeong", "kr"),
        ("Kota Kinabalu", "Pemerintah Kota Kinabalu", "my"),
        ("Bulog", "Perum Bulog", ""),
        ("Rektor Universitas Ciputra", "Universitas Ciputra", ""),
        ("Kajari Gresik", "Kejaksaan Negeri Gresik", ""),
        ("Kota Kochi", "Pemerintah Kota Kochi", "in"),
    ):
        party = new(first, country)
        again = fresh(party).identify(later, expects="partner", country=country)
        assert again == Identity(party), (first, later)


def test_a_new_foreign_government_has_both_names_and_its_kind() -> None:
    nagano = new("Nagano-ken", "jp")
    assert (nagano.id, nagano.name_id, nagano.name_en, nagano.kind, nagano.level) == (
        "nagano-prefecture-jp", "Prefektur Nagano", "Nagano Prefecture", "prefecture",
        Level.FOREIGN_LOCAL,
    )  # fmt: skip
    assert (nagano.country, nagano.part_of) == ("jp", "jp")
    assert new("KOTA SÃO PAULO", "br").name_id == "Kota São Paulo"


def test_a_world_body_lies_in_no_country() -> None:
    body = new("UNESCO", "int")
    assert (body.id, body.country, body.level) == ("unesco-int", "", Level.FOREIGN_INSTITUTION)


@pytest.mark.parametrize(
    ("text", "level", "kind"),
    [
        ("PT Maju Jaya", Level.THIRD_PARTY, "company"),
        ("PDAM Giri Tirta", Level.THIRD_PARTY, "soe"),
        ("Universitas Ciputra", Level.THIRD_PARTY, "university"),
        ("RSUD dr. Soetomo", Level.THIRD_PARTY, "hospital"),
        ("Dinas Pertanian Kab. Gresik", Level.THIRD_PARTY, "agency"),
        ("Kementerian Pertanian", Level.CENTRAL_AGENCY, "ministry"),
        ("Kejari Gresik", Level.CENTRAL_AGENCY, "prosecutor"),
        ("Kantor Pertanahan Kab. Gresik", Level.CENTRAL_AGENCY, "land_office"),
        ("Kodim 0817", Level.CENTRAL_AGENCY, "military"),
        ("Badan Narkotika Nasional", Level.CENTRAL_AGENCY, "agency"),
        ("BPK RI", Level.CENTRAL_AGENCY, "audit"),
    ],
)
def test_what_a_word_tells_of_a_new_party_at_home(text: str, level: Level, kind: str) -> None:
    party = new(text, expects="party")
    assert (party.level, party.kind, party.country) == (level, kind, "id")


def test_a_stated_level_overrides_what_is_assumed() -> None:
    identifier = fresh()
    assumed = identifier.identify("Hamburg", expects="partner", country="de")
    assert assumed.doubt == "party-level-assumed"
    level = Level.FOREIGN_LOCAL
    stated = identifier.identify("Hamburg", expects="partner", country="de", level=level)
    assert (stated.party, stated.doubt) == (assumed.party, "")


def test_a_stated_level_against_a_known_name_is_doubted() -> None:
    identity = fresh().identify("Pemkab Gresik", level=Level.THIRD_PARTY)
    assert identity.doubt == "party-similar"
    assert [party.id for party in identity.candidates] == ["35.25"]


def test_an_addition_names_the_party_that_it_was_added_to() -> None:
    identity = fresh().identify("Universitas Airlangga (Prof. Dr. Moh. Nasih)")
    assert [party.id for party in identity.candidates] == ["universitas-airlangga"]
    assert fresh().identify("PT Pertamina Hulu Energi").candidates == ()


def test_a_body_of_a_region_in_its_column_proposes_the_region() -> None:
    inside = fresh().identify("Bappeda Malang", expects="region")
    assert [party.id for party in inside.candidates] == ["35.07", "35.73"]
    assert fresh().identify("Bappeda Malang").doubt == ""


def test_a_name_of_both_kinds_proposes_both() -> None:
    identity = fresh().identify("Kab/Kota Malang", expects="region")
    assert [party.id for party in identity.candidates] == ["35.07", "35.73"]


def test_a_place_abroad_is_no_party_of_indonesia_unless_the_row_says_so() -> None:
    assert fresh().identify("Western Cape").doubt == "party-unknown"
    stated = fresh().identify("Western Cape", country="id")
    assert (stated.doubt, stated.party and stated.party.level) == (
        "party-level-assumed", Level.THIRD_PARTY,
    )  # fmt: skip


def test_a_namesake_abroad_is_another_party_only_where_such_a_place_lies() -> None:
    kochi = fresh().identify("Kota Kochi", expects="partner", country="in")
    assert (kochi.doubt, [party.id for party in kochi.candidates]) == (
        "party-similar",
        ["kochi-jp"],
    )
    busan = fresh().identify("Kota Busan", expects="partner", country="in")
    assert busan.doubt == "party-elsewhere"


def test_a_newcomer_is_new_in_every_spelling_and_equally_doubtful() -> None:
    identifier = fresh()
    first = identifier.identify("Bina Swadaya")
    assert (first.new, first.doubt) == (True, "party-level-assumed")
    assert identifier.identify("BINA SWADAYA") == first
    assert identifier.identify("Bina Swadaya") is identifier.identify("Bina Swadaya")


def test_an_answer_never_outlives_a_new_party_of_that_name() -> None:
    """The bare name of a city that comes to be known twice is no longer one city."""
    gazetteer = Gazetteer(PARTIES)
    identifier = Identifier(gazetteer, COUNTRIES)
    assert told(identifier.identify("Fujisawa", country="jp")) == ("fujisawa-jp", "")
    gazetteer.add(make_party("fujisawa-two-jp", "Fujisawa", "Fujisawa", "foreign_local", "jp"))
    assert identifier.identify("Fujisawa", country="jp").doubt == "party-ambiguous"


def test_a_foreign_id_never_takes_the_place_of_a_known_party() -> None:
    """A third party called as a country's code is not that country."""
    identity = fresh().identify("AS", level=Level.THIRD_PARTY)
    assert identity.party is not None
    assert identity.party.id not in {party.id for party in PARTIES}


@pytest.mark.parametrize(
    "text", ["", " ", "x" * 100_000, "(" * 5_000, ", " * 5_000, "Kota " * 50, "\x00", "=1+1", "()"]
)
def test_any_cell_has_an_answer(text: str) -> None:
    assert isinstance(fresh().identify(text), Identity)


def test_a_repeated_cell_costs_a_look_up_even_while_new_parties_come() -> None:
    """A register of 100,000 rows names few parties, often."""
    identifier = fresh()

    def name_them_again() -> None:
        for _ in range(50):
            identifier.identify("Pemkab Gresik", country="jp")
            identifier.identify("Malang")

    name_them_again()
    for number in range(200):
        new = calls(lambda n=number: identifier.identify(f"PT Contoh Nomor {n}"))  # type: ignore[misc]
        assert new > 200  # so much is a search
        assert calls(name_them_again) <= 3 * 100


CASES: tuple[Callable[[str], str], ...] = (str, str.upper, str.lower, str.title)
AROUND = st.sampled_from(["{}", "  {} ", "1. {}", "{}.", "PIHAK KESATU: {}", "- {}", "{} ;"])
GOVERNMENT = {
    Level.KABUPATEN: ("Kab. {}", "Pemkab {}", "Pemerintah Kabupaten {}", "Bupati {}", "{} (Kab.)"),
    Level.KOTA: ("Kota {}", "Pemkot {}", "Walikota {}", "{} City", "Pemerintah Kota {}"),
    Level.PROVINCE: ("Prov. {}", "Pemprov {}", "Provinsi {}", "Gubernur {}"),
}


@st.composite
def decorated(draw: st.DrawFn) -> tuple[Party, str]:
    """A known party, and its name as some clerk might type it."""
    party = draw(st.sampled_from(PARTIES))
    names = [party.name_id, party.name_en, *party.aliases]
    names = [name for name in names if party.level is not Level.COUNTRY or len(name) > 3]
    text = draw(st.sampled_from(names))  # a country's code alone is a bank's name as well: "BTN"
    if party.level in REGION_LEVELS:
        style = draw(st.sampled_from(GOVERNMENT[party.level]))
        text = draw(st.sampled_from([text, style.format(party.name_id.split(" ", 1)[1])]))
    text = draw(AROUND).format(draw(st.sampled_from(CASES))(text))
    return party, text.replace(" ", draw(st.sampled_from([" ", "  ", "\u00a0"])))


SHARED = fresh()


@given(decorated(), st.sampled_from(["party", "region", "partner"]), st.booleans())
def test_a_decorated_name_is_never_another_party(
    case: tuple[Party, str], expects: Expects, stated: bool
) -> None:
    party, text = case
    country = (party.country or "int") if stated else ""
    identity = fresh_or_shared().identify(text, expects=expects, country=country)
    found = identity.party
    assert found is None or found == party or (identity.new and identity.doubt), (text, found)


def fresh_or_shared() -> Identifier:
    """One identifier for all examples: what came before must not matter."""
    return SHARED
