from starlette.testclient import TestClient

from tests.api.http.asking import assert_problem, create, everything, items, relate


def test_a_write_tells_who_and_why(client: TestClient) -> None:
    headers = {"X-Reason": "CHG-42: Größe".encode()}
    client.post("/cis", json={"class": "server", "name": "web01"}, headers=headers)
    (revision,) = items(client.get("/revisions"))
    assert (revision["seq"], revision["actor"], revision["origin"]) == (1, "administrator", "api")
    assert revision["reason"] == "CHG-42: Größe"
    assert revision["at"].endswith("Z")


def test_the_feed_goes_on_where_it_stopped(client: TestClient) -> None:
    for name in "abc":
        create(client, name)
    first = client.get("/revisions", params={"limit": 2}).json()
    assert [one["seq"] for one in first["items"]] == [1, 2]
    second = client.get("/revisions", params={"after": first["next"]}).json()
    assert [one["seq"] for one in second["items"]] == [3]
    assert client.get("/revisions", params={"after": second["next"]}).json() == {"items": [], "next": 3}


def test_a_revision_tells_what_it_did(client: TestClient) -> None:
    app, web = create(client, "app"), create(client, "web01")
    relate(client, app, web)
    details = client.get("/revisions/3").json()
    assert details["revision"]["seq"] == 3
    subject = f"{app['id']} DEPENDS_ON {web['id']} "
    assert {"kind": "relationship", "subject": subject, "action": "created"} in details["events"]
    assert_problem(client.get("/revisions/4"), 404, "the newest is 3")
    assert_problem(client.get("/revisions/0"), 422)


def test_the_history_of_a_ci_is_told_newest_first_and_in_pages(client: TestClient) -> None:
    app, web = create(client, "app"), create(client, "web01")
    client.patch(f"/cis/{app['id']}", json={"environment": "test"})
    relate(client, app, web)
    history = everything(client, f"/cis/{app['id']}/history", limit=1)
    assert [entry["revision"]["seq"] for entry in history] == [4, 3, 1]
    (changed,) = history[1]["differences"]
    assert changed["fields"] == ["environment"]
    assert "environment" not in changed["before"]
    assert changed["after"]["environment"] == "test"
    assert history[2]["differences"][0]["before"] is None


def test_a_revision_can_be_undone_as_far_as_nobody_built_on_it(client: TestClient) -> None:
    ci = create(client, "web01", environment="test")
    path = f"/cis/{ci['id']}"
    client.patch(path, json={"environment": "staging"})
    undone = client.post("/revisions/2/undo").json()
    assert undone["revision"]["undoes"] == 2
    assert undone["taken_over"] == []
    assert client.get(path).json()["environment"] == "test"

    other = create(client, "web02")
    relate(client, other, ci)
    kept = client.post("/revisions/1/undo").json()
    assert kept["revision"] is None
    assert [(one["name"], one["by"]) for one in kept["taken_over"]] == [("web01", 5)]
    assert_problem(client.post("/revisions/99/undo"), 404)


def test_differences_between_moments(client: TestClient) -> None:
    first = create(client, "a")
    create(client, "b")
    client.patch(f"/cis/{first['id']}", json={"environment": "test"})
    answer = client.get("/difference", params={"earlier": "1", "later": "3"}).json()
    assert (answer["earlier"]["seq"], answer["later"]["seq"]) == (1, 3)
    assert [one["fields"] for one in answer["differences"] if one["before"]] == [["environment"]]

    page = client.get("/difference", params={"earlier": "1", "later": "3", "limit": 1}).json()
    rest = client.get(f"/difference?earlier=1&later=3&cursor={page['next']}").json()
    assert page["differences"] + rest["differences"] == answer["differences"]
    assert_problem(client.get("/difference?earlier=3&later=1"), 400, "swap")


def test_what_drifted_from_a_baseline(client: TestClient) -> None:
    ci = create(client, "web01")
    baseline = client.post("/baselines", json={"name": "golden", "note": "as built"})
    assert baseline.status_code == 201
    assert client.get("/baselines").json() == [baseline.json()]
    assert client.get("/baselines/golden/drift").json()["differences"] == []

    client.patch(f"/cis/{ci['id']}", json={"environment": "test"})
    (drifted,) = client.get("/baselines/golden/drift").json()["differences"]
    assert (drifted["subject"], drifted["fields"]) == (ci["id"], ["environment"])
    assert "environment" not in client.get(f"/cis/{ci['id']}?as_of=golden").json()

    assert_problem(client.post("/baselines", json={"name": "golden"}), 409)
    assert_problem(client.post("/baselines", json={"name": "42"}), 409)
    assert_problem(client.post("/baselines", json={"name": "no/slash"}), 422)
    assert_problem(client.get("/baselines/unknown/drift"), 404)
    past = client.post("/baselines", json={"name": "past", "as_of": "1"}).json()
    assert past["seq"] == 1
