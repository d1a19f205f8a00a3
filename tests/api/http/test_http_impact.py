from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.api.http.asking import Json, assert_problem, create


def states(answer: Json) -> dict[str, str]:
    return {item["name"]: item["state"] for item in answer["items"]}


def test_what_fails_is_told(client: TestClient, pair: dict[str, Json]) -> None:
    one = client.post("/impact", json={"failed": ["web01"]}).json()
    assert states(one) == {"web01": "down", "shop": "at_risk"}
    both = client.post("/impact", json={"failed": ["server:web01", pair["web02"]["id"]]}).json()
    assert states(both) == {"web01": "down", "web02": "down", "shop": "down"}
    assert both["services"][0]["name"] == "shop"


def test_the_question_can_be_shaped(client: TestClient, pair: dict[str, Json]) -> None:
    def ask(**question: Any) -> dict[str, str]:
        return states(client.post("/impact", json={"failed": ["web01"], **question}).json())

    assert ask(ignore_redundancy=True)["shop"] == "down"
    assert ask(already_down=["web02"])["shop"] == "down"
    assert ask(already_down=["web02"], not_impacted=["shop"])["shop"] == "up"
    assert ask(types=["DEPENDS_ON"]) == ask()
    assert ask(as_of="3") == {"web01": "down"}
    assert ask(failed=[], degraded=["web01", "web02"])["shop"] == "degraded"


def test_an_answer_comes_in_pages(client: TestClient, pair: dict[str, Json]) -> None:
    question = {"failed": ["web01", "web02"]}
    whole = client.post("/impact", json=question).json()
    names: list[str] = []
    cursor: str | None = None
    while cursor or not names:
        parameters = {"limit": 1} | ({"cursor": cursor} if cursor else {})
        page = client.post("/impact", json=question, params=parameters).json()
        names += [item["name"] for item in page["items"]]
        cursor = page["next"]
    assert names == [item["name"] for item in whole["items"]]


@pytest.mark.parametrize("cursor", ["x", "W10", "MQ==", "bnVsbA==", "WzEsMiwzXQ==", "%00", "%C3%A4"])
def test_a_cursor_of_no_answer_is_refused(client: TestClient, pair: dict[str, Json], cursor: str) -> None:
    assert_problem(client.post(f"/impact?cursor={cursor}", json={"failed": ["web01"]}), 400, "cursor")


def test_why_names_what_saves(client: TestClient, pair: dict[str, Json]) -> None:
    answer = client.post("/why", json={"ci": "shop", "failed": ["web01"]}).json()
    assert answer["item"]["state"] == "at_risk"
    assert answer["saved_by"]["first"][0]["group"]["up"][0]["name"] == "web02"


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ({"failed": ["nobody"]}, 404),
        ({"failed": ["web01"], "not_impacted": ["web01"]}, 400),
        ({"failed": ["web01"], "types": ["hugs"]}, 400),
        ({"failed": ["web01"], "types": ["runs_on"]}, 400),
        ({"failed": ["web01"], "as_of": "never"}, 404),
        ({"failed": ["web01"], "as_of": "0"}, 400),
    ],
)
def test_questions_that_cannot_be_meant_are_refused(
    client: TestClient, pair: dict[str, Json], question: Any, status: int
) -> None:
    assert_problem(client.post("/impact", json=question), status)
    assert_problem(client.post("/why", json={"ci": "shop", **question}), status)


def test_an_ambiguous_name_lists_the_candidates(client: TestClient, pair: dict[str, Json]) -> None:
    twin = create(client, "web01", "application")
    problem = assert_problem(client.post("/impact", json={"failed": ["web01"]}), 409)
    assert {one["id"] for one in problem["candidates"]} == {pair["web01"]["id"], twin["id"]}
