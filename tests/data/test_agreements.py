"""The shipped agreements are complete, resolvable and keep what sources disagree on."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from tests.data.shipped import DATA, ID, Row, is_date, resolved, rows, values

INSTRUMENTS = {
    "mou", "kesepakatan_bersama", "pks", "sister_city", "sister_province", "forum", "programme",
    "grant", "adendum", "plan_of_action", "loi", "joint_statement", "misi_dagang", "berita_acara",
    "other",
}  # fmt: skip
ACCORD = "forum-grebang-ratubangnegoro-kertowilangan"


def test_agreements_are_all_there() -> None:
    agreements = rows("agreements.csv")
    assert len({row["agreement_key"] for row in agreements}) == 609
    assert len({row["agreement_key"] for row in agreements if row["outcome"]}) == 52
    assert all(ID.fullmatch(row["agreement_key"]) for row in agreements)
    assert {row["instrument"] for row in agreements} <= INSTRUMENTS
    assert {row["status"] for row in agreements} <= {"", "exploration", "lapsed", "ended"}
    assert all(row["source"] for row in agreements)


def test_all_of_jawa_timur_and_33_provinces_occur() -> None:
    used = {party for row in rows("agreements.csv") for party in resolved(row)}
    regions = rows("regions.csv")
    jatim = {row["code"] for row in regions if row["province"] == "35"}
    assert len(jatim) == 38
    assert jatim <= used
    seen = {code[:2] for code in used if code[:2] in values("regions.csv", "code")}
    assert len(seen) >= 33


def test_every_party_resolves_to_exactly_one_id() -> None:
    wrong = {
        (row["party"], row["party_level"], row["party_country"])
        for row in rows("agreements.csv")
        if len(resolved(row)) != 1
    }
    assert wrong == set()


def test_every_partner_is_used() -> None:
    used = {party for row in rows("agreements.csv") for party in resolved(row)}
    assert values("partners.csv", "id") - used == set()


def test_claims_of_one_agreement_have_the_same_parties() -> None:
    claims: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for row in rows("agreements.csv"):
        claims[row["agreement_key"], row["source"]].extend(resolved(row))
    members: dict[str, list[str]] = {}
    for (key, _), signed in claims.items():
        assert len(signed) >= 2, key
        assert len(set(signed)) == len(signed), key
        assert members.setdefault(key, sorted(signed)) == sorted(signed), key


def test_rows_of_one_claim_differ_only_in_the_party() -> None:
    of_party = {"party", "party_level", "party_country", "role"}
    shared: dict[tuple[str, str], Row] = {}
    for row in rows("agreements.csv"):
        rest = {column: text for column, text in row.items() if column not in of_party}
        assert shared.setdefault((row["agreement_key"], row["source"]), rest) == rest


def test_the_accord_of_2022_has_eleven_members_in_two_provinces() -> None:
    members = [row for row in rows("agreements.csv") if row["agreement_key"] == ACCORD]
    provinces = Counter(next(iter(resolved(row)))[:2] for row in members)
    assert provinces == {"35": 9, "33": 2}


def test_sources_that_disagree_are_kept_apart() -> None:
    days: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows("agreements.csv"):
        days[row["agreement_key"]].add(row["signed"])
    busan = days["kota-surabaya-busan-sister-city-1994"]
    assert {"1994-08-24", "1994-08-29", "1994-11-10"} <= busan
    assert days["kota-surabaya-seattle-sister-city-1992"] == {"1991", "1992"}
    assert not any("CONFLICT" in row["note"] for row in rows("agreements.csv"))


def test_every_date_is_a_date() -> None:
    for row in rows("agreements.csv"):
        for column in ("signed", "ends", "stated"):
            assert not row[column] or is_date(row[column]), row


def test_relations_lead_to_agreements_and_never_in_a_circle() -> None:
    later: dict[str, set[str]] = defaultdict(set)
    keys = values("agreements.csv", "agreement_key")
    for row in rows("agreements.csv"):
        for column in ("renews", "amends", "implements"):
            if row[column]:
                assert row[column] in keys, row
                later[row["agreement_key"]].add(row[column])
    assert later
    for start in later:
        seen, todo = set(), [start]
        while todo:
            key = todo.pop()
            seen.add(key)
            todo.extend(later.get(key, ()))
            assert start not in later.get(key, ()), start


def test_readme_states_how_much_is_dated() -> None:
    precision: Counter[str] = Counter()
    for row in rows("agreements.csv"):  # a year, a month or a day: the longest text of a key
        precision[row["agreement_key"]] = max(precision[row["agreement_key"]], len(row["signed"]))
    ending = {row["agreement_key"] for row in rows("agreements.csv") if row["ends"]}
    counts = Counter(precision.values())
    text = (DATA / "README.md").read_text(encoding="utf-8")
    found = re.search(
        r"(\d+) agreements have no signing date .* (\d+) only a year; (\d+) say", text
    )
    assert found is not None
    assert [int(n) for n in found.groups()] == [counts[0], counts[4], len(ending)]


def test_readme_states_how_many_parties_there_are() -> None:
    used = {party for row in rows("agreements.csv") for party in resolved(row)}
    text = (DATA / "README.md").read_text(encoding="utf-8")
    assert f"501 spellings, {len(used)} parties" in text
