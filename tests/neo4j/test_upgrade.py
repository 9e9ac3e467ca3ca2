"""A database that an earlier Simpul filled opens as it is, and gets what it lacks."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from threading import Barrier
from typing import Any, Final

import pytest

from graph_loader.errors import StoreRefused
from graph_loader.model import Place
from graph_loader.store import cypher
from graph_loader.store.access import Access
from graph_loader.store.base import GraphStore
from graph_loader.store.open import open_store
from tests.contract.answers import scanned
from tests.neo4j.address import Address
from tests.neo4j.shared import wipe
from tests.worlds import umbrella_world

pytestmark = pytest.mark.usefixtures("patient")

OPENERS: Final = 5  # as many as the workers of a server that is started anew
OLD = "MATCH (store:Store) SET store.schema = $schema REMOVE store.stamp"
CONSTRAINTS = "SHOW CONSTRAINTS YIELD name RETURN collect(name) AS names"


def test_a_store_of_the_first_schema_opens_as_it_is() -> None:
    address = wipe(schema=True)
    with closing(_opened(address)) as store:
        store.write(umbrella_world())
        before = store.scan(scanned)
    _ask(address, "DROP CONSTRAINT place_id")
    _ask(address, OLD, schema=1)
    with closing(_opened(address)) as store:
        identity, old = store.identity(), store.state()
        assert identity.schema == cypher.SCHEMA_VERSION
        assert old.stamp == f"{identity.uuid}-{old.version}"
        assert store.scan(scanned) == before
        assert "place_id" in _ask(address, CONSTRAINTS)["names"]
        place = Place("ueda.jp", "Ueda", "jp")
        store.write(replace(umbrella_world(), places=(place,)))
        assert store.scan(lambda scan: list(scan.places())) == [place]
        assert store.state().stamp not in ("", old.stamp)


def test_a_store_of_a_later_schema_is_refused() -> None:
    address = wipe()
    with closing(_opened(address)) as store:
        assert store.state() == (0, None, "")
    _ask(address, OLD, schema=cypher.SCHEMA_VERSION + 1)
    with closing(_opened(address)) as store, pytest.raises(StoreRefused, match="store-schema"):
        store.state()
    wipe()


def test_many_that_open_an_empty_database_at_once_find_one_store() -> None:
    address = wipe(schema=True)
    start = Barrier(OPENERS)

    def identity(_: int) -> str:
        with closing(_opened(address)) as store:
            start.wait()
            return store.identity().uuid

    with ThreadPoolExecutor(OPENERS) as pool:
        assert len(set(pool.map(identity, range(OPENERS)))) == 1


def _opened(address: Address) -> GraphStore:
    return open_store(address.uri, Access(address.user, address.password))


def _ask(address: Address, statement: str, **params: object) -> dict[str, Any]:
    with address.driver() as driver:
        rows = driver.execute_query(statement, parameters_=params).records
        return dict(rows[0]) if rows else {}
