"""Finds the services that the settings of another address."""

from collections.abc import Iterator

from importers.addresses import hosts_in, hosts_in_arguments
from importers.compose.environment import settings
from importers.compose.merging import Service
from importers.compose.project import Project
from importers.shape import mapping, text, texts


def called(project: Project, name: str) -> list[str]:
    """The services that a service addresses or is linked to, in order of their names, but for itself."""
    service = project.services[name]
    names = _names(project) | _links(project, service)
    found = {names[host] for host in _hosts(project, service) if host in names}
    return sorted((found | {*_links(project, service).values()}) - {name})


def _names(project: Project) -> dict[str, str]:
    """The services by the names that containers reach them by."""
    found: dict[str, str] = {}
    for name, service in project.services.items():
        networks = mapping(service, "networks").values()
        aliases = [alias for network in networks for alias in texts(network, "aliases")]
        for alias in (name, text(service, "container_name"), text(service, "hostname"), *aliases):
            found.setdefault(alias.lower(), name)
    return found


def _links(project: Project, service: Service) -> dict[str, str]:
    pairs = (link.partition(":") for link in texts(service, "links"))
    return {(alias or name).lower(): name for name, _, alias in pairs if name in project.services}


def _hosts(project: Project, service: Service) -> Iterator[str]:
    for setting, value in settings(service, project.files, project.variables).items():
        yield from hosts_in(setting, value)
    yield from hosts_in_arguments(_arguments(service, "entrypoint") + _arguments(service, "command"))


def _arguments(service: Service, key: str) -> list[str]:
    return texts(service, key) or text(service, key).split()
