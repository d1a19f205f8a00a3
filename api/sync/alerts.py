"""Tells people of a source that fails, and that it works again."""

import subprocess
from collections.abc import Callable
from datetime import datetime
from typing import Literal

import requests
from pydantic import BaseModel

from api.sync.configuration import Alerts, Source
from api.sync.state import State

TIMEOUT = 30
"""Seconds that a webhook or a command may take."""


class Alert(BaseModel):
    """What is sent, as JSON; `text` is what chat systems show."""

    event: Literal["failed", "recovered"]
    source: str
    importer: str
    scope: str
    at: datetime
    failing_since: datetime | None
    detail: str
    text: str


class Alerter:
    """Sends alerts to a webhook and to a command; `tell` hears what could not be sent."""

    def __init__(self, alerts: Alerts, tell: Callable[[str], None]) -> None:
        self._alerts = alerts
        self._tell = tell

    def failed(self, source: Source, state: State, now: datetime, detail: str) -> State:
        """Tell of a failure, unless people were told of this source less than `repeat` ago."""
        state = state.model_copy(update={"failing_since": state.failing_since or now})
        if state.alerted_at and now - state.alerted_at < self._alerts.repeat:
            return state
        if not self._send("failed", source, state, now, detail):
            return state
        return state.model_copy(update={"alerted_at": now, "alerted": True})

    def succeeded(self, source: Source, state: State, now: datetime) -> State:
        """Tell that the source works again, if people know that it did not."""
        if state.alerted:
            self._send("recovered", source, state, now, "")
        return state.model_copy(update={"failing_since": None, "alerted": False})

    def _send(
        self, event: Literal["failed", "recovered"], source: Source, state: State, now: datetime, detail: str
    ) -> bool:
        """Whether anybody was reached."""
        alert = Alert(
            event=event,
            source=source.name,
            importer=source.importer,
            scope=source.scope,
            at=now,
            failing_since=state.failing_since,
            detail=detail,
            text=f"Linchpin: source {source.name} {event}{f': {detail}' if detail else ''}",
        )
        body = alert.model_dump_json().encode()
        return any([self._post(body), self._execute(body)])

    def _post(self, body: bytes) -> bool:
        if not self._alerts.webhook:
            return False
        try:
            answer = requests.post(
                str(self._alerts.webhook),
                data=body,
                headers={"Content-Type": "application/json"},
                timeout=TIMEOUT,
            )
            answer.raise_for_status()
        except requests.RequestException as error:
            self._tell(f"The webhook could not be told: {_without_address(error)}")
            return False
        return True

    def _execute(self, body: bytes) -> bool:
        if not self._alerts.command:
            return False
        try:
            subprocess.run(self._alerts.command, input=body, timeout=TIMEOUT, check=True)
        except (OSError, subprocess.SubprocessError) as error:
            self._tell(f"The command could not be told: {error}")
            return False
        return True


def _without_address(error: requests.RequestException) -> str:
    """The address of a webhook is a secret: who knows it can post there."""
    if error.response is not None:
        return f"it answered {error.response.status_code}"
    return type(error).__name__
