from typing import Any

import pytest
from starlette.testclient import TestClient

from cmdb.access import Role
from tests.api.http.asking import Json, assert_problem, create, everything, items
from tests.api.http.conftest import ClientFor


def opened(client: TestClient, **told: Any) -> Json:
    response = client.post("/records", json={"kind": "incident", "values": {"title": "Shop is slow"}, **told})
    assert response.status_code == 201, response.text
    record: Json = response.json()
    return record


def test_a_record_is_opened_and_read(client: TestClient) -> None:
    web = create(client, "web01")
    made = client.post(
        "/records",
        json={
            "kind": "incident",
            "values": {"title": "Shop is down", "urgency": "High"},
            "links": {"server:web01": "down"},
            "note": "The phones ring",
            "at": "2026-11-01T10:00:00+01:00",
        },
    )
    record = made.json()
    assert made.headers["location"] == "/api/v1/records/INC-000001"
    assert record["links"] == [{"ci": web["id"], "name": "web01", "condition": "down"}]
    assert (record["state"], record["values"]["urgency"], record["opened_at"]) == (
        "new",
        "high",
        "2026-11-01T09:00:00Z",
    )
    got = client.get("/records/inc-000001")
    assert (got.json(), got.headers["etag"]) == (record, made.headers["etag"])
    log = client.get("/records/INC-000001/log").json()
    told = [(one["what"], one["note"]) for one in log["entries"]]
    assert told == [("open", "The phones ring"), ("assess", "")]
    assert record["values"]["proposed_impact"] == "low"
    assert log["broken_at"] is None


def test_what_is_wrong_is_told(client: TestClient) -> None:
    assert_problem(client.post("/records", json={"kind": "incidnet"}), 404, "did you mean 'incident'")
    wrong = {"kind": "incident", "values": {"urgency": "extreme", "titel": "x"}}
    problem = assert_problem(client.post("/records", json=wrong), 422)
    assert {one["attribute"] for one in problem["errors"]} == {"urgency", "titel"}
    assert_problem(client.get("/records/INC-000009"), 404, "There is no record INC-000009")
    far = {"kind": "incident", "values": {"title": "x"}, "at": "0001-01-01T00:00:00+23:00"}
    assert_problem(client.post("/records", json=far), 400, "is no time in UTC")


def test_steps_are_taken_or_refused_with_what_is_missing(client: TestClient) -> None:
    number = opened(client)["number"]
    refused = client.post(f"/records/{number}/steps/assign", json={})
    assert assert_problem(refused, 409)["missing"] == ["team is missing"]
    taken = client.post(f"/records/{number}/steps/assign", json={"values": {"team": "Retail"}})
    assert (taken.status_code, taken.json()["state"]) == (200, "assigned")
    assert_problem(
        client.post(f"/records/{number}/steps/close", json={}), 409, "is assigned. From here it can"
    )


def test_nobody_overwrites_what_they_have_not_seen(client: TestClient) -> None:
    number = opened(client)["number"]
    seen = client.get(f"/records/{number}").headers["etag"]
    first = client.patch(
        f"/records/{number}", json={"values": {"urgency": "low"}}, headers={"If-Match": seen}
    )
    assert first.status_code == 200
    second = client.patch(
        f"/records/{number}", json={"values": {"urgency": "high"}}, headers={"If-Match": seen}
    )
    assert_problem(second, 412, "has been changed since you read it")


def test_lists_are_paged_and_filtered(client: TestClient) -> None:
    create(client, "web01")
    numbers = [opened(client)["number"] for _ in range(3)]
    about = opened(client, links={"web01": None})["number"]
    listed = everything(client, "/records", kind="incident", limit=2)
    assert [one["number"] for one in listed] == [about, *reversed(numbers)]
    assert [one["number"] for one in items(client.get("/records", params={"ci": "web01"}))] == [about]
    assert items(client.get("/records", params={"open": False})) == []
    assert items(client.get("/records", params={"opened_before": "2020-01-01T00:00:00Z"})) == []
    assert len(client.get("/records/search", params={"text": "shop"}).json()) == 4


def test_a_request_that_is_sent_again_opens_one_record(client: TestClient) -> None:
    body = {"kind": "incident", "values": {"title": "x"}}
    answers = [client.post("/records", json=body, headers={"Idempotency-Key": "1"}) for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    assert len(items(client.get("/records"))) == 1


@pytest.mark.parametrize("path", ["/records", "/records/INC-000001/steps/assign"])
def test_who_may_only_look_opens_and_takes_nothing(client_for: ClientFor, path: str) -> None:
    opened(client_for(Role.OPERATOR))
    viewer = client_for(Role.VIEWER)
    body = {"kind": "incident"} if path == "/records" else {}
    assert_problem(
        viewer.post(path, json={"values": {"title": "x", "team": "x"}, **body}), 403, "role operator"
    )
    assert viewer.get("/records/INC-000001").status_code == 200


def test_life_cycles_are_told(client: TestClient) -> None:
    kinds = {one["kind"]: one for one in client.get("/records/kinds").json()}
    assert "incident" in kinds
    assert kinds["incident"]["transitions"]["assign"]["requires"] == ["team"]
