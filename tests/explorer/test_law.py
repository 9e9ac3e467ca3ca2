"""What the law says: each rule on a pair where it speaks, and on one where it must be silent."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from explorer.i18n import LANGUAGES
from explorer.index import Index
from explorer.law import EFFECTS, RULES, UNTOLD, Finding, advice, advice_words
from explorer.law.authority import subject
from graph_loader import BadInput, Direction, Level, NotFound, TopicTag, legal
from graph_loader.model import Border, Flow, Instrument, StatedAgreement, make_party
from tests.effort import calls
from tests.explorer import law_table
from tests.worlds import (
    EAST_JAVA,
    EVERYONE,
    GRESIK,
    HOME,
    ITS,
    JAPAN,
    KOCHI,
    OSAKA,
    SIDOARJO,
    SURABAYA,
    agreement,
    batch,
    index_of,
    store_of,
)

DAY = date(2026, 11, 25)
PASURUAN = make_party("35.14", "Kabupaten Pasuruan", "Pasuruan Regency", "kabupaten", "id", "35")
CENTRAL_JAVA = make_party("33", "Provinsi Jawa Tengah", "Central Java Province", "province")
BLORA = make_party("33.16", "Kabupaten Blora", "Blora Regency", "kabupaten", "id", "33")
PREFECTURE = make_party("ehime-jp", "Ehime", "Ehime", "foreign_local", "jp", "jp", "prefecture")
CITY = make_party("kobe-jp", "Kobe", "Kobe", "foreign_local", "jp", "jp", "city")
TAINAN = make_party("tainan-tw", "Tainan", "Tainan", "foreign_local", "tw", "tw", "city")
UNESCO = make_party("unesco", "UNESCO", "UNESCO", "foreign_institution", "", "", "international")
MAKER = make_party("maker-jp", "Maker", "Maker", "foreign_institution", "jp", "jp", "company")
BANK = make_party("bank", "Bank Jatim", "Bank Jatim", "third_party", "id", "id", "bank")
CHARITY = make_party("charity", "Yayasan", "Charity", "third_party", "id", "id", "ngo")
MINISTRY = make_party("moa", "Kementan", "Ministry", "central_agency", "id", "id", "ministry")
NEW = (
    PASURUAN, CENTRAL_JAVA, BLORA, PREFECTURE, CITY, TAINAN, UNESCO, MAKER, BANK, CHARITY, MINISTRY,
)  # fmt: skip


def about(stated: StatedAgreement, *topics: str) -> StatedAgreement:
    """The same agreement, addressing topics."""
    (claim,) = stated.claims
    tags = tuple(TopicTag(topic) for topic in topics)
    return replace(stated, claims=(replace(claim, topics=tags),))


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """Neighbours Gresik – Surabaya – Sidoarjo – Pasuruan – Blora, and who signed what with whom.

    Gresik, Surabaya and Sidoarjo sit in one forum; Surabaya–Kobe runs since 1997 on SDG 11;
    Sidoarjo's MoU with Kobe and its PKS with ITS have lapsed; Gresik wrote Kobe a letter of
    intent and saw Kochi on a mission; Surabaya and Blora have a kesepakatan bersama.
    """
    signed = [
        agreement("forum", GRESIK, SURABAYA, SIDOARJO, instrument=Instrument.FORUM, signed="2020"),
        about(agreement("sister", SURABAYA, CITY, signed="1997-06-23"), "11.4"),
        about(agreement("other", EAST_JAVA, PREFECTURE, signed="2021"), "11"),
        about(agreement("plan", SIDOARJO, KOCHI, signed="2021", status="exploration"), "11"),
        agreement("old", SIDOARJO, CITY, signed="2005", ends="2010"),
        agreement("study", SIDOARJO, ITS, instrument=Instrument.PKS, signed="2010", ends="2015"),
        agreement("letter", GRESIK, CITY, instrument=Instrument.LOI, signed="2021"),
        agreement("trip", GRESIK, KOCHI, instrument=Instrument.MISI_DAGANG, signed="2021"),
        agreement("joint", SURABAYA, BLORA, instrument=Instrument.KESEPAKATAN_BERSAMA),
        agreement("work", SURABAYA, PASURUAN, instrument=Instrument.PKS, signed="2024"),
    ]
    borders = [
        Border("35.25", "35.78"), Border("35.15", "35.78"), Border("35.14", "35.15"),
        Border("33.16", "35.14", "land_cross_province"),
    ]  # fmt: skip
    flows = [
        Flow("n", "35.78", Direction.NEED, "rice", basis="gap"),
        Flow("o", "ehime-jp", Direction.OFFER, "rice", basis="surplus"),
    ]
    parties = (*(party for party in EVERYONE if party.id != CITY.id), *NEW)
    world = batch(signed, parties=parties, borders=borders, flows=flows)
    return index_of(store_of(tmp_path_factory.mktemp("law"), world))


Pair = tuple[str, str, tuple[str, ...]]


def pair(region: str, party: str, *topics: str) -> Pair:
    return region, party, topics


SPEAKS: dict[str, list[tuple[Pair, str]]] = {
    "R01": [(pair("35.78", "tainan-tw"), "r01")],
    "R02": [
        (pair("35.78", "35.14", "pendidikan menengah"), "r02.province"),
        (pair("35.78", "35.14", "SMA dan SMK"), "r02.province"),
        (pair("35.78", "35.14", "7.2"), "r02.province"),
        (pair("35.78", "35.14", "oil and gas"), "r02.central"),
        (pair("35.78", "35.14", "4"), "r02.part"),
    ],
    "R05": [(pair("35.78", "kobe-jp"), "r05")],
    "R06": [
        (pair("35.78", "ehime-jp"), "r06.regency"),
        (pair("35", "kobe-jp"), "r06.province"),
    ],
    "R07": [(pair("35.78", "ehime-jp"), "r07")],
    "R08": [(pair("35.78", "kobe-jp", "seni"), "r08")],
    "R09": [(pair("35.78", "kobe-jp", "9.5"), "r09")],
    "R10": [(pair("35.15", "35.14"), "r10"), (pair("35.14", "33.16"), "r10")],
    "R11": [(pair("35.25", "33.16"), "r11")],
    "R12": [
        (pair("35.15", "35.14"), "r12.governor"),
        (pair("35.14", "33.16"), "r12.centre"),
    ],
    "R13": [
        (pair("35.25", "35.14"), "r13.province"),
        (pair("35.25", "33.16"), "r13.national"),
        (pair("35", "33"), "r13.national"),
        (pair("35", "35.25"), "r13.national"),
    ],
    "R14": [(pair("35.25", "its"), "r14"), (pair("35.25", "33.16"), "r14")],
    "R15": [(pair("35.25", "unesco"), "r15")],
    "R16": [(pair("35.25", "kobe-jp"), "r16")],
    "R17": [(pair("35.25", "kochi-jp"), "r17")],
    "R18": [(pair("35.25", "its"), "r18")],
    "R19": [
        (pair("35.25", "bank"), "r19.business"),
        (pair("35.25", "charity"), "r19.organisation"),
        (pair("35.25", "its"), "r19.other"),
    ],
    "R20": [(pair("35.25", "unesco"), "r20"), (pair("35.25", "maker-jp"), "r20.other")],
    "R21": [(pair("35.25", "moa"), "r21")],
    "R22": [(pair("35.78", "kobe-jp"), "r22")],
    "R23": [(pair("35.15", "kobe-jp"), "r23"), (pair("35.15", "its"), "r23.third-party")],
    "R24": [(pair("35.25", "unesco"), "r24")],
    "R25": [(pair("35.25", "its"), "r25.governor"), (pair("35", "its"), "r25.minister")],
    "R26": [(pair("35.25", "35.78"), "r26")],
    "R27": [(pair("35.25", "35.15"), "r27")],
    "R28": [(pair("35.78", "kobe-jp"), "r28")],
    "R29": [(pair("35.78", "ehime-jp"), "r29")],
}
SILENT: dict[str, list[Pair]] = {
    "R01": [pair("35.78", "kobe-jp"), pair("35.78", "unesco"), pair("35.78", "its")],
    "R02": [
        pair("35.78", "35.14"),
        pair("35.78", "35.14", "sekolah menengah pertama"),
        pair("35.78", "35.14", "perikanan budidaya"),
        pair("35.78", "35.14", "taman hutan raya"),
        pair("35.78", "35.14", "2.1", "kesehatan"),
        pair("35.78", "35", "pendidikan menengah"),
        pair("35", "33", "pendidikan menengah"),
    ],
    "R05": [pair("35.78", "moa")],
    "R06": [pair("35", "ehime-jp"), pair("35.78", "kobe-jp"), pair("35.78", "osaka-jp")],
    "R07": [pair("35.25", "ehime-jp"), pair("35.78", "kobe-jp")],
    "R08": [pair("35.78", "kobe-jp", "9.5"), pair("35.78", "its", "seni")],
    "R09": [pair("35.78", "kobe-jp", "seni"), pair("35.78", "its", "9.5")],
    "R10": [pair("35.25", "35.78"), pair("35.25", "35.14"), pair("35.25", "kobe-jp")],
    "R11": [pair("35.15", "35.14"), pair("35.25", "kobe-jp")],
    "R12": [pair("35.25", "35.78"), pair("35.25", "35.14")],
    "R13": [pair("35.25", "kobe-jp"), pair("35.25", "its")],
    "R14": [pair("35.25", "kobe-jp"), pair("35.25", "moa")],
    "R15": [pair("35.25", "its"), pair("35.25", "35.14"), pair("35.25", "moa")],
    "R16": [pair("35.25", "its")],
    "R17": [pair("35.25", "kobe-jp"), pair("35.78", "kobe-jp"), pair("35.25", "its")],
    "R18": [pair("35.25", "35.14"), pair("35.25", "maker-jp")],
    "R19": [pair("35.25", "maker-jp"), pair("35.25", "moa")],
    "R20": [pair("35.25", "kobe-jp"), pair("35.25", "bank")],
    "R21": [pair("35.25", "its")],
    "R22": [pair("35.15", "kobe-jp"), pair("35.25", "kobe-jp")],
    "R23": [pair("35.78", "kobe-jp"), pair("35.25", "kobe-jp")],
    "R24": [pair("35.25", "its")],
    "R25": [pair("35.25", "moa")],
    "R26": [pair("35.78", "35.14"), pair("35.25", "35.15"), pair("35.78", "33.16")],
    "R27": [pair("35.78", "33.16"), pair("35.15", "35.14")],
    "R28": [pair("35.25", "35.78"), pair("35.15", "kobe-jp"), pair("35.78", "33.16")],
    "R29": [pair("35.25", "ehime-jp"), pair("35.15", "ehime-jp")],
}


def findings(index: Index, asked: Pair, rule: str) -> list[Finding]:
    region, party, topics = asked
    found = advice(index, region, party, DAY, topics).findings
    return [finding for finding in found if finding.rule == rule]


@pytest.mark.parametrize(
    ("rule", "asked", "code"), [(r, p, c) for r, cases in SPEAKS.items() for p, c in cases]
)
def test_a_rule_speaks_where_it_must(index: Index, rule: str, asked: Pair, code: str) -> None:
    assert [finding.code for finding in findings(index, asked, rule)] == [code]


@pytest.mark.parametrize(("rule", "asked"), [(r, p) for r, cases in SILENT.items() for p in cases])
def test_a_rule_is_silent_where_it_must(index: Index, rule: str, asked: Pair) -> None:
    assert findings(index, asked, rule) == []


def test_every_rule_of_the_list_is_a_function_or_has_a_reason_why_not() -> None:
    assert RULES.keys() & UNTOLD.keys() == set()
    assert RULES.keys() | UNTOLD.keys() == legal.rules().keys()
    assert SPEAKS.keys() == SILENT.keys() == RULES.keys()
    assert all(len(why.split()) > 5 for why in UNTOLD.values())


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_names_its_article(rule: str) -> None:
    told = " ".join((RULES[rule].__doc__ or "").split())
    assert legal.rules()[rule].citation.id in told


def test_what_no_register_can_tell_is_asked_of_a_partner_abroad_only(index: Index) -> None:
    def asked(party: str) -> set[str]:
        found = advice(index, "35.25", party, DAY).findings
        return {finding.rule for finding in found if finding.code.startswith("ask.")}

    assert asked("kobe-jp") == asked("unesco") == set(UNTOLD)
    assert asked("its") == asked("35.14") == asked("moa") == set()


def test_no_diplomatic_relations_block_and_leave_only_a_question(index: Index) -> None:
    found = advice(index, "35.78", "tainan-tw", DAY)
    assert found.is_blocked
    assert found.findings[0].effect == "blocks"
    assert (found.next_step.why, found.next_step.number) == ("ask", 3)
    assert not advice(index, "35.78", "kobe-jp", DAY).is_blocked


def test_a_topic_of_the_province_is_routed_to_it(index: Index) -> None:
    (finding,) = findings(index, pair("33.16", "kobe-jp", "secondary education"), "R02")
    assert finding.effect == "re-routes"
    assert "UU 23/2014 Lampiran huruf A" in finding.article
    assert finding.text_status == "own"
    assert advice(index, "33.16", "kobe-jp", DAY, ["secondary education"]).route == "33"
    assert advice(index, "33.16", "kobe-jp", DAY, ["kesehatan"]).route == ""


def test_the_track_follows_the_party(index: Index) -> None:
    parties = ("35.14", "its", "kobe-jp", "unesco", "moa", "jp")
    tracks = [advice(index, "35.25", party, DAY).track for party in parties]
    assert tracks == ["KSDD", "KSDPK", "KSDPL", "KSDLL", "sinergi", "KSDLL"]


@pytest.mark.parametrize(
    ("region", "party", "day", "number", "why", "after"),
    [
        ("35.25", "ehime-jp", DAY, 1, "first", ""),
        ("35.25", "kochi-jp", DAY, 3, "after", "trip"),
        ("35.25", "kobe-jp", DAY, 5, "after", "letter"),
        ("35.15", "kochi-jp", DAY, 3, "after", "plan"),
        ("35.15", "kobe-jp", DAY, 5, "renewal", "old"),
        ("35.15", "kobe-jp", date(2010, 12, 31), 12, "running", "old"),
        ("35.78", "kobe-jp", DAY, 12, "running", "sister"),
        ("35.25", "its", DAY, 1, "first", ""),
        ("35.15", "its", DAY, 3, "renewal", "study"),
        ("35.78", "33.16", DAY, 5, "after", "joint"),
        ("35.78", "35.14", DAY, 8, "running", "work"),
        ("35.25", "moa", DAY, 0, "first", ""),
    ],
)
def test_the_next_step_follows_from_what_is_recorded(
    index: Index, region: str, party: str, day: date, number: int, why: str, after: str
) -> None:
    step = advice(index, region, party, day).next_step
    assert (step.number, step.why, step.after) == (number, why, after)


def test_the_stages_of_a_track_are_those_of_the_list(index: Index) -> None:
    abroad, home = (advice(index, "35.25", party, DAY).steps for party in ("kobe-jp", "its"))
    assert [step.number for step in abroad] == list(range(1, 14))
    assert [step.name_id for step in home][:2] == ["persiapan", "penawaran"]
    assert [step.text_status for step in home][-3:] == ["own", "own", "own"]
    assert advice(index, "35.25", "moa", DAY).steps == ()


def test_documents_are_those_of_the_track(index: Index) -> None:
    def fields(party: str) -> set[str]:
        return {field.name_en for field in advice(index, "35.25", party, DAY).documents}

    assert "background" in fields("kobe-jp")
    assert "sanctions" not in fields("kobe-jp")
    assert {"term", "sanctions"} <= fields("its")
    assert {"term", "sanctions"}.isdisjoint(fields("35.14"))
    assert "signatory" in fields("kobe-jp") & fields("its") & fields("35.14") & fields("moa")


def test_findings_come_gravest_first(index: Index) -> None:
    found = advice(index, "35.15", "35.14", DAY, ["pendidikan menengah"]).findings
    ranks = [EFFECTS.index(finding.effect) for finding in found]
    assert ranks == sorted(ranks)
    assert found[0].effect == "re-routes"


def test_a_party_that_the_index_lacks_is_told_of_too(index: Index) -> None:
    stranger = make_party("naha", "Naha", "Naha", "foreign_local", "tw", "tw", "city")
    found = advice(index, "35.25", stranger, DAY)
    assert found.is_blocked
    assert found.track == "KSDPL"


def test_only_a_region_that_is_known_may_ask(index: Index) -> None:
    with pytest.raises(BadInput):
        advice(index, "kobe-jp", "35.25", DAY)
    with pytest.raises(NotFound):
        advice(index, "99.99", "kobe-jp", DAY)
    with pytest.raises(NotFound):
        advice(index, "35.25", "nowhere", DAY)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_pair_is_told_in_words(index: Index, lang: str) -> None:
    regions = [party for party in index.parties if party.level in Level and party.id[0].isdigit()]
    topics = ("pendidikan menengah", "oil and gas", "14", "7.1", "seni", "9.5")
    for region, party in product(regions, index.parties):
        found = advice(index, region.id, party, DAY, topics)
        told = advice_words(index, found, "en" if lang == "en" else "id")
        for line in told.findings:
            assert line.citation, line
            assert line.sentence.endswith((".", "?")), line
            assert not re.search(r"\bid=|%\(|\{|\bjp\b|35\.\d", line.sentence), line
        assert told.guidance
        assert told.next_step.sentence.endswith(".")


def test_no_english_stands_in_indonesian_citations() -> None:
    cited = [
        thing.citation
        for things in (legal.rules().values(), legal.stages(), legal.required_fields())
        for thing in things
    ] + [matter.citation for matter in legal.matters()]
    english = re.compile(r"\b(and|Article|Annex|its|repealed|revoked|earlier|Part)\b")
    indonesian = re.compile(r"\b(dan|Pasal|Lampiran|ayat|huruf|dicabut|penjelasannya)\b")
    assert [c for c in cited if english.search(c.id)] == []
    assert [c for c in cited if indonesian.search(c.en)] == []
    assert [c for c in cited if bool(c.id) is not bool(c.en)] == []


@pytest.mark.parametrize(
    ("topic", "urusan", "holder"),
    [
        ("SMK", "WPD-01", "province"),
        ("vocational secondary school", "WPD-01", "province"),
        ("sekolah menengah atas", "WPD-01", "province"),
        ("konservasi laut", "PIL-01", "province"),
        ("taman nasional", "PIL-04", "central"),
        ("gas bumi", "PIL-05", "central"),
        ("solar power", "PIL-05", "province"),
    ],
)
def test_words_name_the_matter_and_its_holder(topic: str, urusan: str, holder: str) -> None:
    assert [(c.urusan, c.holder) for c in subject((topic,)).concerns] == [(urusan, holder)]


@pytest.mark.no_cover  # because it is counted what the product does, not the tracer
def test_advice_looks_at_nothing_but_the_pair(index: Index) -> None:
    """Once the index knows the day, a list of sixty costs sixty times what one pair costs."""
    parties = [party.id for party in index.parties if party not in (HOME, JAPAN, OSAKA)][:15]

    def ask() -> None:
        for id in parties:
            advice(index, "35.78", id, DAY, ("7.2", "seni"))

    ask()
    assert calls(ask) < 250 * len(parties)


def test_the_document_holds_every_rule_and_basis() -> None:
    text = law_table.DOCUMENT.read_text(encoding="utf-8")
    assert law_table.filled(text) == text
    assert all(f"| {rule} |" in text for rule in legal.rules())
