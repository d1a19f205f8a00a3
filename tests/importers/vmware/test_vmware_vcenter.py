"""What the simulator does not have: property values as vCenter sends them, made of pyVmomi's own types."""

from typing import Any

from pyVmomi import vim

from importers.importer import Importer, Origin
from importers.vmware.estate import Estate, Way
from importers.vmware.kinds import VSPHERE_KINDS
from importers.vmware.observe import observe
from importers.vmware.paths import ways_of
from importers.vmware.vcenter import WANTED, estate_of
from tests.importers.contract import Reading
from tests.importers.contract import read as read_contract

Vim: Any = vim
MANAGER = "vc.example.org"
DATACENTER = {"name": "DC", "parent": Vim.Folder("group-d1")}


def reading(**objects: dict[str, dict[str, Any]]) -> Reading:
    """The rows for these objects, by name of their type and managed object id, in one data centre."""
    found: dict[type, dict[str, dict[str, Any]]] = {type_: {} for type_ in WANTED}
    found[Vim.Datacenter]["datacenter-2"] = DATACENTER
    for type_ in WANTED:
        for key, row in objects.get(type_.__name__.rpartition(".")[2], {}).items():
            found[type_][key] = {"name": key, "parent": Vim.Datacenter("datacenter-2")} | row
    importer = Importer(
        "vmware", "vSphere", lambda _: observe(estate_of(MANAGER, found, Estate())), VSPHERE_KINDS
    )
    return read_contract(importer, Origin(""))


def host(**more: Any) -> dict[str, Any]:
    return {"parent": Vim.ComputeResource("domain-s1"), **more}


def mounts(*keys: str) -> list[Any]:
    return [Vim.Datastore.HostMount(key=Vim.HostSystem(key)) for key in keys]


def vmfs(local: bool, *disks: str) -> Any:
    extents = [Vim.host.ScsiDisk.Partition(diskName=disk, partition=1) for disk in disks]
    return Vim.host.VmfsDatastoreInfo(vmfs=Vim.host.VmfsVolume(local=local, extent=extents))


def summary(kind: str) -> Any:
    return Vim.Datastore.Summary(type=kind, capacity=512 << 30)


def test_a_datastore_on_a_local_disk_falls_with_its_host_and_a_shared_one_does_not() -> None:
    found = reading(
        HostSystem={"host-1": host(), "host-2": host()},
        Datastore={
            "datastore-1": {
                "info": vmfs(True, "mpx.vmhba0:C0:T0:L0"),
                "summary": summary("VMFS"),
                "host": mounts("host-1"),
            },
            "datastore-2": {
                "info": vmfs(False, "naa.600a", "naa.600b"),
                "summary": summary("VMFS"),
                "host": mounts("host-1", "host-2"),
            },
        },
    )
    local, shared = (found.things[f"{MANAGER}/datastore-{n}"] for n in (1, 2))
    assert local.relations == ({"type": "depends_on", "to": f"{MANAGER}/host-1"},)
    assert local.attributes and "wwn" not in local.attributes  # another host's disk is called the same
    assert shared.relations == () and shared.attributes
    assert shared.attributes["wwn"] == "naa.600a" and shared.attributes["capacity_gb"] == 512
    assert found.provides(f"{MANAGER}/host-2", "linked_to") == {f"{MANAGER}/datastore-2"}


def test_admission_control_says_how_many_hosts_may_fail() -> None:
    control = Vim.cluster.FailoverLevelAdmissionControlPolicy(failoverLevel=2)
    guarded = {"enabled": True, "admissionControlPolicy": control}
    clusters = {
        f"domain-c{n}": {"configurationEx.dasConfig": Vim.cluster.DasConfigInfo(**guarded, **more)}
        for n, more in enumerate(({"admissionControlEnabled": True}, {"admissionControlEnabled": False}))
    }
    hosts = {
        f"host-{n}-{m}": {"parent": Vim.ClusterComputeResource(f"domain-c{n}")}
        for n in (0, 1)
        for m in range(4)
    }
    found = reading(ClusterComputeResource=clusters, HostSystem=hosts)
    terms = [
        {(r["need"], "assumed" in r) for r in found.things[f"{MANAGER}/{key}"].relations or ()}
        for key in clusters
    ]
    assert terms == [{(2, False)}, {(3, True)}]


def test_a_datastore_of_vsan_bears_the_loss_of_one_host() -> None:
    keys = ("host-1", "host-2", "host-3")
    found = reading(
        HostSystem={key: host() for key in keys},
        Datastore={"datastore-1": {"summary": summary("vsan"), "host": mounts(*keys)}},
    )
    relations = found.things[f"{MANAGER}/datastore-1"].relations or ()
    assert [(r["type"], r["need"], r["assumed"]) for r in relations] == [("provided_by", 2, True)] * 3


