"""What was stated of a thing is found by the index, also before the server has sampled that.

It does so in the background, and keeps a plan for a while: a first load is over by then.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from typing import Any

import pytest

from graph_loader.store import cypher
from graph_loader.store.access import Access
from graph_loader.store.open import open_store
from tests.loader.sizes import generated
from tests.neo4j.address import Address
from tests.neo4j.shared import wipe


@pytest.fixture(scope="module")
def loaded() -> Address:
    """A server that has just been laid out and filled for the first time."""
    address = wipe(schema=True)
    with closing(open_store(address.uri, Access(address.user, address.password))) as store:
        store.write(generated(20, parties=1_500))
    return address


def _operators(plan: Mapping[str, Any]) -> Iterator[str]:
    yield plan["operatorType"].partition("@")[0]
    for child in plan.get("children", ()):
        yield from _operators(child)


@pytest.mark.parametrize("name", ["STATED_OF", "UNSTATE"])
def test_statements_are_not_looked_through_for_each_subject(loaded: Address, name: str) -> None:
    values = {"ids": ["a"], "rows": ["a"], "kind": "party", "source": "s"}
    with loaded.driver() as driver:
        # planned now, because the load's own plan is kept by its text
        anew = f"EXPLAIN {getattr(cypher, name)} // now"
        plan = driver.execute_query(anew, values).summary.plan
    assert plan is not None
    found = list(_operators(plan))
    assert "DirectedRelationshipIndexSeek" in found
    assert [one for one in found if one.endswith("Scan")] == []
