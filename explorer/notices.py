"""What every page says of its data while the store is away, half loaded, or ahead of the index."""

from __future__ import annotations

from explorer.contexts import Notices
from explorer.i18n import say
from explorer.service import Standing
from graph_loader import Language, Unfinished


def notices(stands: Standing, lang: Language) -> Notices:
    """The sentences; a page that shows nothing of the data has no stale data either."""
    stale, unfinished, behind = "", "", ""
    if stands.silence is not None and stands.version is not None:
        stale = say(lang, "notice.stale", version=stands.version)
    if stands.unfinished is not None:
        unfinished = _so_far(stands.unfinished, lang) + " " + _meanwhile(stands.version, lang)
    if stands.behind and not (stale or unfinished):
        behind = say(lang, "notice.behind", version=stands.version)
    return Notices(stale, unfinished, behind)


def _so_far(load: Unfinished, lang: Language) -> str:
    if not load.total:
        return say(lang, "notice.unfinished.uncounted")
    return say(lang, "notice.unfinished", done=load.done, total=load.total)


def _meanwhile(version: int | None, lang: Language) -> str:
    if not version:
        return say(lang, "notice.unfinished.first")
    return say(lang, "notice.unfinished.meanwhile", version=version)
