"""What a load asks for each of its rows is found by an index, also before that was sampled.

The server does so in the background, and keeps a plan for a while: a first load is over by then.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import closing
from typing import Any, Final

from graph_loader.store import cypher
from graph_loader.store.access import Access
from graph_loader.store.neo4j_rows import LABELS
from graph_loader.store.open import open_store
from tests.loader.sizes import generated
from tests.neo4j.shared import wipe


def _statements(held: object) -> Iterator[str]:
    if isinstance(held, str):
        yield held.strip()
    elif isinstance(held, tuple):
        yield from (one.strip() for one in held if isinstance(one, str))
    elif isinstance(held, dict):
        yield from (one for part in held.values() for one in _statements(part))


PARTIES: Final = [cypher.show_parties(":".join(labels)) for labels in LABELS.values()]
FOR_EACH: Final = {
    statement
    for held in (*vars(cypher).values(), *PARTIES)
    for statement in _statements(held)
    if statement.startswith("UNWIND")
}


def _operators(plan: Mapping[str, Any]) -> Iterator[str]:
    yield plan["operatorType"].partition("@")[0]
    for child in plan.get("children", ()):
        yield from _operators(child)


def test_nothing_is_looked_through_for_each_row() -> None:
    address = wipe(schema=True)
    with closing(open_store(address.uri, Access(address.user, address.password))) as store:
        store.write(generated(20, parties=1_500))
    assert len(FOR_EACH) > 30
    with address.driver() as driver:
        for statement in sorted(FOR_EACH):
            values = dict.fromkeys(re.findall(r"\$(\w+)", statement))
            # planned now, because the load's own plan is kept by its text
            plan = driver.execute_query(f"EXPLAIN {statement} // now", values).summary.plan
            assert plan is not None
            assert not [name for name in _operators(plan) if name.endswith("Scan")], statement
