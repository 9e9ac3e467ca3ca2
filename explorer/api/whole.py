"""`/api/v1/paths` and `/api/v1/statistics`: what the pages tell, as data and with longer lists."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.pages.connect_terms import Terms
from explorer.pages.statistics import name_of
from explorer.paths.answer import Words, answer, as_json
from explorer.service import View
from explorer.statistics import statistics
from explorer.statistics.communities import Community
from graph_loader import BadInput, Language

ITEMS = 500  # because a longer list is a download, and `total` says what is missing


def paths_answer(shown: View, found: Terms, lang: Language) -> dict[str, object]:
    """As `simpul paths --json`.

    Raises: BadInput ("value-unknown") where it is not clear who is meant, naming the field.
    """
    if (asked := found.asked) is None:
        unclear = next((one for one in found.all_named if not one.id), None)
        missing = found.goal if found.start.text else found.start
        field = (unclear or missing).field
        raise BadInput("value-unknown", field=field, value=unclear.text if unclear else "")
    return as_json(Words(shown, lang), answer(shown, asked, found.count))


def statistics_answer(shown: View, lang: Language) -> dict[str, object]:
    """`brokers`, `communities`, `cuts` and `alone` are `{items, total}`, at most 500 items each.

    `share` is 0 to 1; `exact` is false where it was estimated from `starts` parties.
    """
    index, found = shown.index, statistics(shown.index, shown.day)

    def party(number: int) -> dict[str, object]:
        return {"id": index.parties[number].id, "name": index.name(number, lang)}

    def community(one: Community) -> dict[str, object]:
        return {
            "name": name_of(shown, one, lang), "middle": party(one.middle), "ties": one.ties,
            "parties": _cut([party(n) for n in one.parties[:ITEMS]], len(one.parties)),
            "traits": [trait._asdict() for trait in one.traits],
        }  # fmt: skip

    brokers = [
        {**party(one.party), "share": one.share, "partners": one.partners}
        for one in found.brokers[:ITEMS]
    ]
    return {
        "agreements": found.agreements, "parties": found.parties, "ties": found.ties,
        "parts": found.parts, "largest": found.largest,
        "starts": found.starts, "exact": found.exact,
        "brokers": _cut(brokers, len(found.brokers)),
        "communities": _cut([community(c) for c in found.communities[:ITEMS]],
                            len(found.communities)),
        "cuts": _cut([{**party(c.party), "lost": c.lost} for c in found.cuts[:ITEMS]],
                     len(found.cuts)),
        "alone": _cut([party(n) for n in found.alone[:ITEMS]], len(found.alone)),
        "version": shown.version, "as_of": shown.day.isoformat(),
    }  # fmt: skip


def _cut(items: Sequence[dict[str, object]], total: int) -> dict[str, object]:
    return {"items": items, "total": total}
