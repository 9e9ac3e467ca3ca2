"""What the index says of a filter is what a store says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.masks import can_tell, counted, masked
from graph_loader.model import Batch
from graph_loader.store.base import AgreementFilter
from tests.contract.test_read import filters, worlds
from tests.worlds import index_of, store_of

tellable = filters.map(lambda where: replace(where, text="", source=""))


@settings(max_examples=60, deadline=None)
@given(world=worlds(), asked=st.lists(tellable, min_size=4, max_size=4))
def test_counts_and_agreements_are_those_of_the_store(
    world: list[Batch], asked: list[AgreementFilter]
) -> None:
    with TemporaryDirectory() as folder:
        store = store_of(Path(folder), *world)
        index = index_of(store)
        for where in asked:
            assert can_tell(where)
            found, expected = counted(index, where), store.facets(where)
            assert found == expected
            assert [list(getattr(found, name)) for name in _FACETS] == [
                list(getattr(expected, name)) for name in _FACETS
            ]
            ids = {
                id
                for id, kept in zip(index.agreement_ids, masked(index, where), strict=True)
                if kept
            }
            assert ids == {shown.id for shown in store.agreements(where).items}
        store.close()


_FACETS = ("status", "category", "instrument", "goal", "country")
