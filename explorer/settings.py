"""What an operator may set, in one list that feeds the app, the command line and the docs."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from platformdirs import user_cache_path

from graph_loader import Access, BadInput

# The bureaus and the law both count days in western Indonesian time.
ZONE: Final = ZoneInfo("Asia/Jakarta")
OFF: Final = "off"
_RATE: Final = re.compile(r"[1-9]\d{0,5} per (?:second|minute|hour)")
# Nobody's page but one that came encrypted, or from this very machine, where it is tried out.
_ORIGIN: Final = re.compile(
    r"(?:https://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|http://(?:localhost|127\.0\.0\.1))(?::\d{1,5})?"
)


@dataclass(frozen=True, slots=True)
class Option:
    """One thing an operator may set: its name, the environment variable, the default, why."""

    name: str
    env: str
    default: str | int
    kind: type
    help: str


OPTIONS: Final[tuple[Option, ...]] = (
    Option("store", "SIMPUL_STORE", "sqlite:var/simpul.db", str, "Where the agreements are kept."),
    Option("host", "SIMPUL_HOST", "127.0.0.1", str, "The address that `simpul serve` listens on."),
    Option("port", "SIMPUL_PORT", 8000, int, "The port that `simpul serve` listens on."),
    Option("today", "SIMPUL_TODAY", "", str, "A fixed day (YYYY-MM-DD) instead of today's date."),
    Option("proxy_hops", "SIMPUL_PROXY_HOPS", 0, int, "How many trusted proxies stand in front."),
    Option("base_path", "SIMPUL_BASE_PATH", "", str, "The sub-path to serve under, as `/simpul`."),
    Option("neo4j_user", "SIMPUL_NEO4J_USER", "neo4j", str, "Who asks a Neo4j server."),
    Option("neo4j_password", "SIMPUL_NEO4J_PASSWORD", "", str, "That user's password."),
    Option("neo4j_password_file", "SIMPUL_NEO4J_PASSWORD_FILE", "", str,
           "A file whose first line is the password, as secrets of containers are given."),
    Option("neo4j_database", "SIMPUL_NEO4J_DATABASE", "neo4j", str, "Which database of it."),
    Option("cache", "SIMPUL_CACHE", "", str,
           "The folder that indexes are saved in, instead of the user's own cache."),
    Option("rate_limit", "SIMPUL_RATE_LIMIT", "120 per minute", str,
           "How often one reader may ask for what is expensive; `off` for as often as she likes."),
    Option("embed_hosts", "SIMPUL_EMBED_HOSTS", "", str,
           "The sites that may show pages in a frame, as `https://gresikkab.go.id`, with spaces."),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Settings:
    """What the operator chose; every field is explained once, in `OPTIONS`.

    Example:
        >>> Settings.from_env({"SIMPUL_PORT": "9000"}).port
        9000
    """

    store: str = "sqlite:var/simpul.db"
    host: str = "127.0.0.1"
    port: int = 8000
    today: str = ""
    proxy_hops: int = 0
    base_path: str = ""
    neo4j_user: str = "neo4j"
    neo4j_password: str = field(default="", repr=False)
    neo4j_password_file: str = field(default="", repr=False)
    neo4j_database: str = "neo4j"
    cache: str = ""
    rate_limit: str = "120 per minute"  # because a whole office may share one address
    embed_hosts: str = ""

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> Settings:
        """Read every option from its variable; an unset or empty one keeps its default.

        Raises: BadInput (`setting-invalid`) when a value is not of the option's kind.
        """
        chosen = {o.name: _read(o, environ[o.env]) for o in OPTIONS if environ.get(o.env)}
        return cls(**chosen)  # type: ignore[arg-type]

    def __post_init__(self) -> None:
        if self.today:
            _day(self.today)
        if self.base_path and not self.base_path.startswith("/"):
            raise BadInput("setting-invalid", field="SIMPUL_BASE_PATH", value=self.base_path)
        if self.rate_limit != OFF and not _RATE.fullmatch(self.rate_limit):
            raise BadInput("setting-invalid", field="SIMPUL_RATE_LIMIT", value=self.rate_limit)
        for host in self.embedders():
            if not _ORIGIN.fullmatch(host):
                raise BadInput("setting-invalid", field="SIMPUL_EMBED_HOSTS", value=host)

    def embedders(self) -> tuple[str, ...]:
        """The sites that may show pages in a frame, in the order given.

        Example:
            >>> Settings(embed_hosts="https://gresikkab.go.id https://peta.example:8443").embedders()
            ('https://gresikkab.go.id', 'https://peta.example:8443')
        """
        return tuple(self.embed_hosts.split())

    def access(self) -> Access:
        """Who asks the store, where it is a server."""
        return Access(
            self.neo4j_user, self.neo4j_password, self.neo4j_password_file, self.neo4j_database
        )

    def cache_folder(self) -> Path:
        """Where indexes are saved: as chosen, else where systemd says, else the user's own cache.

        Example:
            >>> Settings(cache="/var/cache/simpul").cache_folder().name
            'simpul'
        """
        named = self.cache or os.environ.get("CACHE_DIRECTORY", "").partition(os.pathsep)[0]
        return Path(named) if named else user_cache_path("simpul", appauthor=False)

    def day(self) -> dt.date:
        """The day that statuses are told for: the fixed one, or today in Jakarta."""
        return _day(self.today) if self.today else dt.datetime.now(ZONE).date()


def _read(option: Option, text: str) -> str | int:
    if option.kind is str:
        return text
    try:
        return int(text)
    except ValueError:
        raise BadInput("setting-invalid", field=option.env, value=text) from None


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise BadInput("setting-invalid", field="SIMPUL_TODAY", value=text) from None
