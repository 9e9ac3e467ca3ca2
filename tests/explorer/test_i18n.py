"""The sentences: the same in both languages, all of them used, none of them missing."""

from __future__ import annotations

import ast
import datetime as dt
import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from explorer import i18n
from explorer.i18n import LANGUAGES, MissingSentence, catalogue, keys, partial_date, say

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "templates").glob("*.html"))
MODULES = sorted(p for room in ("explorer", "graph_loader") for p in (ROOT / room).rglob("*.py"))
PLACEHOLDER = re.compile(r"%\((\w+)\)s")
KEY = r"[a-z][a-z_-]*(?:\.[a-z0-9_-]+)+"


def forms(lang: str, key: str) -> list[str]:
    message = catalogue(lang).get(key)
    assert message is not None
    sentence = message.string or ""
    return [sentence] if isinstance(sentence, str) else list(sentence)


def python_strings(path: Path) -> tuple[set[str], set[str]]:
    """(whole strings, beginnings of strings that go on with a value)"""
    whole: set[str] = set()
    begun: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            whole.add(node.value)
        if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
            begun.add(str(node.values[0].value))
    return whole, begun


def template_strings(path: Path) -> tuple[set[str], set[str]]:
    text = path.read_text()
    whole = set(re.findall(rf"""["']({KEY})["']""", text))
    begun = set(re.findall(r"""["']([a-z.-]+)["'] ~""", text))
    return whole, begun


def used() -> tuple[set[str], set[str]]:
    found = [python_strings(path) for path in MODULES] + [template_strings(p) for p in TEMPLATES]
    return set().union(*(a for a, _ in found)), set().union(*(b for _, b in found))


def called_with(path: Path, names: Iterable[str]) -> set[str]:
    """The literal keys that a module hands to one of these functions."""
    calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    named = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id in names]
    literals = [arg for call in named for arg in call.args if isinstance(arg, ast.Constant)]
    return {str(arg.value) for arg in literals if re.fullmatch(KEY, str(arg.value))}


def test_both_languages_hold_the_same_keys() -> None:
    assert sorted(keys("id")) == sorted(keys("en"))
    assert len(list(keys("id"))) > 200


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_sentence_is_empty(lang: str) -> None:
    assert [key for key in keys(lang) if not all(form.strip() for form in forms(lang, key))] == []


def test_placeholders_are_the_same_in_both_languages() -> None:
    def names(lang: str, key: str) -> set[str]:
        return {name for form in forms(lang, key) for name in PLACEHOLDER.findall(form)}

    assert [key for key in keys("id") if names("id", key) != names("en", key)] == []


def test_a_percent_sign_is_only_ever_a_placeholder() -> None:
    def wrong(form: str) -> bool:
        return "%" in PLACEHOLDER.sub("", form.replace("%%", ""))

    for lang in LANGUAGES:
        assert [key for key in keys(lang) if any(map(wrong, forms(lang, key)))] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_use_keys_that_exist(path: Path) -> None:
    asked = set(re.findall(r"""["']([^"']+)["']\|t\b""", path.read_text()))
    assert sorted(key for key in asked if not i18n.has("id", key)) == []


def test_modules_use_keys_that_exist() -> None:
    asked = {key for path in MODULES for key in called_with(path, ("say", "linked", "words"))}
    assert sorted(key for key in asked if not i18n.has("id", key)) == []
    assert asked


def test_no_key_is_unused() -> None:
    """A key is used whole, or put together from a beginning that the source holds."""
    whole, begun = used()
    prefixes = tuple(text for text in begun if re.fullmatch(r"[a-z-]+\.[a-z.-]*", text))
    assert [key for key in keys("id") if key not in whole and not key.startswith(prefixes)] == []


def test_a_missing_sentence_is_an_error_here_and_its_key_on_a_server() -> None:
    with pytest.warns(MissingSentence, match=r"id: nothing\.here"):
        assert say("id", "nothing.here") == "nothing.here"


def test_one_and_many() -> None:
    assert [say("en", "unit.agreements", n=n) for n in (0, 1, 2, 1200)] == [
        "0 agreements",
        "1 agreement",
        "2 agreements",
        "1,200 agreements",
    ]
    assert [say("id", "unit.agreements", n=n) for n in (1, 1200)] == [
        "1 perjanjian",
        "1.200 perjanjian",
    ]


@pytest.mark.parametrize(
    ("iso", "indonesian", "english"),
    [
        ("2005", "2005", "2005"),
        ("2005-12", "Desember 2005", "December 2005"),
        ("2005-12-21", "21 Desember 2005", "21 December 2005"),
        ("0987", "0987", "0987"),
    ],
)
def test_a_date_says_as_much_as_is_known(iso: str, indonesian: str, english: str) -> None:
    assert (partial_date("id", iso), partial_date("en", iso)) == (indonesian, english)


def test_a_year_is_no_quantity_and_a_day_is_written_out() -> None:
    day = dt.date(2026, 11, 25)
    assert say("en", "pager.shown", first=1, last=day, total=2026) == "1–25 November 2026 of 2,026"


def test_a_key_in_two_files_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "id").mkdir()
    for name in ("one", "two"):
        (tmp_path / "id" / f"{name}.po").write_text('msgid "a.b"\nmsgstr "c"\n')
    monkeypatch.setattr(i18n, "ROOT", tmp_path)
    with pytest.raises(ValueError, match=r"two\.po: a\.b"):
        catalogue.__wrapped__("id")
