"""What all formats of traces come down to: calls between services, seen in spans or counted already."""

from dataclasses import dataclass
from typing import NamedTuple

from cmdb.reconciliation import Gap, Rejection


class Service(NamedTuple):
    """A traced service; two environments of one service are two."""

    name: str
    namespace: str
    environment: str

    @property
    def native_id(self) -> str:
        """Such as `service:shop/cart@production`."""
        return f"service:{_path(self.namespace, self.name)}{self.environment and '@' + self.environment}"


class Workload(NamedTuple):
    """What runs a service in Kubernetes."""

    cluster: str
    namespace: str
    kind: str
    name: str

    @property
    def native_id(self) -> str:
        """Such as `workload:west/shop/Deployment/cart`."""
        return f"workload:{_path(*self)}"


class Peer(NamedTuple):
    """What a span says of the other side of its call; `kind` is a class of the catalogue.

    Of what kind a peer is that only has a name or an address is not known, and its class then blank.
    """

    kind: str
    system: str
    name: str
    host: str
    port: int | None
    scheme: str

    @property
    def address(self) -> str:
        """Host and port, as far as known."""
        return self.host if self.port is None else f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Process:
    """The service that a span was recorded in, and what else is known of where it ran."""

    service: Service
    version: str = ""
    workload: Workload | None = None


class SpanId(NamedTuple):
    """What identifies a span."""

    trace: str
    span: str


@dataclass(frozen=True, slots=True)
class Span:
    """One piece of work; `kind` is client, server, producer, consumer, internal or blank."""

    id: SpanId
    parent: SpanId | None
    process: Process
    kind: str
    peer: Peer | None


@dataclass(frozen=True, slots=True)
class Link:
    """Calls of one service to another that the source has counted."""

    caller: Service
    callee: Service
    calls: int


Fact = Span | Process | Link | Rejection | Gap
"""What a file of traces is read into."""


def _path(*parts: str) -> str:
    return "/".join(part for part in parts if part)
