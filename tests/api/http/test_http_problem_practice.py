from datetime import UTC, datetime, timedelta

import pytest
from starlette.testclient import TestClient

from cmdb.access import Role
from tests.api.http.asking import Json, assert_problem, create, relate
from tests.api.http.conftest import ClientFor

NOW = datetime.now(UTC)


def opened(client: TestClient, kind: str, links: dict[str, str], **values: str) -> Json:
    body = {"kind": kind, "values": {"title": "It fails", **values}, "links": links}
    response = client.post("/records", json=body)
    assert response.status_code == 201, response.text
    record: Json = response.json()
    return record


@pytest.fixture
def recurring(client: TestClient) -> list[str]:
    """One of forty servers, which the shop runs on, fails every week."""
    cis = [create(client, f"web{place}") for place in range(40)]
    relate(client, create(client, "Shop", "business_service", owner="Trading"), cis[0])
    onsets = [(NOW - timedelta(weeks=week)).isoformat() for week in range(1, 9)]
    told = [opened(client, "incident", {"web0": "down"}, onset=onset) for onset in onsets]
    return [record["number"] for record in told]


def test_a_candidate_is_accepted_once(
    client: TestClient, client_for: ClientFor, recurring: list[str]
) -> None:
    listed = client.get("/problems/candidates").json()
    first = listed["items"][0]
    assert (first["kind"], sorted(first["incidents"]), first["problem"]) == ("ci", recurring, None)
    assert client.get("/problems/candidates", params={"until": "2020-01-01T00:00:00Z"}).json()["items"] == []

    body = {"candidate": "ci/web0", "note": "Too often"}
    assert_problem(client_for(Role.VIEWER).post("/problems/accept", json=body), 403)
    made = client.post("/problems/accept", json=body)
    assert (made.status_code, made.json()["values"]["found_by"]) == (201, "recurrence")
    assert made.headers["location"] == f"/api/v1/records/{made.json()['number']}"
    again = client.post("/problems/accept", json=body)
    assert_problem(again, 409, f"{made.json()['number']} is there for ci/web0 already")
    assert_problem(client.post("/problems/accept", json={"candidate": "ci/web1"}), 404, "no candidate")
    turned = {"candidate": "ci/web0", "since": "2026-01-02T00:00:00Z", "until": "2026-01-01T00:00:00Z"}
    assert_problem(client.post("/problems/accept", json=turned), 400, "an end that lies after")


def test_causes_are_ranked_and_told_to_owners(client: TestClient, recurring: list[str]) -> None:
    number = client.post("/problems/accept", json={"candidate": "ci/web0"}).json()["number"]
    answer = client.get(f"/problems/{number.lower()}/causes", params={"limit": 1}).json()
    assert [ci["name"] for ci in answer["explanations"][0]["causes"]] == ["web0"]
    listed = client.get(f"/problems/{number}/incidents").json()
    assert sorted(one["number"] for one in listed) == recurring
    assert_problem(client.get(f"/problems/{number}/notice"), 409, "nothing to tell yet")
    client.patch(f"/records/{number}", json={"links": {"web0": "cause"}})
    notice = client.get(f"/problems/{number}/notice").json()
    assert [(one["name"], one["why"]) for one in notice["recipients"]] == [("Trading", "owns Shop")]
    sent = client.post(f"/problems/{number}/notice", json={"text": "It was web0."}).json()
    assert (sent["notice"]["text"], sent["sent"]) == ("It was web0.", [])
    log = client.get(f"/records/{number}/log").json()["entries"]
    assert (log[-1]["what"], "It was web0." in log[-1]["note"]) == ("inform", True)


def test_trends_and_offers(client: TestClient, recurring: list[str]) -> None:
    trends = client.get("/problems/trends", params={"zone": "Europe/Vienna"}).json()
    assert trends["incidents"] == len(recurring)
    assert_problem(client.get("/problems/trends", params={"zone": "Nowhere"}), 400, "no time zone")
    error = opened(client, "known_error", {"web0": "cause"}, workaround="Boot it")
    (offered,) = client.get("/known-errors/offered", params={"ci": ["Shop"]}).json()
    assert (offered["number"], offered["distance"], offered["name"]) == (error["number"], 1, "web0")
    assert client.get("/known-errors/offered", params={"ci": ["web1"]}).json() == []
    assert_problem(client.get("/known-errors/offered", params={"ci": ["nothing"]}), 404)
