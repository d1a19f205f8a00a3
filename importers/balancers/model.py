"""What any load balancer's configuration says, whoever made it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Device:
    """A machine that balances. `known` by what the configuration says of it, else only named."""

    name: str
    known: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Address:
    """An IP address or host name, empty where any will do, and a port, None where any will do."""

    host: str
    port: int | None = None

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host or "*"
        return host if self.port is None else f"{host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Member:
    """One that a pool may choose. `state` is active, backup or disabled.

    `local`: the balancer itself answers, over a socket or its loopback.
    `several`: the name stands for as many machines as it resolves to.
    """

    address: Address
    name: str = ""
    state: str = "active"
    local: bool = False
    several: bool = False


@dataclass(frozen=True, slots=True)
class Pool:
    """Members among which the balancer chooses by a method."""

    name: str
    members: tuple[Member, ...]
    method: str = ""
    monitors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Virtual:
    """An address that clients use. `pool` takes what no rule sends to one of `chosen`."""

    name: str
    addresses: tuple[Address, ...]
    pool: str = ""
    chosen: tuple[str, ...] = ()
    enabled: bool = True
    description: str = ""


@dataclass(frozen=True, slots=True)
class Configuration:
    """What one balancer, or a pair that share a configuration, has to say."""

    devices: tuple[Device, ...]
    device_class: str
    virtuals: tuple[Virtual, ...]
    pools: tuple[Pool, ...]

    @property
    def manager(self) -> str:
        """The name of the balancer, of all its devices where there are several."""
        return ", ".join(sorted(device.name for device in self.devices))
