"""Click commands that speak the reader's language: help, usage errors and progress too.

What a command and its options are for is said by the catalogue: ``cli.help.<command>`` and
``cli.option.<option>``, what an option takes by ``cli.metavar.<metavar>``. The speaker is the
`Console` in the context's `obj`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import click

from graph_loader.model import Language
from graph_loader.report import Say
from graph_loader.store.access import Access
from graph_loader.store.base import GraphStore, Progress
from graph_loader.store.open import existing_store, open_store

ALL_IN, SOME_REJECTED, NOTHING_DONE = 0, 1, 2
_CLEAR = "\r\033[K"  # back to the start of the line, and nothing on it


@dataclass(frozen=True, slots=True)
class Console:
    """What the commands need from whoever mounts them: sentences, the day, where the store is."""

    lang: Language
    say: Say
    store: str
    today: date
    access: Access = field(default_factory=Access)

    @contextmanager
    def open(self) -> Iterator[GraphStore]:
        """The store, made if it is not there; closed afterwards."""
        store = open_store(self.store, self.access)
        try:
            yield store
        finally:
            store.close()

    @contextmanager
    def open_existing(self) -> Iterator[GraphStore | None]:
        """The store, or None where there is none yet; nothing is made."""
        store = existing_store(self.store, self.access)
        try:
            yield store
        finally:
            if store is not None:
                store.close()

    @contextmanager
    def progress(self) -> Iterator[Progress | None]:
        """A bar on stderr for each stage of long work; silent where nobody is looking."""
        if not sys.stderr.isatty():
            yield None
            return
        bars = _Bars(self.say)
        try:
            yield bars.tell
        finally:
            bars.finish()


class _Bars:
    """One bar after another; a count where the end is not known."""

    def __init__(self, say: Say) -> None:
        self._say, self._stage, self._done = say, "", 0
        self._bar: Any = None  # click names the type of its bars nowhere in public

    def tell(self, stage: str, done: int, total: int) -> None:
        """`Progress`: `total` is 0 where it is not known."""
        if stage != self._stage:
            self.finish()
            self._stage = stage
        if not total:
            if done:  # of a short file there is nothing to watch
                count = self._say(f"cli.progress.{stage}", n=done)
                click.echo(f"{_CLEAR}{count}", err=True, nl=False)
                self._done = done
            return
        if self._bar is None:
            label = self._say(f"cli.progress.{stage}.bar")
            self._bar = click.progressbar(length=total, label=label, file=sys.stderr)
            self._bar.render_progress()
        self._bar.update(done - self._done)
        self._done = done

    def finish(self) -> None:
        """End the line of the stage that was told last; a count that is over says nothing."""
        if self._bar is not None:
            self._bar.render_finish()
        elif self._done:
            click.echo(_CLEAR, err=True, nl=False)
        self._stage, self._bar, self._done = "", None, 0


class _Speaking(click.Command):
    """Help in the reader's language; its methods are click's."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        say = _say(ctx)
        formatter.write_usage(
            ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), f"{say('cli.usage')}: "
        )

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        say = _say(ctx)
        pieces = [say("cli.usage.options")] if self.params else []
        arguments = [param for param in self.params if isinstance(param, click.Argument)]
        return pieces + [_asked(param, say) for param in arguments]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        ctx.allow_extra_args = True  # click has words of its own for what is too much
        try:
            left = super().parse_args(ctx, args)
        except click.UsageError as error:  # not every one says which command it is about
            error.ctx = error.ctx or ctx
            raise
        if ctx.args and not ctx.resilient_parsing and not isinstance(self, click.Group):
            raise _Surplus(" ".join(ctx.args), ctx)
        return left

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(_say(ctx)(f"cli.help.{self.name or 'simpul'}"))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        say = _say(ctx)
        rows = []
        for param in self.get_params(ctx):
            if isinstance(param, click.Option) and not param.hidden:
                names = ", ".join(sorted(param.opts, key=len))
                rows.append((names + _taken(param, ctx), say(_purpose(self.name, param))))
        with formatter.section(say("cli.options")):
            formatter.write_dl(rows)


