"""Answers that were worked out once: the same address on the same data is answered at once.

A page depends on the content of the store, on the day, on its address (which holds the language
and all state) and on the code that makes it. The four make its ETag: whoever has the page already
is told so before anything is worked out, and whoever has not may get one that was kept. While the
store is away, half loaded or ahead of the index, nothing is kept and nothing is taken. Of several
who ask for the same page at once, one works it out and the others wait for it. After a load every
page is to be worked out anew: one who asks while others are at that gets the page as it was before,
which says so in its foot; so readers never queue for a load. Static files are kept too, so that
each is packed once.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from hashlib import blake2b
from typing import Final, NamedTuple

from flask import Flask, Response, current_app, g, request
from flask.typing import ResponseReturnValue
from werkzeug.http import quote_etag
from werkzeug.wsgi import FileWrapper

from explorer.present import view
from explorer.service import Service
from explorer.web.assets import whole_fingerprint
from explorer.web.encodings import encoding
from graph_loader import SimpulError, left

MOST_BYTES: Final = 32 * 2**20  # because that is two thousand pages, packed; a bureau asks fewer
FILES_BYTES: Final = 8 * 2**20  # because all static files together, packed twice, take less
LARGEST_BYTES: Final = 2 * 2**20  # because one file must not push out all the pages
UNASKED: Final = frozenset({"about", "patterns"})  # because they are there without a store too
PATIENCE: Final = 2.0  # seconds for somebody else's answer, because no page takes longer
_KEPT_HEADERS: Final = ("Content-Type", "Content-Encoding", "Content-Disposition", "Vary")


class Answer(NamedTuple):
    """The body of a page as it is sent, the headers that go with it, and the page's `place`."""

    body: bytes
    headers: tuple[tuple[str, str], ...]
    place: str


