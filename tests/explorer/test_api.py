"""The API: lists in one shape, errors in one shape, the same figures as the pages."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from explorer import create_app
from explorer.settings import Settings
from tests.explorer.pictures import DAY, shipped, shipped_address

LISTS = ("/suggest?q=gresik", "/agreements", "/network")


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    """The app on the shipped rows."""
    return create_app(Settings(store=shipped_address(), today=DAY.isoformat())).test_client()


def get(client: FlaskClient, path: str, status: int = 200) -> dict[str, Any]:
    """The JSON at a path below /api/v1."""
    response = client.get(f"/api/v1{path}")
    assert response.status_code == status, response.get_data(as_text=True)
    assert response.mimetype == "application/json"
    found: dict[str, Any] = response.get_json()
    return found


@pytest.mark.parametrize("path", LISTS)
def test_lists_have_one_shape(client: FlaskClient, path: str) -> None:
    found = get(client, path)
    assert {"items", "total", "next", "version", "as_of"} <= set(found)
    assert found["as_of"] == DAY.isoformat()
    assert found["version"] == shipped().version
    assert found["items"]


@pytest.mark.parametrize(
    ("query", "first"),
    [("gresik", "35.25"), ("osaka", "osaka-prefecture-jp"), ("kab gresik", "35.25"),
     ("tiongkok", "cn"), ("gresk", "35.25")],
)  # fmt: skip
def test_suggestions_find_a_party_by_what_people_type(
    client: FlaskClient, query: str, first: str
) -> None:
    items = get(client, f"/suggest?q={query}")["items"]
    assert items[0]["id"] == first
    assert set(items[0]) == {"id", "label", "kind", "sub", "url"}
    assert client.get(items[0]["url"]).status_code == 200


def test_suggestions_keep_to_regions_and_to_a_language(client: FlaskClient) -> None:
    items = get(client, "/suggest?q=malang&kind=region&lang=en")["items"]
    assert {"35.07", "35.73"} <= {item["id"] for item in items}
    assert all(item["kind"] in {"region", "province"} for item in items)
    assert all(item["url"].startswith("/en/") for item in items)


@pytest.mark.parametrize("query", ["", '"', "%00", "*" * 300, "NEAR(", "' OR 1=1"])
def test_strange_queries_suggest_or_suggest_nothing(client: FlaskClient, query: str) -> None:
    assert isinstance(get(client, f"/suggest?q={query}")["items"], list)


def test_agreements_are_paged_to_the_end(client: FlaskClient) -> None:
    seen: list[str] = []
    found = get(client, "/agreements?negara=jp")
    while True:
        seen += [item["id"] for item in found["items"]]
        if found["next"] is None:
            break
        found = get(client, found["next"].removeprefix("/api/v1"))
    assert len(seen) == len(set(seen)) == found["total"]


def test_all_agreements_are_there(client: FlaskClient) -> None:
    assert get(client, "/agreements")["total"] == len(shipped().index.agreement_ids)


def test_a_party_by_its_id(client: FlaskClient) -> None:
    found = get(client, "/parties/35.25")
    assert (found["name_id"], found["level"], found["part_of"]) == (
        "Kabupaten Gresik", "kabupaten", "35",
    )  # fmt: skip
    assert found["url"] == "/daerah/35.25"


def test_the_network_is_the_pages_network(client: FlaskClient) -> None:
    found = get(client, "/network?negara=au")
    points = {point["id"] for point in found["points"]}
    assert not found["aggregated"]
    assert found["total"] == found["ties"] == len(found["items"])
    assert {item["a"] for item in found["items"]} | {item["b"] for item in found["items"]} <= points
    assert get(client, "/network")["aggregated"]


@pytest.mark.parametrize(
    ("path", "status", "field"),
    [("/network?status=never", 400, "status"), ("/network?kategori=x", 400, "kategori"),
     ("/agreements?topik=99", 400, "topik"), ("/agreements?offset=x", 400, "offset"),
     ("/suggest?q=a&lang=xx", 400, "lang"), ("/parties/99.99", 404, None),
     ("/nothing", 404, None)],
)  # fmt: skip
def test_errors_have_one_shape_and_name_the_field(
    client: FlaskClient, path: str, status: int, field: str | None
) -> None:
    error = get(client, path, status)["error"]
    assert set(error) == {"code", "message", "hint", "field"}
    assert error["message"]
    assert error["field"] == field
