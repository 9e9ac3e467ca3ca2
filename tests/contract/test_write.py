"""A load: all or nothing, idempotent, and retiring only what is its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from graph_loader.dates import PartialDate
from graph_loader.errors import BadInput, Moved, NotFound
from graph_loader.model import (
    BackgroundLink,
    Batch,
    Border,
    Category,
    Direction,
    Flow,
    Place,
    Problem,
    Relation,
    RelationKind,
    Source,
    StatedAgreement,
    make_party,
)
from graph_loader.store.base import AgreementFilter, Change, GraphStore
from tests.worlds import (
    EAST_JAVA,
    EVERYONE,
    GRESIK,
    ITS,
    KOBE,
    KOCHI,
    OSAKA,
    SIDOARJO,
    SURABAYA,
    agreement,
    batch,
    umbrella_world,
)

DAY = date(2026, 11, 25)
Open = Callable[[], GraphStore]


def ids(store: GraphStore, **where: str) -> set[str]:
    return {a.id for a in store.agreements(AgreementFilter(DAY, **where)).items}  # type: ignore[arg-type]


def test_an_empty_store_says_so(store: GraphStore) -> None:
    assert store.version() == 0
    assert store.agreements(AgreementFilter(DAY)) == ([], 0)
    assert store.loads() == ([], 0)
    assert store.facets(AgreementFilter(DAY)).total == 0
    with pytest.raises(NotFound, match="party-unknown"):
        store.party("35")


def test_the_same_load_twice_changes_nothing_and_says_so(store: GraphStore) -> None:
    first = store.write(umbrella_world(), complete=True)
    assert (first.changed_anything, first.token, first.load.added) == (True, 1, 5)
    second = store.write(umbrella_world(), complete=True)
    assert (second.changed_anything, second.token, store.version()) == (False, 1, 1)
    assert (second.load.added, second.load.changed, second.load.unchanged) == (0, 0, 5)
    assert store.loads().total == 2
    assert store.changes(second.load.id).total == 0


def test_a_store_holds_what_it_was_given(store: GraphStore, opened: Open) -> None:
    store.write(umbrella_world())
    other = opened()
    assert other.identity() == store.identity()
    assert other.party("35.25") == GRESIK
    assert other.parties(["35", "no-such", "its"]) == {"35": EAST_JAVA, "its": ITS}
    assert other.by_ids(["twin", "no-such"]).keys() == {"twin"}


def test_a_changed_claim_is_a_change(store: GraphStore) -> None:
    store.write(batch([agreement("a", GRESIK, OSAKA), agreement("b", GRESIK, KOBE)]))
    again = batch([agreement("a", GRESIK, OSAKA, signed="2001"), agreement("c", GRESIK, KOCHI)])
    report = store.write(again)
    assert (report.load.added, report.load.changed, report.load.retired) == (1, 1, 0)
    assert store.changes(report.load.id).items == [Change("a", "changed"), Change("c", "added")]
    assert ids(store) == {"a", "b", "c"}
    assert store.agreement("a").agreement.signed == PartialDate(2001)


def test_a_complete_load_retires_its_own_and_nothing_else(store: GraphStore) -> None:
    store.write(batch([agreement("a", GRESIK, OSAKA), agreement("b", GRESIK, KOBE)], source="one"))
    store.write(batch([agreement("c", SURABAYA, KOCHI)], source="two"))
    report = store.write(batch([agreement("a", GRESIK, OSAKA)], source="one"), complete=True)
    assert report.load.retired == 1
    assert store.changes(report.load.id).items == [Change("b", "retired")]
    assert ids(store) == {"a", "c"}
    with pytest.raises(NotFound):
        store.agreement("b")
    assert ids(store, text="b") == set()


def test_a_party_goes_when_nobody_states_it_and_nothing_refers_to_it(store: GraphStore) -> None:
    guest = make_party("guest", "Tamu", "Guest", "third_party")
    with_guest = [agreement("a", GRESIK, guest), agreement("b", GRESIK, KOBE)]
    store.write(batch(with_guest, parties=[*EVERYONE, guest], source="one"))
    other = batch([agreement("a", GRESIK, guest)], parties=[], source="two")
    store.write(other)
    store.write(batch([], source="one"), complete=True)
    assert store.party("guest") == guest  # the agreement of the other source still names it
    store.write(batch([], parties=[], source="two"), complete=True)
    with pytest.raises(NotFound, match="party-unknown"):
        store.party("guest")


def test_an_agreement_lives_while_any_source_states_it(store: GraphStore) -> None:
    store.write(batch([agreement("a", GRESIK, OSAKA, signed="1994-08-24")], source="one"))
    store.write(batch([agreement("a", GRESIK, KOBE, signed="1994", ends="1999")], source="two"))
    record = store.agreement("a")
    assert [claim.source for claim in record.claims] == ["two", "one"]  # newest load first
    assert record.agreement.signed == PartialDate(1994, 8, 24)  # the most precise
    assert {s.party for s in record.agreement.parties} == {"35.25", "osaka-jp", "kobe-jp"}
    report = store.write(batch([], source="two"), complete=True)
    assert store.changes(report.load.id).items == [Change("a", "changed")]
    assert report.load.retired == 0
    left = store.agreement("a")
    assert [claim.source for claim in left.claims] == ["one"]
    assert left.agreement.ends is None
    assert {s.party for s in left.agreement.parties} == {"35.25", "osaka-jp"}
    assert ids(store, party="kobe-jp") == set()


def test_what_is_shown_does_not_depend_on_which_source_is_loaded_again(store: GraphStore) -> None:
    one = batch([agreement("a", GRESIK, OSAKA, signed="1994")], source="one")
    store.write(one)
    store.write(batch([agreement("a", GRESIK, OSAKA, signed="1995-05-05")], source="two"))
    store.write(one)
    assert store.agreement("a").agreement.signed == PartialDate(1995, 5, 5)
    assert len(store.agreement("a").claims) == 2


def test_an_accord_of_eleven_is_one_agreement(store: GraphStore) -> None:
    members = [make_party(f"35.{n:02}", f"Kabupaten {n}", f"R {n}", "kabupaten") for n in range(11)]
    store.write(batch([agreement("accord", *members)], parties=members))
    shown = store.agreement("accord").agreement
    assert [s.party for s in shown.parties] == [member.id for member in members]
    assert shown.categories == {Category.KSDD}
    assert store.neighbourhood("35.00", DAY).total == 10


def test_an_earlier_id_leads_to_the_one_of_now(store: GraphStore) -> None:
    stated = agreement("new", GRESIK, OSAKA)
    store.write(batch([StatedAgreement("new", stated.claims, aliases=("old",))]))
    with pytest.raises(Moved) as moved:
        store.agreement("old")
    assert (moved.value.code, moved.value.params) == ("agreement-moved", {"id": "new"})


def test_a_party_that_nobody_has_stops_the_whole_load(store: GraphStore) -> None:
    store.write(umbrella_world())
    bad = batch([agreement("x", GRESIK, KOBE), agreement("y", GRESIK, "nobody")], source="bad")
    with pytest.raises(BadInput, match="party-missing") as raised:
        store.write(bad)
    assert raised.value.params["id"] == "nobody"
    assert store.version() == 1
    assert store.loads().total == 1
    assert [source.id for source in store.sources()] == ["test"]
    with pytest.raises(NotFound):
        store.agreement("x")


@pytest.mark.parametrize(
    "extra",
    [
        {"borders": [Border("35.25", "nobody")]},
        {"flows": [Flow("f", "nobody", Direction.NEED, "rice")]},
    ],
    ids=["border", "flow"],
)
def test_borders_and_flows_name_known_parties_too(
    store: GraphStore, extra: dict[str, list[object]]
) -> None:
    with pytest.raises(BadInput, match="party-missing") as raised:
        store.write(batch([], **extra))  # type: ignore[arg-type]
    assert raised.value.params["id"] == "nobody"
    assert store.version() == 0


def test_a_load_that_fails_midway_leaves_nothing(store: GraphStore) -> None:
    def fail(stage: str, done: int, total: int) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.write(umbrella_world(), progress=fail)
    assert (store.version(), store.loads().total, store.sources()) == (0, 0, [])
    assert store.scan(lambda scan: list(scan.parties())) == []
    assert store.write(umbrella_world()).load.added == 5


def test_progress_is_told(store: GraphStore) -> None:
    told: list[tuple[str, int, int]] = []
    store.write(umbrella_world(), progress=lambda *step: told.append(step))
    assert told[-1][1:] == (5, 5)


def test_problems_are_kept_in_the_order_of_the_file(store: GraphStore) -> None:
    problems = tuple(
        Problem("place-ambiguous", "doubtful", "f.csv", "S", row, "Mitra", "Malang", (("n", "2"),))
        for row in (7, 3, 9)
    )
    report = store.write(replace(umbrella_world(), problems=problems))
    assert report.load.problems == 3
    assert store.problems(report.load.id).items == list(problems)
    assert store.problems(report.load.id, limit=1, offset=1) == ([problems[1]], 3)
    with pytest.raises(NotFound, match="load-unknown"):
        store.problems(99)
    with pytest.raises(NotFound, match="load-unknown"):
        store.changes(99)


def test_less_than_nothing_is_nothing(store: GraphStore) -> None:
    load = store.write(umbrella_world()).load.id
    assert store.loads(limit=-1) == ([], 1)
    assert store.problems(load, limit=-1, offset=-1) == ([], 0)
    assert store.changes(load, limit=-1) == ([], 5)
    assert store.agreements(AgreementFilter(DAY), limit=-1, offset=-1) == ([], 5)


def test_a_relation_is_known_at_both_ends(store: GraphStore) -> None:
    later = agreement("later", GRESIK, OSAKA)
    renews = Relation(RelationKind.RENEWS, "first")
    later = StatedAgreement("later", (replace(later.claims[0], relations=(renews,)),))
    store.write(batch([agreement("first", GRESIK, OSAKA), later]))
    assert store.agreement("later").agreement.relations == (renews,)
    assert store.agreement("first").referred_by == [Relation(RelationKind.RENEWS, "later")]


def test_another_name_of_a_party_is_found_in_its_agreements(store: GraphStore) -> None:
    store.write(umbrella_world())
    renamed = replace(KOCHI, name_id="Kota Tosa", name_en="Tosa")
    parties = [renamed if party.id == KOCHI.id else party for party in EVERYONE]
    store.write(replace(umbrella_world(), parties=tuple(parties)))
    assert ids(store, text="tosa") == {"city", "talks"}
    assert ids(store, text="kochi") == set()


def test_the_reference_names_a_party_whatever_is_loaded_later(store: GraphStore) -> None:
    store.write(batch([], source="reference"))
    store.write(batch([], parties=[replace(GRESIK, name_id="Gresik!")], source="zz"))
    assert store.party("35.25") == GRESIK


def test_a_store_knows_whether_it_holds_a_batch(store: GraphStore) -> None:
    reference = batch([], borders=[Border("35.15", "35.78")], source="reference")
    assert not store.holds(reference)
    store.write(reference)
    assert store.holds(reference)
    assert not store.holds(batch([], borders=[Border("35.15", "35.25")], source="reference"))


def test_background_is_kept_apart(store: GraphStore) -> None:
    links = (BackgroundLink("kobe-jp", "osaka-jp"),)
    store.write(replace(umbrella_world(), background=links))
    assert store.scan(lambda scan: list(scan.background())) == list(links)
    neighbours = store.neighbourhood("osaka-jp", DAY).neighbours
    assert "kobe-jp" not in {neighbour.party.id for neighbour in neighbours}
    store.write(umbrella_world(), complete=True)
    assert store.scan(lambda scan: list(scan.background())) == []


def test_places_are_no_parties_and_go_with_their_list(store: GraphStore) -> None:
    ueda, dili = Place("ueda.jp", "Ueda", "jp", 36.4, 138.25), Place("dili.tl", "Dili", "tl")
    twins = Source("twins", "Twin towns")
    link = BackgroundLink("dili.tl", "ueda.jp")
    store.write(umbrella_world())
    store.write(Batch(twins, "t.csv", places=(ueda, dili), background=(link,)), complete=True)
    assert store.scan(lambda scan: list(scan.places())) == [dili, ueda]
    assert store.scan(lambda scan: list(scan.background())) == [link]
    assert store.parties(["ueda.jp", "dili.tl"]) == {}
    moved = replace(ueda, lat=36.5)
    report = store.write(Batch(twins, "u.csv", places=(moved,)), complete=True)
    assert report.changed_anything
    assert store.scan(lambda scan: list(scan.places())) == [moved]
    assert store.scan(lambda scan: list(scan.background())) == []


def test_each_content_has_a_stamp_of_its_own(store: GraphStore) -> None:
    assert store.state() == (0, None, "")
    seen = [""]
    for world in (umbrella_world(), batch([], parties=[replace(KOCHI, name_id="Kota Tosa")])):
        store.write(world)
        assert store.state().stamp not in seen
        seen.append(store.state().stamp)
        assert not store.write(world).changed_anything
        assert store.state().stamp == seen[-1]


def test_sidoarjo_is_left_alone(store: GraphStore) -> None:
    store.write(batch([agreement("a", GRESIK, OSAKA)]))
    found = store.neighbourhood(SIDOARJO.id, DAY)
    assert (found.neighbours, found.total, found.hidden) == ([], 0, {})
