"""The console script `simpul`: the loader's commands, and `serve`."""

from __future__ import annotations

import gc
import os
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise
from time import sleep
from typing import Any, Final

import click

from explorer.commands.backtest import backtest
from explorer.commands.gaps import gaps
from explorer.commands.opportunities import opportunities
from explorer.commands.paths import paths
from explorer.i18n import LANGUAGES, has, say
from explorer.settings import Settings
from graph_loader import Language, LoadBusy, SimpulError, StoreRefused, StoreUnavailable
from graph_loader.cli import COMMANDS
from graph_loader.commands import NOTHING_DONE, Command, Console, Group, usage_error

RETRY_SECONDS: Final = 5  # because a server that starts answers after about that long
THREADS: Final = 8  # because pages wait on disk more than they compute, and a bureau is small
_LOCALE: Final = ("SIMPUL_LANG", "LC_ALL", "LC_MESSAGES", "LANG")


class _Simpul(Group):
    """The language is settled before anything is parsed, so that every error is in it."""

    def main(self, args: Sequence[str] | None = None, *more: Any, **extra: Any) -> Any:
        words = sys.argv[1:] if args is None else list(args)
        lang = _language(words, os.environ)
        extra["standalone_mode"] = False
        try:
            settings = Settings.from_env(os.environ)
            console = Console(lang, partial(say, lang), settings.store, settings.day(),
                              settings.access())  # fmt: skip
            code = super().main(words, *more, obj=console, **extra)
        except click.exceptions.NoArgsIsHelpError as asked:
            click.echo(asked.format_message())
            code = NOTHING_DONE
        except click.UsageError as error:
            click.echo(usage_error(error, partial(say, lang)), err=True)
            code = NOTHING_DONE
        except SimpulError as error:
            click.echo(_told(error, lang), err=True)
            code = NOTHING_DONE
        except click.Abort:
            click.echo(say(lang, "cli.aborted"), err=True)
            code = NOTHING_DONE
        gc.freeze()  # so that leaving does not search all that is about to go, half a second of it
        sys.exit(code if isinstance(code, int) else 0)


def _told(error: SimpulError, lang: str) -> str:
    keys = [f"error.{error.code}", f"error.{error.code}.hint"]
    return "\n".join(say(lang, key, **error.params) for key in keys if has(lang, key))


def _language(words: Sequence[str], environ: Mapping[str, str]) -> Language:
    """The language that a command line asks for, or the locale; Indonesian otherwise."""
    asked = [after for word, after in pairwise(words) if word == "--lang"]
    asked += [word.removeprefix("--lang=") for word in words if word.startswith("--lang=")]
    asked += [environ.get(name, "")[:2] for name in _LOCALE]
    return next((known for lang in asked for known in LANGUAGES if known == lang), LANGUAGES[0])


def _lang_option() -> click.Option:
    return click.Option(["--lang"], type=click.Choice(LANGUAGES), expose_value=False)


@click.group(cls=_Simpul, name="simpul", context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="simpul")
def main() -> None:
    """Explore the cooperation of regions: who works with whom, and what nobody uses yet."""


@click.command(cls=Command)
@click.option("--host", metavar="ADDRESS")
@click.option("--port", metavar="NUMBER", type=click.IntRange(0, 65535))
@click.option("--load-if-empty", is_flag=True)
@click.pass_obj
def serve(console: Console, host: str | None, port: int | None, load_if_empty: bool) -> None:
    """Serve the pages until Ctrl-C."""
    settings = Settings.from_env(os.environ)
    settings = replace(settings, host=host or settings.host,
                       port=settings.port if port is None else port)  # fmt: skip
    waiting = load_if_empty and not _is_filled(console)
    _serve(console, settings, waiting)


def _is_filled(console: Console) -> bool:
    """Load the shipped rows where there are none; False where the store cannot take them now."""
    from graph_loader.load import is_bare, load_shipped

    try:
        with console.open() as store:
            if is_bare(store):
                click.echo(console.say("cli.serve.loading"))
                load_shipped(store)
    except (StoreUnavailable, LoadBusy):
        return False
    return True


def _fill_later(console: Console) -> None:
    """Try until the store has come and has rows, ours or somebody's; a refusal is told once."""
    told = ""
    while True:
        try:
            if _is_filled(console):
                return
        except StoreRefused as error:  # a server that is being set up refuses for a moment
            if told != (told := _told(error, console.lang)):
                click.echo(told, err=True)
        except SimpulError as error:
            click.echo(_told(error, console.lang), err=True)
            return
        sleep(RETRY_SECONDS)


def _tell_silence(console: Console, silence: StoreUnavailable | None, waiting: bool) -> None:
    if silence is not None:
        click.echo(_told(silence, console.lang), err=True)
        click.echo(console.say("cli.serve.without-store"), err=True)
        if waiting:
            click.echo(console.say("cli.serve.load-later"), err=True)


def _serve(console: Console, settings: Settings, waiting: bool) -> None:
    """Heavy imports stay in here, so that the other commands start at once."""
    from waitress.server import create_server  # type: ignore[import-untyped]

    from explorer import create_app

    app = create_app(settings)
    _tell_silence(console, app.extensions["simpul"].standing().silence, waiting)
    try:
        server = create_server(
            app, host=settings.host, port=settings.port, threads=THREADS,
            asyncore_use_poll=True,  # because select breaks off at the 1,024th open file
        )  # fmt: skip
    except OSError as error:
        raise SimpulError("port-taken", host=settings.host, port=str(settings.port)) from error
    port = getattr(server, "effective_port", settings.port)
    address = f"http://{settings.host}:{port}{settings.base_path}/"
    click.echo(console.say("cli.serve.address", address=address))
    if waiting:
        threading.Thread(target=_fill_later, args=(console,), daemon=True).start()
    server.run()


for command in (*COMMANDS, opportunities, paths, gaps, backtest, serve):
    command.params.append(_lang_option())
    main.add_command(command)
main.params.append(_lang_option())

if __name__ == "__main__":
    main()
