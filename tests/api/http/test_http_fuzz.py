"""Whatever is sent to any operation, it answers as its document says, and never with a 5xx."""

from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.testclient import TestClient

from cmdb.access import Role
from tests.api.http.asking import create, relate
from tests.api.http.conftest import ClientFor

Case = schemathesis.Case[Any]
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]

gently = settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def known(client: TestClient) -> dict[str, str]:
    """Something that is there for each parameter of a path."""
    app, web = create(client, "app"), create(client, "web01")
    relate(client, app, web, type="runs_on")
    client.post("/baselines", json={"name": "golden"}).raise_for_status()
    return {"ci": app["id"], "provider": web["id"], "type": "runs_on", "seq": "1", "name": "golden"}


@pytest.fixture
def viewer(client_for: ClientFor) -> TestClient:
    return client_for(Role.VIEWER)


document = schemathesis.openapi.from_path(Path(__file__).parents[3] / "docs/reference/openapi.json")


@document.parametrize()
@gently
def test_an_administrator_never_sees_a_5xx(
    case: Case, app: FastAPI, client: TestClient, known: dict[str, str]
) -> None:
    ask(case, app, client, known)


@document.parametrize()
@settings(gently, max_examples=2)
def test_a_viewer_never_sees_a_5xx(
    case: Case, app: FastAPI, viewer: TestClient, known: dict[str, str]
) -> None:
    ask(case, app, viewer, known)


def ask(case: Case, app: FastAPI, client: TestClient, known: dict[str, str]) -> None:
    """Send the request; every other one names something that is there."""
    if case.path_parameters and len(str(case.path_parameters)) % 2:
        case.path_parameters.update({k: v for k, v in known.items() if k in case.path_parameters})
    headers = {"Authorization": client.headers["Authorization"]}
    case.call_and_validate(app=app, headers=headers, checks=CHECKS)
