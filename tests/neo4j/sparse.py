"""What the shipped rows do not have: a small world of all else that the graph may hold."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph_loader.model import (
    BackgroundLink,
    Batch,
    Border,
    Claim,
    Commodity,
    Direction,
    Flow,
    Instrument,
    Place,
    Problem,
    Relation,
    RelationKind,
    Signatory,
    Source,
    StatedAgreement,
    Topic,
    TopicTag,
    make_party,
)
from graph_loader.store import neo4j_compare, neo4j_write
from graph_loader.store.base import GraphStore
from tests.worlds import EAST_JAVA, GRESIK, ITS, KOBE, OSAKA, SIDOARJO, agreement, umbrella_world

UN = make_party("un-int", "PBB", "United Nations", "foreign_institution", "")
OFFICE = make_party("bappeda-gresik", "Bappeda Gresik", "Bappeda", "third_party", "id", "35.25")


def sparse_world() -> Batch:
    """Things with nothing but what they must have, and references to what nobody states.

    ITS --bare-- Kobe, on a topic that nobody describes;   heir --renews--> lost, which nobody has
    """
    bare = Claim(0, "", (Signatory(ITS.id), Signatory(KOBE.id)), Instrument.MOU,
                 topics=(TopicTag("2.99"),))  # fmt: skip
    heir = replace(
        agreement("heir", GRESIK, OSAKA).claims[0],
        parties=(Signatory(GRESIK.id, "pihak kesatu"), Signatory(OSAKA.id)),
        relations=tuple(Relation(kind, "lost") for kind in RelationKind),
    )
    return replace(
        umbrella_world(),
        source=Source("bureau", "Bureau"),
        parties=(*umbrella_world().parties, UN, OFFICE),
        agreements=(
            *umbrella_world().agreements,
            StatedAgreement("bare", (bare,)),
            StatedAgreement("heir", (heir,), aliases=("earlier",)),
        ),
        topics=(Topic("2.98", "2", "", "", "Safer food", "Pangan aman"),),
        commodities=(Commodity("salt", "garam", "salt"),),
        flows=(
            Flow("need", GRESIK.id, Direction.NEED, "sand"),
            Flow("offer", SIDOARJO.id, Direction.OFFER, "salt"),
        ),
        borders=(Border("35.01", "35.25"),),  # which the reference data does not have
        places=(Place("ueda.jp", "Ueda", "jp", 36.4, 138.25), Place("dili.tl", "Dili", "tl")),
        background=(BackgroundLink("dili.tl", "ueda.jp"), BackgroundLink("kobe-jp", "35.78")),
        problems=(Problem("date-unreadable", "doubtful", "world.csv", row=3),),
    )


def broken_off(store: GraphStore, batch: Batch) -> None:
    """Write a batch as a large one is written, and stop after the first agreements."""

    def stop(stage: str, done: int, total: int) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(neo4j_write, "ONE_TRANSACTION", 0)
        patch.setattr(neo4j_compare, "CHUNK", 1)
        with pytest.raises(KeyboardInterrupt):
            store.write(batch, progress=stop)


def fill(store: GraphStore) -> None:
    """Three loads of the world: all of it, a complete one that has changed, one broken off."""
    world = sparse_world()
    changed = agreement("sister", EAST_JAVA, OSAKA, signed="1985")
    kept = [one for one in world.agreements if one.id not in ("sister", "old")]
    late = tuple(agreement(f"late-{n}", GRESIK, KOBE) for n in range(3))
    store.write(world)
    store.write(replace(world, agreements=(changed, *kept)), complete=True)
    broken_off(store, replace(world, agreements=late))
