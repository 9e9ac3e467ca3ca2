"""Each index is built once on a machine; what is saved is the same as what is built."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Final, TypeVar

import pytest

from explorer.index import Arrays, layout
from explorer.library import Library, index_of
from explorer.shelf import Shelf
from graph_loader.errors import StoreUnavailable
from graph_loader.store.base import Scan
from tests.explorer.fickle import LARGE, FickleStore
from tests.explorer.test_index import told
from tests.worlds import EVERYONE, GRESIK, KOBE, agreement, batch, umbrella_world

ROOT: Final = Path(__file__).parents[2]
T = TypeVar("T")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[FickleStore]:
    with closing(FickleStore(tmp_path / "world.db")) as opened:
        opened.write(umbrella_world())
        yield opened


def library(store: FickleStore, tmp_path: Path) -> Library:
    """As a process of its own would have it."""
    return Library(store, Shelf(tmp_path / "cache"))


def more(store: FickleStore, id: str = "new") -> None:
    store.write(batch([agreement(id, GRESIK, KOBE)], parties=EVERYONE, source=id))


def plain(arrays: Arrays) -> dict[str, tuple[str, bytes]]:
    return {name: (array.dtype.str, array.tobytes()) for name, array in arrays.items()}


def test_what_one_has_built_another_opens(store: FickleStore, tmp_path: Path) -> None:
    built = library(store, tmp_path).of(store.state())
    opened = library(store, tmp_path).of(store.state())
    assert store.scans == 1
    assert opened.is_of(store.state())
    assert plain(opened.index.arrays) == plain(built.index.arrays)
    told(store, opened.index)


def test_each_content_is_built_anew(store: FickleStore, tmp_path: Path) -> None:
    first = library(store, tmp_path).of(store.state())
    more(store)
    assert not first.is_of(store.state())
    second = library(store, tmp_path).of(store.state())
    assert (second.index.version, store.scans) == (2, 2)
    told(store, second.index)


def test_another_store_of_the_same_version_is_never_mistaken(
    store: FickleStore, tmp_path: Path
) -> None:
    library(store, tmp_path).of(store.state())
    with closing(FickleStore(tmp_path / "other.db")) as other:
        other.write(batch([agreement("other", GRESIK, KOBE)]))
        found = library(other, tmp_path).of(other.state())
        assert list(found.index.agreement_ids) == ["other"]


def test_another_version_of_simpul_builds_its_own(
    store: FickleStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library(store, tmp_path).of(store.state())
    monkeypatch.setattr("explorer.library.edition", lambda: "newer")
    library(store, tmp_path).of(store.state())
    assert store.scans == 2
    assert library(store, tmp_path).last() is not None
    monkeypatch.setattr("explorer.library.edition", lambda: "older")
    assert library(store, tmp_path).last() is None


def test_a_saved_index_that_is_damaged_is_built_anew(store: FickleStore, tmp_path: Path) -> None:
    library(store, tmp_path).of(store.state())
    for path in tmp_path.glob("cache/*/*/members.npy"):
        path.write_bytes(path.read_bytes()[:-1] + b"\x7f")
    found = library(store, tmp_path).of(store.state())
    again = library(store, tmp_path).of(store.state())
    assert store.scans == 2
    told(store, found.index)
    told(store, again.index)


def test_a_saved_index_without_one_of_its_arrays_is_built_anew(
    store: FickleStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library(store, tmp_path).of(store.state())
    monkeypatch.setattr(layout, "LAYOUT", dict(layout.LAYOUT) | {"further": layout.LAYOUT["size"]})
    with pytest.raises(ValueError, match="other arrays"):  # it is looked at, and then not built
        library(store, tmp_path).of(store.state())
    assert store.scans == 2


def test_where_nothing_can_be_saved_each_builds_its_own(store: FickleStore, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("no folder")
    one, other = (library(store, tmp_path).of(store.state()) for _ in range(2))
    assert store.scans == 2
    assert one.is_of(store.state())
    told(store, one.index)
    told(store, other.index)


def test_an_empty_store_leaves_nothing(tmp_path: Path) -> None:
    with closing(FickleStore(tmp_path / "empty.db")) as empty:
        found = library(empty, tmp_path).of(empty.state())
        assert found.is_of(empty.state())
    assert not (tmp_path / "cache").exists()


class _Moving(FickleStore):
    """Somebody loads more each time that it is scanned."""

    moves = 2

    def scan(self, read: Callable[[Scan], T]) -> T:
        if self.moves:
            self.moves -= 1
            more(self, f"new-{self.moves}")
        return super().scan(read)


def test_what_moved_while_it_was_read_is_not_saved_under_a_name_of_before(tmp_path: Path) -> None:
    with closing(_Moving(tmp_path / "world.db")) as store:
        store.write(umbrella_world())
        for version in (2, 3):
            found = library(store, tmp_path).of(store.state())
            assert (found.index.version, found.is_of(store.state())) == (version, False)
            assert len(found.index.agreement_ids) == 5 + version - 1
            assert not list(tmp_path.glob("cache/*/*/manifest.json"))
        assert library(store, tmp_path).of(store.state()).is_of(store.state())


def test_while_a_large_load_runs_the_last_one_is_there(store: FickleStore, tmp_path: Path) -> None:
    assert library(store, tmp_path).last() is None
    library(store, tmp_path).of(store.state())
    more(store)
    store.unfinished = LARGE
    with pytest.raises(StoreUnavailable, match="store-loading"):
        library(store, tmp_path).of(store.state())
    last = library(store, tmp_path).last()
    assert last is not None
    assert (last.index.version, last.is_of(store.state())) == (1, False)
    assert library(store, tmp_path).of_or_last(store.state()).stamp == last.stamp


def test_a_command_opens_what_pages_have_built(
    store: FickleStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library(store, tmp_path).of(store.state())
    monkeypatch.setenv("SIMPUL_CACHE", str(tmp_path / "cache"))
    told(store, index_of(store))
    assert store.scans == 2  # the second is that of the test itself


# opens a store, says that it is ready, and on a word builds or opens its index
ASKING: Final = """
import sys
from pathlib import Path
from explorer.library import Library
from explorer.shelf import Shelf
from tests.explorer.fickle import FickleStore
store = FickleStore(Path(sys.argv[1]))
library = Library(store, Shelf(Path(sys.argv[2])))
print("ready", flush=True)
sys.stdin.readline()
found = library.of(store.state())
print(store.scans, found.index.version, len(found.index.agreement_ids))
"""


def test_of_several_processes_that_start_at_once_one_builds(
    store: FickleStore, tmp_path: Path
) -> None:
    words = [sys.executable, "-c", ASKING, str(tmp_path / "world.db"), str(tmp_path / "cache")]
    asking = [
        subprocess.Popen(
            words, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        for _ in range(3)
    ]  # fmt: skip
    for one in asking:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"
    for one in asking:
        assert one.stdin is not None
        one.stdin.write("\n")
        one.stdin.flush()
    said = sorted(one.communicate(timeout=60)[0].split() for one in asking)
    assert said == [["0", "1", "5"], ["0", "1", "5"], ["1", "1", "5"]]


# has its turn, says so, and writes half of something
KILLED: Final = """
import sys
from pathlib import Path
from explorer.shelf import Shelf
shelf = Shelf(Path(sys.argv[1]))
with shelf.turn(sys.argv[2]):
    (shelf._own(sys.argv[2]) / ".new-half").mkdir()
    print("inside", flush=True)
    sys.stdin.read()
"""


def test_who_is_killed_while_building_holds_up_nobody(
    store: FickleStore, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    words = [sys.executable, "-c", KILLED, str(tmp_path / "cache"), store.identity().uuid]
    with subprocess.Popen(
        words, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as building:
        assert building.stdout is not None
        assert building.stdout.readline() == "inside\n"
        building.kill()
    told(store, library(store, tmp_path).of(store.state()).index)
    assert caplog.records == []
    assert len(list(tmp_path.glob("cache/*/*/manifest.json"))) == 1
