"""Who says what of a CI, and people's decisions of what is one thing."""

import pytest
from starlette.testclient import TestClient

from cmdb.reconciliation import Observation
from cmdb.runs import Run
from cmdb.store import Store
from tests.api.http.asking import assert_problem, everything, items
from tests.cmdb.graphs import AUTHOR


def see(store: Store, source: str, native_id: str, scope: str = "", **attributes: str) -> str:
    """What a source says of a server; returns the id of its CI."""
    told = Observation(native_id, {"class": "server", "name": native_id, **attributes}, ())
    Run(store.database, store.catalogue, AUTHOR, source, scope).take_in([told])
    (row,) = store.database.read(
        "MATCH (:SourceRecord {key: $key})-[:DESCRIBES]->(ci) RETURN ci.id AS id",
        key=f"{source}:{scope}:{native_id}",
    )
    return str(row["id"])


@pytest.fixture
def question(store: Store) -> tuple[str, str]:
    """Two servers that share a name in the network, and differ in a stronger identifier."""
    one = see(store, "netbox", "a/1", scope="ams", bios_uuid="11111111-2222", fqdn="x.example")
    told = {"bios_uuid": "33333333-4444", "fqdn": "x.example", "description": "scanned"}
    return one, see(store, "nmap", "b", **told)


@pytest.fixture
def joined(store: Store) -> str:
    """A server that two sources describe."""
    one = see(store, "netbox", "a", fqdn="x.example", description="ours")
    assert one == see(store, "nmap", "b", fqdn="x.example", description="scanned")
    return one


def test_a_case_is_listed_with_its_records(client: TestClient, question: tuple[str, str]) -> None:
    (case,) = everything(client, "/duplicates")
    assert (case["name"], case["cis"], case["reason"]) == (
        "netbox/ams/a/1",
        list(question),
        "bios_uuid differs",
    )
    assert case["shared"] == ["fqdn=x.example"]
    assert [(one["name"], one["class"], one["ci"]) for one in case["records"]] == [
        ("netbox/ams/a/1", "server", question[0]),
        ("nmap/b", "server", question[1]),
    ]
    assert items(client.get("/duplicates", params={"case": case["name"]})) == [case]
    assert_problem(client.get("/duplicates", params={"case": "nothing"}), 404)


def test_a_case_is_merged(client: TestClient, question: tuple[str, str]) -> None:
    body = {"case": "netbox/ams/a/1", "into": question[1]}
    kept = client.post("/duplicates/merge", json=body, headers={"Idempotency-Key": "one"})
    assert (kept.status_code, kept.json()["id"]) == (200, question[1])
    assert client.get(f"/revisions/{kept.headers['x-revision']}").status_code == 200
    assert items(client.get("/duplicates")) == []
    assert (
        client.post("/duplicates/merge", json=body, headers={"Idempotency-Key": "one"}).json() == kept.json()
    )
    assert_problem(client.post("/duplicates/merge", json=body), 404)
    assert_problem(client.post("/duplicates/merge", json={"case": "x", "onto": "y"}), 422)


def test_a_case_is_kept_apart(client: TestClient, question: tuple[str, str]) -> None:
    assert_problem(
        client.post("/duplicates/merge", json={"case": "netbox/ams/a/1", "into": "somebody"}), 400, "none of"
    )
    apart = client.post("/duplicates/apart", json={"case": "netbox/ams/a/1"})
    assert (apart.status_code, "x-revision" in apart.headers) == (204, True)
    assert items(client.get("/duplicates")) == []
    assert {ci["id"] for ci in items(client.get("/cis"))} == set(question)


def test_cis_are_merged_and_split_again(client: TestClient, question: tuple[str, str]) -> None:
    keep, other = question
    seen = client.get(f"/cis/{keep}").headers["etag"]
    merged = client.post(f"/cis/{keep}/merge", json={"others": ["nmap/b"]}, headers={"If-Match": seen})
    assert (merged.status_code, merged.json()["id"]) == (200, keep)
    assert merged.headers["etag"] == client.get(f"/cis/{keep}").headers["etag"] != seen
    late = {"If-Match": seen}
    assert_problem(client.post(f"/cis/{keep}/merge", json={"others": [other]}, headers=late), 412)
    records = {"records": ["nmap/b", f"manual/{other}"]}
    assert_problem(client.post(f"/cis/{keep}/split", json=records, headers=late), 412)
    split = client.post(f"/cis/{keep}/split", json=records)
    assert (split.status_code, split.json()["id"]) == (201, other)
    assert split.headers["location"] == f"/api/v1/cis/{other}"
    assert_problem(client.post(f"/cis/{keep}/split", json=records), 404)
    assert_problem(client.post(f"/cis/{keep}/split", json={"records": ["netbox/a/1"]}), 409)


def test_sources_show_who_is_followed(client: TestClient, joined: str) -> None:
    client.patch(f"/cis/{joined}", json={"description": None}).raise_for_status()
    views = {one["name"]: one for one in items(client.get(f"/cis/{joined}/sources"))}
    assert views.keys() == {"netbox/a", "nmap/b", f"manual/{joined}"}
    assert views[f"manual/{joined}"]["attributes"] == {"description": {"value": None, "wins": True}}
    assert views["netbox/a"]["attributes"]["description"] == {"value": "ours", "wins": False}
    assert views["nmap/b"]["attributes"]["fqdn"] == {"value": "x.example", "wins": True}
    assert_problem(client.get("/cis/nothing/sources"), 404)


def test_a_sweep_answers_what_it_did(client: TestClient, joined: str) -> None:
    assert client.post("/sweep").json() == {"withdrawn": 0, "stale": 0, "fresh": 0, "derived": 0}
