"""The tables of docs/law.md, from the rules and the bases themselves.

`python -m tests.explorer.law_table --write` writes them into the document.
"""

from __future__ import annotations

import inspect
import sys
from pathlib import Path

from explorer.exchange import FIRM, KIN, MEETS
from explorer.law import RULES, UNTOLD
from graph_loader import legal

DOCUMENT = Path(__file__).parents[2] / "docs" / "law.md"
BEGIN, END = "<!-- {} -->", "<!-- end of {} -->"


def rules() -> str:
    """Every rule: what the law is about, where it stands, and what is told of it."""
    lines = ["| rule | article | what is told |", "|---|---|---|"]
    for rule in legal.rules().values():
        lines.append(f"| {rule.id} | {rule.citation.en} | {_told(rule.id)} |")
    return "\n".join(lines)


def _told(rule: str) -> str:
    if rule in UNTOLD:
        return f"Asked, not told: {UNTOLD[rule]}."
    return (inspect.getdoc(RULES[rule]) or "").splitlines()[0]


def bases() -> str:
    """What a need measures, and what an offer must measure to meet it."""
    lines = ["| a need measures | firm with | indicative with |", "|---|---|---|"]
    for basis, fitting in MEETS.items():
        firm = {offer for offer in fitting if (basis, offer) in FIRM}
        lines.append(f"| {basis} | {_listed(firm)} | {_listed(fitting - firm)} |")
    return "\n".join(lines)


def kin() -> str:
    """Which goods can serve for others."""
    lines = ["| needed | can be met by | quantities compare |", "|---|---|---|"]
    for needed, offers in KIN.items():
        lines += [
            f"| {needed} | {good} | {'yes' if yes else 'no'} |" for good, yes in offers.items()
        ]
    return "\n".join(lines)


def _listed(names: frozenset[str] | set[str]) -> str:
    return ", ".join(sorted(names)) or "–"


TABLES = {"rules": rules, "bases": bases, "kin": kin}


def filled(text: str) -> str:
    """The document with its tables as they are now."""
    for name, table in TABLES.items():
        before, rest = text.split(BEGIN.format(name))
        after = rest.split(END.format(name))[1]
        text = f"{before}{BEGIN.format(name)}\n{table()}\n{END.format(name)}{after}"
    return text


if __name__ == "__main__":
    now = filled(DOCUMENT.read_text(encoding="utf-8"))
    if "--write" in sys.argv[1:]:
        DOCUMENT.write_text(now, encoding="utf-8")
    else:
        print(now, end="")
