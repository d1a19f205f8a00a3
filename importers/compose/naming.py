"""What the things of a project are called in observations."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from importers.shape import inner, key


@dataclass(frozen=True, slots=True)
class Naming:
    """The native ids of a project's things; `hosts` is the machine of its containers, if it is told."""

    project: str
    environment: str
    hosts: tuple[str, ...]

    @property
    def application(self) -> str:
        """The project itself."""
        return self.project

    def service(self, name: str) -> str:
        """A service; its containers are numbered after it."""
        return f"{self.project}/service/{name}"

    def network(self, name: str) -> str:
        """A network."""
        return f"{self.project}/network/{name}"

    def volume(self, name: str) -> str:
        """A volume."""
        return f"{self.project}/volume/{name}"

    def outside(self, name: str, declared: Mapping[str, Any]) -> tuple[str, bool]:
        """How the engine calls a network or volume, and whether another made it."""
        external = inner(declared, "external")
        told = key(declared, "name") or key(external, "name")
        return told or (name if external else f"{self.project}_{name}"), bool(external)
