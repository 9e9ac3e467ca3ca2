"""Every kind of sentence that explains an opportunity, read on the shipped rows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from explorer.reasons import REASONS, SILENT
from explorer.sentences import Speaker
from explorer.service import View
from graph_loader import Language
from tests.explorer.pictures import shipped
from tests.explorer.sentence_table import (
    BOTH,
    DOC,
    document,
    everywhere,
    kinds,
    path_examples,
    path_kinds,
    paths,
    regions,
    told,
)

SOME = 8  # candidates of each ranking and region; because the kinds of names repeat
FOREIGN = {
    "id": {"the", "and", "of", "with", "is", "are", "has", "have", "by", "since", "needs", "works",
           "region", "province", "partner", "partners", "agreement", "agreements", "world", "twin",
           "towns", "both", "already", "too", "there", "not", "recorded", "from", "more", "row"},
    "en": {"dan", "yang", "dengan", "sudah", "belum", "di", "dari", "pernah", "juga", "daerah",
           "provinsi", "mitra", "perjanjian", "tercatat", "sejak", "jadi", "dapat", "punya",
           "seprovinsi", "daftar", "dunia", "baris", "memerlukan", "tetapi", "kepada"},
}  # fmt: skip


@pytest.fixture(scope="module")
def view() -> View:
    return shipped()


def faults(view: View, text: str, named: tuple[str, ...], lang: Language) -> list[str]:
    """What a civil servant would not sign."""
    found = []
    if not text.endswith("."):
        found.append("no full stop")
    if re.search(r"%\(|\bNone\b|  | \.|\.\.|\(\)|\breason\.|\bunused\.", text):
        found.append("something is missing")
    speaker = Speaker(view, lang)
    if missing := [id for id in named if speaker.name(id) not in text]:
        found.append(f"does not name {missing}")
    words = set(re.findall(r"[\w-]+", without_names(view, text, lang).casefold()))
    if foreign := words & FOREIGN[lang]:
        found.append(f"of the other language: {foreign}")
    return found


def without_names(view: View, text: str, lang: Language) -> str:
    """The sentence without the names of parties, places and goods, and without what it quotes."""
    names = view.index.remember(("names", lang), lambda: _names(view, lang), always=True)
    return names.sub(" ", re.sub("“.*?”", " ", text))


def _names(view: View, lang: Language) -> re.Pattern[str]:
    ground = Speaker(view, lang).ground
    names = [ground.name(number, lang) for number in range(ground.count)]
    for good in view.commodities().values():
        names.append(good.name_en if lang == "en" else good.name_id)
    for topic in view.topics():
        names.append(topic.name_en if lang == "en" else topic.name_id)
    longest_first = sorted({name for name in names if name}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)))


def test_every_kind_of_reason_occurs_and_can_be_signed(view: View) -> None:
    seen, wrong = set(), []
    for number in everywhere(view.index):
        for key, reason in told(view.index, number, most=SOME):
            seen.add(key)
            for lang in BOTH:
                text = Speaker(view, lang).reason(reason)
                ends = (reason.parties[0], reason.parties[-1])
                wrong += [(text, fault) for fault in faults(view, text, ends, lang)]
        if seen >= kinds() and number not in regions(view.index):
            break
    assert wrong == []
    assert seen == kinds()


def test_every_kind_of_path_occurs_and_can_be_signed(view: View) -> None:
    wrong = []
    for number in regions(view.index):
        for unused in paths(view.index, number, most=SOME):
            for chain in unused.chains:
                for lang in BOTH:
                    speaker = Speaker(view, lang)
                    texts = [(speaker.unused(chain), chain.parties)]
                    for agreement in view.documents(chain.renewals):
                        texts.append((speaker.renewal(agreement), ()))
                    for text, named in texts:
                        wrong += [(text, fault) for fault in faults(view, text, named, lang)]
    assert wrong == []
    assert set(path_examples(view)) == path_kinds()


def test_every_reason_rests_on_evidence_that_exists(view: View) -> None:
    for number in regions(view.index)[:6]:
        for _, reason in told(view.index, number, most=SOME):
            assert reason.agreements or reason.rows
            assert len(view.documents(reason.agreements)) == len(reason.agreements)
            assert all(row.file and (row.row or row.note) for row in reason.rows)


def test_a_ranking_is_explained_by_its_function_and_in_both_languages() -> None:
    from explorer.i18n import has
    from explorer.rankings import RANKINGS

    for code, ranking in REASONS.items():
        function = RANKINGS.get(code, ranking.score)
        assert function.__doc__, code
        for lang in BOTH:
            assert has(lang, f"reason-name.{code}")
            assert has(lang, f"reason-why.{code}")
    assert RANKINGS.keys() - {"common-partner", "chain", "country"} == SILENT


def test_the_table_of_sentences_is_what_the_shipped_rows_give(view: View) -> None:
    again = "python -m tests.explorer.sentence_table --write"
    assert Path(DOC).read_text(encoding="utf-8") == document(view), f"run {again}"


def test_a_reader_would_notice(view: View) -> None:
    text = "Kabupaten Gresik bekerja sama  with None"
    found = faults(view, text, ("35.25", "35.15"), "id")
    assert [fault.split(" ")[0] for fault in found] == ["no", "something", "does", "of"]
    assert faults(view, "Kabupaten Gresik giat.", ("35.25",), "id") == []
