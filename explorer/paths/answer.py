"""Paths, bridges and other terms as plain words and as JSON: for the command line and programs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from explorer.i18n import say
from explorer.paths import Asked, Hop, Path, best_paths, bridge
from explorer.paths.bridge_words import told
from explorer.paths.nearest_bridge import Bridge
from explorer.paths.otherwise import Otherwise, otherwise
from explorer.present import joined, title
from explorer.service import View
from graph_loader import Agreement, Language, status_of

PROOFS = 3  # because three documents prove as well as thirty


@dataclass(frozen=True)
class Answer:
    """What was asked and found: `missing` and `others` are told only where there is no path."""

    asked: Asked
    paths: Sequence[Path]
    missing: Bridge | None = None
    others: Sequence[Otherwise] = ()


def answer(shown: View, asked: Asked, k: int) -> Answer:
    """The k best paths, or what is missing; all documents that they name are asked for at once."""
    index, day = shown.index, shown.day
    paths = best_paths(index, asked, day, k=k)
    found = Answer(asked, paths)
    if not paths:
        found = Answer(asked, (), bridge(index, asked, day), otherwise(index, asked, day))
    every = [*paths, *(line.path for line in found.others)]
    ids = [id for path in every for hop in path.hops for id in hop.agreements[:PROOFS]]
    shown.gather([*ids, *(id for line in found.others for id in line.renewed)])
    return found


@dataclass(frozen=True)
class Words:
    """Words what is found, in one language."""

    shown: View
    lang: Language

    def name(self, id: str) -> str:
        """A party's name."""
        return self.shown.index.name(id, self.lang)

    def title(self, agreement: Agreement) -> str:
        """A document's title, or its kind and parties."""
        self.shown.meet(one.party for one in agreement.parties)
        names = {
            one.party: self.shown.party(one.party).name(self.lang) for one in agreement.parties
        }
        return title(agreement, names, self.lang)

    def bridge(self, found: Bridge | None) -> str:
        """What would join both ends."""
        sentence = told(found)
        names = {name: self.name(id) for name, id in sentence.parties.items()}
        topic = self.topic(sentence.goal) if sentence.goal else ""
        return say(self.lang, sentence.key, **names, topic=topic)

    def topic(self, goal: str) -> str:
        """A goal with its name."""
        names = {t.id: t.name_en if self.lang == "en" else t.name_id for t in self.shown.topics()}
        return say(self.lang, "bridge.topic", id=goal, name=names.get(goal, goal))

    def otherwise(self, asked: Asked, line: Otherwise) -> str:
        """On which other terms there is a path; `asked` is what gave none."""
        titles = [self.title(one) for one in self.shown.documents(line.renewed)]
        return say(
            self.lang, f"otherwise.{line.code}",
            via=self.via(line.path),
            agreements=joined(self.lang, titles),
            through=self.name(asked.through) if asked.through else "",
            avoiding=joined(self.lang, [self.name(id) for id in asked.avoiding]),
        )  # fmt: skip

    def via(self, path: Path) -> str:
        """The intermediaries of a path: "lewat A dan B"."""
        names = [self.name(id) for id in path.parties]
        if len(names) == 2:
            return say(self.lang, "otherwise.direct", a=names[0], b=names[1])
        return say(self.lang, "otherwise.through", parties=joined(self.lang, names[1:-1]))


def as_json(words: Words, found: Answer) -> dict[str, object]:
    """What `simpul paths --json` prints.

    Returns:
        `{from, to, as_of, version, paths, bridge, otherwise}`. A party is `{id, name}`; a path is
        `{score, parties, hops}`, a hop `{a, b, agreements, total}` with the three best of `total`
        agreements as `{id, title, signed, ends, status}`. `bridge` is null where there is a path
        or nothing is near, else `{kind, a, b, via, sentence}`; `otherwise` is a list of
        `{code, sentence, path, renewed}`, `renewed` being ids of lapsed agreements.
    """
    shown, asked, missing = words.shown, found.asked, found.missing
    near = missing and {
        "kind": missing.kind, "a": missing.a, "b": missing.b, "via": missing.via,
        "sentence": words.bridge(missing),
    }  # fmt: skip
    return {
        "from": _party(words, asked.start), "to": _party(words, asked.goal),
        "as_of": shown.day.isoformat(), "version": shown.version,
        "paths": [_path(words, path) for path in found.paths],
        "bridge": near,
        "otherwise": [
            {
                "code": line.code, "sentence": words.otherwise(asked, line),
                "path": _path(words, line.path), "renewed": list(line.renewed),
            }
            for line in found.others
        ],
    }  # fmt: skip


def _path(words: Words, path: Path) -> dict[str, object]:
    return {
        "score": path.score,
        "parties": [_party(words, id) for id in path.parties],
        "hops": [_hop(words, hop) for hop in path.hops],
    }


def _hop(words: Words, hop: Hop) -> dict[str, object]:
    best = words.shown.documents(hop.agreements[:PROOFS])
    return {
        "a": hop.a, "b": hop.b, "total": len(hop.agreements),
        "agreements": [
            {
                "id": one.id, "title": words.title(one), "signed": str(one.signed or "") or None,
                "ends": str(one.ends or "") or None, "status": status_of(one, words.shown.day),
            }
            for one in best
        ],
    }  # fmt: skip


def _party(words: Words, id: str) -> dict[str, str]:
    return {"id": id, "name": words.name(id)}
