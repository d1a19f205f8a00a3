"""The client reads over HTTP what a dump says: paged, in parallel, and short of what may not be read.

The server here is none of Kubernetes: it answers lists as the API documents them (`limit`, `continue`,
403 with a Status), https://kubernetes.io/docs/reference/using-api/api-concepts/#retrieving-large-results-sets-in-chunks.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from cmdb.errors import InvalidInput
from importers.importer import Origin
from importers.kubernetes import IMPORTER, live
from tests.importers.contract import read

DUMP = Path(__file__).parent / "data" / "dump.json"


@dataclass
class Api:
    """What a cluster holds, who may not read what, and the lists that were asked for."""

    items: list[dict[str, Any]]
    forbidden: set[str] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)

    def answer(self, resource: str, query: dict[str, list[str]]) -> tuple[int, dict[str, Any]]:
        self.asked.append(resource)
        if resource in self.forbidden:
            return 403, {"kind": "Status", "status": "Failure", "reason": "Forbidden", "code": 403}
        kinds = [item for item in self.items if f"{item['kind'].lower()}s" == resource]
        start, size = int(query.get("continue", ["0"])[0]), int(query["limit"][0])
        page = [{k: v for k, v in item.items() if k not in ("kind", "apiVersion")} for item in kinds]
        metadata = {"continue": str(start + size)} if start + size < len(page) else {}
        return 200, {"apiVersion": "v1", "metadata": metadata, "items": page[start : start + size]}


@pytest.fixture
def api() -> Api:
    return Api(json.loads(DUMP.read_text())["items"])


@pytest.fixture
def origin(api: Api, tmp_path: Path) -> Iterator[Origin]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            address = urlsplit(self.path)
            status, body = api.answer(address.path.rpartition("/")[2], parse_qs(address.query))
            content = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield Origin("live:ours", {}, {"KUBECONFIG": str(_kubeconfig(tmp_path, server.server_port))})
        server.shutdown()


def _kubeconfig(folder: Path, port: int) -> Path:
    file = folder / "kubeconfig"
    content = {
        "apiVersion": "v1",
        "kind": "Config",
        "current-context": "another",
        "clusters": [
            {"name": "test", "cluster": {"server": "http://127.0.0.1:1"}},
            {"name": "prod", "cluster": {"server": f"http://127.0.0.1:{port}"}},
        ],
        "users": [{"name": "me", "user": {"token": "secret"}}],
        "contexts": [
            {"name": "another", "context": {"cluster": "test", "user": "me"}},
            {"name": "ours", "context": {"cluster": "prod", "user": "me"}},
        ],
    }
    file.write_text(json.dumps(content))
    return file


def test_a_cluster_and_its_dump_say_the_same(
    api: Api, origin: Origin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "PAGE", 4)
    reading = read(IMPORTER, origin)
    assert reading.things == read(IMPORTER, Origin(str(DUMP), {"cluster": "prod"})).things
    assert not reading.gaps
    pods = sum(item["kind"] == "Pod" for item in api.items)
    assert api.asked.count("pods") == 2 * -(-pods // 4)  # the contract reads twice
    assert "secrets" not in api.asked


def test_what_may_not_be_read_is_a_gap(api: Api, origin: Origin) -> None:
    api.forbidden = {"nodes", "persistentvolumes"}
    reading = read(IMPORTER, origin)
    assert [gap.what for gap in reading.gaps] == [
        "Objects of kind Node cannot be read: 403 Forbidden.",
        "Objects of kind PersistentVolume cannot be read: 403 Forbidden.",
    ]
    assert reading.things["prod/Node/ip-1.ec2.internal"].mentioned  # as its pods tell
    assert not reading.dangling


def test_a_cluster_of_which_nothing_may_be_read_is_refused(api: Api, origin: Origin) -> None:
    api.forbidden = {f"{kind.lower()}s" for *_, kind in live.LISTS} | {"ingresses"}
    with pytest.raises(InvalidInput, match="Nothing can be read of the cluster"):
        read(IMPORTER, origin)


def test_an_unknown_context_is_refused(origin: Origin) -> None:
    with pytest.raises(InvalidInput, match="No cluster to read"):
        read(IMPORTER, Origin("live:unknown", {}, origin.environment))
