"""The network as one HTML file that opens from a disk, without a network or a server.

Everything is inside: the library that draws, our own script, the style and the scene. Its policy
names each of them by its hash, so that nothing else in the file can run, whatever a name holds.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from markupsafe import Markup

_STATIC: Final = Path(__file__).parent / "static"
_LIBRARY: Final = ("vendor/vis-data/vis-data.min.js", "vendor/vis-network/vis-network.min.js")
# Each after those that it imports from.
_MODULES: Final = ("theme", "view", "labels", "picture", "file")
_STYLES: Final = ("css/network-file.css",)
_IMPORT: Final = re.compile(r"^import \{[^}]*\} from \"\./network-\w+\.js\";\n", re.MULTILINE)
_EXPORT: Final = re.compile(r"^export (?=function|const)", re.MULTILINE)
_MAP: Final = re.compile(r"\n?//# sourceMappingURL=\S*\s*$")


class Inlined(NamedTuple):
    """What stands in the file, and the policy that allows these and nothing else."""

    library: Markup
    script: Markup
    style: Markup
    policy: str


@cache
def inlined() -> Inlined:
    """The library, our modules as one script, and the style; the same bytes every time."""
    library = "".join(_MAP.sub("\n", _read(name)) for name in _LIBRARY)
    script = one_script([_read(f"js/network-{name}.js") for name in _MODULES])
    style = "".join(_read(name) for name in _STYLES)
    policy = (
        f"default-src 'none'; script-src {_hash(_closed(library))} {_hash(_closed(script))}; "
        f"style-src {_hash(style)}; img-src data:; base-uri 'none'; form-action 'none'"
    )
    return Inlined(Markup(_closed(library)), Markup(_closed(script)), Markup(style), policy)


def one_script(modules: list[str]) -> str:
    """Modules that import only from one another, by name, as one script in the order given.

    Example:
        >>> one_script(['export const A = 1;', 'import { A } from "./network-a.js";\\nA;'])
        'const A = 1;\\nA;'
    """
    return "\n".join(_EXPORT.sub("", _IMPORT.sub("", module)) for module in modules)


def scene_json(scene: Mapping[str, object]) -> Markup:
    """A scene as JSON that no name can end early: every `<` is written as its code."""
    text = json.dumps(scene, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c"))


def _closed(script: str) -> str:
    """A script that does not end before its end."""
    return script.replace("</script", "<\\/script").replace("<!--", "<\\!--")


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _read(name: str) -> str:
    return (_STATIC / name).read_text(encoding="utf-8")
