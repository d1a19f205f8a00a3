"""The Compose file of the OpenTelemetry demo."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from importers.compose import IMPORTER
from importers.importer import Origin
from tests.importers.contract import read

FOLDER = Path("../shared/data/compose")


def plain_variables() -> dict[str, str]:
    """Name and value of each line, filled in until nothing changes; this file has no quotes or operators."""
    lines = (FOLDER / "otel-demo.env").read_text().splitlines()
    values = dict(line.split(" #")[0].strip().split("=", 1) for line in lines if re.match(r"\w+=", line))
    for _ in range(5):
        values = {name: plainly_filled(value, values) for name, value in values.items()}
    return values


def plainly_filled(text: str, values: dict[str, str]) -> str:
    return re.sub(r"\$\{(\w+)\}", lambda match: values[match[1]], text)


def addressed(service: dict[str, Any], names: set[str], values: dict[str, str]) -> set[str]:
    """Services whose name is a setting's host, that is all of it, or beside `//`, `@`, a port or a path."""
    found = set()
    for entry in service.get("environment", []):
        name, equals, value = entry.partition("=")
        value = plainly_filled(value, values) if equals else values.get(name, "")
        if value in names and name.endswith("HOST"):
            found.add(value)
        found |= {one for one in names if re.search(rf"(^|//|@){one}(:\d+|/)", value)}
    return found


@pytest.mark.skipif(not FOLDER.exists(), reason="the published file is not here")
def test_the_opentelemetry_demo() -> None:
    services = yaml.safe_load((FOLDER / "otel-demo.yaml").read_text())["services"]
    conditions = Counter(
        terms["condition"] for one in services.values() for terms in one.get("depends_on", {}).values()
    )
    calls = {
        (name, other)
        for name, one in services.items()
        for other in addressed(one, {*services}, plain_variables()) - {name}
    }
    assert (len(services), conditions.total()) == (20, 46)  # as the readme beside the data has it

    options = {"env_file": str(FOLDER / "otel-demo.env")}
    reading = read(IMPORTER, Origin(str(FOLDER / "otel-demo.yaml"), options))
    assert reading.classes == {
        "application": 1,
        "application_service": 18,
        "database": 1,  # astronomy-db runs postgres
        "cache": 1,  # valkey-cart
        "container": 20,
        "network": 1,
    }
    assert reading.relations == {
        "composed_of": 20 + 20,  # the project of its services, these of their containers
        "belongs_to": 20,
        "connects_to": 20,  # no service names a network
        "depends_on": conditions["service_healthy"],
        "uses": conditions["service_started"],  # none of them of a database
        "calls": len(calls),
    }
    assert {
        (one.native_id.rpartition("/")[2], relation["to"].rpartition("/")[2])
        for one in reading.things.values()
        for relation in one.relations or ()
        if relation["type"] == "calls"
    } == calls
    assert not reading.groups  # one container each
    assert not reading.dangling
    assert not reading.rejected
    assert not reading.gaps  # each variable is set in its file
