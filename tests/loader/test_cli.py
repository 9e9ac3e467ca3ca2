"""The command line as a clerk and a script meet it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from explorer.cli import main
from explorer.i18n import LANGUAGES

ROOT = Path(__file__).parents[2]
ROWS = "agreement_key,party,instrument\na,Kota Malang,mou\na,Kota Batu,mou\n"


@pytest.fixture(autouse=True)
def _store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIMPUL_STORE", f"sqlite:{tmp_path / 'store.db'}")


def _run(*words: str) -> Result:
    return CliRunner().invoke(main, ["--lang", "en", *words])


def _file(folder: Path, text: str) -> str:
    path = folder / "rows.csv"
    path.write_text(text)
    return str(path)


def test_load_and_status_as_json() -> None:
    loaded = _run("load", "--json")
    assert loaded.exit_code == 0, loaded.output
    report = json.loads(loaded.stdout)
    assert (report["accepted"], report["rejected"], report["doubtful"]) == (609, 0, 0)
    status = json.loads(_run("status", "--json").stdout)
    assert status["agreements"] == 609
    listed = [source["id"] for source in status["sources"]]
    assert listed == ["reference", "simpul", "twins.simpul"]
    held = status["background"]
    assert (held["links"], held["sources"]) == (1_031, ["twins.simpul"])


KEYS = {"file", "sheet", "row", "column", "value", "code", "why", "fix", "severity"}
SOME = ROWS + "b,Kota Malang,mou\nb,Malang,mou\n"


def test_exit_codes_tell_all_some_and_nothing(tmp_path: Path) -> None:
    assert _run("load", _file(tmp_path, ROWS), "--source", "Biro").exit_code == 0
    some = _run("load", _file(tmp_path, SOME), "--source", "Biro")
    assert some.exit_code == 1
    assert '"Malang" may mean Kabupaten Malang' in some.stdout
    none = _run("load", _file(tmp_path, "agreement_key,party,instrument\n"), "--source", "Biro")
    assert none.exit_code == 2
    assert "there is no agreement" in none.stderr


@pytest.mark.parametrize("command", [["check"], ["load"], ["load", "--dry-run"]])
def test_json_is_one_object_with_every_problem(tmp_path: Path, command: list[str]) -> None:
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(b"%PDF-1.7")
    ran = _run(*command, _file(tmp_path, SOME), str(bad), "--json")
    assert ran.exit_code == 1
    report = json.loads(ran.stdout)
    assert (report["accepted"], report["rejected"], report["doubtful"]) == (1, 2, 0)
    assert all(problem.keys() == KEYS for problem in report["problems"])
    assert [(one["file"], one["row"], one["code"]) for one in report["problems"]] == [
        ("rows.csv", 5, "party-ambiguous"), ("bad.xlsx", 0, "file-not-a-table"),
    ]  # fmt: skip


@pytest.mark.parametrize("command", [["check"], ["load", "--dry-run"]])
def test_a_check_makes_no_store(tmp_path: Path, command: list[str]) -> None:
    assert _run(*command, _file(tmp_path, ROWS)).exit_code == 0
    assert not (tmp_path / "store.db").exists()


def test_a_register_without_a_name_is_loaded_and_told(tmp_path: Path) -> None:
    ran = _run("load", _file(tmp_path, ROWS))
    assert ran.exit_code == 0
    assert "add --source NAME" in ran.stdout
    status = json.loads(_run("status", "--json").stdout)
    assert status.keys() == {
        "store",
        "version",
        "parties",
        "agreements",
        "background",
        "unfinished",
        "sources",
        "loads",
    }
    assert [source["id"] for source in status["sources"]] == ["reference", "register"]


def test_a_complete_load_that_is_not_whole_says_what_it_kept(tmp_path: Path) -> None:
    _run("load", _file(tmp_path, ROWS), "--source", "Biro")
    ran = _run("load", _file(tmp_path, SOME), "--source", "Biro", "--complete")
    assert "nothing was retired" in ran.stdout


def test_problems_corrections_template_and_export_are_files(tmp_path: Path) -> None:
    register = _file(tmp_path, SOME)
    out = {name: str(tmp_path / name) for name in
           ("p.csv", "p.xlsx", "c.xlsx", "t.xlsx", "e.csv")}  # fmt: skip
    assert _run("check", register, "--problems", out["p.csv"]).exit_code == 1
    assert "party-" not in Path(out["p.csv"]).read_text()
    assert "Malang" in Path(out["p.csv"]).read_text(encoding="utf-8-sig")
    ran = _run("check", register, "--problems", out["p.xlsx"], "--corrected", out["c.xlsx"])
    assert ran.stdout.count("Written:") == 2
    assert _run("template", out["t.xlsx"]).exit_code == 0
    again = _run("template", out["t.xlsx"])
    assert again.exit_code == 2
    assert "was not written over" in again.stderr
    _run("load", register)
    assert _run("export", out["e.csv"]).exit_code == 0
    assert _run("check", out["e.csv"]).exit_code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["load", "none.csv", "--source", "x"], "There is no file none.csv."),
        (["load", "a", "--complete"], "Add --source NAME"),
        (["check", "a", "b", "--corrected", "c.xlsx"], "one file only"),
        (["check"], "FILE"),
        (["lod"], "load"),
        (["load", "--jsn"], "--json"),
        (["check", "a", "--source"], "--source"),
        (["serve", "--port", "x"], "--port"),
    ],
)
def test_an_error_is_a_sentence_and_a_way_on(words: list[str], said: str) -> None:
    result = _run(*words)
    assert result.exit_code == 2
    assert said in result.stderr
    assert "Traceback" not in result.output


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_command_helps_in_the_readers_language(lang: str) -> None:
    for words in ([], ["load"], ["check"], ["template"], ["export"], ["status"], ["serve"]):
        helped = CliRunner().invoke(main, ["--lang", lang, *words, "--help"])
        assert helped.exit_code == 0
        assert ("Usage" if lang == "en" else "Pemakaian") in helped.stdout
        assert ("Show this help" if lang == "en" else "Tampilkan bantuan ini") in helped.stdout
        assert len(helped.stdout.splitlines()) <= 24
        assert max(map(len, helped.stdout.splitlines())) <= 80


@pytest.mark.parametrize(
    ("words", "locale", "said"),
    [
        (["status", "--lang", "en"], "", "parties"), (["--lang=en", "status"], "id_ID", "parties"),
        (["status"], "en_GB.UTF-8", "parties"), (["status"], "id_ID.UTF-8", "pihak"),
        (["status"], "C.UTF-8", "pihak"), (["status", "--lang", "id"], "en_GB.UTF-8", "pihak"),
    ],
)  # fmt: skip
def test_the_language_is_asked_for_or_that_of_the_locale(
    monkeypatch: pytest.MonkeyPatch, words: list[str], locale: str, said: str
) -> None:
    for name in ("SIMPUL_LANG", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", locale)
    assert said in CliRunner().invoke(main, words).stdout


def test_another_kind_of_store_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIMPUL_STORE", "mysql://x")
    result = _run("status")
    assert result.exit_code == 2
    assert "sqlite:PATH" in result.stderr


def test_status_does_not_wait_for_the_web() -> None:
    code = "import sys, explorer.cli; print([m for m in ('numpy', 'waitress') if m in sys.modules])"
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "[]"
