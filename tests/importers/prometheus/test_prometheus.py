"""Targets from discovery files, saved answers and a live server.

targets.json and up.json are what Prometheus 2.42 answered with prometheus.yml and the files of sd/.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from cmdb.errors import InvalidInput
from importers.importer import Origin
from importers.prometheus import IMPORTER
from importers.prometheus.target import split_address
from tests.importers.contract import Reading, read

DATA = Path(__file__).parent / "data"
ANSWER = (DATA / "targets.json").read_bytes()


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read(IMPORTER, Origin(str(DATA / "targets.json")))


def _read(tmp_path: Path, name: str, content: object, **options: str) -> Reading:
    path = tmp_path / name
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return read(IMPORTER, Origin(str(path), options))


def test_numbers_are_those_of_the_answer(reading: Reading) -> None:
    active = json.loads(ANSWER)["data"]["activeTargets"]
    assert (
        len(active) == 1 + 7 + 1 + 2 + 3 + 1 + 1
    )  # by job of prometheus.yml: node finds 3 hosts and 4 others
    scraped = {
        target["scrapeUrl"].partition("://")[2].partition("/")[0].rpartition(":")[0] for target in active
    }
    local = {"localhost", "127.0.0.1"}
    meta = {
        "10.0.1.5",
        "10.1.0.7",
        "10.1.0.8",
        "10.1.0.9",
        "10.1.0.1",
    }  # known by better than their addresses
    assert reading.classes == {
        "server": len(scraped - local - meta),
        "virtual_machine": 1,
        "network_device": 2,
        "api_endpoint": 1,
        "kubernetes_pod": 1,
        "kubernetes_service": 1,  # of two pods
        "kubernetes_node": 1,
        "application": 1 + 3,  # Prometheus; shop, billing, grafana; the other jobs are no applications
    }
    assert reading.relations == {
        "monitored_by": sum(reading.classes.values()) - 1,  # all but Prometheus
        "runs_on": 3 + 1,  # shop, billing; where grafana runs is not told
    }
    assert reading.groups == {("job/shop", "instances")}
    assert (reading.rejected, reading.gaps, reading.dangling) == ([], [], set())


def test_only_what_lasts_is_kept(reading: Reading) -> None:
    told = {name for one in reading.things.values() for name in one.attributes or {}}
    assert told.isdisjoint({"health", "up", "lastError", "lastScrape", "job", "instance"})
    assert "down" in {target["health"] for target in json.loads(ANSWER)["data"]["activeTargets"]}


def test_several_instances_are_assumed_to_do_for_one_another(reading: Reading) -> None:
    runs_on = [r for r in reading.things["job/shop"].relations or () if r["type"] == "runs_on"]
    assert {r["to"] for r in runs_on} == {"host/192.0.2.1", "host/2001:db8::2", "host/app3.example.com"}
    assert {(r["group"], r["need"], r["assumed"]) for r in runs_on} == {("instances", 1, True)}


@pytest.mark.parametrize(
    ("native_id", "attributes"),
    [
        (
            "host/i-0abc123def4567890",
            {"class": "virtual_machine", "provider": "aws", "cloud_id": "i-0abc123def4567890"},
        ),
        ("host/switch1.example.com", {"class": "network_device", "fqdn": "switch1.example.com"}),
        ("url/https://shop.example.com/health", {"class": "api_endpoint", "environment": "production"}),
        (
            "kubernetes/prod-eu/shop/Service/cart",
            {"cluster": "prod-eu", "namespace": "shop", "kind": "Service"},
        ),
        ("kubernetes/shop/Pod/checkout-7d9f-x2x", {"uid": "0a1b2c3d-0000-4000-8000-000000000001"}),
        ("job/billing", {"environment": "test"}),
    ],
)
def test_things_are_mentioned_by_what_identifies_them(
    reading: Reading, native_id: str, attributes: dict[str, str]
) -> None:
    thing = reading.things[native_id]
    assert thing.mentioned and thing.attributes is not None
    assert attributes.items() <= thing.attributes.items()


def test_an_environment_is_kept_where_all_agree(reading: Reading) -> None:
    assert "environment" not in (reading.things["host/web1.example.com"].attributes or {})  # prod and test
    assert (reading.things["host/192.0.2.1"].attributes or {})["environment"] == "production"


def test_the_query_up_knows_hosts_and_jobs(reading: Reading) -> None:
    up = read(IMPORTER, Origin(str(DATA / "up.json")))
    assert len(json.loads((DATA / "up.json").read_text())["data"]["result"]) == 16
    told_by_both = {
        "host/web1.example.com",
        "host/192.0.2.1",
        "url/https://shop.example.com/health",
        "job/shop",
    }
    assert told_by_both <= up.things.keys() & reading.things.keys()
    assert up.things["job/shop"].relations == reading.things["job/shop"].relations
    assert "host/10.0.1.5" in up.things  # that it is an instance of EC2, only discovery knows


def test_discovery_files_are_read_without_their_jobs() -> None:
    found = read(IMPORTER, Origin(str(DATA / "sd")))
    assert {key for key in found.things if key.startswith("host/")} == {
        "host/192.0.2.1",
        "host/web1.example.com",
        "host/i-0abc123def4567890",
    }
    assert {key.rpartition("/")[2] for key in found.things if key.startswith("kubernetes/")} == {
        "checkout-7d9f-x2x",
        "cart",
        "node-1",
    }


def test_a_configuration_holds_what_is_static_and_tells_of_the_rest() -> None:
    found = read(IMPORTER, Origin(str(DATA / "prometheus.yml")))
    assert {
        "job/shop",
        "job/billing",
        "job/grafana",
        "url/https://shop.example.com/health",
    } <= found.things.keys()
    assert [gap.what for gap in found.gaps] == [
        "prometheus.yml: what file_sd_configs of the job node finds; save the answer of /api/v1/targets"
    ]


def test_options_name_the_server_and_the_cluster(tmp_path: Path) -> None:
    content = [{"targets": ["10.1.0.7:80"], "labels": {"namespace": "shop", "pod": "cart-0"}}]
    found = _read(tmp_path, "sd.json", content, server="prom1.example.com", cluster="prod")
    assert found.provides("kubernetes/prod/shop/Pod/cart-0", "monitored_by") == {
        "prometheus/prom1.example.com"
    }


def test_a_target_without_address_is_rejected(tmp_path: Path) -> None:
    found = _read(tmp_path, "sd.json", [{"targets": ["", None, "192.0.2.1:80"]}])
    assert len(found.rejected) == 2 and "host/192.0.2.1" in found.things


def test_a_warning_is_a_gap(tmp_path: Path) -> None:
    content = {"status": "success", "warnings": ["store s3 is away"], "data": {"activeTargets": []}}
    assert [gap.what for gap in _read(tmp_path, "t.json", content).gaps] == [
        "t.json: Prometheus warns: store s3 is away"
    ]


def test_a_damaged_file_among_others_is_a_gap(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('[{"targets": ["192.0.2.1:80"')
    (tmp_path / "b.yml").write_text("- targets: [192.0.2.2]\n")
    found = read(IMPORTER, Origin(str(tmp_path)))
    assert "host/192.0.2.2" in found.things
    assert len(found.gaps) == 1 and found.gaps[0].what.startswith("a.json, line 1")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        (
            "t.json",
            '{"status": "success", "data": {"activeTargets": [{"labels"',
            "is not JSON.*Is the file whole",
        ),
        ("t.json", '{"status": "error", "error": "bad query"}', "Prometheus says 'bad query'"),
        (
            "t.json",
            '{"status": "success", "data": {"alerts": []}}',
            "is an answer neither of /api/v1/targets",
        ),
        ("t.json", '{"a": 1}', "is neither a list of targets"),
        ("t.json", '["192.0.2.1:80"]', "each group has a list of targets, unlike '192.0.2.1:80'"),
        ("t.yml", "- targets: 192.0.2.1\n", "each group has a list of targets"),
        ("t.yml", "scrape_configs: [{static_configs: []}]\n", "a job of scrape_configs has no job_name"),
        ("t.yml", "a: &a [*a]\n", "stands within itself"),
    ],
)
def test_damage_is_told(tmp_path: Path, name: str, content: str, message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        _read(tmp_path, name, content)


@pytest.mark.parametrize(
    ("text", "host", "port"),
    [
        ("web1.Example.com.:9100", "web1.example.com", 9100),
        ("192.0.2.1", "192.0.2.1", None),
        ("[2001:db8::1]:80", "2001:db8::1", 80),
        ("[2001:db8::1]", "2001:db8::1", None),
        ("2001:db8::1", "2001:db8::1", None),
        ("https://shop.example.com:8443/health", "shop.example.com", 8443),
        ("", "", None),
    ],
)
def test_addresses(text: str, host: str, port: int | None) -> None:
    assert split_address(text) == (host, port)


class _Answers(BaseHTTPRequestHandler):
    """Gives the answer saved from Prometheus to whoever brings the token, and notes what was asked."""

    def __init__(self, body: bytes, token: str, asked: list[str], *rest: object) -> None:
        self.body, self.token, self.asked = body, token, asked
        super().__init__(*rest)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        welcome = not self.token or self.headers.get("Authorization") == f"Bearer {self.token}"
        self.send_response(200 if welcome else 401)
        self.end_headers()
        self.wfile.write(self.body if welcome else b"")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@contextmanager
def _serving(body: bytes, token: str = "") -> Iterator[tuple[str, list[str]]]:
    asked: list[str] = []
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Answers, body, token, asked)) as server:
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/prom/", asked
        server.shutdown()


def test_a_live_server_says_what_its_saved_answer_says(reading: Reading) -> None:
    with _serving(ANSWER, "s3cret") as (address, asked):
        origin = Origin(address, {"server": "prometheus"}, {"PROMETHEUS_TOKEN": "s3cret"})
        live = read(IMPORTER, origin)
    assert set(asked) == {"/prom/api/v1/targets?state=active"}
    server = live.things.pop("prometheus/prometheus")
    assert not server.mentioned and (server.attributes or {})["url"] == address
    assert live.things.items() <= reading.things.items()
    assert len(live.things) == len(reading.things) - 1


@pytest.mark.parametrize(
    ("body", "token", "message"),
    [
        (b"", "s3cret", "answers 401 Unauthorized. Set PROMETHEUS_TOKEN"),
        (b"<html>not here</html>", "", "is not JSON"),
        (b'{"status": "error", "error": "busy"}', "", "Prometheus says 'busy'"),
    ],
)
def test_a_server_that_does_not_answer_as_it_should_is_told(body: bytes, token: str, message: str) -> None:
    with _serving(body, token) as (address, _), pytest.raises(InvalidInput, match=message):
        read(IMPORTER, Origin(address))


def test_a_server_that_is_not_there_is_told() -> None:
    with _serving(b"") as (address, _):
        pass
    with pytest.raises(InvalidInput, match="cannot be reached"):
        read(IMPORTER, Origin(address))
