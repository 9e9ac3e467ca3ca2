"""While a very large load is written in batches: whoever has an index serves it and says so."""

from __future__ import annotations

import threading
from html import unescape
from pathlib import Path
from time import monotonic, sleep

import pytest

from graph_loader.errors import LoadBusy, StoreUnavailable
from graph_loader.store import neo4j_compare, neo4j_write
from tests.loader.sizes import generated
from tests.neo4j.address import Address
from tests.neo4j.faults import PATIENCE, fill, opened, pages

SIZE = 60


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that sixty agreements are a very large load."""
    monkeypatch.setattr(neo4j_write, "ONE_TRANSACTION", 10)
    monkeypatch.setattr(neo4j_compare, "CHUNK", 20)


def test_readers_keep_the_last_index_and_are_told(
    neo4j_address: Address, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(neo4j_address)
    half, go_on = threading.Event(), threading.Event()

    def load() -> None:
        def wait(stage: str, done: int, total: int) -> None:
            if done == 40:
                half.set()
                go_on.wait(PATIENCE)

        with opened(neo4j_address) as store:
            store.write(generated(SIZE, 20), progress=wait)

    thread = threading.Thread(target=load)
    with pages(neo4j_address) as app:
        client = app.test_client()
        assert "belum selesai" not in client.get("/jaringan").text
        thread.start()
        try:
            assert half.wait(PATIENCE)
            text = unescape(client.get("/jaringan").text)
            assert "Pemuatan besar belum selesai: 40 dari 60 perjanjian" in text
            assert client.get("/readyz").json == {"status": "ready", "version": 1}
            with pages(neo4j_address) as late:  # a process that starts meanwhile
                answer = late.test_client().get("/en/jaringan")
                assert answer.status_code == 200
                assert "A large load is not finished" in answer.text
                assert "still show version 1" in answer.text
            monkeypatch.setenv("CACHE_DIRECTORY", str(tmp_path))
            with pages(neo4j_address) as elsewhere:  # and one on a machine that saved nothing
                answer = elsewhere.test_client().get("/en/jaringan")
                assert answer.status_code == 503
                assert "A large load is not finished" in answer.text
            with opened(neo4j_address) as other:
                with pytest.raises(StoreUnavailable, match="store-loading"):
                    other.scan(lambda scan: list(scan.agreements()))
                with pytest.raises(LoadBusy, match="load-busy"):
                    other.write(generated(5, 5))
        finally:
            go_on.set()
            thread.join()
        assert "belum selesai" not in client.get("/jaringan").text
        end = monotonic() + PATIENCE
        while client.get("/readyz").json != {"status": "ready", "version": 2}:
            assert monotonic() < end, "the new version is never shown"
            sleep(0.05)
