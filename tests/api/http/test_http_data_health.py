"""How good the data are, over HTTP."""

from starlette.testclient import TestClient

from cmdb.access import Role
from cmdb.runs import Run
from cmdb.store import Store
from tests.api.http.asking import Json, assert_problem, create, everything
from tests.api.http.conftest import ClientFor
from tests.cmdb.graphs import AUTHOR, see


def test_every_figure_has_its_list(client: TestClient, shop: dict[str, Json]) -> None:
    answer = client.get("/data-health", params={"by": "class"}).json()
    assert (answer["cis"], answer["by"]) == (4, "class")
    assert {part["key"]: part["cis"] for part in answer["parts"]} == {
        "server": 2,
        "business_service": 1,
        "rack": 1,
    }
    for figure in answer["figures"]:
        listed = client.get(f"/data-health/{figure['check']}").json()
        assert listed["figure"] == figure
        assert len(listed["items"]) == figure["failing"]
    servers = client.get("/data-health/no_owner", params={"class": "server"}).json()
    assert [item["name"] for item in servers["items"]] == ["web01", "web02"]
    assert servers["items"][0]["class"] == "server"


def test_lists_are_paged(client: TestClient, shop: dict[str, Json]) -> None:
    found = everything(client, "/data-health/never_verified", limit=1)
    assert [item["name"] for item in found] == ["rack", "shop", "web01", "web02"]
    assert_problem(client.get("/data-health/never_verified", params={"cursor": "!"}), 400)
    assert_problem(client.get("/data-health/nothing"), 404, "never_verified")
    assert_problem(client.get("/data-health", params={"class": "nothing"}), 400)


def test_verifying_takes_the_right_to_write_and_the_version(
    client: TestClient, client_for: ClientFor, shop: dict[str, Json]
) -> None:
    path = f"/cis/{shop['web01']['id']}/verify"
    assert_problem(client_for(Role.VIEWER).post(path), 403)
    assert_problem(client.post(path, headers={"If-Match": '"0"'}), 412)
    verified = client.post(path, headers={"X-Reason": "seen"})
    assert verified.json()["verified_at"].endswith("Z")
    assert "X-Revision" in verified.headers
    never = everything(client, "/data-health/never_verified")
    assert "web01" not in {item["name"] for item in never}
    assert_problem(client.post("/cis/nothing/verify"), 404)


def test_auditing_a_baseline(client: TestClient, store: Store) -> None:
    create(client, "by hand")
    client.post("/baselines", json={"name": "golden"}).raise_for_status()
    Run(store.database, store.catalogue, AUTHOR, "scanner").take_in([see("a", name="a"), see("b", name="b")])
    create(client, "by hand, too")
    answer = client.get("/baselines/golden/audit").json()
    assert (answer["missing"], answer["changed"], answer["new"], answer["by_people"]) == (0, 0, 2, 1)
    found = everything(client, "/baselines/golden/audit", limit=1)
    assert [(one["ci"]["name"], one["source"], one["actor"]) for one in found] == [
        ("a", "scanner", "tests"),
        ("b", "scanner", "tests"),
    ]
    assert everything(client, "/baselines/golden/audit", source="other") == []
    assert_problem(client.get("/baselines/silver/audit"), 404)
