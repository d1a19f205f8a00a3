"""Drawings and files over HTTP."""

from html import unescape

import pytest
from fastapi import FastAPI
from pyarrow import ipc
from starlette.testclient import TestClient

from impact.drawing import FORMATS
from tests.api.http.asking import Json, assert_problem

QUESTION = {"failed": ["web01", "web02"]}


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(
    ("path", "question"),
    [
        ("/impact", QUESTION),
        ("/map", {"ci": "shop", "failed": ["web01"]}),
        ("/dependents", {"ci": "web01"}),
        ("/path", {"dependent": "shop", "provider": "web01"}),
        ("/common", {"cis": ["shop", "web01"], "at_least": 2}),
    ],
)
def test_each_format_comes_as_what_it_is(
    client: TestClient, pair: dict[str, Json], path: str, question: Json, name: str
) -> None:
    response = client.post(path, params={"format": name}, json=question)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == FORMATS[name].media_type
    assert response.content


def test_an_svg_has_names_and_states(client: TestClient, pair: dict[str, Json]) -> None:
    drawn = unescape(client.post("/impact?format=svg", json={"failed": ["web01"]}).text)
    for word in ("If web01 fails: 1 down, 1 at risk", "shop", "AT RISK", "web02", "needs 1 of 2"):
        assert word in drawn, word


def test_arrow_has_what_the_pages_have(client: TestClient, pair: dict[str, Json]) -> None:
    content = client.post("/impact?format=arrow", json=QUESTION).content
    rows = ipc.open_stream(content).read_all().to_pylist()
    items: list[Json] = []
    cursor: str | None = ""
    while cursor is not None:
        parameters = {"limit": 1} | ({"cursor": cursor} if cursor else {})
        page = client.post("/impact", params=parameters, json=QUESTION).json()
        items += page["items"]
        cursor = page["next"]
    told = ("id", "name", "class", "state", "before", "seconds", "distance", "owner")
    assert [[row[name] for name in told] for row in rows] == [[item[name] for name in told] for item in items]
    assert [row["rule"] for row in rows] == [item["reason"]["rule"] for item in items]


def test_a_table_lists_what_the_filter_lets_through(client: TestClient, pair: dict[str, Json]) -> None:
    text = client.post("/impact?format=csv&services=true", json=QUESTION).text
    assert [line.split(",")[1] for line in text.splitlines()] == ['"name"', '"shop"']


def test_what_is_wrong_is_a_problem_in_any_format(client: TestClient, pair: dict[str, Json]) -> None:
    assert_problem(client.post("/impact?format=arrow", json={"failed": ["nobody"]}), 404)
    assert_problem(client.post("/impact?format=gif", json=QUESTION), 422, "svg")


def test_the_document_lists_the_media_types(app: FastAPI) -> None:
    listed = app.openapi()["paths"]["/api/v1/impact"]["post"]["responses"]["200"]["content"]
    assert set(listed) == {form.media_type.partition(";")[0] for form in FORMATS.values()} | {
        "application/json"
    }
