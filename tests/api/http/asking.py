"""Short ways to ask the API, that fail where the answer is not the one expected."""

from typing import Any

from httpx import Response
from starlette.testclient import TestClient

Json = dict[str, Any]


def create(client: TestClient, name: str, class_: str = "server", **attributes: Any) -> Json:
    """A new CI."""
    response = client.post("/cis", json={"class": class_, "name": name, **attributes})
    assert response.status_code == 201, response.text
    ci: Json = response.json()
    return ci


def relate(client: TestClient, dependent: Json, provider: Json, **terms: Any) -> Json:
    """A new relationship, `depends_on` unless the terms say otherwise."""
    body = {"type": "depends_on", "provider": provider["id"], **terms}
    response = client.post(f"/cis/{dependent['id']}/relationships", json=body)
    assert response.status_code == 201, response.text
    relationship: Json = response.json()
    return relationship


def ask(client: TestClient, path: str, **question: Any) -> Json:
    """The answer to a question."""
    response = client.post(path, json=question)
    assert response.status_code == 200, response.text
    answer: Json = response.json()
    return answer


def items(response: Response) -> list[Json]:
    """The items of a page."""
    assert response.status_code == 200, response.text
    found: list[Json] = response.json()["items"]
    return found


def everything(client: TestClient, path: str, **parameters: Any) -> list[Json]:
    """The items of all pages."""
    found: list[Json] = []
    cursor: str | None = None
    while True:
        query = parameters | ({"cursor": cursor} if cursor else {})
        response = client.get(path, params=query)
        found += items(response)
        cursor = response.json()["next"]
        if cursor is None:
            return found


def assert_problem(response: Response, status: int, detail: str = "") -> Json:
    """Whether an answer tells of a problem as RFC 9457 has it; returns it."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    problem: Json = response.json()
    assert problem["status"] == status
    assert problem["type"].startswith("urn:problem-type:linchpin:")
    assert problem["title"]
    assert detail in problem["detail"]
    return problem
