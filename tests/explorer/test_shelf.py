"""Saved arrays: whole and ours, or as if they were not there; and never an error."""

from __future__ import annotations

import logging
import os
import shutil
import stat
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import numpy as np
import pytest

from explorer import shelf
from explorer.bundle import MANIFEST, Arrays, Key
from explorer.shelf import FORGOTTEN_SECONDS, KEPT, LEFT_SECONDS, Shelf

KEY: Final = Key("0f-1e", 3, "stamp", "form")
ARRAYS: Final[Arrays] = {
    "small": np.arange(5, dtype=np.int8),
    "large": np.arange(50_000, dtype=np.int32),
    "none": np.empty(0, dtype=np.int64),
    "text": np.frombuffer("Kōchi".encode(), dtype=np.uint8),
}
needs_owners = pytest.mark.skipif(not hasattr(os, "geteuid"), reason="files have no owners here")


@pytest.fixture
def kept(tmp_path: Path) -> Shelf:
    """A shelf with one set of arrays."""
    made = Shelf(tmp_path / "cache")
    made.put(KEY, ARRAYS)
    return made


def folder(place: Path) -> Path:
    """Where that set lies."""
    (found,) = place.glob(f"cache/*/{KEY.name}")
    return found


def same(found: Arrays | None) -> bool:
    """Whether these are the arrays that were put."""
    return found is not None and {
        name: (array.dtype, array.tolist()) for name, array in found.items()
    } == {name: (array.dtype, array.tolist()) for name, array in ARRAYS.items()}


def test_what_was_put_is_found_by_others_not_to_be_changed_and_mapped_where_large(
    kept: Shelf, tmp_path: Path
) -> None:
    for found in (kept.put(KEY, ARRAYS), kept.find(KEY), Shelf(tmp_path / "cache").find(KEY)):
        assert same(found)
        assert found is not None
        assert [name for name, one in found.items() if isinstance(one.base, np.memmap)] == ["large"]
        assert not any(array.flags.writeable for array in found.values())


@pytest.mark.parametrize(
    "other",
    [KEY._replace(store="other"), KEY._replace(version=4), KEY._replace(stamp=""),
     KEY._replace(form="newer")],
)  # fmt: skip
def test_another_key_finds_nothing(kept: Shelf, other: Key) -> None:
    assert kept.find(other) is None


def test_the_last_two_of_each_store_are_kept(kept: Shelf, tmp_path: Path) -> None:
    kept.put(Key("other", 1, "s", "form"), ARRAYS)
    for version in (4, 5, 6):
        time.sleep(0.01)  # so that a clock of whole milliseconds tells them apart
        kept.put(KEY._replace(version=version), ARRAYS)
    found = [kept.find(KEY._replace(version=version)) is not None for version in (3, 4, 5, 6)]
    assert found == [False, False, True, True]
    assert kept.find(Key("other", 1, "s", "form")) is not None
    assert len(list(tmp_path.glob(f"cache/*/*/{MANIFEST}"))) == KEPT + 1


def test_the_newest_is_that_of_the_same_store_and_form(kept: Shelf) -> None:
    time.sleep(0.01)
    kept.put(KEY._replace(version=2, stamp="later"), ARRAYS)
    found = kept.newest(KEY.store, KEY.form)
    assert found is not None
    assert found[0] == KEY._replace(version=2, stamp="later")
    assert same(found[1])
    assert kept.newest(KEY.store, "other form") is None
    assert kept.newest("other store", KEY.form) is None


def _flip(place: Path, name: str, byte: int) -> None:
    path = place / name
    content = bytearray(path.read_bytes())
    content[byte] ^= 0x40
    path.write_bytes(content)


def _shorten(place: Path) -> None:
    path = place / "large.npy"
    os.truncate(path, path.stat().st_size - 1)


def _pickled(place: Path) -> None:
    np.save(place / "large.npy", np.array([{"a": 1}], dtype=object), allow_pickle=True)


