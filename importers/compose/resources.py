"""Networks and volumes, of which services say by what name they use them."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from cmdb.reconciliation import Observation
from importers.compose.merging import Service
from importers.compose.naming import Naming
from importers.compose.project import Project
from importers.shape import mapping, mappings, text, texts

_NAME = re.compile(r"[A-Za-z0-9][\w.-]{0,100}")
_MOUNT = re.compile(r"([A-Za-z0-9][\w.-]{1,100}):.+")
"""A volume by its name and its place; what begins with `/`, `.`, `~` or a drive is a folder of the host."""


def observe_resources(project: Project, naming: Naming) -> Iterator[Observation]:
    """All networks and volumes that are declared or used."""
    yield from _observe(project, naming, "network", project.networks, networks_of, naming.network)
    yield from _observe(project, naming, "volume", project.volumes, volumes_of, naming.volume)


def networks_of(service: Service) -> list[str]:
    """The networks that a service is in: those it names, else the default, unless it shares another's."""
    if text(service, "network_mode"):
        return []
    return sorted(filter(_NAME.fullmatch, mapping(service, "networks"))) or ["default"]


def volumes_of(service: Service) -> list[str]:
    """The names of the volumes that a service mounts."""
    short = [match[1] for one in texts(service, "volumes") if (match := _MOUNT.fullmatch(one))]
    long = [text(one, "source") for one in mappings(service, "volumes") if text(one, "type") == "volume"]
    return sorted({*short, *filter(_NAME.fullmatch, long)})


def _observe(
    project: Project,
    naming: Naming,
    class_: str,
    declared: Mapping[str, Any],
    used: Callable[[Service], list[str]],
    native_id: Callable[[str], str],
) -> Iterator[Observation]:
    names = {one for service in project.services.values() for one in used(service)}
    for name in sorted(names.union(filter(_NAME.fullmatch, declared))):
        told, external = naming.outside(name, mapping(declared, name))
        yield Observation(native_id(name), {"class": class_, "name": told}, (), mentioned=external)
