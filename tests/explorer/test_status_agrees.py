"""The status of an agreement is the same from the model, the store and the index."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.index import STATUSES
from graph_loader.dates import PartialDate
from graph_loader.model import Instrument, StatedAgreement
from graph_loader.status import Status, status_on
from graph_loader.store.base import AgreementFilter
from tests.worlds import GRESIK, OSAKA, agreement, batch, index_of, store_of

WORLDS = 40  # because each is a store of its own on disk, and holds up to sixty agreements

days = st.dates(date(2019, 1, 1), date(2023, 12, 31))
dates = st.one_of(
    st.just(""),
    st.integers(2019, 2023).map(str),
    days.map(lambda day: f"{day:%Y-%m}"),
    days.map(date.isoformat),
)
stated = st.tuples(
    st.sampled_from(Instrument),
    dates,
    dates,
    st.sampled_from(["", "exploration", "lapsed", "ended"]),
)


@settings(max_examples=WORLDS, deadline=None)
@given(st.lists(stated, min_size=1, max_size=60), st.data())
def test_model_store_and_index_agree(
    facts: list[tuple[Instrument, str, str, str]], data: st.DataObject
) -> None:
    world = [
        agreement(f"a{number:02d}", GRESIK, OSAKA, instrument=kind, signed=s, ends=e, status=word)
        for number, (kind, s, e, word) in enumerate(facts)
    ]
    edges = [edge for one in world for edge in _edges(one)]
    day = data.draw(st.sampled_from(edges) if edges else days)
    expected = [_by_model(one, day) for one in world]
    with TemporaryDirectory() as folder:
        store = store_of(Path(folder), batch(world))
        index = index_of(store)
        assert [STATUSES[code] for code in index.status(day)] == expected
        assert store.facets(AgreementFilter(day)).status == Counter(expected)
        store.close()


def _by_model(stated: StatedAgreement, day: date) -> Status:
    claim = stated.claims[0]
    return status_on(day, claim.instrument, claim.signed, claim.ends, claim.stated_status)


def _edges(stated: StatedAgreement) -> list[date]:
    """The days on which a status may turn: just before, on and just after each date."""
    claim = stated.claims[0]
    known: list[PartialDate] = [date for date in (claim.signed, claim.ends) if date is not None]
    turns = [day for date in known for day in (date.first, date.last)]
    return [day + timedelta(days=step) for day in turns for step in (-1, 0, 1)]
