"""Reads a Compose project: its file, its variables, and what its services extend."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cmdb.errors import InvalidInput
from cmdb.reconciliation import Gap
from importers.compose.environment import Files, read_files
from importers.compose.merging import Service, extended
from importers.compose.variables import Variables
from importers.documents import read_yaml
from importers.importer import Origin
from importers.shape import LONGEST, mapping, text

FILES = ("compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml")
"""What Compose itself looks for in a folder, in its order."""

OVERRIDES = tuple(name.replace(".y", ".override.y") for name in FILES)


@dataclass(frozen=True, slots=True)
class Project:
    """A project with its services; `files` are the variables of files that they name."""

    name: str
    services: Mapping[str, Service]
    files: Files
    networks: Mapping[str, Any]
    volumes: Mapping[str, Any]
    variables: Variables
    gaps: list[Gap]


def read_project(origin: Origin) -> Project:
    """The project of a file or folder. Raises InvalidInput where it is none that Compose would start."""
    file = _file(origin.path)
    variables = Variables()
    if variables_file := _variables_file(origin, file):
        variables.values |= variables.read(variables_file)
    document = _document(file, variables)
    gaps = [Gap(what) for what in _unread(file, document)]
    services = extended(_services(document), file.name, gaps)
    if not services:
        raise InvalidInput(f"{file.name} holds no services; a Compose file has them under `services`.")
    files = read_files(services.values(), file.parent, variables, gaps)
    return Project(
        _project_name(origin, file, document, variables),
        services,
        files,
        mapping(document, "networks"),
        mapping(document, "volumes"),
        variables,
        [*gaps, *_missing(variables)],
    )


def _services(document: Any) -> dict[str, Service]:
    return {name: mapping(one) for name, one in mapping(document, "services").items() if _is_name(name)}


def _missing(variables: Variables) -> list[Gap]:
    told = [f"{name} ({why})" if why else name for name, why in sorted(variables.missing.items())]
    return (
        [Gap(f"These variables are not set: {', '.join(told)}. Name their file: -o env_file=.")]
        if told
        else []
    )


def _file(path: Path) -> Path:
    if path.is_file():
        return path
    if found := next((path / name for name in FILES if (path / name).is_file()), None):
        return found
    raise InvalidInput(f"{path} holds no {', '.join(FILES)}; name the file.")


def _variables_file(origin: Origin, file: Path) -> Path | None:
    if named := origin.options.get("env_file"):
        return Origin(named).path
    beside = file.parent / ".env"
    return beside if beside.is_file() else None


def _document(file: Path, variables: Variables) -> Any:
    documents = read_yaml(file)
    return variables.fill_in(file, documents[0]) if documents else None


def _unread(file: Path, document: Any) -> list[str]:
    """What Compose would read besides."""
    beside = [file.parent / name for name in OVERRIDES if file.name in FILES]
    unread = [
        f"{one.name} is not read; import what `docker compose config` prints."
        for one in beside
        if one.is_file()
    ]
    if "include" in mapping(document):
        unread.append(f"What {file.name} includes is not read; import it by itself.")
    return unread


def _is_name(name: str) -> bool:
    return re.fullmatch(r"[A-Za-z0-9._-]+", name) is not None and len(name) <= LONGEST // 2


def _project_name(origin: Origin, file: Path, document: Any, variables: Variables) -> str:
    """As it is told, else as Compose makes it of the name of the folder."""
    told = (
        origin.options.get("project"),
        variables.values.get("COMPOSE_PROJECT_NAME"),
        text(document, "name"),
        file.resolve().parent.name,
    )
    name = re.sub(r"[^a-z0-9_-]", "", next(filter(None, told), "").lower()).lstrip("_-")
    return name[: LONGEST // 3] or "compose"
