"""An address and who asks there, before any store is asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from explorer.settings import Settings
from graph_loader.errors import BadInput, StoreRefused
from graph_loader.store.access import Access
from graph_loader.store.open import existing_store, open_store

SECRET = "correct horse"


@pytest.mark.parametrize(
    "address",
    ["", "simpul.db", "sqlite:", "mysql://host", "bolt:host", "bolt://", "neo4j://[::1",
     "bolt://host:port", "http://host:7474"],
)  # fmt: skip
def test_another_kind_of_address_is_refused(address: str) -> None:
    for opening in (open_store, existing_store):
        with pytest.raises(StoreRefused) as refused:
            opening(address)
        assert (refused.value.code, refused.value.params) == ("store-scheme", {"address": address})


@pytest.mark.parametrize("scheme", ["bolt", "neo4j+s", "mysql", "https"])
def test_a_secret_in_an_address_is_refused_and_not_told(scheme: str) -> None:
    for opening in (open_store, existing_store):
        with pytest.raises(StoreRefused) as refused:
            opening(f"{scheme}://neo4j:{SECRET}@host:7687")
        assert refused.value.code == "store-secret-in-address"
        assert SECRET not in str(refused.value)


def test_a_file_may_have_an_at_sign_in_its_name(tmp_path: Path) -> None:
    open_store(f"sqlite:{tmp_path / 'a@b.db'}").close()
    assert (tmp_path / "a@b.db").exists()


def test_where_there_is_no_file_nothing_is_made(tmp_path: Path) -> None:
    assert existing_store(f"sqlite:{tmp_path / 'none.db'}") is None
    assert list(tmp_path.iterdir()) == []


def test_the_settings_say_who_asks_and_show_no_secret() -> None:
    settings = Settings.from_env({"SIMPUL_NEO4J_USER": "simpul", "SIMPUL_NEO4J_PASSWORD": SECRET,
                                  "SIMPUL_NEO4J_DATABASE": "bureau"})  # fmt: skip
    access = settings.access()
    assert (access.user, access.secret(), access.database) == ("simpul", SECRET, "bureau")
    assert SECRET not in repr(settings) + repr(access)


def test_the_settings_and_the_loader_read_the_same_variables() -> None:
    names = ("USER", "PASSWORD", "PASSWORD_FILE", "DATABASE")
    environ = {f"SIMPUL_NEO4J_{name}": name for name in names}
    assert Settings.from_env(environ).access() == Access.from_env(environ)
    assert Settings().access() == Access.from_env({}) == Access()


@pytest.mark.parametrize(
    ("content", "code"),
    [("\n", "password-missing"), (None, "password-file"), (b"\xff", "password-file")],
)  # fmt: skip
def test_a_password_that_cannot_be_had_is_told(
    tmp_path: Path, content: str | bytes | None, code: str
) -> None:
    file = tmp_path / "secret"
    if content is not None:
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(BadInput) as error:
        Access(password_file=str(file)).secret()
    assert error.value.code == code


def test_the_password_is_the_first_line_of_its_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(f"{SECRET}\nand a note\n")
    assert Access(password_file=str(tmp_path / "secret")).secret() == SECRET
    assert Access(password="other", password_file="none").secret() == "other"
