"""A place that a list of twin towns names and no agreement does: what is known, what to do."""

from __future__ import annotations

from collections.abc import Sequence

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from explorer.contexts import PlaceContext
from explorer.present import (
    PartyLink,
    counted,
    country_name,
    linked,
    party_link,
    party_url,
    place_link,
    view,
)
from explorer.service import View
from explorer.twins import party_at, place_at, twins_of
from graph_loader import Language, NotFound, Source, is_background

Twins = tuple[list[PartyLink], list[tuple[PartyLink, str]]]
"""Those that are known, and the others with their countries."""


def place_page(id: str, lang: Language) -> ResponseReturnValue:
    """`/mitra/ueda.jp`; one that is a known party is at that party's address.

    Raises: NotFound ("party-unknown", id=…).
    """
    shown = view()
    at = place_at(shown.index, id)
    if at is None:
        raise NotFound("party-unknown", id=id)
    known = party_at(shown.index, at)
    if known is not None:  # it may be another one tomorrow, so not for good
        return redirect(party_url(shown.index.parties[known]), 302)
    return render_template("place.html", ctx=_context(shown, at, lang))


def _context(shown: View, at: int, lang: Language) -> PlaceContext:
    index = shown.index
    place = index.background.places[at]
    known, others = _twins(shown, at, lang)
    number = counted(lang, "twins", len(known) + len(others))
    return PlaceContext(
        opening=linked(lang, "place.opening", {"twins": (number, "#kembar")}, place=place.name),
        place=place_link(shown, place, lang),
        country=party_link(shown, place.country, lang) if place.country in index.number else None,
        known=known,
        others=others,
        lists=_lists(shown.store.sources()),
        opportunities_url=url_for("opportunities.choose"),
    )


def _twins(shown: View, at: int, lang: Language) -> Twins:
    """The twins that are known parties, those at home first; then the others, by name."""
    index = shown.index
    found = twins_of(index, at)
    numbers = {number for one in found if (number := party_at(index, one)) is not None}
    parties = [index.parties[number] for number in numbers]
    parties.sort(key=lambda party: (party.country != "id", party.sort_key, party.id))
    places = [index.background.places[one] for one in found if party_at(index, one) is None]
    places.sort(key=lambda place: (place.name.casefold(), place.id))
    return (
        [party_link(shown, party.id, lang) for party in parties],
        [(place_link(shown, place, lang), country_name(shown, place, lang)) for place in places],
    )


def _lists(sources: Sequence[Source]) -> list[Source]:
    return [source for source in sources if is_background(source)]
