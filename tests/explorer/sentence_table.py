"""`docs/sentences.md`: every sentence that explains an opportunity, as the shipped rows fill it.

python -m tests.explorer.sentence_table [--write]
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np

from explorer.i18n import keys, say
from explorer.index import Index
from explorer.opportunities import opportunities
from explorer.reasons import REASONS, Reason
from explorer.reasons.chains import Unused, unused_paths
from explorer.sentences import Speaker
from explorer.service import View
from graph_loader import GraphStore, Language
from graph_loader.load import load_shipped
from graph_loader.store.open import open_store

DOC: Final = Path(__file__).parents[2] / "docs" / "sentences.md"
DAY: Final = date(2026, 11, 25)
BOTH: Final[tuple[Language, Language]] = ("id", "en")
COLD: Final = "12.01"  # a regency without a recorded agreement
FOLLOWING: Final = ("more", "by-list", "and-more")
"""Ends of keys that are no sentence of a reason alone: they follow or stand inside one."""
HEAD: Final = """# The sentences that explain an opportunity

Every kind of sentence, in both languages, as the first pair of the shipped rows that has one fills
it, read for 25 November 2026. The words are in `explorer/translations/{id,en}/opportunities.po`;
which parameters they get is in `explorer/sentences.py`. This page is written by
`python -m tests.explorer.sentence_table --write`, and a test holds it to what that gives.

Every sentence is shown with its evidence: the agreements it rests on, opened in place, or the row
of the list that says so. What the law says has sentences of its own: `law.*` in `law.po`.
"""


def shipped(folder: Path) -> GraphStore:
    """A store that holds what comes with Simpul."""
    store = open_store(f"sqlite:{folder / 'shipped.db'}")
    load_shipped(store)
    return store


def regions(index: Index) -> list[int]:
    """East Java, its regencies and cities, and one that has no agreement."""
    home = [p.id for p in index.parties if p.id == "35" or re.fullmatch(r"35\.\d\d", p.id)]
    return [index.number[id] for id in (*home, COLD)]


def everywhere(index: Index) -> list[int]:
    """The same, and then all other regions."""
    first = regions(index)
    others = np.flatnonzero(index.is_region).tolist()
    return first + [number for number in others if number not in first]


def told(
    index: Index, number: int, codes: Collection[str] | None = None, most: int = 40
) -> Iterator[tuple[str, Reason]]:
    """(kind, reason) of a region, the first few candidates of each ranking by number."""
    ranked = opportunities(index, index.parties[number].id, DAY, codes=codes)
    for code, worded in ranked.worded.items():
        for candidate in np.flatnonzero(worded)[:most].tolist():
            for reason in REASONS[code].tell(ranked.question, candidate):
                yield kind(reason), reason


def kind(reason: Reason) -> str:
    """The catalogue's key of a reason."""
    return f"reason.{reason.code}" + (f".{reason.form}" if reason.form else "")


def paths(index: Index, number: int, most: int) -> list[Unused]:
    """The unused paths to the first few candidates of each ranking."""
    ranked = opportunities(index, index.parties[number].id, DAY)
    some = {c for worded in ranked.worded.values() for c in np.flatnonzero(worded)[:most].tolist()}
    return unused_paths(ranked.question, sorted(some))


def kinds() -> set[str]:
    """Every key of a reason's own sentence."""
    found = {key for key in keys("id") if key.startswith("reason.")}
    return {key for key in found if key.rpartition(".")[2] not in FOLLOWING}


def examples(index: Index) -> dict[str, Reason]:
    """For each kind the first reason on the shipped rows, by region and then candidate."""
    found: dict[str, Reason] = {}
    for number in everywhere(index):
        if not (missing := kinds() - found.keys()):
            break
        codes = {key.split(".")[1] for key in missing}
        for key, reason in told(index, number, codes=codes):
            found.setdefault(key, reason)
    return found


def path_kinds() -> set[str]:
    """Every key of a path's sentence."""
    found = {key for key in keys("id") if key.startswith("unused.")}
    return {key for key in found if not key.startswith("unused.step.")}


def path_examples(view: View) -> dict[str, tuple[str, str]]:
    """For each kind of path the first one on the shipped rows, in both languages."""
    found: dict[str, tuple[str, str]] = {}
    speakers = [Speaker(view, lang) for lang in BOTH]
    for number in regions(view.index):
        if found.keys() | {"unused.none"} >= path_kinds():
            break
        for unused in paths(view.index, number, 20):
            for chain in unused.chains:
                one, two = (speaker.unused(chain) for speaker in speakers)
                found.setdefault(speakers[0].unused_key(chain), (one, two))
                for agreement in view.documents(chain.renewals):
                    one, two = (speaker.renewal(agreement) for speaker in speakers)
                    found.setdefault("unused.renew", (one, two))
    cold = view.index.parties[view.index.number[COLD]].id
    one, two = (speaker.no_path(cold, "osaka-prefecture-jp") for speaker in speakers)
    return found | {"unused.none": (one, two)}


def row_examples(view: View, reasons: Iterable[Reason]) -> dict[str, tuple[str, str]]:
    """For each reference file how a row of it is cited."""
    found: dict[str, tuple[str, str]] = {}
    for reason in reasons:
        for row in reason.rows:
            one, two = (Speaker(view, lang).row(row) for lang in BOTH)
            found.setdefault(f"row.{row.file.removesuffix('.csv')}", (one, two))
    return found


def document(view: View) -> str:
    """The page, whole."""
    reasons = examples(view.index)
    sentences = {
        key: (Speaker(view, "id").reason(one), Speaker(view, "en").reason(one))
        for key, one in sorted(reasons.items())
    }
    whys = {
        f"reason-why.{code}": (say("id", f"reason-why.{code}"), say("en", f"reason-why.{code}"))
        for code in REASONS
    }
    rows = row_examples(view, reasons.values())
    parts = [HEAD]
    for title, pairs in (
        ("Reasons", sentences),
        ("Unused paths", dict(sorted(path_examples(view).items()))),
        ("Rows as evidence", dict(sorted(rows.items()))),
        ("What each ranking means", whys),
    ):
        parts.append(f"## {title}\n\n| key | Bahasa Indonesia | English |\n|---|---|---|")
        parts += [f"| `{key}` | {_cell(one)} | {_cell(two)} |" for key, (one, two) in pairs.items()]
        parts.append("")
    return "\n".join(parts)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def main(write: bool) -> None:
    """Print the page, or write it to its place."""
    with tempfile.TemporaryDirectory() as folder:
        store = shipped(Path(folder))
        view = View(store, store.scan(Index.build), DAY)
        text = document(view)
        store.close()
    if write:
        DOC.write_text(text, encoding="utf-8")
    else:
        print(text)


if __name__ == "__main__":
    main("--write" in sys.argv[1:])
