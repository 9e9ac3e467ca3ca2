"""Which country a cell of a world list means: also a part of one, or a name with an addition."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extractOne

from graph_loader.model import Level, Party
from graph_loader.text import fold

_WRITTEN: Final[Mapping[str, str]] = {
    **dict.fromkeys(("england", "scotland", "wales", "northern ireland"), "gb"),
    "republic of ireland": "ie", "northern cyprus": "cy", "west bank": "ps", "moldavia": "md",
    "bosnia and hercegovina": "ba", "surinam": "sr",
}  # fmt: skip
"""What encyclopaedias write for a country: its parts without a code of their own, older names."""

_STATE_OF: Final[Mapping[str, str]] = {
    **dict.fromkeys(("re", "gp", "mq", "gf", "yt", "nc", "pf", "pm", "wf", "mf", "bl"), "fr"),
    **dict.fromkeys(("pr", "gu", "as", "vi", "mp"), "us"),
    **dict.fromkeys(("je", "gg", "im", "gi", "bm", "fk", "ky", "vg", "ai", "ms", "sh"), "gb"),
    **dict.fromkeys(("aw", "cw", "sx", "bq"), "nl"),
    "gl": "dk", "fo": "dk", "ax": "fi", "hk": "cn", "mo": "cn", "sj": "no",
}  # fmt: skip
"""Territories with an ISO code of their own, which "Réunion, France" means before the state."""

_ALIKE: Final = 84  # of 100: because one slip in six letters is a slip, and Iran is not Iraq
_BRACKETS: Final = re.compile(r"\s*\([^)]*\)")


class Countries:
    """The ISO code of a country by any common name of it, in either language.

    Example:
        >>> from graph_loader.reference import reference_batch
        >>> known = Countries(reference_batch().parties)
        >>> [known.find(text) for text in ("England, United Kingdom", "Georgia (country)")]
        ['gb', 'ge']
        >>> [known.find(text) for text in ("Réunion, France", "Georgia, United States", "Oz")]
        ['re', 'us', '']
    """

    def __init__(self, parties: Iterable[Party]) -> None:
        """Of the parties, those that are countries are known."""
        self._codes = dict(_WRITTEN)
        self._parties = {one.id: one for one in parties if one.level is Level.COUNTRY}
        for one in self._parties.values():
            for name in (one.id, one.name_id, one.name_en, *one.aliases):
                self._codes.setdefault(fold(name), one.id)
        self._found: dict[str, str] = {}

    def find(self, text: str) -> str:
        """The code; empty where the text means no country."""
        if text not in self._found:
            self._found[text] = self._find(text)
        return self._found[text]

    def like(self, text: str) -> Party | None:
        """The country of a name that is almost this one, where there is one."""
        found = extractOne(fold(text), list(self._codes), scorer=ratio, score_cutoff=_ALIKE)
        return self._parties.get(self._codes[found[0]]) if found else None

    def _find(self, text: str) -> str:
        if code := self._codes.get(fold(text)) or self._codes.get(fold(_BRACKETS.sub("", text))):
            return code
        part, comma, whole = text.rpartition(",")
        state = self._codes.get(fold(whole), "") if comma else ""
        territory = self._codes.get(fold(part), "")
        return territory if state and _STATE_OF.get(territory) == state else state
