from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.api.http.asking import assert_problem, create, everything, items, relate


def test_a_ci_can_be_created_and_read(client: TestClient) -> None:
    body = {"class": "virtual_machine", "name": "web01", "cpu_count": 4, "environment": "production"}
    created = client.post("/cis", json=body)
    assert created.status_code == 201
    assert created.headers["x-revision"] == "1"
    ci = created.json()
    assert body.items() <= ci.items()
    assert ci["status"] == "operational"

    read = client.get(created.headers["location"].removeprefix("/api/v1"))
    assert read.json() == ci
    assert read.headers["etag"] == created.headers["etag"] == f'"{ci["revision"]}"'


def test_all_mistakes_of_a_batch_are_told_and_nothing_is_created(client: TestClient) -> None:
    cis = [
        {"class": "server", "name": "sound"},
        {"class": "server", "name": "bad", "cpu_count": "many"},
        {"class": "server", "name": "worse", "colour": "red"},
    ]
    problem = assert_problem(client.post("/cis/batch", json={"cis": cis}), 422)
    assert [error["attribute"] for error in problem["errors"]] == ["cpu_count", "colour"]
    assert items(client.get("/cis")) == []


def test_a_batch_is_one_revision(client: TestClient) -> None:
    cis = [{"class": "server", "name": f"server {n}"} for n in range(3)]
    answer = client.post("/cis/batch", json={"cis": cis}).json()
    assert answer["revision"] == 1
    assert [client.get(f"/cis/{id_}").json()["name"] for id_ in answer["ids"]] == [ci["name"] for ci in cis]


def test_a_batch_has_a_limit(client: TestClient) -> None:
    cis = [{"class": "server", "name": "one"}] * 1001
    assert_problem(client.post("/cis/batch", json={"cis": cis}), 422, "1000")


def test_what_identifies_a_ci_is_taken_once(client: TestClient) -> None:
    first = create(client, "first", "virtual_machine", fqdn="web01.example.org")
    body = {"class": "virtual_machine", "name": "second", "fqdn": "web01.example.org"}
    problem = assert_problem(client.post("/cis", json=body), 409, "web01.example.org")
    assert problem["ci"] == first["id"]


def test_a_change_sets_what_it_names_and_clears_with_null(client: TestClient) -> None:
    ci = create(client, "web01", description="old", environment="test")
    changed = client.patch(f"/cis/{ci['id']}", json={"description": None, "environment": "staging"})
    assert changed.status_code == 200
    assert changed.headers["etag"] != f'"{ci["revision"]}"'
    assert changed.json()["environment"] == "staging"
    assert "description" not in changed.json()
    assert changed.json()["name"] == "web01"


def test_a_change_that_changes_nothing_makes_no_revision(client: TestClient) -> None:
    ci = create(client, "web01", environment="test")
    same = client.patch(f"/cis/{ci['id']}", json={})
    assert "x-revision" not in same.headers
    assert same.json() == ci


@pytest.mark.parametrize("name", ["id", "no", "revision", "created", "colour"])
def test_only_attributes_of_the_class_can_be_set(client: TestClient, name: str) -> None:
    ci = create(client, "web01")
    problem = assert_problem(client.patch(f"/cis/{ci['id']}", json={name: 7}), 422)
    assert problem["errors"][0]["attribute"] == name


def test_a_list_is_filtered(client: TestClient) -> None:
    create(client, "a", "virtual_machine", environment="production", owner="Web")
    create(client, "b", "server", environment="test", owner="Web")
    create(client, "c", "application", environment="production", status="maintenance")

    def names(**wanted: Any) -> list[str]:
        return [ci["name"] for ci in items(client.get("/cis", params=wanted))]

    assert names() == ["a", "b", "c"]
    assert names(**{"class": "server"}) == ["a", "b"]
    assert names(environment="production") == ["a", "c"]
    assert names(owner="Web", environment="test") == ["b"]
    assert names(status="maintenance") == ["c"]
    assert names(retired=True) == []


def test_pages_hold_every_ci_once(client: TestClient) -> None:
    names = ["same", "same", "same", "other", "größer", "a\tb".replace("\t", " ")]
    ids = {create(client, name)["id"] for name in names}
    for limit in (1, 2, 6, 7):
        found = everything(client, "/cis", limit=limit)
        assert {ci["id"] for ci in found} == ids
        assert len(found) == len(names)


def test_an_unknown_class_is_told(client: TestClient) -> None:
    assert_problem(client.get("/cis?class=sever"), 400, "server")


def test_search_finds_by_the_beginning_of_words_and_pages(client: TestClient) -> None:
    create(client, "Webshop", "application")
    create(client, "web01")
    create(client, "printer", "printer")
    assert {ci["name"] for ci in everything(client, "/search", q="web", limit=1)} == {"Webshop", "web01"}
    assert items(client.get("/search?q=%21%21")) == []