def test_two_datastores_on_one_export_lie_on_one_share() -> None:
    nas = Vim.host.NasDatastoreInfo(nas=Vim.host.NasVolume(remoteHost="nas1", remotePath="/vm"))
    found = reading(Datastore={f"datastore-{n}": {"info": nas, "summary": summary("NFS41")} for n in (1, 2)})
    share = found.things["share/nas1:/vm"]
    assert share.mentioned and share.attributes and share.attributes["path"] == "nas1:/vm"
    assert found.provides(f"{MANAGER}/datastore-2", "stored_on") == {"share/nas1:/vm"}


def test_groups_for_uplinks_are_left_out_and_a_trunk_has_no_vlan() -> None:
    def group(vlan: Any, *tags: str) -> dict[str, Any]:
        setting = Vim.dvs.VmwareDistributedVirtualSwitch.VmwarePortConfigPolicy(vlan=vlan)
        return {"config.defaultPortConfig": setting, "tag": [Vim.Tag(key=tag) for tag in tags]}

    switch = Vim.dvs.VmwareDistributedVirtualSwitch
    found = reading(
        DistributedVirtualPortgroup={
            "dvportgroup-1": group(switch.VlanIdSpec(vlanId=120)),
            "dvportgroup-2": group(switch.TrunkVlanSpec(vlanId=[Vim.NumericRange(start=0, end=4094)])),
            "dvportgroup-3": group(switch.VlanIdSpec(vlanId=0), "SYSTEM/DVS.UPLINKPG"),
        }
    )
    vlans = {key: (one.attributes or {}).get("vlan") for key, one in found.things.items()}
    assert vlans == {f"{MANAGER}/dvportgroup-1": "120", f"{MANAGER}/dvportgroup-2": None}


def test_a_machine_on_two_networks_is_degraded_without_one_and_names_are_normalised() -> None:
    networks = [Vim.Network("network-1"), Vim.Network("network-2")]
    stand_in = Vim.ext.ManagedByInfo(extensionKey="com.vmware.vcDr", type="placeholderVm")
    found = reading(
        Network={"network-1": {}, "network-2": {}},
        VirtualMachine={
            "vm-1": {"network": networks, "guest.hostName": "App.Example.ORG.", "config.uuid": "42AB"},
            "vm-2": {"network": networks[:1], "guest.hostName": "localhost"},
            "vm-3": {"config.managedBy": stand_in},
            "vm-4": {"config.template": True},
        },
    )
    assert [r.get("strength") for r in found.things[f"{MANAGER}/vm-1"].relations or ()] == ["soft"] * 2
    assert [r.get("strength") for r in found.things[f"{MANAGER}/vm-2"].relations or ()] == [None]
    attributes = found.things[f"{MANAGER}/vm-1"].attributes or {}
    assert attributes["fqdn"] == "app.example.org" and attributes["bios_uuid"] == "42ab"
    assert attributes["datacenter"] == "DC"
    assert "fqdn" not in (found.things[f"{MANAGER}/vm-2"].attributes or {})
    assert found.classes["virtual_machine"] == 2


def test_ways_to_storage_over_two_fabrics_are_one_group_and_own_disks_are_none() -> None:
    storage = fabric()
    a, b = "2000000000000001", "2000000000000002"
    assert ways_of(storage) == (
        (Way(f"vmhba1 → {a}", "1000000000000001", a), Way(f"vmhba2 → {b}", "ffffffffffffffff", b)),
    )
    found = reading(HostSystem={"host-1": host(**{"config.storageDevice": storage})})
    uses = [r for r in found.things[f"{MANAGER}/host-1"].relations or () if r["type"] == "uses"]
    assert [(r["group"], r["need"], "assumed" in r) for r in uses] == [("paths", 1, False)] * 2
    path = found.things[uses[0]["to"]]
    assert path.within == f"{MANAGER}/host-1" and path.attributes
    assert path.attributes["initiator"] == "1000000000000001"


def fabric() -> Any:
    """Two disks over two adapters, each to its own port of the array, and one of its own."""
    names = {"vmhba1": 0x1000000000000001, "vmhba2": -1}  # vSphere counts in signed numbers of 64 bits
    adapters = [
        Vim.host.FibreChannelHba(key=f"key-{device}", device=device, portWorldWideName=name)
        for device, name in names.items()
    ]
    ports = {"vmhba1": 0x2000000000000001, "vmhba2": 0x2000000000000002}
    paths = [
        Vim.host.MultipathInfo.Path(
            adapter=f"key-{device}",
            transport=Vim.host.FibreChannelTargetTransport(portWorldWideName=port),
        )
        for device, port in ports.items()
    ]
    own = Vim.host.MultipathInfo.Path(adapter="key-vmhba0", transport=Vim.host.ParallelScsiTargetTransport())
    disks = [Vim.host.MultipathInfo.LogicalUnit(path=each) for each in (paths, paths[::-1], [own])]
    return Vim.host.StorageDeviceInfo(
        hostBusAdapter=adapters, multipathInfo=Vim.host.MultipathInfo(lun=disks)
    )
