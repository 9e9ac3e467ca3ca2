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
from typing import Final

import typst

from explorer.documents.note import Note

HERE: Final = Path(__file__).parent
FONTS: Final = HERE / "fonts"
PPI: Final = 200  # because an office printer shows no more of a drawing, and the file stays small
MOST_PIXELS: Final = 40_000_000  # of one PNG; because each takes four bytes while it is made
_PX_PER_INCH: Final = 96  # as SVG has it
_turn = threading.Lock()


def png(svg: str, size: tuple[float, float], ppi: int = PPI) -> bytes:
    """A picture as PNG at print size; a very large one at fewer pixels per inch.

    Units: `size` is (width, height) in px of the SVG.
    """
    inches = size[0] * size[1] / _PX_PER_INCH**2
    bounded = min(float(ppi), (MOST_PIXELS / inches) ** 0.5)
    data = {"svg": svg, "width": size[0]}
    return _set("picture.typ", data, "png", bounded)


def pdf(note: Note) -> bytes:
    """A note as PDF on A4."""
    return _set("note.typ", _told(note), "pdf", None)


def _told(note: Note) -> Mapping[str, object]:
    kinds = [{"kind": type(part).__name__.lower()} for part in note.parts]
    told = asdict(note) | {"day": note.day.isoformat()}
    told["parts"] = [kind | part for kind, part in zip(kinds, told["parts"], strict=True)]
    return told


def _set(template: str, data: Mapping[str, object], format: str, ppi: float | None) -> bytes:
    told = {"data": json.dumps(data, ensure_ascii=False)}
    with _turn:  # because a compiler serves one at a time
        made = _compiler(template).compile(format=format, ppi=ppi, sys_inputs=told)
    if not isinstance(made, bytes):
        raise TypeError(f"{template} has {len(made or ())} pages where one is asked for")
    return made


@cache
def _compiler(template: str) -> typst.Compiler:
    return typst.Compiler(HERE / template, root=HERE, font_paths=[FONTS], ignore_system_fonts=True)
