import pytest
from starlette.testclient import TestClient

from cmdb.reconciliation import Observation
from cmdb.runs import Run
from cmdb.store import Store
from tests.api.http.asking import Json, assert_problem, everything, items
from tests.cmdb.graphs import AUTHOR

CIS = """native_id,class,name
app-1,application,Webshop
vm-1,virtual_machine,web01
x-1,no_such_class,odd
"""
RELATIONSHIPS = """from,type,to
app-1,runs_on,vm-1
app-1,uses,db-1
"""


def send(client: TestClient, table: str, **parameters: str) -> Json:
    response = client.post("/imports", content=table, headers={"Content-Type": "text/csv"}, params=parameters)
    assert response.status_code == 200, response.text
    report: Json = response.json()
    return report


def test_tables_are_taken_in_and_reported(client: TestClient) -> None:
    cis = send(client, CIS, source="excel")
    assert cis["cis"] == {"created": 2, "rejected": 1}
    assert [(one["line"], one["row"]["native_id"]) for one in cis["rejected"]] == [(4, "x-1")]
    relationships = send(client, RELATIONSHIPS, source="excel")
    assert relationships["relationships"] == {"created": 2}
    assert [one["provider"] for one in relationships["pending"]] == ["db-1"]
    answer = client.post("/impact", json={"failed": ["excel/vm-1"]}).json()
    assert {item["name"] for item in answer["items"]} == {"web01", "Webshop"}


def test_a_table_that_is_sent_again_changes_nothing(client: TestClient) -> None:
    send(client, CIS)
    again = send(client, CIS)
    assert again["cis"] == {"unchanged": 2, "rejected": 1}
    assert again["last_revision"] is None


@pytest.mark.parametrize(
    "table", ["", "what,is,this\n", "native_id,class\n", "\x00", 'native_id,class,name\n"a']
)
def test_what_is_no_table_is_refused(client: TestClient, table: str) -> None:
    response = client.post("/imports", content=table, headers={"Content-Type": "text/csv"})
    assert_problem(response, response.status_code)
    assert response.status_code in (400, 422)


@pytest.mark.parametrize("source", ["manual", "a:b", "a/b", ""])
def test_a_source_has_a_name_of_its_own(client: TestClient, source: str) -> None:
    response = client.post(
        "/imports", content=CIS, headers={"Content-Type": "text/csv"}, params={"source": source}
    )
    assert response.status_code in (400, 422)
    assert items(client.get("/cis")) == []


def test_imports_are_listed_and_undone(client: TestClient, store: Store) -> None:
    observations = [Observation(f"s{n}", {"class": "server", "name": f"server {n}"}) for n in range(2)]
    for scope in ("one", "two"):
        Run(store.database, store.catalogue, AUTHOR, "scanner", scope).take_in(observations)
    found = everything(client, "/imports", limit=1)
    assert [(run["source"], run["scope"], run["status"]) for run in found] == [
        ("scanner", "two", "done"),
        ("scanner", "one", "done"),
    ]
    assert found[0]["cis"] == {"created": 2}

    (undone,) = client.post(f"/imports/{found[0]['id']}/undo").json()
    assert undone["revision"]["undoes"] == 2
    assert len(items(client.get("/cis"))) == 2
    assert client.post(f"/imports/{found[0]['id']}/undo").json() == []
    assert_problem(client.post("/imports/nothing/undo"), 404)


def test_a_dry_run_tells_what_would_change_and_writes_nothing(client: TestClient) -> None:
    report = send(client, CIS, dry_run="true")
    assert [(one["outcome"], one["name"]) for one in report["changes"]] == [
        ("created", "application Webshop"),
        ("created", "virtual_machine web01"),
    ]
    assert report["changes"][1]["fields"]["name"] == [None, "web01"]
    assert items(client.get("/imports")) == items(client.get("/cis")) == []


def test_a_complete_table_that_lacks_too_much_is_held(client: TestClient) -> None:
    send(client, CIS)
    less = CIS.replace("vm-1,virtual_machine,web01\nx-1,no_such_class,odd\n", "")
    held = send(client, less, complete="true")
    assert "1 of 2 CIs" in held["held"]
    run = client.get(f"/imports/{held['run']}").json()
    assert (run["status"], run["held"], run["complete"]) == ("held", held["held"], True)
    done = send(client, less, complete="true", retire_at_most="0.5")
    assert (done["held"], done["missing"]) == (None, 1)
    assert client.get(f"/imports/{done['run']}").json()["missing"] == 1
    assert_problem(client.get("/imports/nothing"), 404)


def test_an_import_tells_what_did_not_fit(client: TestClient) -> None:
    report = send(client, CIS)
    (why,) = client.get(f"/imports/{report['run']}").json()["rejected"]
    assert why.startswith("cis line 4: No class is called 'no_such_class'")
