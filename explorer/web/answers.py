"""Answers that were worked out once: the same address on the same data is answered at once.

A page depends on the content of the store, on the day, on its address (which holds the language
and all state) and on the code that makes it. The four make its ETag: whoever has the page already
is told so before anything is worked out, and whoever has not may get one that was kept. While the
store is away, half loaded or ahead of the index, nothing is kept and nothing is taken. Of several
who ask for the same page at once, one works it out and the others wait for it. Static files are
kept too, so that each is packed once.
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
from explorer.view import View
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
    """The body of a page as it is sent, and the headers that go with it."""

    body: bytes
    headers: tuple[tuple[str, str], ...]


class Answers:
    """The answers that were asked for last, `most` bytes of them; for all threads of a process."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most = most
        self._held: OrderedDict[tuple[str, str], Answer] = OrderedDict()
        self._making: dict[tuple[str, str], threading.Event] = {}
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

    def find(self, tag: str, packed: str) -> Answer | None:
        """The answer under an ETag in an encoding, which then counts as the one asked for last."""
        with self._lock:
            found = self._held.get((tag, packed))
            if found is not None:
                self._held.move_to_end((tag, packed))
            return found

    def keep(self, tag: str, packed: str, answer: Answer) -> None:
        """Keep an answer; those that nobody has asked for longest make room for it."""
        with self._lock:
            self._drop((tag, packed))
            self._held[tag, packed] = answer
            self.size += len(answer.body)
            while self.size > self._most:
                self._drop(next(iter(self._held)))

    def clear(self) -> None:
        """Keep nothing of what was kept."""
        with self._lock:
            self._held.clear()
            self.size = 0

    def _drop(self, key: tuple[str, str]) -> None:
        if (old := self._held.pop(key, None)) is not None:
            self.size -= len(old.body)


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
        g.answers = files if request.endpoint == "static" else answers
        tag = _of_file() if request.endpoint == "static" else _of_page(made_by)
        if not tag:
            return None
        if tag in request.if_none_match.as_set(include_weak=True):
            return Response(status=304, headers={"ETag": quote_etag(tag, weak=True)})
        g.answer_tag = tag
        held: Answers = g.answers
        packed = encoding()
        found = held.find(tag, packed) or held.find(tag, "")
        if found is None and held.begin(tag, packed):
            g.making = held, tag, packed
        elif found is None:
            found = held.find(tag, packed) or held.find(tag, "")
        return _sent(found) if found else None

    @app.teardown_request
    def _made(error: BaseException | None) -> None:
        if making := g.pop("making", None):
            held, tag, packed = making
            held.end(tag, packed)

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
            held.keep(tag, packed, Answer(body, headers))
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


def _of_page(made_by: str) -> str:
    """What a page depends on, as one short name; empty where it must not be kept."""
    shown = _settled() if request.blueprint not in {None, *UNASKED} else None
    return _tag(shown, made_by) if shown is not None else ""


def _settled() -> View | None:
    """What this request looks at, where its answer may be kept; the frame then says the same."""
    try:
        shown = view()
    except SimpulError:
        return None  # the page itself says so
    service: Service = current_app.extensions["simpul"]
    stands = service.standing()
    told = (stands.day, stands.version, stands.silence, stands.unfinished, stands.behind)
    if not shown.is_settled or told != (shown.day, shown.version, None, None, False):
        return None
    g.standing = stands
    return shown


def _tag(shown: View, made_by: str) -> str:
    """Of whom the page is asked stands in its links, so it is part of what the page depends on."""
    parts = (shown.stamp, str(shown.version), shown.day.isoformat(), made_by, request.url_root,
             request.path, request.query_string.decode("latin-1"))  # fmt: skip
    return blake2b("\0".join(parts).encode(), digest_size=12).hexdigest()


def _sent(kept: Answer) -> Response:
    response = Response(kept.body)
    del response.headers["Content-Type"]
    response.headers.extend(kept.headers)
    return response
