"""Each page is rendered from one dataclass, and shows every field of it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import fields, is_dataclass
from typing import Any

import pytest
from flask import Flask, before_render_template

from explorer import create_app
from explorer.settings import Settings
from tests.browser.every_page import PAGES
from tests.explorer.pictures import shipped_address

# What is said of networks only that are too large to be counted whole.
UNSEEN = {"StatisticsContext": {"starts"}}
# What a page shows on other terms than those it is looked at with.
MORE = (
    "/negara/jp", "/hubungan?dari=35.25&ke=osaka-prefecture-jp&lewat=35", "/peta?pihak=35.25",
    "/peta?negara=au&kategori=sinergi&topik=1", "/kesenjangan?tabel=target", "/kebutuhan",
    "/kebutuhan?daerah=35.78", "/kebutuhan?daerah=35.21", "/jaringan?pihak=35.25", "/topik/2.1",
)  # fmt: skip


class Read:
    """A context that remembers which of its fields a template has asked for."""

    def __init__(self, context: object, asked: set[str]) -> None:
        self._context, self._asked = context, asked

    def __getattr__(self, name: str) -> Any:
        self._asked.add(name)
        return getattr(self._context, name)


@pytest.fixture(scope="module")
def asked() -> dict[type, set[str]]:
    """Which fields of which context the templates of all pages asked for."""
    found: dict[type, set[str]] = defaultdict(set)

    def watch(app: Flask, context: dict[str, Any], **more: object) -> None:
        shown = context["ctx"]
        context["ctx"] = Read(shown, found[type(shown)])

    app = create_app(Settings(store=shipped_address(), today="2026-11-25"))
    with before_render_template.connected_to(watch, app):
        for path in (*PAGES.values(), *MORE):
            app.test_client().get(path)
    return found


def test_every_page_has_one_dataclass_of_its_own(asked: dict[type, set[str]]) -> None:
    assert len(asked) > 15
    for kind in asked:
        assert is_dataclass(kind), kind
        assert kind.__dataclass_params__.frozen, kind  # type: ignore[attr-defined]
        assert kind.__doc__, kind


def test_every_field_is_shown_by_a_page(asked: dict[type, set[str]]) -> None:
    unread = {
        kind.__name__: left
        for kind, read in asked.items()
        if (left := {field.name for field in fields(kind)} - read)
    }
    assert unread == UNSEEN
