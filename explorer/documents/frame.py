"""What every nota dinas has around its own parts: the head, the closing, what it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from explorer.documents.note import Field, Note, Part
from explorer.i18n import partial_date, say
from explorer.service import View
from graph_loader import Language, slug

_FIELDS: Final = ("to", "from", "copies", "number", "date", "nature", "enclosed")
_SIGNING: Final = ("office", "sign", "name", "staff")
_SAVED: Final = 60  # letters of a file's name that come from the subject


def framed(
    shown: View, lang: Language, subject: str, parts: Sequence[Part], saved: Sequence[str]
) -> Note:
    """A whole note about a subject; `saved` are the words that name its file."""
    fields = [Field(say(lang, f"note.field.{name}")) for name in _FIELDS]
    stem = slug("-".join(saved))[:_SAVED].strip("-")
    return Note(
        language=lang,
        day=shown.day,
        title=say(lang, "note.title"),
        letterhead=say(lang, "note.letterhead"),
        fields=[*fields, Field(say(lang, "note.field.subject"), subject)],
        parts=parts,
        closing=say(lang, "note.closing"),
        signing=[Field(say(lang, f"note.signing.{name}")) for name in _SIGNING],
        foot=[as_of(shown, lang), say(lang, "frame.credit")],
        page=(say(lang, "note.page"), say(lang, "note.page.of")),
        saved=f"{say(lang, 'note.file')}-{stem}-{shown.day}-v{shown.version}",
    )


def as_of(shown: View, lang: Language) -> str:
    """What a file rests on: the data's version, the day, and where the rows come from."""
    day = partial_date(lang, shown.day.isoformat())
    version = say(lang, "frame.as-of", version=shown.version)
    return f"Simpul. {version} {day}. {say(lang, 'frame.seed')}"
