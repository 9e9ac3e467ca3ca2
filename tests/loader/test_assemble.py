"""From rows to agreements: what is kept, what is doubted, what is refused."""

from __future__ import annotations

from functools import partial
from itertools import product

import pytest

from explorer.i18n import LANGUAGES, say
from graph_loader import reference
from graph_loader.assemble import Assembled, Assembler
from graph_loader.gazetteer import Gazetteer
from graph_loader.read import Row
from graph_loader.report import problem_dict

BATCH = reference.reference_batch()
A = {"agreement_key": "a", "party": "Kota Surabaya", "instrument": "mou", "source": "p"}
B = A | {"party": "Busan", "party_country": "South Korea", "party_level": "foreign_local"}


def _assemble(*cells: dict[str, str]) -> Assembled:
    assembler = Assembler(
        "f.csv", Gazetteer(BATCH.parties), reference.topics(), reference.countries(),
        {party.id for party in BATCH.parties}, {topic.id for topic in BATCH.topics},
    )  # fmt: skip
    return assembler.run(Row(line, row) for line, row in enumerate(cells, start=2))


def _codes(found: Assembled) -> list[tuple[str, str, int]]:
    return [(problem.code, problem.severity, problem.row) for problem in found.problems]


def test_rows_of_one_key_and_page_are_one_claim() -> None:
    later = {"source": "q", "signed": "1994-11-10"}
    found = _assemble(A, B, A | later, B | later)
    (agreement,) = found.agreements
    assert [(claim.row, claim.page) for claim in agreement.claims] == [(2, "p"), (4, "q")]
    assert [s.party for s in agreement.claims[0].parties] == ["35.78", "busan-kr"]
    assert found.problems == []
    assert found.parties == {}


@pytest.mark.parametrize(
    ("change", "code", "severity"),
    [
        ({"signed": "31/12/2020"}, "date-unreadable", "doubtful"),
        ({"signed": "0020"}, "year-unlikely", "doubtful"),
        ({"signed": "2020", "ends": "2019"}, "end-before-start", "doubtful"),
        ({"status": "maybe"}, "status-unknown", "doubtful"),
        ({"goals": "2.99"}, "goal-unknown", "doubtful"),
        ({"renews": "zzz"}, "relation-unknown", "doubtful"),
        ({"title": "x" * 20_000}, "cell-too-long", "doubtful"),
        ({"instrument": "handshake"}, "instrument-unknown", "rejected"),
        ({"party": "Malang"}, "party-ambiguous", "rejected"),
        ({"party": "Kabupaten Gersik"}, "party-misspelt", "rejected"),
        ({"party": "Atlantis Raya"}, "party-unknown", "rejected"),
        ({"agreement_key": ""}, "key-missing", "rejected"),
        ({"agreement_key": "!!"}, "key-unusable", "rejected"),
    ],
)
def test_a_bad_cell_is_a_problem_at_its_row(
    change: dict[str, str], code: str, severity: str
) -> None:
    good = [A | {"agreement_key": "z"}, B | {"agreement_key": "z"}]
    found = _assemble(A | change, B, *good)
    assert _codes(found)[0] == (code, severity, 2)
    for problem, lang in product(found.problems, LANGUAGES):
        told = problem_dict(problem, partial(say, lang))
        assert problem.code not in f"{told['why']} {told['fix']}"
    kept = {agreement.id for agreement in found.agreements}
    assert kept == ({"a", "z"} if severity == "doubtful" else {"z"})


def test_an_agreement_with_itself_is_refused() -> None:
    assert _codes(_assemble(A, A)) == [
        ("party-twice", "doubtful", 3), ("too-few-parties", "rejected", 2),
    ]  # fmt: skip


def test_rows_of_one_page_that_disagree_are_told() -> None:
    found = _assemble(A | {"signed": "1994"}, B | {"signed": "1995"})
    assert _codes(found) == [("rows-disagree", "doubtful", 3)]
    assert str(found.agreements[0].claims[0].signed) == "1994"


def test_a_new_foreign_party_needs_a_country_and_keeps_its_name() -> None:
    new = {"party": "Hubei Baru", "party_level": "foreign_local", "party_country": "Tiongkok"}
    assert list(_assemble(A, B | new).parties) == ["hubei-baru-cn"]
    found = _assemble(A, B | new | {"party_country": ""})
    assert found.problems[0].code == "country-missing"


def test_a_party_like_a_known_one_is_new_and_doubtful() -> None:
    new = {"party": "Universitas Airlanga", "party_level": "third_party", "party_country": ""}
    found = _assemble(A, B | new)
    assert [problem.code for problem in found.problems] == ["party-similar"]
    assert list(found.parties) == ["universitas-airlanga"]


def test_explicit_goals_win_over_words() -> None:
    (by_words,) = _assemble(A | {"topic": "pendidikan"}, B).agreements
    (by_code,) = _assemble(A | {"topic": "pendidikan", "goals": "SDG 13"}, B).agreements
    assert [tag.topic[0] for tag in by_words.claims[0].topics] == ["4"]
    assert [tag.topic for tag in by_code.claims[0].topics] == ["13"]
