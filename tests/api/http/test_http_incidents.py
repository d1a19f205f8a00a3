from collections.abc import Iterator
from email.message import Message
from socket import socket

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as Handler
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.http import create_app
from cmdb.access import Role
from cmdb.history import Author
from cmdb.people import Team, save_teams
from cmdb.settings import Settings
from cmdb.store import Store
from impact import ImpactEngine
from tests.api.http.asking import Json, ask
from tests.api.http.conftest import ClientFor


class Inbox(Handler):
    """Keeps what was mailed."""

    def __init__(self) -> None:
        super().__init__()
        self.mails: list[Message] = []

    def handle_message(self, message: Message) -> None:
        self.mails.append(message)


@pytest.fixture
def inbox() -> Iterator[tuple[Inbox, Settings]]:
    """A real SMTP server, and the settings that name it."""
    handler = Inbox()
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    yield handler, Settings(smtp_host="127.0.0.1", smtp_port=port, smtp_from="desk@example.org")
    controller.stop()


def opened(client: TestClient, **links: str) -> str:
    body = {"kind": "incident", "values": {"title": "Shop is down"}, "links": links}
    response = client.post("/records", json=body)
    assert response.status_code == 201, response.text
    return str(response.json()["number"])


def post(*alerts: Json) -> Json:
    return {
        "version": "4",
        "groupKey": "{}:{}",
        "truncatedAlerts": 2,
        "status": "firing",
        "receiver": "linchpin",
        "groupLabels": {},
        "commonLabels": {},
        "commonAnnotations": {},
        "externalURL": "http://alertmanager",
        "alerts": list(alerts),
    }


def alert(name: str, status: str = "firing", **labels: str) -> Json:
    return {
        "status": status,
        "labels": {"alertname": name, "severity": "critical", **labels},
        "annotations": {},
        "startsAt": "2026-03-01T12:00:00Z",
        "endsAt": "0001-01-01T00:00:00Z" if status == "firing" else "2026-03-01T12:10:00Z",
        "generatorURL": "",
        "fingerprint": f"{name}{labels.get('instance', '')}",
    }


def test_alertmanager_opens_one_incident_for_a_storm(client: TestClient, shop: dict[str, Json]) -> None:
    told = post(*(alert("Down", instance=name) for name in ("web01", "web02", "rack")))
    taken = ask(client, "/alerts/alertmanager", **told)
    assert (len(taken["opened"]), taken["new"], taken["truncated"]) == (1, 3, 2)
    assert ask(client, "/alerts/alertmanager", **told)["repeated"] == 3
    page = client.get(f"/incidents/{taken['opened'][0]}/page").json()
    assert [(one["name"], one["state"]) for one in page["services"]] == [("shop", "down")]
    assert page["causes"][0]["causes"][0]["name"] == "rack"
    over = post(*(alert("Down", "resolved", instance=name) for name in ("web01", "web02", "rack")))
    assert ask(client, "/alerts/alertmanager", **over)["restored"] == taken["opened"]


def test_a_viewer_tells_no_alerts(client_for: ClientFor) -> None:
    response = client_for(Role.VIEWER).post("/alerts/alertmanager", json=post(alert("Down")))
    assert response.status_code == 403


def test_a_post_that_is_none_is_refused(client: TestClient) -> None:
    response = client.post("/alerts/alertmanager", json={"version": "3", "alerts": []})
    assert (response.status_code, "version" in response.text) == (422, True)


def test_what_is_so_now_is_told_apart(client: TestClient, pair: dict[str, Json]) -> None:
    opened(client, web01="down")
    answer = ask(client, "/impact", failed=["web02"], current=True)
    assert answer["counts"]["services"]["down"] == 1
    assert answer["counts"]["before"]["down"] == 1
    refused = client.post("/impact", json={"failed": ["web02"], "current": True, "as_of": "1"})
    assert refused.status_code == 400


def test_a_major_incident_is_a_managers_word(client_for: ClientFor, shop: dict[str, Json]) -> None:
    operator, manager = client_for(Role.OPERATOR), client_for(Role.MANAGER)
    number = opened(operator)
    body = {"manager": "max", "note": "all shops"}
    assert operator.post(f"/incidents/{number}/major", json=body).status_code == 403
    assert ask(manager, f"/incidents/{number}/major", **body)["values"]["major"] is True


def test_escalation_and_sweep(client: TestClient) -> None:
    number = opened(client)
    told = ask(client, f"/incidents/{number}/escalate", to="unix", note="theirs")
    assert (told["state"], told["values"]["team"]) == ("assigned", "unix")
    assert client.post("/incidents/sweep").json() == []


def test_a_notice_is_mailed_to_each_alone_and_kept(
    store: Store, client: TestClient, inbox: tuple[Inbox, Settings], client_for: ClientFor
) -> None:
    handler, settings = inbox
    web = client.post("/cis", json={"class": "server", "name": "web01"}).json()
    told = {"class": "business_service", "name": "shop", "owner": "trading", "used_by": "sales"}
    shop = client.post("/cis", json=told).json()
    client.post(f"/cis/{shop['id']}/relationships", json={"type": "depends_on", "provider": web["id"]})
    known = [Team("trading", email="trading@example.org"), Team("sales", email="sales@example.org")]
    save_teams(store.database, Author("test", "test"), known)
    number = opened(client, web01="down")
    ask(client, f"/incidents/{number}/assess")
    app: FastAPI = create_app(store, ImpactEngine(store.database, store.catalogue), settings)
    mailing = TestClient(app, base_url=str(client.base_url), headers=client.headers)
    proposed = mailing.get(f"/incidents/{number}/notice").json()
    assert {one["name"] for one in proposed["recipients"]} == {"trading", "sales"}
    sent = ask(mailing, f"/incidents/{number}/notice", text="We are on it.")["sent"]
    assert sorted(sent) == ["sales@example.org", "trading@example.org"]
    assert sorted(mail["To"] for mail in handler.mails) == sorted(sent)
    assert {mail["From"] for mail in handler.mails} == {"desk@example.org"}
    assert "We are on it." in str(handler.mails[0].get_payload())
    log = client.get(f"/records/{number}/log").json()["entries"]
    assert "trading <trading@example.org>" in log[-1]["note"]


def test_without_a_server_a_notice_is_only_kept(client: TestClient) -> None:
    number = opened(client)
    told = ask(client, f"/incidents/{number}/notice", subject="s", text="t", to=["Board"])
    assert (told["sent"], told["notice"]["recipients"][0]["name"]) == ([], "Board")
