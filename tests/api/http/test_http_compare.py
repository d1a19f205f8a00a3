from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.api.http.asking import Json, assert_problem, create, relate


@pytest.fixture
def pair(client: TestClient) -> dict[str, Json]:
    """A critical service on two servers of which one suffices, and a service on one of them."""
    cis = {name: create(client, name) for name in ("web01", "web02")}
    cis["shop"] = create(client, "shop", "business_service", criticality="critical", owner="Trading")
    cis["blog"] = create(client, "blog", "business_service")
    for name in ("web01", "web02"):
        relate(client, cis["shop"], cis[name], group="web", need=1)
    relate(client, cis["blog"], cis["web01"])
    return cis


def test_two_questions_are_compared(client: TestClient, pair: dict[str, Json]) -> None:
    question = {"before": {"failed": ["web01"]}, "after": {"failed": ["web01", "web02"]}}
    answer = client.post("/compare", json=question).json()
    assert [(item["name"], item["change"]) for item in answer["items"]] == [
        ("shop", "worse"),
        ("web02", "worse"),
    ]
    assert answer["items"][0]["before"]["state"] == "at_risk"
    assert answer["items"][0]["after"]["reason"]["text"] == "needs 1 of 2 (web): web01, web02 are down"
    assert answer["counts"]["worse"] == {"services": 1, "cis": 2}
    assert answer["verdict"].startswith("1 more service goes down")


def test_a_comparison_comes_in_pages_of_its_revisions(client: TestClient, pair: dict[str, Json]) -> None:
    question = {"before": {"failed": ["web01"], "as_of": "1"}, "after": {"failed": ["web01", "web02"]}}
    whole = client.post("/compare", json=question).json()
    names: list[str] = []
    cursor: str | None = None
    while cursor or not names:
        page = client.post(
            "/compare", json=question, params={"limit": 1, **({"cursor": cursor} if cursor else {})}
        )
        create(client, f"late {len(names)}")
        names += [item["name"] for item in page.json()["items"]]
        assert page.json()["after"]["revision"] == whole["after"]["revision"]
        cursor = page.json()["next"]
    assert names == [item["name"] for item in whole["items"]]
    assert len(names) == 3


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ({"before": {"failed": ["nobody"]}, "after": {}}, 404),
        ({"before": {}, "after": {"failed": ["web01"], "not_impacted": ["web01"]}}, 400),
        ({"before": {}}, 422),
        ({"before": {}, "after": {}, "between": {}}, 422),
    ],
)
def test_comparisons_that_cannot_be_meant_are_refused(
    client: TestClient, pair: dict[str, Json], question: Any, status: int
) -> None:
    assert_problem(client.post("/compare", json=question), status)


def test_a_cursor_of_one_moment_is_none_of_two(client: TestClient, pair: dict[str, Json]) -> None:
    cursor = client.post("/impact?limit=1", json={"failed": ["web01", "web02"]}).json()["next"]
    question = {"before": {"failed": ["web01"]}, "after": {"failed": ["web01", "web02"]}}
    assert_problem(client.post(f"/compare?cursor={cursor}", json=question), 400, "cursor")


def test_what_matters_most(client: TestClient, pair: dict[str, Json]) -> None:
    answer = client.get("/critical").json()
    assert [(item["name"], item["services"], item["worth"]) for item in answer["items"]] == [("web01", 1, 1)]
    assert client.get("/critical", params={"class": "hat"}).status_code == 400
    assert client.get("/critical", params={"class": "rack"}).json()["items"] == []
    assert_problem(client.get("/critical?cursor=x"), 400, "cursor")


def test_an_impact_is_cut_and_its_cursor_belongs_to_the_cut(
    client: TestClient, pair: dict[str, Json]
) -> None:
    question = {"failed": ["web01", "web02"]}
    whole = client.post("/impact", json=question).json()
    cut = client.post("/impact", json=question, params={"class": "server", "limit": 1}).json()
    assert [item["name"] for item in cut["items"]] == ["web01"]
    assert (cut["matching"], whole["matching"]) == (2, 4)
    assert cut["counts"] == whole["counts"]
    second = {"class": "server", "limit": 1, "cursor": cut["next"]}
    assert client.post("/impact", json=question, params=second).json()["items"][0]["name"] == "web02"
    other = {"cursor": cut["next"], "limit": 1}
    assert_problem(client.post("/impact", json=question, params=other), 400, "another question")
    assert_problem(client.post("/impact?class=hat", json=question), 400, "hat")
    assert_problem(client.post("/impact?site=nowhere", json=question), 404)
    assert client.post("/impact?team=trading", json=question).json()["items"][0]["name"] == "shop"