def test_retire_restore_and_purge(client: TestClient) -> None:
    ci = create(client, "web01")
    path = f"/cis/{ci['id']}"
    assert_problem(client.delete(path), 409, "Retire it")

    assert client.post(f"{path}/retire").json()["status"] == "retired"
    assert client.get(path).json()["status"] == "retired"
    assert items(client.get("/cis")) == []
    assert [one["id"] for one in items(client.get("/cis?retired=true"))] == [ci["id"]]
    assert_problem(client.patch(path, json={"environment": "test"}), 409, "retired")

    assert client.post(f"{path}/restore").json()["status"] == "operational"
    client.post(f"{path}/retire")
    purged = client.delete(path)
    assert (purged.status_code, purged.content) == (204, b"")
    assert_problem(client.get(path), 404)


@pytest.mark.parametrize("status", ["retired", " Retired "])
def test_retiring_is_not_writing(client: TestClient, status: str) -> None:
    ci = create(client, "web01")
    assert_problem(client.patch(f"/cis/{ci['id']}", json={"status": status}), 400, "/retire")
    body = {"class": "server", "name": "b", "status": status}
    assert_problem(client.post("/cis", json=body), 400, "/retire")
    assert_problem(client.post("/cis/batch", json={"cis": [body]}), 400, "/retire")


def test_a_ci_as_it_was(client: TestClient) -> None:
    ci = create(client, "web01", environment="test")
    client.patch(f"/cis/{ci['id']}", json={"environment": "staging"})
    create(client, "other")
    past = client.get(f"/cis/{ci['id']}", params={"as_of": 1})
    assert past.json() == ci
    assert "etag" not in past.headers
    at = client.get("/revisions/2").json()["revision"]["at"]
    assert client.get(f"/cis/{ci['id']}", params={"as_of": at}).json()["environment"] == "staging"
    assert_problem(client.get(f"/cis/{ci['id']}?as_of=0"), 404, "at revision 0")
    assert_problem(client.get(f"/cis/{ci['id']}?as_of=yesterday"), 404, "yesterday")


def test_relationships_are_added_listed_and_removed(client: TestClient) -> None:
    app, web, spare = (create(client, name) for name in ("app", "web01", "web02"))
    path = f"/cis/{app['id']}/relationships"
    body = {"type": "runs_on", "provider": "web01", "group": "hosts", "need": 1}
    added = client.post(path, json=body)
    assert added.status_code == 201
    relate(client, app, spare, type="runs_on", group="hosts", need=1)
    first, second = items(client.get(path))
    assert first == added.json()
    assert (first["direction"], first["type"], first["other"]["id"]) == ("provider", "RUNS_ON", web["id"])
    assert {"group": "hosts", "need": 1}.items() <= first["properties"].items()
    assert second["other"]["id"] == spare["id"]

    (seen,) = items(client.get(f"/cis/{web['id']}/relationships"))
    assert (seen["direction"], seen["other"]["id"]) == ("dependent", app["id"])
    assert items(client.get(path, params={"direction": "dependent"})) == []
    assert len(everything(client, path, limit=1)) == 2

    assert_problem(client.delete(f"{path}/runs_on/{web['id']}"), 404, "outside a group")
    assert client.delete(f"{path}/runs_on/{web['id']}?group=hosts").status_code == 204
    assert items(client.get(path)) == [second]
    assert items(client.get(path, params={"as_of": 5})) == [first, second]
    assert items(client.get(path, params={"as_of": 4})) == [first]
    assert items(client.get(path, params={"as_of": 3})) == []


def test_relationships_of_the_past_have_the_names_of_the_past(client: TestClient) -> None:
    app, web = create(client, "app"), create(client, "web01")
    relate(client, app, web)
    client.patch(f"/cis/{web['id']}", json={"name": "renamed"})
    path = f"/cis/{app['id']}/relationships"
    assert items(client.get(path))[0]["other"]["name"] == "renamed"
    assert items(client.get(path, params={"as_of": 3}))[0]["other"]["name"] == "web01"


@pytest.mark.parametrize(
    ("terms", "status"),
    [
        ({"type": "hugs"}, 400),
        ({"provider": "nobody"}, 404),
        ({"provider": "twin"}, 409),
        ({"need": 0}, 422),
        ({"need": "101%"}, 400),
        ({"colour": "red"}, 422),
        ({"provider": "app"}, 400),
    ],
)
def test_relationships_that_cannot_be_meant_are_refused(
    client: TestClient, terms: dict[str, Any], status: int
) -> None:
    app, _ = create(client, "app"), create(client, "web01")
    create(client, "twin"), create(client, "twin")
    body = {"type": "depends_on", "provider": "web01", **terms}
    assert_problem(client.post(f"/cis/{app['id']}/relationships", json=body), status)


@pytest.mark.parametrize("path", ["", "/history", "/relationships"])
def test_what_is_not_there_is_not_found(client: TestClient, path: str) -> None:
    assert_problem(client.get(f"/cis/nobody{path}"), 404, "nobody")


def test_writing_to_what_is_not_there_is_not_found(client: TestClient) -> None:
    server = create(client, "web01")
    assert_problem(client.patch("/cis/nobody", json={}), 404)
    assert_problem(client.post("/cis/nobody/retire"), 404)
    assert_problem(client.post("/cis/nobody/restore"), 404)
    assert_problem(client.delete("/cis/nobody"), 404)
    assert_problem(client.delete(f"/cis/nobody/relationships/uses/{server['id']}"), 404)
    body = {"type": "uses", "provider": "web01"}
    assert_problem(client.post("/cis/nobody/relationships", json=body), 404)
