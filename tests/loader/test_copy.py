"""A whole store into another: compared by what it holds, and told in both languages."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from click.testing import CliRunner, Result

from explorer.cli import main
from explorer.i18n import LANGUAGES
from graph_loader.errors import BadInput, StoreRefused
from graph_loader.store import copy as copying
from graph_loader.store import sqlite_restore
from graph_loader.store.base import Progress, Scan
from graph_loader.store.copy import Content, content_checksum, copy_store
from graph_loader.store.sqlite import SqliteStore
from tests.contract.answers import answers
from tests.contract.test_restore import fill
from tests.loader.sizes import generated
from tests.worlds import GRESIK, OSAKA, agreement, batch, umbrella_world

ROOT = Path(__file__).parents[2]
T = TypeVar("T")


@pytest.fixture
def source(tmp_path: Path) -> Iterator[SqliteStore]:
    """A store with something of every kind."""
    store = SqliteStore(tmp_path / "from.db")
    fill(store)
    yield store
    store.close()


@pytest.fixture
def target(tmp_path: Path) -> Iterator[SqliteStore]:
    """An empty store."""
    store = SqliteStore(tmp_path / "to.db")
    yield store
    store.close()


# content --------------------------------------------------------------------------------


def test_a_copy_has_the_content_of_the_original(source: SqliteStore, target: SqliteStore) -> None:
    empty = target.scan(content_checksum)
    copied = copy_store(source, target)
    assert copied == source.scan(content_checksum) == target.scan(content_checksum)
    assert copied.checksum != empty.checksum
    assert empty[:-1] == (0,) * 9
    assert (copied.parties, copied.agreements) == (11, 8)
    assert (copied.loads, copied.version) == (source.loads().total, source.version())
    assert copied.problems == sum(load.problems for load in source.loads(limit=500).items)
    assert min(copied[:-1]) > 0
    assert re.fullmatch("[0-9a-f]{32}", copied.checksum)


TAMPERED = {
    "a name that is shown": "UPDATE party SET name_id = 'X' WHERE id = '35'",
    "a party's place": "UPDATE party SET lat = 1.5 WHERE id = 'guest'",
    "a day that is shown": "UPDATE agreement SET ends_last = ends_last + 1",
    "the order of signing": (
        "UPDATE signed SET party = (SELECT max(party) FROM signed s WHERE"
        " s.agreement = signed.agreement) WHERE position = 0"
    ),
    "a topic": "DELETE FROM addresses WHERE topic = '2.1'",
    "a border": "UPDATE border SET body = replace(body, '20.0', '20.1')",
    "a need": "UPDATE flow SET body = replace(body, '2.5', '2.4')",
    "where a place lies": "UPDATE place SET lon = lon + 0.5 WHERE id = 'ueda.jp'",
    "a background link": "DELETE FROM background",
    "a source's licence": "UPDATE source SET licence = 'CC0' WHERE id = 'one'",
    "when a load ran": "UPDATE load SET finished = '2026-01-01T00:00:00+00:00' WHERE id = 2",
    "the order of problems": "UPDATE problem SET n = 5 WHERE n = 0",
    "a problem's parameters": 'UPDATE problem SET params = \'[["n", "3"]]\' WHERE n = 1',
    "what a load did": "UPDATE change SET what = 'changed' WHERE what = 'retired'",
    "what a source says": "UPDATE statement SET body = replace(body, 'hasil', 'Hasil')",
    "which load brought it": "UPDATE statement SET load = 1 WHERE load = 3",
    "an earlier id": "UPDATE alias SET target = 'later' WHERE alias = 'before'",
    "the version": "UPDATE meta SET value = '99' WHERE key = 'version'",
}


@pytest.mark.parametrize("what", TAMPERED)
def test_no_difference_escapes_the_checksum(source: SqliteStore, tmp_path: Path, what: str) -> None:
    before = source.scan(content_checksum)
    with sqlite3.connect(tmp_path / "from.db") as file:
        assert file.execute(TAMPERED[what]).rowcount > 0
    file.close()
    assert source.scan(content_checksum).checksum != before.checksum


def test_the_content_does_not_tell_which_store_it_is(tmp_path: Path) -> None:
    found = set()
    for name in ("a.db", "b.db"):
        store = SqliteStore(tmp_path / name)
        found.add(store.scan(content_checksum))
        store.close()
    assert len(found) == 1


# what goes wrong ------------------------------------------------------------------------


class _Forgetful(SqliteStore):
    """A store that loses something of what it is given."""

    losing = ""

    def restore(self, scan: Scan, progress: Progress | None = None) -> None:
        super().restore(scan, progress)
        with sqlite3.connect(self._path) as file:
            file.execute(self.losing)
        file.close()


@pytest.mark.parametrize(
    ("losing", "what"),
    [
        ("DELETE FROM alias WHERE alias = 'before'", "aliases 2/1"),
        (TAMPERED["a need"], "checksum [0-9a-f]{32}/[0-9a-f]{32}"),
    ],
    ids=["a count", "a value"],
)
def test_a_copy_that_lost_something_is_told(
    source: SqliteStore, tmp_path: Path, losing: str, what: str
) -> None:
    target = _Forgetful(tmp_path / "to.db")
    target.losing = losing
    with pytest.raises(StoreRefused, match="copy-differs") as refused:
        copy_store(source, target)
    assert re.fullmatch(what, str(refused.value.params["what"]))
    target.close()


class _Restless(SqliteStore):
    """A store that somebody loads into just after it was read, and that is then read anew."""

    meanwhile: Callable[[], object]

    def scan(self, read: Callable[[Scan], T]) -> T:
        super().scan(read)
        self.meanwhile()
        return super().scan(read)


def test_a_copy_is_of_one_version_though_it_is_read_twice(
    source: SqliteStore, target: SqliteStore, tmp_path: Path
) -> None:
    restless = _Restless(tmp_path / "from.db")
    restless.meanwhile = lambda: source.write(batch([agreement("x", GRESIK, OSAKA)], source="x"))
    before = source.scan(content_checksum)
    assert copy_store(restless, target) == before == target.scan(content_checksum)
    assert source.version() == before.version + 1
    restless.close()


def test_a_target_in_use_is_told_before_anything_is_counted(
    source: SqliteStore, target: SqliteStore
) -> None:
    target.write(umbrella_world())
    told: list[object] = []
    with pytest.raises(BadInput, match="copy-not-empty"):
        copy_store(source, target, lambda *step: told.append(step))
    assert told == []


def test_a_damaged_original_is_told_as_such(target: SqliteStore, tmp_path: Path) -> None:
    path = tmp_path / "damaged.db"
    store = SqliteStore(path)
    store.write(generated(300, 50))
    store.close()
    content = bytearray(path.read_bytes())
    content[len(content) // 4 :] = os.urandom(len(content) - len(content) // 4)
    path.write_bytes(content)
    damaged = SqliteStore(path)
    with pytest.raises(StoreRefused, match="store-damaged") as refused:
        damaged.scan(target.restore)
    assert refused.value.params["path"] == str(path)
    assert target.scan(content_checksum)[:-1] == (0,) * 9
    damaged.close()


CHILD = """
import os, signal, sys
from pathlib import Path
from graph_loader.store.copy import copy_store
from graph_loader.store.sqlite import SqliteStore
def die(stage, done, total):
    if stage == "copy" and done > 2_000:
        os.kill(os.getpid(), signal.SIGKILL)
