"""Asks a Prometheus server for its targets."""

from collections.abc import Iterator

import requests

from cmdb.errors import InvalidInput
from importers.bearer import Bearer
from importers.documents import parse_json
from importers.importer import Origin
from importers.prometheus.documents import Found, targets_of

TOKEN = "PROMETHEUS_TOKEN"
"""The variable that holds the bearer token, where the server wants one."""

SECONDS = 30


def read_live(origin: Origin) -> Iterator[Found]:
    """The active targets. Raises InvalidInput where the server does not answer as Prometheus does."""
    address = f"{origin.location.rstrip('/')}/api/v1/targets"
    token = origin.environment.get(TOKEN)
    auth = Bearer(token) if token else None
    try:
        answer = requests.get(address, {"state": "active"}, auth=auth, timeout=SECONDS)
    except requests.RequestException as error:
        raise InvalidInput(f"{address} cannot be reached: {error}.") from error
    if not answer.ok:
        hint = f" Set {TOKEN}." if answer.status_code == requests.codes.unauthorized else ""
        raise InvalidInput(f"{address} answers {answer.status_code} {answer.reason}.{hint}")
    yield from targets_of(parse_json(answer.text, address), address)
