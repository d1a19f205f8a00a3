"""Services, their containers, and what they depend on."""

from collections.abc import Iterator
from typing import Any

from cmdb.reconciliation import Observation, Rejection, Relation
from importers.compose.addressing import called
from importers.compose.images import class_of, product_of, version_of
from importers.compose.merging import Service
from importers.compose.naming import Naming
from importers.compose.project import Project
from importers.compose.resources import networks_of, volumes_of
from importers.redundancy import redundant
from importers.shape import inner, known, mapping, mappings, text, texts

MOST_CONTAINERS = 1000

Relations = dict[tuple[str, str], Relation]
"""By type and end: a service may say the same in several ways."""


def observe_service(project: Project, naming: Naming, name: str) -> Iterator[Observation | Rejection]:
    """A service, then its containers, or why something of it does not fit."""
    service = project.services[name]
    count = _replicas(service)
    if count is None or count > MOST_CONTAINERS:
        yield _rejection(
            name, "replicas", _wanted(service), f"is no number of containers up to {MOST_CONTAINERS}"
        )
        count = 1
    containers = [f"{naming.service(name)}/{number}" for number in range(1, count + 1)]
    relations = _whole(naming, containers) + list(_needs(project, naming, name).values())
    for unknown in sorted(mapping(service, "depends_on").keys() - project.services.keys()):
        yield _rejection(name, "depends_on", unknown, "is no service of the project")
    yield Observation(naming.service(name), _attributes(naming, name, service), tuple(relations))
    around = tuple(_surroundings(naming, service))
    for number, native_id in enumerate(containers, 1):
        attributes = {
            "class": "container",
            "name": text(service, "container_name") or f"{naming.project}-{name}-{number}",
            "image": text(service, "image"),
            "ports": _ports(service),
        }
        yield Observation(native_id, known(attributes), around, within=naming.service(name))


def _attributes(naming: Naming, name: str, service: Service) -> dict[str, Any]:
    image = text(service, "image")
    class_ = class_of(image)
    is_our_own = class_ == "application_service"
    attributes = {
        "class": class_,
        "name": name,
        "namespace": naming.project if is_our_own else "",
        "product": "" if is_our_own else product_of(image),
        "environment": naming.environment,
        "version": version_of(image),
    }
    return known(attributes)


def _whole(naming: Naming, containers: list[str]) -> list[Relation]:
    belongs = Relation(type="belongs_to", to=naming.application)
    return [belongs, *redundant("composed_of", containers, "containers")]


def _surroundings(naming: Naming, service: Service) -> Iterator[Relation]:
    """What each container of a service runs on and connects to."""
    for host in naming.hosts:
        yield Relation(type="runs_on", to=host)
    for network in networks_of(service):
        yield Relation(type="connects_to", to=naming.network(network))


def _needs(project: Project, naming: Naming, name: str) -> Relations:
    service = project.services[name]
    found = [
        *_dependencies(project, naming, service),
        *(Relation(type="calls", to=naming.service(one)) for one in called(project, name)),
        *(Relation(type="stored_on", to=naming.volume(one)) for one in volumes_of(service)),
    ]
    return {(one["type"], one["to"]): one for one in found if one["to"] != naming.service(name)}


def _dependencies(project: Project, naming: Naming, service: Service) -> Iterator[Relation]:
    """What it starts after; and, without which it has no network, the service whose network it shares."""
    for other, terms in mapping(service, "depends_on").items():
        if other in project.services:
            yield _dependency(project, naming.service(other), other, terms)
    kind, _, other = text(service, "network_mode").partition(":")
    if kind == "service" and other in project.services:
        yield Relation(type="depends_on", to=naming.service(other))


def _dependency(project: Project, to: str, other: str, terms: Any) -> Relation:
    """Compose tells in what order to start; how much a service needs another can only be inferred."""
    condition = text(terms, "condition")
    if condition == "service_completed_successfully":  # whose work is done by then
        return Relation(type="depends_on", to=to, strength="none")
    needed = (
        condition == "service_healthy"
        or inner(terms, "restart") is True
        or class_of(text(project.services[other], "image")) == "database"
    )
    return Relation(type="depends_on" if needed and inner(terms, "required") is not False else "uses", to=to)


def _wanted(service: Service) -> Any:
    told = inner(service, "deploy", "replicas")
    return service.get("scale", 1) if told is None else told


def _replicas(service: Service) -> int | None:
    wanted = str(_wanted(service))
    return int(wanted) if wanted.isdecimal() and len(wanted) < 10 else None


def _ports(service: Service) -> list[str]:
    """Ports as `published:port/protocol`."""
    ports = service.get("ports")
    plain = texts(ports) + [
        str(one) for one in (ports if isinstance(ports, list) else []) if type(one) is int
    ]
    for port in mappings(ports):
        published = f"{port['published']}:" if port.get("published") else ""
        plain.append(f"{published}{port.get('target', '')}/{text(port, 'protocol') or 'tcp'}")
    return plain


def _rejection(service: str, field: str, value: Any, reason: str) -> Rejection:
    return Rejection(
        "services", 0, {"service": service, field: str(value)}, f"{field} {str(value)!r} {reason}"
    )
