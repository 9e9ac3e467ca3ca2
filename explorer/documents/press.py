"""Typst as a printing press: SVG to PNG, a note to PDF. Text reaches it as data, never as markup.

Only the fonts that are shipped are known to it, so that the same content gives the same bytes on
every machine.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Final, Literal

import typst

from explorer.documents.note import Note

HERE: Final = Path(__file__).parent
FONTS: Final = HERE / "fonts"
FAMILIES: Final = (
    "Plus Jakarta Sans", "Noto Sans", "Noto Naskh Arabic", "Noto Sans SC 1", "Noto Sans SC 2",
    "Noto Sans SC 3", "Noto Sans JP 1", "Noto Sans JP 2", "Noto Sans TC", "Noto Sans KR",
)  # fmt: skip
"""In which order the fonts are asked for a sign; who is not named here is asked last."""
LONG: Final = 2640  # pixels; because that is A4 on its long side at 225 pixels per inch
LARGEST: Final = 3.0  # because a small picture gains nothing from more than its threefold size
_Format = Literal["pdf", "png"]
_PX_PER_INCH: Final = 96  # as SVG has it
_FORGOTTEN: Final = 11  # because typst keeps all that it drew, 20 MB each, until ten more are set
_DOT: Final = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'
_turn = threading.Lock()


def png(svg: str, size: tuple[float, float], long: int = LONG) -> bytes:
    """A picture as PNG, so many pixels long on its longer side.

    Units: `size` is (width, height) in px of the SVG.
    Cost: about 0.1 s for a million pixels.
    """
    ppi = _PX_PER_INCH * min(LARGEST, long / max(size))
    made = _set("picture.typ", {"svg": svg, "width": size[0]}, "png", ppi)
    for _ in range(_FORGOTTEN):
        _set("picture.typ", {"svg": _DOT, "width": 1}, "png", 1)
    return made


def pdf(note: Note) -> bytes:
    """A note as PDF on A4."""
    return _set("note.typ", _told(note), "pdf", None)


def _told(note: Note) -> Mapping[str, object]:
    kinds = [{"kind": type(part).__name__.lower()} for part in note.parts]
    told = asdict(note) | {"day": note.day.isoformat(), "fonts": FAMILIES}
    told["parts"] = [kind | part for kind, part in zip(kinds, told["parts"], strict=True)]
    return told


def _set(template: str, data: Mapping[str, object], format: _Format, ppi: float | None) -> bytes:
    told = {"data": json.dumps(data, ensure_ascii=False)}
    with _turn:  # because a compiler serves one at a time
        made = _compiler(template).compile(format=format, ppi=ppi, sys_inputs=told)
    if not isinstance(made, bytes):
        raise TypeError(f"{template} has {len(made or ())} pages where one is asked for")
    return made


@cache
def _compiler(template: str) -> typst.Compiler:
    shipped = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS]
    )
    return typst.Compiler(HERE / template, root=HERE, font_paths=shipped)
