"""What a clerk sees on a terminal, wide or narrow, and what a program reads from a pipe."""

from __future__ import annotations

import datetime as dt
import io
import sys
from functools import partial

import click
import pytest
from click.testing import CliRunner

from explorer.cli import main
from explorer.i18n import LANGUAGES, say
from graph_loader.commands import Console
from graph_loader.model import Load, Problem, Source
from graph_loader.store.base import Page, Unfinished
from graph_loader.terminal import FIELDS, ROOMY, show_problems, status_lines

LONG = "Surat Cinta " * 20
KIND = Problem("instrument-unknown", "rejected", "register.xlsx", "2024", 9, "Bentuk Dokumen",
               LONG, (("known", "MoU; PKS"),))  # fmt: skip
NOTE = Problem("row-note", "doubtful", "register.xlsx", "2024", 12_345, "", "Gresik, 2 Januari")
HOSTILE = Problem("country-unknown", "doubtful", "a\x1b[2J.csv", "", 8, "Negara\t\n",
                  "\x1b[31m\u202ex")  # fmt: skip


class Screen(io.StringIO):
    """A terminal that is remembered."""

    def isatty(self) -> bool:
        return True


def seen(monkeypatch: pytest.MonkeyPatch, width: int, *problems: Problem, lang: str = "id") -> str:
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("LINES", "40")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", "1")
    screen = Screen()
    show_problems(problems, partial(say, lang), screen)
    return screen.getvalue()


def piped(*problems: Problem, lang: str = "id") -> list[list[str]]:
    pipe = io.StringIO()
    show_problems(problems, partial(say, lang), pipe)
    return [line.split("\t") for line in pipe.getvalue().splitlines()]


def without_bold(text: str) -> str:
    return click.unstyle(text)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [60, 80])
def test_on_a_narrow_terminal_each_problem_is_a_block(
    monkeypatch: pytest.MonkeyPatch, width: int, lang: str
) -> None:
    shown = without_bold(seen(monkeypatch, width, KIND, NOTE, lang=lang)).splitlines()
    assert max(len(line.rstrip()) for line in shown) <= width
    words = " ".join(" ".join(shown).split())
    assert say(lang, "problem.row-note.fix") in words
    assert any(line.startswith("  ") and "9, Bentuk Dokumen, " in line for line in shown)
    assert any("12345, " + say(lang, "problem-table.doubtful") in line for line in shown)


def test_what_the_sentence_does_not_quote_is_shown_beside_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown = without_bold(seen(monkeypatch, 80, NOTE))
    assert "Isi sel: Gresik, 2 Januari" in shown
    country = Problem("country-unknown", "doubtful", "a.csv", "", 8, "Negara", "Wakanda")
    assert without_bold(seen(monkeypatch, 80, country)).count("Wakanda") == 1


def test_on_a_wide_terminal_they_are_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = without_bold(seen(monkeypatch, ROOMY, NOTE)).splitlines()
    heads = [line for line in shown if say("id", "problem-table.why") in line]
    assert len(heads) == 1
    assert say("id", "problem-table.fix") in heads[0]
    assert max(map(len, shown)) <= ROOMY


def test_a_heading_is_not_broken_inside_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    day = Problem("date-unreadable", "doubtful", "a.csv", "", 8, "Tanggal Penandatanganan", "entah")
    assert "Penandatanganan" in without_bold(seen(monkeypatch, ROOMY, day, NOTE))


def test_colours_are_an_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = seen(monkeypatch, 80, KIND, NOTE)
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("COLORTERM", "truecolor")
    screen = Screen()
    show_problems([KIND, NOTE], partial(say, "id"), screen)
    assert "\x1b[1;31m" in screen.getvalue()
    assert "\x1b[1;31m" not in plain
    assert without_bold(screen.getvalue()) == without_bold(plain)


def test_in_a_pipe_a_problem_is_one_line_and_whole() -> None:
    heads, first, second = piped(KIND, NOTE)
    assert heads == [say("id", f"problem-table.{name}") for name in FIELDS]
    assert first[:3] == ["register.xlsx", "2024", "9"]
    assert first[FIELDS.index("value")] == LONG.strip()
    assert second[FIELDS.index("fix")] == say("id", "problem.row-note.fix")


@pytest.mark.parametrize("width", [80, 140])
def test_a_cell_cannot_steer_the_terminal(monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    shown = without_bold(seen(monkeypatch, width, HOSTILE))
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert [len(line) for line in piped(HOSTILE)] == [len(FIELDS)] * 2
    assert not any("\x1b" in field for field in piped(HOSTILE)[1])


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("load --sorce x", "Mungkin maksud Anda: --source\n"),
        ("lod", "Mungkin maksud Anda: load\n"),
        ("check", "BERKAS belum disebut."),
        ("status a b", "Terlalu banyak kata: a b"),
        ("status --lang", "Nilai untuk pilihan --lang belum disebut."),
        ("load --json=3", "Pilihan --json tidak memakai nilai."),
        ("serve --port x", "Tulis bilangan dari 0 sampai 65535."),
        ("status --lang fr", "Pilih salah satu: id, en."),
        ("--lang id", "Perintahnya belum disebut."),
    ],
)
def test_a_mistyped_command_line_is_answered_in_indonesian(
    monkeypatch: pytest.MonkeyPatch, words: str, told: str
) -> None:
    monkeypatch.setenv("SIMPUL_LANG", "id")
    result = CliRunner().invoke(main, words.split())
    assert result.exit_code == 2
    assert told in result.stderr
    for english in ("Missing", "requires", "unexpected", "not one of", "FILES", "integer"):
        assert english not in result.stderr


