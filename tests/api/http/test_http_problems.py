import logging
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from api.http import create_app
from api.http.bodies import LARGEST_BODY
from cmdb.catalogue import Catalogue
from cmdb.database import Database
from cmdb.store import Store
from impact import ImpactEngine
from tests.api.http.asking import assert_problem, create

JSON = {"Content-Type": "application/json"}


def test_what_is_nowhere_is_a_problem(client: TestClient) -> None:
    problem = assert_problem(client.get("/nowhere"), 404, "/api/v1/nowhere")
    assert problem["instance"] == "/api/v1/nowhere"
    assert_problem(client.get("http://linchpin/elsewhere"), 404)


def test_a_method_that_does_not_fit_is_a_problem_that_names_those_that_do(client: TestClient) -> None:
    response = client.put("/cis")
    assert_problem(response, 405, "PUT")
    assert response.headers["allow"] == "GET, POST"
    assert client.put("/cis/x").headers["allow"] == "DELETE, GET, PATCH"


@pytest.mark.parametrize("content", ["{", "", "[1]", '"text"', '{"class": 1}', "null", "\xff", "[" * 100_000])
def test_a_body_that_is_not_understood_is_a_problem(client: TestClient, content: str) -> None:
    response = client.post("/cis", content=content.encode("latin-1"), headers=JSON)
    assert_problem(response, response.status_code)
    assert response.status_code in (400, 422)


@pytest.mark.parametrize("media_type", ["text/plain", "application/xml", "multipart/form-data; boundary=x"])
def test_a_body_of_another_kind_is_a_problem(client: TestClient, media_type: str) -> None:
    response = client.post("/cis", content="x", headers={"Content-Type": media_type})
    assert_problem(response, 415, "application/json")


def test_a_large_body_is_a_problem_whether_it_says_so_or_not(client: TestClient) -> None:
    assert_problem(client.post("/cis", content=b" " * (LARGEST_BODY + 1), headers=JSON), 413, "16 MB")

    def pieces() -> Iterator[bytes]:
        for _ in range(LARGEST_BODY // 2**20 + 1):
            yield b" " * 2**20

    assert_problem(client.post("/cis", content=pieces(), headers=JSON), 413)


@pytest.mark.parametrize(
    "value",
    ["\\u0000", "\\ud800", "\\udc00x", "a\\nb", "x" * 2001],
)
def test_text_that_no_attribute_holds_is_a_problem(client: TestClient, value: str) -> None:
    content = f'{{"class": "server", "name": "{value}"}}'
    assert_problem(client.post("/cis", content=content, headers=JSON), 422)


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-1e999", "1" + "0" * 30, "1" * 5000, "{}", "[[]]"])
def test_values_that_no_attribute_holds_are_a_problem(client: TestClient, value: str) -> None:
    content = f'{{"class": "server", "name": "x", "cpu_count": {value}}}'
    response = client.post("/cis", content=content, headers=JSON)
    assert_problem(response, response.status_code)
    assert response.status_code in (400, 422)


@pytest.mark.parametrize(
    "query",
    ["limit=0", "limit=1001", "limit=x", "limit=" + "9" * 30, "cursor=%00", "cursor=%C3%A4", "cursor=x"],
)
@pytest.mark.parametrize("path", ["/cis?", "/search?q=x&", "/imports?", "/difference?earlier=0&"])
def test_a_page_that_is_not_there_is_a_problem(client: TestClient, path: str, query: str) -> None:
    assert client.get(path + query).status_code in (400, 422)


@pytest.mark.parametrize(
    "moment", ["", "%00", "x", "9" * 30, "-1", "0001-01-01", "9999-12-31T23:59:59-23:59", "%D9%A3"]
)
def test_an_odd_moment_never_breaks_anything(client: TestClient, moment: str) -> None:
    ci = create(client, "web01")
    for path in (f"/cis/{ci['id']}", f"/cis/{ci['id']}/relationships"):
        assert client.get(f"{path}?as_of={moment}").status_code in (200, 404)


def test_a_mistake_of_ours_tells_nothing_of_our_insides(
    app: FastAPI, client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    @app.get("/api/v1/broken")
    def broken() -> None:
        raise RuntimeError("secret")

    response = client.get("/broken")
    assert_problem(response, 500, "log")
    assert "secret" not in response.text


def test_a_database_that_does_not_answer_is_a_problem(
    catalogue: Catalogue, caplog: pytest.LogCaptureFixture
) -> None:
    with Database("bolt://127.0.0.1:1", "neo4j", "", patience=0) as nowhere:
        app = create_app(Store(nowhere, catalogue), ImpactEngine(nowhere, catalogue))
        client = TestClient(app, raise_server_exceptions=False)
        with caplog.at_level(logging.ERROR):
            assert_problem(client.get("/api/v1/health"), 503, "bolt://127.0.0.1:1")
        assert "bolt://127.0.0.1:1" in caplog.text
        headers = {"Authorization": "Bearer linchpin_x"}
        assert_problem(client.get("/api/v1/cis", headers=headers), 503)


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({"failed": "web01"}, "body/failed"),
        ({"failed": ["x"] * 501}, "body/failed"),
        ({"colour": "red"}, "body/colour"),
    ],
)
def test_fields_that_are_wrong_are_named(client: TestClient, body: Any, named: str) -> None:
    problem = assert_problem(client.post("/impact", json=body), 422)
    assert [error["at"] for error in problem["errors"]] == [named]
