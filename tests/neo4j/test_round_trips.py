"""How often a page asks the server: a fixed number of times, however large the data are."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from typing import Final

import pytest

from explorer import create_app
from explorer.settings import Settings
from graph_loader.load import load_shipped
from graph_loader.store.access import Access
from graph_loader.store.open import open_store
from tests.loader.sizes import generated
from tests.neo4j.address import Address
from tests.neo4j.shared import wipe

FEW, MANY = 20, 2_000
STATEMENTS: Final = {
    "/": 5,
    "/cari?q=osaka": 3,
    "/jaringan": 1,
    "/daerah/35": 10,
    "/daerah/35.25": 10,
    "/mitra/osaka-prefecture-jp": 9,
    "/mitra/taoyuan.tw": 2,
    "/negara/au?pihak=35": 5,
    "/topik/2": 3,
    "/linimasa?pihak=35": 2,
    "/perjanjian": 3,
    "/perjanjian?urut=title&halaman=3": 3,
    "/perjanjian?teks=rumah+sakit": 3,
    "/perjanjian/surabaya-kejati-2026": 7,
    "/hubungan?dari=35.25&ke=osaka-prefecture-jp": 2,
    "/hubungan?dari=35.25&ke=busan-kr&hindari=35.78&hindari=35&lampau=1": 2,
    "/jaringan/statistik": 1,
    "/peluang": 2,
    "/peluang?lihat=borders": 2,
    "/kesenjangan": 1,
    "/kesenjangan?tabel=target&topik=6": 1,
    "/seberapa-baik": 1,
    "/peluang/35.15": 5,
    "/peluang/35.15?topik=6": 5,
    "/api/v1/opportunities/35.15": 5,
    "/kebutuhan": 1,
    "/kebutuhan?daerah=35.78&komoditas=rice": 1,
    "/kebutuhan?daerah=35&semua=1": 1,
    "/data": 10,
    "/tentang": 1,
    "/api/v1/agreements?limit=500": 3,
    "/api/v1/suggest?q=gresik": 1,
    "/api/v1/parties/35.25": 2,
    "/api/v1/network": 1,
    "/api/v1/statistics": 1,
    "/api/v1/gaps": 1,
}
"""How many statements a page may send when it is asked for first; what it read it may keep.

One of them asks for the version. A page that needs more than eight reads one by one what it could
read at once: those numbers should fall.
"""
AROUND: Final = 2  # because a transaction is begun and ended, at worst one for each statement
# the pool may have to connect anew at any time
CONNECTING: Final = {"HELLO", "LOGON", "LOGOFF", "RESET", "GOODBYE"}


class Wire(logging.Handler):
    """Counts what the driver sends and what it then waits for, by the driver's own log."""

    def __init__(self) -> None:
        super().__init__()
        self.statements = self.round_trips = 0
        self._sent = False

    def emit(self, record: logging.LogRecord) -> None:
        """A client's message that is followed by the server's is one round trip."""
        said = re.match(r"\[#\w+\]\s+(C|S): (\w+)", record.getMessage())
        if said is None or said[2] in CONNECTING:
            return
        self.statements += said[1] == "C" and said[2] == "RUN"
        self.round_trips += said[1] == "S" and self._sent
        self._sent = said[1] == "C"


@contextmanager
def listening() -> Iterator[Wire]:
    """What goes over the wire meanwhile."""
    log, wire = logging.getLogger("neo4j.io"), Wire()
    level = log.level
    log.setLevel(logging.DEBUG)
    log.addHandler(wire)
    try:
        yield wire
    finally:
        log.removeHandler(wire)
        log.setLevel(level)


def counted(server: Address) -> Mapping[str, tuple[int, int]]:
    """Statements and round trips of each page, asked for first by an app that has its index."""
    settings = Settings(
        store=server.uri, today="2026-11-25",
        neo4j_user=server.user, neo4j_password=server.password,
    )  # fmt: skip
    app, found = create_app(settings), {}
    client = app.test_client()
    assert client.get("/tentang").status_code == 200  # the connection stands
    for page in STATEMENTS:
        with listening() as wire:
            assert client.get(page).status_code == 200, page
        found[page] = (wire.statements, wire.round_trips)
    app.extensions["simpul"].store.close()
    return found


@pytest.fixture(scope="module")
def counts(patient: None) -> list[Mapping[str, tuple[int, int]]]:
    """Those at the shipped size with a few agreements more, and with many."""
    return [_counted_with(more) for more in (FEW, MANY)]


def _counted_with(more: int) -> Mapping[str, tuple[int, int]]:
    server = wipe()
    with closing(open_store(server.uri, Access(server.user, server.password))) as store:
        load_shipped(store)
        store.write(generated(more, parties=500))
    return counted(server)


def test_no_page_asks_more_often_than_it_may(
    counts: list[Mapping[str, tuple[int, int]]],
) -> None:
    for found in counts:
        over = {page: n for page, (n, _) in found.items() if n > STATEMENTS[page]}
        assert over == {}
        assert all(n >= 1 for n, _ in found.values())  # whether there is a newer version
        assert all(n < trips <= n * (1 + AROUND) for n, trips in found.values())


def test_the_number_does_not_grow_with_the_data(
    counts: list[Mapping[str, tuple[int, int]]],
) -> None:
    few, many = ({page: n for page, (n, _) in found.items()} for found in counts)
    assert few == many
