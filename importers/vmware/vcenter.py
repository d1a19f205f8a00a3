"""Turns the properties of vCenter's objects into an estate."""

from collections.abc import Mapping
from typing import Any

from pyVmomi import vim

from importers.vmware.estate import Cluster, Datastore, Estate, Host, Machine, PortGroup
from importers.vmware.paths import ways_of
from importers.vmware.properties import Properties

Found = Mapping[type, Mapping[str, Properties]]

WANTED: dict[type, list[str]] = {
    vim.Folder: ["name", "parent"],
    vim.Datacenter: ["name", "parent"],
    vim.ClusterComputeResource: [
        *("name", "parent", "configurationEx.dasConfig", "configurationEx.dasVmConfig"),
        "configurationEx.drsConfig",
    ],
    vim.ComputeResource: ["name", "parent"],
    vim.HostSystem: [
        *("name", "parent", "runtime.inMaintenanceMode", "hardware.systemInfo", "hardware.cpuInfo"),
        *("hardware.memorySize", "hardware.biosInfo", "summary.hardware", "config.product"),
        *("config.network.vnic", "config.storageDevice"),
    ],
    vim.Datastore: ["name", "parent", "info", "summary", "host"],
    vim.dvs.DistributedVirtualPortgroup: ["name", "parent", "config.defaultPortConfig", "tag"],
    vim.Network: ["name", "parent"],
    vim.VirtualMachine: [
        *("name", "parent", "config.template", "config.managedBy", "config.uuid", "config.instanceUuid"),
        *("config.guestFullName", "config.annotation", "config.hardware.numCPU"),
        *("config.hardware.memoryMB", "guest.hostName", "guest.ipAddress", "guest.guestFullName"),
        *("runtime.host", "datastore", "network", "parentVApp"),
    ],
}
"""What is asked for, the more special types before those that they refine."""

GIB = 1 << 30
MIB = 1 << 20
PLACEHOLDER = "placeholderVm"
"""What Site Recovery Manager calls a machine that only keeps a place for another."""

UPLINKS = "SYSTEM/DVS.UPLINKPG"
"""The tag of port groups that lead out of a distributed switch, and to no machine."""


def estate_of(manager: str, found: Found, estate: Estate) -> Estate:
    """Fill the estate from what was found."""
    reader = _Reader(manager, found)
    clusters = found[vim.ClusterComputeResource]
    estate.clusters = [reader.cluster(key, row) for key, row in clusters.items()]
    estate.hosts = [reader.host(key, row) for key, row in found[vim.HostSystem].items()]
    estate.datastores = [reader.datastore(key, row) for key, row in found[vim.Datastore].items()]
    groups = found[vim.dvs.DistributedVirtualPortgroup] | found[vim.Network]  # type: ignore[operator]
    estate.networks = [reader.network(key, row) for key, row in groups.items() if not _is_uplink(row)]
    machines = found[vim.VirtualMachine].items()
    estate.machines = [reader.machine(key, row) for key, row in machines if not _is_stand_in(row)]
    return estate


def _is_stand_in(row: Properties) -> bool:
    managed = row.get("config.managedBy")
    return bool(row.get("config.template")) or (managed is not None and managed.type == PLACEHOLDER)


def _is_uplink(row: Properties) -> bool:
    return any(tag.key == UPLINKS for tag in row.get("tag") or ())


