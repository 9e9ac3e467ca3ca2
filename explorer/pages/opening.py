"""What the pages of a party and of a country open with: numbers lead to what they count."""

from __future__ import annotations

from collections.abc import Mapping

from flask import url_for
from markupsafe import Markup

from explorer.filters import BOTH_IN_FORCE
from explorer.i18n import number
from explorer.present import PartyLink, counted, linked
from graph_loader import Language, Status


def of_party(
    party: PartyLink, counts: Mapping[Status, int], partners: int, ending: int, lang: Language
) -> Markup:
    """How many agreements with how many partners; `ending` of them end this year."""
    in_force = sum(n for status, n in counts.items() if status.in_force)
    total = sum(counts.values())
    if not total:
        return linked(lang, "party.opening.none", {}, party=party.name)
    every = (counted(lang, "agreements", total), f"{party.url}#perjanjian")
    if not in_force:
        return linked(lang, "party.opening.past", {"agreements": every}, party=party.name)
    links = {
        "agreements": (
            counted(lang, "agreements", in_force),
            f"{party.url}?status={BOTH_IN_FORCE}#perjanjian",
        ),
        "partners": (counted(lang, "partners", partners), f"{party.url}#mitra"),
    }
    if not ending:
        return linked(lang, "party.opening", links, party=party.name)
    soon = f"{party.url}?status=active&urut=ends#perjanjian"
    links["ending"] = (counted(lang, "ending", ending), soon)
    return linked(lang, "party.opening.ending", links, party=party.name)


def of_country(
    country: PartyLink, only: PartyLink | None, agreements: int, in_force: int, partners: int,
    lang: Language,
) -> Markup:  # fmt: skip
    """How many agreements with a country; of one party alone where it is asked for."""
    names = {"country": country.name, "party": only.name if only else ""}
    kind = "country.opening.pair" if only else "country.opening"
    if not agreements:
        nothing = "country.opening.pair.none" if only else "country.opening.none"
        return linked(lang, nothing, {}, **names)
    who = only.id if only else None
    url = url_for("country.country", id=country.id, pihak=who)
    with_force = url_for("country.country", id=country.id, pihak=who, status=BOTH_IN_FORCE)
    links = {
        "agreements": (counted(lang, "agreements", agreements), f"{url}#perjanjian"),
        "partners": (counted(lang, "partners", partners), f"{url}#mitra"),
        "in_force": (number(lang, in_force), f"{with_force}#perjanjian"),
    }
    return linked(lang, kind, links, **names)