class Command(_Speaking):
    """A command of `simpul`."""


class Group(_Speaking, click.Group):
    """A group of commands whose errors are one sentence and what to do about it."""

    command_class = Command

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:  # noqa: D102
        return [*super().collect_usage_pieces(ctx), _say(ctx)("cli.usage.command")]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: D102
        super().format_options(ctx, formatter)
        say = _say(ctx)
        rows = [(name, say(f"cli.help.{name}.short")) for name in self.list_commands(ctx)]
        with formatter.section(say("cli.commands")):
            formatter.write_dl(rows)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: D102
        return list(self.commands)


class _Surplus(click.UsageError):
    """Words that no argument takes."""


_USAGE = {
    click.NoSuchOption: "option-unknown",
    click.exceptions.NoSuchCommand: "command-unknown",
    click.MissingParameter: "argument-missing",
    click.BadOptionUsage: "option-usage",
    click.BadParameter: "value-bad",
    _Surplus: "surplus",
}
_OWN_PURPOSE = {("export", "source")}  # options that mean something else in this one command


def usage_error(error: click.UsageError, say: Say) -> str:
    """A mistyped command line in words: what is wrong, and what was probably meant."""
    lines = [say(f"cli.error.{_kind(error)}", name=_meant(error, say))]
    if near := getattr(error, "possibilities", None):
        lines.append(say("cli.error.near", near=near[0]))  # the nearest one comes first
    if asked := _allowed(error, say):
        lines.append(asked)
    path = error.ctx.command_path if error.ctx else "simpul"
    return "\n".join([*lines, say("cli.error.help", command=f"{path} --help")])


def _kind(error: click.UsageError) -> str:
    if isinstance(error, click.BadOptionUsage) and error.ctx is not None:
        for param in error.ctx.command.params:
            if error.option_name in param.opts and getattr(param, "is_flag", False):
                return "flag-value"
    return _USAGE.get(type(error), "command-missing")  # the only other one that click raises here


def _meant(error: click.UsageError, say: Say) -> str:
    """The option, command or argument that an error is about, as it is typed."""
    for name in ("option_name", "command_name"):
        if found := getattr(error, name, None):
            return str(found)
    param = getattr(error, "param", None)
    if isinstance(param, click.Argument):
        return say(f"cli.argument.{param.human_readable_name.lower()}")
    return max(param.opts, key=len) if param else error.message


def _allowed(error: click.UsageError, say: Say) -> str:
    """Which values an option takes, where it takes only some."""
    kind = getattr(getattr(error, "param", None), "type", None)
    if isinstance(kind, click.Choice):
        return say("cli.error.choices", choices=", ".join(map(str, kind.choices)))
    if isinstance(kind, click.IntRange):
        return say("cli.error.range", least=str(kind.min), most=str(kind.max))
    return ""


def _asked(argument: click.Parameter, say: Say) -> str:
    """An argument as a usage line shows it: [it may be left out], several may follow …"""
    name = say(f"cli.argument.{argument.human_readable_name.lower()}")
    several = "…" if argument.nargs == -1 else ""
    return (name if argument.required else f"[{name}]") + several


def _taken(option: click.Option, ctx: click.Context) -> str:
    """What is typed after an option."""
    if option.is_flag:
        return ""
    if option.metavar:
        return f" {_say(ctx)(f'cli.metavar.{option.metavar.lower()}')}"
    return f" {option.make_metavar(ctx)}"


def _purpose(command: str | None, option: click.Option) -> str:
    """The catalogue's key for what an option is for."""
    long = max(option.opts, key=len).lstrip("-")
    own = (command, long) in _OWN_PURPOSE
    return f"cli.option.{command}.{long}" if own else f"cli.option.{long}"


def _say(ctx: click.Context) -> Say:
    console: Console = ctx.find_root().obj
    return console.say
