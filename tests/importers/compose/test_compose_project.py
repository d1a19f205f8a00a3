"""A project with every way to say what depends on what, and files that are none."""

from pathlib import Path

import pytest

from cmdb.errors import InvalidInput
from importers.compose import IMPORTER
from importers.importer import Origin
from tests.importers.contract import Reading, read

SHOP = Path(__file__).parent / "data" / "shop"
OPTIONS = {"env_file": str(SHOP / "project.env"), "host": "Docker1.example.org", "environment": "test"}


@pytest.fixture(scope="module")
def shop() -> Reading:
    return read(IMPORTER, Origin(str(SHOP), OPTIONS))


def ends(shop: Reading, service: str, type_: str) -> set[str]:
    return {end.rpartition("/")[2] for end in shop.provides(f"shop/service/{service}", type_)}


def test_what_a_project_becomes(shop: Reading) -> None:
    assert shop.classes == {
        "application": 1,
        "application_service": 5,  # base, web, api, migrate, mail
        "database": 1,
        "cache": 1,
        "message_queue": 1,
        "container": 9,  # one of each of the 8 services, and a second of api
        "network": 3,  # front, back and the default one
        "volume": 3,  # data, backups, unused; not the folder of the host, nor the one without a name
        "server": 1,
    }
    assert shop.relations == {
        "composed_of": 8 + 9,
        "belongs_to": 8,
        "runs_on": 9,
        # back of base; back and front of web; the default of 2 of api and 4 others; mail shares that of queue
        "connects_to": 1 + 2 + 6,
        "stored_on": 2,
        # web: db, a database; api: db, healthy, and migrate, done; mail: queue, and cache, which restarts it
        "depends_on": 5,
        "uses": 2,  # api of web, started; queue of api, not required
        "calls": 7,  # base: cache; web: cache, api; api: queue, web, mail; migrate: db
    }
    assert shop.groups == {("shop/service/api", "containers")}
    assert not shop.dangling


def test_what_a_service_needs_is_hard_and_what_starts_first_is_soft(shop: Reading) -> None:
    assert ends(shop, "web", "depends_on") == {"db"}
    assert ends(shop, "web", "uses") == {"api"}
    assert ends(shop, "api", "uses") == {"queue"}
    assert ends(shop, "mail", "depends_on") == {"cache", "queue"}
    strengths = {one["to"]: one.get("strength") for one in shop.things["shop/service/api"].relations or ()}
    assert strengths["shop/service/migrate"] == "none"
    assert strengths["shop/service/db"] is None


def test_addresses_are_calls(shop: Reading) -> None:
    assert ends(shop, "web", "calls") == {"api", "cache"}  # from the project, and from what it extends
    assert ends(shop, "api", "calls") == {"queue", "web", "mail"}  # a file of variables, an alias, a link
    assert ends(shop, "migrate", "calls") == {"db"}  # an argument


def test_a_service_extends_another(shop: Reading) -> None:
    container = shop.things["shop/service/web/1"]
    assert container.attributes == {
        "class": "container",
        "name": "shop-front",
        "image": "example.org/shop/web:1.4.0",
        "ports": ["80", "443:8443", "9001:9000/udp"],
    }
    assert ends(shop, "web/1", "connects_to") == {"back", "front"}


def test_what_others_made_is_mentioned(shop: Reading) -> None:
    assert [one.native_id for one in shop.things.values() if one.mentioned] == [
        "shop/host/docker1.example.org",
        "shop/network/back",
        "shop/volume/backups",
    ]


def test_what_does_not_fit_is_told(shop: Reading) -> None:
    assert [one.reason for one in shop.rejected] == ["depends_on 'nobody' is no service of the project"]
    assert [one.what for one in shop.gaps] == [
        "../../../outside.env is not read: there is no such file in the folder of the project.",
        "missing.env is not read: there is no such file in the folder of the project.",
        "These variables are not set: UNKNOWN. Name their file: -o env_file=.",
    ]


def test_what_stands_in_other_files_is_a_gap(tmp_path: Path) -> None:
    (tmp_path / "docker-compose.yml").write_text(
        "include: [other.yml]\n"
        "services: {a: {extends: {file: base.yml, service: b}}, c: {image: '${X:?ask Ann}'}}"
    )
    (tmp_path / "docker-compose.override.yml").write_text("services: {}")
    (tmp_path / ".env").write_text("COMPOSE_PROJECT_NAME=Named\n")
    reading = read(IMPORTER, Origin(str(tmp_path)))
    assert {"named/service/a", "named/service/c"} < reading.things.keys()
    assert [one.what for one in reading.gaps] == [
        "docker-compose.override.yml is not read; import what `docker compose config` prints.",
        "What docker-compose.yml includes is not read; import it by itself.",
        "The service a extends b, which this file does not hold.",
        "These variables are not set: X (ask Ann). Name their file: -o env_file=.",
    ]


@pytest.mark.parametrize("replicas", ["-1", "many", "1000000000", "1.5"])
def test_a_senseless_number_of_replicas_is_rejected(tmp_path: Path, replicas: str) -> None:
    (tmp_path / "compose.yaml").write_text(f"services: {{a: {{deploy: {{replicas: {replicas}}}}}}}")
    reading = read(IMPORTER, Origin(str(tmp_path)))
    assert "is no number of containers" in reading.rejected[0].reason
    assert reading.classes["container"] == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "holds no services"),
        ("web: {image: nginx}", "holds no services"),  # as before version 2
        ("services: [web]", "holds no services"),
        ("services: {web: {image: '${TAG'}}", "not closed"),
        ("services: {a: {extends: b}, b: {extends: a}}", "a extends itself: a → b → a"),
        ("services: {web: {image: a: b}}", "is not YAML"),
        ("services: " + "[" * 5000, "not YAML|too deeply"),
        ("services: &a {web: {depends_on: *a}}", "stands within itself"),
    ],
)
def test_what_is_no_project_is_refused(tmp_path: Path, content: str, message: str) -> None:
    file = tmp_path / "compose.yaml"
    file.write_text(content)
    with pytest.raises(InvalidInput, match=message):
        read(IMPORTER, Origin(str(file)))


def test_a_folder_without_a_compose_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"holds no compose\.yaml"):
        read(IMPORTER, Origin(str(tmp_path)))


@pytest.mark.parametrize(
    "service",
    [
        "{image: [1], ports: 80, depends_on: x, networks: 5, volumes: {a: b}, environment: [1], deploy: []}",
        "{env_file: {a: b}, links: {x: y}, command: 5, network_mode: [], extends: 7, container_name: {}}",
        "{depends_on: {web: , 5: {}}, networks: {'a\\nb': }, volumes: [5, {type: volume, source: '\\n'}]}",
    ],
)
def test_a_service_of_any_shape_is_read(tmp_path: Path, service: str) -> None:
    (tmp_path / "compose.yaml").write_text(f"services: {{web: {service}}}")
    assert not read(IMPORTER, Origin(str(tmp_path))).dangling
