from starlette.testclient import TestClient

from cmdb.access import Role
from cmdb.store import Store
from tests.api.http.asking import assert_problem
from tests.api.http.conftest import ClientFor
from tests.cmdb.releases.discovering import look

TESTS = {"tests": [{"name": "smoke", "passed": True, "evidence": "run 42"}]}


def test_a_release_over_http(client: TestClient, client_for: ClientFor, store: Store) -> None:
    look(store, one="1.0", two="1.0")
    told = {"title": "Shop 2.0", "description": "Pay by phone", "team": "shop", "reversal": "Install 1.0"}
    number = client.post("/records", json={"kind": "release", "values": told}).json()["number"]
    path = f"/releases/{number}"
    viewer = client_for(Role.VIEWER)
    assert_problem(viewer.patch(f"{path}/versions", json={"versions": {"one": "2.0"}}), 403)
    planned = client.patch(f"{path}/versions", json={"versions": {"one": "2.0", "two": "2.0"}}).json()
    assert {link["name"] for link in planned["links"]} == {"one", "two"}
    pilot = {"name": "pilot", "cis": ["one"], "begin": "2026-11-01T22:00:00Z"}
    waves = [pilot, {"name": "rest", "cis": ["two"]}]
    assert client.put(f"{path}/waves", json={"waves": waves}).status_code == 200
    assert_problem(client.put(f"{path}/waves", json={"waves": [pilot, pilot]}), 422, "named twice")
    for step, values in (("build", {}), ("test", {"build": "shop.tar"}), ("submit", {"test": TESTS})):
        assert client.post(f"/records/{number}/steps/{step}", json={"values": values}).status_code == 200
    assert_problem(client.post(f"/records/{number}/steps/approve", json={}), 409, "others must decide")
    boss = client_for(Role.MANAGER)
    assert boss.post(f"/records/{number}/steps/approve", json={}).status_code == 200

    assert_problem(viewer.post(f"{path}/deploy", json={}), 403)
    assert client.post(f"{path}/deploy", json={}).json()["values"]["baseline_before"] == f"{number}-before"
    assert client.post(f"{path}/waves", json={"what": "begin"}).status_code == 200
    assert_problem(client.post(f"{path}/waves", json={"what": "begin"}), 409, "is under way")
    assert client.post(f"{path}/waves", json={"what": "failed", "note": "No start"}).status_code == 200
    client.post(f"/records/{number}/steps/fail", json={"note": "Take it back"})
    assert client.post(f"{path}/reverse", json={}).json()["state"] == "reversing"
    assert_problem(client.post(f"{path}/confirm", json={}), 409, "no source has seen version of one")
    look(store, one="1.0", two="1.0")
    slow = {
        "kind": "incident",
        "values": {"title": "Slow"},
        "related": [{"type": "caused_by", "number": number}],
    }
    client.post("/records", json=slow)
    assert [one["values"]["title"] for one in client.get(f"{path}/incidents").json()] == ["Slow"]
    rows = client.get(f"{path}/versions").json()
    assert [(row["name"], row["after"], row["said"][0]["value"]) for row in rows] == [
        ("one", "2.0", "1.0"),
        ("two", "2.0", "1.0"),
    ]
    assert client.post(f"{path}/confirm", json={}).json()["state"] == "reversed"


def test_only_releases_are_released(client: TestClient) -> None:
    number = client.post("/records", json={"kind": "problem", "values": {"title": "Odd"}}).json()["number"]
    assert_problem(client.get(f"/releases/{number}/versions"), 400, "of the kind problem")
    assert_problem(client.post(f"/releases/{number}/deploy", json={}), 400, "of the kind problem")
    assert_problem(client.get("/releases/REL-000099/versions"), 404, "There is no record")