class _Reader:
    """Turns the properties of one object into an item."""

    def __init__(self, manager: str, found: Found) -> None:
        self._manager = manager
        self._found = found
        self._known = {key: row for rows in found.values() for key, row in rows.items()}

    def _common(self, key: str, row: Properties) -> dict[str, str]:
        return {
            "manager": self._manager,
            "key": key,
            "name": row.get("name") or key,
            "datacenter": self._datacenter(row),
        }

    def _datacenter(self, row: Properties) -> str:
        """The name of the data centre above, found step by step."""
        while parent := row.get("parent"):
            row = self._known.get(parent._moId, {})
            if parent._moId in self._found[vim.Datacenter]:
                return str(row.get("name", ""))
        return ""

    def cluster(self, key: str, row: Properties) -> Cluster:
        das, drs = row.get("configurationEx.dasConfig"), row.get("configurationEx.drsConfig")
        guarded = bool(das and das.enabled)
        return Cluster(
            **self._common(key, row),
            high_availability=guarded,
            drs=bool(drs and drs.enabled),
            tolerates=_failover_level(das) if guarded else None,
        )

    def host(self, key: str, row: Properties) -> Host:
        system, processors = row.get("hardware.systemInfo"), row.get("hardware.cpuInfo")
        summary, product = row.get("summary.hardware"), row.get("config.product")
        bios = row.get("hardware.biosInfo")
        return Host(
            **self._common(key, row),
            cluster=self._cluster_of(row),
            maintenance=bool(row.get("runtime.inMaintenanceMode")),
            manufacturer=_text(system, "vendor"),
            model=_text(system, "model"),
            serial_number=_text(system, "serialNumber") or _service_tag(system),
            bios_uuid=_text(system, "uuid"),
            ip_address=_management_address(row.get("config.network.vnic") or ()),
            cpu_model=_text(summary, "cpuModel"),
            cpu_count=_text(processors, "numCpuCores"),
            memory_mb=str(row.get("hardware.memorySize", 0) // MIB or ""),
            version=_text(product, "version"),
            firmware=_text(bios, "biosVersion"),
            ways=ways_of(row.get("config.storageDevice")),
        )

    def _cluster_of(self, host: Properties) -> str:
        parent = host.get("parent")
        key = parent._moId if parent else ""
        return key if key in self._found[vim.ClusterComputeResource] else ""

    def datastore(self, key: str, row: Properties) -> Datastore:
        summary, info = row.get("summary"), row.get("info")
        capacity = getattr(summary, "capacity", None)
        nas, vmfs = getattr(info, "nas", None), getattr(info, "vmfs", None)
        server, export = _text(nas, "remoteHost"), _text(nas, "remotePath")
        return Datastore(
            **self._common(key, row),
            file_system=_text(summary, "type"),
            capacity_gb=round(capacity / GIB, 1) if capacity else None,
            extents=tuple(extent.diskName for extent in getattr(vmfs, "extent", ())),
            remote=f"{server}:{export}" if server else "",
            hosts=tuple(sorted(mount.key._moId for mount in row.get("host") or ())),
            local=bool(getattr(vmfs, "local", False)),
        )

    def network(self, key: str, row: Properties) -> PortGroup:
        settings = row.get("config.defaultPortConfig")
        vlan = getattr(getattr(settings, "vlan", None), "vlanId", "")
        return PortGroup(**self._common(key, row), vlan=str(vlan) if isinstance(vlan, int) else "")

    def machine(self, key: str, row: Properties) -> Machine:
        host = row["runtime.host"]._moId if row.get("runtime.host") else ""
        cluster = self._cluster_of(self._found[vim.HostSystem].get(host, {}))
        above = row.get("parent") or row.get("runtime.host")  # in a vApp it has no parent
        return Machine(
            **self._common(key, row | {"parent": above}),
            host=host,
            cluster=cluster,
            protected=self._is_protected(key, cluster),
            datastores=_references(row.get("datastore")),
            networks=_references(row.get("network")),
            instance_uuid=row.get("config.instanceUuid") or "",
            bios_uuid=row.get("config.uuid") or "",
            host_name=row.get("guest.hostName") or "",
            ip_address=row.get("guest.ipAddress") or "",
            os=row.get("guest.guestFullName") or row.get("config.guestFullName") or "",
            cpu_count=str(row.get("config.hardware.numCPU") or ""),
            memory_mb=str(row.get("config.hardware.memoryMB") or ""),
            description=row.get("config.annotation") or "",
        )

    def _is_protected(self, machine: str, cluster: str) -> bool:
        """Whether its cluster is highly available, and it is not taken out of that."""
        row = self._found[vim.ClusterComputeResource].get(cluster, {})
        das = row.get("configurationEx.dasConfig")
        if not das or not das.enabled:
            return False
        priority = _text(das.defaultVmSettings, "restartPriority")
        for own in row.get("configurationEx.dasVmConfig") or ():
            if own.key._moId == machine:
                told = _text(own.dasSettings, "restartPriority") or _text(own, "restartPriority")
                priority = priority if told in ("", "clusterRestartPriority") else told
        return priority != "disabled"


def _text(holder: Any, name: str) -> str:
    value = getattr(holder, name, None)
    return "" if value is None else str(value).strip()


def _references(objects: Any) -> tuple[str, ...]:
    return tuple(sorted(one._moId for one in objects or ()))


def _failover_level(das: Any) -> int | None:
    """The hosts that may fail by admission control."""
    if not das.admissionControlEnabled:
        return None
    level = getattr(das.admissionControlPolicy, "failoverLevel", None) or das.failoverLevel
    return int(level) if level else None


def _service_tag(system: Any) -> str:
    for one in getattr(system, "otherIdentifyingInfo", ()):
        if one.identifierType.key == "ServiceTag":
            return str(one.identifierValue).strip()
    return ""


def _management_address(adapters: Any) -> str:
    """The address of the first of its own interfaces, which manages it."""
    first = min(adapters, key=lambda adapter: adapter.device, default=None)
    return _text(getattr(getattr(first, "spec", None), "ip", None), "ipAddress")
