"""Fetch the vendored files anew from their packages and write what is what into `manifest.json`.

Run from a checkout with npm at hand: ``python explorer/static/vendor/rebuild.py``. Nothing is
changed by hand in this folder; a version is raised here and nowhere else.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from explorer.static.vendor.outlines import Part, outlines

HERE: Final = Path(__file__).parent
MANIFEST: Final = HERE / "manifest.json"


@dataclass(frozen=True, slots=True)
class Package:
    """A package, its pinned version and licence, and which of its files become which of ours."""

    name: str
    version: str
    licence: str
    files: dict[str, str]


_FONT: Final = "files/plus-jakarta-sans-{}-wght-normal.woff2"
PACKAGES: Final = (
    Package(
        "vis-network",
        "10.1.5",
        "Apache-2.0 OR MIT",
        {
            "peer/umd/vis-network.min.js": "vis-network/vis-network.min.js",
            "LICENSE-MIT": "vis-network/LICENSE-MIT",
            "LICENSE-APACHE-2.0": "vis-network/LICENSE-APACHE-2.0",
        },
    ),
    Package(
        "vis-data",
        "8.0.6",
        "Apache-2.0 OR MIT",
        {
            "peer/umd/vis-data.min.js": "vis-data/vis-data.min.js",
            "LICENSE-MIT": "vis-data/LICENSE-MIT",
            "LICENSE-APACHE-2.0": "vis-data/LICENSE-APACHE-2.0",
        },
    ),
    Package(
        "@fontsource-variable/plus-jakarta-sans",
        "5.3.0",
        "OFL-1.1",
        {
            _FONT.format("latin"): "plus-jakarta-sans/latin.woff2",
            _FONT.format("latin-ext"): "plus-jakarta-sans/latin-ext.woff2",
            _FONT.format("vietnamese"): "plus-jakarta-sans/vietnamese.woff2",
            "LICENSE": "plus-jakarta-sans/LICENSE",
        },
    ),
    Package("lucide-static", "1.62.0", "ISC", {"LICENSE": "lucide/LICENSE"}),
    Package("world-atlas", "2.0.2", "ISC", {"LICENSE": "world-atlas/LICENSE"}),
)
# Which part of the earth is cut out of which file of the atlas. The world is cut in the Atlantic,
# so that Indonesia stands near the middle and the Pacific is whole; what is kept is what can be
# seen at the size that each part is drawn at (`explorer/pictures/projection.py`).
OUTLINES: Final = {
    "world": ("countries-50m.json", Part(-25.5, -57, 334.5, 78, 0.05, 0.09, 0.08)),
    "indonesia": ("countries-10m.json", Part(92, -13, 143, 8, 0.01, 0.012, 0.004)),
    "jatim": ("countries-10m.json", Part(109.8, -9.6, 117.4, -4.4, 0.002, 0.002, 0.0002)),
}
ICONS: Final = (
    "arrow-left", "arrow-left-right", "arrow-right", "calendar-days", "check", "chevron-down",
    "circle-check", "database", "download", "external-link", "file-text", "funnel", "globe",
    "grid-3x3", "handshake", "house", "info", "languages", "lightbulb", "link", "map-pin",
    "maximize", "minus", "plus", "printer", "route", "search", "triangle-alert", "waypoints",
    "wheat", "x",
)  # fmt: skip
SPRITE: Final = "lucide/icons.svg"


def main() -> None:
    """Fetch, copy, and write the manifest."""
    entries = []
    for package in PACKAGES:
        with tempfile.TemporaryDirectory() as folder:
            root = fetch(package, Path(folder))
            written = [_copy(root / source, target) for source, target in package.files.items()]
            if package.name == "lucide-static":
                written.append(_write(SPRITE, sprite(root / "icons").encode()))
            if package.name == "world-atlas":
                written += [
                    _write(f"world-atlas/{name}.json", outlines(root / atlas, part))
                    for name, (atlas, part) in OUTLINES.items()
                ]
        entries.append(_entry(package, written))
    MANIFEST.write_text(json.dumps(entries, indent=2) + "\n", encoding="utf-8")


def fetch(package: Package, folder: Path) -> Path:
    """Download and unpack a package; the answer is the folder of its files."""
    command = ["npm", "pack", "--silent", f"{package.name}@{package.version}"]
    name = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout
    with tarfile.open(folder / name.strip()) as archive:
        archive.extractall(folder, filter="data")
    return folder / "package"


def sprite(icons: Path) -> str:
    """All icons as the symbols of one picture, in the order of their names."""
    symbols = "\n".join(_symbol(name, (icons / f"{name}.svg").read_text()) for name in ICONS)
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}\n</svg>\n'


def _symbol(name: str, source: str) -> str:
    found = re.search(r"<svg[^>]*>(.*)</svg>", source, re.DOTALL)
    if found is None:
        raise ValueError(f"{name} is not a picture")
    inner = re.sub(r"\s+", " ", found[1]).replace("> <", "><").strip()
    return f'<symbol id="{name}" viewBox="0 0 24 24">{inner}</symbol>'


def _copy(source: Path, target: str) -> str:
    return _write(target, source.read_bytes())


def _write(target: str, content: bytes) -> str:
    path = HERE / target
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return target


def _entry(package: Package, files: list[str]) -> dict[str, object]:
    return {
        "package": package.name,
        "version": package.version,
        "licence": package.licence,
        "sha256": {name: hashlib.sha256((HERE / name).read_bytes()).hexdigest() for name in files},
    }


if __name__ == "__main__":
    main()
