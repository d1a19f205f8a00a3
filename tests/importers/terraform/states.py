"""Small states for tests, written out as Terraform writes them."""

import json
from pathlib import Path
from typing import Any

from importers.importer import Origin
from importers.terraform import IMPORTER
from tests.importers.contract import Reading, read

REGION = "arn:aws:%s:eu-west-1:111122223333:%s"


def arn(service: str, rest: str) -> str:
    return REGION % (service, rest)


def one(type_: str, label: str, needs: tuple[str, ...] = (), /, **attributes: Any) -> dict[str, Any]:
    """A resource of version 4 with one instance."""
    instance = {"schema_version": 0, "attributes": attributes, "dependencies": list(needs)}
    return {"mode": "managed", "type": type_, "name": label, "provider": "-", "instances": [instance]}


def many(type_: str, name: str, *instances: dict[str, Any], needs: tuple[str, ...] = ()) -> dict[str, Any]:
    """A resource of version 4 with an instance for each, counted."""
    told = [
        {"index_key": index, "attributes": attributes, "dependencies": list(needs)}
        for index, attributes in enumerate(instances)
    ]
    return {"mode": "managed", "type": type_, "name": name, "provider": "-", "instances": told}


def state(*resources: dict[str, Any]) -> str:
    return json.dumps({"version": 4, "terraform_version": "1.9.0", "resources": list(resources)})


def read_states(folder: Path, **states: str) -> Reading:
    """Read a folder of states, or the one there is."""
    for name, text in states.items():
        (folder / f"{name}.tfstate").write_text(text)
    place = folder if len(states) > 1 else folder / f"{next(iter(states))}.tfstate"
    return read(IMPORTER, Origin(str(place)))
