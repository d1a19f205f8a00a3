from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from starlette.testclient import TestClient

from cmdb.access import Role
from tests.api.http.asking import assert_problem, create, items
from tests.api.http.conftest import ClientFor

KEY = {"Idempotency-Key": "7f9c"}
WEB01 = {"class": "server", "name": "web01"}


def test_a_request_that_is_sent_again_is_not_carried_out_again(client: TestClient) -> None:
    first = client.post("/cis", json=WEB01, headers=KEY)
    again = client.post(
        "/cis",
        content=b'{"name":"web01" ,"class":"server"}',
        headers=KEY | {"Content-Type": "application/json"},
    )
    assert (again.status_code, again.json()) == (201, first.json())
    for name in ("etag", "location", "x-revision", "content-type"):
        assert again.headers[name] == first.headers[name]
    assert len(items(client.get("/cis"))) == 1


def test_without_a_key_each_request_counts(client: TestClient) -> None:
    client.post("/cis", json=WEB01)
    client.post("/cis", json=WEB01)
    assert len(items(client.get("/cis"))) == 2


@pytest.mark.parametrize(
    ("path", "body"),
    [("/cis", {"class": "server", "name": "other"}), ("/cis/batch", {"cis": [WEB01]})],
)
def test_a_key_belongs_to_one_request(client: TestClient, path: str, body: Any) -> None:
    client.post("/cis", json=WEB01, headers=KEY)
    assert_problem(client.post(path, json=body, headers=KEY), 422, "Idempotency-Key")
    assert len(items(client.get("/cis"))) == 1


def test_keys_of_different_tokens_have_nothing_to_do_with_each_other(client_for: ClientFor) -> None:
    one, other = client_for(Role.OPERATOR), client_for(Role.MANAGER)
    assert one.post("/cis", json=WEB01, headers=KEY).status_code == 201
    assert other.post("/cis", json=WEB01 | {"name": "web02"}, headers=KEY).status_code == 201


def test_of_the_same_request_at_the_same_time_one_is_carried_out(client: TestClient) -> None:
    callers = 5
    start = Barrier(callers)

    def call(_: int) -> Any:
        start.wait()
        return client.post("/cis", json=WEB01, headers=KEY).json()

    with ThreadPoolExecutor(callers) as pool:
        answers = list(pool.map(call, range(callers)))
    assert answers == [answers[0]] * callers
    assert len(items(client.get("/cis"))) == 1


def test_a_refused_request_can_be_corrected_under_its_key(client: TestClient) -> None:
    assert_problem(client.post("/cis", json=WEB01 | {"colour": "red"}, headers=KEY), 422)
    assert client.post("/cis", json=WEB01, headers=KEY).status_code == 201


def test_every_post_that_creates_knows_keys(client: TestClient) -> None:
    app, web = create(client, "app"), create(client, "web01")
    posts: list[tuple[str, Any]] = [
        ("/cis/batch", {"cis": [WEB01]}),
        (f"/cis/{app['id']}/relationships", {"type": "uses", "provider": web["id"]}),
        ("/baselines", {"name": "golden"}),
        ("/revisions/1/undo", None),
    ]
    for path, body in posts:
        headers = {"Idempotency-Key": path}
        first = client.post(path, json=body, headers=headers)
        assert first.is_success, first.text
        newest = client.get("/health").json()["revision"]
        again = client.post(path, json=body, headers=headers)
        assert (again.status_code, again.json()) == (first.status_code, first.json())
        assert client.get("/health").json()["revision"] == newest
