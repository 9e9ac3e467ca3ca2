"""Cut the fonts of documents anew: ``python -m explorer.documents.fonts.rebuild``.

Typst reads TTF only, and no file here may be large: so what a package ships as many small web fonts
is joined, and of scripts with thousands of signs the usual ones are kept. Nothing is changed by
hand in this folder. A sign that is in none of them is printed as an empty box.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from fontTools.merge import Merger  # type: ignore[import-untyped]
from fontTools.subset import Options, Subsetter  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from explorer.static.vendor.rebuild import Package, fetch

HERE: Final = Path(__file__).parent
MANIFEST: Final = HERE / "manifest.json"
VERSION: Final = "5.3.0"
_WEB: Final = "files/{0}-{1}-{2}-normal.woff2"


def two_bytes(codec: str, leads: Iterable[int], trails: Sequence[int] = range(0xA1, 0xFF)) -> str:
    """The characters of some rows of an East Asian character set, in its order.

    Example:
        >>> two_bytes("gb2312", [0xB0])[:4], len(two_bytes("euc_kr", range(0xB0, 0xC9)))
        ('啊阿埃挨', 2350)
    """
    codes = (bytes((lead, trail)) for lead in leads for trail in trails)
    return "".join(code.decode(codec, "ignore") for code in codes)


# The usual signs: both levels of the Chinese and Japanese standards, the first of Taiwan's, and
# the Korean syllables. What the one before has, the next leaves out.
_CHINA: Final = two_bytes("gb2312", range(0xB0, 0xF8))
_JAPAN: Final = two_bytes("euc_jp", [0xA1, 0xA4, 0xA5, *range(0xB0, 0xF5)])
_TAIWAN: Final = two_bytes("big5", range(0xA4, 0xC7), [*range(0x40, 0x7F), *range(0xA1, 0xFF)])
_KOREA: Final = two_bytes("euc_kr", range(0xB0, 0xC9))
_HALF: Final = 2000  # because so many Chinese signs stay well below the limit of a file
_LEVEL: Final = _JAPAN.index("弌")  # the first of the second level, and of the second file


@dataclass(frozen=True, slots=True)
class Cut:
    """One file: the family it is known by, what it is made of, and which signs of it are kept."""

    target: str
    family: str
    package: str
    subsets: Sequence[str]
    weight: int = 400
    keep: str = ""
    """only these signs, without those that a file before this one holds; empty: all"""


def _latin(weight: int) -> Cut:
    subsets = ("latin", "latin-ext", "vietnamese", "cyrillic-ext")
    target = f"plus-jakarta-sans-{weight}.ttf"
    return Cut(target, "Plus Jakarta Sans", "plus-jakarta-sans", subsets, weight)


def _small(package: str, script: str = "") -> Cut:
    """With Latin, because in a picture a label of two scripts is set from one font or not at all.

    (Its fallback gives up where two fonts make another number of glyphs of the same words.)
    """
    subset = script or package.rpartition("-")[2]
    name = f"{package}-{script}" if script else package
    return Cut(f"{name}.ttf", name.replace("-", " ").title(), package, (subset, "latin"))


def _large(name: str, subset: str, keep: str, part: int = 0) -> Cut:
    package = f"noto-sans-{name}"
    target = f"{package}-{part}.ttf" if part else f"{package}.ttf"
    family = f"Noto Sans {name.upper()} {part}" if part else f"Noto Sans {name.upper()}"
    return Cut(target, family, package, (subset,), keep=keep)


CUTS: Final = (
    _latin(400), _latin(500), _latin(700),
    Cut("noto-sans.ttf", "Noto Sans", "noto-sans", ("cyrillic", "cyrillic-ext", "greek")),
    _small("noto-sans", "devanagari"), _small("noto-naskh-arabic"),
    *(_small(f"noto-sans-{script}") for script in (
        "thai", "khmer", "lao", "myanmar", "bengali", "tamil", "hebrew", "georgian", "armenian",
    )),
    _large("sc", "chinese-simplified", _CHINA[:_HALF], 1),
    _large("sc", "chinese-simplified", _CHINA[_HALF : 2 * _HALF], 2),
    _large("sc", "chinese-simplified", _CHINA[2 * _HALF :], 3),
    _large("jp", "japanese", _JAPAN[:_LEVEL], 1),
    _large("jp", "japanese", _JAPAN[_LEVEL:], 2),
    _large("tc", "chinese-traditional", _TAIWAN),
    _large("kr", "korean", _KOREA),
)  # fmt: skip


def main() -> None:
    """Fetch, join, cut, and write the manifest."""
    entries, known = [], set[str]()
    for name in dict.fromkeys(cut.package for cut in CUTS):
        package = Package(f"@fontsource/{name}", VERSION, "OFL-1.1", {})
        with tempfile.TemporaryDirectory() as folder:
            root = fetch(package, Path(folder))
            written = [f"{name}.LICENSE"]
            (HERE / written[0]).write_bytes((root / "LICENSE").read_bytes())
            for cut in (one for one in CUTS if one.package == name):
                font = joined([root / _WEB.format(name, one, cut.weight) for one in cut.subsets])
                signs = set(map(chr, font.getBestCmap())) - known
                kept = signs & set(cut.keep) if cut.keep else signs
                known |= kept if cut.keep else set()
                cut_to(font, kept, bool(cut.keep))
                named(font, cut.family)
                font.save(HERE / cut.target)
                written.append(cut.target)
        entries.append({
            "package": package.name, "version": VERSION, "licence": package.licence,
            "sha256": {one: hashlib.sha256((HERE / one).read_bytes()).hexdigest()
                       for one in written},
        })  # fmt: skip
    MANIFEST.write_text(json.dumps(entries, indent=2) + "\n", encoding="utf-8")


def joined(paths: Sequence[Path]) -> TTFont:
    """Several web fonts of one face as one."""
    if len(paths) == 1:
        return TTFont(paths[0], recalcTimestamp=False)
    with tempfile.TemporaryDirectory() as folder:
        plain = []
        for path in paths:
            font = TTFont(path, recalcTimestamp=False)
            font.flavor = None
            plain.append(str(Path(folder) / f"{path.stem}.ttf"))
            font.save(plain[-1])
        first = TTFont(plain[0])
        made = Merger().merge(plain)
        made["head"].modified = first["head"].modified
        made.recalcTimestamp = False
        return made


def cut_to(font: TTFont, signs: Iterable[str], plain: bool) -> None:
    """Keep only some signs; `plain` leaves out how they are set together, which Han needs not.

    No ligatures: a picture's fallback needs as many glyphs from every font (see `_small`).
    """
    options = Options()
    options.hinting = False
    options.notdef_outline = True
    options.layout_features = [one for one in options.layout_features if one != "liga"]
    if plain:
        options.layout_features = []
        options.drop_tables += ["BASE", "GPOS", "GSUB", "STAT", "vhea", "vmtx"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[ord(one) for one in signs])
    subsetter.subset(font)
    font.flavor = None


def named(font: TTFont, family: str) -> None:
    """Give a face its family's name, or the files of one script are taken for one another."""
    table = font["name"]
    style = table.getDebugName(2) or "Regular"
    for id in (16, 17, 21, 22, 25):
        table.removeNames(nameID=id)
    weight = font["OS/2"].usWeightClass
    own = {1: family, 2: "Bold" if weight >= 700 else "Regular", 4: f"{family} {style} {weight}",
           6: f"{family.replace(' ', '')}-{weight}"}  # fmt: skip
    for id, words in own.items():
        table.setName(words, id, 3, 1, 0x409)


if __name__ == "__main__":
    main()
