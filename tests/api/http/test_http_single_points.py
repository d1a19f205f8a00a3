"""Single points of failure, cut sets and accepted risks over HTTP, on the real Neo4j."""

from starlette.testclient import TestClient

from tests.api.http.asking import Json, ask, assert_problem


def test_points_of_a_service_of_all_and_during_a_failure(client: TestClient, shop: dict[str, Json]) -> None:
    (rack,) = ask(client, "/single-points", ci="shop")["points"]
    assert (rack["name"], rack["distance"], rack["services"]) == ("rack", 2, 1)
    assert rack["reason"]["group"]["name"] == "web"
    (ranked,) = ask(client, "/single-points/all")["points"]
    assert (ranked["name"], ranked["first"][0]["name"]) == ("rack", "shop")
    (exposed,) = ask(client, "/exposures", failed=["web01"])["services"]
    assert (exposed["name"], [ci["name"] for ci in exposed["new"]["first"]]) == ("shop", ["web02"])


def test_cut_sets(client: TestClient, shop: dict[str, Json]) -> None:
    answer = ask(client, "/cut-sets", ci="shop", largest=2)
    assert [[ci["name"] for ci in cut["cis"]] for cut in answer["cut_sets"]] == [
        ["rack"],
        ["web01", "web02"],
    ]
    assert [size["complete"] for size in answer["sizes"]] == [True, True]
    assert_problem(client.post("/cut-sets", json={"ci": "shop", "largest": 4}), 422)
    assert_problem(client.post("/cut-sets", json={"ci": "nothing"}), 404)


def test_a_risk_is_accepted_and_withdrawn(client: TestClient, shop: dict[str, Json]) -> None:
    risk = {"ci": shop["rack"]["id"], "by": "Ada", "reason": "moves in spring", "until": "2999-12-31"}
    accepted = client.put("/risk-acceptances", json=risk)
    assert accepted.status_code == 200, accepted.text
    assert accepted.json() == {**risk, "service": None}
    assert "X-Revision" in accepted.headers
    assert client.get("/risk-acceptances").json() == [accepted.json()]
    answer = ask(client, "/single-points", ci="shop")
    assert [(len(answer[kept]), kept) for kept in ("points", "accepted")] == [(0, "points"), (1, "accepted")]
    assert client.delete("/risk-acceptances", params={"ci": risk["ci"]}).status_code == 204
    assert_problem(client.delete("/risk-acceptances", params={"ci": risk["ci"]}), 404)
    assert_problem(client.put("/risk-acceptances", json={**risk, "ci": "nothing"}), 404)
