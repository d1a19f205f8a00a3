from starlette.testclient import TestClient

from cmdb.catalogue import Catalogue, json_schema
from tests.api.http.asking import assert_problem, create


def test_health_tells_what_it_stands_on(client: TestClient, stranger: TestClient) -> None:
    create(client, "web01")
    health = stranger.get("/health").json()
    assert health["status"] == "ok"
    assert health["revision"] == 1
    assert int(health["neo4j"].split(".")[0]) >= 5


def test_the_catalogue_can_be_read(client: TestClient, catalogue: Catalogue) -> None:
    classes = client.get("/catalogue/classes").json()
    assert [one["name"] for one in classes] == list(catalogue.classes)
    machine = client.get("/catalogue/classes/virtual_machine").json()
    assert (machine["parent"], machine["label"]) == ("server", "VirtualMachine")
    schema = client.get("/catalogue/classes/virtual_machine/schema").json()
    assert schema == json_schema(catalogue, "virtual_machine")
    types = client.get("/catalogue/relationships").json()
    assert [one["name"] for one in types] == list(catalogue.relationships)
    assert_problem(client.get("/catalogue/classes/nothing"), 404, "nothing")
    assert_problem(client.get("/catalogue/classes/nothing/schema"), 404, "nothing")


def test_teams_are_created_and_replaced(client: TestClient) -> None:
    client.put("/teams/Network", json={"email": "net@example.org", "phone": "1"}).raise_for_status()
    client.put("/teams/Network", json={"email": "network@example.org"}).raise_for_status()
    client.put("/teams/Web shop", json={}).raise_for_status()
    assert [(team["name"], team["email"], team["phone"]) for team in client.get("/teams").json()] == [
        ("Network", "network@example.org", ""),
        ("Web shop", "", ""),
    ]
    assert client.get("/health").json()["revision"] == 3
