import pytest
from starlette.testclient import TestClient

from tests.api.http.asking import assert_problem, create


def test_a_change_of_what_somebody_else_changed_is_refused(client: TestClient) -> None:
    ci = create(client, "web01")
    path = f"/cis/{ci['id']}"
    seen = client.get(path).headers["etag"]
    first = client.patch(path, json={"environment": "test"}, headers={"If-Match": seen})
    assert first.status_code == 200
    problem = assert_problem(client.patch(path, json={"os": "unix"}, headers={"If-Match": seen}), 412)
    assert f'"{problem["revision"]}"' == first.headers["etag"]
    second = client.patch(path, json={"os": "unix"}, headers={"If-Match": first.headers["etag"]})
    assert second.json()["environment"] == "test"


def test_every_write_to_a_ci_knows_versions(client: TestClient) -> None:
    ci, other = create(client, "web01"), create(client, "other")
    path = f"/cis/{ci['id']}"
    relationship = {"type": "uses", "provider": other["id"]}
    old = {"If-Match": f'"{ci["revision"]}"'}
    client.post(f"{path}/relationships", json=relationship, headers=old).raise_for_status()
    client.patch(path, json={"environment": "test"}).raise_for_status()

    assert_problem(client.post(f"{path}/retire", headers=old), 412)
    assert_problem(client.post(f"{path}/restore", headers=old), 412)
    assert_problem(client.delete(path, headers=old), 412)
    assert_problem(client.post(f"{path}/relationships", json=relationship, headers=old), 412)
    assert_problem(client.delete(f"{path}/relationships/uses/{other['id']}", headers=old), 412)


def test_without_a_version_attributes_that_are_not_named_stay(client: TestClient) -> None:
    path = f"/cis/{create(client, 'web01')['id']}"
    client.patch(path, json={"environment": "test"})
    client.patch(path, json={"os": "unix"})
    assert {"environment": "test", "os": "unix"}.items() <= client.get(path).json().items()


@pytest.mark.parametrize("tag", ['W/"1"', "1", '"x"', '""', '"1", "2"', '"' + "9" * 30 + '"'])
def test_what_is_no_version_matches_none(client: TestClient, tag: str) -> None:
    path = f"/cis/{create(client, 'web01')['id']}"
    assert_problem(client.patch(path, json={}, headers={"If-Match": tag}), 412, "If-Match")


def test_a_star_matches_any_version(client: TestClient) -> None:
    path = f"/cis/{create(client, 'web01')['id']}"
    assert client.patch(path, json={}, headers={"If-Match": "*"}).status_code == 200
