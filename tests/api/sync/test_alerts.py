"""Alerts: a real webhook on this machine, and a real command."""

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple

import pytest

from api.sync import Alerter, Alerts, Outcome, Runner, Source
from api.sync.state import State
from cmdb.errors import Unavailable
from cmdb.runs import Report
from tests.api.sync.sources import report, source

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
SOURCE = source("netbox-ams", scope="ams")


class Webhook(NamedTuple):
    address: str
    got: list[dict[str, Any]]
    answers: list[int]
    """Status codes of the next answers; 204 once there are none."""


@pytest.fixture
def webhook() -> Iterator[Webhook]:
    got: list[dict[str, Any]] = []
    answers: list[int] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            assert self.headers["Content-Type"] == "application/json"
            got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(answers.pop(0) if answers else 204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield Webhook(f"http://127.0.0.1:{server.server_port}/hooks/secret", got, answers)
        server.shutdown()
        thread.join()


def _alerter(webhook: str, told: list[str], **keys: object) -> Alerter:
    return Alerter(Alerts.model_validate({"webhook": webhook, "repeat": "6h", **keys}), told.append)


def test_what_is_sent(webhook: Webhook) -> None:
    alerter = _alerter(webhook.address, [])
    state = alerter.failed(SOURCE, State(), NOON, "it does not answer")
    alerter.succeeded(SOURCE, state, NOON + timedelta(minutes=15))
    failed, recovered = webhook.got
    assert failed == {
        "event": "failed",
        "source": "netbox-ams",
        "importer": "table",
        "scope": "ams",
        "at": "2026-03-01T12:00:00Z",
        "failing_since": "2026-03-01T12:00:00Z",
        "detail": "it does not answer",
        "text": "Linchpin: source netbox-ams failed: it does not answer",
    }
    assert recovered["event"] == "recovered"
    assert (recovered["at"], recovered["failing_since"]) == ("2026-03-01T12:15:00Z", "2026-03-01T12:00:00Z")
    assert recovered["text"] == "Linchpin: source netbox-ams recovered"


def _events(webhook: Webhook, story: str, told: list[str] | None = None) -> list[str]:
    """Play a story, an hour a letter, - for failure and + for success; return what was sent, by hour."""
    alerter, state, sent = _alerter(webhook.address, [] if told is None else told), State(), []
    for hour, letter in enumerate(story):
        now = NOON + timedelta(hours=hour)
        state = (
            alerter.succeeded(SOURCE, state, now)
            if letter == "+"
            else alerter.failed(SOURCE, state, now, "x")
        )
        sent += [f"{hour} {alert['event']}" for alert in webhook.got]
        webhook.got.clear()
    return sent


@pytest.mark.parametrize(
    ("story", "sent"),
    [
        ("+++", []),
        ("-", ["0 failed"]),
        ("--------------", ["0 failed", "6 failed", "12 failed"]),
        ("+--+++", ["1 failed", "3 recovered"]),
        # what flaps is told every six hours, and what was not told is not taken back
        ("-+-+-+-+", ["0 failed", "1 recovered", "6 failed", "7 recovered"]),
        ("-+---+", ["0 failed", "1 recovered"]),
    ],
)
def test_when_it_is_sent(webhook: Webhook, story: str, sent: list[str]) -> None:
    assert _events(webhook, story) == sent


def test_what_could_not_be_sent_is_sent_with_the_next_failure(webhook: Webhook) -> None:
    webhook.answers.append(500)
    told: list[str] = []
    assert _events(webhook, "--+", told) == ["0 failed", "1 failed", "2 recovered"]
    assert told == ["The webhook could not be told: it answered 500"]


def test_the_address_of_a_webhook_is_not_told() -> None:
    told: list[str] = []
    state = _alerter("http://127.0.0.1:1/hooks/secret", told).failed(SOURCE, State(), NOON, "x")
    assert told == ["The webhook could not be told: ConnectionError"]
    assert not state.alerted
    assert state.failing_since == NOON


def test_the_command_gets_the_same(webhook: Webhook, tmp_path: Path) -> None:
    target = tmp_path / "alert.json"
    command = [
        sys.executable,
        "-c",
        "import sys; open(sys.argv[1], 'w').write(sys.stdin.read())",
        str(target),
    ]
    _alerter(webhook.address, [], command=command).failed(SOURCE, State(), NOON, "x")
    assert [json.loads(target.read_text())] == webhook.got


@pytest.mark.parametrize("command", [["/nowhere/page"], [sys.executable, "-c", "raise SystemExit(3)"]])
def test_a_command_that_fails_does_not_keep_the_webhook_from_it(webhook: Webhook, command: list[str]) -> None:
    told: list[str] = []
    state = _alerter(webhook.address, told, command=command).failed(SOURCE, State(), NOON, "x")
    assert [alert["event"] for alert in webhook.got] == ["failed"]
    assert state.alerted
    (line,) = told
    assert line.startswith("The command could not be told: ")


def test_without_anybody_to_tell_nothing_is_sent() -> None:
    told: list[str] = []
    state = Alerter(Alerts(), told.append).failed(SOURCE, State(), NOON, "x")
    assert not state.alerted
    assert told == []


def test_a_process_knows_what_the_one_before_it_told(webhook: Webhook, tmp_path: Path) -> None:
    works: list[bool] = []

    def run(of: Source) -> Report:
        if works:
            return report(of)
        raise Unavailable("no answer")

    def once() -> Outcome:
        alerter = _alerter(webhook.address, [])
        return Runner(tmp_path, run, alerter, print, pause=0).now(SOURCE)

    assert [once(), once()] == [Outcome.FAILED, Outcome.FAILED]
    assert [alert["event"] for alert in webhook.got] == ["failed"]
    works.append(True)
    assert [once(), once()] == [Outcome.DONE, Outcome.DONE]
    assert [alert["event"] for alert in webhook.got] == ["failed", "recovered"]
