"""A vSphere estate in one form, however it was read.

`key` is the managed object id where the source gives it (`vm-42`), else the name; `manager` the vCenter.
References are keys of the same manager.
"""

from dataclasses import dataclass, field

from cmdb.reconciliation import Gap, Rejection


@dataclass(frozen=True, slots=True)
class Item:
    """What everything has."""

    manager: str
    key: str
    name: str
    datacenter: str

    @property
    def native_id(self) -> str:
        """Such as `vcenter.example.org/vm-42`."""
        return self.native(self.key)

    def native(self, key: str) -> str:
        """The native id of another item of the same manager."""
        return f"{self.manager}/{key}"


@dataclass(frozen=True, slots=True)
class Cluster(Item):
    """`tolerates`: hosts whose failure admission control provides for; None where it does not."""

    high_availability: bool
    drs: bool
    tolerates: int | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """A way of a host to storage; ends as world wide names or iSCSI names, if the source tells."""

    name: str
    initiator: str = ""
    target: str = ""


@dataclass(frozen=True, slots=True)
class Host(Item):
    """`ways` are the sets of ways, any one of which reaches some of its storage."""

    cluster: str = ""
    maintenance: bool = False
    manufacturer: str = ""
    model: str = ""
    serial_number: str = ""
    bios_uuid: str = ""
    ip_address: str = ""
    cpu_model: str = ""
    cpu_count: str = ""
    memory_mb: str = ""
    version: str = ""
    firmware: str = ""
    ways: tuple[tuple[Way, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Datastore(Item):
    """`extents` are the disks below it, `remote` server and export, `hosts` those that mount it."""

    file_system: str
    capacity_gb: float | None = None
    extents: tuple[str, ...] = ()
    remote: str = ""
    hosts: tuple[str, ...] = ()
    local: bool = False


@dataclass(frozen=True, slots=True)
class PortGroup(Item):
    """A network as virtual machines see it."""

    vlan: str = ""


@dataclass(frozen=True, slots=True)
class Machine(Item):
    """A virtual machine; `protected`: high availability restarts it elsewhere."""

    host: str
    cluster: str
    protected: bool
    datastores: tuple[str, ...] = ()
    networks: tuple[str, ...] = ()
    instance_uuid: str = ""
    bios_uuid: str = ""
    host_name: str = ""
    ip_address: str = ""
    os: str = ""
    cpu_count: str = ""
    memory_mb: str = ""
    description: str = ""


@dataclass(slots=True)
class Estate:
    """All of it, and what could not be read."""

    clusters: list[Cluster] = field(default_factory=list)
    hosts: list[Host] = field(default_factory=list)
    datastores: list[Datastore] = field(default_factory=list)
    networks: list[PortGroup] = field(default_factory=list)
    machines: list[Machine] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    rejected: list[Rejection] = field(default_factory=list)