def _linked(place: Path) -> None:
    (place / "large.npy").rename(place.parent.parent / "elsewhere.npy")
    (place / "large.npy").symlink_to(place.parent.parent / "elsewhere.npy")


def _outside(place: Path) -> None:
    text = (place / MANIFEST).read_text().replace('"large"', '"../../large"')
    (place / MANIFEST).write_text(text)


def _moved(place: Path) -> None:
    other = place.with_name(KEY._replace(version=2).name)
    shutil.copytree(place, other)
    shutil.rmtree(place)
    other.rename(place)
    text = (place / MANIFEST).read_text().replace("3,", "2,", 1)
    (place / MANIFEST).write_text(text)


def _foldered(place: Path) -> None:
    (place / "text.npy").unlink()
    (place / "text.npy").mkdir()


def _filed(place: Path) -> None:
    shutil.rmtree(place)
    place.write_text("x")


def _emptied(place: Path) -> None:
    shutil.rmtree(place)
    place.mkdir()


DAMAGE: Final[dict[str, Callable[[Path], object]]] = {
    "an array has another byte": lambda place: _flip(place, "large.npy", -7),
    "an array has another kind": lambda place: _flip(place, "large.npy", 30),
    "an array is no array": lambda place: (place / "small.npy").write_bytes(b"\0" * 300),
    "an array is empty": lambda place: (place / "small.npy").write_bytes(b""),
    "an array is shortened": _shorten,
    "an array is missing": lambda place: (place / "none.npy").unlink(),
    "an array is another": lambda place: np.save(place / "small.npy", np.arange(6, dtype=np.int8)),
    "an array is objects": _pickled,
    "an array is a link": _linked,
    "an array is a folder": _foldered,
    "the manifest is missing": lambda place: (place / MANIFEST).unlink(),
    "the manifest is half": lambda place: os.truncate(place / MANIFEST, 200),
    "the manifest is no JSON": lambda place: (place / MANIFEST).write_bytes(b"\xff\xfe{"),
    "the manifest is something else": lambda place: (place / MANIFEST).write_text("[1]"),
    "the manifest is very deep": lambda place: (place / MANIFEST).write_text("[" * 100_000),
    "the manifest leads elsewhere": _outside,
    "the manifest has another checksum": lambda place: (place / MANIFEST).write_text(
        (place / MANIFEST).read_text().replace('"checksum": "', '"checksum": "0')),
    "it is of another version": _moved,
    "it is a file": _filed,
    "it is empty": _emptied,
}  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGE)
def test_what_is_damaged_is_not_used_and_written_anew(
    kept: Shelf, tmp_path: Path, damage: str
) -> None:
    DAMAGE[damage](folder(tmp_path))
    assert kept.find(KEY) is None
    kept.newest(KEY.store, KEY.form)
    assert same(kept.put(KEY, ARRAYS))
    assert same(kept.find(KEY))


def _any_byte() -> list[tuple[str, int]]:
    sizes = {f"{name}.npy": 128 + array.nbytes for name, array in ARRAYS.items()}
    return [
        (name, place) for name, size in sizes.items() for place in range(0, size, 1 + size // 9)
    ]


@pytest.mark.parametrize(("name", "byte"), _any_byte())
def test_whichever_byte_differs_the_content_is_right_or_refused(
    kept: Shelf, tmp_path: Path, name: str, byte: int
) -> None:
    _flip(folder(tmp_path), name, byte)
    found = kept.find(KEY)
    assert found is None or same(found)


@needs_owners
@pytest.mark.parametrize("mode", [0o770, 0o707, 0o777])
@pytest.mark.parametrize("which", ["the set", "the store"])
def test_where_others_may_write_nothing_is_believed(
    kept: Shelf, tmp_path: Path, mode: int, which: str
) -> None:
    place = folder(tmp_path)
    open_to_all = place if which == "the set" else place.parent
    open_to_all.chmod(mode)
    assert kept.find(KEY) is None
    assert same(kept.put(KEY, ARRAYS))
    assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700


@needs_owners
def test_what_belongs_to_another_user_is_neither_used_nor_touched(
    kept: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    me = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: me + 1)
    assert kept.find(KEY) is None
    assert kept.newest(KEY.store, KEY.form) is None
    assert kept.put(KEY, ARRAYS) is None
    monkeypatch.undo()
    assert same(kept.find(KEY))


@pytest.mark.parametrize("place", ["it is a file", "it is below a file", "a link instead"])
def test_where_nothing_can_be_kept_one_warning_says_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, place: str
) -> None:
    (tmp_path / "file").write_text("x")
    where = tmp_path / "file"
    if place == "it is below a file":
        where = where / "cache"
    if place == "a link instead":
        where = tmp_path / "cache"
        Shelf(where).put(KEY, ARRAYS)
        (made,) = where.iterdir()
        made.rename(tmp_path / "mine")
        made.symlink_to(tmp_path / "mine")
    unusable = Shelf(where)
    caplog.set_level(logging.WARNING)
    for _ in range(3):
        assert unusable.find(KEY) is None
        assert unusable.newest(KEY.store, KEY.form) is None
        with unusable.turn(KEY.store):
            assert unusable.put(KEY, ARRAYS) is None
    assert [record.message.startswith("indexes are not saved") for record in caplog.records] == [
        True
    ]


