"""Maps, paths and common providers over HTTP, on the real Neo4j."""

import pytest
from starlette.testclient import TestClient

from tests.api.http.asking import Json, ask, assert_problem, create


def test_a_map_has_layers_groups_and_states(client: TestClient, shop: dict[str, Json]) -> None:
    answer = ask(client, "/map", ci="shop", failed=["web01"])
    assert [[ci["name"] for ci in layer["cis"]] for layer in answer["layers"]] == [
        ["shop"],
        ["web01", "web02"],
        ["rack"],
    ]
    (service,) = answer["layers"][0]["cis"]
    assert (service["state"], service["groups"][0]["state"]) == ("at_risk", "whole")
    assert answer["revision"] > 0
    cut = ask(client, "/map", ci="shop", most=1)
    assert (len(cut["layers"]), cut["left_out"]["count"], cut["left_out"]["cut_at"]) == (1, 3, 1)


def test_dependents_are_services_unless_classes_are_named(client: TestClient, shop: dict[str, Json]) -> None:
    (service,) = ask(client, "/dependents", ci="rack")["dependents"]
    assert (service["name"], service["state"], service["skipped"]) == ("shop", "down", 1)
    servers = ask(client, "/dependents", ci="rack", classes=["server"])["dependents"]
    assert [ci["name"] for ci in servers] == ["web01", "web02"]


def test_paths_and_what_is_shared(client: TestClient, shop: dict[str, Json]) -> None:
    assert len(ask(client, "/path", dependent="shop", provider="rack")["disjoint"]) == 2
    shared = ask(client, "/common", cis=["web01", "web02"])["providers"]
    assert [(p["name"], p["distances"]) for p in shared] == [("rack", [1, 1])]


def test_the_past_is_answered_as_it_was(client: TestClient, shop: dict[str, Json]) -> None:
    assert ask(client, "/path", dependent="shop", provider="web01", as_of="5")["shortest"]
    assert ask(client, "/path", dependent="shop", provider="web01", as_of="4")["shortest"] is None


@pytest.mark.parametrize(
    ("path", "question", "status"),
    [
        ("/map", {"ci": "nobody"}, 404),
        ("/map", {"ci": "shop", "depth": 0}, 422),
        ("/map", {"ci": "shop", "depth": -1}, 422),
        ("/map", {"ci": "shop", "depth": 10**9}, 422),
        ("/map", {"ci": "shop", "classes": ["servr"]}, 400),
        ("/dependents", {"ci": "rack", "failed": ["web01"]}, 422),
        ("/path", {"dependent": "shop", "provider": "shop"}, 400),
        ("/path", {"dependent": "shop", "provider": "rack", "most": 11}, 422),
        ("/common", {"cis": ["shop"]}, 422),
        ("/common", {"cis": ["shop", "shop"]}, 400),
        ("/common", {"cis": ["shop", "rack"], "at_least": 3}, 400),
    ],
)
def test_what_cannot_be_meant_is_refused(
    client: TestClient, shop: dict[str, Json], path: str, question: Json, status: int
) -> None:
    assert_problem(client.post(path, json=question), status)


@pytest.mark.parametrize("status", ["planned", "in_stock"])
def test_a_ci_outside_the_analysis_is_refused(client: TestClient, shop: dict[str, Json], status: str) -> None:
    create(client, "later", status=status)
    problem = assert_problem(client.post("/map", json={"ci": "later"}), 400, "no part of the analysis")
    assert status in problem["detail"]
