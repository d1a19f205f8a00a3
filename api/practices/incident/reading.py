"""Alerts from a file, or from a running Prometheus."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import requests

from cmdb.alerts import Alert, alerts_of
from cmdb.errors import InvalidInput

SECONDS = 30
PATH = "/api/v1/alerts"


def read_alerts(place: str) -> list[Alert]:
    """The alerts of a file, or of the Prometheus at an address; raises InvalidInput."""
    document = _asked(place) if place.startswith(("http://", "https://")) else _read(Path(place))
    return alerts_of(document, place, datetime.now(UTC))


def _asked(address: str) -> Any:
    address = address if address.endswith(PATH) else address.rstrip("/") + PATH
    try:
        answer = requests.get(address, timeout=SECONDS)
        answer.raise_for_status()
        return answer.json()
    except requests.RequestException as error:
        raise InvalidInput(f"{address} does not answer as Prometheus does: {error}.") from error


def _read(file: Path) -> Any:
    try:
        return orjson.loads(file.read_bytes())
    except OSError as error:
        raise InvalidInput(f"{file} cannot be read: {error.strerror}.") from error
    except orjson.JSONDecodeError as error:
        raise InvalidInput(f"{file} is no JSON: {error}.") from error
