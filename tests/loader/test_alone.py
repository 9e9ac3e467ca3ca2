"""The short ways that a large load takes lead to the same place as the long ones."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from graph_loader.claims import SourcedClaim, show, show_alone
from graph_loader.dates import PartialDate
from graph_loader.model import (
    Batch,
    Claim,
    Instrument,
    Level,
    Relation,
    RelationKind,
    Signatory,
    TopicTag,
)
from graph_loader.store import sql, sqlite_write
from graph_loader.store.base import AgreementFilter, GraphStore
from graph_loader.store.codec import decode_claims, dump, encode_claims
from graph_loader.store.open import open_store
from graph_loader.text import fold
from tests.loader.sizes import generated

LEVELS = {f"p{number}": level for number, level in enumerate(Level)}
texts = st.sampled_from(["", "one", "two"])
dates = st.none() | st.builds(PartialDate, st.integers(1990, 2030), st.integers(0, 12))
claims = st.builds(
    Claim,
    row=st.integers(2, 9),
    page=texts,
    parties=st.lists(st.builds(Signatory, st.sampled_from(sorted(LEVELS)), texts)).map(tuple),
    instrument=st.sampled_from(Instrument),
    title=texts,
    signed=dates,
    ends=dates,
    topics=st.lists(
        st.builds(TopicTag, st.sampled_from(["2", "2.1", "13"]), st.lists(texts).map(tuple))
    ).map(tuple),
    stated=dates,
    relations=st.lists(
        st.builds(Relation, st.sampled_from(RelationKind), st.sampled_from(["x", "y"]))
    ).map(tuple),
)


@given(claims)
def test_one_claim_shows_what_the_same_claim_twice_shows(claim: Claim) -> None:
    twice = [SourcedClaim("s", 1, claim), SourcedClaim("s", 1, claim)]
    assert show_alone("a", claim, LEVELS) == show("a", twice, LEVELS)


@given(st.lists(claims, max_size=3).map(tuple), st.text(), st.text())
def test_what_a_source_states_is_read_back(
    stated: tuple[Claim, ...], title: str, role: str
) -> None:
    named = tuple(
        replace(claim, title=title, parties=(Signatory("p0", role), *claim.parties))
        for claim in stated
    )
    body = encode_claims(named)
    assert decode_claims(body) == named
    assert body == dump(json.loads(body))


@given(st.text(st.characters(max_codepoint=127)))
def test_ascii_folds_as_everything_does(text: str) -> None:
    assert fold(text) == fold(text + " đ").removesuffix("d").strip()


def test_a_large_load_ends_with_every_index_and_the_same_content(tmp_path: Path) -> None:
    whole = generated(sqlite_write.BULK + 1, parties=200)
    half = replace(whole, agreements=whole.agreements[: sqlite_write.BULK // 2])
    at_once = _written(tmp_path / "once.db", whole)
    in_parts = _written(tmp_path / "parts.db", half, whole)
    assert _indexes(tmp_path / "once.db") == _indexes(tmp_path / "parts.db")
    assert set(sql.SHOWN_INDEXES) <= _indexes(tmp_path / "once.db")
    assert _content(at_once) == _content(in_parts)
    for store in (at_once, in_parts):
        store.close()


def _written(path: Path, *batches: Batch) -> GraphStore:
    store = open_store(f"sqlite:{path}")
    for batch in batches:
        store.write(batch)
    return store


def _indexes(path: Path) -> set[str]:
    connection = sqlite3.connect(path)
    found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'index'").fetchall()
    connection.close()
    return {name for (name,) in found}


def _content(store: GraphStore) -> list[object]:
    everything = AgreementFilter(date(2026, 11, 25))
    rows, signed = store.scan(lambda scan: (list(scan.agreements()), list(scan.signed())))
    by_id = sorted(store.by_ids([row.id for row in rows]).items())
    return [rows, signed, by_id, store.facets(everything), store.agreements(everything)]
