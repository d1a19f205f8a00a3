from collections.abc import Mapping
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from cmdb.access import Role
from tests.api.http.asking import assert_problem
from tests.api.http.conftest import ClientFor

WRITES: Mapping[tuple[str, str], Role] = {
    ("POST", "/cis"): Role.OPERATOR,
    ("POST", "/cis/batch"): Role.OPERATOR,
    ("PATCH", "/cis/{ci}"): Role.OPERATOR,
    ("POST", "/cis/{ci}/verify"): Role.OPERATOR,
    ("POST", "/imports"): Role.OPERATOR,
    ("POST", "/sweep"): Role.OPERATOR,
    ("POST", "/cis/{ci}/relationships"): Role.OPERATOR,
    ("DELETE", "/cis/{ci}/relationships/{type}/{provider}"): Role.OPERATOR,
    ("PUT", "/teams/{name}"): Role.OPERATOR,
    ("PUT", "/teams/{name}/members"): Role.MANAGER,
    ("POST", "/records"): Role.OPERATOR,
    ("PATCH", "/records/{number}"): Role.OPERATOR,
    ("POST", "/records/{number}/steps/{step}"): Role.OPERATOR,
    ("POST", "/alerts/alertmanager"): Role.OPERATOR,
    ("POST", "/incidents/{number}/assess"): Role.OPERATOR,
    ("POST", "/incidents/{number}/escalate"): Role.OPERATOR,
    ("POST", "/incidents/{number}/major"): Role.OPERATOR,
    ("POST", "/incidents/{number}/notice"): Role.OPERATOR,
    ("POST", "/incidents/sweep"): Role.OPERATOR,
    ("POST", "/problems/accept"): Role.OPERATOR,
    ("POST", "/problems/{number}/notice"): Role.OPERATOR,
    ("PATCH", "/releases/{number}/versions"): Role.OPERATOR,
    ("PUT", "/releases/{number}/waves"): Role.OPERATOR,
    ("POST", "/releases/{number}/waves"): Role.OPERATOR,
    ("POST", "/releases/{number}/{step}"): Role.OPERATOR,
    ("PUT", "/changes/{number}/plan"): Role.OPERATOR,
    ("POST", "/changes/{number}/assess"): Role.OPERATOR,
    ("POST", "/changes/{number}/submit"): Role.OPERATOR,
    ("POST", "/changes/{number}/decisions"): Role.OPERATOR,
    ("POST", "/changes/{number}/start"): Role.OPERATOR,
    ("POST", "/changes/{number}/minutes"): Role.OPERATOR,
    ("PUT", "/delegations/{to}"): Role.OPERATOR,
    ("DELETE", "/delegations/{to}"): Role.OPERATOR,
    ("POST", "/cis/{ci}/retire"): Role.MANAGER,
    ("POST", "/cis/{ci}/restore"): Role.MANAGER,
    ("POST", "/cis/{ci}/merge"): Role.MANAGER,
    ("POST", "/cis/{ci}/split"): Role.MANAGER,
    ("POST", "/duplicates/merge"): Role.MANAGER,
    ("POST", "/duplicates/apart"): Role.MANAGER,
    ("PUT", "/risk-acceptances"): Role.MANAGER,
    ("DELETE", "/risk-acceptances"): Role.MANAGER,
    ("POST", "/baselines"): Role.MANAGER,
    ("POST", "/revisions/{seq}/undo"): Role.MANAGER,
    ("POST", "/imports/{run}/undo"): Role.MANAGER,
    ("DELETE", "/cis/{ci}"): Role.ADMINISTRATOR,
}
QUESTIONS = (
    *("impact", "why", "interrupted", "compare", "map", "dependents", "path", "common"),
    *("single-points", "single-points/all", "exposures", "cut-sets", "root-cause"),
)
BODIES: Mapping[tuple[str, str], Any] = {
    ("POST", "/cis"): {"class": "server", "name": "x"},
    ("POST", "/cis/batch"): {"cis": [{"class": "server", "name": "x"}]},
    ("PATCH", "/cis/{ci}"): {},
    ("POST", "/cis/{ci}/relationships"): {"type": "uses", "provider": "x"},
    ("POST", "/cis/{ci}/merge"): {"others": ["x"]},
    ("POST", "/cis/{ci}/split"): {"records": ["x"]},
    ("POST", "/duplicates/merge"): {"case": "x"},
    ("POST", "/duplicates/apart"): {"case": "x"},
    ("PUT", "/teams/{name}"): {},
    ("PUT", "/teams/{name}/members"): {"members": []},
    ("POST", "/baselines"): {"name": "x"},
    ("POST", "/records"): {"kind": "incident"},
    ("POST", "/alerts/alertmanager"): {"version": "4", "alerts": []},
    ("POST", "/incidents/{number}/escalate"): {"to": "x", "note": "x"},
    ("POST", "/incidents/{number}/major"): {"note": "x"},
    ("PUT", "/changes/{number}/plan"): {"plan": {}},
    ("POST", "/impact"): {},
    ("POST", "/why"): {"ci": "x"},
}


def operations(app: FastAPI) -> list[tuple[str, str]]:
    return [
        (method.upper(), path.removeprefix("/api/v1"))
        for path, methods in app.openapi()["paths"].items()
        for method in methods
    ]


def ask(client: TestClient, operation: tuple[str, str]) -> Any:
    method, path = operation
    named = dict.fromkeys(("ci", "provider", "name", "run", "check", "number", "step", "to"), "x")
    filled = path.format(**named, type="uses", seq=1, form="md")
    query = {"q": "x"} if path == "/search" else {"earlier": "0"} if path == "/difference" else None
    if operation == ("POST", "/imports"):
        return client.post(filled, content="native_id,class,name\n", headers={"Content-Type": "text/csv"})
    return client.request(method, filled, params=query, json=BODIES.get(operation))


def test_nothing_but_health_answers_a_stranger(app: FastAPI, stranger: TestClient) -> None:
    for operation in operations(app):
        if operation == ("GET", "/health"):
            assert ask(stranger, operation).status_code == 200
        else:
            response = ask(stranger, operation)
            assert_problem(response, 401, "cmdb token create")
            assert response.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize("header", ["Bearer wrong", "Basic YTpi", "Bearer ", "Bearer \xff"])
def test_a_wrong_token_is_refused(stranger: TestClient, header: str) -> None:
    response = stranger.get("/cis", headers={"Authorization": header.encode("latin-1")})
    assert_problem(response, 401)


@pytest.mark.parametrize("role", Role)
def test_each_role_may_do_what_it_should(app: FastAPI, client_for: ClientFor, role: Role) -> None:
    client = client_for(role)
    for operation in operations(app):
        refused = not role.includes(WRITES.get(operation, Role.VIEWER))
        response = ask(client, operation)
        if refused:
            assert_problem(response, 403, f"the token {role.value!r} has the role {role}")
        else:
            assert response.status_code not in (401, 403), operation


def test_every_write_is_in_the_table(app: FastAPI) -> None:
    reads = {("POST", f"/{question}") for question in QUESTIONS}
    writes = {one for one in operations(app) if one[0] != "GET"} - reads
    assert writes == WRITES.keys()


def test_the_documents_take_no_token(app: FastAPI) -> None:
    anybody = TestClient(app)
    assert anybody.get("/openapi.json").status_code == 200
    assert anybody.get("/docs").status_code == 200
