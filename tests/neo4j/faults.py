"""What the tests of faults share: pages on a server, readers that never stop, the command line."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from typing import Final

import pytest
from flask import Flask
from werkzeug.datastructures import Headers

from explorer import create_app
from explorer.cli import main
from explorer.settings import Settings
from graph_loader.store import neo4j
from graph_loader.store.access import Access
from graph_loader.store.base import GraphStore
from graph_loader.store.open import open_store
from tests.neo4j.address import Address
from tests.worlds import umbrella_world

DUE: Final = 2.0  # seconds: what a reader is promised, whatever happens to the server
PATIENCE: Final = 120.0  # seconds; because a loaded machine recovers slowly too
PAUSE: Final = 0.5  # seconds between two pages of a reader; because two cores serve eight of them
TODAY: Final = "2026-11-25"
PAGES: Final = ("/perjanjian", "/en/daerah/35.25", "/jaringan", "/api/v1/agreements", "/readyz",
                "/hubungan?dari=35.25&ke=osaka-jp")  # fmt: skip
DAMAGE: Final = ("Traceback", "neo4j.exceptions", "bolt://")


def access(address: Address) -> Access:
    """Who asks there."""
    return Access(address.user, address.password)


@contextmanager
def opened(address: Address) -> Iterator[GraphStore]:
    """A store there, as a process of its own would have it."""
    with closing(open_store(address.uri, access(address))) as store:
        yield store


def fill(address: Address) -> None:
    """Put the umbrella world there, if nothing is; a server that just started may take its time."""
    with pytest.MonkeyPatch.context() as patch, opened(address) as store:
        patch.setattr(neo4j, "READ_SECONDS", PATIENCE)
        patch.setattr(neo4j, "SERVER_SECONDS", PATIENCE)
        if not store.version():
            store.write(umbrella_world())


@contextmanager
def pages(address: Address) -> Iterator[Flask]:
    """The app on that server."""
    settings = Settings(store=address.uri, neo4j_user=address.user,
                        neo4j_password=address.password, today=TODAY)  # fmt: skip
    app = create_app(settings)
    with closing(app.extensions["simpul"].store):
        yield app


@dataclass(frozen=True)
class Answer:
    """What one reader got, and how long it took."""

    page: str
    status: int
    seconds: float
    is_fresh: bool
    fault: str


@dataclass
class Readers:
    """Threads that read pages until they are told to stop, and remember every answer."""

    app: Flask
    count: int = 8
    answers: list[Answer] = field(default_factory=list)

    def __enter__(self) -> Readers:
        self._enough = threading.Event()
        self._threads = [threading.Thread(target=self._read, args=(n,)) for n in range(self.count)]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._enough.set()
        for thread in self._threads:
            thread.join()

    def _read(self, start: int) -> None:
        client = self.app.test_client()
        for page in cycle([*PAGES[start % len(PAGES) :], *PAGES[: start % len(PAGES)]]):
            if self._enough.wait(PAUSE):
                return
            began = time.monotonic()
            got = client.get(page)
            seconds = time.monotonic() - began
            self.answers.append(_judged(page, got.status_code, seconds, got.text, got.headers))

    def look(self, seconds: float) -> list[Answer]:
        """What all of them get in so many seconds from now."""
        start = len(self.answers)
        time.sleep(seconds)
        return self.answers[start:]

    def until_well(self) -> None:
        """Wait until every page is there again, and shows what the store holds.

        Judged by the last answer of each page, because readers who waited for the same server may
        go on in step, and then they all read one page at a time.
        """
        start, end, last = len(self.answers), time.monotonic() + PATIENCE, dict[str, bool]()
        while last.keys() != set(PAGES) or not all(last.values()):
            assert time.monotonic() < end, f"never well again: {self.answers[-20:]}"
            self.look(PAUSE)
            last = {one.page: one.is_fresh for one in self.answers[start:]}


def _judged(page: str, status: int, seconds: float, text: str, headers: Headers) -> Answer:
    faults = [word for word in DAMAGE if word in text]
    if not page.startswith(("/api", "/readyz")) and not text.rstrip().endswith("</html>"):
        faults.append("half a page")
    if status not in {200, 503}:
        faults.append(f"status {status}")
    if status == 503 and "Retry-After" not in headers:
        faults.append("no Retry-After")
    stale = "tidak menjawab" in text or "does not answer" in text
    return Answer(page, status, seconds, status == 200 and not stale, ", ".join(faults))


def unharmed(answers: list[Answer]) -> float:
    """Asserts that nobody waited too long or saw damage; the longest wait in seconds."""
    assert [one for one in answers if one.fault] == []
    slowest = max(answers, key=lambda one: one.seconds)
    assert slowest.seconds < DUE, slowest
    return slowest.seconds


Told = Callable[..., str]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Told:
    """Runs `simpul` with these words and settings; what it says on stderr and that it exits 2."""

    def run(*words: str, lang: str = "en", **settings: str) -> str:
        for name, value in settings.items():
            monkeypatch.setenv(name, value)
        with pytest.raises(SystemExit) as ended:
            main([*words, "--lang", lang])
        said = capsys.readouterr()
        assert ended.value.code == 2, said
        assert said.out == ""
        assert "Traceback" not in said.err
        return said.err

    return run


def in_both(told: Told, *words: str, **settings: str) -> tuple[str, str]:
    """What is said in English and in Indonesian: a sentence each, and a line of what to do."""
    said = [told(*words, lang=lang, **settings) for lang in ("en", "id")]
    for text in said:
        sentence, hint = text.splitlines()
        assert sentence.endswith(".")
        assert hint.endswith(".")
    assert said[0] != said[1]
    return said[0], said[1]
