"""Reads a Compose project."""

from collections.abc import Iterator

from cmdb.reconciliation import Observation, Relation
from importers.compose.naming import Naming
from importers.compose.project import Project, read_project
from importers.compose.resources import observe_resources
from importers.compose.services import observe_service
from importers.importer import Origin, Row
from importers.shape import key, known


def read(origin: Origin) -> Iterator[Row]:
    """What a project becomes: itself, where it runs, its networks and volumes, its services."""
    project = read_project(origin)
    host = key(origin.options.get("host")).lower().rstrip(".")
    hosts = (f"{project.name}/host/{host}",) if host else ()
    naming = Naming(project.name, origin.options.get("environment", ""), hosts)
    yield from project.gaps
    yield _application(project, naming)
    for native_id in hosts:
        fqdn = host if "." in host else ""
        yield Observation(
            native_id, known({"class": "server", "name": host, "fqdn": fqdn}), (), mentioned=True
        )
    yield from observe_resources(project, naming)
    for name in project.services:
        yield from observe_service(project, naming, name)


def _application(project: Project, naming: Naming) -> Observation:
    """The project; the file does not say without which of its services it is of no use."""
    attributes = {
        "class": "application",
        "name": project.name,
        "namespace": "compose",
        "environment": naming.environment,
    }
    parts = (
        Relation(type="composed_of", to=naming.service(name), strength="soft") for name in project.services
    )
    return Observation(naming.application, known(attributes), tuple(parts))
