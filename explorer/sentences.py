"""Reasons and unused paths as sentences of both languages, from typed evidence; without Flask.

A reason's sentence is `reason.<code>`, with `.<form>` where it has several; whole sentences may
follow it. A path's is `unused.<kind>`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

from explorer.i18n import say
from explorer.law import Advice, AdviceWords, Finding, field_words, finding_words, step_words
from explorer.opportunities import Ranked
from explorer.present import amount, joined, party_sub, title
from explorer.reasons import Reason, Row
from explorer.reasons.chains import Chain
from explorer.reasons.ground import Ground
from explorer.reasons.groundwork import ground
from explorer.service import View
from graph_loader import Agreement, Flow, Language

_EVERY_STEP = {"common-partner": 2, "chain": 3}
"""How many steps the sentence of a reason over others speaks of."""


@dataclass(frozen=True)
class Speaker:
    """Words what is found, in one language."""

    shown: View
    lang: Language

    @property
    def ground(self) -> Ground:
        """What the day's questions rest on: it knows the names of places too."""
        return ground(self.shown.index, self.shown.day)

    def name(self, id: str) -> str:
        """The name of a party or place."""
        base = self.ground
        return base.name(base.number_of(id), self.lang)

    def reason(self, found: Reason) -> str:
        """A reason that can be read out."""
        key = f"reason.{found.code}" + (f".{found.form}" if found.form else "")
        sentences = [say(self.lang, key, **self._params(found)), *self._more(found)]
        return " ".join(sentences)

    def unused(self, chain: Chain) -> str:
        """What a path amounts to: who could introduce whom."""
        names = [self.name(id) for id in chain.parties]
        params = {"region": names[0], "party": names[-1], "first": names[1], "second": names[-2]}
        return say(self.lang, self.unused_key(chain), **params)

    @staticmethod
    def unused_key(chain: Chain) -> str:
        """The catalogue's key of a path's sentence."""
        form = ".two" if len(chain.steps) > 2 else ""
        if chain.kind == "umbrella" and chain.renewals:
            form = ".lapsed"
        return f"unused.{chain.kind}{form}"

    def no_path(self, region: str, party: str) -> str:
        """What is said where no typed path leads to a candidate."""
        return say(self.lang, "unused.none", region=self.name(region), party=self.name(party))

    def renewal(self, agreement: Agreement) -> str:
        """What would open a path again."""
        names = {one.party: self.name(one.party) for one in agreement.parties}
        return say(self.lang, "unused.renew", agreement=title(agreement, names, self.lang))

    def advice(self, found: Advice) -> AdviceWords:
        """What the law says, in words, of all stages the next alone; a place is named too."""
        index, goods = self.shown.index, self.shown.commodities()
        findings = [self._placed(one) for one in found.findings]
        return AdviceWords(
            guidance=say(self.lang, "law.guidance"),
            is_blocked=found.is_blocked,
            route=self.name(found.route) if found.route else "",
            track=say(self.lang, f"category.{found.track.lower()}"),
            findings=[finding_words(index, one, self.lang, goods) for one in findings],
            next_step=step_words(found.next_step, self.lang, is_next=True),
            steps=(),
            documents=[field_words(one, self.lang) for one in found.documents],
        )

    def _placed(self, found: Finding) -> Finding:
        """The law knows parties alone; a place's name stands in the place of its id."""
        party = str(found.params.get("party", ""))
        if not party or party in self.shown.index.number:
            return found
        return replace(found, params={**found.params, "party": self.name(party)})

    def row(self, row: Row) -> str:
        """What a line of a reference file is a line of."""
        key = f"row.{row.file.removesuffix('.csv')}"
        return say(self.lang, key, row=row.row, note=row.note)

    def sub(self, id: str) -> str:
        """What kind of party or place it is, and where: "Mitra luar negeri, Jepang"."""
        if id in self.shown.index.number:
            return party_sub(self.shown, self.shown.party(id), self.lang)
        country = self.ground.country_of(id)
        known = country in self.shown.index.number
        where = self.shown.index.name(country, self.lang) if known else country.upper()
        return say(self.lang, "place.sub", country=where)

    def cold(self, ranked: Ranked) -> str:
        """What a region without an agreement in force is told; nothing to one that has some."""
        if not ranked.is_cold:
            return ""
        region = ranked.question.id(ranked.question.region)
        return say(self.lang, "opportunity.cold", region=self.name(region))

    def topic(self, code: str) -> str:
        """A goal or target with the goal's name: "SDG 6.1 (Air bersih …)"."""
        goals = {topic.id: topic for topic in self.shown.topics()}
        goal = goals.get(code.split(".")[0])
        if goal is None:
            return say(self.lang, "topic.bare", code=code)
        name = goal.name_en if self.lang == "en" else goal.name_id
        return say(self.lang, "topic.named", code=code, name=name)

    def flows(self, found: Reason) -> list[Flow]:
        """The need and the offer that a reason rests on."""
        by_id = self.shown.index.remember(
            "flows by id", lambda: {flow.id: flow for flow in self.shown.index.flows}, always=True
        )
        return [by_id[id] for id in found.flows if id in by_id]

    def _params(self, found: Reason) -> dict[str, object]:
        names = [self.name(id) for id in found.parties]
        params: dict[str, object] = {"region": names[0], "party": names[-1], "via": names[1]}
        params |= {"second": names[-2]}
        if found.code == "need-offer":
            return self._exchange(found)
        if found.code == "shared-topics":
            codes = cast(Sequence[str], found.params["topics"])
            return params | {"topics": joined(self.lang, [self.topic(code) for code in codes])}
        if found.code == "country":
            return params | self._country(found)
        known = {name: found.params[name] for name in ("since",) if name in found.params}
        return params | known

    def _exchange(self, found: Reason) -> dict[str, object]:
        need, offer = self.flows(found)
        params: dict[str, object] = {
            "commodity": self.commodity(need.commodity),
            "needing": self.name(need.party),
            "offering": self.name(offer.party),
            "need": amount(need, self.lang),
            "offer": amount(offer, self.lang),
        }
        return params | ({"other": self.commodity(offer.commodity)} if found.form else {})

    def commodity(self, id: str) -> str:
        """The name of what is lacked or given."""
        known = self.shown.commodities()[id]
        return known.name_en if self.lang == "en" else known.name_id

    def _country(self, found: Reason) -> dict[str, object]:
        named = cast(Sequence[str], found.params["named"])
        n = cast(int, found.params["n"])
        names = [self.name(id) for id in named]
        listed = joined(self.lang, names)
        if n > len(named):
            listed = say(self.lang, "reason.and-more", list=", ".join(names), n=n - len(named))
        province = self.shown.index.province[self.ground.number_of(found.parties[0])]
        return {
            "n": n,
            "named": listed,
            "country": self.name(str(found.params["country"])),
            "province": self.ground.name(int(province), self.lang),
        }

    def _more(self, found: Reason) -> list[str]:
        """The sentences that follow: how many more there are, and what rests on a list alone."""
        more = []
        n = found.params.get("n", 1)
        if found.code in {"common-partner", "sibling"} and n != 1:
            more.append(say(self.lang, f"reason.{found.code}.more", n=n))
        if found.form == "listed" and (of := _EVERY_STEP.get(found.code)):
            more.append(say(self.lang, "reason.by-list", n=len(found.rows), of=of))
        return more
