"""The environment of services: their own variables, and those of the files that they name."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from cmdb.errors import InvalidInput
from cmdb.reconciliation import Gap
from importers.compose.merging import Service
from importers.compose.variables import Variables
from importers.shape import key, mapping

Files = Mapping[str, Mapping[str, str]]
"""Variables by the name of their file."""


def read_files(
    services: Iterable[Service], folder: Path, variables: Variables, gaps: list[Gap]
) -> dict[str, dict[str, str]]:
    """The variables of the files that services name; one that cannot be read is a gap.

    Only files of the project are opened, whatever its services name.
    """
    read = {}
    for named in sorted({named for service in services for named in _named(service)}):
        file = (folder / named).resolve()
        try:
            if not file.is_relative_to(folder.resolve()) or not file.is_file():
                raise InvalidInput("there is no such file in the folder of the project.")
            read[named] = variables.read(file)
        except InvalidInput as error:
            gaps.append(Gap(f"{named} is not read: {error.detail}"))
    return read


def settings(service: Service, files: Files, variables: Variables) -> dict[str, str]:
    """The environment of a service; a variable without a value has that of the project."""
    found: dict[str, str] = {}
    for named in _named(service):
        found |= files.get(named, {})
    for name, value in mapping(service, "environment").items():
        found[name] = variables.values.get(name, "") if value is None else str(value)
    return found


def _named(service: Service) -> list[str]:
    named = service.get("env_file")
    listed = named if isinstance(named, list) else [named]
    return [path for one in listed if (path := key(one) or key(one, "path"))]