@pytest.mark.parametrize(
    ("lang", "words"),
    [("id", ["--source NAMA", "--corrected BERKAS.xlsx", "[PILIHAN] BERKAS…"]),
     ("en", ["--source NAME", "--corrected FILE.xlsx", "[OPTIONS] FILE…"])],
)  # fmt: skip
def test_what_an_option_takes_is_said_in_the_readers_language(lang: str, words: list[str]) -> None:
    helped = CliRunner().invoke(main, ["--lang", lang, "check", "--help"]).stdout
    assert [word for word in words if word not in helped] == []


def test_an_argument_that_may_be_left_out_is_in_brackets() -> None:
    helped = CliRunner().invoke(main, ["--lang", "en", "template", "--help"]).stdout
    assert "template [OPTIONS] [FILE]\n" in helped


def test_progress_leaves_nothing_of_a_count_and_says_nothing_of_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    console = Console("en", partial(say, "en"), "sqlite:", dt.date(2026, 1, 1))
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with console.progress() as progress:
        assert progress is not None
        progress("read", 0, 0)
        progress("write", 0, 0)
        assert capsys.readouterr().err == ""
        progress("read", 5_000, 0)
        assert capsys.readouterr().err.endswith("Reading and checking: 5,000 rows")
    assert capsys.readouterr().err == "\r\x1b[K"


def loaded(id: int, accepted: int = 1, problems: int = 0) -> Load:
    finished = dt.datetime(2026, 11, 25, 18, 5, tzinfo=dt.UTC)
    return Load(id, "biro-jatim", "daftar\x1b.xlsx", finished, finished, id, False, 9, accepted, 0,
                0, 0, 0, problems)  # fmt: skip


LISTS = {"places": 734, "links": 1_031, "sources": ["twins.simpul"]}
FACTS = {
    "store": "sqlite:var/simpul.db", "version": 3, "parties": 1_154, "agreements": 1,
    "background": LISTS,
}  # fmt: skip


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("id", ["Isinya: 1.154 pihak, 1 perjanjian.",
                "Latar belakang: 1.031 hubungan antara 734 kota kembar (twins.simpul).",
                "Pemuatan terakhir (2 dari 312):",
                "  312. 26 November 2026 pukul 01.05 WIB, biro-jatim",
                "     daftar\ufffd.xlsx: 1.200 perjanjian, 1 masalah"]),
        ("en", ["It holds 1,154 parties and 1 agreement.",
                "Background: 1,031 links between 734 twin towns (twins.simpul).",
                "Last loads (2 of 312):",
                "  312. 26 November 2026, 01:05 (Jakarta time), biro-jatim",
                "     daftar\ufffd.xlsx: 1,200 agreements, 1 problem"]),
    ],
)  # fmt: skip
def test_the_status_is_told_in_words_and_says_what_it_leaves_out(
    lang: str, told: list[str]
) -> None:
    loads = Page([loaded(312, accepted=1_200, problems=1), loaded(311)], 312)
    sources = [Source("biro-jatim", "Biro Jatim")]
    lines = status_lines(FACTS, sources, loads, partial(say, lang))
    assert [line for line in told if line not in lines] == []
    assert "  biro-jatim: Biro Jatim" in lines
    assert max(map(len, lines)) <= 80


def test_of_an_empty_store_it_is_said_how_to_begin() -> None:
    none = {"places": 0, "links": 0, "sources": []}
    empty = FACTS | {"version": 0, "parties": 0, "agreements": 0, "background": none}
    lines = status_lines(empty, [], Page([], 0), partial(say, "id"))
    assert lines[-1] == "Belum ada yang dimuat. Mulailah dengan: simpul load"


@pytest.mark.parametrize(
    ("load", "file", "told"),
    [
        (13, "besar.xlsx",
         ["Pemuatan besar belum selesai; dimulai 26 November 2026 pukul 01.05 WIB.",
          "  besar.xlsx, biro-jatim: 30.000 dari 120.000 perjanjian",
          "Bila sudah tidak berjalan: muat lagi berkas yang sama, dan ia dilanjutkan."]),
        (0, "", ["  biro-jatim: 30.000 dari 120.000 perjanjian",
                 "Bila sudah tidak berjalan: jalankan lagi simpul copy yang sama."]),
    ],
)  # fmt: skip
def test_of_an_unfinished_load_it_is_said_how_far_it_is_and_how_to_go_on(
    load: int, file: str, told: list[str]
) -> None:
    began = dt.datetime(2026, 11, 25, 18, 5, tzinfo=dt.UTC)
    unfinished = Unfinished(load, "biro-jatim", file, began, done=30_000, total=120_000)
    facts = FACTS | {"parties": None, "agreements": None}
    lines = status_lines(facts, [], Page([], 0), partial(say, "id"), unfinished)
    assert [line for line in told if line not in lines] == []
    assert max(map(len, lines)) <= 80
    assert not any("simpul load" in line for line in lines)
