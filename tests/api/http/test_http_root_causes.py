"""Root causes over HTTP, on the real Neo4j."""

import pytest
from starlette.testclient import TestClient

from tests.api.http.asking import Json, ask, assert_problem, create, relate


def test_the_cause_of_several_alarms_is_what_they_stand_on(client: TestClient, shop: dict[str, Json]) -> None:
    answer = ask(client, "/root-cause", alarms=["shop", "web01", "web02"])
    first = answer["explanations"][0]
    assert [cause["name"] for cause in first["causes"]] == ["rack"]
    assert (first["explained"], answer["alarms"], answer["healthy"]) == (3, 3, 0)
    assert first["symptoms"][-1]["path"][0]["name"] == "rack"
    parts = {part: value for part, value in first["weights"].items() if part != "score"}
    assert first["weights"]["score"] == pytest.approx(sum(parts.values()), abs=0.05)
    assert sum(e["confidence"] for e in answer["explanations"]) <= 1.01


def test_two_that_nothing_tells_apart_are_shown_as_such(client: TestClient, pair: dict[str, Json]) -> None:
    provider, power = create(client, "host"), create(client, "power")
    relate(client, pair["web01"], provider)
    relate(client, pair["web02"], provider)
    relate(client, provider, power)
    first = ask(client, "/root-cause", alarms=["shop", "web01", "web02"])["explanations"][0]
    alike = {ci["name"] for one in first["alike"]["first"] for ci in one["causes"]}
    assert alike | {cause["name"] for cause in first["causes"]} == {"host", "power"}
    assert first["with_alike"] > first["confidence"]


def test_alarms_without_a_common_cause_come_from_outside(client: TestClient) -> None:
    names = [f"box-{number}" for number in range(8)]
    for name in names:
        create(client, name)
    first = ask(client, "/root-cause", alarms=names)["explanations"][0]
    assert first["causes"] == []
    assert "not in the CMDB" in first["text"]


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ({"alarms": ["nobody"]}, 404),
        ({"alarms": []}, 400),
        ({"alarms": ["shop"], "healthy": ["shop"]}, 400),
        ({"alarms": ["shop"], "most": 0}, 422),
        ({"alarms": ["shop"], "onsets": {"shop": "2026-11-21T22:00:00"}}, 422),
        ({"alarms": ["shop"], "as_of": "never"}, 404),
    ],
)
def test_what_cannot_be_meant_is_refused(
    client: TestClient, shop: dict[str, Json], question: Json, status: int
) -> None:
    assert_problem(client.post("/root-cause", json=question), status)
