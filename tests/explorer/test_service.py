"""The service and its pages while the store is away, slow, or in the middle of a large load."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from html import unescape
from pathlib import Path
from time import monotonic

import pytest
from flask.testing import FlaskClient

from explorer import create_app, service
from explorer.service import AGAIN, PATIENCE, Service, View
from explorer.settings import Settings
from graph_loader.errors import StoreRefused, StoreUnavailable
from graph_loader.model import Topic, make_party
from tests.explorer.fickle import LARGE, SECRET_PLACE, FickleStore
from tests.worlds import EVERYONE, GRESIK, agreement, batch, umbrella_world

SETTINGS = Settings(today="2026-11-25")
DUE = 2.0  # seconds: what a reader is promised while the store is away
PAGES = (
    "/", "/cari?q=osaka", "/jaringan", "/daerah/35.25", "/mitra/osaka-jp", "/negara/jp",
    "/perjanjian", "/perjanjian/twin", "/hubungan?dari=35.25&ke=osaka-jp", "/peluang",
    "/peluang/35.25", "/kebutuhan", "/topik/2", "/data", "/tentang", "/pola", "/nowhere",
    "/api/v1/agreements", "/api/v1/suggest?q=osaka", "/api/v1/network", "/api/v1/parties/35.25",
)  # fmt: skip
NEWCOMER = make_party("nagoya-jp", "Nagoya", "Nagoya", "foreign_local", "jp", "jp")
WORLD = replace(umbrella_world(), topics=(Topic("2", "", "Tanpa Kelaparan", "Zero Hunger"),))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[FickleStore]:
    """A store of the umbrella world."""
    with closing(FickleStore(tmp_path / "world.db")) as opened:
        opened.write(WORLD)
        yield opened
        opened.gate.set()


@pytest.fixture
def client(store: FickleStore, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """The pages on it."""
    monkeypatch.setattr(service, "open_store", lambda address, access: store)
    return create_app(SETTINGS).test_client()


@pytest.fixture
def without(store: FickleStore, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """The pages of a process that started while the store was away."""
    store.away = True
    monkeypatch.setattr(service, "open_store", lambda address, access: store)
    return create_app(SETTINGS).test_client()


def load(store: FickleStore, id: str = "new") -> None:
    """One more version, with a partner that was not there before."""
    parties = [*EVERYONE, NEWCOMER]
    one = agreement(id, GRESIK, NEWCOMER, signed="2026-01-01", ends="2030")
    store.write(batch([one], parties=parties, source=id))


def wait_until(holds: Callable[[], bool]) -> None:
    end = monotonic() + 30
    while not holds():
        assert monotonic() < end, "it never came to that"
        threading.Event().wait(0.02)


def shows(served: Service, version: int) -> bool:
    """Whether a request now would see this version."""
    try:
        return served.view().version == version
    except StoreUnavailable:
        return False


# views


def test_a_view_is_of_the_newest_version(store: FickleStore) -> None:
    served = Service(store, SETTINGS)
    assert (served.view().version, served.view().stale) == (1, False)
    load(store)
    wait_until(lambda: served.view().version == 2)
    assert store.scans == 2
    assert "nagoya-jp" in served.view().index.number


def test_the_last_view_stands_while_the_store_is_away(store: FickleStore) -> None:
    served = Service(store, SETTINGS)
    store.away = True
    shown = served.view()
    assert (shown.version, shown.stale) == (1, True)
    store.away = False
    load(store)
    wait_until(lambda: served.view().version == 2)
    assert not served.view().stale


def test_a_service_that_starts_without_a_store_recovers_with_the_next_view(
    store: FickleStore,
) -> None:
    store.away = True
    served = Service(store, SETTINGS)
    assert served.last() is None
    assert served.standing().silence is not None
    for _ in range(2):
        with pytest.raises(StoreUnavailable) as error:
            served.view()
        assert error.value.code == "store-unreachable"
    store.away = False
    wait_until(lambda: shows(served, 1))
    assert served.standing().silence is None


def test_a_store_that_cannot_be_used_is_refused_at_the_start(
    store: FickleStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> None:
        raise StoreRefused("store-login", address=SECRET_PLACE, user="neo4j")

    monkeypatch.setattr(store, "state", refuse)
    with pytest.raises(StoreRefused):
        Service(store, SETTINGS)


@pytest.mark.alone
def test_a_new_index_is_read_once_and_the_old_one_served_meanwhile(store: FickleStore) -> None:
    served = Service(store, SETTINGS)
    load(store)
    store.gate.clear()
    with ThreadPoolExecutor(8) as pool:
        began = monotonic()
        versions = [view.version for view in pool.map(lambda _: served.view(), range(24))]
        took = monotonic() - began
    assert set(versions) == {1}
    assert store.scans == 2
    assert took < PATIENCE + 1
    store.gate.set()
    wait_until(lambda: served.view().version == 2)
    assert store.scans == 2


@pytest.mark.alone
def test_whoever_comes_first_after_a_load_waits_a_little_and_is_told(store: FickleStore) -> None:
    served = Service(store, SETTINGS)
    assert not served.view().behind
    load(store)
    store.gate.clear()
    began = monotonic()
    shown = served.view()
    assert monotonic() - began < PATIENCE + 0.2  # and what a busy machine adds
    assert (shown.version, shown.behind, shown.stale) == (1, True, False)
    store.away = True
    assert (served.view().stale, served.view().version) == (True, 1)
    store.away = False
    store.gate.set()
    wait_until(lambda: served.view().version == 2)
    assert not served.view().behind


def test_a_store_that_was_emptied_and_filled_again_is_noticed(
    store: FickleStore, tmp_path: Path
) -> None:
    served = Service(store, SETTINGS)
    store.close()
    for file in tmp_path.glob("world.db*"):
        file.unlink()
    with closing(FickleStore(tmp_path / "world.db")) as anew:
        anew.write(batch([agreement("other", GRESIK, NEWCOMER)], parties=[*EVERYONE, NEWCOMER]))
    assert store.state().version == served.standing().version == 1
    wait_until(lambda: "nagoya-jp" in served.view().index.number)
    assert list(served.view().index.agreement_ids) == ["other"]


def test_a_process_that_starts_later_builds_nothing(store: FickleStore) -> None:
    assert Service(store, SETTINGS).view().version == 1
    assert Service(store, SETTINGS).view().version == 1
    assert store.scans == 1
    load(store)
    assert Service(store, SETTINGS).view().version == 2
    assert store.scans == 2


@pytest.mark.parametrize("moved", [False, True])
def test_a_process_that_starts_while_a_large_load_runs_serves_what_was_saved_last(
    store: FickleStore, moved: bool
) -> None:
    Service(store, SETTINGS)
    if moved:
        load(store)
    store.unfinished = LARGE
    late = Service(store, SETTINGS)
    for _ in range(3):
        shown = late.view()
        assert (shown.version, shown.unfinished) == (1, LARGE)
    store.unfinished = None
    wait_until(lambda: shows(late, 2 if moved else 1))


@pytest.mark.alone
def test_those_who_come_while_another_reads_do_not_wait(store: FickleStore) -> None:
    served = Service(store, SETTINGS)
    load(store)
    store.gate.clear()
    first = threading.Thread(target=served.view)
    first.start()
    wait_until(lambda: store.scans == 2)
    began = monotonic()
    assert served.view().version == 1
    assert monotonic() - began < PATIENCE
    store.gate.set()
    first.join()


@pytest.mark.alone
def test_a_first_index_that_takes_long_is_told_in_time_and_then_there(store: FickleStore) -> None:
    store.away = True
    served = Service(store, SETTINGS)
    store.away = False
    store.gate.clear()
    began = monotonic()
    with pytest.raises(StoreUnavailable) as error:
        served.view()
    assert error.value.code == "index-building"
    assert monotonic() - began < DUE
    store.gate.set()
    wait_until(lambda: served.last() is not None)
    assert served.view().version == 1
    assert store.scans == 1


@pytest.mark.alone
@pytest.mark.parametrize("has_index", [True, False])
def test_a_scan_that_fails_is_tried_again_but_not_by_everybody(
    store: FickleStore, has_index: bool
) -> None:
    store.away = not has_index
    served = Service(store, SETTINGS)
    store.away = False
    load(store)
    store.unfinished = LARGE
    before = store.scans
    end = monotonic() + 2.5 * AGAIN
    while monotonic() < end:
        if has_index:
            assert (served.view().version, served.view().unfinished) == (1, LARGE)
        else:
            with pytest.raises(StoreUnavailable, match="store-loading"):
                served.view()
        threading.Event().wait(0.01)
    assert 2 <= store.scans - before <= 3
    store.unfinished = None
    wait_until(lambda: shows(served, 2))
    assert served.view().unfinished is None


def test_no_scan_is_tried_for_a_large_load_before_the_version_moves(store: FickleStore) -> None:
    served = Service(store, SETTINGS)
    store.unfinished = LARGE
    assert served.view().unfinished == LARGE
    assert store.scans == 1


def test_an_error_that_is_raised_often_does_not_grow(store: FickleStore) -> None:
    store.away = True
    served = Service(store, SETTINGS)
    raised = []
    for _ in range(3):
        with pytest.raises(StoreUnavailable) as error:
            served.view()
        raised.append(error.value)
    assert len({id(one) for one in raised}) == 3


def test_a_party_that_came_after_the_index_is_known_from_the_store(store: FickleStore) -> None:
    shown = Service(store, SETTINGS).view()
    load(store)
    assert shown.party("nagoya-jp").name_en == "Nagoya"
    assert View(store, shown.index, shown.day).party("35.25") == GRESIK
    with pytest.raises(StoreUnavailable, match="index-behind"):
        shown.index.number["nagoya-jp"]


# pages


def both(pages: tuple[str, ...]) -> list[str]:
    """Each page in both languages."""
    return [f"/en{page}".rstrip("/") if lang == "en" else page
            for page in pages if not page.startswith("/api") for lang in ("id", "en")]  # fmt: skip


def test_without_a_store_every_page_says_so_in_both_languages(
    without: FlaskClient, store: FickleStore
) -> None:
    for page in both(PAGES):
        answer = without.get(page)
        if page.endswith(("/nowhere", "/pola")):  # they show nothing of the data
            continue
        assert answer.status_code == 503, page
        english = page.startswith("/en")
        assert f'<html lang="{"en" if english else "id"}">' in answer.text
        assert f'http-equiv="refresh" content="{answer.headers["Retry-After"]}"' in answer.text
        assert ("cannot be read" if english else "tidak dapat dibaca") in answer.text
        assert "db.internal" not in answer.text
        assert "</html>" in answer.text
    assert [without.get(page).status_code for page in ("/nowhere", "/pola")] == [404, 200]
    store.away = False
    wait_until(lambda: without.get("/jaringan").status_code == 200)
    for page in both(PAGES):
        assert without.get(page).status_code == (404 if "nowhere" in page else 200), page


def test_without_a_store_the_api_has_its_one_shape_of_errors(without: FlaskClient) -> None:
    for page in (page for page in PAGES if page.startswith("/api")):
        answer = without.get(f"{page}{'&' if '?' in page else '?'}lang=en")
        assert answer.status_code == 503, page
        assert answer.headers["Retry-After"]
        assert answer.json is not None
        assert answer.json["error"]["code"] == "http-503"
        assert "db.internal" not in answer.text


def test_alive_is_alive_and_ready_is_what_the_store_is(
    without: FlaskClient, store: FickleStore
) -> None:
    assert without.get("/healthz").status_code == 200
    answer = without.get("/readyz")
    assert (answer.status_code, answer.json) == (503, {"status": "unavailable", "version": None})
    assert answer.headers["Retry-After"]
    store.away = False
    wait_until(lambda: without.get("/readyz").json == {"status": "ready", "version": 1})
    store.away = True
    answer = without.get("/readyz")
    assert (answer.status_code, answer.json) == (503, {"status": "unavailable", "version": 1})
    assert without.get("/healthz").status_code == 200


STALE = {"id": "Basis data tidak menjawab. Yang tampak adalah data versi 1.",
         "en": "The database does not answer. What you see is version 1 of the data."}  # fmt: skip


@pytest.mark.alone
def test_while_the_store_is_away_a_page_shows_the_last_version_or_says_why_not(
    client: FlaskClient, store: FickleStore
) -> None:
    for page in both(PAGES):
        assert client.get(page).status_code in {200, 404}
    store.away = True
    answered = set()
    for page in both(PAGES):
        began = monotonic()
        answer = client.get(page)
        assert monotonic() - began < DUE
        text = unescape(answer.text)
        assert answer.status_code in {200, 503, 404}, page
        assert (STALE["en" if page.startswith("/en") else "id"] in text) == (
            answer.status_code == 200
        ), page
        assert "</html>" in text
        if answer.status_code == 200:
            answered.add(page)
        if answer.status_code == 503:
            assert "See the network, version 1" in text or "Lihat jaringan versi 1" in text
    for page in ("/jaringan", "/peluang", "/tentang"):
        assert {page, f"/en{page}"} <= answered
    store.away = False
    assert STALE["id"] not in unescape(client.get("/jaringan").text)


NOTICE = re.compile(r'<div class="notice notices" role="status">(.*?)</div>', re.DOTALL)


def notice(text: str) -> str:
    """The words above everything else on a page."""
    found = NOTICE.search(text)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", found[1])).split()) if found else ""


BEHIND = {
    "id": "Data yang lebih baru sudah dimuat dan sedang dibaca. Yang tampak masih versi 1; "
          "muat ulang halaman ini sebentar lagi.",
    "en": "Newer data has been loaded and is being read. What you see is still version 1; "
          "load this page again in a moment.",
}  # fmt: skip


def test_data_that_was_loaded_and_is_not_read_yet_is_announced(
    client: FlaskClient, store: FickleStore
) -> None:
    client.get("/jaringan")
    load(store)
    store.gate.clear()
    for page in both(PAGES):
        said = notice(client.get(page).text)
        assert said == BEHIND["en" if page.startswith("/en") else "id"], page
    store.gate.set()
    wait_until(lambda: notice(client.get("/jaringan").text) == "")


def test_a_large_load_is_announced_on_every_page(client: FlaskClient, store: FickleStore) -> None:
    assert notice(client.get("/jaringan").text) == ""
    store.unfinished = LARGE
    assert client.get("/jaringan").status_code == 200
    for page in both(PAGES):
        said = notice(client.get(page).text)
        if page.startswith("/en"):
            assert said == ("A large load is not finished: 30,000 of 120,000 agreements. "
                            "Network and opportunities still show version 1."), page  # fmt: skip
        else:
            assert said == ("Pemuatan besar belum selesai: 30.000 dari 120.000 perjanjian. "
                            "Jaringan dan peluang masih versi 1."), page  # fmt: skip


def test_before_the_first_index_a_large_load_is_what_pages_tell_of(
    without: FlaskClient, store: FickleStore
) -> None:
    store.away, store.unfinished = False, LARGE
    answer = without.get("/en/jaringan")
    assert answer.status_code == 503
    assert "<h1>A large load is not finished.</h1>" in answer.text
    assert notice(answer.text).startswith("A large load is not finished: 30,000 of 120,000")
    assert "version None" not in answer.text


def test_no_page_breaks_on_what_came_after_the_index(
    client: FlaskClient, store: FickleStore
) -> None:
    client.get("/")
    load(store)
    store.unfinished = LARGE
    for page in (*both(PAGES), "/mitra/nagoya-jp", "/perjanjian/new"):
        answer = client.get(page)
        assert answer.status_code == (404 if "nowhere" in page else answer.status_code)
        assert answer.status_code in {200, 404, 503}, page
    assert client.get("/perjanjian/new").status_code == 200
    assert "Nagoya" in client.get("/perjanjian").text
    late = client.get("/en/mitra/nagoya-jp")
    assert late.status_code == 503
    assert "still being prepared" in late.text


def test_no_page_breaks_on_what_left_after_the_index(
    client: FlaskClient, store: FickleStore
) -> None:
    client.get("/")
    kept = batch([one for one in WORLD.agreements if one.id not in {"twin", "sister"}])
    store.write(kept, complete=True)
    store.unfinished = LARGE
    for page in both(PAGES):
        assert client.get(page).status_code in {200, 404, 503}, page
    assert client.get("/perjanjian/twin").status_code == 404


def test_the_pattern_page_shows_every_notice(client: FlaskClient) -> None:
    for page, words in (
        ("/pola", ("versi 12", "30.000 dari 120.000", "sedang dibaca")),
        ("/en/pola", ("version 12", "30,000 of 120,000", "being read")),
    ):
        said = notice(client.get(page).text)
        assert [word for word in words if word not in said] == []


def test_a_store_that_is_refused_while_pages_are_served_tells_readers_nothing_of_why(
    client: FlaskClient, store: FickleStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> None:
        raise StoreRefused("store-login", address=SECRET_PLACE, user="neo4j")

    with monkeypatch.context() as patch:
        patch.setattr(store, "state", refuse)
        answer = client.get("/en/jaringan")
        assert answer.status_code == 503
        assert "db.internal" not in answer.text
        assert client.get("/readyz").status_code == 503
    assert client.get("/en/jaringan").status_code == 200
