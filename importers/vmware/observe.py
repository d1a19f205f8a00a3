"""Turns an estate into observations."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from ipaddress import ip_address
from typing import Any

from cmdb.reconciliation import Observation, Relation
from importers.hosts import full_name
from importers.importer import Row
from importers.redundancy import redundant
from importers.shape import without_blanks
from importers.vmware.estate import Cluster, Datastore, Estate, Host, Item, Machine, PortGroup

PRODUCT = "VMware vSphere"
SHARED_DISKS = ("naa.", "eui.")
"""How the names of disks begin that are the same on every host."""
ON_HOSTS = "vsan"
"""The file system that lies on the hosts' own disks, each part of it on several."""

MOST_VLAN = 4094
"""The greatest number of a VLAN; vSphere says 0 for none and 4095 for all."""


def observe(estate: Estate) -> Iterator[Row]:
    """All rows, what holds others first."""
    yield from estate.gaps
    yield from estate.rejected
    members: dict[str, list[str]] = defaultdict(list)
    for host in estate.hosts:
        if host.cluster:
            members[host.native(host.cluster)].append(host.native_id)
    mounted = _mounted(estate.datastores)
    for host in estate.hosts:
        yield _host(host, mounted.get(host.native_id, []))
        yield from _ways(host)
    for cluster in estate.clusters:
        yield _cluster(cluster, members[cluster.native_id])
    yield from _shares(estate.datastores)
    yield from map(_datastore, estate.datastores)
    yield from map(_network, estate.networks)
    yield from map(_machine, estate.machines)


def _observation(
    item: Item, ci_class: str, attributes: dict[str, Any], relations: Iterable[Relation]
) -> Observation:
    common = {
        "class": ci_class,
        "name": item.name,
        "manager": item.manager,
        "manager_id": item.key,
        "datacenter": item.datacenter,
    }
    return Observation(item.native_id, without_blanks(common | attributes), tuple(relations))


def _host(host: Host, datastores: list[str]) -> Observation:
    """A hypervisor; the datastores that it mounts say nothing about its failure."""
    facts = {
        "fqdn": full_name(host.name),
        "ip_address": _address(host.ip_address) or _address(host.name),
        "manufacturer": host.manufacturer,
        "model": host.model,
        "serial_number": host.serial_number,
        "bios_uuid": host.bios_uuid.lower(),
        "cpu_model": host.cpu_model,
        "cpu_count": host.cpu_count,
        "memory_mb": host.memory_mb,
        "product": "VMware ESXi",
        "os": "VMware ESXi",
        "os_version": host.version,
        "firmware_version": host.firmware,
        "status": "maintenance" if host.maintenance else "operational",
    }
    mounts = [Relation(type="linked_to", to=datastore) for datastore in datastores]
    return _observation(host, "hypervisor", facts, mounts + _uses(host))


def _uses(host: Host) -> list[Relation]:
    """Of the ways to some storage one is enough; without any the host works on, but not with that storage."""
    relations: list[Relation] = []
    for number, ways in enumerate(host.ways, 1):
        group = "paths" if len(host.ways) == 1 else f"paths {number}"
        terms = Relation(group=group, need=1) if len(ways) > 1 else Relation()
        relations += [Relation(type="uses", to=_way_id(host, way.name), **terms) for way in ways]
    return relations


def _ways(host: Host) -> Iterator[Observation]:
    for way in dict.fromkeys(way for ways in host.ways for way in ways):
        said = {"class": "storage_path", "name": way.name, "initiator": way.initiator, "target": way.target}
        present = {name: value for name, value in said.items() if value}
        yield Observation(_way_id(host, way.name), present, (), within=host.native_id)


def _way_id(host: Host, name: str) -> str:
    return f"{host.native_id}/{name}"


def _cluster(cluster: Cluster, hosts: list[str]) -> Observation:
    """Admission control keeps room for so many hosts; without it, one is assumed to be dispensable."""
    known = cluster.tolerates is not None
    need = len(hosts) - (cluster.tolerates if cluster.tolerates is not None else 1)
    facts = {"high_availability": cluster.high_availability, "drs": cluster.drs, "product": PRODUCT}
    relations = redundant("composed_of", hosts, "members", need, assumed=not known)
    return _observation(cluster, "hypervisor_cluster", facts, relations)


def _datastore(datastore: Datastore) -> Observation:
    shared = [disk for disk in datastore.extents if disk.startswith(SHARED_DISKS)]
    facts = {
        "file_system": datastore.file_system,
        "capacity_gb": datastore.capacity_gb,
        "wwn": shared[0] if shared else "",
        "extents": list(datastore.extents),
    }
    return _observation(datastore, "datastore", facts, _below(datastore))


def _below(datastore: Datastore) -> list[Relation]:
    """What holds the data: a share, the hosts of a vSAN, or the one host whose own disk it is."""
    hosts = [datastore.native(host) for host in datastore.hosts]
    if datastore.remote:
        return [Relation(type="stored_on", to=_share_id(datastore))]
    if datastore.file_system.lower() == ON_HOSTS:
        return redundant("provided_by", hosts, "members", len(hosts) - 1)
    return [Relation(type="depends_on", to=host) for host in hosts] if datastore.local else []


def _shares(datastores: Iterable[Datastore]) -> Iterator[Observation]:
    """The shares that datastores lie on, which others know better; each once."""
    shares = {_share_id(datastore): datastore for datastore in datastores if datastore.remote}
    for native_id, datastore in shares.items():
        said = {
            "class": "file_share",
            "name": datastore.remote,
            "path": datastore.remote,
            "protocol": datastore.file_system,
        }
        yield Observation(native_id, said, (), mentioned=True)


def _share_id(datastore: Datastore) -> str:
    return f"share/{datastore.remote}"


def _network(network: PortGroup) -> Observation:
    tagged = network.vlan.isdigit() and 1 <= int(network.vlan) <= MOST_VLAN
    return _observation(network, "network", {"vlan": network.vlan if tagged else ""}, ())


def _machine(machine: Machine) -> Observation:
    facts = {
        "instance_uuid": machine.instance_uuid.lower(),
        "bios_uuid": machine.bios_uuid.lower(),
        "fqdn": full_name(machine.host_name) or full_name(machine.name),
        "ip_address": _address(machine.ip_address),
        "os": machine.os,
        "cpu_count": machine.cpu_count,
        "memory_mb": machine.memory_mb,
        "description": machine.description,
    }
    under = machine.cluster if machine.protected and machine.cluster else machine.host
    relations = [Relation(type="runs_on", to=machine.native(under))] if under else []
    relations += [Relation(type="stored_on", to=machine.native(one)) for one in machine.datastores]
    strength = Relation(strength="soft") if len(machine.networks) > 1 else Relation()
    for network in machine.networks:
        relations.append(Relation(type="connects_to", to=machine.native(network), **strength))
    return _observation(machine, "virtual_machine", facts, relations)


def _mounted(datastores: Iterable[Datastore]) -> dict[str, list[str]]:
    """The datastores that each host mounts."""
    found: dict[str, list[str]] = defaultdict(list)
    for datastore in datastores:
        for host in datastore.hosts:
            found[datastore.native(host)].append(datastore.native_id)
    return found


def _address(text: str) -> str:
    """An address by which others reach it; empty where it is none."""
    try:
        address = ip_address(text.strip())
    except ValueError:
        return ""
    return "" if address.is_loopback or address.is_link_local else str(address)
