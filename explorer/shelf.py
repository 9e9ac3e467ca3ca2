"""Arrays that one process worked out and all on this machine share: the last two sets of a store.

A set is written beside the others and then named, so nobody sees half of one. Where the folder
cannot be used there is no shelf: whoever needs arrays keeps its own, and a warning says so once.
"""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from time import time
from typing import Final

from filelock import FileLock, Timeout

from explorer.bundle import Arrays, Key, Unusable, is_own, is_private, load, save

KEPT: Final = 2  # because while a new set is taken up, some still read the one before
TURN_SECONDS: Final = 90.0  # because an index of a million agreements takes less than a minute
LEFT_SECONDS: Final = 3600.0  # because no set takes an hour to write: whoever did was stopped
FORGOTTEN_SECONDS: Final = 90 * 86_400.0  # because a store that nobody opens for a season is gone
_PRIVATE: Final = 0o700
_log = logging.getLogger(__name__)


class Shelf:
    """Sets of arrays under keys, in one folder for each store.

    On Windows a set that somebody still reads cannot be deleted; it is when the next one comes.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._told = False

    def find(self, key: Key) -> Arrays | None:
        """The arrays under this key; None where there are none that can be trusted."""
        found = self._read(self._of(key.store) / key.name)
        if found is None:
            return None
        with suppress(OSError):
            os.utime(self._of(key.store))  # so that it is not forgotten
        return found[1]

    def newest(self, store: str, form: str) -> tuple[Key, Arrays] | None:
        """What was put last for this store in this form, whatever its version."""
        for folder in _sets(self._of(store)):
            found = self._read(folder)
            if found and (found[0].store, found[0].form) == (store, form):
                return found
        return None

    def put(self, key: Key, arrays: Arrays) -> Arrays | None:
        """Keep arrays, and give them back as `find` does; None where they cannot be kept."""
        try:
            folder = self._own(key.store)
            _place(folder, key, arrays)
            _tidy(folder, keep=key.name)
            _forget(self._folder)
        except OSError as error:
            self._tell(error)
            return None
        return self.find(key)

    @contextmanager
    def turn(self, store: str) -> Iterator[None]:
        """One process at a time for each store; after TURN_SECONDS those who wait go on as well."""
        with ExitStack() as held:
            try:
                held.enter_context(FileLock(self._own(store) / "lock", timeout=TURN_SECONDS))
            except Timeout:
                _log.warning("somebody else has been at work on an index for too long")
            except (OSError, NotImplementedError) as error:
                self._tell(error)
            yield

    def _of(self, store: str) -> Path:
        """The folder of a store; a digest, because a server's word is no name of a file."""
        return self._folder / f"index-{blake2b(store.encode(), digest_size=16).hexdigest()}"

    def _own(self, store: str) -> Path:
        """The same, there and private; what others could write to is emptied. Raises: OSError."""
        folder = self._of(store)
        self._folder.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=_PRIVATE, exist_ok=True)
        if not is_own(folder):
            raise PermissionError(f"{folder} is not this user's own")
        if not is_private(folder):
            shutil.rmtree(folder)
            folder.mkdir(mode=_PRIVATE)
        return folder

    def _read(self, folder: Path) -> tuple[Key, Arrays] | None:
        try:
            if not folder.is_dir() or not is_private(folder.parent):
                return None
            return load(folder)
        except (OSError, Unusable) as error:
            _log.warning("a saved index is not used: %s", error)
            return None

    def _tell(self, error: Exception) -> None:
        if not self._told:
            self._told = True
            _log.warning("indexes are not saved in %s: %s", self._folder, error)


def _place(folder: Path, key: Key, arrays: Arrays) -> None:
    """Written beside, then named; a power cut in between costs what the checksums then refuse."""
    fresh = Path(tempfile.mkdtemp(prefix=".new-", dir=folder))
    try:
        save(fresh, key, arrays)
        _put_away(folder / key.name)
        fresh.rename(folder / key.name)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _put_away(old: Path) -> None:
    """Take the name from what has it: it was not trusted, or it would not be written again."""
    if old.exists():
        aside = Path(tempfile.mkdtemp(prefix=".old-", dir=old.parent))
        old.rename(aside / old.name)
        shutil.rmtree(aside, ignore_errors=True)


def _sets(folder: Path) -> list[Path]:
    """The sets in a folder, the newest first."""
    with suppress(OSError):
        found = [one for one in folder.iterdir() if one.is_dir() and not one.name.startswith(".")]
        return sorted(found, key=lambda one: (one.lstat().st_mtime_ns, one.name), reverse=True)
    return []


def _tidy(folder: Path, keep: str) -> None:
    """Drop all sets but the last, and what somebody left who was stopped while writing."""
    others = [one for one in _sets(folder) if one.name != keep]
    old = time() - LEFT_SECONDS
    left = [one for one in folder.glob(".*-*") if one.lstat().st_mtime < old]
    for one in (*others[KEPT - 1 :], *left):
        shutil.rmtree(one, ignore_errors=True)


def _forget(everything: Path) -> None:
    """Drop what was kept of stores that nobody has opened for long; `_of` gives the names."""
    long_ago = time() - FORGOTTEN_SECONDS
    for store in everything.glob("index-" + 32 * "[0-9a-f]"):
        with suppress(OSError):
            if is_own(store) and store.lstat().st_mtime < long_ago:
                shutil.rmtree(store, ignore_errors=True)
