"""ServiceNow's CMDB over HTTP, as its Table API and Aggregate API are documented."""

import base64
import csv
import json
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest

from cmdb.errors import InvalidInput
from importers.importer import Origin
from importers.servicenow import IMPORTER, live
from tests.importers.contract import read

ESTATE = Path(__file__).parent / "data" / "estate"
ACCOUNT = {"SERVICENOW_USER": "reader", "SERVICENOW_PASSWORD": "secret"}
HIDDEN = "cmdb_ci_mssql_ag_replica"
FORBIDDEN = "cmdb_ci_pdu"


def _rows(table: str) -> list[dict[str, str]]:
    with (ESTATE / f"{table}.csv").open(encoding="utf-8") as file:
        return sorted(csv.DictReader(file), key=lambda row: row["sys_id"])


LABELS = {row["sys_id"]: row["name"] for table in ("cmdb_rel_type", "sys_user_group") for row in _rows(table)}


class Answer(BaseHTTPRequestHandler):
    """Pages of the estate in order of sys_id, one table forbidden, one replica hidden from the account."""

    def do_GET(self) -> None:
        place = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(place.query).items()}
        expected = "Basic " + base64.b64encode(b"reader:secret").decode()
        if self.headers["Authorization"] not in (expected, "Bearer token"):
            self._send(401, {"error": {"message": "User Not Authenticated"}})
        elif place.path == "/api/now/stats/cmdb_ci":
            self._send(200, {"result": self._counts(asked["sysparm_group_by"])})
        elif (table := place.path.rpartition("/")[2]) == FORBIDDEN:
            self._send(403, {"error": {"message": "Insufficient rights"}})
        else:
            self._page(table, asked)

    def _counts(self, column: str) -> list[object]:
        return [
            {"stats": {"count": str(count)}, "groupby_fields": [{"field": column, "value": value}]}
            for value, count in Counter(row[column] for row in _rows("cmdb_ci")).items()
        ]

    def _page(self, table: str, asked: dict[str, str]) -> None:
        filters = asked["sysparm_query"].split("^")
        assert filters.pop() == "ORDERBYsys_id"
        name = table if (ESTATE / f"{table}.csv").exists() else "cmdb_ci"
        rows = [row for row in _rows(name) if all(row[f.split("=")[0]] == f.split("=")[1] for f in filters)]
        start, size = int(asked["sysparm_offset"]), int(asked["sysparm_limit"])
        page = [row for row in rows[start : start + size] if row.get("name") != "orders-2"]
        records = [
            {
                column: {"value": value, "display_value": LABELS.get(value, value)}
                for column, value in row.items()
            }
            for row in page
        ]
        self._send(200, {"result": records}, len(rows))

    def _send(self, status: int, document: object, total: int | None = None) -> None:
        body = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        if total is not None:
            self.send_header("X-Total-Count", str(total))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("environment", [ACCOUNT, {"SERVICENOW_TOKEN": "token"}])
def test_all_pages_of_all_tables_are_read(
    address: str, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "PAGE", 2)
    reading = read(IMPORTER, Origin(address, environment=environment))
    unseen = {FORBIDDEN, "cmdb_ci_spkg", "u_till"}
    expected = [row for row in _rows("cmdb_ci") if row["sys_class_name"] not in unseen]
    assert len(reading.things) == len(expected) - 1  # the hidden replica
    assert [gap.what for gap in reading.gaps] == [
        f"{FORBIDDEN} from record 1: 403 Forbidden",
        f"{HIDDEN}: 1 of 3 records are not shown to this account",
    ]
    exported = read(IMPORTER, Origin(str(ESTATE)))
    assert {key: one.attributes for key, one in reading.things.items()} == {
        key: one.attributes for key, one in exported.things.items() if key in reading.things
    }
    assert reading.relations.total() == exported.relations.total()  # to the unseen ones, too


def test_an_account_that_is_refused_is_told(address: str) -> None:
    with pytest.raises(InvalidInput, match="401 Unauthorized; may this account read cmdb_ci"):
        list(IMPORTER.read(Origin(address, environment={"SERVICENOW_TOKEN": "wrong"})))


def test_without_an_account_nothing_is_asked(address: str) -> None:
    with pytest.raises(InvalidInput, match="SERVICENOW_USER is not set"):
        list(IMPORTER.read(Origin(address)))


def test_a_password_never_goes_in_clear() -> None:
    with pytest.raises(InvalidInput, match="write https://"):
        list(IMPORTER.read(Origin("http://example.org", environment=ACCOUNT)))


def test_nobody_there_is_told() -> None:
    with pytest.raises(InvalidInput, match="does not answer"):
        list(IMPORTER.read(Origin("http://127.0.0.1:1", environment=ACCOUNT)))