def test_a_full_disk_leaves_nothing_behind(
    kept: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, array: object, **_: object) -> None:
        Path(path).write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "save", full)
    assert kept.put(KEY._replace(version=4), ARRAYS) is None
    assert same(kept.find(KEY))
    assert sorted(one.name for one in folder(tmp_path).parent.iterdir() if one.is_dir()) == [
        KEY.name
    ]


def test_what_somebody_left_who_was_killed_is_cleared_away_later(
    kept: Shelf, tmp_path: Path
) -> None:
    store = folder(tmp_path).parent
    half, fresh = store / ".new-half", store / ".new-fresh"
    half.mkdir()
    (half / "small.npy").write_bytes(b"x")
    fresh.mkdir()
    long_ago = time.time() - LEFT_SECONDS - 1
    os.utime(half, (long_ago, long_ago))
    assert kept.newest(KEY.store, KEY.form) is not None
    kept.put(KEY._replace(version=4), ARRAYS)
    assert (half.exists(), fresh.exists()) == (False, True)  # the other may still be at work


def test_a_store_that_nobody_opens_for_a_season_is_forgotten_and_nothing_else(
    kept: Shelf, tmp_path: Path
) -> None:
    cache, long_ago = tmp_path / "cache", time.time() - FORGOTTEN_SECONDS - 1
    opened = KEY._replace(store="opened")
    kept.put(opened, ARRAYS)
    (cache / "index-of-somebody-else").mkdir()
    for one in cache.iterdir():
        os.utime(one, (long_ago, long_ago))
    assert same(kept.find(opened))
    kept.put(KEY._replace(store="third"), ARRAYS)
    assert kept.find(KEY) is None
    assert same(kept.find(opened))
    assert (cache / "index-of-somebody-else").is_dir()


def test_what_is_dropped_can_still_be_read_by_who_has_it(kept: Shelf) -> None:
    found = kept.find(KEY)
    for version in (4, 5, 6):
        kept.put(KEY._replace(version=version), ARRAYS)
    assert kept.find(KEY) is None
    assert same(found)


def test_one_at_a_time_has_its_turn_and_who_waits_too_long_goes_on(
    kept: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(shelf, "TURN_SECONDS", 0.2)
    inside, go_on = threading.Event(), threading.Event()

    def hold() -> None:
        with kept.turn(KEY.store):
            inside.set()
            go_on.wait(20)

    thread = threading.Thread(target=hold)
    thread.start()
    try:
        assert inside.wait(20)
        with Shelf(tmp_path / "cache").turn("another store"):
            pass
        assert caplog.records == []
        with Shelf(tmp_path / "cache").turn(KEY.store):
            assert "at work" in caplog.text
    finally:
        go_on.set()
        thread.join()
    caplog.clear()
    with kept.turn(KEY.store):
        assert caplog.records == []
