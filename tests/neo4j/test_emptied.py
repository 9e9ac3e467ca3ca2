"""A database that somebody emptied and filled again is another one, though it counts from one."""

from __future__ import annotations

from time import monotonic, sleep

from explorer.service import Service
from tests.neo4j.address import Address
from tests.neo4j.faults import PATIENCE, fill, opened, pages
from tests.worlds import EVERYONE, GRESIK, KOBE, agreement, batch


def test_it_is_noticed_and_read_anew(neo4j_address: Address) -> None:
    fill(neo4j_address)
    with pages(neo4j_address) as app:
        service: Service = app.extensions["simpul"]
        before = service.view()
        assert "other" not in before.index.agreement_number
        neo4j_address.wipe()
        with opened(neo4j_address) as store:
            store.write(batch([agreement("other", GRESIK, KOBE)], parties=EVERYONE))
            assert store.version() == before.version == 1
        end = monotonic() + PATIENCE
        while list(service.view().index.agreement_ids) != ["other"]:
            assert monotonic() < end, "the old index stands"
            sleep(0.05)
        assert app.test_client().get("/perjanjian/other").status_code == 200
