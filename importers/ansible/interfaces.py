"""Turns the interfaces of a host into observations."""

from collections.abc import Iterator
from typing import Any

from cmdb.reconciliation import Observation, Relation
from importers.ansible.machines import Facts
from importers.redundancy import redundant

PASSING = ("veth", "vnet", "tap", "cali", "lxc", "fwln", "fwpr")
"""Interfaces that come and go with virtual machines and containers."""


def observe_interfaces(host: str, facts: Facts) -> Iterator[Observation]:
    """The interfaces of a host, but its loopback and those that come and go."""
    interfaces = dict(sorted(_interfaces(facts)))
    for name, interface in interfaces.items():
        links = [link for link in map(str, _slaves(interface)) if link in interfaces]
        yield Observation(
            f"{host}/{name}", _attributes(name, interface), tuple(_links(host, links)), within=host
        )


def _interfaces(facts: Facts) -> Iterator[tuple[str, dict[str, Any]]]:
    """Names and what is told of them; Windows tells it in place of the names."""
    for item in facts.get("interfaces") or ():
        if isinstance(item, dict):
            if label := item.get("connection_name") or item.get("interface_name"):
                yield str(label), item
            continue
        name = str(item)
        told = facts.get(name.replace("-", "_").replace(":", "_"))
        known = told if isinstance(told, dict) else {}
        if name and known.get("type") != "loopback" and not name.startswith(PASSING):
            yield name, known


def _attributes(name: str, interface: dict[str, Any]) -> dict[str, Any]:
    ipv4, speed = interface.get("ipv4") or {}, interface.get("speed") or 0
    attributes = {
        "class": "network_interface",
        "name": name,
        "mac_address": interface.get("macaddress"),
        "ip_address": ipv4.get("address") if isinstance(ipv4, dict) else None,
        "kind": interface.get("type"),
        "speed_mbps": speed if isinstance(speed, int) and speed > 0 else None,
    }
    return {key: value for key, value in attributes.items() if value}


def _slaves(interface: dict[str, Any]) -> list[Any]:
    told = interface.get("slaves")
    return told if isinstance(told, list) else []


def _links(host: str, links: list[str]) -> list[Relation]:
    """A bond carries traffic while one of its links does."""
    return redundant("composed_of", (f"{host}/{link}" for link in links), "links", assumed=False)
