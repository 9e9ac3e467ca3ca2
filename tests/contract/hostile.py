"""Texts that try to be more than text, and things of the model that are full of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, Final

from graph_loader.dates import PartialDate
from graph_loader.model import StatedAgreement

HALF: Final = "\ud800"
HOSTILE: Final = (
    "'", '"', "`", "\\", "' OR 1=1 --", "'; DROP TABLE party; --", "}) DETACH DELETE n //",
    "x'}) MATCH (n) DETACH DELETE n WITH 1 AS x MATCH (m {id: '", "$day", "$id", ":day", "?",
    "{where}", "{begin}", "%s", "%(id)s", "\\u0027 OR 1=1 //", "\\x27", "a\0b", "\0", HALF,
    "a\udfffb", "x" * 10_000, "é" * 10_000, "text:*", "+a -b", "[a TO z]", "a~2 AND *:*",
    "NEAR(a b)", 'a" OR "', "Party", "SIGNED]->(x)", "p:Party:Country", "agreement_text", "a|b",
    "35|35.25", "35.25\n", " 35.25", "\uff07", "/* */", "// x", "\u2028", "𝔸", "null", "[]", "NaN",
)  # fmt: skip
IDS: Final = frozenset(
    {"id", "party", "other", "a", "b", "country", "part_of", "commodity", "goal", "topic"}
)
"""Fields that hold an id: of these a store takes in one alphabet alone."""

WRITABLE: Final = [text for text in HOSTILE if text == text.encode(errors="replace").decode()]


def poisoned(thing: Any, texts: Iterator[str]) -> Any:
    """A thing of the model in which every text that is no id is the next of these."""
    if isinstance(thing, tuple):
        return tuple(next(texts) if isinstance(t, str) else poisoned(t, texts) for t in thing)
    if not is_dataclass(thing) or isinstance(thing, type | PartialDate):
        return thing
    values = {one.name: getattr(thing, one.name) for one in fields(thing)}
    kept = IDS | {"stated_status", "severity"} | ({"aliases"} if "claims" in values else set())
    return replace(
        thing,
        **{
            name: next(texts) if type(value) is str else poisoned(value, texts)
            for name, value in values.items()
            if name not in kept
        },
    )


def with_ids(thing: Any, text: str) -> Iterator[Any]:
    """The thing as often as there are ids in it, one of them being this text."""
    if isinstance(thing, tuple):
        for n, one in enumerate(thing):
            changed = [text] if isinstance(one, str) else with_ids(one, text)
            yield from ((*thing[:n], other, *thing[n + 1 :]) for other in changed)
    elif is_dataclass(thing) and not isinstance(thing, type | PartialDate):
        for one in fields(thing):
            value = getattr(thing, one.name)
            if one.name in IDS:
                yield replace(thing, **{one.name: text})
            elif one.name == "aliases" and not isinstance(thing, StatedAgreement):
                continue
            elif one.name not in ("words", "params"):
                yield from (replace(thing, **{one.name: other}) for other in with_ids(value, text))
