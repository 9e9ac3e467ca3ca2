"""The command line as a clerk and a script meet it."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from explorer.cli import main
from explorer.i18n import LANGUAGES, has

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
    assert [source["id"] for source in status["sources"]] == ["reference", "simpul"]


def test_exit_codes_tell_all_some_and_nothing(tmp_path: Path) -> None:
    good = ROWS + "b,Kota Malang,mou\nb,Malang,mou\n"
    assert _run("load", _file(tmp_path, ROWS), "--source", "Biro").exit_code == 0
    some = _run("load", _file(tmp_path, good), "--source", "Biro")
    assert some.exit_code == 1
    assert 'rows.csv row 5: "Malang" may mean' in some.stdout
    none = _run("load", _file(tmp_path, "agreement_key,party,instrument\n"), "--source", "Biro")
    assert none.exit_code == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["load", "none.csv", "--source", "x"], "There is no file none.csv."),
        (["load", "none.csv"], "Add --source NAME"),
        (["load", "a", "b", "--source", "x", "--complete"], "one file only"),
        (["lod"], "load"),
        (["load", "--jsn"], "--json"),
    ],
)
def test_an_error_is_a_sentence_and_a_way_on(words: list[str], said: str) -> None:
    result = _run(*words)
    assert result.exit_code == 2
    assert said in result.stderr
    assert "Traceback" not in result.output


def test_another_kind_of_store_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIMPUL_STORE", "mysql://x")
    result = _run("status")
    assert result.exit_code == 2
    assert "sqlite:PATH" in result.stderr


def test_help_fits_a_screen() -> None:
    assert len(_run("--help").stdout.splitlines()) <= 24


def test_status_does_not_wait_for_the_web() -> None:
    code = "import sys, explorer.cli; print([m for m in ('numpy', 'waitress') if m in sys.modules])"
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "[]"


def _raised() -> set[str]:
    """The keys of every code that the loader raises or records, read from its source."""
    keys = set()
    for path in (ROOT / "graph_loader").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name = ast.unparse(node.func)
                code = str(node.args[0].value)
                if name in {"BadInput", "StoreRefused", "StoreUnavailable", "NotFound",
                            "LoadBusy", "Moved"}:  # fmt: skip
                    keys.add(f"error.{code}")
                elif name in {"Problem", "self._problem"}:
                    keys |= {f"problem.{code}", f"problem.{code}.fix"}
    text = (ROOT / "graph_loader/assemble.py").read_text()
    for code in re.findall(r'"((?:party|key)-[a-z]+)"', text):
        keys |= {f"problem.{code}", f"problem.{code}.fix"}
    return keys


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_code_has_its_sentence(lang: str) -> None:
    keys = _raised()
    assert len(keys) > 40
    assert sorted(key for key in keys if not has(lang, key)) == []
