"""`make vendor`: fetch the front-end libraries again and write the manifest beside them."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
PACKAGES: dict[str, tuple[str, str, dict[str, str]]] = {
    "vis-network": (
        "10.1.5",
        "Apache-2.0 OR MIT",
        {
            "peer/umd/vis-network.min.js": "vis-network/vis-network.min.js",
            "styles/vis-network.min.css": "vis-network/vis-network.min.css",
            "LICENSE-MIT": "vis-network/LICENSE",
        },
    ),
    "vis-data": (
        "8.0.6",
        "Apache-2.0 OR MIT",
        {
            "standalone/umd/vis-data.min.js": "vis-data/vis-data.min.js",
            "LICENSE-MIT": "vis-data/LICENSE",
        },
    ),
    "@fontsource-variable/plus-jakarta-sans": (
        "5.3.0",
        "OFL-1.1",
        {
            "files/plus-jakarta-sans-latin-wght-normal.woff2": "font/latin.woff2",
            "files/plus-jakarta-sans-latin-ext-wght-normal.woff2": "font/latin-ext.woff2",
            "LICENSE": "font/LICENSE",
        },
    ),
}


def main() -> None:
    """Replace every vendored file by the one of its pinned package."""
    manifest = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, (version, licence, files) in PACKAGES.items():
            root = _unpack(Path(folder), f"{name}@{version}")
            for inside, target in files.items():
                place = HERE / target
                place.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(root / inside, place)
                manifest[target] = {
                    "package": name,
                    "version": version,
                    "licence": licence,
                    "sha256": hashlib.sha256(place.read_bytes()).hexdigest(),
                }
    (HERE / "manifest.json").write_text(json.dumps(manifest, indent=2, sort_keys=True) + "\n")


def _unpack(folder: Path, package: str) -> Path:
    packed = subprocess.run(
        ["npm", "pack", "--silent", package], cwd=folder, check=True, capture_output=True, text=True
    )
    root = folder / package.replace("/", "_")
    with tarfile.open(folder / packed.stdout.strip().splitlines()[-1]) as archive:
        archive.extractall(root, filter="data")
    return root / "package"


if __name__ == "__main__":
    main()
