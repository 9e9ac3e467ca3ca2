"""Who asks a database server, and for which database: never in an address, never in a file of ours.

The password comes from the environment, or from a file that only the operator can read, as secrets
of containers do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from graph_loader.errors import BadInput

USER: Final = "SIMPUL_NEO4J_USER"
PASSWORD: Final = "SIMPUL_NEO4J_PASSWORD"
PASSWORD_FILE: Final = "SIMPUL_NEO4J_PASSWORD_FILE"
DATABASE: Final = "SIMPUL_NEO4J_DATABASE"


@dataclass(frozen=True, slots=True)
class Access:
    """User, password and database name; there is no default password."""

    user: str = "neo4j"
    password: str = field(default="", repr=False)
    password_file: str = field(default="", repr=False)
    database: str = "neo4j"

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> Access:
        """What the environment says; an unset or empty variable keeps its default.

        Example:
            >>> Access.from_env({"SIMPUL_NEO4J_USER": "simpul"}).user
            'simpul'
        """
        names = {"user": USER, "password": PASSWORD, "password_file": PASSWORD_FILE,
                 "database": DATABASE}  # fmt: skip
        return cls(**{name: environ[env] for name, env in names.items() if environ.get(env)})

    def secret(self) -> str:
        """The password: the given one, or else the first line of the file.

        Raises: BadInput ("password-missing"; "password-file" when the file cannot be read).
        """
        if self.password:
            return self.password
        if not self.password_file:
            raise BadInput("password-missing", field=PASSWORD)
        try:
            lines = Path(self.password_file).read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            why = getattr(error, "strerror", None) or str(error)
            raise BadInput(
                "password-file", field=PASSWORD_FILE, file=self.password_file, why=why
            ) from error
        if not lines or not lines[0]:
            raise BadInput("password-missing", field=PASSWORD_FILE)
        return lines[0]
