"""The real command line, and what the store holds afterwards."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from click.testing import CliRunner, Result

from explorer.cli import main
from graph_loader import open_store
from tests.registers.pen import Fact

SOURCE: Final = "Bagian Kerja Sama"
KEYS: Final = {"file", "sheet", "row", "column", "value", "code", "why", "fix", "severity"}


@dataclass(frozen=True, slots=True)
class Stored:
    """An agreement as the store shows it."""

    parties: frozenset[str]
    title: str
    signed: str
    ends: str

    def fits(self, fact: Fact) -> bool:
        """Whether this is the agreement that a register promised."""
        return (self.parties, self.signed) == (fact.parties, fact.signed) and (
            fact.ends in ("*", self.ends)
        )


@dataclass(frozen=True, slots=True)
class Desk:
    """A place to work at: one store, and the commands on it."""

    store: Path

    def run(self, *words: str | Path, lang: str = "id") -> Result:
        """One command as it is typed."""
        env = {"SIMPUL_STORE": f"sqlite:{self.store}"}
        return CliRunner().invoke(main, ["--lang", lang, *map(str, words)], env=env)

    def report(self, *words: str | Path, lang: str = "id") -> tuple[int, dict[str, Any]]:
        """The exit code and what `--json` says."""
        result = self.run(*words, "--json", lang=lang)
        assert result.stdout.startswith("{"), result.output or repr(result.exception)
        report: dict[str, Any] = json.loads(result.stdout)
        return result.exit_code, report

    def load(self, *paths: Path) -> tuple[int, dict[str, Any]]:
        """Load the files under the same source every time."""
        return self.report("load", *paths, "--source", SOURCE)

    def status(self) -> dict[str, Any]:
        """Counts and version."""
        return self.report("status")[1]

    def agreements(self) -> set[Stored]:
        """Every agreement in the store."""
        store = open_store(f"sqlite:{self.store}")
        try:
            ids = store.scan(lambda scan: [row.id for row in scan.agreements()])
            found = [store.agreement(id_).agreement for id_ in ids]
        finally:
            store.close()
        return {
            Stored(frozenset(who.party for who in one.parties), one.title, str(one.signed or ""),
                   str(one.ends or ""))
            for one in found
        }  # fmt: skip
