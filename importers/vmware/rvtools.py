"""Turns the sheets of RVTools, which refer to things by their names, into an estate."""

import re
from collections import defaultdict
from pathlib import Path
from typing import TypeVar

from cmdb.reconciliation import Rejection
from importers.vmware.details import Details, Name, machine_key
from importers.vmware.estate import Cluster, Datastore, Estate, Host, Machine, PortGroup
from importers.vmware.sheets import Line, Sheets, read_sheets

T = TypeVar("T")

EXPORT = re.compile(r"([^\s:/]+)[:\s]+(/\S*)")
"""Server and path in the address of a datastore on NFS."""
MIB_PER_GIB = 1024


def read_rvtools(path: Path) -> Estate:
    """The estate of an export. Raises InvalidInput where it is none."""
    return _Reader(read_sheets(path)).estate()


class _Reader:
    """Reads sheet by sheet: first what others name. What has no line of its own is made from its name."""

    def __init__(self, sheets: Sheets) -> None:
        self._sheets = sheets
        self._details = Details(sheets)
        self._rejected: list[Rejection] = []
        self._clusters: dict[Name, Cluster] = {}
        self._hosts: dict[Name, Host] = {}
        self._datastores: dict[Name, list[Datastore]] = defaultdict(list)
        self._networks: dict[tuple[str, str, str], PortGroup] = {}
        self._machines: dict[Name, Machine] = {}

    def estate(self) -> Estate:
        """All sheets as an estate."""
        for line in self._named("vcluster", "Name"):
            self._keep(self._clusters, line, line.get("Name"), self._cluster(line))
        for line in self._named("vhost", "Host"):
            self._keep(self._hosts, line, line.get("Host"), self._host(line))
        for line in self._named("vdatastore", "Name"):
            self._keep_datastore(line, self._datastore(line))
        for line in self._named("vinfo", "VM"):
            if not line.says("Template") and not line.says("SRM Placeholder"):
                self._keep(self._machines, line, machine_key(line), self._machine(line))
        return Estate(
            list(self._clusters.values()),
            list(self._hosts.values()),
            [one for many in self._datastores.values() for one in many],
            list(self._networks.values()),
            list(self._machines.values()),
            rejected=self._rejected,
        )

    def _named(self, sheet: str, column: str) -> list[Line]:
        """The lines of a sheet that name their thing; the others are rejected."""
        lines = self._sheets.get(sheet, [])
        self._rejected += [_rejection(line, f"{column} is blank") for line in lines if not line.get(column)]
        return [line for line in lines if line.get(column)]

    def _keep(self, table: dict[Name, T], line: Line, name: str, item: T) -> None:
        if (line.manager, name) in table:
            self._rejected.append(_rejection(line, f"{name!r} stands there twice; others refer to it so"))
        else:
            table[line.manager, name] = item

    def _keep_datastore(self, line: Line, item: Datastore) -> None:
        """Data centres may each have one of that name, if their object ids tell them apart."""
        same = self._datastores[line.manager, item.name]
        if any(one.key == item.key for one in same):
            self._rejected.append(_rejection(line, f"{item.name!r} stands there twice"))
        else:
            same.append(item)

    def _cluster(self, line: Line) -> Cluster:
        level = line.number_in("Failover Level") if line.says("AdmissionControlEnabled") else ""
        guarded = line.says("HA enabled")
        return Cluster(
            **_common(line, "cluster", "Name"),
            high_availability=guarded,
            drs=line.says("DRS enabled"),
            tolerates=int(level) if guarded and level and int(level) else None,
        )

    def _cluster_named(self, line: Line) -> Cluster | None:
        """The cluster that a line names; nothing is known of one without a line."""
        if not (name := line.get("Cluster")):
            return None
        unknown = Cluster(line.manager, f"cluster {name}", name, line.get("Datacenter"), False, False)
        return self._clusters.setdefault((line.manager, name), unknown)

    def _host(self, line: Line) -> Host:
        cluster = self._cluster_named(line)
        return Host(
            **_common(line, "host", "Host"),
            cluster=cluster.key if cluster else "",
            maintenance=line.says("in Maintenance Mode"),
            manufacturer=line.get("Vendor"),
            model=line.get("Model"),
            serial_number=line.get("Serial number", "Service tag"),
            bios_uuid=line.get("UUID"),
            cpu_model=line.get("CPU Model"),
            cpu_count=line.number_in("# Cores"),
            memory_mb=line.number_in("# Memory"),
            version=line.get("ESX Version"),
            firmware=line.get("BIOS Version"),
            ways=self._details.ways(line.manager, line.get("Host")),
        )

    def _host_named(self, line: Line) -> Host | None:
        if not (name := line.get("Host")):
            return None
        if (known := self._hosts.get((line.manager, name))) is None:
            cluster = self._cluster_named(line)
            known = Host(
                line.manager,
                f"host {name}",
                name,
                line.get("Datacenter"),
                cluster=cluster.key if cluster else "",
            )
            self._hosts[line.manager, name] = known
        return known

    def _datastore(self, line: Line) -> Datastore:
        manager, address, kind = line.manager, line.get("Address"), line.get("Type")
        export = EXPORT.search(address) if kind.upper().startswith("NFS") else None
        capacity = line.number_in("Capacity MiB", "Capacity MB")
        names = filter(None, (name.strip() for name in line.get("Hosts").split(",")))
        return Datastore(
            **_common(line, "datastore", "Name"),
            file_system=kind,
            capacity_gb=round(int(capacity) / MIB_PER_GIB, 1) if capacity else None,
            extents=tuple(self._details.extents(manager, line.get("Name"))),
            remote=f"{export[1]}:{export[2]}" if export else "",
            hosts=tuple(self._hosts[manager, name].key for name in names if (manager, name) in self._hosts),
            local=kind.upper() == "VMFS" and line.get("MHA").lower() == "false",
        )

    def _datastore_named(self, line: Line, name: str, host: str) -> Datastore:
        """The datastore of that name; of several, the one that the host mounts."""
        known = self._datastores[line.manager, name]
        if not known:
            known.append(Datastore(line.manager, f"datastore {name}", name, line.get("Datacenter"), ""))
        return next((one for one in known if host in one.hosts), known[0])

    def _network_named(self, line: Line, name: str) -> PortGroup:
        place = line.manager, line.get("Datacenter"), name
        key = "/".join(filter(None, ("network", *place[1:])))
        group = PortGroup(line.manager, key, name, place[1], vlan=self._details.vlan(line.manager, name))
        return self._networks.setdefault(place, group)

    def _machine(self, line: Line) -> Machine:
        host, cluster = self._host_named(line), self._cluster_named(line)
        on = host.key if host else ""
        stores = [self._datastore_named(line, name, on).key for name in self._details.datastores(line)]
        guarded = cluster is not None and cluster.high_availability
        return Machine(
            **_common(line, "machine", "VM") | {"key": machine_key(line)},
            host=on,
            cluster=cluster.key if cluster else "",
            protected=guarded and line.get("HA Restart Priority").lower() != "disabled",
            datastores=tuple(dict.fromkeys(stores)),
            networks=tuple(self._network_named(line, name).key for name in self._details.networks(line)),
            instance_uuid=line.get("VM UUID"),
            bios_uuid=line.get("SMBIOS UUID"),
            host_name=line.get("DNS Name"),
            ip_address=line.get("Primary IP Address"),
            os=line.get("OS according to the VMware Tools", "OS according to the configuration file"),
            cpu_count=line.number_in("CPUs"),
            memory_mb=line.number_in("Memory"),
            description=line.get("Annotation"),
        )


def _common(line: Line, kind: str, column: str) -> dict[str, str]:
    name = line.get(column)
    return {
        "manager": line.manager,
        "key": line.get("Object ID") or f"{kind} {name}",
        "name": name,
        "datacenter": line.get("Datacenter"),
    }


def _rejection(line: Line, reason: str) -> Rejection:
    return Rejection(line.sheet, line.number, line.cells, reason)