class Answers:
    """The answers that were asked for last, `most` bytes of them; for all threads of a process."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most = most
        self._held: OrderedDict[tuple[str, str], Answer] = OrderedDict()
        self._newest: dict[tuple[str, str], str] = {}
        """ETag of the answer that was kept last, by place and encoding"""
        self._making: dict[tuple[str, str], threading.Event] = {}
        self._at_work = 0
        self._lock = threading.Lock()
        self.size = 0

    def begin(self, tag: str, packed: str) -> bool:
        """Whether the caller is to work the answer out; else it has waited for whoever does."""
        with self._lock:
            coming = self._making.get((tag, packed))
            if coming is None:
                self._making[tag, packed] = threading.Event()
                return True
        coming.wait(min(PATIENCE, left()))
        return False

    def end(self, tag: str, packed: str) -> None:
        """The answer is worked out, or will not be: nobody has to wait for it any more."""
        with self._lock:
            coming = self._making.pop((tag, packed), None)
        if coming is not None:
            coming.set()

    def work(self, *, begins: bool) -> None:
        """Somebody begins to work a page out, or has done so."""
        with self._lock:
            self._at_work += 1 if begins else -1

    def former(self, place: str, packed: str) -> str:
        """ETag of what was kept of a page before, if others are being worked out; else empty."""
        with self._lock:
            kept = self._newest.get((place, packed)) or self._newest.get((place, ""), "")
            return kept if self._at_work else ""

    def find(self, tag: str, packed: str) -> Answer | None:
        """The answer under an ETag, packed so or not at all; it then counts as asked for last."""
        with self._lock:
            key = next((key for key in ((tag, packed), (tag, "")) if key in self._held), None)
            if key is None:
                return None
            self._held.move_to_end(key)
            return self._held[key]

    def keep(self, tag: str, packed: str, answer: Answer) -> None:
        """Keep an answer; those that nobody has asked for longest make room for it."""
        with self._lock:
            self._drop((tag, packed))
            self._held[tag, packed] = answer
            self._newest[answer.place, packed] = tag
            self.size += len(answer.body)
            while self.size > self._most:
                self._drop(next(iter(self._held)))

    def clear(self) -> None:
        """Keep nothing of what was kept."""
        with self._lock:
            self._held.clear()
            self._newest.clear()
            self.size = 0

    def _drop(self, key: tuple[str, str]) -> None:
        if (old := self._held.pop(key, None)) is not None:
            self.size -= len(old.body)
            tag, packed = key
            if self._newest.get((old.place, packed)) == tag:
                del self._newest[old.place, packed]


def init(app: Flask, made_by: str) -> None:
    """Answer from what is kept; `made_by` names the code and the settings that pages depend on.

    Called before the encodings' `init`, so that what is kept is kept as it is sent.
    """
    answers, files = Answers(), Answers(FILES_BYTES)
    app.extensions["answers"] = answers

    @app.before_request
    def _from_kept() -> ResponseReturnValue | None:
        if request.method not in {"GET", "HEAD"}:
            return None
        held = g.answers = files if request.endpoint == "static" else answers
        packed = encoding()
        if request.endpoint == "static":
            place = tag = _of_file()
        else:
            tag, place = _of_page(made_by)
        if tag and tag in request.if_none_match.as_set(include_weak=True):
            return Response(status=304, headers={"ETag": quote_etag(tag, weak=True)})
        found = held.find(tag, packed) if tag else None
        if found is None and place:
            former = held.former(place, packed)
            if (kept := held.find(former, packed)) is not None:
                tag, found = former, kept
        if found is None and tag:
            if held.begin(tag, packed):
                g.making = tag, packed
            else:
                found = held.find(tag, packed)
        if tag:
            g.answer_tag, g.answer_place = tag, place
        if found is not None:
            return _sent(found)
        if held is answers:
            held.work(begins=True)
            g.at_work = True
        return None

    @app.teardown_request
    def _made(error: BaseException | None) -> None:
        if making := g.pop("making", None):
            g.answers.end(*making)
        if g.pop("at_work", False):
            answers.work(begins=False)

    @app.after_request
    def _keep(response: Response) -> Response:
        tag = g.pop("answer_tag", "")
        if not tag or response.status_code != 200:
            return response
        response.set_etag(tag, weak=True)
        held: Answers = g.answers
        packed = response.headers.get("Content-Encoding", "")
        if response.is_streamed or held.find(tag, packed) is not None:
            return response
        if len(body := response.get_data()) <= LARGEST_BYTES:
            headers = tuple(pair for pair in response.headers if pair[0] in _KEPT_HEADERS)
            held.keep(tag, packed, Answer(body, headers, g.answer_place))
        return response


def init_whole(app: Flask) -> None:
    """Called after the encodings' `init`: a small file is taken whole, so that it can be kept."""

    @app.after_request
    def _whole(response: Response) -> Response:
        size = response.headers.get("Content-Length", LARGEST_BYTES + 1, type=int)
        if g.get("answer_tag") and size <= LARGEST_BYTES:
            response.direct_passthrough = False
            source = response.response
            response.get_data()
            if isinstance(source, FileWrapper):
                source.close()
        return response


def _of_file() -> str:
    name = str((request.view_args or {}).get("filename", ""))
    found = whole_fingerprint(name)
    return f"{found}-{blake2b(name.encode(), digest_size=4).hexdigest()}" if found else ""


def _of_page(made_by: str) -> tuple[str, str]:
    """What a page depends on, as one short name, and the same without the version of the data.

    The first is empty where the page must not be kept, the second where none that was kept may
    stand for it: while the store is away or half loaded, which the page says.
    """
    if request.blueprint in {None, *UNASKED}:
        return "", ""
    try:
        shown = view()
    except SimpulError:
        return "", ""  # the page itself says so
    service: Service = current_app.extensions["simpul"]
    stands = service.standing()
    if stands.silence is not None or stands.unfinished is not None:
        return "", ""
    place = _place(stands.day.isoformat(), made_by)
    told = (stands.day, stands.version, stands.behind)
    if not shown.is_settled or told != (shown.day, shown.version, False):
        return "", place
    g.standing = stands  # so that the frame says the same
    return _short(shown.stamp, str(shown.version), place), place


def _place(day: str, made_by: str) -> str:
    """Of whom the page is asked stands in its links, so it is part of what the page depends on."""
    query = request.query_string.decode("latin-1")
    return _short(day, made_by, request.url_root, request.path, query)


def _short(*parts: str) -> str:
    return blake2b("\0".join(parts).encode(), digest_size=12).hexdigest()


def _sent(kept: Answer) -> Response:
    response = Response(kept.body)
    del response.headers["Content-Type"]
    response.headers.extend(kept.headers)
    return response
