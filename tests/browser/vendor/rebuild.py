"""Fetch anew what the browser tests are helped by: ``python -m tests.browser.vendor.rebuild``.

No reader ever gets these files, so they stand with the tests and not with the pages' own.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from pathlib import Path
from typing import Final

from explorer.static.vendor.rebuild import Package, fetch

HERE: Final = Path(__file__).parent
AXE: Final = Package(
    "axe-core",
    "4.14.1",
    "MPL-2.0",
    {
        "axe.min.js": "axe-core/axe.min.js",
        "LICENSE": "axe-core/LICENSE",
        "LICENSE-3RD-PARTY.txt": "axe-core/LICENSE-3RD-PARTY.txt",
    },
)


def main() -> None:
    """Fetch, copy, and write the manifest, in the form of the pages' own."""
    with tempfile.TemporaryDirectory() as folder:
        root = fetch(AXE, Path(folder))
        for source, target in AXE.files.items():
            (HERE / target).parent.mkdir(exist_ok=True)
            (HERE / target).write_bytes((root / source).read_bytes())
    entry = {
        "package": AXE.name,
        "version": AXE.version,
        "licence": AXE.licence,
        "sha256": {name: digest(HERE / name) for name in AXE.files.values()},
    }
    (HERE / "manifest.json").write_text(json.dumps([entry], indent=2) + "\n", encoding="utf-8")


def digest(path: Path) -> str:
    """The SHA-256 of a file, as a manifest gives it."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    main()