copy_store(SqliteStore(Path(sys.argv[1])), SqliteStore(Path(sys.argv[2])), die)
"""


def test_a_copy_that_is_killed_leaves_an_empty_store(tmp_path: Path) -> None:
    source = SqliteStore(tmp_path / "from.db")
    source.write(generated(2_000, 100))
    killed = subprocess.run(
        [sys.executable, "-c", CHILD, str(tmp_path / "from.db"), str(tmp_path / "to.db")],
        cwd=ROOT, check=False,
    )  # fmt: skip
    assert killed.returncode == -9
    target = SqliteStore(tmp_path / "to.db")
    assert target.scan(content_checksum)[:-1] == (0,) * 9
    assert copy_store(source, target).agreements == 2_000
    source.close()
    target.close()


def test_memory_does_not_grow_with_the_agreements(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_restore, "CHUNK", 100)
    monkeypatch.setattr(copying, "_ROWS_AT_ONCE", 100)
    peaks = []
    for count in (1_000, 4_000):
        source = SqliteStore(tmp_path / f"from-{count}.db")
        source.write(generated(count, 50))
        _peak(source, tmp_path / f"first-{count}.db")  # fills what is kept of dates and topics
        peaks.append(_peak(source, tmp_path / f"to-{count}.db"))
        source.close()
    assert peaks[1] < 1.3 * peaks[0]


def _peak(source: SqliteStore, path: Path) -> int:
    """Bytes that Python held at once while copying."""
    target = SqliteStore(path)
    tracemalloc.start()
    try:
        copy_store(source, target)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
        target.close()


# the command ----------------------------------------------------------------------------


def _run(*words: str) -> Result:
    return CliRunner().invoke(main, ["copy", *words])


def _ends(folder: Path) -> tuple[str, ...]:
    return "--from", f"sqlite:{folder / 'from.db'}", "--to", f"sqlite:{folder / 'to.db'}"


def test_the_command_copies_and_tells_in_json(source: SqliteStore, tmp_path: Path) -> None:
    before = answers(source)
    ran = _run(*_ends(tmp_path), "--json")
    assert ran.exit_code == 0, ran.output
    told = json.loads(ran.stdout)
    assert told.keys() == {"from", "to", *Content._fields}
    target = SqliteStore(tmp_path / "to.db")
    assert answers(target) == before == answers(source)
    assert told["checksum"] == target.scan(content_checksum).checksum
    target.close()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_command_tells_counts_and_the_checksum(
    source: SqliteStore, tmp_path: Path, lang: str
) -> None:
    ran = _run(*_ends(tmp_path), "--lang", lang)
    assert ran.exit_code == 0, ran.output
    content = source.scan(content_checksum)
    numbers = {int(number) for number in re.findall(r": (\d+)[;.]", ran.stdout)}
    assert set(content[1:-1]) <= numbers
    assert content.checksum in ran.stdout
    assert ran.stderr == ""  # nobody watches a bar here


def test_the_help_says_that_both_ends_share_one_access() -> None:
    ran = _run("--help", "--lang", "en")
    text = " ".join(ran.output.split())
    assert "share one user, password and database name" in text
    assert "--from ADDRESS" in text


def test_the_same_store_by_two_names_is_refused(source: SqliteStore, tmp_path: Path) -> None:
    (tmp_path / "other-name.db").symlink_to(tmp_path / "from.db")
    for name in ("from.db", "other-name.db"):
        ran = _run(*_ends(tmp_path)[:2], "--to", f"sqlite:{tmp_path / name}", "--lang", "en")
        assert (ran.exit_code, ran.stdout) == (2, "")
        assert "one and the same store" in ran.stderr


def test_nothing_to_copy_makes_no_file(tmp_path: Path) -> None:
    ran = _run(*_ends(tmp_path), "--lang", "en")
    assert ran.exit_code == 2
    assert "There is no store at" in ran.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_store_that_holds_something_stays_as_it_is(
    source: SqliteStore, target: SqliteStore, tmp_path: Path
) -> None:
    target.write(umbrella_world())
    before = answers(target)
    ran = _run(*_ends(tmp_path), "--lang", "en")
    assert ran.exit_code == 2
    assert "nothing was copied" in ran.stderr
    assert answers(target) == before


def test_an_end_left_out_is_asked_for(tmp_path: Path) -> None:
    ran = _run(*_ends(tmp_path)[:2], "--lang", "en")
    assert ran.exit_code == 2
    assert "--to" in ran.stderr
