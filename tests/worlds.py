"""Tiny named networks, each drawn in its docstring, and how to put one into a real store."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from explorer.index import Index
from graph_loader.dates import PartialDate
from graph_loader.model import (
    Batch,
    Border,
    Claim,
    Flow,
    Instrument,
    Party,
    Signatory,
    Source,
    StatedAgreement,
    TopicTag,
    make_party,
)
from graph_loader.store.base import GraphStore
from graph_loader.store.open import open_store

HOME = make_party("id", "Indonesia", "Indonesia", "country", "id")
JAPAN = make_party("jp", "Jepang", "Japan", "country", "jp")
EAST_JAVA = make_party("35", "Provinsi Jawa Timur", "East Java Province", "province", "id", "id")
GRESIK = make_party("35.25", "Kabupaten Gresik", "Gresik Regency", "kabupaten", "id", "35")
SIDOARJO = make_party("35.15", "Kabupaten Sidoarjo", "Sidoarjo Regency", "kabupaten", "id", "35")
SURABAYA = make_party("35.78", "Kota Surabaya", "Surabaya City", "kota", "id", "35")
OSAKA = make_party("osaka-jp", "Prefektur Osaka", "Osaka Prefecture", "foreign_local", "jp", "jp")
KOBE = make_party("kobe-jp", "Kobe", "Kobe", "foreign_local", "jp", "jp")
KOCHI = make_party("kochi-jp", "Kochi", "Kochi", "foreign_local", "jp", "jp")
ITS = make_party("its", "Institut Teknologi Sepuluh Nopember", "ITS", "third_party")
EVERYONE: Sequence[Party] = (
    HOME, JAPAN, EAST_JAVA, GRESIK, SIDOARJO, SURABAYA, OSAKA, KOBE, KOCHI, ITS,
)  # fmt: skip


def agreement(
    id: str,
    *parties: Party | str,
    instrument: Instrument = Instrument.MOU,
    signed: str = "",
    ends: str = "",
    status: str = "",
) -> StatedAgreement:
    """An agreement that one page states."""
    claim = Claim(
        row=2,
        page="https://example.org/" + id,
        parties=tuple(Signatory(p if isinstance(p, str) else p.id) for p in parties),
        instrument=instrument,
        title=id.replace("-", " ").title(),
        signed=PartialDate.parse(signed) if signed else None,
        ends=PartialDate.parse(ends) if ends else None,
        stated_status=status,  # type: ignore[arg-type]
    )
    return StatedAgreement(id, (claim,))


def topical(stated: StatedAgreement, *topics: str) -> StatedAgreement:
    """The same agreement, of which every claim addresses the topics."""
    tags = tuple(TopicTag(topic) for topic in topics)
    return replace(stated, claims=tuple(replace(claim, topics=tags) for claim in stated.claims))


def umbrella_world() -> Batch:
    """Gresik lies in East Java, which works with Osaka; Surabaya works with Kochi and Gresik.

    Osaka --sister-- East Java      Gresik --twin-- Surabaya --city-- Kochi
    Sidoarjo: an agreement with Kobe that lapsed in 2010, none else; it borders Surabaya
    """
    return batch(
        [
            agreement("sister", EAST_JAVA, OSAKA, signed="1984"),
            agreement("twin", GRESIK, SURABAYA, signed="2020-01-01"),
            agreement("city", SURABAYA, KOCHI, instrument=Instrument.SISTER_CITY, signed="1997"),
            agreement("old", SIDOARJO, KOBE, signed="2005", ends="2010"),
            agreement("talks", SIDOARJO, KOCHI, instrument=Instrument.LOI, signed="2021"),
        ],
        borders=[Border("35.15", "35.78", shared_km=20.0)],
    )  # fmt: skip


def batch(
    agreements: Iterable[StatedAgreement],
    *,
    parties: Sequence[Party] = EVERYONE,
    borders: Sequence[Border] = (),
    flows: Sequence[Flow] = (),
    source: str = "test",
) -> Batch:
    """One load of the given things."""
    return Batch(
        Source(source, source.title()),
        "world.csv",
        parties=tuple(parties),
        agreements=tuple(agreements),
        borders=tuple(borders),
        flows=tuple(flows),
    )


def store_of(folder: Path, *batches: Batch) -> GraphStore:
    """A real embedded store that holds the batches, in the order given."""
    store = open_store(f"sqlite:{folder / 'world.db'}")
    for one in batches:
        store.write(one)
    return store


def index_of(store: GraphStore) -> Index:
    """The index of what a store holds."""
    return store.scan(Index.build)
