from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from cmdb.access import Role
from tests.api.http.asking import Json, create
from tests.api.http.conftest import ClientFor


@pytest.fixture
def operator(client_for: ClientFor) -> TestClient:
    return client_for(Role.OPERATOR)


def plan(*cis: str) -> Json:
    start = datetime.now(UTC) + timedelta(days=1)
    step = {"name": "Restart", "cis": cis, "action": "restart", "duration": 60, "effect": "down"}
    window = {"start": start.isoformat(), "end": (start + timedelta(hours=1)).isoformat()}
    return {"steps": [step], "window": window, "back_out": {"text": "Start the old one", "duration": 60}}


def opened(client: TestClient) -> str:
    create(client, "web1")
    values = {"title": "Restart", "description": "It leaks", "team": "unix"}
    made = client.post("/records", json={"kind": "change", "values": values})
    made.raise_for_status()
    number = made.json()["number"]
    client.put(f"/changes/{number}/plan", json={"plan": plan("web1")}).raise_for_status()
    return str(number)


def said(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["detail"]


def test_a_change_is_approved_by_a_member_and_not_by_who_asked(
    client: TestClient, operator: TestClient
) -> None:
    number = opened(client)
    for team in ("Change management", "Change advisory board"):
        client.put(f"/teams/{team}", json={}).raise_for_status()
        client.put(f"/teams/{team}/members", json={"members": ["operator", "administrator"]})
    assert client.post(f"/changes/{number}/decisions", json={"verdict": "approved"}).status_code == 409
    assessed = client.post(f"/changes/{number}/assess", json={}).json()
    assert assessed["state"] == "assessed"
    client.post(f"/changes/{number}/submit", json={}).raise_for_status()
    status, detail = said(client.post(f"/changes/{number}/decisions", json={"verdict": "approved"}))
    assert (status, "asked for it or wrote its plan" in detail) == (403, True)
    body = {"verdict": "approved", "conditions": "At night"}
    told = operator.post(f"/changes/{number}/decisions", json=body).json()
    assert told["values"]["approvals"]["decisions"][0]["conditions"] == "At night"
    assert client.get(f"/changes/{number}/assessment").json()["outdated"] == []
    found = client.get(f"/changes/{number}/verification").json()
    assert (found["broken_at"], found["altered"]) == (None, [])


def test_an_operator_does_not_make_himself_an_approver(operator: TestClient) -> None:
    operator.put("/teams/Change management", json={}).raise_for_status()
    body = {"members": ["operator"]}
    assert operator.put("/teams/Change management/members", json=body).status_code == 403
    assert operator.put("/teams/Change management", json=body).status_code == 422
    assert operator.get("/teams").json()[0]["members"] == []


def test_the_board_gets_its_page_its_agenda_and_its_calendar(client: TestClient) -> None:
    number = opened(client)
    status, detail = said(client.get(f"/changes/{number}/brief"))
    assert (status, "has not been assessed" in detail) == (409, True)
    client.post(f"/changes/{number}/assess", json={}).raise_for_status()
    assert client.get(f"/changes/{number}/brief").json()["number"] == number
    page = client.get(f"/changes/{number}/brief.md")
    assert page.headers["content-type"].startswith("text/markdown") and f"# {number}" in page.text
    assert client.get(f"/changes/{number}/brief.html").text.startswith("<!DOCTYPE html>")
    assert [one["number"] for one in client.get("/change-agenda").json()["points"]] == [number]
    calendar = client.get("/changes.ics")
    assert calendar.headers["content-type"].startswith("text/calendar")
    assert f"SUMMARY:{number}: Restart" in calendar.text
    assert client.get(f"/changes/{number}/collisions").json()["collisions"] == []
    assert client.get(f"/changes/{number}/outcome").json()["actual"] == []
    assert client.get("/change-calibration").json()["changes"] == 0


def test_discovery_expiries_and_decommission_are_asked_alike(client: TestClient) -> None:
    number = opened(client)
    assert client.get("/unauthorised-changes").json() == client.get("/unconfirmed-changes").json() == []
    assert client.get("/expiries").json() == []
    found = client.get("/cis/web1/decommission").json()
    assert [one["number"] for one in found["records"]] == [number]
    assert client.get("/changes/INC-1/collisions").status_code == 404


def test_delegations_are_of_ones_own_right(client: TestClient, operator: TestClient) -> None:
    until = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    assert operator.put("/delegations/dan", json={"until": until}).status_code == 204
    assert [(one["of"], one["to"]) for one in client.get("/delegations").json()] == [("operator", "dan")]
    status, detail = said(client.delete("/delegations/dan"))
    assert (status, detail) == (404, "administrator has delegated nothing to dan.")
    assert operator.delete("/delegations/dan").status_code == 204
    assert client.get("/delegations").json() == []
    status, detail = said(operator.put("/delegations/operator", json={"until": until}))
    assert (status, detail) == (400, "Say to whom else you delegate.")


def test_minutes_are_kept_and_models_listed(client: TestClient) -> None:
    number = opened(client)
    client.post(f"/changes/{number}/minutes", json={"text": "Postponed"}).raise_for_status()
    (point,) = client.get("/change-agenda").json()["points"]
    assert [one["text"] for one in point["minutes"]] == ["Postponed"]
    models = {one["name"]: one for one in client.get("/change-models").json()}
    assert models["normal"]["template_hash"] is None and models["restart"]["template_hash"]


def test_a_change_starts_by_its_own_door(client: TestClient) -> None:
    number = opened(client)
    client.post(f"/changes/{number}/assess", json={}).raise_for_status()
    body = {"note": "Quick"}
    status, detail = said(client.post(f"/records/{number}/steps/start", json=body))
    assert (status, "looks whether its assessment holds" in detail) == (409, True)
    status, detail = said(client.post(f"/changes/{number}/start", json=body))
    assert (status, "looks whether" in detail, "is outside its window" in detail) == (409, False, True)
