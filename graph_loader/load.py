"""A check: read > clean > assemble. A load: check > write > retire. No printing, no prompts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from graph_loader import reference
from graph_loader.background.load import is_background, load_shipped_background
from graph_loader.collecting import collection_paused
from graph_loader.errors import BadFile, BadInput
from graph_loader.model import Batch, Flow, Problem, Source
from graph_loader.parties.gazetteer import Gazetteer
from graph_loader.parties.identify import Identifier
from graph_loader.parties.mentions import region_named
from graph_loader.reading.assemble import Assembled, Assembler
from graph_loader.reading.claim import Known
from graph_loader.reading.notes import Mark, Notes
from graph_loader.reading.register import Register, open_register
from graph_loader.store.base import GraphStore, LoadReport, Progress
from graph_loader.text import slug

UNNAMED = Source("register", "Daftar tanpa nama / Unnamed register")
"""The source of a file whose register nobody named; a file name is never an identity."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What files amount to, and every doubtful or rejected cell in them; nothing is written.

    `left_out` counts agreements that something rejected keeps out. `is_whole` says that nothing
    at all was rejected, so that what the files do not hold is really not there any more.
    """

    batch: Batch
    problems: tuple[Problem, ...]
    left_out: int = 0

    @property
    def is_unreadable(self) -> bool:
        """Whether no row of any file could be read."""
        return not self.batch.rows and all(
            problem.severity == "rejected" and not problem.column for problem in self.problems
        )

    @property
    def is_whole(self) -> bool:
        """Whether every row was understood, and there was one."""
        return bool(self.batch.agreements) and not any(
            problem.severity == "rejected" for problem in self.problems
        )


@dataclass(frozen=True, slots=True)
class LoadOutcome:
    """What a load did. `report` is None where there was nothing to write.

    `kept` says that a complete load retired nothing, because it was not whole.
    """

    checked: Checked
    report: LoadReport | None
    kept: bool = False

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Every doubtful or rejected cell."""
        return self.checked.problems


def load_shipped(
    store: GraphStore, progress: Progress | None = None, today: date = date.max
) -> LoadOutcome:
    """Load what comes with Simpul: reference data, seed register, and twin towns as background."""
    path = reference.data_folder() / "agreements.csv"
    load_reference(store, progress)
    load_shipped_background(store, progress)  # before the register, which is what is waited for
    return load_files(
        store, [path], reference.SEED, complete=True, today=today, progress=progress,
        flows=reference.seed_flows(),
    )  # fmt: skip


def load_files(
    store: GraphStore,
    paths: Sequence[Path],
    source: Source,
    *,
    complete: bool = False,
    today: date = date.max,
    progress: Progress | None = None,
    flows: tuple[Flow, ...] = (),
) -> LoadOutcome:
    """Load the files of one register together; the reference data first, if it is not there yet.

    `complete`: what this source stated before and the files no longer hold is retired; but
    nothing is where any cell was rejected. A signing after `today` is doubted.

    Raises:
        BadInput: ("source-reserved") nothing was written.
        LoadBusy, StoreUnavailable: nothing was written.
    """
    checked = check_files(paths, source, store=store, today=today, progress=progress)
    if not checked.batch.agreements:
        return LoadOutcome(checked, None, complete)
    load_reference(store, progress)
    batch = replace(checked.batch, flows=flows)
    retire = complete and checked.is_whole
    report = store.write(batch, complete=retire, progress=progress)
    return LoadOutcome(checked, report, complete and not retire)


def check_files(
    paths: Sequence[Path],
    source: Source,
    *,
    store: GraphStore | None,
    today: date = date.max,
    progress: Progress | None = None,
    marks: list[Mark] | None = None,
) -> Checked:
    """Read the files of one register as a load would, and write nothing.

    Parties are known from the reference data and from the store, where there is one. `marks`,
    where given, is filled with what the corrected file needs.
    """
    if source.id == reference.REFERENCE.id:
        raise BadInput("source-reserved", value=source.id, field="source")
    notes = Notes(marks=marks)
    with collection_paused():
        known = _known(store)
        region_in = partial(region_named, known.identifier)
        registers = _opened(paths, region_in, notes)
        assembled = _assembled(registers, source, store, today, progress, notes)
    problems = tuple(sorted(notes.problems, key=_place(paths)))
    batch = Batch(
        source,
        ", ".join(path.name for path in paths),
        rows=sum(assembled.rows.values()),
        parties=tuple(assembled.parties.values()),
        agreements=tuple(assembled.agreements),
        problems=problems,
    )
    return Checked(batch, problems, assembled.left_out)


def _assembled(
    registers: list[Register],
    source: Source,
    store: GraphStore | None,
    today: date,
    progress: Progress | None,
    notes: Notes,
) -> Assembled:
    """What the registers amount to; one that is damaged further down is left out whole."""
    if not any(register.tables for register in registers):
        return Assembled()
    told = len(notes.problems)
    assembler = Assembler(source.id, _known(store), notes, today, progress)
    try:
        assembled = assembler.run(table for one in registers for table in one.tables)
    except BadFile as damaged:
        notes.forget(told)
        notes.tell_file(damaged)
        sound = [one for one in registers if one.file != damaged.params["file"]]
        return _assembled(sound, source, store, today, progress, notes)
    for register in registers:
        if register.tables and not assembled.rows[register.file]:
            notes.problems.append(Problem("no-rows", "rejected", register.file))
    return assembled


def is_bare(store: GraphStore) -> bool:
    """Whether no register was ever loaded: there is nothing, or reference data and twin towns."""
    return all(
        source.id == reference.REFERENCE.id or is_background(source) for source in store.sources()
    )


def load_reference(store: GraphStore, progress: Progress | None = None) -> None:
    """Load the reference data where the store holds none, or another edition of it."""
    batch = reference.reference_batch()
    if not store.holds(batch):
        store.write(batch, complete=True, progress=progress)


def source_named(name: str) -> Source:
    """The source that a person names; the same name is the same source.

    Raises: BadInput ("source-unusable") where no letter or digit is left of it.
    """
    id = slug(name)
    if not id:
        raise BadInput("source-unusable", value=name, field="source")
    return reference.SEED if id == reference.SEED.id else Source(id, name)


def _opened(paths: Iterable[Path], region_in: Callable[[str], str], notes: Notes) -> list[Register]:
    """Every file that can be opened; what is wrong with the others is told."""
    opened = []
    for path in paths:
        try:
            register = open_register(path, region_in)
        except BadFile as unusable:
            notes.tell_file(unusable)
        else:
            notes.problems += register.problems
            opened.append(register)
    return opened


def _place(paths: Sequence[Path]) -> Callable[[Problem], tuple[int, int, int]]:
    """The order in which a person meets problems: by file, and there by sheet and row."""
    files = {path.name: number for number, path in enumerate(paths)}
    sheets: dict[str, int] = {}

    def place(problem: Problem) -> tuple[int, int, int]:
        sheet = sheets.setdefault(f"{problem.file}\n{problem.sheet}", len(sheets))
        return files.get(problem.file, 0), sheet, problem.row

    return place


def _known(store: GraphStore | None) -> Known:
    batch = reference.reference_batch()
    parties = {party.id: party for party in batch.parties}
    if store is not None:
        parties |= {party.id: party for party in store.known_parties()}
    countries = reference.countries()
    return Known(
        Identifier(Gazetteer(parties.values()), countries),
        countries,
        reference.topics(),
        {party.id for party in batch.parties},
        {topic.id for topic in batch.topics},
    )
