"""The wheel stands alone: installed outside the checkout, it loads, serves and looks right."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from urllib.request import urlopen

import pytest

from tests.tooling.checkout import ROOT, tracked

pytestmark = pytest.mark.slow
PATIENCE: Final = 120  # seconds; because two cores may be busy with other tests
_LISTENING: Final = re.compile(r"http://127\.0\.0\.1:\d+")

_WHERE: Final = """
import explorer, graph_loader, json
from graph_loader.reference import data_folder
from explorer import create_app
print(json.dumps([explorer.__file__, graph_loader.__file__, str(data_folder()),
                  str(create_app().template_folder)]))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT))
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an environment that holds this wheel and no checkout."""
    home = tmp_path_factory.mktemp("installed")
    venv.create(home, with_pip=False, symlinks=True)
    programs = home / "bin"
    run(
        sys.executable, "-m", "pip", "--python", str(programs / "python"), "install",
        "--no-deps", "--no-index", "--quiet", "--disable-pip-version-check", str(wheel),
    )  # fmt: skip
    # The libraries come from the environment that runs the tests. A plain path does not read that
    # environment's own .pth files, so an editable Simpul in it stays out of sight.
    (site,) = home.glob("lib/python*/site-packages")
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return programs


def outside(tmp_path: Path) -> dict[str, str]:
    """The surroundings of a user: a store of her own, nothing that points to the checkout."""
    hidden = ("SIMPUL_", "PYTHON", "VIRTUAL_ENV", "COV_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(hidden)}
    return kept | {"SIMPUL_STORE": f"sqlite:{tmp_path / 'own.db'}", "PYTHONUTF8": "1"}


def run(*command: str, where: Path | None = None, env: dict[str, str] | None = None) -> str:
    """What a command says; its errors are the test's."""
    done = subprocess.run(
        command, cwd=where, env=env, timeout=PATIENCE, capture_output=True, text=True
    )
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@contextmanager
def served(simpul: Path, where: Path, env: dict[str, str]) -> Iterator[str]:
    """The address of a `simpul serve` on a free port."""
    command = [str(simpul), "serve", "--port", "0"]
    with subprocess.Popen(
        command, cwd=where, env=env | {"PYTHONUNBUFFERED": "1"}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    ) as process:  # fmt: skip
        try:
            assert process.stdout is not None
            said = []
            for line in process.stdout:
                said.append(line)
                if address := _LISTENING.search(line):
                    yield address[0]
                    break
            else:
                pytest.fail("simpul serve ended before it listened:\n" + "".join(said))
        finally:
            process.terminate()


def test_the_wheel_carries_every_page_row_and_style(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    homes = {"templates": "explorer/templates", "data": "graph_loader/data"}
    for path in tracked():
        name = path.relative_to(ROOT).as_posix()
        top, _, rest = name.partition("/")
        if path.name == "rebuild.py" or top not in {"explorer", "graph_loader", *homes}:
            continue
        assert f"{homes.get(top, top)}/{rest}" in held, name


def test_the_wheel_carries_its_licences_and_nothing_of_the_workshop(wheel: Path) -> None:
    held = zipfile.ZipFile(wheel).namelist()
    assert any(name.endswith("licenses/LICENSE") for name in held)
    assert any(name.endswith("licenses/NOTICE") for name in held)
    tops = {name.split("/", 1)[0] for name in held}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"explorer", "graph_loader"}


def test_an_installed_simpul_uses_its_own_pages_and_rows(installed: Path, tmp_path: Path) -> None:
    said = run(
        str(installed / "python"), "-c", _WHERE, where=tmp_path, env=outside(tmp_path)
    )  # fmt: skip
    assert str(ROOT) not in said
    assert "explorer/templates" in said
    assert "graph_loader/data" in said


def test_an_installed_simpul_loads_and_serves(installed: Path, tmp_path: Path) -> None:
    env = outside(tmp_path)
    simpul = installed / "simpul"
    run(str(simpul), "load", "--json", where=tmp_path, env=env)
    assert (tmp_path / "own.db").is_file()
    with served(simpul, tmp_path, env) as address:
        page = fetch(address + "/")
        styles = re.findall(r'href="(/static/[^"]+\.css[^"]*)"', page)
        assert styles, "the page names no style sheet"
        for style in styles:
            assert fetch(address + style.replace("&amp;", "&"))
        with urlopen(address + "/unduh/nota.pdf?daerah=35.15", timeout=PATIENCE) as note:
            printed = note.read()
        assert printed.startswith(b"%PDF")
        assert b"PlusJakartaSans" in printed, "it carries its fonts"


def fetch(address: str) -> str:
    """The text at that address, which must answer 200."""
    with urlopen(address, timeout=PATIENCE) as answer:
        assert answer.status == 200
        text: str = answer.read().decode("utf-8")
        return text
