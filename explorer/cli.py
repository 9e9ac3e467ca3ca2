"""The console script `simpul`: the loader's commands, and `serve`."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import partial
from typing import Any, Final

import click

from explorer.i18n import LANGUAGES, has, say
from explorer.settings import Settings
from graph_loader import SimpulError
from graph_loader.cli import NOTHING_DONE, Console, load, status

THREADS: Final = 8  # because pages wait on disk more than they compute, and a bureau is small


class _Commands(click.Group):
    """A group whose errors are one sentence and what to do about it."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except SimpulError as error:
            lang = ctx.params["lang"]
            click.echo(say(lang, f"error.{error.code}", **error.params), err=True)
            if has(lang, hint := f"error.{error.code}.hint"):
                click.echo(say(lang, hint, **error.params), err=True)
            ctx.exit(NOTHING_DONE)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--lang", type=click.Choice(LANGUAGES), default="id", envvar="SIMPUL_LANG",
              show_default=True, help="Answer in Indonesian or English.")  # fmt: skip
@click.version_option(package_name="simpul")
@click.pass_context
def main(context: click.Context, lang: str) -> None:
    """Explore the cooperation of regions: who works with whom, and what nobody uses yet."""
    settings = Settings.from_env(os.environ)
    context.obj = Console(partial(say, lang), settings.store)


@main.command()
@click.option("--host", help="The address to listen on (SIMPUL_HOST).")
@click.option("--port", type=click.IntRange(0, 65535), help="The port (SIMPUL_PORT).")
@click.option("--load-if-empty", is_flag=True, help="Load the shipped register into a new store.")
@click.pass_obj
def serve(console: Console, host: str | None, port: int | None, load_if_empty: bool) -> None:
    """Serve the pages until Ctrl-C."""
    settings = Settings.from_env(os.environ)
    settings = replace(settings, host=host or settings.host,
                       port=settings.port if port is None else port)  # fmt: skip
    if load_if_empty:
        _load_if_empty(console)
    _serve(console, settings)


def _load_if_empty(console: Console) -> None:
    from graph_loader.load import load_shipped

    with console.open() as store:
        if not store.version():
            click.echo(console.say("cli.serve.loading"))
            load_shipped(store)


def _serve(console: Console, settings: Settings) -> None:
    """Heavy imports stay in here, so that the other commands start at once."""
    from waitress.server import create_server  # type: ignore[import-untyped]

    from explorer import create_app

    app = create_app(settings)
    try:
        server = create_server(app, host=settings.host, port=settings.port, threads=THREADS)
    except OSError as error:
        raise SimpulError("port-taken", host=settings.host, port=str(settings.port)) from error
    port = getattr(server, "effective_port", settings.port)
    address = f"http://{settings.host}:{port}{settings.base_path}/"
    click.echo(console.say("cli.serve.address", address=address))
    server.run()


main.add_command(load)
main.add_command(status)

if __name__ == "__main__":
    main()
