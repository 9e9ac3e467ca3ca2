"""docs/performance.md shows every table that is measured, and each says how it was made."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench import document
from tests.bench.__main__ import TABLES
from tests.bench.document import DOCUMENT, described, tables, written

TEXT = "before\n<!-- table: one -->\nold\n<!-- end -->\n<!-- table: two -->\nkept\n<!-- end -->\n"


def test_every_table_has_a_place() -> None:
    assert tables(DOCUMENT.read_text()).keys() == TABLES.keys()


MEASURED = {name: told for name, told in tables(DOCUMENT.read_text()).items() if told}


@pytest.mark.parametrize("name", sorted(MEASURED))
def test_a_table_tells_the_command_that_made_it(name: str) -> None:
    told = MEASURED[name]
    assert told.startswith(f"`python -m tests.bench --write {name}`, ")
    assert "\n| what | measured | bound |\n|---|---|---|\n| " in told


def test_a_table_is_written_in_the_place_of_its_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "performance.md"
    file.write_text(TEXT)
    monkeypatch.setattr(document, "DOCUMENT", file)
    here = described("one")
    for measured in ("1 ms", "2 ms"):
        written("one", here, [("work", measured, "<= 3 ms")])
    text = file.read_text()
    assert text.startswith("before\n")
    assert tables(text)["two"] == "kept\n"
    assert tables(text)["one"] == (
        f"{here}\n\n| what | measured | bound |\n|---|---|---|\n| work | 2 ms | <= 3 ms |\n"
    )
    with pytest.raises(ValueError, match="no marks for the table three"):
        written("three", here, [])
